//! Data in motion, on the account's shared tiers.
use super::bill::{part, tier_name};
use super::{Bill, Driver, Line, Unknown};
use crate::catalog::{Catalog, Path, Quote};
use crate::units::{Amount, Data, DataRate, Factor, Quantity, Rate, Span};
use crate::workload::ComponentName;

/// So much data that one component sends along one path in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    /// Whose.
    pub component: ComponentName,
    /// Which way.
    pub path: Path,
    /// How much in the month.
    pub data: Data,
}

fn driver(path: &Path) -> Driver {
    match path {
        Path::Internet => Driver::InternetEgress,
        Path::Cdn => Driver::Cdn,
        Path::CrossZone => Driver::CrossZone,
        Path::CrossRegion(_) => Driver::CrossRegion,
        Path::Nat => Driver::Nat,
        Path::LoadBalancer => Driver::LoadBalancer,
    }
}

fn phrase(path: &Path) -> String {
    match path {
        Path::CrossRegion(to) => format!("traffic to {to}"),
        Path::Internet => "internet egress".into(),
        Path::Cdn => "CDN egress".into(),
        Path::CrossZone => "traffic between zones".into(),
        Path::Nat => "NAT".into(),
        Path::LoadBalancer => "load balancer data".into(),
    }
}

/// Charges all parcels. Tiers and free allowances belong to the account: each path's parcels are added up first, and
/// every parcel pays its part of every tier.
pub fn parcels(bill: &mut Bill, catalog: &Catalog, parcels: &[Parcel]) {
    let mut paths: Vec<&Path> = parcels.iter().map(|p| &p.path).collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        let sent: Vec<&Parcel> = parcels.iter().filter(|p| p.path == *path && !p.data.is_zero()).collect();
        let total: Data = sent.iter().map(|p| p.data).sum();
        if total.is_zero() {
            continue;
        }
        let Some(price) = catalog.transfer.of(path) else {
            bill.unknown.extend(sent.iter().map(|p| Unknown {
                component: p.component.clone(),
                driver: driver(path),
                quantity: format!("{} a month", p.data),
                why: format!("no price for {} in {}", phrase(path), catalog.place),
            }));
            continue;
        };
        let allowance = catalog.allowances.iter().find(|a| a.path == *path);
        let free = allowance.map_or(Amount::ZERO, |a| price.first().list.units_in(a.free.min(total)));
        let all = price.first().list.units_in(total);
        for parcel in &sent {
            let share = Factor::of(parcel.data / total);
            let free_quote =
                Quote { effective: price.first().effective.at(crate::units::Money::ZERO), ..price.first().clone() };
            let line = Line::of_units(&parcel.component, driver(path), &free_quote, part(free, share));
            bill.add(line.map(|l| match allowance {
                Some(a) => Line { provenance: a.provenance.clone(), ..l.in_tier(Some("free allowance".into())) },
                None => l,
            }));
            let split = price.split(all.less(free));
            for (tier, amount) in split.priced {
                let line = Line::of_units(&parcel.component, driver(path), &tier.quote, part(amount, share));
                bill.add(line.map(|l| l.in_tier(tier_name(price, tier))));
            }
            if split.unpriced > Amount::ZERO {
                bill.unknown.push(Unknown {
                    component: parcel.component.clone(),
                    driver: driver(path),
                    quantity: format!("{} {}", part(split.unpriced, share), price.unit()),
                    why: format!("the price list for {} in {} ends below that", phrase(path), catalog.place),
                });
            }
        }
    }
}

/// Things charged by the hour, so many of them all month.
pub fn hours(
    bill: &mut Bill,
    component: &ComponentName,
    driver: Driver,
    catalog: &Catalog,
    price: Option<&Quote<Span>>,
    count: Factor,
) {
    if count.get() == 0.0 {
        return;
    }
    match price {
        Some(price) => bill.add(Line::of(component, driver, price, Span::months(1.0) * count.get())),
        None => bill.unknown.push(Unknown {
            component: component.clone(),
            driver,
            quantity: format!("{count} x {}, all month", driver.phrase()),
            why: format!("no hourly price for it in {}", catalog.place),
        }),
    }
}

/// Capacity units of an application load balancer, each enough for 25 new connections a second, 3,000 open ones and a
/// gigabyte an hour (AWS, Elastic Load Balancing pricing). Connections are kept for so many requests.
const NEW_CONNECTIONS: f64 = 25.0;
/// Requests on one connection: browsers and clients with keep-alive send about this many; halving it doubles the units
/// of small responses.
pub(crate) const REQUESTS_PER_CONNECTION: f64 = 10.0;

/// A load balancer: its hours and capacity units.
pub fn balancer(bill: &mut Bill, component: &ComponentName, catalog: &Catalog, requests: Rate, traffic: DataRate) {
    let prices = &catalog.transfer;
    hours(bill, component, Driver::LoadBalancer, catalog, prices.balancer_hour.as_ref(), Factor::ONE);
    if let Some(price) = &prices.balancer_capacity_hour {
        let by_connections = requests.as_per_second() / REQUESTS_PER_CONNECTION / NEW_CONNECTIONS;
        let by_data = traffic.as_gb_per_second() * 3600.0;
        let units = Factor::of(by_connections.max(by_data));
        hours(bill, component, Driver::LoadBalancer, catalog, Some(price), units);
    }
}
