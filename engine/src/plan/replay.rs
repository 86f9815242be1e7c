//! Machines that come and go: a week of the demand, minute by minute, under the rules of an autoscaler.
//!
//! The demand goes in a line from the middle of each hour to that of the next; one minute in every hour has the stated
//! burst, so that what is too slow to react to it shows. Utilization is measured over the reaction time, as many machines
//! are asked for as bring it to the target (the rule of Kubernetes' Horizontal Pod Autoscaler and of target tracking at the
//! providers), and a machine is paid from the moment it is asked for. A minute is a breach if what comes is more than the
//! machines that are there carry with every promise kept. The week is gone through twice and the second time counts.
use super::moment::{Moment, budget_of};
use super::search::Found;
use super::{Part, Plan};
use crate::catalog::Purchase;
use crate::sizing::{Fleet, Terms, at_count};
use crate::units::{Factor, Money, Quantity, Rate, Share, Span};
use crate::workload::{Autoscaling, Component, ComponentName, Service, Survive};
use std::collections::{BTreeMap, VecDeque};

/// What a week under these rules comes to, beside the machines of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The rules.
    pub rules: Autoscaling,
    /// Whether the workload states them; else they are the usual ones.
    pub stated: bool,
    /// The machine: of the cheapest options the one that costs least with no breach while nothing is lost, or else with
    /// the fewest. Small machines follow the demand more closely than large ones.
    pub shape: String,
    /// The most machines allowed.
    pub max: u32,
    /// A month of its machines, on demand, or spot where the plan has spot machines.
    pub month: Money,
    /// A month of the plan's machines.
    pub static_month: Money,
    /// Machines of the plan.
    pub static_machines: u32,
    /// Minutes of the week in which more comes than the machines carry, nothing lost.
    pub breach_minutes: u32,
    /// The same after the loss that is to be survived.
    pub breach_minutes_after_loss: u32,
    /// The same of the plan's machines, after the loss.
    pub static_breach_minutes: u32,
    /// The highest target below the stated one, in steps of five per cent, with which the loss breaks no more minutes than
    /// it does with the plan's machines; none where the stated one is such, or none is.
    pub as_safe: Option<SafeTarget>,
    /// Machines started in the week.
    pub started: u32,
    /// Machines stopped in the week.
    pub stopped: u32,
    /// The mean number of machines, those that start included.
    pub mean_machines: Factor,
    /// The fewest at any minute.
    pub fewest: u32,
    /// The most at any minute.
    pub most: u32,
    /// The busiest minute of the week.
    pub busiest: Rate,
}

/// A lower target, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SafeTarget {
    /// The utilization aimed at.
    pub target: Share,
    /// A month of its machines.
    pub month: Money,
}

pub(super) type Replays = BTreeMap<ComponentName, Replay>;

/// The cheapest options of a service that are tried.
const TRIED: usize = 24;
const MINUTES: usize = 7 * 24 * 60;
/// Weeks in a billed month.
const WEEKS: f64 = 730.0 / 168.0;

/// The replay of every service, where the week is known.
pub(super) fn replays(moment: &Moment<'_>, plan: &Plan, found: &Found) -> Replays {
    let Some(week) = &moment.workload.demand.hour_of_week else { return Replays::new() };
    let services = plan.parts.iter().filter_map(|(name, part)| match (part, moment.component(name)) {
        (Part::Service(_), Component::Service(service)) => Some((name, service)),
        _ => None,
    });
    services
        .filter_map(|(name, service)| {
            let demand = minutes(moment, name, week);
            let fits = found.options.get(name).map_or(&[][..], |options| &options.fits[..]);
            let fleets = plan.parts[name].fleet().into_iter().chain(fits.iter().filter_map(Part::fleet));
            let tried = fleets.take(TRIED).filter_map(|fleet| replay(moment, (name, service), fleet, plan, &demand));
            let best = tried.min_by_key(|r| (r.breach_minutes, r.month))?;
            Some((name.clone(), best))
        })
        .collect()
}

/// The requests of each minute of the week.
fn minutes(moment: &Moment<'_>, name: &ComponentName, week: &[Factor]) -> Vec<Rate> {
    let mean = moment.traffic(name).billing;
    let burst = moment.workload.demand.burst.mid().get();
    let at = |minute: usize| {
        let (hour, within) = (minute / 60, (minute % 60) as f64 / 60.0);
        let hour_at = |offset: usize| week[(hour + week.len() + offset - 1) % week.len()].get();
        let shape = if within < 0.5 {
            hour_at(0) + (within + 0.5) * (hour_at(1) - hour_at(0))
        } else {
            hour_at(1) + (within - 0.5) * (hour_at(2) - hour_at(1))
        };
        let bursts = if minute % 60 == 30 { burst } else { 1.0 };
        mean * (shape * bursts)
    };
    (0..MINUTES).map(at).collect()
}

