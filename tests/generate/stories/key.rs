//! The answers of the quarter: sums by month, the planted reasons and what each amounts to, waste, coverage and savings.
use super::plot::{self, Charge, Paid};
use crate::exact::Exact;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The four costs: their names and where they stand.
const COSTS: [(&str, Cost); 4] = [
    ("billed", |c| c.billed),
    ("effective", |c| c.effective),
    ("list", Charge::list),
    ("contracted", Charge::contracted),
];

type Cost = fn(&Charge) -> Exact;

/// The key.
pub(super) fn json(seed: u64, charges: &[Charge], requests: &[(Date, i64)]) -> Value {
    let month = |name: &str| charges.iter().filter(|c| c.month() == name).collect::<Vec<_>>();
    let [january, february, march] = ["2026-01", "2026-02", "2026-03"].map(month);
    let months = [("2026-01", &january), ("2026-02", &february), ("2026-03", &march)];
    json!({
        "quarter": ["2026-01-01", "2026-04-01"],
        "seed": seed,
        "currency": "USD",
        "rows": charges.len(),
        "total": costs(&charges.iter().collect::<Vec<_>>()),
        "by_month": each(&months, costs),
        "by_month_service": each(&months, |of_month| grouped(of_month, |c| c.item.service)),
        "by_month_team": each(&months, |of_month| grouped(of_month, |c| c.item.team.unwrap_or_default())),
        "by_month_sku": each(&months, skus),
        "march_over_february": change(&february, &march),
        "anomaly": anomaly(charges),
        "commitment": each(&months, commitment),
        "requests": requests_of(&months.map(|(name, _)| name), requests),
    })
}

type Months<'a> = [(&'a str, &'a Vec<&'a Charge>)];

fn each(months: &Months<'_>, value: impl Fn(&[&Charge]) -> Value) -> Value {
    Value::Object(months.iter().map(|(name, charges)| ((*name).into(), value(charges))).collect())
}

fn sum<'a>(charges: impl Iterator<Item = &'a Charge>, cost: Cost) -> Exact {
    charges.map(cost).sum()
}

/// The four costs.
fn costs(charges: &[&Charge]) -> Value {
    Value::Object(
        COSTS.iter().map(|(name, cost)| ((*name).into(), sum(charges.iter().copied(), *cost).text().into())).collect(),
    )
}

fn grouped(charges: &[&Charge], name: fn(&Charge) -> &str) -> Value {
    let mut groups: BTreeMap<&str, Vec<&Charge>> = BTreeMap::new();
    for charge in charges {
        groups.entry(name(charge)).or_default().push(charge);
    }
    Value::Object(groups.iter().map(|(name, of)| ((*name).into(), costs(of))).collect())
}

/// Quantity and costs of the use of each SKU, by how it is paid for; purchases are no use.
fn skus(charges: &[&Charge]) -> Value {
    let mut groups: BTreeMap<(&str, &str, bool), (Exact, Exact, Exact)> = BTreeMap::new();
    for charge in charges.iter().filter(|c| c.paid != Paid::Purchase) {
        let is_committed = charge.paid != Paid::OnDemand;
        let sums = groups.entry((charge.item.service, charge.item.sku, is_committed)).or_default();
        *sums = (sums.0 + charge.quantity, sums.1 + charge.effective, sums.2 + charge.list());
    }
    let value =
        |((service, sku, is_committed), (quantity, effective, list)): (&(&str, &str, bool), &(Exact, Exact, Exact))| {
            json!({
                "service": service,
                "sku": sku,
                "pricing": if *is_committed { "Committed" } else { "Standard" },
                "quantity": quantity.text(),
                "effective": effective.text(),
                "list": list.text(),
            })
        };
    groups.iter().map(value).collect()
}

