//! A region of five machines, written down here: what laws are tried on.
use jiff::civil::date;
use plimsoll::catalog::{
    Allowance, Architecture, Basis, Catalog, FirstByte, Grid, MachinePower, ManagedDatabase, ManagedStorage,
    ObjectClass, Path, Payment, Place, Provenance, Provider, Purchase, Quote, Region, RemoteDisk, Shape, ShapeName,
    Speed, Term, Tier, Tiered, Transfer, Volume, VolumePricing,
};
use plimsoll::units::{
    Amount, Billable, Compute, Data, DataRate, Factor, Mass, Money, Power, Price, Rate, Share, Span,
};
use std::sync::Arc;

const YEAR: Purchase = Purchase::Committed(Term::OneYear, Payment::NoUpfront);

/// Five machines, a disk, two object classes, a database with and without standby, and a price for every path. Some
/// names are the providers' own, so that the fixtures find what they ask for; the figures are not.
pub fn small_catalog() -> Catalog {
    use Architecture::{Arm, X86};
    let place = Place { provider: Provider::Aws, region: Region("small-1".into()) };
    Catalog {
        shapes: vec![
            machine("s1.small", X86, 1.0, 2.0, 1.0, "0.02"),
            machine("s1.large", X86, 2.0, 8.0, 1.0, "0.07"),
            machine("a1.large", Arm, 2.0, 8.0, 1.25, "0.075"),
            machine("m5.2xlarge", X86, 8.0, 32.0, 1.1, "0.29"),
            machine("r5.4xlarge", X86, 16.0, 128.0, 1.1, "0.9"),
        ],
        volumes: vec![disk()],
        snapshot: Some(listed("snapshot", "0.05", "GB-month")),
        classes: vec![class("standard", "0.023", None), class("glacier-ir", "0.004", Some("0.03"))],
        transfer: transfer(),
        databases: vec![database("multi-az", "0.6"), database("single-az", "0.3")],
        database_storage: vec![database_storage("multi-az", "0.23"), database_storage("single-az", "0.115")],
        allowances: vec![Allowance { path: Path::Internet, free: Data::gb(100.0), provenance: here() }],
        grid: Some(Grid {
            kilowatt_hour: Mass::grams(400.0),
            effectiveness: Factor::of(1.2),
            provenance: here(),
            effectiveness_from: here(),
        }),
        ..Catalog::empty(place)
    }
}

fn chip() -> Arc<MachinePower> {
    Arc::new(MachinePower {
        processor: "the suites' own".into(),
        basis: Basis::Documented,
        idle: Power::watts(0.5),
        full: Power::watts(2.5),
        embodied: Some(Mass::kilograms(10.0)),
        provenance: here(),
    })
}

fn here() -> Provenance {
    let (table, as_of) = ("small/compute".into(), date(2026, 7, 1));
    Provenance { table, source: "the suites' own".into(), as_of, derived: false, note: None }
}

fn dollars(text: &str) -> Money {
    text.parse().expect("prices here are plain decimals")
}

fn listed<Q: Billable>(sku: &str, price: &str, unit: &str) -> Quote<Q> {
    Quote::listed(sku, Price::listed(dollars(price), unit).expect("units here are billed in"), here())
}

fn machine(name: &str, architecture: Architecture, vcpus: f64, gib: f64, speed: f64, hour: &str) -> Arc<Shape> {
    let price = |money: Money| Price::listed(money, "hour").expect("machines are billed by the hour");
    let hour = dollars(hour);
    Arc::new(Shape {
        name: ShapeName(name.into()),
        family: name.split('.').next().unwrap_or(name).into(),
        category: "general".into(),
        architecture,
        vcpus: Compute::vcpus(vcpus),
        speed: Speed { factor: Factor::of(speed), basis: Basis::Measured, source: "the suites' own".into() },
        power: Some(chip()),
        memory: Data::gib(gib),
        burstable: false,
        accelerators: 0,
        network: Some(DataRate::mbit_per_second(500.0 * vcpus)),
        remote_disk: Some(RemoteDisk {
            throughput: DataRate::mib_per_second(80.0 * vcpus),
            iops: Rate::per_second(4000.0 * vcpus),
        }),
        local_disk: None,
        offers: vec![(Purchase::OnDemand, price(hour), here()), (YEAR, price(hour.part(Share::percent(62.5))), here())],
        sustained_use: None,
        taken_in_month: None,
        private: None,
        discount: Share::NONE,
        hardware_source: "the suites' own".into(),
        complete: true,
    })
}

fn disk() -> Volume {
    Volume {
        name: "gp3".into(),
        pricing: VolumePricing::Provisioned {
            capacity: listed("gp3", "0.08", "GB-month"),
            iops: Some(tiers("gp3 iops", "IOPS-month", &[(0.0, "0.005"), (20_000.0, "0.004")])),
            throughput: Some(listed("gp3 throughput", "0.04", "MiBps-month")),
        },
        included_iops: Some(Rate::per_second(3000.0)),
        included_throughput: Some(DataRate::mib_per_second(125.0)),
        iops_per_gib: None,
        max_iops_per_gib: None,
        max_iops: Some(Rate::per_second(80_000.0)),
        max_throughput: Some(DataRate::mib_per_second(1000.0)),
        min_size: Some(Data::gib(1.0)),
        max_size: Some(Data::tib(64.0)),
        rotational: false,
    }
}

