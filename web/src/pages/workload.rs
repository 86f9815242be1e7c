//! The workload, field by field, and the answer beside it: what is changed is part of the address, so a what-if is a link.
use super::address::Address;
use super::answer::{answered, status};
use super::frame::{self, Frame, Mistake, page as framed};
use super::samples::WORKLOADS;
use super::scenarios::{Saving, saving};
use crate::asking::whole;
use crate::front::{Front, Shared};
use crate::kitchen::Outcome;
use crate::link;
use crate::reply::Turned;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use graph::{Graph, graph};
use knobs::{Group, groups};
use plimsoll::report::html;
use plimsoll_ingest::workload;

mod graph;
mod knobs;

#[derive(Template)]
#[template(path = "workload.html")]
struct Page<'a> {
    frame: Frame<'a>,
    groups: Vec<Group>,
    /// Who calls whom; none of a file that is not understood.
    graph: Option<Graph>,
    /// What is sent along unseen.
    hidden: Vec<(String, String)>,
    text: String,
    verdict: String,
    sections: String,
    mistakes: Vec<Mistake>,
    plan: String,
    unchanged: String,
    saving: Result<Saving, &'static str>,
}

/// `GET /workload`: without one, the first sample.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let mut address = said(&Address::of(request.uri()));
    if address.get("w").is_none() {
        address = address.with("w", &link::packed(WORKLOADS[0].text).expect("samples are small"));
    }
    let text = match address.workload() {
        Ok(text) => text.unwrap_or_default(),
        Err(turned) => return frame::turned(&front, "/workload", &turned),
    };
    let asking = address.asking(&front, "plan");
    answered(&front, "/workload", asking, move |front, outcome| shown(front, &address, text, &outcome)).await
}

/// Fields of the form are called after what they change, `set.demand.peak`; in addresses that is `set=demand.peak=...`, and
/// only where it differs from what is written.
fn said(address: &Address) -> Address {
    let mut clean = Address::default();
    for (name, value) in address.hidden(&[]) {
        match name.strip_prefix("set.") {
            Some(path) => clean = changed(clean, path, &value),
            None => clean = clean.and(&name, &value),
        }
    }
    clean
}

fn changed(address: Address, path: &str, value: &str) -> Address {
    let text = address.workload().ok().flatten().unwrap_or_default();
    if knobs::written(&text, path).as_deref() == Some(value) {
        return address;
    }
    address.and("set", &format!("{path}={value}"))
}

fn shown(front: &Front, address: &Address, text: String, outcome: &Outcome) -> Response {
    let sets: Vec<(String, String)> = address
        .all("set")
        .filter_map(|set| set.split_once('='))
        .map(|(path, value)| (path.to_owned(), value.to_owned()))
        .collect();
    let mut page = Page {
        frame: Frame::new(front, "/workload", "Workload"),
        groups: groups(&text, &sets),
        graph: workload::read("workload.toml", text.as_bytes(), &sets).ok().map(|workload| graph(&workload)),
        hidden: address.hidden(&["set"]),
        text,
        verdict: "This was not understood.".into(),
        sections: String::new(),
        mistakes: Vec::new(),
        plan: address.at("/plan"),
        unchanged: address.without("set").at("/workload"),
        saving: saving(front, address, "plan"),
    };
    match outcome {
        Ok(answered) => {
            let report = answered.report().expect("plans are told in a report");
            page.sections = html::sections(&report);
            page.verdict = report.verdict;
        }
        Err(failure) => page.mistakes = failure.problems.iter().map(Mistake::from).collect(),
    }
    framed(status(outcome), &page)
}

/// `POST /workload`: a text that was written by hand, into an address.
pub(super) async fn read(State(front): State<Shared>, request: Request) -> Response {
    let body = match whole(&front, request.into_body()).await {
        Ok(body) => body,
        Err(turned) => return frame::turned(&front, "/workload", &turned),
    };
    let text = form_urlencoded::parse(&body).find(|(name, _)| name == "text").map(|(_, value)| value.into_owned());
    // Forms are sent with the line ends of another system.
    let text = text.unwrap_or_default().replace("\r\n", "\n");
    let Some(w) = link::packed(&text) else {
        let help = "ask on the command line: plimsoll plan FILE";
        let turned = Turned::down(StatusCode::PAYLOAD_TOO_LARGE, "the workload does not fit into an address", help);
        return frame::turned(&front, "/workload", &turned);
    };
    let place = Address::default().with("w", &w).at("/workload");
    let place = HeaderValue::from_str(&place).expect("addresses of pages are plain");
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}
