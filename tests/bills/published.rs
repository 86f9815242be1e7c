//! Sums that others published, of their files where those are at hand, and of rows with the same facts written down here.
use super::shared::folder;
use super::{answer, by, sums, total, total_of, whole};
use crate::asking::answer_of;
use plimsoll::bill::{BillAnswer, Cost};
use plimsoll_ingest::inputs::Found;
use std::fmt::Write;

fn exact(answer: &BillAnswer, cost: Cost) -> String {
    total_of(answer, cost)
}

/// The amounts of a column, as its file writes them.
fn amounts(bytes: &[u8], column: &str) -> Vec<f64> {
    let mut reader = csv::Reader::from_reader(bytes);
    let place = reader.headers().unwrap().iter().position(|name| name == column).expect("the column is there");
    reader.records().map(|row| row.unwrap()[place].parse().expect("amounts are numbers")).collect()
}

/// koku-nise 5.4.4 made a month of eight resources, 5,448 rows; its amounts add up to 584.8960877279688 in binary fractions,
/// one after the other, as most programs add. Exactly they are 584.896087728.
const NISE: (f64, &str) = (584.896_087_727_968_8, "584.896087728");

/// The eight line items of that month: type, hours, cost of an hour.
const RESOURCES: [(&str, u32, &str); 8] = [
    ("Usage", 720, "0.096"),
    ("SavingsPlanCoveredUsage", 720, "0.17"),
    ("DiscountedUsage", 720, "0"),
    ("Usage", 720, "0.24"),
    ("Usage", 720, "0.0672043011"),
    ("Usage", 720, "0.0215053763"),
    ("Usage", 720, "4.6e-05"),
    ("Usage", 408, "0.384"),
];

#[test]
fn a_month_of_nise_is_exact_where_binary_fractions_are_not() {
    let mut csv = "lineItem/LineItemType,lineItem/UsageStartDate,lineItem/CurrencyCode,\
                   lineItem/UnblendedCost,lineItem/ProductCode,bill/PayerAccountId\n"
        .to_owned();
    for (kind, hours, cost) in RESOURCES {
        for hour in 0..hours {
            let (day, hour) = (1 + hour / 24, hour % 24);
            writeln!(csv, "{kind},2026-08-{day:02}T{hour:02}:00:00Z,USD,{cost},AmazonEC2,1").unwrap();
        }
    }
    let answer = answer_of(&csv, &whole()).unwrap_or_else(|no| panic!("{no}"));
    assert_eq!((answer.quality.rows_used, exact(&answer, Cost::Billed).as_str()), (5448, NISE.1));
    let sum = amounts(csv.as_bytes(), "lineItem/UnblendedCost").iter().sum::<f64>();
    assert!(sum != 584.896_087_728 && (sum - 584.896_087_728).abs() < 1e-9, "{sum:?}: each order has its own error");
}

#[test]
fn the_month_of_nise_itself() {
    let Some(folder) = folder("billing/aws") else { return };
    let path = folder.join("nise_cur_2026-08.csv");
    let sum = amounts(&std::fs::read(&path).expect("it can be read"), "lineItem/UnblendedCost").iter().sum::<f64>();
    assert_eq!(sum, NISE.0, "as published");
    let answer = answer(&[Found::file(path)], &whole()).unwrap_or_else(|no| panic!("{no}"));
    assert_eq!((answer.quality.rows_used, exact(&answer, Cost::Billed).as_str()), (5448, NISE.1));
}

#[test]
fn cost_explorers_table_of_that_month_has_the_same_total() {
    let Some(folder) = folder("formats") else { return };
    let file = Found::file(folder.join("cost_explorer_daily_by_service.csv"));
    let answer = answer(&[file], &by(&["service"])).unwrap_or_else(|no| panic!("{no}"));
    assert_eq!(exact(&answer, Cost::Billed), NISE.1);
    let sums = sums(&answer, Cost::Billed);
    let told = ["EC2-Instances", "Relational Database Service", "S3"].map(|service| sums[service].as_str());
    assert_eq!(told, ["412.062967728", "172.8", "0.03312"], "its own row of totals");
}

