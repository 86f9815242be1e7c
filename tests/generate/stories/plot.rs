//! What happened in the quarter: which things were used, and why March cost more than February. All made up.
//!
//! Each planted reason has a service of its own, so that its amount is exact however a change is taken apart. The price
//! rise and the shift of the mix keep the month's quantity to the last digit: 31 parts on each of 28 days are 28 parts on
//! each of 31 days.
use crate::draws::Draws;
use crate::exact::Exact;
use jiff::civil::{Date, date};

/// The first day, and how many there are: January to March.
pub(super) const START: Date = date(2026, 1, 1);
pub(super) const DAYS: i32 = 90;

/// The day on which data transfer cost six times as much.
pub(super) const ANOMALY: Date = date(2026, 3, 18);
pub(super) const ANOMALY_FACTOR: i64 = 6;
/// The first day of the vector search, and the last of the old cache.
pub(super) const BEGINS: Date = date(2026, 3, 5);
pub(super) const ENDS: Date = date(2026, 2, 20);
/// The day on which the database became dearer.
pub(super) const DEARER: Date = date(2026, 3, 1);

/// The services of the planted reasons.
pub(super) const PRICE: &str = "Managed Database";
pub(super) const VOLUME: &str = "Message Queue";
pub(super) const MIX: &str = "Batch Compute";
pub(super) const NEW: &str = "Vector Search";
pub(super) const STOPPED: &str = "Legacy Cache";
pub(super) const BURST: &str = "Data Transfer";

/// Hours of machines that the savings plan pays for on a day, and what they cost under it.
const COMMITTED_HOURS: Exact = Exact::of(240, 0);
const PLAN_RATE: Exact = Exact::of(1344, 4);

/// A thing with a price.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) service: &'static str,
    /// Of FOCUS: its category and subcategory.
    pub(super) category: (&'static str, &'static str),
    pub(super) sku: &'static str,
    pub(super) unit: &'static str,
    pub(super) list: Exact,
    /// The part of the list price that the contract leaves, in hundredths.
    contract: i64,
    /// The place among the sub accounts.
    pub(super) account: usize,
    pub(super) region: &'static str,
    pub(super) team: Option<&'static str>,
    pub(super) resource: &'static str,
    flow: Flow,
}

/// How much of a thing is used.
#[derive(Clone, Copy)]
enum Flow {
    /// The same on each day but for noise, in units of 10^-4.
    Steady(i64),
    /// Less on weekends, in units of 10^-4.
    Weekly(i64),
    /// As weekly, and in March so many hundredths of it.
    Growing(i64, i64),
    /// So many parts of the month in January and February, and in March, of `MONTH` hours.
    Monthly(i64, i64),
}

/// A part of a [`Flow::Monthly`], in units of 10^-4 hours: its 31 times 28 are the month.
const PART: i64 = 2_500;

/// How a charge is paid for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paid {
    OnDemand,
    /// By the savings plan.
    Covered,
    /// To the savings plan, for nothing.
    Unused,
    /// For the savings plan itself.
    Purchase,
}

/// A row of the bill.
pub(super) struct Charge {
    pub(super) date: Date,
    pub(super) item: Item,
    pub(super) paid: Paid,
    pub(super) quantity: Exact,
    pub(super) list_price: Exact,
    pub(super) contracted_price: Exact,
    pub(super) billed: Exact,
    pub(super) effective: Exact,
}

impl Charge {
    pub(super) fn list(&self) -> Exact {
        self.list_price * self.quantity
    }
    pub(super) fn contracted(&self) -> Exact {
        self.contracted_price * self.quantity
    }
    /// `2026-03`.
    pub(super) fn month(&self) -> String {
        self.date.strftime("%Y-%m").to_string()
    }
}

const fn item(service: &'static str, sku: &'static str, unit: &'static str, list: i64, flow: Flow) -> Item {
    let (category, account, region) = (("Compute", "Virtual Machines"), 0, "us-east-1");
    let list = Exact::of(list, 4);
    Item { service, category, sku, unit, list, contract: 100, account, region, team: None, resource: sku, flow }
}

const MACHINES: &str = "Virtual Machines";

