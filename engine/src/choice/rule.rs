//! Which of several fixed options to take.
use super::Coverage;
use crate::units::{Money, Share};

/// One option in every world.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What a month costs, world by world.
    pub cost: Vec<Money>,
    /// Whether every promise holds, world by world.
    pub kept: Vec<bool>,
}

impl Judged {
    /// The worlds in which every promise holds.
    pub fn coverage(&self) -> Coverage {
        Coverage::of(self.kept.iter().copied())
    }
    /// The expected cost.
    pub fn expected(&self) -> Money {
        let sum: Money = self.cost.iter().copied().sum();
        Money::picos(sum.as_picos() / i128::try_from(self.cost.len().max(1)).expect("a length fits"))
    }
    /// The expected cost with the price of broken promises.
    pub fn expected_burden(&self, miss: Money) -> Money {
        mean(&self.burden(miss).collect::<Vec<_>>())
    }
    /// The same in some of the worlds.
    pub fn among(&self, worlds: &[usize]) -> Self {
        let cost = worlds.iter().map(|world| self.cost[*world]).collect();
        Self { cost, kept: worlds.iter().map(|world| self.kept[*world]).collect() }
    }
    /// Cost, and the price of a broken promise where one is broken.
    pub(super) fn burden(&self, miss: Money) -> impl Iterator<Item = Money> + '_ {
        self.cost.iter().zip(&self.kept).map(move |(cost, kept)| if *kept { *cost } else { *cost + miss })
    }
}

/// What makes an option the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// The least expected cost among those that reach a coverage; without any, the one that covers most.
    Cheapest {
        /// The share of worlds in which every promise has to hold.
        target: Share,
        /// How sure one has to be that another reaches it or does not, for it to be no tie.
        confidence: Share,
    },
    /// The least mean regret: what it costs in a world above the cheapest that keeps its promises there, and the price of a
    /// broken promise where it breaks one.
    LeastRegret {
        /// What a month with a broken promise is worth avoiding for.
        miss: Money,
    },
    /// The least mean over the worst worlds (conditional value at risk; R. T. Rockafellar and S. Uryasev, "Optimization of
    /// conditional value-at-risk", Journal of Risk 2, 2000).
    Careful {
        /// What a month with a broken promise is worth avoiding for.
        miss: Money,
        /// The part of the worlds that counts, the worst ones.
        worst: Share,
    },
}

/// What a rule makes of the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The place of the best.
    pub best: usize,
    /// Places of those that so many draws cannot tell from the best.
    pub ties: Vec<usize>,
    /// What each was weighed by: expected cost, mean regret, or the mean of the worst.
    pub weight: Vec<Money>,
}

/// Weighs options that were judged in the same worlds. Panics without an option.
pub fn weigh(options: &[Judged], rule: Rule) -> Weighed {
    assert!(!options.is_empty(), "there is something to choose from");
    match rule {
        Rule::Cheapest { target, confidence } => cheapest(options, target, confidence),
        Rule::LeastRegret { miss } => least(options.iter().map(|o| mean(&regret(o, options, miss))).collect()),
        Rule::Careful { miss, worst } => {
            least(options.iter().map(|o| mean_of_worst(o.burden(miss).collect(), worst)).collect())
        }
    }
}

fn cheapest(options: &[Judged], target: Share, confidence: Share) -> Weighed {
    let weight: Vec<Money> = options.iter().map(Judged::expected).collect();
    let coverage: Vec<Coverage> = options.iter().map(Judged::coverage).collect();
    let least = |reaches: &dyn Fn(Coverage) -> bool| {
        let reaching = (0..options.len()).filter(|&p| reaches(coverage[p]));
        reaching.min_by_key(|&p| (weight[p], std::cmp::Reverse(coverage[p].held)))
    };
    let best = least(&|c| c.share() >= target).unwrap_or_else(|| {
        let most = (0..options.len()).max_by_key(|&p| (coverage[p].held, std::cmp::Reverse(weight[p])));
        most.expect("there is something to choose from")
    });
    // The cheapest that reaches the target is, for all that these draws can tell, any that may reach it and costs no more than
    // one that surely does.
    let dearest = least(&|c| c.at_least(confidence) >= target).map(|p| weight[p]);
    let may_be =
        |p: &usize| dearest.is_none_or(|dearest| weight[*p] <= dearest) && coverage[*p].at_most(confidence) >= target;
    let ties = (0..options.len()).filter(|p| *p != best).filter(may_be).collect();
    Weighed { best, ties, weight }
}

