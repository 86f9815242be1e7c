//! Where levers may be pulled.
use super::answer::LeftOut;
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

/// The same with what was stated of some: their effort, and what was measured instead of the effect of the table.
pub(super) fn with_stated(placed: &mut [Placed], stated: &[StatedLever]) {
    for stated in stated {
        let meant = |p: &&mut Placed| p.lever.name == stated.name && (stated.on.is_none() || stated.on == p.on);
        placed.iter_mut().filter(meant).for_each(|placed| stated.state(placed));
    }
}

const fn is_on(on: On, component: &Component) -> bool {
    match component {
        Component::Service(_) => matches!(on, On::Service),
        Component::Store(_) => matches!(on, On::Store | On::Kept),
        Component::Object(_) => matches!(on, On::Object | On::Kept),
        Component::Edge(_) => matches!(on, On::Edge),
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
