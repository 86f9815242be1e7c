//! Plans under changes, and two sides beside each other, as a user asks for them.
use super::{asked, json, parsed};
use plimsoll_tests::{Decimal, root, run};
use serde_json::Value;

const ONE: &str = "fixtures/one-service.toml";
/// Two ranges for the smallest workload.
const UNSURE: [&str; 4] = [
    "--set",
    "demand.peak={low=\"150/s\",mid=\"250/s\",high=\"420/s\",confidence=\"90 %\"}",
    "--set",
    "service.thumbnails.cpu_per_request={low=\"15 ms\",mid=\"22 ms\",high=\"30 ms\",confidence=\"80 %\"}",
];

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

#[test]
fn a_sweep_has_a_plan_for_every_value_and_the_plan_as_stated() {
    let answer = &json("plan", ONE, &["--sweep", "demand.peak=100/s..1600/s:5"])["answer"];
    let points = list(&answer["sweep"]["points"]);
    let shown: Vec<&str> = points.iter().filter_map(|point| point["at"]["demand.peak"].as_str()).collect();
    assert_eq!(shown, ["100/s", "200/s", "400/s", "800/s", "1,600/s"]);
    let costs: Vec<Decimal> = points.iter().map(|point| Decimal::of(&point["usd_per_month"]["mean"])).collect();
    assert!(costs.is_sorted(), "more demand never costs less");
    assert!(points.iter().skip(1).any(|point| !list(&point["changes"]).is_empty()));
    assert!(answer["chosen"]["cost"]["usd_per_month"]["mean"].is_number());
    let grid =
        &json("plan", ONE, &["--sweep", "promises.survive=none,zone", "--sweep", "demand.burst=1.0..1.4:3"])["answer"];
    assert_eq!((list(&grid["sweep"]["axes"]).len(), list(&grid["sweep"]["points"]).len()), (2, 6));
    let html = asked("plan", ONE, &["--sweep", "demand.peak=100/s..1600/s:5", "--format", "html"]).out;
    assert!(html.contains("<svg") && html.contains("What a month costs"), "a sweep is drawn");
}

#[test]
fn a_goal_is_just_reached_at_the_value_that_is_found() {
    let flags = ["--seek", "demand.peak s.t. usd_per_month <= 500"];
    let answer = &json("plan", ONE, &flags)["answer"];
    let seek = &answer["seek"];
    let cost = |side: &str| seek[side]["usd_per_month"]["mean"].as_f64().unwrap_or_else(|| panic!("{seek}"));
    assert!(cost("found") <= 500.0 && cost("beyond") > 500.0, "{seek}");
    let (found, beyond) =
        (seek["value"].as_f64().expect("a value"), seek["beyond"]["value"].as_f64().expect("a value"));
    assert!(beyond > found && beyond / found < 1.02, "{found} and {beyond}");
    assert_eq!((&seek["direction"], &seek["monotone"]), (&Value::from("max"), &Value::from(true)));
    assert_eq!(
        Decimal::of(&answer["chosen"]["cost"]["usd_per_month"]["mean"]),
        Decimal::of(&seek["found"]["usd_per_month"]["mean"])
    );
    let refused = json("plan", ONE, &["--seek", "demand.peak s.t. usd_per_month <= 1"]);
    assert_eq!((&refused["answer"], &refused["refusal"]["kind"]), (&Value::Null, &Value::from("goal_not_reached")));
    assert!(list(&refused["refusal"]["measured"]).iter().all(|end| end["usd_per_month"].is_number()), "{refused}");
}

#[test]
fn what_is_sought_is_a_value_that_a_file_can_state() {
    let sought = |goal: &str| json("plan", ONE, &[&STATED[..], &["--seek", goal]].concat())["answer"]["seek"].clone();
    let seek = sought("demand.mean s.t. usd_per_month <= 5000");
    assert_eq!((&seek["value"], &seek["limit"]["why"]), (&Value::from(500.0), &Value::from("unreadable")), "{seek}");
    assert!(seek["limit"]["message"].as_str().is_some_and(|why| why.contains("above the peak")), "{seek}");
    let seek = sought("demand.peak s.t. usd_per_month <= 5000 and p99_seconds <= 0.05");
    assert!(list(&seek["probes"]).iter().all(|tried| tried["value"].as_f64() >= Some(200.0)), "{seek}");
    // The goal is a promise: the plan that is found keeps it, and one beyond costs too much.
    assert_eq!(seek["planned_as_promises"][0]["measure"], "p99_seconds");
    assert!(seek["found"]["p99_seconds"].as_f64() <= Some(0.05), "{seek}");
    assert!(seek["beyond"]["usd_per_month"]["mean"].as_f64() > Some(5000.0), "{seek}");
    // Far beyond where it stands, and told where there is no further.
    let far = sought("service.thumbnails.memory s.t. usd_per_month <= 50000");
    assert!(far["beyond"].is_object() && far["value"].as_f64() > Some(64.0 * 700e6), "{far}");
}

