//! What may be turned in a workload: the fields of the file's own schema, with what is written, and what holds without.
use plimsoll_ingest::document::{Document, Node, Value};
use plimsoll_ingest::schema;
use serde_json::Value as Json;

/// The fields of one part of a workload.
pub(super) struct Group {
    /// Its place in the file: `service.api`.
    pub(super) name: String,
    pub(super) knobs: Vec<Knob>,
}

/// A field that may be changed.
pub(super) struct Knob {
    /// Its path.
    pub(super) path: String,
    /// Its name in the group.
    pub(super) label: String,
    pub(super) help: String,
    /// What is written, or nothing.
    pub(super) text: String,
    /// What holds if nothing is written.
    pub(super) default: String,
    /// Where the value comes from: `typed`, `default`, `changed`, or `unset` where there is none.
    pub(super) tag: &'static str,
    /// The number without its unit, for a slider; nothing where it is no number.
    pub(super) number: String,
    pub(super) unit: String,
}

impl Knob {
    /// Whether there is a number that a slider can move.
    pub(super) const fn has_slider(&self) -> bool {
        !self.number.is_empty()
    }
    /// Whether the file or the address says something of it.
    pub(super) fn is_said(&self) -> bool {
        matches!(self.tag, "typed" | "changed")
    }
    /// Whether it is a part of one.
    pub(super) fn is_share(&self) -> bool {
        self.unit.trim() == "%"
    }
}

/// The fields of a workload, with these paths changed.
pub(super) fn groups(text: &str, sets: &[(String, String)]) -> Vec<Group> {
    let Ok(mut document) = parsed(text) else { return Vec::new() };
    for (path, value) in sets {
        // What cannot be set is told by the reader.
        let _ = document.set(path, value);
    }
    let schema = schema::workload();
    let mut groups = vec![Group { name: String::new(), knobs: Vec::new() }];
    walk(&schema, &schema, Some(document.root()), "", sets, &mut groups);
    groups.retain(|group| !group.knobs.is_empty());
    groups
}

/// What is written at a path; none if nothing is.
pub(super) fn written(text: &str, path: &str) -> Option<String> {
    let document = parsed(text).ok()?;
    let path: Vec<&str> = path.split('.').collect();
    plain(document.find(&path)?)
}

fn parsed(text: &str) -> Result<Document, Vec<plimsoll_ingest::problem::Problem>> {
    let name = if text.trim_start().starts_with('{') { "workload.json" } else { "workload.toml" };
    Document::parse(name, text.as_bytes())
}

/// A value in the letters in which `--set` takes it; none of tables and lists.
fn plain(node: &Node) -> Option<String> {
    Some(match &node.value {
        Value::Text(text) => text.clone(),
        Value::Whole(whole) => whole.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        _ => return None,
    })
}