const ITEMS: [Item; 16] = [
    Item {
        team: Some("checkout"),
        resource: "checkout-web",
        ..item(MACHINES, "VM-4X16", "Hours", 1_920, Flow::Weekly(960_000))
    },
    Item {
        team: Some("search"),
        resource: "search-query",
        region: "eu-west-1",
        contract: 95,
        ..item(MACHINES, "VM-8X32", "Hours", 4_280, Flow::Weekly(720_000))
    },
    Item {
        category: ("Databases", "Relational Databases"),
        team: Some("checkout"),
        resource: "orders-db",
        contract: 95,
        ..item(PRICE, "DB-4X32", "Hours", 6_740, Flow::Monthly(8, 8))
    },
    Item {
        category: ("Integration", "Messaging"),
        team: Some("search"),
        resource: "search-updates",
        ..item(VOLUME, "MSG", "1000000 Requests", 4_000, Flow::Growing(600_000, 130))
    },
    Item {
        category: ("Compute", "Other (Compute)"),
        account: 1,
        team: Some("data"),
        resource: "nightly-std",
        ..item(MIX, "BATCH-STD", "Hours", 3_000, Flow::Monthly(12, 6))
    },
    Item {
        category: ("Compute", "Other (Compute)"),
        account: 1,
        team: Some("data"),
        resource: "nightly-mem",
        ..item(MIX, "BATCH-MEM", "Hours", 5_200, Flow::Monthly(3, 9))
    },
    Item {
        category: ("Databases", "Other (Databases)"),
        team: Some("search"),
        resource: "similar-items",
        ..item(NEW, "VEC", "Hours", 8_500, Flow::Steady(240_000))
    },
    Item {
        category: ("Databases", "Caching"),
        team: Some("checkout"),
        resource: "old-sessions",
        ..item(STOPPED, "CACHE-OLD", "Hours", 1_560, Flow::Steady(480_000))
    },
    Item {
        category: ("Networking", "Network Connectivity"),
        ..item(BURST, "OUT-US", "GB", 900, Flow::Weekly(1_500_000))
    },
    Item {
        category: ("Networking", "Network Connectivity"),
        region: "eu-west-1",
        ..item(BURST, "OUT-EU", "GB", 900, Flow::Weekly(700_000))
    },
    Item {
        category: ("Storage", "Object Storage"),
        account: 1,
        team: Some("data"),
        resource: "data-lake",
        contract: 90,
        ..item("Object Storage", "OBJ", "GB-Months", 230, Flow::Steady(16_000_000))
    },
    Item {
        category: ("Storage", "Object Storage"),
        account: 1,
        resource: "exports",
        ..item("Object Storage", "OBJ-COLD", "GB-Months", 40, Flow::Steady(9_000_000))
    },
    Item {
        category: ("Storage", "Block Storage"),
        resource: "shared-disk",
        ..item("Block Storage", "SSD", "GB-Months", 800, Flow::Steady(1_200_000))
    },
    Item {
        category: ("Networking", "Network Routing"),
        team: Some("checkout"),
        resource: "shop-edge",
        ..item("Load Balancer", "LB", "Hours", 225, Flow::Steady(960_000))
    },
    Item {
        category: ("Management and Governance", "Observability"),
        account: 1,
        resource: "logs",
        ..item("Monitoring", "LOG", "GB", 5_000, Flow::Weekly(240_000))
    },
    Item {
        category: ("Management and Governance", "Observability"),
        team: Some("data"),
        account: 1,
        resource: "metrics",
        ..item("Monitoring", "METRIC", "1000 Metrics", 3_000, Flow::Steady(110_000))
    },
];

/// Every day of the quarter.
pub(super) fn days() -> impl Iterator<Item = Date> {
    (0..DAYS).map(|day| START.checked_add(jiff::Span::new().days(day)).expect("days of 2026"))
}

/// All charges in the order of days.
pub(super) fn charges(seed: u64) -> Vec<Charge> {
    days().flat_map(|date| plan(seed, date).into_iter().chain(on_demand(seed, date))).collect()
}

