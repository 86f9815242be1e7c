//! The four costs of each type of row, and what they add up to.
use super::super::testing::{Done, translated};
use super::super::translate::Outcome;
use super::translator;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;

/// The columns of a report that has everything, and of one without private discounts.
const NET: &str = "lineItem/LineItemType,lineItem/UsageStartDate,lineItem/CurrencyCode,lineItem/UsageAmount,\
    lineItem/UnblendedCost,lineItem/NetUnblendedCost,pricing/publicOnDemandCost,pricing/publicOnDemandRate,pricing/unit,\
    reservation/ReservationARN,reservation/EffectiveCost,reservation/NetEffectiveCost,\
    reservation/UnusedAmortizedUpfrontFeeForBillingPeriod,reservation/UnusedRecurringFee,\
    reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod,reservation/NetUnusedRecurringFee,\
    savingsPlan/SavingsPlanARN,savingsPlan/SavingsPlanEffectiveCost,savingsPlan/NetSavingsPlanEffectiveCost,\
    savingsPlan/TotalCommitmentToDate,savingsPlan/UsedCommitment";

/// A row: its type, and the cells that are not empty, by the ends of their columns' names.
fn row(kind: &str, filled: &[(&str, &str)]) -> Done {
    let cell = |column: &str| match column {
        "lineItem/LineItemType" => kind.to_owned(),
        "lineItem/UsageStartDate" => "2026-03-01T00:00:00Z".to_owned(),
        "lineItem/CurrencyCode" => "USD".to_owned(),
        _ => {
            let found = filled.iter().find(|(name, _)| column.split_once('/').is_some_and(|(_, end)| end == *name));
            found.map_or_else(String::new, |(_, value)| (*value).to_owned())
        }
    };
    let cells: Vec<String> = NET.split(',').map(cell).collect();
    translated(&format!("{NET}\n{}", cells.join(",")), translator).0.remove(0)
}

/// The four costs of each charge of a row; a dash is unknown.
fn costs(done: &Done) -> Vec<String> {
    assert_eq!(done.outcome, Outcome::Used);
    let columns = [Column::BilledCost, Column::EffectiveCost, Column::ListCost, Column::ContractedCost];
    let charge = |charge: &super::super::row::FocusRow| {
        let costs = columns.map(|column| match String::from_utf8_lossy(charge.get(column)).into_owned() {
            cost if cost.is_empty() => "-".to_owned(),
            cost => cost,
        });
        costs.join(" ")
    };
    done.charges.iter().map(charge).collect()
}

fn cells(done: &Done, column: Column) -> Vec<String> {
    done.charges.iter().map(|charge| String::from_utf8_lossy(charge.get(column)).into_owned()).collect()
}

/// Cells by the names of their columns.
type Filled<'t> = &'t [(&'t str, &'t str)];

const ARN: (&str, &str) = ("ReservationARN", "arn:aws:ec2:us-east-1:1:reserved-instances/2");
const PLAN: (&str, &str) = ("SavingsPlanARN", "arn:aws:savingsplans::1:savingsplan/3");

