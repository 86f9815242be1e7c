//! What a bill says of each resource: what it costs a month, and what it runs on where the bill tells.
use super::QUESTION;
use crate::failure::Failure;
use plimsoll::bill::{BillOptions, Cost, Detail, Period};
use plimsoll::catalog::{Place, Provider, Purchase, Region};
use plimsoll::report::Input;
use plimsoll::rightsizing::{Held, Runs};
use plimsoll::telemetry::ResourceName;
use plimsoll::units::Money;
use plimsoll::{Answer, Question, ask};
use plimsoll_ingest::bills::{self, Asked, NoBill};
use plimsoll_ingest::inputs::{expand, labels};
use std::collections::{BTreeMap, BTreeSet};

/// Days of a month, as providers bill it: 730 hours.
const MONTH: f64 = 730.0 / 24.0;

/// The resources of a bill.
pub(super) fn read(inputs: &[String], keep_going: bool) -> Result<(Vec<Held>, Vec<Input>), Failure> {
    let inputs = expand(inputs).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let by = ["ResourceId", "ProviderName", "RegionId", "SkuPriceDetails"].map(str::to_owned).to_vec();
    let period = Some(Period::Day);
    let asked = Asked { by, cost: Cost::Effective, period, detail: Detail::Sums, keep_going, ..Asked::default() };
    let ledger = bills::read(&inputs.files, &asked, &|_| ()).map_err(|no| match no {
        NoBill::Problems(problems) => Failure::problems(QUESTION, problems),
        NoBill::TooMuch(why) => Failure::of(QUESTION, why.to_string(), "give the bill of a shorter time"),
    })?;
    let rows: Vec<u64> = ledger.reading.files.iter().map(|file| file.rows).collect();
    let world = crate::world::nowhere(jiff::civil::date(1970, 1, 1));
    let answer = match ask(&Question::Bill(Box::new(ledger), BillOptions::default()), &world) {
        Ok(Answer::Bill(answer)) => answer,
        Err(plimsoll::Refusal::Bill(refusal)) => return Err(Failure::of(QUESTION, refusal.to_string(), "")),
        Ok(_) | Err(_) => unreachable!("a bill was asked for"),
    };
    let days: BTreeSet<String> = answer.groups.iter().filter_map(|group| Some(group.slot()?.to_string())).collect();
    let days = days.len().max(1) as f64;
    let mut all: BTreeMap<String, Held> = BTreeMap::new();
    for group in answer.groups.iter() {
        let [id, provider, region, details] = [0, 1, 2, 3].map(|column| group.value(column));
        let (Some(id), Some(cost)) = (id, group.cost(Cost::Effective)) else { continue };
        let name = short(id);
        let month = Money::nearest(cost.about() / days * MONTH);
        let held = all.entry(name.clone()).or_insert_with(|| Held {
            name: ResourceName(name),
            runs: Runs::Unknown,
            place: place(provider, region),
            billed: Some(Money::ZERO),
        });
        held.billed = held.billed.map(|before| before + month);
        if let Some(shape) = details.and_then(shape) {
            held.runs = Runs::Machines { shape, count: 1, purchase: Purchase::OnDemand };
        }
    }
    let names = labels(&inputs.files).into_iter().zip(rows);
    let read = names.map(|(name, rows)| Input { name, sha256: None, rows: Some(rows) }).collect();
    Ok((all.into_values().collect(), read))
}

/// The last part of an identifier, as monitoring names it: `i-0ab1` of `arn:aws:ec2:us-east-1:1:instance/i-0ab1`.
fn short(id: &str) -> String {
    id.rsplit('/').next().filter(|part| !part.is_empty()).unwrap_or(id).to_owned()
}

fn place(provider: Option<&str>, region: Option<&str>) -> Option<Place> {
    let name = provider?.to_lowercase();
    let provider = match name.as_str() {
        _ if name.contains("aws") || name.contains("amazon") => Provider::Aws,
        _ if name.contains("microsoft") || name.contains("azure") => Provider::Azure,
        _ if name.contains("google") || name.contains("gcp") => Provider::Gcp,
        _ => return None,
    };
    Some(Place { provider, region: Region(region?.to_owned()) })
}

/// The instance type in FOCUS's details of a price.
fn shape(details: &str) -> Option<String> {
    let details: serde_json::Value = serde_json::from_str(details).ok()?;
    Some(details.get("InstanceType")?.as_str()?.to_owned())
}
