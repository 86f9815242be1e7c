//! The same month in the shape of every provider: one bill, to the last digit.
use super::{Found, answer, by, fixture, key, sums, text, total, total_of, whole};
use crate::asking::answer_of;
use plimsoll::bill::{BillAnswer, Category, Cost, Period};
use plimsoll::units::FineMoney;
use plimsoll_ingest::bills::{Asked, write_focus};
use serde_json::Value;
use std::collections::BTreeMap;

/// The same charges, each of them with a service, a region, an account, a day and a team.
const SAME: [&str; 6] = ["focus.csv", "cur.csv", "cur2.csv", "azure_ea.csv", "azure_mca.csv", "gcp.csv"];
const COST_EXPLORER: &str = "cost_explorer.csv";

fn read(name: &str, asked: &Asked) -> BillAnswer {
    answer(&[fixture(name)], asked).unwrap_or_else(|no| panic!("{name}: {no}"))
}

fn daily() -> Asked {
    Asked { period: Some(Period::Day), ..whole() }
}

fn told(key: &Value) -> BTreeMap<String, String> {
    let sums = key.as_object().unwrap_or_else(|| panic!("{key} is no table of sums"));
    sums.iter().map(|(name, sum)| (name.clone(), sum.as_str().expect("sums are texts").to_owned())).collect()
}

#[test]
fn every_shape_gives_the_same_bill() {
    let key = key("key.json");
    let key = &key["sums_of_every_shape"];
    let columns =
        [("service", "by_service"), ("region", "by_region"), ("account", "by_sub_account"), ("tag:team", "by_team")];
    for name in SAME {
        for (column, field) in columns {
            let answer = read(name, &by(&[column]));
            assert_eq!(total_of(&answer, Cost::Billed), key["billed"].as_str().expect("a text"), "{name}");
            assert_eq!(sums(&answer, Cost::Billed), told(&key[field]), "{name} by {column}");
        }
    }
    for name in SAME.into_iter().chain([COST_EXPLORER]) {
        assert_eq!(sums(&read(name, &daily()), Cost::Billed), told(&key["by_day"]), "{name} by day");
    }
    let explorer = read(COST_EXPLORER, &by(&["service"]));
    assert_eq!(total(&explorer), [key["billed"].as_str().map(str::to_owned), None, None, None]);
    assert_eq!(sums(&explorer, Cost::Billed), told(&key["by_service"]));
}

#[test]
fn every_row_of_a_shape_is_accounted_for() {
    let key = key("key.json");
    for (name, shape) in key["shapes"].as_object().expect("a table") {
        let quality = read(name, &whole()).quality;
        let split = shape["split_rows"].as_u64().unwrap_or(0);
        let of_totals = u64::from(name == COST_EXPLORER);
        assert_eq!(quality.rows_read, shape["rows"].as_u64().expect("a number"), "{name}");
        assert_eq!(quality.rows_used + split + of_totals, quality.rows_read, "{name}: {:?}", quality.aside);
    }
    let split = read("cur2.csv", &whole());
    assert_eq!(split.quality.aside[0].reason, "split cost of a container, counted in its parent");
}

