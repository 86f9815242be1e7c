//! The service's numbers as a workload file writes them.
use super::demand::Source;
use super::fit::{Fit, FitValue};
use super::service::ServiceProfile;
use super::written::{Entry, Written, decimal, digits, range};
use super::{ProfileAnswer, UnitFit};
use crate::units::{Count, Data, Factor, Span};

impl ProfileAnswer {
    /// The keys of `[demand]`, with the series that each rests on.
    pub fn demand_entries(&self) -> Vec<Entry> {
        let of = |key: &str| self.fits.iter().find(|fit| fit.parameter == key).or(self.fits.first());
        let mut entries = self.demand.entries();
        for entry in entries.iter_mut().filter(|e| e.source == Source::Measured && e.value.is_ok()) {
            if let Some(fit) = of(entry.key).filter(|fit| !fit.from.is_empty()) {
                entry.remark = format!("{} of {}", entry.remark, fit.sources());
            }
        }
        entries
    }
    /// The keys of `[service.NAME]`.
    pub fn service_entries(&self) -> Vec<Entry> {
        let Some(service) = &self.service else { return Vec::new() };
        let planned = |fit: &&Fit| ServiceProfile::PLANNED.contains(&fit.parameter);
        service.fits.iter().filter(planned).filter_map(entry).collect()
    }
    /// What was measured of the service that a workload file has no key for, a remark each.
    pub fn unplanned(&self) -> Vec<String> {
        let Some(service) = &self.service else { return Vec::new() };
        let planned = |fit: &&Fit| !ServiceProfile::PLANNED.contains(&fit.parameter);
        let said = |fit: &Fit| format!("{}: {} (no key of a workload file)", fit.parameter, fit.shown());
        service.fits.iter().filter(planned).map(said).collect()
    }
    /// A promise that the service can keep, for a file that needs one: ten times what a request takes, at least half a second.
    pub fn promise(&self) -> Span {
        const LEAST: Span = Span::millis(500.0);
        const TIMES: f64 = 10.0;
        let service = self.service.as_deref();
        let of = |key| service.and_then(|s| s.span(key)).unwrap_or(Span::ZERO);
        let takes = (of("cpu_per_request") + of("off_cpu")) * TIMES;
        if takes > LEAST { takes } else { LEAST }
    }
}

impl Fit {
    /// Its range for people.
    pub fn shown(&self) -> String {
        let [low, mid, high] = self.value.ends();
        format!("{mid} ({low} to {high})")
    }
    /// The remark that stands beside it in a file.
    fn written_remark(&self) -> String {
        let remark = self.remark.as_ref().map(|r| format!("; {r}")).unwrap_or_default();
        match self.source {
            Source::Measured => {
                let rows = Count::of(self.rows as f64);
                let of = if self.from.is_empty() { String::new() } else { format!(" of {}", self.sources()) };
                format!("measured: {rows} rows{of}{remark}")
            }
            source => format!("{source}{remark}"),
        }
    }
}

impl FitValue {
    /// The low end, the middle and the high end for people.
    pub fn ends(&self) -> [String; 3] {
        fn ends<Q: Copy + PartialOrd + std::fmt::Display>(e: &crate::uncertain::Estimate<Q>) -> [String; 3] {
            [e.low(), e.mid(), e.high()].map(|q| q.to_string())
        }
        match self {
            Self::Rate(e) => ends(e),
            Self::Factor(e) => ends(e),
            Self::Growth(e) => ends(e),
            Self::Span(e) => ends(e),
            Self::Data(e) => ends(e),
            Self::Compute(e) => ends(e),
        }
    }
}

/// A key of the file; none for numbers that no file holds.
fn entry(fit: &Fit) -> Option<Entry> {
    let written = match &fit.value {
        FitValue::Span(e) => range(e, |s: Span| format!("{} ms", digits(s.as_millis())), true),
        FitValue::Data(e) => range(e, data, true),
        FitValue::Factor(e) => range(e, |f: Factor| decimal(digits(f.get())), false),
        FitValue::Rate(_) | FitValue::Growth(_) | FitValue::Compute(_) => return None,
    };
    Some(Entry { key: fit.parameter, value: Ok(flat(written)), source: fit.source, remark: fit.written_remark() })
}

/// A range without width is written as the one number it is.
fn flat(written: Written) -> Written {
    match written {
        Written::Range { low, mid, high, has_unit, .. } if low == mid && mid == high => {
            Written::One { value: mid, has_unit }
        }
        range => range,
    }
}

fn data(data: Data) -> String {
    let n = data.as_bytes();
    let ladder = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let (scale, unit) = ladder.into_iter().find(|(scale, _)| n >= *scale).unwrap_or((1.0, "B"));
    format!("{} {unit}", digits(n / scale))
}

impl UnitFit {
    /// The fit in one sentence: how many points, how well they lie on the line.
    pub fn quality(&self) -> String {
        let [low, slope, high] = self.slope();
        format!(
            "{} against {}: slope {} ({} to {}), R2 {:.3}, residual sd {}, {} points",
            self.used,
            self.by,
            digits(slope),
            digits(low),
            digits(high),
            self.line.r_squared,
            digits(self.line.residual_sd),
            Count::of(self.points as f64),
        )
    }
}
