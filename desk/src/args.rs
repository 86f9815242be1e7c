//! What may be asked, and with which flags.
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use jiff::civil::Date;
use plimsoll::catalog::Provider;
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
    /// Where draws begin. Nothing is drawn by the questions of this version.
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

impl OutputArgs {
    /// How the answer is written.
    pub fn format(&self) -> Format {
        self.format.or_else(|| Format::of(self.out.as_deref()?)).unwrap_or(Format::Text)
    }
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
    pub(crate) output: OutputArgs,
}

impl Asked {
    /// How the answer, or what is wrong with the question, is to be written.
    pub fn format(&self) -> Format {
        match self {
            Self::Plan(plan) => plan.output.format(),
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
            Self::Explain(explain) => Some(&explain.output),
            Self::Prices(prices) => prices.output(),
            Self::Profile(_) => None,
        }
    }
}

fn provider(text: &str) -> Result<Provider, String> {
    text.parse().map_err(|e: plimsoll::catalog::UnknownProvider| e.to_string())
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (path, value) = text.split_once('=').ok_or("write path=value, as in demand.peak=1200/s")?;
    Ok((path.trim().to_owned(), value.trim().to_owned()))
}
