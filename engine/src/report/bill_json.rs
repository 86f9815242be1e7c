//! A bill as the contract writes it: sums are decimal strings, to the last digit.
use crate::bill::{BillAnswer, BillRefusal, Cost, Currency, Group, Key, Tally, TooMuch, Total};
use serde_json::{Map, Value, json};

pub(super) fn answer(answer: &BillAnswer) -> Value {
    let mut fields = Map::new();
    let totals: Vec<Value> = answer.totals.iter().map(total).collect();
    fields.insert("total".into(), if let [one] = totals.as_slice() { one.clone() } else { Value::Null });
    fields.insert("totals".into(), json!(totals));
    fields.insert("rows".into(), json!(answer.totals.iter().map(|t| t.tally.rows).sum::<u64>()));
    fields.insert("by".into(), json!(answer.by));
    fields.insert("cost".into(), json!(answer.cost.word()));
    fields.insert("groups".into(), answer.groups.iter().map(|group| self::group(answer, group)).collect());
    Value::Object(fields)
}

fn total(total: &Total) -> Value {
    let mut fields = Map::new();
    tally(&mut fields, &total.currency, &total.tally);
    Value::Object(fields)
}

fn group(answer: &BillAnswer, group: &Group) -> Value {
    let mut key = key(answer, &group.key);
    if let Some(slot) = group.slot {
        key.insert("period".into(), json!(slot.to_string()));
    }
    let mut fields = Map::from_iter([("key".to_owned(), Value::Object(key))]);
    tally(&mut fields, &group.currency, &group.tally);
    Value::Object(fields)
}

fn key(answer: &BillAnswer, key: &Key) -> Map<String, Value> {
    answer.by.iter().cloned().zip(key.values().iter().map(|value| json!(value))).collect()
}

fn tally(fields: &mut Map<String, Value>, currency: &Currency, tally: &Tally) {
    for cost in Cost::ALL {
        fields.insert(cost.word().into(), json!(tally.of(cost).map(|sum| sum.exact())));
    }
    fields.insert("currency".into(), self::currency(currency));
    fields.insert("rows".into(), json!(tally.rows));
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
        BillRefusal::Unlike { base, period, kept } => json!({ "base": base, "period": period, "kept": kept }),
        BillRefusal::CostAbsent { asked, known } => {
            json!({ "asked": asked.word(), "known": known.iter().map(|c| c.word()).collect::<Vec<_>>() })
        }
    };
    if let Value::Object(more) = more {
        fields.extend(more);
    }
    Value::Object(fields)
}
