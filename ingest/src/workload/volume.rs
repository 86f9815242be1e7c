//! Whether the calls multiply beyond what can be planned.
use super::graph::table;
use crate::reader::Desk;
use plimsoll::units::{Quantity, Rate, Span};
use plimsoll::workload::{Component, Workload};
use std::collections::BTreeMap;

/// The largest rate of requests to one component.
const MOST: Rate = Rate::per_second(1e12);

/// Tells of components that more requests reach than can be planned, at the end of the horizon and at the high ends of
/// all estimates. Computed in plain numbers, since it may not be finite. The graph has no faults.
pub(super) fn check(workload: &Workload, desk: &Desk<'_>) {
    let demand = &workload.demand;
    let grown = |span: Span| demand.growth.high().after(span).get();
    let growth = grown(Span::ZERO).max(grown(workload.horizon));
    let mut rates: BTreeMap<&str, f64> =
        workload.components.iter().map(|(name, c)| (name.0.as_str(), c.own_traffic().base() * growth)).collect();
    let asked = demand.peak.high().base() * demand.burst.high().get() * growth;
    *rates.entry(&workload.entry.0).or_default() += asked;
    for name in workload.leaves_first().into_iter().rev() {
        let rate = rates[name.0.as_str()];
        if rate > MOST.base() {
            if let Some(spot) = table(desk.document(), &name.0) {
                let what = format!("{rate:.1e} requests a second would reach `{name}`");
                desk.tell(&spot, what, format!("the limit is {MOST}; are a ratio, the growth or the burst too large?"));
            }
            return;
        }
        let pace = match &workload.components[name] {
            Component::Stream(stream) => stream.pace().get(),
            _ => 1.0,
        };
        for call in workload.components[name].calls() {
            *rates.entry(&call.to.0).or_default() += rate * pace * call.ratio.high().get();
        }
    }
}
