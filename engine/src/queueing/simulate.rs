//! A discrete-event simulation of an open network of stations: the judge of the formulas, one request at a time.
//!
//! A node is so many equal machines, each with its own line and its own servers; a request goes to a machine drawn at
//! random, so that Poisson arrivals stay Poisson at each machine (dealing them out in turn would make them steadier and
//! the waits shorter). Calls mean what they mean in `network`, and a request holds no server while it waits for them.
//! Equal seeds give equal results.
use super::draws::Times;
use super::network::{Call, CallMode, callees_first};
use crate::units::{Factor, Quantity, Rate, Share, Span};
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// A node to simulate.
#[derive(Clone, Debug)]
pub struct SimulatedNode {
    /// Machines, each with a line of its own. At least one.
    pub machines: u32,
    /// Servers in each machine. At least one.
    pub servers: u32,
    /// Mean work of a request at the node itself.
    pub service: Span,
    /// Its squared coefficient of variation; service is lognormal, constant at zero.
    pub service_variability: Factor,
    /// What it calls then.
    pub calls: Vec<Call>,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The response times of the requests at the entry, sorted; the first tenth that arrived is left out.
    pub responses: Vec<Span>,
    /// What was seen at each node, over the whole run.
    pub nodes: Vec<Observed>,
}

impl Simulated {
    /// The response time that a share `p` of the requests did not exceed. None where there were no requests.
    pub fn percentile(&self, p: Share) -> Option<Span> {
        let last = self.responses.len().checked_sub(1)?;
        self.responses
            .get(((p.as_part() * self.responses.len() as f64).ceil() as usize).saturating_sub(1).min(last))
            .copied()
    }
    /// The mean response time. None where there were no requests.
    pub fn mean(&self) -> Option<Span> {
        let whole: Span = self.responses.iter().copied().sum();
        (!self.responses.is_empty()).then(|| whole / self.responses.len() as f64)
    }
}

/// What was seen at one node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// Requests that began service there.
    pub visits: u64,
    /// The busy part of its servers.
    pub utilization: Factor,
    /// How long its servers were busy, all together.
    pub busy: Span,
    /// The mean wait in line.
    pub mean_wait: Span,
}

/// Simulates `requests` Poisson arrivals at `entry`, to the end of the last one. Panics on a circle of calls.
pub fn simulate(nodes: &[SimulatedNode], entry: usize, arrivals: Rate, requests: u32, seed: u64) -> Simulated {
    simulate_renewal(nodes, entry, arrivals, Factor::ONE, requests, seed)
}

/// [`simulate`] with independent times between arrivals of this squared coefficient of variation.
pub fn simulate_renewal(
    nodes: &[SimulatedNode],
    entry: usize,
    arrivals: Rate,
    variability: Factor,
    requests: u32,
    seed: u64,
) -> Simulated {
    let calls: Vec<&[Call]> = nodes.iter().map(|node| node.calls.as_slice()).collect();
    callees_first(&calls, entry);
    let mut run = Run::new(nodes, seed);
    let between = Times::between_arrivals(1.0 / arrivals.base(), variability.get());
    let (mut left, mut next) = (requests, between.draw(&mut run.rng));
    while left > 0 || !run.due.is_empty() {
        if left > 0 && run.due.peek().is_none_or(|Reverse(end)| next < end.at()) {
            run.now = next;
            run.begin(Task { node: entry, since: next, parent: None, order: requests - left, ..Task::default() });
            left -= 1;
            next += between.draw(&mut run.rng);
        } else {
            run.finish_next_service();
        }
    }
    run.seen(requests / 10)
}

/// A request at a node.
#[derive(Clone, Copy, Default)]
struct Task {
    node: usize,
    machine: usize,
    since: f64,
    /// Which task waits for this one, for which of its calls, and how many more of them follow in a row.
    parent: Option<usize>,
    call: usize,
    repeats: u64,
    /// The call to make next, and the parallel branches not yet done.
    next_call: usize,
    branches: usize,
    /// At the entry: its place in the order of arrival.
    order: u32,
}

struct Machine {
    free: u32,
    line: VecDeque<usize>,
}

/// The end of a service. The bits of a positive time sort as the time does; the count settles ties.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    at_bits: u64,
    count: u64,
    task: usize,
}
impl End {
    fn at(self) -> f64 {
        f64::from_bits(self.at_bits)
    }
}

#[derive(Clone, Default)]
struct Tally {
    visits: u64,
    busy: f64,
    waited: f64,
}

struct Run<'n> {
    nodes: &'n [SimulatedNode],
    services: Vec<Times>,
    machines: Vec<Vec<Machine>>,
    tallies: Vec<Tally>,
    tasks: Vec<Task>,
    unused: Vec<usize>,
    due: BinaryHeap<Reverse<End>>,
    ends: u64,
    now: f64,
    rng: Xoshiro256PlusPlus,
    done: Vec<(u32, f64)>,
}

