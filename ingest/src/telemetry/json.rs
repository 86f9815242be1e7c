//! One JSON document, read straight into the types of its format, and what is wrong with it at its place.
//!
//! No tree is built: ten million points are held as sixteen bytes each, not as as many nodes.
use super::head::Head;
use super::printed;
use crate::problem::Problem;
use plimsoll::series::Time;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Error, Value};
use std::borrow::Cow;
use std::fmt;

/// A line that is longer is not shown: one export is one line of a hundred megabytes.
const SHOWN: usize = 1 << 20;

/// Whether the head has a member of this name, as far as it can be seen without reading it.
pub(crate) fn has_key(head: &Head<'_>, key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    let mut rest = head.text();
    while let Some(at) = rest.find(&quoted) {
        rest = &rest[at + quoted.len()..];
        if rest.trim_start().starts_with(':') {
            return true;
        }
    }
    false
}

/// What is wrong with a document, at its place. `shift` lines stand before `text` in the file.
pub(crate) fn problem(name: &str, text: &str, shift: usize, error: &Error, help: &str) -> Problem {
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
    let what = match error.classify() {
        Category::Eof => "the document ends too early: it was cut off".to_owned(),
        Category::Syntax => format!("this is not JSON: {told}"),
        Category::Data | Category::Io => told.to_owned(),
    };
    let help = if error.is_eof() { "export it again, to its end" } else { help };
    let (line, column) = (error.line(), error.column());
    let Some(shown) = text.lines().nth(line.saturating_sub(1)).filter(|shown| shown.len() <= SHOWN) else {
        return Problem::in_whole(name, format!("{what} (line {}, byte {column})", line + shift), help);
    };
    let at = column.saturating_sub(1).min(shown.len());
    Problem::in_line(name, line + shift, shown, at..at + 1, what, help)
}

/// A time: a text in any of the ways of [`stamp`], a Unix time, or the parts of a date as botocore's recorder writes them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(pub(crate) Time);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Moments)
    }
}

struct Moments;

impl<'de> Visitor<'de> for Moments {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Moment, E> {
        match printed::read(text) {
            Some(stamp) => Ok(Moment(stamp.time)),
            None => Err(E::custom(format!("cannot read `{text}` as a time"))),
        }
    }
    fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Moment, E> {
        self.visit_str(&n.to_string())
    }
    fn visit_f64<E: serde::de::Error>(self, n: f64) -> Result<Moment, E> {
        self.visit_str(&n.to_string())
    }
    // Numbers of many digits come as a map of one member, because serde_json keeps them all.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Moment, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        let text = match &value {
            Value::Number(number) => number.to_string(),
            Value::Object(parts) => {
                let part = |name: &str| parts.get(name).and_then(Value::as_i64);
                match (part("year"), part("month"), part("day"), part("hour"), part("minute"), part("second")) {
                    (Some(y), Some(m), Some(d), Some(h), Some(min), Some(s)) => {
                        format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}Z")
                    }
                    _ => String::new(),
                }
            }
            _ => String::new(),
        };
        match printed::read(&text) {
            Some(stamp) => Ok(Moment(stamp.time)),
            None => Err(A::Error::custom(format!("cannot read {value} as a time"))),
        }
    }
}

/// A number, or a text that is one, as Google writes whole numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount(pub(crate) f64);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Amounts)
    }
}

struct Amounts;

impl<'de> Visitor<'de> for Amounts {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Amount, E> {
        match text.parse::<f64>() {
            // `NaN` and `Infinity` are texts, and no values here.
            Ok(value) => Ok(Amount(value)),
            Err(_) => Err(E::custom(format!("cannot read `{text}` as a number"))),
        }
    }
    fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Amount, E> {
        Ok(Amount(n as f64))
    }
    fn visit_i64<E: serde::de::Error>(self, n: i64) -> Result<Amount, E> {
        Ok(Amount(n as f64))
    }
    fn visit_f64<E: serde::de::Error>(self, n: f64) -> Result<Amount, E> {
        Ok(Amount(n))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Amount, A::Error> {
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => self.visit_str(&number.to_string()),
            _ => Err(A::Error::custom("an object, where a number was expected")),
        }
    }
}

/// A number that may be absent or `null`, in the room of a number: there are millions of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maybe(f64);

impl Default for Maybe {
    fn default() -> Self {
        Self(f64::NAN)
    }
}

impl Maybe {
    /// The number, if it is there.
    pub(crate) fn get(self) -> Option<f64> {
        Some(self.0).filter(|value| !value.is_nan())
    }
}

impl<'de> Deserialize<'de> for Maybe {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::<f64>::deserialize(from).map(|value| value.map_or_else(Self::default, Self))
    }
}

/// A text, not copied unless it has escapes.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Times(Vec<Moment>);

    fn wrong(text: &str) -> String {
        let error = serde_json::from_str::<Times>(text).err().expect("it is wrong");
        problem("x.json", text, 0, &error, "").to_string()
    }

    #[test]
    fn times_are_texts_numbers_or_parts() {
        let text = r#"["2026-03-01T04:00:00+00:00", 1772337600, 1772337600000, 1772337600.25,
            {"__class__": "datetime", "year": 2026, "month": 3, "day": 1, "hour": 4, "minute": 0, "second": 0}]"#;
        let times: Times = serde_json::from_str(text).unwrap();
        let seconds: Vec<_> = times.0.iter().map(|moment| moment.0.as_unix_seconds()).collect();
        assert_eq!(seconds, [1_772_337_600; 5]);
    }

    #[test]
    fn mistakes_have_their_place() {
        assert!(wrong("[\"2026-03-01\",\n \"noon\"]").starts_with("x.json:2:7: cannot read `noon` as a time"));
        assert_eq!(wrong("[7]"), "x.json:1:2: cannot read `7` as a time\n  | [7]\n  |  ^");
        assert!(wrong("[true]").contains("invalid type: boolean `true`, expected a time"));
        assert!(wrong("[\"2026-03-01\"").contains("the document ends too early"));
        assert!(wrong("[\"2026-03-01\"}").starts_with("x.json:1:14: this is not JSON"));
        let long = format!("[{}x]", "\"2026-03-01\",".repeat(100_000));
        assert!(wrong(&long).contains("(line 1, byte "));
    }

    #[test]
    fn keys_are_seen() {
        let head = Head::new(b"{\"name\": \"Label\", \"Label\" : 1}", true);
        assert!(has_key(&head, "Label") && has_key(&head, "name") && !has_key(&head, "Labels"));
    }
}
