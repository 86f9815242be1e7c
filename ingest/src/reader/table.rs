//! Field by field through one table.
use super::field::schema_of;
use super::scalar::fault_of_key;
use super::{Desk, Field, Layout, Readable, nearest};
use crate::document::{Entry, Node, Spot};
use serde_json::{Value as Json, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A table of a file while its fields are read; or no table, for defaults and for the schema.
pub struct Table<'d> {
    desk: &'d Desk<'d>,
    node: Option<&'d Node>,
    /// The table as messages name it: `service.api`.
    title: String,
    fields: Vec<Field>,
    missing: Vec<(&'static str, String)>,
    broken: Vec<&'static str>,
    layout: Option<&'d RefCell<Layout>>,
}

/// The most elements of a list of tables, and the most named tables. Bounds the work that a file can cause.
pub(super) const MOST_TABLES: usize = 1000;

impl<'d> Table<'d> {
    /// Reads a whole document with the reader of its root.
    pub fn read_root<T>(desk: &'d Desk<'d>, title: &str, read: impl FnOnce(&mut Table<'d>) -> T) -> T {
        Self::read(desk, Some(desk.document().root()), title.into(), None, read).0
    }
    /// The JSON Schema of what a reader reads. `desk` has a blank document.
    pub fn schema<T>(desk: &'d Desk<'d>, layout: &'d RefCell<Layout>, read: impl FnOnce(&mut Table<'d>) -> T) -> Json {
        Self::read(desk, None, String::new(), Some(layout), read).1
    }
    /// Reads a table that stands where something else might have.
    pub fn read_inline<T>(desk: &'d Desk<'d>, node: &'d Node, title: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        Self::read(desk, Some(node), title.into(), None, read).0
    }
    fn read<T>(
        desk: &'d Desk<'d>,
        node: Option<&'d Node>,
        title: String,
        layout: Option<&'d RefCell<Layout>>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, Json) {
        let node = node.filter(|n| {
            let is_table = n.entries().is_some();
            if !is_table {
                let what = format!("`{title}` is a table, not {}", desk.shown(n));
                desk.tell(&n.spot, what, "write it like this: { name = value, ... }");
            }
            is_table
        });
        let (fields, missing, broken) = (Vec::new(), Vec::new(), Vec::new());
        let mut table = Table { desk, node, title, fields, missing, broken, layout };
        let value = read(&mut table);
        table.finish();
        (value, if layout.is_some() { schema_of(table.fields) } else { Json::Null })
    }

    /// A field that must be there.
    pub fn required<T: Readable>(&mut self, name: &'static str, doc: &'static str) -> T {
        self.optional_or_missing(name, doc, true).unwrap_or_else(T::stand_in)
    }
    /// A field that may be absent.
    pub fn optional<T: Readable>(&mut self, name: &'static str, doc: &'static str) -> Option<T> {
        self.optional_or_missing(name, doc, false)
    }
    /// A field that has a default.
    pub fn or<T: Readable>(&mut self, name: &'static str, default: T, doc: &'static str) -> T {
        let value = self.optional(name, doc);
        if self.layout.is_some() {
            self.set_default(default.written());
        }
        value.unwrap_or(default)
    }
    /// A field that has this default, if it is not written.
    pub fn set_default(&mut self, default: Json) {
        if let Some(field) = self.fields.last_mut() {
            field.default = Some(default);
        }
    }
    /// A table that may be absent.
    pub fn table<T>(
        &mut self,
        name: &'static str,
        doc: &'static str,
        read: impl FnOnce(&mut Table<'d>) -> T,
    ) -> Option<T> {
        let node = self.node_of(name);
        let value = self.inner(name, doc, false, node, read);
        node.map(|_| value)
    }
    /// A table whose fields all have defaults, so that it may be absent.
    pub fn section<T>(&mut self, name: &'static str, doc: &'static str, read: impl FnOnce(&mut Table<'d>) -> T) -> T {
        let node = self.node_of(name);
        self.inner(name, doc, false, node, read)
    }
    /// A table that must be there.
    pub fn required_section<T>(
        &mut self,
        name: &'static str,
        doc: &'static str,
        read: impl FnOnce(&mut Table<'d>) -> T,
    ) -> T {
        let node = self.node_of(name);
        if node.is_none() {
            self.missing.push((name, format!("add a table [{name}]: {doc}")));
            self.broken.push(name);
        }
        self.inner(name, doc, true, node, read)
    }
    /// A list of tables, empty where it is absent.
    pub fn tables<T>(
        &mut self,
        name: &'static str,
        doc: &'static str,
        mut read: impl FnMut(&mut Table<'d>) -> T,
    ) -> Vec<T> {
        let node = self.node_of(name);
        let items = self.schema_of_one(&mut read);
        self.declare(name, doc, false, |_| json!({ "type": "array", "items": items }));
        let Some(node) = node else { return Vec::new() };
        let Some(elements) = node.elements() else {
            let what = format!("`{name}` is a list of tables, not {}", self.desk.shown(node));
            let help = format!("write [[{}]] above each, or {name} = [{{ ... }}, {{ ... }}]", self.title_of(name));
            self.desk.tell(&node.spot, what, help);
            self.broken.push(name);
            return Vec::new();
        };
        self.limit(node, elements.len());
        let title = self.title_of(name);
        let inner = |(i, n)| Self::read(self.desk, Some(n), format!("{title}[{i}]"), None, &mut read).0;
        elements.iter().take(MOST_TABLES).enumerate().map(inner).collect()
    }
    /// Tables by their names, with the places of the names; empty where there are none.
    pub fn named<T>(
        &mut self,
        name: &'static str,
        doc: &'static str,
        read: impl FnMut(&mut Table<'d>) -> T,
    ) -> Vec<(&'d str, &'d Spot, T)> {
        if let Some(entries) = self.node_of(name).and_then(Node::entries) {
            self.check_names(entries);
        }
        self.labeled(name, doc, read)
    }
    /// The same under names of any letters, as columns of a foreign file have them.
    pub fn labeled<T>(
        &mut self,
        name: &'static str,
        doc: &'static str,
        mut read: impl FnMut(&mut Table<'d>) -> T,
    ) -> Vec<(&'d str, &'d Spot, T)> {
        let node = self.node_of(name);
        let table = self.schema_of_one(&mut read);
        self.declare(name, doc, false, |_| json!({ "type": "object", "additionalProperties": table }));
        let Some(node) = node else { return Vec::new() };
        let Some(entries) = node.entries() else {
            let what = format!("`{name}` is a table of tables, not {}", self.desk.shown(node));
            self.desk.tell(&node.spot, what, format!("write it like this: [{name}.a-name]"));
            return Vec::new();
        };
        self.limit(node, entries.len());
        let title = self.title_of(name);
        let of = |key: &str| format!("{title}.{key}");
        let inner = |e: &'d Entry| {
            let value = Self::read(self.desk, Some(&e.node), of(&e.key), None, &mut read).0;
            (e.key.as_str(), &e.spot, value)
        };
        entries.iter().take(MOST_TABLES).map(inner).collect()
    }
    /// A table of anything, which its caller reads by itself.
    pub fn free(&mut self, name: &'static str, doc: &'static str) {
        self.declare(name, doc, false, |_| json!({ "type": "object" }));
    }
    /// Values by free names, empty where there are none.
    pub fn map<T: Readable>(&mut self, name: &'static str, doc: &'static str) -> BTreeMap<String, T> {
        let node = self.node_of(name);
        self.declare(name, doc, false, |l| json!({ "type": "object", "additionalProperties": T::schema(l) }));
        let Some(node) = node else { return BTreeMap::new() };
        let Some(entries) = node.entries() else {
            self.desk.tell_kind(node, "a table of names and values", &format!("{{ a-name = {} }}", T::EXAMPLE));
            return BTreeMap::new();
        };
        self.limit(node, entries.len());
        self.check_names(entries);
        let read = |e: &Entry| Some((e.key.clone(), T::read(&e.node, self.desk)?));
        entries.iter().take(MOST_TABLES).filter_map(read).collect()
    }

    /// Where problems are told.
    pub const fn desk(&self) -> &'d Desk<'d> {
        self.desk
    }
    /// Whether a field is written.
    pub fn has(&self, name: &str) -> bool {
        self.node_of(name).is_some()
    }
    /// Whether a field was read without a problem; absent ones are.
    pub fn is_sound(&self, name: &str) -> bool {
        !self.broken.contains(&name)
    }
    /// Tells of a problem with a field that was read, if it is `wrong` and nothing else is wrong with it. A field that is
    /// not written is told of at the head of the table.
    pub fn refuse_if(&mut self, wrong: bool, name: &'static str, what: impl Into<String>, help: impl Into<String>) {
        if !wrong || !self.is_sound(name) {
            return;
        }
        if let Some(node) = self.node {
            self.desk.tell(node.get(name).map_or(&node.spot, |n| &n.spot), what, help);
            self.broken.push(name);
        }
    }

    /// The schema of what `read` reads, if one is asked for.
    fn schema_of_one<T>(&self, read: impl FnOnce(&mut Table<'d>) -> T) -> Json {
        let of = |layout| Self::read(self.desk, None, String::new(), Some(layout), read).1;
        self.layout.map_or(Json::Null, of)
    }
    fn node_of(&self, name: &str) -> Option<&'d Node> {
        self.node?.get(name)
    }
    fn title_of(&self, name: &str) -> String {
        if self.title.is_empty() || self.is_root() { name.into() } else { format!("{}.{name}", self.title) }
    }
    fn is_root(&self) -> bool {
        self.node.is_some_and(|n| std::ptr::eq(n, self.desk.document().root()))
    }
    fn limit(&self, node: &Node, length: usize) {
        if length > MOST_TABLES {
            self.desk.tell(&node.spot, format!("there are {length}"), format!("at most {MOST_TABLES} are read"));
        }
    }
    /// Free names appear in reports, so not every text will do.
    fn check_names(&self, entries: &[Entry]) {
        for entry in entries.iter().take(MOST_TABLES) {
            if let Some(fault) = fault_of_key(&entry.key) {
                self.desk.tell(&entry.spot, format!("`{}` cannot be a name", entry.key), fault);
            }
        }
    }
    fn declare(
        &mut self,
        name: &'static str,
        doc: &'static str,
        is_required: bool,
        schema: impl FnOnce(&mut Layout) -> Json,
    ) {
        let schema = self.layout.map_or(Json::Null, |layout| schema(&mut layout.borrow_mut()));
        self.fields.push(Field { name, doc, is_required, schema, default: None });
    }
    fn optional_or_missing<T: Readable>(&mut self, name: &'static str, doc: &'static str, must: bool) -> Option<T> {
        self.declare(name, doc, must, T::schema);
        let Some(node) = self.node_of(name) else {
            if must {
                self.missing.push((name, format!("add {name} = {}: {doc}", T::EXAMPLE)));
                self.broken.push(name);
            }
            return None;
        };
        let value = T::read(node, self.desk);
        if value.is_none() {
            self.broken.push(name);
        }
        value
    }
    fn inner<T>(
        &mut self,
        name: &'static str,
        doc: &'static str,
        must: bool,
        node: Option<&'d Node>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let (value, schema) = Self::read(self.desk, node, self.title_of(name), self.layout, read);
        self.declare(name, doc, must, |_| schema);
        value
    }
    /// Tells of names that are no fields, and of fields that are missing, unless one was meant by the other.
    fn finish(&self) {
        let Some(node) = self.node else { return };
        let names: Vec<_> = self.fields.iter().map(|f| f.name).collect();
        let absent: Vec<_> = names.iter().copied().filter(|n| !self.has(n)).collect();
        let mut meant = Vec::new();
        let entries = node.entries().unwrap_or(&[]).iter();
        let unknown: Vec<_> = entries.filter(|e| !names.contains(&e.key.as_str())).collect();
        let (told, passed_over) = unknown.split_at(unknown.len().min(self.desk.room()));
        self.desk.pass_over(passed_over.len());
        for entry in told {
            let guess = nearest::nearest(&entry.key, &absent);
            meant.extend(guess);
            let help = guess.map_or_else(
                || nearest::help(&entry.key, &names, &format!("the fields of {}", self.title)),
                |name| format!("did you mean `{name}`?"),
            );
            self.desk.tell(&entry.spot, format!("`{}` is not a field of {}", entry.key, self.title), help);
        }
        for (name, help) in self.missing.iter().filter(|(name, _)| !meant.contains(name)) {
            let what = format!("{} has no `{name}`", self.title);
            if self.is_root() {
                self.desk.tell_of_whole(what, help);
            } else {
                self.desk.tell(&node.spot, what, help);
            }
        }
    }
}
