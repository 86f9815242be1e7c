//! The EC2 offer file as CSV: five rows about the list, a header, a row for each price. Columns are found by name.
use super::aside::Aside;
use super::aws::{Product, region_of};
use super::csv_rows::Row;
use super::input::Input;
use super::list::{Item, Offer, Tally, Unfit, day, foreign, price};
use crate::problem::Problem;

/// The header stands in row 6; a list with so many rows before it is none.
const BEFORE_HEADER: usize = 20;

/// The columns that are read, in the order of [`NAMES`].
struct Columns([Option<usize>; 16]);

const NAMES: [&str; 16] = [
    "TermType",
    "EffectiveDate",
    "StartingRange",
    "Unit",
    "PricePerUnit",
    "Currency",
    "Product Family",
    "Instance Type",
    "Operating System",
    "Tenancy",
    "Pre Installed S/W",
    "CapacityStatus",
    "operation",
    "Region Code",
    "MarketOption",
    "Location",
];
/// The last ones came later than the format; without any of the others no row can be judged.
const REQUIRED: usize = 13;

pub(super) fn read(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    let mut row = Row::default();
    let columns = header(input, tally, &mut row)?;
    while input.row(&mut row)? {
        let judged = judge(&row, &columns, &input.name);
        tally.row(judged)?;
    }
    Ok(())
}

/// Reads what the list says of itself, up to its header.
fn header(input: &mut Input<'_>, tally: &mut Tally, row: &mut Row) -> Result<Columns, Problem> {
    for _ in 0..BEFORE_HEADER {
        if !input.row(row)? {
            break;
        }
        match (row.cell(Some(0)), row.cell(Some(1))) {
            ("Publication Date", date) => tally.published(date),
            ("OfferCode", offer) if offer != "AmazonEC2" => {
                let what = format!("this is the offer file of `{offer}`, not of AmazonEC2");
                return Err(row.problem(&input.name, Some(1), what, "machines are in the offer AmazonEC2"));
            }
            ("SKU", _) => return columns(row, &input.name),
            _ => {}
        }
    }
    Err(tally.wrong_format())
}

fn columns(row: &Row, file: &str) -> Result<Columns, Problem> {
    let find = |name: &str| row.cells().iter().position(|cell| cell.eq_ignore_ascii_case(name));
    let found = NAMES.map(find);
    let lacking = NAMES[..REQUIRED].iter().zip(&found).filter(|(_, at)| at.is_none());
    let lacking: Vec<String> = lacking.map(|(name, _)| format!("`{name}`")).collect();
    if lacking.is_empty() {
        return Ok(Columns(found));
    }
    let what = format!("the header lacks {}", lacking.join(", "));
    Err(row.problem(file, Some(0), what, "columns are found by their names, in any order"))
}

fn judge(row: &Row, columns: &Columns, file: &str) -> Result<Offer, Unfit> {
    let [term, since, from, unit, hour, currency, rest @ ..] = columns.0;
    let [family, machine, system, tenancy, software, capacity, operation, region, market, location] =
        rest.map(|at| row.cell(at));
    if row.cells().len() < columns.0.iter().flatten().max().map_or(0, |last| last + 1) {
        return Err(Unfit::Wrong(row.problem(file, None, "the row has too few cells", "is it cut off?")));
    }
    let wrong = |at, (what, help): (String, &'static str)| row.problem(file, at, what, help);
    let money = row.cell(currency);
    if let Some(said) = foreign(money).filter(|_| !money.is_empty()) {
        return Err(Unfit::Currency(wrong(currency, said)));
    }
    if row.cell(term) != "OnDemand" {
        return Err(Aside::Commitment.into());
    }
    let region = if region.is_empty() { region_of(location) } else { region };
    let product = Product { family, system, tenancy, software, capacity, market, operation, machine, region };
    if let Some(reason) = product.aside() {
        return Err(reason.into());
    }
    if !matches!(row.cell(unit), "Hrs" | "hrs" | "Hours") {
        return Err(Aside::Unit.into());
    }
    if !matches!(row.cell(from), "0" | "") {
        return Err(Aside::Tier.into());
    }
    if row.cell(hour).is_empty() || money.is_empty() {
        return Err(Aside::Free.into());
    }
    let paid = price(row.cell(hour)).map_err(|said| Unfit::Wrong(wrong(hour, said)))?;
    let item = Item::Machine(machine.into());
    Ok(Offer { item, regions: vec![region.into()], hour: paid, since: day(row.cell(since)) })
}
