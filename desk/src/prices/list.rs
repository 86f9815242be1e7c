//! `plimsoll prices list`: machines with their prices.
use super::args::ListArgs;
use super::column::Column;
use super::filter::Filter;
use super::offering::{Offering, View};
use super::paid::Paid;
use super::sorting::{Order, column};
use super::{QUESTION, parse, scope, tables};
use crate::args::Format;
use crate::failure::Failure;
use crate::{Answered, Desk, world};
use plimsoll::report::{Block, Cell, Report, Section, Table};

/// A screen, more or less. Data for machines is never cut unasked.
const SHOWN_UNASKED: usize = 30;

/// What a terminal holds; wider tables lose columns that were not asked for.
pub(super) const WIDTH: usize = 100;

pub(super) fn run(args: &ListArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let filter = read_all(&args.conditions)?;
    let view = View { basis: args.purchase[0], today: world::day(args.scope.as_of) };
    let order = args.sort.as_deref().map_or(Ok(cheapest(view)), Order::read)?;
    let asked = args.columns.iter().map(|name| column(name, "--columns")).collect::<Result<Vec<_>, _>>()?;
    let scope = scope::of_list(&args.scope, desk)?;
    let paid = Paid::read(&args.paid.prices, view.today, desk)?;
    let all = paid.offerings(&scope.places)?;
    let total = all.len();
    let (mut found, open) = sift(all, filter.as_ref(), view);
    order.sort(&mut found, view);
    let matching = found.len();
    let format = args.output.format();
    let for_people = matches!(format, Format::Text | Format::Md | Format::Html);
    let limit = args.limit.unwrap_or(if for_people { SHOWN_UNASKED } else { 0 });
    found.drain(..args.skip.min(matching));
    found.truncate(if limit == 0 { matching } else { limit });

    let where_ = match &scope.places[..] {
        [place] => place.to_string(),
        places => format!("{} regions", places.len()),
    };
    let by = if args.sort.is_none() { "cheapest first".to_owned() } else { format!("by {}", order.column.name()) };
    let verdict = match (matching, filter.is_some()) {
        (_, false) => format!("{total} machines in {where_}, {by}."),
        (0, true) => format!("None of {total} machines in {where_} matches."),
        (1, true) => format!("1 of {total} machines in {where_} matches."),
        _ => format!("{matching} of {total} machines in {where_} match, {by}."),
    };
    let cut = match (found.len(), args.skip) {
        (all, _) if all == matching => String::new(),
        (shown, 0) if args.limit.is_some() => format!(" The first {shown} are shown."),
        (shown, 0) => format!(" The first {shown} are shown; --limit 0 shows all."),
        (0, skip) => format!(" None is left after the first {skip}."),
        (shown, skip) => format!(" Number {} to {} are shown.", skip + 1, skip + shown),
    };
    let mut notes: Vec<String> = scope.note.into_iter().chain(paid.note()).collect();
    if open > 0 {
        let columns = filter.as_ref().map(|f| named(&f.columns())).unwrap_or_default();
        notes.push(format!("{open} more are left out because no table says their {columns}."));
    }
    let columns =
        if asked.is_empty() { unasked(&found, args, view, scope.places.len(), &paid, &mut notes) } else { asked };
    let table = tables::shown(&found, &columns, view);
    let exact = if args.columns.is_empty() { Column::exact_of(&paid) } else { columns };
    let main = tables::exact(&found, &exact, view);
    let table = for_format(format, table, &main);
    notes.extend(tables::legend(&table, view));
    Ok(Answered::Report(report(verdict + &cut, table, notes, main)))
}

fn cheapest(view: View) -> Order {
    Order { column: Column::Price(view.basis), descending: false }
}

