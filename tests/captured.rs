//! A real server under load, as its monitors saw it: `profile` finds what the server's own clocks say, and a plan follows.
//!
//! `fixtures/capture_service.py` recorded `fixtures/capture/`, and beside it what no monitor knows.
use plimsoll_tests::{root, run};
use serde_json::Value;
use std::sync::OnceLock;

/// A number of `capture_truth.json`.
fn truth(name: &str) -> f64 {
    static TRUTH: OnceLock<Value> = OnceLock::new();
    let read = || {
        let text = std::fs::read_to_string(root().join("fixtures/capture_truth.json")).expect("the truth is there");
        serde_json::from_str(&text).expect("the script writes JSON")
    };
    TRUTH.get_or_init(read)[name].as_f64().unwrap_or_else(|| panic!("{name} is a number"))
}

/// Seconds of a processor that a request takes: the server's own, and those of the client, which ran on the same machine.
fn cpu_per_request() -> f64 {
    (truth("cpu_per_request_ms") + truth("generator_cpu_per_request_ms")) / 1000.0
}

fn answer() -> &'static Value {
    static ANSWER: OnceLock<Value> = OnceLock::new();
    ANSWER.get_or_init(|| {
        let ran = run(&["profile", "fixtures/capture", "--as-of", "2026-11-26", "--format", "json"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        serde_json::from_str::<Value>(&ran.out).expect("it is JSON")["answer"].clone()
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A parameter that was measured: low, value, high.
fn measured(name: &str) -> [f64; 3] {
    let fit = list(&answer()["fits"]).iter().find(|fit| fit["parameter"] == name);
    let fit = fit.unwrap_or_else(|| panic!("{name} is told"));
    assert_eq!(fit["source"], "measured", "{fit}");
    ["low", "value", "high"].map(|end| fit[end].as_f64().expect("ends are numbers"))
}

#[test]
fn what_a_request_takes_of_a_processor_is_found() {
    let ([low, value, high], truth) = (measured("cpu_per_request"), cpu_per_request());
    println!("cpu_per_request {low} {value} {high}, is {truth}");
    assert!(low <= truth && truth <= high, "{low} to {high}, is {truth}");
    assert!((value / truth - 1.0).abs() < 0.03, "{value} is {truth}");
    assert!((high - low) / truth < 0.08, "{low} to {high} is wide");
    let line = &answer()["service"]["lines"][0];
    assert!(line["r_squared"].as_f64() > Some(0.96) && line["points"].as_u64() > Some(140), "{line}");
}

#[test]
fn what_the_machine_does_without_requests_is_found() {
    let [low, value, high] = measured("cpu_base");
    let truth = truth("busy_with_anything_else_vcpus");
    println!("cpu_base {low} {value} {high}, is {truth}");
    assert!(low <= truth && truth <= high, "{low} to {high}, is {truth}");
    assert!(high - low < 0.1, "a twentieth of two processors: {low} to {high}");
}

#[test]
fn the_log_tells_every_request_and_its_bytes() {
    let files = list(&answer()["reading"]["files"]);
    let log = files.iter().find(|file| file["name"].as_str().is_some_and(|name| name.ends_with("web.log.gz")));
    assert_eq!(log.expect("it was read")["rows"].as_f64(), Some(truth("requests")));
    let [_, bytes, _] = measured("bytes_out");
    assert!((bytes / 10_000.0 - 1.0).abs() < 0.02, "4,000 to 16,000 bytes, all alike: {bytes}");
    // A request of wrk, and the acknowledgments of an answer, in frames of an Ethernet.
    let [_, bytes, _] = measured("bytes_in");
    assert!((100.0..1000.0).contains(&bytes), "{bytes}");
}

#[test]
fn clients_that_wait_for_nothing_show_where_processors_are_full() {
    let model = &answer()["service"]["scaling"]["model"];
    assert_eq!(model["kind"], "ceiling", "{model}");
    let full = truth("processors") / cpu_per_request();
    let ceiling = model["ceiling_per_second"].as_f64().expect("it is a number");
    assert!((ceiling / full - 1.0).abs() < 0.05, "{ceiling}/s, processors allow {full}/s");
    assert_eq!(list(&answer()["service"]["scaling"]["points"]).iter().filter(|p| p["aside"].is_null()).count(), 9);
}

#[test]
fn the_profile_is_planned_as_it_is() {
    let out = std::env::temp_dir().join(format!("plimsoll-captured-{}.toml", std::process::id()));
    let path = out.display().to_string();
    let ran = run(&["profile", "fixtures/capture", "--as-of", "2026-11-26", "--out", &path]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let ran = run(&["plan", &path, "--as-of", "2026-11-26", "--format", "json"]);
    std::fs::remove_file(&out).expect("it was written");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let plan: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let components = list(&plan["answer"]["chosen"]["components"]);
    let web = components.iter().find(|one| one["name"] == "web").expect("the service is planned");
    assert!(web["count"].as_u64() >= Some(1) && web["shape"].is_string(), "{web}");
}
