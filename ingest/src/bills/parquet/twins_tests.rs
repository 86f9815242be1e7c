//! Every export as Parquet is the same bill as its CSV.
use super::testing::{Kept, answer, array, converted, read, written};
use crate::bills::Asked;
use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Decimal256Array, DictionaryArray,
    FixedSizeBinaryArray, Float32Array, Int64Array, StringArray, StructArray, Time64MicrosecondArray,
    TimestampNanosecondArray, UInt64Array,
};
use arrow_schema::{DataType, Field};
use plimsoll::bill::{Column, Cost, Detail, Holds, Period};
use std::sync::Arc;

fn fixture(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/bills").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn asked(by: &[&str]) -> Asked {
    let by = by.iter().map(|word| (*word).to_owned()).collect();
    Asked { by, period: Some(Period::Month), threads: 2, ..Asked::default() }
}

/// As exports are typed: costs as decimals or binary fractions, times as times, tags as a map.
fn typed(cost: Kept) -> impl Fn(&str) -> Kept {
    move |name| match Column::named(name).map(Column::holds) {
        Some(Holds::Decimal) => cost,
        Some(Holds::Time) => Kept::Moment,
        Some(Holds::Json) => Kept::Map,
        _ if name.ends_with("Name") => Kept::Keyed,
        _ => Kept::Text,
    }
}

fn assert_twins(csv: &str, parquet: &[u8], asked: &Asked, what: &str) {
    let (mut theirs, ours) = (answer(csv.as_bytes(), asked), answer(parquet, asked));
    theirs.quality.files = ours.quality.files.clone();
    let (theirs, ours) = (format!("{theirs:#?}"), format!("{ours:#?}"));
    // Where a rule is first broken is a line there and a row here.
    let told = |text: &str| {
        text.lines().filter(|line| !line.trim().starts_with("first: \"bill:")).map(str::to_owned).collect()
    };
    let (theirs, ours): (Vec<String>, Vec<String>) = (told(&theirs), told(&ours));
    let difference = theirs.iter().zip(&ours).find(|(a, b)| a != b);
    assert!(difference.is_none() && theirs.len() == ours.len(), "{what}: {difference:?}");
}

#[test]
fn focus_is_the_same_bill_in_every_type() {
    let csv = fixture("focus.csv");
    for (cost, group) in [(Kept::Decimal, 1000), (Kept::Binary, 37), (Kept::Text, 100)] {
        let parquet = converted(&csv, group, typed(cost));
        for detail in [Detail::Full, Detail::Sums] {
            for by in [&["service", "region"][..], &[], &["tag:team"], &["account", "service", "category", "tag:team"]]
            {
                let asked = Asked { detail, ..asked(by) };
                assert_twins(&csv, &parquet, &asked, &format!("{cost:?} {detail:?} {by:?}"));
            }
        }
    }
}

#[test]
fn every_other_export_is_the_same_bill() {
    for (name, by) in [
        ("cur.csv", &["service", "tag:team"][..]),
        ("cur_commitments.csv", &["service"]),
        ("cur2.csv", &["service", "region", "tag:team"]),
        ("azure_ea.csv", &["service"]),
        ("azure_mca.csv", &["service", "tag:team"]),
        ("gcp.csv", &["service", "project"]),
    ] {
        let csv = fixture(name);
        for group in [10_000, 50] {
            let parquet = converted(&csv, group, |_| Kept::Text);
            assert_twins(&csv, &parquet, &asked(by), name);
        }
    }
}

#[test]
fn maps_and_times_of_aws_are_read_as_their_texts() {
    let csv = fixture("cur2.csv");
    let parquet = converted(&csv, 100, |name| match name {
        "product" | "resource_tags" | "cost_category" | "discount" => Kept::Map,
        _ if name.ends_with("_date") => Kept::Moment,
        _ if name.ends_with("_cost") => Kept::Binary,
        _ => Kept::Keyed,
    });
    assert_twins(&csv, &parquet, &asked(&["service", "region", "tag:team"]), "cur2.csv");
}

/// A row of FOCUS whose effective cost and tags are in these arrays.
fn focus(cost: ArrayRef, start: ArrayRef, tags: ArrayRef) -> Vec<u8> {
    let rows = cost.len();
    let word = |word: &str| array(&vec![word.to_owned(); rows], Kept::Text);
    written(
        vec![
            ("BilledCost", Arc::clone(&cost)),
            ("EffectiveCost", cost),
            ("BillingCurrency", word("USD")),
            ("ChargePeriodStart", start),
            ("ChargeCategory", word("Usage")),
            ("ServiceName", word("S")),
            ("Tags", tags),
        ],
        1000,
    )
}

