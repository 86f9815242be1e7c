//! Where levers may be pulled.
use super::answer::LeftOut;
use super::apply::paths;
use super::lever::Change;
use super::rules::Here;
use super::{Lever, On, StatedLever, levers};
use crate::workload::{Component, ComponentName, Workload};
use std::fmt;

/// A lever at a component, or on the whole.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Which.
    pub lever: Lever,
    /// Where; none for the whole.
    pub on: Option<ComponentName>,
    /// Whether its effect was measured on this system.
    pub measured: bool,
}

impl fmt::Display for Placed {
    /// `compress (front)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.lever.name)?;
        self.on.as_ref().map_or(Ok(()), |on| write!(f, " ({on})"))
    }
}

/// The lever of this name, or the nearest names.
pub fn find(name: &str) -> Result<Lever, Vec<&'static str>> {
    let all = levers();
    if let Some(lever) = all.iter().find(|lever| lever.name == name) {
        return Ok(lever.clone());
    }
    let mut names: Vec<&'static str> = all.iter().map(|lever| lever.name).collect();
    names.sort_by_key(|known| strsim::osa_distance(known, name));
    names.truncate(3);
    Err(names)
}

/// Every place where each of these levers applies, and why the others do not, in the order of the table.
pub(super) fn everywhere(workload: &Workload, levers: &[Lever], places: usize) -> (Vec<Placed>, Vec<LeftOut>) {
    let (mut placed, mut left_out) = (Vec::new(), Vec::new());
    for lever in levers {
        let spots: Vec<Option<&ComponentName>> = match lever.on {
            On::Whole => vec![None],
            on => workload.components.iter().filter(|(_, c)| is_on(on, c)).map(|(name, _)| Some(name)).collect(),
        };
        if spots.is_empty() {
            left_out.push(LeftOut {
                name: lever.name,
                on: None,
                why: format!("there is not {} in this workload", lever.on),
            });
        }
        for name in spots {
            match (lever.rule)(&Here { workload, name, places }) {
                Ok(()) => placed.push(Placed { lever: lever.clone(), on: name.cloned(), measured: false }),
                Err(why) => left_out.push(LeftOut { name: lever.name, on: name.cloned(), why }),
            }
        }
    }
    (placed, left_out)
}

/// What was stated of some: their effort, and what was measured instead of the effect of the table. What was stated of a
/// place where the lever is not, or measured of an input that is not there, takes the lever out, and is told.
pub(super) fn with_stated(workload: &Workload, placed: &mut Vec<Placed>, stated: &[StatedLever]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for stated in stated {
        let is_meant =
            |placed: &Placed| placed.lever.name == stated.name && (stated.on.is_none() || stated.on == placed.on);
        if let (Ok(lever), false) = (find(&stated.name), placed.iter().any(is_meant)) {
            let why = match &stated.on {
                Some(on) if !workload.components.contains_key(on) => {
                    format!("what is stated of it names `{on}`, which is no component")
                }
                _ => "what is stated of it is of no use: it does not apply there".to_owned(),
            };
            left_out.push(LeftOut { name: lever.name, on: stated.on.clone(), why });
        }
        placed.retain_mut(|placed| {
            if !is_meant(placed) {
                return true;
            }
            stated.state(placed);
            let missing = unknown_input(workload, placed).filter(|_| placed.measured);
            if let Some(field) = &missing {
                let why = format!("`{field}` was measured, which is no input there");
                left_out.push(LeftOut { name: placed.lever.name, on: placed.on.clone(), why });
            }
            missing.is_none()
        });
    }
    left_out
}

/// The first input that a placed lever changes and that is nowhere.
fn unknown_input(workload: &Workload, placed: &Placed) -> Option<String> {
    let mut known = Vec::new();
    workload.clone().each_input(&mut |path, _| known.push(path.to_string()));
    placed.lever.changes.iter().find_map(|change| match change {
        Change::Scale(of, field, _) | Change::Add(of, field, _) => {
            let there = paths(workload, placed, *of, field);
            (!there.iter().any(|path| known.contains(path))).then(|| field.clone())
        }
        Change::Allow(_) => None,
    })
}

const fn is_on(on: On, component: &Component) -> bool {
    match component {
        Component::Service(_) => matches!(on, On::Service),
        Component::Store(_) => matches!(on, On::Store | On::Kept),
        Component::Object(_) => matches!(on, On::Object | On::Kept),
        Component::Edge(_) => matches!(on, On::Edge),
        // What is argued about them is their own size and cadence, which the plan chooses.
        Component::Cache(_) | Component::Stream(_) | Component::Batch(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_a_wrong_one_is_told_its_nearest() {
        let mut names: Vec<&str> = levers().iter().map(|l| l.name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert_eq!(find("compres").unwrap_err()[0], "compress");
        assert_eq!(find("index").unwrap().name, "index");
    }
}
