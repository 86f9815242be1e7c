//! What a page says where a store says no.
use super::super::frame;
use crate::front::Front;
use crate::reply::Turned;
use crate::scenarios::{ScenarioId, Store, StoreError};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// A page instead of the one that was asked for.
pub(super) struct Unkept {
    status: StatusCode,
    what: String,
    help: String,
}

impl Unkept {
    pub(super) fn new(status: StatusCode, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status, what: what.into(), help: help.into() }
    }
    /// What it says, in one paragraph.
    pub(super) fn said(&self) -> String {
        format!("{} {}", self.what, self.help).trim().to_owned()
    }
    pub(super) fn page(&self, front: &Front, path: &str) -> Response {
        let mut response = frame::told(front, path, self.status, &self.what, &self.help);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert("retry-after", HeaderValue::from_static("2"));
        }
        response
    }
}

impl From<StoreError> for Unkept {
    fn from(error: StoreError) -> Self {
        let (status, help) = match &error {
            StoreError::Missing(_) | StoreError::NoVersion { .. } => {
                (StatusCode::NOT_FOUND, "It may have been purged; the list shows what there is.")
            }
            StoreError::Changed(_) => (StatusCode::CONFLICT, "Look at what is there now, and try again."),
            StoreError::Deleted { .. } | StoreError::NotDeleted(_) => (StatusCode::CONFLICT, ""),
            StoreError::Unfit(_) => (StatusCode::BAD_REQUEST, "Go back, change it, and save again."),
            StoreError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "Nothing was changed."),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "Nothing was changed. The server's log says more."),
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(%error, "the database of scenarios");
        }
        Self::new(status, frame::capitalized(&error.to_string()) + ".", help)
    }
}

impl From<Turned> for Unkept {
    fn from(turned: Turned) -> Self {
        let sentence = |text: &str| if text.is_empty() { String::new() } else { frame::capitalized(text) + "." };
        Self::new(turned.status, sentence(&turned.what), sentence(&turned.help))
    }
}

/// The store of this server, if it keeps anything.
pub(super) fn store(front: &Front) -> Result<&Store, Unkept> {
    front.scenarios.as_ref().ok_or_else(|| {
        let help = "Start it with --database sqlite://FILE, or share plans by their addresses.";
        Unkept::new(StatusCode::NOT_FOUND, "This server keeps no scenarios.", help)
    })
}

/// The id in a path.
pub(super) fn id(text: &str) -> Result<ScenarioId, Unkept> {
    text.parse()
        .map_err(|_| Unkept::new(StatusCode::NOT_FOUND, "There is no such scenario.", "The list shows what there is."))
}
