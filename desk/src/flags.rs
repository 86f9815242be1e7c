//! The flags of a question for fronts without a command line: which there are, and reading them.
//!
//! They are those of the command line, from the same declaration: one that is added there is there for every front, with
//! its help, its values and its messages.
use crate::args::Asked;
use crate::failure::Failure;
use clap::builder::ValueHint;
use clap::{Arg, ArgAction, Command, FromArgMatches, Subcommand};
use plimsoll::Question;
use plimsoll_ingest::problem::Problem;
use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

/// What else may be asked than the engine's questions.
const OTHERS: [&str; 2] = ["explain", "prices"];

/// Flags about the machine, the terminal or the files of whoever sits at it: a front decides them, or leaves them out.
const OF_THE_MACHINE: [&str; 8] = ["out", "format", "to", "schema", "write-layout", "memory", "threads", "hash"];

/// A flag that may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its name, without dashes before it.
    pub name: String,
    /// What it does, in a sentence or two.
    pub help: String,
    /// What may be given.
    pub kind: Kind,
    /// Whether it may be given more than once.
    pub is_list: bool,
    /// The word for its value in messages: `DATE`.
    pub value: String,
    /// What holds if it is not given; empty for none.
    pub default: String,
}

/// What may be given for a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is given or it is not.
    Switch,
    /// One of these words.
    Words(Vec<String>),
    /// The name of a file that comes with the question.
    File,
    /// Any text that the flag understands.
    Text,
}

/// The flags of a question, as `bill` or `prices compare`; none if there is no such question.
pub fn flags(question: &str) -> Option<Vec<Flag>> {
    let command = command(question)?;
    let given = command.get_arguments().filter(|arg| !arg.is_positional() && !arg.is_hide_set());
    Some(given.filter(|arg| !OF_THE_MACHINE.contains(&long(arg))).map(flag).collect())
}

/// What a question asks, in a sentence; none if there is no such question.
pub fn about(question: &str) -> Option<String> {
    command(question)?.get_about().map(ToString::to_string)
}

impl Asked {
    /// What is asked by a question's words, with these flags and these inputs in their order.
    ///
    /// # Errors
    /// Every flag that is none, or what is wrong with the values.
    pub fn of(question: &str, given: &[(String, String)], inputs: &[String]) -> Result<Self, Failure> {
        let known = flags(question).ok_or_else(|| unknown(question))?;
        let name = word(question);
        let mut words: Vec<OsString> =
            std::iter::once("plimsoll").chain(question.split_whitespace()).map(Into::into).collect();
        let mut problems = Vec::new();
        for (flag, value) in given {
            match written(flag, value, &known) {
                Ok(word) => words.extend(word.map(Into::into)),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(Failure::problems(name, problems));
        }
        words.push("--".into());
        words.extend(inputs.iter().map(Into::into));
        let matches = whole().try_get_matches_from(words).map_err(|error| wrong(name, &error))?;
        Self::from_arg_matches(&matches).map_err(|error| wrong(name, &error))
    }
}

/// A flag with its value as one word, so that no value is taken for another flag; none for a switch that is off.
fn written(name: &str, value: &str, known: &[Flag]) -> Result<Option<String>, Problem> {
    let plain = name.replace('_', "-");
    let Some(flag) = known.iter().find(|flag| flag.name == plain) else {
        let nearest = known.iter().min_by_key(|flag| strsim::osa_distance(&flag.name, &plain));
        let help = nearest.map_or(String::new(), |flag| format!("did you mean `{}`?", flag.name));
        return Err(Problem::in_whole("flags", format!("`{name}` is no flag of this question"), help));
    };
    match (&flag.kind, value) {
        (Kind::Switch, "true" | "on") => Ok(Some(format!("--{plain}"))),
        (Kind::Switch, "false" | "off") => Ok(None),
        (Kind::Switch, _) => {
            let what = format!("`{name}` is on or off, and `{value}` is neither");
            Err(Problem::in_whole("flags", what, "write true or false"))
        }
        (..) => Ok(Some(format!("--{plain}={value}"))),
    }
}

/// All questions, as one command.
fn whole() -> Command {
    Asked::augment_subcommands(Command::new("plimsoll"))
}

/// The command of a question.
fn command(question: &str) -> Option<Command> {
    let mut words = question.split_whitespace().peekable();
    words.peek()?;
    words.try_fold(whole(), |command, word| {
        command.find_subcommand(word).filter(|found| found.get_name() == word).cloned()
    })
}

/// The word of a question in envelopes.
fn word(question: &str) -> &'static str {
    let first = question.split_whitespace().next().unwrap_or_default();
    Question::KINDS.into_iter().chain(OTHERS).find(|word| *word == first).unwrap_or("plimsoll")
}

fn unknown(question: &str) -> Failure {
    let known: Vec<&str> = Question::KINDS.into_iter().chain(OTHERS).collect();
    let what = format!("`{question}` is no question");
    Failure::of("plimsoll", what, format!("the questions are {}", known.join(", ")))
}

fn long(arg: &Arg) -> &str {
    arg.get_long().unwrap_or_default()
}

