//! Stories of one resource each, on a catalog of five machines.
use super::super::{Estate, Finding, Held, Requests, Resized, RightsizeOptions, RightsizeRefusal, Runs, Sized};
use super::rightsize;
use crate::catalog::{Architecture, Catalog, Place, Provenance, Provider, Purchase, Region, Shape};
use crate::series::{Point, Series, Time};
use crate::telemetry::{Facts, Measure, Metric, Reservation, ResourceName, Statistic, Telemetry};
use crate::units::{Compute, Data, Money, Share};

const GIB: f64 = 1_073_741_824.0;

fn catalog() -> Catalog {
    let stated = Provenance {
        table: "test".into(),
        source: "made up".into(),
        as_of: jiff::civil::date(2026, 11, 1),
        derived: false,
        note: None,
    };
    let shape = |name: &str, vcpus: f64, gib: f64, hour: &str| {
        Shape::plain(name, Compute::vcpus(vcpus), Data::gib(gib), hour.parse().unwrap(), stated.clone())
    };
    let mut catalog = Catalog::empty(Place { provider: Provider::Aws, region: Region("here".into()) });
    let arm = Shape { architecture: Architecture::Arm, ..shape("g.large", 2.0, 8.0, "0.06") };
    let all = [
        shape("m.large", 2.0, 8.0, "0.10"),
        shape("m.xlarge", 4.0, 16.0, "0.20"),
        shape("m.2xlarge", 8.0, 32.0, "0.40"),
        shape("c.large", 2.0, 4.0, "0.085"),
        arm,
    ];
    catalog.shapes.extend(all.into_iter().map(Into::into));
    catalog
}

/// Four weeks of five-minute steps.
fn series(value: impl Fn(f64) -> f64) -> Series {
    let points = (0..28 * 288).map(|i| Point::new(Time::unix_seconds(i * 300), Some(value(i as f64 / 288.0))));
    Series::from_points("v", points.collect()).unwrap()
}

/// A day between `low` and `high`.
fn day(low: f64, high: f64) -> impl Fn(f64) -> f64 {
    move |days| low + (high - low) * (0.5 - 0.5 * (days * std::f64::consts::TAU).cos())
}

fn metric(measure: Measure, value: impl Fn(f64) -> f64) -> Metric {
    let (resource, series) = (ResourceName("web".into()), series(value));
    Metric { resource, item: None, measure, statistic: Statistic::Mean, series, first: "web.csv:2".into() }
}

fn machine(shape: &str, count: u32) -> Held {
    let runs = Runs::Machines { shape: shape.into(), count, purchase: Purchase::OnDemand };
    Held { name: ResourceName("web".into()), runs, place: None, billed: None }
}

fn asked(held: Held, metrics: Vec<Metric>) -> Resized {
    asked_with(held, metrics, &RightsizeOptions::default())
}

fn asked_with(held: Held, metrics: Vec<Metric>, options: &RightsizeOptions) -> Resized {
    let estate = Estate { held: vec![held], telemetry: Telemetry { metrics, ..Telemetry::default() } };
    let mut answer = rightsize(&estate, &[catalog()], options).unwrap();
    assert_eq!(answer.resources.len(), 1);
    answer.resources.remove(0)
}

fn advised(resized: &Resized) -> (&str, u32) {
    match &resized.recommended.as_ref().unwrap_or_else(|| panic!("{}", resized.why)).size {
        Sized::Machines { shape, count, .. } => (shape, *count),
        Sized::Container { .. } => panic!("a container"),
    }
}

fn memory(gib: f64) -> Metric {
    metric(Measure::MemoryUsed, move |_| gib * GIB)
}