fn on_demand(seed: u64, date: Date) -> impl Iterator<Item = Charge> {
    let is_there = move |item: &&Item| match item.service {
        NEW => date >= BEGINS,
        STOPPED => date <= ENDS,
        _ => true,
    };
    ITEMS.iter().filter(is_there).map(move |item| {
        let rises = item.service == PRICE && date >= DEARER;
        let list_price = if rises { item.list * Exact::of(110, 2) } else { item.list };
        let contracted_price = list_price * Exact::of(item.contract, 2);
        let times = if item.service == BURST && date == ANOMALY { ANOMALY_FACTOR } else { 1 };
        let quantity = Exact::of(quantity(seed, item, date) * times, 4);
        let cost = contracted_price * quantity;
        let paid = Paid::OnDemand;
        Charge { date, item: *item, paid, quantity, list_price, contracted_price, billed: cost, effective: cost }
    })
}

/// In units of 10^-4.
fn quantity(seed: u64, item: &Item, date: Date) -> i64 {
    let day = date.day_of_year().unsigned_abs().into();
    // Within one part of a hundred, so that a day that costs six times as much stands out.
    let noise = Draws::of(seed, item.sku, day).between(990, 1010);
    let is_weekend = date.weekday().to_monday_zero_offset() >= 5;
    let of_week = |usual: i64| usual * if is_weekend { 800 } else { 1000 } / 1000 * noise / 1000;
    let is_march = date.month() == 3;
    match item.flow {
        Flow::Steady(usual) => usual * noise / 1000,
        Flow::Growing(usual, part) if is_march => of_week(usual * part / 100),
        Flow::Weekly(usual) | Flow::Growing(usual, _) => of_week(usual),
        Flow::Monthly(before, after) => {
            let (parts, pairs) = if is_march { (after * 28, 15) } else { (before * 31, 14) };
            // Pairs of days move as much up as down, so the month's sum stays.
            let pair = u64::from((date.day() - 1).unsigned_abs() / 2);
            let number = 1_000 + u64::from(date.month().unsigned_abs()) * 100 + pair;
            let shift = Draws::of(seed, item.sku, number).between(0, parts * PART / 100);
            let sign = if pair >= pairs { 0 } else { 1 - 2 * i64::from((date.day() - 1) % 2) };
            parts * PART + sign * shift
        }
    }
}

/// The savings plan on a day: bought, used by two teams, and unused at night.
fn plan(seed: u64, date: Date) -> [Charge; 4] {
    let day = date.day_of_year().unsigned_abs().into();
    let mut draws = Draws::of(seed, "plan", day);
    let checkout = Exact::of(draws.between(1180, 1220), 1);
    let search = Exact::of(draws.between(780, 820), 1);
    let unused = COMMITTED_HOURS - checkout - search;
    let machine = ITEMS[0];
    let covered = |team, resource, quantity| {
        let item = Item { team: Some(team), resource, ..machine };
        let effective = PLAN_RATE * quantity;
        let (list_price, contracted_price) = (machine.list, machine.list);
        Charge {
            date,
            item,
            paid: Paid::Covered,
            quantity,
            list_price,
            contracted_price,
            billed: Exact::ZERO,
            effective,
        }
    };
    let whole = |paid, quantity| {
        let item = Item { sku: "PLAN-1Y", team: None, resource: "plan-2026", ..machine };
        let cost = PLAN_RATE * quantity;
        let [billed, effective] = if paid == Paid::Purchase { [cost, Exact::ZERO] } else { [Exact::ZERO, cost] };
        Charge { date, item, paid, quantity, list_price: PLAN_RATE, contracted_price: PLAN_RATE, billed, effective }
    };
    [
        whole(Paid::Purchase, COMMITTED_HOURS),
        covered("checkout", "checkout-web", checkout),
        covered("search", "search-web", search),
        whole(Paid::Unused, unused),
    ]
}

/// The requests that the business served on each day.
pub(super) fn requests(seed: u64) -> Vec<(Date, i64)> {
    let of_day = |date: Date| {
        let day = i64::from(date.day_of_year());
        let usual = 4_000_000 + day * 9_000;
        let share = if date.weekday().to_monday_zero_offset() >= 5 { 820 } else { 1000 };
        (date, usual * share / 1000 * Draws::of(seed, "requests", day as u64).between(985, 1015) / 1000)
    };
    days().map(of_day).collect()
}
