//! A walk through JSON that is larger than memory: one value at a time, with its place.
use super::input::Input;
use crate::problem::Problem;
use serde_json::Value;

/// No single value that is looked at is longer: no product, item or SKU comes near.
const LONGEST: usize = 16 << 20;

/// A value with the text that it was read from.
pub(super) struct Placed {
    pub(super) value: Value,
    file: String,
    line: usize,
    /// Its text, after what stands before it in its line; the latter is missing where the line is long.
    text: String,
    /// Where in it the value begins.
    start: usize,
    has_lead: bool,
}

impl Placed {
    /// A mistake in the first field of this name, or in the value as a whole.
    pub(super) fn problem(&self, field: &str, what: impl Into<String>, help: impl Into<String>) -> Problem {
        let quoted = format!("\"{field}\"");
        let found = self.text.get(self.start..).and_then(|own| own.find(&quoted));
        let (start, end) = match found {
            Some(at) => (self.start + at, self.start + at + quoted.len()),
            None => (self.start, self.text.len()),
        };
        let mut problem = Problem::in_text(&self.file, &self.text, start..end, what, help);
        problem.line += self.line - 1;
        if !self.has_lead && problem.line == self.line {
            let what = format!("line {}: {}", problem.line, problem.what);
            return Problem::in_whole(&self.file, what, problem.help);
        }
        problem
    }
    /// The text of a field, of a field within a field, and so on.
    pub(super) fn words(&self, path: &[&str]) -> &str {
        words(&self.value, path)
    }
}

/// The text of a field of a field; empty where there is none.
pub(super) fn words<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    path.iter().try_fold(value, |value, name| value.get(name)).and_then(Value::as_str).unwrap_or_default()
}

/// A number as it is written, in quotes or not.
pub(super) fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Numbers keep their digits: `arbitrary_precision`.
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Input<'_> {
    /// The next byte that is no space, without taking it.
    pub(super) fn next_sign(&mut self) -> Result<Option<u8>, Problem> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.bump();
        }
        Ok(None)
    }

    /// Visits the fields of an object; the visitor takes each value, whole, by parts or not at all.
    pub(super) fn object(
        &mut self,
        mut visit: impl FnMut(&mut Self, &str) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.take(b'{')?;
        if self.next_sign()? == Some(b'}') {
            self.bump();
            return Ok(());
        }
        loop {
            if self.next_sign()? != Some(b'"') {
                return Err(self.problem_here("a field should begin here, with its name in quotes", ""));
            }
            let name = self.value()?;
            self.take(b':')?;
            visit(self, name.words(&[]))?;
            if self.ends(b'}')? {
                return Ok(());
            }
        }
    }
    /// Visits the elements of an array.
    pub(super) fn array(&mut self, mut visit: impl FnMut(&mut Self) -> Result<(), Problem>) -> Result<(), Problem> {
        self.take(b'[')?;
        if self.next_sign()? == Some(b']') {
            self.bump();
            return Ok(());
        }
        loop {
            visit(self)?;
            if self.ends(b']')? {
                return Ok(());
            }
        }
    }
    /// Takes one value into memory.
    pub(super) fn value(&mut self) -> Result<Placed, Problem> {
        self.next_sign()?;
        let line = self.line;
        let lead = self.lead();
        let mut text = lead.clone().unwrap_or_default();
        let start = text.len();
        self.pass(Some(&mut text))?;
        let parsed = serde_json::from_slice(&text[start..]);
        // What is no UTF-8 grows when it is shown.
        let shown_start = String::from_utf8_lossy(&text[..start]).len();
        let text = String::from_utf8_lossy(&text).into_owned();
        let placed = Placed {
            value: Value::Null,
            file: self.name.clone(),
            line,
            text,
            start: shown_start,
            has_lead: lead.is_some(),
        };
        match parsed {
            Ok(value) => Ok(Placed { value, ..placed }),
            Err(error) => {
                let said = error.to_string();
                let what = said.split(" at line ").next().unwrap_or_default();
                let mut problem = placed.problem("", format!("is not JSON: {what}"), "fetch the file again");
                if problem.has_place() {
                    problem.line = line + error.line().saturating_sub(1);
                    let shown = placed.text.lines().nth(problem.line - line).unwrap_or_default();
                    let at = error.column().saturating_sub(1) + if error.line() <= 1 { start } else { 0 };
                    return Err(Problem::in_line(
                        &self.name,
                        problem.line,
                        shown,
                        at..at + 1,
                        problem.what,
                        problem.help,
                    ));
                }
                Err(problem)
            }
        }
    }
    /// Passes over one value, looking at no more than where it ends.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        self.next_sign()?;
        self.pass(None)
    }

    fn take(&mut self, sign: u8) -> Result<(), Problem> {
        if self.next_sign()? != Some(sign) {
            return Err(self.problem_here(&format!("`{}` should stand here", char::from(sign)), "fetch the file again"));
        }
        self.bump();
        Ok(())
    }
    /// After a value: another one follows, or the end.
    fn ends(&mut self, end: u8) -> Result<bool, Problem> {
        let sign = self.next_sign()?;
        if sign != Some(end) && sign != Some(b',') {
            let what = match sign {
                None => "the file ends in the middle of a value".to_owned(),
                Some(_) => format!("`,` or `{}` should stand here", char::from(end)),
            };
            return Err(self.problem_here(&what, "fetch the file again"));
        }
        self.bump();
        Ok(sign == Some(end))
    }
    fn pass(&mut self, mut kept: Option<&mut Vec<u8>>) -> Result<(), Problem> {
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        loop {
            let Some(byte) = self.peek()? else {
                if depth > 0 || quoted {
                    return Err(self.problem_here("the file ends in the middle of a value", "fetch the file again"));
                }
                return Ok(());
            };
            let mut is_last = false;
            if quoted {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                quoted = !closes;
                is_last = closes && depth == 0;
            } else {
                match byte {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return Ok(()),
                    b'}' | b']' => {
                        depth -= 1;
                        is_last = depth == 0;
                    }
                    _ => {}
                }
            }
            if let Some(kept) = &mut kept {
                if kept.len() == LONGEST {
                    return Err(self.problem_here("one value is longer than 16 MiB", "is a quote left open?"));
                }
                kept.push(byte);
            }
            self.bump();
            if is_last {
                return Ok(());
            }
        }
    }
}
