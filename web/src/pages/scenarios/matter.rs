//! What an address asks, as a scenario keeps it, and back.
//!
//! The workload is kept as it is written. What is changed about it, and every other flag, is kept as TOML under its name:
//! `[set]` has the changed values by their paths, all else is a text, or a list where it is said several times. Of any
//! question but `plan` its word is kept too, as `question`.
use super::super::address::Address;
use super::unkept::Unkept;
use crate::link;
use crate::scenarios::Draft;
use axum::http::StatusCode;
use jiff::civil::Date;
use plimsoll::Question;
use std::collections::BTreeMap;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// What is asked about a workload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Matter {
    pub(super) workload: String,
    pub(super) changes: String,
}

/// What an address says that is no flag, or is kept elsewhere.
const ELSEWHERE: [&str; 11] =
    ["w", "f", "as", "page", "name", "number", "others", "scenario", "version", "as-of", QUESTION];

impl Matter {
    /// What an address asks in this question, `plan` where it is no word of one. Files that were uploaded are there for a while only, and no part of it.
    pub(super) fn of(address: &Address, question: &str) -> Result<Self, Unkept> {
        let Some(workload) = address.workload()? else {
            let help = "Open a workload, plan for it, and save that.";
            return Err(Unkept::new(StatusCode::BAD_REQUEST, "There is no workload to save.", help));
        };
        if address.get("f").is_some() {
            let help = "Write what they say into the workload.";
            let what = "A scenario keeps a workload, and no files beside it.";
            return Err(Unkept::new(StatusCode::BAD_REQUEST, what, help));
        }
        Ok(Self { workload, changes: changes(address, word(question).unwrap_or(PLAN)) })
    }
    /// The word of the question that is asked.
    pub(super) fn question(&self) -> &'static str {
        let asked = flags(&self.changes).unwrap_or_default();
        let asked = asked.iter().find(|(name, _)| name == QUESTION);
        asked.and_then(|(_, asked)| word(asked)).unwrap_or(PLAN)
    }
    /// The address that asks the same; by the prices of this day, if it is said.
    pub(super) fn address(&self, as_of: Option<Date>) -> Result<Address, Unkept> {
        let damaged = || {
            let help = "Export the scenario, mend its text, and import it.";
            Unkept::new(StatusCode::UNPROCESSABLE_ENTITY, "The changes of this scenario cannot be read.", help)
        };
        let w = link::packed(&self.workload).ok_or_else(|| {
            let help = "Export the scenario, and ask on the command line: plimsoll plan FILE.";
            Unkept::new(StatusCode::UNPROCESSABLE_ENTITY, "The workload does not fit into an address.", help)
        })?;
        let mut address = Address::default().with("w", &w);
        for (name, value) in flags(&self.changes).ok_or_else(damaged)? {
            if name == QUESTION {
                word(&value).ok_or_else(damaged)?;
                continue;
            }
            address = address.and(&name, &value);
        }
        Ok(match as_of {
            Some(day) => address.with("as-of", &day.to_string()),
            None => address,
        })
    }
}

impl From<&Draft> for Matter {
    fn from(draft: &Draft) -> Self {
        Self { workload: draft.workload.clone(), changes: draft.changes.clone() }
    }
}

/// What a scenario asks that does not say.
const PLAN: &str = Question::KINDS[0];
/// The name under which another question is kept; no flag is called that.
const QUESTION: &str = "question";

fn word(question: &str) -> Option<&'static str> {
    Question::KINDS.into_iter().find(|known| *known == question)
}

/// The flags of an address as TOML.
fn changes(address: &Address, question: &str) -> String {
    let mut sets = Table::new();
    let mut flags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in address.hidden(&ELSEWHERE) {
        match value.split_once('=').filter(|_| name == "set") {
            // The last that is said of a path holds.
            Some((path, value)) => {
                sets.insert(path, toml_edit::value(value));
            }
            None => flags.entry(name).or_default().push(value),
        }
    }
    let mut file = DocumentMut::new();
    if question != PLAN {
        file.insert(QUESTION, toml_edit::value(question));
    }
    for (name, values) in flags {
        let item = match <[String; 1]>::try_from(values) {
            Ok([value]) => toml_edit::value(value),
            Err(values) => toml_edit::value(values.into_iter().collect::<Array>()),
        };
        file.insert(&name, item);
    }
    if !sets.is_empty() {
        file.insert("set", Item::Table(sets));
    }
    file.to_string()
}

