//! A question as it comes through the network: JSON with everything in it, or a form with the files streamed to disk.
mod files;
pub(crate) mod form;
mod json;

pub(crate) use files::Folder;

use crate::front::Shared;
use crate::reply::Turned;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use plimsoll_desk::{Content, Shelf, Upload};
use std::sync::Arc;
use std::time::Duration;

/// Whether a question is asked about a workload; the others are asked about exports, and would take it for one.
pub(crate) fn takes_workload(question: &str) -> bool {
    !matches!(question, "bill" | "profile" | "rightsize")
}

/// A question, its flags, and the files that came with it.
#[derive(Debug)]
pub(crate) struct Asking {
    /// Its words, as `bill` or `prices compare`.
    pub(crate) question: String,
    /// Its flags with their values.
    pub(crate) flags: Vec<(String, String)>,
    /// The files that it is asked about, by their names.
    pub(crate) inputs: Vec<String>,
    /// All files.
    pub(crate) shelf: Shelf,
    /// Where those lie that are not in memory; gone with the last who needs them.
    pub(crate) folder: Option<Arc<Folder>>,
}

impl Asking {
    /// A question about nothing yet.
    pub(crate) fn of(question: &str) -> Self {
        let shelf = Shelf::Given(Vec::new());
        Self { question: question.to_owned(), flags: Vec::new(), inputs: Vec::new(), shelf, folder: None }
    }
    /// With a file, which a flag may name.
    pub(crate) fn bring(&mut self, upload: Upload) {
        if let Shelf::Given(uploads) = &mut self.shelf {
            uploads.push(upload);
        }
    }
    /// With a workload that it is asked about, in TOML or JSON.
    ///
    /// # Errors
    /// A question about exports takes none.
    pub(crate) fn about(&mut self, workload: Vec<u8>) -> Result<(), Turned> {
        if !takes_workload(&self.question) {
            let what = format!("`{}` is asked about `inputs`, not about a workload", self.question);
            let help = "GET /api/openapi.json describes what is read";
            return Err(Turned::down(StatusCode::BAD_REQUEST, what, help));
        }
        let is_json = workload.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        let name = if is_json { "workload.json" } else { "workload.toml" };
        self.inputs.insert(0, name.to_owned());
        self.bring(Upload { name: name.to_owned(), content: Content::Bytes(workload) });
        Ok(())
    }
    fn has(&self, name: &str) -> bool {
        matches!(&self.shelf, Shelf::Given(uploads) if uploads.iter().any(|upload| upload.name == name))
    }
}

/// Reads a question from a request.
///
/// # Errors
/// 400 for what is not understood, 408 for what does not come, 413 for what is too large, 415 for another type.
pub(crate) async fn read(front: &Shared, question: &str, request: Request) -> Result<Asking, Turned> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => {
            let body = whole(front, request.into_body()).await?;
            json::read(front, question, &body).await
        }
        "multipart/form-data" => form::read(front, question, request).await,
        _ => {
            let what =
                if essence.is_empty() { "no type is stated".to_owned() } else { format!("`{essence}` is not read") };
            let help = "send application/json or multipart/form-data";
            Err(Turned::down(StatusCode::UNSUPPORTED_MEDIA_TYPE, what, help))
        }
    }
}

/// The whole body of a small request.
pub(crate) async fn whole(front: &Shared, body: Body) -> Result<Vec<u8>, Turned> {
    let limits = &front.config.limits;
    let mut body = Limited::new(body, limits.body);
    let mut bytes = Vec::new();
    while let Some(frame) = timely(limits.patience, body.frame()).await? {
        let frame = frame.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
            Some(_) => too_large(limits.body as u64, "send files as multipart/form-data: they are streamed"),
            None => broken(error.as_ref()),
        })?;
        if let Some(data) = frame.data_ref() {
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// What comes in time.
async fn timely<T>(patience: Duration, part: impl Future<Output = T>) -> Result<T, Turned> {
    tokio::time::timeout(patience, part).await.map_err(|_| {
        let what = format!("nothing came for {} seconds", patience.as_secs());
        Turned::down(StatusCode::REQUEST_TIMEOUT, what, "send it again, all at once")
    })
}

fn too_large(most: u64, help: &str) -> Turned {
    let what = match most {
        0..=999_999 => format!("the request is larger than {most} bytes"),
        _ => format!("the request is larger than {} MB", most / 1_000_000),
    };
    Turned::down(StatusCode::PAYLOAD_TOO_LARGE, what, help)
}

fn broken(error: &(dyn std::error::Error + Send + Sync)) -> Turned {
    Turned::down(StatusCode::BAD_REQUEST, format!("the request breaks off: {error}"), "send it again")
}
