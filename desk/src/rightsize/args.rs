//! The flags of `plimsoll rightsize`.
use crate::args::{GateArgs, OutputArgs, WorldArgs};
use crate::exports::ExportArgs;
use clap::{Args as ClapArgs, ValueEnum, ValueHint};
use plimsoll::catalog::{Architecture, Purchase};
use plimsoll::rightsizing::RightsizeOptions;
use plimsoll::units::{Share, Span};
use std::path::PathBuf;

#[derive(ClapArgs, Clone, Debug)]
pub struct RightsizeArgs {
    #[command(flatten)]
    pub(crate) exports: ExportArgs,
    /// What runs: CSV of id,provider,region,shape,count,purchase,usd_per_month, or requests and limits of containers.
    #[arg(long, value_name = "FILE")]
    pub(crate) fleet: Option<PathBuf>,
    /// The bill that says what each resource really costs, and what it runs on where it tells; repeatable.
    #[arg(long, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(crate) bill: Vec<String>,
    /// What everything runs on that nothing else says it of, as in m5.large.
    #[arg(long, value_name = "SHAPE")]
    pub(crate) shape: Option<String>,
    /// How it is paid, where nothing says it.
    #[arg(long, value_name = "WAY", default_value = "on-demand")]
    pub(crate) purchase: Purchase,
    /// The machines that containers run on: a part of one prices what they ask for.
    #[arg(long, value_name = "SHAPE")]
    pub(crate) node: Option<String>,
    /// How much is kept free, in a word: usual is 20% of the processors and 10% of all else, the others 20%, 35% or 50% of
    /// everything.
    #[arg(long, value_enum, value_name = "NAME", default_value = "usual")]
    pub(crate) profile: Profile,
    /// The part of the processors that is kept free, instead of the profile's.
    #[arg(long, value_name = "PART", value_parser = part)]
    pub(crate) cpu_headroom: Option<Share>,
    /// The part of memory, network and disks that is kept free, instead of the profile's.
    #[arg(long, value_name = "PART", value_parser = part)]
    pub(crate) headroom: Option<Share>,
    /// The highest chance that demand passes the processors or the memory of an advised size over the next period; told and not
    /// limited if not given.
    #[arg(long, value_name = "CHANCE", value_parser = part)]
    pub(crate) most_risk: Option<Share>,
    /// How long the next period is.
    #[arg(long, value_name = "TIME", default_value = "30 days", value_parser = period)]
    pub(crate) period: Span,
    /// An architecture that may be advised besides the one that runs; repeatable.
    #[arg(long, value_name = "NAME")]
    pub(crate) architecture: Vec<Architecture>,
    /// The part of the history that rules are fitted on; they are scored on the rest.
    #[arg(long, value_name = "PART", default_value = "50%", value_parser = part)]
    pub(crate) fit: Share,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// How much is kept free. The words and parts of all but the first are those of Kubecost's cluster profiles, which aim at
/// 80 %, 65 % and 50 % of use (github.com/kubecost/docs, as of November 2024).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// 20 % of the processors and 10 % of all else.
    Usual,
    /// 20 % of everything.
    Development,
    /// 35 % of everything.
    Production,
    /// 50 % of everything.
    HighAvailability,
}

impl Profile {
    /// Of the processors, and of all else.
    const fn headrooms(self) -> (Share, Share) {
        let (cpu, other) = match self {
            Self::Usual => (20.0, 10.0),
            Self::Development => (20.0, 20.0),
            Self::Production => (35.0, 35.0),
            Self::HighAvailability => (50.0, 50.0),
        };
        (Share::percent(cpu), Share::percent(other))
    }
}

/// `5%`, `5 %` or `0.05`.
fn part(text: &str) -> Result<Share, String> {
    let wrong = || format!("`{text}` is no part: write 20% or 0.2");
    let (number, scale) = text.trim().strip_suffix('%').map_or((text.trim(), 1.0), |number| (number, 0.01));
    let part: f64 = number.trim().parse().map_err(|_| wrong())?;
    let part = part * scale;
    if (0.0..1.0).contains(&part) { Ok(Share::of_one(part)) } else { Err(wrong()) }
}

fn period(text: &str) -> Result<Span, String> {
    let span: Span = text.parse().map_err(|error: plimsoll::units::UnitError| format!("{error}: {}", error.help()))?;
    if span < Span::hours(1.0) { Err("the least is 1 h".into()) } else { Ok(span) }
}

impl RightsizeArgs {
    /// How careful to be.
    pub(crate) fn options(&self) -> RightsizeOptions {
        let (cpu, other) = self.profile.headrooms();
        RightsizeOptions {
            cpu_headroom: self.cpu_headroom.unwrap_or(cpu),
            headroom: self.headroom.unwrap_or(other),
            most_risk: self.most_risk,
            period: self.period,
            architectures: self.architecture.clone(),
            fitted: self.fit,
            node: self.node.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_stated_takes_the_place_of_the_profiles() {
        #[derive(clap::Parser)]
        struct Command {
            #[command(flatten)]
            rightsize: RightsizeArgs,
        }
        let kept = |words: &[&str]| {
            let command: Command = clap::Parser::parse_from([&["rightsize", "usage.csv"], words].concat());
            let options = command.rightsize.options();
            (options.cpu_headroom.as_percent().round(), options.headroom.as_percent().round())
        };
        assert_eq!(kept(&[]), (20.0, 10.0));
        assert_eq!(kept(&["--profile", "high-availability"]), (50.0, 50.0));
        assert_eq!(kept(&["--profile", "production", "--headroom", "5%"]), (35.0, 5.0));
    }

    #[test]
    fn parts_are_written_in_two_ways() {
        assert_eq!((part("20%"), part("0.2")), (Ok(Share::percent(20.0)), Ok(Share::of_one(0.2))));
        for wrong in ["20", "-1%", "x", "100%"] {
            assert!(part(wrong).unwrap_err().contains("write 20% or 0.2"), "{wrong}");
        }
    }
}
