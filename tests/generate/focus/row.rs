//! A row of the bill, all of it drawn from the seed and its place.
//!
//! Rows stand in order of the hour in which their use began. The first rows of each hour are those of the savings plans,
//! [`BLOCK`] for each plan; the others are drawn. Everything is in whole units: money and prices of 10^-10, quantities of
//! 10^-6, so that a cost is exactly its price times its quantity.
use super::calendar::Calendar;
use super::estate::{Estate, NO_REGION, REGIONS, Resource};
use super::menu::{Curve, Menu, Sku};
use crate::draws::Draws;

/// The rows of a savings plan in each hour: its purchase, the machines it covers, and what was left unused.
const BLOCK: u64 = COVERED + 2;
const COVERED: u64 = 4;
/// The part of list prices that a savings plan costs, and a spot machine, in hundredths.
const PLAN_PART: i64 = 72;
const SPOT_PART: i64 = 35;
const CONTRACT_PART: i64 = 93;
/// How much a spike uses of what would have been used.
pub(crate) const SPIKE: i64 = 8;
/// In how many rows of a hundred a resource that lives for hours is used.
const GUESTS: u64 = 50;

/// What a row charges for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Usage,
    Spot,
    /// Use that a savings plan covers.
    Covered,
    /// What of a savings plan was not used.
    Unused,
    Purchase,
    Credit,
    Tax,
    /// Use of the month before that was charged too much.
    Correction,
}

/// The four costs, in units of 10^-10.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Costs {
    pub(crate) billed: i64,
    pub(crate) effective: i64,
    pub(crate) list: i64,
    pub(crate) contracted: i64,
}

/// A row.
pub(crate) struct Row {
    pub(crate) kind: Kind,
    /// The first hour and the one after the last.
    pub(crate) hours: (u64, u64),
    /// The months of the charge and of the invoice.
    pub(crate) month: usize,
    pub(crate) invoice: usize,
    pub(crate) resource: Resource,
    pub(crate) service: usize,
    pub(crate) sku: usize,
    /// The savings plan it belongs to.
    pub(crate) plan: Option<u64>,
    /// List and contracted, in units of 10^-10.
    pub(crate) prices: (i64, i64),
    /// In units of 10^-6.
    pub(crate) quantity: i64,
    pub(crate) costs: Costs,
    /// The planted spike it belongs to.
    pub(crate) spike: Option<usize>,
    /// Its own bits, for how it is written.
    pub(crate) draws: Draws,
}

/// A service of a region that used much more for a day.
pub(crate) struct Spike {
    pub(crate) service: usize,
    pub(crate) region: usize,
    pub(crate) hours: (u64, u64),
}

/// All that rows are drawn from.
pub(crate) struct Bill {
    pub(crate) seed: u64,
    pub(crate) rows: u64,
    pub(crate) menu: Menu,
    pub(crate) estate: Estate,
    pub(crate) calendar: Calendar,
    pub(crate) spikes: Vec<Spike>,
    pub(crate) plans: u64,
}

impl Bill {
    pub(crate) fn new(seed: u64, rows: u64, calendar: Calendar) -> Self {
        let menu = Menu::read();
        let days = calendar.hours / 24;
        // Services and regions with much use, so that the spike is seen in their daily sums.
        let spike = |(service, region, part): (&str, usize, u64)| {
            let service = menu.services.iter().position(|s| s.name == service).expect("services of the table");
            let day = days * part / 8;
            Spike { service, region, hours: (day * 24, (day + 1) * 24) }
        };
        let spikes = [
            ("AWS Lambda", 0, 2),
            ("Amazon Simple Storage Service", 1, 3),
            ("AWS Fargate", 2, 5),
            ("Amazon CloudWatch", 0, 6),
        ];
        let each_hour = rows / calendar.hours;
        let plans = if each_hour >= 8 { (each_hour / 50).clamp(1, 12) } else { 0 };
        let spikes = spikes.map(spike).into();
        Self { seed, rows, estate: Estate::new(seed, rows), menu, calendar, spikes, plans }
    }

