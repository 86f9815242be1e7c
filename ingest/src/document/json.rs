//! JSON to the letter: neither comments nor trailing commas.
use super::document::Parsed;
use super::{Entry, Node, Spot, Value};
use crate::problem::Problem;
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, ast};
use std::collections::BTreeSet;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(name: &str, text: &str) -> Parsed {
    let mut slips = Vec::new();
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &STRICT);
    let root = match parsed.map(|p| p.value) {
        Ok(Some(ast::Value::Object(object))) => table(name, text, &object, &mut slips),
        Ok(_) => {
            slips.push(Problem::in_text(
                name,
                text,
                0..1,
                "the file is no JSON object",
                "it begins with { and ends with }",
            ));
            return broken(slips);
        }
        Err(error) => {
            let Range { start, end } = error.range();
            let what = format!("this is not JSON: {}", lower(&error.kind().to_string()));
            slips.push(Problem::in_text(name, text, start..end, what, ""));
            return broken(slips);
        }
    };
    Parsed { root: Node { value: root, spot: Spot { text: 0, bytes: 0..0 } }, slips, is_whole: true }
}

fn broken(slips: Vec<Problem>) -> Parsed {
    Parsed { root: Node { value: Value::Null, spot: Spot { text: 0, bytes: 0..0 } }, slips, is_whole: false }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn spot(range: Range) -> Spot {
    Spot { text: 0, bytes: range.start..range.end }
}

fn table(name: &str, text: &str, object: &ast::Object<'_>, slips: &mut Vec<Problem>) -> Value {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for property in &object.properties {
        let key = property.name.as_str().to_owned();
        let spot = spot(property.name.range());
        if !seen.insert(key.clone()) {
            if slips.len() < super::document::MOST_SLIPS {
                let what = format!("`{key}` is written twice");
                slips.push(Problem::in_text(name, text, spot.bytes, what, "keep one of them"));
            }
            continue;
        }
        let mut node = node(name, text, &property.value, slips);
        if matches!(node.value, Value::Table(_)) {
            node.spot = spot.clone();
        }
        entries.push(Entry { key, spot, node });
    }
    Value::Table(entries)
}

fn node(name: &str, text: &str, value: &ast::Value<'_>, slips: &mut Vec<Problem>) -> Node {
    let spot = spot(value.range());
    let value = match value {
        ast::Value::StringLit(s) => Value::Text(s.value.to_string()),
        ast::Value::NumberLit(n) => {
            n.value.parse().map_or_else(|_| Value::Number(n.value.parse().unwrap_or(f64::NAN)), Value::Whole)
        }
        ast::Value::BooleanLit(flag) => Value::Flag(flag.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(list) => Value::List(list.elements.iter().map(|v| node(name, text, v, slips)).collect()),
        ast::Value::Object(object) => table(name, text, object, slips),
    };
    Node { value, spot }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_taken_to_the_letter() {
        let cases =
            ["{\"a\": 1,}", "{/* x */}", "{a: 1}", "{'a': 1}", "{\"a\": 0x1}", "{\"a\": NaN}", "[1]", "{", "{} {}"];
        for text in cases {
            let parsed = parse("a.json", text);
            assert!(!parsed.is_whole && parsed.slips.len() == 1, "{text}");
        }
    }

    #[test]
    fn a_name_written_twice_is_told_and_the_first_kept() {
        let parsed = parse("a.json", "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}, \"a\": 3}");
        assert!(parsed.is_whole);
        assert_eq!(parsed.slips.iter().map(|p| p.column).collect::<Vec<_>>(), [24, 33]);
        assert_eq!(parsed.root.get("a").unwrap().value, Value::Whole(1));
    }

    #[test]
    fn numbers_keep_their_kind() {
        let root = parse("a", "{\"a\": 12, \"b\": 1e2, \"c\": 1e999, \"d\": null}").root;
        assert_eq!(root.get("a").unwrap().value, Value::Whole(12));
        assert_eq!(root.get("b").unwrap().value, Value::Number(100.0));
        assert_eq!(root.get("c").unwrap().value, Value::Number(f64::INFINITY));
        assert_eq!(root.get("d").unwrap().value, Value::Null);
    }
}
