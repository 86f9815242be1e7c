//! Fields as their readers declare them: what the schema is made of.
use serde_json::{Map, Value as Json, json};

/// A field of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a few words.
    pub doc: &'static str,
    /// Whether it must be there.
    pub is_required: bool,
    /// The JSON Schema of its value; null while a file is read.
    pub schema: Json,
    /// What holds where it is not written, as a file would say it.
    pub default: Option<Json>,
}

/// The schemas that several fields share, by name.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    definitions: Map<String, Json>,
}

impl Layout {
    /// A reference to a shared schema, which is made at the first mention.
    pub fn share(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        let name = name.replace(' ', "_");
        if !self.definitions.contains_key(&name) {
            let made = make(self);
            self.definitions.insert(name.clone(), made);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
    /// All of them.
    pub fn into_definitions(self) -> Json {
        Json::Object(self.definitions)
    }
}

/// The schema of a table with these fields.
pub(super) fn schema_of(fields: Vec<Field>) -> Json {
    let required: Vec<_> = fields.iter().filter(|f| f.is_required).map(|f| f.name).collect();
    let properties: Map<String, Json> = fields
        .into_iter()
        .map(|field| {
            let mut schema = json!({ "description": field.doc });
            let described = schema.as_object_mut().expect("an object was just written");
            if let Json::Object(parts) = field.schema {
                described.extend(parts);
            }
            if let Some(default) = field.default {
                described.insert("default".into(), default);
            }
            (field.name.to_owned(), schema)
        })
        .collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}
