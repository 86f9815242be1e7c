//! The network disk of one node: which kind, how large, with what performance, for how much.
use crate::catalog::{Catalog, Volume, VolumePricing};
use crate::units::{Data, DataRate, Held, Money, Quantity, Rate, Span};

/// What one node asks of its disk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiskNeed {
    /// Room.
    pub size: Data,
    /// Operations.
    pub iops: Rate,
    /// Bytes in time.
    pub throughput: DataRate,
}

/// A disk that gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeFit {
    /// Which kind.
    pub volume: String,
    /// How many volumes side by side.
    pub count: u32,
    /// Size of all of them together.
    pub size: Data,
    /// Operations asked for beyond what is included, together.
    pub extra_iops: Rate,
    /// Throughput asked for beyond what is included, together.
    pub extra_throughput: DataRate,
    /// A month of it, as effectively paid.
    pub month: Money,
    /// Limits that no table knows: not checked.
    pub unchecked: Vec<&'static str>,
}

impl DiskNeed {
    /// What is enough for both.
    pub fn max(self, other: Self) -> Self {
        Self {
            size: self.size.max(other.size),
            iops: self.iops.max(other.iops),
            throughput: self.throughput.max(other.throughput),
        }
    }
}

impl VolumeFit {
    /// The first thing that this disk, as it was bought, has too little of: its word, and how many times as much is needed.
    /// None where it gives all that is needed.
    pub fn lacks(&self, catalog: &Catalog, need: DiskNeed) -> Option<(&'static str, f64)> {
        let volume = catalog.volumes.iter().find(|v| v.name == self.volume)?;
        let n = f64::from(self.count);
        let operations = match volume.iops_per_gib.filter(|_| is_not_for_sale(volume)) {
            Some(per_gib) => {
                let by_size = Rate::per_second(self.size.as_gib() * per_gib.get());
                Some(volume.included_iops.map_or(by_size, |included| by_size.max(included * n)))
            }
            None => volume.included_iops.map(|included| included * n + self.extra_iops),
        };
        let bytes = volume.included_throughput.map(|included| included * n + self.extra_throughput);
        let ratio = |needs: f64, has: f64| if has > 0.0 { needs / has } else { f64::INFINITY };
        let lacking = [
            ("disk capacity", Some(ratio(need.size.base(), self.size.base()))),
            ("disk IOPS", operations.map(|has| ratio(need.iops.base(), has.base()))),
            ("disk throughput", bytes.map(|has| ratio(need.throughput.base(), has.base()))),
        ];
        lacking.into_iter().find_map(|(what, ratio)| Some((what, ratio.filter(|r| *r > 1.0 + 1e-9)?)))
    }
}

/// Volumes side by side in one node; more is another design.
const MOST_VOLUMES: u32 = 16;

/// The cheapest disk of the catalog that gives what is needed, of the kinds named (all solid-state ones if none is).
pub(crate) fn cheapest(catalog: &Catalog, kinds: &[String], need: DiskNeed) -> Option<VolumeFit> {
    of_kinds(catalog, kinds)
        .filter_map(|volume| fit(volume, need))
        // A limit that nobody states may be too low: such a kind is taken only where every kind is like that.
        .min_by_key(|fit| (fit.unchecked.len(), fit.month))
}

/// Whether any of them gives what is needed.
pub(super) fn gives(catalog: &Catalog, kinds: &[String], need: DiskNeed) -> bool {
    of_kinds(catalog, kinds).any(|volume| fit(volume, need).is_some())
}

fn of_kinds<'c>(catalog: &'c Catalog, kinds: &'c [String]) -> impl Iterator<Item = &'c Volume> {
    catalog.volumes.iter().filter(|v| if kinds.is_empty() { !v.rotational } else { kinds.contains(&v.name) })
}

fn fit(volume: &Volume, need: DiskNeed) -> Option<VolumeFit> {
    (1..=MOST_VOLUMES).find_map(|count| fit_count(volume, need, count))
}

fn fit_count(volume: &Volume, need: DiskNeed, count: u32) -> Option<VolumeFit> {
    let n = f64::from(count);
    let mut size = need.size / n;
    if let Some(least) = volume.min_size {
        size = size.max(least);
    }
    let iops = need.iops / n;
    let throughput = need.throughput / n;
    if let Some(per_gib) = volume.iops_per_gib.filter(|_| is_not_for_sale(volume)) {
        // Operations come with size only: buy the size that brings them.
        size = size.max(Data::gib(iops.as_per_second() / per_gib.get().max(1e-9)));
    }
    if let Some(ceiling) = volume.max_iops_per_gib {
        size = size.max(Data::gib(iops.as_per_second() / ceiling.get().max(1e-9)));
    }
    if let VolumePricing::PerDisk(_) = volume.pricing {
        size = volume.max_size.or(volume.min_size)?;
    }
    let size = Data::gib(size.as_gib().ceil());
    let too_large = volume.max_size.is_some_and(|most| size > most) || need.size / n > size;
    let most_iops = match volume.pricing {
        VolumePricing::PerDisk(_) => volume.included_iops.or(volume.max_iops),
        VolumePricing::Provisioned { .. } => volume.max_iops,
    };
    let most_throughput = match volume.pricing {
        VolumePricing::PerDisk(_) => volume.included_throughput.or(volume.max_throughput),
        VolumePricing::Provisioned { .. } => volume.max_throughput,
    };
    if too_large || most_iops.is_some_and(|m| iops > m) || most_throughput.is_some_and(|m| throughput > m) {
        return None;
    }
    let mut unchecked = Vec::new();
    if most_iops.is_none() {
        unchecked.push("IOPS");
    }
    if most_throughput.is_none() {
        unchecked.push("throughput");
    }
    let extra_iops =
        if is_not_for_sale(volume) { Rate::ZERO } else { iops.less(volume.included_iops.unwrap_or_default()) };
    let extra_throughput = match &volume.pricing {
        VolumePricing::Provisioned { throughput: Some(_), .. } => {
            throughput.less(volume.included_throughput.unwrap_or_default())
        }
        _ => DataRate::ZERO,
    };
    let fit = VolumeFit {
        volume: volume.name.clone(),
        count,
        size: size * n,
        extra_iops: Rate::per_second(extra_iops.as_per_second().ceil()) * n,
        extra_throughput: DataRate::mib_per_second(extra_throughput.as_mib_per_second().ceil()) * n,
        month: Money::ZERO,
        unchecked,
    };
    let month = monthly(volume, &fit)?;
    Some(VolumeFit { month, ..fit })
}

fn is_not_for_sale(volume: &Volume) -> bool {
    !matches!(&volume.pricing, VolumePricing::Provisioned { iops: Some(_), .. })
}

/// A month of it; none where a part has no known price.
fn monthly(volume: &Volume, fit: &VolumeFit) -> Option<Money> {
    let month = Span::months(1.0);
    Some(match &volume.pricing {
        VolumePricing::PerDisk(disk) => disk.effective * (month * f64::from(fit.count)),
        VolumePricing::Provisioned { capacity, iops, throughput } => {
            let room = capacity.effective * Held::new(fit.size, month);
            let operations = match iops {
                Some(tiers) => {
                    let each = Held::new(fit.extra_iops / f64::from(fit.count), month);
                    tiers.effective(tiers.first().list.units_in(each))? * fit.count
                }
                None => Money::ZERO,
            };
            let bytes = throughput
                .as_ref()
                .map_or(Money::ZERO, |price| price.effective * Held::new(fit.extra_throughput, month));
            room + operations + bytes
        }
    })
}
