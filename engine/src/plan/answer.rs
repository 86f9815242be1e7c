//! From a workload and catalogs to the answer.
use super::alternatives::alternatives;
use super::cached::{CacheSizes, with_cache_sizes, with_sizes_of, without_caches};
use super::compose::State;
use super::current::current;
use super::doubt::{Chosen, Judge, Verdict, choose, sized};
use super::frontier::{frontier, point};
use super::growth::{Ahead, growth_left, over_horizon};
use super::moment::{Budgets, Draft, Moment};
use super::replay::{Replays, replays};
use super::search::{Found, search};
use super::{
    CacheWorth, Doubt, FrontierPoint, LatencyAt, LatencyCurve, Part, Percentiles, Plan, PlanAnswer, PlanOptions,
    PlanRefusal, RuleOf, Sensitivity, Tie,
};
use crate::catalog::Catalog;
use crate::cost::{Bill, UnitCost, upfront};
use crate::sizing::Refused;
use crate::uncertain::Draws;
use crate::units::{Data, Money, Share, Span};
use crate::workload::{Component, ComponentName, Workload, Worlds};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Finds the plan in every place, and compares.
pub(crate) fn plan(
    workload: &Workload,
    options: &PlanOptions,
    catalogs: &[Catalog],
    seed: u64,
) -> Result<PlanAnswer, PlanRefusal> {
    plan_beside(workload, options, catalogs, seed, &[])
}

/// The same beside another workload: estimates are drawn by their place in `order`, which has the paths of both.
pub(crate) fn plan_beside(
    workload: &Workload,
    options: &PlanOptions,
    catalogs: &[Catalog],
    seed: u64,
    order: &[String],
) -> Result<PlanAnswer, PlanRefusal> {
    let draws = Draws::new(options.draws, seed);
    let worlds = Worlds::draw_beside(workload, draws, order).map_err(PlanRefusal::Correlations)?;
    let drawn: Vec<Workload> = if worlds.is_certain() { Vec::new() } else { worlds.iter().collect() };
    let (mut here, mut no_plan_in) = (Vec::new(), Vec::new());
    for catalog in catalogs {
        let catalog = with_stated_speeds(workload, catalog);
        match plan_in(workload, options, &worlds, &drawn, &catalog) {
            Ok(plans) => here.push(plans),
            Err(refusal) => no_plan_in.push(refusal),
        }
    }
    // The cheapest place wins, but a bill that leaves charges of unknown price out never beats a complete one, and a plan
    // that covers too few worlds never one that covers enough.
    let covers = |plan: &Plan| plan.doubt.coverage.share() >= options.coverage;
    here.sort_by_key(|p| (!p.chosen.bill.unknown.is_empty(), !covers(&p.chosen), p.chosen.bill.total()));
    let mut here = here.into_iter();
    let Some(best) = here.next() else {
        return Err(if no_plan_in.len() == 1 { no_plan_in.remove(0) } else { PlanRefusal::Nowhere(no_plan_in) });
    };
    let mut alternatives = best.alternatives;
    let mut refused = best.refused;
    let mut current = best.current;
    let mut current_unknown = best.current_unknown;
    for other in here {
        alternatives.push(Plan { differs: format!("in {}", other.chosen.place), ..other.chosen });
        refused.extend(other.refused);
        current = current.or(other.current);
        current_unknown = current_unknown.or(other.current_unknown);
    }
    alternatives.sort_by(|a, b| (a.bill.total(), &a.differs).cmp(&(b.bill.total(), &b.differs)));
    for (i, plan) in alternatives.iter_mut().enumerate() {
        plan.id = format!("alternative-{}", i + 1);
    }
    // What runs in one place is on no list of another.
    let current_unknown = current_unknown.filter(|_| current.is_none());
    let chosen = best.chosen;
    Ok(PlanAnswer {
        workload: best.workload,
        options: *options,
        worlds: worlds.len(),
        frontier: frontier(&chosen, &alternatives, best.ladder),
        chosen,
        ties: best.ties,
        miss: best.miss,
        latency_curve: best.latency_curve,
        sensitivity: best.sensitivity,
        alternatives,
        current,
        current_unknown,
        autoscaling: best.autoscaling,
        cache_sizes: best.cache_sizes,
        without_cache: best.without_cache,
        refused,
        no_plan_in,
    })
}

