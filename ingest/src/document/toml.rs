//! TOML, as the `toml` crate parses it, with the words of this project where it finds a mistake.
use super::document::{MOST_SLIPS, Parsed};
use super::{Entry, Node, Spot, Value};
use crate::problem::Problem;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn parse(name: &str, text: &str) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(text);
    let root = Node { value: Value::Table(entries(0, text, table.get_ref())), spot: Spot { text: 0, bytes: 0..0 } };
    let mut slips: Vec<Problem> = errors.iter().take(MOST_SLIPS).map(|e| slip(name, text, e)).collect();
    let is_whole = errors.iter().all(leaves_tree);
    if !is_whole {
        // What follows the first mistake of a line is often its echo.
        slips.dedup_by_key(|p| p.line);
    }
    Parsed { root, slips, is_whole }
}

/// One value, as it may follow an equals sign.
pub(super) fn value(number: usize, text: &str) -> Result<Node, String> {
    let parsed = DeValue::parse(text).map_err(|e| e.message().to_owned())?;
    Ok(node(number, text, &parsed))
}

/// Whether the parser goes on with what was meant.
fn leaves_tree(error: &toml::de::Error) -> bool {
    error.message().starts_with(UNQUOTED) || error.message() == TWICE
}

const UNQUOTED: &str = "string values must be quoted";
const TWICE: &str = "duplicate key";

fn slip(name: &str, text: &str, error: &toml::de::Error) -> Problem {
    let bytes = error.span().unwrap_or(0..0);
    let written = text.get(bytes.clone()).unwrap_or("").trim();
    let (what, help) = match error.message() {
        TWICE => (format!("`{written}` is written twice"), "keep one of them".into()),
        message if message.starts_with(UNQUOTED) => {
            (format!("`{written}` has no quotes"), format!("write \"{}\"", written.replace(['"', '\\'], "")))
        }
        message => (format!("this is not TOML: {message}"), String::new()),
    };
    Problem::in_text(name, text, bytes, what, help)
}

fn entries(number: usize, text: &str, table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            spot: Spot { text: number, bytes: key.span() },
            node: node(number, text, value),
        })
        .collect();
    entries.sort_by_key(|e| e.spot.bytes.start);
    entries
}

fn node(number: usize, text: &str, value: &Spanned<DeValue<'_>>) -> Node {
    let spot = Spot { text: number, bytes: value.span() };
    let value = match value.get_ref() {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
            .map_or_else(|_| Value::Number(n.as_str().parse().unwrap_or(f64::INFINITY)), Value::Whole),
        DeValue::Float(n) => Value::Number(n.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(|v| node(number, text, v)).collect()),
        DeValue::Table(table) => Value::Table(entries(number, text, table)),
    };
    Node { value, spot }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_quotes_is_told_and_read() {
        let parsed = parse("a.toml", "peak = 900/s # at noon\nmean = 2 ms\n");
        assert!(parsed.is_whole);
        assert_eq!(parsed.root.get("peak").unwrap().as_text(), Some("900/s"));
        let told: Vec<_> = parsed.slips.iter().map(|p| (p.line, p.what.as_str(), p.help.as_str())).collect();
        assert_eq!(
            told,
            [(1, "`900/s` has no quotes", "write \"900/s\""), (2, "`2 ms` has no quotes", "write \"2 ms\"")]
        );
    }

    #[test]
    fn a_broken_header_ends_the_reading() {
        assert!(!parse("a.toml", "[demand\npeak = 1\n").is_whole);
    }

    #[test]
    fn dates_and_large_numbers_are_kept() {
        let root = parse("a", "d = 2026-01-01\nn = 99999999999999999999\nh = 0x10\ni = -inf\n").root;
        assert_eq!(root.get("d").unwrap().as_text(), Some("2026-01-01"));
        assert_eq!(root.get("n").unwrap().value, Value::Number(1e20));
        assert_eq!(root.get("h").unwrap().value, Value::Whole(16));
        assert_eq!(root.get("i").unwrap().value, Value::Number(f64::NEG_INFINITY));
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        for text in [format!("a = {}1", "[".repeat(100_000)), format!("a{} = 1", ".a".repeat(100_000))] {
            assert!(!parse("a", &text).is_whole);
        }
    }
}
