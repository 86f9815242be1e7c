//! The frame that every page stands in.
use crate::front::{Front, Shared};
use crate::reply::Turned;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use plimsoll::Question;
use plimsoll_desk::Failure;
use plimsoll_ingest::problem::Problem;

/// What the frame needs to know of a page.
pub(super) struct Frame<'a> {
    /// What the tab of the browser says.
    pub(super) title: String,
    /// Where it is, for the way at the top.
    pub(super) path: &'a str,
    /// Where the style, the script and the mark are.
    pub(super) style: &'a str,
    pub(super) script: &'a str,
    pub(super) mark: &'a str,
}

impl<'a> Frame<'a> {
    pub(super) fn new(front: &'a Front, path: &'a str, title: impl Into<String>) -> Self {
        let place = |name| front.assets.place(name);
        let (style, script, mark) = (place("style.css"), place("pages.js"), place("mark.svg"));
        Self { title: beginning(&title.into()), path, style, script, mark }
    }
    /// The ways at the top: name and path.
    pub(super) fn ways(&self) -> Vec<(String, String, bool)> {
        let pages = ["", "workload"].into_iter().chain(Question::KINDS).chain(["prices", "scenarios"]);
        let way = |page: &str| {
            let name = if page.is_empty() { "Start".to_owned() } else { capitalized(page) };
            let path = format!("/{page}");
            let is_here = self.path == path || (page == "prices" && self.path.starts_with("/prices/"));
            (name, path, is_here)
        };
        pages.map(way).collect()
    }
}

/// As much of a sentence as the tab of a browser may show.
fn beginning(sentence: &str) -> String {
    const MOST: usize = 60;
    match sentence.char_indices().nth(MOST) {
        None => sentence.to_owned(),
        Some((end, _)) => {
            format!("{} ...", sentence[..end].rsplit_once(' ').map_or(&sentence[..end], |(words, _)| words))
        }
    }
}

/// A word at the start of a line.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A page with its status.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    let text = template.render().expect("strings can be written to");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        // The same address may be answered anew tomorrow: browsers ask again, and go back without asking.
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    (status, headers, text).into_response()
}

/// One mistake, as pages show it.
pub(super) struct Mistake {
    /// Where it is.
    pub(super) place: String,
    /// What it is.
    pub(super) what: String,
    /// What would do instead.
    pub(super) help: String,
    /// The line, with a mark below it.
    pub(super) shown: String,
}

impl From<&Problem> for Mistake {
    fn from(problem: &Problem) -> Self {
        let text = problem.to_string();
        let shown: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("  | ")).collect();
        let place = match (problem.has_place(), problem.file.as_str()) {
            (_, "request" | "plimsoll" | "flags") => String::new(),
            // The mark is below the field itself.
            (_, file) if file.starts_with("--") => String::new(),
            (true, file) => format!("{file}, line {}, column {}", problem.line, problem.column),
            (false, file) => file.to_owned(),
        };
        Self { place, what: problem.what.clone(), help: problem.help.clone(), shown: shown.join("\n") }
    }
}

#[derive(Template)]
#[template(path = "told.html")]
struct Told<'a> {
    frame: Frame<'a>,
    what: &'a str,
    help: &'a str,
    mistakes: Vec<Mistake>,
}

/// A page that says no.
pub(super) fn told(front: &Front, path: &str, status: StatusCode, what: &str, help: &str) -> Response {
    page(status, &Told { frame: Frame::new(front, path, what), what, help, mistakes: Vec::new() })
}

/// A page for a request that is turned down.
pub(super) fn turned(front: &Front, path: &str, turned: &Turned) -> Response {
    let what = capitalized(&turned.what) + ".";
    let help = if turned.help.is_empty() { String::new() } else { capitalized(&turned.help) + "." };
    let mut response = told(front, path, turned.status, &what, &help);
    if turned.status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert("retry-after", HeaderValue::from_static("2"));
    }
    response
}

/// A page for what was not understood.
pub(super) fn failed(front: &Front, path: &str, failure: &Failure) -> Response {
    let what = match failure.problems.len() {
        1 => "This was not understood.".to_owned(),
        n => format!("{n} things were not understood."),
    };
    let mistakes = failure.problems.iter().map(Mistake::from).collect();
    let frame = Frame::new(front, path, what.as_str());
    page(StatusCode::BAD_REQUEST, &Told { frame, what: &what, help: "", mistakes })
}

#[derive(Template)]
#[template(path = "help.html")]
struct Help<'a> {
    frame: Frame<'a>,
    questions: Vec<(&'static str, String)>,
}

/// `GET /help`.
pub(super) async fn help(State(front): State<Shared>, request: Request) -> Response {
    let questions = Question::KINDS.map(|kind| (kind, plimsoll_desk::about(kind).unwrap_or_default()));
    let frame = Frame::new(&front, request.uri().path(), "Help");
    page(StatusCode::OK, &Help { frame, questions: questions.to_vec() })
}
