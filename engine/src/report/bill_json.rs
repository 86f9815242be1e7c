//! A bill as the contract writes it: sums are decimal strings, to the last digit.
use crate::bill::{
    Anomaly, BillAnswer, BillQuality, BillRefusal, Check, CommitmentUse, Commitments, Compared, Cost, Currency,
    Discounts, Driver, Fate, Group, ItemChange, Key, Parts, Ratio, Side, TooMuch, Total, UnitCost, UnitCosts, Used,
};
use crate::units::{FineMoney, Share};
use serde_json::{Map, Value, json};

/// All of it.
pub(super) fn answer(answer: &BillAnswer) -> Value {
    let mut fields = frame(answer);
    fields.insert("groups".into(), answer.groups.iter().map(|group| self::group(answer, group)).collect());
    fields.insert("drivers".into(), drivers(answer).iter().map(|one| driver(answer, one)).collect());
    Value::Object(fields)
}

/// What drove the change, group by group.
pub(super) fn drivers(answer: &BillAnswer) -> &[Driver] {
    answer.drivers.as_ref().map_or(&[], |drivers| &drivers.groups)
}

/// All but the lists that have an item for each group, which are empty in it: of a large bill there may be millions.
pub(super) fn frame(answer: &BillAnswer) -> Map<String, Value> {
    let mut fields = Map::new();
    let totals: Vec<Value> = answer.totals.iter().map(total).collect();
    fields.insert("total".into(), if let [one] = totals.as_slice() { one.clone() } else { Value::Null });
    fields.insert("totals".into(), json!(totals));
    fields.insert("rows".into(), json!(answer.totals.iter().map(|t| t.tally.rows).sum::<u64>()));
    fields.insert("by".into(), json!(answer.by));
    fields.insert("cost".into(), json!(answer.cost.word()));
    fields.insert("groups".into(), json!([]));
    let drivers = answer.drivers.as_ref();
    let more = json!({
        "compared": drivers.map(|drivers| compared(&drivers.compared)),
        "change": drivers.map(|d| d.totals.iter().map(|total| driver(answer, total)).collect::<Vec<_>>()),
        "drivers": [],
        "driver_items": drivers.map_or_else(Vec::new, |d| d.items.iter().map(|one| item(answer, one)).collect()),
        "commitments": commitments(&answer.commitments),
        "unit_costs": answer.unit_costs.iter().map(unit_costs).collect::<Vec<_>>(),
        "anomalies": answer.watch.iter().flat_map(|w| &w.anomalies).map(|one| anomaly(answer, one)).collect::<Vec<_>>(),
        "watched": answer.watch.as_ref().map(|watch| json!({
            "groups": watch.judged,
            "days": watch.days,
            "groups_too_short": watch.short,
            "groups_sporadic": watch.sporadic,
        })),
        "checks": answer.checks.iter().map(check).collect::<Vec<_>>(),
        "quality": quality(&answer.quality),
    });
    let Value::Object(more) = more else { unreachable!("an object literal is an object") };
    fields.extend(more);
    fields
}

fn money(amount: Option<FineMoney>) -> Value {
    json!(amount.map(FineMoney::exact))
}

fn compared(compared: &Compared) -> Value {
    let side =
        |side: &Side| json!({ "period": side.slot.to_string(), "days": side.slot.days(), "days_charged": side.days });
    json!({
        "base": compared.base.slot.to_string(),
        "period": compared.period.slot.to_string(),
        "sides": [side(&compared.base), side(&compared.period)],
        "why": compared.why,
    })
}

pub(super) fn driver(answer: &BillAnswer, driver: &Driver) -> Value {
    let Parts { price, volume, mix, new, gone } = driver.parts;
    json!({
        "key": key(answer, &driver.key),
        "currency": currency(&driver.currency),
        "before": driver.before.exact(),
        "after": driver.after.exact(),
        "price": price.exact(),
        "volume": volume.exact(),
        "mix": mix.exact(),
        "new": new.exact(),
        "gone": gone.exact(),
        "total": driver.parts.total().exact(),
    })
}

