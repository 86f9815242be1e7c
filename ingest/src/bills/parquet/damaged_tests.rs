//! Files that something happened to: a problem or an answer about every row, never a panic.
use super::testing::{Kept, array, converted, read, written};
use crate::bills::Asked;
use crate::problem::Problem;
use arrow_array::{ArrayRef, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use plimsoll::bill::{Detail, Ledger};

const ROWS: usize = 60;

/// A small bill: costs as decimals, times as times, words as a dictionary, tags as a map.
fn small() -> Vec<u8> {
    let mut csv =
        "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,ServiceName,Tags\n".to_owned();
    for n in 0..ROWS {
        let day = n % 28 + 1;
        csv += &format!("{n}.25,{n}.5,USD,2026-03-{day:02}T00:00:00Z,Usage,service {},", n % 7);
        csv += "\"{\"\"team\"\":\"\"web\"\"}\"\n";
    }
    converted(&csv, ROWS / 2, |name| match name {
        "BilledCost" => Kept::Decimal,
        "EffectiveCost" => Kept::Binary,
        "ChargePeriodStart" => Kept::Moment,
        "ServiceName" => Kept::Keyed,
        "Tags" => Kept::Map,
        _ => Kept::Text,
    })
}

fn asked(detail: Detail) -> Asked {
    Asked { by: vec!["service".into(), "tag:team".into()], detail, threads: 2, ..Asked::default() }
}

fn both(bytes: &[u8]) -> [Result<Ledger, Vec<Problem>>; 2] {
    [Detail::Full, Detail::Sums].map(|detail| read("a.parquet", bytes, &asked(detail)))
}

fn refused(bytes: &[u8]) -> String {
    let [full, sums] = both(bytes).map(|read| read.map(|ledger| ledger.reading).unwrap_err()[0].to_string());
    assert_eq!(full, sums);
    full
}

#[test]
fn a_file_that_breaks_off_is_no_bill() {
    let whole = small();
    for end in (4..whole.len()).step_by(97).chain(whole.len() - 12..whole.len()) {
        let told = refused(&whole[..end]);
        assert!(told.starts_with("a.parquet: the Parquet file "), "{end}: {told}");
    }
}

#[test]
fn a_changed_byte_is_a_problem_or_an_account_of_every_row() {
    let whole = small();
    let step = whole.len() / 250 + 1;
    let (mut problems, mut answers) = (0, 0);
    for at in (4..whole.len() - 4).step_by(step).chain(whole.len() - 300..whole.len() - 4) {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            for read in both(&bytes) {
                match read {
                    Ok(ledger) => {
                        answers += 1;
                        let reading = ledger.reading;
                        let aside: u64 = reading.aside.iter().map(|aside| aside.rows).sum();
                        assert_eq!((reading.rows_read, reading.rows_used + aside), (ROWS as u64, ROWS as u64), "{at}");
                    }
                    Err(told) => {
                        problems += 1;
                        assert!(told.iter().all(|problem| !problem.what.is_empty()), "{at}");
                    }
                }
            }
        }
    }
    assert!(problems > 500 && answers > 50, "{problems} {answers}");
}

#[test]
fn noise_between_the_marks_is_no_bill() {
    for length in [0_u32, 1, 8, 1000, u32::MAX] {
        let mut bytes = b"PAR1".to_vec();
        bytes.extend((0..2000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8));
        bytes.extend(length.to_le_bytes());
        bytes.extend(b"PAR1");
        let told = refused(&bytes);
        assert!(told.starts_with("a.parquet: the Parquet file "), "{told}");
    }
}

#[test]
fn what_is_not_read_here_is_told() {
    let mut bytes = small();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(b"PARE");
    assert!(refused(&bytes).starts_with("a.parquet: this Parquet file is encrypted\n"));
    let word: ArrayRef = array(&["x".into()], Kept::Text);
    let batch = RecordBatch::try_from_iter([("EffectiveCost", word)]).unwrap();
    let properties = WriterProperties::builder().set_compression(Compression::LZ4).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    let told = refused(&writer.into_inner().unwrap());
    assert!(told.contains("the column `EffectiveCost` is packed with the LZ4 that Parquet has given up"), "{told}");
}

#[test]
fn another_schema_is_no_bill_and_a_missing_column_is_named() {
    let word = || array(&["1".into()], Kept::Text);
    let told = refused(&written(vec![("city", word()), ("rain", word())], 10));
    assert!(told.starts_with("a.parquet: this header is of no bill that is known\n"), "{told}");
    let names =
        ["BilledCost", "EffectiveCost", "ListCost", "BillingCurrency", "ChargeCategory", "ServiceName", "Start"];
    let told = refused(&written(names.map(|name| (name, word())).into(), 10));
    assert!(told.starts_with("a.parquet: the column `ChargePeriodStart` is missing, "), "{told}");
    let none =
        converted("BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory\n", 10, |_| Kept::Text);
    for read in both(&none) {
        assert!(read.is_err() || read.is_ok_and(|ledger| ledger.reading.rows_read == 0));
    }
}
