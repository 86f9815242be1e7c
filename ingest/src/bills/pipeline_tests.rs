//! Whole texts through the pipeline.
use super::*;
use crate::inputs::Place;
use plimsoll::bill::{BillOptions, bill};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

const HEADER: &str = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,\
                      ChargeCategory,ServiceName,BillingPeriodStart";

fn row(cost: &str, service: &str) -> String {
    format!(
        "{cost},{cost},{cost},{cost},USD,2026-03-01T00:00:00Z,2026-03-02T00:00:00Z,Usage,{service},2026-03-01T00:00:00Z"
    )
}

/// A file of its own for each text.
fn found(text: &[u8]) -> Found {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path: PathBuf = std::env::temp_dir().join(format!("plimsoll-pipeline-{}-{number}.csv", std::process::id()));
    std::fs::write(&path, text).unwrap();
    Found { name: "bill.csv".into(), size: Some(text.len() as u64), place: Place::File(path), stop: None }
}

fn read_text(text: &str, asked: &Asked) -> Result<Ledger, Vec<Problem>> {
    let found = found(text.as_bytes());
    let outcome = read(std::slice::from_ref(&found), asked, &|_| {});
    std::fs::remove_file(found.path().unwrap()).unwrap();
    outcome.map_err(|no| match no {
        NoBill::Problems(problems) => problems,
        NoBill::TooMuch(full) => panic!("{full}"),
    })
}

fn billed(ledger: &Ledger) -> String {
    let answer = bill(ledger, &BillOptions::default()).unwrap();
    answer.totals[0].tally.of(plimsoll::bill::Cost::Billed).unwrap().exact()
}

#[test]
fn line_ends_of_every_kind_give_the_same_rows() {
    let asked = Asked { by: vec!["service".into()], threads: 2, ..Asked::default() };
    let lines = [HEADER.to_owned(), row("1.25", "a"), String::new(), row("2.5", "\"b, c\""), row("3", "\"d\"\"e\"")];
    for end in ["\n", "\r\n", "\r"] {
        let ledger = read_text(&lines.join(end), &asked).unwrap();
        assert_eq!(billed(&ledger), "6.75", "{end:?}");
        let answer = bill(&ledger, &BillOptions::default()).unwrap();
        let names: Vec<String> = answer.groups.iter().map(|g| g.value(0).unwrap_or_default().to_owned()).collect();
        assert_eq!(names, ["d\"e", "b, c", "a"], "{end:?}");
        assert_eq!((ledger.reading.rows_read, ledger.reading.rows_used), (4, 3));
    }
}

#[test]
fn many_blocks_and_readers_give_one_sum() {
    let mut text = HEADER.to_owned() + "\n";
    for n in 0..30_000 {
        text += &row(&format!("0.{n:05}"), "\"two\nlines\"");
        text.push('\n');
    }
    for threads in [1, 2, 5] {
        let ledger = read_text(&text, &Asked { threads, ..Asked::default() }).unwrap();
        assert_eq!(billed(&ledger), "4499.85");
    }
    let bad = text.replacen("0.29990", "x", 1);
    let problems = read_text(&bad, &Asked { threads: 3, ..Asked::default() }).unwrap_err();
    let line = bad[..=bad.find("\nx,").unwrap()].matches('\n').count() + 1;
    assert_eq!((problems.len(), problems[0].line, problems[0].column), (1, line, 1));
}

#[test]
fn a_header_that_lost_a_separator_is_not_summed() {
    let text = format!("{}\n{}\n{}\n", HEADER.replacen(",ListCost", "ListCost", 1), row("1", "a"), row("2", "b"));
    let problems = read_text(&text, &Asked::default()).unwrap_err();
    assert_eq!((problems.len(), problems[0].line), (1, 1));
    assert!(problems[0].what.contains("the header fits none of the 2 rows"), "{}", problems[0]);
}

#[test]
fn what_is_no_charge_is_counted_and_what_cannot_be_read_is_told() {
    let rows = [row("1", "a"), HEADER.to_owned(), "Total,1,1,1,,,,,,".into(), row("1,204", "b")];
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let problems = read_text(&text, &Asked::default()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].to_string().contains("bill.csv:5:"), "{}", problems[0]);
    let ledger = read_text(&text, &Asked { keep_going: true, ..Asked::default() }).unwrap();
    let aside: Vec<(&str, u64)> = ledger.reading.aside.iter().map(|a| (a.reason.as_str(), a.rows)).collect();
    assert_eq!(aside, [("cannot be read", 1), ("header repeated", 1), ("totals row", 1)]);
    assert_eq!((ledger.reading.rows_read, ledger.reading.rows_used), (4, 1));
}

#[test]
fn amounts_beyond_reason_and_open_quotes_are_refused_with_their_line() {
    for (bad, what) in [("1e30", "larger than any bill"), ("\"1", "never closed"), ("5\"x\"", "quote stands within")] {
        let text = format!("{HEADER}\n{}\n{bad}{}\n", row("1", "a"), &row("1", "b")[1..]);
        let problems = read_text(&text, &Asked::default()).unwrap_err();
        assert!(problems[0].what.contains(what) && problems[0].line == 3, "{}", problems[0]);
    }
}

#[test]
fn rules_are_counted_with_the_first_place() {
    let text = format!("{HEADER}\n{}\n{}\n", row("1", "a"), row("NULL", "b").replace("Usage", "Use"));
    let ledger = read_text(&text, &Asked::default()).unwrap();
    let check = |rule: &str| ledger.reading.checks.iter().find(|c| c.rule == rule).unwrap().clone();
    assert_eq!(
        (check("BilledCost: not null").rows_failing, check("BilledCost: not null").first),
        (1, "bill.csv:3".into())
    );
    assert_eq!(check("ChargeCategory: allowed values").rows_failing, 1);
    assert_eq!(check("null is an empty cell").rows_failing, 1);
    assert_eq!(check("BillingAccountId: present").rows_failing, 2);
    assert_eq!(check("BillingCurrency: ISO 4217").rows_failing, 0);
}

#[test]
fn rows_are_written_as_focus_and_read_back_alike() {
    let text = format!("{HEADER},x_Own\n{},1\n{},2\n", row("1.25", "\"a\"\"b\""), row("2", "c"));
    let found = found(text.as_bytes());
    let mut out = Vec::new();
    write_focus(std::slice::from_ref(&found), &Asked::default(), &mut out, &|_| {}).unwrap();
    let again = read_text(std::str::from_utf8(&out).unwrap(), &Asked::default()).unwrap();
    assert_eq!(billed(&again), "3.25");
    assert_eq!(again.reading.files[0].format, "FOCUS 1.2");
}
