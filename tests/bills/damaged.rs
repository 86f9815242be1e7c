//! Rows that something happened to: in another order, corrected, in two currencies, beyond all reason, or told as null.
use super::{FIXTURES, No, answer, by, fixture, sums, total, total_of, whole};
use crate::asking::{answer_of, json, whatever_the_order};
use crate::table::Table;
use plimsoll::bill::{BillAnswer, Cost};
use plimsoll::units::FineMoney;
use plimsoll_ingest::bills::Asked;

/// Each format, a row of usage in it, and the columns of its cost, currency and quantity.
const COLUMNS: [(&str, usize, &str, &str, &str); 6] = [
    ("focus.csv", 1, "BilledCost", "BillingCurrency", "PricingQuantity"),
    ("cur.csv", 1, "lineItem/UnblendedCost", "lineItem/CurrencyCode", "lineItem/UsageAmount"),
    ("cur2.csv", 1, "line_item_unblended_cost", "line_item_currency_code", "line_item_usage_amount"),
    ("azure_ea.csv", 1, "CostInBillingCurrency", "BillingCurrencyCode", "Quantity"),
    ("azure_mca.csv", 1, "costInBillingCurrency", "billingCurrency", "quantity"),
    ("gcp.csv", 1, "cost", "currency", "usage.amount_in_pricing_units"),
];

fn read(table: &Table, asked: &Asked) -> BillAnswer {
    answer_of(table.csv(), asked).unwrap_or_else(|no| panic!("{no}"))
}

fn money(text: &str) -> FineMoney {
    FineMoney::read(text.as_bytes()).expect("sums are numbers").0
}

/// So many steps of a generator that walks through all numbers below a power of two.
fn shuffled<T>(mut rows: Vec<T>, seed: u64) -> Vec<T> {
    let mut state = seed;
    for last in (1..rows.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        rows.swap(last, (state >> 33) as usize % (last + 1));
    }
    rows
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for (name, _) in FIXTURES {
        let table = Table::fixture(name);
        for columns in [&[][..], &["service", "tag:team"]] {
            let itself = whatever_the_order(&read(&table, &by(columns)));
            let mut orders = vec![table.rows.iter().rev().cloned().collect()];
            orders.extend((1..4).map(|seed| shuffled(table.rows.clone(), seed)));
            for rows in orders {
                let other = read(&table.with_rows(rows), &by(columns));
                assert!(whatever_the_order(&other) == itself, "{name} by {columns:?}");
            }
        }
    }
    let shuffled = Table::fixture("focus.csv");
    let answer = read(&shuffled.with_rows(shuffled.rows.iter().rev().cloned()), &whole());
    assert!(answer.quality.rows_of("out_of_order") > 0, "it is told nevertheless");
}

#[test]
fn usage_below_zero_lowers_the_sum_and_is_told() {
    for (name, row, cost, _, quantity) in COLUMNS {
        let table = Table::fixture(name);
        let before = money(&total_of(&read(&table, &whole()), Cost::Billed));
        let was = money(&table.rows[row][table.place(cost)]);
        let mut changed = table.with_cell(row, cost, "-3.25").with_cell(row, quantity, "-2");
        // Rows of CUR 2.0 have the cost twice, before and after private discounts.
        if name == "cur2.csv" {
            changed = changed.with_cell(row, "line_item_net_unblended_cost", "-3.25");
        }
        let answer = read(&changed, &whole());
        assert_eq!(money(&total_of(&answer, Cost::Billed)), before - was + money("-3.25"), "{name}");
        assert_eq!(answer.quality.rows_of("negative"), 1, "{name}: {:?}", answer.quality.findings);
    }
}

#[test]
fn two_currencies_are_two_totals() {
    for (name, _, cost, currency, _) in COLUMNS {
        let table = Table::fixture(name);
        let half = table.rows.len() / 2;
        let mut both = table.clone();
        both.rows[half..].iter_mut().for_each(|row| "EUR".clone_into(&mut row[table.place(currency)]));
        let answer = read(&both, &by(&["service"]));
        let codes: Vec<&str> = answer.totals.iter().map(|total| total.currency.code()).collect();
        assert_eq!(codes, ["EUR", "USD"], "{name}");
        let parts = [&table.rows[half..], &table.rows[..half]];
        for (total, rows) in answer.totals.iter().zip(parts) {
            let alone = read(&table.with_rows(rows.to_vec()), &whole());
            let sums = Cost::ALL.map(|cost| total.tally.of(cost).map(|sum| sum.exact()));
            assert_eq!(sums, super::total(&alone), "{name}: {}, of {cost}", total.currency.code());
        }
        // No sum over both is told anywhere.
        let told = json(&answer);
        assert!(told["total"].is_null() && told["totals"].as_array().is_some_and(|totals| totals.len() == 2), "{name}");
    }
    // Cost Explorer has its currencies in the header.
    let mut explorer = Table::fixture("cost_explorer.csv");
    let machines = explorer.place("Virtual Machines($)");
    explorer.header[machines] = "Virtual Machines(EUR)".into();
    let answer = read(&explorer, &whole());
    let told: Vec<_> = answer.totals.iter().map(|t| t.tally.of(Cost::Billed).map(|sum| sum.exact())).collect();
    assert_eq!(told, [Some("1023.5672624".to_owned()), Some("2532.8092264".to_owned())]);
}