fn walk(
    whole: &Json,
    schema: &Json,
    node: Option<&Node>,
    path: &str,
    sets: &[(String, String)],
    groups: &mut Vec<Group>,
) {
    let entries = node.and_then(Node::entries).unwrap_or_default();
    let Some(fields) = schema["properties"].as_object() else {
        // A table of any names: each that is written is a part of its own.
        for entry in entries {
            let path = joined(path, &entry.key);
            walk(whole, &schema["additionalProperties"], Some(&entry.node), &path, sets, groups);
        }
        return;
    };
    groups.push(Group { name: path.to_owned(), knobs: Vec::new() });
    let here = groups.len() - 1;
    for (name, field) in fields {
        let node = entries.iter().find(|entry| entry.key == *name).map(|entry| &entry.node);
        let path = joined(path, name);
        if field["type"] == "object" {
            walk(whole, field, node, &path, sets, groups);
            continue;
        }
        match node.map(|node| (node, node.entries())) {
            // A range is three fields.
            Some((node, Some(_))) => {
                for end in ["low", "mid", "high"] {
                    let at = node.entries().unwrap_or_default().iter().find(|entry| entry.key == end);
                    let knob = at.and_then(|entry| knob(whole, field, Some(&entry.node), &joined(&path, end), sets));
                    groups[here].knobs.extend(knob.map(|knob| Knob { label: format!("{name}, {end}"), ..knob }));
                }
            }
            Some((node, None)) => groups[here].knobs.extend(knob(whole, field, Some(node), &path, sets)),
            None => groups[here].knobs.extend(knob(whole, field, None, &path, sets)),
        }
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A field; none of lists and of what nobody has written that has no default.
fn knob(whole: &Json, field: &Json, node: Option<&Node>, path: &str, sets: &[(String, String)]) -> Option<Knob> {
    let default = match &field["default"] {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    let text = match node {
        Some(node) => plain(node)?,
        None if is_list(whole, field) => return None,
        None => String::new(),
    };
    let is_changed = sets.iter().any(|(set, _)| set == path);
    let shown = if text.is_empty() { &default } else { &text };
    let (number, unit) = split(shown);
    Some(Knob {
        label: path.rsplit('.').next().unwrap_or(path).to_owned(),
        path: path.to_owned(),
        help: field["description"].as_str().unwrap_or_default().to_owned(),
        tag: match (is_changed, node.is_some()) {
            (true, _) => "changed",
            (false, true) => "typed",
            (false, false) if default.is_empty() => "unset",
            (false, false) => "default",
        },
        number,
        unit,
        text,
        default,
    })
}

fn is_list(whole: &Json, field: &Json) -> bool {
    let named = field["$ref"].as_str().and_then(|name| whole.pointer(name.trim_start_matches('#')));
    matches!(named.unwrap_or(field)["type"].as_str(), Some("array" | "object"))
}

/// `1.5` and ` ms`; nothing where it does not begin with a number above zero.
fn split(text: &str) -> (String, String) {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    match text[..end].parse::<f64>() {
        Ok(number) if number > 0.0 => (text[..end].to_owned(), text[end..].to_owned()),
        _ => (String::new(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../../fixtures/checkout.toml");

    fn find(groups: &[Group], path: &str) -> (String, &'static str, String) {
        let mut all = groups.iter().flat_map(|group| &group.knobs);
        let knob = all.find(|knob| knob.path == path).unwrap_or_else(|| panic!("{path} is there"));
        (knob.text.clone(), knob.tag, knob.number.clone())
    }

    #[test]
    fn every_field_of_the_schema_is_there_with_what_is_written() {
        let groups = groups(TEXT, &[]);
        assert_eq!(find(&groups, "demand.peak"), ("900/s".into(), "typed", "900".into()));
        assert_eq!(find(&groups, "service.api.memory").0, "900 MB");
        assert_eq!(find(&groups, "promises.survive"), ("zone".into(), "typed", String::new()));
        let unsaid = |knob: &&Knob| knob.tag == "default" && !knob.default.is_empty();
        assert!(groups.iter().flat_map(|group| &group.knobs).filter(unsaid).count() > 5);
        assert!(groups.iter().any(|group| group.name == "store.orders"));
        assert!(groups.iter().flat_map(|group| &group.knobs).all(|knob| !knob.help.is_empty()), "all have their help");
    }

    #[test]
    fn what_is_changed_is_told_from_what_is_written() {
        let groups = groups(TEXT, &[("demand.peak".into(), "1200/s".into())]);
        assert_eq!(find(&groups, "demand.peak"), ("1200/s".into(), "changed", "1200".into()));
        assert_eq!(written(TEXT, "demand.peak").as_deref(), Some("900/s"));
        assert_eq!(written(TEXT, "demand.nothing"), None);
    }

    #[test]
    fn a_range_is_three_fields() {
        let text = TEXT
            .replace("\"900/s\" ", "{ low = \"800/s\", mid = \"900/s\", high = \"1100/s\", confidence = \"80 %\" } ");
        let groups = groups(&text, &[]);
        assert_eq!(find(&groups, "demand.peak.low").0, "800/s");
        assert_eq!(find(&groups, "demand.peak.high"), ("1100/s".into(), "typed", "1100".into()));
    }

    #[test]
    fn numbers_are_told_from_their_units() {
        for (text, number, unit) in
            [("1.5 ms", "1.5", " ms"), ("900/s", "900", "/s"), ("85 %", "85", " %"), ("3", "3", "")]
        {
            assert_eq!(split(text), (number.into(), unit.into()));
        }
        assert_eq!(split("zone"), (String::new(), String::new()));
        assert_eq!(split("0 MB"), (String::new(), String::new()));
    }
}
