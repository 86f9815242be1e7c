//! `explain`: any number of an answer, derived down to its inputs and price rows.
//!
//! Nothing is computed here that the answer does not hold: a derivation names the values that were combined and how.
use super::{Block, Cell, Report, Section, Table, Twig};
use crate::plan::{Plan, PlanAnswer};
use std::collections::BTreeSet;

mod carbon;
mod costs;
mod inputs;
mod kinds;
mod latency;
mod sizes;
mod uses;

/// How one number came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Where it stands in the answer: `chosen.components.api.count`.
    pub path: String,
    /// The number.
    pub value: Cell,
    /// How it was made of the others.
    pub how: String,
    /// The paths it was made of; each has a derivation of its own, down to what was given.
    pub from: Vec<String>,
}

impl Derivation {
    fn new(path: impl Into<String>, value: impl Into<Cell>, how: impl Into<String>, from: Vec<String>) -> Self {
        Self { path: path.into(), value: value.into(), how: how.into(), from }
    }
}

/// Every number of an answer's plans.
pub fn derivations(answer: &PlanAnswer) -> Vec<Derivation> {
    let mut all = inputs::derivations(&answer.workload);
    all.extend(of_plan(answer, &answer.chosen, "chosen"));
    for (i, plan) in answer.alternatives.iter().enumerate() {
        all.extend(of_plan(answer, plan, &format!("alternatives.{i}")));
    }
    if let Some(plan) = &answer.current {
        all.extend(of_plan(answer, plan, "current"));
    }
    all
}

fn of_plan(answer: &PlanAnswer, plan: &Plan, prefix: &str) -> Vec<Derivation> {
    let mut all = sizes::derivations(answer, plan, prefix);
    all.extend(costs::derivations(plan, prefix));
    all.extend(latency::derivations(plan, prefix));
    all.extend(carbon::derivations(plan, prefix));
    all
}

/// A path that names no number of the answer, with the nearest ones that do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPath {
    /// What was asked for.
    pub path: String,
    /// What may have been meant.
    pub nearest: Vec<String>,
}

/// The derivations of these paths as a report; every number that can be explained, if none is named. A path may leave
/// out `chosen.` and `components.`, and a component or line may be named by its place in the list.
pub fn explain(answer: &PlanAnswer, paths: &[String]) -> Result<Report, UnknownPath> {
    let all = derivations(answer);
    if paths.is_empty() {
        return Ok(list(&all));
    }
    let mut sections = Vec::new();
    for path in paths {
        let found =
            find(answer, &all, path).ok_or_else(|| UnknownPath { path: path.clone(), nearest: nearest(&all, path) })?;
        let mut twigs = Vec::new();
        grow(&all, found, 0, &mut BTreeSet::new(), &mut twigs);
        sections.extend(Section::of(&found.path, vec![Block::Tree(twigs)]));
    }
    let first = find(answer, &all, &paths[0]).expect("found above");
    Ok(Report {
        verdict: format!("{} is {}: {}.", first.path, first.value.shown(), first.how),
        sections,
        main: table(&all),
    })
}

fn find<'d>(answer: &PlanAnswer, all: &'d [Derivation], path: &str) -> Option<&'d Derivation> {
    let path = named(answer, path.trim_start_matches("answer."));
    let tries =
        [path.clone(), format!("chosen.{path}"), format!("chosen.components.{path}"), format!("chosen.cost.{path}")];
    tries.iter().find_map(|t| all.iter().find(|d| d.path == *t))
}

/// `components.0.count` and `components[0].count` with the component's name instead of its place.
fn named(answer: &PlanAnswer, path: &str) -> String {
    let path = path.replace('[', ".").replace(']', "");
    let names: Vec<&String> = answer.chosen.parts.keys().map(|n| &n.0).collect();
    let words: Vec<&str> = path.split('.').collect();
    let mut out: Vec<String> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let place = (i > 0 && words[i - 1] == "components").then(|| word.parse::<usize>().ok()).flatten();
        out.push(place.and_then(|p| names.get(p)).map_or_else(|| (*word).to_owned(), |n| (*n).clone()));
    }
    out.join(".")
}

fn nearest(all: &[Derivation], path: &str) -> Vec<String> {
    let distance = |d: &Derivation| {
        let short = d.path.trim_start_matches("chosen.");
        strsim::osa_distance(short, path).min(strsim::osa_distance(short.trim_start_matches("components."), path))
    };
    let mut near: Vec<(usize, &str)> = all.iter().map(|d| (distance(d), d.path.as_str())).collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, path)| path.to_owned()).collect()
}

fn grow(all: &[Derivation], at: &Derivation, depth: usize, seen: &mut BTreeSet<String>, twigs: &mut Vec<Twig>) {
    let again = !seen.insert(at.path.clone()) && !at.from.is_empty();
    let how = if again { "see above".to_owned() } else { at.how.clone() };
    twigs.push(Twig {
        depth,
        label: format!("{} = {}: {how}", short(&at.path), at.value.shown()),
        remark: String::new(),
        amount: Cell::Nothing,
        share: Cell::Nothing,
    });
    if again {
        return;
    }
    for from in &at.from {
        if let Some(next) = all.iter().find(|d| d.path == *from) {
            grow(all, next, depth + 1, seen, twigs);
        }
    }
}

fn short(path: &str) -> &str {
    path.trim_start_matches("chosen.").trim_start_matches("components.")
}

fn list(all: &[Derivation]) -> Report {
    Report {
        verdict: format!("{} numbers can be explained; name one.", all.len()),
        sections: Section::of("Numbers", vec![Block::Table(table(all))]).into_iter().collect(),
        main: table(all),
    }
}

fn table(all: &[Derivation]) -> Table {
    use super::Column;
    let columns = vec![Column::words("number"), Column::numbers("value"), Column::words("how")];
    let rows = all.iter().map(|d| vec![Cell::from(d.path.as_str()), d.value.clone(), d.how.as_str().into()]);
    Table::of(columns, rows)
}
