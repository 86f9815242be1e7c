//! What two texts of TOML say differently, value by value, whatever their order, spaces and comments.
use plimsoll_ingest::document::{Document, Node, Value};
use std::collections::BTreeMap;

/// A value that differs: its path, and what each side says.
pub(super) struct Differing {
    pub(super) path: String,
    pub(super) left: Option<String>,
    pub(super) right: Option<String>,
}

/// The values that differ, by path; none if one of the texts cannot be read.
pub(super) fn differing(left: &str, right: &str) -> Option<Vec<Differing>> {
    let (left, mut right) = (values(left)?, values(right)?);
    let mut found: Vec<Differing> = left
        .into_iter()
        .map(|(path, value)| Differing { right: right.remove(&path), left: Some(value), path })
        .filter(|value| value.left != value.right)
        .collect();
    found.extend(right.into_iter().map(|(path, value)| Differing { path, left: None, right: Some(value) }));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Some(found)
}

/// Every value that is no table, by its dotted path. Elements of lists are counted from 1.
fn values(text: &str) -> Option<BTreeMap<String, String>> {
    if text.trim().is_empty() {
        return Some(BTreeMap::new());
    }
    let document = Document::parse("scenario", text.as_bytes()).ok().filter(|d| d.slips().is_empty())?;
    let mut found = BTreeMap::new();
    // No recursion: how deep the tables go is up to whoever wrote the text.
    let mut open = vec![(String::new(), document.root())];
    while let Some((path, node)) = open.pop() {
        match &node.value {
            Value::Table(entries) => {
                open.extend(entries.iter().map(|entry| (joined(&path, &entry.key), &entry.node)));
            }
            Value::List(elements) if elements.iter().any(|e| e.entries().is_some()) => {
                open.extend((1..).zip(elements).map(|(i, element): (usize, _)| (format!("{path}[{i}]"), element)));
            }
            _ => {
                found.insert(path, shown(&document, node));
            }
        }
    }
    Some(found)
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.into() } else { format!("{path}.{key}") }
}

fn shown(document: &Document, node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::List(elements) => {
            let elements: Vec<_> = elements.iter().map(|element| shown(document, element)).collect();
            format!("[{}]", elements.join(", "))
        }
        _ => document.written(&node.spot).trim().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(left: &str, right: &str) -> Vec<String> {
        let word = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".into());
        let found = differing(left, right).unwrap();
        found.iter().map(|d| format!("{}: {} -> {}", d.path, word(&d.left), word(&d.right))).collect()
    }

    #[test]
    fn only_what_is_said_differently_is_told() {
        let left =
            "name = \"a\" # ours\n[demand]\npeak = \"900/s\"\n[service.api]\ncalls = [{ to = \"db\", ratio = 2 }]\n";
        let right =
            "[service.api]\ncalls = [{ ratio = 3, to = \"db\" }]\nweek = [1, 2]\n[demand]\npeak =  \"1200/s\"\n";
        assert_eq!(
            told(left, right),
            [
                "demand.peak: 900/s -> 1200/s",
                "name: a -> -",
                "service.api.calls[1].ratio: 2 -> 3",
                "service.api.week: - -> [1, 2]"
            ]
        );
        assert_eq!(told(left, left), [""; 0]);
        assert_eq!(told("", "a = 1\n"), ["a: - -> 1"]);
        assert!(differing(left, "peak = ").is_none());
    }
}
