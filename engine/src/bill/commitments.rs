//! What commitments cover, what of them nobody used, and what they save.
//!
//! FOCUS 1.2, "CommitmentDiscountStatus" and "EffectiveCost": the effective cost of used and of unused rows of a
//! commitment is what it was bought for. Coverage and the effective savings rate as the FinOps Foundation defines them.
use super::charge::{Category, Cost, Pricing, Status};
use super::charges::{Charges, TooMuch, text};
use super::key::Currency;
use super::totals::Tally;
use crate::units::{FineMoney, Share};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All commitments of a bill.
#[derive(Clone, Debug, Default)]
pub struct Commitments {
    /// By currency, the one with most waste first.
    pub each: Vec<CommitmentUse>,
    /// All charges of each currency that has commitments or a discount to speak of.
    pub currencies: Vec<Discounts>,
}

/// One commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentUse {
    /// CommitmentDiscountId.
    pub id: String,
    /// CommitmentDiscountType; empty where unknown.
    pub kind: String,
    /// The currency.
    pub currency: Currency,
    /// The effective cost of what it covered, if the bill says so.
    pub used: Option<FineMoney>,
    /// The effective cost of what nobody used, if the bill says so.
    pub unused: Option<FineMoney>,
    /// What it was bought for in this bill: the billed cost of rows that are neither used nor unused.
    pub bought: Option<FineMoney>,
}

impl CommitmentUse {
    /// Used and unused together: what the bill spreads of it.
    pub fn spread(&self) -> Option<FineMoney> {
        Some(self.used? + self.unused?)
    }
    /// The used part.
    pub fn utilization(&self) -> Option<Share> {
        let part = self.used?.ratio(self.spread()?)?;
        (0.0..=1.0).contains(&part).then(|| Share::of_one(part))
    }
}

/// A part of a whole, both exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// The part; below zero where a discount turned into a surcharge.
    pub part: FineMoney,
    /// The whole, above zero.
    pub whole: FineMoney,
}

/// What discounts come to in one currency. What cannot be told says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discounts {
    /// The currency.
    pub currency: Currency,
    /// The effective cost of what commitments covered.
    pub used: Option<FineMoney>,
    /// The effective cost of what nobody used: waste.
    pub waste: Option<FineMoney>,
    /// The list cost of usage under commitments, of that and of usage at standard prices. What nobody used covers nothing.
    pub coverage: Result<Ratio, String>,
    /// What all usage costs less than at list prices, of what it costs at list prices: the effective savings rate.
    pub savings: Result<Ratio, String>,
    /// The same against negotiated prices: what commitments alone save.
    pub savings_on_contracted: Result<Ratio, String>,
}

pub(super) fn commitments(charges: &Charges) -> Result<Commitments, TooMuch> {
    let currencies: Vec<Currency> = charges.currency_words().map(|word| Currency::of(&word)).collect();
    let mut by_status: BTreeMap<(&Currency, &[u8]), [Option<Tally>; 3]> = BTreeMap::new();
    for ((promise, currency, status), cell) in charges.commitments() {
        let all =
            by_status.entry((&currencies[*currency as usize], charges.promises.word(*promise).as_bytes())).or_default();
        all[*status as usize].get_or_insert_default().add(&cell.into())?;
    }
    let mut unused: BTreeMap<&Currency, Tally> = BTreeMap::new();
    for ((currency, _), [_, of_currency, _]) in &by_status {
        unused.entry(*currency).or_default().add(&of_currency.unwrap_or_default())?;
    }
    let mut each: Vec<CommitmentUse> =
        by_status.into_iter().map(|((currency, word), by_status)| one(currency, word, &by_status)).collect();
    each.sort_by_cached_key(|one| (one.currency.clone(), Reverse(one.unused), one.id.clone(), one.kind.clone()));
    let mut kinds: BTreeMap<&Currency, BTreeMap<(Category, Pricing), Tally>> = BTreeMap::new();
    for ((currency, category, pricing), cell) in charges.kinds() {
        let of_currency = kinds.entry(&currencies[currency as usize]).or_default();
        of_currency.entry((category, pricing)).or_default().add(&cell.into())?;
    }
    let currencies = kinds
        .into_iter()
        .map(|(currency, kinds)| discounts(currency, &kinds, &unused.get(currency).copied().unwrap_or_default(), &each))
        .collect::<Result<_, _>>()?;
    Ok(Commitments { each, currencies })
}

