//! `plimsoll prices as-of`: how old each table is.
use super::QUESTION;
use super::args::AsOfArgs;
use super::list::words;
use crate::failure::Failure;
use crate::{Answered, world};
use jiff::civil::Date;
use plimsoll::report::{Block, Cell, Column, Report, Section, Table};

pub(super) fn run(args: &AsOfArgs) -> Result<Answered, Failure> {
    let today = world::day(args.scope.as_of);
    let asked = |table: &&plimsoll_prices::Table| {
        let providers = &args.scope.provider;
        let of_provider = providers.is_empty() || providers.iter().any(|p| p.name() == table.provider);
        of_provider && (args.scope.region.is_empty() || args.scope.region.iter().any(|r| r == table.region))
    };
    let tables: Vec<_> = plimsoll_prices::tables().iter().filter(asked).collect();
    if tables.is_empty() {
        let what = format!("no table is of {}", args.scope.region.join(", "));
        return Err(Failure::of(QUESTION, what, "`plimsoll prices as-of` without flags lists every table"));
    }
    let mut shown = Table::of(heads(["table", "rows", "newest", "days", "oldest", "days"]), []);
    let names = ["table", "rows", "newest_as_of", "newest_age_days", "oldest_as_of", "oldest_age_days"];
    let mut main = Table::of(heads(names), []);
    for table in &tables {
        let rows = table.text.lines().count().saturating_sub(1) as u64;
        let (newest, oldest) = (table.newest_as_of(), table.oldest_as_of());
        let row = vec![
            words(table.path()),
            Cell::Count(rows),
            words(newest),
            age(newest, today),
            words(oldest),
            age(oldest, today),
        ];
        shown.rows.push(row.clone());
        main.rows.push(row);
    }
    let rows: usize = tables.iter().map(|table| table.text.lines().count().saturating_sub(1)).sum();
    let newest = tables.iter().map(|table| table.newest_as_of()).max().unwrap_or_default();
    let oldest = tables.iter().map(|table| table.oldest_as_of()).min().unwrap_or_default();
    let verdict =
        format!("{rows} rows in {} tables, dated {oldest} to {newest}; ages are counted to {today}.", tables.len());
    let sections = vec![Section { title: "Tables".into(), blocks: vec![Block::Table(shown)] }];
    Ok(Answered::Report(Report { verdict, sections, main }))
}

fn heads(names: [&'static str; 6]) -> Vec<Column> {
    let [table, rows, newest, newest_age, oldest, oldest_age] = names;
    vec![
        Column::words(table),
        Column::numbers(rows),
        Column::words(newest),
        Column::numbers(newest_age),
        Column::words(oldest),
        Column::numbers(oldest_age),
    ]
}

/// Days from a table's date to the day of asking; a date that says only its month counts from the first of it.
fn age(date: &str, today: Date) -> Cell {
    let date = date.parse::<Date>().or_else(|_| format!("{date}-01").parse());
    date.map_or(Cell::Unknown, |date| Cell::Count(u64::from((today - date).get_days().max(0).unsigned_abs())))
}