    /// The row at a place.
    pub(crate) fn row(&self, place: u64) -> Row {
        let hour = place * self.calendar.hours / self.rows;
        let first = (hour * self.rows).div_ceil(self.calendar.hours);
        let within = place - first;
        let mut draws = Draws::of(self.seed, "row", place);
        if within < self.plans * BLOCK {
            return self.plan_row(hour, within / BLOCK, within % BLOCK, draws);
        }
        let month = self.calendar.month(hour);
        let kind = match draws.below(100_000) {
            0..40 => Kind::Tax,
            40..140 => Kind::Credit,
            140..260 if month > 0 => Kind::Correction,
            _ => Kind::Usage,
        };
        let resource = self.pick(hour, &mut draws);
        let sku = self.pick_sku(&resource, hour, &mut draws);
        self.charge(kind, hour, month, resource, sku, draws)
    }

    fn pick(&self, hour: u64, draws: &mut Draws) -> Resource {
        if draws.below(100) >= GUESTS {
            return self.estate.resident(&self.menu, draws.head(self.estate.residents));
        }
        // The guests of a quarter of a day, each seen a few times.
        let pool = self.rows * 6 / self.calendar.hours + 1;
        self.estate.guest(&self.menu, hour / 6 * pool + draws.below(pool))
    }

    fn pick_sku(&self, resource: &Resource, hour: u64, draws: &mut Draws) -> usize {
        let service = &self.menu.services[resource.service];
        let choice = |of: &[usize], bits: u64| of[(bits % of.len() as u64) as usize];
        let drawn = choice(&service.skus, draws.bits() >> 32);
        let is_hourly = self.menu.skus[drawn].unit == "Hrs";
        // A machine stays what it is.
        let sku = if is_hourly { choice(&service.hourly, resource.bits >> 8) } else { drawn };
        if hour < self.menu.skus[sku].from_day * 24 { sku - 1 } else { sku }
    }

    fn charge(&self, kind: Kind, hour: u64, month: usize, resource: Resource, at: usize, mut draws: Draws) -> Row {
        let sku = &self.menu.skus[at];
        let is_spot = kind == Kind::Usage && sku.unit == "Hrs" && sku.service == 0 && draws.below(5) == 0;
        let kind = if is_spot { Kind::Spot } else { kind };
        let spike = self.spikes.iter().position(|spike| {
            kind == Kind::Usage
                && (spike.service, spike.region) == (resource.service, resource.region)
                && (spike.hours.0..spike.hours.1).contains(&hour)
        });
        let list = price(sku, resource.region);
        let contracted = match kind {
            Kind::Spot => list / 100 * SPOT_PART,
            _ if self.estate.accounts[resource.account].has_contract => list / 100 * CONTRACT_PART,
            _ => list,
        };
        let used = used(sku, &resource, hour, &mut draws) * spike.map_or(1, |_| SPIKE);
        let quantity = if kind == Kind::Correction { -used } else { used };
        let costs = match kind {
            Kind::Tax => Costs::all(draws.between(1, 90_000) * 1_000_000),
            Kind::Credit => Costs::all(draws.between(1, 20_000) * -1_000_000),
            _ => {
                let contracted = cost(sku, contracted, quantity);
                Costs { billed: contracted, effective: contracted, list: cost(sku, list, quantity), contracted }
            }
        };
        let mut row = Row {
            kind,
            hours: (hour, hour + 1),
            month,
            invoice: month,
            resource,
            service: resource.service,
            sku: at,
            plan: None,
            prices: (list, contracted),
            quantity,
            costs,
            spike,
            draws,
        };
        if kind == Kind::Tax {
            row.hours = self.calendar.months[month].hours;
        } else if kind == Kind::Correction {
            let (first, after) = self.calendar.months[month - 1].hours;
            let hour = first + row.draws.below(after - first);
            row.hours = (hour, hour + 1);
            row.month = month - 1;
        }
        row
    }

