//! The flags of `plimsoll bill`.
use crate::args::{GateArgs, OutputArgs};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::Date;
use plimsoll::bill::{Calendar, Cost, Detail, Grain, Period, Slot};
use plimsoll::units::Data;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What is asked of a bill.
#[derive(ClapArgs, Clone, Debug)]
pub struct BillArgs {
    /// The exports, together one bill: files, globs, or folders with or without a manifest; CSV or Parquet, plain or packed
    /// with gzip or zstd; - reads standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Show costs by this column of FOCUS, column of the file or tag (tag:team); several with commas or repeated.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(crate) by: Vec<String>,
    /// Which cost is explained; the effective one if not given, or if no row has that, one that is there.
    #[arg(long, value_name = "COST", value_parser = cost())]
    pub(crate) cost: Option<Cost>,
    /// Split the groups by month, day or hour.
    #[arg(long, value_name = "STEP", value_parser = period())]
    pub(crate) period: Option<Period>,
    /// Explain the change between these two, as in 2026-02..2026-03; the last two if not given.
    #[arg(long, value_name = "BASE..LATER", value_parser = compare)]
    pub(crate) compare: Option<(String, String)>,
    /// Add up and no more: no changes, anomalies, commitments or rules of FOCUS. Several times faster.
    #[arg(long, conflicts_with = "compare")]
    pub(crate) sums: bool,
    /// What the business did each day, CSV of date,amount: costs are also shown for one of it.
    #[arg(long, value_name = "FILE")]
    pub(crate) business: Option<PathBuf>,
    /// Write the rows in another format instead of answering.
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["by", "cost", "period", "sums", "compare", "business", "format", "fail_on"])]
    pub to: Option<Target>,
    /// Set rows aside that cannot be read, and count them, instead of refusing the file.
    #[arg(long)]
    pub keep_going: bool,
    /// The most memory that sums may take; about.
    #[arg(long, value_name = "SIZE", default_value = "2GB", value_parser = memory)]
    pub memory: u64,
    /// How many readers work at once; as many as there are processors if not given.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Take the hashes of the inputs however large they are.
    #[arg(long)]
    pub(crate) hash: bool,
    /// The day of asking; today if not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    /// How and where the answer is written.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What rows may be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// CSV in FOCUS 1.2.
    Focus,
}

/// A cost by its word.
pub(crate) fn cost() -> impl TypedValueParser<Value = Cost> {
    PossibleValuesParser::new(Cost::ALL.map(Cost::word))
        .map(|word| Cost::ALL.into_iter().find(|cost| cost.word() == word).expect("it is one of the words"))
}

fn period() -> impl TypedValueParser<Value = Period> {
    const ALL: [Period; 3] = [Period::Month, Period::Day, Period::Hour];
    PossibleValuesParser::new(ALL.map(Period::word))
        .map(|word| ALL.into_iter().find(|period| period.word() == word).expect("it is one of the words"))
}

fn compare(text: &str) -> Result<(String, String), String> {
    let (base, later) = text.split_once("..").ok_or("write BASE..LATER, as in 2026-02..2026-03")?;
    for side in [base, later] {
        if Slot::named(side, Calendar::Utc).is_none() {
            return Err(format!("`{side}` is no month, day or hour: write 2026-03, 2026-03-18 or 2026-03-18T04"));
        }
    }
    Ok((base.to_owned(), later.to_owned()))
}

fn memory(text: &str) -> Result<u64, String> {
    let data: Data = text.parse().map_err(|error: plimsoll::units::UnitError| format!("{error}: {}", error.help()))?;
    // Less would not hold the sums of one month.
    if data < Data::mb(1.0) { Err("the least is 1 MB".into()) } else { Ok(data.as_bytes() as u64) }
}

impl BillArgs {
    /// How much is kept of what is added up.
    pub(crate) const fn detail(&self) -> Detail {
        if self.sums { Detail::Sums } else { Detail::Full }
    }
    /// How many readers work at once.
    pub fn readers(&self) -> usize {
        let there = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.threads.map_or_else(there, NonZeroUsize::get).min(MOST_READERS)
    }
}

/// More readers than this wait for one another.
const MOST_READERS: usize = 256;
// The default in the help is the engine's.
const _: () = assert!(Grain::MEMORY == 2_000_000_000);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Asked;
    use crate::flags::testing::parsed;

    fn parse(words: &str) -> Result<BillArgs, String> {
        match parsed("bill", words)? {
            Asked::Bill(bill) => Ok(bill),
            _ => unreachable!("the word is bill"),
        }
    }

    #[test]
    fn flags_are_typed() {
        let bill = parse(
            "a.csv b.csv - --by service,tag:team --by RegionId --cost list --period day --compare 2026-02..2026-03 \
             --memory 512MiB --threads 3 --keep-going --hash --as-of 2026-11-23 --out x.json",
        )
        .unwrap();
        assert_eq!(bill.inputs, ["a.csv", "b.csv", "-"]);
        assert_eq!(bill.by, ["service", "tag:team", "RegionId"]);
        assert_eq!((bill.cost, bill.period), (Some(Cost::List), Some(Period::Day)));
        assert_eq!(bill.compare, Some(("2026-02".into(), "2026-03".into())));
        assert_eq!((bill.memory, bill.readers(), bill.keep_going, bill.hash), (512 << 20, 3, true, true));
    }

    #[test]
    fn what_is_not_given_has_a_default() {
        let bill = parse("a.csv --sums").unwrap();
        assert_eq!((bill.detail(), parse("a.csv").unwrap().detail()), (Detail::Sums, Detail::Full));
        assert_eq!((bill.memory, bill.cost, bill.period, bill.to), (Grain::MEMORY, None, None, None));
        assert!(bill.readers() >= 1 && bill.by.is_empty());
    }

    #[test]
    fn mistakes_say_what_would_do() {
        let cases = [
            ("", "required"),
            ("a --cost net", "[possible values: billed, effective, list, contracted]"),
            ("a --period week", "[possible values: month, day, hour]"),
            ("a --compare 2026-02", "write BASE..LATER, as in 2026-02..2026-03"),
            ("a --compare 2026-2..2026-03", "`2026-2` is no month, day or hour"),
            ("a --memory 2", "GB"),
            ("a --memory 2kB", "the least is 1 MB"),
            ("a --sums --compare 2026-02..2026-03", "cannot be used with"),
            ("a --threads 0", "number would be zero for non-zero type"),
            ("a --to focus --by service", "cannot be used with"),
        ];
        for (words, part) in cases {
            let error = parse(words).unwrap_err();
            assert!(error.contains(part), "{words}: {error}");
        }
    }
}
