//! The numbers that others computed, where their file is at hand; the unit tests of the engine pin the same ones.
use super::shared;
use plimsoll::estimator::{Buckets, Confidence, DecayedMean, DecayedPercentile, Estimator, OutOfMemory, Preset, Usage};
use plimsoll::series::Time;
use plimsoll::units::{Compute, Data, Factor, Quantity, Share, Span};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn check_buckets<Q: Quantity>(starts: &Value, found: &Value, count: &Value, buckets: Buckets<Q>) {
    assert_eq!(buckets.count() as f64, number(count));
    for (n, start) in starts.as_object().unwrap() {
        assert_eq!(buckets.start(n.parse().unwrap()).base(), number(start), "bucket {n}");
    }
    for (amount, n) in found.as_object().unwrap() {
        assert_eq!(buckets.find(Q::from_base(amount.parse().unwrap())) as f64, number(n), "{amount}");
    }
}

#[test]
fn the_golden_numbers_are_met() {
    let Some(folder) = shared::folder() else { return };
    let text = std::fs::read_to_string(folder.join("golden/rightsizing_golden.json")).expect("the golden numbers");
    let golden: Value = serde_json::from_str(&text).unwrap();
    let vpa = &golden["vpa"];
    let growth = Share::of_one(number(&vpa["defaults"]["bucket_growth"]));
    let of = &vpa["buckets"];
    let cpu = Buckets { first: Compute::vcpus(0.01), growth, largest: Compute::vcpus(1000.0) };
    check_buckets(&of["cpu_start"], &of["cpu_find"], &of["cpu_num"], cpu);
    let memory = Buckets { first: Data::bytes(1e7), growth, largest: Data::bytes(1e12) };
    check_buckets(&of["mem_start"], &of["mem_find"], &of["mem_num"], memory);
    for bump in vpa["oom_bump"].as_array().unwrap() {
        let needed = OutOfMemory::VPA.needed(Data::bytes(number(&bump["used"])));
        assert_eq!(needed.as_bytes(), number(&bump["needed"]));
    }
    let upper = Confidence { multiplier: Factor::ONE, exponent: 1 };
    for (hours, name) in [(12.0, "12h"), (24.0, "24h"), (168.0, "7d"), (192.0, "8d")] {
        assert_eq!(upper.factor(Span::hours(hours)).get(), number(&vpa["upper_multiplier"][name]), "{name}");
    }

    let minute = |i: u32| {
        let (t, noise) = (f64::from(i) * 60.0, f64::from((7919 * i) % 100) / 100.0);
        Some(Compute::vcpus(0.5 + 0.3 * (std::f64::consts::TAU * t / 86_400.0).sin() + 0.05 * noise))
    };
    let usage = Usage::new(Time::unix_seconds(0), Span::minutes(1.0), (0..11_520).map(minute));
    let near = |found: Option<Compute>, wanted: &Value| {
        let (found, wanted) = (found.unwrap().as_vcpus(), number(wanted));
        assert!((found / wanted - 1.0).abs() < 1e-14, "{found} for {wanted}");
    };
    let (target, bounds) = (Preset::named("vpa").unwrap(), Preset::named("vpa-bounds").unwrap());
    near(target.cpu.size(usage.all()), &vpa["worked_cpu_example"]["target"]);
    near(bounds.cpu.size(usage.all()), &vpa["worked_cpu_example"]["lower"]);
    near(bounds.cpu_limit.unwrap().size(usage.all()), &vpa["worked_cpu_example"]["upper"]);

    let worked = &golden["autopilot"]["worked"];
    let day = std::f64::consts::TAU * 300.0 / 86_400.0;
    let sine = (0..2016).map(|i| Some(Compute::vcpus(0.5 + 0.3 * (day * f64::from(i)).sin())));
    let sine = Usage::new(Time::unix_seconds(0), Span::minutes(5.0), sine);
    let half_life = Span::hours(12.0);
    let near = |found: Option<Compute>, wanted: &Value| {
        let (found, wanted) = (found.unwrap().as_vcpus(), number(wanted));
        assert!((found / wanted - 1.0).abs() < 1e-12, "{found} for {wanted}");
    };
    near(DecayedMean { half_life }.size(sine.all()), &worked["S_avg"]);
    for (percent, name) in [(95.0, "S_p95"), (90.0, "S_p90"), (100.0, "S_max")] {
        near(DecayedPercentile { share: Share::percent(percent), half_life }.size(sine.all()), &worked[name]);
    }
}
