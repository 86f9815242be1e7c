//! What may be asked, and with which flags.
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use jiff::civil::Date;
use plimsoll::catalog::Provider;
use plimsoll::plan::{PlanOptions, RuleOf};
use plimsoll::units::{Money, Share};
use std::path::{Path, PathBuf};

/// What is asked, with its flags.
#[derive(Debug, Subcommand)]
pub enum Asked {
    /// What do I need to run this workload, and what will it cost?
    Plan(PlanArgs),
    /// What workload do these exports show? Writes a workload file.
    Profile(crate::profile::ProfileArgs),
    /// Where does the money go, and what drove the change?
    Bill(crate::bill::BillArgs),
    /// Which of the things I run are the wrong size, and what is the risk of changing them?
    Rightsize(crate::rightsize::RightsizeArgs),
    /// How do these two plans (or bills) differ, line by line?
    Compare(crate::compare::CompareArgs),
    /// Where does a number of the plan come from? Down to inputs and price rows.
    Explain(ExplainArgs),
    /// What machines are on offer, and for how much?
    Prices(crate::prices::PricesArgs),
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, at a hundred columns.
    Text,
    /// Every field, every digit.
    Json,
    /// The main table, every digit.
    Csv,
    /// For a pull request.
    Md,
    /// One page for a browser, with charts.
    Html,
    /// A workbook for a spreadsheet, totals as formulas.
    Xlsx,
}

impl Format {
    /// What the name of a file asks for.
    fn of(file: &Path) -> Option<Self> {
        Self::from_str(file.extension()?.to_str()?, true).ok()
    }
}

/// Flags of every question about a world.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct WorldArgs {
    /// Plan with this provider; repeat for several side by side. The region near the workload's is taken.
    #[arg(long, value_name = "NAME", value_parser = provider)]
    pub(crate) provider: Vec<Provider>,
    /// Plan in this region; repeat for several.
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Vec<String>,
    /// An overlay of negotiated discounts, private prices and allowances; repeatable, later files win.
    #[arg(long, value_name = "FILE")]
    pub(crate) prices: Vec<PathBuf>,
    /// The day of asking, from which the age of prices is counted; today if not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// A field of the workload with another value, as in demand.peak=1200/s; repeatable.
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub(crate) set: Vec<(String, String)>,
    /// Where draws begin.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

/// How and where the answer is written.
#[derive(ClapArgs, Clone, Debug)]
pub struct OutputArgs {
    /// How the answer is written; if not given, as the ending of --out says, and as text without one.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Changes under which the plan is asked for.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct WhatIfArgs {
    /// A list of changes, dated or not, in TOML: [[change]] with a name, set = { ... } or scale = { "demand.peak" = 3 };
    /// repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) change: Vec<PathBuf>,
    /// Plan along these values, as in demand.peak=500/s..5000/s (:20 for so many steps) or promises.survive=machine,zone;
    /// several make a grid.
    #[arg(long, value_name = "PATH=LOW..HIGH", conflicts_with = "seek")]
    pub(crate) sweep: Vec<String>,
    /// Look for the value at which a goal is just reached: '[max|min] PATH [in LOW..HIGH] s.t. MEASURE <= VALUE [and ...]',
    /// as in 'demand.peak in 100/s..9000/s s.t. usd_per_month <= 10000 and p99_seconds <= 0.2'. A promise that is not made
    /// takes a range, which may stand at the end too.
    #[arg(long, value_name = "PATH s.t. GOAL")]
    pub(crate) seek: Option<String>,
}

/// Where a pipeline is to stop.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct GateArgs {
    /// Exit with 1 if this holds of the JSON answer, as in 'chosen.cost.usd_per_month.mean > 10000'; along a sweep, as in
    /// 'sweep.points[*].usd_per_month.mean > 10000'; with changes for a time, as in
    /// 'usd_over_horizon_with_changes > 100000'; repeatable.
    #[arg(long, value_name = "CONDITION")]
    pub(crate) fail_on: Vec<String>,
}

impl OutputArgs {
    /// How the answer is written.
    pub fn format(&self) -> Format {
        self.format.or_else(|| Format::of(self.out.as_deref()?)).unwrap_or(Format::Text)
    }
}

/// How doubt is dealt with. Of no effect where every number of the workload is exact.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct DoubtArgs {
    /// Worlds drawn from the ranges of the workload, from 2 to 65536.
    #[arg(long, default_value_t = 1024, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65536))]
    pub(crate) draws: u32,
    /// The share of worlds in which every promise has to hold, as in 95% or 0.95.
    #[arg(long, default_value = "95%", value_name = "SHARE", value_parser = share)]
    pub(crate) coverage: Share,
    /// How sure one has to be of that share, as in 90% or 0.9.
    #[arg(long, default_value = "90%", value_name = "SHARE", value_parser = share)]
    pub(crate) confidence: Share,
    /// What makes a plan the best: the cheapest that covers enough worlds, the least regret, or the least mean over the
    /// worst worlds.
    #[arg(long, default_value = "coverage", value_name = "RULE", value_parser = rule)]
    pub(crate) rule: RuleOf,
    /// What a month with a broken promise is worth avoiding for, in dollars; ten times the cheapest plan if not given. For
    /// the rules regret and cvar.
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub(crate) miss_cost: Option<Money>,
    /// The part of the worlds that the rule cvar looks at, the worst ones.
    #[arg(long, default_value = "10%", value_name = "SHARE", value_parser = share)]
    pub(crate) worst: Share,
}

