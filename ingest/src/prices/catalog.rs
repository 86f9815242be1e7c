//! Everything on offer in one region, from its tables.
use super::electricity::{Powers, grid};
use super::speeds::Speeds;
use super::{PriceError, Tables, allowances, compute, managed, network, objects, places, volumes};
use plimsoll::catalog::{Catalog, Place};

/// Reads the catalog of a region: its own tables, those for any region of its provider, and
/// the speeds of machines, what they draw, and its electricity.
///
/// A region may lack every table but `compute`; what it lacks is unknown there. An unknown region is an error that
/// names the nearest known ones, and so is a cell that cannot be read, which is named by its place.
pub fn catalog(place: &Place, tables: Tables<'_>) -> Result<Catalog, PriceError> {
    let all = places::places(tables)?;
    let here = places::known(&all, place)?;
    let speeds = Speeds::read(tables, place.provider)?;
    let shapes = compute::shapes(place, tables, &speeds, &Powers::read(tables, place.provider)?)?;
    let managed = managed::managed(place, tables, &shapes)?;
    let (volumes, snapshot) = volumes::volumes(place, tables)?;
    Ok(Catalog {
        place: place.clone(),
        zones: here.zones,
        shapes,
        volumes,
        snapshot,
        classes: objects::classes(place, tables)?,
        transfer: network::transfer(here, &all, tables)?,
        databases: managed.databases,
        database_storage: managed.storage,
        nodes: managed.nodes,
        allowances: allowances::allowances(place.provider, tables)?,
        grid: grid(place, tables)?,
    })
}