fn days(rows: usize) -> ArrayRef {
    array(&vec!["2026-03-01T00:00:00Z".into(); rows], Kept::Moment)
}

#[test]
fn costs_of_every_type_are_exact() {
    let decimals = |scale| {
        let all = Decimal128Array::from(vec![1_i128, 10_i128.pow(5)]);
        Arc::new(all.with_precision_and_scale(38, scale).unwrap()) as ArrayRef
    };
    let wide = Decimal256Array::from_iter_values([15_i8, -5].map(Into::into)).with_precision_and_scale(76, 1).unwrap();
    let cases: Vec<(ArrayRef, &str)> = vec![
        (decimals(0), "100001"),
        (decimals(5), "1.00001"),
        (decimals(24), "0.000000000000000000100001"),
        (Arc::new(wide), "1"),
        (Arc::new(Int64Array::from(vec![3, -1])), "2"),
        (Arc::new(UInt64Array::from(vec![7])), "7"),
        (Arc::new(Float32Array::from(vec![0.1, 0.2])), "0.3"),
        (Arc::new(StringArray::from(vec![" 1.5 ", "2e-3"])), "1.502"),
        (Arc::new(BinaryArray::from(vec![&b"1.25"[..], b""])), "1.25"),
    ];
    for (cost, total) in cases {
        let rows = cost.len();
        let tags = array(&vec![String::new(); rows], Kept::Text);
        let parquet = focus(cost, days(rows), tags);
        for detail in [Detail::Full, Detail::Sums] {
            let answer = answer(&parquet, &Asked { detail, ..asked(&[]) });
            let effective = answer.totals[0].tally.of(Cost::Effective).map(|cost| cost.exact());
            assert_eq!((effective.as_deref(), answer.quality.rows_used), (Some(total), rows as u64), "{detail:?}");
        }
    }
}

#[test]
fn times_of_every_type_are_days() {
    let texts = |text: &str| Arc::new(StringArray::from(vec![text])) as ArrayRef;
    let nanos = TimestampNanosecondArray::from(vec![1_772_337_600_000_000_000]);
    let cases: Vec<ArrayRef> = vec![
        Arc::new(nanos.clone().with_timezone("+00:00")),
        Arc::new(nanos),
        Arc::new(Date32Array::from(vec![20_513])),
        texts("2026-03-01"),
        texts("2026-03-01 04:00:00 UTC"),
    ];
    for start in cases {
        let kind = start.data_type().clone();
        let parquet = focus(Arc::new(Int64Array::from(vec![1])), start, texts("{}"));
        for detail in [Detail::Full, Detail::Sums] {
            let answer = answer(&parquet, &Asked { detail, period: Some(Period::Day), ..asked(&[]) });
            let day = answer.groups.at(0).slot().map(|slot| slot.to_string());
            assert_eq!((day.as_deref(), answer.quality.rows_used), (Some("2026-03-01"), 1), "{kind}");
        }
    }
}

