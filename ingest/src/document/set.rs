//! Values set from outside: `--set demand.peak=1200/s`.
use super::document::Text;
use super::{Document, Entry, Node, Spot, Value, toml};
use crate::problem::Problem;
use crate::reader::nearest;

impl Document {
    /// Sets the value at the end of a dotted path, as if the file said so.
    ///
    /// A path leads through tables by name and through lists by number, from 0. The last name may be new, and so may a
    /// table of the file that nothing was written in yet. A text that is a number, `true`, `false`, or a list, table or
    /// quoted text of TOML is taken as that; all else is text. Problems with the value are told of the file
    /// `--set demand.peak`.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), Problem> {
        self.set_by("--set", path, value)
    }
    /// The same for another flag than `--set`.
    pub fn set_by(&mut self, flag: &str, path: &str, value: &str) -> Result<(), Problem> {
        let text = Text { name: format!("{flag} {path}"), text: format!("{path}={value}") };
        let number = self.texts.len();
        let start = path.len() + 1;
        let wrong = |bytes, what: String, help: String| Problem::in_text(&text.name, &text.text, bytes, what, help);
        let node = parse(number, start, value)
            .map_err(|message| wrong(start..text.text.len(), format!("this is not TOML: {message}"), String::new()))?;
        put(&mut self.root, path, 0, 0, node).map_err(|Lost { at, what, help }| {
            let end = path[at..].find('.').map_or(path.len(), |n| at + n);
            wrong(at..end, what, help)
        })?;
        self.texts.push(text);
        Ok(())
    }
    /// The same with a value that stands in another document, under a name at this place of it. Problems are told there.
    pub fn set_from(&mut self, from: &Self, path: &str, at: &Spot, mut value: Node) -> Result<(), Problem> {
        let number = self.texts.len();
        move_to(&mut value, number);
        let quoted = usize::from(from.written(at).starts_with(['"', '\'']));
        // The last name of the path stands at the place; names before it may stand elsewhere.
        let end = at.bytes.end.saturating_sub(quoted);
        let base = end.saturating_sub(path.len());
        put(&mut self.root, path, 0, base, value).map_err(|Lost { what, help, .. }| from.problem(at, what, help))?;
        self.texts.push(from.texts[at.text].clone());
        Ok(())
    }
    /// The value at the end of a dotted path.
    pub fn at(&self, path: &str) -> Option<&Node> {
        let (mut node, mut rest) = (self.root(), path);
        loop {
            if let Some(found) = node.get(rest) {
                return Some(found);
            }
            let (first, more) = rest.split_once('.')?;
            node = match node.elements() {
                Some(elements) => elements.get(first.parse::<usize>().ok()?)?,
                None => node.get(first)?,
            };
            rest = more;
        }
    }
    /// The dotted paths of all values that are written.
    pub fn paths(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(self.root(), "", &mut found);
        found
    }
}

fn walk(node: &Node, before: &str, found: &mut Vec<String>) {
    let named = |name: &str| if before.is_empty() { name.to_owned() } else { format!("{before}.{name}") };
    match &node.value {
        Value::Table(entries) => {
            // A range is a value, whole.
            if entries.iter().any(|entry| entry.key == "low") {
                found.push(before.to_owned());
            }
            for entry in entries {
                walk(&entry.node, &named(&entry.key), found);
            }
        }
        Value::List(elements) if elements.iter().any(|element| element.entries().is_some()) => {
            elements.iter().enumerate().for_each(|(i, element)| walk(element, &named(&i.to_string()), found));
        }
        _ => found.push(before.to_owned()),
    }
}

/// Says that a tree stands in another text.
fn move_to(node: &mut Node, text: usize) {
    node.spot.text = text;
    match &mut node.value {
        Value::List(elements) => elements.iter_mut().for_each(|element| move_to(element, text)),
        Value::Table(entries) => {
            for entry in entries {
                entry.spot.text = text;
                move_to(&mut entry.node, text);
            }
        }
        _ => {}
    }
}

