//! The reader of workload files, fed with what nobody would write.
use plimsoll::units::Span;
use plimsoll_ingest::document::{Document, Node, Value};
use plimsoll_ingest::{schema, workload};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const CORPUS: [&str; 4] = [
    include_str!("reader_fuzz/everything.toml"),
    include_str!("reader_fuzz/doubtful.toml"),
    include_str!("reader_fuzz/smallest.toml"),
    include_str!("reader_fuzz/videos.json"),
];

/// Pieces that are put where they do not belong.
const PIECES: [&str; 16] = [
    "0",
    "-1",
    "1e308",
    "nan",
    "inf",
    "\"",
    "\n",
    "[",
    "]]",
    "{",
    "}",
    "= ",
    "\"1e300 GB\"",
    "\"100 %\"",
    "[service.x]\n",
    "\u{e9}",
];

#[derive(Clone, Debug)]
enum Edit {
    Flip(usize, u8),
    Delete(usize, usize),
    Double(usize, usize),
    Insert(usize, usize),
    SwapLines(usize, usize),
    Number(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let (at, length) = (any::<usize>(), 1_usize..40);
    prop_oneof![
        (at, any::<u8>()).prop_map(|(at, byte)| Edit::Flip(at, byte)),
        (at, length.clone()).prop_map(|(at, n)| Edit::Delete(at, n)),
        (at, length).prop_map(|(at, n)| Edit::Double(at, n)),
        (at, any::<usize>()).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (at, any::<usize>()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        (at, any::<usize>()).prop_map(|(at, n)| Edit::Number(at, n)),
    ]
}

fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match *edit {
        Edit::Flip(at, byte) => bytes[at % length] ^= byte,
        Edit::Delete(at, n) => drop(bytes.drain(at % length..(at % length + n).min(length))),
        Edit::Double(at, n) => {
            let at = at % length;
            let part = bytes[at..(at + n).min(length)].to_vec();
            bytes.splice(at..at, part);
        }
        Edit::Insert(at, piece) => drop(bytes.splice(at % length..at % length, PIECES[piece % PIECES.len()].bytes())),
        Edit::SwapLines(a, b) => {
            let mut lines: Vec<_> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            let n = lines.len();
            lines.swap(a % n, b % n);
            *bytes = lines.join(&b'\n');
        }
        Edit::Number(at, n) => {
            let Some(digit) = (0..length).map(|i| (i + at % length) % length).find(|i| bytes[*i].is_ascii_digit())
            else {
                return;
            };
            let end = (digit..length).find(|i| !bytes[*i].is_ascii_digit()).unwrap_or(length);
            bytes.splice(digit..end, ["0", "1", "99", "1000000", "1e6", "1e12"][n % 6].bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_makes_the_reader_panic(file in 0..CORPUS.len(), edits in prop::collection::vec(edit(), 0..6)) {
        let mut bytes = CORPUS[file].as_bytes().to_vec();
        for edit in &edits {
            apply(&mut bytes, edit);
        }
        match workload::read("fuzz", &bytes, &[]) {
            Ok(workload) => {
                prop_assert_eq!(workload.leaves_first().len(), workload.components.len());
                for elapsed in [Span::ZERO, workload.horizon] {
                    let flow = workload.flow(elapsed);
                    workload.components.keys().for_each(|name| drop(flow.of(name).sizing.to_string()));
                }
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|p| !p.to_string().is_empty() && !p.what.is_empty()));
            }
        }
    }

    #[test]
    fn nothing_set_makes_the_reader_panic(path in "[a-z0-9_.]{0,12}|demand\\.[a-z]{0,5}|service\\.api\\.[a-z_]{0,9}(\\.[0-9])?",
                                          value in "\\PC{0,12}") {
        let sets = [(path, value)];
        for text in CORPUS {
            drop(workload::read("fuzz", text.as_bytes(), &sets));
        }
    }
}

fn as_json(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) => json!(text),
        Value::Number(n) => json!(n),
        Value::Whole(n) => json!(n),
        Value::Flag(flag) => json!(flag),
        Value::Null => Json::Null,
        Value::List(elements) => elements.iter().map(as_json).collect(),
        Value::Table(entries) => Json::Object(entries.iter().map(|e| (e.key.clone(), as_json(&e.node))).collect()),
    }
}

