//! Answers about small bills.
use super::sample::{Row, add, all, answer, by, day, ledger, money, row};
use super::*;
use crate::units::FineMoney;

fn two_months() -> Vec<Row> {
    let mut rows = Vec::new();
    for (month, days, price, hours) in [("2026-01-01", 31, 10, 100), ("2026-02-01", 28, 11, 100)] {
        for i in 0..days {
            let (at, costs) = (day(month, i), all(price * hours));
            rows.push(Row { key: vec!["web"], at: at.clone(), costs, quantity: hours.to_string(), ..row() });
            rows.push(Row { key: vec!["db"], at, costs: all(5), item: "disk", unit: "GB", ..row() });
        }
    }
    rows
}

#[test]
fn currencies_stay_apart() {
    let rows = [row(), Row { currency: "EUR", costs: all("2.5"), ..row() }, row()];
    let answer = answer(&by(&[]), &rows);
    let sums: Vec<(&str, String, u64)> = answer
        .totals
        .iter()
        .map(|t| (t.currency.code(), t.tally.of(Cost::Billed).unwrap().exact(), t.tally.rows))
        .collect();
    assert_eq!(sums, [("EUR", "2.5".into(), 1), ("USD", "2".into(), 2)]);
    assert_eq!(answer.groups.len(), 2);
}

#[test]
fn a_cost_that_no_row_has_is_unknown_and_one_that_some_lack_is_told() {
    let costs = ["1", "2", "", ""].map(String::from);
    let rows = [Row { costs: costs.clone(), ..row() }, Row { costs: ["1", "", "", "4"].map(String::from), ..row() }];
    let answer = answer(&by(&[]), &rows);
    let tally = answer.totals[0].tally;
    assert_eq!((tally.of(Cost::List), tally.of(Cost::Effective)), (None, Some(money("2"))));
    assert!(
        answer.notes.contains(&"1 of 2 rows in USD have no effective cost: effective sums are of the others".into())
    );
    let asked = Grain { cost: Cost::List, ..Grain::whole() };
    let refusal = bill(&ledger(&asked, &rows), &BillOptions::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "no row has the list cost; the billed, effective and contracted costs are there");
}

#[test]
fn groups_stand_by_period_and_then_by_cost() {
    let grain = Grain { period: Some(Period::Month), ..by(&["service"]) };
    let mut rows = two_months();
    rows.push(Row { key: vec![""], at: "2026-01-05".into(), costs: all(1), ..row() });
    let answer = answer(&grain, &rows);
    let groups: Vec<String> = answer
        .groups
        .iter()
        .map(|g| format!("{} {} {}", g.slot().unwrap(), g.key(), g.cost(Cost::Effective).unwrap().exact()))
        .collect();
    assert_eq!(
        groups,
        ["2026-01 web 31000", "2026-01 db 155", "2026-01 (none) 1", "2026-02 web 30800", "2026-02 db 140"]
    );
    assert_eq!(answer.groups.at(2).key().values(), [None]);
}

#[test]
fn a_price_that_rose_by_a_tenth_is_found_to_the_last_digit() {
    let answer = answer(&by(&["service"]), &two_months());
    let drivers = answer.drivers.unwrap();
    assert_eq!(drivers.compared.base.slot.to_string(), "2026-01");
    let web = &drivers.groups[0];
    assert_eq!((web.key.to_string(), web.before, web.after), ("web".into(), money("31000"), money("30800")));
    // 2,800 hours at one more; three days less of a thousand.
    assert_eq!(web.parts, Parts { price: money("2800"), volume: money("-3000"), ..Parts::default() });
    assert_eq!(drivers.totals[0].parts.total(), money("-215"));
    let item = &drivers.items[0];
    assert_eq!((item.item.as_str(), item.unit.as_str(), item.fate), ("sku", "Hours", Fate::GoesOn));
    assert_eq!(item.after.unwrap().unit_price(), Some(money("11")));
    assert_eq!((item.price, item.quantity), (money("2800"), money("-3000")));
}

