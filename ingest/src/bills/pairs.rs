//! Lists of flat objects, as JSON or as Python prints them: `[{'name': 'Credit', 'amount': -5e-06, 'id': None}]`.
//!
//! Exports that went through a data frame carry the second where the provider's own carry the first, so one reader takes
//! both: either quotes, `None` and `null`, `True` and `true`, a lone object, a comma at the end, an empty text.
use std::borrow::Cow;

/// What stands beside a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    /// A quoted text.
    Text(Cow<'t, [u8]>),
    /// A number, or true or false, as it is written.
    Bare(&'t [u8]),
    /// `null` or `None`.
    Nothing,
}

impl Value<'_> {
    /// Its text; empty for nothing.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text,
            Self::Bare(text) => text,
            Self::Nothing => b"",
        }
    }
}

/// A step through the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step<'t> {
    /// An object begins.
    Begin,
    /// One of its pairs.
    Pair(Cow<'t, [u8]>, Value<'t>),
    /// It ends.
    End,
}

/// The text is no list of flat objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// Goes through a list of objects, or the one object; the text of nothing has none. Ends after the first error.
#[derive(Clone, Debug)]
pub(crate) struct Pairs<'t> {
    rest: &'t [u8],
    place: Place,
    in_list: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Before,
    Outside,
    Inside,
    Over,
}

impl<'t> Pairs<'t> {
    pub(crate) fn of(text: &'t [u8]) -> Self {
        Self { rest: text, place: Place::Before, in_list: false }
    }

    fn step(&mut self) -> Result<Option<Step<'t>>, Broken> {
        loop {
            self.rest = self.rest.trim_ascii_start();
            match (self.place, self.rest) {
                (Place::Before, [] | b"null" | b"None") | (Place::Over, []) => {
                    self.place = Place::Over;
                    return Ok(None);
                }
                (Place::Before, [b'[', ..]) => {
                    self.in_list = true;
                    self.go(Place::Outside);
                }
                (Place::Outside, [b']', ..]) if self.in_list => self.go(Place::Over),
                (Place::Outside, [b',', ..]) if self.in_list => self.go(Place::Outside),
                (Place::Before | Place::Outside, [b'{', ..]) => {
                    self.go(Place::Inside);
                    return Ok(Some(Step::Begin));
                }
                (Place::Inside, [b'}', ..]) => {
                    self.go(if self.in_list { Place::Outside } else { Place::Over });
                    return Ok(Some(Step::End));
                }
                (Place::Inside, [b',', ..]) => self.go(Place::Inside),
                (Place::Inside, [b'"' | b'\'', ..]) => return self.pair().map(Some),
                _ => return Err(Broken),
            }
        }
    }

    fn go(&mut self, place: Place) {
        self.rest = &self.rest[1..];
        self.place = place;
    }

    fn pair(&mut self) -> Result<Step<'t>, Broken> {
        let key = self.text()?;
        self.rest = self.rest.trim_ascii_start().strip_prefix(b":").ok_or(Broken)?.trim_ascii_start();
        if matches!(self.rest, [b'"' | b'\'', ..]) {
            return Ok(Step::Pair(key, Value::Text(self.text()?)));
        }
        let end = self
            .rest
            .iter()
            .position(|b| matches!(b, b',' | b'}' | b']' | b'[' | b'{' | b'"' | b'\''))
            .ok_or(Broken)?;
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word.trim_ascii() {
            [] => Err(Broken),
            b"null" | b"None" => Ok(Step::Pair(key, Value::Nothing)),
            word => Ok(Step::Pair(key, Value::Bare(word))),
        }
    }

    fn text(&mut self) -> Result<Cow<'t, [u8]>, Broken> {
        let (quote, inner) = self.rest.split_first().ok_or(Broken)?;
        let mut end = 0;
        let mut is_plain = true;
        loop {
            match inner.get(end) {
                None => return Err(Broken),
                Some(b) if b == quote => break,
                Some(b'\\') => {
                    is_plain = false;
                    end += 2;
                }
                Some(_) => end += 1,
            }
        }
        self.rest = &inner[end + 1..];
        Ok(if is_plain { Cow::Borrowed(&inner[..end]) } else { Cow::Owned(unescaped(&inner[..end])) })
    }
}

impl<'t> Iterator for Pairs<'t> {
    type Item = Result<Step<'t>, Broken>;
    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            (self.place, self.rest) = (Place::Over, &[]);
        }
        step.transpose()
    }
}