#[test]
fn tags_may_be_a_structure_or_a_dictionary() {
    let team: ArrayRef = Arc::new(StringArray::from(vec![Some("web"), None]));
    let fields = vec![(Arc::new(Field::new("team", DataType::Utf8, true)), team)];
    let keyed: DictionaryArray<Int32Type> = [r#"{"team":"web"}"#, "{}"].into_iter().collect();
    for tags in [Arc::new(StructArray::from(fields)) as ArrayRef, Arc::new(keyed)] {
        let parquet = focus(Arc::new(Int64Array::from(vec![2, 1])), days(2), tags);
        for detail in [Detail::Full, Detail::Sums] {
            let answer = answer(&parquet, &Asked { detail, ..asked(&["tag:team"]) });
            let names: Vec<_> = answer.groups.iter().map(|group| group.value(0)).collect();
            assert_eq!(names, [Some("web"), None], "{detail:?}");
        }
    }
}

#[test]
fn structures_and_lists_of_google_are_its_dotted_columns() {
    let csv = fixture("gcp.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name: &str| {
        let at = names.iter().position(|known| known == name).unwrap();
        let cells: Vec<String> = records.iter().map(|record| record[at].to_owned()).collect();
        array(&cells, Kept::Text)
    };
    let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
    for name in &names {
        let Some((outer, _)) = name.split_once('.') else {
            columns.push((name, column(name)));
            continue;
        };
        if columns.iter().all(|(known, _)| *known != outer) {
            let inner =
                names.iter().filter_map(|name| Some((name, name.split_once('.').filter(|(o, _)| *o == outer)?.1)));
            let fields = inner.map(|(name, field)| (Arc::new(Field::new(field, DataType::Utf8, true)), column(name)));
            columns.push((outer, Arc::new(StructArray::from(fields.collect::<Vec<_>>()))));
        }
    }
    assert_twins(&csv, &written(columns, 60), &asked(&["service", "project"]), "gcp.csv");
}

#[test]
fn what_is_nested_becomes_json() {
    let mut lists = ListBuilder::new(StructBuilder::from_fields(
        vec![Field::new("key", DataType::Utf8, true), Field::new("n", DataType::Int32, true)],
        1,
    ));
    let item = lists.values();
    item.field_builder::<StringBuilder>(0).unwrap().append_value("a\"b");
    item.field_builder::<Int32Builder>(1).unwrap().append_value(7);
    item.append(true);
    item.field_builder::<StringBuilder>(0).unwrap().append_null();
    item.field_builder::<Int32Builder>(1).unwrap().append_null();
    item.append(true);
    lists.append(true);
    let list: ArrayRef = Arc::new(lists.finish());
    let cases: Vec<(ArrayRef, &str)> = vec![
        (list, r#"[{"key":"a\"b","n":7},{"key":null,"n":null}]"#),
        (Arc::new(BooleanArray::from(vec![true])), "true"),
        (Arc::new(FixedSizeBinaryArray::try_from_iter([[0xab_u8, 1]].into_iter()).unwrap()), "ab01"),
        (Arc::new(Time64MicrosecondArray::from(vec![3_600_000_000])), "01:00:00"),
    ];
    for (value, text) in cases {
        let word = |word: &str| array(&[word.to_owned()], Kept::Text);
        let parquet = written(
            vec![
                ("EffectiveCost", word("1")),
                ("BilledCost", word("1")),
                ("BillingCurrency", word("USD")),
                ("ChargePeriodStart", days(1)),
                ("ChargeCategory", word("Usage")),
                ("x_custom", value),
            ],
            10,
        );
        for detail in [Detail::Full, Detail::Sums] {
            let answer = answer(&parquet, &Asked { detail, ..asked(&["x_custom"]) });
            assert_eq!(answer.groups.at(0).value(0), Some(text), "{detail:?}");
        }
    }
}

#[test]
fn a_mistake_is_told_by_its_row() {
    let cost: ArrayRef = Arc::new(StringArray::from(vec!["1", "x", "1"]));
    let parquet = focus(cost, days(3), array(&vec![String::new(); 3], Kept::Text));
    for detail in [Detail::Full, Detail::Sums] {
        let problems = read("march.parquet", &parquet, &Asked { detail, ..asked(&[]) }).unwrap_err();
        let told: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
        assert_eq!(told.len(), 1);
        assert!(
            told[0].starts_with("march.parquet: row 2: BilledCost: cannot read `x` as an amount of money\n"),
            "{}",
            told[0]
        );
        let going = Asked { detail, keep_going: true, ..asked(&[]) };
        let answer = answer(&parquet, &going);
        assert_eq!((answer.quality.rows_read, answer.quality.rows_used), (3, 2));
        assert!(answer.notes.iter().any(|note| note.ends_with("the first in row 2")), "{:?}", answer.notes);
    }
}

#[test]
fn absurd_values_are_mistakes_of_their_rows() {
    let cost: ArrayRef = Arc::new(arrow_array::Float64Array::from(vec![f64::NAN, f64::INFINITY, 1e300, 1.0]));
    let start: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![0, 0, 0, i64::MIN]));
    let parquet = focus(cost, start, array(&vec![String::new(); 4], Kept::Text));
    for detail in [Detail::Full, Detail::Sums] {
        let problems = read("a", &parquet, &Asked { detail, ..asked(&[]) }).unwrap_err();
        let rows: Vec<bool> = (1..=3).map(|row| problems[row - 1].what.starts_with(&format!("row {row}: "))).collect();
        assert_eq!(rows, [true; 3], "{problems:#?}");
    }
}
