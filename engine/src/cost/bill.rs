//! A month's bill.
use crate::catalog::{Provenance, Quote, Tier, Tiered};
use crate::units::{Amount, Billable, Factor, Money};
use crate::workload::ComponentName;
use std::fmt;

/// What a line is charged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Driver {
    /// Machines.
    Compute,
    /// Managed databases.
    ManagedService,
    /// Room on network disks.
    DiskCapacity,
    /// Disk operations beyond the included.
    DiskIops,
    /// Disk throughput beyond the included.
    DiskThroughput,
    /// Snapshots.
    Backup,
    /// Objects kept.
    ObjectStorage,
    /// Requests to storage or delivery.
    Requests,
    /// Objects read back.
    Retrieval,
    /// Data between zones.
    CrossZone,
    /// Data to other regions.
    CrossRegion,
    /// Address translation.
    Nat,
    /// Data to the internet.
    InternetEgress,
    /// Data from the delivery network.
    Cdn,
    /// Load balancers.
    LoadBalancer,
    /// Public addresses.
    PublicIpv4,
}

impl Driver {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Compute,
        Self::ManagedService,
        Self::DiskCapacity,
        Self::DiskIops,
        Self::DiskThroughput,
        Self::Backup,
        Self::ObjectStorage,
        Self::Requests,
        Self::Retrieval,
        Self::CrossZone,
        Self::CrossRegion,
        Self::Nat,
        Self::InternetEgress,
        Self::Cdn,
        Self::LoadBalancer,
        Self::PublicIpv4,
    ];
    /// The one with this name in answers.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|driver| driver.name() == name)
    }
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::ManagedService => "managed_service",
            Self::DiskCapacity => "disk_capacity",
            Self::DiskIops => "disk_iops",
            Self::DiskThroughput => "disk_throughput",
            Self::Backup => "backup",
            Self::ObjectStorage => "object_storage",
            Self::Requests => "requests",
            Self::Retrieval => "retrieval",
            Self::CrossZone => "cross_zone",
            Self::CrossRegion => "cross_region",
            Self::Nat => "nat",
            Self::InternetEgress => "internet_egress",
            Self::Cdn => "cdn",
            Self::LoadBalancer => "load_balancer",
            Self::PublicIpv4 => "public_ipv4",
        }
    }
    /// The name used in sentences and tables for people.
    pub fn phrase(self) -> String {
        match self {
            Self::DiskIops => "disk IOPS".into(),
            Self::Nat => "NAT".into(),
            Self::Cdn => "CDN".into(),
            Self::PublicIpv4 => "public IPv4".into(),
            other => other.name().replace('_', " "),
        }
    }
    /// Whether it pays for keeping data.
    pub const fn is_storage(self) -> bool {
        matches!(self, Self::DiskCapacity | Self::DiskIops | Self::DiskThroughput | Self::Backup | Self::ObjectStorage)
    }
}
impl fmt::Display for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One line: quantity times unit price.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Whose.
    pub component: ComponentName,
    /// For what.
    pub driver: Driver,
    /// The provider's name for what is charged.
    pub sku: String,
    /// How much, in `unit`.
    pub quantity: Amount,
    /// The unit of quantity and prices, as listed.
    pub unit: &'static str,
    /// As published, for one unit.
    pub list: Money,
    /// After negotiated discounts, for one unit.
    pub contracted: Money,
    /// As paid, for one unit.
    pub effective: Money,
    /// Quantity times the effective price, exact.
    pub amount: Money,
    /// `over 10,240 GB`, `free allowance`, or the way of paying, where it matters.
    pub tier: Option<String>,
    /// Who says what it costs.
    pub provenance: Provenance,
}

impl Line {
    /// So much of something at a quoted price; nothing for a quantity of zero.
    pub fn of<Q: Billable>(component: &ComponentName, driver: Driver, quote: &Quote<Q>, quantity: Q) -> Option<Self> {
        Self::of_units(component, driver, quote, quote.list.units_in(quantity))
    }
    /// The same, with the quantity in the quote's own unit.
    pub fn of_units<Q: Billable>(
        component: &ComponentName,
        driver: Driver,
        quote: &Quote<Q>,
        quantity: Amount,
    ) -> Option<Self> {
        (quantity > Amount::ZERO).then(|| Self {
            component: component.clone(),
            driver,
            sku: quote.sku.clone(),
            quantity,
            unit: quote.list.unit(),
            list: quote.list.money(),
            contracted: quote.contracted.money(),
            effective: quote.effective.money(),
            amount: quote.effective.money() * quantity,
            tier: None,
            provenance: quote.provenance.clone(),
        })
    }
    /// The same line with a word about its tier.
    pub fn in_tier(self, tier: Option<String>) -> Self {
        Self { tier, ..self }
    }
    /// What it would cost as published.
    pub fn list_amount(&self) -> Money {
        self.list * self.quantity
    }
    /// What it would cost with negotiated discounts alone.
    pub fn contracted_amount(&self) -> Money {
        self.contracted * self.quantity
    }
}

/// A charge that applies, of which the price is not known. It is in no total.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Whose.
    pub component: ComponentName,
    /// For what.
    pub driver: Driver,
    /// How much, for people.
    pub quantity: String,
    /// Why it is not known, and what would make it known.
    pub why: String,
}

/// A month's lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bill {
    /// What is charged.
    pub lines: Vec<Line>,
    /// What is charged at a price nobody here knows.
    pub unknown: Vec<Unknown>,
}

impl Bill {
    /// The exact sum of the lines.
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }
    /// The sum at published prices.
    pub fn list_total(&self) -> Money {
        self.lines.iter().map(Line::list_amount).sum()
    }
    /// The sum at negotiated prices.
    pub fn contracted_total(&self) -> Money {
        self.lines.iter().map(Line::contracted_amount).sum()
    }
    /// The sum of one driver.
    pub fn of(&self, driver: Driver) -> Money {
        self.lines.iter().filter(|l| l.driver == driver).map(|l| l.amount).sum()
    }
    /// Adds a line, if there is one.
    pub fn add(&mut self, line: Option<Line>) {
        self.lines.extend(line);
    }
    /// Adds lines for a quantity over tiers.
    pub fn add_tiers<Q: Billable>(
        &mut self,
        component: &ComponentName,
        driver: Driver,
        price: &Tiered<Q>,
        units: Amount,
    ) {
        let split = price.split(units);
        for (tier, part) in split.priced {
            let line = Line::of_units(component, driver, &tier.quote, part);
            self.add(line.map(|l| l.in_tier(tier_name(price, tier))));
        }
        if split.unpriced > Amount::ZERO {
            self.unknown.push(Unknown {
                component: component.clone(),
                driver,
                quantity: format!("{} {}", split.unpriced, price.unit()),
                why: format!("the price list of {} ends below that", price.first().sku),
            });
        }
    }
}

/// `first 10,240 GB`, `over 51,200 GB`; none where there is one tier.
pub(super) fn tier_name<Q: Billable>(price: &Tiered<Q>, tier: &Tier<Q>) -> Option<String> {
    let unit = price.unit();
    (price.tiers().len() > 1).then(|| match tier.to {
        Some(to) if tier.from == Amount::ZERO => format!("first {to} {unit}"),
        _ => format!("over {} {unit}", tier.from),
    })
}

/// A part of an amount, to the nearest billionth of a unit.
pub(super) fn part(amount: Amount, of: Factor) -> Amount {
    Amount::nearest(amount.nanos() as f64 / 1e9 * of.get())
}