#[test]
fn each_type_has_its_four_costs() {
    let list = ("publicOnDemandCost", "3");
    let cost = ("UnblendedCost", "2");
    let back = ("UnblendedCost", "-2");
    let cases: [(&str, Filled<'_>, &[&str]); 18] = [
        ("Usage", &[cost, list], &["2 2 3 2"]),
        ("Usage", &[cost], &["2 2 - 2"]),
        ("DiscountedUsage", &[("UnblendedCost", "0"), list, ARN, ("EffectiveCost", "1.25")], &["0 1.25 3 3"]),
        ("SavingsPlanCoveredUsage", &[cost, list, PLAN, ("SavingsPlanEffectiveCost", "1.5")], &["2 1.5 3 2"]),
        ("SavingsPlanNegation", &[back, list, PLAN], &["-2 0 0 0"]),
        (
            "SavingsPlanRecurringFee",
            &[cost, PLAN, ("TotalCommitmentToDate", "2"), ("UsedCommitment", "1.5")],
            &["2 0 2 2", "0 0.5 0 0"],
        ),
        (
            "SavingsPlanRecurringFee",
            &[cost, PLAN, ("TotalCommitmentToDate", "2"), ("UsedCommitment", "2")],
            &["2 0 2 2"],
        ),
        ("SavingsPlanUpfrontFee", &[cost, PLAN], &["2 0 2 2"]),
        (
            "RIFee",
            &[cost, ARN, ("UnusedAmortizedUpfrontFeeForBillingPeriod", "0.25"), ("UnusedRecurringFee", "0.5")],
            &["2 0 2 2", "0 0.75 0 0"],
        ),
        ("Fee", &[cost, ARN], &["2 0 2 2"]),
        ("Fee", &[cost], &["2 2 2 2"]),
        ("FlatRateSubscription", &[cost], &["2 2 2 2"]),
        ("Tax", &[cost], &["2 2 2 2"]),
        ("Credit", &[back], &["-2 -2 -2 -2"]),
        ("Refund", &[back], &["-2 -2 -2 -2"]),
        ("EdpDiscount", &[back], &["-2 -2 0 -2"]),
        ("PrivateRateDiscount", &[back], &["-2 -2 0 -2"]),
        ("BundledDiscount", &[back], &["-2 -2 0 -2"]),
    ];
    for (kind, filled, expected) in cases {
        assert_eq!(costs(&row(kind, filled)), expected, "{kind} {filled:?}");
    }
}

#[test]
fn private_discounts_are_in_every_cost_but_the_list() {
    let (gross, net) = (("UnblendedCost", "2"), ("NetUnblendedCost", "1.8"));
    let cases: [(&str, Filled<'_>, &[&str]); 7] = [
        ("Usage", &[gross, net, ("publicOnDemandCost", "2")], &["1.8 1.8 2 1.8"]),
        ("DiscountedUsage", &[gross, net, ("EffectiveCost", "1"), ("NetEffectiveCost", "0.9")], &["1.8 0.9 - -"]),
        (
            "SavingsPlanCoveredUsage",
            &[gross, net, ("SavingsPlanEffectiveCost", "1"), ("NetSavingsPlanEffectiveCost", "0.9")],
            &["1.8 0.9 - 1.8"],
        ),
        (
            "RIFee",
            &[
                gross,
                net,
                ("UnusedRecurringFee", "0.5"),
                ("NetUnusedRecurringFee", "0.45"),
                ("UnusedAmortizedUpfrontFeeForBillingPeriod", "0.1"),
            ],
            &["1.8 0 2 1.8", "0 0.55 0 0"],
        ),
        ("Fee", &[gross, net], &["1.8 1.8 2 1.8"]),
        ("Tax", &[gross, net], &["1.8 1.8 1.8 1.8"]),
        // The rows it lowers are net already.
        ("EdpDiscount", &[("UnblendedCost", "-0.2"), ("NetUnblendedCost", "0")], &["0 0 0 0"]),
    ];
    for (kind, filled, expected) in cases {
        assert_eq!(costs(&row(kind, filled)), expected, "{kind}");
    }
}

#[test]
fn what_the_report_does_not_tell_is_unknown() {
    let cost = ("UnblendedCost", "2");
    assert_eq!(costs(&row("DiscountedUsage", &[cost])), ["2 - - -"]);
    assert_eq!(costs(&row("SavingsPlanCoveredUsage", &[cost])), ["2 - - 2"]);
    assert_eq!(costs(&row("SavingsPlanRecurringFee", &[cost, ("UsedCommitment", "1")])), ["2 - 2 2"]);
    assert_eq!(costs(&row("RIFee", &[cost])), ["2 - 2 2"]);
    // Words where a number belongs, as some programs write them beside reservations.
    assert_eq!(costs(&row("Usage", &[cost, ("publicOnDemandCost", "convertible")])), ["2 2 - 2"]);
    let bare = "lineItem/LineItemType,lineItem/UsageStartDate,lineItem/CurrencyCode,lineItem/UnblendedCost,\
        reservation/UnusedRecurringFee\nRIFee,2026-03-01,USD,2,0.5";
    assert_eq!(costs(&translated(bare, translator).0[0]), ["2 - 2 2"]);
}

#[test]
fn commitments_are_bought_used_and_wasted() {
    let fee = row(
        "RIFee",
        &[("UnblendedCost", "2"), ("UsageAmount", "744"), ("unit", "Hrs"), ARN, ("UnusedRecurringFee", "0.5")],
    );
    let told = [
        (Column::ChargeCategory, ["Purchase", "Usage"]),
        (Column::PricingCategory, ["Standard", "Committed"]),
        (Column::ChargeFrequency, ["Recurring", "Usage-Based"]),
        (Column::CommitmentDiscountStatus, ["", "Unused"]),
        (Column::CommitmentDiscountId, [ARN.1, ARN.1]),
        (Column::CommitmentDiscountType, ["Reserved Instance", "Reserved Instance"]),
        (Column::CommitmentDiscountCategory, ["Usage", "Usage"]),
        (Column::PricingQuantity, ["744", ""]),
        (Column::ConsumedQuantity, ["", ""]),
        (Column::BillingCurrency, ["USD", "USD"]),
    ];
    for (column, expected) in told {
        assert_eq!(cells(&fee, column), expected, "{column:?}");
    }
    let filled =
        [("UnblendedCost", "2"), PLAN, ("UsageAmount", "7.32E-7"), ("unit", "Hrs"), ("publicOnDemandRate", "4.0E-7")];
    let used = row("SavingsPlanCoveredUsage", &filled);
    let columns = [Column::ChargeCategory, Column::PricingCategory, Column::CommitmentDiscountStatus];
    assert_eq!(used.told(columns), ["Usage", "Committed", "Used"]);
    let columns = [Column::CommitmentDiscountType, Column::CommitmentDiscountCategory, Column::CommitmentDiscountId];
    assert_eq!(used.told(columns), ["Savings Plan", "Spend", PLAN.1]);
    let columns = [Column::PricingQuantity, Column::PricingUnit, Column::ConsumedQuantity, Column::ListUnitPrice];
    assert_eq!(used.told(columns), ["0.000000732", "Hrs", "0.000000732", "0.0000004"]);
    let negation = row("SavingsPlanNegation", &filled);
    let columns = [Column::CommitmentDiscountId, Column::PricingCategory, Column::PricingQuantity];
    assert_eq!(negation.told(columns), ["", "Other", ""]);
}

#[test]
fn a_month_amortizes_to_what_was_paid() {
    // A plan of 2 an hour: 1.5 of it used by usage worth 2.1 on demand. A reservation of 1 an hour, 0.75 of it used.
    let rows = [
        row("SavingsPlanCoveredUsage", &[("UnblendedCost", "2.1"), PLAN, ("SavingsPlanEffectiveCost", "1.5")]),
        row("SavingsPlanNegation", &[("UnblendedCost", "-2.1"), PLAN]),
        row(
            "SavingsPlanRecurringFee",
            &[("UnblendedCost", "2"), PLAN, ("TotalCommitmentToDate", "2"), ("UsedCommitment", "1.5")],
        ),
        row("DiscountedUsage", &[("UnblendedCost", "0"), ARN, ("EffectiveCost", "0.75")]),
        row("RIFee", &[("UnblendedCost", "1"), ARN, ("UnusedRecurringFee", "0.25")]),
        row("Usage", &[("UnblendedCost", "0.000000000000000001")]),
        row("Credit", &[("UnblendedCost", "-0.1")]),
    ];
    let sum = |column: Column, filter: &dyn Fn(&super::super::row::FocusRow) -> bool| {
        let charges = rows.iter().flat_map(|row| &row.charges).filter(|row| filter(row));
        charges.map(|row| FineMoney::read(row.get(column)).unwrap().0).sum::<FineMoney>().exact()
    };
    assert_eq!(sum(Column::BilledCost, &|_| true), "2.900000000000000001");
    assert_eq!(sum(Column::EffectiveCost, &|_| true), "2.900000000000000001");
    let wasted = |row: &super::super::row::FocusRow| row.get(Column::CommitmentDiscountStatus) == b"Unused";
    assert_eq!(sum(Column::EffectiveCost, &wasted), "0.75");
    // FOCUS: of each commitment, what its usage effectively costs is what its purchase was billed.
    for (_, id) in [ARN, PLAN] {
        let of = |row: &super::super::row::FocusRow| row.get(Column::CommitmentDiscountId) == id.as_bytes();
        let is =
            |row: &super::super::row::FocusRow, category: &[u8]| of(row) && row.get(Column::ChargeCategory) == category;
        let usage = sum(Column::EffectiveCost, &|row| is(row, b"Usage"));
        assert_eq!(usage, sum(Column::BilledCost, &|row| is(row, b"Purchase")));
    }
}
