//! The regions that have prices, and which of them lie near each other.
use super::rows::Sheet;
use super::{PriceError, Tables};
use plimsoll::catalog::{Place, Provider, Region};

/// One region with prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFacts {
    /// Where.
    pub place: Place,
    /// `Northern Virginia`.
    pub city: String,
    /// `North America`, `Europe`, `Asia`: what prices between regions go by.
    pub geography: String,
    /// A key that the nearest regions of the providers share, one for each provider.
    pub peer: String,
    /// Zones a customer can spread over.
    pub zones: u32,
}

/// Every region with prices, by provider and name.
pub fn places(tables: Tables<'_>) -> Result<Vec<PlaceFacts>, PriceError> {
    let sheet = Sheet::open(tables, "", "", "places")?;
    let [provider, region, city, geography, peer, zones] =
        sheet.columns(["provider", "region", "city", "geography", "peer", "zones"])?;
    let mut places = Vec::new();
    sheet.each(|row| {
        row.need(provider)?;
        row.need(zones)?;
        let place = Place {
            provider: row.read(provider)?.expect("the cell is not empty"),
            region: Region(row.need(region)?.into()),
        };
        places.push(PlaceFacts {
            place,
            city: row.text(city).into(),
            geography: row.need(geography)?.into(),
            peer: row.need(peer)?.into(),
            zones: row.read(zones)?.expect("the cell is not empty"),
        });
        Ok(())
    })?;
    Ok(places)
}

/// The region of `provider` that is nearest to `place`: the one with the same peer key, else the first of the same
/// geography. None where there is none.
pub fn comparable<'p>(places: &'p [PlaceFacts], place: &Place, provider: Provider) -> Option<&'p PlaceFacts> {
    let here = places.iter().find(|facts| facts.place == *place)?;
    let of_provider = || places.iter().filter(|facts| facts.place.provider == provider);
    let near = of_provider().find(|facts| facts.peer == here.peer);
    near.or_else(|| of_provider().find(|facts| facts.geography == here.geography))
}

/// The facts of a place, or the regions that may have been meant.
pub(super) fn known<'p>(places: &'p [PlaceFacts], place: &Place) -> Result<&'p PlaceFacts, PriceError> {
    places.iter().find(|facts| facts.place == *place).ok_or_else(|| {
        let own = || places.iter().filter(|facts| facts.place.provider == place.provider);
        let mut known: Vec<String> = own().map(|facts| facts.place.region.0.clone()).collect();
        if known.is_empty() {
            return PriceError::NoTable { table: format!("{place}/compute") };
        }
        // The same name but for its hyphens and capitals; then, if it is another provider's, the region next to it.
        let bare = |name: &str| name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
        let same = known.iter().find(|name| bare(name) == bare(&place.region.0)).cloned();
        let elsewhere = places.iter().find(|facts| facts.place.region == place.region);
        let beside = elsewhere.and_then(|there| own().find(|facts| facts.peer == there.peer));
        let mut nearest: Vec<String> =
            same.into_iter().chain(beside.map(|facts| facts.place.region.0.clone())).collect();
        nearest.dedup();
        if nearest.is_empty() {
            let likeness = |name: &String| strsim::jaro_winkler(&place.region.0.to_lowercase(), name);
            known.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)).then_with(|| a.cmp(b)));
            let best = likeness(&known[0]);
            nearest = known.iter().take(3).filter(|name| likeness(name) > best - 0.03).cloned().collect();
        }
        known.sort();
        PriceError::UnknownRegion { place: place.clone(), nearest, known }
    })
}
