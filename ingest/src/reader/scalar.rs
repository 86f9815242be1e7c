//! Texts, flags, whole numbers and lists.
use super::{Desk, Layout, Readable};
use crate::document::{Node, Value};
use serde_json::{Value as Json, json};
use std::num::NonZeroU32;

impl Readable for bool {
    const NAME: &'static str = "true or false";
    const EXAMPLE: &'static str = "true";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        desk.tell(
            &node.spot,
            format!("{} is not true or false", desk.shown(node)),
            "write true or false, without quotes",
        );
        None
    }
    fn stand_in() -> Self {
        false
    }
    fn schema(_: &mut Layout) -> Json {
        json!({ "type": "boolean" })
    }
    fn written(&self) -> Json {
        json!(self)
    }
}

impl Readable for String {
    const NAME: &'static str = "a text";
    const EXAMPLE: &'static str = "\"a-name\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) if is_name(text) => Some(text.clone()),
            // What is set on the command line has no quotes: 123 may be a name.
            Value::Whole(_) | Value::Number(_) | Value::Flag(_) if node.spot.text > 0 => {
                Some(desk.document().written(&node.spot).trim().into())
            }
            Value::Text(_) => {
                desk.tell(&node.spot, format!("{} is not a name", desk.shown(node)), NAME_HELP);
                None
            }
            _ => {
                desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
                None
            }
        }
    }
    fn stand_in() -> Self {
        Self::new()
    }
    fn schema(_: &mut Layout) -> Json {
        json!({ "type": "string", "minLength": 1, "maxLength": MOST_LETTERS })
    }
    fn written(&self) -> Json {
        json!(self)
    }
}

/// The most letters of a name.
const MOST_LETTERS: usize = 120;
const NAME_HELP: &str = "a name has 1 to 120 letters, no line breaks, and no space at its ends";

/// Whether a text can stand as a name in a report.
fn is_name(text: &str) -> bool {
    text.trim() == text && (1..=MOST_LETTERS).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// Why a key cannot name something in the file, if it cannot.
pub(super) fn fault_of_key(key: &str) -> Option<&'static str> {
    let is_one = is_name(key) && !key.contains(char::is_whitespace);
    (!is_one).then_some("such a name has 1 to 120 letters and no spaces")
}

/// The largest whole number that is read: more things than a plan can hold.
const MOST: u32 = 1_000_000_000;

fn whole(node: &Node, desk: &Desk<'_>, least: u32, name: &str) -> Option<u32> {
    let help = match node.value {
        Value::Whole(n) => {
            if let Some(n) = u32::try_from(n).ok().filter(|n| (least..=MOST).contains(n)) {
                return Some(n);
            }
            format!("it lies between {least} and 1,000,000,000")
        }
        Value::Text(_) => "write it without quotes and without a unit".into(),
        _ => "write it without a point: 3".into(),
    };
    desk.tell(&node.spot, format!("{} is not {name}", desk.shown(node)), help);
    None
}

impl Readable for u32 {
    const NAME: &'static str = "a whole number";
    const EXAMPLE: &'static str = "3";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        whole(node, desk, 0, Self::NAME)
    }
    fn stand_in() -> Self {
        1
    }
    fn schema(_: &mut Layout) -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": MOST })
    }
    fn written(&self) -> Json {
        json!(self)
    }
}

impl Readable for NonZeroU32 {
    const NAME: &'static str = "a whole number from 1";
    const EXAMPLE: &'static str = "3";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        whole(node, desk, 1, Self::NAME).and_then(Self::new)
    }
    fn stand_in() -> Self {
        Self::MIN
    }
    fn schema(_: &mut Layout) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": MOST })
    }
    fn written(&self) -> Json {
        json!(self)
    }
}

impl<T: Readable> Readable for Vec<T> {
    const NAME: &'static str = "a list";
    const EXAMPLE: &'static str = "[ ... ]";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let Some(elements) = node.elements() else {
            desk.tell_kind(node, "a list", &format!("[{}]", T::EXAMPLE));
            return None;
        };
        if elements.len() > super::table::MOST_TABLES {
            let limit = super::table::MOST_TABLES;
            desk.tell(&node.spot, format!("there are {}", elements.len()), format!("at most {limit} are read"));
            return None;
        }
        // Every element is read, so that every problem is told.
        let read: Vec<Option<T>> = elements.iter().map(|e| T::read(e, desk)).collect();
        read.into_iter().collect()
    }
    fn stand_in() -> Self {
        Self::new()
    }
    fn schema(layout: &mut Layout) -> Json {
        json!({ "type": "array", "items": T::schema(layout) })
    }
    fn written(&self) -> Json {
        self.iter().map(T::written).collect()
    }
}
