//! A question in JSON, with all of its files in it.
use super::{Asking, Folder};
use crate::front::Shared;
use crate::reply::Turned;
use axum::http::StatusCode;
use plimsoll_desk::{Flag, flags};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The fields of a question.
const FIELDS: [&str; 4] = ["workload", "inputs", "files", "flags"];

/// Reads a question.
pub(super) async fn read(front: &Shared, question: &str, body: &[u8]) -> Result<Asking, Turned> {
    let value: Value = serde_json::from_slice(body).map_err(|error| wrong(format!("the body is no JSON: {error}")))?;
    let Value::Object(mut fields) = value else { return Err(wrong("the body is no object")) };
    if let Some(odd) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(wrong(format!("`{odd}` is no field of a question; they are {}", FIELDS.join(", "))));
    }
    let mut asking = Asking::of(question);
    let folder = Arc::new(Folder::new(front)?);
    for (field, is_input) in [("inputs", true), ("files", false)] {
        for (name, text) in named(fields.remove(field), field)? {
            if asking.has(&name) {
                return Err(wrong(format!("two files are called `{name}`")));
            }
            let upload = folder.keep(&name, text.as_bytes()).await?;
            if is_input {
                asking.inputs.push(upload.name.clone());
            }
            asking.bring(upload);
        }
    }
    asking.folder = Some(folder);
    match fields.remove("workload") {
        None => {}
        Some(Value::String(text)) => asking.about(text.into_bytes())?,
        Some(object @ Value::Object(_)) => asking.about(object.to_string().into_bytes())?,
        Some(_) => return Err(wrong("`workload` is the text of a workload file, or an object with its content")),
    }
    match fields.remove("flags") {
        None => {}
        Some(Value::Object(given)) => asking.flags = flat(given, &flags(question).unwrap_or_default())?,
        Some(_) => return Err(wrong("`flags` is an object of flags and their values")),
    }
    Ok(asking)
}

/// The files of a list, each with its name and text.
fn named(list: Option<Value>, field: &str) -> Result<Vec<(String, String)>, Turned> {
    let wrong = || wrong(format!("`{field}` is a list of objects with `name` and `text`"));
    let list = match list {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(wrong()),
    };
    let file = |value: Value| match value {
        Value::Object(mut file) if file.len() == 2 => match (file.remove("name"), file.remove("text")) {
            (Some(Value::String(name)), Some(Value::String(text))) => Ok((name, text)),
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    };
    list.into_iter().map(file).collect()
}

/// Flags with a value each: a list is a flag that is given as often.
fn flat(given: Map<String, Value>, known: &[Flag]) -> Result<Vec<(String, String)>, Turned> {
    let mut flat = Vec::new();
    for (name, value) in given {
        let is_once = || known.iter().any(|flag| flag.name == name.replace('_', "-") && !flag.is_list);
        let values = match value {
            Value::Array(_) if is_once() => return Err(wrong(format!("`{name}` is given once, not as a list"))),
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            let text = match value {
                Value::String(text) => text,
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                _ => return Err(wrong(format!("the value of `{name}` is no text, number, switch or list of them"))),
            };
            flat.push((name.clone(), text));
        }
    }
    Ok(flat)
}

fn wrong(what: impl Into<String>) -> Turned {
    Turned::down(StatusCode::BAD_REQUEST, what, "GET /api/openapi.json describes what is read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::front::Front;
    use plimsoll_desk::{Content, Shelf};
    use serde_json::json;

    async fn of(value: &Value) -> Result<Asking, Turned> {
        let question = if value.get("workload").is_some() { "plan" } else { "bill" };
        read(&Front::new(Config::default(), None).unwrap(), question, value.to_string().as_bytes()).await
    }

    #[tokio::test]
    async fn a_question_has_its_files_and_its_flags() {
        let question = json!({
            "inputs": [{"name": "a.csv", "text": "x"}],
            "files": [{"name": "b.csv", "text": "y"}],
            "flags": {"by": ["service", "tag:team"], "sums": true, "draws": 3},
        });
        let asking = of(&question).await.unwrap();
        assert_eq!(asking.inputs, ["a.csv"]);
        let flags: Vec<(&str, &str)> = asking.flags.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(flags, [("by", "service"), ("by", "tag:team"), ("sums", "true"), ("draws", "3")]);
        let Shelf::Given(uploads) = &asking.shelf else { panic!("nothing else is read") };
        assert_eq!(uploads.len(), 2);
        let workload = of(&json!({"workload": {"demand": {"peak": "9/s"}}})).await.unwrap();
        assert_eq!(workload.inputs, ["workload.json"]);
        let Shelf::Given(uploads) = &workload.shelf else { panic!("nothing else is read") };
        assert!(matches!(&uploads[0].content, Content::Bytes(bytes) if bytes.starts_with(b"{\"demand\"")));
    }

    #[tokio::test]
    async fn a_question_about_exports_takes_no_workload() {
        let front = Front::new(Config::default(), None).unwrap();
        for question in ["bill", "profile", "rightsize"] {
            let turned = read(&front, question, br#"{"workload": {}}"#).await.unwrap_err();
            assert!(turned.what.contains("not about a workload") && turned.status == StatusCode::BAD_REQUEST);
        }
    }

    #[tokio::test]
    async fn mistakes_are_told() {
        let cases = [
            (json!([]), "no object"),
            (json!({"input": []}), "`input` is no field of a question"),
            (json!({"inputs": ["a.csv"]}), "`inputs` is a list of objects with `name` and `text`"),
            (
                json!({"inputs": [{"name": "a", "text": "x"}], "files": [{"name": "x/a", "text": "y"}, {"name": "a", "text": "z"}]}),
                "two files are called `a`",
            ),
            (json!({"inputs": [{"name": "..", "text": "x"}]}), "`..` is no name of a file"),
            (json!({"workload": 1}), "`workload` is the text"),
            (json!({"workload": null}), "`workload` is the text"),
            (json!({"flags": null}), "`flags` is an object"),
            (json!({"flags": {"cost": ["list"]}}), "`cost` is given once"),
            (json!({"flags": {"cost": null}}), "the value of `cost`"),
            (json!({"flags": {"by": {"a": 1}}}), "the value of `by`"),
        ];
        for (value, part) in cases {
            let turned = of(&value).await.unwrap_err();
            assert!(turned.what.contains(part) && turned.status == StatusCode::BAD_REQUEST, "{value}: {}", turned.what);
        }
    }
}
