//! Which input moves cost and risk, and what knowing it better would be worth, from the draws that the plan was judged in.
//!
//! An input at its p10 is the fifth of the worlds in which it is lowest, whose middle the p10 is; everything else varies in
//! them as it was drawn. So nothing is judged again, and what is correlated moves along as it would.
use super::super::moment::Draft;
use super::judged::Verdict;
use crate::choice::{Coverage, Information, Judged, ascending, information, rank_correlation};
use crate::units::Money;
use crate::workload::Worlds;

/// The part of the worlds that is looked at on either side, whose middle is the p10 or the p90.
const SIDE: f64 = 0.2;

/// A plan where one input is low, or high.
#[derive(Clone, Debug, PartialEq)]
pub struct Tail {
    /// The input there, in its base unit.
    pub value: f64,
    /// The same for people.
    pub shown: String,
    /// What the chosen plan costs.
    pub cost: Money,
    /// In how many of these worlds it keeps every promise.
    pub coverage: Coverage,
    /// What the plan costs that is best if one knows that the world is of these: the least with its broken promises.
    pub best_cost: Money,
    /// What runs in it.
    pub best_runs: String,
}

/// How much one input matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Matter {
    /// Which input.
    pub path: String,
    /// At its p10.
    pub low: Tail,
    /// At its p90.
    pub high: Tail,
    /// Its rank correlation with what the best plan costs.
    pub cost_correlation: Option<f64>,
    /// Its rank correlation with whether the chosen plan breaks a promise.
    pub risk_correlation: Option<f64>,
    /// What knowing it would be worth, a month.
    pub worth: Money,
}

impl Matter {
    /// How far it moves what the best plan costs.
    pub fn swing(&self) -> Money {
        let (low, high) = (self.low.best_cost, self.high.best_cost);
        if high > low { high - low } else { low - high }
    }
}

/// Which inputs matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// Every uncertain input, that first which is worth most to know, then that which moves cost most.
    pub inputs: Vec<Matter>,
    /// What the chosen plan costs on the average above the best plan of each world, a month.
    pub regret: Money,
    /// What it would be worth to know everything, a month.
    pub worth: Money,
    /// What a broken promise was priced at, a month.
    pub miss: Money,
    /// Plans that were weighed.
    pub plans: usize,
}

/// Looks at every input of the worlds. `ladder` are the plans that were judged in them.
pub(super) fn matters(
    worlds: &Worlds,
    ladder: &[(Draft, Verdict)],
    judged: &[Judged],
    chosen: usize,
    miss: Money,
) -> Sensitivity {
    let columns: Vec<Vec<f64>> = (0..worlds.uncertain().len()).map(|input| worlds.column(input).collect()).collect();
    let Information { regret, all, each } = information(judged, chosen, miss, &columns);
    let best: Vec<f64> = (0..worlds.len())
        .map(|world| {
            let burden = |option: &Judged| option.cost[world] + if option.kept[world] { Money::ZERO } else { miss };
            judged.iter().map(burden).min().expect("a plan was judged").as_dollars()
        })
        .collect();
    let broken: Vec<f64> = judged[chosen].kept.iter().map(|kept| f64::from(u8::from(!kept))).collect();
    let tail = |path: &str, column: &[f64], among: &[usize]| {
        let there: Vec<Judged> = judged.iter().map(|option| option.among(among)).collect();
        let best = (0..there.len()).min_by_key(|place| there[*place].expected_burden(miss)).expect("a plan was judged");
        let value = column[among[among.len() / 2]];
        Tail {
            value,
            shown: worlds.shown(path, value),
            cost: there[chosen].expected(),
            coverage: there[chosen].coverage(),
            best_cost: there[best].expected(),
            best_runs: runs(&ladder[best].0),
        }
    };
    let side = ((worlds.len() as f64 * SIDE).ceil() as usize).clamp(1, worlds.len());
    let mut inputs: Vec<Matter> = worlds
        .uncertain()
        .iter()
        .zip(&columns)
        .zip(each)
        .map(|((input, column), worth)| {
            let order = ascending(column);
            Matter {
                path: input.path.clone(),
                low: tail(&input.path, column, &order[..side]),
                high: tail(&input.path, column, &order[order.len() - side..]),
                cost_correlation: rank_correlation(column, &best),
                risk_correlation: rank_correlation(column, &broken),
                worth,
            }
        })
        .collect();
    inputs.sort_by_key(|input| std::cmp::Reverse((input.worth, input.swing())));
    Sensitivity { inputs, regret, worth: all, miss, plans: judged.len() }
}

fn runs(draft: &Draft) -> String {
    let fleets = draft.iter().filter_map(|(name, part)| Some((name, part.fleet()?.machines, part.option())));
    fleets.map(|(name, count, option)| format!("{name} on {count} x {option}")).collect::<Vec<_>>().join(", ")
}
