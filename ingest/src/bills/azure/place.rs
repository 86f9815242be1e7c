//! Where a charge belongs: region and resource.
use super::columns::{Columns, copy};
use crate::bills::row::{Cells, FocusRow};
use memchr::memmem;
use plimsoll::bill::Column;

/// Writes the region and the resource. Letters of both differ in case from row to row; ids are written small.
pub(super) fn write(columns: &Columns, cells: &Cells<'_>, row: &mut FocusRow) {
    if let Some(region) = columns.region {
        let region: Vec<u8> =
            cells.get(region).iter().filter(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
        row.set(Column::RegionId, &region);
    }
    let id = columns.resource.map(|place| cells.get(place).to_ascii_lowercase()).unwrap_or_default();
    row.set(Column::ResourceId, &id);
    let name = id.rsplit(|b| *b == b'/').next().unwrap_or_default();
    row.set(Column::ResourceName, name);
    if name.is_empty() {
        copy(cells, columns.resource_name, row, Column::ResourceName);
    }
    let kind = kind(&id);
    row.set(Column::ResourceType, &kind);
    if let Some(place) = columns.resource_type.filter(|_| kind.is_empty()) {
        row.set(Column::ResourceType, &cells.get(place).to_ascii_lowercase());
    }
}

/// The type of a resource: its provider and every second part of the path after it; empty where there is none.
///
/// Microsoft, "Resource IDs": `.../providers/{namespace}/{type}/{name}/{subtype}/{name}`.
fn kind(id: &[u8]) -> Vec<u8> {
    const PROVIDERS: &[u8] = b"/providers/";
    let last = memmem::rfind(id, PROVIDERS);
    let Some(path) = last.map(|at| &id[at + PROVIDERS.len()..]) else { return Vec::new() };
    let mut parts = path.split(|b| *b == b'/');
    let mut kind = parts.next().unwrap_or_default().to_vec();
    for part in parts.step_by(2).filter(|part| !part.is_empty()) {
        kind.push(b'/');
        kind.extend_from_slice(part);
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_from_ids() {
        let cases = [
            (
                "/subscriptions/1/resourcegroups/g/providers/microsoft.compute/virtualmachines/vm-1",
                "microsoft.compute/virtualmachines",
            ),
            ("/subscriptions/1/providers/microsoft.sql/servers/s/databases/d", "microsoft.sql/servers/databases"),
            (
                "/providers/microsoft.capacity/reservationorders/1/reservations/",
                "microsoft.capacity/reservationorders/reservations",
            ),
            ("/providers/microsoft.compute", "microsoft.compute"),
            ("vm-1", ""),
            ("", ""),
        ];
        for (id, of) in cases {
            assert_eq!(kind(id.as_bytes()), of.as_bytes(), "{id}");
        }
    }
}
