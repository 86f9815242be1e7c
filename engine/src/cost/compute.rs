//! Machines.
use super::{Bill, Driver, Line, Unknown};
use crate::catalog::{Payment, Purchase};
use crate::sizing::Fleet;
use crate::units::{Money, Span};
use crate::workload::ComponentName;

/// A month of a fleet; unknown where its way of paying has no price, as what runs today may be paid.
pub fn machines(bill: &mut Bill, component: &ComponentName, driver: Driver, fleet: &Fleet) {
    let Some(quote) = fleet.shape.quote(fleet.purchase) else {
        bill.unknown.push(Unknown {
            component: component.clone(),
            driver,
            quantity: format!("{} x {}, {}, all month", fleet.machines, fleet.shape.name, fleet.purchase),
            why: format!("no price of {} for {}", fleet.shape.name, fleet.purchase),
        });
        return;
    };
    let line = Line::of(component, driver, &quote, Span::months(1.0) * f64::from(fleet.machines));
    let paid = match fleet.purchase {
        Purchase::OnDemand if quote.effective.money() < quote.contracted.money() => "on-demand, sustained use".into(),
        purchase => purchase.name().to_owned(),
    };
    bill.add(line.map(|l| l.in_tier(Some(paid))));
}

/// What a fleet's way of paying asks for at once: an all-upfront commitment's whole term. None for the others.
pub fn upfront(fleet: &Fleet) -> Option<Money> {
    let Purchase::Committed(term, Payment::AllUpfront) = fleet.purchase else { return None };
    let quote = fleet.shape.quote(fleet.purchase)?;
    Some(quote.effective * (term.span() * f64::from(fleet.machines)))
}
