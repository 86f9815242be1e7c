//! The JSON Schema of workload files, as editors take it.
use super::{parsed, root, run};
use plimsoll_ingest::document::{Document, Node, Value as Written};
use serde_json::Value;

const FILES: [&str; 4] =
    ["fixtures/checkout.toml", "fixtures/video.toml", "fixtures/search.json", "fixtures/one-service.toml"];

fn schema() -> Value {
    let ran = run(&["plan", "--schema"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    parsed(&ran.out)
}

/// What a reference stands for.
fn resolved<'s>(whole: &'s Value, schema: &'s Value) -> &'s Value {
    let name = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
    name.map_or(schema, |name| &whole["$defs"][name])
}

/// Every field of a file, with the place in the schema that describes it.
fn undescribed(path: &str, node: &Node, schema: &Value, whole: &Value, unknown: &mut Vec<String>) {
    let schema = resolved(whole, schema);
    match &node.value {
        Written::Table(entries) => {
            for entry in entries {
                let path = format!("{path}.{}", entry.key);
                let described = |form: &&Value| form["properties"].get(&entry.key).is_some();
                let forms = schema["anyOf"].as_array().into_iter().flatten();
                let form = std::iter::once(schema).chain(forms.map(|form| resolved(whole, form))).find(described);
                let form = form.unwrap_or(schema);
                match form["properties"].get(&entry.key).or_else(|| form.get("additionalProperties")) {
                    Some(field) if field.is_object() => undescribed(&path, &entry.node, field, whole, unknown),
                    _ => unknown.push(path),
                }
            }
        }
        Written::List(elements) => {
            for element in elements {
                undescribed(path, element, &schema["items"], whole, unknown);
            }
        }
        _ => {}
    }
}

#[test]
fn the_schema_says_what_it_is() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], false, "what is misspelled is found by the editor");
    assert!(schema["properties"]["demand"]["properties"]["peak"].is_object());
}

#[test]
fn the_schema_knows_every_field_of_the_fixtures_and_the_cases() {
    let schema = schema();
    let cases = std::fs::read_dir(root().join("tests/cases/plan")).expect("there are stories");
    let cases = cases.map(|case| case.expect("a folder").path().join("question.toml"));
    let cases = cases.filter(|file| file.exists());
    let files: Vec<_> = FILES.iter().map(|file| root().join(file)).chain(cases).collect();
    assert!(files.len() > 10);
    for path in files {
        let bytes = std::fs::read(&path).expect("the file is there");
        let name = path.file_name().expect("files have names").to_string_lossy();
        let document = Document::parse(&name, &bytes).expect("the file is TOML or JSON");
        let mut unknown = Vec::new();
        undescribed("", document.root(), &schema, &schema, &mut unknown);
        assert_eq!(unknown, Vec::<String>::new(), "{}", path.display());
    }
}
