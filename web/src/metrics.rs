//! What is counted, for Prometheus; and a line in the log for every request, with an id that the response has too.
use crate::front::Shared;
use crate::guard::Who;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Instant;

/// What is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<Route, Histogram>,
    waiting: Gauge,
    jobs: Gauge,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: String,
    path: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    path: String,
}

/// From a millisecond to half a minute.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 16))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("plimsoll");
        let requests = Family::default();
        registry.register("requests", "Requests by path and status", requests.clone());
        let seconds = Family::new_with_constructor(seconds as fn() -> Histogram);
        registry.register("request_seconds", "How long requests took", seconds.clone());
        let (waiting, jobs) = (Gauge::default(), Gauge::default());
        registry.register("questions_waiting", "Questions that wait for their turn", waiting.clone());
        registry.register("jobs_running", "Jobs that wait or run", jobs.clone());
        Self { registry, requests, seconds, waiting, jobs }
    }
}

/// `GET /metrics`.
pub(crate) async fn metrics(State(front): State<Shared>) -> Response {
    let metrics = &front.metrics;
    metrics.waiting.set(i64::try_from(front.kitchen.waiting()).unwrap_or(i64::MAX));
    metrics.jobs.set(i64::try_from(front.jobs.running()).unwrap_or(i64::MAX));
    let mut text = String::new();
    encode(&mut text, &metrics.registry).expect("strings can be written to");
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response()
}

/// The header that tells a request's line in the log.
const ID: &str = "x-request-id";

/// Counts a request, and writes its line.
pub(crate) async fn observed(State(front): State<Shared>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request.headers().get(ID).filter(|id| is_plain(id)).cloned().unwrap_or_else(random);
    request.headers_mut().insert(ID, id.clone());
    let method = request.method().to_string();
    // Not the address: it holds workloads.
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let path = matched.unwrap_or_else(|| "none".to_owned());
    let mut response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    front.metrics.requests.get_or_create(&Labels { method: method.clone(), path: path.clone(), status }).inc();
    front.metrics.seconds.get_or_create(&Route { path: path.clone() }).observe(took.as_secs_f64());
    let who = response.extensions().get::<Who>().and_then(|who| who.0.clone());
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let id_text = id.to_str().unwrap_or_default();
    tracing::info!(id = id_text, method, path, status, milliseconds, who, "request");
    response.headers_mut().insert(ID, id);
    response
}

/// Whether an id that came with a request may stand in a log.
fn is_plain(id: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&id.len()) && id.as_bytes().iter().all(is_plain)
}

fn random() -> HeaderValue {
    let number = getrandom::u64().unwrap_or_default();
    HeaderValue::from_str(&format!("{number:016x}")).expect("figures may stand in headers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_requests_are_plain() {
        assert!(is_plain(&random()) && is_plain(&HeaderValue::from_static("a-B_9")));
        for odd in ["", "a b", "a\"b", &"x".repeat(65)] {
            assert!(!is_plain(&HeaderValue::from_str(odd).unwrap()), "{odd}");
        }
    }
}
