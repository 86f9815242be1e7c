//! Lists beside the shipped catalogs: which prices are the same, which moved, and which machines nobody knows.
use super::aside::Aside;
use super::format::Format;
use super::list::{Item, Offer, PriceList};
use super::part_prices;
use jiff::civil::Date;
use plimsoll::catalog::{Catalog, Place, Provider, Purchase, Shape};
use plimsoll::units::{Factor, Money};
use std::collections::{BTreeMap, BTreeSet};

/// The tables keep six digits behind the point: what differs by less is the same price, rounded.
const ROUNDING: Money = Money::picos(1_000_000);

/// A price that is not the shipped one.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// The machine.
    pub sku: String,
    /// The way of paying.
    pub purchase: Purchase,
    /// An hour as the shipped tables list it, and the day that this is of; none where they have no such price.
    pub shipped: Option<(Money, Date)>,
    /// An hour as the new list has it.
    pub list: Money,
    /// What an hour of a machine that runs all month ends up costing: less than `list` where the provider lowers the
    /// price by itself. This is what the overlay says, because its prices are final.
    pub paid: Money,
}

impl Change {
    /// How much more than the shipped price, as a part of it; none without one.
    pub fn part(&self) -> Option<f64> {
        self.list.ratio(self.shipped?.0).map(|ratio| ratio - 1.0)
    }
}

/// What lists say that the shipped tables do not.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The kind of the lists.
    pub format: Format,
    /// The files with the day of their publication.
    pub files: Vec<(String, Option<Date>)>,
    /// Rows read. Always the rows taken and the rows set aside together.
    pub rows: u64,
    /// Rows whose price was taken. For AWS and Azure each is one machine; for Google Cloud it prices a family.
    pub taken: u64,
    /// Rows that were not, by reason.
    pub set_aside: BTreeMap<Aside, u64>,
    /// Machines whose price is the shipped one.
    pub same: u64,
    /// Machines whose price is not, by place and name.
    pub changed: Vec<Change>,
    /// Machines that the shipped tables lack, in regions that they have.
    pub new: BTreeSet<(Place, String)>,
    /// Machines of Google Cloud whose family is priced by the lists, and that cost more than vCPUs and memory.
    pub not_combined: u64,
    /// Whether each of the files says that it goes on in another one: the last page is missing.
    pub goes_on: bool,
}

impl Format {
    /// Whose lists these are.
    pub const fn provider(self) -> Provider {
        match self {
            Self::AwsEc2 | Self::AwsSavingsPlans => Provider::Aws,
            Self::AzureRetail => Provider::Azure,
            Self::GcpCatalog => Provider::Gcp,
        }
    }
}

