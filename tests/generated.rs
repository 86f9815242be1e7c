//! The generators of bills: the same seed gives the committed bytes, and their keys are the sums of what they wrote, added
//! up here in the plainest way there is.
use plimsoll_tests::{root, run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The seed of the committed fixtures.
const SEED: &str = "1";
/// Places of the sums: more than any amount here has.
const PLACES: usize = 15;

/// Runs the generator; what it wrote to the standard output.
fn generate(words: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_generate")).args(words).output().expect("the generator can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A folder of this suite.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated").join(name);
    fs::create_dir_all(&path).expect("the folder for what tests write can be made");
    path
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("keys are JSON")
}

/// A decimal text as a whole number of its smallest places.
fn units(text: &str, places: usize) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(part.len() <= places, "{text} has more than {places} places");
    sign * format!("{whole}{part:0<places$}").parse::<i128>().unwrap_or_else(|_| panic!("`{text}` is no plain decimal"))
}

fn of_key(value: &Value) -> i128 {
    units(value.as_str().unwrap_or_else(|| panic!("{value} is no text")), PLACES)
}

/// A table as maps from the name of a column to its cell; nulls are empty.
fn table(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("there is a header").clone();
    let cell = |text: &str| if text == "NULL" { String::new() } else { text.to_owned() };
    let row = |record: csv::StringRecord| header.iter().map(str::to_owned).zip(record.iter().map(cell)).collect();
    reader.records().map(|record| row(record.expect("rows have the cells of the header"))).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    let path = root().join("fixtures/bills").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_committed_bills_are_what_the_generators_write() {
    for (story, count) in [("month", 11), ("stories", 3)] {
        let folder = folder(story);
        generate(&[story, "--seed", SEED, "--out", folder.to_str().expect("paths of tests are text")]);
        let files: Vec<_> =
            fs::read_dir(&folder).expect("the folder was made").map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), count, "{story}");
        for path in files {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(fs::read(&path).unwrap() == fixture(&name), "{name} is not what `generate {story}` writes");
        }
    }
}

/// A large bill in small, and its key.
fn large(name: &str, flags: &[&str]) -> (Vec<u8>, Value) {
    let key = folder("focus").join(format!("{name}.json"));
    let words = ["focus", "--rows", "20000", "--days", "62", "--seed", "7", "--key", key.to_str().unwrap()];
    let bytes = generate(&[&words, flags].concat());
    (bytes, json(&fs::read(key).expect("the key was written")))
}

#[test]
fn the_large_bill_is_the_same_for_any_number_of_threads() {
    for (name, flags) in [("spec", &[][..]), ("sample", &["--style", "sample", "--newlines", "--crlf", "--bom"])] {
        let one = large(&format!("{name}-1"), &[flags, &["--threads", "1"]].concat());
        let three = large(&format!("{name}-3"), &[flags, &["--threads", "3"]].concat());
        assert!(one.0 == three.0, "{name}: the bytes differ");
        assert_eq!(one.1, three.1, "{name}");
    }
}

#[test]
fn the_key_of_the_large_bill_is_the_sum_of_its_rows() {
    let columns = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"];
    let names = ["billed", "effective", "list", "contracted"];
    let sample: &[_] = &["--style", "sample", "--newlines", "--crlf", "--bom", "--bad-share", "0.01"];
    for (name, flags) in [("plain", &[][..]), ("odd", sample)] {
        let (bytes, key) = large(name, flags);
        let mut groups: BTreeMap<[String; 3], [i128; 4]> = BTreeMap::new();
        let (mut rows, mut unreadable) = (0, 0);
        for row in table(&bytes) {
            rows += 1;
            if row["BilledCost"].parse::<f64>().is_err() {
                unreadable += 1;
                continue;
            }
            let group = [&row["ServiceName"], &row["RegionId"], &row["ChargePeriodStart"][..7]].map(String::from);
            let sums = groups.entry(group).or_default();
            for (sum, column) in sums.iter_mut().zip(columns) {
                *sum += units(&row[column], PLACES);
            }
        }
        assert_eq!(key["rows"], rows, "{name}");
        assert_eq!(key["unreadable"]["rows"], unreadable, "{name}");
        assert_eq!(unreadable > 0, name == "odd");
        let told = key["by_service_region_month"].as_array().expect("groups are a list");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let told: BTreeMap<_, _> = told
            .iter()
            .map(|group| {
                let name = [&group["service"], &group["region"], &group["month"]].map(text);
                (name, names.map(|cost| of_key(&group[cost])))
            })
            .collect();
        assert_eq!(told, groups, "{name}");
        for (at, cost) in names.iter().enumerate() {
            assert_eq!(
                of_key(&key["total"][cost]),
                groups.values().map(|sums| sums[at]).sum::<i128>(),
                "{name}: {cost}"
            );
        }
    }
}

