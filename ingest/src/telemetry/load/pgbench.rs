//! What pgbench prints: its summary on standard output, and with `-P` its progress on standard error.
use super::point::{self, Clients, Counts, Measured};
use super::words;
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::telemetry::LoadPoint;
use plimsoll::units::Share;

/// The summary, of one run or of many.
pub(crate) struct Pgbench;

const TOOL: &str = "pgbench";

impl Format for Pgbench {
    fn name(&self) -> &'static str {
        "pgbench"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["transaction type:", "scaling factor:", "number of clients:", "latency average", "tps = "];
        Share::of_one(head.share_of(&marks))
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = read(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

/// One run.
#[derive(Default)]
struct Run {
    line: usize,
    clients: f64,
    transactions: u64,
    failed: u64,
    lasts: Option<f64>,
    mean: f64,
    deviation: Option<f64>,
    rate: f64,
}

fn read(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    let (mut points, mut now) = (Vec::new(), None);
    while let Some((number, line)) = lines.next()? {
        if line.starts_with("transaction type:") {
            points.extend(now.take().and_then(|run: Run| run.end(asked, to)));
            to.row();
            now = Some(Run { line: number, mean: f64::NAN, rate: f64::NAN, ..Run::default() });
        } else if let Some(run) = &mut now {
            run.take(line.trim());
        }
    }
    points.extend(now.and_then(|run| run.end(asked, to)));
    point::give(TOOL, None, &words::short(&name), points, to);
    Ok(())
}

impl Run {
    fn take(&mut self, line: &str) {
        // `latency average: 1.5 ms` in older versions, `latency average = 1.5 ms` in newer ones.
        let Some((field, value)) = line.split_once(['=', ':']) else { return };
        let number = words::number(value.split('/').next().unwrap_or_default());
        match field.trim() {
            "number of clients" => self.clients = number.unwrap_or(0.0),
            "number of transactions actually processed" => self.transactions = number.unwrap_or(0.0) as u64,
            "number of failed transactions" => self.failed = number.unwrap_or(0.0) as u64,
            "duration" => self.lasts = number,
            "latency average" => self.mean = words::seconds(value).unwrap_or(f64::NAN),
            "latency stddev" => self.deviation = words::seconds(value),
            // Told twice by older versions; what the opening of connections took is no work.
            "tps" if self.rate.is_nan() || !value.contains("including") => self.rate = number.unwrap_or(f64::NAN),
            _ => (),
        }
    }
    fn end(self, asked: &Asked, to: &mut Collector) -> Option<LoadPoint> {
        let requests = self.transactions.saturating_add(self.failed);
        let measured = Measured {
            clients: Clients::Told(self.clients),
            rate: self.rate * if self.transactions > 0 { requests as f64 / self.transactions as f64 } else { 1.0 },
            mean: self.mean,
            latency: None,
            counts: Some(Counts {
                requests,
                errors: self.failed,
                lasts: self.lasts.unwrap_or(self.transactions as f64 / self.rate),
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

    #[test]
    fn runs_of_old_and_new_versions_are_points() {
        let old = "transaction type: TPC-B (sort of)\nscaling factor: 10\nnumber of clients: 4\nduration: 10 s\n\
            number of transactions actually processed: 2000\nlatency average: 20.000 ms\nlatency stddev: 4.0 ms\n\
            tps = 190.0 (including connections establishing)\ntps = 200.0 (excluding connections establishing)\n";
        let new = "transaction type: <builtin: TPC-B (sort of)>\nscaling factor: 10\nnumber of clients: 8\n\
            number of transactions actually processed: 3000/3000\nnumber of failed transactions: 0 (0.000%)\n\
            latency average = 26.667 ms\ninitial connection time = 9.1 ms\ntps = 300.0 (without initial connection time)\n";
        let read = read_as(&Pgbench, &format!("{old}{new}")).unwrap();
        let points = &read.loads[0].points;
        let told: Vec<_> =
            points.iter().map(|p| (p.clients.get(), p.throughput.as_per_second(), counts(p).0)).collect();
        assert_eq!(told, [(4.0, 200.0, 2000), (8.0, 300.0, 3000)]);
        assert!(points.iter().all(|point| point.off_littles_law().as_part() < 1e-3));
        assert_eq!(points[1].counted.unwrap().lasts.as_seconds(), 10.0);
        let bad = old.replace("tps = ", "tps = about ");
        assert!(read_as(&Pgbench, &bad).unwrap_err()[0].what.contains("summary without its numbers"));
    }
}
