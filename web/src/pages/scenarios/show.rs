//! One scenario: what was answered, what was asked, and what can be done with it.
use super::super::address::Address;
use super::super::frame::{Frame, page as framed};
use super::matter::Matter;
use super::unkept::{Unkept, id, store};
use super::{LIST, asks_name, place, signed};
use crate::front::{Front, Shared};
use crate::scenarios::{Link, LinkFault, Origin, Scenario, kept};
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use plimsoll::report::html;

#[derive(Template)]
#[template(path = "scenario.html")]
struct Page<'a> {
    frame: Frame<'a>,
    place: String,
    name: String,
    notes: Vec<String>,
    verdict: String,
    version: u32,
    newest: u32,
    saved: String,
    origin: String,
    forked_from: Option<(String, String)>,
    as_of: String,
    engine_version: String,
    is_other_engine: bool,
    deleted: String,
    /// Pages that ask the same again.
    whole: String,
    workload: String,
    /// Why there are none.
    unasked: String,
    shared: String,
    unshared: String,
    is_long: bool,
    sections: String,
    text: String,
    changes: String,
    asks_name: bool,
}

/// `GET /scenarios/ID`: the newest version, or the one that is named.
pub(super) async fn page(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    let address = Address::of(request.uri());
    let shown = shown_page(&front, &path, &address).await;
    shown.unwrap_or_else(|unkept| unkept.page(&front, LIST))
}

async fn shown_page(front: &Front, path: &str, address: &Address) -> Result<Response, Unkept> {
    let (store, id) = (store(front)?, id(path)?);
    let scenario = match address.get("version") {
        None => store.load(&id).await?,
        Some(version) => {
            let none =
                || Unkept::new(StatusCode::NOT_FOUND, "There is no such version.", "The history shows all of them.");
            store.load_version(&id, version.parse().map_err(|_| none())?).await?
        }
    };
    Ok(framed(StatusCode::OK, &of(front, &scenario)))
}

fn of<'a>(front: &'a Front, scenario: &Scenario) -> Page<'a> {
    let draft = &scenario.draft;
    let matter = Matter::from(draft);
    let again = matter
        .address(Some(draft.as_of))
        .map(|address| address.with("scenario", scenario.id.as_str()).with("version", &scenario.version.to_string()));
    let (whole, workload, unasked) = match again {
        Ok(address) => (address.at(&format!("/{}", matter.question())), address.at("/workload"), String::new()),
        Err(unkept) => (String::new(), String::new(), unkept.said()),
    };
    let link = Link::of(draft).encode();
    let forked_from = match &scenario.origin {
        Origin::Forked { from, version } => {
            Some((format!("{}?version={version}", place(from)), format!("version {version} of another scenario")))
        }
        _ => None,
    };
    Page {
        frame: Frame::new(front, LIST, draft.name.as_str()),
        place: place(&scenario.id),
        name: draft.name.to_string(),
        notes: draft.notes.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
        verdict: draft.verdict().unwrap_or_else(|| "Not asked yet.".into()),
        version: scenario.version,
        newest: scenario.newest,
        saved: signed(&scenario.saved),
        origin: origin(&scenario.origin).to_owned(),
        forked_from,
        as_of: draft.as_of.to_string(),
        engine_version: draft.engine_version.clone(),
        is_other_engine: draft.engine_version != env!("CARGO_PKG_VERSION"),
        deleted: scenario.deleted.as_ref().map(signed).unwrap_or_default(),
        whole,
        workload,
        unasked,
        is_long: link.as_ref().is_ok_and(|link| link.len() > Link::GOES_ANYWHERE),
        unshared: link.as_ref().err().map(LinkFault::to_string).unwrap_or_default(),
        shared: link.map(|link| format!("/shared?s={link}")).unwrap_or_default(),
        sections: kept(scenario).map(|report| html::sections(&report)).unwrap_or_default(),
        text: draft.workload.clone(),
        changes: draft.changes.clone(),
        asks_name: asks_name(front),
    }
}

/// How a version came to be, in a word.
pub(super) const fn origin(origin: &Origin) -> &'static str {
    match origin {
        Origin::Created => "created",
        Origin::Saved => "saved",
        Origin::Renamed => "renamed",
        Origin::Forked { .. } => "forked",
        Origin::Imported => "imported",
    }
}
