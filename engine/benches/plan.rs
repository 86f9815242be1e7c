//! How long a plan takes, and the reading of what it is made from.
use jiff::civil::date;
use plimsoll::catalog::{Catalog, Place, Provider, Region};
use plimsoll::{Question, World, ask};
use plimsoll_ingest::prices::{Tables, catalog};
use plimsoll_ingest::workload;

fn main() {
    divan::main();
}

const ONE_SERVICE: &[u8] = include_bytes!("../../fixtures/one-service.toml");
const CHECKOUT: &[u8] = include_bytes!("../../fixtures/checkout.toml");

fn us_east_1() -> Catalog {
    let find = |provider: &str, region: &str, name: &str| Some(plimsoll_prices::find(provider, region, name)?.text);
    let place = Place { provider: Provider::Aws, region: Region("us-east-1".into()) };
    catalog(&place, Tables { find: &find }).expect("the tables have this region")
}

fn asked(bencher: divan::Bencher<'_, '_>, name: &str, bytes: &[u8]) {
    let question = Question::plan(workload::read(name, bytes, &[]).expect("the fixture is sound"));
    let world = World { catalogs: vec![us_east_1()], as_of: date(2026, 11, 23), seed: 1 };
    bencher.bench(|| ask(&question, &world).is_ok());
}

/// One service over every machine of the region, the catalog being read already; with its alternatives and 12 months.
#[divan::bench]
fn one_service(bencher: divan::Bencher<'_, '_>) {
    asked(bencher, "one-service.toml", ONE_SERVICE);
}

/// Edge, service and store, with what runs today, its alternatives and 24 months.
#[divan::bench(sample_count = 20)]
fn checkout(bencher: divan::Bencher<'_, '_>) {
    asked(bencher, "checkout.toml", CHECKOUT);
}

/// The catalog of a region from its tables as text.
#[divan::bench]
fn reading_a_catalog(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(us_east_1);
}

/// A workload file from its text.
#[divan::bench]
fn reading_a_workload(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| workload::read("checkout.toml", divan::black_box(CHECKOUT), &[]));
}
