//! Processor time of a request, on the reference core.
use super::machines::{Machine, laid};
use super::measured::Measured;
use super::unit::{CONFIDENCE, Pairs, Unfit, UnitFit};
use crate::profile::fit::{Fit, FitValue, range};
use crate::series::{Grid, Laid};
use crate::telemetry::{Measure, ResourceName};
use crate::units::{Compute, Data, Share, Span};

/// What was found about processors.
pub(super) struct Cpu {
    pub(super) fit: Result<UnitFit, Unfit>,
    /// Of each machine that counts its own requests.
    pub(super) by_machine: Vec<(ResourceName, Result<UnitFit, Unfit>)>,
    /// The mean over the steps of what a machine uses, over that of its requests: at most so much is a request's.
    pub(super) at_most: Option<f64>,
    pub(super) notes: Vec<String>,
}

/// The busy processors of a machine, in units of the reference core.
pub(super) fn busy(measured: &Measured, grid: &Grid, machine: &Machine) -> Option<(Laid, Vec<String>)> {
    let speed = machine.speed();
    if let Some((used, from)) = laid(measured, grid, &machine.name, &Measure::CpuUsed) {
        return Some((used.map(|u| u * speed), from));
    }
    let vcpus = machine.vcpus?;
    laid(measured, grid, &machine.name, &Measure::CpuShare)
        .map(|(share, from)| (share.map(|s| s * vcpus * speed), from))
}

/// Fits processors against requests, of the service and of each machine that counts its own.
pub(super) fn cpu(measured: &Measured, grid: &Grid, asked: &[Option<f64>], machines: &[Machine]) -> Cpu {
    let mut notes = Vec::new();
    let known: Vec<(&Machine, Laid, Vec<String>)> = machines
        .iter()
        .filter_map(|machine| busy(measured, grid, machine).map(|(laid, from)| (machine, laid, from)))
        .collect();
    if known.len() < machines.len() {
        let what =
            format!("the number of processors of {} of {} machines", machines.len() - known.len(), machines.len());
        let fit = Err(Unfit::NotMeasured { what: what + " (say which they are with --shape)" });
        return Cpu { fit, by_machine: Vec::new(), at_most: None, notes };
    }
    if known.is_empty() {
        let fit = Err(Unfit::NotMeasured { what: "processor use".into() });
        return Cpu { fit, by_machine: Vec::new(), at_most: None, notes };
    }
    notes.extend(speeds(machines));
    let from = known.iter().flat_map(|(_, _, from)| from.clone()).collect();
    let used: Vec<Laid> = known.iter().map(|(_, laid, _)| laid.clone()).collect();
    let pairs = Pairs::of(grid, asked, &used);
    let sum = |v: &[f64]| v.iter().sum::<f64>();
    let at_most = (sum(&pairs.x) > 0.0).then(|| sum(&pairs.y) / sum(&pairs.x));
    let fit = of(&pairs, from);
    if let Ok(fit) = &fit {
        notes.extend(fit.doubts());
        notes.extend(idle(fit, &pairs));
    }
    let own = |(machine, used, from): &(&Machine, Laid, Vec<String>)| {
        let (asked, _) = laid(measured, grid, &machine.name, &Measure::Requests)?;
        let fit = of(&Pairs::of(grid, &asked.values, std::slice::from_ref(used)), from.clone());
        Some((machine.name.clone(), fit))
    };
    let by_machine = if known.len() > 1 { known.iter().filter_map(own).collect() } else { Vec::new() };
    Cpu { fit, by_machine, at_most, notes }
}

/// What machines do without any request, which no plan counts, if it is worth a word.
fn idle(fit: &UnitFit, pairs: &Pairs) -> Option<String> {
    const WORTH: f64 = 0.02;
    let (base, busiest) = (fit.line.base.value, pairs.y.iter().copied().fold(0.0, f64::max));
    (base > WORTH * busiest).then(|| {
        let (vcpus, part) = (Compute::vcpus(base), Share::of_one((base / busiest).min(1.0)));
        format!(
            "a machine is busy with {vcpus} without any request, {part} of its busiest step; a plan does not count it."
        )
    })
}

fn of(pairs: &Pairs, from: Vec<String>) -> Result<UnitFit, Unfit> {
    let show = |slope: f64| signed(slope, |s| Span::seconds(s).to_string());
    UnitFit::of(pairs, ["vCPUs", "requests per second"], from, show)
}

/// A number that may be below zero, written as its kind is.
pub(super) fn signed(n: f64, show: impl Fn(f64) -> String) -> String {
    if n < 0.0 { format!("-{}", show(-n)) } else { show(n) }
}

/// What was taken for the speed of the machines.
fn speeds(machines: &[Machine]) -> Vec<String> {
    let unknown = machines.iter().filter(|m| m.shape.is_none()).count();
    let mut said = Vec::new();
    if unknown > 0 {
        let of = if unknown == machines.len() {
            "the machines".into()
        } else {
            format!("{unknown} of {} machines", machines.len())
        };
        said.push(format!("what size {of} have is not known: their processors are taken for the reference core (speed 1); say it with --shape."));
    }
    let mut shapes: Vec<String> = machines
        .iter()
        .filter_map(|m| m.shape.as_ref())
        .map(|(shape, _)| {
            format!(
                "a processor of {} does {} x the work of the reference core ({}).",
                shape.name, shape.speed.factor, shape.speed.basis
            )
        })
        .collect();
    shapes.sort_unstable();
    shapes.dedup();
    said.extend(shapes);
    said
}

/// The processor time of a request as a parameter: measured, or the best that can be said.
pub(super) fn fits(cpu: &Cpu, longest_seen: Option<(f64, String)>, speed: f64) -> Vec<Fit> {
    const KEY: &str = "cpu_per_request";
    let span = |ends| FitValue::Span(range(ends, CONFIDENCE, Span::seconds));
    let unfit = match &cpu.fit {
        Ok(fit) => {
            let base = FitValue::Compute(range(fit.base(), CONFIDENCE, Compute::vcpus));
            return vec![
                Fit::measured(KEY, span(fit.slope()), fit.points, fit.from.clone())
                    .remarked(format!("R2 {:.2}", fit.line.r_squared)),
                Fit::measured("cpu_base", base, fit.points, fit.from.clone()),
            ];
        }
        Err(unfit) => unfit,
    };
    if let Some(most) = cpu.at_most.filter(|m| *m > 0.0) {
        let why = format!("{unfit}; at most all that the machines use over all requests");
        return vec![Fit::assumed(KEY, span([most / 2.0, most, most]), why)];
    }
    if let Some((longest, whose)) = longest_seen.filter(|(longest, _)| *longest > 0.0) {
        let most = longest * speed;
        let why = format!("{unfit}; at most the time of an answer: {whose}");
        return vec![Fit::assumed(KEY, span([most / 4.0, most, most]), why)];
    }
    vec![Fit::assumed(KEY, span(ASSUMED), format!("{unfit}; a guess to be replaced: nothing of it is measured"))]
}

/// Where nothing is known: 10 ms of a processor, give or take a factor of five. Any number here decides the size of a plan
/// alone, which is why the file and the report say that it is a guess.
const ASSUMED: [f64; 3] = [0.002, 0.01, 0.05];

/// The same doubt about an amount of data.
pub(super) fn data(ends: [f64; 3]) -> FitValue {
    FitValue::Data(range(ends, CONFIDENCE, Data::bytes))
}
