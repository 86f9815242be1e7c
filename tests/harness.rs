//! What the suites share: worlds to ask about, workloads to ask with, and the command that was built.
use jiff::civil::{Date, date};
use plimsoll::catalog::{Catalog, Place, Provider, Region};
use plimsoll::plan::{PlanAnswer, PlanRefusal};
use plimsoll::report::Meta;
use plimsoll::workload::Workload;
use plimsoll::{Question, Refusal, World, ask};
use plimsoll_ingest::prices::{self, Tables};
use serde_json::Value;
use std::path::PathBuf;

#[path = "harness/command.rs"]
mod command;
#[path = "harness/decimal.rs"]
mod decimal;
#[path = "harness/server.rs"]
mod server;
#[path = "harness/small_catalog.rs"]
mod small_catalog;
#[path = "harness/study.rs"]
pub mod study;

pub use command::{Ran, binary, bytes, run, run_in, words};
pub use decimal::Decimal;
pub use server::{Response, Server, read};
pub use small_catalog::{scaled, small_catalog};

/// The day of asking, in every suite.
pub const TODAY: Date = date(2026, 11, 23);

fn find(provider: &str, region: &str, name: &str) -> Option<&'static str> {
    plimsoll_prices::find(provider, region, name).map(|table| table.text)
}

/// The catalog of a region, from the shipped tables.
pub fn catalog(provider: Provider, region: &str) -> Catalog {
    let place = Place { provider, region: Region(region.into()) };
    prices::catalog(&place, Tables { find: &find }).expect("the shipped tables are sound")
}

/// These regions, from the shipped tables.
pub fn world(places: &[(Provider, &str)]) -> World {
    in_world(places.iter().map(|&(provider, region)| catalog(provider, region)).collect())
}

/// A world of these catalogs.
pub fn in_world(catalogs: Vec<Catalog>) -> World {
    World { catalogs, as_of: TODAY, seed: 1 }
}

/// What an answer of the suites rests on: nothing that was read from files.
pub fn meta() -> Meta {
    Meta {
        version: env!("CARGO_PKG_VERSION").into(),
        seed: 1,
        draws: 1,
        as_of: TODAY,
        inputs: Vec::new(),
        prices: Vec::new(),
        notes: Vec::new(),
    }
}

/// A workload from the text of its file, which is sound.
pub fn workload(text: &str) -> Workload {
    plimsoll_ingest::workload::read("workload.toml", text.as_bytes(), &[])
        .unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<String>()))
}

/// The plan for a workload, or why there is none.
pub fn plan(workload: &Workload, world: &World) -> Result<PlanAnswer, PlanRefusal> {
    match ask(&Question::plan(workload.clone()), world) {
        Ok(plimsoll::Answer::Plan(answer)) => Ok(*answer),
        Err(Refusal::Plan(refusal)) => Err(*refusal),
        Ok(_) | Err(_) => unreachable!("a plan was asked for"),
    }
}

/// A plan as the JSON that the command line prints.
pub fn json(answer: &PlanAnswer) -> Value {
    let outcome = Ok(plimsoll::Answer::Plan(Box::new(answer.clone())));
    plimsoll::report::json::envelope("plan", &outcome, &meta())
}

/// The folder that holds this repository.
pub fn root() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the tests are a folder of the repository").to_owned()
}