#[test]
fn shares_near_one_are_sought_by_what_is_missing() {
    let flags = ["--seek", "promises.availability s.t. usd_per_month <= 2500"];
    let seek = &json("plan", "fixtures/checkout.toml", &flags)["answer"]["seek"];
    let found = seek["value"].as_f64().expect("a value");
    assert!(found >= 0.999, "what stands costs less: {seek}");
    let stands = |tried: &Value| tried["value"].as_f64().is_some_and(|value| (value - 0.999).abs() < 1e-12);
    assert!(list(&seek["probes"]).iter().any(stands), "it is tried where it stands: {seek}");
    let csv = asked("plan", "fixtures/checkout.toml", &[&flags[..], &["--format", "csv"]].concat()).out;
    assert!(csv.starts_with("promises.availability,goal,a month,"), "{csv}");
}

/// The smallest workload with a peak and a mean, so that the mean may lie above a peak that is tried.
const STATED: [&str; 4] = ["--set", "demand.peak=500/s", "--set", "demand.mean=200/s"];

#[test]
fn a_value_that_cannot_be_stated_is_a_point_of_a_sweep_without_a_plan() {
    let flags = [&STATED[..], &["--sweep", "demand.peak=100/s..2000/s:4"]].concat();
    let answer = &json("plan", ONE, &flags)["answer"];
    let points = list(&answer["sweep"]["points"]);
    assert_eq!(points[0]["refusal"]["kind"], "unreadable", "{}", points[0]);
    assert!(points[0]["usd_per_month"].is_null() && points[1]["usd_per_month"]["mean"].is_number());
    let text = asked("plan", ONE, &flags).out;
    assert!(text.contains("at demand.peak 100/s: the mean is above the peak of 100/s"), "{text}");
    // Conditions reach every point, with a plan or without one.
    let gated = |condition: &str| {
        let all = [&flags[..], &["--as-of", "2026-11-23", "--fail-on", condition]].concat();
        run(&[&["plan", ONE][..], &all].concat()).status
    };
    assert_eq!(gated("sweep.points[*].usd_per_month.mean > 300"), 1);
    assert_eq!(gated("count(sweep.points[*].refusal.kind) > 1"), 0);
}

