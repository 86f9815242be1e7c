//! What was bought, and where it runs.
use super::names::Names;
use super::report::get;
use super::{region, service};
use crate::bills::pairs::{Pairs, Step, Value};
use crate::bills::row::{Cells, FocusRow};
use plimsoll::bill::Column;
use std::borrow::Cow;

/// Where the columns of the product stand.
pub(super) struct Product {
    /// The one column that CUR 2.0 has for what products tell beyond its fixed columns.
    map: Option<usize>,
    name: Option<usize>,
    code: Option<usize>,
    family: Option<usize>,
    region_code: Option<usize>,
    region: Option<usize>,
    location: Option<usize>,
    zone: Option<usize>,
    /// Instance type, processors and memory: they are the details of a price.
    machine: [(Option<usize>, &'static [u8]); 3],
}

impl Product {
    /// Finds the columns.
    pub(super) fn find(names: &Names<'_>) -> Self {
        Self {
            map: names.place("product"),
            name: names.place("product/ProductName"),
            code: names.any(&["lineItem/ProductCode", "product/servicecode"]),
            family: names.place("product/productFamily"),
            region_code: names.place("product/regionCode"),
            region: names.place("product/region"),
            location: names.place("product/location"),
            zone: names.place("lineItem/AvailabilityZone"),
            machine: [
                (names.place("product/instanceType"), b"instance_type"),
                (names.place("product/vcpu"), b"vcpu"),
                (names.place("product/memory"), b"memory"),
            ],
        }
    }

    /// Writes service, type of resource and region.
    pub(super) fn write(&self, cells: &Cells<'_>, row: &mut FocusRow) {
        let (code, family) = (get(cells, self.code), get(cells, self.family));
        // Not the name that belongs to `product/servicecode`: transfer of data would leave the service it is of.
        let name = self.told(cells, self.name, b"product_name").unwrap_or_else(|| code.clone());
        row.set(Column::ServiceName, &name);
        row.set(Column::ServiceCategory, service::category(&code, &family).as_bytes());
        if !row.get(Column::ResourceId).is_empty() {
            row.set(Column::ResourceType, &family);
        }
        let code = Some(get(cells, self.region_code)).filter(|code| region::is_code(code));
        let of_product = code.or_else(|| self.told(cells, self.region, b"region").filter(|code| region::is_code(code)));
        if let Some(code) = of_product {
            row.set(Column::RegionId, &code);
            row.set(Column::RegionName, &get(cells, self.location));
        } else if let Some(code) = region::of_zone(&get(cells, self.zone)) {
            row.set(Column::RegionId, code);
        }
        row.set(Column::SkuPriceDetails, &self.details(cells));
    }

    /// InstanceType, CoreCount and MemorySize in GiB, as FOCUS 1.2 names them; empty where the row is of no machine.
    fn details(&self, cells: &Cells<'_>) -> Vec<u8> {
        let [kind, cores, memory] = self.machine.map(|(place, key)| self.told(cells, place, key));
        let mut details = serde_json::Map::new();
        let text = |cell: &[u8]| String::from_utf8_lossy(cell.trim_ascii()).into_owned();
        if let Some(kind) = kind {
            details.insert("InstanceType".into(), text(&kind).into());
        }
        let number =
            |cell: &[u8], unit: &str| text(cell).trim_end_matches(unit).trim().parse::<serde_json::Number>().ok();
        if let Some(cores) = cores.and_then(|cell| number(&cell, "")) {
            details.insert("CoreCount".into(), cores.into());
        }
        if let Some(memory) = memory.and_then(|cell| number(&cell, "GiB")) {
            details.insert("MemorySize".into(), memory.into());
        }
        if details.is_empty() { Vec::new() } else { serde_json::Value::Object(details).to_string().into_bytes() }
    }

    /// What the product tells in a column of its own, or under a key of the one column for the rest.
    fn told<'c>(&self, cells: &Cells<'c>, place: Option<usize>, key: &[u8]) -> Option<Cow<'c, [u8]>> {
        let own = get(cells, place);
        if !own.is_empty() {
            return Some(own);
        }
        // Names are only looked up here: a text that is no JSON has none.
        Pairs::of(&get(cells, self.map)).find_map(|step| match step {
            Ok(Step::Pair(name, Value::Text(text))) if *name == *key && !text.is_empty() => {
                Some(Cow::Owned(text.into_owned()))
            }
            _ => None,
        })
    }
}
