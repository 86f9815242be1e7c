//! What caches, streams and gathered work lay on machines, worked out by hand.
use super::*;
use crate::catalog::{Provenance, Purchase, Shape};
use crate::uncertain::Estimate;
use crate::units::{Compute, Count, Data, DataRate, Factor, Rate, Share, Span};
use crate::workload::{Assumptions, Batch, Cache, CacheSize, Cadence, CatchUp, Hits, Stream};

/// Four processors of the reference speed, 16 GiB, 10 Gbit/s.
fn machine() -> Shape {
    let as_of = jiff::civil::date(2026, 11, 1);
    let stated = Provenance { table: "test".into(), source: "made up".into(), as_of, derived: false, note: None };
    let hour = "0.2".parse().expect("a price");
    let plain = Shape::plain("four", Compute::vcpus(4.0), Data::gib(16.0), hour, stated);
    Shape { network: Some(DataRate::gbit_per_second(10.0)), ..plain }
}

fn exactly<Q: Copy + PartialOrd>(value: Q) -> Estimate<Q> {
    Estimate::exact(value)
}

fn even() -> Assumptions {
    Assumptions { imbalance: Factor::ONE, ..Assumptions::default() }
}

fn stream(catch_up: Option<CatchUp>) -> Stream {
    Stream {
        writes: exactly(Rate::ZERO),
        bytes_per_message: exactly(Data::kb(1.0)),
        compression: exactly(Factor::ONE),
        fan_out: exactly(Factor::of(2.0)),
        retention: Span::days(7.0),
        replicas: Some(3),
        partitions: None,
        partition_in: DataRate::mb_per_second(10.0),
        partition_out: DataRate::mb_per_second(20.0),
        partitions_per_node: 4000,
        cpu_per_write: exactly(Span::micros(20.0)),
        cpu_per_read: exactly(Span::micros(10.0)),
        variability: exactly(Factor::ONE),
        memory: exactly(Data::gb(6.0)),
        in_memory: Span::seconds(30.0),
        latency: exactly(Span::ZERO),
        disk_fill: Share::percent(80.0),
        catch_up,
        volumes: Vec::new(),
        local_disks: false,
        managed: false,
        self_run: true,
        architectures: Vec::new(),
        purchases: Vec::new(),
        consumers: Vec::new(),
        current: None,
    }
}

fn on<'w>(stream: &'w Stream, assumptions: &'w Assumptions) -> StreamBurden<'w> {
    let writes = Rate::per_second(100_000.0);
    StreamBurden {
        stream,
        place: DiskPlace::Network,
        kept: stream.kept(writes, writes),
        copies: 3,
        writes,
        arrival_variability: Factor::ONE,
        assumptions,
    }
}

fn needs(burden: &impl Burden, spread: Spread, resource: Resource) -> f64 {
    burden.check(&machine(), spread, resource).expect("it is known").needs.base()
}

/// 100 MB/s on six brokers, three copies: each writes 50 MB/s; it hands on two copies and answers two groups, 400 MB/s
/// over six.
#[test]
fn a_broker_writes_its_copies_and_sends_to_copies_and_readers() {
    let (stream, even) = (stream(None), even());
    let burden = on(&stream, &even);
    let six = Spread::calm(6);
    assert!((burden.disk_need(six).throughput.as_mb_per_second() - 50.0).abs() < 1e-9);
    assert!((needs(&burden, six, Resource::Network) - 400e6 / 6.0).abs() < 1.0);
    // Kafka's rule: what is written in 30 seconds, beside the heap.
    assert!((needs(&burden, six, Resource::Memory) - (6e9 + 30.0 * 50e6)).abs() < 1.0);
    // 7 days of 100 MB/s, three copies over six disks that are filled to 80 %.
    let days = 7.0 * 86_400.0 * 100e6;
    assert!((burden.disk_need(six).size.as_bytes() / (days * 0.5 / 0.8) - 1.0).abs() < 1e-12);
    // 50,000 messages written at 20 us and 33,333 handed to readers at 10 us.
    let cpu = needs(&burden, six, Resource::Cpu);
    assert!((cpu - (50_000.0 * 20e-6 + 200_000.0 / 6.0 * 10e-6)).abs() < 1e-9, "{cpu}");
}

