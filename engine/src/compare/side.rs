//! One side of a comparison.
use crate::bill::{Ledger, items};
use crate::choice::Band;
use crate::plan::PlanAnswer;
use crate::units::{FineMoney, Mass, Money, Share};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A plan's expected month.
    Plan,
    /// A bill, over the time that it covers.
    Bill,
}

/// Something that is charged for.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Whose and for what: lines with the same key are laid beside each other.
    pub key: String,
    /// Which size or item of it.
    pub item: String,
    /// The unit of the quantity.
    pub unit: String,
    /// How much; none where it is not said.
    pub quantity: Option<f64>,
    /// What it costs.
    pub amount: FineMoney,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What it is called: the name of its file.
    pub name: String,
    /// What it is.
    pub what: What,
    /// The code of its currency.
    pub currency: String,
    /// What is charged for.
    pub items: Vec<Item>,
    /// Charges of unknown price, which are in no line.
    pub unknown: usize,
    /// A month in every drawn world, where they are at hand.
    pub worlds: Vec<Money>,
    /// A month's bill.
    pub month: Option<Band<Money>>,
    /// All months of the horizon together, and how many; none of one month, or of a plan that is not carried so far.
    pub horizon: Option<(Money, u32)>,
    /// The part of the worlds in which every promise holds; none where nothing is uncertain.
    pub coverage: Option<Share>,
    /// What a month emits on the mean; none where nobody can say.
    pub emitted: Option<Mass>,
    /// What runs.
    pub runs: String,
}

/// Exact money of plans as that of bills.
pub(super) fn fine(money: Money) -> FineMoney {
    const BETWEEN: i128 = 10_i128.pow((FineMoney::PLACES - 12) as u32);
    FineMoney::raw(money.as_picos().saturating_mul(BETWEEN))
}

impl Side {
    /// The chosen plan of an answer.
    pub fn of_plan(name: &str, answer: &PlanAnswer) -> Self {
        let plan = &answer.chosen;
        let item = |line: &crate::cost::Line| Item {
            key: format!("{}: {}", line.component, line.driver.phrase()),
            item: line.sku.clone() + &line.tier.as_ref().map_or_else(String::new, |tier| format!(", {tier}")),
            unit: line.unit.to_owned(),
            quantity: line.quantity.exact().parse().ok(),
            amount: fine(line.amount),
        };
        let fleets = plan
            .parts
            .iter()
            .filter_map(|(name, part)| Some(format!("{name} on {} x {}", part.fleet()?.machines, part.option())));
        Self {
            name: name.into(),
            what: What::Plan,
            currency: "USD".into(),
            items: plan.bill.lines.iter().map(item).collect(),
            unknown: plan.bill.unknown.len(),
            worlds: plan.doubt.by_world.clone(),
            month: Some(plan.doubt.month),
            horizon: (plan.months.ends.is_none() && plan.months.totals.len() > 1)
                .then(|| (plan.months.band().mean, plan.months.totals.len() as u32)),
            coverage: (!plan.doubt.coverage.is_certain()).then(|| plan.doubt.coverage.share()),
            emitted: plan.doubt.carbon.as_ref().ok().map(|carbon| carbon.emitted.mean),
            runs: fleets.collect::<Vec<_>>().join(", "),
        }
    }
    /// A bill, if its items could be followed. Currencies are told apart by the caller.
    pub(super) fn of_bill(name: &str, ledger: &Ledger) -> Option<(Self, Vec<String>)> {
        let charged = items(&ledger.charges)?;
        let mut currencies: Vec<String> = charged.iter().map(|c| c.currency.code().to_owned()).collect();
        currencies.sort();
        currencies.dedup();
        let item = |charged: crate::bill::Charged| Item {
            key: charged.key,
            item: charged.item,
            unit: charged.unit,
            quantity: charged.used.quantity.map(crate::units::FineAmount::about),
            amount: charged.used.cost,
        };
        let side = Self {
            name: name.into(),
            what: What::Bill,
            currency: currencies.first().cloned().unwrap_or_default(),
            items: charged.into_iter().map(item).collect(),
            unknown: 0,
            worlds: Vec::new(),
            month: None,
            horizon: None,
            coverage: None,
            emitted: None,
            runs: String::new(),
        };
        Some((side, currencies))
    }
    /// All of it.
    pub fn total(&self) -> FineMoney {
        self.items.iter().map(|item| item.amount).sum()
    }
}
