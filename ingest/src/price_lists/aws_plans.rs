//! The savings plan offer file of AWS, as CSV and as JSON: what an hour of a machine costs under a plan.
//!
//! AWS Price List, offer `AmazonComputeSavingsPlan`. A rate names the product that it lowers: the usage type
//! `BoxUsage:m7g.large`, with the region before it in most regions, is a machine on shared hardware, and the operation
//! `RunInstances` is Linux. The rates of EC2 instance savings plans are taken, which bind to a family in a region as the
//! commitments of the tables do; those of compute savings plans, which bind to nothing and cost more, are set aside.
use super::aside::Aside;
use super::csv_rows::Row;
use super::input::Input;
use super::json_walk::{Placed, words, written};
use super::list::{Item, Offer, Tally, Unfit, day, foreign, price};
use crate::problem::Problem;
use plimsoll::catalog::{Payment, Purchase, Term};
use std::collections::HashMap;

const OFFER: &str = "AmazonComputeSavingsPlan";
/// The plans whose rates are taken.
const FAMILY: &str = "EC2InstanceSavingsPlans";
/// The header stands in row 6; a list with so many rows before it is none.
const BEFORE_HEADER: usize = 20;

/// What a rate says of itself.
#[derive(Clone, Copy, Debug, Default)]
struct Rate<'r> {
    family: &'r str,
    payment: &'r str,
    years: &'r str,
    unit_of_term: &'r str,
    service: &'r str,
    usage: &'r str,
    operation: &'r str,
    unit: &'r str,
    region: &'r str,
    machine: &'r str,
}

impl Rate<'_> {
    /// The machine and the way of paying, or why it is not meant.
    fn item(&self) -> Result<Item, Aside> {
        let used = self.usage.rsplit_once(':');
        let is_shared = used.is_some_and(|(kind, _)| kind == "BoxUsage" || kind.ends_with("-BoxUsage"));
        // The usage type tells the machine where the column is empty.
        let machine = if self.machine.is_empty() { used.map_or("", |(_, machine)| machine) } else { self.machine };
        let tests = [
            (self.family != FAMILY, Aside::OtherPlan),
            (self.service != "AmazonEC2" || used.is_none(), Aside::NoMachine),
            (!is_shared, Aside::Tenancy),
            (self.operation != "RunInstances", Aside::System),
            (!matches!(self.unit, "Hrs" | "hrs" | "Hours"), Aside::Unit),
            (machine.is_empty() || self.region.is_empty(), Aside::Nameless),
        ];
        if let Some((_, reason)) = tests.into_iter().find(|(holds, _)| *holds) {
            return Err(reason);
        }
        Ok(Item::Committed(machine.into(), self.purchase().ok_or(Aside::OtherPayment)?))
    }

    fn purchase(&self) -> Option<Purchase> {
        let term = match (self.years, self.unit_of_term) {
            ("1", "year") => Term::OneYear,
            ("3", "year") => Term::ThreeYears,
            _ => return None,
        };
        let payment = match self.payment {
            "No Upfront" => Payment::NoUpfront,
            "All Upfront" => Payment::AllUpfront,
            _ => return None,
        };
        Some(Purchase::Committed(term, payment))
    }

    fn offer(&self, hour: &str, since: &str, wrong: impl Fn(String, &str) -> Problem) -> Result<Offer, Unfit> {
        let item = self.item()?;
        if hour.is_empty() {
            return Err(Aside::Free.into());
        }
        let hour = price(hour).map_err(|(what, help)| Unfit::Wrong(wrong(what, help)))?;
        Ok(Offer { item, regions: vec![self.region.into()], hour, since: day(since) })
    }
}

fn other_offer(code: &str) -> (String, &'static str) {
    (
        format!("this is the offer file of `{code}`, not of {OFFER}"),
        "machines are in the plans of AmazonComputeSavingsPlan",
    )
}

/// The columns that are read, in this order.
const NAMES: [&str; 13] = [
    "DiscountedRate",
    "Currency",
    "EffectiveDate",
    "Product Family",
    "PurchaseOption",
    "LeaseContractLength",
    "LeaseContractLengthUnit",
    "DiscountedServiceCode",
    "DiscountedUsageType",
    "DiscountedOperation",
    "Unit",
    "DiscountedRegionCode",
    "DiscountedInstanceType",
];

/// Reads the list as CSV.
pub(super) fn read_csv(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    let mut row = Row::default();
    let columns = header(input, tally, &mut row)?;
    while input.row(&mut row)? {
        let judged = judge(&row, &columns, &input.name);
        tally.row(judged)?;
    }
    Ok(())
}

