//! The report of an honest no.
use super::plan_sizes::{group_line, nearest, reason};
use super::{Block, Cell, Column, Report, Section, Table};
use crate::plan::PlanRefusal;
use crate::sizing::Refused;
use std::collections::BTreeMap;
use std::fmt;

impl fmt::Display for PlanRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingFits { place, component, refused } if refused.is_empty() => {
                write!(f, "no plan in {place}: nothing is on offer for {component}")
            }
            Self::NothingFits { place, component, refused } => {
                let nearest = nearest(&most_common(&refused.iter().collect::<Vec<_>>()));
                write!(
                    f,
                    "no plan in {place}: none of {} options carries {component}; the nearest, {}: {}",
                    refused.len(),
                    nearest.option,
                    nearest.why
                )
            }
            Self::UnknownName { place, component, name, nearest } => {
                write!(f, "no plan in {place}: {component} asks for `{name}`, which is on no list there")?;
                nearest.as_ref().map_or(Ok(()), |nearest| write!(f, "; did you mean `{nearest}`?"))
            }
            Self::OutOfReach { place, promise, takes } => write!(
                f,
                "no plan in {place}: {} within {} is promised, the best parts together take {takes}",
                promise.name(),
                promise.within
            ),
            Self::Correlations(inconsistent) => write!(f, "no plan: {inconsistent}"),
            Self::Nowhere(all) => {
                let each: Vec<String> = all.iter().map(ToString::to_string).collect();
                f.write_str(&each.join("; "))
            }
        }
    }
}

/// The options that fail for the reason that most of them have.
fn most_common<'r>(refused: &[&'r Refused]) -> Vec<&'r Refused> {
    let groups = by_reason(refused);
    groups.into_values().max_by_key(Vec::len).unwrap_or_default()
}

fn by_reason<'r>(refused: &[&'r Refused]) -> BTreeMap<String, Vec<&'r Refused>> {
    let mut reasons: BTreeMap<String, Vec<&Refused>> = BTreeMap::new();
    for option in refused {
        reasons.entry(reason(option)).or_default().push(option);
    }
    reasons
}

impl PlanRefusal {
    /// A word for the kind of refusal.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NothingFits { .. } => "nothing_fits",
            Self::UnknownName { .. } => "unknown_name",
            Self::OutOfReach { .. } => "out_of_reach",
            Self::Correlations(_) => "correlations",
            Self::Nowhere(_) => "nowhere",
        }
    }
    /// Every option that was turned down on the way.
    pub fn refused(&self) -> Vec<&Refused> {
        match self {
            Self::NothingFits { refused, .. } => refused.iter().collect(),
            Self::UnknownName { .. } | Self::OutOfReach { .. } | Self::Correlations(_) => Vec::new(),
            Self::Nowhere(all) => all.iter().flat_map(Self::refused).collect(),
        }
    }
}

pub(super) fn report(refusal: &PlanRefusal) -> Report {
    let refused = refusal.refused();
    let reasons = by_reason(&refused);
    let lines: Vec<String> = reasons
        .into_iter()
        .map(|(reason, group)| {
            let nearest = nearest(&group);
            group_line(&reason, group.len(), nearest)
        })
        .collect();
    let blocks = if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] };
    Report {
        verdict: sentence(&refusal.to_string()),
        sections: Section::of("What will not do", blocks).into_iter().collect(),
        main: table(&refused),
    }
}

/// A sentence of its own: a capital at its start, a stop at its end unless it asks.
pub(super) fn sentence(text: &str) -> String {
    capitalized(text) + if text.ends_with('?') { "" } else { "." }
}

fn table(refused: &[&Refused]) -> Table {
    let names = ["place", "component", "option", "reason"];
    let rows = refused.iter().map(|r| {
        vec![
            Cell::from(r.place.as_str()),
            r.component.as_str().into(),
            r.option.as_str().into(),
            r.why.to_string().into(),
        ]
    });
    Table::of(names.map(Column::words).to_vec(), rows)
}

pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
