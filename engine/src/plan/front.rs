//! The sizes of a component that nothing beats in both cost and time.
use super::Part;
use super::moment::{Draft, Moment};
use super::options::Options;
use crate::sizing::LatencyBudget;
use crate::units::{Money, Share, Span};
use crate::workload::{ComponentName, LatencyPromise};
use std::collections::BTreeMap;

/// Options of a hop that are weighed, cheapest first.
const WEIGHED: usize = 12;
/// Numbers of machines beyond the least that are weighed of each option.
const MORE: [u32; 9] = [0, 1, 2, 3, 4, 6, 8, 12, 16];
impl Moment<'_> {
    /// The sizes of a component that nothing beats in both cost and time, cheapest first.
    pub(super) fn front(
        &self,
        name: &ComponentName,
        draft: &Draft,
        options: &BTreeMap<ComponentName, Options>,
    ) -> Vec<Part> {
        let chosen = &draft[name];
        let Some(most) = chosen.fleet().map(|fleet| fleet.machines) else { return vec![chosen.clone()] };
        let others = options[name].fits.iter().filter(|part| part.option() != chosen.option()).take(WEIGHED);
        let mut sizes: Vec<Part> = Vec::new();
        for part in std::iter::once(chosen).chain(others) {
            let Ok(least) = self.resized(name, part, &BTreeMap::new(), draft) else { continue };
            let Some(fewest) = least.fleet().map(|fleet| fleet.machines) else { continue };
            let step = self.terms(name, LatencyBudget::default()).step.max(1);
            let mut counts: Vec<u32> = MORE.iter().map(|more| fewest + more * step).collect();
            counts.extend((part.option() == chosen.option()).then_some(most.max(fewest)));
            let is_whole = part.is_managed();
            let counts = counts.into_iter().filter(|n| !is_whole || *n == fewest);
            sizes.extend(counts.filter_map(|n| self.at_count(name, part, n, draft).ok()));
        }
        sizes.sort_by_key(Part::month);
        let mut kept: Vec<(Part, [Span; 2])> = Vec::new();
        for part in sizes {
            let Some(times) = part.fleet().and_then(|fleet| {
                let station = &fleet.stressed_station;
                Some([station.mean_response()?, station.response_percentile(Share::percent(99.0))?])
            }) else {
                continue;
            };
            let beaten = kept.iter().any(|(k, t)| t[0] <= times[0] && t[1] <= times[1] && same_disk(k, &part));
            if !beaten {
                kept.push((part, times));
            }
        }
        if kept.is_empty() { vec![chosen.clone()] } else { kept.into_iter().map(|(part, _)| part).collect() }
    }

    /// What a size costs a month, with those of its machines that may be down where availability is promised.
    pub(super) fn month_of(&self, name: &ComponentName, part: &Part, draft: &Draft) -> Money {
        let with_spare = self.workload.promises.availability.and_then(|_| {
            let fleet = part.fleet().filter(|_| !part.is_managed())?;
            let shares: Vec<LatencyPromise> = self.workload.promises.latency.clone();
            let none = LatencyBudget(shares.iter().map(|p| LatencyPromise { within: Span::ZERO, ..*p }).collect());
            let kept = BTreeMap::from([(name.clone(), none.widened_to(&fleet.stressed_station))]);
            self.resized(name, part, &kept, draft).ok()
        });
        with_spare.as_ref().unwrap_or(part).month()
    }
}

/// Whether both wait alike for what their machines do not hold in memory.
fn same_disk(a: &Part, b: &Part) -> bool {
    let disk = |part: &Part| match part {
        Part::Store(store) => Some((store.working_set, store.disk_read)),
        Part::Managed { working_set, disk_read, .. } => Some((*working_set, *disk_read)),
        _ => None,
    };
    disk(a) == disk(b)
}
