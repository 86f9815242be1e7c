//! The bill report as people and scripts read it.
use super::{Meta, csv, html, json, md, report, text};
use crate::bill::sample::{Row, all, by, day, ledger, row};
use crate::bill::{
    Aside, BillOptions, Business, Category, Check, FileRead, Finding, Grain, Ledger, Period, Pricing, Status, bill,
};
use crate::units::{FineAmount, Share};
use crate::{Answer, Refusal};
use serde_json::{Value, json};

fn meta() -> Meta {
    let as_of = jiff::civil::date(2026, 4, 1);
    Meta { version: "1".into(), seed: 1, draws: 1, as_of, inputs: vec![], prices: vec![], notes: vec!["a note".into()] }
}

/// A shop from January to the tenth of March: dearer machines, a new database, a mishap on a Tuesday.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for i in 0..69 {
        let at = day("2026-01-01", i);
        let (price, hours) = if i < 31 { (10, 100) } else { (11, 120 + i % 3) };
        let times = if i == 40 { 6 } else { 1 };
        let web = Row { key: vec!["web"], at: at.clone(), item: "m5.large", ..row() };
        rows.push(Row { costs: all(price * hours * times), quantity: (hours * times).to_string(), ..web.clone() });
        rows.push(Row {
            key: vec![""],
            at: at.clone(),
            costs: all("12.5"),
            quantity: String::new(),
            item: "",
            ..row()
        });
        if i >= 31 {
            let db = Row { key: vec!["db"], at: at.clone(), item: "db.r5", unit: "Hours", ..row() };
            rows.push(Row { costs: all("83.333333333333333333"), quantity: "24".into(), ..db });
        }
        let costs = ["0", "60", "100", "100"].map(String::from);
        let committed = Row { pricing: Pricing::Committed, quantity: "20".into(), costs, ..web };
        rows.push(Row {
            commitment: Some(("arn:aws:savingsplans::123456789012:savingsplan/abcdef", Status::Used)),
            ..committed
        });
    }
    rows.push(Row { key: vec!["web"], category: Category::Tax, costs: all(99), currency: "EUR", item: "vat", ..row() });
    rows
}

fn told(grain: &Grain) -> (Ledger, BillOptions) {
    let mut ledger = ledger(grain, &rows());
    ledger.reading.rows_read += 3;
    ledger.reading.aside.push(Aside { reason: "totals row".into(), rows: 3 });
    let file = FileRead {
        name: "cur.csv".into(),
        format: "FOCUS 1.0".into(),
        confidence: Share::percent(98.0),
        rows: ledger.reading.rows_read,
    };
    ledger.reading.files.push(file);
    let text = "2 rows are there twice and were counted once".to_owned();
    ledger.reading.findings.push(Finding { kind: "duplicates", rows: 2, text });
    let check = |rule: &str, rows_failing| Check {
        rule: rule.into(),
        text: "EffectiveCost must not be null.",
        rows_failing,
        first: if rows_failing > 0 { "cur.csv:7".into() } else { String::new() },
    };
    ledger.reading.checks = vec![check("BilledCost: not null", 0), check("EffectiveCost: not null", 2)];
    let days = (0..69).map(|i| (jiff::civil::date(2026, 1, 1) + jiff::Span::new().days(i), i));
    let amount = |i: i64| FineAmount::raw(i128::from(1_000_000 + 1000 * i) * 10_i128.pow(12));
    let business = Business { name: "requests".into(), days: days.map(|(date, i)| (date, amount(i))).collect() };
    (ledger, BillOptions { compare: None, business: Some(business) })
}

fn outcome(grain: &Grain) -> Result<Answer, Refusal> {
    let (ledger, options) = told(grain);
    bill(&ledger, &options).map(|answer| Answer::Bill(Box::new(answer))).map_err(Refusal::Bill)
}