/// The FinOps Foundation's sample of FOCUS 1.0, September 2024: rows and billed cost by provider, to four decimals.
const SAMPLE: [(&str, u64, &str); 3] = [("AWS", 942, "18.0066"), ("Microsoft", 51, "1.9765"), ("Oracle", 7, "0.5371")];

fn is_the_sample(answer: &BillAnswer) {
    for (provider, rows, billed) in SAMPLE {
        let group = answer.groups.iter().find(|group| group.value(0) == Some(provider));
        let tally = group.expect("the provider is there");
        let sum = tally.cost(Cost::Billed).expect("it is billed").about();
        assert_eq!((tally.rows(), format!("{sum:.4}").as_str()), (rows, billed), "{provider}");
    }
    assert_eq!(answer.groups.len(), SAMPLE.len());
}

#[test]
fn the_sample_of_focus_by_provider() {
    let Some(folder) = folder("billing/focus") else { return };
    let file = Found::file(folder.join("focus_1.0_sample_1000.csv"));
    let answer = answer(&[file], &by(&["provider"])).unwrap_or_else(|no| panic!("{no}"));
    is_the_sample(&answer);
    assert_eq!(exact(&answer, Cost::Billed), "20.52022672899");
}

/// As many rows for each provider, with eleven decimals, quotes around each cell and the word for null, as the sample has.
#[test]
fn rows_like_the_sample_by_provider() {
    let mut csv =
        "\"ProviderName\",\"BilledCost\",\"EffectiveCost\",\"ListCost\",\"ContractedCost\",\"BillingCurrency\",\
                   \"ChargePeriodStart\",\"ChargePeriodEnd\",\"ChargeCategory\",\"ServiceName\",\"BillingPeriodStart\",\
                   \"CommitmentDiscountId\"\n"
            .to_owned();
    for (provider, rows, rest) in
        [("AWS", 942, "16.03053861840"), ("Microsoft", 51, "1.87151418586"), ("Oracle", 7, "0.52447392473")]
    {
        for row in 0..rows {
            // All but the first cost 0.0021, and the first the rest.
            let cost = if row == 0 { rest } else { "0.00210000000" };
            writeln!(
                csv,
                "\"{provider}\",\"{cost}\",\"{cost}\",\"{cost}\",\"NULL\",\"USD\",\"2024-09-18 23:00:00\",\
                 \"2024-09-19 00:00:00\",\"Usage\",\"s\",\"2024-09-01 00:00:00\",\"NULL\""
            )
            .unwrap();
        }
    }
    let answer = answer_of(&csv, &by(&["provider"])).unwrap_or_else(|no| panic!("{no}"));
    is_the_sample(&answer);
    let [billed, .., contracted] = total(&answer);
    assert_eq!((billed.as_deref(), contracted), (Some("20.52022672899"), None), "a null is not nothing");
    assert!(answer.commitments.each.is_empty());
}

/// Microsoft's amortized exports: EffectivePrice x Quantity is the cost, 8 x 0.061644 = 0.493152, and nothing of it is billed.
#[test]
fn a_part_of_a_reservation_of_azure() {
    let csv = "Date,ChargeType,PricingModel,ReservationId,Quantity,UnitOfMeasure,EffectivePrice,CostInBillingCurrency,\
               UnitPrice,PayGPrice,BillingCurrencyCode,Frequency,MeterCategory,OfferId\n\
               09/04/2023,Usage,Reservation,r-1,8,1 Hour,0.061644,0.493152,0,0,USD,UsageBased,Virtual Machines,o\n";
    let answer = answer_of(csv, &by(&[])).err();
    let effective = answer_of(csv, &plimsoll_ingest::bills::Asked::default()).unwrap_or_else(|no| panic!("{no}"));
    assert_eq!(total(&effective), [None, Some("0.493152".into()), None, None]);
    assert!(answer.expect("nothing is billed").to_string().starts_with("no row has the billed cost"));
    let [reservation] = &effective.commitments.each[..] else { panic!("one: {:?}", effective.commitments) };
    assert_eq!(reservation.used.map(|used| used.exact()).as_deref(), Some("0.493152"));
}

const EXAMPLE: &str = "BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeFrequency,\
                       PricingCategory,ResourceId,BilledCost,EffectiveCost,CommitmentDiscountId,CommitmentDiscountStatus\n";

