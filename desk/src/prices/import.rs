//! `plimsoll prices import`: official price lists in, an overlay of fresh prices out.
use super::args::ImportArgs;
use super::list::words;
use super::{QUESTION, scope};
use crate::failure::Failure;
use crate::files::{self, base_name};
use crate::{Answered, Desk, world};
use plimsoll::catalog::Purchase;
use plimsoll::report::{Block, Cell, Column, Report, Section, Table};
use plimsoll_ingest::price_lists::{Aside, Change, Comparison, Format, PriceList, compare, read};
use plimsoll_ingest::problem::Problem;

/// So many changes are shown; CSV and JSON have all.
const SHOWN: usize = 10;
/// So many machines without hardware are named.
const NAMED: usize = 5;

pub(super) fn run(args: &ImportArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let places = scope::of_provider(args.list.provider(), &args.region, desk)?;
    let catalogs = places.iter().map(|place| scope::catalog(place, desk.catalogs)).collect::<Result<Vec<_>, _>>()?;
    let lists = read_all(args, desk)?;
    let comparison = compare(args.list, &lists, &catalogs, &args.region);
    let mut notes = notes(&comparison);
    match &args.out {
        Some(out) => {
            let name = out.display().to_string();
            desk.shelf.write(out, comparison.overlay().as_bytes()).map_err(|error| {
                let help = "name a file that may be written with --out";
                files::unreadable(QUESTION, &name, &files::reason(&error), help)
            })?;
            let name = base_name(&name);
            notes.push(format!("The overlay was written to {name}: `plimsoll plan WORKLOAD --prices {name}` uses it."));
        }
        None if comparison.changed.is_empty() => {}
        None => notes.push("--out FILE writes the prices that differ as an overlay for --prices.".into()),
    }
    let sections = [
        Section::of("Rows", vec![Block::Table(rows(&comparison))]),
        Section::of("Machines", vec![Block::Table(machines(&comparison))]),
        Section::of("Largest changes", largest(&comparison)),
        Section::of("Notes", if notes.is_empty() { Vec::new() } else { vec![Block::List(notes)] }),
    ];
    let sections = sections.into_iter().flatten().collect();
    Ok(Answered::Report(Report { verdict: verdict(&comparison), sections, main: exact(&comparison) }))
}

/// Every file, or what is wrong with any of them.
fn read_all(args: &ImportArgs, desk: &Desk<'_>) -> Result<Vec<PriceList>, Failure> {
    let today = world::day(args.as_of);
    let mut lists = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for path in &args.files {
        let name = &desk.shelf.called(path);
        match desk.shelf.open(path) {
            Ok(source) => match read(name, source, args.list, today) {
                Ok(list) => lists.push(list),
                Err(wrong) => problems.extend(wrong),
            },
            Err(error) => {
                let help = "give the name of a price list, or - for standard input";
                problems.push(Problem::in_whole(name, files::reason(&error), help));
            }
        }
    }
    if problems.is_empty() { Ok(lists) } else { Err(Failure::problems(QUESTION, problems)) }
}

fn verdict(comparison: &Comparison) -> String {
    let rows = comparison.rows;
    let changed = comparison.changed.len() as u64;
    let all = changed + comparison.same;
    if all == 0 {
        return format!("None of {} gives the price of a machine that the tables have.", counted(rows, "row"));
    }
    let day = comparison.published().map_or("of no stated day".to_owned(), |day| format!("of {day}"));
    let span = match (parts(comparison).reduce(f64::min), parts(comparison).reduce(f64::max)) {
        (Some(least), Some(most)) if least != most => format!(", by {} to {}", percent(least), percent(most)),
        (Some(least), _) => format!(", by {}", percent(least)),
        _ => String::new(),
    };
    if changed == 0 {
        return format!("{} {day}, and the tables have the same.", counted(all, "price"));
    }
    let differ = if changed == 1 { "differs" } else { "differ" };
    format!("{changed} of {} {day} {differ} from the tables{span}.", counted(all, "price"))
}

fn parts(comparison: &Comparison) -> impl Iterator<Item = f64> {
    comparison.changed.iter().filter_map(Change::part)
}

/// Every row read, taken or set aside.
fn rows(comparison: &Comparison) -> Table {
    let row = |what: String, rows| vec![words(what), Cell::Count(rows)];
    let mut aside: Vec<(Aside, u64)> = comparison.set_aside.iter().map(|(reason, rows)| (*reason, *rows)).collect();
    aside.sort_by_key(|(reason, rows)| (std::cmp::Reverse(*rows), *reason));
    let mut table = vec![row("taken".into(), comparison.taken)];
    table.extend(aside.into_iter().map(|(reason, rows)| row(format!("set aside: {reason}"), rows)));
    table.push(row("read".into(), comparison.rows));
    Table::of(vec![Column::words("what became of it"), Column::numbers("rows")], table)
}

