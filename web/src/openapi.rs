//! The description of the API, made of what the questions declare: their words, flags and help.
mod examples;

use crate::asking::takes_workload;
use plimsoll::Question;
use plimsoll_desk::{Flag, Kind, about, flags};
use plimsoll_ingest::schema;
use serde_json::{Map, Value, json};

/// The whole description, OpenAPI 3.1.
pub(crate) fn description() -> Value {
    let mut paths = Map::new();
    for question in Question::KINDS {
        let about = about(question).unwrap_or_default();
        paths.insert(format!("/api/v1/{question}"), json!({ "post": asked(question, &about) }));
        paths.insert(format!("/api/v1/jobs/{question}"), json!({ "post": begun(question, &about) }));
    }
    paths.insert(
        "/api/v1/jobs/{id}".into(),
        json!({
            "parameters": [id()],
            "get": one("state", "How far a job is.", "200", "The job.", "Job"),
            "delete": one("cancel", "Stops a job; what was answered before stays.", "200", "The job.", "Job"),
        }),
    );
    paths.insert("/api/v1/jobs/{id}/answer".into(), json!({ "parameters": [id()], "get": job_answer() }));
    paths.insert("/api/v1/jobs/{id}/events".into(), json!({ "parameters": [id()], "get": job_events() }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Plimsoll",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The questions of the command line, answered with the same bytes. A question takes its files \
                            inline as JSON, or as a form whose files are streamed. Field names say their unit at the end.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
        },
    })
}

fn id() -> Value {
    json!({
        "name": "id", "in": "path", "required": true, "description": "The id that the job was given.",
        "schema": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
    })
}

fn content(schema: &str) -> Value {
    json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } })
}

fn response(description: &str, schema: &str) -> Value {
    json!({ "description": description, "content": content(schema) })
}

/// What any request may be turned down with.
fn turned(mut responses: Value, more: &[(&str, &str)]) -> Value {
    let always = [
        ("401", "Nothing says who asks."),
        ("403", "A page of another site asks."),
        ("421", "The server is called by a name that is not its machine's."),
    ];
    for (status, description) in always.iter().chain(more) {
        responses[*status] = response(description, "Envelope");
    }
    responses
}

fn one(name: &str, summary: &str, status: &str, description: &str, schema: &str) -> Value {
    let responses = turned(json!({ status: response(description, schema) }), &[("404", "There is no such job.")]);
    json!({ "operationId": format!("job_{name}"), "summary": summary, "responses": responses })
}

/// What a question that is read may be turned down with.
const UNREAD: [(&str, &str); 5] = [
    ("400", "The question was not understood: every problem with its place."),
    ("408", "The request did not come in time."),
    ("413", "The request is larger than is read."),
    ("415", "The request is neither JSON nor a form."),
    ("429", "Too many wait; Retry-After says when to ask again."),
];

fn asked(question: &str, about: &str) -> Value {
    let answered = json!({
        "200": response("Answered.", "Envelope"),
        "422": response("An honest no: the refusal, with its numbers.", "Envelope"),
    });
    let late = ("503", "It takes longer than is waited for: ask it as a job.");
    let more: Vec<_> = UNREAD.into_iter().chain([late, ("507", "The files cannot be kept.")]).collect();
    json!({
        "operationId": question,
        "summary": about,
        "requestBody": body(question),
        "responses": turned(answered, &more),
    })
}

fn begun(question: &str, about: &str) -> Value {
    let mut accepted = response("The job has begun.", "Job");
    accepted["headers"] = json!({ "Location": { "description": "Where the job is.", "schema": { "type": "string" } } });
    let more: Vec<_> = UNREAD.into_iter().chain([("507", "The files cannot be kept.")]).collect();
    json!({
        "operationId": format!("job_{question}"),
        "summary": format!("As a job: {about}"),
        "requestBody": body(question),
        "responses": turned(json!({ "202": accepted }), &more),
    })
}

