//! The list of what is kept, or of what was deleted and can be restored.
use super::super::address::Address;
use super::super::frame::{Frame, page as framed};
use super::unkept::{Unkept, store};
use super::{LIST, asks_name, place, shown, signed};
use crate::front::{Front, Shared};
use crate::scenarios::{ScenarioId, Search, Store, StoreError, Summary, Which};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// So many scenarios stand on a page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "scenarios.html")]
struct Page<'a> {
    frame: Frame<'a>,
    heading: String,
    search: String,
    is_deleted: bool,
    rows: Vec<Row>,
    before: String,
    after: String,
    asks_name: bool,
    /// What was deleted a moment ago: its id and name.
    undo: Option<(String, String)>,
}

struct Row {
    id: String,
    name: String,
    href: String,
    verdict: String,
    saved_by: String,
    saved_at: String,
    version: u32,
    as_of: String,
    deleted: String,
}

impl From<&Summary> for Row {
    fn from(summary: &Summary) -> Self {
        let newest = &summary.newest;
        Self {
            id: summary.id.to_string(),
            name: newest.name.to_string(),
            href: place(&summary.id),
            verdict: newest.verdict.clone().unwrap_or_else(|| "not asked yet".into()),
            saved_by: newest.saved.by.to_string(),
            saved_at: shown(newest.saved.at),
            version: newest.version,
            as_of: newest.as_of.to_string(),
            deleted: summary.deleted.as_ref().map(signed).unwrap_or_default(),
        }
    }
}

/// `GET /scenarios`.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let address = Address::of(request.uri());
    listed(&front, &address).await.unwrap_or_else(|unkept| unkept.page(&front, LIST))
}

async fn listed(front: &Front, address: &Address) -> Result<Response, Unkept> {
    let store = store(front)?;
    let is_deleted = address.get("deleted").is_some();
    let number = address.get("page").and_then(|page| page.parse().ok()).unwrap_or(1_u32).max(1);
    let search = Search {
        name: address.get("q").unwrap_or_default().to_owned(),
        which: if is_deleted { Which::Deleted } else { Which::Kept },
        skip: (number - 1).saturating_mul(PAGE),
        most: PAGE,
    };
    let listing = store.list(&search).await?;
    let turn = |page: u32| address.with("page", &page.to_string()).without("undo").at(LIST);
    let is_more = u64::from(search.skip) + u64::from(PAGE) < listing.total;
    let page = Page {
        frame: Frame::new(front, LIST, "Scenarios"),
        heading: heading(listing.total, is_deleted, &search.name),
        is_deleted,
        rows: listing.summaries.iter().map(Row::from).collect(),
        before: if number > 1 { turn(number - 1) } else { String::new() },
        after: if is_more { turn(number + 1) } else { String::new() },
        asks_name: asks_name(front),
        undo: undo(store, address).await?,
        search: search.name,
    };
    Ok(framed(StatusCode::OK, &page))
}

fn heading(total: u64, is_deleted: bool, search: &str) -> String {
    let state = if is_deleted { "deleted" } else { "kept" };
    let called = if search.is_empty() { String::new() } else { format!(" with “{search}” in their names") };
    match total {
        0 => format!("No scenarios are {state}{called}"),
        1 => format!("1 scenario is {state}{called}"),
        n => format!("{n} scenarios are {state}{called}"),
    }
}

/// What the address says was just deleted, if it still is.
async fn undo(store: &Store, address: &Address) -> Result<Option<(String, String)>, Unkept> {
    let Some(id) = address.get("undo").and_then(|id| id.parse::<ScenarioId>().ok()) else { return Ok(None) };
    match store.load(&id).await {
        Ok(found) => Ok(found.deleted.map(|_| (id.to_string(), found.draft.name.to_string()))),
        Err(StoreError::Missing(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
