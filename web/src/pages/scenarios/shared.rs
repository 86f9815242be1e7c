//! A scenario that came as a link: answered here, and kept only if somebody saves it.
use super::super::address::Address;
use super::super::answer::{answered, status};
use super::super::frame::{Frame, Mistake, page as framed};
use super::matter::Matter;
use super::save::{Saving, saving};
use super::unkept::Unkept;
use crate::front::{Front, Shared};
use crate::kitchen::Outcome;
use crate::scenarios::{Link, LinkFault};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use plimsoll::report::html;

/// Where this page is.
const HERE: &str = "/shared";

#[derive(Template)]
#[template(path = "shared.html")]
struct Page<'a> {
    frame: Frame<'a>,
    name: String,
    notes: Vec<String>,
    verdict: String,
    mistakes: Vec<Mistake>,
    contents: String,
    sections: String,
    whole: String,
    workload: String,
    saving: Result<Saving, &'static str>,
}

/// `GET /shared?s=LINK`.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let opened = opened(&Address::of(request.uri()));
    let (link, question, address) = match opened {
        Ok(opened) => opened,
        Err(unkept) => return unkept.page(&front, HERE),
    };
    let asking = address.asking(&front, question);
    answered(&front, HERE, asking, move |front, outcome| shown(front, &link, question, &address, &outcome)).await
}

/// The scenario, its question, and the address that asks the same.
fn opened(address: &Address) -> Result<(Link, &'static str, Address), Unkept> {
    let link = Link::decode(address.get("s").unwrap_or_default()).map_err(|fault| {
        let help = match fault {
            LinkFault::Newer => "",
            _ => "Ask whoever sent it for the whole link, or for an export.",
        };
        Unkept::new(StatusCode::BAD_REQUEST, super::super::frame::capitalized(&fault.to_string()) + ".", help)
    })?;
    let matter = Matter { workload: link.workload.clone(), changes: link.changes.clone() };
    let address = matter.address(link.as_of)?;
    Ok((link, matter.question(), address))
}

fn shown(front: &Front, link: &Link, question: &'static str, address: &Address, outcome: &Outcome) -> Response {
    let mut page = Page {
        frame: Frame::new(front, HERE, link.name.as_str()),
        name: link.name.to_string(),
        notes: link.notes.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
        verdict: "This was not understood.".into(),
        mistakes: Vec::new(),
        contents: String::new(),
        sections: String::new(),
        whole: address.at(&format!("/{question}")),
        workload: address.at("/workload"),
        saving: saving(front, address, question).map(|saving| saving.called(link.name.as_str(), &link.notes)),
    };
    match outcome {
        Ok(answered) => {
            let report = answered.report().expect("answers are told in a report");
            page.contents = html::contents(&report);
            page.sections = html::sections(&report);
            page.verdict = report.verdict;
        }
        Err(failure) => {
            page.mistakes = failure.problems.iter().map(Mistake::from).collect();
            page.saving = Err("");
        }
    }
    framed(status(outcome), &page)
}
