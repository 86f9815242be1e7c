//! What a chart shows, as plain data. How it is drawn is the renderer's; a renderer that does not draw leaves it out,
//! because a table or sentence beside it says the same.
use super::{Align, Cell, Column, Table};
use std::borrow::Cow;

/// A drawing of numbers, which keeps them exact.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What its values are, with their unit: `US dollars a month`. All values of a chart are of one kind.
    pub measured: String,
    /// The values.
    pub plot: Plot,
}

/// How values stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Plot {
    /// A bar for each, below each other in this order.
    Bars(Vec<Bar>),
    /// How one amount became another, over steps up and down.
    Waterfall {
        /// The amount before.
        from: Bar,
        /// What was added; below zero, what was taken away.
        steps: Vec<Bar>,
        /// The amount after.
        to: Bar,
    },
    /// Values that go on from place to place.
    Lines {
        /// The places.
        along: Axis,
        /// The lines.
        lines: Vec<Line>,
        /// Values worth pointing at, in their order along the axis.
        marks: Vec<Mark>,
        /// Lines across the whole, to compare with.
        guides: Vec<Guide>,
    },
    /// Options of which each has two numbers, and perhaps a third that is told by color.
    Points {
        /// What goes across, with its unit.
        across: String,
        /// What the colors are, with their unit; empty for none.
        hues: String,
        /// The options.
        points: Vec<Point>,
    },
    /// Amounts on top of each other at each place, the first at the bottom.
    Stacks {
        /// The places.
        along: Axis,
        /// The amounts, none below zero.
        layers: Vec<Layer>,
    },
}

/// An amount with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: Cell,
}

/// Where values stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What the places are: `month`.
    pub name: String,
    /// The places, rising. Those of words stand at even distances.
    pub at: Vec<Cell>,
}

/// Values with their name, one for each place of the axis; [`Cell::Nothing`] and [`Cell::Unknown`] are gaps, and so are
/// words.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What they are.
    pub name: String,
    /// The values.
    pub values: Vec<Cell>,
    /// The lowest and the highest that each may be; empty for none. A highest of words is beyond the drawing.
    pub band: Vec<[Cell; 2]>,
}

/// One option among others.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What it is.
    pub label: String,
    /// How far across.
    pub across: Cell,
    /// From where to where that may be; none where it is known.
    pub range: Option<[Cell; 2]>,
    /// How far up.
    pub up: Cell,
    /// A third number, told by color.
    pub hue: Option<Cell>,
    /// What is to be said of it, if anything.
    pub remark: Option<&'static str>,
}

/// A line across a drawing, to compare its values with.
#[derive(Clone, Debug, PartialEq)]
pub enum Guide {
    /// Along the axis, at a value.
    Level(Cell, String),
    /// Upright, at a place.
    Place(Cell, String),
}

/// Amounts with their name, one for each place of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What they are.
    pub name: String,
    /// The amounts.
    pub values: Vec<Cell>,
}

/// A value worth pointing at.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Of which line.
    pub line: usize,
    /// At which place.
    pub at: usize,
    /// What is to be said of it.
    pub label: String,
}

