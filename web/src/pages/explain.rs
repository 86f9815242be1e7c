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
    copies: Vec<(&'static str, &'static str, String)>,
    plan: String,
    all: String,
}

/// A number that can be explained.
struct Number {
    path: String,
    value: String,
    how: String,
    href: String,
}

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
        let page = Page {
            frame: Frame::new(front, "/explain", "Explain"),
            sections: if is_list { String::new() } else { html::sections(&report) },
            numbers: if is_list { numbers(&address, &report) } else { Vec::new() },
            copies: links(&address, "/explain"),
            plan: address.without("number").at("/plan"),
            all: address.without("number").at("/explain"),
            verdict: report.verdict,
        };
        framed(status, &page)
    })
    .await
}

fn numbers(address: &Address, report: &Report) -> Vec<Number> {
    let rows = report.main.rows.iter().filter_map(|row| match &row[..] {
        [path, value, how] => Some((path.shown(), value.shown(), how.shown())),
        _ => None,
    });
    rows.map(|(path, value, how)| Number { href: address.with("number", &path).at("/explain"), path, value, how })
        .collect()
}
