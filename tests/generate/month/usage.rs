//! A month of use, before any provider tells it: who used what, on which day, for how much. All made up.
use crate::draws::Draws;
use crate::exact::Exact;

/// The days of March 2026.
pub(crate) const DAYS: i8 = 31;

/// The sub accounts: identifier and name.
pub(crate) const ACCOUNTS: [(&str, &str); 3] =
    [("210000000001", "storefront"), ("210000000002", "platform"), ("210000000003", "research")];

/// A thing that is used and has a price.
pub(crate) struct Meter {
    pub(crate) service: &'static str,
    /// Of FOCUS: its category and subcategory.
    pub(crate) category: (&'static str, &'static str),
    pub(crate) sku: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: Unit,
    pub(crate) list: Exact,
    /// What the contract makes of the list price.
    pub(crate) contracted: Exact,
    /// What is used on a common day, in units of 10^-4.
    usual: i64,
    /// Whether weekends use less.
    is_weekly: bool,
    pub(crate) region: &'static str,
    pub(crate) account: usize,
    pub(crate) team: Option<&'static str>,
    /// Its resource: the kind, and its name.
    pub(crate) resource: Option<(&'static str, &'static str)>,
}

/// What a price is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Hours,
    GbMonths,
    Gb,
    MillionRequests,
}

/// What a charge is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Usage,
    Tax,
    Credit,
}

/// A charge of a day.
pub(crate) struct Charge {
    pub(crate) kind: Kind,
    /// Of March, from 1.
    pub(crate) day: i8,
    /// The place in [`METERS`].
    pub(crate) at: usize,
    pub(crate) meter: &'static Meter,
    /// In blocks of the price.
    pub(crate) quantity: Exact,
    pub(crate) billed: Exact,
    pub(crate) list: Exact,
}

impl Charge {
    /// The region; a tax has none.
    pub(crate) fn region(&self) -> Option<&'static str> {
        (self.kind != Kind::Tax).then_some(self.meter.region)
    }
    /// The team that its tags name; a tax has no tags.
    pub(crate) fn team(&self) -> Option<&'static str> {
        self.meter.team.filter(|_| self.kind != Kind::Tax)
    }
    /// The sub account's identifier and name.
    pub(crate) fn account(&self) -> (&'static str, &'static str) {
        ACCOUNTS[self.meter.account]
    }
    /// The day as `2026-03-05`.
    pub(crate) fn date(&self) -> String {
        format!("2026-03-{:02}", self.day)
    }
    /// The day after, as `2026-03-06`.
    pub(crate) fn next_date(&self) -> String {
        if self.day == DAYS { "2026-04-01".into() } else { format!("2026-03-{:02}", self.day + 1) }
    }
    /// An identifier of hexadecimal digits that no other charge has.
    pub(crate) fn id(&self, of: &str) -> String {
        let number = (self.kind as u64 * 100 + u64::from(self.day.unsigned_abs())) * 100 + self.at as u64;
        hex(of, number)
    }
}

/// Sixteen hexadecimal digits for a thing.
pub(crate) fn hex(of: &str, number: u64) -> String {
    format!("{:016x}", Draws::of(0, of, number).bits())
}

const COMPUTE: (&str, &str) = ("Compute", "Virtual Machines");