/// J. Rao's rule: as many partitions as the writers need, or the readers, whichever are more.
#[test]
fn partitions_follow_the_slower_side() {
    let writes = Rate::per_second(100_000.0);
    assert_eq!(stream(None).partitions_for(writes), 10, "100 MB/s at 10 MB/s in");
    let behind = CatchUp { outage: Span::hours(4.0), within: Span::hours(2.0) };
    assert_eq!(stream(Some(behind)).partitions_for(writes), 15, "300 MB/s at 20 MB/s out");
}

/// An hour away, two hours to catch up: 360 million messages behind, half as much again to read, and from disk.
#[test]
fn readers_that_catch_up_read_faster_and_from_disk() {
    let behind = CatchUp { outage: Span::hours(1.0), within: Span::hours(2.0) };
    let (stream, even) = (stream(Some(behind)), even());
    let burden = on(&stream, &even);
    assert_eq!(stream.pace().get(), 1.5);
    assert_eq!(stream.lag(burden.writes), 3.6e8);
    let six = Spread::calm(6);
    let throughput = burden.disk_need(six).throughput.as_mb_per_second();
    assert!((throughput - (50.0 + 300.0 / 6.0)).abs() < 1e-9, "two groups at 150 MB/s: {throughput}");
    let iops = burden.disk_need(six).iops.as_per_second();
    assert!((iops - 100e6 / 262_144.0).abs() < 1e-9, "in operations of 256 KiB: {iops}");
}

fn batch() -> Batch {
    Batch {
        cadences: Vec::new(),
        items: exactly(Rate::ZERO),
        cpu_per_item: exactly(Span::millis(20.0)),
        cpu_per_run: exactly(Span::ZERO),
        variability: exactly(Factor::ONE),
        bytes_per_item: exactly(Data::ZERO),
        memory: exactly(Data::gb(1.0)),
        startup: exactly(Span::minutes(1.0)),
        interruptible: true,
        interruptions: Some(exactly(Rate::per_hour(0.1))),
        checkpoint: None,
        ready: 0,
        price_by_hour: None,
        carbon_by_hour: None,
        architectures: Vec::new(),
        burstable: false,
        purchases: Vec::new(),
    }
}

fn nightly<'w>(batch: &'w Batch, purchase: Purchase, assumptions: &'w Assumptions) -> BatchBurden<'w> {
    BatchBurden {
        batch,
        cadence: Cadence::Every { gathered: Span::hours(24.0), deadline: Span::hours(1.0) },
        purchase,
        arrivals: Rate::per_second(1.0),
        arrival_variability: Factor::ONE,
        most: Count::millions(1.0),
        mean: Count::millions(1.0),
        assumptions,
    }
}

fn alone() -> Terms {
    Terms {
        survive: crate::workload::Survive::None,
        zones: 1,
        budget: LatencyBudget::default(),
        max_utilization: Share::percent(85.0),
        availability: None,
        step: 1,
    }
}

/// A million items of 20 ms are 20,000 s: 5,000 s on one machine of four processors, 2,500 s on each of two; a minute to
/// start. An hour is enough for two.
#[test]
fn the_least_machines_that_end_by_the_deadline() {
    let (batch, even) = (batch(), even());
    let burden = nightly(&batch, Purchase::OnDemand, &even);
    let run = burden.run(&machine(), burden.most, 2);
    assert_eq!((run.takes.as_seconds(), run.at_worst.as_seconds()), (2560.0, 2560.0));
    assert_eq!((run.machine_time.as_seconds(), run.fallback_time.as_seconds()), (5120.0, 0.0));
    let fleet = size(&burden, &std::sync::Arc::new(machine()), Purchase::OnDemand, &alone()).expect("two are enough");
    assert_eq!((fleet.machines, fleet.bound_by()), (2, Resource::Deadline));
}