#[test]
fn kinds_of_charges_are_told_apart() {
    let key = key("key.json");
    let billed = |text: &str| FineMoney::read(text.as_bytes()).expect("sums are numbers").0;
    // Google's credits stand in the rows that they lower; Microsoft's are refunds, which it tells as purchases, corrected.
    let (credit, refund) = (Category::Credit, Category::Purchase);
    for (name, less) in [
        ("focus.csv", credit),
        ("cur.csv", credit),
        ("cur2.csv", credit),
        ("azure_ea.csv", refund),
        ("azure_mca.csv", refund),
    ] {
        let kinds = sums(&read(name, &by(&["category"])), Cost::Billed);
        let of = |kind: Category| kinds.get(kind.word()).cloned().unwrap_or_default();
        let told = ["usage", "tax", "credit"].map(|kind| key["by_kind"][kind].as_str().expect("a text").to_owned());
        assert_eq!([of(Category::Usage), of(Category::Tax), of(less)], told, "{name}: {kinds:?}");
        assert_eq!(kinds.len(), 3, "{name}: {kinds:?}");
    }
    for name in ["focus.csv", "cur.csv", "cur2.csv"] {
        let list = sums(&read(name, &by(&["category"])), Cost::List);
        assert_eq!(list["Usage"], key["list_of_usage"].as_str().expect("a text"), "{name}");
    }
    let google = read("gcp.csv", &whole());
    let shape = &key["shapes"]["gcp.csv"];
    let (before, credits) = (total_of(&google, Cost::Contracted), shape["credits"].as_str().expect("a text"));
    assert_eq!(before, shape["cost_before_credits"].as_str().expect("a text"));
    assert_eq!((billed(&before) + billed(credits)).exact(), total_of(&google, Cost::Billed));
}

/// A row that began at 06:00 UTC on 1 April is of 31 March in California.
#[test]
fn googles_days_are_those_of_its_invoice() {
    let late = key("key.json")["shapes"]["gcp.csv"]["in_april_by_universal_time"].clone();
    let day = |answer: &BillAnswer| answer.quality.days.map(|(_, last)| last.to_string());
    let google = read("gcp.csv", &daily());
    assert_eq!(day(&google).as_deref(), Some("2026-03-31"));
    let hourly = read("gcp.csv", &Asked { period: Some(Period::Hour), ..whole() });
    let april: FineMoney = hourly
        .groups
        .iter()
        .filter(|group| group.slot().is_some_and(|slot| slot.to_string().starts_with("2026-04")))
        .filter_map(|group| group.cost(Cost::Billed))
        .sum();
    assert_eq!(april.exact(), late.as_str().expect("a text"), "hours are universal");
}

#[test]
fn a_savings_plan_and_a_reservation_are_used_and_wasted() {
    let key = key("key.json");
    let key = &key["commitments"];
    let answer = read("cur_commitments.csv", &whole());
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    assert_eq!(total_of(&answer, Cost::Billed), text(&key["unblended"]));
    assert_eq!(total_of(&answer, Cost::Effective), text(&key["amortized"]));
    assert_eq!(answer.quality.rows_read, key["rows"].as_u64().expect("a number"));
    for (kind, field) in [("Savings Plan", "savings_plan"), ("Reserved Instance", "reservation")] {
        let one = answer.commitments.each.iter().find(|one| one.kind == kind).expect("it is on the bill");
        let parts = [one.used, one.unused, one.spread()].map(|part| part.map(|money| money.exact()));
        let told = ["used", "unused", "committed"].map(|part| Some(text(&key[field][part])));
        assert_eq!(parts, told, "{kind}");
    }
    // By the type of line item, which is a column of the file itself.
    let by_type = read("cur_commitments.csv", &by(&["lineItem/LineItemType"]));
    let (billed, effective) = (sums(&by_type, Cost::Billed), sums(&by_type, Cost::Effective));
    for (kind, told) in key["by_line_item_type"].as_object().expect("a table") {
        let sums = [&billed[kind], &effective[kind]];
        assert_eq!(sums, [&text(&told["unblended"]), &text(&told["amortized"])], "{kind}");
    }
}