fn flag(arg: &Arg) -> Flag {
    let is_switch = matches!(arg.get_action(), ArgAction::SetTrue);
    let is_file = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>()
        || matches!(arg.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath);
    let words: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let kind = match (is_switch, is_file, words.is_empty()) {
        (true, ..) => Kind::Switch,
        (_, true, _) => Kind::File,
        (.., false) => Kind::Words(words),
        _ => Kind::Text,
    };
    let defaults = arg.get_default_values().iter().map(|value| value.to_string_lossy());
    Flag {
        name: long(arg).to_owned(),
        help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
        kind,
        is_list: matches!(arg.get_action(), ArgAction::Append),
        value: arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string).unwrap_or_default(),
        default: if is_switch { String::new() } else { defaults.collect::<Vec<_>>().join(",") },
    }
}

/// What clap says, without the command line around it.
fn wrong(question: &'static str, error: &clap::Error) -> Failure {
    let text = error.to_string();
    let said = text.split("\n\nUsage:").next().unwrap_or_default();
    let said = said.split("\n\nFor more information").next().unwrap_or_default();
    let said = said.strip_prefix("error: ").unwrap_or(said);
    let (what, help) = said.split_once('\n').unwrap_or((said, ""));
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    Failure::problems(question, vec![Problem::in_whole("flags", what.trim(), help)])
}

#[cfg(test)]
pub(crate) mod testing {
    use super::{Asked, whole};
    use clap::FromArgMatches;

    /// What is asked by these words after the question.
    pub(crate) fn parsed(question: &str, words: &str) -> Result<Asked, String> {
        let words = ["plimsoll", question].into_iter().chain(words.split_whitespace());
        let matches = whole().try_get_matches_from(words).map_err(|error| error.to_string())?;
        Asked::from_arg_matches(&matches).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(flags: &[(&str, &str)]) -> Vec<(String, String)> {
        flags.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn refused(question: &str, flags: &[(&str, &str)]) -> String {
        let failure = Asked::of(question, &given(flags), &["a.csv".into()]).unwrap_err();
        failure.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_question_can_be_asked_by_its_word() {
        for question in Question::KINDS {
            assert!(flags(question).is_some_and(|flags| !flags.is_empty()), "{question}");
            assert!(about(question).unwrap().ends_with('?') || question == "profile", "{question}");
            let files: &[String] =
                if question == "compare" { &["a.csv".into(), "b.csv".into()] } else { &["a.csv".into()] };
            assert!(Asked::of(question, &[], files).is_ok(), "{question}");
        }
        assert!(flags("prices compare").is_some() && flags("price").is_none() && flags("").is_none());
        assert!(refused("forcast", &[]).contains("`forcast` is no question"));
    }

    #[test]
    fn flags_tell_what_may_be_given() {
        let all = flags("bill").unwrap();
        let of = |name: &str| all.iter().find(|flag| flag.name == name).unwrap();
        assert!(matches!(&of("cost").kind, Kind::Words(words) if words.len() == 4));
        assert_eq!((&of("sums").kind, &of("business").kind), (&Kind::Switch, &Kind::File));
        assert!(of("by").is_list && !of("as-of").is_list);
        assert!(all.iter().all(|flag| !OF_THE_MACHINE.contains(&flag.name.as_str()) && !flag.help.is_empty()));
        let bill = flags("rightsize").unwrap().into_iter().find(|flag| flag.name == "bill").unwrap();
        assert_eq!((bill.kind, bill.is_list), (Kind::File, true));
    }

    #[test]
    fn values_are_read_as_the_command_line_reads_them() {
        let flags = given(&[("by", "service"), ("by", "tag:team"), ("keep_going", "true"), ("sums", "false")]);
        let Asked::Bill(bill) = Asked::of("bill", &flags, &["--help".into(), "-".into()]).unwrap() else { panic!() };
        assert_eq!(bill.by, ["service", "tag:team"]);
        assert!(bill.keep_going && !bill.sums);
        assert_eq!(bill.inputs, ["--help", "-"], "what is named as an input is never a flag");
        let Asked::Plan(plan) = Asked::of("plan", &given(&[("set", "--out=x=1")]), &["w".into()]).unwrap() else {
            panic!()
        };
        assert_eq!(plan.world.set, [("--out".to_owned(), "x=1".to_owned())]);
        assert!(plan.output.out.is_none());
    }

    #[test]
    fn mistakes_say_what_would_do() {
        assert_eq!(
            refused("bill", &[("cots", "list")]),
            "flags: `cots` is no flag of this question\n  = did you mean `cost`?"
        );
        assert_eq!(
            refused("bill", &[("cost", "net")]),
            "flags: invalid value 'net' for '--cost <COST>'\n  = [possible values: billed, effective, list, contracted]"
        );
        assert!(refused("bill", &[("sums", "maybe")]).contains("write true or false"));
        for machine in OF_THE_MACHINE {
            assert!(refused("bill", &[(machine, "x")]).contains("is no flag of this question"), "{machine}");
        }
    }
}