impl DoubtArgs {
    /// As the engine takes them.
    pub(crate) fn options(&self) -> PlanOptions {
        PlanOptions {
            draws: self.draws,
            coverage: self.coverage,
            confidence: self.confidence,
            rule: self.rule,
            miss: self.miss_cost,
            worst: self.worst,
        }
    }
}

/// What may be done about the plan.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct LeverArgs {
    /// Weigh the optimizations that apply: what each saves, what it takes, and in which order to do them.
    #[arg(long)]
    pub(crate) levers: bool,
    /// A file of what is known of some levers: their effort, and what was measured of them.
    #[arg(long, value_name = "FILE")]
    pub(crate) lever_file: Option<PathBuf>,
    /// Plan with this lever pulled, wherever it applies; repeatable. docs/levers.md lists them.
    #[arg(long, value_name = "NAME")]
    pub(crate) lever: Vec<String>,
    /// What a day of an engineer costs, in dollars; 900 if neither this nor the file says so.
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub(crate) day_cost: Option<Money>,
}

#[derive(ClapArgs, Clone, Debug)]
pub struct PlanArgs {
    /// The workload file, TOML or JSON; - reads standard input.
    #[arg(required_unless_present = "schema")]
    pub(crate) workload: Option<String>,
    /// Print the JSON Schema of workload files.
    #[arg(long)]
    pub(crate) schema: bool,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
    #[command(flatten)]
    pub(crate) doubt: DoubtArgs,
    #[command(flatten)]
    pub(crate) levers: LeverArgs,
    #[command(flatten)]
    pub(crate) what_if: WhatIfArgs,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ClapArgs, Clone, Debug)]
pub struct ExplainArgs {
    /// The workload file and the numbers to explain, as in api.count or cost.usd_per_month.mean; all are listed if none
    /// is named.
    #[arg(required = true, value_name = "WORKLOAD> <NUMBER")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
    #[command(flatten)]
    pub(crate) doubt: DoubtArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl Asked {
    /// How the answer, or what is wrong with the question, is to be written.
    pub fn format(&self) -> Format {
        match self {
            Self::Plan(plan) => plan.output.format(),
            Self::Compare(compare) => compare.output.format(),
            Self::Explain(explain) => explain.output.format(),
            Self::Profile(profile) => profile.format,
            Self::Bill(bill) => bill.output.format(),
            Self::Rightsize(sizes) => sizes.output.format(),
            Self::Prices(prices) => prices.format(),
        }
    }
    /// Where the answer is to be written; none for questions whose --out is something else.
    pub fn output(&self) -> Option<&OutputArgs> {
        match self {
            Self::Plan(plan) => Some(&plan.output),
            Self::Bill(bill) => Some(&bill.output),
            Self::Rightsize(sizes) => Some(&sizes.output),
            Self::Compare(compare) => Some(&compare.output),
            Self::Explain(explain) => Some(&explain.output),
            Self::Prices(prices) => prices.output(),
            Self::Profile(_) => None,
        }
    }
}

fn provider(text: &str) -> Result<Provider, String> {
    text.parse().map_err(|e: plimsoll::catalog::UnknownProvider| e.to_string())
}

/// A share strictly between none and all: `95%`, `95 %` or `0.95`.
fn share(text: &str) -> Result<Share, String> {
    let number = text.trim_end_matches('%').trim().parse::<f64>().map_err(|_| format!("`{text}` is not a share"))?;
    let part = if text.ends_with('%') { number / 100.0 } else { number };
    let help = "a share lies between 0 % and 100 %, both excluded: 95% or 0.95";
    (part > 0.0 && part < 1.0).then(|| Share::of_one(part)).ok_or_else(|| help.into())
}

fn rule(text: &str) -> Result<RuleOf, String> {
    let found = RuleOf::ALL.into_iter().find(|rule| rule.name() == text);
    found.ok_or_else(|| "write coverage, regret or cvar".into())
}

fn dollars(text: &str) -> Result<Money, String> {
    text.trim_start_matches('$').parse::<Money>().map_err(|error| error.to_string())
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (path, value) = text.split_once('=').ok_or("write path=value, as in demand.peak=1200/s")?;
    Ok((path.trim().to_owned(), value.trim().to_owned()))
}
