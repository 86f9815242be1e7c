//! What pays, what eats the same saving, and in which order to do it.
use super::answer::{Interaction, LeftOut, LeversRefusal, Ranking, Step, Weighed, effects};
use super::horizon::Horizon;
use super::weigh::{Scales, Unweighed, band, covers, mean};
use super::{LeverOptions, Placed};
use crate::catalog::Catalog;
use crate::plan::{PlanAnswer, PlanOptions, PlanRefusal};
use crate::units::Money;
use crate::workload::Workload;

/// The levers of best return that are also weighed in pairs and in order: every pair of them is planned.
const TOGETHER: usize = 8;
/// Pairs whose savings differ from their sum by less than this part of the base month are told as adding up.
const ADDS_UP: f64 = 0.001;

/// Weighs every lever by itself, the best in pairs, and puts them in order. They are weighed on the planned workload, in
/// which every cache is as large as it was chosen, so that what they are compared with is the plan.
pub(super) fn ranked(
    plan: &PlanAnswer,
    placed: &[Placed],
    mut left_out: Vec<LeftOut>,
    asked: &LeverOptions,
    catalogs: &[Catalog],
    seed: u64,
) -> Result<Ranking, LeversRefusal> {
    let (workload, options) = (&plan.workload, &plan.options);
    let horizon = &Horizon::of(&plan.chosen.months, workload.months());
    let few = LeverOptions::few(options);
    let scales = Scales::new(workload, placed, few, catalogs, seed);
    let mut scales = scales.map_err(|why| match why {
        Unweighed::Plan(why) => LeversRefusal::Plan(why),
        Unweighed::Correlations(why) => LeversRefusal::Plan(Box::new(PlanRefusal::Correlations(why))),
    })?;
    let price = |placed: &Placed| Money::nearest(asked.day_cost.as_dollars() * placed.lever.effort.mid);
    let mut weighed: Vec<(usize, Weighed)> = Vec::new();
    for (number, lever) in placed.iter().enumerate() {
        match alone(&mut scales, number, workload, lever, price(lever), horizon, &few) {
            Ok(one) => weighed.push((number, one)),
            Err(why) => left_out.push(LeftOut { name: lever.lever.name, on: lever.on.clone(), why }),
        }
    }
    weighed.sort_by(|(_, a), (_, b)| {
        b.returns.total_cmp(&a.returns).then_with(|| a.placed.to_string().cmp(&b.placed.to_string()))
    });
    let best: Vec<usize> = weighed
        .iter()
        .filter(|(_, one)| one.saves.mean > Money::ZERO)
        .map(|(number, _)| *number)
        .take(TOGETHER)
        .collect();
    let interactions = interactions(&mut scales, placed, &best);
    let order = order(&mut scales, placed, &best, &price, horizon);
    Ok(Ranking {
        base: band(&scales.base().months),
        draws: scales.draws(),
        day_cost: asked.day_cost,
        months: workload.months(),
        grows: horizon.grows(),
        weighed: weighed.into_iter().map(|(_, one)| one).collect(),
        left_out,
        interactions,
        order,
    })
}

/// One lever by itself, or why it may not be pulled.
fn alone(
    scales: &mut Scales<'_>,
    number: usize,
    workload: &Workload,
    placed: &Placed,
    cost: Money,
    horizon: &Horizon,
    options: &PlanOptions,
) -> Result<Weighed, String> {
    let (before, had, emitted) = (scales.base().p99, scales.base().coverage, scales.base().emitted);
    let with = scales.with(&[number]).map_err(|why| format!("with it there is {why}"))?;
    let (after, coverage, breaks) = (with.p99, with.coverage, with.breaks.clone());
    let emitted = [emitted, with.emitted];
    if covers(had, options) && !covers(coverage, options) {
        let (share, breaks) = (coverage.share(), breaks.unwrap_or_default());
        return Err(format!("with it the promises hold in {share} of the worlds only; most often {breaks} breaks"));
    }
    let saves = band(&scales.saves(&[number]).expect("it was planned"));
    Ok(Weighed {
        saves,
        cost,
        payback: horizon.payback(cost, saves.mean),
        returns: horizon.over(saves.mean).ratio(cost).unwrap_or(0.0),
        p99: [before, after],
        emitted,
        coverage,
        effects: effects(workload, placed),
        pays: saves.mean > Money::ZERO && horizon.over(saves.mean) >= cost,
        placed: placed.clone(),
    })
}

/// Every pair of the best whose savings together are not the sum of both.
fn interactions(scales: &mut Scales<'_>, placed: &[Placed], best: &[usize]) -> Vec<Interaction> {
    let least = mean(&scales.base().months).as_dollars() * ADDS_UP;
    let mut found = Vec::new();
    for (i, &a) in best.iter().enumerate() {
        for &b in &best[i + 1..] {
            let saved = |scales: &mut Scales<'_>, set: &[usize]| scales.saves(set).map(|saved| mean(&saved));
            let (Some(one), Some(other)) = (saved(scales, &[a]), saved(scales, &[b])) else { continue };
            let Some(together) = saved(scales, &[a, b]) else { continue };
            let difference = together - one - other;
            if difference.as_dollars().abs() > least {
                let between = [placed[a].to_string(), placed[b].to_string()];
                found.push(Interaction { between, together, difference });
            }
        }
    }
    found.sort_by_key(|i| std::cmp::Reverse(i.difference.as_picos().abs()));
    found
}

/// One after the other, whichever adds most for its effort to those before, until none pays: the first that does not is
/// told too.
fn order(
    scales: &mut Scales<'_>,
    placed: &[Placed],
    best: &[usize],
    price: &dyn Fn(&Placed) -> Money,
    horizon: &Horizon,
) -> Vec<Step> {
    let (mut taken, mut open): (Vec<usize>, Vec<usize>) = (Vec::new(), best.to_vec());
    let mut steps: Vec<Step> = Vec::new();
    let mut before = mean(&scales.base().months);
    while !open.is_empty() {
        let mut next: Option<(f64, usize, Step)> = None;
        for &lever in &open {
            let set: Vec<usize> = taken.iter().copied().chain([lever]).collect();
            let Ok(with) = scales.with(&set) else { continue };
            let (month, cost) = (band(&with.months), price(&placed[lever]));
            let adds = before - month.mean;
            let returns = horizon.over(adds).ratio(cost).unwrap_or(0.0);
            if next.as_ref().is_none_or(|(most, ..)| returns > *most) {
                let pays = adds > Money::ZERO && horizon.over(adds) >= cost;
                let step = Step {
                    lever: placed[lever].to_string(),
                    adds,
                    month,
                    cost,
                    payback: horizon.payback(cost, adds),
                    pays,
                };
                next = Some((returns, lever, step));
            }
        }
        let Some((_, lever, step)) = next else { break };
        let (pays, month) = (step.pays, step.month.mean);
        steps.push(step);
        if !pays {
            break;
        }
        (taken, before) = ([&taken[..], &[lever]].concat(), month);
        open.retain(|other| *other != lever);
    }
    steps
}