impl Document {
    /// Writes a field into a table of the file, which is there, as if the file said so. Problems with the value are told of
    /// `origin`. Panics on a value that is not TOML: it is not the writer's.
    pub fn fill(&mut self, [kind, name]: [&str; 2], origin: &str, field: &str, value: &str) {
        let text = Text { name: origin.to_owned(), text: format!("{field}={value}") };
        let number = self.texts.len();
        let start = field.len() + 1;
        let node = parse(number, start, value).unwrap_or_else(|message| panic!("{origin}, {field}: {message}"));
        let spot = Spot { text: number, bytes: 0..field.len() };
        if let Some(table) = named(&mut self.root, kind).and_then(|tables| named(tables, name))
            && let Value::Table(entries) = &mut table.value
        {
            entries.push(Entry { key: field.to_owned(), spot, node });
            self.texts.push(text);
        }
    }
}

/// The node of this name in a table.
fn named<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Table(entries) => entries.iter_mut().find(|e| e.key == key).map(|e| &mut e.node),
        _ => None,
    }
}

/// Where a path leads nowhere, and why.
struct Lost {
    at: usize,
    what: String,
    help: String,
}

fn parse(number: usize, start: usize, value: &str) -> Result<Node, String> {
    let trimmed = value.trim();
    if trimmed.starts_with(['[', '{', '"', '\'']) {
        let mut node = toml::value(number, trimmed)?;
        shift(&mut node, start + value.len() - value.trim_start().len());
        return Ok(node);
    }
    let parsed = if let Ok(whole) = trimmed.parse() {
        Value::Whole(whole)
    } else if let (Ok(number), true) = (trimmed.parse(), trimmed.starts_with(|c: char| "+-.0123456789".contains(c))) {
        Value::Number(number)
    } else if matches!(trimmed, "true" | "false") {
        Value::Flag(trimmed == "true")
    } else {
        Value::Text(trimmed.to_owned())
    };
    Ok(Node { value: parsed, spot: Spot { text: number, bytes: start..start + value.len() } })
}

/// Moves a tree that was parsed by itself to where it stands in its text.
fn shift(node: &mut Node, by: usize) {
    let move_on = |spot: &mut Spot| spot.bytes = spot.bytes.start + by..spot.bytes.end + by;
    move_on(&mut node.spot);
    match &mut node.value {
        Value::List(elements) => elements.iter_mut().for_each(|n| shift(n, by)),
        Value::Table(entries) => {
            for entry in entries {
                move_on(&mut entry.spot);
                shift(&mut entry.node, by);
            }
        }
        _ => {}
    }
}

/// Puts `value` where the part of `path` from byte `at` on leads to. The path stands at byte `base` of the text of the value.
fn put(node: &mut Node, path: &str, at: usize, base: usize, value: Node) -> Result<(), Lost> {
    let rest = &path[at..];
    let lost = |what: String, help: String| Err(Lost { at, what, help });
    match &mut node.value {
        Value::Table(entries) => {
            // A name may contain points itself: `promises.p99.9`.
            let whole = entries.iter().position(|e| e.key == rest);
            let (key, next) = if whole.is_some() { (rest, None) } else { split(rest) };
            let spot = Spot { text: value.spot.text, bytes: base + at..base + at + key.len() };
            let known = entries.iter().position(|e| e.key == key);
            match (known, next) {
                (Some(i), None) => entries[i] = Entry { key: key.into(), spot, node: value },
                (Some(i), Some(next)) => return put(&mut entries[i].node, path, at + next, base, value),
                (None, None) if !key.is_empty() => entries.push(Entry { key: key.into(), spot, node: value }),
                (None, Some(next)) if at == 0 && !key.is_empty() => {
                    let mut table = Node { value: Value::Table(Vec::new()), spot: spot.clone() };
                    put(&mut table, path, next, base, value)?;
                    entries.push(Entry { key: key.into(), spot, node: table });
                }
                _ => {
                    let names: Vec<_> = entries.iter().map(|e| e.key.as_str()).collect();
                    let place = if at == 0 { "the file".to_owned() } else { format!("`{}`", &path[..at - 1]) };
                    return lost(
                        format!("there is no table `{key}` in {place}"),
                        nearest::help(key, &names, "its names"),
                    );
                }
            }
            Ok(())
        }
        Value::List(elements) => {
            let (key, next) = split(rest);
            let length = elements.len();
            match (key.parse::<usize>().ok().and_then(|i| elements.get_mut(i)), next) {
                (Some(element), Some(next)) => put(element, path, at + next, base, value),
                (Some(element), None) => {
                    *element = value;
                    Ok(())
                }
                (None, _) if length == 0 => lost("this list is empty".into(), String::new()),
                (None, _) => lost(
                    format!("`{key}` is not an element of this list"),
                    format!("its elements are numbered from 0, and the last is {}", length - 1),
                ),
            }
        }
        _ => lost(format!("`{}` is not a table", &path[..at.saturating_sub(1)]), "set the whole value".into()),
    }
}