/// What breaks first if a plan's machines of today carry another workload, at the middle of every estimate.
pub(crate) fn breaks_in(plan: &Plan, workload: &Workload, catalog: &Catalog) -> Option<String> {
    let catalog = with_stated_speeds(workload, catalog);
    Moment::new(workload, &catalog, Span::ZERO).breaks(&plan.parts)
}

struct Plans {
    workload: Workload,
    cache_sizes: CacheSizes,
    without_cache: BTreeMap<ComponentName, CacheWorth>,
    autoscaling: Replays,
    chosen: Plan,
    ties: Vec<Tie>,
    miss: Option<Money>,
    latency_curve: Option<LatencyCurve>,
    sensitivity: Option<Sensitivity>,
    ladder: Vec<FrontierPoint>,
    alternatives: Vec<Plan>,
    current: Option<Plan>,
    current_unknown: Option<String>,
    refused: Vec<Refused>,
}

impl Plans {
    /// A chosen plan, and nothing beside it.
    fn of(moment: &Moment<'_>, chosen: Plan) -> Self {
        Self {
            workload: moment.workload.clone(),
            cache_sizes: CacheSizes::new(),
            without_cache: BTreeMap::new(),
            autoscaling: Replays::new(),
            chosen,
            ties: Vec::new(),
            miss: None,
            latency_curve: None,
            sensitivity: None,
            ladder: Vec::new(),
            alternatives: Vec::new(),
            current: None,
            current_unknown: None,
            refused: Vec::new(),
        }
    }
}

fn plan_in(
    workload: &Workload,
    options: &PlanOptions,
    worlds: &Worlds,
    drawn: &[Workload],
    catalog: &Catalog,
) -> Result<Plans, PlanRefusal> {
    unknown_name(workload, catalog).map_or(Ok(()), Err)?;
    let (sized, cache_sizes) = with_cache_sizes(workload, catalog);
    let moment = Moment::new(&sized, catalog, Span::ZERO);
    let found = search(&moment)?;
    // In every world the caches are as large as they were chosen at the middle.
    let fixed: Vec<Workload> =
        if cache_sizes.is_empty() { Vec::new() } else { drawn.iter().map(|w| with_sizes_of(w, &sized)).collect() };
    let drawn = if cache_sizes.is_empty() { drawn } else { &fixed };
    let plans =
        if drawn.is_empty() { known(&moment, &found) } else { doubtful(&moment, &found, worlds, drawn, options) };
    let autoscaling = replays(&moment, &plans.chosen, &found);
    let without_cache = without_caches(&sized, catalog, moment.bill(&found.draft).total());
    Ok(Plans { cache_sizes, without_cache, autoscaling, ..plans })
}

/// The plans of a workload of exact numbers.
fn known(moment: &Moment<'_>, found: &Found) -> Plans {
    let finish = |draft: &Draft, differs: &str, breaks: Vec<String>| {
        let bill = moment.bill(draft);
        let million = million_requests(moment, &bill);
        let emitted: Vec<_> = moment.emitted(draft).into_iter().collect();
        let doubt = Doubt::none(bill.total(), million, &breaks, moment.carbon(draft, &emitted));
        Plan { breaks, ..finished(moment, draft, &widened(found, draft), differs, bill, doubt, None) }
    };
    let latency_division = moment.divided(&found.draft, &found.options);
    let chosen = Plan { id: "chosen".into(), latency_division, ..finish(&found.draft, "", Vec::new()) };
    let mut plans: Vec<Plan> = Vec::new();
    for other in alternatives(moment, found) {
        let plan = finish(&other.draft, &other.differs, Vec::new());
        if plans.iter().all(|known| known.parts != plan.parts) {
            plans.push(plan);
        }
    }
    let (current, current_unknown) = running(moment, found, |draft, breaks| finish(draft, "what runs today", breaks));
    let refused = found.refused().cloned().collect();
    let latency_curve = moment.latency_curve(&found.draft, &[]);
    Plans { alternatives: plans, current, current_unknown, latency_curve, refused, ..Plans::of(moment, chosen) }
}