/// What the escapes of both languages stand for; one that neither knows stands for its letter.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = after;
        let (b'\\', [letter, after @ ..]) = (byte, after) else {
            plain.push(*byte);
            continue;
        };
        rest = after;
        match letter {
            b'n' => plain.push(b'\n'),
            b't' => plain.push(b'\t'),
            b'r' => plain.push(b'\r'),
            b'b' => plain.push(8),
            b'f' => plain.push(12),
            b'u' | b'x' => {
                let digits = if *letter == b'u' { 4 } else { 2 };
                let (letter, used) = code(rest, digits);
                plain.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                rest = &rest[used..];
            }
            other => plain.push(*other),
        }
    }
    plain
}

/// The letter of so many hexadecimal digits, or of two halves of one, and the bytes that tell it.
fn code(text: &[u8], digits: usize) -> (char, usize) {
    let hex = |from: usize| {
        let text = std::str::from_utf8(text.get(from..from + digits)?).ok()?;
        u32::from_str_radix(text, 16).ok()
    };
    let Some(first) = hex(0) else { return (char::REPLACEMENT_CHARACTER, 0) };
    let second = (text.get(digits..digits + 2) == Some(b"\\u")).then(|| hex(digits + 2)).flatten();
    match (first, second) {
        (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
            let whole = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(whole).unwrap_or(char::REPLACEMENT_CHARACTER), 2 * digits + 2)
        }
        _ => (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), digits),
    }
}

/// Writes a text as JSON, with its quotes.
pub(crate) fn write_text(json: &mut Vec<u8>, text: &[u8]) {
    json.push(b'"');
    for byte in text {
        match byte {
            b'"' | b'\\' => json.extend_from_slice(&[b'\\', *byte]),
            0..=31 => json.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => json.push(*byte),
        }
    }
    json.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Vec<String>, Broken> {
        let steps = Pairs::of(text.as_bytes()).map(|step| {
            Ok(match step? {
                Step::Begin => "<".to_owned(),
                Step::End => ">".to_owned(),
                Step::Pair(key, Value::Nothing) => format!("{} is nothing", String::from_utf8_lossy(&key)),
                Step::Pair(key, value) => {
                    format!("{}={}", String::from_utf8_lossy(&key), String::from_utf8_lossy(value.bytes()))
                }
            })
        });
        steps.collect()
    }

    #[test]
    fn json_and_python_tell_the_same() {
        let pairs = Ok(["<", "name=it's \"so\"", "amount=-5e-06", "id is nothing", "ok=x", ">", "<", ">"]
            .map(String::from)
            .to_vec());
        assert_eq!(told(r#"[{"name": "it's \"so\"", "amount": -5e-06, "id": null, "ok": "x"}, {}]"#), pairs);
        assert_eq!(told(r#"[{'name': 'it\'s "so"', 'amount': -5e-06, 'id': None, 'ok': "x",}, {},]"#), pairs);
    }

    #[test]
    fn nothing_is_a_list_without_objects() {
        for text in ["", "  ", "[]", "[ ]", "null", "None"] {
            assert_eq!(told(text), Ok(vec![]), "{text}");
        }
        assert_eq!(told(r#" {"a" : true } "#), Ok(vec!["<".into(), "a=true".into(), ">".into()]));
    }

    #[test]
    fn escapes_stand_for_letters() {
        let of = |text: &str| told(text).unwrap()[1].clone();
        assert_eq!(of(r#"{"a":"\u00fc\n\/\ud83d\ude00\\"}"#), "a=ü\n/😀\\");
        assert_eq!(of(r"{'a':'\xfc\u12'}"), "a=ü\u{fffd}12");
    }

    #[test]
    fn what_is_no_list_of_flat_objects_is_broken() {
        for text in [
            "x",
            "[",
            "[{",
            "[{'a'",
            "[{'a':",
            "[{'a':}]",
            "[{'a':1]",
            "{'a':1]}",
            "{'a':Decimal('1')}",
            "{'a':[1]}",
            "{'a':{}}",
            "[{}] x",
            "{}{}",
            "{a:1}",
            "'a'",
            "[1]",
            "{'a",
            "{'a\\",
        ] {
            assert_eq!(told(text), Err(Broken), "{text}");
        }
    }

    #[test]
    fn texts_are_written_as_json() {
        let mut json = Vec::new();
        write_text(&mut json, b"a\"\\\n\xc3\xbc");
        assert_eq!(json, "\"a\\\"\\\\\\u000aü\"".as_bytes());
    }
}
