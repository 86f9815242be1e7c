//! Samples in, series out, and the account of every row.
use super::access::Visits;
use super::below_zero;
use super::counter;
use super::derived;
use super::doubts;
use super::key::{How, Key};
use super::loopback;
use super::shares;
use super::sources;
use crate::problem::Problem;
use plimsoll::reading::{Aside, FileRead, Finding};
use plimsoll::series::{Point, Series, Time};
use plimsoll::telemetry::{AccessLog, Facts, LoadRun, Metric, Reading, ResourceName, Telemetry};
use plimsoll::units::Share;
use std::collections::{BTreeMap, HashMap};

/// The most problems that are shown of one input.
const SHOWN: usize = 20;

/// So many series that are left out are named.
const TOLD: usize = 3;

/// Which series a sample goes to: cheaper to hold than its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SeriesId(usize);

/// What formats give what they read to.
///
/// For each row a format calls `row`, then either gives its samples and calls `used`, or calls `aside` with the reason,
/// or tells a `mistake`.
pub(crate) struct Collector {
    file: String,
    keep_going: bool,
    /// The formats so far, and which of them the file has: tools that tell the same are told apart.
    formats: Vec<String>,
    format: usize,
    ids: HashMap<(usize, Key), SeriesId>,
    series: Vec<Gathered>,
    facts: BTreeMap<ResourceName, Facts>,
    loads: Vec<LoadRun>,
    access: Vec<AccessLog>,
    visits: BTreeMap<String, Visits>,
    files: Vec<FileRead>,
    rows: u64,
    used: u64,
    aside: BTreeMap<String, u64>,
    notes: Vec<String>,
    doubts: Vec<Finding>,
    restarts: u64,
    problems: Vec<Problem>,
    mistakes: usize,
}

/// A series before it stands on a grid.
pub(super) struct Gathered {
    pub(super) key: Key,
    pub(super) how: How,
    /// Which file it began in, by its number.
    pub(super) file: usize,
    first: String,
    pub(super) points: Vec<Point>,
}

impl Gathered {
    /// The file it began in.
    pub(super) fn file(&self) -> &str {
        let is_line = |line: &str| line.bytes().all(|b| b.is_ascii_digit());
        self.first.rsplit_once(':').filter(|(_, line)| is_line(line)).map_or(self.first.as_str(), |(file, _)| file)
    }
}

impl Collector {
    pub(crate) fn new(keep_going: bool) -> Self {
        Self {
            file: String::new(),
            keep_going,
            formats: Vec::new(),
            format: 0,
            ids: HashMap::new(),
            series: Vec::new(),
            facts: BTreeMap::new(),
            loads: Vec::new(),
            access: Vec::new(),
            visits: BTreeMap::new(),
            files: Vec::new(),
            rows: 0,
            used: 0,
            aside: BTreeMap::new(),
            notes: Vec::new(),
            doubts: Vec::new(),
            restarts: 0,
            problems: Vec::new(),
            mistakes: 0,
        }
    }

    /// Begins another file.
    pub(crate) fn begin(&mut self, file: &str, format: &str, confidence: Share) {
        self.file = file.into();
        self.format = self.formats.iter().position(|known| known == format).unwrap_or(self.formats.len());
        if self.format == self.formats.len() {
            self.formats.push(format.into());
        }
        self.files.push(FileRead { name: file.into(), format: format.into(), confidence, rows: 0 });
    }

