//! How finely charges are told apart while they are added up.
use super::Cost;

/// A step of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// By calendar month.
    Month,
    /// By day.
    Day,
    /// By hour.
    Hour,
}

impl Period {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }
}

/// By whose clock days and months begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// Universal time, as FOCUS, AWS and Azure.
    #[default]
    Utc,
    /// Pacific time, as Google Cloud's invoices.
    Pacific,
}

/// How much is kept of what is added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Enough to tell what changed and what is unusual.
    #[default]
    Full,
    /// The sums that were asked for, and no more: less work for each row.
    Sums,
}

/// What is kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grain {
    /// The names of the asked columns, as reports show them.
    pub by: Vec<String>,
    /// The period of the groups, if they are split by one.
    pub period: Option<Period>,
    /// The cost whose change is explained.
    pub cost: Cost,
    /// How much is kept besides.
    pub detail: Detail,
    /// The most bytes that the sums may take, about.
    pub memory: u64,
}

impl Grain {
    /// Everything in one group.
    pub fn whole() -> Self {
        Self { by: Vec::new(), period: None, cost: Cost::default(), detail: Detail::Full, memory: Self::MEMORY }
    }
    /// What the sums may take unless somebody says otherwise.
    pub const MEMORY: u64 = 2_000_000_000;
}
