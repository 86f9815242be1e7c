//! The flags of `plimsoll profile`.
use super::QUESTION;
use crate::Desk;
use crate::args::{Format, GateArgs};
use crate::exports::ExportArgs;
use crate::failure::Failure;
use clap::Args as ClapArgs;
use jiff::civil::Date;
use plimsoll::units::Factor;
use plimsoll_ingest::telemetry::Asked;
use plimsoll_ingest::workload_toml::Typed;
use std::path::PathBuf;

#[allow(clippy::struct_excessive_bools)] // they are flags, each a switch of its own
#[derive(ClapArgs, Clone, Debug)]
pub struct ProfileArgs {
    #[command(flatten)]
    pub(crate) exports: ExportArgs,
    /// The service that is asked about: the resources of its name, or whose names begin with it, are its machines.
    #[arg(long, value_name = "NAME")]
    pub(crate) service: Option<String>,
    /// The clients of a load test, for results that do not hold them.
    #[arg(long, value_name = "N", value_parser = clients)]
    pub(crate) clients: Option<Factor>,
    /// The size of the machines that were measured, as in m5.large: processor time is converted by its speed.
    #[arg(long, value_name = "NAME")]
    pub(crate) shape: Option<String>,
    /// Write the workload file here; `plimsoll plan` takes it as it is.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// A workload file in which what was measured is replaced; the rest of it is kept, comments and all.
    #[arg(long, value_name = "FILE")]
    pub(crate) base: Option<PathBuf>,
    /// Replace what a person typed in the base's service too.
    #[arg(long, requires = "base")]
    pub(crate) overwrite: bool,
    /// The values are requests counted in each step.
    #[arg(long, conflicts_with = "rates")]
    pub(crate) counts: bool,
    /// The values are requests per second.
    #[arg(long)]
    pub(crate) rates: bool,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// The day of asking.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
}

impl ProfileArgs {
    /// What is said of exports that do not say it themselves.
    pub(crate) fn asked(&self, desk: &Desk<'_>) -> Result<Asked, Failure> {
        let totals = if self.counts { Some(true) } else { self.rates.then_some(false) };
        Ok(Asked { totals, clients: self.clients, ..self.exports.asked(QUESTION, desk)? })
    }
    /// What happens to typed values of the base.
    pub(crate) const fn typed(&self) -> Typed {
        if self.overwrite { Typed::IsReplaced } else { Typed::Stays }
    }
}

fn clients(text: &str) -> Result<Factor, String> {
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0);
    number.map(Factor::of).ok_or_else(|| format!("`{text}` is no number of clients above zero"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Asked;
    use crate::flags::testing::parsed;
    use crate::{Catalogs, Shelf};
    use plimsoll::telemetry::Measure;

    fn parse(words: &str) -> Result<ProfileArgs, String> {
        match parsed("profile", words)? {
            Asked::Profile(profile) => Ok(profile),
            _ => unreachable!("the word is profile"),
        }
    }

    #[test]
    fn flags_are_typed() {
        let args =
            parse("a.csv dir/ --service web --resource h1 --measure cpu_share --clients 8 --shape m5.large --counts")
                .unwrap();
        assert_eq!(args.exports.exports, ["a.csv", "dir/"]);
        let catalogs = Catalogs::default();
        let asked = args.asked(&Desk { shelf: &Shelf::Machine, watcher: &(), catalogs: &catalogs }).unwrap();
        assert_eq!((asked.measure, asked.totals), (Some(Measure::CpuShare), Some(true)));
        assert_eq!((asked.clients, asked.resource.as_deref()), (Some(Factor::of(8.0)), Some("h1")));
        assert_eq!(args.typed(), Typed::Stays);
    }

    #[test]
    fn mistakes_say_what_would_do() {
        let cases = [
            ("", "required"),
            ("a --measure heat", "`heat` is no measure; did you mean"),
            ("a --clients 0", "`0` is no number of clients above zero"),
            ("a --counts --rates", "cannot be used with"),
            ("a --overwrite", "--base"),
        ];
        for (words, part) in cases {
            let said = parse(words).unwrap_err();
            assert!(said.contains(part), "{words}: {said}");
        }
    }
}
