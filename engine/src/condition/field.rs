//! Finds the fields that a condition names.
use super::judge::Fault;
use super::{Field, Seen, Step, Which};
use serde_json::Value;

/// The values of a field. Of a list of tables there may be many.
pub(super) fn find(field: &Field, envelope: &Value) -> Result<Vec<Seen>, Fault> {
    let answer = &envelope["answer"];
    let (first, rest) = field.steps.split_first().expect("a field has a name");
    let Which::Named(name) = &first.to else { unreachable!("a field begins with a name") };
    let root =
        answer.get(name).or_else(|| envelope.get(name)).ok_or_else(|| unknown(first, name, answer, "the answer"))?;
    let mut found = vec![(name.clone(), root)];
    for step in rest {
        let mut next = Vec::new();
        for (path, value) in found {
            into(step, &path, value, &mut next)?;
        }
        found = next;
    }
    let whole = field.steps[0].at.start..field.steps[field.steps.len() - 1].at.end;
    found.into_iter().map(|(path, value)| plain(path, value, answer, &whole)).collect()
}

fn into<'v>(step: &Step, path: &str, value: &'v Value, next: &mut Vec<(String, &'v Value)>) -> Result<(), Fault> {
    let fault = |what: String, help: String| Err(Fault { at: step.at.clone(), what, help });
    match (&step.to, value) {
        // What is not there has no fields that could be known.
        (_, Value::Null) => next.push((path.to_owned(), value)),
        (Which::Named(name), Value::Object(fields)) => match fields.get(name) {
            Some(inner) => next.push((format!("{path}.{name}"), inner)),
            None => return Err(unknown(step, name, value, &format!("`{path}`"))),
        },
        (Which::Named(name), Value::Array(_)) => {
            return fault(
                format!("`{path}` is a list"),
                format!("write {path}[*].{name} for every element, or {path}[0].{name}"),
            );
        }
        (Which::All, Value::Array(elements)) => {
            next.extend(elements.iter().enumerate().map(|(i, element)| (format!("{path}[{i}]"), element)));
        }
        (Which::Numbered(number), Value::Array(elements)) => match elements.get(*number) {
            Some(element) => next.push((format!("{path}[{number}]"), element)),
            None => {
                let help = "elements are counted from 0".to_owned();
                return fault(format!("`{path}` has {} elements, none is number {number}", elements.len()), help);
            }
        },
        (Which::Called(name), Value::Array(elements)) => {
            let names = || elements.iter().filter_map(|element| called(element));
            match elements.iter().find(|element| called(element) == Some(name)) {
                Some(element) => next.push((format!("{path}[{name}]"), element)),
                None => return fault(format!("nothing in `{path}` is called `{name}`"), meant(name, names())),
            }
        }
        (Which::Named(_), _) => return fault(format!("`{path}` is a value, it has no fields"), String::new()),
        _ => return fault(format!("`{path}` is no list"), String::new()),
    }
    Ok(())
}

fn called(element: &Value) -> Option<&str> {
    ["name", "id", "path"].iter().find_map(|key| element.get(key)?.as_str())
}

/// A band stands for its mean, a bill's sums for the cost that was asked for; other tables for no value.
fn plain(path: String, value: &Value, answer: &Value, at: &std::ops::Range<usize>) -> Result<Seen, Fault> {
    let Value::Object(fields) = value else { return Ok(Seen { path, value: value.clone() }) };
    let cost = answer.get("cost").and_then(Value::as_str);
    let key = ["mean"].into_iter().chain(cost).find(|key| fields.contains_key(*key));
    match key {
        Some(key) => Ok(Seen { path: format!("{path}.{key}"), value: fields[key].clone() }),
        None => {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            let help = format!("name one of its fields: {}", names.join(", "));
            Err(Fault { at: at.clone(), what: format!("`{path}` is a table"), help })
        }
    }
}

fn unknown(step: &Step, name: &str, table: &Value, of: &str) -> Fault {
    let names = table.as_object().into_iter().flat_map(|fields| fields.keys().map(String::as_str));
    Fault { at: step.at.clone(), what: format!("{of} has no field `{name}`"), help: meant(name, names) }
}

/// The nearest name, or all of them.
fn meant<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let near = names.iter().map(|known| (strsim::osa_distance(known, name), known)).min();
    match near {
        None => String::new(),
        Some((distance, known)) if distance <= name.len().max(known.len()) / 3 => format!("did you mean `{known}`?"),
        Some(_) if names.len() > MOST => format!("there are {}, ...", names[..MOST].join(", ")),
        Some(_) => format!("there are {}", names.join(", ")),
    }
}

/// The most names that are listed.
const MOST: usize = 30;
