//! What was brought: what it is, and a first answer.
use super::address::Address;
use super::frame::{self, Frame, Mistake, page as framed};
use super::uploads::size;
use crate::asking::form;
use crate::front::Shared;
use crate::kitchen::{Outcome, cooked};
use crate::link;
use crate::reply::Turned;
use crate::watch::Watch;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use plimsoll::Question;
use plimsoll::report::html;
use plimsoll_desk::{Answered, Content, Upload, about};
use plimsoll_ingest::document::Document;
use plimsoll_ingest::fleet;

/// The questions that exports are tried with, in this order: a bill is known by its header, telemetry by its content.
const TRIED: [&str; 2] = ["bill", "profile"];

#[derive(Template)]
#[template(path = "open.html")]
struct Page<'a> {
    frame: Frame<'a>,
    verdict: String,
    what: String,
    files: Vec<(String, String)>,
    contents: String,
    sections: String,
    mistakes: Vec<(&'static str, Vec<Mistake>)>,
    ways: Vec<(String, String, String)>,
}

/// `POST /open`: keeps what is brought, and leads to what it is.
pub(super) async fn upload(State(front): State<Shared>, request: Request) -> Response {
    match kept(&front, request).await {
        Ok(place) => leads(&place),
        Err(turned) => frame::turned(&front, "/", &turned),
    }
}

fn leads(place: &str) -> Response {
    let place = HeaderValue::from_str(place).expect("addresses of pages are plain");
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}

/// Where what was brought is shown: a workload in its own address, exports under an id.
async fn kept(front: &Shared, request: Request) -> Result<String, Turned> {
    let mut parts = form::parts(request).await?;
    let folder = front.uploads.folder()?;
    let mut left = front.config.limits.upload;
    let mut files: Vec<Upload> = Vec::new();
    while let Some(part) = form::next(front, &mut parts).await? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            let text = form::text(front, part, &mut left).await?;
            if !text.trim().is_empty() {
                return plan(&text);
            }
            continue;
        };
        if name.is_empty() {
            continue;
        }
        let (upload, mut to) = folder.file(&name).await?;
        if files.iter().any(|file| file.name == upload.name) {
            let what = format!("two files are called `{}`", upload.name);
            return Err(Turned::down(StatusCode::BAD_REQUEST, what, "give one of them another name"));
        }
        form::stream(front, part, &mut to, &mut left).await?;
        files.push(upload);
    }
    match &files[..] {
        [] => Err(Turned::down(StatusCode::BAD_REQUEST, "no file was chosen", "choose one, or drop it on the page")),
        [file] => match workload(file) {
            Some(text) => plan(&text),
            None => Ok(Address::default().with("f", &front.uploads.keep(files, folder)).at("/open")),
        },
        _ => Ok(Address::default().with("f", &front.uploads.keep(files, folder)).at("/open")),
    }
}

/// The plan of a workload that was brought.
fn plan(text: &str) -> Result<String, Turned> {
    let w = link::packed(text).ok_or_else(|| {
        let help = "ask on the command line: plimsoll plan FILE";
        Turned::down(StatusCode::PAYLOAD_TOO_LARGE, "the workload does not fit into an address", help)
    })?;
    Ok(Address::default().with("w", &w).at("/plan"))
}

/// The text of a file that is a workload: TOML or JSON with a field that only workloads have.
fn workload(file: &Upload) -> Option<String> {
    let Content::File(path) = &file.content else { return None };
    if size(file) > 1_000_000 {
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    let is_named = file.name.to_ascii_lowercase().ends_with(".toml");
    let has = |key: &str| Document::parse(&file.name, text.as_bytes()).is_ok_and(|file| file.find(&[key]).is_some());
    (is_named || (text.trim_start().starts_with('{') && has("demand") && has("entry"))).then_some(text)
}

/// Whether a file lists what runs.
fn is_fleet(file: &Upload) -> bool {
    let Content::File(path) = &file.content else { return false };
    size(file) < 1_000_000 && std::fs::File::open(path).is_ok_and(|bytes| fleet::read(&file.name, bytes).is_ok())
}

/// `GET /open`.
pub(super) async fn page(State(front): State<Shared>, request: Request) -> Response {
    let address = Address::of(request.uri());
    let set = match address.files(&front) {
        Ok(Some(set)) => set,
        Ok(None) => return leads("/"),
        Err(turned) => return frame::turned(&front, "/", &turned),
    };
    // A list of what runs, among exports of how much of it is used.
    let is_fleet = |file: &&Upload| set.files.len() > 1 && is_fleet(file);
    let fleet = set.files.iter().find(is_fleet).map(|file| file.name.clone());
    let address = fleet.map_or_else(|| address.clone(), |fleet| address.with("fleet", &fleet));
    let files = set.files.iter().map(|file| (file.name.clone(), megabytes(size(file)))).collect();
    let mut page = Page {
        frame: Frame::new(&front, "/", "What this is"),
        verdict: "This is no export that is known.".into(),
        what: String::new(),
        files,
        contents: String::new(),
        sections: String::new(),
        mistakes: Vec::new(),
        ways: Vec::new(),
    };
    for question in TRIED {
        match tried(&front, &address, question).await {
            Err(turned) => return frame::turned(&front, "/", &turned),
            Ok(Ok(answered)) => {
                read(&mut page, &address, question, &answered);
                return framed(StatusCode::OK, &page);
            }
            Ok(Err(failure)) => page.mistakes.push((question, failure.problems.iter().map(Mistake::from).collect())),
        }
    }
    framed(StatusCode::BAD_REQUEST, &page)
}

async fn tried(front: &Shared, address: &Address, question: &str) -> Result<Outcome, Turned> {
    let watch = Watch::default();
    let _ended = watch.ended_by();
    let cooked = cooked(front, address.asking(front, question)?, watch.clone(), |outcome| outcome);
    match tokio::time::timeout(front.config.limits.answer, cooked).await {
        Ok(outcome) => Ok(outcome?),
        Err(_) => Err(crate::kitchen::Unanswered::Stopped.into()),
    }
}

/// What was understood.
fn read(page: &mut Page<'_>, address: &Address, question: &'static str, answered: &Answered) {
    let Some(report) = answered.report() else { return };
    page.what = match question {
        "bill" => "It was read as a bill.".into(),
        _ => "It was read as telemetry: metrics, load tests or access logs.".into(),
    };
    page.mistakes.clear();
    page.contents = html::contents(&report);
    page.sections = html::sections(&report);
    page.verdict = report.verdict;
    // A bill is no telemetry; what is telemetry may be asked everything that exports are asked.
    let fits = |kind: &&str| if question == "bill" { *kind == "bill" } else { !matches!(*kind, "plan" | "bill") };
    let ways = Question::KINDS.into_iter().filter(fits);
    page.ways = ways
        .map(|kind| (frame::capitalized(kind), about(kind).unwrap_or_default(), address.at(&format!("/{kind}"))))
        .collect();
}

fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
