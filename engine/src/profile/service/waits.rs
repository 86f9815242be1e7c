//! How long requests take: what logs, load tests and metrics tell of it, how many are in flight, and what is waiting.
use super::machines::{Machine, laid};
use super::measured::Measured;
use super::unit::{CONFIDENCE, Unfit};
use crate::profile::fit::{Fit, FitValue, range};
use crate::series::{Grid, Laid, sums};
use crate::telemetry::{AccessLog, Distribution, LoadPoint, Measure, ResourceName, Statistic};
use crate::units::{Factor, Quantity, Share, Span};

/// How long requests took, as one source tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencySeen {
    /// Where it comes from.
    pub source: String,
    /// The mean.
    pub mean: Option<Span>,
    /// What half, 95 % and 99 % of the requests stay within.
    pub quantiles: [Option<Span>; 3],
    /// Requests, or steps of a series.
    pub count: u64,
    /// The squared coefficient of variation.
    pub variability: Option<Factor>,
}

/// All that tells how long requests take.
pub(super) fn seen(measured: &Measured, of: &[ResourceName]) -> Vec<LatencySeen> {
    let telemetry = &measured.telemetry;
    let mut all: Vec<LatencySeen> =
        telemetry.access.iter().filter_map(|log| Some(of_log(log, log.latency.as_ref()?))).collect();
    let points = telemetry.loads.iter().flat_map(|run| &run.points);
    all.extend(points.map(of_point));
    all.extend(of.iter().filter_map(|name| of_metrics(measured, name)));
    all
}

const SHARES: [Share; 3] = [Share::percent(50.0), Share::percent(95.0), Share::percent(99.0)];

fn of_log(log: &AccessLog, latency: &Distribution<Span>) -> LatencySeen {
    LatencySeen {
        source: format!("log of {}", log.resource),
        mean: Some(latency.mean),
        quantiles: SHARES.map(|share| latency.at(share)),
        count: latency.count,
        variability: latency.variability,
    }
}

fn of_point(point: &LoadPoint) -> LatencySeen {
    let latency = point.latency.as_ref();
    LatencySeen {
        source: format!("{} clients, {}", point.clients, point.source),
        mean: Some(point.response),
        quantiles: SHARES.map(|share| latency?.at(share)),
        count: point.counted.map_or(0, |counted| counted.requests),
        variability: latency.and_then(|l| l.variability),
    }
}

/// The worst step of each quantile would be one moment's: the median step is shown.
fn of_metrics(measured: &Measured, name: &ResourceName) -> Option<LatencySeen> {
    let level = |statistic| {
        let metric = measured.telemetry.of(name, &Measure::Latency, statistic).find(|m| m.item.is_none())?;
        let mut known: Vec<f64> = metric.series.iter().filter_map(|(_, v)| v).filter(|v| *v >= 0.0).collect();
        let steps = known.len() as u64;
        crate::signal::robust::median(&mut known).map(|v| (Span::seconds(v), steps))
    };
    let mean = level(Statistic::Mean);
    let quantiles = SHARES.map(|share| level(Statistic::quantile(share)));
    let count = mean.or(quantiles.into_iter().flatten().next())?.1;
    let source = format!("{name}, median step");
    let quantiles = quantiles.map(|q| q.map(|(span, _)| span));
    Some(LatencySeen { source, mean: mean.map(|(span, _)| span), quantiles, count, variability: None })
}

/// The mean time of an answer in each step, where a metric tells it of the service.
pub(super) fn over_time(measured: &Measured, grid: &Grid, of: &[ResourceName]) -> Option<(Laid, Vec<String>)> {
    let of_each: Vec<(Laid, Vec<String>)> =
        of.iter().filter_map(|name| laid(measured, grid, name, &Measure::Latency)).collect();
    let spans = of_each.iter().map(|(l, _)| l.spans.start).min()?..of_each.iter().map(|(l, _)| l.spans.end).max()?;
    let laid: Vec<Laid> = of_each.iter().map(|(laid, _)| laid.clone()).collect();
    let values = sums(&laid, grid.len()).into_iter().map(|s| s.map(|(sum, n)| sum / n as f64)).collect();
    Some((Laid { values, spans }, of_each.into_iter().flat_map(|(_, from)| from).collect()))
}

