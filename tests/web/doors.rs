//! Who is let in, and what every answer says to browsers.
use plimsoll_tests::{Server, binary, run};
use std::process::Command;

fn token_file(name: &str, text: &str) -> String {
    let path = std::env::temp_dir().join(format!("plimsoll-{name}-{}", std::process::id()));
    std::fs::write(&path, text).expect("files can be written");
    path.display().to_string()
}

#[test]
fn other_machines_are_refused_without_a_token() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080"] {
        let ran = run(&["serve", "--listen", address]);
        assert_eq!(ran.status, 2, "{address}: {}", ran.err);
        assert!(ran.err.contains("--token-file FILE") && ran.out.is_empty(), "{}", ran.err);
    }
    let short = token_file("short", "secret\n");
    let ran = run(&["serve", "--listen", "0.0.0.0:0", "--token-file", &short]);
    assert!(ran.status == 2 && ran.err.contains("shorter than 16 characters"), "{}", ran.err);
    let ran = run(&["serve", "--listen", "0.0.0.0:0", "--token-file", "no-such-file"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    std::fs::remove_file(short).expect("it is ours");
}

#[test]
fn a_token_is_asked_for_wherever_it_is_set() {
    let file = token_file("token", "0123456789abcdef\n");
    let server = Server::start(&["--token-file", &file]);
    assert_eq!(server.get("/healthz").status, 200, "whether it lives is no secret");
    for path in ["/metrics", "/api/openapi.json", "/api/v1/jobs/x"] {
        assert_eq!(server.get(path).status, 401, "{path}");
        let shown = server.ask("GET", path, &[("Authorization", "Bearer 0123456789abcdef")], b"");
        assert_ne!(shown.status, 401, "{path}");
    }
    let wrong = server.ask("GET", "/metrics", &[("Authorization", "Bearer 0123456789abcdeF")], b"");
    assert_eq!(wrong.status, 401);
    std::fs::remove_file(file).expect("it is ours");
}

#[test]
fn a_proxy_says_who_asks() {
    let server = Server::start(&["--trust-header", "X-User"]);
    assert_eq!(server.get("/metrics").status, 401);
    assert_eq!(server.ask("GET", "/metrics", &[("X-User", "ann"), ("Host", "plimsoll.example")], b"").status, 200);
}

#[test]
fn every_answer_tells_browsers_to_be_careful() {
    let server = Server::start(&[]);
    for path in ["/healthz", "/nowhere", "/api/v1/nowhere", "/api/openapi.json"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").to_owned();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    assert_eq!(server.ask("GET", "/healthz", &[("X-Request-Id", "abc-1")], b"").header("x-request-id"), "abc-1");
    assert_ne!(server.ask("GET", "/healthz", &[("X-Request-Id", "a b")], b"").header("x-request-id"), "a b");
}

#[test]
fn pages_of_others_change_nothing_and_other_names_lead_nowhere() {
    let server = Server::start(&[]);
    let cross = [("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(server.ask("POST", "/api/v1/plan", &cross, b"{}").status, 403);
    let origin = [("Content-Type", "application/json"), ("Origin", "http://evil.example")];
    assert_eq!(server.ask("POST", "/api/v1/plan", &origin, b"{}").status, 403);
    let own = format!("http://{}", server.address());
    let own = [("Content-Type", "application/json"), ("Origin", own.as_str())];
    assert_eq!(server.ask("POST", "/api/v1/plan", &own, b"{}").status, 400);
    assert_eq!(server.ask("GET", "/healthz", &[("Host", "evil.example")], b"").status, 421);
}

#[test]
fn the_server_counts_and_ends_when_it_is_told_to() {
    let server = Server::start(&[]);
    assert_eq!((server.get("/healthz").text(), server.get("/readyz").text()), ("ok\n".into(), "ready\n".into()));
    let metrics = server.get("/metrics").text();
    assert!(
        metrics.contains("plimsoll_requests_total{method=\"GET\",path=\"/healthz\",status=\"200\"} 1"),
        "{metrics}"
    );
    assert!(metrics.contains("plimsoll_request_seconds_bucket") && metrics.ends_with("# EOF\n"), "{metrics}");
    server.terminate();
    assert!(server.wait().success());
}

#[test]
fn a_place_that_is_taken_is_told() {
    let server = Server::start(&[]);
    let output = Command::new(binary()).args(["serve", "--listen", server.address()]).output().expect("it runs");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && err.contains("cannot listen on 127.0.0.1:"), "{err}");
}
