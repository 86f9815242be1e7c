//! Scenarios as texts: taken along, and brought.
use super::super::address::Address;
use super::super::frame;
use super::form::named;
use super::unkept::{Unkept, id, store};
use super::{LIST, place, sent_on};
use crate::asking::form::{next, parts, text as text_of};
use crate::front::{Front, Shared};
use crate::reply::Turned;
use crate::scenarios::{Stamp, text};
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use plimsoll_desk::Failure;

/// `GET /scenarios/ID/export`: the newest version, or the one that is named, as TOML.
pub(super) async fn export(State(front): State<Shared>, Path(path): Path<String>, request: Request) -> Response {
    let address = Address::of(request.uri());
    exported(&front, &path, address.get("version")).await.unwrap_or_else(|unkept| unkept.page(&front, LIST))
}

async fn exported(front: &Front, path: &str, version: Option<&str>) -> Result<Response, Unkept> {
    let (store, id) = (store(front)?, id(path)?);
    let scenario = match version.and_then(|version| version.parse().ok()) {
        Some(version) => store.load_version(&id, version).await?,
        None => store.load(&id).await?,
    };
    let place = format!("attachment; filename=\"scenario-{id}.toml\"");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/toml; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&place).expect("ids are plain")),
    ];
    Ok((headers, text::write(&scenario)).into_response())
}

/// `POST /scenarios/import`: a file of TOML, as a new scenario.
pub(super) async fn import(State(front): State<Shared>, request: Request) -> Response {
    imported(&front, request).await.unwrap_or_else(|response| response)
}

async fn imported(front: &Shared, request: Request) -> Result<Response, Response> {
    let told = |unkept: Unkept| unkept.page(front, LIST);
    let turned = |turned: Turned| told(turned.into());
    let store = store(front).map_err(told)?;
    let known = named(request.extensions());
    let mut parts = parts(request).await.map_err(turned)?;
    let mut left = front.config.limits.body as u64;
    let (mut brought, mut by) = (None, known);
    while let Some(part) = next(front, &mut parts).await.map_err(turned)? {
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let content = text_of(front, part, &mut left).await.map_err(turned)?;
        match field.as_str() {
            "by" => by = by.or(Some(content)),
            "file" => brought = Some((file.filter(|name| !name.is_empty()).unwrap_or("scenario.toml".into()), content)),
            _ => {}
        }
    }
    let help = "Go back and choose one.";
    let none = || told(Unkept::new(StatusCode::BAD_REQUEST, "No file was chosen.", help));
    let (name, content) = brought.filter(|(_, content)| !content.is_empty()).ok_or_else(none)?;
    let draft = text::read(&name, content.as_bytes())
        .map_err(|problems| frame::failed(front, LIST, &Failure::problems("scenarios", problems)))?;
    let by = by.unwrap_or_default().trim().parse().map_err(|error| {
        told(Unkept::new(
            StatusCode::BAD_REQUEST,
            format!("Your name cannot be that: {error}."),
            "Go back and change it.",
        ))
    })?;
    let stamp = Stamp { by, at: Timestamp::now() };
    let id = store.import(&draft, &stamp).await.map_err(|error| told(error.into()))?;
    Ok(sent_on(&place(&id)))
}
