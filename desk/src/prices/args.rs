//! What may be written after `plimsoll prices`.
use crate::args::{Format, OutputArgs};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use plimsoll::catalog::{Provider, Purchase};
use plimsoll_ingest::price_lists;
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct PricesArgs {
    #[command(subcommand)]
    pub(super) command: Option<PricesCommand>,
    #[command(flatten)]
    pub(super) list: ListArgs,
}

impl PricesArgs {
    /// How the answer, or what is wrong with the question, is to be written.
    pub(crate) fn format(&self) -> Format {
        match (self.output(), &self.command) {
            (Some(output), _) => output.format(),
            (None, Some(PricesCommand::Import(args))) => args.format,
            (None, _) => Format::Text,
        }
    }
    /// Where the answer is to be written; none for an import, which writes an overlay there.
    pub(crate) fn output(&self) -> Option<&OutputArgs> {
        match &self.command {
            None => Some(&self.list.output),
            Some(PricesCommand::List(args)) => Some(&args.output),
            Some(PricesCommand::Show(args) | PricesCommand::Compare(args)) => Some(&args.output),
            Some(PricesCommand::AsOf(args)) => Some(&args.output),
            Some(PricesCommand::Import(_)) => None,
        }
    }
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum PricesCommand {
    /// Machines with their prices, filtered and sorted; what `prices` does without a word.
    List(ListArgs),
    /// Machines in full: hardware, every way to pay, sources, and the rest of the family.
    Show(MachinesArgs),
    /// Machines side by side, each in each region, with the difference to the first.
    Compare(MachinesArgs),
    /// How old each table is.
    AsOf(AsOfArgs),
    /// Reads official price lists, and writes what differs from the tables as an overlay for --prices.
    Import(ImportArgs),
}

/// Where to look, and on which day.
#[derive(Args, Clone, Debug)]
pub(crate) struct ScopeArgs {
    /// Only this provider; repeatable. All its regions, if none is named.
    #[arg(long, value_name = "NAME", value_parser = Provider::from_str)]
    pub(super) provider: Vec<Provider>,
    /// Only this region; repeatable.
    #[arg(long, value_name = "NAME")]
    pub(super) region: Vec<String>,
    /// The day from which the age of prices is counted; today if not given.
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
}

/// What is paid instead of list prices.
#[derive(Args, Clone, Debug)]
pub(crate) struct PaidArgs {
    /// An overlay of negotiated discounts and private prices, or one that `prices import` wrote; repeatable, later files
    /// win. On demand is then what is paid, and the column list what is published.
    #[arg(long, value_name = "FILE")]
    pub(super) prices: Vec<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(super) scope: ScopeArgs,
    #[command(flatten)]
    pub(super) paid: PaidArgs,
    /// Only machines for which this holds, as in 'vcpu>=4 && <=8 && family=~^m7'; repeatable, and all must hold.
    /// Compare with == != < <= > >= or =~ (a pattern), a range with ==4..8; join with && || ! and parentheses.
    #[arg(long = "where", value_name = "CONDITION")]
    pub(super) conditions: Vec<String>,
    /// The order, as in vcpu or usd_per_gib:desc; cheapest first if not given.
    #[arg(long, value_name = "COLUMN[:desc]")]
    pub(super) sort: Option<String>,
    /// The columns, in this order.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) columns: Vec<String>,
    /// Ways to pay: a column each. The first is the one that $/vCPU, $/GiB and the order go by.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = Purchase::from_str,
          default_value = "on-demand,1y,3y,spot")]
    pub(super) purchase: Vec<Purchase>,
    /// Show so many, 0 for all; if not given, 30 in text, Markdown and HTML, and all in the others.
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Leave out so many before those: the next page of a long list.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) skip: usize,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct MachinesArgs {
    /// The machines, by the provider's names for them.
    #[arg(required = true, value_name = "MACHINE")]
    pub(super) names: Vec<String>,
    #[command(flatten)]
    pub(super) scope: ScopeArgs,
    #[command(flatten)]
    pub(super) paid: PaidArgs,
    /// Ways to pay. The first is the one that $/vCPU, $/GiB and differences go by.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = Purchase::from_str,
          default_value = "on-demand,1y,3y,spot")]
    pub(super) purchase: Vec<Purchase>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct AsOfArgs {
    #[command(flatten)]
    pub(super) scope: ScopeArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ImportArgs {
    /// Which kind of list: aws-ec2 (offer file, CSV or JSON, or documents of GetProducts), aws-savings-plans
    /// (offer file, CSV or JSON), azure-retail (pages of the Retail Prices API) or gcp-catalog (pages of SKUs of the Cloud Billing Catalog).
    #[arg(value_name = "LIST", value_parser = price_lists::Format::from_str)]
    pub(super) list: price_lists::Format,
    /// The files, plain or as gzip; - reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// Write the overlay here.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Only this region; repeatable.
    #[arg(long, value_name = "NAME")]
    pub(super) region: Vec<String>,
    /// The day on which a price must hold; today if not given.
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
    /// How the answer is written. CSV, JSON and xlsx have every price that differs.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
}
