//! Money adds up, to the last digit.
use super::{planned, shops};
use plimsoll::catalog::{Discount, Overlay, Service};
use plimsoll::cost::Bill;
use plimsoll::units::{Money, Share};
use plimsoll_tests::{Decimal, TODAY, json, scaled, small_catalog};
use proptest::prelude::*;
use serde_json::Value;

fn plans(answer: &Value) -> Vec<&Value> {
    let alternatives = answer["alternatives"].as_array().expect("alternatives are a list");
    std::iter::once(&answer["chosen"]).chain(alternatives).collect()
}

fn lines(plan: &Value) -> &[Value] {
    plan["cost"]["lines"].as_array().expect("lines are a list")
}

fn sum(plan: &Value, field: &str) -> Decimal {
    lines(plan).iter().map(|line| Decimal::of(&line[field])).sum()
}

/// The list prices and amounts of a bill, line by line.
fn listed(bill: &Bill, times: u32) -> Vec<(String, Money)> {
    bill.lines
        .iter()
        .map(|line| (format!("{} {} {:?}", line.component, line.sku, line.tier), line.list * times))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bill_is_the_sum_of_its_lines(workload in shops()) {
        let answer = planned(&workload, &small_catalog()).expect("the small catalog carries every shop");
        let whole = json(&answer);
        for plan in plans(&whole["answer"]) {
            let cost = &plan["cost"];
            prop_assert_eq!(Decimal::of(&cost["usd_per_month"]["mean"]), sum(plan, "usd_per_month"));
            prop_assert_eq!(Decimal::of(&cost["list_usd_per_month"]), sum(plan, "list_usd_per_month"));
            prop_assert_eq!(Decimal::of(&cost["contracted_usd_per_month"]), sum(plan, "contracted_usd_per_month"));
            let months = cost["months"].as_array().expect("months are a list");
            let all: Decimal = months.iter().map(|month| Decimal::of(&month["usd"])).sum();
            prop_assert_eq!(Decimal::of(&cost["usd_over_horizon"]["mean"]), all);
            prop_assert_eq!(&months[0]["usd"], &cost["usd_per_month"]["mean"]);
        }
    }

    /// Amounts are kept in units of 10^-12 dollars: half of one is the most that a rounded line may be off.
    #[test]
    fn a_line_is_quantity_times_unit_price(workload in shops()) {
        let answer = planned(&workload, &small_catalog()).expect("the small catalog carries every shop");
        for line in &answer.chosen.bill.lines {
            let exact = line.quantity.nanos() * line.effective.as_picos();
            let distance = (line.amount.as_picos() * 1_000_000_000 - exact).abs();
            prop_assert!(distance <= 500_000_000, "{} {}", line.component, line.sku);
        }
    }

    #[test]
    fn prices_so_many_times_as_high_make_every_line_so_many_times_as_high(workload in shops(), times in 2_u32..9) {
        let [once, often] = [small_catalog(), scaled(small_catalog(), times)]
            .map(|catalog| planned(&workload, &catalog).expect("prices decide what is cheapest, not what holds"));
        prop_assert_eq!(listed(&once.chosen.bill, times), listed(&often.chosen.bill, 1));
        for (once, often) in once.chosen.bill.lines.iter().zip(&often.chosen.bill.lines) {
            prop_assert_eq!(once.quantity, often.quantity);
            // Both are rounded to 10^-12 dollars, the one before and the other after the multiplication.
            let apart = ((once.amount * times).as_picos() - often.amount.as_picos()).abs();
            prop_assert!(apart <= i128::from(times), "{}: {} and {}", once.sku, once.amount.exact(), often.amount.exact());
        }
    }

    #[test]
    fn effective_is_never_above_contracted_nor_that_above_list(
        workload in shops(),
        off in prop::collection::vec((0.0..100.0, 0_usize..6), 0..4),
    ) {
        let discounts = off.into_iter().map(|(percent, service)| Discount {
            off: Share::percent(percent),
            provider: None,
            service: Service::ALL.get(service).copied(),
            family: None,
            sku: None,
            from: None,
            until: None,
        });
        let overlay = Overlay { name: "ours.toml".into(), discounts: discounts.collect(), ..Overlay::default() };
        let ours = planned(&workload, &overlay.apply(small_catalog(), TODAY));
        let ours = ours.expect("a discount decides what is cheapest, not what holds");
        for plan in std::iter::once(&ours.chosen).chain(&ours.alternatives) {
            for line in &plan.bill.lines {
                prop_assert!(line.effective <= line.contracted && line.contracted <= line.list, "{line:?}");
                prop_assert!(line.amount <= line.contracted_amount() && line.contracted_amount() <= line.list_amount());
            }
            prop_assert!(plan.bill.total() <= plan.bill.contracted_total());
            prop_assert!(plan.bill.contracted_total() <= plan.bill.list_total());
        }
    }
}
