//! Every number of a plan can be explained, down to what was given.
use super::{asked, root};
use plimsoll::Answer;
use plimsoll::catalog::{Place, Provider};
use plimsoll::plan::PlanAnswer;
use plimsoll::report::explain::{Derivation, derivations};
use plimsoll::report::{Block, Cell, report};
use plimsoll_ingest::workload::read;
use plimsoll_tests::{catalog, in_world, json, meta, plan};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const FIXTURES: [&str; 5] = ["checkout.toml", "video.toml", "search.json", "one-service.toml", "feed.toml"];

fn answer(fixture: &str) -> PlanAnswer {
    let bytes = std::fs::read(root().join("fixtures").join(fixture)).expect("the fixture is there");
    let workload = read(fixture, &bytes, &[]).expect("the fixture is sound");
    let Some(Place { provider, region }) = workload.place() else { panic!("{fixture} says where it runs") };
    let world = in_world(vec![catalog(provider, &region.0)]);
    plan(&workload, &world).expect("the fixture has a plan")
}

/// The paths of all numbers: components by name, other lists by place.
fn numbers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path.to_owned()),
        Value::Object(fields) => fields.iter().for_each(|(name, part)| numbers(part, &format!("{path}.{name}"), found)),
        Value::Array(parts) => {
            for (i, part) in parts.iter().enumerate() {
                let name = part["name"].as_str().map_or_else(|| i.to_string(), str::to_owned);
                numbers(part, &format!("{path}.{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_number_of_the_chosen_and_the_current_plan_has_a_derivation() {
    let mut missing = BTreeSet::new();
    for fixture in FIXTURES {
        let answer = answer(fixture);
        let known: BTreeSet<String> = derivations(&answer).into_iter().map(|d| d.path).collect();
        let whole = json(&answer);
        for plan in ["chosen", "current"] {
            let mut found = Vec::new();
            numbers(&whole["answer"][plan], plan, &mut found);
            missing.extend(
                found.into_iter().filter(|path| !known.contains(path)).map(|path| format!("{fixture}: {path}")),
            );
        }
    }
    assert!(
        missing.is_empty(),
        "{} numbers without a derivation:\n{}",
        missing.len(),
        Vec::from_iter(missing).join("\n")
    );
}

#[test]
fn every_derivation_leads_to_others_and_none_to_itself() {
    let mut wrong = BTreeSet::new();
    for fixture in FIXTURES {
        let all = derivations(&answer(fixture));
        let known: BTreeSet<&str> = all.iter().map(|d| d.path.as_str()).collect();
        for derivation in &all {
            assert!(!derivation.how.is_empty(), "{}", derivation.path);
            for from in &derivation.from {
                if !known.contains(from.as_str()) || *from == derivation.path {
                    wrong.insert(format!("{fixture}: {} comes from {from}", derivation.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} lead nowhere:\n{}", wrong.len(), Vec::from_iter(wrong).join("\n"));
}

#[test]
fn no_path_is_derived_twice() {
    for fixture in FIXTURES {
        let mut paths: Vec<String> = derivations(&answer(fixture)).into_iter().map(|d| d.path).collect();
        paths.sort();
        let twice: Vec<_> = paths.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
        assert_eq!(twice, Vec::<String>::new(), "{fixture}");
    }
}

/// A number of machines and what each of them then does hang on each other, so paths may meet again; but all of them end.
#[test]
fn every_derivation_ends_in_what_was_given() {
    for fixture in FIXTURES {
        let all = derivations(&answer(fixture));
        let known: BTreeSet<&str> = all.iter().map(|d| d.path.as_str()).collect();
        let mut ends: BTreeSet<&str> = BTreeSet::new();
        loop {
            let before = ends.len();
            let is_end = |from: &String| ends.contains(from.as_str()) || !known.contains(from.as_str());
            let more = all.iter().filter(|d| d.from.is_empty() || d.from.iter().any(is_end));
            let more: Vec<&str> = more.map(|d| d.path.as_str()).collect();
            ends.extend(more);
            if ends.len() == before {
                break;
            }
        }
        let endless: Vec<_> =
            all.iter().map(|d| &d.path).filter(|path| !ends.contains(path.as_str())).take(9).collect();
        assert_eq!(endless, Vec::<&String>::new(), "{fixture}");
    }
}

/// The pages lead from each such number to its derivation.
#[test]
fn every_path_that_a_report_names_has_a_derivation_of_that_number() {
    for fixture in [&FIXTURES[..], &["launch.toml"]].concat() {
        let answer = answer(fixture);
        let known: BTreeMap<String, Derivation> =
            derivations(&answer).into_iter().map(|d| (d.path.clone(), d)).collect();
        let report = report(&Ok(Answer::Plan(Box::new(answer))), &meta());
        let mut cells: Vec<&Cell> = Vec::new();
        for block in report.sections.iter().flat_map(|section| &section.blocks) {
            match block {
                Block::Table(table) => cells.extend(table.rows.iter().flatten()),
                Block::Tree(twigs) => cells.extend(twigs.iter().map(|twig| &twig.amount)),
                _ => {}
            }
        }
        let explained: Vec<_> = cells.into_iter().filter_map(|cell| Some((cell, cell.path()?))).collect();
        assert!(explained.len() > 10, "{fixture}: only {} numbers lead to their derivation", explained.len());
        for (cell, path) in explained {
            let derivation = known.get(path).unwrap_or_else(|| panic!("{fixture}: {path} has no derivation"));
            let (shown, told) = (cell.about(), derivation.value.about());
            // Saved money is told with its sign in one place and without it in the other.
            let is_same = shown.zip(told).is_none_or(|(a, b)| (a.abs() - b.abs()).abs() <= 1e-9 * b.abs());
            assert!(
                is_same,
                "{fixture}: {path} is {} in the report and {} in its derivation",
                cell.shown(),
                derivation.value.shown()
            );
        }
    }
}

#[test]
fn a_number_is_explained_by_its_short_or_its_long_path() {
    let of = |path: &str| asked("explain", "fixtures/checkout.toml", &[path]).out;
    let short = of("api.count");
    assert!(short.contains("chosen.components.api.count is "), "{short}");
    for path in ["chosen.components.api.count", "answer.chosen.components.0.count", "components[0].count"] {
        assert_eq!(of(path), short, "{path}");
    }
    let total = of("cost.usd_per_month.mean");
    assert!(total.contains("the exact sum of the lines") && total.contains("as of"), "down to price rows: {total}");
}

#[test]
fn a_provider_is_named_where_its_prices_are_used() {
    assert_eq!(answer("search.json").chosen.place.provider, Provider::Gcp);
}