/// Lines of a text without the blanks that line them up.
fn plain(text: &str) -> String {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_tells_the_whole_story() {
    let outcome = outcome(&Grain { period: Some(Period::Month), ..by(&["service"]) });
    let text = plain(&text::render(&report(&outcome, &meta())));
    for told in [
        "$96,413.17 and 99.00 EUR effective from 2026-01-01 to 2026-03-10; 2026-02 cost $15,038.83 more than",
        "2026-01 (+45.2 %): volume +$7,358.17, price +$3,955.50, new +$2,333.33, mix +$1,391.83; one day",
        "USD $92,273.17 $96,413.17 $99,173.17 $99,173.17 245",
        "(none) 2026-02 USD $350.00 $350.00 $350.00 $350.00 0 % 28",
        "- $33,247.50 in 2026-01, $48,286.33 in 2026-02: $15,038.83 more, 45.2 %",
        "- a day cost $1,072.50 over 31 days, then $1,724.51 over 28: 60.8 % more for each day",
        "web $12,743.00 $3,993.00 $7,358.17 $1,391.83 $0.00",
        "all $15,038.83 $3,955.50 $7,358.17 $1,391.83 $2,333.33",
        "web m5.large 3,100 → 3,993 Hours $10.00 → $11.00 $12,923.00",
        "db db.r5 new → 672 Hours new → $3.472 $2,333.33",
        "web m5.large, Committed 620 → 560 Hours $3.00 -$180.00",
        "- USD: $0.00 of $4,140.00 that commitments cost went unused",
        "arn:aws:savingsp…avingsplan/abcdef Savings Plan $4,140.00 $0.00 100 %",
        "2026-01 31 31,465,000 $33,247.50 $0.001057 $1.057",
        "2026-02-10 web $8,046.00 $1,390.91 87.8 3e-15 $1,380.00, $1,060.00,",
        "2 rules checked, 1 broken.",
        "- 249 rows read, 246 used, set aside 3 (totals row); 100 % of the days have charges; score 98 %",
        "cur.csv FOCUS 1.0 98 % 249",
        "- 2026-03 has charges on 10 of 31 days: the last two whole months are compared",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn every_renderer_takes_it() {
    let outcome = outcome(&Grain { period: Some(Period::Month), ..by(&["service"]) });
    let report = report(&outcome, &meta());
    let csv = csv::render(&report);
    assert!(csv.starts_with("service,period,currency,billed,effective,list,contracted,rows\nweb,2026-03,EUR,99,"));
    assert!(csv.contains("\n,2026-01,USD,387.5,387.5,387.5,387.5,31\n"));
    assert!(md::render(&report).contains("| db | 2026-03 | USD | $833.33 |"));
    let html = html::render(&report);
    assert_eq!(html.matches("<figure").count(), 3, "cost by month, the change, the strangest day");
}

#[test]
fn the_contract_is_kept() {
    let outcome = outcome(&Grain { period: Some(Period::Month), ..by(&["service"]) });
    let envelope = json::envelope("bill", &outcome, &meta());
    let answer = &envelope["answer"];
    assert_eq!((&answer["total"], &answer["rows"]), (&Value::Null, &json!(246)));
    assert_eq!(
        answer["groups"][2],
        json!({"key": {"service": null, "period": "2026-01"}, "billed": "387.5", "effective": "387.5", "list": "387.5",
            "contracted": "387.5", "currency": "USD", "rows": 31})
    );
    assert_eq!((&answer["compared"]["base"], &answer["compared"]["period"]), (&json!("2026-01"), &json!("2026-02")));
    let driver = &answer["drivers"][0];
    for (name, amount) in [("price", "3993"), ("new", "0"), ("gone", "0"), ("total", "12743")] {
        assert_eq!(driver[name], amount);
    }
    let sum: f64 = ["price", "volume", "mix", "new", "gone"]
        .iter()
        .map(|part| driver[part].as_str().unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sum - 12743.0).abs() < 1e-9);
    assert_eq!(answer["driver_items"][0]["price1"], "11");
    let anomaly = &answer["anomalies"][0];
    assert_eq!((&anomaly["time"], &anomaly["key"]["service"]), (&json!("2026-02-10T00:00:00Z"), &json!("web")));
    assert_eq!(anomaly["actual_usd"], "8046");
    assert!(anomaly["p_value"].as_f64().unwrap() < 1e-9);
    assert_eq!(answer["commitments"]["each"][0]["utilization_share"], 1.0);
    assert_eq!(answer["unit_costs"][1]["periods"][0]["days"], 31);
    assert_eq!(answer["checks"][1]["rows_failing"], 2);
    let quality = &answer["quality"];
    assert_eq!(quality["set_aside"], json!([{"reason": "totals row", "rows": 3}]));
    assert_eq!((&quality["duplicates"], &quality["gaps"]), (&json!(2), &json!(0)));
    assert_eq!((&quality["from"], &quality["to"]), (&json!("2026-01-01T00:00:00Z"), &json!("2026-03-11T00:00:00Z")));
    assert_eq!(envelope["notes"][0], "a note");
    let text = json::written("bill", &outcome, &meta());
    assert_eq!(text, serde_json::to_string_pretty(&envelope).unwrap());
}

#[test]
fn one_currency_has_a_total_and_many_groups_a_last_line() {
    let names: Vec<String> = (0..45).map(|i| format!("s{i:02}")).collect();
    let rows: Vec<Row> =
        names.iter().map(|name| Row { key: vec![Box::leak(name.clone().into_boxed_str())], ..row() }).collect();
    let ledger = ledger(&by(&["service"]), &rows);
    let outcome = bill(&ledger, &BillOptions::default()).map(|a| Answer::Bill(Box::new(a))).map_err(Refusal::Bill);
    let report = report(&outcome, &meta());
    assert!(text::render(&report).contains("and 15 more groups: $15.00 effective; CSV and JSON have all of them"));
    assert_eq!(csv::render(&report).lines().count(), 46);
    let envelope = json::envelope("bill", &outcome, &meta());
    assert_eq!(json::written("bill", &outcome, &meta()), serde_json::to_string_pretty(&envelope).unwrap());
    assert_eq!(
        envelope["answer"]["total"],
        json!({"billed": "45", "effective": "45", "list": "45", "contracted": "45", "currency": "USD", "rows": 45})
    );
}

#[test]
fn rows_are_written_piece_by_piece_as_they_are_in_whole() {
    let odd = ["=1+1", "a,b", "say \"no\"", "two\nlines", "tab\there", "back\\slash", "\u{fffd}", "\u{7f}", "+3", ""];
    let names: Vec<String> = (0..3000).map(|i| format!("{}{}", odd[i % odd.len()], i / 2 % 700)).collect();
    let row = |(i, name): (usize, String)| Row {
        key: vec![Box::leak(name.into_boxed_str()), odd[i % odd.len()]],
        at: day("2026-01-01", (i % 70) as i32),
        costs: [i.to_string(), if i % 3 == 0 { String::new() } else { "-0.5".into() }, String::new(), "0".into()],
        currency: ["USD", ""][i % 2],
        ..row()
    };
    let rows: Vec<Row> = names.into_iter().enumerate().map(row).collect();
    for (columns, period) in [(&["a", "period"][..], Some(Period::Month)), (&["a", "a"], None), (&[], None)] {
        let rows = rows.iter().map(|row| Row { key: row.key[..columns.len()].to_vec(), ..row.clone() });
        let ledger = ledger(&Grain { period, ..by(columns) }, &rows.collect::<Vec<_>>());
        let outcome = bill(&ledger, &BillOptions::default()).map(|a| Answer::Bill(Box::new(a))).map_err(Refusal::Bill);
        let in_whole = serde_json::to_string_pretty(&json::envelope("bill", &outcome, &meta())).unwrap();
        assert_eq!(json::pieces("bill", &outcome, &meta()).whole(), in_whole);
        let pieces = csv::pieces(&outcome, &meta());
        assert_eq!(pieces.whole(), csv::render(&report(&outcome, &meta())));
        assert_eq!(pieces.len() > 2, !columns.is_empty());
    }
}

#[test]
fn a_refusal_is_a_sentence() {
    let compare = Some(("2026-01".to_owned(), "2026-05".to_owned()));
    let (ledger, _) = told(&by(&[]));
    let refusal = bill(&ledger, &BillOptions { compare, business: None }).unwrap_err();
    let outcome = Err(Refusal::Bill(refusal));
    assert_eq!(report(&outcome, &meta()).verdict, "No answer: no charge is of `2026-05`; did you mean `2026-03`?");
    let envelope = json::envelope("bill", &outcome, &meta());
    assert_eq!(json::written("bill", &outcome, &meta()), serde_json::to_string_pretty(&envelope).unwrap());
    let refusal = &envelope["refusal"];
    assert_eq!((&refusal["kind"], &refusal["nearest"]), (&json!("unknown_period"), &json!("2026-03")));
}
