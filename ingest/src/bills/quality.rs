//! The account of all files: what was used, what was set aside and why, and what is doubtful.
use super::plan::Plan;
use super::repeats::Repeats;
use super::rules::Rules;
use super::tally::{SHOWN, Tally};
use super::understand::Seen;
use crate::problem::Problem;
use plimsoll::bill::{Aside, Calendar, FileRead, Finding, Reading};
use std::collections::BTreeMap;

/// What was read of all files so far.
#[derive(Debug, Default)]
pub(crate) struct Account {
    files: Vec<FileRead>,
    read: u64,
    used: u64,
    aside: BTreeMap<&'static str, u64>,
    changed: u64,
    seen: Seen,
    calendar: Calendar,
    rules: Option<Rules>,
    notes: Vec<String>,
}

impl Account {
    /// Takes what was counted in a file; gives its problems, if it has any.
    pub(crate) fn take(&mut self, plan: &Plan, mut tally: Tally, keeps_going: bool) -> Vec<Problem> {
        if tally.mistaken > 0 && !keeps_going {
            return mistakes(plan, &tally);
        }
        if let Some(rules) = &mut tally.rules {
            let name = base_name(&plan.name);
            rules.locate(|place| plan.numbered.place(name, tally_line(plan, &tally.block_lines, place)));
        }
        self.files.push(FileRead {
            name: base_name(&plan.name).to_owned(),
            format: plan.detected.format.name().to_owned(),
            confidence: plan.detected.confidence,
            rows: tally.read,
        });
        if tally.mistaken > 0 {
            let first = tally.mistakes.first().map(|m| tally.line(m.place, plan.first_line)).unwrap_or_default();
            let name = base_name(&plan.name);
            self.note(format!(
                "{name}: {} rows cannot be read and are set aside, the first in {} {first}",
                tally.mistaken,
                plan.numbered.word()
            ));
        }
        self.read += tally.read;
        self.used += tally.used;
        for (reason, rows) in tally.aside {
            *self.aside.entry(reason).or_default() += rows;
        }
        self.changed += tally.changed;
        self.seen.add(&tally.seen);
        self.calendar = plan.calendar();
        match (&mut self.rules, tally.rules) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, theirs) => *mine = theirs,
            (Some(_), None) => {}
        }
        plan.notes().into_iter().for_each(|note| self.note(note));
        Vec::new()
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The account, for the answer.
    pub(crate) fn reading(self, repeats: &Repeats) -> Reading {
        let findings = self.findings(repeats);
        Reading {
            files: self.files,
            rows_read: self.read,
            rows_used: self.used,
            aside: self.aside.into_iter().map(|(reason, rows)| Aside { reason: reason.into(), rows }).collect(),
            calendar: self.calendar,
            findings,
            checks: self.rules.map(Rules::checks).unwrap_or_default(),
            notes: self.notes,
        }
    }

    fn findings(&self, repeats: &Repeats) -> Vec<Finding> {
        let seen = &self.seen;
        let about = if repeats.is_estimate() { "about " } else { "" };
        let all: [(&'static str, u64, String); 7] = [
            ("changed", self.changed, "line items are told twice with different words; the first telling stands: give only the last version of each report".into()),
            ("duplicates", repeats.rows(), format!("{about}rows repeat another row to the letter; they are counted each time, as an export may mean it: was a file given twice?")),
            ("negative", seen.negative, "rows are usage of less than nothing that corrects nothing".into()),
            ("unknown_category", seen.unknown_category, "rows have a charge category that FOCUS does not know".into()),
            ("without_currency", seen.without_currency, "rows have no currency; they are added up apart".into()),
            ("rounded", seen.rounded, "amounts have more than 24 decimals and are rounded to that".into()),
            ("out_of_order", seen.out_of_order, "rows are older than the row before; order does not change the sums".into()),
        ];
        let there = all.into_iter().filter(|(_, rows, _)| *rows > 0);
        there.map(|(kind, rows, text)| Finding { kind, rows, text: format!("{rows} {text}.") }).collect()
    }
}

fn tally_line(plan: &Plan, block_lines: &[(usize, usize)], place: super::tally::Place) -> usize {
    let before: usize = block_lines.iter().filter(|(block, _)| *block < place.block).map(|(_, lines)| lines).sum();
    plan.first_line + before + place.line
}

/// The first mistakes with their places, and the number of the rest. Where every row has another width than the header,
/// it is the header that is wrong, and that is said once.
fn mistakes(plan: &Plan, tally: &Tally) -> Vec<Problem> {
    if tally.shifted == tally.read
        && tally.read > 1
        && let Some(first) = tally.mistakes.first()
    {
        let line = tally.line(first.place, plan.first_line);
        let problem = first.problem(&plan.name, line, plan.numbered);
        let what = format!("the header fits none of the {} rows: in line {line} {}", tally.read, problem.what);
        let help = "a separator is missing in the header, or the rows are of another file";
        return vec![Problem::in_line(&plan.name, plan.first_line - 1, &plan.header_text, 0..1, what, help)];
    }
    let mut problems: Vec<Problem> = tally
        .mistakes
        .iter()
        .map(|mistake| mistake.problem(&plan.name, tally.line(mistake.place, plan.first_line), plan.numbered))
        .collect();
    if tally.mistaken > SHOWN as u64 {
        let what = format!("{} more rows cannot be read", tally.mistaken - SHOWN as u64);
        problems.push(Problem::in_whole(&plan.name, what, "--keep-going sets them aside and counts them"));
    }
    problems
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
