//! The response time of a whole call graph, from the response times of its nodes.
//!
//! A node does its own work, then its sequential calls one after the other, then all its parallel calls at once. A call
//! with ratio 2.5 is two calls in a row and a third one with probability a half; a ratio of 0.2 is a call that one request
//! in five makes. Times at different nodes are taken as independent; [`comonotone_percentile`] says what happens when
//! they are not: when every hop is slow for the same requests.
use super::distribution::ResponseTime;
use super::remembered::Remembered;
use crate::units::{Factor, Quantity, Share, Span};

/// Whether a call waits for the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallMode {
    /// One after the other.
    #[default]
    Sequential,
    /// Together with the node's other parallel calls, after its sequential ones.
    Parallel,
}

/// A node's calls to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// The place of the called node in the list.
    pub to: usize,
    /// Calls made for each request of the caller.
    pub ratio: Factor,
    /// Whether they wait for the call before.
    pub mode: CallMode,
}

/// A node of the call graph.
#[derive(Clone, Debug)]
pub struct Node {
    /// Wait and service at the node itself, without its calls.
    pub own: ResponseTime,
    /// What it calls then.
    pub calls: Vec<Call>,
}

/// The response time at `entry`, with everything it calls. Panics where a node calls itself, however indirectly.
pub fn end_to_end(nodes: &[Node], entry: usize) -> ResponseTime {
    Remembered::default().end_to_end(nodes, entry)
}

/// [`end_to_end`] where some of it may be known already.
pub(super) fn end_to_end_by(nodes: &[Node], entry: usize, remembered: &Remembered) -> ResponseTime {
    let calls: Vec<&[Call]> = nodes.iter().map(|node| node.calls.as_slice()).collect();
    let mut whole: Vec<Option<ResponseTime>> = vec![None; nodes.len()];
    for i in callees_first(&calls, entry) {
        let (mut row, mut group) = (nodes[i].own.clone(), None::<ResponseTime>);
        for call in &nodes[i].calls {
            let callee = whole[call.to].as_ref().expect("callees come first");
            let branch = remembered.times(callee, call.ratio);
            match call.mode {
                CallMode::Sequential => row = remembered.then(&row, &branch),
                CallMode::Parallel => group = Some(group.map_or_else(|| branch.clone(), |all| all.and(&branch))),
            }
        }
        whole[i] = Some(group.map_or_else(|| row.clone(), |all| remembered.then(&row, &all)));
    }
    whole.swap_remove(entry).expect("the entry comes last")
}

/// The percentile at `entry` if all hops were slow for the same requests: percentiles are added, of parallel calls the
/// slowest counts. A call that only a part of the requests makes counts in full where that part is larger than the share
/// of late requests, else not at all. None where a percentile lies beyond the horizon.
pub fn comonotone_percentile(nodes: &[Node], entry: usize, p: Share) -> Option<Span> {
    let calls: Vec<&[Call]> = nodes.iter().map(|node| node.calls.as_slice()).collect();
    let mut whole: Vec<Option<Span>> = vec![None; nodes.len()];
    for i in callees_first(&calls, entry) {
        let (mut row, mut group) = (nodes[i].own.percentile(p)?, Span::ZERO);
        for call in &nodes[i].calls {
            let (often, part) = (call.ratio.get().floor(), call.ratio.get().fract());
            let counted = if part > p.rest().as_part() { often + 1.0 } else { often };
            let branch = whole[call.to]? * counted;
            match call.mode {
                CallMode::Sequential => row = row + branch,
                CallMode::Parallel => group = group.max(branch),
            }
        }
        whole[i] = Some(row + group);
    }
    whole[entry]
}

/// The nodes that `entry` reaches, each after all that it calls. Panics on a circle.
pub(super) fn callees_first(calls: &[&[Call]], entry: usize) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Not; calls.len()];
    let (mut order, mut path) = (Vec::new(), vec![(entry, 0)]);
    seen[entry] = Seen::Open;
    while let Some((node, next)) = path.last_mut() {
        if let Some(call) = calls[*node].get(*next) {
            *next += 1;
            assert!(seen[call.to] != Seen::Open, "a call graph has no circle");
            if seen[call.to] == Seen::Not {
                seen[call.to] = Seen::Open;
                path.push((call.to, 0));
            }
        } else {
            seen[*node] = Seen::Done;
            order.push(*node);
            path.pop();
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::super::distribution::Grid;
    use super::*;

    fn grid() -> Grid {
        Grid::new(Span::seconds(1.0), 1000)
    }
    fn constant(millis: f64, calls: &[(usize, f64, CallMode)]) -> Node {
        let calls = calls.iter().map(|&(to, ratio, mode)| Call { to, ratio: Factor::of(ratio), mode }).collect();
        Node { own: ResponseTime::point(Span::millis(millis), grid()), calls }
    }

    #[test]
    fn a_row_adds_up_and_of_parallel_calls_the_slowest_counts() {
        use CallMode::{Parallel, Sequential};
        let nodes = [
            constant(10.0, &[(1, 2.0, Sequential), (2, 1.0, Parallel), (3, 1.0, Parallel)]),
            constant(20.0, &[]),
            constant(30.0, &[]),
            constant(50.0, &[(1, 1.0, Sequential)]),
        ];
        let whole = end_to_end(&nodes, 0);
        assert!((whole.mean().as_millis() - 120.0).abs() < 1e-6, "{}", whole.mean());
        let together = comonotone_percentile(&nodes, 0, Share::percent(99.0)).unwrap();
        assert!((together.as_millis() - 120.0).abs() < 2.5, "half a step for each of five terms: {together}");
    }

    #[test]
    fn a_call_that_few_make_moves_only_the_late_percentiles() {
        let nodes = [constant(10.0, &[(1, 0.2, CallMode::Sequential)]), constant(100.0, &[])];
        let whole = end_to_end(&nodes, 0);
        let millis = |p| whole.percentile(Share::percent(p)).unwrap().as_millis();
        assert!((millis(75.0) - 10.0).abs() < 1.0 && (millis(85.0) - 110.0).abs() < 1.0);
        assert!((whole.mean().as_millis() - 30.0).abs() < 1e-6);
    }

    #[test]
    fn a_shared_node_at_the_end_of_a_thousand_paths_is_computed_once() {
        let mut nodes: Vec<Node> = (0..12)
            .map(|i| constant(1.0, &[(i + 1, 1.0, CallMode::Sequential), (i + 1, 1.0, CallMode::Parallel)]))
            .collect();
        nodes.push(constant(0.01, &[]));
        let whole = end_to_end(&nodes, 0);
        assert!(whole.later_share() > Share::percent(99.9), "4,096 ms of work is beyond the horizon");
    }

    #[test]
    #[should_panic(expected = "a call graph has no circle")]
    fn a_circle_is_our_mistake() {
        let nodes = [constant(1.0, &[(1, 1.0, CallMode::Sequential)]), constant(1.0, &[(0, 1.0, CallMode::Parallel)])];
        end_to_end(&nodes, 0);
    }
}
