//! One price in its three forms, and prices by tiers.
use super::Provenance;
use crate::units::{Amount, Billable, Money, Price, Share};

/// What one thing costs: as listed, as negotiated, and as it ends up on the bill.
///
/// Contracted is list less the discounts of an overlay; effective is contracted less what the way of paying saves
/// (commitment, spot, sustained use). The names are FOCUS's.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote<Q> {
    /// The provider's or the overlay's name for it.
    pub sku: String,
    /// As published.
    pub list: Price<Q>,
    /// After negotiated discounts.
    pub contracted: Price<Q>,
    /// After the way of paying.
    pub effective: Price<Q>,
    /// Who says so.
    pub provenance: Provenance,
}

impl<Q: Billable> Quote<Q> {
    /// A list price that nobody has bargained about.
    pub fn listed(sku: impl Into<String>, list: Price<Q>, provenance: Provenance) -> Self {
        Self { sku: sku.into(), list, contracted: list, effective: list, provenance }
    }
    /// The same with a negotiated discount on what has been negotiated so far.
    pub fn less(self, discount: Share) -> Self {
        let cut = |p: Price<Q>| p.at(p.money().part(discount.rest()));
        Self { contracted: cut(self.contracted), effective: cut(self.effective), ..self }
    }
}

/// A price that holds for the part of a month's quantity between two bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier<Q> {
    /// Where it begins, in the quote's unit.
    pub from: Amount,
    /// Where it ends; none for the last, unless nobody states a price above.
    pub to: Option<Amount>,
    /// The price within.
    pub quote: Quote<Q>,
}

/// A month's quantity as tiers price it.
#[derive(Clone, Debug, PartialEq)]
pub struct Split<'t, Q> {
    /// How much falls into each tier; empty tiers left out.
    pub priced: Vec<(&'t Tier<Q>, Amount)>,
    /// How much lies above the last tier, where no price is known. Not free: a bill says that it is unknown.
    pub unpriced: Amount,
}

/// Prices by tiers at marginal rates: each unit is charged at the rate of the tier it falls into.
///
/// The last tier has no end, unless a list stops at a number: what lies above has no known price.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiered<Q> {
    tiers: Vec<Tier<Q>>,
}

impl<Q: Billable> Tiered<Q> {
    /// Tiers in ascending order. `None` unless they begin at zero, touch each other and none but the last is open.
    pub fn new(tiers: Vec<Tier<Q>>) -> Option<Self> {
        let first = tiers.first()?.from == Amount::default();
        let touching = tiers.windows(2).all(|pair| pair[0].to == Some(pair[1].from));
        let rising = tiers.iter().all(|tier| tier.to.is_none_or(|to| to > tier.from));
        (first && touching && rising).then_some(Self { tiers })
    }
    /// One price for any quantity.
    pub fn flat(quote: Quote<Q>) -> Self {
        Self { tiers: vec![Tier { from: Amount::default(), to: None, quote }] }
    }
    /// The tiers.
    pub fn tiers(&self) -> &[Tier<Q>] {
        &self.tiers
    }
    /// The same tiers with every quote changed.
    pub fn map(self, change: impl Fn(Quote<Q>) -> Quote<Q>) -> Self {
        let tiers = self.tiers.into_iter().map(|t| Tier { quote: change(t.quote), ..t }).collect();
        Self { tiers }
    }
    /// How much of `total` units falls into each tier, and how much above all of them.
    pub fn split(&self, total: Amount) -> Split<'_, Q> {
        let within = |tier: &Tier<Q>| tier.to.map_or(total, |to| to.min(total)).less(tier.from);
        let priced = self.tiers.iter().map(|tier| (tier, within(tier)));
        Split {
            priced: priced.filter(|(_, amount)| *amount > Amount::default()).collect(),
            unpriced: self.end().map_or(Amount::default(), |end| total.less(end)),
        }
    }
    /// What `total` units end up costing; none where a part of them has no known price.
    pub fn effective(&self, total: Amount) -> Option<Money> {
        let split = self.split(total);
        let priced = split.priced.iter().map(|(tier, units)| tier.quote.effective.money() * *units).sum();
        (split.unpriced == Amount::ZERO).then_some(priced)
    }
    /// Above so much the price is not known; none where it is known for any quantity.
    pub fn end(&self) -> Option<Amount> {
        self.tiers.last().expect("tiers begin at zero, so there is one").to
    }
    /// The unit that the bounds are stated in.
    pub fn unit(&self) -> &'static str {
        self.tiers[0].quote.list.unit()
    }
    /// The price of the first unit.
    pub fn first(&self) -> &Quote<Q> {
        &self.tiers[0].quote
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Data;

    fn tier(from: f64, to: Option<f64>, dollars: &str) -> Tier<Data> {
        let list = Price::listed(dollars.parse().unwrap(), "GB").unwrap();
        let as_of = jiff::civil::date(2026, 1, 1);
        let provenance = Provenance { table: "t".into(), source: "s".into(), as_of, derived: false, note: None };
        Tier { from: Amount::nearest(from), to: to.map(Amount::nearest), quote: Quote::listed("x", list, provenance) }
    }

    #[test]
    fn what_lies_above_the_last_tier_has_no_price() {
        let ladder = Tiered::new(vec![tier(0.0, Some(100.0), "0"), tier(100.0, Some(10_240.0), "0.087")]).unwrap();
        let cases = [
            (0.0, vec![], 0.0),
            (100.0, vec![100.0], 0.0),
            (10_240.0, vec![100.0, 10_140.0], 0.0),
            (12_000.0, vec![100.0, 10_140.0], 1_760.0),
        ];
        for (total, priced, unpriced) in cases {
            let split = ladder.split(Amount::nearest(total));
            let amounts: Vec<_> = split.priced.iter().map(|(_, amount)| *amount).collect();
            assert_eq!(amounts, priced.into_iter().map(Amount::nearest).collect::<Vec<_>>(), "{total}");
            assert_eq!(split.unpriced, Amount::nearest(unpriced), "{total}");
        }
    }

    #[test]
    fn an_open_ladder_prices_everything() {
        let ladder = Tiered::new(vec![tier(0.0, Some(10.0), "2"), tier(10.0, None, "1")]).unwrap();
        assert_eq!((ladder.end(), ladder.split(Amount::nearest(1e9)).unpriced), (None, Amount::default()));
    }

    #[test]
    fn a_ladder_with_a_gap_or_without_a_foot_is_none() {
        assert!(Tiered::<Data>::new(vec![]).is_none());
        assert!(Tiered::new(vec![tier(1.0, None, "1")]).is_none(), "it begins at zero");
        assert!(Tiered::new(vec![tier(0.0, Some(5.0), "1"), tier(6.0, None, "1")]).is_none(), "its tiers touch");
        assert!(Tiered::new(vec![tier(0.0, None, "1"), tier(5.0, None, "1")]).is_none(), "only the last is open");
        assert!(Tiered::new(vec![tier(0.0, Some(0.0), "1")]).is_none(), "no tier is empty");
    }
}