fn one(currency: &Currency, word: &[u8], by_status: &[Option<Tally>; 3]) -> CommitmentUse {
    let zero = word.iter().position(|byte| *byte == 0).expect("a zero ends a commitment's id");
    let of = |status: Status| by_status[status as usize].as_ref();
    let says = of(Status::Used).is_some() || of(Status::Unused).is_some();
    let effective = |status| match of(status) {
        Some(tally) => tally.of(Cost::Effective).filter(|_| tally.lacking(Cost::Effective) == 0),
        None => says.then_some(FineMoney::ZERO),
    };
    CommitmentUse {
        id: text(&word[..zero]),
        kind: text(&word[zero + 1..]),
        currency: currency.clone(),
        used: effective(Status::Used),
        unused: effective(Status::Unused),
        bought: of(Status::Unsaid)
            .and_then(|tally| tally.of(Cost::Billed).filter(|_| tally.lacking(Cost::Billed) == 0)),
    }
}

fn discounts(
    currency: &Currency,
    kinds: &BTreeMap<(Category, Pricing), Tally>,
    unused: &Tally,
    each: &[CommitmentUse],
) -> Result<Discounts, TooMuch> {
    let sum = |is: fn(Pricing) -> bool| {
        let mut sum = Tally::default();
        for ((category, pricing), tally) in kinds {
            if *category == Category::Usage && is(*pricing) {
                sum.add(tally)?;
            }
        }
        Ok(sum)
    };
    let usage = sum(|_| true)?;
    let committed = sum(|pricing| pricing == Pricing::Committed)?;
    let eligible = sum(|pricing| matches!(pricing, Pricing::Committed | Pricing::Standard))?;
    let untold = sum(|pricing| pricing == Pricing::Unknown)?;
    let coverage = if untold.rows > 0 {
        Err(format!("{} of {} rows of usage do not say how they are priced", untold.rows, usage.rows))
    } else {
        let list = |tally: &Tally| if tally.rows == 0 { Ok(FineMoney::ZERO) } else { known(tally, Cost::List) };
        list(unused).and_then(|unused| {
            let (part, whole) = (list(&committed)? - unused, known(&eligible, Cost::List)? - unused);
            ratio(part, whole, "usage that a commitment could cover comes to nothing at list prices")
        })
    };
    let savings = |against: Cost| {
        let (paid, whole) = (known(&usage, Cost::Effective)?, known(&usage, against)?);
        ratio(whole - paid, whole, "usage comes to nothing at these prices")
    };
    let mine = || each.iter().filter(|one| one.currency == *currency);
    let add = |of: fn(&CommitmentUse) -> Option<FineMoney>| mine().map(of).sum::<Option<FineMoney>>();
    Ok(Discounts {
        currency: currency.clone(),
        used: add(|one| one.used),
        waste: add(|one| one.unused),
        coverage,
        savings: savings(Cost::List),
        savings_on_contracted: savings(Cost::Contracted),
    })
}

/// A cost of rows of usage that none of them lacks.
fn known(tally: &Tally, cost: Cost) -> Result<FineMoney, String> {
    match (tally.of(cost), tally.lacking(cost)) {
        _ if tally.rows == 0 => Err("no row is usage".into()),
        (Some(sum), 0) => Ok(sum),
        (_, lacking) => Err(format!("{lacking} of {} rows of usage have no {} cost", tally.rows, cost.word())),
    }
}

fn ratio(part: FineMoney, whole: FineMoney, otherwise: &str) -> Result<Ratio, String> {
    if whole > FineMoney::ZERO { Ok(Ratio { part, whole }) } else { Err(otherwise.into()) }
}
