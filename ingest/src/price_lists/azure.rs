//! Pages of the Azure Retail Prices API: `Items`, one price each.
use super::aside::Aside;
use super::input::Input;
use super::json_walk::{Placed, written};
use super::list::{Item, Offer, Tally, Unfit, day, foreign, price};
use super::pages::Pages;
use crate::problem::Problem;
use jiff::civil::Date;
use serde_json::Value;

const PAGES: Pages = Pages { rows: "Items", next: "NextPageLink", row: item, other };

pub(super) fn read(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    PAGES.read(input, tally)
}

/// A page in another currency is refused as a whole.
fn other(input: &mut Input<'_>, name: &str) -> Result<(), Problem> {
    if name != "BillingCurrency" {
        return input.skip();
    }
    let placed = input.value()?;
    let wrong = foreign(placed.words(&[]));
    wrong.map_or(Ok(()), |(what, help)| Err(placed.problem("", what, help)))
}

fn item(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    let placed = input.value()?;
    let judged = judge(&placed, tally.today);
    tally.has_price_of(placed.words(&["effectiveStartDate"]));
    tally.row(judged)
}

fn judge(item: &Placed, today: Date) -> Result<Offer, Unfit> {
    let of = |name: &str| item.words(&[name]);
    let wrong = |field, (what, help): (String, &'static str)| item.problem(field, what, help);
    let Some(paid) = item.value.get("retailPrice") else {
        let said = ("an item without `retailPrice`".to_owned(), "a page has `Items` as the API sends them");
        return Err(Unfit::Wrong(wrong("", said)));
    };
    if let Some(said) = foreign(of("currencyCode")) {
        return Err(Unfit::Currency(wrong("currencyCode", said)));
    }
    let (kind, product, name) = (of("type"), of("productName"), of("skuName"));
    let has_ended = day(of("effectiveEndDate")).is_some_and(|end| end < today);
    let starts_higher = item.value.get("tierMinimumUnits").and_then(Value::as_f64).is_some_and(|units| units > 0.0);
    let tests = [
        (kind == "Reservation", Aside::Commitment),
        (kind == "DevTestConsumption", Aside::DevTest),
        (kind != "Consumption" || of("serviceName") != "Virtual Machines", Aside::NoMachine),
        (name.ends_with("Spot") || name.ends_with("Low Priority"), Aside::Spot),
        (product.contains("Windows"), Aside::System),
        (product.contains("CloudServices") || product.contains("Cloud Services"), Aside::NoMachine),
        (product.contains("Dedicated Host"), Aside::Tenancy),
        (of("unitOfMeasure") != "1 Hour", Aside::Unit),
        (starts_higher, Aside::Tier),
        (item.value.get("isPrimaryMeterRegion") != Some(&Value::Bool(true)), Aside::OtherMeter),
        (of("armSkuName").is_empty() || of("armRegionName").is_empty(), Aside::Nameless),
        (has_ended, Aside::Ended),
    ];
    if let Some((_, reason)) = tests.into_iter().find(|(holds, _)| *holds) {
        return Err(reason.into());
    }
    let text = written(paid).unwrap_or_else(|| paid.to_string());
    let hour = price(&text).map_err(|said| Unfit::Wrong(wrong("retailPrice", said)))?;
    let since = day(of("effectiveStartDate"));
    let machine = Item::Machine(of("armSkuName").to_owned());
    Ok(Offer { item: machine, regions: vec![of("armRegionName").to_owned()], hour, since })
}
