//! Every billing file that is shared on the machine where the project is made: read to the row, or refused with its reason.
use super::{answer, whole};
use crate::asking::No;
use plimsoll::bill::{BillAnswer, BillRefusal, Cost};
use plimsoll_ingest::inputs::Found;
use plimsoll_tests::root;
use std::fs;
use std::path::{Path, PathBuf};

/// What is known of a file, or of all files of a folder.
enum Known {
    /// It is read: in this format, so many rows of which so many are set aside, and in this currency so much is billed.
    Bill(&'static str, u64, u64, &'static str, &'static str),
    /// It is no bill, or not one that can be added up: all problems say this.
    Problem(&'static str),
    /// It was understood, and holds no charge.
    NoCharge,
}
use Known::{Bill, NoCharge, Problem};

const CUR: &str = "AWS CUR (legacy)";
const EA: &str = "Azure cost details (EA)";
const MCA: &str = "Azure cost details (MCA)";
const USAGE: &str = "Azure usage (legacy)";
const GOOGLE: &str = "Google Cloud billing export (standard)";
const EXAMPLE: &str = "FOCUS 1.1";
const FOREIGN: Known = Problem("this header is of no bill that is known");
const PRICES: Known = Problem("this is a list of prices for OpenCost, not a bill");
/// Examples of the specification that were saved by a spreadsheet: whose month comes first, nobody can tell.
const SLASHES: Known = Problem("ChargePeriodStart: cannot read `");

/// Sums are of the cost column of each file, made by another program with exact decimals.
const KNOWN: [(&str, Known); 39] = [
    // Real, anonymized: hours of 1 to 14 November 2023, and twelve rows of tax. 534 rows cost nothing: a free tier.
    ("aws/cur_legacy_anon.csv", Bill(CUR, 1281, 0, "USD", "1.6823086974")),
    ("aws/nise_cur_2026-08.csv", Bill(CUR, 5448, 0, "USD", "584.896087728")),
    ("azure/EA_ActualCost_Small.csv", Bill(EA, 11, 0, "USD", "8.5450077867419368")),
    ("azure/ea_cost_details_anon.csv", Bill(EA, 27, 0, "CAD", "1.26136926505726")),
    ("azure/koku_azure_camelCased.csv", Bill(USAGE, 3, 0, "USD", "0.00011016")),
    ("azure/koku_camel_azure_version_2.csv", Bill(MCA, 4, 0, "USD", "0.0000262412")),
    ("azure/nise_azure_2026-08.csv", Bill(MCA, 248, 0, "USD", "38.9060439599009387518")),
    ("azure/open-data/PricingUnits.csv", FOREIGN),
    ("azure/open-data/Regions.csv", Problem("only 2 columns of this header are of a bill")),
    ("azure/open-data/ResourceTypes.csv", Problem("only 1 columns of this header are of a bill")),
    ("azure/open-data/Services.csv", Problem("only 5 columns of this header are of a bill")),
    ("azure/opencost_variants/BOM.csv", NoCharge),
    ("azure/opencost_variants/Enterprise.csv", Bill(EA, 1, 0, "CAD", "0")),
    ("azure/opencost_variants/EnterpriseCamel.csv", Bill(MCA, 1, 0, "USD", "0.012")),
    ("azure/opencost_variants/German.csv", Bill(USAGE, 1, 0, "USD", "0.075")),
    // Eleven columns, and no currency among them.
    ("azure/opencost_variants/VirtualMachine.csv", Problem("only 2 columns of this header are of a bill")),
    ("focus/currency_codes.csv", FOREIGN),
    ("focus/focus_1.0_sample_1000.csv", Bill("FOCUS 1.0", 1000, 0, "USD", "20.52022672899")),
    ("focus/spec_examples_1.2/commitment_discount_purchase_scenario_1.csv", Bill(EXAMPLE, 1, 0, "", "8760")),
    ("focus/spec_examples_1.2/commitment_discount_purchase_scenario_3.csv", Bill(EXAMPLE, 4, 0, "", "4381.5")),
    ("focus/spec_examples_1.2/commitment_discount_usage_scenario_2.csv", Bill(EXAMPLE, 1, 0, "", "0")),
    ("focus/spec_examples_1.2/commitment_discount_usage_scenario_4.csv", Bill(EXAMPLE, 2, 0, "", "0.5")),
    // A blank line between the rows.
    (
        "focus/spec_examples_1.2/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource.csv",
        Bill(EXAMPLE, 5, 2, "", "2.75"),
    ),
    (
        "focus/spec_examples_1.2/one_hundred_percent_utilization_without_commitment_discount_flexibility.csv",
        Bill(EXAMPLE, 4, 2, "", "1.5"),
    ),
    ("focus/spec_examples_1.2/saas_spend_agreements_a1.csv", SLASHES),
    ("focus/spec_examples_1.2/saas_spend_agreements_b1.csv", SLASHES),
    ("focus/spec_examples_1.2/simple_saas_agreements_a2.csv", Problem("BilledCost: cannot read `$50,000.00 `")),
    ("focus/spec_examples_1.2/simple_saas_agreements_b.csv", Problem("BilledCost: cannot read `$50,000.00 `")),
    ("focus/spec_examples_1.2/virtual_currency_pricing_model_a1.csv", SLASHES),
    ("focus/spec_examples_1.2/virtual_currency_pricing_model_b1.csv", SLASHES),
    ("focus/spec_examples_1.2/virtual_currency_pricing_model_b3.csv", SLASHES),
    (
        "focus/synthetic_1.2/focus_1_2_cost_and_usage_aws_seed1202.csv",
        Bill("FOCUS 1.2", 1000, 0, "USD", "18857.12462367903375"),
    ),
    (
        "focus/synthetic_1.2/focus_1_2_cost_and_usage_azure_seed1202.csv",
        Bill("FOCUS 1.2", 1000, 0, "USD", "49321.10820024424"),
    ),
    (
        "focus/synthetic_1.3/focus_1_3_contract_commitment_gcp_seed1202.csv",
        Problem("this is FOCUS's list of contract commitments, not of charges"),
    ),
    (
        "focus/synthetic_1.3/focus_1_3_cost_and_usage_gcp_seed1202.csv",
        Bill("FOCUS 1.3", 1000, 0, "USD", "20775.948943532903"),
    ),
    // A free trial: credits take all of it back.
    ("gcp/koku_202011_30c31bca571d9b7f3b2c8459dd8bc34a_2020-11-08_2020-11-11.csv", Bill(GOOGLE, 25, 0, "USD", "0")),
    ("gcp/koku_gcp_tmp_example.csv", Bill(GOOGLE, 292, 0, "USD", "0.355562")),
    ("mapping/", FOREIGN),
    ("opencost_pricing/", PRICES),
];

/// The shared folder of this kind of usage, where it is.
pub(super) fn folder(name: &str) -> Option<PathBuf> {
    let folder = root().join("../shared/data/usage").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the shared folder {name} is not here");
    None
}

fn tables(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("shared folders can be read") {
        let path = entry.expect("entries can be read").path();
        if path.is_dir() {
            tables(&path, found);
        } else if path.extension().is_some_and(|end| end == "csv") {
            found.push(path);
        }
    }
}

#[test]
fn every_shared_file_is_read_or_refused_with_its_reason() {
    let Some(folder) = folder("billing") else { return };
    let mut paths = Vec::new();
    tables(&folder, &mut paths);
    paths.sort();
    let mut unknown = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&folder).expect("found below it").to_string_lossy().replace('\\', "/");
        let outcome = answer(&[Found::file(path)], &whole());
        println!("{name}: {}", told(&outcome));
        let is_it = |known: &str| known == name || (known.ends_with('/') && name.starts_with(known));
        match KNOWN.iter().find(|(known, _)| is_it(known)) {
            Some((_, known)) => check(&name, known, &outcome),
            None => unknown.push(name),
        }
    }
    println!("{} files; not in the table: {unknown:?}", paths.len());
}

