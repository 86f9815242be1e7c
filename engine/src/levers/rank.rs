//! What pays, what eats the same saving, and in which order to do it.
use super::answer::{Interaction, LeftOut, LeversRefusal, Ranking, Step, Weighed, effects};
use super::weigh::{Scales, Unweighed, band, covers, mean};
use super::{LeverOptions, Placed};
use crate::catalog::Catalog;
use crate::plan::{PlanOptions, PlanRefusal};
use crate::units::Money;
use crate::workload::Workload;

/// The levers of best return that are also weighed in pairs and in order: every pair of them is planned.
const TOGETHER: usize = 8;
/// Pairs whose savings differ from their sum by less than this part of the base month are told as adding up.
const ADDS_UP: f64 = 0.001;

/// Weighs every lever by itself, the best in pairs, and puts them in order.
pub(super) fn ranked(
    workload: &Workload,
    placed: &[Placed],
    mut left_out: Vec<LeftOut>,
    options: &PlanOptions,
    asked: &LeverOptions,
    catalogs: &[Catalog],
    seed: u64,
) -> Result<Ranking, LeversRefusal> {
    let few = LeverOptions::few(options);
    let scales = Scales::new(workload, placed, few, catalogs, seed);
    let mut scales = scales.map_err(|why| match why {
        Unweighed::Plan(why) => LeversRefusal::Plan(why),
        Unweighed::Correlations(why) => LeversRefusal::Plan(Box::new(PlanRefusal::Correlations(why))),
    })?;
    let months = workload.months();
    let price = |placed: &Placed| Money::nearest(asked.day_cost.as_dollars() * placed.lever.effort.mid);
    let mut weighed: Vec<(usize, Weighed)> = Vec::new();
    for (number, lever) in placed.iter().enumerate() {
        match alone(&mut scales, number, workload, lever, price(lever), months, &few) {
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
    let order = order(&mut scales, placed, &best, &price, months);
    Ok(Ranking {
        base: band(&scales.base().months),
        draws: scales.draws(),
        day_cost: asked.day_cost,
        months,
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
    months: u32,
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
        payback: payback(cost, saves.mean),
        returns: over(saves.mean, months).ratio(cost).unwrap_or(0.0),
        p99: [before, after],
        emitted,
        coverage,
        effects: effects(workload, placed),
        pays: saves.mean > Money::ZERO && over(saves.mean, months) >= cost,
        placed: placed.clone(),
    })
}

fn over(month: Money, months: u32) -> Money {
    month * months
}

fn payback(cost: Money, saved: Money) -> Option<f64> {
    cost.ratio(saved).filter(|_| saved > Money::ZERO)
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
    months: u32,
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
            let returns = over(adds, months).ratio(cost).unwrap_or(0.0);
            if next.as_ref().is_none_or(|(most, ..)| returns > *most) {
                let pays = adds > Money::ZERO && over(adds, months) >= cost;
                let step =
                    Step { lever: placed[lever].to_string(), adds, month, cost, payback: payback(cost, adds), pays };
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
