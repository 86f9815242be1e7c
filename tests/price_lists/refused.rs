//! What is no list, what is damaged, and what is real: always read with a count, or refused with a reason.
use super::{FIXTURES, fixture, list};
use plimsoll_ingest::overlay;
use plimsoll_ingest::price_lists::{Format, compare, read};
use plimsoll_tests::{TODAY, small_catalog};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// What is told of a text that is no list of this format.
fn told(text: &str, format: Format) -> String {
    let problems = read("list", text.as_bytes(), format, TODAY).expect_err("it is refused");
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_no_list_of_the_format_is_told() {
    use Format::{AwsEc2, AzureRetail, GcpCatalog};
    let yuan = list("aws_ec2_cny.json", AwsEc2).expect_err("it is in yuan");
    let all = [
        told("", AwsEc2),
        told(" \n", GcpCatalog),
        told("{\"Items\": [{\"armRegionName\": 1}]}", AwsEc2),
        told("time,value\n1,2\n", AwsEc2),
        told("{\"prices\": []}", AzureRetail),
        told("{\"Items\": [{\"currencyCode\": \"EUR\", \"retailPrice\": 1}]}", AzureRetail),
        told("{\n \"skus\": [\n  {\"description\": nothing}\n ]\n}", GcpCatalog),
        told("{\"skus\": [{}]}", GcpCatalog),
        told("{\"skus\": [", GcpCatalog),
        told("SKU,TermType,Unit\n", AwsEc2),
        yuan[0].to_string(),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    list: the file is empty
      = give the EC2 offer file of the AWS Price List
    list: the file is empty
      = give SKUs of the Google Cloud Billing Catalog
    list: this looks like a page of the Azure Retail Prices API, not like the EC2 offer file of the AWS Price List
      = read it with `plimsoll prices import azure-retail`
    list: this is not the EC2 offer file of the AWS Price List
      = an offer file has a header that begins with SKU (CSV), or `products` and `terms` (JSON)
    list: this is not a page of the Azure Retail Prices API
      = a page has `Items`, a list of prices with `retailPrice`
    list:1:13: the list is in EUR, not in USD
      | {"Items": [{"currencyCode": "EUR", "retailPrice": 1}
      |             ^^^^^^^^^^^^^^
      = fetch it in US dollars: no rate of exchange is assumed
    list:3:20: is not JSON: expected ident
      |   {"description": nothing}
      |                    ^
      = fetch the file again
    list:1:11: a SKU without description or category
      | {"skus": [{}
      |           ^^
      = a page has `skus` as the API sends them
    list:1:11: is not JSON: EOF while parsing a value
      | {"skus": [
      |           ^
      = fetch the file again
    list:1:1: the header lacks `EffectiveDate`, `StartingRange`, `PricePerUnit`, `Currency`, `Product Family`, `Instance Type`, `Operating System`, `Tenancy`, `Pre Installed S/W`, `CapacityStatus`, `operation`
      | SKU,TermType,Unit
      | ^^^
      = columns are found by their names, in any order
    aws_ec2_cny.json:37:9: the list is in CNY, not in USD
      |         "CNY": "0.5312000000"
      |         ^^^^^
      = fetch it in US dollars: no rate of exchange is assumed
    "#);
}

#[test]
fn a_price_that_cannot_be_read_is_told_where_it_stands() {
    let text = String::from_utf8(fixture("aws_ec2.csv")).expect("the fixture is text");
    insta::assert_snapshot!(told(&text.replace("\"0.1664640000\"", "\"0,16\""), Format::AwsEc2), @r#"
    list:8:119: cannot read `0,16` as the price of an hour
      | …, made up","2026-11-01","0","Inf","Hrs","0,16","USD","","","Compute Instance","AmazonEC2","","m7g.xlarge","Shared","Linu…
      |                                          ^^^^^^
      = a price is a number from 0 to 1,000,000
    "#);
    let text = String::from_utf8(fixture("azure_retail_1.json")).expect("the fixture is text");
    insta::assert_snapshot!(told(&text.replace("\"retailPrice\": 0.2415", "\"retailPrice\": -1"), Format::AzureRetail), @r#"
    list:37:4: cannot read `-1` as the price of an hour
      |    "retailPrice": -1,
      |    ^^^^^^^^^^^^^
      = a price is a number from 0 to 1,000,000
    "#);
}

/// Real excerpts stand beside the repository where it is developed, and are no part of it.
#[test]
fn official_samples_are_read_or_refused_with_a_reason() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/pricing/official_samples");
    let Ok(files) = fs::read_dir(&samples) else {
        println!("skipped: the official samples are not beside this repository");
        return;
    };
    let mut files: Vec<_> = files.map(|file| file.expect("the folder can be read").path()).collect();
    files.sort();
    for path in files {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = fs::read(&path).expect("samples can be read");
        for format in Format::ALL {
            match read(&name, &bytes[..], format, TODAY) {
                Ok(list) => {
                    let aside: u64 = list.set_aside.values().sum();
                    assert_eq!(list.rows, list.offers.len() as u64 + aside, "{name}");
                    println!(
                        "{name}: {format}: {} of {} rows passed; {:?}",
                        list.offers.len(),
                        list.rows,
                        list.set_aside
                    );
                }
                Err(problems) => {
                    assert!(problems.iter().all(|problem| !problem.what.is_empty()), "{name}");
                    println!("{name}: {format}: refused: {}", problems[0].what);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_lists_are_read_or_refused(
        which in 0..FIXTURES.len(),
        as_format in 0..Format::ALL.len(),
        is_meant in prop::bool::weighted(0.8),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..12),
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
    ) {
        let (name, own) = FIXTURES[which];
        let format = if is_meant { own } else { Format::ALL[as_format] };
        let mut bytes = fixture(name);
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, byte),
                _ => bytes[at] = b"0123456789{}[]\",:.-eE\n"[usize::from(byte) % 22],
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        match read(name, &bytes[..], format, jiff::civil::Date::MAX) {
            Ok(list) => {
                prop_assert_eq!(list.rows, list.offers.len() as u64 + list.set_aside.values().sum::<u64>());
                let catalog = small_catalog();
                let comparison = compare(format, &[list], &[catalog], &[]);
                prop_assert_eq!(comparison.rows, comparison.taken + comparison.set_aside.values().sum::<u64>());
                prop_assert!(overlay::read("o", comparison.overlay().as_bytes()).is_ok());
            }
            Err(problems) => prop_assert!(problems.iter().all(|problem| !problem.to_string().is_empty())),
        }
    }
}
