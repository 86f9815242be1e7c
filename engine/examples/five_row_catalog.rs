//! A plan over a catalog of five rows, written in code: no files, no tables, no network.
//!
//!     cargo run -p plimsoll --example five_row_catalog
use jiff::civil::date;
use plimsoll::catalog::{Catalog, Place, Provenance, Provider, Region, Shape};
use plimsoll::units::{Compute, Data, Money, Rate, Share, Span};
use plimsoll::workload::{Demand, LatencyPromise, Promises, Service, Survive, Workload};
use plimsoll::{Answer, Question, World, ask};
use std::sync::Arc;

/// Name, vCPUs, GiB of memory, dollars an hour: made up for this example.
const ROWS: [(&str, f64, f64, &str); 5] = [
    ("small", 2.0, 4.0, "0.05"),
    ("medium", 4.0, 8.0, "0.10"),
    ("large", 8.0, 16.0, "0.20"),
    ("roomy", 4.0, 32.0, "0.13"),
    ("huge", 32.0, 128.0, "0.78"),
];

fn main() {
    let stated = Provenance {
        table: "example".into(),
        source: "this example".into(),
        as_of: date(2026, 11, 1),
        derived: false,
        note: None,
    };
    let mut catalog = Catalog::empty(Place { provider: Provider::Aws, region: Region("nowhere".into()) });
    catalog.shapes = ROWS
        .map(|(name, vcpus, gib, hour)| {
            let hour: Money = hour.parse().expect("the rows above hold amounts of money");
            Arc::new(Shape::plain(name, Compute::vcpus(vcpus), Data::gib(gib), hour, stated.clone()))
        })
        .to_vec();

    let service = Service::plain(Span::millis(12.0), Data::gib(1.5));
    let p99 = LatencyPromise { share: Share::percent(99.0), within: Span::millis(150.0) };
    let promises = Promises { latency: vec![p99], availability: None, survive: Survive::Machine };
    let workload = Workload::of_service("api", Demand::of_peak(Rate::per_second(900.0)), promises, service);

    let world = World { catalogs: vec![catalog], as_of: date(2026, 11, 23), seed: 1 };
    match ask(&Question::plan(workload), &world) {
        Ok(Answer::Plan(plan)) => {
            for (name, part) in &plan.chosen.parts {
                let fleet = part.fleet().expect("a service runs on machines");
                println!("{name}: {} x {}, bound by {}", fleet.machines, fleet.shape.name, fleet.bound_by().phrase());
            }
            println!("{} a month, exactly ${}", plan.chosen.bill.total(), plan.chosen.bill.total().exact());
            println!("demand may grow {:.2} times", plan.chosen.growth_left.map_or(0.0, plimsoll::units::Factor::get));
        }
        Ok(_) => unreachable!("a plan was asked for"),
        Err(refusal) => println!("no plan: {refusal:?}"),
    }
}
