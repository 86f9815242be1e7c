//! The catalogs in which the sizes of measured machines are looked up.
use super::QUESTION;
use crate::Desk;
use crate::failure::Failure;
use plimsoll::catalog::{Catalog, Place, Provider, Region};
use plimsoll::profile::Measured;
use plimsoll_ingest::prices::{self, PriceError};

/// Catalogs of the regions that the exports tell, and of one region of each provider; none where no size is to be looked up.
pub(super) fn catalogs(measured: &Measured, desk: &Desk<'_>) -> Result<Vec<Catalog>, Failure> {
    let facts = &measured.telemetry.facts;
    if measured.shape.is_none() && facts.values().all(|f| f.shape.is_none()) {
        return Ok(Vec::new());
    }
    let failed = |e: PriceError| Failure::of(QUESTION, e.to_string(), "");
    let known = desk.catalogs.places().map_err(failed)?;
    let home = Place { provider: Provider::Aws, region: Region("us-east-1".into()) };
    let near = |provider| prices::comparable(known, &home, provider).map(|f| f.place.clone());
    let told = facts.values().filter_map(|f| f.region.as_ref());
    let told = told.filter_map(|region| known.iter().find(|f| f.place.region.0 == *region)).map(|f| f.place.clone());
    let mut places: Vec<Place> =
        told.chain([home.clone()]).chain([Provider::Azure, Provider::Gcp].into_iter().filter_map(near)).collect();
    let mut seen = Vec::new();
    places.retain(|place| {
        !seen.contains(place) && {
            seen.push(place.clone());
            true
        }
    });
    let catalogs: Result<Vec<Catalog>, PriceError> =
        places.iter().map(|p| desk.catalogs.of(p).map(|listed| listed.catalog.clone())).collect();
    let catalogs = catalogs.map_err(failed)?;
    match &measured.shape {
        Some(shape) if catalogs.iter().all(|c| c.shape(shape).is_none()) => Err(unknown(shape, &catalogs)),
        _ => Ok(catalogs),
    }
}

fn unknown(shape: &str, catalogs: &[Catalog]) -> Failure {
    let names = catalogs.iter().flat_map(|c| &c.shapes).map(|s| s.name.0.as_str());
    let nearest = names.min_by_key(|name| strsim::osa_distance(name, shape)).unwrap_or_default();
    let help = format!("did you mean `{nearest}`?");
    Failure::of(QUESTION, format!("`{shape}` is no machine size that is on offer"), help)
}
