//! Who uses what: accounts, regions and resources. All made up.
use super::menu::{Lives, Menu, Scope};
use crate::draws::Draws;

/// The regions: identifier, name, and the part of the first one's price that things cost there, in hundredths.
pub(crate) const REGIONS: [(&str, &str, i64); 12] = [
    ("us-east-1", "US East (N. Virginia)", 100),
    ("eu-west-1", "Europe (Ireland)", 110),
    ("us-west-2", "US West (Oregon)", 100),
    ("eu-central-1", "Europe (Frankfurt)", 118),
    ("us-east-2", "US East (Ohio)", 100),
    ("ap-southeast-1", "Asia Pacific (Singapore)", 125),
    ("ap-northeast-1", "Asia Pacific (Tokyo)", 128),
    ("ap-south-1", "Asia Pacific (Mumbai)", 108),
    ("ca-central-1", "Canada (Central)", 110),
    ("ap-southeast-2", "Asia Pacific (Sydney)", 126),
    ("eu-west-2", "Europe (London)", 116),
    ("sa-east-1", "South America (Sao Paulo)", 155),
];

/// The place in tables of what has no region.
pub(crate) const NO_REGION: usize = REGIONS.len();

const ENVIRONMENTS: [&str; 4] = ["prod", "prod", "staging", "dev"];
const TEAMS: [&str; 20] = [
    "payments",
    "checkout",
    "search",
    "identity",
    "catalog",
    "pricing",
    "billing",
    "logistics",
    "data",
    "platform",
    "mobile",
    "web",
    "growth",
    "fraud",
    "support",
    "insights",
    "media",
    "partners",
    "security",
    "research",
];
const APPS: [&str; 24] = [
    "api",
    "worker",
    "gateway",
    "ledger",
    "indexer",
    "recommender",
    "scheduler",
    "notifier",
    "ingest",
    "exporter",
    "sessions",
    "features",
    "reports",
    "inventory",
    "quotes",
    "orders",
    "profile",
    "thumbnails",
    "audit",
    "router",
    "stream",
    "warehouse",
    "archive",
    "training",
];

/// A sub account.
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) team: usize,
    pub(crate) environment: &'static str,
    /// Whether it pays 93 % of list prices, by contract.
    pub(crate) has_contract: bool,
}

/// A resource, all of it drawn from its number.
#[derive(Clone, Copy)]
pub(crate) struct Resource {
    pub(crate) account: usize,
    pub(crate) service: usize,
    /// A place in [`REGIONS`], or [`NO_REGION`].
    pub(crate) region: usize,
    pub(crate) zone: Option<u8>,
    /// Its size beside the common one, in thousandths.
    pub(crate) size: i64,
    pub(crate) tags: Option<Tags>,
    pub(crate) number: u64,
    /// What its identifier and its choices are made of.
    pub(crate) bits: u64,
    pub(crate) lives_long: bool,
}

/// What a resource is labeled with.
#[derive(Clone, Copy)]
pub(crate) struct Tags {
    pub(crate) team: &'static str,
    pub(crate) environment: &'static str,
    pub(crate) app: &'static str,
}

/// The accounts, and how many resources live long.
pub(crate) struct Estate {
    pub(crate) accounts: Vec<Account>,
    pub(crate) residents: u64,
    seed: u64,
}

impl Estate {
    /// An estate for a bill of so many rows: 400,000 residents and 300 accounts for eight million.
    pub(crate) fn new(seed: u64, rows: u64) -> Self {
        let residents = (rows / 20).clamp(40, 400_000);
        let accounts = (residents / 20).clamp(3, 300);
        Self { accounts: (0..accounts).map(|number| account(seed, number)).collect(), residents, seed }
    }
    /// A resource that lives for the whole bill.
    pub(crate) fn resident(&self, menu: &Menu, number: u64) -> Resource {
        self.resource(menu, number, Lives::Long)
    }
    /// A resource that lives for hours.
    pub(crate) fn guest(&self, menu: &Menu, number: u64) -> Resource {
        self.resource(menu, self.residents + number, Lives::Shortly)
    }
    fn resource(&self, menu: &Menu, number: u64, lives: Lives) -> Resource {
        let mut draws = Draws::of(self.seed, "resource", number);
        let bits = draws.bits();
        let account = draws.head(self.accounts.len() as u64) as usize;
        let service = menu.pick(draws.bits() >> 32, lives);
        let region = draws.head(REGIONS.len() as u64) as usize;
        let scope = menu.services[service].scope;
        let size = 200 + draws.head(1600) as i64 + draws.head(40) as i64 * draws.head(40) as i64 * 3;
        let is_tagged = draws.below(3) == 0 && menu.services[service].lives != Lives::Never;
        let Account { team, environment, .. } = self.accounts[account];
        let team = if draws.below(5) == 0 { draws.below(TEAMS.len() as u64) as usize } else { team };
        let app = APPS[draws.below(APPS.len() as u64) as usize];
        Resource {
            account,
            service,
            region: if scope == Scope::Global { NO_REGION } else { region },
            zone: (scope == Scope::Zone).then(|| draws.below(3) as u8),
            size,
            tags: is_tagged.then_some(Tags { team: TEAMS[team], environment, app }),
            number,
            bits,
            lives_long: lives == Lives::Long,
        }
    }
}

fn account(seed: u64, number: u64) -> Account {
    let mut draws = Draws::of(seed, "account", number);
    let team = draws.below(TEAMS.len() as u64) as usize;
    let environment = ENVIRONMENTS[draws.below(4) as usize];
    let id = 100_000_000_000 + draws.bits() % 900_000_000_000;
    Account {
        id: id.to_string(),
        name: format!("{environment}-{}-{number:03}", TEAMS[team]),
        team,
        environment,
        has_contract: number.is_multiple_of(3),
    }
}
