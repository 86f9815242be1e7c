//! What `promtool query range` prints: the labels of a series and `=>`, then a line for each look, `5.19 @[1795393595]`.
use super::given::{self, Looked};
use super::labels;
use crate::problem::Problem;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::printed;
use crate::telemetry::text::Text;
use plimsoll::series::{Point, Time};
use plimsoll::units::Share;

/// See the module.
pub(in crate::telemetry) struct Promtool;

impl Format for Promtool {
    fn name(&self) -> &'static str {
        "promtool query"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let mut lines = head.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        let is_series = first.trim_end().ends_with("=>") && lines.next().is_some_and(|line| look(line).is_some());
        let is_instant = first.split_once("=>").is_some_and(|(_, rest)| look(rest).is_some());
        Share::of_one(if is_series || is_instant { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut series: Vec<Looked> = Vec::new();
        let mut lines = text.lines();
        loop {
            match lines.next() {
                Ok(Some((number, line))) => take(&file, number, line.trim_end(), &mut series, to),
                Ok(None) => break,
                Err(problem) => return to.wrong(|| problem),
            }
        }
        given::give(series, &file, asked, to);
    }
}

fn take(file: &str, number: usize, line: &str, series: &mut Vec<Looked>, to: &mut Collector) {
    if line.is_empty() {
        return;
    }
    if let Some((written, rest)) = line.split_once(" =>") {
        if rest.trim().is_empty() {
            let named = written.trim();
            let plain = || [("__name__".to_owned(), named.to_owned())].into();
            let labels = labels::read(named).unwrap_or_else(plain);
            series.push(Looked { labels, points: Vec::new(), line: number });
        } else {
            to.row();
            to.aside("look of an instant query, which has no step");
        }
        return;
    }
    to.row();
    match (look(line), series.last_mut()) {
        (Some((_, value)), Some(_)) if value.is_infinite() => to.aside("infinite value"),
        (Some((time, value)), Some(last)) => {
            last.points.push(Point::new(time, Some(value)));
            to.used();
        }
        _ => to.mistake(|| {
            let help = "a look is written 5.19 @[1772337600]";
            Problem::in_line(file, number, line, 0..line.len(), format!("cannot read `{line}` as a look"), help)
        }),
    }
}

fn look(line: &str) -> Option<(Time, f64)> {
    let (value, time) = line.trim().split_once(" @[")?;
    let time = printed::unix(time.strip_suffix(']')?.parse().ok()?)?;
    Some((time, value.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Measure, Telemetry};

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        assert_eq!(Promtool.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let mut to = Collector::new(false);
        to.begin("q.txt", Promtool.name(), Share::ALL);
        Promtool.read(Text::of("q.txt", text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn printed_series_are_read() {
        let text = "node_load1{instance=\"a\"} =>\n1.5 @[1772337600]\nNaN @[1772337615.5]\n2 @[1772337630]\n\nup{} =>\n1 @[0]\n1 @[15]\n";
        let read = read(text).unwrap();
        let load = &read.metrics[0];
        assert_eq!(
            (load.measure.clone(), load.series.value(1), load.first.as_str()),
            (Measure::RunQueue, None, "q.txt:1")
        );
        assert_eq!((read.metrics.len(), read.reading.rows_used), (2, 5));
    }

    #[test]
    fn other_lines_are_mistakes() {
        let problem = &read("up{} =>\n1 @[0]\none @[15]\n").unwrap_err()[0];
        assert_eq!((problem.line, problem.what.as_str()), (3, "cannot read `one @[15]` as a look"));
        assert!(read("up{a=\"b\"} => 1 @[1772337600]\n").unwrap_err()[0].what.contains("instant query"));
        assert_eq!(Promtool.detect(&Head::new(b"a => b\nc\n", true)), Share::NONE);
    }
}
