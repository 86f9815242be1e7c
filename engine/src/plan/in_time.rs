//! A quick way to see that a promise is kept by far: a bound that needs no distribution of the whole.
use super::Part;
use super::compose::{OBJECT_MEAN_OVER_MEDIAN, OBJECT_VARIABILITY, fixed_time};
use super::moment::{Draft, Moment};
use super::search::place_of;
use crate::queueing::Station;
use crate::sizing::DISK_VARIABILITY;
use crate::units::{Factor, Quantity, Rate, Share, Span};
use crate::workload::ComponentName;
use std::collections::BTreeMap;

impl Moment<'_> {
    /// Whether every latency promise is kept after the loss by so much that adding percentiles shows it.
    ///
    /// Boole's inequality: the whole is later than the sum of the parts' times no more often than any part is later than its
    /// own. With `k` parts each is asked for the time that it exceeds in one k-th of what may be late. A call made 2.5 times
    /// counts as three. False where it does not show; then the distribution of the whole has to be asked.
    pub(super) fn surely_in_time(&self, carried: &Draft) -> bool {
        let promises = &self.workload.promises.latency;
        if promises.is_empty() {
            return true;
        }
        let (mut always, mut stations) = (Span::ZERO, Vec::new());
        for (name, visits) in self.most_visits().into_iter().filter(|(_, visits)| *visits > 0.0) {
            let (fixed, passed) = self.passed(name, &carried[name]);
            always = always + fixed * visits;
            stations.extend(passed.into_iter().flatten().map(|station| (visits, station)));
        }
        let parts: f64 = stations.iter().map(|(visits, _)| visits).sum();
        let Some((&(visits, last), others)) = stations.split_last() else {
            return promises.iter().all(|promise| always <= promise.within);
        };
        promises.iter().all(|promise| {
            let each = Share::of_one(promise.share.rest().as_part() / parts.max(1.0)).rest();
            let times = others.iter().map(|(visits, station)| Some(station.response_percentile(each)? * *visits));
            let taken = times.sum::<Option<Span>>().map(|sum| sum + always).filter(|sum| *sum <= promise.within);
            // What the others leave is what the last one may take.
            taken.is_some_and(|taken| last.response_exceeds(promise.within.less(taken) / visits) <= each.rest())
        })
    }

    /// How often a request visits each component at most.
    fn most_visits(&self) -> BTreeMap<&ComponentName, f64> {
        let mut visits = BTreeMap::from([(&self.workload.entry, 1.0)]);
        for name in self.order.iter().rev() {
            let Some(own) = visits.get(name).copied() else { continue };
            for call in self.component(name).waits_for(self.workload) {
                *visits.entry(&call.to).or_insert(0.0) += own * call.ratio.mid().get().ceil();
            }
        }
        visits
    }

    /// What a visit always takes, and what it passes besides: machines, and a disk.
    fn passed(&self, name: &ComponentName, part: &Part) -> (Span, [Option<Station>; 2]) {
        let fixed = fixed_time(self.component(name));
        let disk = |read: Span| lognormal(read.max(place_of(part).write()), DISK_VARIABILITY);
        let machines = part.fleet().map(|fleet| fleet.stressed_station);
        match part {
            Part::Store(store) => (fixed, [disk(store.disk_read), machines]),
            Part::Managed { disk_read, .. } => (fixed, [disk(*disk_read), machines]),
            Part::Object(_) => (Span::ZERO, [lognormal(fixed * OBJECT_MEAN_OVER_MEDIAN, OBJECT_VARIABILITY), None]),
            Part::Batch(_) => (Span::ZERO, [None, None]), // nobody waits for it
            Part::Service(_) | Part::Edge | Part::Cache(_) | Part::Stream(_) => (fixed, [machines, None]),
        }
    }
}

/// A time without a queue; none where it is none.
fn lognormal(mean: Span, variability: Factor) -> Option<Station> {
    let alone = Station {
        arrivals: Rate::ZERO,
        service: mean,
        servers: Factor::ONE,
        arrival_variability: Factor::ONE,
        service_variability: variability,
    };
    (!mean.is_zero()).then_some(alone)
}
