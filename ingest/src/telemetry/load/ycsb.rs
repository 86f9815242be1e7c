//! What the Yahoo! Cloud Serving Benchmark prints: `[READ], AverageLatency(us), 65.9`, a figure a line.
//!
//! Latencies are microseconds. The clients are `-threads` of the command line, where it is printed, or else the clients
//! that were cleaned up at the end, one each.
use super::point::{self, Clients, Counts, Measured};
use super::words;
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::telemetry::LoadPoint;
use plimsoll::units::Share;
use std::collections::BTreeMap;

/// YCSB.
pub(crate) struct Ycsb;

const TOOL: &str = "YCSB";
/// Kinds of operation; `READ-MODIFY-WRITE` counts a read and an update again.
const KINDS: [&str; 5] = ["READ", "UPDATE", "INSERT", "SCAN", "DELETE"];

impl Format for Ycsb {
    fn name(&self) -> &'static str {
        "YCSB"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["[OVERALL], RunTime(ms), ", "[OVERALL], Throughput(ops/sec), ", "], Operations, "];
        Share::of_one(head.share_of(&marks))
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = read(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

#[derive(Default)]
struct Operation {
    count: f64,
    mean: f64,
    failed: f64,
    quantiles: Vec<(f64, f64)>,
}

/// One run.
#[derive(Default)]
struct Run {
    line: usize,
    lasts: f64,
    rate: f64,
    cleaned: Option<f64>,
    operations: BTreeMap<String, Operation>,
}

fn read(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    let (mut points, mut now, mut threads) = (Vec::new(), None, None);
    while let Some((number, line)) = lines.next()? {
        if let Some(told) = line.strip_prefix("Command line:") {
            let mut words = told.split_whitespace().skip_while(|word| *word != "-threads");
            threads = words.nth(1).and_then(words::number);
        }
        let mut cells = line.split(", ");
        let (Some(kind), Some(field), Some(value)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let Some(kind) = kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']')) else { continue };
        if kind == "OVERALL" && field == "RunTime(ms)" {
            points.extend(now.take().and_then(|run: Run| run.end(threads, asked, to)));
            to.row();
            now = Some(Run { line: number, ..Run::default() });
        }
        if let Some(run) = &mut now {
            run.take(kind, field, words::number(value).unwrap_or(f64::NAN));
        }
    }
    points.extend(now.and_then(|run| run.end(threads, asked, to)));
    point::warn_of_omission(TOOL, to);
    point::give(TOOL, None, &words::short(&name), points, to);
    Ok(())
}

impl Run {
    fn take(&mut self, kind: &str, field: &str, value: f64) {
        match (kind, field) {
            ("OVERALL", "RunTime(ms)") => self.lasts = value / 1000.0,
            ("OVERALL", "Throughput(ops/sec)") => self.rate = value,
            ("CLEANUP", "Operations") => self.cleaned = Some(value),
            _ if KINDS.contains(&kind) => {
                let operation = self.operations.entry(kind.into()).or_default();
                if let Some(code) = field.strip_prefix("Return=") {
                    operation.failed += if matches!(code, "0" | "OK") { 0.0 } else { value };
                } else if let Some(share) =
                    field.split_once("thPercentileLatency(us)").and_then(|(n, _)| words::number(n))
                {
                    operation.quantiles.push((share / 100.0, value / 1e6));
                } else if field == "Operations" {
                    operation.count = value;
                } else if field == "AverageLatency(us)" {
                    operation.mean = value / 1e6;
                }
            }
            _ => (),
        }
    }
    fn end(self, threads: Option<f64>, asked: &Asked, to: &mut Collector) -> Option<LoadPoint> {
        let sum = |of: fn(&Operation) -> f64| self.operations.values().map(of).sum::<f64>();
        let count = sum(|operation| operation.count);
        let mean = sum(|operation| operation.count * operation.mean) / count;
        // Quantiles of several kinds of operation are no quantiles of all.
        let quantiles = match self.operations.values().next() {
            Some(only) if self.operations.len() == 1 => only.quantiles.as_slice(),
            _ => &[],
        };
        let measured = Measured {
            clients: threads.or(self.cleaned).map_or(Clients::Untold, Clients::Told),
            rate: self.rate,
            mean,
            latency: point::told(count as u64, mean, None, quantiles),
            counts: Some(Counts {
                requests: count as u64,
                errors: sum(|operation| operation.failed) as u64,
                lasts: self.lasts,
            }),
            starts: None,
            line: self.line,
        };
        measured.row(asked, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};

    const TEXT: &str = "[OVERALL], RunTime(ms), 10000\n[OVERALL], Throughput(ops/sec), 400.0\n\
        [READ], Operations, 3000\n[READ], AverageLatency(us), 8000\n[READ], 99thPercentileLatency(us), 20000\n\
        [READ], Return=OK, 2990\n[READ], Return=ERROR, 10\n[READ], 0, 5\n\
        [CLEANUP], Operations, 4\n[CLEANUP], AverageLatency(us), 9\n[UPDATE], Operations, 1000\n\
        [UPDATE], AverageLatency(us), 16000\n";

    #[test]
    fn operations_of_all_kinds_are_one_point() {
        let read = read_as(&Ycsb, TEXT).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), point.response.as_seconds(), counts(point)), (4.0, 0.01, (4000, 10)));
        assert!(point.off_littles_law().as_part() < 1e-9);
        assert_eq!(point.latency, None);
        let told = read_as(&Ycsb, &format!("Command line: -db x -threads 16 -t\n{TEXT}{TEXT}")).unwrap();
        assert_eq!((told.loads[0].points.len(), told.loads[0].points[1].clients.get()), (2, 16.0));
        assert!(read_as(&Ycsb, &TEXT.replace("3000\n", "x\n")).unwrap_err()[0].what.contains("without its numbers"));
    }
}
