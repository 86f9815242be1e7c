//! The month as the detailed export of Google Cloud Billing to BigQuery, flattened to CSV: `cost` is before credits, which
//! stand in the row as a JSON array; days begin by the clock of California.
use super::usage::{CREDITED, Charge, DAYS, Kind, Unit, hex};
use crate::exact::Exact;
use crate::sheet::Sheet;
use serde_json::{Value, json};

const COLUMNS: &str = include_str!("../columns/gcp.txt");

/// The meter of which the last day is told in April by universal time, and still in March in California.
const LATE: usize = 10;

/// The export, and what its key says besides the sums.
pub(super) fn sheet(charges: &[Charge]) -> (Sheet, Value) {
    let mut sheet = Sheet::new(COLUMNS);
    let (mut before, mut late) = (Exact::ZERO, Exact::ZERO);
    let credit = charges.iter().find(|charge| charge.kind == Kind::Credit).expect("a month has a credit").billed;
    for charge in charges.iter().filter(|charge| charge.kind != Kind::Credit) {
        let Charge { meter, .. } = charge;
        let is_tax = charge.kind == Kind::Tax;
        let mut credits = Vec::new();
        let mut cost = charge.billed;
        if charge.list > charge.billed {
            // What a contract takes off is a credit here.
            cost = charge.list;
            credits.push(credit_of("Contract discount", charge.billed - charge.list, "DISCOUNT"));
        }
        if !is_tax && (charge.at, charge.day) == CREDITED {
            credits.push(credit_of("Promotional credit", credit, "PROMOTION"));
        }
        before += cost;
        let (start, end) = window(charge);
        if start.starts_with("2026-04") {
            late += charge.billed;
        }
        let mut line = sheet.row();
        line.set("billing_account_id", "01EXAM-PLE000-000001").set("project.id", charge.account().0);
        line.set("project.name", charge.account().1).set("project.number", charge.account().0);
        line.all(&["project.labels", "project.ancestors", "system_labels", "tags"], "[]");
        line.set("service.id", service_id(meter.service)).set("service.description", meter.service);
        line.set("usage_start_time", &start).set("usage_end_time", end);
        line.set("export_time", format!("{} 14:05:31.250000 UTC", charge.next_date()));
        line.set("cost", cost).set("currency", "USD").set("currency_conversion_rate", "1.0");
        line.set("credits", Value::Array(credits)).set("invoice.month", "202603").set("transaction_type", "GOOGLE");
        line.set("cost_type", if is_tax { "tax" } else { "regular" });
        let labels = charge.team().map(|team| json!([label("team", team), label("env", "prod")]));
        line.set("labels", labels.unwrap_or_else(|| json!([])));
        if is_tax {
            line.set("sku.id", "TAX0-0000-0000").set("sku.description", "Tax: sales tax").set("cost_at_list", cost);
            continue;
        }
        line.set("sku.id", meter.sku).set("sku.description", meter.what);
        line.set("location.location", meter.region).set("location.region", meter.region);
        if let Some((_, name)) = meter.resource {
            line.set("resource.name", name);
            line.set(
                "resource.global_name",
                format!("//example.googleapis.com/projects/{}/{name}", charge.account().0),
            );
        }
        let (pricing, raw, factor) = meter.unit.of_google();
        let priced = charge.quantity * meter.unit.block();
        line.set("price.effective_price", meter.list * meter.unit.single()).set("price.tier_start_amount", "0.0");
        line.set("price.unit", pricing).set("price.pricing_unit_quantity", "1.0").set("cost_at_list", charge.list);
        line.set("usage.amount_in_pricing_units", priced).set("usage.pricing_unit", pricing);
        line.set("usage.amount", priced * Exact::of(factor, 0)).set("usage.unit", raw);
    }
    let rows = sheet.len();
    let total: Exact = charges.iter().map(|charge| charge.billed).sum();
    let key = json!({
        "rows": rows,
        "cost_before_credits": before.text(),
        "credits": (total - before).text(),
        "promotion": credit.text(),
        "in_april_by_universal_time": late.text(),
    });
    (sheet, key)
}

/// A day in California, in universal time: from eight, and from seven after the clocks were set forward on the eighth.
fn window(charge: &Charge) -> (String, String) {
    if charge.at == LATE && charge.day == DAYS {
        return ("2026-04-01 03:00:00 UTC".into(), "2026-04-01 04:00:00 UTC".into());
    }
    let hour = |day: i8| if day <= 8 { 8 } else { 7 };
    let start = format!("{} {:02}:00:00 UTC", charge.date(), hour(charge.day));
    (start, format!("{} {:02}:00:00 UTC", charge.next_date(), hour(charge.day + 1)))
}

fn credit_of(name: &str, amount: Exact, kind: &str) -> Value {
    // The number as it is, not as a float would hold it.
    let amount: Value = serde_json::from_str(&amount.text()).expect("decimals are numbers of JSON");
    json!({ "name": name, "amount": amount, "full_name": name, "id": name, "type": kind })
}

fn label(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": value })
}

fn service_id(service: &str) -> String {
    let number = service.bytes().fold(0, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let digits = hex("service", number).to_uppercase();
    format!("{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..12])
}

impl Unit {
    /// The unit of the price, the unit of measurement, and how many of the second are one of the first.
    fn of_google(self) -> (&'static str, &'static str, i64) {
        const GIBIBYTE: i64 = 1 << 30;
        const SECONDS: i64 = DAYS as i64 * 86_400;
        match self {
            Self::Hours => ("hour", "seconds", 3600),
            Self::GbMonths => ("gibibyte month", "byte-seconds", GIBIBYTE * SECONDS),
            Self::Gb => ("gibibyte", "bytes", GIBIBYTE),
            Self::MillionRequests => ("count", "requests", 1),
        }
    }
}