#[test]
fn a_like_item_goes_on_and_an_unlike_one_is_new_or_gone() {
    let [jan, feb] = ["2026-01-01", "2026-02-01"].map(String::from);
    let rows = [
        Row { at: jan.clone(), costs: all(100), quantity: "100".into(), ..row() },
        Row { at: feb.clone(), costs: all(40), quantity: "40".into(), ..row() },
        Row { at: feb.clone(), costs: all(36), quantity: "60".into(), pricing: Pricing::Committed, ..row() },
        Row { at: jan, costs: all(7), item: "old", ..row() },
        Row { at: feb, costs: all(9), item: "young", ..row() },
    ];
    let drivers = answer(&by(&[]), &rows).drivers.unwrap();
    let parts = Parts { mix: money("-24"), new: money("9"), gone: money("-7"), ..Parts::default() };
    assert_eq!((drivers.groups.len(), drivers.groups[0].parts), (1, parts));
}

#[test]
fn periods_are_named_and_missed_by_name() {
    let ask = |base: &str, period: &str| {
        let compare = Some((base.to_owned(), period.to_owned()));
        bill(&ledger(&by(&[]), &two_months()), &BillOptions { compare, business: None })
    };
    let back = ask("2026-02", "2026-01").unwrap().drivers.unwrap();
    assert_eq!(back.totals[0].parts.total(), money("215"));
    assert_eq!(
        ask("2026-01", "2026-04").unwrap_err().to_string(),
        "no charge is of `2026-04`; did you mean `2026-02`?"
    );
    assert_eq!(ask("2026-1", "2026-02").unwrap_err().to_string(), "no charge is of `2026-1`; did you mean `2026-01`?");
    assert_eq!(ask("2026-01-01", "2026-02-01").unwrap_err().kind(), "too_fine");
    assert_eq!(ask("2026-01", "2026-02-01").unwrap_err().kind(), "unlike_periods");
    assert_eq!(ask("2026-01", "2026-01").unwrap().drivers.unwrap().totals[0].parts, Parts::default());
}

#[test]
fn the_order_of_rows_and_of_parts_changes_nothing() {
    let mut rows = two_months();
    rows.extend((0..40).map(|i| Row { key: vec![["x", "y", ""][i % 3]], currency: ["USD", "EUR"][i % 2], ..row() }));
    let grain = Grain { period: Some(Period::Day), ..by(&["service"]) };
    let shown = |ledger: &Ledger| format!("{:?}", bill(ledger, &BillOptions::default()).unwrap());
    let mut merged = Charges::new(grain.clone());
    for part in rows.rchunks(7) {
        let mut charges = Charges::new(grain.clone());
        part.iter().rev().for_each(|row| add(&mut charges, row));
        merged.merge(charges).unwrap();
    }
    let whole = ledger(&grain, &rows);
    let reading = whole.reading.clone();
    assert_eq!(shown(&whole), shown(&Ledger { charges: merged.finish().unwrap(), reading }));
}

#[test]
fn nothing_is_refused_and_doubts_are_told() {
    let mut none = ledger(&by(&[]), &[]);
    none.reading.rows_read = 12;
    none.reading.aside.push(Aside { reason: "totals row".into(), rows: 12 });
    let refusal = bill(&none, &BillOptions::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "none of 12 rows is a charge: 12 are set aside (totals row)");

    let mut rows: Vec<Row> = (0..20).map(|i| Row { at: day("2026-03-02", i), costs: all(100), ..row() }).collect();
    rows.remove(10);
    rows[18].costs = all(11);
    let quality = answer(&by(&[]), &rows).quality;
    let kinds: Vec<_> = quality.findings.iter().map(|f| f.kind).collect();
    assert_eq!((quality.gaps, kinds), (Some(1), vec!["gaps", "cut_off"]));
    assert_eq!(
        quality.findings[1].text,
        "the last day, 2026-03-21, looks cut off: it has 11 % of the cost of a middle day"
    );
    assert!((quality.score.as_part() - 0.95).abs() < 1e-12);
}

#[test]
fn a_bill_of_months_has_no_gaps() {
    let rows = ["2026-01", "2026-02", "2026-03"].map(|month| Row { at: month.into(), ..row() });
    let answer = answer(&by(&[]), &rows);
    assert_eq!((answer.quality.gaps, answer.quality.findings.len()), (Some(0), 0));
    assert!(answer.notes.contains(&"no look for anomalies: all charges are dated to the first of a month".into()));
    let compared = answer.drivers.unwrap().compared;
    assert_eq!((compared.base.slot.to_string(), compared.base.days), ("2026-02".into(), None));
}

