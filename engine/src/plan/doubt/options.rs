//! How doubt is dealt with.
use crate::uncertain::Draws;
use crate::units::{Money, Share};

/// Which plan is the best of those that were judged.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum RuleOf {
    /// The cheapest that covers enough worlds.
    #[default]
    Coverage,
    /// The least mean regret.
    Regret,
    /// The least mean over the worst worlds.
    Careful,
}

impl RuleOf {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Coverage, Self::Regret, Self::Careful];
    /// The name used in flags and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Regret => "regret",
            Self::Careful => "cvar",
        }
    }
}

/// How many worlds are drawn, and what is asked of a plan in them. Of no effect where every number is exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanOptions {
    /// Worlds drawn.
    pub draws: u32,
    /// The share of worlds in which every promise has to hold.
    pub coverage: Share,
    /// How sure one has to be of that share.
    pub confidence: Share,
    /// What makes a plan the best.
    pub rule: RuleOf,
    /// What a month with a broken promise is worth avoiding for; [`Self::MISS`] times the cheapest plan's month where not
    /// stated. Moves the rules of regret and of the worst worlds.
    pub miss: Option<Money>,
    /// The part of the worlds that the careful rule looks at, the worst ones.
    pub worst: Share,
}

impl PlanOptions {
    /// A broken promise as a multiple of the cheapest plan's month: what a day of an outage costs a shop that lives on the
    /// service is of this order. Doubling it makes the rules of regret and of the worst worlds buy about half the risk.
    pub const MISS: f64 = 10.0;
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            draws: Draws::DEFAULT,
            coverage: Share::percent(95.0),
            confidence: Share::percent(90.0),
            rule: RuleOf::Coverage,
            miss: None,
            worst: Share::percent(10.0),
        }
    }
}