impl<'n> Run<'n> {
    fn new(nodes: &'n [SimulatedNode], seed: u64) -> Self {
        let idle = |node: &SimulatedNode| {
            assert!(node.machines > 0 && node.servers > 0, "a node has a machine with a server");
            (0..node.machines).map(|_| Machine { free: node.servers, line: VecDeque::new() }).collect()
        };
        Self {
            nodes,
            services: nodes.iter().map(|n| Times::of_service(n.service.base(), n.service_variability.get())).collect(),
            machines: nodes.iter().map(idle).collect(),
            tallies: vec![Tally::default(); nodes.len()],
            tasks: Vec::new(),
            unused: Vec::new(),
            due: BinaryHeap::new(),
            ends: 0,
            now: 0.0,
            rng: Xoshiro256PlusPlus::seed_from_u64(seed),
            done: Vec::new(),
        }
    }

    fn begin(&mut self, task: Task) {
        let machine = self.rng.random_range(0..self.machines[task.node].len());
        let task = Task { machine, ..task };
        let place = self.unused.pop().unwrap_or(self.tasks.len());
        if place == self.tasks.len() {
            self.tasks.push(task);
        } else {
            self.tasks[place] = task;
        }
        let machine = &mut self.machines[task.node][machine];
        if machine.free == 0 {
            machine.line.push_back(place);
        } else {
            machine.free -= 1;
            self.serve(place);
        }
    }

    fn serve(&mut self, place: usize) {
        let Task { node, since, .. } = self.tasks[place];
        let time = self.services[node].draw(&mut self.rng);
        let tally = &mut self.tallies[node];
        tally.visits += 1;
        tally.busy += time;
        tally.waited += (self.now - since).max(0.0);
        self.ends += 1;
        self.due.push(Reverse(End { at_bits: (self.now + time).to_bits(), count: self.ends, task: place }));
    }

    fn finish_next_service(&mut self) {
        let Reverse(end) = self.due.pop().expect("a service is under way");
        self.now = end.at();
        let Task { node, machine, .. } = self.tasks[end.task];
        let machine = &mut self.machines[node][machine];
        if let Some(next) = machine.line.pop_front() {
            self.serve(next);
        } else {
            machine.free += 1;
        }
        // A task that is done lets its parent go on, which may be done then too.
        let mut may_go_on = Some(end.task);
        while let Some(place) = may_go_on {
            may_go_on = if self.go_on(place) { self.leave(place) } else { None };
        }
    }

    /// Makes the next sequential call, or all parallel ones. Says whether the task is done.
    fn go_on(&mut self, place: usize) -> bool {
        let nodes = self.nodes;
        let calls = &nodes[self.tasks[place].node].calls;
        let branches_at = calls.len();
        while self.tasks[place].next_call < branches_at {
            let call = self.tasks[place].next_call;
            self.tasks[place].next_call += 1;
            if calls[call].mode == CallMode::Sequential && self.call(place, call) {
                return false;
            }
        }
        if self.tasks[place].next_call == branches_at {
            self.tasks[place].next_call += 1;
            for (call, _) in calls.iter().enumerate().filter(|(_, call)| call.mode == CallMode::Parallel) {
                self.tasks[place].branches += usize::from(self.call(place, call));
            }
        }
        self.tasks[place].branches == 0
    }

    /// Begins the calls that `ratio` asks for, if any.
    fn call(&mut self, parent: usize, call: usize) -> bool {
        let Call { to, ratio, .. } = self.nodes[self.tasks[parent].node].calls[call];
        let one_more = self.rng.random::<f64>() < ratio.get().fract();
        let times = ratio.get().floor() as u64 + u64::from(one_more);
        if times > 0 {
            self.begin(Task {
                node: to,
                since: self.now,
                parent: Some(parent),
                call,
                repeats: times - 1,
                ..Task::default()
            });
        }
        times > 0
    }

    /// Ends a task: the next one of its row begins, or its parent, which is returned, may go on.
    fn leave(&mut self, place: usize) -> Option<usize> {
        let task = self.tasks[place];
        self.unused.push(place);
        let Some(parent) = task.parent else {
            self.done.push((task.order, self.now - task.since));
            return None;
        };
        if task.repeats > 0 {
            self.begin(Task { since: self.now, repeats: task.repeats - 1, next_call: 0, branches: 0, ..task });
            return None;
        }
        let is_branch = self.nodes[self.tasks[parent].node].calls[task.call].mode == CallMode::Parallel;
        self.tasks[parent].branches -= usize::from(is_branch);
        Some(parent)
    }

    fn seen(self, left_out: u32) -> Simulated {
        let counted = self.done.iter().filter(|(order, _)| *order >= left_out);
        let mut responses: Vec<f64> = counted.map(|(_, time)| time.max(0.0)).collect();
        responses.sort_unstable_by(f64::total_cmp);
        let observed = |(node, tally): (&SimulatedNode, &Tally)| Observed {
            visits: tally.visits,
            utilization: Factor::of(
                tally.busy / (f64::from(node.machines) * f64::from(node.servers) * self.now.max(f64::MIN_POSITIVE)),
            ),
            busy: Span::from_base(tally.busy),
            mean_wait: Span::from_base(tally.waited / tally.visits.max(1) as f64),
        };
        Simulated {
            responses: responses.into_iter().map(Span::from_base).collect(),
            nodes: self.nodes.iter().zip(&self.tallies).map(observed).collect(),
        }
    }
}

#[cfg(test)]
#[path = "simulate_tests.rs"]
mod tests;
