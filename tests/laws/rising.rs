//! What asks for more never gets it for less.
use super::{Alone, alone, machines, month, only, planned, shop};
use plimsoll::catalog::Catalog;
use plimsoll::units::Span;
use plimsoll::workload::Survive;
use plimsoll_tests::small_catalog;
use proptest::prelude::*;
use std::sync::Arc;

/// More of something, and not less: `None`, no plan, is the most.
fn no_less<T: Ord>(less: Option<T>, more: Option<T>) -> bool {
    match (less, more) {
        (Some(less), Some(more)) => less <= more,
        (_, None) => true,
        (None, Some(_)) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_demand_never_needs_fewer_machines(small in alone(), growth in 1.0..4.0, machine in 0_usize..5) {
        let large = Alone { peak: small.peak * growth, ..small };
        let count = |asked: Alone| planned(&asked.workload(), &only(machine)).map(|answer| machines(&answer.chosen));
        let (now, later) = (count(small), count(large));
        prop_assert!(no_less(now, later), "{now:?} machines, then {later:?}");
    }

    #[test]
    fn more_demand_never_costs_less(small in alone(), growth in 1.0..4.0) {
        let large = Alone { peak: small.peak * growth, ..small };
        let (now, later) = (month(&small.workload(), &small_catalog()), month(&large.workload(), &small_catalog()));
        prop_assert!(no_less(now, later), "{now:?}, then {later:?}");
    }

    #[test]
    fn a_tighter_promise_never_needs_fewer_machines(loose in alone(), part in 0.1..1.0, machine in 0_usize..5) {
        let tight = Alone { within: Some(loose.within.unwrap_or(Span::millis(400.0)) * part), ..loose };
        let count = |asked: Alone| planned(&asked.workload(), &only(machine)).map(|answer| machines(&answer.chosen));
        let (before, after) = (count(loose), count(tight));
        prop_assert!(no_less(before, after), "{before:?} machines, then {after:?}");
    }

    #[test]
    fn a_tighter_promise_never_costs_less(loose in alone(), part in 0.1..1.0) {
        let tight = Alone { within: Some(loose.within.unwrap_or(Span::millis(400.0)) * part), ..loose };
        let (before, after) = (month(&loose.workload(), &small_catalog()), month(&tight.workload(), &small_catalog()));
        prop_assert!(no_less(before, after), "{before:?}, then {after:?}");
    }

    #[test]
    fn surviving_more_never_costs_less(asked in alone()) {
        let cost = |survive| month(&Alone { survive, ..asked }.workload(), &small_catalog());
        let (none, machine, zone) = (cost(Survive::None), cost(Survive::Machine), cost(Survive::Zone));
        prop_assert!(no_less(none, machine) && no_less(machine, zone), "{none:?}, {machine:?}, {zone:?}");
    }

    #[test]
    fn a_higher_price_never_makes_a_plan_cheaper(asked in alone(), machine in 0_usize..5, times in 2_u32..5) {
        let workload = asked.workload();
        let (before, after) = (month(&workload, &small_catalog()), month(&workload, &dearer(machine, times)));
        prop_assert!(no_less(before, after), "{before:?}, then {after:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shop_with_more_to_do_never_costs_less(peak in 20.0..2000.0, growth in 1.05..3.0, within in 150.0..600.0) {
        let cost = |peak| month(&shop(peak, within, Survive::Zone), &small_catalog());
        let (now, later) = (cost(peak), cost(peak * growth));
        prop_assert!(no_less(now, later), "{now:?}, then {later:?}");
    }
}

/// The small catalog with one machine so many times as dear.
fn dearer(machine: usize, times: u32) -> Catalog {
    let mut catalog = small_catalog();
    for (_, price, _) in &mut Arc::make_mut(&mut catalog.shapes[machine]).offers {
        *price = price.at(price.money() * times);
    }
    catalog
}