/// Why March cost more than February, in effective cost: the reasons add up to the change.
fn change(february: &[&Charge], march: &[&Charge]) -> Value {
    let of = |charges: &[&Charge], service: &str| {
        sum(charges.iter().copied().filter(|c| c.item.service == service), |c| c.effective)
    };
    let difference = |service: &str| of(march, service) - of(february, service);
    let burst = extra(march);
    let total = sum(march.iter().copied(), |c| c.effective) - sum(february.iter().copied(), |c| c.effective);
    let planted = [
        ("price_rise", plot::PRICE, difference(plot::PRICE)),
        ("volume_growth", plot::VOLUME, difference(plot::VOLUME)),
        ("mix_shift", plot::MIX, difference(plot::MIX)),
        ("new_service", plot::NEW, difference(plot::NEW)),
        ("stopped_service", plot::STOPPED, difference(plot::STOPPED)),
        ("one_day_burst", plot::BURST, burst),
    ];
    let explained: Exact = planted.iter().map(|(_, _, amount)| *amount).sum();
    let mut reasons: Vec<_> = planted
        .iter()
        .map(|(reason, service, amount)| json!({ "reason": reason, "service": service, "amount": amount.text() }))
        .collect();
    reasons.push(json!({ "reason": "longer_month_and_noise", "amount": (total - explained).text() }));
    let services = march.iter().chain(february).map(|c| c.item.service);
    let by_service: BTreeMap<_, _> = services.map(|service| (service, difference(service))).collect();
    json!({
        "effective": total.text(),
        "reasons": reasons,
        "by_service": by_service.iter().map(|(name, sum)| ((*name).into(), sum.text().into())).collect::<Map<_, _>>(),
        "price_rise": { "sku": "DB-4X32", "from": plot::DEARER.to_string(), "percent": 10 },
        "new_service_from": plot::BEGINS.to_string(),
        "stopped_service_until": plot::ENDS.to_string(),
    })
}

/// What the anomaly cost beyond the usual.
fn extra(charges: &[&Charge]) -> Exact {
    let of_day = charges.iter().filter(|c| c.item.service == plot::BURST && c.date == plot::ANOMALY);
    let spent: Exact = of_day.map(|c| c.effective).sum();
    spent - spent.over(plot::ANOMALY_FACTOR)
}

fn anomaly(charges: &[Charge]) -> Value {
    let all: Vec<_> = charges.iter().collect();
    let of_day = charges.iter().filter(|c| c.item.service == plot::BURST && c.date == plot::ANOMALY);
    json!({
        "service": plot::BURST,
        "date": plot::ANOMALY.to_string(),
        "factor": plot::ANOMALY_FACTOR,
        "effective": sum(of_day, |c| c.effective).text(),
        "extra": extra(&all).text(),
    })
}

/// Waste, and the sums of which coverage and the effective savings rate are quotients.
fn commitment(charges: &[&Charge]) -> Value {
    let paid = |paid: Paid| charges.iter().copied().filter(move |c| c.paid == paid);
    let machines = charges.iter().copied().filter(|c| c.paid == Paid::OnDemand && c.item.service == "Virtual Machines");
    let usage = || charges.iter().copied().filter(|c| c.paid != Paid::Purchase);
    let used_list = sum(paid(Paid::Covered), Charge::list);
    json!({
        "purchased": sum(paid(Paid::Purchase), |c| c.billed).text(),
        "used": sum(paid(Paid::Covered), |c| c.effective).text(),
        "waste": sum(paid(Paid::Unused), |c| c.effective).text(),
        "coverage": {
            "what": "list cost of covered machines, over that of all machines",
            "covered": used_list.text(),
            "eligible": (used_list + sum(machines, Charge::list)).text(),
        },
        "effective_savings": {
            "what": "1 - effective / list over Usage, unused parts of the plan included on both sides",
            "effective": sum(usage(), |c| c.effective).text(),
            "list": sum(usage(), Charge::list).text(),
            "list_without_unused": (sum(usage(), Charge::list) - sum(paid(Paid::Unused), Charge::list)).text(),
        },
    })
}

fn requests_of(months: &[&str], requests: &[(Date, i64)]) -> Value {
    let of = |name: &str| -> i64 {
        requests.iter().filter(|(date, _)| date.strftime("%Y-%m").to_string() == name).map(|(_, amount)| amount).sum()
    };
    Value::Object(months.iter().map(|name| ((*name).into(), of(name).into())).collect())
}