#[test]
fn what_is_larger_than_needed_is_cut_to_the_cheapest_that_fits() {
    let web = asked(machine("m.2xlarge", 1), vec![metric(Measure::CpuShare, day(0.05, 0.15)), memory(3.0)]);
    assert_eq!((web.finding, advised(&web)), (Finding::Over, ("c.large", 1)), "{}", web.why);
    let saves = web.saves.unwrap();
    assert_eq!(saves.list, Money::nearest((0.40 - 0.085) * 730.0));
    assert!(web.realizable && web.theoretical.unwrap() > saves.list);
    let limited = RightsizeOptions {
        most_risk: Some(Share::of_one(web.risk.unwrap().as_part() / 2.0)),
        ..RightsizeOptions::default()
    };
    let metrics = vec![metric(Measure::CpuShare, day(0.05, 0.15)), memory(3.0)];
    assert_ne!(advised(&asked_with(machine("m.2xlarge", 1), metrics, &limited)), ("c.large", 1));
    assert!(
        web.options.iter().any(|advice| matches!(&advice.size, Sized::Machines { shape, .. } if shape == "g.large"))
    );
}

#[test]
fn another_architecture_is_advised_only_where_it_may_be() {
    let metrics = || vec![metric(Measure::CpuShare, day(0.05, 0.15)), memory(6.0)];
    assert_eq!(advised(&asked(machine("m.2xlarge", 1), metrics())), ("m.large", 1));
    let options = RightsizeOptions { architectures: vec![Architecture::Arm], ..RightsizeOptions::default() };
    assert_eq!(advised(&asked_with(machine("m.2xlarge", 1), metrics(), &options)), ("g.large", 1));
}

#[test]
fn memory_that_nobody_measured_is_kept() {
    let web = asked(machine("m.xlarge", 1), vec![metric(Measure::CpuShare, day(0.05, 0.1))]);
    assert_eq!((web.finding, web.recommended), (Finding::Optimized, None), "{}", web.why);
    assert!(web.unmeasured.contains(&super::super::Dimension::Memory));
}

#[test]
fn what_passes_its_capacity_is_too_small() {
    let web = asked(machine("m.large", 1), vec![metric(Measure::CpuShare, day(0.4, 1.0)), memory(2.0)]);
    assert_eq!((web.finding, advised(&web)), (Finding::Under, ("m.xlarge", 1)), "{}", web.why);
    assert!(web.saves.unwrap().list < Money::ZERO, "it costs more");
}

#[test]
fn an_idle_machine_is_told_by_the_rule_it_meets() {
    let bytes = || metric(Measure::NetworkOut, |_| 10.0);
    let web = asked(machine("m.large", 1), vec![metric(Measure::CpuShare, day(0.01, 0.03)), bytes()]);
    assert_eq!((web.finding, web.recommended.clone()), (Finding::Idle, None));
    assert!(web.why.contains("AWS Compute Optimizer"), "{}", web.why);
    assert_eq!(web.saves.unwrap().list, Money::nearest(73.0));
    let without_network = asked(machine("m.large", 1), vec![metric(Measure::CpuShare, day(0.01, 0.03))]);
    assert_ne!(without_network.finding, Finding::Idle);
}

#[test]
fn an_autoscaler_cannot_make_the_advice_shrink_itself() {
    // Always 60 % busy, on two to ten machines: the work is that of twelve processors at noon.
    let metrics = vec![metric(Measure::CpuShare, |_| 0.6), metric(Measure::Instances, day(2.0, 10.0)), memory(3.0)];
    let web = asked(machine("m.large", 6), metrics);
    let (shape, count) = web.recommended.as_ref().map_or(("m.large", 6), |_| advised(&web));
    let processors = f64::from(count) * catalog().shape(shape).unwrap().vcpus.as_vcpus();
    assert!(processors >= 12.0 / 0.8, "{count} x {shape}: {}", web.why);
    assert_eq!(web.finding, Finding::Under);
}

