//! Real exports, where they are at hand, and the sums that others published of them.
use super::{answer, assert_accounted, told, told_of};
use plimsoll_tests::root;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = root().join("../shared/data/usage/billing");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no shared exports beside the repository: nothing to read");
    None
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Part of the reason for which a file is no bill.
const REFUSED: [(&str, &str); 12] = [
    ("BOM.csv", "none of 1 rows is a charge"),
    ("VirtualMachine.csv", "of a bill, too few to add it up"),
    ("currency_codes.csv", "of no bill that is known"),
    ("saas_spend_agreements_a1.csv", "as a time"),
    ("saas_spend_agreements_b1.csv", "as a time"),
    ("simple_saas_agreements_a2.csv", "as an amount of money"),
    ("simple_saas_agreements_b.csv", "as an amount of money"),
    ("virtual_currency_pricing_model_a1.csv", "as a time"),
    ("virtual_currency_pricing_model_b1.csv", "as a time"),
    ("virtual_currency_pricing_model_b3.csv", "as a time"),
    ("focus_1_3_contract_commitment_gcp_seed1202.csv", "list of contract commitments"),
    ("pricing_schema.csv", "a list of prices for OpenCost"),
];

#[test]
fn every_shared_export_is_read_or_refused_for_a_reason() {
    let Some(folder) = folder() else { return };
    let mut files = Vec::new();
    walk(&folder, &mut files);
    files.sort();
    let mut read = 0;
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let told = told(&[path.to_str().unwrap(), "--cost", "billed"]);
        let expected = REFUSED.iter().find(|(file, _)| *file == name).map(|(_, why)| *why);
        if told["answer"].is_object() {
            let quality = &told["answer"]["quality"];
            assert_accounted(&told["answer"]);
            assert_eq!(expected, None, "{name} was read");
            println!(
                "{name}: {} used {} aside {}",
                quality["files"][0]["format"], quality["rows_used"], quality["set_aside"]
            );
            read += 1;
        } else {
            let refusal = told["refusal"]["message"].as_str().map(str::to_owned);
            let why = refusal.unwrap_or_else(|| told["problems"][0]["what"].as_str().expect("a reason").to_owned());
            println!("{name}: refused: {why}");
            assert!(expected.is_none_or(|part| why.contains(part)), "{name}: {why}");
        }
    }
    assert!(read >= 20, "only {read} were read");
}

#[test]
fn published_sums_are_met() {
    let Some(folder) = folder() else { return };
    // The published 584.8960877279688 is the sum in binary fractions; this is what the amounts add up to.
    let nise = answer(&[folder.join("aws/nise_cur_2026-08.csv").to_str().unwrap(), "--cost", "billed"]);
    assert_eq!((nise["total"]["billed"].as_str(), nise["total"]["rows"].as_u64()), (Some("584.896087728"), Some(5448)));
    let mut reader = csv::Reader::from_path(folder.join("aws/nise_cur_2026-08.csv")).unwrap();
    let place = reader.headers().unwrap().iter().position(|name| name == "lineItem/UnblendedCost").unwrap();
    let binary: f64 = reader.records().map(|row| row.unwrap()[place].parse::<f64>().unwrap()).sum();
    assert!((binary - 584.896_087_727_968_8).abs() < 1e-9, "{binary}");
    let sample = folder.join("focus/focus_1.0_sample_1000.csv");
    let sample = answer(&[sample.to_str().unwrap(), "--by", "provider", "--cost", "billed"]);
    let groups = sample["groups"].as_array().unwrap();
    let found: Vec<(&str, f64, u64)> = groups
        .iter()
        .map(|group| {
            let billed: f64 = group["billed"].as_str().unwrap().parse().unwrap();
            let name = group["key"]["ProviderName"].as_str().unwrap();
            (name, (billed * 1e4).round() / 1e4, group["rows"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(found, [("AWS", 18.0066, 942), ("Microsoft", 1.9765, 51), ("Oracle", 0.5371, 7)]);
}

/// FOCUS 1.2, commitment discounts: what was used and what was not is what was bought. Own rows of the same facts.
#[test]
fn used_and_unused_are_the_purchase() {
    let text = "BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,BilledCost,EffectiveCost,CommitmentDiscountId,CommitmentDiscountStatus\n\
        2023-01-01T00:00:00Z,2023-01-01T00:00:00Z,2023-01-01T01:00:00Z,Purchase,1.5,0,plan,\n\
        2023-01-01T00:00:00Z,2023-01-01T00:00:00Z,2023-01-01T01:00:00Z,Usage,0,1,plan,Used\n\
        2023-01-01T00:00:00Z,2023-01-01T00:00:00Z,2023-01-01T01:00:00Z,Usage,0,0.5,plan,Unused\n";
    let told = told_of(text.as_bytes(), "plan.csv", &[]);
    assert_eq!(
        (told["answer"]["total"]["billed"].as_str(), told["answer"]["total"]["effective"].as_str()),
        (Some("1.5"), Some("1.5"))
    );
}
