//! A plan over the price tables that Plimsoll ships, from a workload file to the report a person reads.
//!
//!     cargo run -p plimsoll --example shipped_tables
use jiff::civil::date;
use plimsoll::catalog::{Place, Provider, Region};
use plimsoll::report::{Meta, report, text};
use plimsoll::{Question, World, ask};
use plimsoll_ingest::prices::{Tables, catalog};
use plimsoll_ingest::workload;

const WORKLOAD: &str = r#"
name = "api"
entry = "api"
horizon = "6 months"
[demand]
peak = "900/s"
[promises]
p99 = "150 ms"
survive = "zone"
[service.api]
cpu_per_request = "12 ms"
memory = "1.5 GiB"
"#;

fn main() {
    let workload = workload::read("api.toml", WORKLOAD.as_bytes(), &[]).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    let find = |provider: &str, region: &str, name: &str| Some(plimsoll_prices::find(provider, region, name)?.text);
    let place = Place { provider: Provider::Aws, region: Region("eu-west-1".into()) };
    let catalog = catalog(&place, Tables { find: &find }).expect("the tables have this region");
    println!("{} machine sizes in {place}", catalog.shapes.len());

    let as_of = date(2026, 11, 23);
    let outcome = ask(&Question::plan(workload), &World { catalogs: vec![catalog], as_of, seed: 1 });
    let meta = Meta {
        version: env!("CARGO_PKG_VERSION").into(),
        seed: 1,
        draws: 1,
        as_of,
        inputs: Vec::new(),
        prices: Vec::new(),
        notes: Vec::new(),
    };
    for line in text::render(&report(&outcome, &meta)).lines().take(16) {
        println!("{line}");
    }
}
