//! Plans under doubt: what they promise is checked against worlds that they have not seen.
#[path = "decide/calibration.rs"]
mod calibration;
#[path = "decide/laws.rs"]
mod laws;
#[path = "decide/stability.rs"]
mod stability;

use plimsoll::catalog::Purchase;
use plimsoll::plan::{PlanAnswer, PlanOptions};
use plimsoll::workload::{Component, Running, Workload};
use plimsoll::{Answer, Question, World, ask};
use plimsoll_tests::{in_world, small_catalog, workload};

/// A service with a promise, about which two things are not known well.
const SERVICE: &str = r#"
name = "api"
entry = "api"
horizon = "1 months"
[demand]
peak = { low = "400/s", mid = "900/s", high = "2000/s", confidence = "90 %" }
[promises]
p99 = "120 ms"
survive = "machine"
[service.api]
cpu_per_request = { low = "4 ms", mid = "6 ms", high = "10 ms", confidence = "80 %" }
memory = "600 MB"
bytes_out = "20 kB"
"#;

/// The same before a store, with a demand and data that rise together.
const WITH_STORE: &str = r#"
name = "shop"
entry = "front"
horizon = "1 months"
[demand]
peak = { low = "300/s", mid = "600/s", high = "1000/s", confidence = "90 %" }
[promises]
p99 = "200 ms"
survive = "machine"
[edge.front]
calls = [{ to = "api" }]
[service.api]
cpu_per_request = { low = "4 ms", mid = "6 ms", high = "10 ms", confidence = "80 %" }
memory = "600 MB"
bytes_out = "20 kB"
calls = [{ to = "rows", ratio = 2 }]
[store.rows]
engine = "partitioned"
managed = false
data = { low = "200 GB", mid = "400 GB", high = "900 GB", confidence = "90 %" }
cpu_per_read = "0.4 ms"
cpu_per_write = "0.8 ms"
bytes_per_read = "2 kB"
bytes_per_write = "1 kB"
read_share = "80 %"
correlations = []
"#;

fn world(seed: u64) -> World {
    World { seed, ..in_world(vec![small_catalog()]) }
}

fn planned(workload: &Workload, world: &World, options: PlanOptions) -> PlanAnswer {
    match ask(&Question::Plan(workload.clone(), options), world) {
        Ok(Answer::Plan(answer)) => *answer,
        other => panic!("a plan was asked for: {other:?}"),
    }
}

/// The workload with the machines of a plan as what runs today.
fn running(workload: &Workload, answer: &PlanAnswer) -> Workload {
    let mut with = workload.clone();
    for (name, part) in &answer.chosen.parts {
        let Some(fleet) = part.fleet() else { continue };
        let running = Running {
            shape: fleet.shape.name.0.clone(),
            count: fleet.machines,
            purchase: Purchase::OnDemand,
            volume: None,
        };
        match with.components.get_mut(name).expect("a part is of a component") {
            Component::Service(service) => service.current = Some(running),
            Component::Store(store) => store.current = Some(running),
            _ => unreachable!("only those have machines"),
        }
    }
    with
}

fn sized(answer: &PlanAnswer) -> Vec<(String, u32)> {
    let fleets = answer.chosen.parts.values().filter_map(|p| Some((p.option(), p.fleet()?.machines)));
    fleets.collect()
}

fn service() -> Workload {
    workload(SERVICE)
}

fn with_store() -> Workload {
    workload(&WITH_STORE.replace("correlations = []\n", ""))
}