fn item(answer: &BillAnswer, item: &ItemChange) -> Value {
    let word = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    let unit_price = |side: Option<Used>| money(side.and_then(|used| used.unit_price()));
    let quantity = |side: Option<Used>| json!(side.and_then(|used| used.quantity).map(|quantity| quantity.exact()));
    let cost = |side: Option<Used>| money(side.map(|used| used.cost));
    let fate = match item.fate {
        Fate::GoesOn => "goes_on",
        Fate::New => "new",
        Fate::Gone => "gone",
    };
    json!({
        "key": key(answer, &item.key),
        "currency": currency(&item.currency),
        "item": word(&item.item),
        "unit": word(&item.unit),
        "pricing": item.pricing.word(),
        "fate": fate,
        "cost0": cost(item.before),
        "cost1": cost(item.after),
        "quantity0": quantity(item.before),
        "quantity1": quantity(item.after),
        "price0": unit_price(item.before),
        "price1": unit_price(item.after),
        "by_price": item.price.exact(),
        "by_quantity": item.quantity.exact(),
        "total": item.change().exact(),
    })
}

fn commitments(commitments: &Commitments) -> Value {
    let each = |one: &CommitmentUse| {
        json!({
            "id": one.id,
            "kind": one.kind,
            "currency": currency(&one.currency),
            "used": money(one.used),
            "unused": money(one.unused),
            "bought": money(one.bought),
            "utilization_share": one.utilization().map(Share::as_part),
        })
    };
    let ratio = |ratio: &Result<Ratio, String>| json!(ratio.as_ref().ok().and_then(|r| r.part.ratio(r.whole)));
    let why = |ratio: &Result<Ratio, String>| json!(ratio.as_ref().err());
    let all = |all: &Discounts| {
        json!({
            "currency": currency(&all.currency),
            "used": money(all.used),
            "waste": money(all.waste),
            "coverage_share": ratio(&all.coverage),
            "coverage_unknown": why(&all.coverage),
            "effective_savings_share": ratio(&all.savings),
            "effective_savings_unknown": why(&all.savings),
            "savings_on_contracted_share": ratio(&all.savings_on_contracted),
            "savings_on_contracted_unknown": why(&all.savings_on_contracted),
        })
    };
    json!({
        "totals": commitments.currencies.iter().map(all).collect::<Vec<_>>(),
        "each": commitments.each.iter().map(each).collect::<Vec<_>>(),
    })
}

fn unit_costs(costs: &UnitCosts) -> Value {
    let period = |one: &UnitCost| {
        json!({
            "period": one.slot.to_string(),
            "days": one.days,
            "cost": one.cost.exact(),
            "amount": one.amount.exact(),
            "of_one": money(one.of_one()),
            "of_thousand": money(one.of_thousand()),
        })
    };
    json!({
        "name": costs.name,
        "currency": currency(&costs.currency),
        "periods": costs.periods.iter().map(period).collect::<Vec<_>>(),
        "change": costs.change.map(|change| json!({
            "base": change.from.to_string(),
            "period": change.to.to_string(),
            "more_business": change.more.exact(),
            "dearer": change.dearer.exact(),
            "total": (change.more + change.dearer).exact(),
        })),
    })
}

fn anomaly(answer: &BillAnswer, anomaly: &Anomaly) -> Value {
    let before = anomaly.before.iter().map(|(day, cost)| json!({ "time": day.time(), "actual": cost.exact() }));
    json!({
        "time": anomaly.day.time(),
        "key": key(answer, &anomaly.key),
        "currency": currency(&anomaly.currency),
        "expected_usd": anomaly.expected.exact(),
        "actual_usd": anomaly.actual.exact(),
        "p_value": anomaly.p_value.as_part(),
        "usual_spreads": anomaly.spreads.get(),
        "same_weekday_before": before.collect::<Vec<_>>(),
    })
}

