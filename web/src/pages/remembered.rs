//! Pages that were made before: the same address on the same day is the same page, so it is made once.
use crate::front::Shared;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So many bytes of pages are kept.
const MOST: usize = 32 << 20;
/// A larger page is not kept: it would drive out many small ones.
const LARGEST: usize = 2 << 20;

/// Pages that were made before.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    pages: HashMap<String, Kept>,
    bytes: usize,
    /// Counts what was taken: the page that was taken longest ago makes room.
    taken: u64,
}

struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    taken: u64,
}

impl Kept {
    fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

impl Remembered {
    fn of(&self, address: &str) -> Option<Response> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.taken += 1;
        let taken = shelf.taken;
        let kept = shelf.pages.get_mut(address)?;
        kept.taken = taken;
        Some(kept.response())
    }
    fn keep(&self, address: &str, mut kept: Kept) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let size = |address: &str, kept: &Kept| address.len() + kept.body.len();
        kept.taken = shelf.taken;
        shelf.bytes += size(address, &kept);
        if let Some(before) = shelf.pages.insert(address.to_owned(), kept) {
            shelf.bytes -= size(address, &before);
        }
        while shelf.bytes > MOST {
            let oldest = shelf.pages.iter().min_by_key(|(_, kept)| kept.taken).map(|(address, _)| address.clone());
            let Some((address, gone)) = oldest.and_then(|oldest| shelf.pages.remove_entry(&oldest)) else { break };
            shelf.bytes -= size(&address, &gone);
        }
    }
}

/// Gives a page that was made before, or makes and keeps it.
pub(super) async fn remember(State(front): State<Shared>, request: Request, next: Next) -> Response {
    let is_question = request.method() == Method::GET && request.uri().query().is_some();
    if !is_question {
        return next.run(request).await;
    }
    // Prices age with the day.
    let day = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let address = format!("{day} {}", request.uri());
    if let Some(response) = front.remembered.of(&address) {
        return response;
    }
    let (parts, body) = next.run(request).await.into_parts();
    let is_page = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_answer = matches!(parts.status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST);
    if !(is_page && is_answer) {
        return Response::from_parts(parts, body);
    }
    // Pages are in memory already.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let kept = Kept { status: parts.status, headers: parts.headers.clone(), body: body.clone(), taken: 0 };
    if body.len() <= LARGEST {
        front.remembered.keep(&address, kept);
    }
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: usize) -> Kept {
        let body = Bytes::from(vec![b'x'; bytes]);
        Kept { status: StatusCode::OK, headers: HeaderMap::new(), body, taken: 0 }
    }

    #[test]
    fn the_page_that_was_taken_longest_ago_makes_room() {
        let remembered = Remembered::default();
        for address in ["a", "b"] {
            remembered.keep(address, page(MOST / 2 - 10));
        }
        assert!(remembered.of("b").is_some() && remembered.of("a").is_some());
        remembered.keep("c", page(MOST / 2 - 10));
        assert_eq!(["a", "b", "c"].map(|address| remembered.of(address).is_some()), [true, false, true]);
        remembered.keep("c", page(1));
        assert_eq!(remembered.0.lock().unwrap().bytes, 1 + MOST / 2 - 10 + 1 + 1);
    }
}