/// The flags that such a TOML says; none if it says anything else.
fn flags(changes: &str) -> Option<Vec<(String, String)>> {
    let file: DocumentMut = changes.parse().ok()?;
    let mut flags = Vec::new();
    for (name, item) in file.iter() {
        match item {
            Item::Table(sets) if name == "set" => {
                for (path, value) in sets {
                    flags.push(("set".to_owned(), format!("{path}={}", value.as_str()?)));
                }
            }
            Item::Value(Value::Array(values)) => {
                for value in values {
                    flags.push((name.to_owned(), value.as_str()?.to_owned()));
                }
            }
            _ if ELSEWHERE.contains(&name) && name != QUESTION => return None,
            item => flags.push((name.to_owned(), item.as_str()?.to_owned())),
        }
    }
    Some(flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_leads_back_to_its_address() {
        let w = link::packed("name = \"shop\"\n").unwrap();
        let query = "set=demand.peak%3D1800%2Fs&set=demand.burst%3D1.5&region=us-east-1&region=us-west-2&seed=7";
        let address = Address::read(&format!("w={w}&{query}&scenario=0123456789ab&version=2&as-of=2026-11-01"));
        let matter = Matter::of(&address, "plan").ok().unwrap();
        assert_eq!(matter.workload, "name = \"shop\"\n");
        assert_eq!(
            matter.changes,
            "region = [\"us-east-1\", \"us-west-2\"]\nseed = \"7\"\n\n[set]\n\"demand.peak\" = \"1800/s\"\n\"demand.burst\" = \"1.5\"\n"
        );
        let back = matter.address(Some("2026-11-01".parse().unwrap())).ok().unwrap();
        assert_eq!(Matter::of(&back, "plan").ok().unwrap(), matter);
        assert_eq!(back.all("set").collect::<Vec<_>>(), ["demand.peak=1800/s", "demand.burst=1.5"]);
        assert_eq!((back.get("as-of"), back.get("scenario")), (Some("2026-11-01"), None));
        // The last that is said of a path is what was asked.
        let twice = Address::read(&format!("w={w}&set=a%3D1&set=a%3D2"));
        assert_eq!(Matter::of(&twice, "plan").ok().unwrap().changes, "[set]\na = \"2\"\n");
    }

    #[test]
    fn another_question_comes_back_as_what_it_was() {
        let w = link::packed("name = \"shop\"\n").unwrap();
        let address = Address::read(&format!("w={w}&set=demand.peak%3D1800%2Fs"));
        let matter = Matter::of(&address, "compare").ok().unwrap();
        assert_eq!(matter.changes, "question = \"compare\"\n\n[set]\n\"demand.peak\" = \"1800/s\"\n");
        assert_eq!((matter.question(), matter.address(None).ok().unwrap()), ("compare", address.clone()));
        assert_eq!(Matter::of(&address, "plan").ok().unwrap().question(), "plan");
        assert_eq!(Matter::of(&address, "drop table").ok().unwrap().question(), "plan");
        let levers = Address::read(&format!("w={w}&levers=true&lever=compress"));
        let kept = Matter::of(&levers, "plan").ok().unwrap();
        assert_eq!(
            (kept.changes.as_str(), kept.address(None).ok().unwrap().get("levers")),
            ("lever = \"compress\"\nlevers = \"true\"\n", Some("true"))
        );
    }

    #[test]
    fn what_is_no_changes_is_told() {
        for changes in
            ["question = \"\"", "a = ", "a = 1", "[a]\nb = \"c\"", "set = 1", "w = \"1.abc\"", "[set]\na = 1"]
        {
            let matter = Matter { workload: String::new(), changes: changes.into() };
            assert!(matter.address(None).is_err(), "{changes}");
        }
        assert!(Matter::of(&Address::read("region=x"), "plan").is_err());
    }
}
