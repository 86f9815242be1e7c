//! A quick way to see that a promise is kept by far: a bound that needs no distribution of the whole.
use super::super::Part;
use super::super::moment::{Draft, Moment};
use crate::queueing::Station;
use crate::sizing::DISK_VARIABILITY;
use crate::units::{Factor, Quantity, Rate, Share, Span};
use crate::workload::{Component, ComponentName};
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
        let visits = self.most_visits();
        // A disk is a part of its own.
        let parts: f64 = visits.iter().map(|(name, n)| n * if has_disk(&carried[*name]) { 2.0 } else { 1.0 }).sum();
        promises.iter().all(|promise| {
            let each = Share::of_one(promise.share.rest().as_part() / parts.max(1.0)).rest();
            let mut sum = Span::ZERO;
            for (name, n) in &visits {
                match self.longest(name, &carried[*name], each) {
                    Some(time) => sum = sum + time * *n,
                    None => return false,
                }
                if sum > promise.within {
                    return false;
                }
            }
            true
        })
    }

    /// How often a request visits each component at most.
    fn most_visits(&self) -> BTreeMap<&ComponentName, f64> {
        let mut visits = BTreeMap::from([(&self.workload.entry, 1.0)]);
        for name in self.workload.leaves_first().into_iter().rev() {
            let Some(own) = visits.get(name).copied() else { continue };
            for call in self.component(name).waits_for(self.workload) {
                *visits.entry(&call.to).or_insert(0.0) += own * call.ratio.mid().get().ceil();
            }
        }
        visits
    }

    /// The time that a visit exceeds with at most twice the rest of `each`: once for machines, once for a disk.
    fn longest(&self, name: &ComponentName, part: &Part, each: Share) -> Option<Span> {
        let lognormal = |mean: Span, variability: Factor| {
            let alone = Station {
                arrivals: Rate::ZERO,
                service: mean,
                servers: Factor::ONE,
                arrival_variability: Factor::ONE,
                service_variability: variability,
            };
            if mean.is_zero() { Some(Span::ZERO) } else { alone.response_percentile(each) }
        };
        let fixed = super::super::compose::fixed_time(self.component(name));
        let disk = |read: Span| lognormal(read.max(super::super::search::place_of(part).write()), DISK_VARIABILITY);
        Some(match part {
            Part::Service(fleet) => fleet.stressed_station.response_percentile(each)? + fixed,
            Part::Store(store) => store.fleet.stressed_station.response_percentile(each)? + disk(store.disk_read)?,
            Part::Managed { managed, disk_read, .. } => {
                managed.fleet.stressed_station.response_percentile(each)? + disk(*disk_read)?
            }
            Part::Object(_) => {
                let mean = fixed * super::super::compose::OBJECT_MEAN_OVER_MEDIAN;
                debug_assert!(matches!(self.component(name), Component::Object(_)));
                lognormal(mean, super::super::compose::OBJECT_VARIABILITY)?
            }
            Part::Edge => fixed,
            Part::Cache(cache) => cache.fleet.stressed_station.response_percentile(each)?,
            Part::Stream(stream) => stream.fleet.stressed_station.response_percentile(each)? + fixed,
            Part::Batch(_) => Span::ZERO,
        })
    }
}

const fn has_disk(part: &Part) -> bool {
    matches!(part, Part::Store(_) | Part::Managed { .. })
}
