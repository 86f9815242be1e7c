//! A thousand changed worlds: what if the demand were so many times today's?
//!
//! A what-if is the same question asked of a changed world. The catalog is read once; nothing else is kept between
//! questions, so they may be asked in any order, or in parallel.
//!
//!     cargo run --release -p plimsoll --example what_if
use jiff::civil::date;
use plimsoll::catalog::{Place, Provider, Region};
use plimsoll::units::{Data, Factor, Rate, Share, Span};
use plimsoll::workload::{Demand, LatencyPromise, Promises, Service, Survive, Workload};
use plimsoll::{Answer, Question, World, ask};
use plimsoll_ingest::prices::{Tables, catalog};
use std::time::Instant;

const WORLDS: u32 = 1_000;
/// From a tenth of today's demand to ten times as much, in equal ratios.
const WIDEST: f64 = 10.0;
const SHOWN: u32 = 111;

fn main() {
    let find = |provider: &str, region: &str, name: &str| Some(plimsoll_prices::find(provider, region, name)?.text);
    let place = Place { provider: Provider::Aws, region: Region("us-east-1".into()) };
    let catalog = catalog(&place, Tables { find: &find }).expect("the tables have this region");
    let world = World { catalogs: vec![catalog], as_of: date(2026, 11, 23), seed: 1 };

    let service = Service::plain(Span::millis(12.0), Data::gib(1.5));
    let p99 = LatencyPromise { share: Share::percent(99.0), within: Span::millis(150.0) };
    let promises = Promises { latency: vec![p99], availability: None, survive: Survive::Zone };
    let demand = Demand::of_peak(Rate::per_second(900.0));
    let today = Workload { horizon: Span::months(1.0), ..Workload::of_service("api", demand, promises, service) };

    println!("{:>9}  {:>8}  {:>12}  {:<12}  {:>22}", "demand", "machines", "a month", "machine", "a million requests");
    let began = Instant::now();
    for i in 0..WORLDS {
        let factor = Factor::of(WIDEST.powf(f64::from(i) / f64::from(WORLDS - 1) * 2.0 - 1.0));
        let changed = today.with_demand(factor);
        let peak = changed.demand.peak.mid();
        let Ok(Answer::Plan(plan)) = ask(&Question::plan(changed), &world) else {
            println!("{peak}: no plan");
            continue;
        };
        if i % SHOWN == 0 {
            let fleet = plan.chosen.parts.values().find_map(|part| part.fleet()).expect("a service runs on machines");
            let total = plan.chosen.bill.total();
            let unit = plan.chosen.unit_cost.million_requests.map_or("unknown".into(), |money| money.to_string());
            println!(
                "{:>9}  {:>8}  {:>12}  {:<12}  {unit:>22}",
                peak.to_string(),
                fleet.machines,
                total.to_string(),
                fleet.shape.name.to_string()
            );
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("{WORLDS} plans in {seconds:.1} s: {:.0} plans a second", f64::from(WORLDS) / seconds);
}