/// On spot machines without checkpoints all may be lost at the last moment: twice the work and two starts have to fit, so
/// three machines of 1,667 s work. One interruption in ten hours.
#[test]
fn a_spot_run_leaves_time_to_do_again_what_may_be_lost() {
    let (batch, even) = (batch(), even());
    let burden = nightly(&batch, Purchase::Spot, &even);
    let fleet = size(&burden, &std::sync::Arc::new(machine()), Purchase::Spot, &alone()).expect("three are enough");
    assert_eq!(fleet.machines, 3);
    let run = burden.run(&machine(), burden.most, 3);
    let work = 20_000.0 / 12.0;
    assert!((run.at_worst.as_seconds() - 2.0 * (work + 60.0)).abs() < 1e-6);
    let rate = 0.1 / 3600.0;
    let taken = 1.0 - (-rate * (work + 60.0)).exp();
    assert!((run.taken_away.as_part() - taken).abs() < 1e-12);
    // Until it is done or taken away a machine works (1 - exp(-rt)) / r on the mean.
    assert!((run.machine_time.as_seconds() - 3.0 * taken / rate).abs() < 1e-3, "{}", run.machine_time);
    assert!((run.fallback_time.as_seconds() - 3.0 * taken * (60.0 + work)).abs() < 1e-6);
}

/// With checkpoints only the work since the last one is lost, and fewer machines are enough.
#[test]
fn checkpoints_lose_less() {
    let (plain, even) = (batch(), even());
    let saved = Batch { checkpoint: Some(exactly(Span::seconds(10.0))), ..plain.clone() };
    let [plain, saved] = [&plain, &saved].map(|b| nightly(b, Purchase::Spot, &even));
    let interval = saved.interval(&machine()).expect("it saves");
    assert!(
        (interval.as_seconds() / checkpoint::daly(Span::seconds(10.0), Span::hours(10.0)).as_seconds() - 1.0).abs()
            < 1e-9
    );
    let [without, with] = [&plain, &saved].map(|b| b.run(&machine(), b.most, 3));
    assert!(with.at_worst < without.at_worst && with.takes > without.takes);
    assert!(with.fallback_time < without.fallback_time);
}

/// Ten million entries of 900 and 100 bytes, two copies on four nodes: 5 GB each. One thread answers.
#[test]
fn a_cache_spreads_its_copies_and_answers_with_its_threads() {
    let cache = Cache {
        hits: Hits::Stated(exactly(Share::percent(90.0))),
        size: Some(CacheSize::Entries(Count::millions(10.0))),
        entry_size: exactly(Data::bytes(900.0)),
        overhead: exactly(Data::bytes(100.0)),
        ttl: None,
        read_share: None,
        cpu_per_request: exactly(Span::micros(10.0)),
        variability: exactly(Factor::ONE),
        threads: Some(1),
        memory: exactly(Data::gb(1.0)),
        bytes_in: exactly(Data::ZERO),
        bytes_out: None,
        replicas: None,
        engine: None,
        managed: false,
        self_run: true,
        architectures: Vec::new(),
        purchases: Vec::new(),
        calls: Vec::new(),
        current: None,
    };
    let assumptions = even();
    let burden = CacheBurden {
        cache: &cache,
        arrivals: Rate::per_second(200_000.0),
        arrival_variability: Factor::ONE,
        bytes_in: Data::ZERO,
        bytes_out: Data::bytes(900.0),
        copies: 2,
        assumptions: &assumptions,
    };
    let four = Spread::calm(4);
    assert!((needs(&burden, four, Resource::Memory) - 6e9).abs() < 1.0);
    assert!((needs(&burden, four, Resource::Cpu) - 0.5).abs() < 1e-9);
    assert_eq!(burden.station(&machine(), four).servers, Factor::ONE);
    assert!((needs(&burden, four, Resource::Network) - 50_000.0 * 900.0).abs() < 1e-3);
}
