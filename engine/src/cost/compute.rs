//! Machines.
use super::{Driver, Line};
use crate::catalog::{Payment, Purchase};
use crate::sizing::Fleet;
use crate::units::{Money, Span};
use crate::workload::ComponentName;

/// A month of a fleet.
pub fn machines(component: &ComponentName, driver: Driver, fleet: &Fleet) -> Option<Line> {
    let quote = fleet.shape.quote(fleet.purchase)?;
    let line = Line::of(component, driver, &quote, Span::months(1.0) * f64::from(fleet.machines))?;
    let paid = match fleet.purchase {
        Purchase::OnDemand if quote.effective.money() < quote.contracted.money() => "on-demand, sustained use".into(),
        purchase => purchase.name().to_owned(),
    };
    Some(line.in_tier(Some(paid)))
}

/// What a fleet's way of paying asks for at once: an all-upfront commitment's whole term. None for the others.
pub fn upfront(fleet: &Fleet) -> Option<Money> {
    let Purchase::Committed(term, Payment::AllUpfront) = fleet.purchase else { return None };
    let quote = fleet.shape.quote(fleet.purchase)?;
    Some(quote.effective * (term.span() * f64::from(fleet.machines)))
}
