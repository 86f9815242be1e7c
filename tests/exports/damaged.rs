//! Files that something happened to: never a panic, never a wrong sum.
use super::{assert_accounted, fixture, text, told, told_of};
use serde_json::{Value, json};

const FORMATS: [&str; 8] = [
    "focus.csv",
    "cur.csv",
    "cur2.csv",
    "azure_ea.csv",
    "azure_mca.csv",
    "gcp.csv",
    "cost_explorer.csv",
    "cur_commitments.csv",
];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

fn billed(told: &Value) -> Option<&str> {
    told["answer"]["total"]["billed"].as_str()
}

/// Understood, refused or told as a problem; and if answered, accounted for.
fn assert_sound(told: &Value, what: &str) {
    if told["answer"].is_object() {
        assert_accounted(&told["answer"]);
    } else {
        let has_reason = told["refusal"].is_object() || told["problems"].as_array().is_some_and(|p| !p.is_empty());
        assert!(has_reason, "{what}: {told:#}");
    }
}

#[test]
fn a_file_that_is_cut_off_is_a_shorter_bill_or_a_problem() {
    for name in FORMATS {
        let whole = bytes(name);
        for part in [1, 3, 10, 37, 50, 73, 99] {
            let told = told_of(&whole[..whole.len() * part / 100], name, &["--cost", "billed"]);
            assert_sound(&told, name);
        }
    }
}

#[test]
fn a_column_with_another_name_never_changes_a_sum() {
    for name in ["focus.csv", "cur.csv", "azure_ea.csv", "gcp.csv"] {
        let whole = String::from_utf8(bytes(name)).unwrap();
        let expected = told_of(whole.as_bytes(), name, &["--cost", "billed"]);
        let header = whole.lines().next().unwrap();
        for column in header.trim_start_matches('\u{feff}').trim_end().split(',').filter(|c| !c.contains('"')) {
            let renamed: Vec<&str> = header
                .split(',')
                .map(|c| if c.trim_end().trim_start_matches('\u{feff}') == column { "renamed" } else { c })
                .collect();
            let text = whole.replacen(header, &renamed.join(","), 1);
            let told = told_of(text.as_bytes(), name, &["--cost", "billed"]);
            assert_sound(&told, column);
            let sum = billed(&told);
            assert!(sum.is_none() || sum == billed(&expected), "{name} {column}: {sum:?} {:?}", billed(&expected));
        }
    }
}

#[test]
fn a_lost_separator_is_told_with_its_line() {
    for name in FORMATS {
        let whole = String::from_utf8(bytes(name)).unwrap();
        let at = whole.find(',').unwrap();
        let header = told_of(format!("{}{}", &whole[..at], &whole[at + 1..]).as_bytes(), name, &[]);
        assert_eq!(header["answer"], json!(null), "{name}");
        assert_eq!(header["problems"][0]["line"], 1, "{name}: {}", header["problems"]);
        let row = whole.match_indices('\n').nth(4).unwrap().0;
        let at = row + whole[row..].find(',').unwrap();
        let told = told_of(format!("{}{}", &whole[..at], &whole[at + 1..]).as_bytes(), name, &[]);
        assert_eq!(told["problems"][0]["line"], 6, "{name}: {}", told["problems"]);
    }
}

/// A row of FOCUS with another cost.
fn focus(costs: &[&str]) -> Vec<u8> {
    let header = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,\
                  ChargeCategory,ServiceName,BillingPeriodStart,PricingQuantity";
    let row = |cost: &&str| {
        let (cost, currency) = cost.split_once(' ').unwrap_or((cost, "USD"));
        format!(
            "{cost},{cost},{cost},{cost},{currency},2026-03-01T00:00:00Z,2026-03-02T00:00:00Z,Usage,a,2026-03-01T00:00:00Z,-1\n"
        )
    };
    format!("{header}\n{}", costs.iter().map(row).collect::<String>()).into_bytes()
}

#[test]
fn amounts_currencies_and_nulls_are_never_mixed_up() {
    let huge = told_of(&focus(&["1", "1e30"]), "focus.csv", &[]);
    assert_eq!((&huge["answer"], &huge["problems"][0]["line"]), (&json!(null), &json!(3)));
    let two = told_of(&focus(&["1", "2 EUR", "4"]), "focus.csv", &[]);
    assert_eq!(two["answer"]["total"], json!(null));
    let totals: Vec<(&str, &str)> = two["answer"]["totals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|total| (total["currency"].as_str().unwrap(), total["billed"].as_str().unwrap()))
        .collect();
    assert_eq!(totals, [("EUR", "2"), ("USD", "5")]);
    let null = told_of(&focus(&["1", "NULL"]), "focus.csv", &[]);
    assert_eq!((billed(&null), &null["answer"]["total"]["rows"]), (Some("1"), &json!(2)));
    let negative = told_of(&focus(&["1", "-3"]), "focus.csv", &[]);
    assert_eq!(billed(&negative), Some("-2"));
    let findings = negative["answer"]["quality"]["findings"].to_string();
    assert!(findings.contains("less than nothing"), "{findings}");
}

#[test]
fn what_is_no_export_is_told_so() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        std::io::Write::write_all(&mut bomb, &vec![b'0'; 1 << 20]).unwrap();
    }
    let header = text(&fixture("focus.csv")).lines().next().unwrap().to_owned();
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("empty", Vec::new(), "the file is empty"),
        ("header", format!("{header}\n").into_bytes(), "none of 0 rows is a charge"),
        ("bomb", bomb.finish().unwrap(), "does not end within"),
        ("image", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), ""),
        ("utf-16", "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), "zero bytes"),
        ("parquet", b"PAR1\x15\x04\x15\x10PAR1".to_vec(), "Parquet"),
    ];
    for (name, bytes, why) in cases {
        let told = told_of(&bytes, "export.csv", &[]);
        assert_eq!(told["answer"], json!(null), "{name}");
        assert!(told.to_string().contains(why), "{name}: {told:#}");
    }
    let folder = super::root().join("docs/decisions");
    let told = told(&[folder.to_str().unwrap()]);
    assert!(told["problems"].as_array().is_some_and(|p| p.len() == 1), "{told:#}");
}