fn check(check: &Check) -> Value {
    let first = if check.first.is_empty() { Value::Null } else { json!(check.first) };
    json!({ "rule": check.rule, "text": check.text, "rows_failing": check.rows_failing, "first": first })
}

fn quality(quality: &BillQuality) -> Value {
    let aside = quality.aside.iter().map(|a| json!({ "reason": a.reason, "rows": a.rows }));
    let findings = quality.findings.iter().map(|f| json!({ "kind": f.kind, "rows": f.rows, "text": f.text }));
    let files = quality.files.iter().map(
        |f| json!({ "name": f.name, "format": f.format, "confidence_share": f.confidence.as_part(), "rows": f.rows }),
    );
    json!({
        "score_share": quality.score.as_part(),
        "coverage_share": quality.coverage.map(Share::as_part),
        "from": quality.days.map(|(first, _)| first.time()),
        "to": quality.days.map(|(_, last)| last.next().time()),
        "rows_read": quality.rows_read,
        "rows_used": quality.rows_used,
        "set_aside": aside.collect::<Vec<_>>(),
        "duplicates": quality.rows_of("duplicates"),
        "out_of_order": quality.rows_of("out_of_order"),
        "gaps": quality.gaps,
        "findings": findings.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(),
    })
}

fn total(total: &Total) -> Value {
    let mut fields = Map::new();
    sums(&mut fields, &total.currency, |cost| total.tally.of(cost), total.tally.rows);
    Value::Object(fields)
}

fn group(answer: &BillAnswer, group: Group<'_>) -> Value {
    let mut key = key(answer, &group.key());
    if let Some(slot) = group.slot() {
        key.insert("period".into(), json!(slot.to_string()));
    }
    let mut fields = Map::from_iter([("key".to_owned(), Value::Object(key))]);
    sums(&mut fields, &group.currency(), |cost| group.cost(cost), group.rows());
    Value::Object(fields)
}

fn key(answer: &BillAnswer, key: &Key) -> Map<String, Value> {
    // The key of a total has no values.
    answer.by.iter().cloned().zip(key.values().iter().map(|value| json!(value))).collect()
}

fn sums(fields: &mut Map<String, Value>, currency: &Currency, sum: impl Fn(Cost) -> Option<FineMoney>, rows: u64) {
    for cost in Cost::ALL {
        fields.insert(cost.word().into(), money(sum(cost)));
    }
    fields.insert("currency".into(), self::currency(currency));
    fields.insert("rows".into(), json!(rows));
}

fn currency(currency: &Currency) -> Value {
    if currency.code().is_empty() { Value::Null } else { json!(currency.code()) }
}

pub(super) fn refusal(refusal: &BillRefusal) -> Value {
    let mut fields = Map::from_iter([
        ("kind".to_owned(), json!(refusal.kind())),
        ("message".to_owned(), json!(refusal.to_string())),
    ]);
    let more = match refusal {
        BillRefusal::Empty { rows_read, why } => json!({ "rows_read": rows_read, "why": why }),
        BillRefusal::TooMuch(TooMuch::Groups { groups, needs, has }) => {
            json!({ "groups": groups, "needs_bytes": needs, "has_bytes": has })
        }
        BillRefusal::TooMuch(TooMuch::Money) => json!({}),
        BillRefusal::UnknownPeriod { name, nearest } => json!({ "name": name, "nearest": nearest }),
        BillRefusal::Unlike { base, period } => json!({ "base": base, "period": period }),
        BillRefusal::TooFine { base, period, asked, kept } => {
            json!({ "base": base, "period": period, "asked": asked, "kept": kept })
        }
        BillRefusal::CostAbsent { asked, known } => {
            json!({ "asked": asked.word(), "known": known.iter().map(|c| c.word()).collect::<Vec<_>>() })
        }
    };
    if let Value::Object(more) = more {
        fields.extend(more);
    }
    Value::Object(fields)
}
