//! Streams at one moment.
use super::super::moment::{Moment, usual_copies};
use super::super::options::Found;
use super::super::{Part, RunByProvider, StreamFleet};
use super::{option_name, run_by};
use crate::catalog::Path;
use crate::sizing::{
    DiskNeed, DiskPlace, Exclusion, Fleet, LatencyBudget, NodeDisk, Refusal, Spread, StreamBurden, VolumeFit, admit,
    cheapest_volume,
};
use crate::units::{Count, Data, DataRate, Held, Money, Rate, Span};
use crate::workload::{Component, ComponentName, Stream};

impl<'w> Moment<'w> {
    pub(in crate::plan) fn stream_burden(
        &self,
        name: &ComponentName,
        stream: &'w Stream,
        place: DiskPlace,
    ) -> StreamBurden<'w> {
        let traffic = self.traffic(name);
        StreamBurden {
            stream,
            place,
            kept: stream.kept(traffic.sizing, traffic.billing),
            copies: stream.replicas.unwrap_or_else(|| usual_copies(self.workload.promises.survive, true)),
            writes: traffic.sizing,
            arrival_variability: self.workload.demand.variability.mid(),
            assumptions: &self.workload.assumptions,
        }
    }

    pub(in crate::plan) fn stream_options(&self, found: &mut Found<'_>, stream: &'w Stream, budget: &LatencyBudget) {
        let terms = self.terms(found.component, budget.clone());
        let places =
            if stream.local_disks { &[DiskPlace::Network, DiskPlace::Local][..] } else { &[DiskPlace::Network] };
        for &place in places.iter().filter(|_| stream.self_run) {
            let burden = self.stream_burden(found.component, stream, place);
            for shape in &self.catalog.shapes {
                if place == DiskPlace::Local && shape.local_disk.is_none() {
                    continue; // the same shape with a network disk is an option of its own
                }
                let part = admit(shape, &stream.architectures, false, false, &stream.purchases)
                    .and_then(|purchase| found.sized(&burden, shape, purchase, &terms))
                    .and_then(|fleet| self.stream_part(found.component, &burden, fleet, None));
                match place {
                    DiskPlace::Network => found.add(&shape.name, part),
                    DiskPlace::Local => found.add(format_args!("{} + {}", shape.name, place.name()), part),
                }
            }
        }
        let burden = self.stream_burden(found.component, stream, DiskPlace::Network);
        let nodes = self.catalog.nodes.iter().filter(|n| n.engine == "kafka");
        for node in nodes.filter(|_| stream.managed) {
            let part = admit(&node.machine, &stream.architectures, false, false, &[])
                .and_then(|purchase| found.sized(&burden, &node.machine, purchase, &terms))
                .and_then(|fleet| self.stream_part(found.component, &burden, fleet, Some(run_by(node))));
            found.add(option_name(node), part);
        }
    }

    /// A stream's part, with the disk of each node.
    pub(in crate::plan) fn stream_part(
        &self,
        name: &ComponentName,
        burden: &StreamBurden<'_>,
        fleet: Fleet,
        provider: Option<RunByProvider>,
    ) -> Result<Part, Refusal> {
        let needs = burden.stream.partitions_for(burden.writes);
        if let Some(has) = burden.stream.partitions.filter(|has| *has < needs) {
            return Err(Refusal::Excluded(Exclusion::TooFewPartitions { needs, has }));
        }
        let spread = Spread { machines: fleet.machines, carrying: fleet.carrying.max(1) };
        let disk = match &provider {
            None => burden.node_disk(self.catalog, &fleet.shape, spread),
            Some(by) => self.broker_disk(by, burden.disk_need(spread).size),
        };
        let disk = disk.ok_or(Refusal::Excluded(Exclusion::NoVolume))?;
        let copies = burden.copies;
        let (kept, lag, beside) = (burden.kept, Count::ZERO, Money::ZERO);
        let partitions = burden.partitions();
        let bare = StreamFleet { fleet, provider, disk, copies, partitions, kept, lag, beside };
        Ok(Part::Stream(self.stream_fleet(name, burden, &bare)))
    }

    /// The same nodes and disks with what this moment's messages come to.
    pub(super) fn stream_fleet(
        &self,
        name: &ComponentName,
        burden: &StreamBurden<'_>,
        nodes: &StreamFleet,
    ) -> StreamFleet {
        let is_own = nodes.provider.is_none();
        let copied = if is_own { self.messages_copied(name, burden.copies, nodes.fleet.zones) } else { Data::ZERO };
        let price = self.catalog.transfer.of(&Path::CrossZone);
        StreamFleet {
            kept: burden.kept,
            lag: Count::of(burden.stream.lag(burden.writes)),
            beside: price.map_or(Money::ZERO, |p| p.first().effective * copied),
            ..nodes.clone()
        }
    }

    /// The storage of one broker that the provider runs.
    pub(super) fn broker_disk(&self, by: &RunByProvider, size: Data) -> Option<NodeDisk> {
        let offer = crate::sizing::storage_offer(self.catalog, &by.service, "")?;
        let size = Data::gib(size.as_gib().ceil().max(1.0));
        Some(NodeDisk::Volume(VolumeFit {
            volume: offer.capacity.sku.clone(),
            count: 1,
            size,
            extra_iops: Rate::ZERO,
            extra_throughput: DataRate::ZERO,
            month: offer.capacity.effective * Held::new(size, Span::months(1.0)),
            unchecked: vec!["IOPS", "throughput"],
        }))
    }

    /// What the copies of a month's messages are between zones, as it is charged.
    pub(in crate::plan) fn messages_copied(&self, name: &ComponentName, copies: u32, zones: u32) -> Data {
        let Component::Stream(stream) = self.component(name) else { return Data::ZERO };
        let others = if zones > 1 { f64::from(copies.saturating_sub(1)) } else { 0.0 };
        stream.message() * self.traffic(name).billing * Span::months(1.0) * (others * self.directions())
    }

    /// What the disk of one node of a stream must give here.
    pub(in crate::plan) fn stream_disk_need(&self, name: &ComponentName, part: &Part) -> Option<DiskNeed> {
        let (Part::Stream(chosen), Component::Stream(stream)) = (part, self.component(name)) else { return None };
        let burden = self.stream_burden(name, stream, place_of_log(chosen));
        let spread = Spread { machines: chosen.fleet.machines, carrying: chosen.fleet.carrying.max(1) };
        Some(burden.disk_need(spread))
    }

    /// The cheapest disk for a node of a stream that gives so much.
    pub(in crate::plan) fn stream_disk(
        &self,
        name: &ComponentName,
        chosen: &StreamFleet,
        need: DiskNeed,
    ) -> Option<NodeDisk> {
        let Component::Stream(stream) = self.component(name) else { return None };
        match &chosen.provider {
            Some(by) => self.broker_disk(by, need.size),
            None => cheapest_volume(self.catalog, &stream.volumes, need).map(NodeDisk::Volume),
        }
    }
}

pub(super) fn place_of_log(stream: &StreamFleet) -> DiskPlace {
    match stream.disk {
        NodeDisk::Local(_) => DiskPlace::Local,
        NodeDisk::Volume(_) => DiskPlace::Network,
    }
}