fn header(input: &mut Input<'_>, tally: &mut Tally, row: &mut Row) -> Result<[usize; NAMES.len()], Problem> {
    for _ in 0..BEFORE_HEADER {
        if !input.row(row)? {
            break;
        }
        match (row.cell(Some(0)), row.cell(Some(1))) {
            ("Publication Date", date) => tally.published(date),
            ("OfferCode", code) if code != OFFER => {
                let (what, help) = other_offer(code);
                return Err(row.problem(&input.name, Some(1), what, help));
            }
            ("SKU", _) => {
                let find = |name: &str| row.cells().iter().position(|cell| cell.eq_ignore_ascii_case(name));
                let lacking: Vec<String> =
                    NAMES.iter().filter(|name| find(name).is_none()).map(|name| format!("`{name}`")).collect();
                if lacking.is_empty() {
                    return Ok(NAMES.map(|name| find(name).expect("none is lacking")));
                }
                let what = format!("the header lacks {}", lacking.join(", "));
                return Err(row.problem(&input.name, Some(0), what, "columns are found by their names, in any order"));
            }
            _ => {}
        }
    }
    Err(tally.wrong_format())
}

fn judge(row: &Row, columns: &[usize; NAMES.len()], file: &str) -> Result<Offer, Unfit> {
    if columns.iter().any(|at| *at >= row.cells().len()) {
        return Err(Unfit::Wrong(row.problem(file, None, "the row has too few cells", "is it cut off?")));
    }
    let [hour, money, since, family, payment, years, unit_of_term, service, usage, operation, unit, region, machine] =
        columns.map(|at| row.cell(Some(at)));
    if let Some((what, help)) = foreign(money).filter(|_| !money.is_empty()) {
        return Err(Unfit::Currency(row.problem(file, Some(columns[1]), what, help)));
    }
    let rate = Rate { family, payment, years, unit_of_term, service, usage, operation, unit, region, machine };
    rate.offer(hour, since, |what, help| row.problem(file, Some(columns[0]), what, help))
}

/// What the products say: the kind of the plan, and when it is paid.
type Plans = HashMap<Box<str>, (Box<str>, Box<str>)>;

/// Reads the list as JSON, whose products stand before their terms.
pub(super) fn read_json(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    let (mut plans, mut is_list) = (Plans::new(), false);
    input.object(|input, name| match name {
        "publicationDate" => {
            tally.published(input.value()?.words(&[]));
            Ok(())
        }
        "offerCode" => {
            let offer = input.value()?;
            if offer.words(&[]) == OFFER {
                return Ok(());
            }
            let (what, help) = other_offer(offer.words(&[]));
            Err(offer.problem("", what, help))
        }
        "products" => input.array(|input| {
            let product = input.value()?;
            let of = |path: &[&str]| product.words(path).into();
            plans.insert(of(&["sku"]), (of(&["productFamily"]), of(&["attributes", "purchaseOption"])));
            Ok(())
        }),
        "terms" => input.object(|input, kind| {
            if kind != "savingsPlan" {
                return input.skip();
            }
            is_list = true;
            input.array(|input| plan(input, &plans, tally))
        }),
        _ => input.skip(),
    })?;
    if is_list { Ok(()) } else { Err(tally.wrong_format()) }
}

/// One plan and its rates, of which there may be tens of thousands: they are read one by one.
fn plan(input: &mut Input<'_>, plans: &Plans, tally: &mut Tally) -> Result<(), Problem> {
    let (mut sku, mut since, mut years, mut unit) = (String::new(), String::new(), String::new(), String::new());
    input.object(|input, name| match name {
        "sku" => input.value().map(|value| value.words(&[]).clone_into(&mut sku)),
        "effectiveDate" => input.value().map(|value| value.words(&[]).clone_into(&mut since)),
        "leaseContractLength" => {
            let length = input.value()?;
            years = length.value.get("duration").and_then(written).unwrap_or_default();
            length.words(&["unit"]).clone_into(&mut unit);
            Ok(())
        }
        "rates" => {
            let known = plans.get(sku.as_str());
            input.array(|input| {
                let placed = input.value()?;
                let judged = match known {
                    None => Err(Aside::NoProduct.into()),
                    Some((family, payment)) => {
                        let plan = Rate { family, payment, years: &years, unit_of_term: &unit, ..Rate::default() };
                        rate(&placed, plan, &since)
                    }
                };
                tally.row(judged)
            })
        }
        _ => input.skip(),
    })
}

fn rate<'r>(placed: &'r Placed, plan: Rate<'r>, since: &str) -> Result<Offer, Unfit> {
    let of = |name| words(&placed.value, &[name]);
    let money = words(&placed.value, &["discountedRate", "currency"]);
    if let Some((what, help)) = foreign(money).filter(|_| !money.is_empty()) {
        return Err(Unfit::Currency(placed.problem("currency", what, help)));
    }
    let hour = placed.value.get("discountedRate").and_then(|rate| rate.get("price")).and_then(written);
    let rate = Rate {
        service: of("discountedServiceCode"),
        usage: of("discountedUsageType"),
        operation: of("discountedOperation"),
        unit: of("unit"),
        region: of("discountedRegionCode"),
        machine: of("discountedInstanceType"),
        ..plan
    };
    rate.offer(&hour.unwrap_or_default(), since, |what, help| placed.problem("price", what, help))
}
