//! What gathered work lays on one machine, and what a run of it comes to.
//!
//! A run on spot machines ends by its deadline even if machines are taken away at their last moment: an on-demand machine
//! starts in the place of each and does again what was lost. So a run has to leave time for that, and more machines share
//! the work than on demand; what is paid is an expectation over the chance to be taken away.
use super::checkpoint::daly;
use super::service::on_the_busiest;
use super::{Burden, Check, Measure, Resource, Spread};
use crate::catalog::{Purchase, Shape};
use crate::queueing::Station;
use crate::units::{Count, DataRate, Factor, Quantity, Rate, Share, Span};
use crate::workload::{Assumptions, Batch, Cadence};

/// A batch's load at one moment of the horizon, done at one cadence on machines paid in one way.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchBurden<'w> {
    /// What it is.
    pub batch: &'w Batch,
    /// How often.
    pub cadence: Cadence,
    /// How its machines are paid.
    pub purchase: Purchase,
    /// Items in the busiest minute.
    pub arrivals: Rate,
    /// How unevenly they come.
    pub arrival_variability: Factor,
    /// Items of the fullest run.
    pub most: Count,
    /// Items of the mean run.
    pub mean: Count,
    /// What is taken for granted.
    pub assumptions: &'w Assumptions,
}

/// One run on so many machines of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// From the start of the machines to the end of the last, with nothing taken away.
    pub takes: Span,
    /// The longest that it takes: on spot machines, if one is taken away at its last moment.
    pub at_worst: Span,
    /// Time of all machines, expected.
    pub machine_time: Span,
    /// Time of on-demand machines in the place of those taken away, expected.
    pub fallback_time: Span,
    /// The chance that one machine is taken away within the run.
    pub taken_away: Share,
}

/// The chance to be taken away within a month, where neither the workload nor a table states one: about half of the
/// machines that Amazon's advisor knows are below it. Doubled, it hardly moves the cost of runs of a few hours.
pub const USUALLY_TAKEN_AWAY: Share = Share::percent(15.0);
/// The providers bill by the second, and a minute at least (EC2 and Compute Engine pricing).
const LEAST_BILLED: Span = Span::minutes(1.0);
const REAL_TIME: [Resource; 3] = [Resource::Cpu, Resource::Memory, Resource::Network];
const GATHERED: [Resource; 3] = [Resource::Deadline, Resource::Memory, Resource::Network];

