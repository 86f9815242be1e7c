//! Whatever comes, the answer is a no with its reason, and the process lives.
use plimsoll_tests::{Server, read};
use serde_json::json;
use std::io::Write;

fn is_told(server: &Server, what: &str, answer: &plimsoll_tests::Response, statuses: &[u16]) {
    assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
    assert!(!answer.json()["problems"][0]["what"].as_str().expect("a reason").is_empty(), "{what}");
    assert_eq!(server.get("/healthz").status, 200, "{what}: the process lives");
}

#[test]
fn files_of_the_machine_are_out_of_reach() {
    let server = Server::start(&[]);
    for name in ["/etc/passwd", "../../../../etc/passwd", "file:///etc/passwd", "-", "/dev/stdin", "*", "."] {
        for flag in ["prices", "layout", "fleet"] {
            let question = json!({ "inputs": [{ "name": "a.csv", "text": "timestamp,value\n2026-11-01T00:00Z,1\n" }], "flags": { flag: name } });
            let answer = server.post("/api/v1/rightsize", &question);
            is_told(&server, &format!("{flag}={name}"), &answer, &[400]);
            assert!(!answer.text().contains("root:"), "{name}");
        }
        let answer = server.form("/api/v1/bill", &[("bill", None, name.as_bytes()), ("input", Some(name), b"x")]);
        assert!([400, 413].contains(&answer.status), "{name}: {}", answer.status);
    }
    for flag in ["out", "write-layout", "to", "threads", "memory"] {
        let question =
            json!({ "inputs": [{ "name": "a.csv", "text": "x" }], "flags": { flag: "/tmp/plimsoll-written" } });
        is_told(&server, flag, &server.post("/api/v1/bill", &question), &[400]);
    }
    assert!(!std::path::Path::new("/tmp/plimsoll-written").exists());
    for path in
        ["/../../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd"]
    {
        let answer = server.get(path);
        assert!(answer.status >= 400 && !answer.text().contains("root:"), "{path}");
    }
}

#[test]
fn an_input_that_is_no_file_is_turned_down_before_a_job_begins() {
    let server = Server::start(&[]);
    for path in ["/api/v1/bill", "/api/v1/jobs/bill", "/api/v1/jobs/plan"] {
        let answer = server.form(path, &[("input", None, b"{}")]);
        is_told(&server, path, &answer, &[400]);
        assert!(answer.text().contains("`input` came without the name of a file"), "{path}: {}", answer.text());
    }
}

#[test]
fn what_is_too_large_is_turned_down() {
    let server = Server::start(&["--most-upload", "1"]);
    let large = vec![b'x'; 1_100_000];
    is_told(&server, "a file", &server.form("/api/v1/bill", &[("input", Some("a.csv"), &large)]), &[413]);
    let half = vec![b'x'; 600_000];
    let two: [(&str, Option<&str>, &[u8]); 2] = [("input", Some("a.csv"), &half), ("input", Some("b.csv"), &half)];
    is_told(&server, "files together", &server.form("/api/v1/bill", &two), &[413]);
    let body = format!("{{\"workload\":\"{}\"}}", "x".repeat(33 << 20));
    let head = [("Content-Type", "application/json")];
    is_told(&server, "a body", &server.ask("POST", "/api/v1/plan", &head, body.as_bytes()), &[413]);
}

#[test]
fn forms_that_are_none_are_turned_down() {
    let server = Server::start(&[]);
    let broken: [(&str, &[u8]); 6] = [
        ("multipart/form-data", b"--XX\r\n\r\n"),
        ("multipart/form-data; boundary=XX", b""),
        ("multipart/form-data; boundary=XX", b"--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"),
        ("multipart/form-data; boundary=XX", b"--XX\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--XX--\r\n"),
        ("multipart/form-data; boundary=XX", b"\xff\xfe\x00--XX--"),
        (
            "multipart/form-data; boundary=XX",
            b"--XX\r\nContent-Disposition: form-data; name=\"by\"\r\n\r\n\xff\xff\r\n--XX--\r\n",
        ),
    ];
    for (kind, body) in broken {
        let answer = server.ask("POST", "/api/v1/bill", &[("Content-Type", kind)], body);
        is_told(&server, &String::from_utf8_lossy(body), &answer, &[400]);
    }
    for kind in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        let answer = server.ask("POST", "/api/v1/bill", &[("Content-Type", kind)], b"{}");
        is_told(&server, kind, &answer, &[415]);
    }
    for body in [&b"{"[..], b"null", b"[]", b"{\"a\":1}", b"\xff", b"{\"workload\":[]}", b"{\"flags\":3}"] {
        let answer = server.ask("POST", "/api/v1/plan", &[("Content-Type", "application/json")], body);
        is_told(&server, &String::from_utf8_lossy(body), &answer, &[400]);
    }
    let deep = format!("{{\"workload\":{}1{}}}", "{\"a\":".repeat(5000), "}".repeat(5000));
    is_told(
        &server,
        "depth",
        &server.ask("POST", "/api/v1/plan", &[("Content-Type", "application/json")], deep.as_bytes()),
        &[400],
    );
}

#[test]
fn methods_and_paths_that_are_none_are_told() {
    let server = Server::start(&[]);
    let answer = server.get("/api/v1/plan");
    is_told(&server, "GET", &answer, &[405]);
    assert_eq!(answer.header("allow"), "POST");
    let answer = server.ask("POST", "/api/v1/jobs/0123", &[], b"");
    is_told(&server, "POST", &answer, &[405]);
    assert_eq!(answer.header("allow"), "GET, HEAD, DELETE");
    is_told(&server, "path", &server.get("/api/v1/forecasts"), &[404]);
    is_told(&server, "job", &server.get("/api/v1/jobs/0123"), &[404]);
}

#[test]
fn bytes_that_are_no_request_close_the_connection() {
    let server = Server::start(&[]);
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nA\r\n\r\n",
        b"POST /api/v1/plan HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(bytes).expect("the server takes bytes");
        stream.shutdown(std::net::Shutdown::Write).expect("connections end");
        let mut answer = Vec::new();
        let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"), "{:?}", String::from_utf8_lossy(&answer));
        assert_eq!(server.get("/healthz").status, 200);
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(100_000));
    let mut stream = server.connect();
    let _ = stream.write_all(long.as_bytes());
    assert!(read(&mut stream).status >= 400);
}

#[test]
fn names_are_never_markup() {
    let server = Server::start(&[]);
    let name = "<script>alert(1)</script>.csv";
    let answer = server.form("/api/v1/bill", &[("input", Some(name), b"a,b\n1,2\n")]);
    assert_eq!((answer.status, answer.header("content-type")), (400, "application/json"));
    assert!(answer.text().contains("script>.csv"), "the last part of the name stays: {}", answer.text());
}