/// The hours of 2023.
fn hours() -> impl Iterator<Item = String> {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate();
    days.flat_map(|(month, days)| {
        (1..=days)
            .flat_map(move |day| (0..24).map(move |hour| format!("2023-{:02}-{day:02}T{hour:02}:00:00Z", month + 1)))
    })
}

/// FOCUS 1.2, "Commitment discount" examples: a dollar an hour for a year, 8,760 hours. Scenario 1 pays all of it upfront,
/// scenario 3 half of it, and half a dollar each hour. What is used (scenario 4) and what is not (scenario 2) of each hour is
/// its dollar: together what was bought.
#[test]
fn what_is_used_and_unused_of_a_commitment_is_what_it_was_bought_for() {
    for (upfront, hourly) in [("8760.00", None), ("4380.00", Some("0.50")), ("0.00", Some("1.00"))] {
        let period = "2023-01-01T00:00:00Z,2023-02-01T00:00:00Z";
        let mut csv = EXAMPLE.to_owned();
        let mut row = |start: &str, words: &str, costs: &str, status: &str| {
            writeln!(
                csv,
                "{period},{start},2023-01-01T01:00:00Z,{words},r,{costs},<my-commitment-discount-id>,{status}"
            )
            .unwrap();
        };
        row("2023-01-01T00:00:00Z", "Purchase,One-Time,Standard", &format!("{upfront},0.00"), "null");
        for (at, hour) in hours().enumerate() {
            if let Some(fee) = hourly {
                row(&hour, "Purchase,Recurring,Standard", &format!("{fee},0.00"), "null");
            }
            row(&hour, "Usage,Usage-Based,Committed", "0.00,1.00", if at % 3 == 0 { "Unused" } else { "Used" });
        }
        let answer = answer_of(&csv, &whole()).unwrap_or_else(|no| panic!("{no}"));
        let [one] = &answer.commitments.each[..] else { panic!("one: {:?}", answer.commitments) };
        assert_eq!(one.bought.map(|money| money.exact()).as_deref(), Some("8760"), "{upfront} upfront");
        assert_eq!(one.spread(), one.bought);
        assert_eq!(one.unused.map(|money| money.exact()).as_deref(), Some("2920"));
        assert_eq!(exact(&answer, Cost::Billed), exact(&answer, Cost::Effective));
    }
}

/// The same of the files of the specification that tell a purchase and its use: one hour of each.
#[test]
fn the_examples_of_the_specification_themselves() {
    let Some(folder) = folder("billing/focus/spec_examples_1.2") else { return };
    let cases = [
        ("with_commitment_discount_flexibility_with_1_resource", "0.5", ["2.75", "2.75"]),
        ("without_commitment_discount_flexibility", "1.5", ["1.5", "1.5"]),
    ];
    for (name, bought, costs) in cases {
        let file = Found::file(folder.join(format!("one_hundred_percent_utilization_{name}.csv")));
        let answer = answer(&[file], &whole()).unwrap_or_else(|no| panic!("{name}: {no}"));
        let [one] = &answer.commitments.each[..] else { panic!("one: {:?}", answer.commitments) };
        assert_eq!(one.bought.map(|money| money.exact()).as_deref(), Some(bought), "{name}");
        assert_eq!((one.spread(), one.used), (one.bought, one.bought), "{name}: all of it is used");
        assert_eq!([Cost::Billed, Cost::Effective].map(|cost| exact(&answer, cost)), costs, "{name}");
    }
    // Scenario 1 and scenario 2 in one bill: 8,760 hours were bought, and one of them is told, unused.
    let files = ["purchase_scenario_1", "usage_scenario_2"]
        .map(|name| Found::file(folder.join(format!("commitment_discount_{name}.csv"))));
    let answer = answer(&files, &whole()).unwrap_or_else(|no| panic!("{no}"));
    let [one] = &answer.commitments.each[..] else { panic!("one: {:?}", answer.commitments) };
    let parts = [one.bought, one.unused, one.used].map(|part| part.map(|money| money.exact()));
    assert_eq!(parts, [Some("8760".into()), Some("1".into()), Some("0".into())]);
}
