//! The API: every question by its word, and jobs.
use crate::asking;
use crate::front::Shared;
use crate::jobs::{self, Job, State as JobState};
use crate::kitchen::{Unanswered, cooked, understood};
use crate::reply::{Reply, Turned};
use crate::watch::Watch;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::Stream;
use futures_util::stream::unfold;
use plimsoll::Question;
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// How often the progress of a job is told.
const STEP: Duration = Duration::from_millis(250);

/// The paths of the API.
pub(crate) fn routes() -> Router<Shared> {
    let mut router = Router::new().route("/api/openapi.json", get(described));
    for question in Question::KINDS {
        let ask = move |State(front): State<Shared>, request: Request| ask(front, question, request);
        let begin = move |State(front): State<Shared>, request: Request| begin(front, question, request);
        router = router
            .route(&format!("/api/v1/{question}"), post(ask))
            .route(&format!("/api/v1/jobs/{question}"), post(begin));
    }
    router
        .route("/api/v1/jobs/{id}", get(job).delete(cancel))
        .route("/api/v1/jobs/{id}/answer", get(answer))
        .route("/api/v1/jobs/{id}/events", get(events))
        .route("/api/{*rest}", axum::routing::any(nowhere))
        .method_not_allowed_fallback(not_so)
}

async fn described(State(front): State<Shared>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], front.description.clone()).into_response()
}

/// Answers a question.
async fn ask(front: Shared, question: &'static str, request: Request) -> Result<Reply, Turned> {
    let watch = Watch::default();
    let _ended = watch.ended_by();
    let answered = async {
        let asking = asking::read(&front, question, request).await?;
        let cooked = cooked(&front, asking, watch.clone(), |outcome| Reply::of(&outcome));
        let reply = tokio::time::timeout(front.config.limits.answer, cooked).await;
        Ok(reply.unwrap_or(Err(Unanswered::Stopped))?)
    };
    answered.await.map_err(|turned: Turned| Turned { question, ..turned })
}

/// Begins a job. Flags and workloads that are not understood are told at once, and not only when it is answered.
async fn begin(front: Shared, question: &'static str, request: Request) -> Result<Response, Turned> {
    let named = |turned| Turned { question, ..turned };
    let asking = asking::read(&front, question, request).await.map_err(named)?;
    let reads = Arc::clone(&front);
    let read = spawn_blocking(move || (understood(&reads, &asking), asking)).await;
    let (outcome, asking) = read.map_err(|_| Turned::from(Unanswered::Bug)).map_err(named)?;
    if let Err(failure) = outcome {
        return Ok(Reply::failed(StatusCode::BAD_REQUEST, &failure).into_response());
    }
    let job = jobs::begin(&front, asking).map_err(named)?;
    let mut response = json(StatusCode::ACCEPTED, &job.json());
    let place = HeaderValue::from_str(&format!("/api/v1/jobs/{}", job.id)).expect("ids may stand in headers");
    response.headers_mut().insert(LOCATION, place);
    Ok(response)
}

/// How far a job is.
async fn job(State(front): State<Shared>, Path(id): Path<String>) -> Result<Response, Turned> {
    Ok(json(StatusCode::OK, &known(&front, &id)?.json()))
}

/// Stops a job.
async fn cancel(State(front): State<Shared>, Path(id): Path<String>) -> Result<Response, Turned> {
    let job = known(&front, &id)?;
    job.cancel();
    Ok(json(StatusCode::OK, &job.json()))
}

/// What came of a job, as if it had been asked without one.
async fn answer(State(front): State<Shared>, Path(id): Path<String>) -> Result<Response, Turned> {
    let job = known(&front, &id)?;
    match job.state() {
        JobState::Running => Ok(json(StatusCode::ACCEPTED, &job.json())),
        JobState::Done(reply, _) => Ok(Reply::clone(&reply).into_response()),
        JobState::Canceled(_) => Err(Turned::down(StatusCode::GONE, "the job was canceled", "begin it again")),
    }
}

/// Tells how far a job is, until it ends.
async fn events(State(front): State<Shared>, Path(id): Path<String>) -> Result<Response, Turned> {
    let job = known(&front, &id)?;
    Ok(Sse::new(told(job)).keep_alive(KeepAlive::default()).into_response())
}

fn told(job: Arc<Job>) -> impl Stream<Item = Result<Event, Infallible>> {
    let changes = job.changes();
    unfold((job, changes, false), |(job, mut changes, is_over)| async move {
        if is_over {
            return None;
        }
        let is_over = !matches!(job.state(), JobState::Running);
        let event = Event::default().event(if is_over { "end" } else { "progress" }).data(job.json().to_string());
        if !is_over {
            // Either way there is something to tell.
            let _ = tokio::time::timeout(STEP, changes.changed()).await;
        }
        Some((Ok(event), (job, changes, is_over)))
    })
}

fn known(front: &Shared, id: &str) -> Result<Arc<Job>, Turned> {
    let help = "answers are kept for an hour, and for less where many jobs are begun";
    front.jobs.of(id).ok_or_else(|| Turned::down(StatusCode::NOT_FOUND, "there is no such job", help))
}

/// No path of the API.
async fn nowhere() -> Turned {
    let questions = Question::KINDS.map(|kind| format!("/api/v1/{kind}")).join(", ");
    Turned::down(StatusCode::NOT_FOUND, "there is no such path", format!("the questions are at {questions}"))
}

/// A path of the API that takes another method.
async fn not_so(request: Request<Body>) -> Response {
    let path = request.uri().path();
    let is_question = Question::KINDS.iter().any(|kind| path.ends_with(&format!("/{kind}")));
    let is_job = path.rsplit_once('/').is_some_and(|(parent, _)| parent.ends_with("/jobs"));
    let allowed = match (is_question, is_job) {
        (true, _) => "POST",
        (false, true) => "GET, HEAD, DELETE",
        (false, false) => "GET, HEAD",
    };
    let what = format!("this path takes {allowed}");
    let mut response = Turned::down(StatusCode::METHOD_NOT_ALLOWED, what, "").into_response();
    response.headers_mut().entry(ALLOW).or_insert(HeaderValue::from_static(allowed));
    response
}

fn json(status: StatusCode, value: &Value) -> Response {
    let text = value.to_string() + "\n";
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
}
