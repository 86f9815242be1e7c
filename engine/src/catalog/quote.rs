//! One price in its three forms, and prices by tiers.
use super::Provenance;
use crate::units::{Amount, Billable, Price, Share};

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
    /// Where it ends; none for the last.
    pub to: Option<Amount>,
    /// The price within.
    pub quote: Quote<Q>,
}

/// Prices by tiers at marginal rates: each unit is charged at the rate of the tier it falls into.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiered<Q> {
    tiers: Vec<Tier<Q>>,
}

impl<Q: Billable> Tiered<Q> {
    /// Tiers in ascending order. `None` unless they begin at zero, touch each other and the last has no end.
    pub fn new(tiers: Vec<Tier<Q>>) -> Option<Self> {
        let first = tiers.first()?.from == Amount::default();
        let touching = tiers.windows(2).all(|pair| pair[0].to == Some(pair[1].from));
        let open = tiers.last()?.to.is_none();
        (first && touching && open).then_some(Self { tiers })
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
    /// How much of `total` units falls into each tier; empty tiers left out.
    pub fn split(&self, total: Amount) -> Vec<(&Tier<Q>, Amount)> {
        self.tiers
            .iter()
            .map(|tier| {
                let upper = tier.to.map_or(total, |to| to.min(total));
                (tier, upper.less(tier.from))
            })
            .filter(|(_, amount)| *amount > Amount::default())
            .collect()
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
