//! The answer to `plan`, with its working.
use super::Part;
use super::alternatives::alternatives;
use super::compose::State;
use super::current::current;
use super::growth::{growth_left, over_horizon};
use super::moment::{Budgets, Draft, Moment};
use super::search::{Found, search};
use crate::catalog::{Catalog, Place};
use crate::cost::{Bill, UnitCost, upfront};
use crate::sizing::{LatencyBudget, Refused};
use crate::units::{Data, Factor, Money, Share, Span};
use crate::workload::{Component, ComponentName, LatencyPromise, Workload};
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
    const SHARES: [Share; 3] = [Share::percent(50.0), Share::percent(95.0), Share::percent(99.0)];
    fn of(values: &[Option<Span>]) -> Self {
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
}

impl Months {
    /// All months together.
    pub fn total(&self) -> Money {
        self.totals.iter().copied().sum()
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
    /// The first month.
    pub bill: Bill,
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
    /// How far demand may grow before a promise breaks; `None` where one is broken already.
    pub growth_left: Option<Factor>,
    /// What breaks then; empty where nothing was found to.
    pub growth_breaks: String,
    /// The promises it breaks today; empty unless it is what runs today.
    pub breaks: Vec<String>,
}

impl Plan {
    /// Whether it keeps every promise.
    pub fn keeps_promises(&self) -> bool {
        self.breaks.is_empty()
    }
}

/// What to run, what else would do, and what would not.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanAnswer {
    /// What was asked about.
    pub workload: Workload,
    /// The cheapest that keeps every promise.
    pub chosen: Plan,
    /// Others that keep every promise, cheapest first.
    pub alternatives: Vec<Plan>,
    /// What runs today, where the workload says so.
    pub current: Option<Plan>,
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
    /// A latency promise that the fastest parts together do not keep.
    OutOfReach {
        /// Where.
        place: Place,
        /// Which.
        promise: LatencyPromise,
        /// The best that was found.
        takes: Span,
    },
    /// No place has a plan.
    Nowhere(Vec<PlanRefusal>),
}

/// Finds the plan in every place, and compares.
pub(crate) fn plan(workload: &Workload, catalogs: &[Catalog]) -> Result<PlanAnswer, PlanRefusal> {
    let (mut here, mut no_plan_in) = (Vec::new(), Vec::new());
    for catalog in catalogs {
        let catalog = with_stated_speeds(workload, catalog);
        match plan_in(workload, &catalog) {
            Ok(plans) => here.push(plans),
            Err(refusal) => no_plan_in.push(refusal),
        }
    }
    // The cheapest place wins, but a bill that leaves charges of unknown price out never beats a complete one.
    here.sort_by_key(|plans| (!plans.chosen.bill.unknown.is_empty(), plans.chosen.bill.total()));
    let mut here = here.into_iter();
    let Some(best) = here.next() else {
        return Err(if no_plan_in.len() == 1 { no_plan_in.remove(0) } else { PlanRefusal::Nowhere(no_plan_in) });
    };
    let mut alternatives = best.alternatives;
    let mut refused = best.refused;
    let mut current = best.current;
    for other in here {
        alternatives.push(Plan { differs: format!("in {}", other.chosen.place), ..other.chosen });
        refused.extend(other.refused);
        current = current.or(other.current);
    }
    alternatives.sort_by(|a, b| (a.bill.total(), &a.differs).cmp(&(b.bill.total(), &b.differs)));
    for (i, plan) in alternatives.iter_mut().enumerate() {
        plan.id = format!("alternative-{}", i + 1);
    }
    Ok(PlanAnswer { workload: workload.clone(), chosen: best.chosen, alternatives, current, refused, no_plan_in })
}

struct Plans {
    chosen: Plan,
    alternatives: Vec<Plan>,
    current: Option<Plan>,
    refused: Vec<Refused>,
}

fn plan_in(workload: &Workload, catalog: &Catalog) -> Result<Plans, PlanRefusal> {
    let moment = Moment::new(workload, catalog, Span::ZERO);
    let found = search(&moment)?;
    let finish = |draft: &Draft, budgets: &Budgets, differs: &str| finished(&moment, draft, budgets, differs);
    let chosen = Plan { id: "chosen".into(), ..finish(&found.draft, &found.budgets, "") };
    let others = alternatives(&moment, &found);
    let mut alternatives: Vec<Plan> = Vec::new();
    for other in others {
        let budgets = widened(&found, &other.draft);
        let plan = finish(&other.draft, &budgets, &other.differs);
        if alternatives.iter().all(|known| known.parts != plan.parts) {
            alternatives.push(plan);
        }
    }
    let current = current(&moment, &found).map(|(draft, breaks)| {
        let plan = finish(&draft, &widened(&found, &draft), "what runs today");
        Plan { id: "current".into(), breaks, ..plan }
    });
    Ok(Plans { chosen, alternatives, current, refused: found.refused().cloned().collect() })
}

/// Budgets that the parts of a draft keep, so that its later months are sized as its first.
fn widened(found: &Found, draft: &Draft) -> Budgets {
    let mut budgets = found.budgets.clone();
    for (name, part) in draft {
        if let (Some(budget), Some(fleet)) = (budgets.get_mut(name), part.fleet()) {
            *budget = budget.widened_to(&fleet.stressed_station);
        }
    }
    budgets
}

fn finished(moment: &Moment<'_>, draft: &Draft, budgets: &Budgets, differs: &str) -> Plan {
    let bill = moment.bill(draft);
    let months = over_horizon(moment, draft, budgets, bill.total());
    let left = growth_left(moment, draft);
    let at_entry = |state| Percentiles::of(&moment.percentiles_at_entry(draft, state, &Percentiles::SHARES));
    let requests = moment.traffic(&moment.workload.entry).billing.events_in(Span::months(1.0));
    let stored: Data = moment
        .workload
        .components
        .values()
        .map(|c| match c {
            Component::Store(s) => moment.stored(&s.keep),
            Component::Object(o) => moment.stored(&o.keep),
            Component::Service(_) | Component::Edge(_) => Data::ZERO,
        })
        .sum();
    Plan {
        id: String::new(),
        differs: differs.to_owned(),
        place: moment.catalog.place.clone(),
        parts: draft.clone(),
        unit_cost: UnitCost::of(&bill, requests, stored),
        upfront: draft.values().filter_map(Part::fleet).filter_map(upfront).sum(),
        months,
        latency: LatencyAt {
            calm: at_entry(State::Calm),
            stressed: at_entry(State::Stressed),
            slow_together: moment.percentile_if_slow_together(draft, State::Stressed, Share::percent(99.0)),
        },
        component_latency: draft
            .keys()
            .map(|name| (name.clone(), Percentiles::of(&moment.percentiles_of(name, draft, &Percentiles::SHARES))))
            .collect(),
        budgets: budgets.clone(),
        growth_left: left.as_ref().map(|(factor, _)| *factor),
        growth_breaks: left.map_or(String::new(), |(_, why)| why),
        breaks: Vec::new(),
        bill,
    }
}

/// The catalog with the speeds that the workload states.
fn with_stated_speeds(workload: &Workload, catalog: &Catalog) -> Catalog {
    let mut catalog = catalog.clone();
    if workload.assumptions.speed.is_empty() {
        return catalog;
    }
    for shape in &mut catalog.shapes {
        if let Some(factor) = workload.assumptions.speed.get(&shape.family) {
            std::sync::Arc::make_mut(shape).speed = crate::catalog::Speed {
                factor: *factor,
                basis: crate::catalog::Basis::Stated,
                source: "workload file".into(),
            };
        }
    }
    catalog
}