fn class(name: &str, storage: &str, retrieval: Option<&str>) -> ObjectClass {
    ObjectClass {
        name: name.into(),
        redundancy: "3az".into(),
        storage: tiers(name, "GB-month", &[(0.0, storage), (51_200.0, "0.0039")]),
        read: Some(listed(&format!("{name} read"), "0.0000004", "request")),
        write: Some(listed(&format!("{name} write"), "0.000005", "request")),
        transition: None,
        retrieval: retrieval.map(|price| listed(&format!("{name} retrieval"), price, "GB")),
        charges_retrieval: retrieval.is_some(),
        monitoring: None,
        min_duration: Span::ZERO,
        min_object: Data::ZERO,
        first_byte: FirstByte::Milliseconds,
    }
}

fn transfer() -> Transfer {
    let internet = [(0.0, "0.09"), (10_240.0, "0.085"), (51_200.0, "0.07"), (153_600.0, "0.05")];
    let flat = |path: Path, sku: &str, price: &str| (path, Tiered::flat(listed(sku, price, "GB")));
    Transfer {
        data: vec![
            (Path::Internet, tiers("internet-egress", "GB", &internet)),
            (Path::Cdn, tiers("cdn-egress", "GB", &[(0.0, "0.085"), (10_240.0, "0.08")])),
            flat(Path::CrossZone, "cross-az", "0.01"),
            flat(Path::CrossRegion("eu-west-1".into()), "inter-region", "0.02"),
            flat(Path::Nat, "nat-gateway-data", "0.045"),
        ],
        cross_zone_both_directions: true,
        nat_hour: Some(listed("nat-gateway-hour", "0.045", "hour")),
        balancer_hour: Some(listed("alb-hour", "0.0225", "hour")),
        balancer_capacity_hour: Some(listed("alb-lcu", "0.008", "LCU-hour")),
        ipv4_hour: Some(listed("public-ipv4-hour", "0.005", "hour")),
        cdn_request: Some(listed("cdn-request-https", "0.000001", "request")),
    }
}

fn tiers<Q: Billable>(sku: &str, unit: &str, ladder: &[(f64, &str)]) -> Tiered<Q> {
    let ends = ladder.iter().skip(1).map(|(from, _)| Some(Amount::nearest(*from))).chain([None]);
    let tier = |(&(from, price), to)| Tier { from: Amount::nearest(from), to, quote: listed(sku, price, unit) };
    Tiered::new(ladder.iter().zip(ends).map(tier).collect()).expect("ladders here rise")
}

fn database(deployment: &str, hour: &str) -> ManagedDatabase {
    ManagedDatabase {
        service: "rds".into(),
        engine: "postgresql".into(),
        deployment: deployment.into(),
        machine: machine("db.m5.2xlarge", Architecture::X86, 8.0, 32.0, 1.1, hour),
    }
}

fn database_storage(deployment: &str, capacity: &str) -> ManagedStorage {
    ManagedStorage {
        service: "rds".into(),
        deployment: deployment.into(),
        capacity: listed("storage-gp3", capacity, "GB-month"),
        iops: None,
        backup: Some(listed("backup", "0.095", "GB-month")),
    }
}

/// The same catalog with every list price so many times as high.
pub fn scaled(mut catalog: Catalog, times: u32) -> Catalog {
    for shape in &mut catalog.shapes {
        *shape = dearer(shape, times);
    }
    for volume in &mut catalog.volumes {
        volume.pricing = match volume.pricing.clone() {
            VolumePricing::PerDisk(quote) => VolumePricing::PerDisk(raised(&quote, times)),
            VolumePricing::Provisioned { capacity, iops, throughput } => VolumePricing::Provisioned {
                capacity: raised(&capacity, times),
                iops: iops.map(|ladder| ladder.map(|quote| raised(&quote, times))),
                throughput: throughput.map(|quote| raised(&quote, times)),
            },
        };
    }
    raise(&mut catalog.snapshot, times);
    for class in &mut catalog.classes {
        class.storage = class.storage.clone().map(|quote| raised(&quote, times));
        for request in [&mut class.read, &mut class.write, &mut class.transition, &mut class.monitoring] {
            raise(request, times);
        }
        raise(&mut class.retrieval, times);
    }
    let transfer = &mut catalog.transfer;
    for (_, ladder) in &mut transfer.data {
        *ladder = ladder.clone().map(|quote| raised(&quote, times));
    }
    for hour in [
        &mut transfer.nat_hour,
        &mut transfer.balancer_hour,
        &mut transfer.balancer_capacity_hour,
        &mut transfer.ipv4_hour,
    ] {
        raise(hour, times);
    }
    raise(&mut transfer.cdn_request, times);
    for database in &mut catalog.databases {
        database.machine = dearer(&database.machine, times);
    }
    for storage in &mut catalog.database_storage {
        storage.capacity = raised(&storage.capacity, times);
        raise(&mut storage.iops, times);
        raise(&mut storage.backup, times);
    }
    catalog
}

fn dearer(shape: &Shape, times: u32) -> Arc<Shape> {
    let offers =
        shape.offers.iter().map(|(purchase, price, who)| (*purchase, price.at(price.money() * times), who.clone()));
    Arc::new(Shape { offers: offers.collect(), ..shape.clone() })
}

fn raised<Q: Billable>(quote: &Quote<Q>, times: u32) -> Quote<Q> {
    Quote::listed(quote.sku.clone(), quote.list.at(quote.list.money() * times), quote.provenance.clone())
}

fn raise<Q: Billable>(quote: &mut Option<Quote<Q>>, times: u32) {
    *quote = quote.take().map(|quote| raised(&quote, times));
}
