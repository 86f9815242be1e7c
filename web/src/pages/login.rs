//! Where the token is shown once, for a browser to be let in.
use super::frame::{Frame, page as framed};
use crate::asking::whole;
use crate::front::Shared;
use crate::guard::COOKIE_NAME;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

#[derive(Template)]
#[template(path = "login.html")]
struct Page<'a> {
    frame: Frame<'a>,
    is_wrong: bool,
}

/// Whoever guesses has to wait.
const PAUSE: Duration = Duration::from_millis(500);

/// `GET /login`.
pub(super) async fn page(State(front): State<Shared>) -> Response {
    if front.config.token.is_none() {
        return (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/"))]).into_response();
    }
    framed(StatusCode::OK, &Page { frame: Frame::new(&front, "/login", "Who asks?"), is_wrong: false })
}

/// `POST /login`.
pub(super) async fn enter(State(front): State<Shared>, request: Request) -> Response {
    // A proxy that speaks TLS says so; on this machine there is none.
    let is_secure = request.headers().get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let body = match whole(&front, request.into_body()).await {
        Ok(body) => body,
        Err(turned) => return turned.into_response(),
    };
    let shown = form_urlencoded::parse(&body).find(|(name, _)| name == "token").map(|(_, value)| value.into_owned());
    let token = front.config.token.as_ref().filter(|token| shown.is_some_and(|shown| token.is(shown.trim())));
    let Some(token) = token else {
        tokio::time::sleep(PAUSE).await;
        let frame = Frame::new(&front, "/login", "Who asks?");
        return framed(StatusCode::UNAUTHORIZED, &Page { frame, is_wrong: true });
    };
    let secure = if is_secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE_NAME}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000{secure}", token.pass());
    let cookie = HeaderValue::from_str(&cookie).expect("passes are plain");
    (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/")), (SET_COOKIE, cookie)]).into_response()
}
