//! Every version of a scenario.
use super::super::frame::{Frame, page as framed};
use super::show::origin;
use super::unkept::{Unkept, id, store};
use super::{LIST, place, shown};
use crate::front::{Front, Shared};
use crate::scenarios::Edition;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "scenario_history.html")]
struct Page<'a> {
    frame: Frame<'a>,
    place: String,
    id: String,
    name: String,
    rows: Vec<Row>,
}

struct Row {
    version: u32,
    name: String,
    verdict: String,
    origin: &'static str,
    by: String,
    at: String,
    as_of: String,
    engine_version: String,
}

impl From<Edition> for Row {
    fn from(edition: Edition) -> Self {
        Self {
            version: edition.version,
            name: edition.name.to_string(),
            verdict: edition.verdict.unwrap_or_else(|| "not asked yet".into()),
            origin: origin(&edition.origin),
            by: edition.saved.by.to_string(),
            at: shown(edition.saved.at),
            as_of: edition.as_of.to_string(),
            engine_version: edition.engine_version,
        }
    }
}

/// `GET /scenarios/ID/history`.
pub(super) async fn page(State(front): State<Shared>, Path(path): Path<String>) -> Response {
    told(&front, &path).await.unwrap_or_else(|unkept| unkept.page(&front, LIST))
}

async fn told(front: &Front, path: &str) -> Result<Response, Unkept> {
    let id = id(path)?;
    let rows: Vec<Row> = store(front)?.history(&id).await?.into_iter().map(Row::from).collect();
    let name = rows.first().map(|row| row.name.clone()).unwrap_or_default();
    let frame = Frame::new(front, LIST, format!("History of {name}"));
    Ok(framed(StatusCode::OK, &Page { frame, place: place(&id), id: id.to_string(), name, rows }))
}
