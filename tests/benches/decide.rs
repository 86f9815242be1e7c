//! How long a plan under doubt takes: worlds drawn, machines weighed, every plan judged in every world, on one thread.
//!
//! The machines are the 445 of the peer's study (../shared/golden/netflix_hardware.csv; not part of the repository), the
//! questions two of its eleven. Where the file is absent the shipped tables stand in for it, and the output says so.
use plimsoll::plan::PlanOptions;
use plimsoll::{Question, World, ask};
use plimsoll_tests::study::{SERVICE, STORE, machines};
use plimsoll_tests::{TODAY, root, world};

fn main() {
    if study().is_none() {
        println!("{STUDY} is absent: the shipped machines of us-east-1 stand in for the study's 445");
    }
    divan::main();
}

const STUDY: &str = "../shared/golden/netflix_hardware.csv";

fn study() -> Option<String> {
    std::fs::read_to_string(root().join(STUDY)).ok()
}

fn asked(bencher: divan::Bencher<'_, '_>, text: &str, draws: u32) {
    let question = Question::Plan(plimsoll_tests::workload(text), PlanOptions { draws, ..PlanOptions::default() });
    let world = match study() {
        Some(table) => World { catalogs: vec![machines(&table)], as_of: TODAY, seed: 1 },
        None => world(&[(plimsoll::catalog::Provider::Aws, "us-east-1")]),
    };
    bencher.bench(|| ask(&question, &world).is_ok());
}

/// The whole answer: the choice, the frontier, alternatives, all judged in every world.
#[divan::bench(args = [128, 1024, 10_000], sample_count = 10)]
fn service(bencher: divan::Bencher<'_, '_>, draws: u32) {
    asked(bencher, SERVICE, draws);
}

/// The same for a replicated store of which nothing is known well.
#[divan::bench(args = [128, 1024, 10_000], sample_count = 10)]
fn store(bencher: divan::Bencher<'_, '_>, draws: u32) {
    asked(bencher, STORE, draws);
}
