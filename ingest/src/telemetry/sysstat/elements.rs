//! The JSON of sysstat cut into its reports, so that no tree of the whole is made and a file that breaks off shows where.
//!
//! All of it is `{"sysstat": {"hosts": [{"nodename": ..., "statistics": [{...}, ...], "restarts": [...]}]}}`: what is of use
//! stands in a host, as a plain value or as an element of a list.
use crate::problem::Problem;

/// The depth of brackets in a host.
const IN_HOST: usize = 4;

/// A part of a host.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'s> {
    /// Another host begins.
    Host,
    /// A plain value under its name.
    Value(&'s str, &'s str),
    /// An element of the list of this name, and the byte at which it starts.
    Element(&'s str, &'s str, usize),
}

/// Gives each part in order. The error says where the brackets break off or close too often.
pub(super) fn each<'s>(name: &str, source: &'s str, mut give: impl FnMut(Part<'s>)) -> Result<(), Problem> {
    let bytes = source.as_bytes();
    let (mut at, mut depth) = (0, 0);
    let (mut key, mut last, mut start) = ("", "", None);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = string_end(bytes, at);
                last = source.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
                at = end;
                continue;
            }
            b'{' | b'[' => {
                if depth == IN_HOST - 1 {
                    give(Part::Host);
                }
                if depth == IN_HOST + 1 {
                    start = Some(at);
                }
                depth += 1;
            }
            b'}' | b']' => {
                if depth == 0 {
                    let what = "a bracket closes that was never opened";
                    return Err(Problem::in_text(name, source, at..at + 1, what, "export the file again"));
                }
                depth -= 1;
                if let Some(start) = start.filter(|_| depth == IN_HOST + 1) {
                    give(Part::Element(key, &source[start..=at], start));
                }
            }
            b':' if depth == IN_HOST => {
                key = last;
                if let Some(value) = plain(source, at + 1) {
                    give(Part::Value(key, value));
                }
            }
            _ => {}
        }
        at += 1;
    }
    if depth > 0 {
        let end = source.trim_end().len();
        let what = format!("the JSON breaks off here with {depth} brackets open");
        let help = "the tool was stopped while it wrote; end it with Ctrl-C, or copy the file again";
        return Err(Problem::in_text(name, source, end.saturating_sub(1)..end, what, help));
    }
    Ok(())
}

/// The byte behind the string that starts here.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The string or number that starts here, without quotes.
fn plain(source: &str, from: usize) -> Option<&str> {
    let rest = source.get(from..)?.trim_start();
    if let Some(text) = rest.strip_prefix('"') {
        return text.split('"').next();
    }
    let end = rest.find([',', '}', '\n']).unwrap_or(rest.len());
    let value = rest[..end].trim();
    value.starts_with(|c: char| c.is_ascii_digit() || c == '-').then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(source: &str) -> Result<Vec<Part<'_>>, Problem> {
        let mut all = Vec::new();
        each("x", source, |part| all.push(part))?;
        Ok(all)
    }

    #[test]
    fn a_host_is_cut_into_values_and_elements() {
        let source = r#"{"sysstat": {"hosts": [{"nodename": "a", "number-of-cpus": 2, "statistics": [{"x": {"y": "}"}}, {}]}]}}"#;
        let at = source.find(r#"{"x""#).unwrap();
        assert_eq!(
            parts(source).unwrap(),
            [
                Part::Host,
                Part::Value("nodename", "a"),
                Part::Value("number-of-cpus", "2"),
                Part::Element("statistics", r#"{"x": {"y": "}"}}"#, at),
                Part::Element("statistics", "{}", at + 19),
            ]
        );
    }

    #[test]
    fn what_breaks_off_shows_where() {
        let problem = parts("{\"sysstat\": {\"hosts\": [\n{\"statistics\": [{\"x\": 1},\n").unwrap_err();
        assert_eq!((problem.line, problem.column), (2, 25));
        assert!(problem.what.contains("breaks off here with 5 brackets open"));
        assert_eq!(parts("{}}").unwrap_err().column, 3);
        for broken in ["\"", "{\"\\", "{\"a\":", "[", ""] {
            assert!(parts(broken).is_err() || broken.len() < 2);
        }
    }
}