#[test]
fn the_large_bill_keeps_the_rules_of_focus() {
    let mut plans: BTreeMap<(String, String), (i128, i128)> = BTreeMap::new();
    for row in table(&large("rules", &[]).0) {
        let is = |column: &str| !row[column].is_empty();
        let money = |column: &str| units(&row[column], 10);
        let category = row["ChargeCategory"].as_str();
        let is_correction = row["ChargeClass"] == "Correction";
        let is_priced = matches!(category, "Usage" | "Purchase") && !is_correction;
        for column in ["PricingCategory", "PricingQuantity", "PricingUnit", "SkuId", "SkuPriceId", "ListUnitPrice"] {
            assert!(is(column) || !is_priced, "{column}: {row:?}");
            assert!(!is(column) || category != "Tax", "{column}: {row:?}");
        }
        if is("PricingQuantity") {
            let quantity = units(&row["PricingQuantity"], 6);
            for (cost, price) in [("ListCost", "ListUnitPrice"), ("ContractedCost", "ContractedUnitPrice")] {
                assert_eq!(money(price) * quantity, money(cost) * 1_000_000, "{row:?}");
            }
        }
        let is_unused = row["CommitmentDiscountStatus"] == "Unused";
        assert_eq!(is("ConsumedQuantity"), category == "Usage" && !is_unused, "{row:?}");
        assert_eq!(is("CommitmentDiscountStatus"), is("CommitmentDiscountId") && category == "Usage", "{row:?}");
        for (one, other) in
            [("RegionId", "RegionName"), ("ConsumedQuantity", "ConsumedUnit"), ("ResourceId", "ResourceType")]
        {
            assert_eq!(is(one), is(other), "{one}: {row:?}");
        }
        if is("CommitmentDiscountId") {
            let plan = (row["CommitmentDiscountId"].clone(), row["ChargePeriodStart"].clone());
            let sums = plans.entry(plan).or_default();
            *sums = (sums.0 + money("BilledCost"), sums.1 + money("EffectiveCost"));
        }
    }
    assert!(plans.len() > 1000, "there is a plan in every hour");
    for (plan, (bought, amortized)) in plans {
        assert_eq!(bought, amortized, "{plan:?}");
    }
}

#[test]
fn every_shape_of_the_month_sums_to_the_key() {
    let key = json(&fixture("key.json"));
    let total = of_key(&key["sums_of_every_shape"]["billed"]);
    let shapes = [
        ("focus.csv", "BilledCost"),
        ("cur.csv", "lineItem/UnblendedCost"),
        ("cur2.csv", "line_item_unblended_cost"),
        ("azure_ea.csv", "CostInBillingCurrency"),
        ("azure_mca.csv", "costInBillingCurrency"),
        ("gcp.csv", "cost"),
    ];
    for (name, column) in shapes {
        let rows = table(&fixture(name));
        assert_eq!(key["shapes"][name]["rows"], rows.len(), "{name}");
        let is_told_again = |row: &&BTreeMap<String, String>| {
            row.get("split_line_item_parent_resource_id").is_some_and(|parent| !parent.is_empty())
        };
        let sum: i128 = rows.iter().filter(|row| !is_told_again(row)).map(|row| units(&row[column], PLACES)).sum();
        let credits = key["shapes"][name].get("credits").map_or(0, of_key);
        assert_eq!(sum + credits, total, "{name}");
    }
}

