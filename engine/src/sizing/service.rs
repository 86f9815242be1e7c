//! What a stateless service lays on one machine.
use super::{Burden, Check, Measure, Resource, Spread};
use crate::catalog::Shape;
use crate::queueing::erlang::waiting_probability;
use crate::queueing::{Scalability, Station};
use crate::units::{Data, DataRate, Factor, Load, Quantity, Rate, Share, Span};
use crate::workload::{Assumptions, Service};

/// A service's load at one moment of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceBurden<'w> {
    /// What it is.
    pub service: &'w Service,
    /// Requests in the busiest minute, over all machines.
    pub arrivals: Rate,
    /// How unevenly they come.
    pub arrival_variability: Factor,
    /// What each request brings in, answers of others included.
    pub bytes_in: Data,
    /// What each request sends out, questions to others included.
    pub bytes_out: Data,
    /// How long a request is in flight beyond its own wait and service: other components, and things outside the model.
    pub elsewhere: Span,
    /// What is taken for granted.
    pub assumptions: &'w Assumptions,
    resources: Vec<Resource>,
}

impl<'w> ServiceBurden<'w> {
    /// A burden; resources that the service does not limit are left out.
    pub fn new(
        service: &'w Service,
        arrivals: Rate,
        arrival_variability: Factor,
        (bytes_in, bytes_out): (Data, Data),
        elsewhere: Span,
        assumptions: &'w Assumptions,
    ) -> Self {
        let mut resources = vec![Resource::Cpu, Resource::Memory];
        if !bytes_in.is_zero() || !bytes_out.is_zero() {
            resources.push(Resource::Network);
        }
        if service.concurrency.is_some() {
            resources.push(Resource::Connections);
        }
        Self { service, arrivals, arrival_variability, bytes_in, bytes_out, elsewhere, assumptions, resources }
    }

    /// Requests that the busiest of the carrying machines gets.
    fn per_machine(&self, spread: Spread) -> Rate {
        on_the_busiest(self.arrivals, spread.carrying, self.assumptions.imbalance)
    }
    fn in_flight(&self, shape: &Shape, spread: Spread) -> Factor {
        let station = self.station(shape, spread);
        let own = station.mean_response().unwrap_or(station.service);
        Factor::of((self.per_machine(spread) * (own + self.elsewhere)).as_erlangs())
    }
}

/// The share of `arrivals` that the busiest of `machines` gets.
pub(super) fn on_the_busiest(arrivals: Rate, machines: u32, imbalance: Factor) -> Rate {
    let uneven = if machines > 1 { imbalance.get().min(f64::from(machines)) } else { 1.0 };
    arrivals * (uneven / f64::from(machines.max(1)))
}

/// A request may wait for a slot this often at most; waiting for slots is in no response time, so it has to be rare.
const WAITS_FOR_A_SLOT: Share = Share::percent(1.0);

/// The slots with which so many requests in flight hardly ever wait for one (Erlang C, the requests as customers and the
/// slots as servers). Looked for up to twice `limit`: beyond it the answer is no in any case.
fn slots_for(in_flight: Factor, limit: Factor) -> Factor {
    let load = Load::erlangs(in_flight.get());
    let most = (limit.get() * 2.0).min(1e6) as u32;
    let (mut low, mut high) = (in_flight.get().min(1e6) as u32, most.max(1));
    if low >= high || waiting_probability(high, load) > WAITS_FOR_A_SLOT {
        return Factor::of(in_flight.get().max(f64::from(high)));
    }
    let is_enough = |slots| waiting_probability(slots, load) <= WAITS_FOR_A_SLOT;
    // The number in flight sways by about its root: the answer is a few of those above it.
    let mut step = in_flight.get().sqrt() as u32 * 2 + 1;
    while high - low > step {
        if is_enough(low + step) {
            high = low + step;
        } else {
            (low, step) = (low + step, step * 2);
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        (low, high) = if is_enough(middle) { (low, middle) } else { (middle, high) };
    }
    Factor::of(f64::from(high))
}

impl Burden for ServiceBurden<'_> {
    fn resources(&self) -> &[Resource] {
        &self.resources
    }

    fn check(&self, shape: &Shape, spread: Spread, resource: Resource) -> Option<Check> {
        let (needs, has) = match resource {
            Resource::Cpu => {
                let station = self.station(shape, spread);
                let has = Measure::Processors(station.servers);
                (Measure::Processors(Factor::of(station.load().as_erlangs())), has)
            }
            Resource::Memory => {
                let flying = self.service.memory_per_request.mid() * self.in_flight(shape, spread).get();
                (Measure::Data(self.service.memory.mid() + flying), Measure::Data(shape.memory))
            }
            Resource::Network => {
                // A link carries its bandwidth each way.
                let per_request = self.bytes_in.max(self.bytes_out);
                let needs: DataRate = per_request * self.per_machine(spread);
                (Measure::DataRate(needs), Measure::DataRate(shape.network?))
            }
            Resource::Connections => {
                let limit = Factor::of(self.service.concurrency?.get());
                let slots = slots_for(self.in_flight(shape, spread), limit);
                (Measure::Count(slots), Measure::Count(limit))
            }
            _ => return None,
        };
        Some(Check { resource, needs, has })
    }

    fn station(&self, shape: &Shape, spread: Spread) -> Station {
        let usl = Scalability { contention: self.service.contention.mid(), coherency: self.service.coherency.mid() };
        Station {
            arrivals: self.per_machine(spread),
            service: self.service.cpu_per_request.mid() / shape.speed.factor.get(),
            servers: usl.effective_up_to_peak(shape.servers()),
            arrival_variability: self.arrival_variability,
            service_variability: self.service.variability.mid(),
        }
    }

    fn least_machines(&self) -> (u32, Resource) {
        (1, Resource::Cpu)
    }
    fn most_machines(&self) -> u32 {
        u32::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_the_fewest_with_which_hardly_anybody_waits() {
        for in_flight in [0.0, 0.3, 1.0, 7.5, 40.0, 99.0, 310.7] {
            for limit in [1.0, 50.0, 128.0, 400.0] {
                let waits = |slots: u32| waiting_probability(slots, Load::erlangs(in_flight)) > WAITS_FOR_A_SLOT;
                let most = (limit * 2.0) as u32;
                let fewest = (1..=most).find(|&slots| !waits(slots) && f64::from(slots) > in_flight.floor());
                let slots = slots_for(Factor::of(in_flight), Factor::of(limit)).get();
                match fewest {
                    Some(fewest) => assert_eq!(slots, f64::from(fewest), "{in_flight} of {limit}"),
                    None => assert!(slots > limit, "{in_flight} of {limit}"),
                }
            }
        }
    }
}
