//! Small Parquet files for tests, made in memory of texts and of arrays.
use crate::bills::{Asked, NoBill, pipeline};
use crate::inputs::{Found, Place};
use crate::problem::Problem;
use arrow_array::builder::{MapBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Decimal128Array, DictionaryArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use plimsoll::bill::{BillAnswer, BillOptions, Ledger, bill};
use plimsoll::units::decimal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How the cells of a column of text are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Text,
    Keyed,
    Binary,
    Decimal,
    Moment,
    Map,
}

/// A column of texts in a type; an empty text is null.
pub(super) fn array(cells: &[String], kept: Kept) -> ArrayRef {
    let some = |cell: &String| (!cell.is_empty()).then(|| cell.clone());
    match kept {
        Kept::Text => Arc::new(cells.iter().map(some).collect::<StringArray>()),
        Kept::Keyed => {
            let cells: Vec<_> = cells.iter().map(some).collect();
            Arc::new(cells.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>())
        }
        Kept::Binary => {
            Arc::new(cells.iter().map(|cell| some(cell).map(|cell| cell.parse().unwrap())).collect::<Float64Array>())
        }
        Kept::Decimal => {
            let scaled = |cell: String| decimal::read(cell.as_bytes(), 18).unwrap().value;
            let all = cells.iter().map(|cell| some(cell).map(scaled)).collect::<Decimal128Array>();
            Arc::new(all.with_precision_and_scale(38, 18).unwrap())
        }
        Kept::Moment => {
            let millis = |cell: String| crate::bills::moment::read(cell.as_bytes()).unwrap().0 * 1000;
            let all = cells.iter().map(|cell| some(cell).map(millis)).collect::<TimestampMillisecondArray>();
            Arc::new(all.with_timezone("UTC"))
        }
        Kept::Map => {
            let mut maps = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
            for cell in cells {
                let object: serde_json::Map<String, serde_json::Value> = match cell.as_str() {
                    "" => serde_json::Map::default(),
                    json => serde_json::from_str(json).unwrap(),
                };
                for (key, value) in object {
                    maps.keys().append_value(key);
                    maps.values().append_value(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
                maps.append(!cell.is_empty()).unwrap();
            }
            Arc::new(maps.finish())
        }
    }
}

/// A CSV as Parquet, each column kept as `kept` says by its name, in groups of so many rows.
pub(super) fn converted(csv: &str, group: usize, kept: impl Fn(&str) -> Kept) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let columns = names.iter().enumerate().map(|(at, name)| {
        let cells: Vec<String> = records.iter().map(|record| record[at].to_owned()).collect();
        (name.as_str(), array(&cells, kept(name)))
    });
    written(columns.collect(), group)
}

/// Columns as Parquet, packed with Snappy, in groups of so many rows.
pub(super) fn written(columns: Vec<(&str, ArrayRef)>, group: usize) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let properties = properties.set_max_row_group_row_count(Some(group)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// Reads bytes as a file of that name.
pub(super) fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<Ledger, Vec<Problem>> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path: PathBuf = std::env::temp_dir().join(format!("plimsoll-parquet-{}-{number}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let found =
        Found { name: name.into(), size: Some(bytes.len() as u64), place: Place::File(path.clone()), stop: None };
    let outcome = pipeline::read(&[found], asked, &|_| {});
    std::fs::remove_file(path).unwrap();
    outcome.map_err(|no| match no {
        NoBill::Problems(problems) => problems,
        NoBill::TooMuch(full) => vec![Problem::in_whole(name, full.to_string(), "")],
    })
}

/// The answer to bytes, with the names of files left out.
pub(super) fn answer(bytes: &[u8], asked: &Asked) -> BillAnswer {
    bill(&read("bill", bytes, asked).unwrap_or_else(|problems| panic!("{problems:#?}")), &BillOptions::default())
        .unwrap()
}
