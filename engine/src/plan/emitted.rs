//! What a month of the parts chosen draws and emits.
use super::moment::{Draft, Moment};
use super::{Part, StoreFleet, StreamFleet};
use crate::carbon::{Carbon, Footprint, Machines};
use crate::catalog::Path;
use crate::sizing::{Fleet, NodeDisk, Resource, VolumeFit};
use crate::units::{Data, Quantity, Share, Span};
use crate::workload::{Component, ComponentName};

/// How busy machines are of which nobody says what they do: the methodology's own guess.
const HALF: Share = Share::percent(50.0);

impl Moment<'_> {
    /// What a draft emits over these worlds of this place, as each footprint tells it; or why nobody can say.
    pub(super) fn carbon(&self, draft: &Draft, worlds: &[Vec<Footprint>]) -> Result<Carbon, String> {
        self.emits_unknown(draft).map_or(Ok(()), Err)?;
        let names: Vec<ComponentName> = draft.keys().cloned().collect();
        let grid = self.catalog.grid.as_ref().expect("it is known what is emitted");
        Ok(Carbon::of(&names, worlds, grid).expect("there is always a world"))
    }

    /// Why nobody can say what a draft emits here; none where everything is known.
    fn emits_unknown(&self, draft: &Draft) -> Option<String> {
        if self.catalog.grid.is_none() {
            return Some(format!("no source here tells what electricity emits in {}", self.catalog.place));
        }
        draft.values().filter_map(Part::fleet).find_map(|fleet| {
            let is_known = fleet.shape.power.as_ref().is_some_and(|power| power.embodied.is_some());
            (!is_known).then(|| format!("no source here tells what {} draws", fleet.shape.name))
        })
    }

    /// What each component of a draft draws, in the order of the draft; none where nobody can say.
    pub(super) fn emitted(&self, draft: &Draft) -> Option<Vec<Footprint>> {
        draft.iter().map(|(name, part)| self.footprint(name, part, draft)).collect()
    }

    fn footprint(&self, name: &ComponentName, part: &Part, draft: &Draft) -> Option<Footprint> {
        let mut all = Footprint::default().with_transfer(self.leaves_its_zone(name, part, draft));
        if let Some(fleet) = part.fleet() {
            all = all.with_machines(self.machines(name, part, fleet))?;
        }
        let all = match part {
            Part::Store(StoreFleet { fleet, disk: NodeDisk::Volume(volume), .. })
            | Part::Stream(StreamFleet { fleet, disk: NodeDisk::Volume(volume), .. }) => {
                all.with_disks(volume.size * f64::from(fleet.machines), self.turns(volume))
            }
            Part::Managed { managed, .. } => all.with_disks(managed.storage.size * standing(part), false),
            Part::Object(fit) => all.with_objects(fit.stored),
            _ => all,
        };
        let backup = match (part, self.component(name)) {
            (Part::Store(StoreFleet { data, .. }) | Part::Managed { data, .. }, Component::Store(store)) => {
                *data * store.backup.mid().get()
            }
            _ => Data::ZERO,
        };
        Some(all.with_objects(backup))
    }

    /// The machines of a part on the mean of the month. They were sized for the busiest minute; over the month they are
    /// as busy as the mean rate keeps them.
    fn machines<'s>(&self, name: &ComponentName, part: &'s Part, fleet: &'s Fleet) -> Machines<'s> {
        let cpu = fleet.calm.iter().find(|check| check.resource == Resource::Cpu);
        let used = cpu.map_or(HALF, |check| Share::of_one(check.used().clamp(0.0, 1.0)));
        let shape = &*fleet.shape;
        if let Part::Batch(batch) = part
            && part.is_gathered()
        {
            // They run for their runs alone, and then they work.
            let time = batch.machine_time + batch.fallback_time;
            return Machines { shape, number: time / Span::months(1.0), used: Share::ALL };
        }
        let traffic = match self.component(name) {
            Component::Store(_) => {
                let (reads, writes) = self.reads_and_writes(name);
                (reads.sizing + writes.sizing, reads.billing + writes.billing)
            }
            _ => (self.traffic(name).sizing, self.traffic(name).billing),
        };
        let of_busiest = if traffic.0.is_zero() { 1.0 } else { (traffic.1 / traffic.0).min(1.0) };
        let used = Share::of_one(used.as_part() * of_busiest);
        Machines { shape, number: f64::from(fleet.machines) * standing(part), used }
    }

    fn turns(&self, disk: &VolumeFit) -> bool {
        self.catalog.volumes.iter().any(|volume| volume.name == disk.volume && volume.rotational)
    }

    fn leaves_its_zone(&self, name: &ComponentName, part: &Part, draft: &Draft) -> Data {
        let leaves = self.parcels(name, part, draft).into_iter().map(|parcel| match parcel.path {
            Path::Internet | Path::Cdn | Path::CrossRegion(_) => parcel.data,
            // Charged to sender and receiver, but moved once.
            Path::CrossZone => parcel.data / self.directions(),
            // The same bytes on their way.
            Path::Nat | Path::LoadBalancer => Data::ZERO,
        });
        leaves.sum()
    }
}

/// How many machines stand behind each that answers: two where the price has a standby in it.
fn standing(part: &Part) -> f64 {
    match part {
        Part::Managed { managed, .. } if crate::catalog::has_standby(&managed.deployment) => 2.0,
        _ => 1.0,
    }
}
