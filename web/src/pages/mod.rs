//! The pages: each is what its address says, so that a link shows the same to whoever opens it.
//!
//! Every page stands in one frame (`frame`), and can be read without scripts. A question has its page by its word: the
//! form beside the answer is made of the flags that the question declares, and the answer is the report that every front
//! shows. A page of its own, as `prices` or `workload` have, takes the place of that one in [`routes`].
mod address;
mod answer;
mod assets;
mod copies;
mod explain;
mod fields;
mod frame;
mod levers;
mod login;
mod open;
mod prices;
mod question;
mod remembered;
mod samples;
mod scenarios;
mod start;
mod uploads;
mod workload;

pub(crate) use assets::Assets;
pub(crate) use remembered::Remembered;
pub(crate) use uploads::Uploads;

use crate::front::Shared;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use plimsoll::Question;

/// The paths of all pages.
pub(crate) fn routes(front: &Shared) -> Router<Shared> {
    let mut router = Router::new()
        .route("/", get(start::page))
        .route("/open", get(open::page).post(open::upload))
        .route("/workload", get(workload::page).post(workload::read))
        .route("/explain", get(explain::page))
        .route("/prices", get(prices::list))
        .route("/prices/show", get(prices::show))
        .route("/prices/compare", get(prices::compare))
        .route("/help", get(frame::help))
        .route("/login", get(login::page).post(login::enter))
        .route("/assets/{hash}/{name}", get(assets::asset));
    for question in Question::KINDS {
        let page = move |State(front): State<Shared>, request: Request| question::page(front, question, request);
        router = router.route(&format!("/{question}"), get(page));
    }
    router
        .route_layer(from_fn_with_state(Shared::clone(front), remembered::remember))
        // What is kept changes under its address.
        .merge(scenarios::routes())
        .fallback(nowhere)
}

/// No page.
async fn nowhere(State(front): State<Shared>, request: Request) -> Response {
    let help = "The way back is at the top.";
    frame::told(&front, request.uri().path(), axum::http::StatusCode::NOT_FOUND, "There is no such page.", help)
        .into_response()
}
