//! Who calls whom, how often, and in what order that can be computed.
use super::{Cache, Component, ComponentName, Workload};
use crate::units::{Quantity, Rate, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A call graph that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// A call, or the entry, names nothing.
    #[error("`{by}` calls `{to}`, which is no component of this workload")]
    Unknown {
        /// Who calls.
        by: String,
        /// Whom.
        to: String,
    },
    /// Calls that lead back to where they began.
    #[error("calls go in a circle: {}", .0.join(" -> "))]
    Cycle(Vec<String>),
    /// A component that no request reaches.
    #[error("nobody calls `{0}`, so it has nothing to do")]
    Unreached(String),
}

/// Requests that reach a component.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traffic {
    /// In the busiest minute; machines are sized for it.
    pub sizing: Rate,
    /// Over the month; charges by use follow it.
    pub billing: Rate,
}

/// The traffic of every component at one moment of the horizon, callers before the called.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    traffic: BTreeMap<ComponentName, Traffic>,
    /// Of the calls to a component, those that a cache is known to have passed on as reads and as writes.
    passed: BTreeMap<ComponentName, (Traffic, Traffic)>,
}

impl Flow {
    /// Requests to this component. Panics on a name that is not in the workload.
    pub fn of(&self, name: &ComponentName) -> Traffic {
        self.traffic[name]
    }
    /// Of those, the reads and the writes that a cache passed on and knows to be such.
    pub fn passed_on(&self, name: &ComponentName) -> (Traffic, Traffic) {
        self.passed.get(name).copied().unwrap_or_default()
    }
}

impl Workload {
    /// Everything that is wrong with the call graph.
    pub fn graph_errors(&self) -> Vec<GraphError> {
        let mut errors = Vec::new();
        if !self.components.contains_key(&self.entry) {
            errors.push(GraphError::Unknown { by: "entry".into(), to: self.entry.0.clone() });
        }
        for (name, component) in &self.components {
            for call in component.calls().iter().filter(|c| !self.components.contains_key(&c.to)) {
                errors.push(GraphError::Unknown { by: name.0.clone(), to: call.to.0.clone() });
            }
        }
        let mut walk = Walk { workload: self, path: Vec::new(), done: Vec::new(), cycle: None };
        for name in self.components.keys() {
            walk.visit(name);
        }
        if let Some(cycle) = walk.cycle {
            errors.push(GraphError::Cycle(cycle));
        }
        let mut reached = BTreeSet::from([&self.entry]);
        let mut frontier = vec![&self.entry];
        while let Some(component) = frontier.pop().and_then(|name| self.components.get(name)) {
            frontier.extend(component.calls().iter().map(|c| &c.to).filter(|to| reached.insert(to)));
        }
        for (name, component) in &self.components {
            if !reached.contains(name) && component.own_traffic().is_zero() {
                errors.push(GraphError::Unreached(name.0.clone()));
            }
        }
        errors
    }

    /// Component names, the called before their callers. Panics on a cycle: readers refuse those.
    pub fn leaves_first(&self) -> Vec<&ComponentName> {
        let mut walk = Walk { workload: self, path: Vec::new(), done: Vec::new(), cycle: None };
        for name in self.components.keys() {
            walk.visit(name);
        }
        assert!(walk.cycle.is_none(), "the reader refuses cycles");
        walk.done
    }

    /// The traffic of every component after `elapsed`.
    pub fn flow(&self, elapsed: Span) -> Flow {
        let growth = self.demand.growth.mid().after(elapsed).get();
        let mut traffic: BTreeMap<ComponentName, Traffic> = self
            .components
            .iter()
            .map(|(name, component)| {
                let own = component.own_traffic() * growth;
                (name.clone(), Traffic { sizing: own, billing: own })
            })
            .collect();
        let entry = Traffic { sizing: self.demand.sizing_rate(elapsed), billing: self.demand.billing_rate(elapsed) };
        *traffic.get_mut(&self.entry).expect("the reader refuses an entry that is nobody") += entry;
        let mut passed: BTreeMap<ComponentName, (Traffic, Traffic)> = BTreeMap::new();
        for name in self.leaves_first().into_iter().rev() {
            let component = &self.components[name];
            let mut mine = traffic[name];
            if let Component::Stream(stream) = component {
                mine.sizing = mine.sizing * stream.pace().get(); // readers that catch up take more than comes in
            }
            let misses = component.miss_ratio().as_part();
            for call in component.calls() {
                let ratio = call.ratio.mid().get();
                let to = traffic.get_mut(&call.to).expect("the reader refuses calls to nobody");
                *to += mine.times(misses * ratio);
                if let Component::Cache(Cache { read_share: Some(reads), .. }) = component {
                    let (read, written) = passed.entry(call.to.clone()).or_default();
                    let writes = reads.rest().as_part();
                    *read += mine.times((misses - writes).max(0.0) * ratio);
                    *written += mine.times(writes * ratio);
                }
            }
        }
        Flow { traffic, passed }
    }
}

impl Traffic {
    fn times(self, ratio: f64) -> Self {
        Self { sizing: self.sizing * ratio, billing: self.billing * ratio }
    }
}
impl std::ops::AddAssign for Traffic {
    fn add_assign(&mut self, more: Self) {
        self.sizing = self.sizing + more.sizing;
        self.billing = self.billing + more.billing;
    }
}

struct Walk<'w> {
    workload: &'w Workload,
    path: Vec<&'w ComponentName>,
    done: Vec<&'w ComponentName>,
    cycle: Option<Vec<String>>,
}

impl<'w> Walk<'w> {
    fn visit(&mut self, name: &'w ComponentName) {
        if self.done.contains(&name) || self.cycle.is_some() {
            return;
        }
        if let Some(at) = self.path.iter().position(|n| *n == name) {
            let circle = self.path[at..].iter().chain([&name]).map(|n| n.0.clone()).collect();
            self.cycle = Some(circle);
            return;
        }
        self.path.push(name);
        for call in self.workload.components.get(name).map_or(&[][..], Component::calls) {
            if let Some((to, _)) = self.workload.components.get_key_value(&call.to) {
                self.visit(to);
            }
        }
        self.path.pop();
        self.done.push(name);
    }
}
