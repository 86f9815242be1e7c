//! Where a number comes from: all of them in a list, or one down to what was given.
use super::address::Address;
use super::answer::{answered, status};
use super::copies::{copy, links};
use super::frame::{self, Frame, page as framed};
use crate::front::Shared;
use askama::Template;
use axum::extract::{Request, State};
use axum::response::Response;
use plimsoll::report::{Report, html};

#[derive(Template)]
#[template(path = "explain.html")]
struct Page<'a> {
    frame: Frame<'a>,
    verdict: String,
    sections: String,
    numbers: Vec<Number>,
    /// What each of them sends along: a link of its own would repeat the whole workload.
    hidden: Vec<(String, String)>,
    copies: Vec<(&'static str, &'static str, String)>,
    plan: String,
    all: String,
    /// The numbers of the other plans, or nothing where they are shown.
    others: String,
}

/// A number that can be explained.
struct Number {
    path: String,
    value: String,
    how: String,
}

/// What begins the paths of the plans that were not chosen.
const OTHERS: &str = "alternatives.";

/// `GET /explain`.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let address = Address::of(request.uri());
    let asking = address.asking(&front, "explain").map(|mut asking| {
        asking.inputs.extend(address.all("number").map(str::to_owned));
        asking
    });
    answered(&front, "/explain", asking, move |front, outcome| {
        let status = status(&outcome);
        let answered = match outcome {
            Ok(answered) => answered,
            Err(failure) => return frame::failed(front, "/explain", &failure),
        };
        if let Some(copy) = copy(&address, "explain", &answered) {
            return copy;
        }
        let report = answered.report().expect("numbers are explained by a report");
        let is_list = address.get("number").is_none() && !answered.is_refused();
        let has_others = address.get("others").is_some();
        let page = Page {
            frame: Frame::new(front, "/explain", "Explain"),
            sections: if is_list { String::new() } else { html::sections(&report) },
            numbers: if is_list { numbers(&report, has_others) } else { Vec::new() },
            hidden: address.hidden(&["number", "others"]),
            others: if has_others { String::new() } else { address.with("others", "true").at("/explain") },
            copies: links(&address, "/explain"),
            plan: address.without("number").at("/plan"),
            all: address.without("number").at("/explain"),
            verdict: report.verdict,
        };
        framed(status, &page)
    })
    .await
}

fn numbers(report: &Report, has_others: bool) -> Vec<Number> {
    let rows = report.main.rows.iter().filter_map(|row| match &row[..] {
        [path, value, how] => Some((path.shown(), value.shown(), how.shown())),
        _ => None,
    });
    let is_asked = |number: &Number| has_others || !number.path.starts_with(OTHERS);
    rows.map(|(path, value, how)| Number { path, value, how }).filter(is_asked).collect()
}