#[test]
fn requests_say_what_the_work_is_where_they_explain_it() {
    let metrics =
        vec![metric(Measure::CpuUsed, day(0.2, 1.0)), metric(Measure::Requests, day(20.0, 100.0)), memory(3.0)];
    let web = asked(machine("m.2xlarge", 1), metrics);
    assert!((web.per_request.unwrap().seconds - 0.01).abs() < 1e-6);
    assert_eq!(advised(&web), ("c.large", 1), "{}", web.why);
}

#[test]
fn a_machine_that_no_table_has_is_unknown_with_the_nearest_name() {
    let web = asked(machine("m.larg", 1), vec![metric(Measure::CpuShare, day(0.1, 0.2))]);
    assert_eq!(web.finding, Finding::Unknown);
    assert!(web.why.ends_with("did you mean m.large?"), "{}", web.why);
}

#[test]
fn containers_are_advised_other_requests() {
    let requests = Requests {
        cpu: Some(Compute::vcpus(2.0)),
        memory: Some(Data::gib(4.0)),
        cpu_limit: None,
        memory_limit: Some(Data::gib(4.0)),
    };
    let runs = Runs::Container { requests, copies: 1 };
    let held = Held { name: ResourceName("web".into()), runs, place: None, billed: None };
    let metrics = || vec![metric(Measure::CpuUsed, day(0.1, 0.4)), memory(1.0)];
    let web = asked(held.clone(), metrics());
    assert_eq!((web.finding, web.saves, web.realizable), (Finding::Over, None, false), "{}", web.why);
    let Some(Sized::Container { requests, .. }) = web.recommended.map(|advice| advice.size) else { panic!("advised") };
    let cpu = requests.cpu.unwrap().as_vcpus();
    assert!((0.4..0.7).contains(&cpu), "{cpu}");
    assert!(requests.memory.unwrap() < Data::gib(1.5) && requests.memory == requests.memory_limit);
    let options = RightsizeOptions { node: Some("m.xlarge".into()), ..RightsizeOptions::default() };
    assert!(asked_with(held, metrics(), &options).saves.unwrap().list > Money::ZERO);
}

#[test]
fn what_a_container_asks_for_may_stand_among_the_facts() {
    let request = Reservation { cpu: Some(Compute::vcpus(2.0)), memory: Some(Data::gib(4.0)) };
    let facts = Facts { request, ..Facts::default() };
    let metrics = vec![metric(Measure::CpuUsed, day(0.1, 0.4)), memory(1.0)];
    let telemetry = Telemetry { metrics, facts: [(ResourceName("web".into()), facts)].into(), ..Telemetry::default() };
    let estate = Estate { held: Vec::new(), telemetry };
    let answer = rightsize(&estate, &[catalog()], &RightsizeOptions::default()).unwrap();
    assert_eq!(answer.resources[0].finding, Finding::Over, "{}", answer.resources[0].why);
}

#[test]
fn a_bill_says_what_is_really_saved() {
    let held = Held { billed: Some(Money::nearest(146.0)), ..machine("m.2xlarge", 1) };
    let web = asked(held, vec![metric(Measure::CpuShare, day(0.05, 0.15)), memory(6.0)]);
    let saves = web.saves.unwrap();
    assert_eq!((saves.list, saves.effective), (Money::nearest(219.0), Money::nearest(109.5)));
}

#[test]
fn names_that_never_meet_are_refused_with_both() {
    let telemetry = Telemetry { metrics: vec![memory(1.0)], ..Telemetry::default() };
    let held = Held { name: ResourceName("i-1".into()), ..machine("m.large", 1) };
    let estate = Estate { held: vec![held], telemetry };
    let refused = rightsize(&estate, &[catalog()], &RightsizeOptions::default()).unwrap_err();
    assert_eq!(refused.to_string(), "none of the 1 resources named was measured, and none of the 1 measured is named");
    let nothing = rightsize(&Estate::default(), &[], &RightsizeOptions::default()).unwrap_err();
    assert_eq!(nothing, RightsizeRefusal::NothingMeasured { series: 0 });
}