/// Everything that is used.
pub(crate) const METERS: [Meter; 12] = [
    Meter {
        usual: 480_000,
        team: Some("checkout"),
        resource: Some(("Instance", "checkout-web")),
        ..hourly("Virtual Machines", COMPUTE, "VM-4X16", "machine of 4 vCPU and 16 GB", 1_920, 1_920)
    },
    Meter {
        usual: 360_000,
        region: "eu-west-1",
        team: Some("search"),
        resource: Some(("Instance", "search-query")),
        ..hourly("Virtual Machines", COMPUTE, "VM-8X32-EU", "machine of 8 vCPU and 32 GB", 4_280, 3_852)
    },
    Meter {
        usual: 96_000,
        account: 1,
        team: Some("data"),
        resource: Some(("Instance", "nightly-batch")),
        ..hourly("Virtual Machines", COMPUTE, "VM-16X64", "machine of 16 vCPU and 64 GB", 7_680, 7_680)
    },
    Meter {
        usual: 161_290,
        team: Some("checkout"),
        resource: Some(("Volume", "checkout-disk")),
        ..stored("Block Storage", "Block Storage", "SSD", "SSD volume", 800)
    },
    Meter {
        usual: 64_516,
        region: "eu-west-1",
        account: 1,
        resource: Some(("Volume", "shared-disk")),
        ..stored("Block Storage", "Block Storage", "HDD", "HDD volume", 450)
    },
    Meter {
        usual: 967_742,
        account: 1,
        team: Some("data"),
        resource: Some(("Bucket", "data-lake")),
        ..stored("Object Storage", "Object Storage", "OBJ", "object storage", 230)
    },
    Meter {
        usual: 322_581,
        region: "ap-south-1",
        account: 2,
        resource: Some(("Bucket", "research-archive")),
        ..stored("Object Storage", "Object Storage", "OBJ-COLD", "cold object storage", 40)
    },
    Meter {
        usual: 480_000,
        is_weekly: false,
        region: "eu-west-1",
        team: Some("checkout"),
        resource: Some(("Database", "orders-db")),
        ..hourly(
            "Managed Database",
            ("Databases", "Relational Databases"),
            "DB-4X32",
            "database of 4 vCPU, \"two zones\"",
            6_740,
            6_066,
        )
    },
    Meter {
        usual: 1_215_000,
        unit: Unit::MillionRequests,
        team: Some("search"),
        resource: Some(("Queue", "search-updates")),
        ..hourly("Message Queue", ("Integration", "Messaging"), "MSG", "million messages, first tier", 4_000, 4_000)
    },
    Meter {
        usual: 240_000,
        is_weekly: false,
        region: "eu-west-1",
        team: Some("search"),
        resource: Some(("Load Balancer", "search-edge")),
        ..hourly("Load Balancer", ("Networking", "Network Routing"), "LB", "load balancer", 225, 225)
    },
    Meter {
        usual: 850_000,
        unit: Unit::Gb,
        ..hourly("Data Transfer", ("Networking", "Network Connectivity"), "OUT", "GB out to the internet", 900, 900)
    },
    Meter {
        usual: 36_000,
        unit: Unit::Gb,
        region: "ap-south-1",
        account: 2,
        team: Some("data"),
        resource: Some(("Log Group", "research-logs")),
        ..hourly("Monitoring", ("Management and Governance", "Observability"), "LOG", "GB of logs", 5_000, 5_000)
    },
];

/// The meter that the credit was given for, and its day.
pub(crate) const CREDITED: (usize, i8) = (0, 10);
/// The meter that goes unused on Sundays.
const RESTS: usize = 8;

const fn hourly(
    service: &'static str,
    category: (&'static str, &'static str),
    sku: &'static str,
    what: &'static str,
    list: i64,
    contracted: i64,
) -> Meter {
    Meter {
        service,
        category,
        sku,
        what,
        unit: Unit::Hours,
        list: Exact::of(list, 4),
        contracted: Exact::of(contracted, 4),
        usual: 0,
        is_weekly: true,
        region: "us-east-1",
        account: 0,
        team: None,
        resource: None,
    }
}

const fn stored(service: &'static str, sub: &'static str, sku: &'static str, what: &'static str, price: i64) -> Meter {
    let meter = hourly(service, ("Storage", sub), sku, what, price, price);
    Meter { unit: Unit::GbMonths, is_weekly: false, ..meter }
}

/// The charges of the month in the order of days: a tax first, a credit on the tenth.
pub(crate) fn charges(seed: u64) -> Vec<Charge> {
    let mut charges = vec![special(Kind::Tax, 1, 0, Exact::of(18_437, 2))];
    for day in 1..=DAYS {
        // The first of March 2026 is a Sunday.
        let is_sunday = day % 7 == 1;
        let is_weekend = is_sunday || day % 7 == 0;
        for (at, meter) in METERS.iter().enumerate().filter(|(at, _)| !(is_sunday && *at == RESTS)) {
            let mut draws = Draws::of(seed, "month", u64::from(day.unsigned_abs()) * 100 + at as u64);
            let share = if is_weekend && meter.is_weekly { 700 } else { 1000 };
            let quantity = Exact::of(meter.usual * share / 1000 * draws.between(950, 1050) / 1000, 4);
            charges.push(Charge {
                kind: Kind::Usage,
                day,
                at,
                meter,
                quantity,
                billed: meter.contracted * quantity,
                list: meter.list * quantity,
            });
        }
        if day == CREDITED.1 {
            charges.push(special(Kind::Credit, day, CREDITED.0, Exact::of(-255, 1)));
        }
    }
    charges
}

fn special(kind: Kind, day: i8, at: usize, billed: Exact) -> Charge {
    Charge { kind, day, at, meter: &METERS[at], quantity: Exact::ZERO, billed, list: billed }
}