impl Bar {
    /// An amount with its name.
    pub fn of(label: impl Into<String>, value: impl Into<Cell>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl Line {
    /// Values without a band.
    pub fn of(name: impl Into<String>, values: impl IntoIterator<Item = impl Into<Cell>>) -> Self {
        Self { name: name.into(), values: values.into_iter().map(Into::into).collect(), band: Vec::new() }
    }
}

impl Chart {
    /// Every number of it.
    pub fn table(&self) -> Table {
        let numbers = |name: String| Column { name: Cow::Owned(name), align: Align::Right };
        let of_bars = |bars: &mut dyn Iterator<Item = &Bar>| {
            let columns = vec![Column::words(""), numbers(self.measured.clone())];
            Table::of(columns, bars.map(|bar| vec![bar.label.as_str().into(), bar.value.clone()]))
        };
        match &self.plot {
            Plot::Bars(bars) => of_bars(&mut bars.iter()),
            Plot::Waterfall { from, steps, to } => of_bars(&mut [from].into_iter().chain(steps).chain([to])),
            // Guides are told by their labels.
            Plot::Lines { along, lines, marks, guides: _ } => {
                let mut table = along.table();
                for line in lines {
                    table.columns.push(numbers(line.name.clone()));
                    append(&mut table, |i| line.values[i].clone());
                    if !line.band.is_empty() {
                        for (end, name) in ["low", "high"].into_iter().enumerate() {
                            table.columns.push(numbers(format!("{}, {name}", line.name)));
                            append(&mut table, |i| line.band[i][end].clone());
                        }
                    }
                }
                if !marks.is_empty() {
                    table.columns.push(Column::words("remark"));
                    let labels = |i| marks.iter().filter(move |m| m.at == i).map(|m| m.label.as_str());
                    append(&mut table, |i| labels(i).collect::<Vec<_>>().join("; ").into());
                }
                table
            }
            Plot::Points { across, hues, points } => points_table(across, &self.measured, hues, points),
            Plot::Stacks { along, layers } => {
                let mut table = along.table();
                for layer in layers {
                    table.columns.push(numbers(layer.name.clone()));
                    append(&mut table, |i| layer.values[i].clone());
                }
                table
            }
        }
    }
}

/// A row for each point; columns of which no point has anything are left out.
fn points_table(across: &str, measured: &str, hues: &str, points: &[Point]) -> Table {
    let numbers = |name: String| Column { name: Cow::Owned(name), align: Align::Right };
    let mut table = Table::of(vec![Column::words("")], points.iter().map(|point| vec![point.label.as_str().into()]));
    let mut add = |column: Column, cell: &dyn Fn(&Point) -> Option<Cell>| {
        if points.iter().any(|point| cell(point).is_some()) {
            table.columns.push(column);
            append(&mut table, |i| cell(&points[i]).unwrap_or(Cell::Nothing));
        }
    };
    let end = |at: usize| move |point: &Point| Some(point.range.as_ref()?[at].clone());
    add(numbers(across.to_owned()), &|point| Some(point.across.clone()));
    add(numbers(format!("{across}, low")), &end(0));
    add(numbers(format!("{across}, high")), &end(1));
    add(numbers(measured.to_owned()), &|point| Some(point.up.clone()));
    add(numbers(hues.to_owned()), &|point| point.hue.clone());
    add(Column::words("remark"), &|point| Some(point.remark?.into()));
    table
}

impl Axis {
    fn table(&self) -> Table {
        let head = Column { name: Cow::Owned(self.name.clone()), align: Align::Left };
        Table::of(vec![head], self.at.iter().map(|place| vec![place.clone()]))
    }
}

fn append(table: &mut Table, cell: impl Fn(usize) -> Cell) {
    for (i, row) in table.rows.iter_mut().enumerate() {
        row.push(cell(i));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Money;

    fn dollars(n: i128) -> Cell {
        Money::picos(n * 1_000_000_000_000).into()
    }
    fn chart(plot: Plot) -> Chart {
        Chart { title: "Bill".into(), measured: "US dollars".into(), plot }
    }
    fn csv(plot: Plot) -> String {
        super::super::csv::render_table(&chart(plot).table())
    }

    #[test]
    fn the_table_of_a_chart_has_every_number() {
        let bars = vec![Bar::of("disks", dollars(3)), Bar::of("compute", dollars(7))];
        assert_eq!(csv(Plot::Bars(bars.clone())), ",US dollars\ndisks,3\ncompute,7\n");
        let waterfall =
            Plot::Waterfall { from: Bar::of("March", dollars(1)), steps: bars, to: Bar::of("April", dollars(11)) };
        assert_eq!(csv(waterfall), ",US dollars\nMarch,1\ndisks,3\ncompute,7\nApril,11\n");
    }

    #[test]
    fn lines_and_layers_stand_beside_each_other() {
        let along = Axis { name: "month".into(), at: vec![Cell::Count(1), Cell::Count(2)] };
        let band = vec![[Cell::Nothing, Cell::Nothing], [dollars(4), dollars(6)]];
        let lines = vec![
            Line::of("paid", [dollars(3), Cell::Nothing]),
            Line { band, ..Line::of("forecast", [Cell::Nothing, dollars(5)]) },
        ];
        let marks = vec![Mark { line: 0, at: 0, label: "a rise".into() }];
        assert_eq!(
            csv(Plot::Lines { along: along.clone(), lines, marks, guides: Vec::new() }),
            "month,paid,forecast,\"forecast, low\",\"forecast, high\",remark\n1,3,,,,a rise\n2,,5,4,6,\n"
        );
        let point = Point {
            label: "a".into(),
            across: dollars(3),
            range: Some([dollars(2), dollars(5)]),
            up: dollars(1),
            hue: None,
            remark: None,
        };
        let other = Point { label: "b".into(), range: None, remark: Some("chosen"), ..point.clone() };
        assert_eq!(
            csv(Plot::Points { across: "cost".into(), hues: String::new(), points: vec![point, other] }),
            ",cost,\"cost, low\",\"cost, high\",US dollars,remark\na,3,2,5,1,\nb,3,,,1,chosen\n"
        );
        let layers = vec![Layer { name: "disks".into(), values: vec![dollars(3), dollars(4)] }];
        assert_eq!(csv(Plot::Stacks { along, layers }), "month,disks\n1,3\n2,4\n");
    }
}