#[test]
fn json_and_toml_of_the_same_workload_are_equal() {
    for text in CORPUS {
        let document = Document::parse("corpus", text.as_bytes()).unwrap();
        let json = serde_json::to_string_pretty(&as_json(document.root())).unwrap();
        let read = |text: &str| workload::read("corpus", text.as_bytes(), &[]).unwrap();
        assert_eq!(read(text), read(&json));
    }
}

/// Why a value does not fit a schema, for the keywords that the schema uses.
fn misfits(path: &str, value: &Json, schema: &Json, root: &Json) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        return misfits(path, value, &root["$defs"][name], root);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let fits = options.iter().any(|s| misfits(path, value, s, root).is_empty());
        return if fits { Vec::new() } else { vec![format!("{path}: none of the forms")] };
    }
    let mut found = Vec::new();
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        _ => value.is_number(),
    };
    if schema["type"].as_str().is_some_and(|kind| !is(kind)) {
        found.push(format!("{path}: not of type {}", schema["type"]));
    }
    let is_other = |choice: &Json| !choice.is_null() && choice != value;
    if is_other(&schema["const"]) || schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{path}: not one of the words"));
    }
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        if value.get(required).is_none() {
            found.push(format!("{path}: no {required}"));
        }
    }
    for (name, part) in value.as_object().into_iter().flatten() {
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(known), _) => found.extend(misfits(&format!("{path}/{name}"), part, known, root)),
            (None, Json::Object(_)) => {
                found.extend(misfits(&format!("{path}/{name}"), part, &schema["additionalProperties"], root));
            }
            _ => found.push(format!("{path}: unknown {name}")),
        }
    }
    for (i, part) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(&format!("{path}/{i}"), part, &schema["items"], root));
    }
    found
}

#[test]
fn the_corpus_fits_the_schema_and_what_is_misspelled_does_not() {
    let schema = schema::workload();
    for text in CORPUS {
        let document = Document::parse("corpus", text.as_bytes()).unwrap();
        assert_eq!(misfits("", &as_json(document.root()), &schema, &schema), Vec::<String>::new());
    }
    let wrong = json!({ "name": "a", "entry": "b", "demand": { "peak": 900, "mode": 1 }, "service": { "b": {} } });
    let found = misfits("", &wrong, &schema, &schema);
    let told = ["/demand/peak: none of the forms", "/demand: unknown mode", "/service/b: no cpu_per_request"];
    assert!(told.iter().all(|t| found.contains(&(*t).to_owned())), "{found:?}");
}

/// Every field of the schema is in `everything.toml`, so that the corpus grows with the format.
#[test]
fn one_file_of_the_corpus_has_every_field() {
    let document = Document::parse("everything", CORPUS[0].as_bytes()).unwrap();
    let schema = schema::workload();
    let mut absent = Vec::new();
    unused("", &as_json(document.root()), &schema, &mut absent);
    // Two names of one promise exclude each other; so do a hit ratio and a curve, and entries and data.
    assert_eq!(absent, ["/promises/p99_9", "/cache/curve", "/cache/data"]);
}

fn unused(path: &str, value: &Json, schema: &Json, absent: &mut Vec<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        match value.get(name) {
            None => absent.push(format!("{path}/{name}")),
            Some(part) => unused(&format!("{path}/{name}"), part, field, absent),
        }
    }
    let one = value.as_object().and_then(|o| o.values().next()).or_else(|| value.as_array()?.first());
    for part in [&schema["additionalProperties"], &schema["items"]].into_iter().filter(|s| s.is_object()) {
        unused(path, one.unwrap_or(&Json::Null), part, absent);
    }
}
