//! `plimsoll prices compare`: machines side by side.
use super::args::MachinesArgs;
use super::column::Column;
use super::list::{WIDTH, fitted, for_format, report, words};
use super::offering::{Offering, View};
use super::paid::Paid;
use super::{scope, tables};
use crate::args::Format;
use crate::failure::Failure;
use crate::{Answered, Desk, world};
use plimsoll::report::{self, Cell, Table};
use plimsoll::units::Money;

/// How wide the column of differences may get.
const DIFFERENCE: usize = 12;

/// Columns that can be spared where the terminal is too narrow, first to last.
const SPARE: [Column; 4] = [Column::MemoryGib, Column::Vcpu, Column::UsdPerGib, Column::UsdPerVcpu];

pub(super) fn run(args: &MachinesArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let view = View { basis: args.purchase[0], today: world::day(args.scope.as_of) };
    let scope = scope::of_machines(&args.scope, desk)?;
    let paid = Paid::read(&args.paid.prices, view.today, desk)?;
    let found = scope::named(&args.names, &scope.places, &paid)?;
    let prices = args.purchase.iter().map(|purchase| Column::Price(*purchase));
    let columns: Vec<Column> = [Column::Shape, Column::Region, Column::Vcpu, Column::MemoryGib]
        .into_iter()
        .chain((!paid.is_list()).then_some(Column::List))
        .chain(prices)
        .chain([Column::UsdPerVcpu, Column::UsdPerGib])
        .collect();
    let mut notes: Vec<String> = scope.note.into_iter().chain(paid.note()).collect();
    let spare = if args.output.format() == Format::Text { &SPARE[..] } else { &[] };
    let columns = fitted(columns, spare, &found, WIDTH - DIFFERENCE, view, &mut notes);
    let mut table = tables::shown(&found, &columns, view);
    let mut main = tables::exact(&found, &Column::exact_of(&paid), view);
    with_difference(&mut table, &mut main, &found, view);
    let table = for_format(args.output.format(), table, &main);
    notes.extend(tables::legend(&table, view));
    Ok(Answered::Report(report(verdict(&found, view), table, notes, main)))
}

fn hour(offering: &Offering, view: View) -> Option<Money> {
    offering.offer(view.basis).map(|(hour, _)| hour)
}

/// How much more than the first, as a part of it.
fn difference(first: &Offering, other: &Offering, view: View) -> Option<f64> {
    Some(hour(other, view)?.ratio(hour(first, view)?)? - 1.0)
}

fn with_difference(table: &mut Table, main: &mut Table, found: &[Offering], view: View) {
    let first = &found[0];
    table.columns.push(report::Column::numbers("to first"));
    main.columns.push(report::Column::numbers("difference_to_first_share"));
    for ((row, exact), other) in table.rows.iter_mut().zip(&mut main.rows).zip(found) {
        let difference = difference(first, other, view);
        row.push(words(difference.map_or("?".to_owned(), percent)));
        exact.push(difference.map_or(Cell::Unknown, signed));
    }
}

/// `+12.5 %`.
fn percent(part: f64) -> String {
    let text = format!("{:+.1} %", part * 100.0);
    if matches!(text.as_str(), "+0.0 %" | "-0.0 %") { "0.0 %".to_owned() } else { text }
}

/// A part that may be below zero, as a number without a unit; money is the one exact number that may be.
pub(super) fn signed(part: f64) -> Cell {
    Cell::UnitPrice(Money::nearest(part))
}

fn verdict(found: &[Offering], view: View) -> String {
    let priced = found.iter().filter_map(|offering| Some((hour(offering, view)?, offering)));
    let Some((least, cheapest)) = priced.min_by_key(|(hour, _)| *hour) else {
        return format!("No table says what any of these costs ({}).", view.basis);
    };
    let first = &found[0];
    let name = |offering: &Offering| format!("{} in {}", offering.shape.name, offering.place);
    let against = match difference(first, cheapest, view) {
        Some(part) if part < 0.0 => format!(", {:.1} % below {}", -part * 100.0, name(first)),
        _ => String::new(),
    };
    format!("{} is the cheapest ({}): ${} an hour{against}.", name(cheapest), view.basis, tables::price(least))
}
