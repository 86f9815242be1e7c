//! The reservation or savings plan that a row has to do with.
use super::charge::Kind;
use super::columns::{Columns, cell};
use crate::bills::checked::is_word;
use crate::bills::row::{Cells, FocusRow};
use memchr::memmem;
use plimsoll::bill::Column;
use std::borrow::Cow;

/// PricingModel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    OnDemand,
    Spot,
    Reservation,
    SavingsPlan,
    Other,
    Unsaid,
}

impl Model {
    pub(super) fn of(cell: &[u8]) -> Self {
        const WORDS: [(&str, Model); 5] = [
            ("OnDemand", Model::OnDemand),
            ("Spot", Model::Spot),
            ("Reservation", Model::Reservation),
            ("SavingsPlan", Model::SavingsPlan),
            ("SavingsPlans", Model::SavingsPlan),
        ];
        let model = WORDS.iter().find(|(word, _)| is_word(cell, word)).map(|(_, model)| *model);
        model.unwrap_or(if cell.is_empty() { Self::Unsaid } else { Self::Other })
    }
}

/// What a commitment promises: usage of a kind, or spending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    Reservation,
    SavingsPlan,
}

/// A commitment; its id may be unknown where only the pricing model shows that there is one.
#[derive(Clone, Debug)]
pub(super) struct Commitment {
    id: Vec<u8>,
    name: Vec<u8>,
    plan: Option<Plan>,
}

impl Commitment {
    /// The commitment that the row names, or else shows by its kind or pricing model.
    pub(super) fn of(columns: &Columns, cells: &Cells<'_>, kind: Kind, model: Model) -> Option<Self> {
        let columns = &columns.commitment;
        let reservation = cell(cells, columns.reservation);
        let or =
            |first: Cow<'_, [u8]>, second: &[u8]| if first.is_empty() { second.to_vec() } else { first.into_owned() };
        let mut id = or(cell(cells, columns.benefit), &reservation);
        // Letters of ids differ in case from row to row.
        id.make_ascii_lowercase();
        let has = |part: &[u8]| memmem::find(&id, part).is_some();
        let plan = match (kind, model) {
            _ if has(b"/microsoft.capacity/") => Some(Plan::Reservation),
            _ if has(b"/microsoft.billingbenefits/") => Some(Plan::SavingsPlan),
            (Kind::UnusedReservation, _) | (_, Model::Reservation) => Some(Plan::Reservation),
            (Kind::UnusedSavingsPlan, _) | (_, Model::SavingsPlan) => Some(Plan::SavingsPlan),
            _ if !reservation.is_empty() => Some(Plan::Reservation),
            _ => None,
        };
        let name = or(cell(cells, columns.benefit_name), &cell(cells, columns.reservation_name));
        (plan.is_some() || !id.is_empty()).then_some(Self { id, name, plan })
    }

    /// Writes what is known of it.
    pub(super) fn write(&self, kind: Kind, row: &mut FocusRow) {
        if self.id.is_empty() {
            return;
        }
        row.set(Column::CommitmentDiscountId, &self.id);
        row.set(Column::CommitmentDiscountName, &self.name);
        if let Some(plan) = self.plan {
            let (kind, category) = match plan {
                Plan::Reservation => ("Reservation", "Usage"),
                Plan::SavingsPlan => ("Savings Plan", "Spend"),
            };
            row.set(Column::CommitmentDiscountType, kind.as_bytes());
            row.set(Column::CommitmentDiscountCategory, category.as_bytes());
        }
        let status: &[u8] = match kind {
            Kind::Usage => b"Used",
            _ if kind.is_unused() => b"Unused",
            _ => b"",
        };
        row.set(Column::CommitmentDiscountStatus, status);
    }
}
