//! The answer key: what the rows sum to, counted while they are written.
use super::estate::{NO_REGION, REGIONS};
use super::options::Options;
use super::row::{Bill, Costs, Kind, Row, SPIKE};
use crate::digits::shortest;
use serde_json::{Map, Value, json};

/// Places of money.
const PLACES: u32 = 10;
const COSTS: [&str; 4] = ["billed", "effective", "list", "contracted"];

/// Counts and sums, of all rows or of a part of them.
#[derive(Clone)]
pub(crate) struct Key {
    rows: u64,
    by_kind: [Tally; 8],
    /// By service, region and month of the charge; see `group`.
    groups: Vec<Tally>,
    months: usize,
    /// Rows whose billed cost cannot be read; they are in no other sum.
    unreadable: Tally,
    spikes: Vec<Tally>,
    /// Effective costs of covered use and of what was left unused, and billed costs of purchases.
    commitments: [i128; 3],
}

type Sums = [i128; 4];

#[derive(Clone, Copy, Default)]
struct Tally {
    rows: u64,
    sums: Sums,
}

impl Tally {
    fn add(&mut self, costs: Costs) {
        self.rows += 1;
        let costs = [costs.billed, costs.effective, costs.list, costs.contracted];
        self.sums.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += i128::from(cost));
    }
    fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.sums.iter_mut().zip(other.sums).for_each(|(sum, more)| *sum += more);
    }
    fn json(&self) -> Map<String, Value> {
        let sums = COSTS.iter().zip(self.sums).map(|(name, sum)| ((*name).into(), shortest(sum, PLACES).into()));
        std::iter::once(("rows".into(), self.rows.into())).chain(sums).collect()
    }
}

impl Key {
    pub(crate) fn new(bill: &Bill) -> Self {
        let months = bill.calendar.months.len();
        Self {
            rows: 0,
            by_kind: Default::default(),
            groups: vec![Tally::default(); bill.menu.services.len() * (NO_REGION + 1) * months],
            months,
            unreadable: Tally::default(),
            spikes: vec![Tally::default(); bill.spikes.len()],
            commitments: [0; 3],
        }
    }

    /// Counts a row.
    pub(crate) fn add(&mut self, row: &Row, is_readable: bool) {
        self.rows += 1;
        if !is_readable {
            self.unreadable.add(row.costs);
            return;
        }
        let region = if row.kind == Kind::Tax { NO_REGION } else { row.resource.region };
        let group = (row.service * (NO_REGION + 1) + region) * self.months + row.month;
        self.groups[group].add(row.costs);
        self.by_kind[row.kind as usize].add(row.costs);
        if let Some(spike) = row.spike {
            self.spikes[spike].add(row.costs);
        }
        match row.kind {
            Kind::Covered => self.commitments[0] += i128::from(row.costs.effective),
            Kind::Unused => self.commitments[1] += i128::from(row.costs.effective),
            Kind::Purchase => self.commitments[2] += i128::from(row.costs.billed),
            _ => {}
        }
    }

    /// Counts what another part counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.unreadable.merge(&other.unreadable);
        let merge = |ours: &mut [Tally], theirs: &[Tally]| ours.iter_mut().zip(theirs).for_each(|(a, b)| a.merge(b));
        merge(&mut self.by_kind, &other.by_kind);
        merge(&mut self.groups, &other.groups);
        merge(&mut self.spikes, &other.spikes);
        self.commitments.iter_mut().zip(other.commitments).for_each(|(sum, more)| *sum += more);
    }

    /// The key as JSON: every sum is the text of an exact decimal.
    pub(crate) fn json(&self, bill: &Bill, options: &Options) -> Value {
        let mut total = Tally::default();
        self.by_kind.iter().for_each(|tally| total.merge(tally));
        let kinds = ["usage", "spot", "covered", "unused", "purchase", "credit", "tax", "correction"];
        let by_kind: Map<_, _> =
            kinds.iter().zip(&self.by_kind).map(|(name, tally)| ((*name).into(), tally.json().into())).collect();
        let [used, unused, purchased] = self.commitments.map(|sum| shortest(sum, PLACES));
        json!({
            "rows": self.rows,
            "seed": options.seed,
            "days": options.days,
            "currency": "USD",
            "total": total.json(),
            "unreadable": self.unreadable.json(),
            "by_kind": by_kind,
            "commitments": { "used": used, "unused": unused, "purchased": purchased },
            "spikes": self.spikes(bill),
            "new_sku": new_skus(bill),
            "by_service_region_month": self.groups(bill),
        })
    }

    fn spikes(&self, bill: &Bill) -> Vec<Value> {
        let spikes = bill.spikes.iter().zip(&self.spikes).map(|(spike, tally)| {
            // Each row is exactly so many times what it would have been.
            let usual = shortest(tally.sums[0] / i128::from(SPIKE), PLACES);
            let moment = |hour| String::from_utf8_lossy(bill.calendar.moment(hour)).trim_matches('"').to_owned();
            let mut value = Map::new();
            value.insert("service".into(), bill.menu.services[spike.service].name.into());
            value.insert("region".into(), REGIONS[spike.region].0.into());
            value.insert("start".into(), moment(spike.hours.0).into());
            value.insert("end".into(), moment(spike.hours.1).into());
            value.insert("factor".into(), SPIKE.into());
            value.extend(tally.json());
            value.insert("billed_without".into(), usual.into());
            Value::Object(value)
        });
        spikes.collect()
    }

    fn groups(&self, bill: &Bill) -> Vec<Value> {
        let groups = self.groups.iter().enumerate().filter(|(_, tally)| tally.rows > 0).map(|(at, tally)| {
            let (place, month) = (at / self.months, at % self.months);
            let (service, region) = (place / (NO_REGION + 1), place % (NO_REGION + 1));
            let mut value = Map::new();
            value.insert("service".into(), bill.menu.services[service].name.into());
            value.insert("region".into(), REGIONS.get(region).map_or(Value::Null, |region| region.0.into()));
            value.insert("month".into(), bill.calendar.months[month].name.as_str().into());
            value.extend(tally.json());
            Value::Object(value)
        });
        groups.collect()
    }
}

/// What is first sold after the bill begins.
fn new_skus(bill: &Bill) -> Vec<Value> {
    let late = bill.menu.skus.iter().filter(|sku| sku.from_day > 0);
    late.map(
        |sku| json!({ "service": bill.menu.services[sku.service].name, "what": sku.what, "from_day": sku.from_day }),
    )
    .collect()
}
