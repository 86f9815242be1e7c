//! Machines.
use super::{Bill, Driver, Line, Unknown};
use crate::catalog::{Payment, Purchase, Quote, Shape};
use crate::sizing::Fleet;
use crate::units::{Factor, Money, Span};
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

/// Machines that run for a part of the month, at so many times their price, as it is in the hours they run in.
pub fn machine_time(
    bill: &mut Bill,
    component: &ComponentName,
    (shape, purchase): (&Shape, Purchase),
    time: Span,
    times: Factor,
) {
    let Some(quote) = shape.quote_by_the_hour(purchase) else {
        if time > Span::ZERO {
            bill.unknown.push(Unknown {
                component: component.clone(),
                driver: Driver::Compute,
                quantity: format!("{} hours of {}, {purchase}", Factor::of(time.as_hours()), shape.name),
                why: format!("no price of {} for {purchase}", shape.name),
            });
        }
        return;
    };
    let effective = quote.effective.at(quote.effective.money().times(times));
    let line = Line::of(component, Driver::Compute, &Quote { effective, ..quote }, time);
    let at = if times == Factor::ONE { String::new() } else { format!(", at {times} times the price in these hours") };
    bill.add(line.map(|l| l.in_tier(Some(format!("{purchase}{at}")))));
}

/// What a fleet's way of paying asks for at once: an all-upfront commitment's whole term. None for the others.
pub fn upfront(fleet: &Fleet) -> Option<Money> {
    let Purchase::Committed(term, Payment::AllUpfront) = fleet.purchase else { return None };
    let quote = fleet.shape.quote(fleet.purchase)?;
    Some(quote.effective * (term.span() * f64::from(fleet.machines)))
}