/// The first name of a path, and where the next begins.
fn split(path: &str) -> (&str, Option<usize>) {
    path.split_once('.').map_or((path, None), |(first, _)| (first, Some(first.len() + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let text =
            "name = \"x\"\n[promises]\n\"p99.9\" = \"1 s\"\n[service.api]\ncalls = [{ to = \"a\" }, { to = \"b\" }]\n";
        Document::parse("x.toml", text.as_bytes()).unwrap()
    }

    #[test]
    fn a_path_leads_through_tables_and_lists() {
        let mut d = document();
        d.set("service.api.calls.1.to", "c").unwrap();
        d.set("service.api.memory", "1 GB").unwrap();
        d.set("promises.p99.9", "2 s").unwrap();
        d.set("assumptions.imbalance", "1.2").unwrap();
        d.set("service.api.purchases", "[\"spot\"]").unwrap();
        let calls = d.find(&["service", "api", "calls"]).unwrap().elements().unwrap();
        assert_eq!(calls[1].get("to").unwrap().as_text(), Some("c"));
        assert_eq!(d.find(&["service", "api", "memory"]).unwrap().as_text(), Some("1 GB"));
        assert_eq!(d.find(&["promises", "p99.9"]).unwrap().as_text(), Some("2 s"));
        assert_eq!(d.find(&["assumptions", "imbalance"]).unwrap().value, Value::Number(1.2));
        let spot = &d.find(&["service", "api", "purchases"]).unwrap().elements().unwrap()[0].spot;
        assert_eq!(d.written(spot), "\"spot\"");
    }

    #[test]
    fn texts_that_look_like_words_stay_text() {
        for (text, value) in [
            ("nan", Value::Text("nan".into())),
            ("1e3", Value::Number(1000.0)),
            ("true", Value::Flag(true)),
            ("1200/s", Value::Text("1200/s".into())),
            ("", Value::Text(String::new())),
        ] {
            let mut d = document();
            d.set("name", text).unwrap();
            assert_eq!(d.find(&["name"]).unwrap().value, value);
        }
    }

    #[test]
    fn a_path_to_nowhere_says_where_it_ends() {
        let problem = document().set("service.apo.memory", "1 GB").unwrap_err();
        assert_eq!(
            problem.to_string(),
            "--set service.apo.memory:1:9: there is no table `apo` in `service`\n  \
             | service.apo.memory=1 GB\n  \
             |         ^^^\n  \
             = did you mean `api`?"
        );
        for path in ["name.x", "service.api.calls.2.to", "service.api.calls.x", "", ".", "a..b", "service..x"] {
            assert!(document().set(path, "1").is_err(), "{path}");
        }
        assert!(document().set("name", "[1").is_err());
    }
}
