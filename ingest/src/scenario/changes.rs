//! `--change FILE`: a list of changes to a workload, each with a name, some with dates.
//!
//! ```toml
//! [[change]]
//! name = "Black Friday"
//! from = "2026-11-27"
//! until = "2026-12-01"            # the day after its last
//! scale = { "demand.peak" = 3 }
//! ```
use super::measured::Measured;
use crate::document::{Document, Entry, Node, Value};
use crate::problem::Problem;
use crate::reader::{Desk, Table};
use crate::workload::Draft;
use jiff::civil::Date;
use plimsoll::units::Factor;

/// One change of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is called.
    pub name: String,
    /// Its first day; from the beginning where none is stated.
    pub from: Option<Date>,
    /// The day after its last; to the end where none is stated.
    pub until: Option<Date>,
    /// What changes, in words.
    pub does: Vec<String>,
    edits: Vec<Edit>,
}

impl Change {
    /// Whether it is for a time only.
    pub const fn is_dated(&self) -> bool {
        self.from.is_some() || self.until.is_some()
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Edit {
    path: String,
    /// The name that ends the path, in the file.
    key: Node,
    how: How,
}

#[derive(Clone, Debug, PartialEq)]
enum How {
    Set(Node),
    Scale(f64, Node),
}

/// A list of changes, and the file that they are written in.
#[derive(Clone, Debug)]
pub struct Changes {
    document: Document,
    /// In the order of the file.
    pub changes: Vec<Change>,
}

impl Changes {
    /// Reads a file of changes; all problems of it at once.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let document = Document::parse(name, bytes)?;
        let desk = Desk::new(&document);
        let mut changes = Table::read_root(&desk, "the list of changes", |t| t.tables("change", "a change", change));
        let nodes = document.find(&["change"]).and_then(Node::elements).unwrap_or(&[]);
        if nodes.is_empty() && desk.told() == 0 {
            desk.tell_of_whole(
                "there is no change in it",
                "write [[change]], a name, and set = { ... } or scale = { ... }",
            );
        }
        for (change, node) in changes.iter_mut().zip(nodes) {
            let edits = |field: &str| node.get(field).map_or_else(Vec::new, |table| leaves(table, "", &desk));
            for (path, key, value) in edits("set") {
                change.does.push(format!("{path} = {}", document.written(&value.spot).trim()));
                change.edits.push(Edit { path, key, how: How::Set(value) });
            }
            for (path, key, value) in edits("scale") {
                let factor = match value.value {
                    Value::Whole(n) => Some(n as f64),
                    Value::Number(n) => Some(n),
                    _ => None,
                };
                let Some(factor) = factor.filter(|factor| (0.0..=1e6).contains(factor)) else {
                    desk.tell(&value.spot, "this is no factor", "write how many times as much: 3");
                    continue;
                };
                change.does.push(format!("{path} x {}", Factor::of(factor)));
                change.edits.push(Edit { path, key, how: How::Scale(factor, value) });
            }
            if change.edits.is_empty() && desk.told() == 0 {
                desk.tell(
                    &node.spot,
                    "this changes nothing",
                    "add set = { \"demand.peak\" = \"900/s\" } or scale = { \"demand.peak\" = 3 }",
                );
            }
        }
        let problems = desk.into_problems();
        if problems.is_empty() { Ok(Self { document, changes }) } else { Err(problems) }
    }

    /// Makes one of the changes. What is wrong with it is told by [`Draft::read`], at its place in this file.
    pub fn make(&self, change: &Change, draft: &mut Draft) {
        for edit in &change.edits {
            let value = match &edit.how {
                How::Set(value) => Ok(value.clone()),
                How::Scale(factor, at) => scaled(draft, edit, *factor, at)
                    .map_err(|(what, help)| self.document.problem(&edit.key.spot, what, help)),
            };
            match value {
                Ok(value) => draft.set_from(&self.document, &edit.path, &edit.key.spot, value),
                Err(problem) => draft.tell(problem),
            }
        }
    }
}

fn change(t: &mut Table<'_>) -> Change {
    let name: String = t.required("name", "what the change is called in reports");
    let from: Option<Date> = t.optional("from", "its first day; without one it holds from the beginning");
    let until: Option<Date> = t.optional("until", "the day after its last; without one it holds to the end");
    let is_empty = from.zip(until).is_some_and(|(from, until)| until <= from);
    t.refuse_if(is_empty, "until", "the change ends before it begins", "`until` is the day after its last");
    t.free("set", "values by path, as --set would set them");
    t.free("scale", "factors by path: how many times as much");
    Change { name, from, until, does: Vec::new(), edits: Vec::new() }
}

/// Paths and values of a table. Tables within it go on with the path, but for estimates.
fn leaves(table: &Node, before: &str, desk: &Desk<'_>) -> Vec<(String, Node, Node)> {
    let Some(entries) = table.entries() else {
        desk.tell(&table.spot, "this is no table of paths", "write it like this: { \"demand.peak\" = ... }");
        return Vec::new();
    };
    let is_estimate =
        |node: &Node| node.get("low").is_some() || node.get("mid").is_some() || node.get("samples").is_some();
    let each = |entry: &Entry| {
        let path = if before.is_empty() { entry.key.clone() } else { format!("{before}.{}", entry.key) };
        match &entry.node.value {
            Value::Table(_) if !is_estimate(&entry.node) => leaves(&entry.node, &path, desk),
            _ => vec![(path, Node { value: Value::Null, spot: entry.spot.clone() }, entry.node.clone())],
        }
    };
    entries.iter().flat_map(each).collect()
}

/// What stands at the path, so many times as much; or why it cannot be scaled, and what would do.
fn scaled(draft: &Draft, edit: &Edit, factor: f64, at: &Node) -> Result<Node, (String, String)> {
    let Some(stands) = draft.value_at(&edit.path) else {
        let what = format!("nothing is written at `{}` that could be scaled", edit.path);
        return Err((what, draft.meant(&edit.path)));
    };
    let mut scaled = stands.clone();
    let is_done = match &mut scaled.value {
        Value::Table(entries) => {
            let ends = entries.iter_mut().filter(|entry| ["low", "mid", "high"].contains(&entry.key.as_str()));
            let done: Vec<bool> = ends.map(|entry| scale(&mut entry.node, factor)).collect();
            !done.is_empty() && done.iter().all(|done| *done)
        }
        _ => scale(&mut scaled, factor),
    };
    placed(&mut scaled, at);
    is_done.then_some(scaled).ok_or_else(|| {
        (format!("what stands at `{}` is no number that could be scaled", edit.path), "set it instead".to_owned())
    })
}

fn scale(node: &mut Node, factor: f64) -> bool {
    let read = match &node.value {
        Value::Whole(n) => Measured::read(&n.to_string()),
        Value::Number(n) => Measured::read(&n.to_string()),
        Value::Text(text) => Measured::read(text),
        _ => None,
    };
    let Some(measured) = read else { return false };
    let value = measured.value * factor;
    node.value = match node.value {
        Value::Whole(_) if value.fract() == 0.0 => Value::Whole(value as i64),
        Value::Whole(_) | Value::Number(_) => Value::Number(value),
        _ => Value::Text(measured.at(value).written()),
    };
    true
}

/// What is wrong with a scaled value is told where its factor stands.
fn placed(node: &mut Node, at: &Node) {
    node.spot = at.spot.clone();
    if let Value::Table(entries) = &mut node.value {
        for entry in entries {
            entry.spot = at.spot.clone();
            placed(&mut entry.node, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] =
        b"name=\"a\"\nentry=\"a\"\n[demand]\npeak={low=\"50/s\",mid=\"100/s\",high=\"200/s\",confidence=\"90 %\"}\n\
        [service.a]\ncpu_per_request=\"6 ms\"\nmemory=\"1 GB\"\n";

    fn changed(changes: &str) -> Result<plimsoll::workload::Workload, Vec<Problem>> {
        let changes = Changes::read("sale.toml", changes.as_bytes())?;
        let mut draft = Draft::parse("a.toml", FILE).unwrap();
        changes.changes.iter().for_each(|change| changes.make(change, &mut draft));
        draft.read()
    }

    #[test]
    fn ranges_are_scaled_whole_and_paths_may_be_written_as_tables() {
        let text = "[[change]]\nname=\"x\"\nscale={ demand.peak = 3, \"service.a.memory\" = 2 }\n\
            set={ service.a.cpu_per_request = \"5 ms\" }\n";
        let workload = changed(text).unwrap();
        let peak = workload.demand.peak;
        assert_eq!([peak.low(), peak.mid(), peak.high()].map(|r| r.as_per_second()), [150.0, 300.0, 600.0]);
    }

    #[test]
    fn mistakes_are_told_in_the_file_of_changes() {
        let told = |text: &str| changed(text).unwrap_err()[0].to_string();
        assert_eq!(
            told("[[change]]\nname = \"x\"\nscale = { \"demand.peek\" = 3 }\n"),
            "sale.toml:3:11: nothing is written at `demand.peek` that could be scaled\n  \
             | scale = { \"demand.peek\" = 3 }\n  |           ^^^^^^^^^^^^^\n  = did you mean `demand.peak`?"
        );
        assert!(
            told("[[change]]\nname = \"x\"\nset = { \"demand.peak\" = 3 }\n")
                .contains("sale.toml:3:25: `3` is not a rate")
        );
        assert!(told("[[change]]\nname = \"x\"\n").contains("this changes nothing"));
        assert!(
            told("[[change]]\nname = \"x\"\nfrom=2026-02-01\nuntil=2026-01-01\nset={ a = 1 }\n")
                .contains("ends before")
        );
        assert!(told("[[chnge]]\nname = \"x\"\n").contains("did you mean `change`?"));
    }
}
