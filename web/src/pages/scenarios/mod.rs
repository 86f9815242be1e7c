//! The pages of scenarios that are kept: the list, each of them with its history, and two side by side.
//!
//! What is kept is what the address of a plan says, with the answer that was given. Whatever changes something is a form
//! that is sent, so that no link does; after it a browser is sent on, so that going back does nothing twice.
mod change;
mod compare;
mod form;
mod history;
mod list;
mod matter;
mod save;
mod shared;
mod show;
mod text;
mod unkept;

pub(super) use save::{Saving, saving};

use crate::front::{Front, Shared};
use crate::scenarios::{ScenarioId, Stamp};
use axum::Router;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Where the list is.
const LIST: &str = "/scenarios";

/// The paths of these pages.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/scenarios", get(list::page).post(save::save))
        .route("/scenarios/compare", get(compare::page))
        .route("/scenarios/import", post(text::import))
        .route("/scenarios/{id}", get(show::page))
        .route("/scenarios/{id}/history", get(history::page))
        .route("/scenarios/{id}/export", get(text::export))
        .route("/scenarios/{id}/rename", post(change::rename))
        .route("/scenarios/{id}/fork", post(change::fork))
        .route("/scenarios/{id}/delete", post(change::delete))
        .route("/scenarios/{id}/restore", post(change::restore))
        .route("/scenarios/{id}/purge", post(change::purge))
        .route("/shared", get(shared::page))
}

/// Whether whoever saves has to type a name; where a proxy says who asks, it knows better.
const fn asks_name(front: &Front) -> bool {
    front.config.trusted.is_none()
}

/// The page of a scenario.
fn place(id: &ScenarioId) -> String {
    format!("{LIST}/{id}")
}

/// Sends the browser to another page, after something was done.
fn sent_on(to: &str) -> Response {
    let place = HeaderValue::from_str(to).expect("places are plain");
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}

/// `2026-11-25 12:00 UTC`.
fn shown(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// `Ann, 2026-11-25 12:00 UTC`.
fn signed(stamp: &Stamp) -> String {
    format!("{}, {}", stamp.by, shown(stamp.at))
}

/// What an address says several times, each once, in its order.
fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}