/// The price of an item in a region, with the row that it is from.
pub(super) type Chosen<'l> = BTreeMap<(usize, &'l Item), (usize, &'l Offer)>;

/// Compares lists of one format with the shipped catalogs of its provider. Only `regions`, if any are named.
pub fn compare(format: Format, lists: &[PriceList], catalogs: &[Catalog], regions: &[String]) -> Comparison {
    let mut set_aside = BTreeMap::new();
    for (reason, rows) in lists.iter().flat_map(|list| &list.set_aside) {
        *set_aside.entry(*reason).or_default() += rows;
    }
    let offers: Vec<&Offer> = lists.iter().flat_map(|list| &list.offers).collect();
    let mut rows = Rows { fates: vec![Fate::Aside(Aside::NotAsked); offers.len()] };
    let chosen = choose(&offers, catalogs, regions, &mut rows);
    let mut comparison = Comparison {
        format,
        files: lists.iter().map(|list| (list.file.clone(), list.published)).collect(),
        rows: lists.iter().map(|list| list.rows).sum(),
        taken: 0,
        set_aside,
        same: 0,
        changed: Vec::new(),
        new: BTreeSet::new(),
        not_combined: 0,
        goes_on: !lists.is_empty() && lists.iter().all(|list| list.goes_on),
    };
    for ((at, item), (row, offer)) in &chosen {
        let (sku, purchase) = match item {
            Item::Machine(sku) => (sku, Purchase::OnDemand),
            Item::Committed(sku, purchase) => (sku, *purchase),
            Item::Processor(_) | Item::Memory(_) => continue,
        };
        let catalog = &catalogs[*at];
        if let Some(shape) = catalog.shape(sku) {
            rows.take(*row);
            comparison.priced(&catalog.place, shape, purchase, offer.hour);
        } else {
            rows.aside(*row, Aside::NoHardware);
            comparison.new.insert((catalog.place.clone(), sku.clone()));
        }
    }
    part_prices::combine(&chosen, catalogs, &mut rows, &mut comparison);
    for fate in rows.fates {
        match fate {
            Fate::Taken => comparison.taken += 1,
            Fate::Aside(reason) => *comparison.set_aside.entry(reason).or_default() += 1,
        }
    }
    comparison.changed.sort_by(|a, b| (&a.place, &a.sku, a.purchase).cmp(&(&b.place, &b.sku, b.purchase)));
    comparison
}

impl Comparison {
    /// One machine has this price in the lists.
    pub(super) fn priced(&mut self, place: &Place, shape: &Shape, purchase: Purchase, list: Money) {
        let shipped = shape.offers.iter().find(|(way, ..)| *way == purchase);
        let shipped = shipped.map(|(_, price, said)| (price.money(), said.as_of));
        let is_same = |(shipped, _): (Money, Date)| (list.as_picos() - shipped.as_picos()).abs() < ROUNDING.as_picos();
        if shipped.is_some_and(is_same) {
            self.same += 1;
            return;
        }
        let lowered = shape.sustained_use.filter(|_| purchase == Purchase::OnDemand);
        let lowered = lowered.and_then(|lower| lower.ratio(shipped?.0));
        let paid = lowered.map_or(list, |part| list.times(Factor::of(part)));
        let paid = Money::picos(rounded(paid.as_picos()));
        self.changed.push(Change { place: place.clone(), sku: shape.name.0.clone(), purchase, shipped, list, paid });
    }
    /// How many of the prices that differ are older than the shipped ones: the newest list is of a day before them.
    pub fn older(&self) -> u64 {
        let is_older =
            |change: &&Change| self.published().zip(change.shipped).is_some_and(|(day, (_, shipped))| day < shipped);
        self.changed.iter().filter(is_older).count() as u64
    }
    /// The newest day of publication.
    pub fn published(&self) -> Option<Date> {
        self.files.iter().filter_map(|(_, day)| *day).max()
    }
}

/// Ten digits behind the point, which is what lists have: a quotient has more, and they say nothing.
const fn rounded(picos: i128) -> i128 {
    (picos + 50) / 100 * 100
}

/// What became of each row that passed.
pub(super) struct Rows {
    fates: Vec<Fate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Aside(Aside),
    Taken,
}

impl Rows {
    /// Once taken, a row stays taken, whatever another region says.
    pub(super) fn take(&mut self, row: usize) {
        self.fates[row] = Fate::Taken;
    }
    pub(super) fn aside(&mut self, row: usize, reason: Aside) {
        self.fates[row] = self.fates[row].max(Fate::Aside(reason));
    }
}

/// For each item in each region its newest price.
fn choose<'l>(offers: &[&'l Offer], catalogs: &[Catalog], regions: &[String], rows: &mut Rows) -> Chosen<'l> {
    let mut chosen: Chosen<'l> = BTreeMap::new();
    let mut disputed = BTreeSet::new();
    for (row, offer) in offers.iter().enumerate() {
        for region in &offer.regions {
            if !regions.is_empty() && !regions.contains(region) {
                continue;
            }
            let Some(at) = catalogs.iter().position(|catalog| catalog.place.region.0 == *region) else {
                rows.aside(row, Aside::NoTables);
                continue;
            };
            let key = (at, &offer.item);
            let Some((other_row, other)) = chosen.get(&key).copied() else {
                chosen.insert(key, (row, offer));
                continue;
            };
            if other.since < offer.since {
                disputed.remove(&key);
                rows.aside(other_row, Aside::Older);
                chosen.insert(key, (row, offer));
            } else if other.since > offer.since {
                rows.aside(row, Aside::Older);
            } else if other.hour == offer.hour {
                rows.aside(row, Aside::Repeated);
            } else {
                rows.aside(row, Aside::Contradicted);
                disputed.insert(key);
            }
        }
    }
    // Nobody can tell which of them holds; the shipped price stays.
    for key in disputed {
        if let Some((row, _)) = chosen.remove(&key) {
            rows.aside(row, Aside::Contradicted);
        }
    }
    chosen
}
