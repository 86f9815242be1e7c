//! A price list as it was read: prices that may be taken, and a count of everything else.
use super::aside::Aside;
use super::format::Format;
use super::input::Input;
use super::{aws_csv, aws_json, aws_plans, azure, gcp};
use crate::problem::Problem;
use jiff::civil::Date;
use plimsoll::catalog::Purchase;
use plimsoll::units::Money;
use std::collections::BTreeMap;
use std::io::Read;

/// No machine costs as much in an hour; a number above it was written by mistake.
const DEAREST: Money = Money::picos(1_000_000 * 1_000_000_000_000);
/// So many mistakes of a file are told.
const TOLD: usize = 20;

/// What a price is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A machine of this name.
    Machine(String),
    /// A machine of this name, paid in this way.
    Committed(String, Purchase),
    /// A vCPU of the machines of this family.
    Processor(String),
    /// A GiB of memory of the machines of this family.
    Memory(String),
}

/// A row that passed: an hour of something, on demand unless its item says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Of what.
    pub item: Item,
    /// In which regions.
    pub regions: Vec<String>,
    /// An hour.
    pub hour: Money,
    /// The day from which it holds, where the list says it.
    pub since: Option<Date>,
}

/// A price list, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceList {
    /// Which kind.
    pub format: Format,
    /// The name of the file.
    pub file: String,
    /// The day of its publication; where a list does not say it, the newest day from which a price of it holds.
    pub published: Option<Date>,
    /// Rows read: those that passed and those that were set aside.
    pub rows: u64,
    /// The rows that passed.
    pub offers: Vec<Offer>,
    /// The rows that did not, by reason.
    pub set_aside: BTreeMap<Aside, u64>,
    /// Whether the list says that it goes on in another file.
    pub goes_on: bool,
}

/// Reads one price list, plain or as gzip. `today` is the day on which a price must hold.
///
/// All problems of the file, the first twenty at most. A list in another currency than US dollars is refused.
pub fn read(name: &str, bytes: impl Read, format: Format, today: Date) -> Result<PriceList, Vec<Problem>> {
    let mut input = Input::open(name, bytes, format).map_err(|problem| vec![problem])?;
    let mut tally = Tally::new(name, format, today);
    let walked = match (format, input.next_sign()) {
        (_, Err(problem)) => Err(problem),
        (Format::AwsEc2, Ok(Some(b'{' | b'['))) => aws_json::read(&mut input, &mut tally),
        (Format::AwsEc2, Ok(_)) => aws_csv::read(&mut input, &mut tally),
        (Format::AwsSavingsPlans, Ok(Some(b'{'))) => aws_plans::read_json(&mut input, &mut tally),
        (Format::AwsSavingsPlans, Ok(_)) => aws_plans::read_csv(&mut input, &mut tally),
        (Format::AzureRetail, Ok(_)) => azure::read(&mut input, &mut tally),
        (Format::GcpCatalog, Ok(_)) => gcp::read(&mut input, &mut tally),
    };
    tally.problems.extend(walked.err());
    if tally.problems.is_empty() { Ok(tally.list) } else { Err(tally.problems) }
}

/// A list while it is read.
pub(super) struct Tally {
    pub(super) list: PriceList,
    pub(super) today: Date,
    problems: Vec<Problem>,
}

impl Tally {
    fn new(name: &str, format: Format, today: Date) -> Self {
        let list = PriceList {
            format,
            file: name.into(),
            published: None,
            rows: 0,
            offers: Vec::new(),
            set_aside: BTreeMap::new(),
            goes_on: false,
        };
        Self { list, today, problems: Vec::new() }
    }
    /// One row, judged. Problems are collected until there are too many.
    pub(super) fn row(&mut self, judged: Result<Offer, Unfit>) -> Result<(), Problem> {
        match judged {
            Err(Unfit::Aside(reason)) => self.aside(reason, 1),
            Err(Unfit::Wrong(problem)) if self.problems.len() + 1 == TOLD => return Err(problem),
            Err(Unfit::Wrong(problem)) => self.problems.push(problem),
            // The rest of a list in another currency is in that currency too.
            Err(Unfit::Currency(problem)) => return Err(problem),
            Ok(offer) if offer.since.is_some_and(|since| since > self.today) => self.aside(Aside::Future, 1),
            Ok(offer) if offer.hour <= Money::ZERO => self.aside(Aside::Free, 1),
            Ok(offer) if offer.regions.iter().all(String::is_empty) => self.aside(Aside::Nameless, 1),
            Ok(offer) => {
                self.list.rows += 1;
                self.list.offers.push(offer);
            }
        }
        Ok(())
    }
    /// So many rows at once.
    pub(super) fn aside(&mut self, reason: Aside, rows: u64) {
        if rows > 0 {
            self.list.rows += rows;
            *self.list.set_aside.entry(reason).or_default() += rows;
        }
    }
    /// The list is from this day.
    pub(super) fn published(&mut self, text: &str) {
        self.list.published = self.list.published.max(day(text));
    }
    /// A list without a date is as new as the newest of its prices; one that is announced does not count.
    pub(super) fn has_price_of(&mut self, text: &str) {
        self.list.published = self.list.published.max(day(text).filter(|day| *day <= self.today));
    }
    /// The file has nothing that makes it a list of its format.
    pub(super) fn wrong_format(&self) -> Problem {
        let format = self.list.format;
        Problem::in_whole(&self.list.file, format!("this is not {}", format.title()), format.sign())
    }
}

/// Why a row is no offer.
pub(super) enum Unfit {
    Aside(Aside),
    Wrong(Problem),
    Currency(Problem),
}

impl From<Aside> for Unfit {
    fn from(reason: Aside) -> Self {
        Self::Aside(reason)
    }
}

/// What is wrong with a price in this currency, if it is not dollars.
pub(super) fn foreign(currency: &str) -> Option<(String, &'static str)> {
    let is_dollars = currency.trim().eq_ignore_ascii_case("USD");
    let what = || format!("the list is in {}, not in USD", currency.trim());
    (!is_dollars).then(|| (what(), "fetch it in US dollars: no rate of exchange is assumed"))
}

/// A price of an hour as it is written; what is wrong with it, if it is none.
pub(super) fn price(text: &str) -> Result<Money, (String, &'static str)> {
    let hour = text.trim().parse::<Money>().ok().filter(|hour| (Money::ZERO..DEAREST).contains(hour));
    hour.ok_or_else(|| {
        let shown: String = text.chars().take(40).collect();
        (format!("cannot read `{shown}` as the price of an hour"), "a price is a number from 0 to 1,000,000")
    })
}

/// The day of a date or a time; none where it is neither.
pub(super) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
