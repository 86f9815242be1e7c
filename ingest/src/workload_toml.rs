//! A measured demand as the `[demand]` table of a workload file.
//!
//! Without a base the file is new. With one, its text stays as it is, comments and all, and only the measured keys of
//! `[demand]` are replaced: a key that the export says nothing about keeps what the base says, and so does one for
//! which the export gives only a default.
mod profile;

use crate::problem::Problem;
use plimsoll::profile::{DemandProfile, Entry, Source, Written};
use std::fmt::Write;
use toml_edit::{DocumentMut, Item, Table};

pub use profile::{Typed, WorkloadFile, write_profile};

/// Writes a workload file with the demand that was measured.
///
/// `name` is the name of a new workload; a base keeps its own. Fails when the base is not TOML, or its `demand` is no
/// table; the problem's file is then `base workload`, for the caller to name.
pub fn write_workload(profile: &DemandProfile, name: &str, base: Option<&str>) -> Result<String, Problem> {
    let entries = profile.entries();
    match base {
        None => Ok(format!("name = {}\n\n[demand]\n{}", toml_edit::value(name), lines(&entries))),
        Some(base) => replaced(base, &entries),
    }
}

const FILE: &str = "base workload";

/// The base with its measured keys replaced.
fn replaced(base: &str, entries: &[Entry]) -> Result<String, Problem> {
    let mut file = parsed(base)?;
    replace_demand(&mut file, base, entries)?;
    Ok(file.to_string())
}

fn parsed(base: &str) -> Result<DocumentMut, Problem> {
    base.parse().map_err(|error: toml_edit::TomlError| {
        let place = error.span().unwrap_or(0..base.len());
        let what = error.message().lines().next().unwrap_or_default().to_owned();
        Problem::in_text(FILE, base, place, what, "the base is a workload file in TOML")
    })
}

/// Replaces the measured keys of `[demand]`, which is made where there is none.
fn replace_demand(file: &mut DocumentMut, base: &str, entries: &[Entry]) -> Result<(), Problem> {
    let measured: DocumentMut = format!("[demand]\n{}", lines(entries)).parse().expect("what is written is TOML");
    let measured = measured["demand"].as_table().expect("it has one table").clone();
    let item = file.as_table_mut().entry("demand").or_insert_with(|| Item::Table(Table::new()));
    if let Some(inline) = item.as_inline_table() {
        *item = Item::Table(inline.clone().into_table());
    }
    let Some(demand) = item.as_table_mut() else {
        let place = base.find("demand").map_or(0..0, |at| at..at + "demand".len());
        return Err(Problem::in_text(
            FILE,
            base,
            place,
            "`demand` is not a table",
            "write [demand] and its keys below",
        ));
    };
    demand.set_implicit(false);
    demand.set_dotted(false);
    for entry in entries {
        let Some((key, item)) = measured.get_key_value(entry.key) else { continue };
        if entry.source == Source::Default && demand.contains_key(entry.key) {
            continue;
        }
        demand.insert_formatted(key, item.clone());
    }
    Ok(())
}

/// The keys, a line each; for an absent value the reason as a comment.
fn lines(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let line = match &entry.value {
            Ok(value @ (Written::Range { .. } | Written::One { .. })) => {
                writeln!(text, "{} = {} # {}", entry.key, inline(value), entry.remark)
            }
            Ok(value @ Written::Numbers(_)) => {
                writeln!(
                    text,
                    "# from Monday 00:00 UTC, a day a line; {}\n{} = {}",
                    entry.remark,
                    entry.key,
                    inline(value)
                )
            }
            Err(why) => writeln!(text, "# {}: {why}", entry.key),
        };
        line.expect("a text takes what is written");
    }
    text
}

