//! Two scenarios, or two versions of one, side by side.
use super::super::address::Address;
use super::super::frame::{Frame, page as framed};
use super::unkept::{Unkept, id, store};
use super::{LIST, distinct, place};
use crate::front::{Front, Shared};
use crate::scenarios::{Scenario, Store, compare};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use plimsoll::report::{Report, csv, html, md, text};

/// Where this page is.
const HERE: &str = "/scenarios/compare";

/// What may be taken along: what it is called, its word and its type.
const COPIES: [(&str, &str, &str); 3] = [
    ("md", "Markdown", "text/markdown; charset=utf-8"),
    ("csv", "CSV", "text/csv; charset=utf-8"),
    ("txt", "Text", "text/plain; charset=utf-8"),
];

#[derive(Template)]
#[template(path = "scenario_compare.html")]
struct Page<'a> {
    frame: Frame<'a>,
    verdict: String,
    sections: String,
    copies: Vec<(&'static str, &'static str, String)>,
    left: (String, String),
    right: (String, String),
    swapped: String,
}

/// `GET /scenarios/compare?id=ID&id=ID`; `ID.3` is a version. The first is before the second, or with `order=time` whichever
/// was saved before the other: what is ticked in a list comes in the order of the list.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let address = Address::of(request.uri());
    compared(&front, &address).await.unwrap_or_else(|unkept| unkept.page(&front, LIST))
}

async fn compared(front: &Front, address: &Address) -> Result<Response, Unkept> {
    let store = store(front)?;
    let [left, right] = distinct(address.all("id"))[..] else {
        let help = "Tick two of them in the list or in a history, and compare them.";
        return Err(Unkept::new(StatusCode::BAD_REQUEST, "Two scenarios are compared.", help));
    };
    let mut sides = [(left, named(store, left).await?), (right, named(store, right).await?)];
    if address.get("order") == Some("time") {
        sides.sort_by_key(|(_, side)| (side.saved.at, side.version));
    }
    let [(left, a), (right, b)] = sides;
    let report = compare(&a, &b);
    if let Some((word, _, kind)) = COPIES.iter().find(|(word, ..)| address.get("as") == Some(*word)) {
        return Ok(copy(&report, word, kind));
    }
    let shown = |side: &Scenario| {
        let word = format!("{}, version {} of {}", side.draft.name, side.version, side.newest);
        (format!("{}?version={}", place(&side.id), side.version), word)
    };
    let page = Page {
        frame: Frame::new(front, LIST, report.verdict.as_str()),
        sections: html::sections(&report),
        copies: COPIES.iter().map(|(word, name, _)| (*name, *word, address.with("as", word).at(HERE))).collect(),
        left: shown(&a),
        right: shown(&b),
        swapped: Address::default().and("id", right).and("id", left).at(HERE),
        verdict: report.verdict,
    };
    Ok(framed(StatusCode::OK, &page))
}

async fn named(store: &Store, name: &str) -> Result<Scenario, Unkept> {
    let Some((scenario, version)) = name.split_once('.') else { return Ok(store.load(&id(name)?).await?) };
    let none = || Unkept::new(StatusCode::NOT_FOUND, "There is no such version.", "The history shows all of them.");
    Ok(store.load_version(&id(scenario)?, version.parse().map_err(|_| none())?).await?)
}

fn copy(report: &Report, word: &str, kind: &'static str) -> Response {
    let bytes = match word {
        "md" => md::render(report),
        "csv" => csv::render(report),
        _ => text::render(report),
    };
    let place = HeaderValue::from_str(&format!("attachment; filename=\"compare.{word}\"")).expect("words are plain");
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, place)], bytes).into_response()
}
