//! The first page: bring a file, or look at a sample.
use super::address::Address;
use super::frame::{Frame, page as framed};
use super::samples::{EXPORTS, WORKLOADS};
use crate::front::Shared;
use crate::link;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use plimsoll::Question;
use plimsoll_desk::about;

#[derive(Template)]
#[template(path = "start.html")]
struct Start<'a> {
    frame: Frame<'a>,
    samples: Vec<Sample>,
    questions: Vec<(&'static str, String)>,
}

struct Sample {
    name: &'static str,
    what: &'static str,
    href: String,
    verb: String,
}

/// `GET /`.
pub(super) async fn page(State(front): State<Shared>) -> Response {
    let workloads = WORKLOADS.iter().map(|sample| {
        let w = link::packed(sample.text).expect("samples are small");
        let href = Address::default().with("w", &w).at("/plan");
        Sample { name: sample.name, what: sample.what, href, verb: "plan".into() }
    });
    let exports = EXPORTS.iter().map(|sample| {
        let (question, flags) = sample.ask.split_once('?').unwrap_or((sample.ask, ""));
        let href = Address::read(flags).with("f", sample.id).at(&format!("/{question}"));
        Sample { name: sample.name, what: sample.what, href, verb: question.to_owned() }
    });
    let samples = workloads.chain(exports).collect();
    let questions = Question::KINDS.map(|kind| (kind, about(kind).unwrap_or_default())).to_vec();
    framed(StatusCode::OK, &Start { frame: Frame::new(&front, "/", "Plimsoll"), samples, questions })
}
