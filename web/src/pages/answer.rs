//! Asking for a page: in turn, with an end, and as a page whatever comes of it.
use super::frame;
use crate::asking::Asking;
use crate::front::Shared;
use crate::kitchen::{Outcome, Unanswered, cooked};
use crate::reply::Turned;
use crate::watch::Watch;
use axum::http::StatusCode;
use axum::response::Response;

/// Asks, and makes a page of the outcome; off the threads of the network, as reports of large bills take their time.
pub(super) async fn answered(
    front: &Shared,
    path: &str,
    asking: Result<Asking, Turned>,
    make: impl FnOnce(&Shared, Outcome) -> Response + Send + 'static,
) -> Response {
    let asking = match asking {
        Ok(asking) => asking,
        Err(turned) => return frame::turned(front, path, &turned),
    };
    let watch = Watch::default();
    let _ended = watch.ended_by();
    let for_page = Shared::clone(front);
    let cooked = cooked(front, asking, watch.clone(), move |outcome| make(&for_page, outcome));
    let made = tokio::time::timeout(front.config.limits.answer, cooked).await;
    made.unwrap_or(Err(Unanswered::Stopped)).unwrap_or_else(|why| frame::turned(front, path, &why.into()))
}

/// The status of an outcome.
pub(super) fn status(outcome: &Outcome) -> StatusCode {
    match outcome {
        Ok(answered) if answered.is_refused() => StatusCode::UNPROCESSABLE_ENTITY,
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::BAD_REQUEST,
    }
}
