//! A plan, and what is said about it: the answer to `plan` as a value that keeps its working.
use super::{CacheWorth, Doubt, LatencyCurve, LatencyDivision, Part, PlanOptions, Replay, Sensitivity, SizeTried};
use crate::catalog::Place;
use crate::choice::{Band, Coverage};
use crate::cost::{Bill, UnitCost};
use crate::sizing::{LatencyBudget, Refused};
use crate::uncertain::Inconsistent;
use crate::units::{Factor, Mass, Money, Share, Span};
use crate::workload::{ComponentName, LatencyPromise, Workload};
use std::collections::BTreeMap;

/// Percentiles of a response time; `None` where it is later than the models reach.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Percentiles {
    /// Half of the requests.
    pub p50: Option<Span>,
    /// 95 %.
    pub p95: Option<Span>,
    /// 99 %.
    pub p99: Option<Span>,
}

impl Percentiles {
    pub(super) const SHARES: [Share; 3] = [Share::percent(50.0), Share::percent(95.0), Share::percent(99.0)];
    pub(super) fn of(values: &[Option<Span>]) -> Self {
        Self { p50: values[0], p95: values[1], p99: values[2] }
    }
}

/// Response times at the entry in the busiest minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyAt {
    /// With everything there.
    pub calm: Percentiles,
    /// After the loss.
    pub stressed: Percentiles,
    /// The p99 after the loss if every hop were slow for the same requests: an upper bound.
    pub slow_together: Option<Span>,
}

/// A change of size that growth asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Months from now.
    pub month: u32,
    /// Of which component.
    pub component: ComponentName,
    /// `4 -> 5 x m7g.large`.
    pub change: String,
}

/// The horizon, month by month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Months {
    /// Each month's bill.
    pub totals: Vec<Money>,
    /// Each month's machines.
    pub machines: Vec<u32>,
    /// When sizes change.
    pub steps: Vec<Step>,
    /// All months together over the worlds; none where nothing is uncertain.
    pub over: Option<Band<Money>>,
    /// Where the horizon ends early, because nothing on offer carries a component any longer.
    pub ends: Option<End>,
}

/// A month that no plan reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// Months from now.
    pub month: u32,
    /// What grows too large.
    pub component: ComponentName,
    /// Why the nearest option will not do.
    pub why: String,
}

impl Months {
    /// All months together, as far as there is a plan.
    pub fn total(&self) -> Money {
        self.totals.iter().copied().sum()
    }
    /// All months together, over the worlds.
    pub fn band(&self) -> Band<Money> {
        self.over.unwrap_or_else(|| Band::flat(self.total()))
    }
}

/// One way to run the workload.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// A name for it within the answer: `chosen`, `current`, `alternative-1`.
    pub id: String,
    /// How it differs from the chosen one; empty for that.
    pub differs: String,
    /// Where.
    pub place: Place,
    /// What for each component.
    pub parts: BTreeMap<ComponentName, Part>,
    /// The first month as it is expected: every line at the mean of its quantity over the worlds.
    pub bill: Bill,
    /// How sure it is.
    pub doubt: Doubt,
    /// What one of it costs.
    pub unit_cost: UnitCost,
    /// Due at once.
    pub upfront: Money,
    /// The horizon.
    pub months: Months,
    /// At the entry.
    pub latency: LatencyAt,
    /// As callers see each component, nothing lost.
    pub component_latency: BTreeMap<ComponentName, Percentiles>,
    /// The part of the promise that each component was sized under.
    pub budgets: BTreeMap<ComponentName, LatencyBudget>,
    /// How the strictest latency promise is divided over the hops; none where there is no such promise or only one hop, and
    /// of plans that are only alternatives.
    pub latency_division: Option<LatencyDivision>,
    /// How far demand may grow before a promise breaks; `None` where one is broken already.
    pub growth_left: Option<Factor>,
    /// What breaks then; empty where nothing was found to.
    pub growth_breaks: String,
    /// The promises it breaks today at the middle of every estimate; empty unless it is what runs today.
    pub breaks: Vec<String>,
}

impl Plan {
    /// Whether it keeps every promise.
    pub fn keeps_promises(&self) -> bool {
        self.breaks.is_empty()
    }
}

/// One way to trade cost against risk.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierPoint {
    /// The plan of the answer that it is; empty for one that is told only here.
    pub plan: String,
    /// What runs.
    pub runs: String,
    /// A month's bill.
    pub month: Band<Money>,
    /// The worlds in which every promise holds.
    pub coverage: Coverage,
    /// The worlds in which a latency promise is missed.
    pub missed: Coverage,
    /// What a month emits; none where nobody can say.
    pub emitted: Option<Band<Mass>>,
}

/// A plan that so many draws cannot tell from the chosen one.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// What runs.
    pub runs: String,
    /// A month of it, expected.
    pub month: Money,
    /// The worlds in which every promise holds.
    pub coverage: Coverage,
}

/// What to run, what else would do, and what would not.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanAnswer {
    /// What was asked about.
    pub workload: Workload,
    /// How doubt was dealt with.
    pub options: PlanOptions,
    /// Worlds drawn; one where nothing is uncertain.
    pub worlds: usize,
    /// The cheapest that keeps every promise, in as many worlds as was asked for.
    pub chosen: Plan,
    /// Plans that may be the cheapest that covers enough, for all that so many draws can tell, the cheapest first.
    pub ties: Vec<Tie>,
    /// What a broken promise was priced at, where the rule prices it.
    pub miss: Option<Money>,
    /// How the promised response time of the chosen plan follows the load; none where no latency is promised.
    pub latency_curve: Option<LatencyCurve>,
    /// Which inputs matter; none where nothing is uncertain.
    pub sensitivity: Option<Sensitivity>,
    /// What nothing beats in cost and risk together, cheapest first.
    pub frontier: Vec<FrontierPoint>,
    /// Others that keep every promise, cheapest first.
    pub alternatives: Vec<Plan>,
    /// What runs today, where the workload says so.
    pub current: Option<Plan>,
    /// Why there is no such plan although the workload says what runs.
    pub current_unknown: Option<String>,
    /// What machines that come and go would do for each service, where the week of the demand is known.
    pub autoscaling: BTreeMap<ComponentName, Replay>,
    /// Sizes that were tried of each cache with a curve; the workload has the chosen one.
    pub cache_sizes: BTreeMap<ComponentName, Vec<SizeTried>>,
    /// A month of everything without each cache.
    pub without_cache: BTreeMap<ComponentName, CacheWorth>,
    /// Options that were turned down.
    pub refused: Vec<Refused>,
    /// Places where nothing was found, and why.
    pub no_plan_in: Vec<PlanRefusal>,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanRefusal {
    /// A component that nothing on offer carries.
    NothingFits {
        /// Where.
        place: Place,
        /// Which.
        component: ComponentName,
        /// Every option with its reason.
        refused: Vec<Refused>,
    },
    /// A disk or object class of the workload that is on no list here.
    UnknownName {
        /// Where.
        place: Place,
        /// Whose.
        component: ComponentName,
        /// What was written.
        name: String,
        /// The known name that comes nearest, where there is one.
        nearest: Option<String>,
    },
    /// A latency promise that the fastest parts together do not keep.
    OutOfReach {
        /// Where.
        place: Place,
        /// Which.
        promise: LatencyPromise,
        /// The best that was found.
        takes: Span,
    },
    /// Coefficients that no numbers can have together.
    Correlations(Inconsistent),
    /// No place has a plan.
    Nowhere(Vec<PlanRefusal>),
}
