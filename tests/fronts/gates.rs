//! Conditions that stop a pipeline.
use super::{asked, parsed};

const PLAN: [&str; 2] = ["plan", "fixtures/one-service.toml"];

fn gated(flags: &[&str]) -> plimsoll_tests::Ran {
    asked(PLAN[0], PLAN[1], flags)
}

#[test]
fn a_condition_that_holds_ends_with_1_and_says_which() {
    let (dear, cheap) = ("chosen.cost.usd_per_month.mean > 10", "chosen.cost.usd_per_month > 100000");
    let ran = gated(&["--fail-on", dear, "--fail-on", cheap]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.starts_with(&format!("fails on `{dear}`: chosen.cost.usd_per_month.mean is ")), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.out.contains("CONDITIONS") && ran.out.contains("passes `"), "{}", ran.out);
    assert_eq!(gated(&["--fail-on", cheap]).status, 0);
}

#[test]
fn what_is_not_known_does_not_pass() {
    // No source tells what electricity emits there.
    let there = ["--provider", "azure", "--region", "japaneast"];
    let ran = gated(&[&there[..], &["--fail-on", "chosen.carbon.watts > 100"]].concat());
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("Not known: no source here tells what electricity emits in azure/japaneast."));
    assert!(
        ran.err.starts_with("cannot tell `chosen.carbon.watts > 100`: chosen.carbon.watts is unknown"),
        "{}",
        ran.err
    );
}

#[test]
fn json_has_the_conditions_and_every_other_field() {
    let flags = ["--fail-on", "chosen.coverage_share < 0.95", "--format", "json"];
    let (with, without) = (parsed(&gated(&flags).out), parsed(&gated(&flags[2..]).out));
    assert_eq!(with["fail_on"][0]["outcome"], "passed");
    assert_eq!(with["fail_on"][0]["values"][0]["path"], "chosen.coverage_share");
    assert_eq!((&with["answer"], &with["verdict"]), (&without["answer"], &without["verdict"]));
    assert_eq!(without.get("fail_on"), None);
}

#[test]
fn markdown_is_fit_for_a_pull_request() {
    let out = gated(&["--fail-on", "chosen.components[thumbnails].count > 1", "--format", "md"]).out;
    assert!(out.starts_with("**Run "), "{out}");
    assert!(out.contains("\n- ❌ fails on "), "{out}");
    assert_eq!(out.matches("<details>").count(), out.matches("</details>").count());
    assert!(out.find("<details>") > out.find("❌"));
}

#[test]
fn other_questions_have_gates_too() {
    let bill = |condition| asked("bill", "fixtures/bills/focus.csv", &["--fail-on", condition]);
    assert_eq!((bill("total > 1").status, bill("total > 1000000000").status), (1, 0));
    let usage = ["--fleet", "fixtures/fleet/fleet.csv", "--fail-on", "count(resources[*].finding == \"idle\") > 50"];
    assert_eq!(asked("rightsize", "fixtures/fleet/usage.csv", &usage).status, 0);
    let profile = asked("profile", "fixtures/requests.csv", &["--fail-on", "quality.score_share < 1%"]);
    assert_eq!(profile.status, 0, "{}", profile.err);
}

#[test]
fn a_mistake_ends_with_2_before_or_after_the_question() {
    for condition in ["chosen.cost >", "chosen.cst > 1", "chosen.cost > 1"] {
        let ran = gated(&["--fail-on", condition]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{condition}: {}", ran.err);
        assert!(ran.err.starts_with("--fail-on:1:"), "{}", ran.err);
    }
}
