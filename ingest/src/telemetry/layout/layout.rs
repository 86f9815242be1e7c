//! A layout, and how it is read.
use super::super::csv::{Meaning, TimeFormat, ZoneOffset};
use super::super::unit;
use super::fields::{ColumnName, Decimal, Delimiter, UnitText};
use crate::document::Document;
use crate::problem::Problem;
use crate::reader::{Desk, Table};
use plimsoll::telemetry::{Measure, Statistic};

/// What the columns of a table are.
#[derive(Clone, Debug)]
pub struct Layout {
    pub(crate) delimiter: Option<u8>,
    pub(super) decimal_comma: bool,
    pub(crate) skip_rows: usize,
    pub(super) has_header: bool,
    pub(super) time: ColumnName,
    pub(super) format: TimeFormat,
    pub(super) zone: ZoneOffset,
    pub(super) resource: Vec<ColumnName>,
    pub(super) items: Vec<ColumnName>,
    /// The columns of names and of values, in a long table.
    pub(super) metric: Option<(ColumnName, ColumnName)>,
    /// The column with the units of values.
    pub(super) unit: Option<ColumnName>,
    pub(super) columns: Vec<(ColumnName, Meaning)>,
}

impl Layout {
    /// Reads a layout file. All problems of the file at once.
    ///
    /// ```
    /// let text = b"[time]\ncolumn = \"t\"\n[columns.\"CPU %\"]\nmeasure = \"cpu_share\"\nunit = \"%\"\n";
    /// assert!(plimsoll_ingest::telemetry::Layout::read("layout.toml", text).is_ok());
    /// ```
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let document = Document::parse(name, bytes)?;
        let desk = Desk::new(&document);
        let layout = Table::read_root(&desk, "the layout", layout);
        let problems = desk.into_problems();
        if problems.is_empty() { Ok(layout) } else { Err(problems) }
    }
    /// What a metric or a column of this name means, if the layout says it.
    pub(crate) fn meaning(&self, name: &str) -> Option<Meaning> {
        self.columns.iter().find(|(column, _)| column.name == name).map(|(_, meaning)| meaning.clone())
    }
}

fn layout(t: &mut Table<'_>) -> Layout {
    let delimiter = t.optional::<Delimiter>("delimiter", "what stands between cells; found if not stated");
    let decimal = t.or("decimal", Decimal { is_comma: false }, "the sign before decimals");
    let skip_rows = t.or::<u32>("skip_rows", 0, "lines above the header");
    let has_header = t.or("header", true, "whether the first row holds names; else they are `column 1`, `column 2`");
    let (time, format, zone) = t.required_section("time", "where the times stand", |t| {
        (
            t.required("column", "the column of times"),
            t.or("format", TimeFormat::Auto, "how they are written"),
            t.or("zone", ZoneOffset::Untold, "the zone of times that have none"),
        )
    });
    let columns_of = |t: &mut Table<'_>| t.required::<Vec<ColumnName>>("columns", "the columns, from the outermost in");
    let resource = t.table("resource", "whose a row is; the name of the file if not stated", columns_of);
    let items = t.table("item", "which part of it a row is of", columns_of);
    let metric = t.table("metric", "a column with names of metrics, for tables with a row for each value", |t| {
        (t.required("column", "the column of names"), t.required("value", "the column of values"))
    });
    let unit = t.table("unit", "a column with the units of values", |t| t.required("column", "the column of units"));
    let columns = t.labeled("columns", "what columns or metrics are; guessed by name if none is stated", meaning);
    let desk = t.desk();
    let columns = columns
        .into_iter()
        .map(|(name, spot, meaning)| {
            (ColumnName { name: name.to_owned(), place: desk.document().problem(spot, "", "") }, meaning)
        })
        .collect();
    Layout {
        delimiter: delimiter.map(|d| d.0),
        decimal_comma: decimal.is_comma,
        skip_rows: skip_rows as usize,
        has_header,
        time,
        format,
        zone,
        resource: resource.unwrap_or_default(),
        items: items.unwrap_or_default(),
        metric,
        unit,
        columns,
    }
}

fn meaning(t: &mut Table<'_>) -> Meaning {
    let measure: Measure = t.required("measure", "what it measures");
    let unit = t.optional::<UnitText>("unit", "the unit of its values; guessed by their range if not stated");
    let statistic = t.or("statistic", Statistic::Mean, "what a value says of its step");
    let counter = t.or("counter", false, "whether values are running totals");
    let written = unit.as_ref().and_then(|text| unit::unit(&text.0));
    if let Some(why) = written.and_then(|unit| unit.of_measure(&measure, counter).err())
        && t.is_sound("measure")
    {
        t.refuse_if(true, "unit", format!("the unit does not fit: {why}"), "write the unit the export has, or none");
    }
    Meaning { measure, statistic, unit: unit.map(|text| text.0), counter }
}
