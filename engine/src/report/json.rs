//! Answers as JSON: the envelope that every question shares. Field names are promised; the unit is the end of the name.
use super::number::number;
use super::plan_json;
use super::{
    Meta, Pieces, bill, bill_json, bill_rows, levers_json, plan_notes, rightsize, rightsize_json, scenario_json,
};
use crate::ask::{Answer, Refusal};
use serde_json::{Map, Value, json};

/// The envelope of an outcome. `inputs`, `prices` and `seed` come from the front.
pub fn envelope(question: &str, outcome: &Result<Answer, Refusal>, meta: &Meta) -> Value {
    let (answer, refusal, notes) = match outcome {
        Ok(Answer::Plan(answer)) => (plan_json::answer(answer), Value::Null, plan_notes::notes(answer, meta)),
        Ok(Answer::Scenario(answer)) => {
            (scenario_json::answer(answer), Value::Null, super::scenario::notes(answer, meta))
        }
        Ok(Answer::Levers(answer)) => (levers_json::answer(answer), Value::Null, plan_notes::notes(&answer.plan, meta)),
        Ok(Answer::Profile(answer)) => {
            (answer.json(&workload_name(meta)), Value::Null, super::profile::notes(answer, meta))
        }
        Ok(Answer::Bill(answer)) => (bill_json::answer(answer), Value::Null, bill::notes(answer, meta)),
        Ok(Answer::Rightsize(answer)) => (rightsize_json::answer(answer), Value::Null, rightsize::notes(answer, meta)),
        Ok(Answer::Compare(answer)) => (super::compare::json(answer), Value::Null, super::compare::notes(answer, meta)),
        Err(Refusal::Compare(refusal)) => (Value::Null, super::compare::refusal_json(refusal), meta.notes.clone()),
        Err(Refusal::Plan(refusal)) => (Value::Null, plan_json::refusal(refusal), meta.notes.clone()),
        Err(Refusal::Scenario(refusal)) => (Value::Null, scenario_json::refusal(refusal), meta.notes.clone()),
        Err(Refusal::Levers(refusal)) => (Value::Null, levers_json::refusal(refusal), meta.notes.clone()),
        Err(Refusal::Profile(refusal)) => (Value::Null, refusal.json(), meta.notes.clone()),
        Err(Refusal::Bill(refusal)) => (Value::Null, bill_json::refusal(refusal), meta.notes.clone()),
        Err(Refusal::Rightsize(refusal)) => (Value::Null, rightsize_json::refusal(refusal), meta.notes.clone()),
    };
    enveloped(question, &super::verdict(outcome, meta), [answer, refusal, json!(notes)], meta)
}

fn enveloped(question: &str, verdict: &str, [answer, refusal, notes]: [Value; 3], meta: &Meta) -> Value {
    let mut envelope = head(question, meta);
    envelope.insert("verdict".into(), json!(verdict));
    envelope.insert("answer".into(), answer);
    envelope.insert("refusal".into(), refusal);
    envelope.insert("notes".into(), notes);
    envelope.insert("problems".into(), json!([]));
    Value::Object(envelope)
}

/// The text of [`envelope`], indented.
pub fn written(question: &str, outcome: &Result<Answer, Refusal>, meta: &Meta) -> String {
    pieces(question, outcome, meta).whole()
}

/// The same in pieces. The lists of a large bill are written item by item: as values they would take many times the memory
/// of their text.
pub fn pieces<'a>(question: &str, outcome: &'a Result<Answer, Refusal>, meta: &Meta) -> Pieces<'a> {
    let mut pieces = Pieces::default();
    let Ok(Answer::Bill(answer)) = outcome else {
        pieces.text(pretty(&envelope(question, outcome, meta)));
        return pieces;
    };
    let (frame, notes) = (Value::Object(bill_json::frame(answer)), json!(bill::notes(answer, meta)));
    let frame = enveloped(question, &super::verdict(outcome, meta), [frame, Value::Null, notes], meta);
    let mut rest = pretty(&frame);
    let mut list = |name: &str, count: usize, items: &dyn Fn(&mut Pieces<'a>)| {
        // A line of its own at this depth: no text within the frame has a break of line.
        let empty = format!("\n    \"{name}\": []");
        let at = rest.find(&empty).expect("the frame has its lists") + empty.len() - 1;
        let after = rest.split_off(at);
        pieces.text(std::mem::replace(&mut rest, if count > 0 { "\n    ".to_owned() + &after } else { after }));
        items(&mut pieces);
    };
    list("groups", answer.groups.len(), &|pieces| {
        pieces.items(answer.groups.len(), |groups| bill_rows::json(answer, groups));
    });
    let drivers = bill_json::drivers(answer);
    list("drivers", drivers.len(), &|pieces| {
        pieces.items(drivers.len(), |range| {
            let first = range.start == 0;
            let item = |(at, driver)| {
                let before = if at == 0 && first { "\n      " } else { ",\n      " };
                before.to_owned() + &pretty(&bill_json::driver(answer, driver)).replace('\n', "\n      ")
            };
            drivers[range].iter().enumerate().map(item).collect()
        });
    });
    pieces.text(rest);
    pieces
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("values are JSON")
}

/// A workload found in an export is called after the export.
pub fn workload_name(meta: &Meta) -> String {
    let name = meta.inputs.first().map_or("workload", |i| i.name.as_str());
    name.split('.').next().unwrap_or(name).to_owned()
}

/// The fields that come before the answer.
pub fn head(question: &str, meta: &Meta) -> Map<String, Value> {
    let inputs: Vec<Value> =
        meta.inputs.iter().map(|i| json!({"name": i.name, "sha256": i.sha256, "rows": i.rows})).collect();
    let prices: Vec<Value> =
        meta.prices.iter().map(|p| json!({"table": p.table, "as_of": p.as_of, "sha256": p.sha256})).collect();
    let Value::Object(head) = json!({
        "question": question,
        "version": meta.version,
        "seed": meta.seed,
        "draws": meta.draws,
        "as_of": meta.as_of.to_string(),
        "inputs": inputs,
        "prices": prices,
    }) else {
        unreachable!("an object literal is an object")
    };
    head
}

/// A table as a list of objects, every digit.
pub fn of_table(table: &super::Table) -> Value {
    let row = |cells: &Vec<super::Cell>| -> Value {
        let field = |(column, cell): (&super::Column, &super::Cell)| (column.name.to_string(), value(cell));
        Value::Object(table.columns.iter().zip(cells).map(field).collect())
    };
    table.rows.iter().map(row).collect()
}

fn value(cell: &super::Cell) -> Value {
    use super::Cell;
    match cell.plain() {
        Cell::Text(_) | Cell::Date(_) | Cell::Time(_) | Cell::Charge(..) => json!(cell.exact()),
        Cell::Unknown | Cell::Nothing => Value::Null,
        other => number(&other.exact()),
    }
}
