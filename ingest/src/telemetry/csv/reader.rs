//! The rows of a table as samples.
use super::super::asked::Asked;
use super::super::collector::{Collector, SeriesId};
use super::super::format::Format;
use super::super::head::Head;
use super::super::key::{How, Key};
use super::super::stamp::Zones;
use super::super::text::Text;
use super::cells;
use super::guess;
use super::meaning::Meaning;
use super::plan::{Column, Plan};
use crate::series_csv::columns::{self, Seen};
use crate::series_csv::source::Source;
use csv::ByteRecord;
use foldhash::fast::FixedState;
use plimsoll::telemetry::{Measure, ResourceName, Unit};
use plimsoll::units::Share;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};

/// The format.
pub(crate) struct Csv;

/// A table with a time and a number is taken for one, but any format that knows its own marks goes before.
const SURE: f64 = 0.6;
/// A table without a time is looked at too: its mistake has a place there.
const TABLE: f64 = 0.5;
/// The most series of one file. Doubled, a file whose rows each name another resource takes twice the memory to refuse.
const MOST_SERIES: usize = 100_000;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if head.is_json() { 0.0 } else { looks_like(head) })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let skipped = asked.layout.as_ref().map_or(0, |layout| layout.skip_rows);
        let delimiter = asked.layout.as_ref().and_then(|layout| layout.delimiter);
        let bytes = match below(text.into_bytes(), skipped) {
            Ok(bytes) => bytes,
            Err(error) => return to.wrong(|| crate::inputs::problem(&name, &error)),
        };
        match Source::open_as(&name, bytes, delimiter, skipped) {
            Ok(source) => rows(&name, source, asked, to),
            Err(problem) => to.wrong(|| problem),
        }
    }
}

fn looks_like(head: &Head<'_>) -> f64 {
    let Ok(mut source) = Source::open("", head.text().as_bytes()) else { return 0.0 };
    let mut sample = Vec::new();
    // The last row may be cut.
    while sample.len() < 20 {
        match source.next() {
            Ok(Some(row)) => sample.push(row),
            _ => break,
        }
    }
    let Some(width) = sample.first().map(ByteRecord::len).filter(|width| *width >= 2) else { return 0.0 };
    let even = sample.iter().filter(|row| row.len() == width).count();
    let seen: Vec<Seen> = (0..width).map(|i| Seen::of(&sample, i)).collect();
    let has_time = seen.iter().any(Seen::mostly_times);
    let has_number = seen.iter().any(Seen::mostly_numbers);
    match (has_time, has_number, even * 10 >= sample.len() * 9) {
        (true, _, _) => SURE,
        (false, true, true) => TABLE,
        _ => 0.0,
    }
}

/// What stands below so many lines.
fn below<R: Read>(bytes: R, lines: usize) -> io::Result<BufReader<R>> {
    let mut bytes = BufReader::new(bytes);
    for _ in 0..lines {
        bytes.skip_until(b'\n')?;
    }
    Ok(bytes)
}

fn rows<R: Read>(name: &str, mut source: Source<R>, asked: &Asked, to: &mut Collector) {
    let sample = match guess::sample(&mut source) {
        Ok(sample) => sample,
        Err(problem) => return to.wrong(|| problem),
    };
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = short.split('.').next().unwrap_or(short);
    let plan = match &asked.layout {
        Some(layout) => layout.plan(&sample, &source),
        None => guess::plan(&sample, &source, stem),
    };
    let plan = match plan {
        Ok(plan) => plan,
        Err(problem) => return to.wrong(|| problem),
    };
    for note in &plan.notes {
        to.note(note.clone());
    }
    let mut reader = Reader {
        file: asked.resource.clone().unwrap_or_else(|| short.to_owned()),
        plan: &plan,
        asked,
        zones: Zones::default(),
        ids: HashMap::default(),
        key: Vec::new(),
        values: Vec::new(),
        is_full: false,
    };
    for row in sample.iter().skip(usize::from(plan.has_header)) {
        reader.row(row, &source, to);
    }
    drop(sample);
    let mut row = ByteRecord::new();
    while !reader.is_full {
        match source.next_into(&mut row) {
            Ok(true) => reader.row(&row, &source, to),
            Ok(false) => break,
            Err(problem) => return to.wrong(|| problem),
        }
    }
}

struct Reader<'p> {
    /// Whose rows are that name no resource.
    file: String,
    plan: &'p Plan,
    asked: &'p Asked,
    zones: Zones,
    /// The series of the rows that name the same resource, parts and metric.
    ids: HashMap<Vec<u8>, Vec<Begun>, FixedState>,
    key: Vec<u8>,
    values: Vec<Option<f64>>,
    is_full: bool,
}

/// A series of one column.
struct Begun {
    id: SeriesId,
    factor: f64,
    may_be_negative: bool,
}