fn job_answer() -> Value {
    let responses = json!({
        "200": response("Answered.", "Envelope"),
        "202": response("Not yet.", "Job"),
        "410": response("The job was canceled.", "Envelope"),
        "422": response("An honest no.", "Envelope"),
    });
    let more = [
        ("400", "The question was not understood."),
        ("404", "There is no such job."),
        ("429", "Too many waited."),
        ("503", "The question was stopped."),
    ];
    json!({ "operationId": "job_answer", "summary": "What came of a job.", "responses": turned(responses, &more) })
}

fn job_events() -> Value {
    let stream = json!({
        "description": "An event `progress` four times a second, and `end`; the data of each is the job.",
        "content": { "text/event-stream": { "schema": {} } },
    });
    let responses = turned(json!({ "200": stream }), &[("404", "There is no such job.")]);
    json!({ "operationId": "job_events", "summary": "How far a job is, until it ends.", "responses": responses })
}

/// A question in JSON, or as a form.
fn body(question: &str) -> Value {
    let all = flags(question).unwrap_or_default();
    let named: Map<String, Value> = all.iter().map(|flag| (flag.name.clone(), value(flag))).collect();
    let files = json!({ "type": "array", "items": { "$ref": "#/components/schemas/File" } });
    let mut json = json!({ "schema": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "workload": {
                "description": "A workload: the text of a file, or its content as an object.",
                "oneOf": [{ "type": "string" }, { "$ref": "#/components/schemas/Workload" }],
            },
            "inputs": { "description": "The files that the question is about.", "allOf": [files] },
            "files": { "description": "Files that flags name.", "allOf": [files] },
            "flags": { "type": "object", "additionalProperties": false, "properties": named },
        },
    }});
    if !takes_workload(question)
        && let Some(fields) = json["schema"]["properties"].as_object_mut()
    {
        fields.remove("workload");
    }
    if let Some(example) = examples::of(question) {
        json["examples"] = json!({ "smallest": { "summary": "A question that is answered.", "value": example } });
    }
    let parts: Map<String, Value> = all.iter().map(|flag| (flag.name.clone(), part(flag))).collect();
    let mut parts = Value::Object(parts);
    parts["input"] = json!({
        "type": "array", "items": { "type": "string", "contentMediaType": "application/octet-stream" },
        "description": "The files that the question is about; any name of a part that is no flag will do.",
    });
    if takes_workload(question) {
        parts["workload"] = json!({ "type": "string", "description": "The text of a workload file." });
    }
    json!({ "required": true, "content": {
        "application/json": json,
        "multipart/form-data": { "schema": { "type": "object", "properties": parts } },
    }})
}

/// What may be given for a flag in JSON.
fn value(flag: &Flag) -> Value {
    let one = match &flag.kind {
        Kind::Switch => json!({ "type": ["boolean", "string"] }),
        Kind::Words(words) => json!({ "type": "string", "enum": words }),
        Kind::File => json!({ "type": "string", "description": "The name of one of `files`." }),
        Kind::Text => json!({ "type": ["string", "number", "boolean"] }),
    };
    let mut schema = if flag.is_list { json!({ "oneOf": [one, { "type": "array", "items": one }] }) } else { one };
    schema["description"] = json!(flag.help);
    if !flag.default.is_empty() {
        schema["default"] = json!(flag.default);
    }
    schema
}

/// What may be given for a flag in a form.
fn part(flag: &Flag) -> Value {
    let mut schema = match &flag.kind {
        Kind::Switch => json!({ "type": "string", "enum": ["true", "false"] }),
        Kind::Words(words) => json!({ "type": "string", "enum": words }),
        Kind::File => json!({ "type": "string", "contentMediaType": "application/octet-stream" }),
        Kind::Text => json!({ "type": "string" }),
    };
    schema["description"] = json!(flag.help);
    schema
}

