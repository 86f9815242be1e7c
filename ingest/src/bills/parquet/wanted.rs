//! What sums of a file in FOCUS need of it.
use super::table::Table;
use crate::bills::asked::{Asked, Field};
use crate::bills::plan::Plan;
use crate::bills::understand::COSTS;
use plimsoll::bill::{Column, Detail};

/// The columns that sums need, by their places in the header.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) costs: [Option<usize>; 4],
    pub(super) time: usize,
    pub(super) currency: Option<usize>,
    pub(super) category: Option<usize>,
    pub(super) pricing: Option<usize>,
    pub(super) by: Vec<(usize, Option<String>)>,
    pub(super) needs_currency: bool,
    pub(super) roots: Vec<usize>,
}

impl Wanted {
    /// What is needed of a file; nothing where its rows have to be read one by one.
    pub(super) fn of(plan: &Plan, asked: &Asked, table: &Table) -> Option<Self> {
        if plan.translator.is_some() || asked.detail != Detail::Sums {
            return None;
        }
        let place = |column| plan.places.of(column);
        let by = plan.by.iter().map(|field| match field {
            Field::Focus(column) => Some((place(*column)?, None)),
            Field::Source(at) => Some((*at, None)),
            Field::Tag(key) => Some((place(Column::Tags)?, Some(key.clone()))),
        });
        let by = by.collect::<Option<Vec<_>>>()?;
        let costs = COSTS.map(|(_, column)| place(column));
        let time = place(Column::ChargePeriodStart)?;
        let words = [Column::BillingCurrency, Column::ChargeCategory, Column::PricingCategory].map(place);
        let all = costs.iter().chain(&words).flatten().chain([&time]).chain(by.iter().map(|(at, _)| at));
        let mut roots: Vec<usize> = all.map(|at| table.root(*at)).collect();
        roots.sort_unstable();
        roots.dedup();
        let [currency, category, pricing] = words;
        Some(Self { costs, time, currency, category, pricing, by, needs_currency: plan.needs_currency, roots })
    }
}
