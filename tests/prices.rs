//! The price tables of this repository, read as every front reads them, against facts that can be looked up elsewhere.
use plimsoll::catalog::{Basis, Catalog, Path, Place, Provider, Purchase, Region, Tiered, VolumePricing};
use plimsoll::units::{Amount, Billable, Compute, Data, DataRate, Held, Money, Rate, Span};
use plimsoll_ingest::prices::{PriceError, Tables, catalog, comparable, places, tables_of};

fn find(provider: &str, region: &str, name: &str) -> Option<&'static str> {
    plimsoll_prices::find(provider, region, name).map(|table| table.text)
}

const TABLES: Tables<'static> = Tables { find: &find };

fn read(provider: Provider, region: &str) -> Catalog {
    catalog(&Place { provider, region: Region(region.into()) }, TABLES).unwrap()
}

fn virginia() -> Catalog {
    read(Provider::Aws, "us-east-1")
}

fn dollars(text: &str) -> Money {
    text.parse().unwrap()
}

/// What so many units cost at marginal rates, where all of them have a price.
fn cost<Q: Billable>(tiers: &Tiered<Q>, units: f64) -> Option<Money> {
    let split = tiers.split(Amount::nearest(units));
    let sum = split.priced.iter().map(|(tier, amount)| tier.quote.list.money() * *amount).sum();
    (split.unpriced == Amount::default()).then_some(sum)
}

#[test]
fn every_region_reads_and_has_what_its_tables_have() {
    // Machines and databases were counted in the tables by another program, disks and object classes by hand.
    let expected = [
        ("aws/ap-northeast-1", 782, 7, 7, 736),
        ("aws/ap-south-1", 585, 7, 7, 488),
        ("aws/ap-southeast-1", 656, 7, 7, 520),
        ("aws/eu-central-1", 778, 7, 7, 632),
        ("aws/eu-west-1", 777, 7, 7, 744),
        ("aws/us-east-1", 1340, 7, 7, 764),
        ("aws/us-east-2", 774, 7, 7, 736),
        ("aws/us-west-2", 840, 7, 7, 764),
        ("azure/centralindia", 1214, 0, 0, 0),
        ("azure/eastus", 1286, 8, 1, 1),
        ("azure/eastus2", 1288, 1, 0, 0),
        ("azure/japaneast", 1264, 0, 0, 0),
        ("azure/northeurope", 1268, 0, 0, 0),
        ("azure/southeastasia", 1262, 0, 0, 0),
        ("azure/westeurope", 1330, 3, 0, 0),
        ("azure/westus2", 1211, 0, 0, 0),
        ("gcp/asia-northeast1", 461, 3, 4, 0),
        ("gcp/asia-southeast1", 499, 3, 4, 0),
        ("gcp/europe-west1", 492, 3, 4, 0),
        ("gcp/europe-west4", 499, 3, 4, 0),
        ("gcp/us-central1", 522, 5, 4, 40),
        ("gcp/us-east1", 522, 3, 4, 0),
        ("gcp/us-east4", 492, 3, 4, 0),
        ("gcp/us-west1", 522, 3, 4, 0),
    ];
    let read = places(TABLES).unwrap().into_iter().map(|facts| {
        let c = catalog(&facts.place, TABLES).unwrap();
        (c.place.to_string(), c.shapes.len(), c.volumes.len(), c.classes.len(), c.databases.len())
    });
    let expected = expected
        .map(|(place, shapes, disks, classes, databases)| (place.to_owned(), shapes, disks, classes, databases));
    assert_eq!(read.collect::<Vec<_>>(), expected);
}

#[test]
fn every_machine_has_a_name_of_its_own_and_a_price_above_nothing() {
    for facts in places(TABLES).unwrap() {
        let catalog = catalog(&facts.place, TABLES).unwrap();
        let mut names: Vec<_> = catalog.shapes.iter().map(|shape| &shape.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), catalog.shapes.len(), "{}", catalog.place);
        for shape in &catalog.shapes {
            assert!(shape.hourly(Purchase::OnDemand).is_some_and(|hour| hour > Money::ZERO), "{}", shape.name);
            assert!(shape.vcpus > Compute::ZERO && shape.memory > Data::ZERO, "{}", shape.name);
            let sized = shape.network.is_some() && shape.remote_disk.is_some();
            assert_eq!(shape.complete, sized, "complete means that sizing finds every limit: {}", shape.name);
        }
    }
}

