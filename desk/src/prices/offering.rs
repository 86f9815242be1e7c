//! One machine in one region, as its columns see it.
use super::column::Column;
use jiff::civil::Date;
use plimsoll::catalog::{Place, Provenance, Purchase, Shape};
use plimsoll::units::{Money, Share};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

/// One machine in one region.
#[derive(Clone, Debug)]
pub(super) struct Offering {
    pub(super) place: Place,
    pub(super) shape: Arc<Shape>,
    pub(super) basis: Basis,
}

/// Which of its prices are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// As published.
    List,
    /// As paid, with overlays and what the provider takes off by itself.
    Paid,
    /// As paid, of a machine that no list has.
    Unlisted,
}

/// A price with what makes it doubtful.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Listed {
    pub(super) hour: Money,
    pub(super) derived: bool,
    pub(super) stale: bool,
    /// By an overlay: negotiated, private, or imported from a newer list.
    pub(super) agreed: bool,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'o> {
    Words(Cow<'o, str>),
    Number(f64),
    Price(Listed),
    /// The machine has it, and no table says how much.
    Unknown,
    /// The machine has no such thing.
    None,
}

impl Value<'_> {
    /// The value as a number, for comparison.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(n) => Some(*n),
            Self::Price(listed) => Some(listed.hour.as_dollars()),
            Self::None => Some(0.0),
            Self::Words(_) | Self::Unknown => None,
        }
    }
    /// Words by the alphabet, numbers by size; what is unknown is equal to itself alone.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Words(a), Self::Words(b)) => a.cmp(b),
            _ => self.number().unwrap_or(0.0).total_cmp(&other.number().unwrap_or(0.0)),
        }
    }
}

/// On which day, and by which way to pay, a machine is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) basis: Purchase,
    pub(super) today: Date,
}

impl Offering {
    /// The price of an hour, listed or paid, with who says so.
    pub(super) fn offer(&self, purchase: Purchase) -> Option<(Money, &Provenance)> {
        let (_, price, said) = self.shape.offers.iter().find(|(way, ..)| *way == purchase)?;
        if self.basis == Basis::List {
            return Some((price.money(), said));
        }
        let private = self.shape.private.as_ref().filter(|_| purchase == Purchase::OnDemand);
        Some((self.shape.hourly(purchase)?, private.map_or(said, |(_, said)| said)))
    }
    /// The price of an hour as published; none of a machine that no list has.
    pub(super) fn list(&self, purchase: Purchase) -> Option<(Money, &Provenance)> {
        let offer = self.shape.offers.iter().find(|(way, ..)| *way == purchase);
        offer.filter(|_| self.basis != Basis::Unlisted).map(|(_, price, said)| (price.money(), said))
    }
    /// Whether an overlay says the price.
    pub(super) fn is_agreed(&self, purchase: Purchase) -> bool {
        let is_private = self.shape.private.is_some() && purchase == Purchase::OnDemand;
        let is_overlaid = |said: &Provenance| said.note.as_deref() == Some(Provenance::PRIVATE);
        let is_replaced = self.shape.offers.iter().any(|(way, _, said)| *way == purchase && is_overlaid(said));
        self.basis == Basis::Unlisted || is_private || is_replaced || self.shape.discount > Share::NONE
    }

