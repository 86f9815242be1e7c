//! The page of any question: its report, with a form of its flags beside it.
use super::address::Address;
use super::answer::{answered, status};
use super::copies::{copy, links};
use super::fields::{Field, fields};
use super::frame::{self, Frame, Mistake, page as framed};
use super::levers::{Levers, levers};
use super::scenarios::{Saving, saving};
use super::uploads::Set;
use crate::front::{Front, Shared};
use crate::kitchen::Outcome;
use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use plimsoll::report::json::workload_name;
use plimsoll::report::{Report, html};
use plimsoll::{Answer, Question};
use plimsoll_desk::{Answered, Flag, about, flags};
use plimsoll_ingest::workload_toml::{Typed, write_profile};

#[derive(Template)]
#[template(path = "question.html")]
struct Page<'a> {
    frame: Frame<'a>,
    path: &'a str,
    about: String,
    verdict: String,
    contents: String,
    sections: String,
    mistakes: Vec<Mistake>,
    copies: Vec<(&'static str, &'static str, String)>,
    /// Where to go from here: what it is called, and where it is.
    ways: Vec<(String, String)>,
    fields: Vec<Field>,
    hidden: Vec<(String, String)>,
    /// What each number sends along to be explained; none where numbers are not explained.
    explain: Option<Vec<(String, String)>>,
    /// Levers to tick.
    levers: Option<Levers>,
    has_matter: bool,
    /// The form that keeps what was asked, or why it cannot be kept.
    saving: Result<Saving, &'static str>,
}

/// `GET /QUESTION`.
pub(super) async fn page(front: Shared, question: &'static str, request: Request) -> Response {
    let address = Address::of(request.uri());
    let path = format!("/{question}");
    if address.get("w").is_none() && address.get("f").is_none() {
        return empty(&front, question, &address);
    }
    let asking = address.asking(&front, question);
    let (at, set) = (path.clone(), address.files(&front).ok().flatten());
    answered(&front, &path, asking, move |front, outcome| {
        let copied = outcome.as_ref().ok().and_then(|answered| copy(&address, question, answered));
        copied.unwrap_or_else(|| shown(front, question, &at, &address, set.as_deref(), &outcome))
    })
    .await
}

/// A question that is asked about nothing yet.
fn empty(front: &Front, question: &'static str, address: &Address) -> Response {
    let verdict = about(question).unwrap_or_default();
    let path = format!("/{question}");
    let page = Page { fields: Vec::new(), ..blank(front, question, &path, address, verdict) };
    framed(StatusCode::OK, &page)
}

fn blank<'a>(front: &'a Front, question: &str, path: &'a str, address: &Address, verdict: String) -> Page<'a> {
    Page {
        frame: Frame::new(front, path, frame::capitalized(question)),
        path,
        about: about(question).unwrap_or_default(),
        verdict,
        contents: String::new(),
        sections: String::new(),
        mistakes: Vec::new(),
        copies: Vec::new(),
        ways: Vec::new(),
        fields: Vec::new(),
        hidden: address.only(&["w", "f", "scenario", "version"]).hidden(&[]),
        explain: None,
        levers: None,
        has_matter: address.matter() != Address::default(),
        saving: Err(""),
    }
}

/// The page of an outcome.
fn shown(
    front: &Front,
    question: &'static str,
    path: &str,
    address: &Address,
    set: Option<&Set>,
    outcome: &Outcome,
) -> Response {
    let status = status(outcome);
    let mut page = blank(front, question, path, address, String::new());
    page.fields = fields(question, address, set);
    match outcome {
        Ok(answered) => {
            let report = answered.report();
            page.verdict = report.as_ref().map(|report| report.verdict.clone()).unwrap_or_default();
            page.contents = report.as_ref().map(html::contents).unwrap_or_default();
            page.explain = is_explained(answered).then(|| address.hidden(&["as"]));
            let sections = |report: &Report| match page.explain {
                Some(_) => html::explained_sections(report, "explain"),
                None => html::sections(report),
            };
            page.sections = report.as_ref().map(sections).unwrap_or_default();
            if let Answered::Outcome { outcome, .. } = answered {
                page.levers = levers(address, outcome);
            }
            page.copies = links(address, path);
            page.ways = ways(address, answered);
            page.saving = saving(front, address, question);
            page.frame = Frame::new(front, path, format!("{}: {}", frame::capitalized(question), page.verdict));
        }
        Err(failure) => {
            page.verdict = "This was not understood.".into();
            page.mistakes = failure.problems.iter().map(Mistake::from).collect();
        }
    }
    framed(status, &page)
}

/// Where to go from an answer.
fn ways(address: &Address, answered: &Answered) -> Vec<(String, String)> {
    let mut ways = Vec::new();
    let Answered::Outcome { outcome, meta, .. } = answered else { return ways };
    match &**outcome {
        Ok(Answer::Plan(_) | Answer::Levers(_)) => {
            ways.push(("Change the workload".to_owned(), address.at("/workload")));
            ways.push(("Explain the numbers".to_owned(), address.at("/explain")));
            if address.get("levers").is_none() {
                ways.push(("Weigh levers".to_owned(), address.with("levers", "true").at("/plan")));
            }
            ways.extend(address.get("set").map(|_| {
                let known: Vec<Flag> = flags("compare").unwrap_or_default();
                let known: Vec<&str> = known.iter().map(|flag| flag.name.as_str()).chain(["w"]).collect();
                ("Compare with what is written".to_owned(), address.only(&known).at("/compare"))
            }));
        }
        Ok(Answer::Profile(profile)) => {
            let written = write_profile(profile, &workload_name(meta), None, Typed::Stays);
            if let Some(w) = written.ok().and_then(|file| crate::link::packed(&file.text)) {
                let plan = Address::default().with("w", &w);
                ways.push(("Plan for this workload".to_owned(), plan.at("/plan")));
                ways.push(("Look at the workload".to_owned(), plan.at("/workload")));
            }
        }
        Err(_) if address.get("w").is_some() => {
            ways.push(("Change the workload".to_owned(), address.at("/workload")));
        }
        Ok(_) | Err(_) => {}
    }
    // A bill is asked about as a bill alone, and a workload is no export.
    if address.get("f").is_some() && kind_of(answered) != Some("bill") {
        let is_other = |kind: &&str| !matches!(*kind, "plan" | "bill") && Some(*kind) != kind_of(answered);
        let others = Question::KINDS.into_iter().filter(is_other);
        ways.extend(others.map(|kind| (frame::capitalized(kind), address.matter().at(&format!("/{kind}")))));
    }
    ways
}

/// Whether the numbers of an answer have derivations.
fn is_explained(answered: &Answered) -> bool {
    match answered {
        Answered::Outcome { outcome, .. } => matches!(**outcome, Ok(Answer::Plan(_) | Answer::Levers(_))),
        _ => false,
    }
}

fn kind_of(answered: &Answered) -> Option<&'static str> {
    match answered {
        Answered::Outcome { question, .. } => Some(question),
        _ => None,
    }
}
