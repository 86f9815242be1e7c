//! Pages of the Google Cloud Billing Catalog: `skus`, with the price of a vCPU or of a GiB of memory of a family.
//!
//! The family stands only in the description. Its words are those of the catalog of 2024 to 2026.
use super::aside::Aside;
use super::input::Input;
use super::json_walk::{Placed, words, written};
use super::list::{Item, Offer, Tally, Unfit, day, foreign, price};
use super::pages::Pages;
use crate::problem::Problem;
use plimsoll::units::Money;
use serde_json::Value;

/// Families whose machines are vCPUs and memory, and nothing else that costs.
const PLAIN: [&str; 19] = [
    "c2d", "c3", "c3d", "c4", "c4a", "c4d", "c4n", "e2", "h3", "m3", "m4", "n1", "n2", "n2d", "n4", "n4a", "n4d",
    "t2a", "t2d",
];
/// Families with accelerators, or with disks in every machine.
const WITH_PARTS: [&str; 5] = ["a2", "a3", "g2", "g4", "z3"];

const PAGES: Pages = Pages { rows: "skus", next: "nextPageToken", row: sku, other: |input, _| input.skip() };

pub(super) fn read(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    PAGES.read(input, tally)
}

fn sku(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    let placed = input.value()?;
    let judged = judge(&placed);
    if let Some(pricing) = newest(&placed.value) {
        tally.has_price_of(words(pricing, &["effectiveTime"]));
    }
    tally.row(judged)
}

/// The pricing that holds; the API sends one unless a range of time is asked for.
fn newest(sku: &Value) -> Option<&Value> {
    sku.get("pricingInfo")?.as_array()?.iter().max_by_key(|pricing| words(pricing, &["effectiveTime"]))
}

fn judge(sku: &Placed) -> Result<Offer, Unfit> {
    let wrong = |field: &str, (what, help): (String, &'static str)| sku.problem(field, what, help);
    let description = sku.words(&["description"]);
    if description.is_empty() || sku.value.get("category").is_none() {
        let said = ("a SKU without description or category".to_owned(), "a page has `skus` as the API sends them");
        return Err(Unfit::Wrong(wrong("", said)));
    }
    let no_rates = Vec::new();
    let pricing = newest(&sku.value);
    let rates = pricing.and_then(|p| p.get("pricingExpression")?.get("tieredRates")?.as_array()).unwrap_or(&no_rates);
    for rate in rates {
        let currency = words(rate, &["unitPrice", "currencyCode"]);
        if let Some(said) = foreign(currency).filter(|_| !currency.is_empty()) {
            return Err(Unfit::Currency(wrong("currencyCode", said)));
        }
    }
    match sku.words(&["category", "usageType"]) {
        "Preemptible" => return Err(Aside::Spot.into()),
        "OnDemand" => {}
        _ => return Err(Aside::Commitment.into()),
    }
    if sku.words(&["category", "resourceFamily"]) != "Compute" {
        return Err(Aside::NoMachine.into());
    }
    let item = part(description)?;
    let unit = pricing.map_or("", |pricing| words(pricing, &["pricingExpression", "usageUnit"]));
    if !matches!((&item, unit), (Item::Processor(_), "h") | (Item::Memory(_), "GiBy.h")) {
        return Err(Aside::Unit.into());
    }
    let [rate] = &rates[..] else { return Err(if rates.is_empty() { Aside::Free } else { Aside::Tier }.into()) };
    let hour = hour(rate).map_err(|said| Unfit::Wrong(wrong("unitPrice", said)))?;
    let regions = sku.value.get("serviceRegions").and_then(Value::as_array);
    let regions = regions.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(Offer { item, regions, hour, since: pricing.and_then(|pricing| day(words(pricing, &["effectiveTime"]))) })
}

/// `units` and `nanos`; either is left out where it is zero, and `units` is a text.
fn hour(rate: &Value) -> Result<Money, (String, &'static str)> {
    let number = |name: &str| match rate.get("unitPrice").and_then(|price| price.get(name)) {
        Some(value) => price_part(value),
        None => Ok(Money::ZERO),
    };
    let (units, nanos) = (number("units")?, number("nanos")?);
    let picos = units.as_picos().checked_add(nanos.as_picos() / 1_000_000_000);
    price(&picos.map(Money::picos).map_or_else(String::new, Money::exact))
}

fn price_part(value: &Value) -> Result<Money, (String, &'static str)> {
    let text = written(value).unwrap_or_else(|| value.to_string());
    let is_whole = !text.is_empty() && text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit());
    let money = is_whole.then(|| text.parse().ok()).flatten();
    money.ok_or_else(|| (format!("cannot read `{text}` as units or nanos of a price"), "they are whole numbers"))
}

/// What a description speaks of: `N2D AMD Instance Core running in Virginia`.
fn part(description: &str) -> Result<Item, Aside> {
    let text = description.to_lowercase();
    let (name, _) = text.split_once(" running in ").ok_or(Aside::NoMachine)?;
    let variants = [
        "custom",
        "sole tenancy",
        "premium",
        "commitment",
        "reserved",
        "preemptible",
        "spot",
        "dws",
        "overcommit",
        "upgrade",
    ];
    if variants.iter().any(|word| name.contains(word)) {
        return Err(Aside::Variant);
    }
    let (name, last) = name.rsplit_once(' ').ok_or(Aside::NoMachine)?;
    let make = match last {
        "core" => Item::Processor,
        "ram" => Item::Memory,
        "gpu" => return Err(Aside::OtherParts),
        _ => return Err(Aside::Family),
    };
    let words: Vec<&str> = name.split(' ').collect();
    let family = match &words[..] {
        ["compute", "optimized", ..] => "c2",
        ["memory-optimized", "instance"] => "m1",
        [family, "instance"] | [family, "amd" | "arm" | "predefined" | "memory-optimized", "instance"] => family,
        _ => return Err(Aside::Family),
    };
    match family {
        _ if WITH_PARTS.contains(&family) => Err(Aside::OtherParts),
        "c2" | "m1" => Ok(make(family.to_owned())),
        _ if PLAIN.contains(&family) => Ok(make(family.to_owned())),
        _ => Err(Aside::Family),
    }
}

#[cfg(test)]
mod tests {
    use super::{Aside, Item, part};

    #[test]
    fn a_description_tells_the_family_and_the_part() {
        let processor = |family: &str| Ok(Item::Processor(family.into()));
        let cases = [
            ("N2 Instance Core running in Virginia", processor("n2")),
            ("N2D AMD Instance Ram running in Americas", Ok(Item::Memory("n2d".into()))),
            ("N1 Predefined Instance Core running in Americas", processor("n1")),
            ("C4A Arm Instance Core running in Iowa", processor("c4a")),
            ("M3 Memory-optimized Instance Core running in Americas", processor("m3")),
            ("Memory-optimized Instance Core running in Americas", processor("m1")),
            ("Compute optimized Core running in Americas", processor("c2")),
            ("N2 Custom Instance Core running in Americas", Err(Aside::Variant)),
            ("N2 Instance Core in Sole Tenancy running in Americas", Err(Aside::Variant)),
            ("G2 Instance Core running in Americas", Err(Aside::OtherParts)),
            ("M4Ultramem224 Instance Core running in Americas", Err(Aside::Family)),
            ("Micro Instance with burstable CPU running in Americas", Err(Aside::Family)),
            ("Network Internet Egress", Err(Aside::NoMachine)),
        ];
        for (description, expected) in cases {
            assert_eq!(part(description), expected, "{description}");
        }
    }
}