impl Reader<'_> {
    fn row<R: Read>(&mut self, row: &ByteRecord, source: &Source<R>, to: &mut Collector) {
        to.row();
        let plan = self.plan;
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return to.aside("blank row");
        }
        if row.len() != plan.width {
            return to.mistake(|| {
                let from = row.len().min(plan.width).saturating_sub(1);
                let what = format!("the row has {} cells, the first row has {}", row.len(), plan.width);
                source.problem(row, from, what, "is a separator or a quote missing, or a number written `1,204`?")
            });
        }
        let time = match cells::time(&row[plan.time.index], &plan.time) {
            Ok(Some(time)) => time,
            Ok(None) => {
                let is_blank = plan.values.iter().all(|c| row[c.index].trim_ascii().is_empty());
                if is_blank {
                    return to.aside("blank row");
                }
                let (what, help) = ("the row has a value and no time".into(), crate::series_csv::cell::AS_TIME);
                return to.mistake(|| source.problem(row, plan.time.index, what, help));
            }
            Err((what, help)) => return to.mistake(|| source.problem(row, plan.time.index, what, &help)),
        };
        let zone_text = std::str::from_utf8(&row[plan.time.index]).unwrap_or_default();
        self.key.clear();
        for index in plan.resource.iter().chain(&plan.items).chain(&plan.metric).chain(&plan.unit) {
            self.key.extend_from_slice(&row[*index]);
            self.key.push(0x1f);
        }
        if !self.ids.contains_key(&self.key) {
            if self.ids.len() * plan.values.len() >= MOST_SERIES {
                self.is_full = true;
                let help =
                    "does each row have a name of its own? Say in a layout file (--layout FILE) which columns to read";
                let what = format!("the file has more than {MOST_SERIES} series");
                return to.wrong(|| source.problem(row, plan.time.index, what, help));
            }
            let series = self.begin(row, source.line(row), to);
            self.ids.insert(self.key.clone(), series);
        }
        let ids = &self.ids[&self.key];
        self.values.clear();
        for (column, series) in plan.values.iter().zip(ids) {
            match cells::value(&row[column.index], plan.decimal_comma, series.may_be_negative) {
                Ok(value) => self.values.push(value),
                Err((what, help)) => return to.mistake(|| source.problem(row, column.index, what, &help)),
            }
        }
        for (series, value) in ids.iter().zip(&self.values) {
            to.sample(series.id, time.time, value.map(|v| v * series.factor));
        }
        self.zones.see(time.zone, zone_text, to);
        to.used();
    }
    /// Begins the series of rows that name what this row names.
    fn begin(&self, row: &ByteRecord, line: usize, to: &mut Collector) -> Vec<Begun> {
        let plan = self.plan;
        let cell = |index: &usize| String::from_utf8_lossy(&row[*index]).trim().to_owned();
        let told = |indices: &[usize], between: &str| {
            let cells: Vec<String> = indices.iter().map(&cell).filter(|text| !text.is_empty()).collect();
            (!cells.is_empty()).then(|| cells.join(between))
        };
        let resource = ResourceName(told(&plan.resource, "/").unwrap_or_else(|| self.file.clone()));
        let item = told(&plan.items, " ");
        let begin = |column: &Column| {
            let mut meaning = match plan.metric {
                Some(metric) => self.meaning_of(&cell(&metric)),
                None => self.named(column),
            };
            if let Some(index) = &plan.unit {
                meaning.say_unit(&cell(index));
            }
            let (factor, how) = meaning.how(self.asked);
            tell_assumption(&meaning, how, to);
            let may_be_negative = meaning.may_be_negative();
            let key = Key {
                resource: resource.clone(),
                item: join(item.as_deref(), column.item.as_deref()),
                measure: meaning.measure,
                statistic: meaning.statistic,
            };
            Begun { id: to.series(key, how, line), factor, may_be_negative }
        };
        plan.values.iter().map(begin).collect()
    }
    /// What a metric of a long table means.
    fn meaning_of(&self, metric: &str) -> Meaning {
        let laid = self.asked.layout.as_ref().and_then(|layout| layout.meaning(metric));
        laid.unwrap_or_else(|| Meaning::of_name(metric))
    }
    /// What a column means: as its name says, else as the user does.
    fn named(&self, column: &Column) -> Meaning {
        let is_unnamed = match &column.meaning.measure {
            Measure::Other(name) => guess::is_unnamed(&columns::plain(name)),
            _ => false,
        };
        match &self.asked.measure {
            Some(measure) if is_unnamed => Meaning { measure: measure.clone(), ..column.meaning.clone() },
            _ => column.meaning.clone(),
        }
    }
}

/// A part of a resource by its row and by its column.
fn join(row: Option<&str>, column: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = row.into_iter().chain(column).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Says what a name without a unit was taken for.
fn tell_assumption(meaning: &Meaning, how: How, to: &mut Collector) {
    if meaning.unit.is_some() || meaning.counter {
        return;
    }
    let measure = &meaning.measure;
    match (measure.unit(), how) {
        (Unit::PerSecond, How::Counts) => to.note(format!(
            "nothing says what a value of {measure} is: read as counts in each step; say `--rates` if they are per second."
        )),
        (Unit::BytesPerSecond, How::Level) => to.note(format!(
            "{measure} names no unit: read as bytes per second; say `--counts` if they are bytes in each step."
        )),
        (Unit::Bytes, _) => to.note(format!("{measure} names no unit: read as bytes.")),
        _ => {}
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
