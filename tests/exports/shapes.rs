//! One month of usage in the shapes of every provider is one bill, as the command tells it.
use super::{Temporary, answer, assert_accounted, fixture, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The shapes that tell the whole month row by row.
const SHAPES: [&str; 6] = ["focus.csv", "cur.csv", "cur2.csv", "azure_ea.csv", "azure_mca.csv", "gcp.csv"];

fn key() -> Value {
    serde_json::from_str(&text(&fixture("key.json"))).unwrap()
}

/// Billed sums by one column; empty for null.
fn sums(answer: &Value, column: &str) -> BTreeMap<String, String> {
    let groups = answer["groups"].as_array().unwrap();
    let word = |group: &Value| group["key"][column].as_str().unwrap_or_default().to_owned();
    groups.iter().map(|group| (word(group), group["billed"].as_str().unwrap_or("none").to_owned())).collect()
}

fn expected(key: &Value, by: &str) -> BTreeMap<String, String> {
    serde_json::from_value(key["sums_of_every_shape"][by].clone()).unwrap()
}

#[test]
fn every_shape_gives_the_same_bill_to_the_last_digit() {
    let key = key();
    for shape in SHAPES {
        let path = fixture(shape);
        let file = path.to_str().unwrap();
        let ask = |flags: &[&str]| answer(&[&[file, "--cost", "billed"], flags].concat());
        let whole = ask(&[]);
        assert_accounted(&whole);
        assert_eq!(whole["total"]["billed"], key["sums_of_every_shape"]["billed"], "{shape}");
        assert_eq!(whole["quality"]["rows_read"], key["shapes"][shape]["rows"], "{shape}");
        let groupings = [
            ("by_service", "service", "ServiceName"),
            ("by_region", "region", "RegionId"),
            ("by_sub_account", "account", "SubAccountId"),
            ("by_team", "tag:team", "tag:team"),
        ];
        for (by, word, column) in groupings {
            assert_eq!(sums(&ask(&["--by", word]), column), expected(&key, by), "{shape} {by}");
        }
        assert_eq!(sums(&ask(&["--period", "day"]), "period"), expected(&key, "by_day"), "{shape} by day");
    }
}

#[test]
fn cost_explorer_tells_the_same_days() {
    let path = fixture("cost_explorer.csv");
    let answer = answer(&[path.to_str().unwrap(), "--cost", "billed", "--period", "day"]);
    assert_eq!(answer["total"]["billed"], key()["sums_of_every_shape"]["billed"]);
    assert_eq!(sums(&answer, "period"), expected(&key(), "by_day"));
    assert_eq!(answer["total"]["effective"], json!(null));
}

#[test]
fn split_costs_are_counted_once() {
    let path = fixture("cur2.csv");
    let answer = answer(&[path.to_str().unwrap()]);
    let aside = answer["quality"]["set_aside"].as_array().unwrap();
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert_eq!(aside[0]["rows"], key()["shapes"]["cur2.csv"]["split_rows"]);
}

#[test]
fn commitments_are_amortized_by_the_formula() {
    let path = fixture("cur_commitments.csv");
    let answer = answer(&[path.to_str().unwrap()]);
    let key = &key()["commitments"];
    assert_eq!(answer["total"]["billed"], key["unblended"]);
    assert_eq!(answer["total"]["effective"], key["amortized"]);
}

#[test]
fn a_shape_written_as_focus_is_the_same_bill() {
    for shape in SHAPES {
        let path = fixture(shape);
        let file = path.to_str().unwrap();
        let focus = plimsoll_tests::run(&["bill", file, "--to", "focus"]);
        assert_eq!(focus.status, 0, "{}", focus.err);
        let written = Temporary::of(focus.out.as_bytes(), "focus.csv");
        let by = ["--by", "service,region,tag:team", "--cost", "billed"];
        let again = answer(&[&[written.0.to_str().unwrap()][..], &by].concat());
        let before = answer(&[&[file][..], &by].concat());
        assert_eq!(again["groups"], before["groups"], "{shape}");
        assert_eq!(again["quality"]["files"][0]["format"], "FOCUS 1.2");
    }
}