fn inline(value: &Written) -> String {
    match value {
        Written::Range { low, mid, high, confidence, has_unit } => {
            let quote = if *has_unit { "\"" } else { "" };
            format!(
                "{{ low = {quote}{low}{quote}, mid = {quote}{mid}{quote}, high = {quote}{high}{quote}, \
                 confidence = \"{confidence}\" }}"
            )
        }
        Written::One { value, has_unit } => {
            let quote = if *has_unit { "\"" } else { "" };
            format!("{quote}{value}{quote}")
        }
        Written::Numbers(list) => {
            let days: Vec<_> = list.chunks(24).map(|day| format!("    {},\n", day.join(", "))).collect();
            format!("[\n{}]", days.concat())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::profile::{ProfileOptions, profile};
    use plimsoll::series::{Point, Series, Time};

    fn measured(step: i64, days: i64) -> DemandProfile {
        let value = |i: i64| (i * step / 3600 % 24 * 100 + i % 7) as f64;
        let points =
            (0..days * 86_400 / step).map(|i| Point::new(Time::unix_seconds(i * step), Some(value(i)))).collect();
        profile(&Series::from_points("count", points).unwrap(), ProfileOptions::default()).unwrap().demand
    }

    #[test]
    fn a_new_file_is_toml_and_says_what_is_absent() {
        let text = write_workload(&measured(300, 15), "my \"shop\"", None).unwrap();
        let file: DocumentMut = text.parse().unwrap();
        assert_eq!(file["name"].as_str(), Some("my \"shop\""));
        assert!(file["demand"]["peak"]["low"].as_str().unwrap().ends_with("/s"));
        assert!(file["demand"]["burst"]["mid"].is_float());
        assert_eq!(file["demand"]["hour_of_week"].as_array().unwrap().len(), 168);
        assert!(file["demand"].get("growth").is_none());
        assert!(text.contains("# growth: needs 56 days, has 15\n"), "{text}");
        assert!(text.contains("# measured: 4,320 rows\n"), "{text}");
    }

    const BASE: &str = "# Our shop.\nname = \"shop\" # ours\n\n# Asked of it.\n[demand] # measured in May\n\
                        peak = \"900/s\" # a guess\nvariability = 2.0\nburst = 1.4\ngrowth = \"7 %/year\" # the board\n\n\
                        # What runs.\n[components.web] # the front\nkind = \"service\"\n";

    #[test]
    fn a_base_keeps_its_text_and_what_was_not_measured() {
        let text = write_workload(&measured(3600, 15), "other", Some(BASE)).unwrap();
        let kept = [
            "# Our shop.\nname = \"shop\" # ours\n\n# Asked of it.\n[demand] # measured in May\npeak = { low",
            "variability = 2.0\n",
            "burst = 1.4\n",
            "growth = \"7 %/year\" # the board\n",
            "\n# What runs.\n[components.web] # the front\nkind = \"service\"\n",
        ];
        for part in kept {
            assert!(text.contains(part), "{part}\n--- in\n{text}");
        }
        assert!(!text.contains("a guess"));
        let twice = write_workload(&measured(3600, 15), "other", Some(&text)).unwrap();
        assert_eq!(twice, text);
    }

    #[test]
    fn a_base_without_demand_gets_one() {
        for base in [
            "",
            "name = \"x\"\n",
            "name = \"x\"\n[a]\nb = 1\n",
            "demand = { peak = \"9/s\" }\n",
            "demand.peak = \"9/s\"\n",
        ] {
            let text = write_workload(&measured(300, 15), "n", Some(base)).unwrap();
            let file: DocumentMut = text.parse().unwrap_or_else(|e| panic!("{e}\n{text}"));
            assert!(file["demand"]["mean"].is_inline_table(), "{text}");
        }
    }

    #[test]
    fn a_base_that_is_no_workload_is_a_problem_with_its_place() {
        let broken = write_workload(&measured(300, 15), "n", Some("name = \"x\"\npeak = = 3\n")).unwrap_err();
        assert_eq!((broken.line, broken.file.as_str()), (2, "base workload"));
        let other = write_workload(&measured(300, 15), "n", Some("demand = 3\n")).unwrap_err();
        assert_eq!(other.what, "`demand` is not a table");
    }
}
