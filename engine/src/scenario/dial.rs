//! An input of a workload that can be turned: any estimate, and the promises.
use crate::units::{Share, Span};
use crate::workload::{Input, LatencyPromise, Workload};

/// An input of a workload that can be turned.
#[derive(Clone, Debug, PartialEq)]
pub enum Dial {
    /// An estimate, by its path.
    Estimate(String),
    /// How long so large a share of requests may take.
    Latency(Share),
    /// The promised availability.
    Availability,
    /// How far anything may be used.
    MaxUtilization,
}

/// An estimate is turned this far from where it stands, both ways.
const REACH: f64 = 64.0;
/// Below this an estimate that stands at nothing has no neighborhood to be turned in.
const LEAST: f64 = 1e-9;

impl Dial {
    /// The dial with this path, if the workload has it.
    pub fn find(workload: &Workload, path: &str) -> Option<Self> {
        Self::all(workload).into_iter().find(|dial| dial.path(workload) == path)
    }
    /// Every dial of a workload.
    pub fn all(workload: &Workload) -> Vec<Self> {
        let mut all = Vec::new();
        workload.clone().each_input(&mut |path, _| all.push(Self::Estimate(path.to_string())));
        all.extend(workload.promises.latency.iter().map(|promise| Self::Latency(promise.share)));
        all.extend(workload.promises.availability.map(|_| Self::Availability));
        all.push(Self::MaxUtilization);
        all
    }
    /// Where it stands in a file: `demand.peak`, `promises.p99`.
    pub fn path(&self, workload: &Workload) -> String {
        match self {
            Self::Estimate(path) => path.clone(),
            Self::Latency(share) => {
                let name = self.promise(workload).map_or_else(|| share.to_string(), LatencyPromise::name);
                format!("promises.{name}")
            }
            Self::Availability => "promises.availability".into(),
            Self::MaxUtilization => "assumptions.max_utilization".into(),
        }
    }
    fn promise<'w>(&self, workload: &'w Workload) -> Option<&'w LatencyPromise> {
        let Self::Latency(share) = self else { return None };
        workload.promises.latency.iter().find(|promise| promise.share == *share)
    }
    fn input<T>(&self, workload: &Workload, read: impl Fn(&dyn Input) -> T) -> Option<T> {
        let Self::Estimate(path) = self else { return None };
        let mut found = None;
        workload.clone().each_input(&mut |at, input| {
            if at.to_string() == *path {
                found = Some(read(input));
            }
        });
        found
    }
    #[allow(clippy::redundant_closure_for_method_calls)] // a method of a trait object is not general enough
    fn measures(&self, workload: &Workload) -> Option<&'static str> {
        self.input(workload, |input| input.name())
    }
    /// Where it stands, in its base unit.
    pub fn stands(&self, workload: &Workload) -> f64 {
        match self {
            Self::Estimate(_) => self.input(workload, |input| input.ends()[1]).unwrap_or_default(),
            Self::Latency(_) => self.promise(workload).map_or(0.0, |promise| promise.within.as_seconds()),
            Self::Availability => workload.promises.availability.map_or(0.0, Share::as_part),
            Self::MaxUtilization => workload.assumptions.max_utilization.as_part(),
        }
    }
    /// How far it is turned where nobody says how far; none for an estimate that stands at nothing.
    pub fn reach(&self, workload: &Workload) -> Option<[f64; 2]> {
        let at = self.stands(workload);
        match self {
            Self::Availability => Some([0.5, 0.999_999]),
            Self::MaxUtilization => Some([0.05, 0.99]),
            Self::Estimate(_) if self.measures(workload) == Some("a share") => Some([0.001, 1.0]),
            Self::Estimate(_) if self.measures(workload) == Some("a growth") => Some([-0.9, 5.0]),
            Self::Estimate(_) | Self::Latency(_) => (at > LEAST).then(|| [at / REACH, at * REACH]),
        }
    }
    /// The workload with this value in its base unit.
    pub fn turned(&self, workload: &Workload, value: f64) -> Workload {
        let mut turned = workload.clone();
        match self {
            Self::Estimate(path) => return workload.with_input(path, value).unwrap_or(turned),
            Self::Latency(share) => {
                let promise = turned.promises.latency.iter_mut().find(|promise| promise.share == *share);
                if let Some(promise) = promise {
                    promise.within = Span::seconds(value.max(0.0));
                }
            }
            Self::Availability => turned.promises.availability = Some(Share::of_one(value.clamp(0.0, 1.0))),
            Self::MaxUtilization => turned.assumptions.max_utilization = Share::of_one(value.clamp(0.0, 1.0)),
        }
        turned
    }
    /// A value of it as people read it.
    pub fn shown(&self, workload: &Workload, value: f64) -> String {
        match self {
            Self::Estimate(_) => self.input(workload, |input| input.shown(value)).unwrap_or_default(),
            Self::Latency(_) => Span::seconds(value).to_string(),
            Self::Availability | Self::MaxUtilization => Share::of_one(value.clamp(0.0, 1.0)).to_string(),
        }
    }
}
