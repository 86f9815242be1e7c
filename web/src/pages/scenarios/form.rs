//! Small forms that were sent, and who sent them.
use super::unkept::Unkept;
use crate::asking::whole;
use crate::front::Shared;
use crate::guard::Who;
use crate::scenarios::{Name, Stamp};
use axum::extract::Request;
use axum::http::{Extensions, StatusCode};
use form_urlencoded::parse;
use jiff::Timestamp;

/// What the fields of a form say.
pub(super) struct Form {
    pairs: Vec<(String, String)>,
    known: Option<String>,
}

impl Form {
    /// Reads a form that browsers send.
    pub(super) async fn read(front: &Shared, request: Request) -> Result<Self, Unkept> {
        let known = named(request.extensions());
        let body = whole(front, request.into_body()).await?;
        // Forms are sent with the line ends of another system.
        let pair = |(name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
            (name.into_owned(), value.replace("\r\n", "\n"))
        };
        Ok(Self { pairs: parse(&body).map(pair).collect(), known })
    }
    /// What a field says; nothing if it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
    /// What it says, if it is a name.
    pub(super) fn name(&self, field: &str, what: &str) -> Result<Name, Unkept> {
        self.get(field).trim().parse().map_err(|error| {
            let help = "Go back, change it, and send it again.";
            Unkept::new(StatusCode::BAD_REQUEST, format!("{what} cannot be that: {error}."), help)
        })
    }
    /// The version that it was made from.
    pub(super) fn version(&self) -> Result<u32, Unkept> {
        self.get("version").parse().map_err(|_| {
            Unkept::new(
                StatusCode::BAD_REQUEST,
                "The form does not say which version it was made from.",
                "Open the page again.",
            )
        })
    }
    /// Who sent it, now: whom the proxy in front names, else the name that was typed.
    pub(super) fn stamp(&self) -> Result<Stamp, Unkept> {
        let by = match self.known.as_deref().map(str::parse) {
            Some(Ok(known)) => known,
            _ => self.name("by", "Your name")?,
        };
        Ok(Stamp { by, at: Timestamp::now() })
    }
}

/// Whom the proxy in front names.
pub(super) fn named(extensions: &Extensions) -> Option<String> {
    extensions.get::<Who>().and_then(|Who(name)| name.clone())
}
