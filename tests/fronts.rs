//! The command line as a user meets it.
use plimsoll_tests::{Ran, root, run, run_in};
use serde_json::Value;

#[path = "fronts/contract.rs"]
mod contract;
#[path = "fronts/explained.rs"]
mod explained;
#[path = "fronts/formats.rs"]
mod formats;
#[path = "fronts/gates.rs"]
mod gates;
#[path = "fronts/pages.rs"]
mod pages;
#[path = "fronts/readme.rs"]
mod readme;
#[path = "fronts/schema.rs"]
mod schema;
#[path = "fronts/status.rs"]
mod status;
#[path = "fronts/what_if.rs"]
mod what_if;
#[path = "fronts/workbooks.rs"]
mod workbooks;

const FIXTURES: [&str; 4] =
    ["fixtures/checkout.toml", "fixtures/video.toml", "fixtures/search.json", "fixtures/one-service.toml"];

/// The flags that set the three providers side by side, where each has a region near the workload's own.
fn side_by_side(file: &str) -> &'static [&'static str] {
    match file {
        "fixtures/search.json" => &[],
        _ => &["--provider", "aws", "--provider", "gcp", "--provider", "azure"],
    }
}

/// Every question, some of them refused, and every other report.
const REPORTS: [&[&str]; 11] = [
    &["plan", "fixtures/checkout.toml"],
    &["plan", "fixtures/video.toml"],
    &["plan", "fixtures/one-service.toml", "--set", "promises.p99=1 ms"],
    &["profile", "fixtures/requests.csv", "--counts"],
    &["profile", "fixtures/requests_capture.csv"],
    &["bill", "fixtures/bills/focus.csv"],
    &["explain", "fixtures/checkout.toml"],
    &["explain", "fixtures/checkout.toml", "api.count"],
    &["prices", "--region", "us-east-1"],
    &["prices", "compare", "m7g.large", "m7i.large", "--region", "us-east-1"],
    &["prices", "as-of"],
];

/// A question about a file, on the suites' day.
fn asked(question: &str, file: &str, flags: &[&str]) -> Ran {
    run(&[&[question, file, "--as-of", "2026-11-23"], flags].concat())
}

/// The JSON of a question that is answered or refused.
fn json(question: &str, file: &str, flags: &[&str]) -> Value {
    let ran = asked(question, file, &[flags, &["--format", "json"]].concat());
    assert!(ran.status < 2, "{}", ran.err);
    parsed(&ran.out)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}
