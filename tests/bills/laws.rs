//! What holds of every bill, whatever is on it: tried on bills that nobody wrote.
use super::{No, answer, by, sums, total, total_of};
use crate::asking::{answer_of, whatever_the_order};
use crate::shelf::Shelf;
use plimsoll::bill::{BillAnswer, Cost, Period};
use plimsoll::units::FineMoney;
use plimsoll_ingest::bills::Asked;
use plimsoll_ingest::inputs::Found;
use proptest::prelude::*;
use std::collections::BTreeMap;

const SERVICES: [&str; 4] = ["Compute", "Storage", "Queue, and topic", "a \"quoted\" one"];
const REGIONS: [&str; 3] = ["north", "south", ""];
const HEADER: &str = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,\
                      ChargeCategory,ServiceName,RegionId,SkuId,PricingCategory,PricingUnit,PricingQuantity,BillingPeriodStart,\
                      CommitmentDiscountId,CommitmentDiscountStatus,CommitmentDiscountType";

/// A charge: of a day of February or March 2026, its costs in millionths.
#[derive(Clone, Debug)]
struct Row {
    day: u32,
    service: usize,
    region: usize,
    item: u32,
    billed: i64,
    list: Option<i64>,
    quantity: u32,
    currency: &'static str,
}

fn row() -> impl Strategy<Value = Row> {
    let names = (0..59_u32, 0..SERVICES.len(), 0..REGIONS.len(), 0..5_u32);
    let costs = (-5_000_000..90_000_000_i64, prop::option::weighted(0.8, 0..99_000_000_i64), 1..500_u32);
    (names, costs, prop::sample::select(vec!["USD", "USD", "USD", "EUR"])).prop_map(|(names, costs, currency)| {
        let ((day, service, region, item), (billed, list, quantity)) = (names, costs);
        Row { day, service, region, item, billed, list, quantity, currency }
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 1..60)
}

/// An amount of so many millionths.
fn amount(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", millionths.abs() / 1_000_000, millionths.abs() % 1_000_000)
}

fn exact(millionths: i64) -> String {
    FineMoney::read(amount(millionths).as_bytes()).expect("it is a number").0.exact()
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

impl Row {
    /// Whether it is of the later of the two months.
    const fn is_of_march(&self) -> bool {
        self.day >= 28
    }
    fn day(&self) -> (u32, u32) {
        if self.is_of_march() { (3, self.day - 27) } else { (2, self.day + 1) }
    }
    fn line(&self, times: i64) -> String {
        let (month, day) = self.day();
        let billed = amount(self.billed * times);
        let list = self.list.map_or(String::new(), |list| amount(list * times));
        let (service, region) = (quoted(SERVICES[self.service]), REGIONS[self.region]);
        format!(
            "{billed},{billed},{list},{list},{},2026-{month:02}-{day:02}T00:00:00Z,2026-{month:02}-{day:02}T12:00:00Z,Usage,\
             {service},{region},sku-{},Standard,Hours,{},2026-{month:02}-01T00:00:00Z,,,",
            self.currency, self.item, self.quantity
        )
    }
}

fn text<'r>(rows: impl IntoIterator<Item = &'r Row>) -> String {
    let lines: String = rows.into_iter().map(|row| row.line(1) + "\n").collect();
    format!("{HEADER}\n{lines}")
}

fn told(text: &str, asked: &Asked) -> BillAnswer {
    answer_of(text, asked).unwrap_or_else(|no| panic!("{no}"))
}

/// Sums of each currency and each word, made with whole numbers.
fn added<'r>(rows: impl Iterator<Item = &'r Row>, word: impl Fn(&Row) -> String) -> BTreeMap<(String, String), i64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry((row.currency.to_owned(), word(row))).or_default() += row.billed;
    }
    sums
}

fn grouped(answer: &BillAnswer) -> BTreeMap<(String, String), String> {
    let word = |group: plimsoll::bill::Group<'_>| group.value(0).unwrap_or_default().to_owned();
    let sum = |group: plimsoll::bill::Group<'_>| group.cost(Cost::Billed).map_or(String::new(), |sum| sum.exact());
    answer.groups.iter().map(|group| ((group.currency_code().to_owned(), word(group)), sum(group))).collect()
}

