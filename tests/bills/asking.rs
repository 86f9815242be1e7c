//! Asks about a bill, and looks whether the answer can be true at all.
use crate::shelf::Shelf;
use plimsoll::bill::{Aside, BillAnswer, BillOptions, BillRefusal, Cost};
use plimsoll::units::FineMoney;
use plimsoll::{Answer, Question, Refusal, ask};
use plimsoll_ingest::bills::{Asked, NoBill, read};
use plimsoll_ingest::inputs::Found;
use plimsoll_ingest::problem::Problem;
use plimsoll_tests::{in_world, meta};
use serde_json::Value;
use std::fmt;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum No {
    Problems(Vec<Problem>),
    Refusal(BillRefusal),
}

impl fmt::Display for No {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => {
                let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
                f.write_str(&shown.join("\n"))
            }
            Self::Refusal(refusal) => refusal.fmt(f),
        }
    }
}

/// The answer to what is asked of these files, which are one bill.
pub(crate) fn answer(files: &[Found], asked: &Asked) -> Result<BillAnswer, No> {
    let ledger = match read(files, asked, &|_| {}) {
        Ok(ledger) => ledger,
        Err(NoBill::Problems(problems)) => {
            assert!(!problems.is_empty(), "a no has its reasons");
            assert!(problems.iter().all(|problem| !problem.what.is_empty() && !problem.to_string().is_empty()));
            return Err(No::Problems(problems));
        }
        Err(NoBill::TooMuch(why)) => return Err(No::Refusal(why.into())),
    };
    let question = Question::Bill(Box::new(ledger), BillOptions::default());
    match ask(&question, &in_world(Vec::new())) {
        Ok(Answer::Bill(answer)) => {
            is_sound(&answer);
            Ok(*answer)
        }
        Err(Refusal::Bill(refusal)) => Err(No::Refusal(refusal)),
        Ok(_) | Err(_) => unreachable!("a bill was asked for"),
    }
}

/// The answer about a text.
pub(crate) fn answer_of(bytes: impl AsRef<[u8]>, asked: &Asked) -> Result<BillAnswer, No> {
    let shelf = Shelf::new();
    answer(&[shelf.put("bill.csv", bytes)], asked)
}

/// The sum of its parts, whatever they are.
fn is_sound(answer: &BillAnswer) {
    let quality = &answer.quality;
    let aside: u64 = quality.aside.iter().map(|aside: &Aside| aside.rows).sum();
    assert_eq!(quality.rows_read, quality.rows_used + aside, "every row is used or set aside: {:?}", quality.aside);
    assert_eq!(quality.rows_read, quality.files.iter().map(|file| file.rows).sum::<u64>());
    for total in &answer.totals {
        let groups = || answer.groups.iter().filter(|group| group.currency() == total.currency);
        assert_eq!(groups().map(|group| group.rows()).sum::<u64>(), total.tally.rows);
        for cost in Cost::ALL {
            let known: Vec<FineMoney> = groups().filter_map(|group| group.cost(cost)).collect();
            let sum = (!known.is_empty()).then(|| known.iter().copied().sum::<FineMoney>());
            assert_eq!(sum, total.tally.of(cost), "the groups add up to the {} total", cost.word());
        }
    }
    if let Some(drivers) = &answer.drivers {
        for driver in drivers.totals.iter().chain(&drivers.groups) {
            assert_eq!(driver.parts.total(), driver.after - driver.before, "the parts add up to the change");
        }
        for total in &drivers.totals {
            let mine = drivers.groups.iter().filter(|group| group.currency == total.currency);
            assert_eq!(mine.map(|group| group.parts.total()).sum::<FineMoney>(), total.parts.total());
        }
    }
}

/// What the command line prints as the answer, but for the files and what is told of their rows' order.
pub(crate) fn json(answer: &BillAnswer) -> Value {
    let outcome = Ok(Answer::Bill(Box::new(answer.clone())));
    without_files(&plimsoll::report::json::envelope("bill", &outcome, &meta()))
}

/// The same of an envelope that was printed.
pub(crate) fn without_files(envelope: &Value) -> Value {
    let mut answer = envelope["answer"].clone();
    assert!(answer.is_object(), "{envelope}");
    answer["quality"]["files"].take();
    answer
}

/// The answer without what is told of the order of rows: findings, the score that they lower, and the first row that
/// breaks a rule.
pub(crate) fn whatever_the_order(answer: &BillAnswer) -> Value {
    let mut told = json(answer);
    for field in ["findings", "out_of_order", "score_share"] {
        told["quality"][field].take();
    }
    for check in told["checks"].as_array_mut().into_iter().flatten() {
        check["first"].take();
    }
    told
}
