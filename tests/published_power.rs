//! What machines draw, against measurements of whole machines: the fit behind the constants of `plimsoll::carbon`, and
//! how far each generation of processors is off that the fit has not seen.
//!
//! The measurements are Teads' (source P3 of `pricing-data/SOURCES.md`), the coefficients those of the Cloud Carbon
//! Footprint project (P1), which come from SPECpower and know nothing of the former.
use plimsoll::carbon::{MEMORY, PROCESSOR_SCALE, SPREAD, draws};
use plimsoll::catalog::{Catalog, Provider, Shape};
use plimsoll::units::{Power, Share};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A machine with what it draws at 10, 50 and 100 % of its processors.
struct Measured {
    shape: Arc<Shape>,
    watts: [f64; 3],
}

const USED: [f64; 3] = [10.0, 50.0, 100.0];

fn measured() -> Vec<Measured> {
    let catalog: Catalog = plimsoll_tests::catalog(Provider::Aws, "us-east-1");
    let table = plimsoll_prices::find("aws", "", "power").expect("AWS has a table of power");
    let mut rows = csv::Reader::from_reader(table.text.as_bytes());
    let header = rows.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column is there");
    let [kind, key, tenth, half, full] = ["kind", "key", "watts_10pct", "watts_50pct", "max_watts"].map(at);
    let machines = rows.records().map(|row| row.expect("a row")).filter(|row| &row[kind] == "instance_watts");
    let machines = machines.filter_map(|row| {
        let shape = Arc::clone(catalog.shape(&row[key])?);
        let watts = [tenth, half, full].map(|column| row[column].parse().expect("a number"));
        (shape.accelerators == 0 && shape.power.is_some()).then_some(Measured { shape, watts })
    });
    machines.collect()
}

/// What is told of a machine with other constants.
fn told(shape: &Shape, used: f64, scale: f64, memory: f64) -> f64 {
    let chip = shape.power.as_deref().expect("those without were left out");
    let each = chip.idle.as_watts() + used / 100.0 * (chip.full.as_watts() - chip.idle.as_watts());
    shape.vcpus.as_vcpus() * scale * each + memory * shape.memory.as_gib()
}

/// Logarithms of measured over told.
fn errors(machines: &[&Measured], scale: f64, memory: f64) -> Vec<f64> {
    let each = |machine: &&Measured| {
        let pairs: Vec<(f64, f64)> = USED.into_iter().zip(machine.watts).collect();
        let shape = Arc::clone(&machine.shape);
        pairs.into_iter().map(move |(used, watts)| (watts / told(&shape, used, scale, memory)).ln())
    };
    machines.iter().flat_map(each).collect()
}

fn mean_square(errors: &[f64]) -> f64 {
    errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64
}

/// The constants with the least mean square of the logarithm, to a tenth and a twentieth.
fn fitted(machines: &[&Measured]) -> (f64, f64) {
    let tries =
        (5..=30).flat_map(|scale| (0..=20).map(move |memory| (f64::from(scale) / 10.0, f64::from(memory) / 20.0)));
    let square = |&(scale, memory): &(f64, f64)| mean_square(&errors(machines, scale, memory));
    tries.min_by(|a, b| square(a).total_cmp(&square(b))).expect("there are tries")
}

fn quantile(sorted: &[f64], part: f64) -> f64 {
    sorted[((part * sorted.len() as f64) as usize).min(sorted.len() - 1)]
}

#[test]
fn the_constants_are_those_that_fit_best() {
    let machines = measured();
    assert!(machines.len() > 300, "{} machines were measured", machines.len());
    let (scale, memory) = fitted(&machines.iter().collect::<Vec<_>>());
    println!("{} machines: {scale} times the processors, {memory} W a GiB", machines.len());
    // As the methodology has it: the coefficients themselves, and 0.392 W for a GB.
    let mut plain = errors(&machines.iter().collect::<Vec<_>>(), 1.0, 0.392 * 1.073_741_824);
    plain.sort_by(f64::total_cmp);
    println!("measured over the coefficients as they are: {:.2} on the median", quantile(&plain, 0.5).exp());
    assert_eq!((scale, memory), (PROCESSOR_SCALE.get(), MEMORY.as_watts()));
}

#[test]
fn the_spread_is_that_of_processors_the_fit_has_not_seen() {
    let machines = measured();
    let mut by_processor: BTreeMap<&str, Vec<&Measured>> = BTreeMap::new();
    for machine in &machines {
        by_processor.entry(&machine.shape.power.as_ref().expect("kept").processor).or_default().push(machine);
    }
    let mut all = Vec::new();
    for (processor, held_out) in &by_processor {
        let rest = machines.iter().filter(|m| m.shape.power.as_ref().expect("kept").processor != *processor);
        let (scale, memory) = fitted(&rest.collect::<Vec<_>>());
        let errors = errors(held_out, scale, memory);
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        println!("{processor:>14}: {:>3} machines, {:+.0} % on the mean", held_out.len(), mean.exp_m1() * 100.0);
        all.extend(errors);
    }
    all.sort_by(f64::total_cmp);
    let spread = mean_square(&all).sqrt();
    let [low, middle, high] = [0.1, 0.5, 0.9].map(|part| quantile(&all, part).exp());
    println!("measured over told: {low:.2}, {middle:.2}, {high:.2} (P10, P50, P90); root mean square {spread:.3}");
    assert!((spread - SPREAD).abs() < 0.005, "{spread:.4}");
}

#[test]
fn the_engine_tells_what_the_fit_was_of() {
    for Measured { shape, .. } in measured() {
        let told = told(&shape, 50.0, PROCESSOR_SCALE.get(), MEMORY.as_watts());
        let draws = draws(&shape, Share::percent(50.0)).map(Power::as_watts).expect("its processors are known");
        assert!((draws - told).abs() < 1e-9 * told, "{}: {draws} W, {told} W", shape.name);
    }
}
