//! What is sent back: the bytes of the command line with the status of the web.
use crate::kitchen::{Outcome, Unanswered};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use plimsoll_desk::{Failure, Format};
use plimsoll_ingest::problem::Problem;

/// A status and the bytes of an envelope.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) json: Vec<u8>,
}

impl Reply {
    /// 200 for an answer, 422 for a refusal, 400 for problems.
    pub(crate) fn of(outcome: &Outcome) -> Self {
        match outcome {
            Ok(answered) => {
                let status = if answered.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
                let mut json = Vec::new();
                answered.write(Format::Json, &mut json).expect("memory can be written");
                Self { status, json }
            }
            Err(failure) => Self::failed(StatusCode::BAD_REQUEST, failure),
        }
    }
    pub(crate) fn failed(status: StatusCode, failure: &Failure) -> Self {
        let text = serde_json::to_string_pretty(&failure.json()).expect("values are JSON");
        Self { status, json: (text + "\n").into_bytes() }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.json));
        *response.status_mut() = self.status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// A request that is turned down, and why.
#[derive(Clone, Debug)]
pub(crate) struct Turned {
    pub(crate) status: StatusCode,
    pub(crate) question: &'static str,
    pub(crate) what: String,
    pub(crate) help: String,
}

impl Turned {
    pub(crate) fn down(status: StatusCode, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status, question: "plimsoll", what: what.into(), help: help.into() }
    }
    pub(crate) fn failure(&self) -> Failure {
        Failure::problems(self.question, vec![Problem::in_whole("request", self.what.as_str(), self.help.as_str())])
    }
}

impl From<Unanswered> for Turned {
    fn from(why: Unanswered) -> Self {
        match why {
            Unanswered::Busy => Self::down(
                StatusCode::TOO_MANY_REQUESTS,
                "too many questions wait for their turn",
                "ask again in a moment",
            ),
            Unanswered::Stopped => Self::down(
                StatusCode::SERVICE_UNAVAILABLE,
                "the question took longer than is waited for",
                "ask it as a job: POST /api/v1/jobs/<question>",
            ),
            Unanswered::Bug => Self::down(
                StatusCode::INTERNAL_SERVER_ERROR,
                "this is a mistake of plimsoll itself",
                "please report it with what was asked",
            ),
        }
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        let mut response = Reply::failed(self.status, &self.failure()).into_response();
        if matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