fn least(weight: Vec<Money>) -> Weighed {
    let best = (0..weight.len()).min_by_key(|&p| weight[p]).expect("there is something to choose from");
    let ties = (0..weight.len()).filter(|&p| p != best && weight[p] == weight[best]).collect();
    Weighed { best, ties, weight }
}

/// An option's regret in every world. Where no option keeps its promises, the cheapest of all is what one could have had.
fn regret(option: &Judged, options: &[Judged], miss: Money) -> Vec<Money> {
    let best = |world: usize| {
        let keeping = options.iter().filter(|o| o.kept[world]).map(|o| o.cost[world]).min();
        keeping.unwrap_or_else(|| options.iter().map(|o| o.cost[world] + miss).min().expect("it is one of them"))
    };
    option.burden(miss).enumerate().map(|(world, burden)| burden - best(world)).collect()
}

fn mean(amounts: &[Money]) -> Money {
    let sum: Money = amounts.iter().copied().sum();
    Money::picos(sum.as_picos() / i128::try_from(amounts.len().max(1)).expect("a length fits"))
}

fn mean_of_worst(mut amounts: Vec<Money>, worst: Share) -> Money {
    amounts.sort();
    let count = ((worst.as_part() * amounts.len() as f64).ceil() as usize).clamp(1, amounts.len());
    mean(&amounts[amounts.len() - count..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(n: f64) -> Money {
        Money::nearest(n)
    }

    /// Sizes from one to a hundred at a dollar each, in a hundred worlds that need one to a hundred.
    fn sizes() -> Vec<Judged> {
        let option = |size: u32| Judged {
            cost: vec![dollars(f64::from(size)); 100],
            kept: (1..=100).map(|need| need <= size).collect(),
        };
        (1..=100).map(option).collect()
    }

    /// One size more costs a dollar and keeps the promise in one world of a hundred more: worth it from 100 dollars a miss on.
    #[test]
    fn the_price_of_a_miss_decides_how_much_is_bought() {
        let best = |miss: f64| weigh(&sizes(), Rule::Careful { miss: dollars(miss), worst: Share::ALL }).best;
        assert_eq!((best(99.0), best(101.0)), (0, 99));
    }

    #[test]
    fn the_cheapest_that_covers_and_those_that_may_be_it() {
        let rule = Rule::Cheapest { target: Share::percent(80.0), confidence: Share::percent(90.0) };
        let weighed = weigh(&sizes(), rule);
        assert_eq!(weighed.best + 1, 80);
        let tied: Vec<usize> = weighed.ties.iter().map(|place| place + 1).collect();
        let enough = Coverage::enough(100, Share::percent(80.0), Share::percent(90.0));
        assert_eq!((tied[tied.len() - 1], tied.contains(&79), tied.contains(&70)), (enough, true, false), "{tied:?}");
    }

    #[test]
    fn regret_is_nothing_for_what_is_best_in_every_world() {
        let best = Judged { cost: vec![dollars(1.0); 3], kept: vec![true; 3] };
        let other = Judged { cost: vec![dollars(2.0), dollars(3.0), dollars(1.5)], kept: vec![true; 3] };
        let weighed = weigh(&[other, best], Rule::LeastRegret { miss: dollars(9.0) });
        assert_eq!((weighed.best, weighed.weight[1]), (1, Money::ZERO));
        assert_eq!(weighed.weight[0], Money::picos(dollars(3.5).as_picos() / 3));
    }

    #[test]
    fn the_mean_of_the_worst_tenth() {
        let amounts: Vec<Money> = (1..=20).map(|n| dollars(f64::from(n))).collect();
        assert_eq!(mean_of_worst(amounts, Share::percent(10.0)), dollars(19.5));
    }
}
