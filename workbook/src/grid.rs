//! What stands on each sheet: a table, a tree laid out as one, or the numbers of a chart.
use super::MOST_ROWS;
use super::names::Names;
use super::sum::{formula, is_sum};
use plimsoll::report::{Block, Cell, Chart, Column, Report, Table, Twig};
use std::collections::BTreeMap;

/// A sheet to be written. Its first row has the heads.
pub(crate) struct Grid {
    pub(crate) name: String,
    /// Which block of the report it is; none for the data.
    pub(crate) place: Option<(usize, usize)>,
    pub(crate) table: Table,
    /// How deep each row of a tree stands; empty for a table.
    pub(crate) depths: Vec<usize>,
    /// The formulas of numbers that are sums, by row (the totals come last) and column.
    pub(crate) formulas: BTreeMap<(usize, usize), String>,
    /// What is drawn beside it.
    pub(crate) chart: Option<Chart>,
}

impl Grid {
    /// The rows below the heads, the totals last.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.table.rows.iter().chain((!self.table.foot.is_empty()).then_some(&self.table.foot))
    }
}

/// Every sheet of a report but the first.
pub(crate) fn of(report: &Report, names: &mut Names) -> Vec<Grid> {
    let mut grids = Vec::new();
    for (i, section) in report.sections.iter().enumerate() {
        for (j, block) in section.blocks.iter().enumerate() {
            let mut add = |wish: &str, grid: Grid| {
                let name = names.take(wish);
                grids.push(Grid { name, place: Some((i, j)), ..grid });
            };
            match block {
                Block::Table(table) => parts(table).into_iter().for_each(|grid| add(&section.title, grid)),
                Block::Tree(twigs) => add(&section.title, of_tree(twigs)),
                Block::Chart(chart) => {
                    let mut parts = parts(&chart.table()).into_iter();
                    parts
                        .by_ref()
                        .take(1)
                        .for_each(|grid| add(&chart.title, Grid { chart: Some(chart.clone()), ..grid }));
                    parts.for_each(|grid| add(&chart.title, grid));
                }
                Block::Paragraph(_) | Block::List(_) => {}
            }
        }
    }
    let is_shown = grids.iter().any(|grid| grid.table == report.main);
    if !is_shown && !report.main.columns.is_empty() {
        grids.extend(parts(&report.main).into_iter().map(|grid| Grid { name: names.take("Data"), ..grid }));
    }
    grids
}

/// A table, over several sheets where one has no room for it; the last has the totals.
fn parts(table: &Table) -> Vec<Grid> {
    let mut parts: Vec<Table> =
        table.rows.chunks(MOST_ROWS).map(|rows| Table::of(table.columns.clone(), rows.to_vec())).collect();
    if parts.is_empty() {
        parts.push(Table::of(table.columns.clone(), []));
    }
    parts.last_mut().expect("there is one").foot.clone_from(&table.foot);
    parts.into_iter().map(of_table).collect()
}

fn of_table(table: Table) -> Grid {
    let last = table.rows.len();
    let sum = |(column, total): (usize, &Cell)| {
        let sums = is_sum(total, table.rows.iter().map(|row| &row[column]));
        Some(((last, column), sums.then(|| formula(column, (0..last).map(on_sheet)))??))
    };
    let formulas = table.foot.iter().enumerate().filter_map(sum).collect();
    Grid { name: String::new(), place: None, table, depths: Vec::new(), formulas, chart: None }
}

/// The row of the sheet, counted from one, below the heads.
fn on_sheet(row: usize) -> usize {
    row + 2
}

/// The column of amounts in a tree's table.
const AMOUNT: usize = 2;

/// What, remark, amount and share; the columns that no twig has are left out.
fn of_tree(twigs: &[Twig]) -> Grid {
    let depths = twigs.iter().map(|twig| twig.depth).collect();
    if twigs.iter().all(|twig| twig.amount == Cell::Nothing && twig.remark.is_empty()) {
        let rows = twigs.iter().map(|twig| vec![Cell::from(twig.label.as_str())]);
        return Grid { depths, ..of_table(Table::of(vec![Column::words("what")], rows)) };
    }
    let columns =
        vec![Column::words("what"), Column::words("remark"), Column::numbers("amount"), Column::numbers("share")];
    let row = |twig: &Twig| {
        vec![twig.label.as_str().into(), twig.remark.as_str().into(), twig.amount.clone(), twig.share.clone()]
    };
    let sum = |(at, twig): (usize, &Twig)| {
        let children = children(twigs, at);
        let sums = is_sum(&twig.amount, children.iter().map(|child| &twigs[*child].amount));
        Some(((at, AMOUNT), sums.then(|| formula(AMOUNT, children.into_iter().map(on_sheet)))??))
    };
    let formulas = twigs.iter().enumerate().filter_map(sum).collect();
    Grid { depths, formulas, ..of_table(Table::of(columns, twigs.iter().map(row))) }
}

/// The twigs that hang directly on one.
fn children(twigs: &[Twig], at: usize) -> Vec<usize> {
    let depth = twigs[at].depth;
    let below = (at + 1..twigs.len()).take_while(|i| twigs[*i].depth > depth);
    below.filter(|i| twigs[*i].depth == depth + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_the_sum_of_its_children_where_it_is_one() {
        let twig = |depth, n| Twig {
            depth,
            label: "x".into(),
            remark: String::new(),
            amount: Cell::Count(n),
            share: Cell::Nothing,
        };
        let twigs = [twig(0, 10), twig(1, 7), twig(2, 3), twig(2, 4), twig(1, 3), twig(2, 1), twig(0, 2)];
        let grid = of_tree(&twigs);
        let formulas: Vec<((usize, usize), &str)> = grid.formulas.iter().map(|(at, f)| (*at, f.as_str())).collect();
        assert_eq!(formulas, [((0, 2), "=SUM(C3,C6)"), ((1, 2), "=SUM(C4:C5)")], "3 is not 1");
    }
}
