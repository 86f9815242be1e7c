//! Who calls whom, as a drawing: callers to the left, how often a call is made beside its line.
use plimsoll::workload::{ComponentName, Workload};
use std::collections::BTreeMap;

/// A drawing of boxes and lines, in pixels.
pub(super) struct Graph {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) boxes: Vec<Labeled>,
    pub(super) lines: Vec<Line>,
}

/// A component.
pub(super) struct Labeled {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) x: usize,
    pub(super) y: usize,
}

/// A call.
pub(super) struct Line {
    pub(super) from: (usize, usize),
    pub(super) to: (usize, usize),
    /// How often for each request, where that is not once.
    pub(super) ratio: String,
}

impl Line {
    /// The middle of the line, a little above it.
    pub(super) const fn middle(&self) -> (usize, usize) {
        (usize::midpoint(self.from.0, self.to.0), usize::midpoint(self.from.1, self.to.1).saturating_sub(5))
    }
    /// What is drawn: a curve that leaves and arrives level.
    pub(super) fn curve(&self) -> String {
        let ((x, y), (to_x, to_y), middle) = (self.from, self.to, usize::midpoint(self.from.0, self.to.0));
        format!("M{x} {y} C{middle} {y} {middle} {to_y} {to_x} {to_y}")
    }
}

/// The size of a box, and from one to the next.
const BOX: (usize, usize) = (150, 44);
const STEP: (usize, usize) = (230, 64);
/// What stays free around the drawing.
const EDGE: usize = 4;

/// The drawing of a workload.
pub(super) fn graph(workload: &Workload) -> Graph {
    let depths = depths(workload);
    let mut in_column: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places: BTreeMap<&ComponentName, (usize, usize)> = BTreeMap::new();
    for (name, depth) in &depths {
        let row = in_column.entry(*depth).or_default();
        places.insert(name, (EDGE + depth * STEP.0, EDGE + *row * STEP.1));
        *row += 1;
    }
    let boxes = workload.components.iter().map(|(name, component)| {
        let (x, y) = places[name];
        Labeled { name: name.0.clone(), kind: component.kind(), x, y }
    });
    let lines = workload.components.iter().flat_map(|(name, component)| {
        let (x, y) = places[name];
        let from = (x + BOX.0, y + BOX.1 / 2);
        let places = &places;
        component.calls().iter().filter_map(move |call| {
            let (x, y) = *places.get(&call.to)?;
            let ratio = call.ratio.mid().get();
            let ratio = if ratio == 1.0 { String::new() } else { format!("\u{d7} {}", call.ratio.mid()) };
            Some(Line { from, to: (x, y + BOX.1 / 2), ratio })
        })
    });
    let columns = in_column.len().max(1);
    let rows = in_column.values().copied().max().unwrap_or(1);
    Graph {
        width: 2 * EDGE + (columns - 1) * STEP.0 + BOX.0,
        height: 2 * EDGE + (rows - 1) * STEP.1 + BOX.1,
        boxes: boxes.collect(),
        lines: lines.collect(),
    }
}

/// How many calls lead to each component at most. The reader refuses calls that lead back.
fn depths(workload: &Workload) -> BTreeMap<&ComponentName, usize> {
    let mut depths: BTreeMap<&ComponentName, usize> = workload.components.keys().map(|name| (name, 0)).collect();
    for _ in 0..workload.components.len() {
        for (name, component) in &workload.components {
            let next = depths[name] + 1;
            for call in component.calls() {
                if let Some(depth) = depths.get_mut(&call.to) {
                    *depth = (*depth).max(next).min(workload.components.len());
                }
            }
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_stand_to_the_left_of_those_they_call() {
        let text = include_bytes!("../../../../fixtures/checkout.toml");
        let graph = graph(&plimsoll_ingest::workload::read("w.toml", text, &[]).unwrap());
        let x = |name: &str| graph.boxes.iter().find(|found| found.name == name).unwrap().x;
        assert!(x("front") < x("api") && x("api") < x("orders"));
        let ratios: Vec<&str> = graph.lines.iter().map(|line| line.ratio.as_str()).collect();
        assert_eq!(ratios, ["\u{d7} 3.5", ""]);
        assert_eq!((graph.width, graph.height), (618, 52));
    }
}