fn schemas() -> Value {
    let text_or_null = json!({ "type": ["string", "null"] });
    let mut workload = schema::workload();
    let definitions = workload.as_object_mut().and_then(|schema| schema.remove("$defs"));
    if let Some(schema) = workload.as_object_mut() {
        schema.remove("$schema");
    }
    let mut schemas = json!({
        "Envelope": {
            "type": "object",
            "description": "What every question is answered with. `answer` or `refusal` is null, and both are with problems.",
            "required": ["question", "version", "verdict", "answer", "refusal", "notes", "problems"],
            "properties": {
                "question": { "type": "string" },
                "version": { "type": "string" },
                "seed": { "type": "integer" },
                "draws": { "type": "integer" },
                "as_of": { "type": "string", "format": "date" },
                "inputs": { "type": "array", "items": { "type": "object" } },
                "prices": { "type": "array", "items": { "type": "object" } },
                "verdict": text_or_null,
                "answer": { "type": ["object", "null"] },
                "refusal": { "type": ["object", "null"] },
                "notes": { "type": "array", "items": { "type": "string" } },
                "problems": { "type": "array", "items": { "$ref": "#/components/schemas/Problem" } },
            },
        },
        "Problem": {
            "type": "object",
            "required": ["file", "line", "column", "what", "help"],
            "properties": {
                "file": { "type": "string" },
                "line": { "type": "integer" },
                "column": { "type": "integer" },
                "what": { "type": "string" },
                "help": { "type": "string" },
            },
        },
        "Job": {
            "type": "object",
            "required": ["id", "question", "state", "bytes_read", "bytes_total", "status", "answer"],
            "properties": {
                "id": { "type": "string" },
                "question": { "type": "string" },
                "state": { "type": "string", "enum": ["running", "done", "canceled"] },
                "bytes_read": { "type": "integer" },
                "bytes_total": { "type": ["integer", "null"] },
                "status": { "type": ["integer", "null"], "description": "The status that the answer has." },
                "answer": { "type": "string", "description": "Where the answer is." },
            },
        },
        "File": {
            "type": "object",
            "required": ["name", "text"],
            "additionalProperties": false,
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 255 },
                "text": { "type": "string" },
            },
        },
        "Workload": workload,
    });
    if let Some(Value::Object(definitions)) = definitions {
        for (name, schema) in definitions {
            schemas[name] = schema;
        }
    }
    moved(&mut schemas);
    schemas
}

/// Points to the places of definitions in a description, not in a schema of its own.
fn moved(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(to) if name == "$ref" => *to = to.replace("#/$defs/", "#/components/schemas/"),
                    other => moved(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(moved),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, field)| match field {
                Value::String(to) if name == "$ref" => drop(found.insert(to.clone())),
                other => references(other, found),
            }),
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_question_is_described_with_an_example_and_its_flags() {
        let all = description();
        for question in Question::KINDS {
            let content = &all["paths"][format!("/api/v1/{question}")]["post"]["requestBody"]["content"];
            let json = &content["application/json"];
            assert!(json["examples"]["smallest"]["value"].is_object(), "{question} has an example");
            let flags = json["schema"]["properties"]["flags"]["properties"].as_object().unwrap();
            assert!(flags.len() > 3 && flags.values().all(|flag| flag["description"].is_string()), "{question}");
            let parts = content["multipart/form-data"]["schema"]["properties"].as_object().unwrap();
            let own = if takes_workload(question) { 2 } else { 1 };
            assert_eq!(parts.len(), flags.len() + own, "{question}: no flag is called `input` or `workload`");
            assert_eq!(json["schema"]["properties"].get("workload").is_some(), takes_workload(question), "{question}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let (all, mut found) = (description(), BTreeSet::new());
        references(&all, &mut found);
        assert!(found.len() > 5, "{found:?}");
        for reference in found {
            let path = reference.strip_prefix('#').expect("references stay in the description");
            assert!(all.pointer(path).is_some(), "{reference}");
        }
    }

    #[test]
    fn operations_have_names_of_their_own() {
        let all = description();
        let paths = all["paths"].as_object().unwrap().values();
        let names: Vec<&str> = paths
            .flat_map(|path| path.as_object().unwrap().values())
            .filter_map(|operation| operation["operationId"].as_str())
            .collect();
        let once: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(once.len(), names.len(), "{names:?}");
    }
}
