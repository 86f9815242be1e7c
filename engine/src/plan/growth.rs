//! The horizon: the size of every month, when each step is needed, and how far demand may grow before a promise breaks.
use super::moment::{Budgets, Draft, Moment};
use super::{End, Months, Part, Step};
use crate::choice::Band;
use crate::sizing::LatencyBudget;
use crate::units::{Factor, Money, Span};
use crate::workload::{ComponentName, Workload};

/// The largest factor on demand looked for; beyond it the answer is "more than that".
const MOST_GROWTH: f64 = 64.0;

/// How later months are looked at under doubt.
pub(super) struct Ahead<'a> {
    /// The world that machines are bought for: the most demanding one that the plan covers.
    pub(super) grown: &'a Workload,
    /// Worlds that the months are priced in.
    pub(super) worlds: &'a [Workload],
}

/// Months are priced in so many worlds, the first ones: low-discrepancy points are as even in any number of them.
const PRICED: usize = 32;

/// The months after the first, each sized anew on the same machines.
///
/// Every month keeps the budgets of the first, so the promise end to end is checked where load is heaviest, in the last;
/// only if it is broken there is every month checked and mended by itself.
pub(super) fn over_horizon(
    today: &Moment<'_>,
    chosen: &Draft,
    budgets: &Budgets,
    first: Money,
    ahead: Option<&Ahead<'_>>,
) -> Months {
    let grown = ahead.map_or(today.workload, |ahead| ahead.grown);
    let (months, last) = walk(today, chosen, budgets, first, ahead, false);
    let end = Moment::new(grown, today.catalog, Span::months(months.totals.len() as f64 - 1.0));
    if end.keeps_latency(&last) { months } else { walk(today, chosen, budgets, first, ahead, true).0 }
}

fn walk(
    today: &Moment<'_>,
    chosen: &Draft,
    budgets: &Budgets,
    first: Money,
    ahead: Option<&Ahead<'_>>,
    mend: bool,
) -> (Months, Draft) {
    let mut months = Months { totals: vec![first], machines: vec![machines(chosen)], ..Months::default() };
    let priced = ahead.map_or(&[][..], |ahead| &ahead.worlds[..ahead.worlds.len().min(PRICED)]);
    let mut sums = vec![first; priced.len()];
    let mut now = chosen.clone();
    for month in 1..today.workload.months() {
        let elapsed = Span::months(f64::from(month));
        let moment = Moment::new(ahead.map_or(today.workload, |ahead| ahead.grown), today.catalog, elapsed);
        let mut next = match next_month(&moment, &now, budgets) {
            Ok(next) => next,
            Err((component, why)) => {
                months.ends = Some(End { month, component, why });
                break;
            }
        };
        if ahead.is_some() {
            not_fewer(&moment, &now, &mut next);
        }
        if mend {
            mended(&moment, &mut next);
        }
        for (name, part) in &next {
            if !part.is_same_size(&now[name]) {
                let change = describe(&now[name], part);
                months.steps.push(Step { month, component: name.clone(), change });
            }
        }
        let total = if priced.is_empty() {
            moment.bill(&next).total()
        } else {
            let bill = |world| {
                let there = Moment::new(world, today.catalog, elapsed);
                there.bill(&there.carried(&next).draft).total()
            };
            let totals: Vec<Money> = priced.iter().map(bill).collect();
            sums.iter_mut().zip(&totals).for_each(|(sum, total)| *sum += *total);
            Band::of(&totals).expect("some worlds are priced").mean
        };
        months.totals.push(total);
        months.machines.push(machines(&next));
        now = next;
    }
    months.over = Band::of(&sums).map(|band| Band { mean: months.total(), ..band });
    (months, now)
}

/// Machines that were bought for a world are not given back because another month of it needs fewer.
fn not_fewer(moment: &Moment<'_>, before: &Draft, next: &mut Draft) {
    for (name, part) in before {
        let (had, has) = (part.fleet().map(|f| f.machines), next[name].fleet().map(|f| f.machines));
        if part.option() == next[name].option() && had > has {
            let kept = had.and_then(|n| moment.at_count(name, part, n, next).ok());
            next.insert(name.clone(), kept.unwrap_or_else(|| part.clone()));
        }
    }
}

fn machines(draft: &Draft) -> u32 {
    draft.values().filter_map(Part::fleet).map(|f| f.machines).sum()
}

/// The parts of one month: the machines of the month before in the number that is needed, other machines where no number
/// is enough.
fn next_month(moment: &Moment<'_>, before: &Draft, budgets: &Budgets) -> Result<Draft, (ComponentName, String)> {
    let mut next = before.clone();
    for name in moment.workload.leaves_first() {
        let part = match moment.resized(name, &before[name], budgets, &next) {
            Ok(part) => part,
            Err(refusal) => {
                let other = moment.options(name, budgets, &next).fits.into_iter().next();
                other.ok_or_else(|| (name.clone(), format!("{}: {refusal}", before[name].option())))?
            }
        };
        next.insert(name.clone(), part);
    }
    Ok(next)
}