#[test]
fn m7g_large_in_virginia_is_what_amazon_says() {
    let catalog = virginia();
    assert_eq!(catalog.zones, 6);
    let shape = catalog.shape("m7g.large").unwrap();
    assert_eq!((shape.vcpus, shape.memory), (Compute::vcpus(2.0), Data::gib(8.0)));
    assert_eq!(shape.network, Some(DataRate::mbit_per_second(937.0)), "baseline, not the burst of 12.5 Gbit/s");
    assert_eq!(shape.remote_disk.map(|disk| disk.iops), Some(Rate::per_second(3600.0)));
    assert_eq!((shape.local_disk, shape.burstable, shape.complete), (None, false, true));
    assert_eq!(shape.speed.basis, Basis::Assumed, "every Arm family is");
    let quote = shape.quote(Purchase::OnDemand).unwrap();
    assert_eq!((quote.list * Span::hours(1.0)).exact(), "0.0816");
    assert_eq!((quote.list * Span::months(1.0)).exact(), "59.568");
    assert_eq!(quote.provenance.as_of.to_string(), "2026-07-20");
    assert!(shape.quote(Purchase::Spot).unwrap().provenance.derived, "amazon publishes savings, not prices");
}

#[test]
fn sustained_use_is_googles_and_lowers_what_a_month_costs() {
    let catalog = read(Provider::Gcp, "us-central1");
    let n2 = catalog.shape("n2-standard-2").unwrap().quote(Purchase::OnDemand).unwrap();
    assert_eq!((n2.list.money(), n2.effective.money()), (dollars("0.097118"), dollars("0.077714")));
    let spot = catalog.shape("n2-standard-2").unwrap().quote(Purchase::Spot).unwrap();
    assert!(!spot.provenance.derived, "google publishes them");
}

/// <https://aws.amazon.com/s3/pricing/>: first 50 TB a month at 0.023, next 450 TB at 0.022, then 0.021; TB of 1,024 GB.
#[test]
fn s3_standard_is_charged_by_the_tier_each_gigabyte_falls_into() {
    let catalog = virginia();
    let standard = catalog.classes.iter().find(|class| class.name == "standard").unwrap();
    let cases = [(51_200.0, "1177.6"), (51_201.0, "1177.622"), (61_440.0, "1402.88"), (512_000.0, "11315.2")];
    for (gb, total) in cases {
        assert_eq!(cost(&standard.storage, gb), Some(dollars(total)), "{gb} GB");
    }
    let above = standard.storage.split(Amount::nearest(512_001.0)).priced.len();
    assert_eq!(above, 3, "the last tier has no end");
    assert_eq!((standard.retrieval.is_some(), standard.charges_retrieval), (false, false));
}

/// <https://aws.amazon.com/ec2/pricing/on-demand/>: 0.09 to 10 TB, 0.085 to 50 TB, 0.07 to 150 TB, 0.05 above.
#[test]
fn internet_egress_is_charged_to_the_last_byte_of_each_tier() {
    let transfer = virginia().transfer;
    let internet = transfer.of(&Path::Internet).unwrap();
    let cases = [
        (10_240.0, "921.6", 1),
        (10_241.0, "921.685", 2),
        (51_200.0, "4403.2", 2),
        (51_201.0, "4403.27", 3),
        (153_600.0, "11571.2", 3),
        (153_601.0, "11571.25", 4),
    ];
    for (gb, total, tiers) in cases {
        assert_eq!(cost(internet, gb), Some(dollars(total)), "{gb} GB");
        assert_eq!(internet.split(Amount::nearest(gb)).priced.len(), tiers, "{gb} GB");
    }
    assert!(transfer.cross_zone_both_directions, "each side of a crossing pays 0.01");
}

#[test]
fn azure_egress_above_ten_terabytes_is_unknown_not_free() {
    let catalog = read(Provider::Azure, "westeurope");
    let internet = catalog.transfer.of(&Path::Internet).unwrap();
    assert_eq!(cost(internet, 100.0), Some(Money::ZERO), "the allowance is a tier");
    assert_eq!(catalog.allowances, [], "and is not given twice");
    assert_eq!(cost(internet, 10_240.0), Some(dollars("882.18")));
    assert_eq!(cost(internet, 10_241.0), None);
    assert_eq!(internet.split(Amount::nearest(10_241.0)).unpriced, Amount::nearest(1.0));
}