fn as_text(sums: BTreeMap<(String, String), i64>) -> BTreeMap<(String, String), String> {
    sums.into_iter().map(|(name, sum)| (name, exact(sum))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, turned) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        for asked in [by(&[]), by(&["service", "region"]), Asked { period: Some(Period::Day), ..by(&["sku"]) }] {
            let [itself, other] = [&rows, &turned].map(|rows| whatever_the_order(&told(&text(rows), &asked)));
            prop_assert_eq!(itself, other);
        }
    }

    #[test]
    fn a_file_split_into_many_is_the_same_bill(rows in rows(), files in 1..8_usize, threads in 1..4_usize) {
        let shelf = Shelf::new();
        let part = |file: usize| text(rows.iter().skip(file).step_by(files));
        let parts: Vec<Found> = (0..files).map(|file| shelf.put(&format!("{file}.csv"), part(file))).collect();
        let one = shelf.put("one.csv", text(&rows));
        for columns in [&[][..], &["service"], &["region", "sku"]] {
            let asked = Asked { threads, ..by(columns) };
            // Not every file has a row where there are more files than rows.
            let [whole, split] = [std::slice::from_ref(&one), &parts].map(|files| answer(files, &asked));
            prop_assert_eq!(whole.map(|answer| whatever_the_order(&answer)), split.map(|answer| whatever_the_order(&answer)));
        }
    }

    /// That groups add up to the total is looked at for every answer of this suite.
    #[test]
    fn a_bill_is_the_sum_of_its_rows_however_they_are_grouped(rows in rows()) {
        let text = text(&rows);
        let services = grouped(&told(&text, &by(&["service"])));
        prop_assert_eq!(services, as_text(added(rows.iter(), |row| SERVICES[row.service].to_owned())));
        let regions = grouped(&told(&text, &by(&["region"])));
        prop_assert_eq!(regions, as_text(added(rows.iter(), |row| REGIONS[row.region].to_owned())));
        let whole = told(&text, &by(&[]));
        let totals = whole.totals.iter().map(|total| {
            let sum = total.tally.of(Cost::Billed).map_or(String::new(), |sum| sum.exact());
            ((total.currency.code().to_owned(), String::new()), sum)
        });
        prop_assert_eq!(totals.collect::<BTreeMap<_, _>>(), as_text(added(rows.iter(), |_| String::new())));
    }

    /// That the parts of a driver add up to its change, and the groups to the whole, is looked at for every answer.
    #[test]
    fn drivers_add_up_to_the_change(rows in rows()) {
        let asked = by(&["service"]);
        let answer = told(&text(&rows), &asked);
        let both = rows.iter().any(|row| row.is_of_march()) && rows.iter().any(|row| !row.is_of_march());
        prop_assert_eq!(answer.drivers.is_some(), both);
        let sum = |currency: &str, is_march: bool| {
            exact(rows.iter().filter(|r| r.currency == currency && r.is_of_march() == is_march).map(|r| r.billed).sum())
        };
        for driver in answer.drivers.iter().flat_map(|drivers| &drivers.totals) {
            let code = driver.currency.code();
            prop_assert_eq!([driver.before.exact(), driver.after.exact()], [sum(code, false), sum(code, true)]);
        }
        for item in answer.drivers.iter().flat_map(|drivers| &drivers.items) {
            let cost = |used: Option<plimsoll::bill::Used>| used.map(|used| used.cost).unwrap_or_default();
            prop_assert_eq!(item.change(), cost(item.after) - cost(item.before));
        }
    }

    #[test]
    fn costs_times_a_number_are_sums_times_that_number(rows in rows(), times in 2..1000_i64) {
        let scaled: Vec<String> = rows.iter().map(|row| row.line(times)).collect();
        let scaled = format!("{HEADER}\n{}\n", scaled.join("\n"));
        let asked = by(&["service", "region", "currency"]);
        let [once, often] = [&text(&rows), &scaled].map(|text| told(text, &asked));
        for cost in Cost::ALL {
            let scale = |sum: &String| match FineMoney::read(sum.as_bytes()) {
                Ok((sum, _)) => (0..times).map(|_| sum).sum::<FineMoney>().exact(),
                Err(_) => sum.clone(),
            };
            let expected: BTreeMap<_, _> = sums(&once, cost).iter().map(|(name, sum)| (name.clone(), scale(sum))).collect();
            prop_assert_eq!(sums(&often, cost), expected, "{}", cost.word());
        }
        let parts = |answer: &BillAnswer| answer.drivers.as_ref().map(|drivers| drivers.totals.len());
        prop_assert_eq!(parts(&once), parts(&often));
    }

    /// Each hour of a commitment is used or not, and together they are what was paid.
    #[test]
    fn what_is_used_and_unused_is_what_was_bought(
        commitments in prop::collection::vec((1..9_000_000_i64, prop::collection::vec(any::<bool>(), 1..30)), 1..5),
    ) {
        let mut lines = Vec::new();
        for (number, (hourly, hours)) in commitments.iter().enumerate() {
            let line = |billed: i64, effective: i64, kind: &str, hour: usize, status: &str| {
                let at = format!("2026-03-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24);
                let (billed, effective) = (amount(billed), amount(effective));
                format!(
                    "{billed},{effective},{billed},{billed},USD,{at},{at},{kind},Compute,north,plan,Committed,Hours,1,\
                     2026-03-01T00:00:00Z,plan-{number},{status},Plan"
                )
            };
            lines.push(line(hourly * hours.len() as i64, 0, "Purchase", 0, ""));
            for (hour, is_used) in hours.iter().enumerate() {
                lines.push(line(0, *hourly, "Usage", hour, if *is_used { "Used" } else { "Unused" }));
            }
        }
        let answer = told(&format!("{HEADER}\n{}\n", lines.join("\n")), &by(&[]));
        prop_assert_eq!(answer.commitments.each.len(), commitments.len());
        for (number, (hourly, hours)) in commitments.iter().enumerate() {
            let id = format!("plan-{number}");
            let one = answer.commitments.each.iter().find(|one| one.id == id).expect("it is on the bill");
            let unused = hours.iter().filter(|is_used| !**is_used).count() as i64;
            let parts = [one.bought, one.spread(), one.unused].map(|part| part.map(|money| money.exact()));
            let paid = exact(hourly * hours.len() as i64);
            prop_assert_eq!(parts, [Some(paid.clone()), Some(paid), Some(exact(hourly * unused))]);
        }
        prop_assert_eq!(total_of(&answer, Cost::Billed), total_of(&answer, Cost::Effective));
    }

    /// A bill told twice in one file comes to twice as much, and says that its rows repeat.
    #[test]
    fn a_bill_told_twice_is_twice_as_much(rows in prop::collection::vec(row().prop_map(|row| Row { currency: "USD", ..row }), 1..20)) {
        let [once, twice] = [text(&rows), text(rows.iter().chain(&rows))].map(|text| told(&text, &by(&[])));
        let doubled = total(&once).map(|sum| sum.map(|sum| {
            let sum = FineMoney::read(sum.as_bytes()).expect("sums are numbers").0;
            (sum + sum).exact()
        }));
        prop_assert_eq!(total(&twice), doubled);
        prop_assert!(twice.quality.rows_of("duplicates") >= rows.len() as u64);
    }
}

