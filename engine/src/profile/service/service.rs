//! The service that the telemetry shows.
use super::cpu::{self, Cpu};
use super::lag;
use super::machines::{Machine, machines};
use super::measured::Measured;
use super::memory::memory;
use super::peaks::{Peak, peaks};
use super::requests::Requests;
use super::scaling::{Scaling, fits as scaling_fits, scaling};
use super::traffic::traffic;
use super::unit::{Unfit, UnitFit};
use super::waits::{self, LatencySeen};
use crate::catalog::{Catalog, Place, ShapeName};
use crate::profile::Source;
use crate::profile::fit::{Fit, FitValue};
use crate::series::{Grid, Laid, Series, Time};
use crate::telemetry::{LoadPoint, Measure, ResourceName, Statistic};
use crate::units::{Quantity, Span};

/// What a request of the service costs, and how it scales.
#[derive(Clone, Debug)]
pub struct ServiceProfile {
    /// What it is called in the workload file.
    pub name: String,
    /// The machines it was measured on.
    pub machines: Vec<ResourceName>,
    /// Its parameters; those of [`ServiceProfile::PLANNED`] are keys of a workload file.
    pub fits: Vec<Fit>,
    /// The lines behind them.
    pub lines: Vec<UnitFit>,
    /// The processor time of a request on each machine that counts its own.
    pub by_machine: Vec<(ResourceName, Result<UnitFit, Unfit>)>,
    /// What load tests tell.
    pub scaling: Option<Scaling>,
    /// How long requests take, by source.
    pub latency: Vec<LatencySeen>,
    /// How full everything is in the busiest hour.
    pub peaks: Vec<Peak>,
    /// The machine size, how many ran at the end, and where, if all are of one size that is in a price list.
    pub runs: Option<(ShapeName, usize, Place)>,
    /// Assumptions and doubts, a sentence each.
    pub notes: Vec<String>,
}

impl ServiceProfile {
    /// The parameters that a workload file has keys for; the others are shown, and nothing is planned by them.
    pub const PLANNED: [&'static str; 9] = [
        "cpu_per_request",
        "variability",
        "off_cpu",
        "memory",
        "memory_per_request",
        "bytes_in",
        "bytes_out",
        "contention",
        "coherency",
    ];

    /// The parameter of a key.
    pub fn fit(&self, key: &str) -> Option<&Fit> {
        self.fits.iter().find(|fit| fit.parameter == key)
    }
}

/// Fits the service. `requests` are none where only load tests tell anything of them.
pub(crate) fn service(
    measured: &Measured,
    catalogs: &[Catalog],
    requests: Option<&Requests>,
    rates: Option<&Series>,
    busiest: Option<Time>,
) -> ServiceProfile {
    let machines = machines(measured, catalogs);
    let mut notes: Vec<String> = requests.map(|r| r.notes.clone()).unwrap_or_default();
    let vcpus = machines.first().and_then(|m| m.vcpus);
    let points: Vec<&LoadPoint> = measured.telemetry.loads.iter().flat_map(|run| &run.points).collect();
    let scaling = scaling(&points);
    let names: Vec<ResourceName> = machines.iter().map(|m| m.name.clone()).collect();
    let counted_at = requests.map(|r| r.counted_at.clone()).unwrap_or_default();
    let mut told: Vec<ResourceName> = counted_at.iter().chain(&names).cloned().collect();
    told.sort_unstable();
    told.dedup();
    let latency = waits::seen(measured, &told);
    let mut found = match rates {
        Some(rates) => over_time(measured, rates, &machines, &counted_at, &told, &latency),
        None => without_time(&latency),
    };
    notes.append(&mut found.notes);
    found.fits.insert(1, waits::variability(measured));
    found.fits.extend(scaling_fits(scaling.as_ref(), vcpus));
    let saturated = busy_beyond(measured, &names);
    notes.extend(saturated);
    ServiceProfile {
        name: name(measured, &counted_at, &names),
        runs: runs(&machines),
        machines: names,
        fits: in_order(found.fits),
        lines: found.lines,
        by_machine: found.by_machine,
        scaling,
        latency,
        peaks: peaks(measured, busiest),
        notes,
    }
}

#[derive(Default)]
struct Found {
    fits: Vec<Fit>,
    lines: Vec<UnitFit>,
    by_machine: Vec<(ResourceName, Result<UnitFit, Unfit>)>,
    notes: Vec<String>,
}

fn over_time(
    measured: &Measured,
    rates: &Series,
    machines: &[Machine],
    counted_at: &[ResourceName],
    told: &[ResourceName],
    latency: &[LatencySeen],
) -> Found {
    let used = [Measure::CpuShare, Measure::CpuUsed];
    let of_machines =
        machines.iter().flat_map(|m| used.iter().flat_map(|u| measured.telemetry.of(&m.name, u, Statistic::Mean)));
    let grid = Grid::of(rates, of_machines.map(|m| &m.series));
    let asked = grid.lay(rates).values;
    let takes = waits::over_time(measured, &grid, told);
    let used: Vec<Laid> = machines.iter().filter_map(|m| cpu::busy(measured, &grid, m)).map(|(laid, _)| laid).collect();
    let late = lag::lag(&grid, &asked, &used);
    let asked = lag::shifted(&asked, late);
    let takes = takes.map(|(laid, from)| (Laid { values: lag::shifted(&laid.values, late), ..laid }, from));
    let cpu = cpu::cpu(measured, &grid, &asked, machines);
    let speed = machines.first().map_or(1.0, Machine::speed);
    let in_flight = waits::in_flight(measured, &grid, &asked, machines, takes.as_ref().map(|(laid, _)| laid));
    let memory = memory(measured, &grid, in_flight.as_deref(), machines);
    let traffic = traffic(measured, &grid, &asked, machines, counted_at);
    let mut fits = cpu::fits(&cpu, waits::shortest(latency), speed);
    fits.extend(waiting(&cpu, &asked, takes, machines, speed));
    fits.extend(memory.fits);
    fits.extend(traffic.fits);
    let mut notes = [cpu.notes, memory.notes, traffic.notes].concat();
    if late != 0 {
        let way = if late > 0 { "later" } else { "earlier" };
        notes.push(format!(
            "machines are stamped a step of {} {way} than requests, as the better line shows: they were moved.",
            grid.step()
        ));
    }
    let lines = cpu.fit.ok().into_iter().chain(memory.line).chain(traffic.lines).collect();
    Found { fits, lines, by_machine: cpu.by_machine, notes }
}