#[test]
fn azure_tells_a_reservation_twice_and_each_telling_once() {
    let key = key("key.json");
    let key = &key["azure_reservation"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let actual = read("azure_actual.csv", &whole());
    assert_eq!(total(&actual)[Cost::Billed as usize], text(&key["azure_actual.csv"]["billed"]));
    let amortized = read("azure_amortized.csv", &whole());
    assert_eq!(total(&amortized)[Cost::Effective as usize], text(&key["azure_amortized.csv"]["effective"]));
    let [bought] = &actual.commitments.each[..] else { panic!("one reservation: {:?}", actual.commitments) };
    let [used] = &amortized.commitments.each[..] else { panic!("one reservation: {:?}", amortized.commitments) };
    let exact = |money: Option<FineMoney>| money.map(|money| money.exact());
    let reservation = &key["reservation"];
    assert_eq!(exact(bought.bought), text(&reservation["paid"]));
    assert_eq!([exact(used.used), exact(used.unused)], [text(&reservation["used"]), text(&reservation["unused"])]);
    assert_eq!(used.spread(), bought.bought);
    // What either does not tell is known to be missing.
    let says = |answer: &BillAnswer, what: &str| answer.notes.iter().any(|note| note.contains(what));
    assert!(says(&actual, "this is an actual export") && says(&amortized, "this is an amortized export"));
    assert!(says(&actual, "have no effective cost") && says(&amortized, "have no billed cost"));
}

#[test]
fn a_quarter_comes_to_what_it_was_made_of() {
    let key = key("quarter_key.json");
    let all = read("quarter.csv", &whole());
    let months = read("quarter.csv", &Asked { period: Some(Period::Month), ..whole() });
    for cost in Cost::ALL {
        assert_eq!(total_of(&all, cost), key["total"][cost.word()].as_str().expect("a text"));
        let told = key["by_month"].as_object().expect("a table").iter();
        let told = told.map(|(month, sums)| (month.clone(), sums[cost.word()].as_str().expect("a text").to_owned()));
        assert_eq!(sums(&months, cost), told.collect());
    }
    let monthly = read("quarter.csv", &Asked { period: Some(Period::Month), ..by(&["service"]) });
    for cost in Cost::ALL {
        let sums = sums(&monthly, cost);
        let mut told = BTreeMap::new();
        for (month, services) in key["by_month_service"].as_object().expect("a table") {
            for (service, costs) in services.as_object().expect("a table") {
                told.insert(format!("{service} / {month}"), costs[cost.word()].as_str().expect("a text").to_owned());
            }
        }
        assert_eq!(sums, told, "{}", cost.word());
    }
}

fn as_focus(file: &Found) -> Vec<u8> {
    let mut out = Vec::new();
    let reading = write_focus(std::slice::from_ref(file), &whole(), &mut out, &|_| {}).expect("it is sound");
    assert_eq!(reading.rows_used + reading.aside.iter().map(|aside| aside.rows).sum::<u64>(), reading.rows_read);
    out
}

#[test]
fn every_shape_written_as_focus_reads_like_itself() {
    let columns = ["service", "region", "account", "category", "tag:team"];
    for (name, _) in super::FIXTURES {
        let written = as_focus(&fixture(name));
        for column in columns {
            let of = |file: Result<BillAnswer, _>| {
                let answer = file.unwrap_or_else(|no: crate::asking::No| panic!("{name}: {no}"));
                (total(&answer), Cost::ALL.map(|cost| sums(&answer, cost)))
            };
            let itself = of(answer(&[fixture(name)], &by(&[column])));
            assert_eq!(of(answer_of(&written, &by(&[column]))), itself, "{name} by {column}");
        }
        let answer = answer_of(&written, &whole()).expect("it was read before");
        assert_eq!(answer.quality.files[0].format, "FOCUS 1.2", "{name}");
        let again = answer.commitments.each;
        assert_eq!(again, read(name, &whole()).commitments.each, "{name}");
        // A second writing changes nothing.
        let shelf = crate::shelf::Shelf::new();
        assert!(as_focus(&shelf.put("again.csv", &written)) == written, "{name}");
    }
}

#[test]
fn the_command_writes_the_same_rows_as_focus() {
    for name in SAME {
        let ran = plimsoll_tests::run(&["bill", &format!("fixtures/bills/{name}"), "--to", "focus"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.out.into_bytes() == as_focus(&fixture(name)), "{name}");
        // What was set aside is told beside the rows.
        assert_eq!(ran.err.contains("split cost of a container"), name == "cur2.csv", "{}", ran.err);
    }
}

#[test]
fn the_fixtures_are_whole() {
    for name in SAME {
        assert!(text(name).ends_with('\n'), "{name}");
    }
}