/// <https://aws.amazon.com/ebs/pricing/>: 2,000 GB of gp3 with 10,000 IOPS and 500 MB/s; 7,000 and 375 beyond the included.
#[test]
fn gp3_charges_for_performance_beyond_the_included() {
    let catalog = virginia();
    let gp3 = catalog.volumes.iter().find(|volume| volume.name == "gp3").unwrap();
    let VolumePricing::Provisioned { capacity, iops: Some(iops), throughput: Some(throughput) } = &gp3.pricing else {
        panic!("gp3 sells capacity, operations and throughput");
    };
    let month = Span::months(1.0);
    assert_eq!(capacity.list * Held::new(Data::gib(2000.0), month), dollars("160"));
    assert_eq!(cost(iops, 10_000.0 - gp3.included_iops.unwrap().as_per_second()), Some(dollars("35")));
    let beyond = DataRate::mib_per_second(500.0).less(gp3.included_throughput.unwrap());
    assert_eq!(throughput.list * Held::new(beyond, month), dollars("15"));
}

/// <https://aws.amazon.com/ebs/pricing/>: 0.065 to 32,000 IOPS, 0.0455 to 64,000, then 0.03185.
#[test]
fn io2_operations_get_cheaper_by_tiers() {
    let catalog = virginia();
    let io2 = catalog.volumes.iter().find(|volume| volume.name == "io2").unwrap();
    let VolumePricing::Provisioned { iops: Some(iops), .. } = &io2.pricing else { panic!("io2 sells operations") };
    for (operations, total) in [(32_000.0, "2080"), (64_000.0, "3536"), (70_000.0, "3727.1")] {
        assert_eq!(cost(iops, operations), Some(dollars(total)), "{operations}");
    }
}

#[test]
fn a_database_has_the_hardware_of_its_machine_and_a_price_of_its_own() {
    let catalog = virginia();
    let database = catalog
        .databases
        .iter()
        .find(|d| d.machine.name.0 == "db.m6g.large" && d.engine == "postgresql" && !d.has_standby())
        .unwrap();
    let machine = catalog.shape("m6g.large").unwrap();
    assert_eq!(database.machine.hourly(Purchase::OnDemand), Some(dollars("0.159")));
    assert_eq!(database.machine.remote_disk, machine.remote_disk);
    assert_eq!((&database.machine.speed, database.machine.memory), (&machine.speed, machine.memory));
}

#[test]
fn allowances_of_aws_stand_beside_the_tiers() {
    let allowances = virginia().allowances;
    let free: Vec<_> = allowances.iter().map(|allowance| (&allowance.path, allowance.free)).collect();
    assert_eq!(free, [(&Path::Cdn, Data::gb(1024.0)), (&Path::Internet, Data::gb(100.0))]);
}

#[test]
fn the_comparable_region_of_another_provider_is_next_door() {
    let places = places(TABLES).unwrap();
    let frankfurt = Place { provider: Provider::Aws, region: Region("eu-central-1".into()) };
    let beside = |provider| comparable(&places, &frankfurt, provider).map(|facts| facts.place.region.0.as_str());
    assert_eq!(beside(Provider::Azure), Some("westeurope"));
    assert_eq!(beside(Provider::Gcp), Some("europe-west4"));
    assert_eq!(beside(Provider::Aws), Some("eu-central-1"));
}

#[test]
fn an_unknown_region_names_the_one_that_was_meant() {
    for (provider, region, meant) in [
        (Provider::Aws, "us-east1", "us-east-1"),
        (Provider::Aws, "westeurope", "eu-central-1"),
        (Provider::Azure, "East US", "eastus"),
        (Provider::Gcp, "us-central-1", "us-central1"),
    ] {
        let place = Place { provider, region: Region(region.into()) };
        let Err(PriceError::UnknownRegion { nearest, .. }) = catalog(&place, TABLES) else { panic!("{region}") };
        assert_eq!(nearest[0], meant, "{region}");
    }
}

#[test]
fn a_catalog_knows_its_tables() {
    let place = virginia().place;
    let read = tables_of(&place, TABLES);
    for path in ["places", "speed", "aws/us-east-1/compute", "aws/any/allowances", "aws/edge/network"] {
        let table = read.iter().find(|table| table.path() == path).unwrap();
        let known = plimsoll_prices::tables().iter().find(|table| table.path() == path).unwrap();
        assert_eq!((table.text, table.newest_as_of()), (known.text, Some(known.newest_as_of())), "{path}");
    }
}
