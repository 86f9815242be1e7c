//! Machine sizes: the table `compute`.
use super::electricity::Powers;
use super::quotes::Said;
use super::rows::{Column, Row, Sheet};
use super::speeds::Speeds;
use super::{PriceError, Tables};
use plimsoll::catalog::{LocalDisk, Payment, Place, Provenance, Purchase, RemoteDisk, Shape, ShapeName, Term};
use plimsoll::units::{Compute, Data, DataRate, Price, Rate, Share, Span};
use std::sync::Arc;

/// Every machine size of a region.
pub(super) fn shapes(
    place: &Place,
    tables: Tables<'_>,
    speeds: &Speeds,
    powers: &Powers,
) -> Result<Vec<Arc<Shape>>, PriceError> {
    let sheet = Sheet::open(tables, place.provider.name(), &place.region.0, "compute")?;
    let hardware = Hardware::in_sheet(&sheet)?;
    let mut prices = Prices::in_sheet(&sheet)?;
    let mut shapes = Vec::with_capacity(1400);
    sheet.each(|row| {
        shapes.push(Arc::new(hardware.read(row, &mut prices, (speeds, powers))?));
        Ok(())
    })?;
    Ok(shapes)
}

struct Hardware {
    name: Column,
    family: Column,
    category: Column,
    arch: Column,
    vcpu: Column,
    memory: Column,
    burstable: Column,
    gpus: Column,
    network: Column,
    local_disk: Column,
    local_disks: Column,
    disk_mbps: Column,
    disk_iops: Column,
    sustained_use: Column,
    source: Column,
    complete: Column,
}

impl Hardware {
    fn in_sheet(sheet: &Sheet<'_>) -> Result<Self, PriceError> {
        let [name, family, category, arch, vcpu, memory, burstable, gpus] =
            sheet.columns(["shape", "family", "category", "arch", "vcpu", "memory_gib", "burstable", "gpus"])?;
        let [network, local_disk, local_disks, disk_mbps, disk_iops, sustained_use, source, complete] =
            sheet.columns([
                "network_gbps",
                "local_disk_gb",
                "local_disks",
                "disk_mbps",
                "disk_iops",
                "sustained_use",
                "hardware_source",
                "complete",
            ])?;
        Ok(Self {
            name,
            family,
            category,
            arch,
            vcpu,
            memory,
            burstable,
            gpus,
            network,
            local_disk,
            local_disks,
            disk_mbps,
            disk_iops,
            sustained_use,
            source,
            complete,
        })
    }

    fn read(
        &self,
        row: Row<'_>,
        prices: &mut Prices,
        (speeds, powers): (&Speeds, &Powers),
    ) -> Result<Shape, PriceError> {
        row.need(self.arch)?;
        let remote_disk = match (row.number(self.disk_mbps)?, row.number(self.disk_iops)?) {
            (Some(mbps), Some(iops)) => {
                Some(RemoteDisk { throughput: DataRate::mb_per_second(mbps), iops: Rate::per_second(iops) })
            }
            _ => None,
        };
        let disks = row.read(self.local_disks)?;
        let local_disk = row.number(self.local_disk)?.map(|gb| LocalDisk { capacity: Data::gb(gb), disks });
        let family = row.need(self.family)?;
        Ok(Shape {
            name: ShapeName(row.need(self.name)?.into()),
            family: family.into(),
            category: row.text(self.category).into(),
            architecture: row.read(self.arch)?.expect("the cell is not empty"),
            vcpus: Compute::vcpus(row.needed_number(self.vcpu)?),
            speed: speeds.of(family),
            power: powers.of(family),
            memory: Data::gib(row.needed_number(self.memory)?),
            burstable: row.yes(self.burstable)?,
            accelerators: row.read(self.gpus)?.unwrap_or(0),
            network: row.number(self.network)?.map(DataRate::gbit_per_second),
            remote_disk,
            local_disk,
            offers: prices.offers(row)?,
            sustained_use: row.money(self.sustained_use)?,
            taken_in_month: prices.taken_in_month(row)?,
            private: None,
            discount: Share::NONE,
            hardware_source: row.text(self.source).into(),
            complete: row.yes(self.complete)?,
        })
    }
}

/// The committed prices, in the order in which `commit_source` names their sources.
const COMMITTED: [(&str, Term, Payment); 4] = [
    ("commit_1y", Term::OneYear, Payment::NoUpfront),
    ("commit_3y", Term::ThreeYears, Payment::NoUpfront),
    ("commit_1y_upfront", Term::OneYear, Payment::AllUpfront),
    ("commit_3y_upfront", Term::ThreeYears, Payment::AllUpfront),
];