fn told(outcome: &Result<BillAnswer, No>) -> String {
    match outcome {
        Ok(answer) => {
            let quality = &answer.quality;
            let format = quality.files.first().map_or("", |file| &file.format);
            let aside: Vec<String> = quality.aside.iter().map(|a| format!("{} {}", a.rows, a.reason)).collect();
            format!("{format}, {} rows used, set aside: {}", quality.rows_used, aside.join(", "))
        }
        Err(No::Problems(problems)) => format!("{} problems: {}", problems.len(), problems[0].what),
        Err(No::Refusal(refusal)) => refusal.to_string(),
    }
}

fn check(name: &str, known: &Known, outcome: &Result<BillAnswer, No>) {
    match (known, outcome) {
        (Bill(format, rows, aside, currency, billed), Ok(answer)) => {
            let (quality, totals) = (&answer.quality, &answer.totals);
            assert_eq!(quality.files[0].format, *format, "{name}");
            assert_eq!((quality.rows_read, quality.rows_used), (*rows, rows - aside), "{name}");
            let sums: Vec<_> =
                totals.iter().map(|t| (t.currency.code(), t.tally.of(Cost::Billed).map(|sum| sum.exact()))).collect();
            assert_eq!(sums, [(*currency, Some((*billed).to_owned()))], "{name}");
        }
        (Problem(what), Err(No::Problems(problems))) => {
            assert!(problems.iter().all(|problem| problem.what.starts_with(what)), "{name}: {problems:?}");
            assert!(problems.iter().all(|problem| !problem.help.is_empty()), "{name}: {problems:?}");
        }
        (NoCharge, Err(No::Refusal(BillRefusal::Empty { rows_read, .. }))) => assert_eq!(*rows_read, 1, "{name}"),
        _ => panic!("{name}: {}", told(outcome)),
    }
}
