//! The readers of bills, fed with what nobody would export.
//!
//! A case is a reader and a seed, and the same on every machine. Some are run by default; so many seconds for each reader with
//! `PLIMSOLL_FUZZ_SECONDS=20 cargo test -p plimsoll-tests --test bills_fuzz -- --nocapture`. The seed of what fails is told.
use plimsoll::bill::{BillAnswer, Cost, Period};
use plimsoll_ingest::bills::Asked;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

#[allow(dead_code, reason = "shared with the suite of bills, which needs all of it")]
#[path = "bills/asking.rs"]
mod asking;
#[path = "bills_fuzz/corpus.rs"]
mod corpus;
#[path = "bills_fuzz/damage.rs"]
mod damage;
#[path = "bills_fuzz/oracle.rs"]
mod oracle;
#[path = "bills_fuzz/others.rs"]
mod others;
#[path = "bills_fuzz/random.rs"]
mod random;
#[allow(dead_code, reason = "shared with the suite of bills, which needs all of it")]
#[path = "bills/shelf.rs"]
mod shelf;
#[allow(dead_code, reason = "shared with the suite of bills, which needs all of it")]
#[path = "bills/table.rs"]
mod table;

use asking::{No, answer};
use corpus::{Format, Money};
use oracle::Sums;
use random::Random;
use shelf::Shelf;

/// Cases of each reader in every run of the tests.
const CASES: u64 = 100;
/// No small file takes longer, however slow the machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    /// It was read, and its sum is right.
    Read,
    /// It was read; what is right nobody knows.
    ReadUnknown,
    /// It was refused.
    Refused,
}

/// Runs the cases of a reader: some, or as long as is asked for.
fn fuzzed(reader: &str, one: impl Fn(u64) -> Became) -> [u64; 3] {
    let seconds = std::env::var("PLIMSOLL_FUZZ_SECONDS").ok();
    let seconds = seconds.map(|text| text.parse().expect("PLIMSOLL_FUZZ_SECONDS is a number of seconds"));
    let (began, mut counts, mut seed) = (Instant::now(), [0; 3], 0);
    while seconds.map_or(seed < CASES, |seconds: u64| began.elapsed() < Duration::from_secs(seconds) || seed < CASES) {
        let started = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| one(seed))) {
            Ok(became) => counts[became as usize] += 1,
            Err(panic) => {
                println!("{reader}, seed {seed}: this case fails");
                resume_unwind(panic);
            }
        }
        assert!(started.elapsed() < LONGEST, "{reader}, seed {seed} took {:?}", started.elapsed());
        seed += 1;
    }
    let [read, unknown, refused] = counts;
    println!("{reader}: {seed} cases, {read} read with the right sum, {unknown} read, {refused} refused");
    counts
}

fn asked(format: &Format, random: &mut Random) -> Asked {
    let own = format.table.header[random.below(format.table.header.len())].as_str();
    let by = match random.below(5) {
        0 => vec!["service".into()],
        1 => vec!["tag:team".into()],
        2 => vec![own.into()],
        _ => Vec::new(),
    };
    let period = random.pick(&[None, None, Some(Period::Hour), Some(Period::Day), Some(Period::Month)]);
    Asked {
        by,
        period,
        cost: Cost::Billed,
        keep_going: random.one_in(3),
        threads: 1 + random.below(2),
        ..Asked::default()
    }
}

fn told(answer: &BillAnswer) -> Sums {
    let sum = |total: &plimsoll::bill::Total| total.tally.of(Cost::Billed).map(|sum| sum.as_raw());
    answer.totals.iter().map(|total| (total.currency.code().to_owned(), sum(total).unwrap_or(0))).collect()
}

/// Amounts of nothing stand in no total of their own.
fn without_nothing(sums: Sums) -> Sums {
    sums.into_iter().filter(|(_, sum)| *sum != 0).collect()
}

/// A change of which every amount is known: what is read has the sum that it has to have.
fn known(format: &Format, shelf: &Shelf, seed: u64) -> Became {
    let mut random = Random::of(seed);
    let changed = damage::known(format, &mut random);
    let asked = asked(format, &mut random);
    let Ok(answer) = answer(&[shelf.put("bill.csv", &changed.bytes)], &asked) else { return Became::Refused };
    let told = without_nothing(told(&answer));
    let whole = oracle::sums(format, &changed.table, None);
    let is_whole = whole.is_ok_and(|sums| without_nothing(sums) == told);
    // The row that was changed may have been set aside, with its reason; rows without an amount are no charges.
    let aside = answer.quality.aside.iter().filter(|aside| aside.reason != "line item told before");
    let unread: u64 = aside.map(|aside| aside.rows).sum();
    let rest = oracle::sums(format, &changed.table, changed.row);
    let is_rest = unread == 1 && changed.row.is_some() && rest.is_ok_and(|sums| without_nothing(sums) == told);
    assert!(
        is_whole || is_rest,
        "{told:?} was told, not {:?}; {:?}\n{}",
        oracle::sums(format, &changed.table, None),
        answer.quality.aside,
        String::from_utf8_lossy(&changed.bytes)
    );
    Became::Read
}

/// Anything at all: an answer that can be true, or a reason. What that means is looked at for every answer.
fn wild(format: &Format, shelf: &Shelf, seed: u64) -> Became {
    let mut random = Random::of(!seed);
    let bytes = damage::wild(format, &mut random);
    match answer(&[shelf.put("bill.csv", &bytes)], &asked(format, &mut random)) {
        Ok(answer) => {
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
            assert!(answer.quality.rows_read <= lines, "{} rows of {lines} lines", answer.quality.rows_read);
            Became::ReadUnknown
        }
        Err(No::Problems(_) | No::Refusal(_)) => Became::Refused,
    }
}

#[test]
fn nothing_makes_a_reader_of_bills_panic_or_lose_a_cent() {
    let shelf = Shelf::new();
    let formats = corpus::formats();
    for format in formats.iter().filter(|format| format.money != Money::Unsaid) {
        let itself =
            answer(&[shelf.put("bill.csv", format.table.csv())], &Asked { cost: Cost::Billed, ..Asked::default() });
        let itself = itself.unwrap_or_else(|no| panic!("{}: {no}", format.name));
        assert_eq!(oracle::sums(format, &format.table, None).map(without_nothing), Ok(without_nothing(told(&itself))));
    }
    for format in &formats {
        if format.money != Money::Unsaid {
            let [read, ..] = fuzzed(&format!("{}, amounts known", format.name), |seed| known(format, &shelf, seed));
            assert!(read > CASES / 2, "{}: only {read} were read: this tries nothing", format.name);
        }
        fuzzed(&format!("{}, anything", format.name), |seed| wild(format, &shelf, seed));
    }
}
