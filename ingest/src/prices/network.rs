//! Data in motion: the table `network` of a region, of a whole provider (`any`) and of its edge (`edge`).
use super::places::PlaceFacts;
use super::quotes::{Bounds, Quotes, ladder};
use super::rows::{Row, Sheet};
use super::{PriceError, Tables};
use plimsoll::catalog::{Path, Place, Provider, Tier, Transfer};
use plimsoll::units::Data;
use std::sync::Arc;

/// What moving data costs in a region. What its own table lacks is looked up among the prices for any region.
pub(super) fn transfer(here: &PlaceFacts, places: &[PlaceFacts], tables: Tables<'_>) -> Result<Transfer, PriceError> {
    let provider = here.place.provider;
    let mut transfer = Transfer { cross_zone_both_directions: provider == Provider::Aws, ..Transfer::default() };
    for region in [here.place.region.0.as_str(), "any", "edge"] {
        let Some(sheet) = Sheet::find(tables, provider.name(), region, "network")? else { continue };
        let [kind, from, to, tier_from, tier_to] =
            sheet.columns(["kind", "from", "to", "tier_from_gb", "tier_to_gb"])?;
        let bounds = Bounds { from: tier_from, to: tier_to };
        let mut quotes = Quotes::in_sheet(&sheet)?;
        let mut found = Found { table: Arc::clone(&sheet.path), tiers: Vec::new() };
        let edge = edge_of(here);
        sheet.each(|row| {
            let kind = row.need(kind)?;
            let at_edge = region != "edge" || edge == Some(row.text(from));
            let hour = match kind {
                "alb-hour" | "forwarding-rule-hour" | "load-balancer-rule-hour" => &mut transfer.balancer_hour,
                "alb-lcu" => &mut transfer.balancer_capacity_hour,
                "nat-gateway-hour" => &mut transfer.nat_hour,
                "public-ipv4-hour" | "public-ipv4-vm-hour" => &mut transfer.ipv4_hour,
                "cdn-request-https" if at_edge => {
                    transfer.cdn_request = Some(quotes.quote(row, kind, "")?);
                    return Ok(());
                }
                _ => {
                    let paths = if at_edge { paths(kind, row.text(to), here, places) } else { Vec::new() };
                    return paths.into_iter().try_for_each(|path| found.add(row, kind, path, bounds, &mut quotes));
                }
            };
            if hour.is_none() {
                *hour = Some(quotes.quote(row, kind, "")?);
            }
            Ok(())
        })?;
        found.add_to(&mut transfer)?;
    }
    transfer.data.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(transfer)
}

/// The tiers of each path of one table.
struct Found {
    table: Arc<str>,
    tiers: Vec<(Path, Vec<Tier<Data>>)>,
}

impl Found {
    fn add(
        &mut self,
        row: Row<'_>,
        kind: &str,
        path: Path,
        bounds: Bounds,
        quotes: &mut Quotes,
    ) -> Result<(), PriceError> {
        let (from, to) = bounds.of(row)?;
        let tier = Tier { from, to, quote: quotes.quote(row, kind, "")? };
        match self.tiers.iter_mut().find(|(known, _)| *known == path) {
            Some((_, tiers)) => tiers.push(tier),
            None => self.tiers.push((path, vec![tier])),
        }
        Ok(())
    }

    /// A path that an earlier, nearer table prices keeps that price.
    fn add_to(self, transfer: &mut Transfer) -> Result<(), PriceError> {
        for (path, tiers) in self.tiers {
            if transfer.of(&path).is_none() {
                let what = tiers[0].quote.sku.clone();
                transfer.data.push((path, ladder(&self.table, &what, tiers)?));
            }
        }
        Ok(())
    }
}

/// The paths that a row of this kind and destination prices. None for what the catalog has no path for: other kinds of
/// balancers, peering, private links, and the internet of China and Australia, which cost extra on Google Cloud.
fn paths(kind: &str, to: &str, here: &PlaceFacts, places: &[PlaceFacts]) -> Vec<Path> {
    match (kind, to) {
        ("internet-egress", "internet") => vec![Path::Internet],
        ("cdn-egress", "internet") => vec![Path::Cdn],
        ("cross-az", _) => vec![Path::CrossZone],
        ("nat-gateway-data" | "nat-data", _) => vec![Path::Nat],
        ("load-balancer-data", _) => vec![Path::LoadBalancer],
        ("inter-region", to) => {
            let others = places.iter().filter(|there| there.place != here.place);
            let own = others.filter(|there| there.place.provider == here.place.provider);
            own.filter(|there| leads_to(to, here, there))
                .map(|there| Path::CrossRegion(there.place.region.0.clone()))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a destination as a price list words it means the region `there`, seen from `here`.
fn leads_to(to: &str, here: &PlaceFacts, there: &PlaceFacts) -> bool {
    let both_in = |geography: &str| here.geography == geography && there.geography == geography;
    match to {
        "intra-continent" => here.geography == there.geography,
        "between-continents" => here.geography != there.geography,
        "within-US-or-Canada" => both_in("North America"),
        "within-Europe" => both_in("Europe"),
        "within-Asia" => both_in("Asia"),
        region => there.place.region.0 == region,
    }
}

/// The price class of the delivery network for viewers near a region; none where no source states its price.
fn edge_of(here: &PlaceFacts) -> Option<&'static str> {
    let Place { provider, region } = &here.place;
    match (provider, region.0.as_str()) {
        (Provider::Aws, region) if region.starts_with("us-") => Some("United States"),
        (Provider::Aws, region) if region.starts_with("eu-") => Some("EU"),
        (Provider::Aws, "ap-northeast-1") => Some("Japan"),
        (Provider::Aws, "ap-south-1") => Some("India"),
        (Provider::Aws, "ap-southeast-1") => Some("Asia Pacific"),
        // Azure's zone 1 is North America and Europe.
        (Provider::Azure, _) if here.geography != "Asia" => Some("zone1"),
        _ => None,
    }
}
