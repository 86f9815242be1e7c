//! Google Cloud sells vCPUs and memory: the price of a machine is the sum of its parts.
//!
//! That this is so was checked on the shipped tables: in each of the families that are read, every machine's price is
//! its vCPUs and its GiB at one price each, but for the roundings of the sixth digit. What has more parts is left out.
use super::aside::Aside;
use super::compare::{Chosen, Comparison, Rows};
use super::list::Item;
use plimsoll::catalog::{Catalog, Purchase, Shape};
use plimsoll::units::Factor;

/// Prices the machines of every family whose vCPUs and memory both have a price in a region.
pub(super) fn combine(chosen: &Chosen<'_>, catalogs: &[Catalog], rows: &mut Rows, comparison: &mut Comparison) {
    for ((at, item), (row, offer)) in chosen {
        let (family, other) = match item {
            Item::Machine(_) | Item::Committed(..) => continue,
            Item::Processor(family) => (family, Item::Memory(family.clone())),
            Item::Memory(family) => (family, Item::Processor(family.clone())),
        };
        let catalog = &catalogs[*at];
        let Some((_, other)) = chosen.get(&(*at, &other)) else {
            rows.aside(*row, Aside::HalfPriced);
            continue;
        };
        let machines: Vec<_> = catalog.shapes.iter().filter(|shape| shape.family == *family).collect();
        if !machines.iter().any(|shape| is_sum_of_parts(shape)) {
            rows.aside(*row, Aside::NoHardware);
            continue;
        }
        rows.take(*row);
        // Each pair once: from its vCPUs.
        if !matches!(item, Item::Processor(_)) {
            continue;
        }
        for shape in machines {
            if !is_sum_of_parts(shape) {
                comparison.not_combined += 1;
                continue;
            }
            let processors = offer.hour.times(Factor::of(shape.vcpus.as_vcpus()));
            let memory = other.hour.times(Factor::of(shape.memory.as_gib()));
            comparison.priced(&catalog.place, shape, Purchase::OnDemand, processors + memory);
        }
    }
}

/// Whether nothing but vCPUs and memory is in the price. Machines on a share of a core are sold by the share; metal,
/// local disks and accelerators cost extra; one machine of M4 has prices of its own.
fn is_sum_of_parts(shape: &Shape) -> bool {
    let name = &shape.name.0;
    let is_plain = !shape.burstable && shape.accelerators == 0 && shape.local_disk.is_none();
    let is_special = name.contains("lssd") || name.ends_with("metal") || name == "m4-ultramem-224";
    is_plain && !is_special
}
