//! Long questions: begun, watched, answered later with the same bytes, and stopped.
use plimsoll_tests::{Response, Server, root};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn checkout() -> Value {
    let toml = std::fs::read_to_string(root().join("fixtures/checkout.toml")).expect("the fixture is there");
    json!({ "workload": toml, "flags": { "as_of": "2026-11-23" } })
}

fn place(begun: &Response) -> String {
    assert_eq!(begun.status, 202, "{}", begun.text());
    let place = begun.header("location").to_owned();
    assert_eq!(place, format!("/api/v1/jobs/{}", begun.json()["id"].as_str().expect("an id")));
    place
}

fn ended(server: &Server, place: &str) -> Value {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let job = server.get(place).json();
        if job["state"] != "running" {
            return job;
        }
        assert!(Instant::now() < until, "{job}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_job_is_answered_with_the_bytes_of_the_question() {
    let server = Server::start(&[]);
    let at_once = server.post("/api/v1/plan", &checkout());
    let place = place(&server.post("/api/v1/jobs/plan", &checkout()));
    let job = ended(&server, &place);
    assert_eq!((job["state"].as_str(), job["status"].as_u64()), (Some("done"), Some(200)));
    let answer = server.get(&format!("{place}/answer"));
    assert_eq!((answer.status, answer.body), (200, at_once.body));
    let events = server.get(&format!("{place}/events"));
    assert_eq!(events.header("content-type"), "text/event-stream");
    assert!(events.text().contains("event: end\ndata: {\"id\""), "{}", events.text());
}

#[test]
fn a_job_tells_how_much_it_has_read_and_what_was_wrong() {
    let server = Server::start(&[]);
    let bill = std::fs::read(root().join("fixtures/bills/focus.csv")).expect("the fixture is there");
    let place_of = place(&server.form("/api/v1/jobs/bill", &[("input", Some("focus.csv"), &bill)]));
    let job = ended(&server, &place_of);
    assert_eq!(job["bytes_read"].as_u64(), Some(bill.len() as u64), "{job}");
    assert_eq!(job["bytes_total"], job["bytes_read"]);
    let wrong = place(&server.form("/api/v1/jobs/bill", &[("input", Some("a.csv"), b"a,b\n")]));
    assert_eq!(ended(&server, &wrong)["status"].as_u64(), Some(400));
    let answer = server.get(&format!("{wrong}/answer"));
    assert_eq!((answer.status, answer.json()["question"].as_str()), (400, Some("bill")));
}

#[test]
fn a_job_with_flags_that_are_not_understood_does_not_begin() {
    let server = Server::start(&[]);
    let wrong = json!({ "workload": checkout()["workload"], "flags": { "levers": "perhaps" } });
    let told = server.post("/api/v1/jobs/plan", &wrong);
    assert_eq!((told.status, told.header("location")), (400, ""), "{}", told.text());
    let asked = server.post("/api/v1/plan", &wrong);
    assert_eq!((asked.status, asked.text()), (400, told.text()), "the same words as without a job");
    let odd = json!({ "workload": { "demand": { "peak": "fast" } } });
    let (told, asked) = (server.post("/api/v1/jobs/plan", &odd), server.post("/api/v1/plan", &odd));
    assert_eq!((told.status, told.text()), (400, asked.text()), "a workload too is looked at before the job begins");
    let parts: [(&str, Option<&str>, &[u8]); 2] = [("cost", None, b"AAA"), ("input", Some("a.csv"), b"a,b\n")];
    assert_eq!(server.form("/api/v1/jobs/bill", &parts).status, 400);
}

#[test]
fn a_job_can_be_stopped() {
    let server = Server::start(&[]);
    let place = place(&server.post("/api/v1/jobs/plan", &checkout()));
    let stopped = server.ask("DELETE", &place, &[], b"");
    assert_eq!(stopped.status, 200);
    let state = stopped.json()["state"].as_str().expect("a state").to_owned();
    // Whichever comes first: both are ends.
    assert!(["canceled", "done"].contains(&state.as_str()), "{state}");
    let answer = server.get(&format!("{place}/answer"));
    assert_eq!(answer.status, if state == "canceled" { 410 } else { 200 });
    assert_eq!(server.ask("DELETE", "/api/v1/jobs/0", &[], b"").status, 404);
}
