//! A condition as words, each with its place.
use plimsoll::condition::Fault;
use std::ops::Range;

/// A word of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    Number(f64),
    Text(String),
    /// `chosen`, `and`, `sum`.
    Name(String),
    /// `>=`, `(`, `.`
    Sign(&'static str),
}

/// A word and its bytes.
pub(super) type Placed = (Word, Range<usize>);

/// The signs, the longer before those that they begin with.
const SIGNS: [&str; 21] =
    ["<=", ">=", "==", "!=", "&&", "||", "<", ">", "=", "!", "+", "-", "*", "/", "(", ")", "[", "]", ".", ",", "%"];

pub(super) fn words(text: &str) -> Result<Vec<Placed>, Fault> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (word, length) = if first.is_ascii_digit() {
            number(rest, at)?
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            (Word::Name(rest[..length].into()), length)
        } else if first == '"' || first == '\'' {
            let Some(end) = rest[1..].find(first) else {
                let (what, help) = ("this text has no end".into(), format!("close it with {first}"));
                return Err(Fault { at: at..text.len(), what, help });
            };
            (Word::Text(rest[1..=end].into()), end + 2)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Word::Sign(sign), sign.len())
        } else {
            let what = format!("`{first}` has no meaning in a condition");
            return Err(Fault { at: at..at + first.len_utf8(), what, help: "texts are written in quotes".into() });
        };
        words.push((word, at..at + length));
        at += length;
    }
    Ok(words)
}

/// `10000`, `10_000`, `0.95`, `1e-3`. A point without a digit after it is not part of the number.
fn number(rest: &str, at: usize) -> Result<(Word, usize), Fault> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if is_digit(end + 1 + sign) {
            end = digits(end + 1 + sign);
        }
    }
    let value = rest[..end].replace('_', "").parse::<f64>().ok().filter(|n| n.is_finite());
    value.map(|value| (Word::Number(value), end)).ok_or_else(|| Fault {
        at: at..at + end,
        what: format!("`{}` is no number", &rest[..end]),
        help: "numbers are written 10000 or 0.95".into(),
    })
}