/// Periods shorter than those by which charges are kept are refused, with the flag that keeps hours.
#[test]
fn hours_are_compared_only_where_they_are_kept() {
    use plimsoll::bill::{BillOptions, BillRefusal};
    use plimsoll::{Question, Refusal, ask};
    let line = |hour: u32| {
        let at = format!("2026-03-01T{hour:02}:00:00Z");
        format!(
            "{hour},{hour},{hour},{hour},USD,{at},{at},Usage,Compute,north,sku,Standard,Hours,1,2026-03-01T00:00:00Z,,,"
        )
    };
    let bytes = format!("{HEADER}\n{}\n{}\n", line(4), line(7));
    let shelf = Shelf::new();
    let file = shelf.put("hours.csv", bytes);
    let compare = |period: Option<Period>| {
        let asked = Asked { period, ..by(&[]) };
        let ledger = plimsoll_ingest::bills::read(std::slice::from_ref(&file), &asked, &|_| {}).expect("it is sound");
        let sides = Some(("2026-03-01T04".to_owned(), "2026-03-01T07".to_owned()));
        let options = BillOptions { compare: sides, ..BillOptions::default() };
        ask(&Question::Bill(Box::new(ledger), options), &plimsoll_tests::in_world(Vec::new()))
    };
    let Err(Refusal::Bill(refusal)) = compare(None) else { panic!("hours were not kept") };
    assert_eq!(refusal.kind(), "too_fine");
    assert!(matches!(&refusal, BillRefusal::TooFine { asked: "hour", kept: "month", .. }), "{refusal:?}");
    assert_eq!(
        No::Refusal(refusal).to_string(),
        "`2026-03-01T04` and `2026-03-01T07` cannot be compared: charges were added up by month, not by hour; ask for \
         groups by hour (`--period hour`)"
    );
    let Ok(plimsoll::Answer::Bill(answer)) = compare(Some(Period::Hour)) else { panic!("hours were kept") };
    let drivers = answer.drivers.expect("both hours have a charge");
    assert_eq!([drivers.totals[0].before.exact(), drivers.totals[0].after.exact()], ["4", "7"]);
}