fn machines(comparison: &Comparison) -> Table {
    let row = |what: &str, machines| vec![words(what), Cell::Count(machines)];
    let mut rows = vec![
        row("at the price of the tables, left out of the overlay", comparison.same),
        row("at another price, in the overlay", comparison.changed.len() as u64),
        row("that the tables lack, left out: no list tells their hardware", comparison.new.len() as u64),
    ];
    if comparison.not_combined > 0 {
        rows.push(row("that cost more than vCPUs and memory, left out", comparison.not_combined));
    }
    Table::of(vec![Column::words("machines"), Column::numbers("in all regions")], rows)
}

/// The prices that moved most, up or down.
fn largest(comparison: &Comparison) -> Vec<Block> {
    let changes = comparison.changed.iter();
    let mut changes: Vec<_> = changes.filter_map(|change| Some((change, change.shipped?, change.part()?))).collect();
    changes.sort_by(|(.., a), (.., b)| b.abs().total_cmp(&a.abs()));
    let rows = changes.iter().take(SHOWN).map(|(change, (shipped, as_of), part)| {
        let machine = match change.purchase {
            Purchase::OnDemand => change.sku.clone(),
            other => format!("{}, {other}", change.sku),
        };
        vec![
            words(machine),
            words(change.place.region.0.clone()),
            words(super::tables::price(*shipped)),
            words(super::tables::price(change.list)),
            words(percent(*part)),
            words(as_of.to_string()),
        ]
    });
    let columns = vec![
        Column::words("machine"),
        Column::words("region"),
        Column::numbers("tables"),
        Column::numbers("list"),
        Column::numbers("change"),
        Column::words("tables as of"),
    ];
    let table = Table::of(columns, rows);
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}

fn notes(comparison: &Comparison) -> Vec<String> {
    let mut notes = Vec::new();
    for (file, day) in &comparison.files {
        let day = match (day, comparison.format) {
            (None, _) => "says no day".to_owned(),
            (Some(day), Format::AwsEc2 | Format::AwsSavingsPlans) => format!("published {day}"),
            (Some(day), _) => format!("says no day of its own; its newest price is of {day}"),
        };
        notes.push(format!("{}: {day}.", base_name(file)));
    }
    if comparison.goes_on {
        notes.push(
            "The last page is missing: every page says that another follows, and what is on it is not counted.".into(),
        );
    }
    let older = comparison.older();
    if older > 0 {
        let what = "the tables are newer than the list, which would make the plan older";
        notes.push(format!("For {} that differ, {what}.", counted(older, "price")));
    }
    if !comparison.new.is_empty() {
        let all = comparison.new.len();
        let named: Vec<String> =
            comparison.new.iter().take(NAMED).map(|(place, sku)| format!("{sku} in {}", place.region)).collect();
        let more = if all > NAMED { format!(" and {} more", all - NAMED) } else { String::new() };
        let cure = "An overlay written by hand may give their hardware.";
        notes.push(format!("Not in the tables: {}{more}. {cure}", named.join(", ")));
    }
    let lowered = comparison.changed.iter().filter(|change| change.paid != change.list).count() as u64;
    if lowered > 0 {
        let what =
            "the overlay has what a machine that runs all month costs, by the sustained-use discount of the tables";
        notes.push(format!("Of {}, {what}.", counted(lowered, "machine")));
    }
    let lacking = comparison.changed.iter().filter(|change| change.shipped.is_none()).count() as u64;
    if lacking > 0 {
        notes.push(format!(
            "For {}, the tables have no price paid in this way: the overlay adds them.",
            counted(lacking, "price")
        ));
    }
    notes.push(match comparison.format {
        Format::AwsSavingsPlans => {
            "Only rates of EC2 instance savings plans without or with all upfront are imported: prices on demand and spot \
             stay as the tables have them."
        }
        _ => "Only prices on demand are imported: commitments and spot stay as the tables have them.",
    }
    .into());
    notes
}

/// Every price that differs, with every digit.
fn exact(comparison: &Comparison) -> Table {
    let words_ = ["provider", "region", "shape"].map(Column::words);
    let prices = ["shipped_usd_per_hour", "list_usd_per_hour", "overlay_usd_per_hour", "change_share"];
    let columns =
        words_.into_iter().chain(prices.map(Column::numbers)).chain(["shipped_as_of", "purchase"].map(Column::words));
    let rows = comparison.changed.iter().map(|change| {
        vec![
            words(change.place.provider.name()),
            words(change.place.region.0.clone()),
            words(change.sku.clone()),
            change.shipped.map_or(Cell::Unknown, |(hour, _)| Cell::UnitPrice(hour)),
            Cell::UnitPrice(change.list),
            Cell::UnitPrice(change.paid),
            change.part().map_or(Cell::Unknown, super::compare::signed),
            change.shipped.map_or(Cell::Unknown, |(_, day)| words(day.to_string())),
            words(change.purchase.name()),
        ]
    });
    Table::of(columns.collect(), rows)
}

fn percent(part: f64) -> String {
    format!("{:+.1} %", part * 100.0)
}

fn counted(n: u64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