/// The plans of a workload with ranges in it: fixed machines, judged in every drawn world.
fn doubtful(moment: &Moment<'_>, found: &Found, worlds: &Worlds, drawn: &[Workload], options: &PlanOptions) -> Plans {
    let judge = Judge::new(drawn, moment);
    let chosen = choose(moment, found, &judge, options, worlds);
    let Chosen { draft, verdict, ties, ladder, miss, sensitivity } = chosen;
    let sensitivity = Some(sensitivity);
    let ahead = Ahead::of(drawn);
    let finish = |draft: &Draft, verdict: Verdict, differs: &str, breaks: Vec<String>| {
        let budgets = widened(found, draft);
        let plan = finished(moment, draft, &budgets, differs, verdict.bill, verdict.doubt, Some(&ahead));
        Plan { breaks, ..plan }
    };
    let (hardest, carried) = busiest(&judge, &draft, &verdict);
    let latency_division = hardest.divided(&carried, &found.options);
    let chosen = Plan { id: "chosen".into(), latency_division, ..finish(&draft, verdict, "", Vec::new()) };
    let mut plans: Vec<Plan> = Vec::new();
    let mut add = |draft: &Draft, verdict: Verdict, differs: &str| {
        let is_new = |known: &Plan| known.parts.iter().any(|(name, part)| !same_part(part, &draft[name]));
        if is_new(&chosen) && plans.iter().all(is_new) {
            plans.push(finish(draft, verdict, differs, Vec::new()));
        }
    };
    add(&found.draft, judge.judge(&found.draft), "sized for the middle of every estimate");
    // Under another rule they cover as much as the chosen plan does, or they would be cheaper for being riskier.
    let covered = chosen.doubt.coverage.share();
    let alike = match options.rule {
        RuleOf::Coverage => *options,
        RuleOf::Regret | RuleOf::Careful => PlanOptions { coverage: covered, ..*options },
    };
    for other in alternatives(moment, &Found { draft: draft.clone(), ..found.clone() }) {
        let (draft, verdict) = sized(moment, &other.draft, &found.budgets, &judge, &alike);
        add(&draft, verdict, &other.differs);
    }
    let current = running(moment, found, |draft, breaks| finish(draft, judge.judge(draft), "what runs today", breaks));
    let ladder = ladder.into_iter().map(|(draft, verdict)| point(String::new(), &draft, &verdict.doubt)).collect();
    let refused = found.refused().cloned().collect();
    let (current, current_unknown) = current;
    let latency_curve = moment.latency_curve(&moment.carried(&draft).draft, judge.moments());
    let beside = Plans { latency_curve, ..Plans::of(moment, chosen) };
    Plans { alternatives: plans, current, current_unknown, ties, miss, ladder, sensitivity, refused, ..beside }
}

/// Of the worlds that a draft covers the one in which its machines are busiest, as they are there: the promise is tight where
/// a plan was sized for it. The first world where it covers none.
fn busiest<'j, 'w>(judge: &'j Judge<'w>, draft: &Draft, verdict: &Verdict) -> (&'j Moment<'w>, Draft) {
    let busy = |draft: &Draft| {
        let fleets = draft.values().filter_map(Part::fleet);
        fleets.map(|fleet| fleet.stressed_station.utilization().get()).fold(0.0, f64::max)
    };
    let worlds = judge.moments().iter().zip(&verdict.judged.kept).filter(|(_, kept)| **kept);
    let carried = worlds.map(|(moment, _)| (moment, moment.carried(draft).draft));
    let first = || (&judge.moments()[0], judge.moments()[0].carried(draft).draft);
    carried.max_by(|(_, a), (_, b)| busy(a).total_cmp(&busy(b))).unwrap_or_else(first)
}

/// What runs today as a plan, or why it cannot be told.
fn running(
    moment: &Moment<'_>,
    found: &Found,
    finish: impl FnOnce(&Draft, Vec<String>) -> Plan,
) -> (Option<Plan>, Option<String>) {
    match current(moment, found) {
        Some(Ok((draft, breaks))) => (Some(Plan { id: "current".into(), ..finish(&draft, breaks) }), None),
        Some(Err(unknown)) => (None, Some(unknown)),
        None => (None, None),
    }
}

