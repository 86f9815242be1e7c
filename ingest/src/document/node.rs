//! What a file says, and where.
use std::ops::Range;

/// A place in one of the texts of a document: the file itself, or a value that was set from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which text: 0 is the file.
    pub text: usize,
    /// The bytes in it.
    pub bytes: Range<usize>,
}

/// A value and its place. The place of a table is its header, or the key that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What is written.
    pub value: Value,
    /// Where.
    pub spot: Spot,
}

/// What can be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// In quotes. A date of TOML is its text, too.
    Text(String),
    /// With a point, an exponent, or too large to be whole.
    Number(f64),
    /// Without.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// Nothing, which only JSON can write.
    Null,
    /// Values in order.
    List(Vec<Node>),
    /// Names and values, in the order of the file.
    Table(Vec<Entry>),
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name.
    pub key: String,
    /// Where the name stands.
    pub spot: Spot,
    /// What it is set to.
    pub node: Node,
}

impl Node {
    /// The lines of a table, if it is one.
    pub fn entries(&self) -> Option<&[Entry]> {
        if let Value::Table(entries) = &self.value { Some(entries) } else { None }
    }
    /// The elements of a list, if it is one.
    pub fn elements(&self) -> Option<&[Self]> {
        if let Value::List(elements) = &self.value { Some(elements) } else { None }
    }
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }
    /// What a table says under this name.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries()?.iter().find(|e| e.key == key).map(|e| &e.node)
    }
}
