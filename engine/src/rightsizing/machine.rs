//! Machines: what runs, and what on the list of the same place would do.
use super::answer::{Advice, Sized};
use super::demand::Demand;
use super::dimension::{Dimension, Need};
use super::needs::{fullest, is_taken, risk};
use super::savings::Saving;
use super::{Effort, RightsizeOptions};
use crate::catalog::{Catalog, Purchase, Shape};
use crate::units::{Money, Span};

/// The machines that run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Running<'a> {
    pub(super) shape: &'a Shape,
    pub(super) count: u32,
    pub(super) purchase: Purchase,
    pub(super) billed: Option<Money>,
}

/// No more machines than this are advised in place of what runs; beyond it a fleet is planned, not resized.
const MOST: u32 = 1000;

/// A month of machines by list prices, paid in this way.
pub(super) fn month(shape: &Shape, purchase: Purchase, count: u32) -> Option<Money> {
    let quote = shape.quote(purchase)?;
    Some(quote.effective * (Span::months(1.0) * f64::from(count)))
}

impl Running<'_> {
    /// As an answer says it.
    pub(super) fn sized(&self) -> Sized {
        sized(self.shape, self.count, self.purchase, self.billed)
    }
    /// What it costs by list.
    pub(super) fn list(&self) -> Option<Money> {
        month(self.shape, self.purchase, self.count)
    }

    /// Whatever would do, the cheapest first, the best of each family. What runs is not among it.
    pub(super) fn options(
        &self,
        catalog: &Catalog,
        demand: &Demand,
        needs: &[Need],
        options: &RightsizeOptions,
    ) -> Vec<Advice> {
        let fits = |shape: &Shape| self.advice(shape, demand, needs, options);
        let mut all: Vec<Advice> = catalog.shapes.iter().filter_map(|shape| fits(shape)).collect();
        all.sort_by(|a, b| a.size.list().cmp(&b.size.list()).then(a.effort.cmp(&b.effort)).then(name(a).cmp(name(b))));
        let mut families = Vec::new();
        all.retain(|advice| {
            let family = name(advice).split('.').next().unwrap_or_default().to_owned();
            let is_first = !families.contains(&family);
            families.push(family);
            is_first
        });
        all
    }

    /// A shape in the least number that holds every need with its headroom at the risk that is taken; none where it does not.
    fn advice(&self, shape: &Shape, demand: &Demand, needs: &[Need], options: &RightsizeOptions) -> Option<Advice> {
        let may = shape.accelerators == self.shape.accelerators
            && (shape.burstable <= self.shape.burstable)
            && shape.local_disk.is_some() >= self.shape.local_disk.is_some();
        if !may {
            return None;
        }
        // Memory that nobody measured is kept: nobody knows how much of it is in use.
        let keeps = demand.series(Dimension::Memory).is_some() || shape.memory >= self.shape.memory;
        let count = if self.count == 1 && demand.instances.is_none() { 1 } else { self.least(shape, needs)? };
        let is_same = shape.name == self.shape.name && count == self.count;
        let (bound_by, full) = fullest(needs, shape, count)?;
        if is_same || !keeps || full > 1.0 {
            return None;
        }
        let risk = risk(demand, shape, count, options);
        if !is_taken(risk, options) {
            return None;
        }
        let list = month(shape, self.purchase, count)?;
        Some(Advice {
            size: sized(shape, count, self.purchase, None),
            saves: self.list().map(|now| Saving::between(now, list, self.billed)),
            effort: Effort::between(self.shape, shape),
            risk,
            bound_by,
        })
    }

    /// The fewest that hold every need; two at least where there is more than one today, for one may be lost.
    fn least(&self, shape: &Shape, needs: &[Need]) -> Option<u32> {
        let (_, full) = fullest(needs, shape, 1)?;
        let least = full.ceil().max(if self.count > 1 { 2.0 } else { 1.0 });
        (least <= f64::from(MOST)).then_some(least as u32)
    }
}

fn sized(shape: &Shape, count: u32, purchase: Purchase, billed: Option<Money>) -> Sized {
    Sized::Machines {
        shape: shape.name.0.clone(),
        count,
        purchase,
        list: month(shape, purchase, count),
        billed,
        provenance: shape.quote(purchase).map(|quote| quote.provenance),
    }
}

fn name(advice: &Advice) -> &str {
    match &advice.size {
        Sized::Machines { shape, .. } => shape,
        Sized::Container { .. } => "",
    }
}