/// What requests wait for, where processors and times are both known.
fn waiting(
    cpu: &Cpu,
    asked: &[Option<f64>],
    takes: Option<(Laid, Vec<String>)>,
    machines: &[Machine],
    speed: f64,
) -> Option<Fit> {
    let none = |unfit: Unfit| {
        let value = FitValue::Span(crate::uncertain::Estimate::exact(Span::ZERO));
        Fit::assumed("off_cpu", value, format!("{unfit}; none is planned"))
    };
    let Some((takes, from)) = takes else { return Some(none(waits::no_latency())) };
    let Ok(fit) = &cpu.fit else { return Some(none(Unfit::NotMeasured { what: "processor time".into() })) };
    let own = fit.slope().map(|s| s / speed);
    let capacity = machines.iter().map(|m| m.vcpus).sum::<Option<f64>>();
    waits::off_cpu(asked, &takes, from, own, capacity)
}

/// Only load tests: nothing was measured over time.
fn without_time(latency: &[LatencySeen]) -> Found {
    let nothing = || Unfit::NotMeasured { what: "processor use".into() };
    let cpu = Cpu { fit: Err(nothing()), by_machine: Vec::new(), at_most: None, notes: Vec::new() };
    let mut fits = cpu::fits(&cpu, waits::shortest(latency), 1.0);
    let empty = Measured::default();
    fits.extend(memory(&empty, &Grid::EMPTY, None, &[]).fits);
    fits.extend(traffic(&empty, &Grid::EMPTY, &[], &[], &[]).fits);
    Found { fits, ..Found::default() }
}

/// The name of the service: as it is asked about, or where its requests are counted, as a key of a file may be.
fn name(measured: &Measured, counted_at: &[ResourceName], machines: &[ResourceName]) -> String {
    let target = || measured.telemetry.loads.first().and_then(|run| run.target.clone());
    let named = measured.service.clone().or_else(|| counted_at.first().or(machines.first()).map(|n| n.0.clone()));
    let raw = named.or_else(target).unwrap_or_else(|| "service".into());
    let last = raw.trim_end_matches('/').rsplit('/').next().unwrap_or(&raw);
    let last = last.split('.').next().unwrap_or(last);
    let kept: String =
        last.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '-' }).collect();
    let kept = kept.trim_matches('-').to_owned();
    if kept.is_empty() { "service".into() } else { kept }
}

fn runs(machines: &[Machine]) -> Option<(ShapeName, usize, Place)> {
    let (shape, place) = machines.first()?.shape.clone()?;
    let alike = machines.iter().all(|m| m.shape.as_ref().is_some_and(|(s, p)| s.name == shape.name && *p == place));
    alike.then(|| (shape.name.clone(), machines.len(), place))
}

/// Whether machines were so busy that more requests could not show.
fn busy_beyond(measured: &Measured, machines: &[ResourceName]) -> Option<String> {
    const FULL: f64 = 0.95;
    let of = machines.iter().flat_map(|name| measured.telemetry.of(name, &Measure::CpuShare, Statistic::Mean));
    let full = of.flat_map(|m| m.series.iter()).filter(|(_, v)| v.is_some_and(|v| v >= FULL)).count();
    (full > 0).then(|| {
        format!("in {full} steps a machine's processors were at least 95 % busy: what was asked then may have been more than what was answered, and the line is flattened there.")
    })
}

/// Planned parameters first, in the order of a workload file.
fn in_order(mut fits: Vec<Fit>) -> Vec<Fit> {
    let place = |fit: &Fit| ServiceProfile::PLANNED.iter().position(|key| *key == fit.parameter);
    fits.sort_by_key(|fit| place(fit).unwrap_or(usize::MAX));
    fits
}

impl ServiceProfile {
    /// Whether anything was given that could tell of it; else all its parameters are defaults, and there is nothing to show.
    pub fn is_told(&self) -> bool {
        self.is_measured() || self.scaling.is_some() || !self.latency.is_empty() || !self.machines.is_empty()
    }
    /// Whether anything about it was measured.
    pub fn is_measured(&self) -> bool {
        self.fits.iter().any(|fit| fit.source == Source::Measured)
    }
    /// The middle of a parameter that is a time.
    pub fn span(&self, key: &str) -> Option<Span> {
        match self.fit(key)?.value {
            FitValue::Span(e) => Some(e.mid()).filter(|s| !s.is_zero()),
            _ => None,
        }
    }
}
