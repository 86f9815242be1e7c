//! The style and the script of all pages, under addresses that change with their content: browsers keep them for ever.
use crate::front::Shared;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use plimsoll_desk::sha256;

/// A file that pages load.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: Bytes,
    /// Its address.
    place: String,
}

/// All of them.
pub(crate) struct Assets([Asset; 3]);

impl Default for Assets {
    fn default() -> Self {
        // Reports look here as they look anywhere.
        let style = [plimsoll::report::html::STYLE, include_str!("../../assets/frame.css")].concat();
        Self([
            Asset::of("style.css", "text/css; charset=utf-8", style.into()),
            Asset::of("pages.js", "text/javascript; charset=utf-8", include_str!("../../assets/pages.js").into()),
            Asset::of("mark.svg", "image/svg+xml", include_str!("../../assets/mark.svg").into()),
        ])
    }
}

impl Asset {
    fn of(name: &'static str, kind: &'static str, bytes: Bytes) -> Self {
        let place = format!("/assets/{}/{name}", &sha256(&bytes)[..16]);
        Self { name, kind, bytes, place }
    }
}

impl Assets {
    /// The address of a file.
    pub(super) fn place(&self, name: &str) -> &str {
        self.0.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.place)
    }
}

/// `GET /assets/HASH/NAME`.
pub(super) async fn asset(State(front): State<Shared>, Path((hash, name)): Path<(String, String)>) -> Response {
    let place = format!("/assets/{hash}/{name}");
    let Some(asset) = front.assets.0.iter().find(|asset| asset.place == place) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
    let headers = [(CONTENT_TYPE, HeaderValue::from_static(asset.kind)), (CACHE_CONTROL, for_ever)];
    (headers, asset.bytes.clone()).into_response()
}