/// One more of the busiest while the promise end to end is broken.
fn mended(moment: &Moment<'_>, next: &mut Draft) {
    for _ in 0..MOST_REPAIRS {
        if moment.keeps_latency(next) {
            return;
        }
        let Some((name, part)) = one_more(moment, next) else { return };
        next.insert(name, part);
    }
}

/// Repairs beyond this mean that the budgets no longer fit, which the step itself will show.
const MOST_REPAIRS: u32 = 50;

/// One machine more where machines are busiest.
pub(super) fn one_more(moment: &Moment<'_>, draft: &Draft) -> Option<(ComponentName, Part)> {
    let busy = |part: &Part| part.fleet().map(|f| f.stressed_station.utilization());
    let (name, part) = draft
        .iter()
        .filter(|(_, part)| matches!(part, Part::Service(_) | Part::Store(_) | Part::Cache(_) | Part::Stream(_)))
        .max_by(|(_, a), (_, b)| busy(a).partial_cmp(&busy(b)).unwrap_or(std::cmp::Ordering::Equal))?;
    let step = moment.terms(name, LatencyBudget::default()).step.max(1);
    let more = part.fleet()?.machines + step;
    moment.at_count(name, part, more, draft).ok().map(|part| (name.clone(), part))
}

fn describe(before: &Part, after: &Part) -> String {
    let count = |p: &Part| p.fleet().map_or(0, |f| f.machines);
    if before.option() == after.option() {
        format!("{} -> {} x {}", count(before), count(after), after.option())
    } else {
        format!("{} x {} -> {} x {}", count(before), before.option(), count(after), after.option())
    }
}

/// The largest factor on today's demand that the draft carries with every promise kept, and what breaks just beyond it.
/// `None` where even today's demand breaks something.
pub(super) fn growth_left(today: &Moment<'_>, draft: &Draft, budgets: &Budgets) -> Option<(Factor, String)> {
    breaks_at(today, draft, budgets, 1.0).is_none().then(|| {
        // Resources are quick to ask; the response time end to end is asked near their limit, and only if it is broken
        // there is it searched by itself.
        let (by_resources, reason) = largest(MOST_GROWTH, |factor| overloads_at(today, draft, budgets, factor).err());
        if breaks_at(today, draft, budgets, by_resources).is_none() {
            return (Factor::of(by_resources), reason);
        }
        let (factor, reason) = largest(by_resources, |factor| breaks_at(today, draft, budgets, factor));
        (Factor::of(factor), reason)
    })
}

/// The largest factor from one up to `most` at which nothing breaks, to half a per cent, and what breaks above it.
fn largest(most: f64, breaks: impl Fn(f64) -> Option<String>) -> (f64, String) {
    let Some(mut reason) = breaks(most) else { return (most, String::new()) };
    let (mut low, mut high) = (1.0, most);
    while high / low > 1.005 {
        let middle = f64::midpoint(low, high).min(low * 2.0);
        match breaks(middle) {
            None => low = middle,
            Some(why) => (high, reason) = (middle, why),
        }
    }
    (low, reason)
}

/// What breaks when demand is so many times today's, with the fleet as it is; none if nothing does.
pub(super) fn breaks_at(today: &Moment<'_>, draft: &Draft, budgets: &Budgets, factor: f64) -> Option<String> {
    let scaled = today.workload.with_demand(Factor::of(factor));
    let moment = Moment::new(&scaled, today.catalog, today.elapsed);
    let loaded = match overloads(&moment, draft, budgets) {
        Ok(loaded) => loaded,
        Err(why) => return Some(why),
    };
    moment.broken_latency(&loaded).map(|(promise, takes)| match takes {
        Some(takes) => format!("{} takes {takes}, {} is promised", promise.name(), promise.within),
        None => format!("{} takes longer than can be told, {} is promised", promise.name(), promise.within),
    })
}

fn overloads_at(today: &Moment<'_>, draft: &Draft, budgets: &Budgets, factor: f64) -> Result<(), String> {
    let scaled = today.workload.with_demand(Factor::of(factor));
    overloads(&Moment::new(&scaled, today.catalog, today.elapsed), draft, budgets).map(|_| ())
}

/// The draft under another load, or the first resource that it has too little of.
fn overloads(moment: &Moment<'_>, draft: &Draft, budgets: &Budgets) -> Result<Draft, String> {
    let mut loaded = draft.clone();
    for name in moment.workload.leaves_first() {
        let Some(fleet) = draft[name].fleet() else { continue };
        let part = moment.at_count(name, &draft[name], fleet.machines, &loaded);
        loaded.insert(name.clone(), part.map_err(|refusal| format!("{name}: {refusal}"))?);
        if moment.workload.promises.availability.is_some() && !draft[name].is_one_machine() {
            let needed = moment.resized(name, &draft[name], budgets, &loaded).ok();
            let needed = needed.and_then(|part| Some(part.fleet()?.machines)).filter(|n| *n > fleet.machines);
            if let Some(needed) = needed {
                return Err(format!(
                    "{name}: the availability promise takes {needed} machines, there are {}",
                    fleet.machines
                ));
            }
        }
    }
    Ok(loaded)
}
