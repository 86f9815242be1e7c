//! Who may ask. On this machine alone, whoever is on it; else who shows the token, or whom the proxy in front names.
//!
//! A page of somebody else's in the same browser is not on this machine: it is told by the headers that browsers send
//! with every request that changes something (`Sec-Fetch-Site`, `Origin`), and, where no token is asked for, by the name
//! it called this server (`Host`), which it cannot make `localhost`.
use crate::config::Config;
use crate::front::Shared;
use crate::reply::Turned;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, LOCATION, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// What a browser keeps instead of the token.
pub(crate) const COOKIE_NAME: &str = "plimsoll";

/// Who asks, where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who(pub(crate) Option<String>);

/// What anybody may see: whether the server lives, and where to show the token.
fn is_public(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/login") || path.starts_with("/assets/")
}

/// Turns down who may not ask.
pub(crate) async fn guard(State(front): State<Shared>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (config, headers) = (&front.config, request.headers());
    let checked = own_page(request.method(), headers).and_then(|()| called_rightly(config, headers));
    let who = checked.and_then(|()| if is_public(&path) { Ok(Who(None)) } else { who(config, headers) });
    match who {
        Ok(who) => {
            request.extensions_mut().insert(who.clone());
            let mut response = next.run(request).await;
            response.extensions_mut().insert(who);
            response
        }
        Err(turned) if turned.status == StatusCode::UNAUTHORIZED && wants_page(config, &path, headers) => {
            (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("/login"))]).into_response()
        }
        Err(turned) => turned.into_response(),
    }
}

/// Whether a browser asks that could show the token.
fn wants_page(config: &Config, path: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get("accept").and_then(|value| value.to_str().ok()).unwrap_or_default();
    config.token.is_some() && !path.starts_with("/api/") && accepts.contains("text/html")
}

/// Whether it may be one of our own pages, or no browser at all, that asks for a change.
fn own_page(method: &Method, headers: &HeaderMap) -> Result<(), Turned> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_own = match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, host)| text(HOST.as_str()) == Some(host)),
        (None, None) => true,
    };
    if is_own {
        return Ok(());
    }
    Err(Turned::down(StatusCode::FORBIDDEN, "a page of another site asks", "ask from Plimsoll's own pages"))
}

/// Whether the server is called by a name of this machine, where it is there for this machine alone.
fn called_rightly(config: &Config, headers: &HeaderMap) -> Result<(), Turned> {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !config.is_private() || is_local(host) {
        return Ok(());
    }
    let help = "behind a proxy, start it with --token-file FILE or --trust-header NAME";
    let what = "this server is there for its own machine, and is called by another name";
    Err(Turned::down(StatusCode::MISDIRECTED_REQUEST, what, help))
}

fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, _)) => name,
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Who asks, or that it is not said.
fn who(config: &Config, headers: &HeaderMap) -> Result<Who, Turned> {
    if let Some(name) = &config.trusted {
        let said = headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|who| !who.is_empty());
        if let Some(who) = said {
            return Ok(Who(Some(who.to_owned())));
        }
    }
    if let Some(token) = &config.token {
        let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        let pass = token.pass();
        if shown.is_some_and(|shown| token.is(shown)) || cookies(headers).any(|cookie| cookie == pass) {
            return Ok(Who(None));
        }
    }
    if config.is_private() {
        return Ok(Who(None));
    }
    let help = "send the token as `Authorization: Bearer TOKEN`, or show it at /login";
    Err(Turned::down(StatusCode::UNAUTHORIZED, "nothing says who asks", help))
}

/// The values of our cookie.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE_NAME).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Token;
    use axum::http::HeaderName;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &str)| (HeaderName::from_static(name), value.parse().unwrap());
        all.iter().map(header).collect()
    }

    #[test]
    fn changes_come_from_our_own_pages_or_from_no_browser() {
        let post = |all: &[(&'static str, &str)]| own_page(&Method::POST, &headers(all)).is_ok();
        assert!(post(&[]) && post(&[("sec-fetch-site", "same-origin")]) && post(&[("sec-fetch-site", "none")]));
        assert!(post(&[("origin", "https://plimsoll.example"), ("host", "plimsoll.example")]));
        assert!(!post(&[("sec-fetch-site", "cross-site")]) && !post(&[("sec-fetch-site", "same-site")]));
        assert!(!post(&[("origin", "null"), ("host", "localhost:8080")]));
        assert!(!post(&[("origin", "http://evil.example"), ("host", "localhost:8080")]));
        assert!(!post(&[("origin", "http://localhost:1"), ("host", "localhost:8080")]));
        assert!(own_page(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")])).is_ok());
    }

    #[test]
    fn a_name_that_leads_here_by_somebody_elses_hand_is_turned_down() {
        let called = |host: &str| called_rightly(&Config::default(), &headers(&[("host", host)])).is_ok();
        for host in ["localhost:8080", "LOCALHOST", "127.0.0.1:1", "[::1]:8080"] {
            assert!(called(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example", "10.0.0.1", ""] {
            assert!(!called(host), "{host}");
        }
    }

    #[test]
    fn who_asks_shows_the_token_or_is_named_by_the_proxy() {
        let token = Token::read("0123456789abcdef").unwrap();
        let pass = format!("a=b; plimsoll={}", token.pass());
        let config = Config { token: Some(token), ..Config::default() };
        assert!(who(&config, &headers(&[("authorization", "Bearer 0123456789abcdef")])).is_ok());
        assert!(who(&config, &headers(&[("cookie", &pass)])).is_ok());
        for wrong in [&[][..], &[("authorization", "Bearer x")], &[("cookie", "plimsoll=0123456789abcdef")]] {
            assert_eq!(who(&config, &headers(wrong)).unwrap_err().status, StatusCode::UNAUTHORIZED);
        }
        let trusted = Config { trusted: Some(HeaderName::from_static("x-user")), ..Config::default() };
        assert_eq!(who(&trusted, &headers(&[("x-user", "ann")])).unwrap(), Who(Some("ann".into())));
        assert!(who(&trusted, &headers(&[("x-user", " ")])).is_err() && who(&trusted, &headers(&[])).is_err());
        assert_eq!(who(&Config::default(), &headers(&[("x-user", "ann")])).unwrap(), Who(None));
    }
}