    /// A row was read.
    pub(crate) fn row(&mut self) {
        self.rows(1);
    }
    /// So many rows were read, as of a row that stands for many requests.
    pub(crate) fn rows(&mut self, rows: u64) {
        self.rows += rows;
        if let Some(file) = self.files.last_mut() {
            file.rows += rows;
        }
    }
    /// The row stands in a series, a load test or a log.
    pub(crate) fn used(&mut self) {
        self.used += 1;
    }
    /// The row does not, for this reason, as `totals row`.
    pub(crate) fn aside(&mut self, reason: &str) {
        match self.aside.get_mut(reason) {
            Some(rows) => *rows += 1,
            None => drop(self.aside.insert(reason.into(), 1)),
        }
    }
    /// So many rows that were read before stand in a load test: known only when all of it is seen.
    pub(crate) fn used_rows(&mut self, rows: u64) {
        self.used += rows;
    }
    /// So many that were read before do not, for this reason.
    pub(crate) fn aside_rows(&mut self, reason: &str, rows: u64) {
        if rows > 0 {
            *self.aside.entry(reason.into()).or_default() += rows;
        }
    }
    /// A line of the file that is read, as `hey-c8.csv:2`.
    pub(crate) fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.file)
    }
    /// The row cannot be read. Where the user says to go on it is set aside.
    pub(crate) fn mistake(&mut self, problem: impl FnOnce() -> Problem) {
        if self.keep_going {
            self.aside("cannot be read");
        } else {
            self.wrong(problem);
        }
    }
    /// The file cannot be read, whatever the user says.
    pub(crate) fn wrong(&mut self, problem: impl FnOnce() -> Problem) {
        self.mistakes += 1;
        if self.problems.len() < SHOWN {
            self.problems.push(problem());
        }
    }
    /// Whether there is a mistake already: nothing more has to be kept, only looked at.
    pub(crate) const fn has_mistakes(&self) -> bool {
        self.mistakes > 0
    }

    /// The series of a key. The first file and line that name it are its source, and say what its values are.
    pub(crate) fn series(&mut self, key: Key, how: How, line: usize) -> SeriesId {
        let of = (self.format, loopback::apart(key));
        if let Some(id) = self.ids.get(&of) {
            return *id;
        }
        let first = if line > 0 { self.place(line) } else { self.file.clone() };
        self.begun(of, how, first)
    }
    /// The same of a source that is known, as `cpu.csv:2`.
    pub(crate) fn series_from(&mut self, key: Key, how: How, first: String) -> SeriesId {
        let of = (self.format, loopback::apart(key));
        if let Some(id) = self.ids.get(&of) {
            return *id;
        }
        self.begun(of, how, first)
    }
    fn begun(&mut self, of: (usize, Key), how: How, first: String) -> SeriesId {
        let id = SeriesId(self.series.len());
        self.series.push(Gathered { key: of.1.clone(), how, file: self.files.len(), first, points: Vec::new() });
        self.ids.insert(of, id);
        id
    }
    /// The series of a key, if it has begun.
    pub(crate) fn known(&self, key: &Key) -> Option<SeriesId> {
        self.ids.get(&(self.format, loopback::apart(key.clone()))).copied()
    }
    /// A value of a series, in the unit of its measure; none for a gap that the export tells.
    pub(crate) fn sample(&mut self, id: SeriesId, time: Time, value: Option<f64>) {
        if !self.has_mistakes() {
            self.series[id.0].points.push(Point::new(time, value));
        }
    }
    /// What an export says of a resource itself.
    pub(crate) fn facts(&mut self, resource: impl Into<String>, facts: Facts) {
        let known = self.facts.entry(ResourceName(resource.into())).or_default();
        *known = std::mem::take(known).or(facts);
    }
    /// A load test.
    pub(crate) fn load(&mut self, run: LoadRun) {
        self.loads.push(run);
    }
    /// An access log.
    pub(crate) fn access(&mut self, log: AccessLog) {
        self.access.push(log);
    }
    /// The requests to a service so far, of all files. They become a log and metrics when all files are read.
    pub(crate) fn visits(&mut self, resource: &str, line: usize) -> &mut Visits {
        if !self.visits.contains_key(resource) {
            self.visits.insert(resource.into(), Visits::new(self.place(line)));
        }
        let visits = self.visits.get_mut(resource).expect("it is there, or was put there above");
        visits.begin(&self.file);
        visits
    }
    /// So many times a running total started again, of which a format made rates itself.
    pub(crate) fn restarted(&mut self, times: u64) {
        self.restarts += times;
    }
    /// Something that was taken for granted, a sentence; said once.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Something that makes a row doubtful, a sentence without a number that goes on after "12 rows "; counted by kind.
    pub(crate) fn doubt(&mut self, kind: &'static str, text: &str) {
        match self.doubts.iter_mut().find(|doubt| doubt.kind == kind && doubt.text == text) {
            Some(doubt) => doubt.rows += 1,
            None => self.doubts.push(Finding { kind, rows: 1, text: text.into() }),
        }
    }

    /// All that was read, or all that is wrong with it.
    pub(crate) fn finish(mut self) -> Result<Telemetry, Vec<Problem>> {
        if self.mistakes > self.problems.len() {
            let what = format!("{} mistakes in all, the first {} are shown", self.mistakes, self.problems.len());
            self.problems.push(Problem::in_whole(&self.file, what, ""));
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        for (resource, visits) in std::mem::take(&mut self.visits) {
            visits.give(&resource, &mut self);
        }
        let (series, told_twice) = sources::one_of_each(std::mem::take(&mut self.series));
        self.series = series;
        self.notes.extend(told_twice);
        let (notes, unsure) = shares::settle(&mut self.series);
        self.notes.extend(notes);
        let below_zero = below_zero::taken_out(&mut self.series);
        let mut resets = self.restarts;
        let mut metrics = Vec::new();
        let mut refused = Vec::new();
        for gathered in self.series {
            match metric(gathered, &mut resets, &mut self.notes) {
                Ok(metric) => metrics.push(metric),
                Err(why) => refused.push(why),
            }
        }
        let is_empty = metrics.is_empty() && self.loads.is_empty() && self.access.is_empty();
        if is_empty && let Some((why, help)) = refused.first() {
            return Err(vec![Problem::in_whole(&self.file, why.clone(), *help)]);
        }
        if is_empty && self.facts.is_empty() {
            let set_aside: Vec<String> = self.aside.iter().map(|(why, rows)| format!("{rows} {why}")).collect();
            let what = if set_aside.is_empty() {
                "the file has no rows".to_owned()
            } else {
                format!("no row of the file can be used: {}", set_aside.join(", "))
            };
            return Err(vec![Problem::in_whole(&self.file, what, "export a longer time, or another format")]);
        }
        self.notes.extend(refused.iter().take(TOLD).map(|(why, _)| format!("{why}; the series is left out.")));
        if refused.len() > TOLD {
            self.notes.push(format!("{} more series are left out for such reasons.", refused.len() - TOLD));
        }
        derived::add(&mut metrics);
        metrics.sort_by(|a: &Metric, b| {
            let key = |m: &Metric| (m.resource.clone(), m.item.clone(), m.measure.clone(), m.statistic);
            key(a).cmp(&key(b))
        });
        let mut findings = doubts::of(&metrics, resets);
        findings.splice(0..0, below_zero);
        findings.extend(unsure);
        let counted = |doubt: Finding| Finding { text: format!("{} rows {}", doubt.rows, doubt.text), ..doubt };
        findings.extend(self.doubts.into_iter().map(counted));
        let reading = Reading {
            files: self.files,
            rows_read: self.rows,
            rows_used: self.used,
            aside: self.aside.into_iter().map(|(reason, rows)| Aside { reason, rows }).collect(),
            findings,
            notes: self.notes,
        };
        Ok(Telemetry { metrics, facts: self.facts, loads: self.loads, access: self.access, reading })
    }
}