fn replay(
    moment: &Moment<'_>,
    (name, service): (&ComponentName, &Service),
    fleet: &Fleet,
    plan: &Plan,
    demand: &[Rate],
) -> Option<Replay> {
    let of_plan = plan.parts[name].fleet()?;
    let usual = Autoscaling { min: if survives(moment) { 2 } else { 1 }, ..Autoscaling::USUAL };
    let rules = service.autoscaling.unwrap_or(usual);
    let max = rules.max.unwrap_or_else(|| fleet.machines.saturating_mul(2)).max(rules.min);
    let carried_by = |fleet: &Fleet| Carries::of(moment, name, service, fleet, plan);
    let carries = carried_by(fleet)?;
    let lost = |n: u32| moment.workload.promises.survive.lost(n, moment.zones().min(n).max(1));
    let walked = walk(demand, rules, max, &carries, lost);
    let purchase = if fleet.purchase == Purchase::Spot { Purchase::Spot } else { Purchase::OnDemand };
    let hour = fleet.shape.quote_by_the_hour(purchase)?.effective;
    let kept = carried_by(of_plan)?.by(of_plan.machines - lost(of_plan.machines));
    let static_breach_minutes = demand.iter().filter(|rate| **rate > kept).count() as u32;
    let month = |minutes: f64| hour * (Span::minutes(minutes) * WEEKS);
    let mut lower = (1..20).map(|i| Share::percent(f64::from(i) * 5.0)).rev().filter(|t| *t < rules.target);
    let mut as_safe = || {
        lower.find_map(|target| {
            let tried = walk(demand, Autoscaling { target, ..rules }, max, &carries, lost);
            let is_safe = tried.breaches_after_loss <= static_breach_minutes;
            is_safe.then(|| SafeTarget { target, month: month(tried.machine_minutes) })
        })
    };
    let as_safe = if walked.breaches_after_loss > static_breach_minutes { as_safe() } else { None };
    Some(Replay {
        as_safe,
        rules,
        stated: service.autoscaling.is_some(),
        shape: fleet.shape.name.0.clone(),
        max,
        month: month(walked.machine_minutes),
        static_month: plan.parts[name].month(),
        static_machines: of_plan.machines,
        breach_minutes: walked.breaches,
        breach_minutes_after_loss: walked.breaches_after_loss,
        static_breach_minutes,
        started: walked.started,
        stopped: walked.stopped,
        mean_machines: Factor::of(walked.machine_minutes / MINUTES as f64),
        fewest: walked.fewest,
        most: walked.most,
        busiest: demand.iter().copied().fold(Rate::ZERO, Quantity::max),
    })
}

fn survives(moment: &Moment<'_>) -> bool {
    moment.workload.promises.survive != Survive::None
}

/// What machines of one kind carry with every promise kept.
struct Carries {
    /// One machine by itself.
    one: Rate,
    imbalance: f64,
    /// Processor time of a request over the processors of one machine: its utilization at one request a second.
    used_by_one: f64,
}

impl Carries {
    /// By bisection on one machine; none where it carries nothing.
    fn of(moment: &Moment<'_>, name: &ComponentName, service: &Service, fleet: &Fleet, plan: &Plan) -> Option<Self> {
        let burden = moment.service_burden(name, service, &plan.parts);
        let station = fleet.calm_station;
        let used_by_one = station.service.as_seconds() / station.servers.get();
        let terms = Terms {
            survive: Survive::None,
            zones: 1,
            availability: None,
            step: 1,
            budget: budget_of(&plan.budgets, name),
            max_utilization: moment.workload.assumptions.max_utilization,
        };
        let holds = |rate: f64| {
            let mut asked = burden.clone();
            asked.arrivals = Rate::per_second(rate);
            at_count(&asked, &fleet.shape, fleet.purchase, &terms, 1).is_ok()
        };
        let (mut low, mut high) = (0.0, if used_by_one > 0.0 { 1.0 / used_by_one } else { 1e9 });
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if holds(middle) { low = middle } else { high = middle }
        }
        let imbalance = moment.workload.assumptions.imbalance.get();
        (low > 0.0).then(|| Self { one: Rate::per_second(low), imbalance, used_by_one })
    }
    /// What so many carry: the busiest gets more than its part.
    fn by(&self, machines: u32) -> Rate {
        let n = f64::from(machines);
        if machines == 0 { Rate::ZERO } else { self.one * (n / self.imbalance.min(n)) }
    }
    /// Machines that are busy to the target at such a rate.
    fn wanted(&self, rate: Rate, target: Share) -> u32 {
        (rate.as_per_second() * self.used_by_one / target.as_part()).ceil().min(1e9) as u32
    }
}

