//! A question as a form: the files are streamed to disk, and never in memory as a whole.
//!
//! A part with a file is an input, or the file of the flag that it is named after; a part without one is a flag with its
//! value, or the text of the `workload`.
use super::{Asking, Folder, broken, timely, too_large};
use crate::asking::files::full;
use crate::front::Shared;
use crate::reply::Turned;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use plimsoll_desk::flags;
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

/// The name of the parts that are files to be asked about.
const INPUT: &str = "input";
/// The longest value of a flag.
const LONGEST_VALUE: u64 = 1 << 20;

/// Reads a question.
pub(super) async fn read(front: &Shared, question: &str, request: Request) -> Result<Asking, Turned> {
    let mut parts = parts(request).await?;
    let mut asking = Asking::of(question);
    let folder = Arc::new(Folder::new(front)?);
    let mut left = front.config.limits.upload;
    let flags = flags(question).unwrap_or_default();
    while let Some(part) = next(front, &mut parts).await? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file) = part.file_name().map(str::to_owned) else {
            let text = text(front, part, &mut left).await?;
            match name.as_str() {
                "workload" => asking.about(text.into_bytes())?,
                // A job would find out only later that there is no such flag.
                INPUT => {
                    let what = format!("`{INPUT}` came without the name of a file");
                    let help = "send it as a file, as browsers do: filename=\"usage.csv\"";
                    return Err(Turned::down(StatusCode::BAD_REQUEST, what, help));
                }
                _ if text.is_empty() => {}
                _ => asking.flags.push((name, text)),
            }
            continue;
        };
        // A field for files that none was chosen for.
        if file.is_empty() {
            continue;
        }
        let (upload, mut to) = folder.file(&file).await?;
        if asking.has(&upload.name) {
            let what = format!("two files are called `{}`", upload.name);
            return Err(Turned::down(StatusCode::BAD_REQUEST, what, "give one of them another name"));
        }
        stream(front, part, &mut to, &mut left).await?;
        let plain = name.replace('_', "-");
        if flags.iter().any(|flag| flag.name == plain) {
            asking.flags.push((name, upload.name.clone()));
        } else {
            asking.inputs.push(upload.name.clone());
        }
        asking.bring(upload);
    }
    asking.folder = Some(folder);
    Ok(asking)
}

/// The parts of a form.
pub(crate) async fn parts(mut request: Request) -> Result<Multipart, Turned> {
    // Counted here, part by part, so that the answer can say so.
    DefaultBodyLimit::disable().apply(&mut request);
    Multipart::from_request(request, &()).await.map_err(|error| {
        Turned::down(StatusCode::BAD_REQUEST, error.body_text(), "send parts as browsers do: RFC 7578")
    })
}

/// The next part.
pub(crate) async fn next<'p>(front: &Shared, parts: &'p mut Multipart) -> Result<Option<Field<'p>>, Turned> {
    timely(front.config.limits.patience, parts.next_field()).await?.map_err(|error| cut(&error))
}

/// Writes a part to its file, as it comes.
pub(crate) async fn stream(
    front: &Shared,
    mut part: Field<'_>,
    to: &mut tokio::fs::File,
    left: &mut u64,
) -> Result<(), Turned> {
    while let Some(piece) = timely(front.config.limits.patience, part.chunk()).await?.map_err(|error| cut(&error))? {
        take(front, left, piece.len() as u64)?;
        to.write_all(&piece).await.map_err(|error| full(&error))?;
    }
    to.flush().await.map_err(|error| full(&error))
}

/// The text of a part.
pub(crate) async fn text(front: &Shared, mut part: Field<'_>, left: &mut u64) -> Result<String, Turned> {
    let mut bytes = Vec::new();
    while let Some(piece) = timely(front.config.limits.patience, part.chunk()).await?.map_err(|error| cut(&error))? {
        take(front, left, piece.len() as u64)?;
        bytes.extend_from_slice(&piece);
        let most = LONGEST_VALUE.max(front.config.limits.body as u64);
        if bytes.len() as u64 > most {
            return Err(too_large(most, "send what is large as a file"));
        }
    }
    String::from_utf8(bytes).map_err(|_| Turned::down(StatusCode::BAD_REQUEST, "a value is not text in UTF-8", ""))
}

fn take(front: &Shared, left: &mut u64, bytes: u64) -> Result<(), Turned> {
    *left = left.checked_sub(bytes).ok_or_else(|| {
        too_large(front.config.limits.upload, "pack the files with gzip or zstd, or ask on the command line")
    })?;
    Ok(())
}

fn cut(error: &MultipartError) -> Turned {
    match error.status() {
        StatusCode::BAD_REQUEST => Turned::down(StatusCode::BAD_REQUEST, error.body_text(), "send it again, whole"),
        StatusCode::PAYLOAD_TOO_LARGE => too_large(0, "send less at once"),
        _ => broken(error),
    }
}
