//! Fields of everything that runs on machines: which it may have, and which it has.
use crate::reader::Table;
use plimsoll::catalog::{Architecture, Purchase};
use plimsoll::workload::Running;
use std::num::NonZeroU32;

pub(super) fn architectures(t: &mut Table<'_>) -> Vec<Architecture> {
    t.optional("architectures", "the architectures it is built for; all if not stated").unwrap_or_default()
}

pub(super) fn purchases(t: &mut Table<'_>) -> Vec<Purchase> {
    t.or("purchases", vec![Purchase::OnDemand], "ways to pay that may be chosen")
}

/// Whether the provider's managed service may be chosen, and whether one's own machines may.
pub(super) fn someone_runs_it(t: &mut Table<'_>) -> (bool, bool) {
    let managed = t.or("managed", true, "whether the provider's managed service may be chosen");
    let self_run = t.or("self_run", true, "whether running it oneself may be chosen");
    let what = "neither managed nor self-run: nothing can be chosen";
    t.refuse_if(!managed && !self_run, "self_run", what, "set managed or self_run to true");
    (managed, self_run)
}

/// What runs today, of something without a disk.
pub(super) fn current(t: &mut Table<'_>) -> Option<Running> {
    t.table("current", CURRENT, |t| running(t, None))
}

/// What runs today, of something with a network disk.
pub(super) fn current_with_volume(t: &mut Table<'_>) -> Option<Running> {
    t.table("current", CURRENT, |t| {
        let volume = t.optional("volume", "the network disk");
        running(t, volume)
    })
}

const CURRENT: &str = "what runs today: the plan to compare with";

fn running(t: &mut Table<'_>, volume: Option<String>) -> Running {
    Running {
        shape: t.required("shape", "the provider's name of the machine size"),
        count: t.required::<NonZeroU32>("count", "how many run").get(),
        purchase: t.or("purchase", Purchase::OnDemand, "how they are paid"),
        volume,
    }
}
