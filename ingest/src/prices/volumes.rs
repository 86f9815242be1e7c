//! Network disks and snapshots: the table `block_storage`, one row a component.
use super::quotes::{Bounds, Quotes, ladder};
use super::rows::{Column, Row, Sheet};
use super::{PriceError, Tables};
use plimsoll::catalog::{Place, Provider, Quote, Tier, Volume, VolumePricing};
use plimsoll::units::{Amount, Data, DataRate, Factor, Held, Rate, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The price of snapshots, where it is known.
type Snapshot = Option<Quote<Held<Data>>>;

/// The disks of a region and the price of its snapshots.
///
/// Left out are disks that no source prices in full: rows of limits alone, and the `extreme` disks of regions where
/// their operations, which are never free, have no price. So are local disks, which belong to a machine, and regional
/// ones, which are two disks in two zones.
pub(super) fn volumes(place: &Place, tables: Tables<'_>) -> Result<(Vec<Volume>, Snapshot), PriceError> {
    let provider = place.provider;
    let mut parts: BTreeMap<String, Parts> = BTreeMap::new();
    let mut snapshot = None;
    for region in [place.region.0.as_str(), "any"] {
        if let Some(sheet) = Sheet::find(tables, provider.name(), region, "block_storage")? {
            let columns = Columns::in_sheet(&sheet)?;
            let mut quotes = Quotes::in_sheet(&sheet)?;
            let table = Arc::clone(&sheet.path);
            sheet.each(|row| match row.need(columns.volume)? {
                "snapshot" => {
                    snapshot = Some(quotes.quote(row, "snapshot", "")?);
                    Ok(())
                }
                "snapshot-archive" => Ok(()),
                name if name.starts_with("local-") || name.starts_with("regional-") => Ok(()),
                name => {
                    columns.part(row, name, parts.entry(name.into()).or_insert_with(|| Parts::of(&table)), &mut quotes)
                }
            })?;
        }
    }
    let sizes = sizes_by_number(&parts);
    let mut volumes = Vec::new();
    for (name, part) in parts {
        volumes.extend(part.into_volume(name, provider, &sizes)?);
    }
    Ok((volumes, snapshot))
}

struct Columns {
    volume: Column,
    component: Column,
    bounds: Bounds,
    included_iops: Column,
    included_mbps: Column,
    max_iops: Column,
    max_mbps: Column,
    min_gib: Column,
    max_gib: Column,
    iops_per_gib: Column,
}

impl Columns {
    fn in_sheet(sheet: &Sheet<'_>) -> Result<Self, PriceError> {
        let [volume, component, from, to, included_iops] =
            sheet.columns(["volume", "component", "tier_from", "tier_to", "included_iops"])?;
        let [included_mbps, max_iops, max_mbps, min_gib, max_gib, iops_per_gib] =
            sheet.columns(["included_mbps", "max_iops", "max_mbps", "min_gib", "max_gib", "iops_per_gib"])?;
        let bounds = Bounds { from, to };
        Ok(Self {
            volume,
            component,
            bounds,
            included_iops,
            included_mbps,
            max_iops,
            max_mbps,
            min_gib,
            max_gib,
            iops_per_gib,
        })
    }

    /// Adds what one row says about a disk to what other rows said before it.
    fn part(&self, row: Row<'_>, name: &str, part: &mut Parts, quotes: &mut Quotes) -> Result<(), PriceError> {
        for (known, column) in [
            (&mut part.included_iops, self.included_iops),
            (&mut part.included_mbps, self.included_mbps),
            (&mut part.max_iops, self.max_iops),
            (&mut part.max_mbps, self.max_mbps),
            (&mut part.min_gib, self.min_gib),
            (&mut part.max_gib, self.max_gib),
            (&mut part.iops_per_gib, self.iops_per_gib),
        ] {
            *known = known.or(row.number(column)?);
        }
        match row.text(self.component) {
            "capacity" if quotes.unit(row) == "disk-month" => part.disk = Some(quotes.quote(row, name, "")?),
            "capacity" => part.capacity = Some(quotes.quote(row, name, "")?),
            "iops" => {
                let (from, to) = self.bounds.of(row)?;
                let quote = quotes.quote(row, &format!("{name} iops"), "")?;
                part.iops.push(Tier { from, to, quote });
            }
            "throughput" => part.throughput = Some(quotes.quote(row, &format!("{name} throughput"), "")?),
            "limits" => {}
            _ => return Err(row.wrong(self.component, "is not capacity, iops, throughput or limits")),
        }
        Ok(())
    }
}

/// What the rows of one disk say together.
struct Parts {
    table: Arc<str>,
    capacity: Option<Quote<Held<Data>>>,
    disk: Option<Quote<Span>>,
    iops: Vec<Tier<Held<Rate>>>,
    throughput: Option<Quote<Held<DataRate>>>,
    included_iops: Option<f64>,
    included_mbps: Option<f64>,
    max_iops: Option<f64>,
    max_mbps: Option<f64>,
    min_gib: Option<f64>,
    max_gib: Option<f64>,
    iops_per_gib: Option<f64>,
}

impl Parts {
    fn of(table: &Arc<str>) -> Self {
        Self {
            table: Arc::clone(table),
            capacity: None,
            disk: None,
            iops: Vec::new(),
            throughput: None,
            included_iops: None,
            included_mbps: None,
            max_iops: None,
            max_mbps: None,
            min_gib: None,
            max_gib: None,
            iops_per_gib: None,
        }
    }

    fn into_volume(self, name: String, provider: Provider, sizes: &Sizes) -> Result<Option<Volume>, PriceError> {
        let sells_iops = !self.iops.is_empty();
        let mut size = (self.min_gib, self.max_gib);
        let pricing = match (self.capacity, self.disk) {
            (Some(_), _) if name.ends_with("-extreme") && !sells_iops => return Ok(None),
            (Some(capacity), _) => VolumePricing::Provisioned {
                capacity,
                iops: sells_iops
                    .then(|| ladder(&self.table, &format!("{name} iops"), behind_the_included(self.iops)))
                    .transpose()?,
                throughput: self.throughput,
            },
            (None, Some(mut disk)) => {
                if size.1.is_none() {
                    // A disk without a size could hold anything.
                    let Some(same) = number(&name).and_then(|n| sizes.get(n)) else { return Ok(None) };
                    size = (Some(*same), Some(*same));
                    let note = disk.provenance.note.take();
                    let remark = "size as stated for the Premium disk of the same number";
                    disk.provenance.note = Some(note.map_or(remark.into(), |note| format!("{remark}; {note}").into()));
                }
                VolumePricing::PerDisk(disk)
            }
            (None, None) => return Ok(None),
        };
        // EBS counts throughput in MiB/s, the others in MB/s.
        let throughput = match provider {
            Provider::Aws => DataRate::mib_per_second,
            Provider::Azure | Provider::Gcp => DataRate::mb_per_second,
        };
        // Where operations are sold apart, the ratio to the size is a ceiling; else they come with the size.
        let (included_ratio, highest_ratio) =
            if sells_iops { (None, self.iops_per_gib) } else { (self.iops_per_gib, None) };
        Ok(Some(Volume {
            rotational: is_rotational(&name),
            name,
            pricing,
            included_iops: self.included_iops.map(Rate::per_second),
            included_throughput: self.included_mbps.map(throughput),
            iops_per_gib: included_ratio.map(Factor::of),
            max_iops_per_gib: highest_ratio.map(Factor::of),
            max_iops: self.max_iops.map(Rate::per_second),
            max_throughput: self.max_mbps.map(throughput),
            min_size: size.0.map(Data::gib),
            max_size: size.1.map(Data::gib),
        }))
    }
}

/// The tables count tiers from the first operation on, included ones too; a bill counts those beyond the included.
fn behind_the_included(mut tiers: Vec<Tier<Held<Rate>>>) -> Vec<Tier<Held<Rate>>> {
    let included = tiers.iter().map(|tier| tier.from).min().unwrap_or_default();
    let beyond = |bound: Amount| bound.less(included);
    for tier in &mut tiers {
        tier.from = beyond(tier.from);
        tier.to = tier.to.map(beyond);
    }
    tiers
}

fn is_rotational(name: &str) -> bool {
    matches!(name, "st1" | "sc1" | "standard" | "pd-standard") || name.starts_with("standard-hdd")
}

/// The GiB of Azure's disks by number: P10, E10 and S10 have the same size, but only that of the P disks is in a table.
type Sizes = BTreeMap<String, f64>;

fn sizes_by_number(parts: &BTreeMap<String, Parts>) -> Sizes {
    let premium = parts.iter().filter(|(name, _)| name.starts_with("premium-ssd-p"));
    premium.filter_map(|(name, part)| Some((number(name)?.to_owned(), part.max_gib?))).collect()
}

/// `10` of `premium-ssd-p10`.
fn number(name: &str) -> Option<&str> {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}