fn same_part(a: &Part, b: &Part) -> bool {
    a.is_same_size(b) && a.fleet().map(|f| f.purchase) == b.fleet().map(|f| f.purchase)
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

fn million_requests(moment: &Moment<'_>, bill: &Bill) -> Option<Money> {
    let requests = moment.traffic(&moment.workload.entry).billing.events_in(Span::months(1.0));
    UnitCost::of(bill, requests, Data::ZERO).million_requests
}

fn finished(
    moment: &Moment<'_>,
    draft: &Draft,
    budgets: &Budgets,
    differs: &str,
    bill: Bill,
    doubt: Doubt,
    ahead: Option<&Ahead<'_>>,
) -> Plan {
    let months = over_horizon(moment, draft, budgets, bill.total(), ahead);
    let left = growth_left(moment, draft, budgets);
    let component_latency: BTreeMap<ComponentName, Percentiles> = draft
        .keys()
        .map(|name| (name.clone(), Percentiles::of(&moment.percentiles_of(name, draft, &Percentiles::SHARES))))
        .collect();
    let stressed = moment.percentiles_at_entry(draft, State::Stressed, &Percentiles::SHARES);
    let requests = moment.traffic(&moment.workload.entry).billing.events_in(Span::months(1.0));
    let stored: Data = moment
        .workload
        .components
        .iter()
        .map(|(name, c)| match c {
            Component::Store(s) => moment.stored(&s.keep),
            Component::Object(o) => moment.stored(&o.keep),
            Component::Stream(s) => {
                let traffic = moment.traffic(name);
                s.kept(traffic.sizing, traffic.billing)
            }
            Component::Service(_) | Component::Edge(_) | Component::Cache(_) | Component::Batch(_) => Data::ZERO,
        })
        .sum();
    let unit_cost = UnitCost::of(&bill, requests, stored);
    Plan {
        id: String::new(),
        differs: differs.to_owned(),
        place: moment.catalog.place.clone(),
        parts: draft.clone(),
        unit_cost: UnitCost { million_requests: doubt.million_requests.map(|band| band.mean), ..unit_cost },
        upfront: draft.values().filter_map(Part::fleet).filter_map(upfront).sum(),
        months,
        latency: LatencyAt {
            calm: component_latency[&moment.workload.entry],
            stressed: Percentiles::of(&stressed),
            slow_together: moment.percentile_if_slow_together(draft, State::Stressed, Share::percent(99.0)),
        },
        component_latency,
        budgets: budgets.clone(),
        latency_division: None,
        growth_left: left.as_ref().map(|(factor, _)| *factor),
        growth_breaks: left.map_or(String::new(), |(_, why)| why),
        breaks: Vec::new(),
        bill,
        doubt,
    }
}

/// The catalog with the speeds that the workload states.
pub(super) fn with_stated_speeds<'c>(workload: &Workload, catalog: &'c Catalog) -> Cow<'c, Catalog> {
    if workload.assumptions.speed.is_empty() {
        return Cow::Borrowed(catalog);
    }
    let mut catalog = catalog.clone();
    for shape in &mut catalog.shapes {
        if let Some(factor) = workload.assumptions.speed.get(&shape.family) {
            std::sync::Arc::make_mut(shape).speed = crate::catalog::Speed {
                factor: *factor,
                basis: crate::catalog::Basis::Stated,
                source: "workload file".into(),
            };
        }
    }
    Cow::Owned(catalog)
}

/// The first disk or object class that the workload names and the catalog lacks.
pub(super) fn unknown_name(workload: &Workload, catalog: &Catalog) -> Option<PlanRefusal> {
    workload.components.iter().find_map(|(component, part)| {
        let (asked, known): (Vec<&String>, Vec<&String>) = match part {
            Component::Store(s) => (s.volumes.iter().collect(), catalog.volumes.iter().map(|v| &v.name).collect()),
            Component::Object(o) => (o.class.iter().collect(), catalog.classes.iter().map(|c| &c.name).collect()),
            Component::Stream(s) => (s.volumes.iter().collect(), catalog.volumes.iter().map(|v| &v.name).collect()),
            _ => return None,
        };
        let name = asked.into_iter().find(|name| !known.contains(name))?;
        let nearest = known.into_iter().min_by_key(|known| strsim::osa_distance(known, name)).cloned();
        let (place, component) = (catalog.place.clone(), component.clone());
        Some(PlanRefusal::UnknownName { place, component, name: name.clone(), nearest })
    })
}
