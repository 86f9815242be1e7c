//! The tree and the texts it was made from.
use super::{Entry, Node, Spot, Value, encoding, json, toml};
use crate::problem::Problem;

/// A hand-written file, parsed.
///
/// ```
/// use plimsoll_ingest::document::Document;
/// let mut document = Document::parse("checkout.toml", b"[demand]\npeak = \"900/s\"\n").unwrap();
/// document.set("demand.peak", "1200/s").unwrap();
/// assert_eq!(document.find(&["demand", "peak"]).unwrap().as_text(), Some("1200/s"));
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) texts: Vec<Text>,
    pub(super) root: Node,
    pub(super) slips: Vec<Problem>,
}

/// A text that nodes point into: the file, or one value that was set.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) name: String,
    pub(super) text: String,
}

/// The most mistakes of syntax that are told of one file.
pub(super) const MOST_SLIPS: usize = 50;

/// What a parser makes of a text.
pub(super) struct Parsed {
    pub(super) root: Node,
    pub(super) slips: Vec<Problem>,
    /// Whether the tree has all that the file says in spite of the slips.
    pub(super) is_whole: bool,
}

impl Document {
    /// Parses TOML, or JSON where the name ends in `.json` or the text begins with a brace. The problems are those after
    /// which the rest of the file cannot be trusted; smaller ones are in [`slips`](Self::slips).
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let text = encoding::text_of(name, bytes).map_err(|p| vec![p])?;
        if text.trim().is_empty() {
            return Err(vec![Problem::in_whole(name, "the file is empty", "")]);
        }
        let is_json = name.to_ascii_lowercase().ends_with(".json") || text.trim_start().starts_with('{');
        let parsed = if is_json { json::parse(name, text) } else { toml::parse(name, text) };
        if !parsed.is_whole {
            return Err(parsed.slips);
        }
        let file = Text { name: name.into(), text: text.into() };
        Ok(Self { texts: vec![file], root: parsed.root, slips: parsed.slips })
    }
    /// A document that says nothing.
    pub fn blank(name: &str) -> Self {
        let root = Node { value: Value::Table(Vec::new()), spot: Spot { text: 0, bytes: 0..0 } };
        Self { texts: vec![Text { name: name.into(), text: String::new() }], root, slips: Vec::new() }
    }
    /// The table of the whole file.
    pub const fn root(&self) -> &Node {
        &self.root
    }
    /// Mistakes of syntax that left the tree as it was meant: text without quotes, names written twice.
    pub fn slips(&self) -> &[Problem] {
        &self.slips
    }
    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.texts[0].name
    }
    /// What stands at a place, as it was written.
    pub fn written(&self, spot: &Spot) -> &str {
        self.texts[spot.text].text.get(spot.bytes.clone()).unwrap_or("")
    }
    /// The value at the end of a path of names.
    pub fn find(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |node, key| node.get(key))
    }
    /// The line that sets the value at the end of a path of names.
    pub fn entry(&self, path: &[&str]) -> Option<&Entry> {
        let (last, tables) = path.split_last()?;
        self.find(tables)?.entries()?.iter().find(|e| e.key == **last)
    }
    /// A problem with what stands at a place.
    pub fn problem(&self, spot: &Spot, what: impl Into<String>, help: impl Into<String>) -> Problem {
        let text = &self.texts[spot.text];
        Problem::in_text(&text.name, &text.text, spot.bytes.clone(), what, help)
    }
    /// A problem with the file as a whole.
    pub fn problem_of_whole(&self, what: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::in_whole(self.name(), what, help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_give_the_same_values() {
        let toml = Document::parse("a", b"n = 1\nx = 1.5\nlist = [true, \"a\"]\n[t.u]\ny = \"2\"\n").unwrap();
        let json = br#"{"n": 1, "x": 1.5, "list": [true, "a"], "t": {"u": {"y": "2"}}}"#;
        let json = Document::parse("a", json).unwrap();
        for path in [&["n"][..], &["x"], &["t", "u", "y"]] {
            assert_eq!(toml.find(path).unwrap().value, json.find(path).unwrap().value);
        }
        let list = |d: &Document| d.find(&["list"]).unwrap().elements().unwrap()[1].value.clone();
        assert_eq!(list(&toml), list(&json));
    }

    #[test]
    fn an_empty_file_says_so() {
        for text in ["", " \n\t\n", "\u{feff}"] {
            assert_eq!(Document::parse("a", text.as_bytes()).unwrap_err()[0].what, "the file is empty");
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_the_file() {
        let document = Document::parse("a", b"z = 1\na = 2\nm = 3\n").unwrap();
        let keys: Vec<_> = document.root().entries().unwrap().iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["z", "a", "m"]);
    }
}
