//! What else would do: another family, architecture, class, way to pay, and the provider's own service.
use super::Part;
use super::growth::one_more;
use super::moment::{Draft, Moment};
use super::search::Found;
use crate::catalog::Purchase;
use crate::units::Money;
use crate::workload::{Cadence, Component, ComponentName};

/// One other way, and how it differs.
pub(super) struct Alternative {
    pub(super) draft: Draft,
    pub(super) differs: String,
}

/// Every kind of other way, one component at a time, each the cheapest of its kind.
pub(super) fn alternatives(moment: &Moment<'_>, found: &Found) -> Vec<Alternative> {
    let mut all = Vec::new();
    for (name, chosen) in &found.draft {
        for (what, differs) in KINDS {
            let other = found.options[name].fits.iter().find(|part| differs(chosen, part));
            let draft = other.and_then(|part| repaired(moment, &found.draft, name, part));
            if let Some(draft) = draft {
                let differs = format!("{name}: {what}, {}", draft[name].option());
                all.push(Alternative { draft, differs });
            }
        }
    }
    all.extend(gathered_otherwise(moment, found));
    all.extend(other_purchases(moment, found));
    all
}

type Differs = fn(&Part, &Part) -> bool;

const KINDS: [(&str, Differs); 5] = [
    ("another architecture", |chosen, part| {
        part.architecture().is_some() && part.architecture() != chosen.architecture() && same_keeper(chosen, part)
    }),
    ("another family", |chosen, part| {
        part.family().is_some()
            && part.family() != chosen.family()
            && part.architecture() == chosen.architecture()
            && same_keeper(chosen, part)
    }),
    ("managed by the provider", |chosen, part| part.is_managed() && !chosen.is_managed()),
    ("run by oneself", |chosen, part| part.fleet().is_some() && !part.is_managed() && chosen.is_managed()),
    ("another class", |chosen, part| matches!(part, Part::Object(_)) && part.option() != chosen.option()),
];

/// Whether the same party runs it, and as often: other machines for the same thing.
fn same_keeper(chosen: &Part, part: &Part) -> bool {
    chosen.is_managed() == part.is_managed() && cadence(chosen) == cadence(part)
}

fn cadence(part: &Part) -> Option<Cadence> {
    match part {
        Part::Batch(batch) => Some(batch.cadence),
        _ => None,
    }
}

/// Gathered work at each other cadence that is allowed, and at the same one on machines paid in each other way.
fn gathered_otherwise(moment: &Moment<'_>, found: &Found) -> Vec<Alternative> {
    let mut all = Vec::new();
    for (name, chosen) in &found.draft {
        let (Component::Batch(batch), Part::Batch(now)) = (moment.component(name), chosen) else { continue };
        let fits = || {
            found.options[name].fits.iter().filter_map(|part| match part {
                Part::Batch(batch) => Some((part, batch)),
                _ => None,
            })
        };
        let mut add = |part: &Part, differs: String| {
            let mut draft = found.draft.clone();
            draft.insert(name.clone(), part.clone());
            all.push(Alternative { draft, differs });
        };
        for cadence in batch.cadences.iter().filter(|c| **c != now.cadence) {
            if let Some((part, other)) = fits().find(|(_, b)| b.cadence == *cadence) {
                let (machines, shape) = (other.fleet.machines, &other.fleet.shape.name);
                add(part, format!("{name}: {cadence}, {machines} x {shape} ({})", other.fleet.purchase));
            }
        }
        for purchase in Purchase::ALL.into_iter().filter(|p| *p != now.fleet.purchase) {
            let same = |b: &&super::BatchFleet| b.cadence == now.cadence && b.fleet.purchase == purchase;
            if let Some((part, other)) = fits().find(|(_, b)| same(b)) {
                let (machines, shape) = (other.fleet.machines, &other.fleet.shape.name);
                add(part, format!("{name}: paid otherwise ({purchase}), {machines} x {shape}"));
            }
        }
    }
    all
}

/// The draft with another part, and machines added while the promise end to end is broken; none if that does not help.
fn repaired(moment: &Moment<'_>, draft: &Draft, name: &ComponentName, part: &Part) -> Option<Draft> {
    let mut draft = draft.clone();
    draft.insert(name.clone(), part.clone());
    for _ in 0..MOST_REPAIRS {
        if moment.keeps_latency(&draft) {
            return Some(draft);
        }
        let (busiest, more) = one_more(moment, &draft)?;
        draft.insert(busiest, more);
    }
    None
}
const MOST_REPAIRS: u32 = 8;

/// The same machines, paid in other ways: each way for all components that may be paid so.
fn other_purchases(moment: &Moment<'_>, found: &Found) -> Vec<Alternative> {
    let month = |draft: &Draft| draft.values().map(Part::month).sum::<Money>();
    Purchase::ALL
        .into_iter()
        .filter_map(|purchase| {
            let mut draft = found.draft.clone();
            let mut changed = false;
            for (name, part) in &mut draft {
                let may = purchase != Purchase::Spot || may_be_interrupted(moment, name);
                if let Some(fleet) = part.fleet_mut().filter(|_| may) {
                    let offered = fleet.shape.quote(purchase).is_some();
                    changed |= offered && fleet.purchase != purchase;
                    fleet.purchase = if offered { purchase } else { fleet.purchase };
                }
            }
            let differs = match purchase {
                Purchase::OnDemand => "the same machines on demand".to_owned(),
                Purchase::Spot => "the same machines on spot capacity".to_owned(),
                committed @ Purchase::Committed(..) => {
                    format!("the same machines committed for {}", committed.name().replace('-', ", "))
                }
            };
            (changed && month(&draft) != month(&found.draft)).then_some(Alternative { draft, differs })
        })
        .collect()
}

fn may_be_interrupted(moment: &Moment<'_>, name: &ComponentName) -> bool {
    matches!(moment.component(name), Component::Service(service) if service.interruptible)
}
