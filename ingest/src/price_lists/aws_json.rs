//! The EC2 offer file as JSON, and the documents of `GetProducts`, which have the same shape for one product each.
//!
//! Products stand before their prices, in the official file and in any file with sorted names. A price whose product
//! has not been seen is set aside, and counted.
use super::aside::Aside;
use super::aws::{Product, region_of};
use super::input::Input;
use super::json_walk::{Placed, words, written};
use super::list::{Item, Offer, Tally, Unfit, day, foreign, price};
use crate::problem::Problem;
use serde_json::Value;
use std::collections::HashMap;

/// What the products said: a machine and its region, or why it is not meant.
type Products = HashMap<Box<str>, Result<(Box<str>, Box<str>), Aside>>;

pub(super) fn read(input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
    let mut is_list = false;
    // GetProducts is often kept as one document after another.
    while let Some(sign) = input.next_sign()? {
        if sign == b'[' {
            input.array(|input| element(input, tally, &mut is_list))?;
        } else {
            document(input, tally, &mut is_list)?;
        }
    }
    if is_list { Ok(()) } else { Err(tally.wrong_format()) }
}

/// A document in a list of documents; the AWS command line writes each as a text.
fn element(input: &mut Input<'_>, tally: &mut Tally, is_list: &mut bool) -> Result<(), Problem> {
    if input.next_sign()? != Some(b'"') {
        return document(input, tally, is_list);
    }
    let placed = input.value()?;
    let mut inner = Input::open(&input.name, placed.words(&[]).as_bytes(), tally.list.format)?;
    inner.line = input.line;
    document(&mut inner, tally, is_list)
}

fn document(input: &mut Input<'_>, tally: &mut Tally, is_list: &mut bool) -> Result<(), Problem> {
    let mut products = Products::new();
    input.object(|input, name| match name {
        "publicationDate" => {
            tally.published(input.value()?.words(&[]));
            Ok(())
        }
        "offerCode" | "serviceCode" => {
            let offer = input.value()?;
            let code = offer.words(&[]);
            if code == "AmazonEC2" {
                return Ok(());
            }
            let what = format!("this is the offer file of `{code}`, not of AmazonEC2");
            Err(offer.problem("", what, "machines are in the offer AmazonEC2"))
        }
        "NextToken" => {
            tally.list.goes_on |= !input.value()?.words(&[]).is_empty();
            Ok(())
        }
        "PriceList" => {
            *is_list = true;
            input.array(|input| element(input, tally, is_list))
        }
        "products" => input.object(|input, sku| {
            products.insert(sku.into(), product(&input.value()?.value));
            Ok(())
        }),
        "product" => {
            let value = input.value()?.value;
            products.insert(words(&value, &["sku"]).into(), product(&value));
            Ok(())
        }
        "terms" => {
            *is_list = true;
            input.object(|input, kind| {
                let is_on_demand = kind == "OnDemand";
                input.object(|input, _| terms(&input.value()?, is_on_demand, &products, tally))
            })
        }
        _ => input.skip(),
    })
}

fn product(value: &Value) -> Result<(Box<str>, Box<str>), Aside> {
    let of = |name| words(value, &["attributes", name]);
    let region = of("regionCode");
    let product = Product {
        family: words(value, &["productFamily"]),
        system: of("operatingSystem"),
        tenancy: of("tenancy"),
        software: of("preInstalledSw"),
        capacity: of("capacitystatus"),
        market: of("marketoption"),
        operation: of("operation"),
        machine: of("instanceType"),
        region: if region.is_empty() { region_of(of("location")) } else { region },
    };
    match product.aside() {
        Some(reason) => Err(reason),
        None => Ok((product.machine.into(), product.region.into())),
    }
}

/// The terms of one product, or one term of it: `GetProducts` has a level less.
fn terms(placed: &Placed, is_on_demand: bool, products: &Products, tally: &mut Tally) -> Result<(), Problem> {
    if placed.value.get("priceDimensions").is_some() {
        return term(placed, &placed.value, is_on_demand, products, tally);
    }
    let Some(terms) = placed.value.as_object() else {
        return Err(placed.problem("", "the terms of a product should stand here", "fetch the file again"));
    };
    terms.values().try_for_each(|value| term(placed, value, is_on_demand, products, tally))
}

fn term(
    placed: &Placed,
    term: &Value,
    is_on_demand: bool,
    products: &Products,
    tally: &mut Tally,
) -> Result<(), Problem> {
    let Some(rates) = term.get("priceDimensions").and_then(Value::as_object) else {
        return Err(placed.problem("priceDimensions", "a term without price dimensions", "fetch the file again"));
    };
    for rate in rates.values() {
        let judged = currency(placed, rate).and_then(|paid| {
            if !is_on_demand {
                return Err(Aside::Commitment.into());
            }
            let known = products.get(words(term, &["sku"])).cloned().unwrap_or(Err(Aside::NoProduct));
            let (machine, region) = known?;
            if words(rate, &["unit"]) != "Hrs" {
                return Err(Aside::Unit.into());
            }
            if !matches!(words(rate, &["beginRange"]), "0" | "") {
                return Err(Aside::Tier.into());
            }
            let Some(paid) = paid else { return Err(Aside::Free.into()) };
            let wrong = |(what, help): (String, &'static str)| Unfit::Wrong(placed.problem("USD", what, help));
            let hour = price(&written(paid).unwrap_or_else(|| paid.to_string())).map_err(wrong)?;
            let since = day(words(term, &["effectiveDate"]));
            Ok(Offer { item: Item::Machine(machine.into()), regions: vec![region.into()], hour, since })
        });
        tally.row(judged)?;
    }
    Ok(())
}

/// The price in dollars; a list that has another currency and no dollars is refused.
fn currency<'r>(placed: &Placed, rate: &'r Value) -> Result<Option<&'r Value>, Unfit> {
    let Some(prices) = rate.get("pricePerUnit").and_then(Value::as_object) else { return Ok(None) };
    if let Some(dollars) = prices.get("USD") {
        return Ok(Some(dollars));
    }
    match prices.keys().next().and_then(|other| Some((other, foreign(other)?))) {
        Some((other, (what, help))) => Err(Unfit::Currency(placed.problem(other, what, help))),
        None => Ok(None),
    }
}
