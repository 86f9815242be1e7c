//! What is known of software before anything is measured: data, each number with its source.
//!
//! The data stand in `presets.toml` and are documented in `docs/presets.md`, which is made from them.
mod page;

pub use page::page;

use crate::document::{Document, Node};
use plimsoll::workload::{ComponentName, Filled, Preset};
use std::collections::BTreeMap;

const TEXT: &str = include_str!("presets.toml");

/// A preset as the data have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// How a component names it.
    pub name: String,
    /// What kind of component may.
    pub kind: String,
    /// What it is.
    pub about: String,
    /// The fields it fills.
    pub fields: Vec<Filled>,
}

/// All presets, in the order of the data.
pub fn all() -> Vec<Known> {
    let data = Document::parse("presets.toml", TEXT.as_bytes()).expect("the presets are TOML");
    let presets = data.root().entries().unwrap_or(&[]).iter();
    presets.map(|entry| known(&entry.key, &entry.node)).collect()
}

fn known(name: &str, node: &Node) -> Known {
    let text = |node: &Node, key: &str| -> String {
        node.get(key).and_then(Node::as_text).unwrap_or_else(|| panic!("the preset {name} has a `{key}`")).to_owned()
    };
    let fields = node.get("fields").and_then(Node::entries).unwrap_or(&[]);
    let filled = fields.iter().map(|entry| Filled {
        field: entry.key.clone(),
        value: text(&entry.node, "value"),
        source: text(&entry.node, "source"),
    });
    Known { name: name.into(), kind: text(node, "kind"), about: text(node, "about"), fields: filled.collect() }
}

/// Fills what components with a preset do not say themselves, and tells what was filled. A preset that does not exist, or
/// is one of another kind, fills nothing; the reader of the component tells of it.
pub(crate) fn fill(document: &mut Document, kinds: &[&str]) -> BTreeMap<ComponentName, Preset> {
    let mut used = BTreeMap::new();
    let asked: Vec<(String, String, String)> = kinds
        .iter()
        .flat_map(|kind| document.find(&[kind]).and_then(Node::entries).unwrap_or(&[]).iter().map(move |e| (kind, e)))
        .filter_map(|(kind, e)| Some(((*kind).to_owned(), e.key.clone(), e.node.get("preset")?.as_text()?.to_owned())))
        .collect();
    if asked.is_empty() {
        return used;
    }
    let known = all();
    for (kind, name, asked) in asked {
        let Some(preset) = known.iter().find(|p| p.name == asked && p.kind == kind) else { continue };
        let lacks = |field: &str| document.find(&[&kind, &name]).is_some_and(|table| table.get(field).is_none());
        let fields: Vec<Filled> = preset.fields.iter().filter(|f| lacks(&f.field)).cloned().collect();
        for filled in &fields {
            document.fill([&kind, &name], &format!("preset {asked}"), &filled.field, &filled.value);
        }
        used.insert(ComponentName(name), Preset { name: asked, fields });
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::read;

    const REST: &str = "name = \"x\"\nentry = \"it\"\n[demand]\npeak = \"100/s\"\n";

    /// What a component of each kind must say besides.
    fn own_fields(kind: &str) -> &'static str {
        match kind {
            "store" => "data = \"10 GB\"\n",
            "cache" => "entry_size = \"1 kB\"\nentries = \"1 million\"\nhit_ratio = \"80 %\"\n",
            "stream" => "bytes_per_message = \"1 kB\"\n",
            _ => "",
        }
    }

    #[test]
    fn every_preset_makes_a_component_of_the_least_that_is_said() {
        for preset in all() {
            let (kind, name) = (&preset.kind, &preset.name);
            let text = format!("{REST}[{kind}.it]\npreset = \"{name}\"\n{}", own_fields(kind));
            let read = read("x.toml", text.as_bytes(), &[]).unwrap_or_else(|p| panic!("{name}: {p:?}"));
            let used = &read.presets[&ComponentName("it".into())];
            assert_eq!((&used.name, used.fields.len()), (name, preset.fields.len()));
        }
    }

    #[test]
    fn what_is_written_wins() {
        let text = format!("{REST}[service.it]\npreset = \"jvm-service\"\nmemory = \"3 GB\"\n");
        let sets = [("service.it.concurrency".to_owned(), "77".to_owned())];
        let read = read("x.toml", text.as_bytes(), &sets).unwrap();
        let plimsoll::workload::Component::Service(service) = &read.components[&ComponentName("it".into())] else {
            panic!("it is a service")
        };
        assert_eq!(service.memory.mid().as_gb(), 3.0);
        assert_eq!(service.concurrency.unwrap().get(), 77.0);
        let filled = &read.presets[&ComponentName("it".into())].fields;
        assert!(filled.iter().all(|f| f.field != "memory" && f.field != "concurrency"));
    }

    #[test]
    fn every_value_has_a_source_and_every_assumption_says_so() {
        for preset in all() {
            for filled in &preset.fields {
                assert!(filled.source.len() > 8 && !filled.source.ends_with('.'), "{}.{}", preset.name, filled.field);
            }
        }
    }
}
