//! The JSON Schema (draft 2020-12) of the files that people write, made from the readers' own declarations of fields.
use crate::document::Document;
use crate::reader::{Desk, Layout, Table};
use serde_json::{Value as Json, json};
use std::cell::RefCell;

/// The schema of a workload file.
///
/// ```
/// let schema = plimsoll_ingest::schema::workload();
/// assert_eq!(schema["properties"]["demand"]["required"][0], "peak");
/// ```
pub fn workload() -> Json {
    schema("Plimsoll workload", crate::workload::workload)
}

/// The schema of a file about levers.
pub fn levers() -> Json {
    schema("Plimsoll levers", crate::levers::file)
}

/// The schema of a file of private prices.
pub fn overlay() -> Json {
    schema("Plimsoll price overlay", crate::overlay::overlay)
}

fn schema<T>(title: &str, read: impl FnOnce(&mut Table<'_>) -> T) -> Json {
    let blank = Document::blank(title);
    let desk = Desk::new(&blank);
    let layout = RefCell::new(Layout::default());
    let fields = Table::schema(&desk, &layout, read);
    assert!(desk.told() == 0, "a reader finds no fault where nothing is written");
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title });
    let parts = schema.as_object_mut().expect("an object was just written");
    if let Json::Object(fields) = fields {
        parts.extend(fields);
    }
    parts.insert("$defs".into(), layout.into_inner().into_definitions());
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks the schema and tells what is not fully described.
    fn undescribed(path: &str, schema: &Json, found: &mut Vec<String>) {
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}/{name}");
            if field["description"].as_str().is_none_or(|d| d.len() < 5 || d.ends_with('.')) {
                found.push(path.clone());
            }
            undescribed(&path, field, found);
            undescribed(&path, &field["items"], found);
            undescribed(&path, &field["additionalProperties"], found);
        }
    }

    #[test]
    fn every_field_is_described() {
        for schema in [workload(), overlay()] {
            let mut found = Vec::new();
            undescribed("", &schema, &mut found);
            assert_eq!(found, Vec::<String>::new());
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        for schema in [workload(), overlay()] {
            let text = schema.to_string();
            for part in text.split("\"#/$defs/").skip(1) {
                let name = part.split('"').next().unwrap();
                assert!(schema["$defs"].get(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn fields_carry_their_defaults() {
        let service = &workload()["properties"]["service"]["additionalProperties"];
        assert_eq!(service["required"], json!(["cpu_per_request", "memory"]));
        assert_eq!(service["properties"]["variability"]["default"], json!(1.0));
        assert_eq!(service["properties"]["purchases"]["default"], json!(["on-demand"]));
        assert_eq!(
            service["properties"]["calls"]["items"]["properties"]["mode"]["enum"],
            json!(["sequential", "parallel"])
        );
    }
}
