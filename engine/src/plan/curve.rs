//! How the promised response time of a plan follows the load: the same machines from next to no load to more than they carry.
//!
//! The knee is the load with the greatest *power*, load over response time; there a line from the origin touches the curve.
//! A. Giessler, J. Haenle, A. König and E. Pade, "Free buffer allocation - an investigation by simulation", 1978, and
//! L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems in computer communications", ICC 1979,
//! both of the mean; here of the promised percentile, as people feel that.
use super::Part;
use super::compose::State;
use super::moment::{Draft, Moment};
use crate::queueing::Grid;
use crate::sizing::LatencyBudget;
use crate::units::{Factor, Quantity, Rate, Share, Span};
use crate::workload::LatencyPromise;

/// The response time at the entry along the load of the entry.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyCurve {
    /// The strictest promise; the percentile is its.
    pub promise: LatencyPromise,
    /// The busiest minute of today, at the middle of its estimate.
    pub today: Rate,
    /// Rising loads, today's among them.
    pub points: Vec<CurvePoint>,
    /// The load with the greatest power after the loss, among the points; none where the loss leaves nothing to carry it.
    pub knee: Option<Rate>,
    /// Longer times are not told.
    pub top: Span,
    /// The worlds that the bands are over; zero where nothing is uncertain.
    pub worlds: usize,
}

/// The promised percentile at one load; none where it is longer than the top of the curve, or grows without end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Requests at the entry.
    pub load: Rate,
    /// With everything there.
    pub calm: Option<Span>,
    /// After the loss that is to be survived.
    pub stressed: Option<Span>,
    /// The tenth and the ninetieth percentile of `stressed` over worlds that were drawn.
    pub band: Option<[Option<Span>; 2]>,
}

/// The curve goes up to so many times the promise.
const TOP: f64 = 2.5;
/// The curve begins at this part of today's load, or of what is carried where that is less.
const IDLE: f64 = 0.05;
/// The nearer to its limit, the closer the loads: there the curve turns.
const CLOSER: f64 = 1.6;

/// How much is computed. Hops that are composed take a thousand times as long as one queue.
struct Effort {
    /// Loads below what each state carries.
    loads: u32,
    /// Worlds of the band: the first that were drawn, as low-discrepancy points are even in any number.
    worlds: usize,
}

const OF_ONE_QUEUE: Effort = Effort { loads: 12, worlds: 16 };
const OF_COMPOSED: Effort = Effort { loads: 7, worlds: 6 };

/// A bin of the lines is a three-hundredth of the promise, one of the band a hundredth.
const LINE_BINS: usize = 768;
const BAND_BINS: usize = 256;

impl LatencyCurve {
    /// The point at a load that is one of the points.
    pub fn at(&self, load: Rate) -> Option<&CurvePoint> {
        self.points.iter().find(|point| point.load == load)
    }
    /// Where `stressed` ends to keep the promise, between two points on a straight line; none where it always or never does.
    pub fn crossing(&self) -> Option<Rate> {
        let within = self.promise.within;
        let late = |point: &CurvePoint| point.stressed.is_none_or(|time| time > within);
        let after = self.points.iter().position(late).filter(|at| *at > 0)?;
        let (below, above) = (self.points[after - 1], self.points[after]);
        let (from, to) = (below.stressed?, above.stressed.unwrap_or(self.top));
        let part = (within.less(from) / to.less(from)).clamp(0.0, 1.0);
        Some(below.load + above.load.less(below.load) * part)
    }
}

impl Moment<'_> {
    /// The curve of a draft that carries today's load; none without a latency promise, or without machines. The band is over
    /// `worlds`.
    pub(super) fn latency_curve(&self, draft: &Draft, worlds: &[Moment<'_>]) -> Option<LatencyCurve> {
        let promise = LatencyBudget(self.workload.promises.latency.clone()).strictest().copied()?;
        let today = self.traffic(&self.workload.entry).sizing;
        let top = promise.within * TOP;
        // Where nothing waits in a line, nothing follows the load.
        if today.is_zero() || top.is_zero() || draft.values().all(|part| part.fleet().is_none()) {
            return None;
        }
        let [grid, coarse] = [LINE_BINS, BAND_BINS].map(|bins| Grid::new(top, bins));
        let is_alone = self.only_station(draft, State::Calm).is_some();
        let effort = if is_alone { OF_ONE_QUEUE } else { OF_COMPOSED };
        let worlds: Vec<World<'_, '_>> =
            worlds.iter().take(effort.worlds).map(|world| World::of(world, draft)).collect();
        let point = |factor: f64| {
            let loaded = self.at_times(draft, factor);
            let at = |state| self.percentile_on(grid, &loaded, state, promise.share);
            let load = today * factor;
            let band = (!worlds.is_empty()).then(|| band(&worlds, load, coarse, promise.share));
            CurvePoint { load, calm: at(State::Calm), stressed: at(State::Stressed), band }
        };
        let points: Vec<CurvePoint> = factors(draft, effort.loads).into_iter().map(point).collect();
        Some(LatencyCurve { promise, today, knee: knee(&points), points, top, worlds: worlds.len() })
    }

    /// The draft's machines under so many times today's load. Of one queue nothing but its arrivals changes.
    fn at_times(&self, draft: &Draft, factor: f64) -> Draft {
        if self.only_station(draft, State::Calm).is_some() {
            let mut draft = draft.clone();
            for fleet in draft.values_mut().filter_map(Part::fleet_mut) {
                for station in [&mut fleet.calm_station, &mut fleet.stressed_station] {
                    station.arrivals = station.arrivals * factor;
                }
            }
            return draft;
        }
        let scaled = self.workload.with_demand(Factor::of(factor));
        Moment::new(&scaled, self.catalog, self.elapsed).carried(draft).draft
    }
}

