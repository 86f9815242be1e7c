//! A promise divided over its hops: what the simulator says of it, and what must hold of its prices.
use plimsoll::catalog::Catalog;
use plimsoll::plan::{LatencyDivision, Plan};
use plimsoll::queueing::{Call, CallMode, SimulatedNode, simulate};
use plimsoll::units::{Money, Share, Span};
use plimsoll::workload::ComponentName;
use plimsoll_tests::{in_world, json, plan, small_catalog, workload};

/// Two services in a row, the second asked twice, and nothing else that takes time.
fn chain(peak: &str, p99: &str) -> String {
    format!(
        r#"
name = "chain"
entry = "front"
horizon = "1 months"
demand = {{ peak = "{peak}", mean = "20/s", burst = 1 }}
promises = {{ p99 = "{p99}", survive = "machine" }}
[service.front]
cpu_per_request = "6 ms"
memory = "500 MB"
calls = [{{ to = "back", ratio = 2 }}]
[service.back]
cpu_per_request = "4 ms"
variability = 1.5
memory = "500 MB"
"#
    )
}

fn planned(text: &str, catalog: Catalog) -> Plan {
    plan(&workload(text), &in_world(vec![catalog])).expect("the promise can be kept").chosen
}
fn division(plan: &Plan) -> &LatencyDivision {
    plan.latency_division.as_ref().expect("a promise and two hops")
}

#[test]
fn the_simulator_sees_what_the_division_says_the_plan_takes() {
    for (peak, p99) in [("300/s", "90 ms"), ("900/s", "70 ms"), ("2500/s", "120 ms")] {
        let plan = planned(&chain(peak, p99), small_catalog());
        let fleet = |name: &str| plan.parts[&ComponentName(name.into())].fleet().expect("a service has machines");
        let (front, back) = (fleet("front"), fleet("back"));
        let node = |name: &str, calls| {
            let fleet = fleet(name);
            SimulatedNode {
                machines: fleet.carrying,
                servers: fleet.stressed_station.servers.get() as u32,
                service: fleet.stressed_station.service,
                service_variability: fleet.stressed_station.service_variability,
                calls,
            }
        };
        let call = Call { to: 1, ratio: plimsoll::units::Factor::of(2.0), mode: CallMode::Sequential };
        let nodes = [node("front", vec![call]), node("back", Vec::new())];
        let arrivals = front.stressed_station.arrivals * f64::from(front.carrying);
        assert!((back.stressed_station.arrivals * f64::from(back.carrying) / arrivals - 2.0).abs() < 1e-9);
        let seen = simulate(&nodes, 0, arrivals, 200_000, 7).percentile(Share::percent(99.0)).expect("requests");
        let told = division(&plan).takes.expect("within the models' reach");
        let off = told / seen - 1.0;
        println!("{peak}, p99 {p99}: told {told}, simulated {seen}, {:+.1} %", off * 100.0);
        assert!(off.abs() < 0.05, "{peak}: {told} against {seen}");
    }
}

#[test]
fn budgets_add_up_to_the_promise_and_a_looser_one_is_never_dearer() {
    for p99 in ["50 ms", "60 ms", "80 ms", "120 ms", "300 ms"] {
        let plan = planned(&chain("900/s", p99), small_catalog());
        let division = division(&plan);
        let sum: Span = division.hops.iter().map(|hop| hop.budget).sum();
        assert!((sum / division.promise.within - 1.0).abs() < 1e-9);
        let names: Vec<&str> = division.hops.iter().map(|hop| hop.name.0.as_str()).collect();
        assert_eq!(names, ["front", "back"]);
        assert!((division.hops[1].visits.get() - 2.0).abs() < 1e-9);
        // Both calls of the back are made in a row: a millisecond of a visit is felt twice.
        assert!((division.hops[1].felt.get() - 2.0).abs() < 0.05, "{}", division.hops[1].felt.get());
        assert!((division.hops[0].felt.get() - 1.0).abs() < 0.05);
        let prices: Vec<Option<Money>> = division.moved.iter().map(|moved| moved.difference).collect();
        assert!(prices.windows(2).all(|p| p[0].is_none() || p[1] <= p[0]), "{p99}: {prices:?}");
        assert!(prices[3] <= Some(Money::ZERO) && prices[0].is_none_or(|p| p >= Money::ZERO));
        assert!(division.hops.iter().all(|hop| hop.millisecond_saves >= Money::ZERO));
    }
}

#[test]
fn the_cheapest_division_costs_what_the_plan_does() {
    let mut same = 0;
    for p99 in ["50 ms", "60 ms", "80 ms", "120 ms", "300 ms"] {
        let plan = planned(&chain("900/s", p99), small_catalog());
        let parts: Money = plan.parts.values().map(|part| part.month()).sum();
        let cheapest = division(&plan).cheapest;
        assert!(cheapest <= parts, "{p99}: {cheapest} against {parts}");
        assert!(cheapest.ratio(parts).is_some_and(|r| r > 0.98), "{p99}: {cheapest} against {parts}");
        same += u32::from(cheapest == parts);
    }
    assert!(same >= 3, "{same} of 5");
}

#[test]
fn there_is_a_budget_only_where_a_promise_has_hops() {
    let one = workload(
        "name = \"one\"\nentry = \"one\"\n[demand]\npeak = \"90/s\"\n[promises]\np99 = \"90 ms\"\n[service.one]\n\
         cpu_per_request = \"6 ms\"\nmemory = \"500 MB\"\n",
    );
    let answer = plan(&one, &in_world(vec![small_catalog()])).expect("one machine will do");
    assert!(answer.chosen.latency_division.is_none());
    let two = plan(&workload(&chain("300/s", "90 ms")), &in_world(vec![small_catalog()])).expect("it can be kept");
    let told = json(&two);
    assert_eq!(told["answer"]["chosen"]["latency_budget"]["hops"][1]["component"], "back");
    assert!(told["answer"]["alternatives"][0]["latency_budget"].is_null(), "only the chosen plan is divided");
}
