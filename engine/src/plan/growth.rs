//! The horizon: the size of every month, when each step is needed, and how far demand may grow before a promise breaks.
use super::Part;
use super::answer::{Months, Step};
use super::moment::{Budgets, Draft, Moment};
use crate::units::{Factor, Money, Span};
use crate::workload::ComponentName;

/// The months after the first, each sized anew on the same machines.
pub(super) fn over_horizon(today: &Moment<'_>, chosen: &Draft, budgets: &Budgets, first: Money) -> Months {
    let mut months = Months { totals: vec![first], machines: vec![machines(chosen)], steps: Vec::new() };
    let mut now = chosen.clone();
    for month in 1..today.workload.months() {
        let moment = Moment::new(today.workload, today.catalog, Span::months(f64::from(month)));
        let next = next_month(&moment, &now, budgets);
        for (name, part) in &next {
            if !part.is_same_size(&now[name]) {
                let change = describe(&now[name], part);
                months.steps.push(Step { month, component: name.clone(), change });
            }
        }
        months.totals.push(moment.bill(&next).total());
        months.machines.push(machines(&next));
        now = next;
    }
    months
}

fn machines(draft: &Draft) -> u32 {
    draft.values().filter_map(Part::fleet).map(|f| f.machines).sum()
}

/// The parts of one month: the machines of the month before in the number that is needed, other machines where no number
/// is enough, and one more of the slowest while the promise end to end is broken.
fn next_month(moment: &Moment<'_>, before: &Draft, budgets: &Budgets) -> Draft {
    let mut next = before.clone();
    for name in moment.workload.leaves_first() {
        let resized = moment.resized(name, &before[name], budgets, &next);
        let part = resized.ok().or_else(|| moment.options(name, budgets, &next).fits.into_iter().next());
        if let Some(part) = part {
            next.insert(name.clone(), part);
        }
    }
    for _ in 0..MOST_REPAIRS {
        if moment.keeps_latency(&next) {
            break;
        }
        let Some((name, part)) = one_more(moment, &next) else { break };
        next.insert(name, part);
    }
    next
}

/// Repairs beyond this mean that the budgets no longer fit, which the step itself will show.
const MOST_REPAIRS: u32 = 50;

/// One machine more where machines are busiest.
pub(super) fn one_more(moment: &Moment<'_>, draft: &Draft) -> Option<(ComponentName, Part)> {
    let busy = |part: &Part| part.fleet().map(|f| f.stressed_station.utilization());
    let (name, part) = draft
        .iter()
        .filter(|(_, part)| matches!(part, Part::Service(_) | Part::Store(_)))
        .max_by(|(_, a), (_, b)| busy(a).partial_cmp(&busy(b)).unwrap_or(std::cmp::Ordering::Equal))?;
    let step = moment.terms(name, Default::default()).step.max(1);
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

/// The largest factor looked for; beyond it the answer is "more than that".
pub(super) const MOST_GROWTH: f64 = 64.0;

/// The largest factor on today's demand that the draft carries with every promise kept, and what breaks just beyond it.
/// `None` where even today's demand breaks something.
pub(super) fn growth_left(today: &Moment<'_>, draft: &Draft) -> Option<(Factor, String)> {
    breaks_at(today, draft, 1.0).is_none().then(|| {
        let (mut low, mut high) = (1.0, MOST_GROWTH);
        let Some(mut reason) = breaks_at(today, draft, high) else { return (Factor::of(high), String::new()) };
        while high / low > 1.002 {
            let middle = f64::midpoint(low, high).min(low * 2.0);
            match breaks_at(today, draft, middle) {
                None => low = middle,
                Some(why) => (high, reason) = (middle, why),
            }
        }
        (Factor::of(low), reason)
    })
}

/// What breaks when demand is so many times today's, with the fleet as it is; none if nothing does.
pub(super) fn breaks_at(today: &Moment<'_>, draft: &Draft, factor: f64) -> Option<String> {
    let scaled = today.workload.with_demand(Factor::of(factor));
    let moment = Moment::new(&scaled, today.catalog, today.elapsed);
    let mut loaded = draft.clone();
    for name in moment.workload.leaves_first() {
        let Some(fleet) = draft[name].fleet() else { continue };
        match moment.at_count(name, &draft[name], fleet.machines, &loaded) {
            Ok(part) => loaded.insert(name.clone(), part),
            Err(refusal) => return Some(format!("{name}: {refusal}")),
        };
    }
    moment.broken_latency(&loaded).map(|(promise, takes)| match takes {
        Some(takes) => format!("{} takes {takes}, {} is promised", promise.name(), promise.within),
        None => format!("{} takes longer than can be told, {} is promised", promise.name(), promise.within),
    })
}
