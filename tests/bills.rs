//! `bill`: exports of every provider in, sums to the last digit out; whole ones, damaged ones, and those of others.
use plimsoll::bill::{BillAnswer, Cost, Group};
use plimsoll_ingest::bills::Asked;
use plimsoll_ingest::inputs::Found;
use plimsoll_tests::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

#[path = "bills/asking.rs"]
mod asking;
#[path = "bills/shelf.rs"]
mod shelf;
#[path = "bills/table.rs"]
mod table;

#[path = "bills/cuts.rs"]
mod cuts;
#[path = "bills/damaged.rs"]
mod damaged;
#[path = "bills/dialects.rs"]
mod dialects;
#[path = "bills/laws.rs"]
mod laws;
#[path = "bills/lost_columns.rs"]
mod lost_columns;
#[path = "bills/messages.rs"]
mod messages;
#[path = "bills/no_bills.rs"]
mod no_bills;
#[path = "bills/published.rs"]
mod published;
#[path = "bills/shapes.rs"]
mod shapes;
#[path = "bills/shared.rs"]
mod shared;

use asking::{No, answer};

/// Each file of March, and of the other exports of the folder, with the format that it is in.
const FIXTURES: [(&str, &str); 11] = [
    ("focus.csv", "FOCUS 1.2"),
    ("cur.csv", "AWS CUR (legacy)"),
    ("cur2.csv", "AWS CUR 2.0"),
    ("azure_ea.csv", "Azure cost details (EA)"),
    ("azure_mca.csv", "Azure cost details (MCA)"),
    ("gcp.csv", "Google Cloud billing export (detailed)"),
    ("cost_explorer.csv", "AWS Cost Explorer"),
    ("cur_commitments.csv", "AWS CUR (legacy)"),
    ("azure_actual.csv", "Azure cost details (EA)"),
    ("azure_amortized.csv", "Azure cost details (EA)"),
    ("quarter.csv", "FOCUS 1.2"),
];

fn fixture(name: &str) -> Found {
    Found::file(root().join("fixtures/bills").join(name))
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join("fixtures/bills").join(name)).expect("fixtures are text")
}

/// The answers that the fixtures were made with.
fn key(name: &str) -> Value {
    serde_json::from_str(&text(name)).expect("keys are JSON")
}

/// The billed cost, which every export has, by these columns.
fn by(columns: &[&str]) -> Asked {
    let by = columns.iter().map(|column| (*column).to_owned()).collect();
    Asked { by, cost: Cost::Billed, ..Asked::default() }
}

fn whole() -> Asked {
    by(&[])
}

/// What a bill in one currency comes to, each of the four costs exact.
fn total(answer: &BillAnswer) -> [Option<String>; 4] {
    let [total] = &answer.totals[..] else { panic!("one currency: {:?}", answer.totals) };
    Cost::ALL.map(|cost| total.tally.of(cost).map(|sum| sum.exact()))
}

fn total_of(answer: &BillAnswer, cost: Cost) -> String {
    total(answer)[cost as usize].clone().unwrap_or_else(|| panic!("no row has the {} cost", cost.word()))
}

/// The sums of the groups by the words of their keys and, if there is one, their period.
fn sums(answer: &BillAnswer, cost: Cost) -> BTreeMap<String, String> {
    let name = |group: Group<'_>| {
        let words = group.values().map(|value| value.unwrap_or_default().to_owned());
        words.chain(group.slot().map(|slot| slot.to_string())).collect::<Vec<_>>().join(" / ")
    };
    let sum = |group: Group<'_>| group.cost(cost).map_or("unknown".to_owned(), |sum| sum.exact());
    let sums: BTreeMap<_, _> = answer.groups.iter().map(|group| (name(group), sum(group))).collect();
    assert_eq!(sums.len(), answer.groups.len(), "groups of one currency have different names");
    sums
}

#[test]
fn every_fixture_is_read_to_the_row() {
    for (name, format) in FIXTURES {
        let answer = answer(&[fixture(name)], &whole()).unwrap_or_else(|no| panic!("{name}: {no}"));
        let [file] = &answer.quality.files[..] else { panic!("{name} is one file") };
        assert_eq!((file.format.as_str(), file.name.as_str()), (format, name));
        let lines = text(name).lines().count() as u64 - 1;
        assert_eq!((file.rows, answer.quality.rows_read), (lines, lines), "{name}: no cell of it has a line end");
    }
}
