//! Which path leads where, and what every request passes on its way.
use crate::front::Shared;
use crate::guard::guard;
use crate::headers::secured;
use crate::metrics::{metrics, observed};
use crate::reply::Turned;
use crate::{api, pages};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::sync::atomic::Ordering;
use tower_http::compression::CompressionLayer;

/// Everything that is served.
pub(crate) fn router(front: Shared) -> Router {
    let open =
        Router::new().route("/healthz", get("ok\n")).route("/readyz", get(ready)).route("/metrics", get(metrics));
    // The last that is added is passed first.
    open.merge(api::routes())
        .merge(pages::routes(&front))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(front.clone(), guard))
        .layer(from_fn(secured))
        .layer(from_fn_with_state(front.clone(), observed))
        .with_state(front)
}

/// Whether new questions are taken.
async fn ready(State(front): State<Shared>) -> Result<&'static str, Turned> {
    if !front.is_open.load(Ordering::Relaxed) {
        return Err(Turned::down(StatusCode::SERVICE_UNAVAILABLE, "the server is about to end", "ask another one"));
    }
    let answers = match &front.scenarios {
        Some(store) => store.ping().await.is_ok(),
        None => true,
    };
    if answers {
        return Ok("ready\n");
    }
    Err(Turned::down(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer", "ask again in a moment"))
}