#[derive(Default)]
struct Walked {
    machine_minutes: f64,
    breaches: u32,
    breaches_after_loss: u32,
    started: u32,
    stopped: u32,
    fewest: u32,
    most: u32,
}

/// Two weeks, minute by minute; the second is told.
fn walk(demand: &[Rate], rules: Autoscaling, max: u32, carries: &Carries, lost: impl Fn(u32) -> u32) -> Walked {
    let whole_minutes = |span: Span| (span.as_minutes().ceil().min(MINUTES as f64) as usize).max(1);
    let (reaction, startup, calm) =
        (whole_minutes(rules.reaction), whole_minutes(rules.startup), whole_minutes(rules.calm));
    let mut there = carries.wanted(demand[0], rules.target).clamp(rules.min, max);
    let mut coming: VecDeque<(usize, u32)> = VecDeque::new();
    let (mut measured, mut asked): (VecDeque<f64>, VecDeque<u32>) = (VecDeque::new(), VecDeque::new());
    let mut walked = Walked { fewest: u32::MAX, ..Walked::default() };
    for minute in 0..2 * demand.len() {
        let counts = minute >= demand.len();
        let rate = demand[minute % demand.len()];
        while coming.front().is_some_and(|(ready, _)| *ready <= minute) {
            there += coming.pop_front().map_or(0, |(_, n)| n);
        }
        keep_last(&mut measured, rate.as_per_second(), reaction);
        let mean = Rate::per_second(measured.iter().sum::<f64>() / measured.len() as f64);
        let wanted = carries.wanted(mean, rules.target).clamp(rules.min, max);
        keep_last(&mut asked, wanted, calm);
        let starting: u32 = coming.iter().map(|(_, n)| n).sum();
        let enough = asked.iter().copied().max().unwrap_or(wanted);
        let (mut started, mut stopped) = (0, 0);
        if wanted > there + starting {
            started = wanted - there - starting;
            coming.push_back((minute + startup, started));
        } else if enough < there && starting == 0 {
            stopped = there - enough;
        }
        if counts {
            let all = there + starting + started;
            walked.machine_minutes += f64::from(all);
            walked.breaches += u32::from(rate > carries.by(there));
            walked.breaches_after_loss += u32::from(rate > carries.by(there - lost(there)));
            walked.started += started;
            walked.stopped += stopped;
            walked.fewest = walked.fewest.min(there);
            walked.most = walked.most.max(all);
        }
        there -= stopped;
    }
    walked
}

fn keep_last<T>(values: &mut VecDeque<T>, value: T, most: usize) {
    values.push_back(value);
    if values.len() > most {
        values.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One machine carries 100 requests a second at most, and is full at 125.
    fn carries() -> Carries {
        Carries { one: Rate::per_second(100.0), imbalance: 1.0, used_by_one: 1.0 / 125.0 }
    }

    fn day(high: f64) -> Vec<Rate> {
        (0..MINUTES).map(|m| Rate::per_second(if m % 1440 < 720 { 100.0 } else { high })).collect()
    }

    #[test]
    fn a_steady_demand_starts_and_stops_nothing() {
        let rules = Autoscaling { target: Share::percent(50.0), ..Autoscaling::USUAL };
        let walked = walk(&day(100.0), rules, 20, &carries(), |_| 0);
        assert_eq!((walked.started, walked.stopped, walked.fewest, walked.most), (0, 0, 2, 2));
        assert_eq!((walked.breaches, walked.breaches_after_loss), (0, 0));
    }

    /// From 2 to 7 machines at noon: the mean of two minutes asks for 4 at once and for all 7 a minute later; each takes two
    /// minutes to come, and until then 500 a second meet what carries 200, then 400.
    #[test]
    fn a_step_is_a_breach_until_the_machines_are_there() {
        let rules = Autoscaling { target: Share::percent(60.0), ..Autoscaling::USUAL };
        let walked = walk(&day(500.0), rules, 20, &carries(), |_| 0);
        assert_eq!((walked.fewest, walked.most), (2, 7));
        assert_eq!((walked.started, walked.stopped), (7 * 5, 7 * 5), "up and down once a day");
        assert_eq!(walked.breaches, 7 * 3, "with 2 machines for two minutes, with 4 for one");
    }

    #[test]
    fn the_most_allowed_is_never_passed() {
        let rules = Autoscaling { target: Share::percent(60.0), ..Autoscaling::USUAL };
        let walked = walk(&day(500.0), rules, 4, &carries(), |_| 0);
        assert_eq!(walked.most, 4);
        assert_eq!(walked.breaches, 7 * 720, "four carry 400 of 500 a second");
    }
}
