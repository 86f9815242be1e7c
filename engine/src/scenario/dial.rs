//! An input of a workload that can be turned: any estimate, and the promises.
use super::Scale;
use crate::units::{Growth, Scalar, Share, Span};
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

/// An estimate is turned this far from where it stands at first, both ways.
const REACH: f64 = 64.0;
/// Below this an estimate that stands at nothing has no neighborhood to be turned in.
const LEAST: f64 = 1e-9;

impl Dial {
    /// No value further than so many times from where it stands is tried unless somebody says where to look: whoever means
    /// a million times as much asks about another system.
    pub const FARTHEST: f64 = 1e6;
    /// The latency promises that a file can make.
    const PERCENTILES: [f64; 5] = [50.0, 90.0, 95.0, 99.0, 99.9];
    /// The dial with this path, if the workload has it. A promise that is not made can be turned too.
    pub fn find(workload: &Workload, path: &str) -> Option<Self> {
        let promises = Self::PERCENTILES.map(|percent| Self::Latency(Share::percent(percent)));
        let unmade = promises.into_iter().chain([Self::Availability]);
        Self::all(workload).into_iter().chain(unmade).find(|dial| dial.path() == path)
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
    pub fn path(&self) -> String {
        match self {
            Self::Estimate(path) => path.clone(),
            Self::Latency(share) => {
                let name = LatencyPromise { share: *share, within: Span::ZERO }.name();
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
    /// What it is a value of, as messages call it: `a rate`.
    #[allow(clippy::redundant_closure_for_method_calls)] // a method of a trait object is not general enough
    pub fn measures(&self, workload: &Workload) -> &'static str {
        match self {
            Self::Estimate(_) => self.input(workload, |input| input.name()).unwrap_or_default(),
            Self::Latency(_) => <Span as Scalar>::NAME,
            Self::Availability | Self::MaxUtilization => <Share as Scalar>::NAME,
        }
    }
    /// How its values lie.
    pub fn scale(&self, workload: &Workload) -> Scale {
        match self.measures(workload) {
            <Share as Scalar>::NAME => Scale::Odds,
            <Growth as Scalar>::NAME => Scale::Distances,
            _ => Scale::Ratios,
        }
    }
    /// Where it stands, in its base unit; none for a promise that is not made.
    pub fn stands(&self, workload: &Workload) -> Option<f64> {
        match self {
            Self::Estimate(_) => self.input(workload, |input| input.ends()[1]),
            Self::Latency(_) => self.promise(workload).map(|promise| promise.within.as_seconds()),
            Self::Availability => workload.promises.availability.map(Share::as_part),
            Self::MaxUtilization => Some(workload.assumptions.max_utilization.as_part()),
        }
    }
    /// How far it is turned at first where nobody says how far; none for what stands at nothing.
    pub fn reach(&self, workload: &Workload) -> Option<[f64; 2]> {
        self.around(workload, REACH)
    }
    /// How far it is turned at most where nobody says how far; none for what stands at nothing.
    pub fn farthest(&self, workload: &Workload) -> Option<[f64; 2]> {
        self.around(workload, Self::FARTHEST)
    }
    fn around(&self, workload: &Workload, factor: f64) -> Option<[f64; 2]> {
        match (self, self.scale(workload)) {
            (Self::Availability, _) => Some([0.5, 0.999_999]),
            (Self::MaxUtilization, _) => Some([0.05, 0.99]),
            (_, Scale::Odds) => Some([0.001, 1.0]),
            (_, Scale::Distances) => Some([-0.9, 5.0]),
            (_, Scale::Ratios) => {
                let at = self.stands(workload).filter(|at| *at > LEAST)?;
                Some([at / factor, at * factor])
            }
        }
    }
    /// The workload with this value in its base unit.
    pub fn turned(&self, workload: &Workload, value: f64) -> Workload {
        let mut turned = workload.clone();
        match self {
            Self::Estimate(path) => return workload.with_input(path, value).unwrap_or(turned),
            Self::Latency(share) => {
                turned.promises.latency.retain(|promise| promise.share != *share);
                turned.promises.promise(LatencyPromise { share: *share, within: Span::seconds(value.max(0.0)) });
            }
            Self::Availability => turned.promises.availability = Some(Share::of_one(value.clamp(0.0, 1.0))),
            Self::MaxUtilization => turned.assumptions.max_utilization = Share::of_one(value.clamp(0.0, 1.0)),
        }
        turned
    }
    /// A value of it as people read it.
    pub fn shown(&self, workload: &Workload, value: f64) -> String {
        match self {
            _ if self.scale(workload) == Scale::Odds => shown_share(value),
            Self::Estimate(_) => self.input(workload, |input| input.shown(value)).unwrap_or_default(),
            Self::Latency(_) => Span::seconds(value).to_string(),
            Self::Availability | Self::MaxUtilization => shown_share(value),
        }
    }
}

/// Close to all, three digits of what is missing: neighbors that a search tells apart differ in the third.
fn shown_share(value: f64) -> String {
    let (share, missing) = (Share::of_one(value.clamp(0.0, 1.0)), 100.0 * (1.0 - value));
    if !(1e-7..1.0).contains(&missing) {
        return share.to_string();
    }
    let places = (2.0 - missing.log10().floor()) as usize;
    let text = format!("{:.places$}", share.as_percent());
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Data, Rate};
    use crate::workload::{Demand, Promises, Service};

    fn workload() -> Workload {
        let service = Service::plain(Span::millis(6.0), Data::mb(600.0));
        Workload::of_service("api", Demand::of_peak(Rate::per_second(900.0)), Promises::default(), service)
    }

    #[test]
    fn a_promise_that_is_not_made_can_be_turned_and_stands_nowhere() {
        let dial = Dial::find(&workload(), "promises.p99").unwrap();
        assert_eq!((dial.stands(&workload()), dial.reach(&workload())), (None, None));
        let turned = dial.turned(&workload(), 0.25);
        assert_eq!(dial.stands(&turned), Some(0.25));
        let availability = Dial::find(&workload(), "promises.availability").unwrap();
        assert_eq!(availability.scale(&workload()), Scale::Odds);
        assert!(availability.reach(&workload()).is_some() && Dial::find(&workload(), "promises.p98").is_none());
    }

    #[test]
    fn neighbors_near_all_read_differently() {
        assert_eq!([0.999_949, 0.999_95, 0.999].map(shown_share), ["99.9949 %", "99.995 %", "99.9 %"]);
        assert_eq!([0.85, 1.0].map(shown_share), ["85 %", "100 %"]);
    }
}
