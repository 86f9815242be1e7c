//! Every group of a bill with every digit, in CSV and JSON: written as text at once, for there may be millions.
use super::csv::push_cell;
use crate::bill::{BillAnswer, Cost, Group};
use std::ops::Range;

/// The names of the columns.
pub(super) fn names(answer: &BillAnswer) -> impl Iterator<Item = &str> {
    let period = answer.period.map(|_| "period");
    answer
        .by
        .iter()
        .map(String::as_str)
        .chain(period)
        .chain(["currency"])
        .chain(Cost::ALL.map(Cost::word))
        .chain(["rows"])
}

/// The head of the table.
pub(super) fn csv_head(answer: &BillAnswer) -> String {
    let mut text = String::new();
    for (at, name) in names(answer).enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        push_cell(&mut text, name);
    }
    text + "\n"
}

/// The lines of some groups.
pub(super) fn csv(answer: &BillAnswer, groups: Range<usize>) -> String {
    let mut text = String::with_capacity(answer.groups.room(groups.clone()));
    let mut period = Period::default();
    for group in answer.groups.range(groups) {
        for value in group.values() {
            push_cell(&mut text, value.unwrap_or_default());
            text.push(',');
        }
        if let Some(period) = period.of(group) {
            text.push_str(period);
            text.push(',');
        }
        push_cell(&mut text, Some(group.currency_code()).filter(|code| !code.is_empty()).unwrap_or(UNKNOWN));
        for cost in Cost::ALL {
            text.push(',');
            match group.cost(cost) {
                Some(amount) => amount.push(&mut text),
                None => text.push_str(UNKNOWN),
            }
        }
        text.push_str(&format!(",{}\n", group.rows()));
    }
    text
}

/// As a cell says it.
const UNKNOWN: &str = "unknown";

/// The items of some groups, as they stand in the indented text of the whole answer: behind a comma but for the first.
pub(super) fn json(answer: &BillAnswer, groups: Range<usize>) -> String {
    // A name that is there twice has its place from the first and its value from the last, as in any object.
    let mut fields: Vec<(&str, Field)> = Vec::new();
    let named = answer.by.iter().enumerate().map(|(column, name)| (name.as_str(), Field::Value(column)));
    for (name, field) in named.chain(answer.period.map(|_| ("period", Field::Period))) {
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = field,
            None => fields.push((name, field)),
        }
    }
    let fields: Vec<(String, Field)> =
        fields.into_iter().map(|(name, field)| (format!("\n          {}: ", quoted(name)), field)).collect();
    let mut text = String::with_capacity(2 * answer.groups.room(groups.clone()));
    let mut period = Period::default();
    for (at, group) in groups.clone().zip(answer.groups.range(groups)) {
        text.push_str(if at > 0 { ",\n      {\n        \"key\": {" } else { "\n      {\n        \"key\": {" });
        for (at, (name, field)) in fields.iter().enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            text.push_str(name);
            let value = match field {
                Field::Value(column) => group.value(*column),
                Field::Period => period.of(group),
            };
            push_string(&mut text, value);
        }
        text.push_str(if fields.is_empty() { "}" } else { "\n        }" });
        for cost in Cost::ALL {
            text.push_str(",\n        \"");
            text.push_str(cost.word());
            match group.cost(cost) {
                Some(amount) => {
                    text.push_str("\": \"");
                    amount.push(&mut text);
                    text.push('"');
                }
                None => text.push_str("\": null"),
            }
        }
        text.push_str(",\n        \"currency\": ");
        push_string(&mut text, Some(group.currency_code()).filter(|code| !code.is_empty()));
        text.push_str(&format!(",\n        \"rows\": {}\n      }}", group.rows()));
    }
    text
}

#[derive(Clone, Copy)]
enum Field {
    Value(usize),
    Period,
}

fn push_string(text: &mut String, value: Option<&str>) {
    match value {
        None => text.push_str("null"),
        Some(value) if value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') => {
            text.push('"');
            text.push_str(value);
            text.push('"');
        }
        Some(value) => text.push_str(&quoted(value)),
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("texts are JSON")
}

/// The name of the period of the last group: neighbors mostly share it.
#[derive(Default)]
struct Period(Option<(crate::bill::Slot, String)>);

impl Period {
    fn of(&mut self, group: Group<'_>) -> Option<&str> {
        let slot = group.slot()?;
        if self.0.as_ref().is_none_or(|(known, _)| *known != slot) {
            self.0 = Some((slot, slot.to_string()));
        }
        self.0.as_ref().map(|(_, name)| name.as_str())
    }
}