#[test]
fn amounts_beyond_reason_are_refused_in_their_cell() {
    for (name, row, cost, _, _) in COLUMNS.into_iter().chain([("cost_explorer.csv", 1, "Message Queue($)", "", "")]) {
        let table = Table::fixture(name);
        for amount in
            ["1e30", "-1e30", "1e400", "9".repeat(400).as_str(), "inf", "NaN", "1,204", "1.2.3", "0x10", "--1"]
        {
            let mut changed = table.with_cell(row, cost, amount);
            if name == "cur2.csv" {
                changed = changed.with_cell(row, "line_item_net_unblended_cost", "");
            }
            let Err(No::Problems(problems)) = answer_of(changed.csv(), &whole()) else {
                panic!("{name}: {amount} was added up")
            };
            assert_eq!((problems.len(), problems[0].line), (1, row + 2), "{name}: {}", problems[0]);
            let column = table.header[..table.place(cost)].len();
            assert!(problems[0].what.contains(amount), "{name}, column {column}: {}", problems[0]);
        }
    }
}

#[test]
fn sums_that_no_number_holds_are_refused() {
    // Each amount is allowed, and so are two of them; the range ends at 1.7e14.
    for (name, _, cost, _, _) in COLUMNS {
        let table = Table::fixture(name);
        let mut changed = table.with_rows(table.rows[1..8].to_vec());
        for row in 0..7 {
            changed = changed.with_cell(row, cost, "9e13");
        }
        match answer_of(changed.csv(), &whole()) {
            Err(No::Refusal(refusal)) => assert_eq!(refusal.kind(), "too_much", "{name}: {refusal}"),
            // CUR 2.0 tells the cost after private discounts too, and that is what is billed.
            Ok(_) if name == "cur2.csv" => {}
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn the_word_null_is_no_amount_and_no_name() {
    let table = Table::fixture("focus.csv");
    let itself = read(&table, &by(&["service", "region", "tag:team"]));
    // As the exports of 2024 were written: the word in every cell that is empty.
    for word in ["NULL", "null"] {
        let mut changed = table.clone();
        for cell in changed.rows.iter_mut().flatten().filter(|cell| cell.is_empty()) {
            word.clone_into(cell);
        }
        let answer = read(&changed, &by(&["service", "region", "tag:team"]));
        assert_eq!(total(&answer), total(&itself));
        assert_eq!(sums(&answer, Cost::List), sums(&itself, Cost::List));
        let rule = answer.checks.iter().find(|check| check.rule == "null is an empty cell").expect("it is a rule");
        assert_eq!(rule.rows_failing, 369, "{word}");
    }
    // A cost that a row does not have is not zero: the sum is of the others, and says so.
    let answer = read(&table.with_cell(1, "ListCost", "NULL"), &whole());
    assert_eq!(answer.totals[0].tally.lacking(Cost::List), 1);
    assert!(
        answer.notes.iter().any(|note| note.starts_with("1 of 369 rows in USD have no list cost")),
        "{:?}",
        answer.notes
    );
    // In other formats the word is no amount.
    for (name, row, cost, currency, _) in COLUMNS.into_iter().filter(|(name, ..)| *name != "focus.csv") {
        let table = Table::fixture(name);
        for (column, what) in [(cost, "cannot read `NULL` as a cost"), (currency, "`NULL` is no currency")] {
            let told = answer_of(table.with_cell(row, column, "NULL").csv(), &whole());
            assert!(told.as_ref().is_err_and(|no| no.to_string().contains(what)), "{name}: {told:?}");
            let told = answer_of(table.with_cell(row, column, "").csv(), &whole());
            assert!(told.is_err(), "{name}: a row without {column} was added up");
        }
    }
}

#[test]
fn what_is_told_twice_is_counted_once_where_rows_have_an_identity() {
    for (name, _) in FIXTURES {
        let itself = answer(&[fixture(name)], &whole()).expect("the fixture is sound");
        let mut table = Table::fixture(name);
        let rows = table.rows.clone();
        table.rows.extend(rows.iter().cloned());
        let twice = read(&table, &whole());
        let aside = twice.quality.aside.iter().find(|aside| aside.reason == "line item told before");
        let told = twice.quality.rows_of("duplicates");
        if name.starts_with("cur") {
            assert_eq!(total(&twice), total(&itself), "{name}");
            assert_eq!(aside.map(|aside| aside.rows), Some(itself.quality.rows_used), "{name}");
        } else {
            let doubled = total(&itself).map(|sum| sum.map(|sum| (money(&sum) + money(&sum)).exact()));
            assert_eq!(total(&twice), doubled, "{name}: nothing tells that these are not meant");
            assert!(aside.is_none() && told >= itself.quality.rows_used, "{name}: {:?}", twice.quality.findings);
        }
    }
}