struct Prices {
    on_demand: Column,
    price_source: Column,
    price_as_of: Column,
    spot: Column,
    spot_basis: Column,
    spot_interruption: Column,
    spot_source: Column,
    spot_as_of: Column,
    committed: [Column; 4],
    commit_source: Column,
    commit_as_of: Column,
    note: Column,
    // One list for each kind of price: each is short, and is searched for every price.
    said_on_demand: Said,
    said_committed: Said,
    said_spot: Said,
}

type Offer = (Purchase, Price<Span>, Provenance);

impl Prices {
    fn in_sheet(sheet: &Sheet<'_>) -> Result<Self, PriceError> {
        let [on_demand, price_source, price_as_of] = sheet.columns(["on_demand", "price_source", "price_as_of"])?;
        let [spot, spot_basis, spot_interruption, spot_source, spot_as_of] =
            sheet.columns(["spot", "spot_basis", "spot_interruption", "spot_source", "spot_as_of"])?;
        let [commit_source, commit_as_of, note] = sheet.columns(["commit_source", "commit_as_of", "note"])?;
        let committed = sheet.columns(COMMITTED.map(|(column, ..)| column))?;
        Ok(Self {
            on_demand,
            price_source,
            price_as_of,
            spot,
            spot_basis,
            spot_interruption,
            spot_source,
            spot_as_of,
            committed,
            commit_source,
            commit_as_of,
            note,
            said_on_demand: Said::in_sheet(sheet),
            said_committed: Said::in_sheet(sheet),
            said_spot: Said::in_sheet(sheet),
        })
    }

    fn offers(&mut self, row: Row<'_>) -> Result<Vec<Offer>, PriceError> {
        let mut offers = Vec::with_capacity(6);
        if let Some(price) = hourly(row, self.on_demand)? {
            let said = self.said_on_demand.at(row, self.price_source, self.price_as_of, row.text(self.note))?;
            offers.push((Purchase::OnDemand, price, said));
        }
        self.committed(row, &mut offers)?;
        if let Some(price) = hourly(row, self.spot)? {
            let derived = match row.text(self.spot_basis) {
                "derived" => true,
                "published" => false,
                _ => return Err(row.wrong(self.spot_basis, "is neither `derived` nor `published`")),
            };
            let band = row.text(self.spot_interruption);
            let note =
                if band.is_empty() { String::new() } else { format!("frequency of interruption {band} a month") };
            let as_of = (self.spot_as_of, row.text(self.spot_as_of));
            let said = self.said_spot.by(row, row.text(self.spot_source), as_of, derived, &note)?;
            offers.push((Purchase::Spot, price, said));
        }
        Ok(offers)
    }

    /// The band of Amazon's spot advisor. Its last, above 20 %, has no end; it is taken to reach to twice that.
    fn taken_in_month(&self, row: Row<'_>) -> Result<Option<(Share, Share)>, PriceError> {
        let (low, high) = match row.text(self.spot_interruption) {
            "" => return Ok(None),
            "<5%" => (0.0, 5.0),
            "5-10%" => (5.0, 10.0),
            "10-15%" => (10.0, 15.0),
            "15-20%" => (15.0, 20.0),
            ">20%" => (20.0, 40.0),
            _ => return Err(row.wrong(self.spot_interruption, "is no band of interruptions")),
        };
        Ok(Some((Share::percent(low), Share::percent(high))))
    }

    /// What is paid by the hour has one source, and each price paid upfront one of its own. Where the cell names as
    /// many sources as there are such groups, each group has its own; else they all share what the cell says.
    fn committed(&mut self, row: Row<'_>, offers: &mut Vec<Offer>) -> Result<(), PriceError> {
        let (sources, dates) = (row.text(self.commit_source), row.text(self.commit_as_of));
        let is_there = |n: usize| !row.text(self.committed[n]).is_empty();
        let groups = [is_there(0) || is_there(1), is_there(2), is_there(3)];
        let present = groups.iter().filter(|there| **there).count();
        let each_its_own = sources.split('|').count() == present && dates.split('|').count() == present;
        for (n, (_, term, payment)) in COMMITTED.into_iter().enumerate() {
            let Some(price) = hourly(row, self.committed[n])? else { continue };
            let before = groups[..n.saturating_sub(1)].iter().filter(|there| **there).count();
            let part = |cell| if each_its_own { str::split(cell, '|').nth(before).unwrap_or(cell) } else { cell };
            let as_of = (self.commit_as_of, part(dates));
            let said = self.said_committed.by(row, part(sources), as_of, false, row.text(self.note))?;
            offers.push((Purchase::Committed(term, payment), price, said));
        }
        Ok(())
    }
}

fn hourly(row: Row<'_>, column: Column) -> Result<Option<Price<Span>>, PriceError> {
    Ok(row.money(column)?.map(|money| Price::listed(money, "hour").expect("machines are billed by the hour")))
}