/// All conditions together.
fn read_all(conditions: &[String]) -> Result<Option<Filter>, Failure> {
    let read: Vec<_> = conditions.iter().map(|text| parse::filter(text)).collect();
    let (good, bad): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
    let problems: Vec<_> = bad.into_iter().filter_map(Result::err).collect();
    if !problems.is_empty() {
        return Err(Failure::problems(QUESTION, problems));
    }
    let filters: Vec<Filter> = good.into_iter().filter_map(Result::ok).collect();
    Ok((!filters.is_empty()).then_some(Filter::All(filters)))
}

/// The machines for which the condition holds, and how many it may hold for if only more were known.
fn sift(all: Vec<Offering>, filter: Option<&Filter>, view: View) -> (Vec<Offering>, usize) {
    let Some(filter) = filter else { return (all, 0) };
    let mut open = 0;
    let mut found = Vec::new();
    for offering in all {
        match filter.holds(&offering, view) {
            Some(true) => found.push(offering),
            Some(false) => {}
            None => open += 1,
        }
    }
    (found, open)
}

fn named(columns: &[Column]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for column in columns.iter().filter(|column| !column.is_words()) {
        if !names.contains(&column.name()) {
            names.push(column.name());
        }
    }
    names.join(" or ")
}

/// The columns of a list that names none: as many as fit, the ways to pay as asked.
fn unasked(
    found: &[Offering],
    args: &ListArgs,
    view: View,
    places: usize,
    paid: &Paid<'_>,
    notes: &mut Vec<String>,
) -> Vec<Column> {
    let mut columns = vec![Column::Shape];
    columns.extend((places > 1).then_some(Column::Region));
    columns.extend([Column::Arch, Column::Vcpu, Column::MemoryGib, Column::NetworkGbps]);
    columns.extend((!paid.is_list()).then_some(Column::List));
    columns.extend(args.purchase.iter().map(|purchase| Column::Price(*purchase)));
    columns.extend([Column::UsdPerVcpu, Column::UsdPerGib, Column::AsOf]);
    if args.output.format() != Format::Text {
        return columns;
    }
    // What can be spared first; prices stay to the end.
    let spare = [Column::AsOf, Column::NetworkGbps, Column::Arch, Column::UsdPerGib, Column::UsdPerVcpu];
    fitted(columns, &spare, found, WIDTH, view, notes)
}

/// The columns without those that can be spared and do not fit, which is said.
pub(super) fn fitted(
    mut columns: Vec<Column>,
    spare: &[Column],
    found: &[Offering],
    width: usize,
    view: View,
    notes: &mut Vec<String>,
) -> Vec<Column> {
    let mut dropped = Vec::new();
    for column in spare {
        if width_of(&tables::shown(found, &columns, view)) <= width {
            break;
        }
        columns.retain(|kept| kept != column);
        dropped.push(column.name());
    }
    if !dropped.is_empty() {
        notes.push(format!("Left out to fit {WIDTH} columns: {}; CSV and JSON have them.", dropped.join(", ")));
    }
    columns
}

/// How wide the text of a table is.
fn width_of(table: &Table) -> usize {
    let column = |i: usize| {
        let cells = table.rows.iter().map(|row| row[i].shown().chars().count());
        cells.chain([table.columns[i].name.chars().count()]).max().unwrap_or(0) + 2
    };
    (0..table.columns.len()).map(column).sum()
}

/// A spreadsheet gets numbers to count with, not digits with marks behind them.
pub(super) fn for_format(format: Format, shown: Table, main: &Table) -> Table {
    if format == Format::Xlsx { main.clone() } else { shown }
}

/// A verdict, a table, and what is to be said about it.
pub(super) fn report(verdict: String, table: Table, notes: Vec<String>, main: Table) -> Report {
    let machines = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    let notes = if notes.is_empty() { Vec::new() } else { vec![Block::List(notes)] };
    let sections = [Section::of("Machines", machines), Section::of("Notes", notes)];
    Report { verdict, sections: sections.into_iter().flatten().collect(), main }
}

/// A cell of words.
pub(super) fn words(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}