/// Loads as multiples of today's, rising: from next to none towards what every state carries, and today itself.
fn factors(draft: &Draft, loads: u32) -> Vec<f64> {
    let busiest = |state| {
        let stations = draft.values().filter_map(Part::fleet).map(|fleet| match state {
            State::Calm => fleet.calm_station,
            State::Stressed => fleet.stressed_station,
        });
        stations.map(|station| station.utilization().get()).fold(0.0, f64::max)
    };
    let limits = [State::Calm, State::Stressed].map(|state| 1.0 / busiest(state).max(1e-3));
    let below =
        |limit: f64| (1..=loads).map(move |i| limit * (1.0 - (1.0 - f64::from(i) / f64::from(loads + 1)).powf(CLOSER)));
    let lowest = IDLE * limits.into_iter().fold(1.0, f64::min);
    let mut all: Vec<f64> = limits.into_iter().flat_map(below).chain([lowest, 1.0]).collect();
    all.sort_by(f64::total_cmp);
    // Of two loads that a drawing cannot tell apart one is enough; today stays.
    let mut kept: Vec<f64> = Vec::new();
    for factor in all {
        match kept.last() {
            Some(last) if factor / last < 1.01 && *last == 1.0 => {}
            Some(last) if factor / last < 1.01 => *kept.last_mut().expect("just seen") = factor,
            _ => kept.push(factor),
        }
    }
    kept
}

/// The load with the greatest power.
fn knee(points: &[CurvePoint]) -> Option<Rate> {
    let power = |point: &CurvePoint| Some(point.load.as_per_second() / point.stressed?.as_seconds());
    let powers = points.iter().filter_map(|point| Some((point.load, power(point).filter(|power| power.is_finite())?)));
    powers.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(load, _)| load)
}

/// A world that was drawn, with the draft as busy as it is there.
struct World<'m, 'w> {
    moment: &'m Moment<'w>,
    draft: Draft,
    load: Rate,
}

impl<'m, 'w> World<'m, 'w> {
    fn of(moment: &'m Moment<'w>, draft: &Draft) -> Self {
        Self { moment, draft: moment.carried(draft).draft, load: moment.traffic(&moment.workload.entry).sizing }
    }
}

/// The tenth and the ninetieth percentile over worlds that all have the same load, of the response time after the loss.
fn band(worlds: &[World<'_, '_>], load: Rate, grid: Grid, share: Share) -> [Option<Span>; 2] {
    let time = |world: &World<'_, '_>| {
        let loaded = if world.load.is_zero() {
            world.draft.clone()
        } else {
            world.moment.at_times(&world.draft, load / world.load)
        };
        world.moment.percentile_on(grid, &loaded, State::Stressed, share)
    };
    let mut times: Vec<Option<Span>> = worlds.iter().map(time).collect();
    // What is beyond the top is longer than all that is below.
    times.sort_by(|a, b| match (a, b) {
        (Some(a), Some(b)) => a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    [0.1, 0.9].map(|part: f64| times[((part * times.len() as f64).ceil() as usize).clamp(1, times.len()) - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(load: f64, millis: Option<f64>) -> CurvePoint {
        let stressed = millis.map(Span::millis);
        CurvePoint { load: Rate::per_second(load), calm: stressed, stressed, band: None }
    }
    fn curve(points: Vec<CurvePoint>) -> LatencyCurve {
        let promise = LatencyPromise { share: Share::percent(99.0), within: Span::millis(100.0) };
        let top = promise.within * TOP;
        LatencyCurve { promise, today: Rate::per_second(10.0), points, knee: None, top, worlds: 0 }
    }

    /// Of a single exponential server with Poisson arrivals the p99 is `ln 100 / (capacity - load)`, and its power is greatest
    /// at half of the capacity, as Kleinrock found of the mean.
    #[test]
    fn the_knee_of_a_single_server_is_at_half_of_what_it_carries() {
        let at = |load: f64| point(load, Some(1e3 * 100_f64.ln() / (20.0 - load)));
        let points: Vec<CurvePoint> = (1..20).map(|load| at(f64::from(load))).collect();
        assert_eq!(knee(&points), Some(Rate::per_second(10.0)));
        assert_eq!(knee(&[point(1.0, None)]), None);
    }

    #[test]
    fn a_promise_is_kept_up_to_where_the_curve_crosses_it() {
        let crossing = |points| curve(points).crossing().map(|load| load.as_per_second());
        assert_eq!(
            crossing(vec![point(10.0, Some(40.0)), point(20.0, Some(80.0)), point(30.0, Some(120.0))]),
            Some(25.0)
        );
        assert_eq!(crossing(vec![point(10.0, Some(50.0)), point(20.0, None)]), Some(12.5), "the top stands for more");
        assert_eq!(crossing(vec![point(10.0, Some(50.0))]), None);
        assert_eq!(crossing(vec![point(10.0, Some(150.0))]), None);
    }
}