#[test]
fn the_reasons_of_the_quarter_add_up() {
    let key = json(&fixture("quarter_key.json"));
    let rows = table(&fixture("quarter.csv"));
    let of_month = |month: &str| -> i128 {
        let rows = rows.iter().filter(|row| row["ChargePeriodStart"].starts_with(month));
        rows.map(|row| units(&row["EffectiveCost"], PLACES)).sum()
    };
    let change = &key["march_over_february"];
    assert_eq!(of_month("2026-03") - of_month("2026-02"), of_key(&change["effective"]));
    let reasons = change["reasons"].as_array().expect("reasons are a list");
    assert_eq!(reasons.iter().map(|reason| of_key(&reason["amount"])).sum::<i128>(), of_key(&change["effective"]));
}

/// Columns that tell nearly every row of the large bill apart.
const TELLING: [&str; 12] = [
    "BillingAccountId",
    "SubAccountId",
    "ServiceName",
    "RegionId",
    "AvailabilityZone",
    "ChargeCategory",
    "PricingCategory",
    "SkuId",
    "ResourceId",
    "ResourceType",
    "PricingUnit",
    "CommitmentDiscountStatus",
];

#[test]
fn a_rollup_into_tens_of_thousands_of_groups_is_exact_and_the_same_for_any_number_of_readers() {
    let path = folder("rollup").join("bill.csv");
    let file = path.to_str().expect("paths of tests are text");
    generate(&["focus", "--rows", "36000", "--days", "62", "--seed", "7", "--out", file]);
    let mut reader = csv::Reader::from_path(&path).expect("it was written");
    let header = reader.headers().expect("there is a header").clone();
    let at = |name: &str| header.iter().position(|known| known == name).expect("the column is there");
    let (columns, cost, time) = (TELLING.map(at), at("EffectiveCost"), at("ChargePeriodStart"));
    let mut groups: BTreeMap<Vec<String>, (i128, u64)> = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("rows have the cells of the header");
        let mut key: Vec<String> = columns.iter().map(|column| record[*column].to_owned()).collect();
        key.push(record[time].to_owned());
        let sum = groups.entry(key).or_default();
        sum.0 += units(&record[cost], PLACES);
        sum.1 += 1;
    }
    // More than a reader keeps to itself.
    assert!(groups.len() > 1 << 15, "{}", groups.len());
    let by = TELLING.join(",");
    let asked = |flags: &[&str]| run(&[&["bill", file, "--sums", "--period", "hour", "--by", &by], flags].concat());
    let whole = asked(&["--format", "csv", "--threads", "1"]);
    assert_eq!(whole.status, 0, "{}", whole.err);
    let mut told: BTreeMap<Vec<String>, (i128, u64)> = BTreeMap::new();
    let mut last: Option<(String, i128)> = None;
    for record in csv::Reader::from_reader(whole.out.as_bytes()).records() {
        let record = record.expect("rows have the cells of the header");
        let sum = units(&record[15], PLACES);
        // By period, and then the dearest first.
        let place = (record[12].to_owned(), -sum);
        assert!(last.as_ref().is_none_or(|last| *last <= place), "{record:?}");
        last = Some(place);
        told.insert(record.iter().take(13).map(str::to_owned).collect(), (sum, record[18].parse().expect("a count")));
    }
    assert!(told == groups, "{} groups, {} are told", groups.len(), told.len());
    let other = asked(&["--format", "csv", "--threads", "3"]);
    assert!(other.out == whole.out, "three readers tell something else");
    let refused = asked(&["--memory", "5MB", "--threads", "2"]);
    assert_eq!(refused.status, 1);
    let number = refused.out.split_once("No answer: ").and_then(|(_, rest)| rest.split_once(" groups need about "));
    let groups: u64 = number.expect(&refused.out).0.parse().expect("a number of groups");
    assert!((10_000..36_000).contains(&groups), "{}", refused.out);
}