/// Requests in flight on all machines: as measured, or by Little's law from the rate and the time that they take.
pub(super) fn in_flight(
    measured: &Measured,
    grid: &Grid,
    asked: &[Option<f64>],
    machines: &[Machine],
    latency: Option<&Laid>,
) -> Option<Vec<Option<f64>>> {
    let counted: Vec<Laid> = machines
        .iter()
        .filter_map(|m| laid(measured, grid, &m.name, &Measure::InFlight))
        .map(|(laid, _)| laid)
        .collect();
    if !counted.is_empty() {
        return Some(sums(&counted, grid.len()).into_iter().map(|s| s.map(|(sum, _)| sum)).collect());
    }
    if let Some(latency) = latency {
        return Some(asked.iter().zip(&latency.values).map(|(x, r)| Some((*x)? * (*r)?)).collect());
    }
    // A log tells one mean for all of its time.
    let mean = measured.telemetry.access.iter().find_map(|log| log.latency.as_ref())?.mean.base();
    Some(asked.iter().map(|x| x.map(|x| x * mean)).collect())
}

/// The time that requests wait for things outside: what is left, in the quietest quarter of the steps, of the time they take
/// when the time of a processor (`own`, on these machines) is taken away. What they wait for a processor is in it; how much
/// that may be at that utilization lowers the low end.
pub(super) fn off_cpu(
    asked: &[Option<f64>],
    latency: &Laid,
    from: Vec<String>,
    own: [f64; 3],
    capacity: Option<f64>,
) -> Option<Fit> {
    let mut steps: Vec<(f64, f64)> =
        asked.iter().zip(&latency.values).filter_map(|(x, r)| Some(((*x)?, (*r)?))).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    steps.truncate(steps.len() / 4);
    if steps.len() < LEAST_STEPS {
        return None;
    }
    let n = steps.len() as f64;
    let mean = steps.iter().map(|s| s.1).sum::<f64>() / n;
    let error = (steps.iter().map(|s| (s.1 - mean).powi(2)).sum::<f64>() / (n * (n - 1.0))).sqrt();
    let quiet = steps.iter().map(|s| s.0).sum::<f64>() / n;
    let busy = capacity.map_or(0.5, |c| quiet * own[1] / c).clamp(0.0, 0.9);
    let off = 1.96 * error + (own[2] - own[0]) / 2.0;
    let mid = (mean - own[1]).max(0.0);
    let ends = [mid - off - own[1] * busy / (1.0 - busy), mid, mid + off];
    let value = FitValue::Span(range(ends, CONFIDENCE, Span::seconds));
    Some(
        Fit::measured("off_cpu", value, steps.len(), from).remarked("in the quietest quarter, less the processor time"),
    )
}

const LEAST_STEPS: usize = 12;

/// How much the time of one request varies: from a load test of one client, who waits for nobody; or from a log, whose waits
/// are in it.
pub(super) fn variability(measured: &Measured) -> Fit {
    const KEY: &str = "variability";
    let telemetry = &measured.telemetry;
    let mut alone = telemetry.loads.iter().flat_map(|run| &run.points).filter(|p| p.clients <= Factor::ONE);
    let of_point = |p: &LoadPoint| {
        let latency = p.latency.as_ref()?;
        Some((latency.variability?, latency.count, p.source.clone(), "times of one client"))
    };
    let of_log = |log: &AccessLog| {
        let latency = log.latency.as_ref()?;
        let remark = "times of the log, their waits included";
        Some((latency.variability?, latency.count, format!("log of {}", log.resource), remark))
    };
    let found = alone.find_map(of_point).or_else(|| telemetry.access.iter().find_map(of_log));
    let Some((cv2, count, from, remark)) = found.filter(|f| f.1 >= LEAST_TIMES) else {
        let value = FitValue::Factor(range([0.5, 1.0, 2.0], CONFIDENCE, Factor::of));
        return Fit::assumed(KEY, value, "no load test of one client and no log tells how times vary");
    };
    // The error of a squared coefficient of variation of gamma-distributed times: sqrt(2 c (1 + c) (1 + 2 c) / n).
    let c = cv2.get();
    let off = 1.96 * (2.0 * c * (1.0 + c) * (1.0 + 2.0 * c) / count as f64).sqrt();
    let value = FitValue::Factor(range([c - off, c, c + off], CONFIDENCE, Factor::of));
    let rows = usize::try_from(count).unwrap_or(usize::MAX);
    Fit::measured(KEY, value, rows, vec![from]).remarked(remark)
}

/// Fewer times tell nothing of their spread.
const LEAST_TIMES: u64 = 100;

/// The shortest mean answer that anything tells, as a bound on the processor time, with whose it is.
pub(super) fn shortest(seen: &[LatencySeen]) -> Option<(f64, String)> {
    let known = seen.iter().filter_map(|s| Some((s.mean?.base(), s.source.clone())));
    known.filter(|(mean, _)| *mean > 0.0).min_by(|a, b| a.0.total_cmp(&b.0))
}

/// Why nothing is said about what requests wait for.
pub(super) fn no_latency() -> Unfit {
    Unfit::NotMeasured { what: "how long requests take".into() }
}
