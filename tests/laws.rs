//! What must hold for every workload, tried on a catalog of five machines.
use plimsoll::catalog::Catalog;
use plimsoll::plan::{Plan, PlanAnswer};
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Data, Factor, Money, Rate, Span};
use plimsoll::workload::{Component, ComponentName, LatencyPromise, Promises, Survive, Workload};
use plimsoll_tests::{in_world, plan, small_catalog, workload};
use proptest::prelude::*;

#[path = "laws/bills.rs"]
mod bills;
#[path = "laws/keeping.rs"]
mod keeping;
#[path = "laws/kinds.rs"]
mod kinds;
#[path = "laws/knowing.rs"]
mod knowing;
#[path = "laws/order.rs"]
mod order;
#[path = "laws/rising.rs"]
mod rising;

const ALONE: &str = r#"
name = "alone"
entry = "api"
horizon = "1 months"
[demand]
peak = "100/s"
[promises]
p99 = "100 ms"
[service.api]
cpu_per_request = "5 ms"
memory = "600 MB"
"#;

const SHOP: &str = r#"
name = "shop"
entry = "front"
horizon = "3 months"
[demand]
peak = "300/s"
mean = "100/s"
growth = "20 %/year"
[promises]
p99 = "300 ms"
survive = "zone"
[edge.front]
route = "internet"
load_balancer = true
public_ipv4 = 2
nat_gateways = 1
nat = "300 GB/month"
other_egress = "2 TB/month"
cross_region = { eu-west-1 = "1 TB/month" }
calls = [{ to = "api" }]
[service.api]
cpu_per_request = "6 ms"
memory = "700 MB"
memory_per_request = "2 MB"
bytes_in = "1 kB"
bytes_out = "20 kB"
purchases = ["on-demand", "1y"]
calls = [{ to = "orders", ratio = 2 }, { to = "images", ratio = 0.5 }]
[store.orders]
engine = "postgres"
data = "200 GB"
growth = "10 GB/month"
read_share = "80 %"
cpu_per_read = "0.3 ms"
cpu_per_write = "0.6 ms"
bytes_per_read = "2 kB"
bytes_per_write = "1 kB"
working_set = "10 %"
backup = 1.5
[object.images]
data = "60 TB"
object_size = "100 kB"
latency = "20 ms"
"#;

/// A workload of one service, which the model knows best.
#[derive(Clone, Copy, Debug)]
struct Alone {
    peak: Rate,
    work: Span,
    variability: Factor,
    in_flight: Data,
    answer: Data,
    within: Option<Span>,
    survive: Survive,
}

impl Alone {
    fn workload(self) -> Workload {
        let mut workload = workload(ALONE);
        demand(&mut workload, self.peak);
        let latency = self.within.map(|within| LatencyPromise { within, ..workload.promises.latency[0] });
        workload.promises =
            Promises { latency: latency.into_iter().collect(), survive: self.survive, ..Promises::default() };
        if let Component::Service(service) = the_component(&mut workload, "api") {
            service.cpu_per_request = Estimate::exact(self.work);
            service.variability = Estimate::exact(self.variability);
            service.memory_per_request = Estimate::exact(self.in_flight);
            service.bytes_out = Estimate::exact(self.answer);
        }
        workload
    }
}

fn demand(workload: &mut Workload, peak: Rate) {
    workload.demand.peak = Estimate::exact(peak);
    workload.demand.mean = Estimate::exact(peak * 0.4);
}

fn the_component<'w>(workload: &'w mut Workload, name: &str) -> &'w mut Component {
    workload.components.get_mut(&ComponentName(name.into())).expect("the workload has it")
}

/// Services from tiny to a hundred machines, with and without a promise.
fn alone() -> impl Strategy<Value = Alone> {
    let survive = prop_oneof![Just(Survive::None), Just(Survive::Machine), Just(Survive::Zone)];
    let within = prop::option::of((20.0..400.0).prop_map(Span::millis));
    (0.0_f64..7.0, 0.5..20.0, 0.0..4.0, 0.0..20.0, 0.0..100.0, within, survive).prop_map(
        |(log_peak, work, variability, in_flight, answer, within, survive)| Alone {
            peak: Rate::per_second(log_peak.exp()),
            work: Span::millis(work),
            variability: Factor::of(variability),
            in_flight: Data::mb(in_flight),
            answer: Data::kb(answer),
            within,
            survive,
        },
    )
}

/// The shop at another size and under another promise.
fn shop(peak: f64, within: f64, survive: Survive) -> Workload {
    let mut workload = workload(SHOP);
    demand(&mut workload, Rate::per_second(peak));
    workload.promises.latency[0].within = Span::millis(within);
    workload.promises.survive = survive;
    workload
}

fn shops() -> impl Strategy<Value = Workload> {
    let survive = prop_oneof![Just(Survive::None), Just(Survive::Machine), Just(Survive::Zone)];
    (20.0..3000.0, 150.0..600.0, survive).prop_map(|(peak, within, survive)| shop(peak, within, survive))
}

/// The plan, where there is one.
fn planned(workload: &Workload, catalog: &Catalog) -> Option<PlanAnswer> {
    plan(workload, &in_world(vec![catalog.clone()])).ok()
}

fn month(workload: &Workload, catalog: &Catalog) -> Option<Money> {
    planned(workload, catalog).map(|answer| answer.chosen.bill.total())
}

fn machines(plan: &Plan) -> u32 {
    plan.parts.values().filter_map(|part| part.fleet()).map(|fleet| fleet.machines).sum()
}

/// The small catalog with one of its machines only.
fn only(machine: usize) -> Catalog {
    let mut catalog = small_catalog();
    catalog.shapes = vec![catalog.shapes.swap_remove(machine)];
    catalog
}