impl BatchBurden<'_> {
    /// The time that all the processors of one machine of `machines` take for so many items.
    fn work(&self, shape: &Shape, items: Count, machines: u32) -> Span {
        let all = self.batch.cpu_per_run.mid() + self.batch.cpu_per_item.mid() * items.get();
        let spread = on_the_busiest(Rate::per_second(1.0), machines, self.assumptions.imbalance).as_per_second();
        all * (spread / (shape.speed.factor.get() * f64::from(shape.servers())))
    }
    /// How often one spot machine of this kind is taken away.
    pub fn interruptions(&self, shape: &Shape) -> Rate {
        let told = || {
            let month = shape
                .taken_in_month
                .map_or(USUALLY_TAKEN_AWAY, |(low, high)| Share::of_one(f64::midpoint(low.as_part(), high.as_part())));
            Rate::per_month(-month.rest().as_part().max(1e-6).ln())
        };
        self.batch.interruptions.map_or_else(told, |stated| stated.mid())
    }
    /// The work between two checkpoints, where there are any: Daly's interval.
    pub fn interval(&self, shape: &Shape) -> Option<Span> {
        let dump = self.batch.checkpoint.filter(|_| self.purchase == Purchase::Spot)?.mid();
        let rate = self.interruptions(shape);
        if dump.is_zero() || rate.is_zero() {
            return None;
        }
        Some(daly(dump, Span::seconds(1.0 / rate.as_per_second())))
    }
    /// A run with so many items on so many machines.
    pub fn run(&self, shape: &Shape, items: Count, machines: u32) -> Run {
        let startup = self.batch.startup.mid();
        let work = self.work(shape, items, machines);
        let interval = self.interval(shape).filter(|i| *i < work);
        let dump = self.batch.checkpoint.map_or(Span::ZERO, |c| c.mid());
        let busy = interval.map_or(work, |interval| work + dump * (work / interval));
        let takes = startup + busy;
        let n = f64::from(machines);
        if self.purchase != Purchase::Spot {
            let billed = takes.max(LEAST_BILLED) * n;
            let nothing = (Span::ZERO, Share::NONE);
            return Run {
                takes,
                at_worst: takes,
                machine_time: billed,
                fallback_time: nothing.0,
                taken_away: nothing.1,
            };
        }
        let lost = interval.map_or(work, |interval| interval + dump);
        let rate = self.interruptions(shape).base();
        let length = rate * takes.base();
        let taken_away = -(-length).exp_m1();
        // How long a machine works that is taken away, on the mean, and all of them.
        let until_taken = if length > 1e-6 { 1.0 / rate - takes.base() / length.exp_m1() } else { takes.base() / 2.0 };
        let works = (1.0 - taken_away) * takes.base() + taken_away * until_taken;
        let again = match interval {
            Some(interval) => (takes.base() - until_taken).max(0.0) + 0.5 * interval.base(),
            None => work.base(),
        };
        Run {
            takes,
            at_worst: takes + startup + lost,
            machine_time: Span::from_base(works).max(LEAST_BILLED) * n,
            fallback_time: Span::from_base(taken_away * (startup.base() + again)) * n,
            taken_away: Share::of_one(taken_away),
        }
    }
    /// The time from the end of the window to the end of the run, which must not pass.
    fn deadline(&self) -> Option<Span> {
        match self.cadence {
            Cadence::RealTime => None,
            Cadence::Every { deadline, .. } => Some(deadline),
        }
    }
}

impl Burden for BatchBurden<'_> {
    fn resources(&self) -> &[Resource] {
        if self.cadence == Cadence::RealTime { &REAL_TIME } else { &GATHERED }
    }

    fn check(&self, shape: &Shape, spread: Spread, resource: Resource) -> Option<Check> {
        let (needs, has) = match resource {
            Resource::Cpu => {
                let station = self.station(shape, spread);
                (Measure::Processors(Factor::of(station.load().as_erlangs())), Measure::Processors(station.servers))
            }
            Resource::Deadline => {
                let run = self.run(shape, self.most, spread.carrying);
                (Measure::Span(run.at_worst), Measure::Span(self.deadline()?))
            }
            Resource::Memory => (Measure::Data(self.batch.memory.mid()), Measure::Data(shape.memory)),
            Resource::Network => {
                let arrivals = match self.deadline() {
                    None => self.arrivals,
                    // What is read while the processors work, at the pace that the deadline asks for.
                    Some(deadline) => {
                        let working = deadline.less(self.batch.startup.mid()).max(Span::seconds(1.0));
                        Rate::per_second(self.most.get() / working.as_seconds())
                    }
                };
                let here = on_the_busiest(arrivals, spread.carrying, self.assumptions.imbalance);
                let needs: DataRate = self.batch.bytes_per_item.mid() * here;
                (Measure::DataRate(needs), Measure::DataRate(shape.network?))
            }
            _ => return None,
        };
        Some(Check { resource, needs, has })
    }

    /// In real time the queue of items; a gathered run has no queue, and is told as an idle machine.
    fn station(&self, shape: &Shape, spread: Spread) -> Station {
        let arrivals = match self.cadence {
            Cadence::RealTime => on_the_busiest(self.arrivals, spread.carrying, self.assumptions.imbalance),
            Cadence::Every { .. } => Rate::ZERO,
        };
        Station {
            arrivals,
            service: self.batch.cpu_per_item.mid() / shape.speed.factor.get(),
            servers: Factor::of(f64::from(shape.servers())),
            arrival_variability: self.arrival_variability,
            service_variability: self.batch.variability.mid(),
        }
    }

    fn least_machines(&self) -> (u32, Resource) {
        (1, Resource::Cpu)
    }
    fn most_machines(&self) -> u32 {
        u32::MAX
    }
}