    /// What stands in a column for this machine.
    pub(super) fn value(&self, column: Column, view: View) -> Value<'_> {
        let shape = &*self.shape;
        let words = |text| Value::Words(Cow::Borrowed(text));
        let known = |number: Option<f64>| number.map_or(Value::Unknown, Value::Number);
        match column {
            Column::Shape => words(&shape.name.0),
            Column::Provider => words(self.place.provider.name()),
            Column::Region => words(&self.place.region.0),
            Column::Family => words(&shape.family),
            Column::Category => words(&shape.category),
            Column::Arch => words(shape.architecture.name()),
            Column::Vcpu => Value::Number(shape.vcpus.as_vcpus()),
            Column::MemoryGib => Value::Number(shape.memory.as_gib()),
            // Bits and bytes: the quotient is exact to far more than the tables' digits.
            Column::NetworkGbps => known(shape.network.map(|n| rounded(n.as_gbit_per_second()))),
            Column::LocalDiskGb => shape.local_disk.map_or(Value::None, |disk| Value::Number(disk.capacity.as_gb())),
            Column::Iops => known(shape.remote_disk.map(|disk| disk.iops.as_per_second())),
            Column::Speed => Value::Number(shape.speed.factor.get()),
            Column::List => self.published(Purchase::OnDemand, view.today),
            Column::Price(purchase) => self.price(purchase, 1.0, view.today),
            Column::UsdPerVcpu => self.price(view.basis, shape.vcpus.as_vcpus(), view.today),
            Column::UsdPerGib => self.price(view.basis, shape.memory.as_gib(), view.today),
            Column::Complete => words(if shape.complete { "yes" } else { "no" }),
            Column::AsOf => self
                .offer(view.basis)
                .map_or(Value::Unknown, |(_, said)| Value::Words(Cow::Owned(said.as_of.to_string()))),
        }
    }

    /// The price of one of so many parts of the machine.
    fn price(&self, purchase: Purchase, parts: f64, today: Date) -> Value<'_> {
        match self.offer(purchase) {
            Some((hour, said)) if parts > 0.0 => Value::Price(Listed {
                hour: if parts == 1.0 { hour } else { Money::nearest(hour.as_dollars() / parts) },
                derived: said.derived,
                stale: said.is_stale(today),
                agreed: self.is_agreed(purchase),
            }),
            _ => Value::Unknown,
        }
    }
    /// The published price of a way to pay.
    pub(super) fn published(&self, purchase: Purchase, today: Date) -> Value<'_> {
        match self.list(purchase) {
            Some((hour, said)) => {
                Value::Price(Listed { hour, derived: said.derived, stale: said.is_stale(today), agreed: false })
            }
            None if self.basis == Basis::Unlisted => Value::None,
            None => Value::Unknown,
        }
    }
}

/// Six digits behind the point, which is more than the tables have.
fn rounded(n: f64) -> f64 {
    (n * 1e6).round() / 1e6
}

/// Machines for tests: a price of 0.05 for each processor, spot at 0.02, computed and old. Large ones have old prices on
/// demand, no price on spot, and nobody knows their network.
#[cfg(test)]
pub(super) mod sample {
    use super::{Basis, Offering, View};
    use jiff::civil::date;
    use plimsoll::catalog::{Architecture, Place, Provenance, Provider, Purchase, Region, Shape, ShapeName, Speed};
    use plimsoll::units::{Compute, Data, DataRate, Money, Price, Share};
    use std::sync::Arc;

    pub(in super::super) fn view() -> View {
        View { basis: Purchase::OnDemand, today: date(2026, 11, 23) }
    }

    pub(in super::super) fn offering(name: &str, vcpus: f64) -> Offering {
        let is_large = vcpus > 32.0;
        let said = |year: i16, derived| Provenance {
            table: "t".into(),
            source: "s".into(),
            as_of: date(year, 1, 2),
            derived,
            note: None,
        };
        let hour = |dollars: f64| Price::listed(Money::nearest(dollars * vcpus), "hour").expect("hours are billed");
        let mut offers = vec![(Purchase::OnDemand, hour(0.05), said(if is_large { 2024 } else { 2026 }, false))];
        if !is_large {
            offers.push((Purchase::Spot, hour(0.02), said(2025, true)));
        }
        let shape = Shape {
            name: ShapeName(name.into()),
            family: name.split('.').next().unwrap_or(name).into(),
            category: "general".into(),
            architecture: Architecture::Arm,
            vcpus: Compute::vcpus(vcpus),
            speed: Speed::assumed(),
            memory: Data::gib(vcpus * 4.0),
            power: None,
            burstable: false,
            accelerators: 0,
            network: (!is_large).then(|| DataRate::gbit_per_second(10.0)),
            remote_disk: None,
            local_disk: None,
            offers,
            sustained_use: None,
            taken_in_month: None,
            private: None,
            discount: Share::NONE,
            hardware_source: "s".into(),
            complete: !is_large,
        };
        let place = Place { provider: Provider::Aws, region: Region("us-east-1".into()) };
        Offering { place, shape: Arc::new(shape), basis: Basis::List }
    }
}
