//! How the columns of one file are read, whether guessed or laid out.
use super::meaning::Meaning;
use jiff::tz::Offset;
use plimsoll::telemetry::{Measure, Statistic};
use std::collections::HashMap;

/// The columns of a file and what they are. Indices are of columns, from 0.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Whether the first row holds names.
    pub(crate) has_header: bool,
    /// How many cells a row has.
    pub(crate) width: usize,
    /// Whether numbers have a decimal comma.
    pub(crate) decimal_comma: bool,
    /// The names of all columns.
    pub(crate) names: Vec<String>,
    /// Where the times stand and how they are written.
    pub(crate) time: Times,
    /// Which columns name the resource, joined by `/`.
    pub(crate) resource: Vec<usize>,
    /// Which columns name a part of it, joined by a blank.
    pub(crate) items: Vec<usize>,
    /// The column with names of metrics, in a long table.
    pub(crate) metric: Option<usize>,
    /// The column with the units of values.
    pub(crate) unit: Option<usize>,
    /// The columns of numbers; the one of values in a long table.
    pub(crate) values: Vec<Column>,
    /// What was assumed, a sentence each.
    pub(crate) notes: Vec<String>,
}

/// A column of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) index: usize,
    pub(crate) meaning: Meaning,
    /// What tells it apart from another column of the same meaning.
    pub(crate) item: Option<String>,
}

impl Column {
    pub(crate) const fn new(index: usize, meaning: Meaning) -> Self {
        Self { index, meaning, item: None }
    }
    /// Columns that mean the same, as `web-1 CPU` and `web-2 CPU`, are parts by their names.
    pub(crate) fn tell_apart(columns: &mut [Self], names: &[String]) {
        let mut seen: HashMap<(Measure, Statistic), usize> = HashMap::new();
        let key = |column: &Self| (column.meaning.measure.clone(), column.meaning.statistic);
        for column in columns.iter() {
            *seen.entry(key(column)).or_default() += 1;
        }
        for column in columns.iter_mut().filter(|column| seen[&key(column)] > 1) {
            let name = &names[column.index];
            let is_again = names.iter().filter(|other| *other == name).count() > 1;
            column.item = Some(if is_again { format!("{name} (column {})", column.index + 1) } else { name.clone() });
        }
    }
}

/// The column of times.
#[derive(Clone, Debug)]
pub(crate) struct Times {
    pub(crate) index: usize,
    pub(crate) format: TimeFormat,
    /// The zone of times that have none.
    pub(crate) zone: ZoneOffset,
}

/// How times are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum TimeFormat {
    /// ISO 8601, RFC 3339, or a Unix time whose unit its size tells.
    #[default]
    Auto,
    /// Numbers from 1970 on, so many of them in a second, of any size.
    Unix(i64),
    /// A pattern of `strptime`, as `%d.%m.%Y %H:%M`.
    Pattern(String),
}

/// The zone of times without one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum ZoneOffset {
    /// Not told: taken as UTC, and said so.
    #[default]
    Untold,
    /// This one.
    Told(Offset),
}

impl ZoneOffset {
    /// Seconds from UTC.
    pub(crate) fn seconds(self) -> i64 {
        match self {
            Self::Untold => 0,
            Self::Told(offset) => i64::from(offset.seconds()),
        }
    }
}
