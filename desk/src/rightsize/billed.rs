//! What a bill says of each resource: what it costs a month, and what it runs on where the bill tells.
use super::QUESTION;
use crate::Desk;
use crate::failure::Failure;
use plimsoll::bill::{BillOptions, Cost, Detail, Ledger, Period};
use plimsoll::catalog::{Place, Provider, Purchase, Region};
use plimsoll::report::Input;
use plimsoll::rightsizing::{Held, Runs};
use plimsoll::telemetry::ResourceName;
use plimsoll::units::Money;
use plimsoll::{Answer, Question, ask};
use plimsoll_ingest::bills::{self, Asked, NoBill};
use plimsoll_ingest::inputs::{Found, labels};
use std::collections::{BTreeMap, BTreeSet};

/// Days of a month, as providers bill it: 730 hours.
const MONTH: f64 = 730.0 / 24.0;

/// The resources of a bill.
pub(super) fn read(inputs: &[String], keep_going: bool, desk: &Desk<'_>) -> Result<(Vec<Held>, Vec<Input>), Failure> {
    let inputs = desk.tables(inputs).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let ledger = ledger(&inputs.files, keep_going)?;
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
        let value = |column: usize| (column < answer.by.len()).then(|| group.value(column)).flatten();
        let [id, provider, region, details] = [0, 1, 2, 3].map(value);
        if !matches!(group.currency_code(), "" | "USD") {
            let what = format!("the bill is in {}, and prices here are in US dollars", group.currency_code());
            return Err(Failure::of(QUESTION, what, "give a bill in USD, or leave --bill out"));
        }
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

/// What resources are told by; what they run on is told by FOCUS 1.2, and not by exports before it.
const COLUMNS: [&str; 4] = ["ResourceId", "ProviderName", "RegionId", "SkuPriceDetails"];

/// The sums of each resource by day, with as many of the columns as the bill tells.
fn ledger(files: &[Found], keep_going: bool) -> Result<Ledger, Failure> {
    let read = |columns: usize| {
        let by = COLUMNS[..columns].iter().map(|column| (*column).to_owned()).collect();
        let period = Some(Period::Day);
        let asked = Asked { by, cost: Cost::Effective, period, detail: Detail::Sums, keep_going, ..Asked::default() };
        bills::read(files, &asked, &|_| ())
    };
    let is_untold = |no: &NoBill| match no {
        NoBill::Problems(problems) => problems.iter().all(|p| p.what.contains("cannot be grouped by")),
        NoBill::TooMuch(_) => false,
    };
    let mut columns = COLUMNS.len();
    loop {
        match read(columns) {
            Ok(ledger) => return Ok(ledger),
            Err(no) if columns > 1 && is_untold(&no) => columns -= 1,
            Err(NoBill::Problems(problems)) => return Err(Failure::problems(QUESTION, problems)),
            Err(NoBill::TooMuch(why)) => {
                return Err(Failure::of(QUESTION, why.to_string(), "give the bill of a shorter time"));
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalogs, Shelf};

    fn held(currency: &str, details: Option<&str>) -> Result<Vec<Held>, Failure> {
        let (name, cell) = details.map_or((String::new(), String::new()), |text| {
            (",SkuPriceDetails".into(), format!(",\"{}\"", text.replace('"', "\"\"")))
        });
        let day = |day: u32| {
            format!(
                "3.65,3.65,4,4,{currency},2026-11-0{day}T00:00:00Z,2026-11-0{}T00:00:00Z,Usage,VM,2026-11-01T00:00:00Z,\
                 arn:aws:ec2:us-east-1:1:instance/web-1,AWS,us-east-1{cell}\n",
                day + 1
            )
        };
        let header = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,\
                      ChargeCategory,ServiceName,BillingPeriodStart,ResourceId,ProviderName,RegionId";
        let name_of = format!("plimsoll-billed-{}-{currency}-{}.csv", std::process::id(), details.is_some());
        let path = std::env::temp_dir().join(name_of);
        std::fs::write(&path, format!("{header}{name}\n{}{}", day(1), day(2))).unwrap();
        let catalogs = Catalogs::default();
        let desk = Desk { shelf: &Shelf::Machine, watcher: &(), catalogs: &catalogs };
        let read = read(&[path.display().to_string()], false, &desk).map(|(held, _)| held);
        std::fs::remove_file(path).unwrap();
        read
    }

    #[test]
    fn resources_are_told_with_what_they_cost_and_run_on_where_the_bill_tells() {
        let with = held("USD", Some(r#"{"InstanceType":"m5.large"}"#)).unwrap();
        let runs = Runs::Machines { shape: "m5.large".into(), count: 1, purchase: Purchase::OnDemand };
        assert_eq!((with[0].name.0.as_str(), &with[0].runs), ("web-1", &runs));
        // 3.65 a day for the 730 hours of a month.
        assert_eq!(with[0].billed.unwrap().to_string(), "$111.02");
        let without = held("USD", None).unwrap();
        assert_eq!((&without[0].runs, without[0].billed), (&Runs::Unknown, with[0].billed));
        assert_eq!(without[0].place.as_ref().unwrap().to_string(), "aws/us-east-1");
    }

    #[test]
    fn another_currency_is_not_told_as_dollars() {
        let refused = held("EUR", None).unwrap_err();
        assert_eq!(refused.problems[0].what, "the bill is in EUR, and prices here are in US dollars");
    }
}
