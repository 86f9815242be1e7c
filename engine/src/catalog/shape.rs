//! One machine size on offer.
use super::{MachinePower, Provenance, Purchase, Quote, Speed};
use crate::units::{Compute, Data, DataRate, Money, Price, Rate, Span};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The provider's name for a machine size: `m7g.large`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeName(pub String);

impl fmt::Display for ShapeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The instruction set of its processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Architecture {
    /// Intel and AMD.
    X86,
    /// Arm.
    Arm,
}

impl Architecture {
    /// The name used in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::X86 => "x86_64",
            Self::Arm => "arm64",
        }
    }
}
impl FromStr for Architecture {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "x86_64" => Ok(Self::X86),
            "arm64" => Ok(Self::Arm),
            _ => Err(format!("`{text}` is not an architecture: x86_64 or arm64")),
        }
    }
}
impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a machine can move to and from network disks, sustained. Bursts are not capacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RemoteDisk {
    /// Bytes per second.
    pub throughput: DataRate,
    /// Operations per second.
    pub iops: Rate,
}

/// Disks inside the machine, lost with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalDisk {
    /// All of them together.
    pub capacity: Data,
    /// How many, where stated.
    pub disks: Option<u32>,
}

/// One machine size in one region, with its prices. What a table does not know is `None`, and then is not checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The provider's name for it.
    pub name: ShapeName,
    /// The part of the name that its sizes share.
    pub family: String,
    /// general, compute, memory, storage, accelerated, hpc.
    pub category: String,
    /// Instruction set.
    pub architecture: Architecture,
    /// Processors.
    pub vcpus: Compute,
    /// How fast one of them is.
    pub speed: Speed,
    /// What its processors draw and what making them emitted; none where no source tells.
    pub power: Option<Arc<MachinePower>>,
    /// Memory.
    pub memory: Data,
    /// Whether it runs on processor credits.
    pub burstable: bool,
    /// Graphics or other accelerators.
    pub accelerators: u32,
    /// Sustained network.
    pub network: Option<DataRate>,
    /// Limits towards network disks.
    pub remote_disk: Option<RemoteDisk>,
    /// Disks inside.
    pub local_disk: Option<LocalDisk>,
    /// Hourly price by way of paying; a way without a row cannot be bought.
    pub offers: Vec<(Purchase, Price<Span>, Provenance)>,
    /// On-demand price of a machine that runs all month, where the provider lowers it by itself.
    pub sustained_use: Option<Money>,
    /// The chance that a spot machine is taken away within a month, from and to, as the provider tells.
    pub taken_in_month: Option<(crate::units::Share, crate::units::Share)>,
    /// On-demand price agreed in private instead of the listed one, from an overlay.
    pub private: Option<(Money, Provenance)>,
    /// Negotiated discount on all offers, from an overlay.
    pub discount: crate::units::Share,
    /// Who says what the hardware is.
    pub hardware_source: String,
    /// Whether every fact that sizing needs is known.
    pub complete: bool,
}

impl Shape {
    /// The price of an hour, paid in this way; none where it is not on offer.
    pub fn quote(&self, purchase: Purchase) -> Option<Quote<Span>> {
        let (_, list, _) = self.offers.iter().find(|(p, ..)| *p == Purchase::OnDemand)?;
        let (_, _, published) = self.offers.iter().find(|(p, ..)| *p == purchase)?;
        let (contracted, provenance) = match &self.private {
            Some((price, provenance)) if purchase == Purchase::OnDemand => (*price, provenance),
            _ => (list.money(), published),
        };
        Some(Quote {
            sku: self.name.0.clone(),
            list: *list,
            contracted: list.at(contracted.part(self.discount.rest())),
            effective: list.at(self.hourly(purchase)?),
            provenance: provenance.clone(),
        })
    }
    /// The price of an hour of a machine that does not run all month: without the discount for those that do.
    pub fn quote_by_the_hour(&self, purchase: Purchase) -> Option<Quote<Span>> {
        let quote = self.quote(purchase)?;
        let effective = if purchase == Purchase::OnDemand { quote.contracted } else { quote.effective };
        Some(Quote { effective, ..quote })
    }
    /// What an hour of a machine that runs all month ends up costing, paid in this way.
    pub fn hourly(&self, purchase: Purchase) -> Option<Money> {
        let (_, paid, _) = self.offers.iter().find(|(p, ..)| *p == purchase)?;
        let paid = match (purchase, &self.private, self.sustained_use) {
            (Purchase::OnDemand, Some((price, _)), _) => *price,
            (Purchase::OnDemand, None, Some(lower)) => lower,
            _ => paid.money(),
        };
        Some(paid.part(self.discount.rest()))
    }
    /// Processors as a whole number, at least one: a shared core serves one request at a time.
    pub fn servers(&self) -> u32 {
        (self.vcpus.as_vcpus().floor() as u32).max(1)
    }
}

impl Shape {
    /// A machine of which only this is known, to be bought on demand by the hour: for catalogs written in code.
    ///
    /// Its family is its name up to the first dot. It is of the instruction set x86 and of the category `general`, and it
    /// has the speed of the reference core, [`Basis::Assumed`](super::Basis::Assumed). Network, disks and their limits
    /// are unknown: a workload that needs them is not checked against them, and the plan says so.
    pub fn plain(name: &str, vcpus: Compute, memory: Data, hour: Money, provenance: Provenance) -> Self {
        let hourly = Price::listed(hour, "hour").expect("machines are billed by the hour");
        Self {
            name: ShapeName(name.into()),
            family: name.split('.').next().unwrap_or(name).into(),
            category: "general".into(),
            architecture: Architecture::X86,
            vcpus,
            speed: Speed::assumed(),
            power: None,
            memory,
            burstable: false,
            accelerators: 0,
            network: None,
            remote_disk: None,
            local_disk: None,
            hardware_source: provenance.source.to_string(),
            offers: vec![(Purchase::OnDemand, hourly, provenance)],
            sustained_use: None,
            taken_in_month: None,
            private: None,
            discount: crate::units::Share::NONE,
            complete: false,
        }
    }
}
