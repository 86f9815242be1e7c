//! Saving what the address of an answer about a workload says, with the answer that it has now.
use super::super::address::Address;
use super::super::frame::{self, Frame, page as framed};
use super::form::Form;
use super::matter::Matter;
use super::unkept::{Unkept, id as id_of, store};
use super::{LIST, asks_name, place, sent_on, signed};
use crate::front::{Front, Shared};
use crate::kitchen::{Unanswered, cooked};
use crate::reply::Turned;
use crate::scenarios::{Changed, Draft, Scenario, StoreError, compare};
use crate::watch::Watch;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use plimsoll::report::html;
use plimsoll_desk::Format;
use serde::Deserialize;

/// The form that saves what a page shows.
pub(in crate::pages) struct Saving {
    /// The address of the page: what is saved is asked anew.
    pub(in crate::pages) query: String,
    /// The word of the question that is asked.
    pub(in crate::pages) question: &'static str,
    /// Whether a name has to be typed: a proxy in front may know it.
    pub(in crate::pages) asks_name: bool,
    /// The scenario that the page came from, with its version.
    pub(in crate::pages) from: Option<(String, String)>,
    pub(in crate::pages) name: String,
    pub(in crate::pages) notes: String,
}

/// The form below an answer, or why what the page shows cannot be saved.
pub(in crate::pages) fn saving(
    front: &Front,
    address: &Address,
    question: &'static str,
) -> Result<Saving, &'static str> {
    if front.scenarios.is_none() {
        return Err("This server keeps no scenarios; its address holds all that this page shows of a workload.");
    }
    if address.get("w").is_none() || address.get("f").is_some() {
        return Err(
            "An answer about files is not kept as a scenario: the files are here for a while only. Take it along in \
                    one of the forms above.",
        );
    }
    let from = address.get("scenario").zip(address.get("version"));
    let query = address.without("scenario").without("version").at("").trim_start_matches('?').to_owned();
    Ok(Saving {
        query,
        question,
        asks_name: asks_name(front),
        from: from.map(|(id, version)| (id.to_owned(), version.to_owned())),
        name: String::new(),
        notes: String::new(),
    })
}

impl Saving {
    /// With a name and notes that came along.
    pub(super) fn called(self, name: &str, notes: &str) -> Self {
        Self { name: name.to_owned(), notes: notes.to_owned(), ..self }
    }
}

/// `POST /scenarios`: a new scenario, or the next version of one.
pub(super) async fn save(State(front): State<Shared>, request: Request) -> Response {
    saved(&front, request).await.unwrap_or_else(|response| response)
}

async fn saved(front: &Shared, request: Request) -> Result<Response, Response> {
    let told = |unkept: Unkept| unkept.page(front, LIST);
    let store = store(front).map_err(told)?;
    let form = Form::read(front, request).await.map_err(told)?;
    let stamp = form.stamp().map_err(told)?;
    let address = Address::read(form.get("q"));
    let matter = Matter::of(&address, form.get("question")).map_err(told)?;
    let notes = form.get("notes").to_owned();
    let (kept, draft) = if form.get("as") == "next" {
        let (id, version) = (id_of(form.get("scenario")).map_err(told)?, form.version().map_err(told)?);
        // The next version is called as the one before, and keeps its notes where none are written.
        let before = store.load(&id).await.map_err(|error| told(error.into()))?.draft;
        let notes = if notes.is_empty() { before.notes } else { notes };
        let draft = Draft { name: before.name, notes, ..answered(front, &address, matter).await? };
        (store.save(&id, version, &draft, &stamp).await.map(|_| id), draft)
    } else {
        let name = form.name("name", "The name").map_err(told)?;
        let draft = Draft { name, notes, ..answered(front, &address, matter).await? };
        (store.create(&draft, &stamp).await, draft)
    };
    match kept {
        Ok(id) => Ok(sent_on(&place(&id))),
        Err(StoreError::Changed(changed)) => Ok(conflict(front, &changed, &draft, &form)),
        Err(error) => Err(told(error.into())),
    }
}

/// Asks what is to be saved. A refusal is an answer too; what is not understood is not kept.
async fn answered(front: &Shared, address: &Address, matter: Matter) -> Result<Draft, Response> {
    #[derive(Deserialize)]
    struct Envelope {
        version: String,
        as_of: jiff::civil::Date,
    }
    let turned = |turned: Turned| frame::turned(front, LIST, &turned);
    let asking = address.asking(front, matter.question()).map_err(turned)?;
    let watch = Watch::default();
    let _ended = watch.ended_by();
    let written = cooked(front, asking, watch.clone(), |outcome| {
        outcome.map(|answered| {
            let mut json = Vec::new();
            answered.write(Format::Json, &mut json).expect("memory can be written");
            String::from_utf8(json).expect("JSON is UTF-8")
        })
    });
    let written = tokio::time::timeout(front.config.limits.answer, written).await;
    let written = written.unwrap_or(Err(Unanswered::Stopped)).map_err(|why| turned(why.into()))?;
    let result = written.map_err(|failure| frame::failed(front, LIST, &failure))?;
    let envelope: Envelope = serde_json::from_str(&result).expect("every envelope has a version and a day");
    let unnamed = "unnamed".parse().expect("it is a name");
    Ok(Draft {
        changes: matter.changes,
        result: Some(result),
        engine_version: envelope.version,
        ..Draft::new(unnamed, matter.workload, envelope.as_of)
    })
}

#[derive(Template)]
#[template(path = "scenario_conflict.html")]
struct Conflict<'a> {
    frame: Frame<'a>,
    name: String,
    id: String,
    /// The version that the edit began from, and the one that was found.
    began_from: u32,
    found: u32,
    theirs: String,
    query: &'a str,
    question: &'a str,
    by: &'a str,
    notes: &'a str,
    verdict: String,
    sections: String,
}

/// Somebody was faster: what they saved is compared with what was to be saved, and whoever asks decides.
fn conflict(front: &Front, changed: &Changed, mine: &Draft, form: &Form) -> Response {
    let found = &changed.found;
    let would_be = Scenario { version: found.version + 1, draft: mine.clone(), ..found.clone() };
    let report = compare(found, &would_be);
    let page = Conflict {
        frame: Frame::new(front, LIST, "Somebody was faster"),
        name: found.draft.name.to_string(),
        id: found.id.to_string(),
        began_from: changed.began_from,
        found: found.version,
        theirs: signed(&found.saved),
        query: form.get("q"),
        question: form.get("question"),
        by: form.get("by"),
        notes: form.get("notes"),
        verdict: report.verdict.clone(),
        sections: html::sections(&report),
    };
    framed(StatusCode::CONFLICT, &page)
}