/// FOCUS 1.2: the effective cost of used and unused rows is what the commitment was bought for.
#[test]
fn commitments_are_used_or_wasted() {
    let costs = |billed: &str, effective: &str, list: &str| [billed, effective, list, list].map(String::from);
    let sp = |status| Some(("sp-1", status));
    let rows = [
        Row { category: Category::Purchase, costs: costs("100", "0", "100"), commitment: sp(Status::Unsaid), ..row() },
        Row { costs: costs("0", "75", "150"), pricing: Pricing::Committed, commitment: sp(Status::Used), ..row() },
        Row { costs: costs("0", "25", "25"), pricing: Pricing::Committed, commitment: sp(Status::Unused), ..row() },
        Row { costs: costs("50", "50", "50"), ..row() },
        Row { costs: costs("5", "5", "9"), pricing: Pricing::Dynamic, ..row() },
    ];
    let commitments = answer(&by(&[]), &rows).commitments;
    let one = &commitments.each[0];
    assert_eq!((one.id.as_str(), one.kind.as_str(), one.spread()), ("sp-1", "Savings Plan", Some(money("100"))));
    assert_eq!((one.bought, one.utilization().unwrap().as_part()), (one.spread(), 0.75));
    let all = &commitments.currencies[0];
    assert_eq!(all.waste, Some(money("25")));
    assert_eq!(all.coverage, Ok(Ratio { part: money("150"), whole: money("200") }));
    assert_eq!(all.savings, Ok(Ratio { part: money("79"), whole: money("234") }));
    let mut lacking = rows.to_vec();
    lacking[3].costs[2].clear();
    let commitments = answer(&by(&[]), &lacking).commitments;
    assert_eq!(commitments.currencies[0].savings, Err("1 of 4 rows of usage have no list cost".into()));
}

#[test]
fn one_costs_less_where_more_share_the_cost() {
    let business = |amounts: &[(&str, i32, i64)]| {
        let one = i128::from(10_u64.pow(12));
        let days = amounts.iter().flat_map(|(first, days, amount)| {
            (0..*days).map(move |i| {
                let date = Slot::named(&day(first, i), Calendar::Utc).unwrap().date();
                (date, crate::units::FineAmount::raw(i128::from(*amount) * one))
            })
        });
        Some(Business { name: "requests".into(), days: days.collect() })
    };
    let options =
        BillOptions { compare: None, business: business(&[("2026-01-01", 31, 1000), ("2026-02-01", 30, 1250)]) };
    let answer = bill(&ledger(&by(&["service"]), &two_months()), &options).unwrap();
    let costs = &answer.unit_costs[0];
    let [jan, feb] = costs.periods[..] else { panic!("two months") };
    assert_eq!((jan.of_one(), jan.of_thousand()), (Some(money("1.005")), Some(money("1005"))));
    assert_eq!((feb.days, feb.of_one()), (Some(28), Some(money("0.884"))));
    let change = costs.change.unwrap();
    assert_eq!(change.more, money("4020"));
    assert_eq!(change.more + change.dearer, feb.cost - jan.cost);
    assert!(answer.notes.contains(&"2 days of `requests` have no charges and are left out of the cost of one".into()));
}

#[test]
fn monthly_counts_are_matched_with_monthly_charges() {
    let rows = ["2026-01", "2026-02"].map(|month| Row { at: month.into(), costs: all(62), ..row() });
    let days = (1..=31).map(|d| (jiff::civil::date(2026, 1, d), crate::units::FineAmount::raw(10_i128.pow(12))));
    let business = Some(Business { name: "orders".into(), days: days.collect() });
    let answer = bill(&ledger(&by(&[]), &rows), &BillOptions { compare: None, business }).unwrap();
    assert_eq!(answer.unit_costs[0].periods[0].of_one(), Some(money("2")));
    assert_eq!(answer.unit_costs[0].change, None);
}

#[test]
fn the_dearest_change_comes_first_among_many() {
    let rows: Vec<Row> = (0..60)
        .map(|i| {
            let items = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
            let at = ["2026-01-01", "2026-02-01"][i % 2].to_owned();
            Row { key: vec![["p", "q"][i / 30]], at, item: items[i % 12], costs: all((i * i) % 97), ..row() }
        })
        .collect();
    let drivers = answer(&by(&["team"]), &rows).drivers.unwrap();
    assert_eq!(drivers.items.len(), 10);
    let sizes: Vec<FineMoney> = drivers.items.iter().map(|item| item.change().abs()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b));
    for driver in &drivers.groups {
        assert_eq!(driver.parts.total(), driver.after - driver.before);
    }
}