/// A series on its grid; the error is why it is none, and what would do.
fn metric(gathered: Gathered, resets: &mut u64, notes: &mut Vec<String>) -> Result<Metric, (String, &'static str)> {
    let Gathered { key, how, first, points, .. } = gathered;
    let points = match how {
        How::Counter => {
            let (rates, again) = counter::rates(points);
            *resets += again;
            rates
        }
        How::Per(span) => scaled(points, 1.0 / span.as_seconds()),
        How::PerCent => scaled(points, 0.01),
        How::Level | How::PerStep | How::Counts | How::PartOrPercent => points,
    };
    let built = |points| {
        Series::from_points(key.measure.word(), points)
            .map_err(|error| (format!("{} of {}: {error}", key.measure, key.resource), error.help()))
    };
    let series = match how {
        How::PerStep => {
            let step = built(points.clone())?.step();
            built(scaled(points, 1.0 / step.as_seconds()))?
        }
        How::Counts => {
            let counted = built(points.clone())?;
            if counted.quality().running_total {
                let (rates, again) = counter::rates(points);
                *resets += again;
                let what = format!("{} of {} only rises", key.measure, key.resource);
                notes.push(format!("{what}: read as a running total; say `--counts` if it is counts per step."));
                built(rates)?
            } else {
                built(scaled(points, 1.0 / counted.step().as_seconds()))?
            }
        }
        _ => built(points)?,
    };
    Ok(Metric { resource: key.resource, item: key.item, measure: key.measure, statistic: key.statistic, series, first })
}

fn scaled(points: Vec<Point>, factor: f64) -> Vec<Point> {
    points.into_iter().map(|point| Point::new(point.time(), point.value().map(|v| v * factor))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Measure, Statistic};

    fn at(minute: i64) -> Time {
        Time::unix_seconds(minute * 60)
    }

    #[test]
    fn totals_and_counters_become_rates() {
        let mut to = Collector::new(false);
        to.begin("x.csv", "test", Share::ALL);
        let totals = to.series(Key::of("web", Measure::Requests), How::PerStep, 2);
        let counter = to.series(Key::of("web", Measure::NetworkOut).item("eth0"), How::Counter, 3);
        for minute in 0..10 {
            to.row();
            to.used();
            to.sample(totals, at(minute), Some(120.0));
            to.sample(counter, at(minute), Some(600.0 * minute as f64));
        }
        let read = to.finish().unwrap();
        let web = ResourceName("web".into());
        let value = |measure: Measure| read.of(&web, &measure, Statistic::Mean).next().unwrap().series.value(3);
        assert_eq!((value(Measure::Requests), value(Measure::NetworkOut)), (Some(2.0), Some(10.0)));
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (10, 10));
        assert_eq!(read.metrics[0].first, "x.csv:2");
    }

    #[test]
    fn what_can_be_used_nowhere_is_told() {
        let mut to = Collector::new(true);
        to.begin("x.csv", "test", Share::ALL);
        to.row();
        to.mistake(|| Problem::in_whole("x.csv", "bad", ""));
        assert_eq!(to.finish().unwrap_err()[0].what, "no row of the file can be used: 1 cannot be read");
        let mut to = Collector::new(false);
        to.begin("x.csv", "test", Share::ALL);
        let one = to.series(Key::of("web", Measure::CpuShare), How::Level, 1);
        to.sample(one, at(0), Some(0.5));
        assert!(to.finish().unwrap_err()[0].what.starts_with("cpu_share of web: "));
    }
}