    fn plan_row(&self, hour: u64, plan: u64, part: u64, draws: Draws) -> Row {
        let mut of_plan = Draws::of(self.seed, "plan", plan);
        let at = 1 + of_plan.below(6) as usize;
        let sku = &self.menu.skus[at];
        let mut resource = self.estate.resident(&self.menu, of_plan.below(self.estate.residents));
        resource.region = of_plan.head(REGIONS.len() as u64) as usize;
        resource.service = sku.service;
        let on_demand = price(sku, resource.region);
        let rate = on_demand / 100 * PLAN_PART;
        // Machines' hours in units of 10^-6: so many for each covered row when the plan is used to the full.
        let each = of_plan.between(4, 30) * 1_000_000;
        let used = |part: u64| {
            let (weekday, clock) = Calendar::clock(hour);
            let mut draws = Draws::of(self.seed, "covered", (hour * self.plans + plan) * COVERED + part);
            let share = (Curve::Day.share(weekday, clock) + 350).min(1000) * draws.between(950, 1010) / 1000;
            each / 100 * share.min(1000) / 1000 * 100
        };
        let whole = each * COVERED as i64;
        let (kind, quantity) = match part {
            0 => (Kind::Purchase, whole),
            part if part == BLOCK - 1 => (Kind::Unused, whole - (1..=COVERED).map(used).sum::<i64>()),
            part => (Kind::Covered, used(part)),
        };
        let committed = cost(sku, rate, quantity);
        let account = &self.estate.accounts[resource.account];
        let contracted = if account.has_contract { on_demand / 100 * CONTRACT_PART } else { on_demand };
        let (prices, costs) = match kind {
            Kind::Purchase => ((rate, rate), Costs { effective: 0, ..Costs::all(committed) }),
            Kind::Unused => ((rate, rate), Costs { billed: 0, ..Costs::all(committed) }),
            _ => {
                let [list, contracted_cost] = [on_demand, contracted].map(|price| cost(sku, price, quantity));
                let costs = Costs { billed: 0, effective: committed, list, contracted: contracted_cost };
                ((on_demand, contracted), costs)
            }
        };
        let month = self.calendar.month(hour);
        if kind == Kind::Covered {
            resource.bits = Draws::of(self.seed, "fleet", plan * COVERED + part).bits();
            resource.zone = Some((part % 3) as u8);
            resource.number = part;
        } else {
            resource.region = NO_REGION;
            resource.zone = None;
            resource.tags = None;
        }
        resource.lives_long = true;
        let is_machine = kind == Kind::Covered;
        Row {
            kind,
            hours: (hour, hour + 1),
            month,
            invoice: month,
            resource,
            service: if is_machine { sku.service } else { self.menu.plans() },
            sku: if is_machine { at } else { self.menu.skus.len() - 1 },
            plan: Some(plan),
            prices,
            quantity,
            costs,
            spike: None,
            draws,
        }
    }
}

impl Costs {
    fn all(cost: i64) -> Self {
        Self { billed: cost, effective: cost, list: cost, contracted: cost }
    }
}

/// The list price in a region: whole units of 10^-4, or of 10^-8 if the price is fine.
pub(crate) fn price(sku: &Sku, region: usize) -> i64 {
    let unit = if sku.is_fine { 100 } else { 1_000_000 };
    let part = REGIONS.get(region).map_or(100, |region| region.2);
    sku.price / unit * part / 100 * unit
}

/// A price times a quantity, exactly.
fn cost(sku: &Sku, price: i64, quantity: i64) -> i64 {
    if sku.is_fine {
        debug_assert_eq!(quantity % 1_000_000, 0, "whole");
        price * (quantity / 1_000_000)
    } else {
        debug_assert_eq!((price % 10_000, quantity % 100), (0, 0), "six places and four");
        (price / 10_000) * (quantity / 100)
    }
}

/// What a resource uses of a SKU in an hour, in units of 10^-6; never nothing.
fn used(sku: &Sku, resource: &Resource, hour: u64, draws: &mut Draws) -> i64 {
    let (weekday, clock) = Calendar::clock(hour);
    let share = sku.curve.share(weekday, clock) * draws.between(900, 1100) / 1000;
    let unit = if sku.is_fine { 1_000_000 } else { 100 };
    let used = if sku.unit == "Hrs" {
        // An hour has no more than an hour.
        sku.quantity * share.min(1000) / 1000
    } else {
        sku.quantity * resource.size / 1000 * share / 1000
    };
    (used / unit).max(1) * unit
}
