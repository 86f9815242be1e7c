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
    plan: String,
    workload: String,
    saving: Option<Saving>,
}

/// `GET /shared?s=LINK`.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let opened = opened(&Address::of(request.uri()));
    let (link, address) = match opened {
        Ok(opened) => opened,
        Err(unkept) => return unkept.page(&front, HERE),
    };
    let asking = address.asking(&front, "plan");
    answered(&front, HERE, asking, move |front, outcome| shown(front, &link, &address, &outcome)).await
}

/// The scenario, and the address that asks the same.
fn opened(address: &Address) -> Result<(Link, Address), Unkept> {
    let link = Link::decode(address.get("s").unwrap_or_default()).map_err(|fault| {
        let help = match fault {
            LinkFault::Newer => "",
            _ => "Ask whoever sent it for the whole link, or for an export.",
        };
        Unkept::new(StatusCode::BAD_REQUEST, super::super::frame::capitalized(&fault.to_string()) + ".", help)
    })?;
    let matter = Matter { workload: link.workload.clone(), changes: link.changes.clone() };
    let address = matter.address(link.as_of)?;
    Ok((link, address))
}

fn shown(front: &Front, link: &Link, address: &Address, outcome: &Outcome) -> Response {
    let mut page = Page {
        frame: Frame::new(front, HERE, link.name.as_str()),
        name: link.name.to_string(),
        notes: link.notes.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
        verdict: "This was not understood.".into(),
        mistakes: Vec::new(),
        contents: String::new(),
        sections: String::new(),
        plan: address.at("/plan"),
        workload: address.at("/workload"),
        saving: saving(front, address).map(|saving| saving.called(link.name.as_str(), &link.notes)),
    };
    match outcome {
        Ok(answered) => {
            let report = answered.report().expect("plans are told in a report");
            page.contents = html::contents(&report);
            page.sections = html::sections(&report);
            page.verdict = report.verdict;
        }
        Err(failure) => {
            page.mistakes = failure.problems.iter().map(Mistake::from).collect();
            page.saving = None;
        }
    }
    framed(status(outcome), &page)
}
