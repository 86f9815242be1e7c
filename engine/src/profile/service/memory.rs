//! Memory that a machine holds, and what a request in flight adds.
use super::cpu::{data, signed};
use super::machines::{Machine, laid};
use super::measured::Measured;
use super::unit::{Pairs, Unfit, UnitFit};
use crate::profile::fit::Fit;
use crate::series::{Grid, Laid, sums};
use crate::signal::theil_sen;
use crate::telemetry::Measure;
use crate::units::{Data, Share};

/// What was found about memory.
pub(super) struct Memory {
    pub(super) fits: Vec<Fit>,
    pub(super) line: Option<UnitFit>,
    pub(super) notes: Vec<String>,
}

/// Without any measurement: a small service, give or take a factor of four. It decides only which machines are too small.
const ASSUMED: [f64; 3] = [256e6, 1e9, 4e9];
/// Memory that rises by this part of its level from the first to the last day is told: it may leak.
const RISES: f64 = 0.05;

/// Fits memory against requests in flight; `in_flight` is of all machines together, where it is known.
pub(super) fn memory(
    measured: &Measured,
    grid: &Grid,
    in_flight: Option<&[Option<f64>]>,
    machines: &[Machine],
) -> Memory {
    let used: Vec<(Laid, Vec<String>)> = machines.iter().filter_map(|machine| held(measured, grid, machine)).collect();
    let from: Vec<String> = used.iter().flat_map(|(_, from)| from.clone()).collect();
    let used: Vec<Laid> = used.into_iter().map(|(laid, _)| laid).collect();
    let means: Vec<f64> = sums(&used, grid.len()).into_iter().flatten().map(|(sum, n)| sum / n as f64).collect();
    if means.is_empty() {
        let why = "memory was not measured; a guess to be replaced";
        return Memory {
            fits: vec![Fit::assumed("memory", data(ASSUMED), why), none("memory was not measured")],
            line: None,
            notes: vec![],
        };
    }
    let mut notes: Vec<String> = rises(&means).into_iter().collect();
    let show = |slope: f64| signed(slope, |bytes| Data::bytes(bytes).to_string());
    let fit = match in_flight {
        Some(in_flight) => UnitFit::of(
            &Pairs::of(grid, in_flight, &used),
            ["bytes of memory", "requests in flight"],
            from.clone(),
            show,
        ),
        None => Err(Unfit::NotMeasured { what: "how long requests take, and so how many are in flight,".into() }),
    };
    match fit {
        Ok(line) => {
            notes.extend(line.doubts());
            let fits = vec![
                Fit::measured("memory", data(line.base()), line.points, from.clone()),
                Fit::measured("memory_per_request", data(line.slope()), line.points, from),
            ];
            Memory { fits, line: Some(line), notes }
        }
        Err(unfit) => {
            let mut sorted = means.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let at = |part: f64| sorted[((sorted.len() - 1) as f64 * part).round() as usize];
            let level = [at(0.025), at(0.5), sorted[sorted.len() - 1]];
            let fits = vec![
                Fit::measured("memory", data(level), means.len(), from)
                    .remarked("what a machine holds at most, all requests included, is the high end"),
                none(&unfit.to_string()),
            ];
            Memory { fits, line: None, notes }
        }
    }
}

fn none(why: &str) -> Fit {
    Fit::assumed("memory_per_request", data([0.0; 3]), format!("{why}; none is planned"))
}

/// The memory that a machine uses, in bytes.
fn held(measured: &Measured, grid: &Grid, machine: &Machine) -> Option<(Laid, Vec<String>)> {
    if let Some(used) = laid(measured, grid, &machine.name, &Measure::MemoryUsed) {
        return Some(used);
    }
    let whole = machine.memory?;
    laid(measured, grid, &machine.name, &Measure::MemoryShare).map(|(share, from)| (share.map(|s| s * whole), from))
}

/// Whether memory rises with time, as a sentence.
fn rises(means: &[f64]) -> Option<String> {
    let at: Vec<f64> = (0..means.len()).map(|i| i as f64).collect();
    let line = theil_sen::line(&at, means, 0.95)?;
    let (rise, level) = (line.range.0 * means.len() as f64, line.base);
    (level > 0.0 && rise > RISES * level).then(|| {
        let rise = Share::of_one((rise / level).min(1.0));
        format!("memory rose by at least {rise} from the first to the last step, whatever the requests: it may leak, and then no size is large enough.")
    })
}