#[test]
fn reasons_of_points_without_a_plan_stand_under_a_table_of_a_hundred_columns() {
    let flags = [&STATED[..], &["--sweep", "promises.p99=10ms..300ms:4"]].concat();
    let text = asked("plan", ONE, &flags).out;
    let table: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("ALONG")).take(8).collect();
    assert!(table.iter().any(|line| line.contains("no plan: nothing fits")), "{text}");
    assert!(table.iter().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn the_horizon_is_told_with_changes_for_a_time() {
    let folder = std::env::temp_dir().join(format!("plimsoll-changes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let file = folder.join("sale.toml");
    let change = "[[change]]\nname = \"sale\"\nfrom = \"2026-12-01\"\nscale = { \"demand.peak\" = 3 }\n";
    std::fs::write(&file, change).expect("a change can be written");
    let file = file.to_string_lossy().into_owned();
    let whole = json("plan", ONE, &["--change", &file]);
    let answer = &whole["answer"];
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value} is a number"));
    let without = number(&answer["chosen"]["cost"]["usd_over_horizon"]["mean"]);
    let days = number(&answer["usd_over_horizon_with_changes_for_the_days"]);
    let with = number(&answer["usd_over_horizon_with_changes"]);
    assert!(without < days && days < with, "{without}, {days}, {with}");
    assert!(whole["verdict"].as_str().is_some_and(|verdict| verdict.contains("With the changes for a time: $")));
    // Under ranges: in how many of the worlds, not in the one at the middle.
    let unsure = json("plan", ONE, &[&UNSURE[..], &["--draws", "64", "--change", &file]].concat());
    let carried = number(&unsure["answer"]["events"][0]["carried_share"]);
    assert!((0.0..1.0).contains(&carried), "{carried}");
    let along = ["plan", ONE, "--change", &file, "--sweep", "demand.peak=100/s..200/s:2", "--as-of", "2026-11-23"];
    let refused = run(&along);
    assert_eq!(refused.status, 2, "{}", refused.out);
    assert!(refused.err.contains("not planned along a sweep"), "{}", refused.err);
    std::fs::remove_dir_all(folder).expect("and can be removed");
}

#[test]
fn what_each_of_too_many_machines_needs_is_told_as_that() {
    let refused = json("plan", ONE, &["--set", "demand.peak=1e9/s"]);
    let verdict = refused["verdict"].as_str().expect("a sentence");
    assert!(verdict.contains("CPU: each of 20,000 machines, the most that are planned, needs"), "{verdict}");
}

#[test]
fn a_range_that_is_correlated_may_be_set_and_swept() {
    let note = "the correlation of demand.peak with demand.mean is left out";
    let told = |whole: &Value| list(&whole["notes"]).iter().any(|n| n.as_str().is_some_and(|n| n.contains(note)));
    let few = ["--draws", "16"];
    let launch = "fixtures/launch.toml";
    assert!(told(&json("plan", launch, &[&few[..], &["--set", "demand.peak=900/s"]].concat())));
    assert!(told(&json("plan", launch, &[&few[..], &["--sweep", "demand.peak=900/s,1100/s"]].concat())));
    assert!(told(&json("compare", launch, &[&few[..], &["--set", "demand.peak=900/s"]].concat())));
    assert!(!told(&json("plan", launch, &few)));
}

#[test]
fn ranges_may_be_set_and_say_what_matters() {
    let whole = json("plan", ONE, &UNSURE);
    assert_eq!(whole["draws"], 1024);
    let sensitivity = &whole["answer"]["sensitivity"];
    let worth = |value: &Value, field: &str| value[field].as_f64().unwrap_or_else(|| panic!("{field} of {value}"));
    let (all, regret) =
        (worth(sensitivity, "worth_of_knowing_all_usd_per_month"), worth(sensitivity, "expected_regret_usd_per_month"));
    assert!(0.0 < all && all <= regret, "{sensitivity}");
    let paths: Vec<&str> = list(&sensitivity["inputs"]).iter().filter_map(|input| input["path"].as_str()).collect();
    assert_eq!(paths.len(), 2);
    assert!(list(&sensitivity["inputs"]).iter().all(|input| worth(input, "worth_usd_per_month") <= all));
    assert!(asked("plan", ONE, &UNSURE).out.contains("WHAT MATTERS"));
    assert!(!asked("plan", ONE, &[]).out.contains("WHAT MATTERS"), "nothing is uncertain");
}

#[test]
fn dated_changes_act_on_the_months_they_touch() {
    let changes = "tests/cases/plan/black-friday/sale.toml";
    let whole = json("plan", "fixtures/checkout.toml", &["--change", changes]);
    let events = list(&whole["answer"]["events"]);
    let friday = events.iter().find(|event| event["names"][0] == "Black Friday").expect("it is there");
    assert_eq!(friday["months"], serde_json::json!([1]));
    assert!(friday["extra_usd_per_month"].as_f64() > friday["extra_usd_for_the_days"].as_f64());
    assert!(list(&whole["notes"]).iter().any(|note| note.as_str().is_some_and(|n| n.contains("smaller answers"))));
    assert_eq!(whole["inputs"][1]["name"], "sale.toml");
}

#[test]
fn a_plan_is_compared_with_one_that_was_answered_before() {
    let folder = std::env::temp_dir().join(format!("plimsoll-compare-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let (before, after) = (folder.join("before.json"), folder.join("after.json"));
    for (file, survive) in [(&before, "promises.survive=machine"), (&after, "promises.survive=zone")] {
        let ran = asked("plan", ONE, &["--set", survive, "--format", "json"]);
        std::fs::write(file, ran.out).expect("the answer can be kept");
    }
    let [before, after] = [before, after].map(|file| file.to_string_lossy().into_owned());
    let compared = |left: &str, right: &str| {
        let ran = run(&["compare", left, right, "--as-of", "2026-11-23", "--format", "json"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        parsed(&ran.out)
    };
    let (there, back) = (compared(&before, &after), compared(&after, &before));
    let difference = there["answer"]["difference_usd_per_month"].as_f64().expect("a number");
    assert!(difference > 0.0, "surviving more costs more");
    assert_eq!(back["answer"]["difference_usd_per_month"].as_f64(), Some(-difference));
    assert!(there["verdict"].as_str().is_some_and(|v| v.starts_with("after.json costs $")), "{}", there["verdict"]);
    let line = &there["answer"]["lines"][0];
    assert!(line["left_usd"].is_number() && line["right_usd"].is_number() && line["why"].is_string(), "{line}");
    // A workload beside the answer of itself is the same.
    let same = compared(&before, ONE);
    assert_eq!(same["answer"]["difference_usd_per_month"].as_f64(), Some(0.0), "{}", same["verdict"]);
    std::fs::remove_dir_all(folder).expect("and can be removed");
}

#[test]
fn the_same_workload_is_compared_under_other_values_in_the_same_draws() {
    let flags = [&UNSURE[..], &["--set", "promises.p99=90 ms"]].concat();
    let answer = &json("compare", ONE, &flags)["answer"];
    assert!(answer["difference_usd_per_month"].as_f64() > Some(0.0), "{answer}");
    assert!(answer["difference_band"]["p10"].is_number() && answer["right"]["coverage_share"].is_number());
}

#[test]
fn bills_are_compared_line_by_line() {
    let (left, right) = ("fixtures/bills/focus.csv", "fixtures/bills/focus.csv");
    assert!(root().join(left).exists());
    let ran = run(&["compare", left, right, "--as-of", "2026-11-23", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let answer = &parsed(&ran.out)["answer"];
    assert_eq!(answer["difference_usd_per_month"], "0");
    assert!(list(&answer["lines"]).iter().all(|line| line["why"] == "same" && line["left_usd"].is_string()));
    let unlike = run(&["compare", ONE, left, "--as-of", "2026-11-23"]);
    assert_eq!(unlike.status, 1, "{}", unlike.out);
}
