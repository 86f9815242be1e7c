//! Bills that can be checked against what the providers publish, on the shipped tables.
//!
//! Each expected sum is worked out in a comment from the provider's page that the test names. The formulas of queues are
//! in `published_queueing.rs`, single rows of the price tables in `prices.rs`.
use plimsoll::catalog::{Catalog, Path, Provider};
use plimsoll::cost::{self, Bill, Driver, Parcel};
use plimsoll::plan::{Part, Plan};
use plimsoll::sizing::{NodeDisk, ObjectFit, VolumeFit};
use plimsoll::units::{Count, Data, DataRate, Money, Rate};
use plimsoll::workload::ComponentName;
use plimsoll_tests::{catalog, in_world, plan, workload};

fn virginia() -> Catalog {
    catalog(Provider::Aws, "us-east-1")
}

fn dollars(text: &str) -> Money {
    text.parse().expect("written with digits")
}

fn component() -> ComponentName {
    ComponentName("it".into())
}

/// The bill of so much data along a path.
fn sent(catalog: &Catalog, path: Path, data: Data) -> Bill {
    let mut bill = Bill::default();
    cost::parcels(&mut bill, catalog, &[Parcel { component: component(), path, data }]);
    assert!(bill.unknown.is_empty(), "{:?}", bill.unknown);
    bill
}

/// The bill of a month of so much data in a class, written and read so often.
fn kept(catalog: &Catalog, class: &str, data: Data, writes: f64, reads: f64) -> Bill {
    let class = catalog.classes.iter().find(|c| c.name == class).expect("the region has the class").clone();
    let fit = ObjectFit {
        class,
        charged: data,
        stored: data,
        objects: Count::of(1.0),
        monitored: Count::ZERO,
        reads: Count::of(reads),
        writes: Count::of(writes),
        retrieved: Data::ZERO,
        month: Money::ZERO,
        unknown: Vec::new(),
    };
    let mut bill = Bill::default();
    cost::objects(&mut bill, &component(), catalog, &fit);
    bill
}

/// The bill of a month of network disks, one on each node.
fn disks(catalog: &Catalog, volume: &str, size: Data, beyond: (Rate, DataRate), nodes: u32) -> Bill {
    let fit = VolumeFit {
        volume: volume.into(),
        count: 1,
        size,
        extra_iops: beyond.0,
        extra_throughput: beyond.1,
        month: Money::ZERO,
        unchecked: Vec::new(),
    };
    let mut bill = Bill::default();
    cost::node_disks(&mut bill, &component(), catalog, &NodeDisk::Volume(fit), nodes);
    bill
}

/// <https://aws.amazon.com/s3/pricing/>: the first 50 TB of a month at 0.023, the next 450 TB at 0.022, then 0.021.
#[test]
fn s3_standard_at_the_bounds_of_its_tiers() {
    let catalog = virginia();
    let cases = [
        (51_200.0, "1177.6", 1),   // 51,200 x 0.023
        (51_201.0, "1177.622", 2), // and one at 0.022
        (512_000.0, "11315.2", 2), // 1,177.60 and 460,800 x 0.022 = 10,137.60
        (512_001.0, "11315.221", 3),
    ];
    for (gb, total, tiers) in cases {
        let bill = kept(&catalog, "standard", Data::gib(gb), 0.0, 0.0);
        assert_eq!((bill.total(), bill.lines.len()), (dollars(total), tiers), "{gb} GB");
    }
    let two = kept(&catalog, "standard", Data::gib(51_201.0), 0.0, 0.0);
    let tiers: Vec<_> = two.lines.iter().map(|line| line.tier.as_deref().unwrap_or_default()).collect();
    assert_eq!(tiers, ["first 51,200 GiB-month", "over 51,200 GiB-month"]);
}

/// <https://aws.amazon.com/s3/faqs/>, "How will I be charged and billed": 100 GB (107,374,182,400 bytes) for 15 days and
/// 100 TB (109,951,162,777,600 bytes) for 16 days are 42,259,901,212,262,400 byte-hours, over 1,073,741,824 bytes and 744
/// hours 52,900 GB-months: 51,200 x 0.023 + 1,700 x 0.022 = 1,215.00.
#[test]
fn the_storage_example_of_the_s3_faq() {
    let mean = Data::bytes(42_259_901_212_262_400.0 / 744.0);
    let cents = (kept(&virginia(), "standard", mean, 0.0, 0.0).total().as_dollars() * 100.0).round();
    assert_eq!(cents, 121_500.0);
}

/// <https://aws.amazon.com/s3/pricing/>: 0.005 for 1,000 PUT requests, 0.0004 for 1,000 GET requests.
#[test]
fn s3_requests_by_the_thousand() {
    let bill = kept(&virginia(), "standard", Data::gib(1.0), 1_000_000.0, 10_000_000.0);
    assert_eq!(bill.of(Driver::Requests), dollars("9"), "5 for writes, 4 for reads");
}

/// <https://aws.amazon.com/ec2/pricing/on-demand/>, "Data Transfer": 100 GB a month are free, then 0.09 to 10 TB, 0.085 to
/// 50 TB, 0.07 to 150 TB, 0.05 above. A TB there is 1,024 GB.
#[test]
fn internet_egress_at_the_bounds_of_its_tiers_behind_the_free_allowance() {
    let catalog = virginia();
    let cases = [
        (100.0, "0"),
        (101.0, "0.09"),
        (10_340.0, "921.6"), // 10,240 x 0.09
        (10_341.0, "921.685"),
        (51_300.0, "4403.2"), // 921.60 and 40,960 x 0.085 = 3,481.60
        (51_301.0, "4403.27"),
        (153_700.0, "11571.2"), // 4,403.20 and 102,400 x 0.07 = 7,168
        (153_701.0, "11571.25"),
    ];
    for (gb, total) in cases {
        assert_eq!(sent(&catalog, Path::Internet, Data::gb(gb)).total(), dollars(total), "{gb} GB");
    }
}

/// Tiers and the allowance belong to the account: two components that send half each pay together what one pays.
#[test]
fn two_senders_share_tiers_and_allowance() {
    let catalog = virginia();
    let half = |name: &str| Parcel {
        component: ComponentName(name.into()),
        path: Path::Internet,
        data: Data::gb(51_301.0 / 2.0),
    };
    let mut bill = Bill::default();
    cost::parcels(&mut bill, &catalog, &[half("api"), half("web")]);
    assert_eq!(bill.total(), dollars("4403.27"));
    let of = |name: &str| -> Money { bill.lines.iter().filter(|l| l.component.0 == name).map(|l| l.amount).sum() };
    assert_eq!(of("api"), of("web"));
}

/// <https://aws.amazon.com/cloudfront/pricing/>: 1 TB a month is free, then 0.085 to 10 TB in the United States.
#[test]
fn cloudfront_begins_behind_its_free_terabyte() {
    let bill = sent(&virginia(), Path::Cdn, Data::gb(1024.0 + 10_240.0));
    assert_eq!(bill.total(), dollars("870.4"));
}

/// <https://aws.amazon.com/ebs/pricing/>: 0.08 a GB-month, 3,000 IOPS included, 0.005 for each beyond:
/// 1,000 x 0.08 + 3,000 x 0.005 = 95.
#[test]
fn a_thousand_gigabytes_of_gp3_with_six_thousand_iops() {
    let bill = disks(&virginia(), "gp3", Data::gib(1000.0), (Rate::per_second(3000.0), DataRate::ZERO), 1);
    assert_eq!(bill.of(Driver::DiskCapacity), dollars("80"));
    assert_eq!(bill.of(Driver::DiskIops), dollars("15"));
    assert_eq!(bill.total(), dollars("95"));
}

/// <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html> counts the size of a volume in GiB, and
/// <https://repost.aws/knowledge-center/ebs-volume-charges> bills a 100-GB volume as 100 GB-months: 100 x 0.08 = 8.
#[test]
fn a_gp3_volume_is_billed_by_the_gibibytes_it_is_made_with() {
    let bill = disks(&virginia(), "gp3", Data::gib(100.0), (Rate::ZERO, DataRate::ZERO), 1);
    assert_eq!(bill.total(), dollars("8"));
}

/// <https://azure.microsoft.com/en-us/pricing/details/managed-disks/>: a P30 of 1 TiB is 135.17 a month, whatever is on it.
#[test]
fn premium_ssd_is_billed_by_the_disk() {
    let catalog = catalog(Provider::Azure, "eastus");
    let p30 = disks(&catalog, "premium-ssd-p30", Data::gib(1024.0), (Rate::ZERO, DataRate::ZERO), 3);
    assert_eq!(p30.total(), dollars("405.51"));
    let half_full = disks(&catalog, "premium-ssd-p30", Data::gib(512.0), (Rate::ZERO, DataRate::ZERO), 3);
    assert_eq!(half_full.total(), p30.total());
}

/// <https://cloud.google.com/storage/pricing>: Standard in Iowa 0.020 a GiB-month, 0.005 for 1,000 class A operations and
/// 0.0004 for 1,000 class B ones: 50 x 0.02 + 10,000 x 0.000005 + 50,000 x 0.0000004 = 1.07.
#[test]
fn google_cloud_storage_is_billed_by_the_gibibyte() {
    let iowa = catalog(Provider::Gcp, "us-central1");
    let bill = kept(&iowa, "standard", Data::gib(50.0), 10_000.0, 50_000.0);
    assert_eq!((bill.of(Driver::ObjectStorage), bill.of(Driver::Requests)), (dollars("1"), dollars("0.07")));
}

/// <https://aws.amazon.com/elasticloadbalancing/pricing/>, the first example of the Application Load Balancer: one new
/// connection and 300 KB a second are 1.08 GB an hour, so 1.08 capacity units: 1.08 x 0.008 + 0.0225 = 0.03114 an hour.
#[test]
fn the_first_example_of_the_load_balancer() {
    let mut bill = Bill::default();
    let catalog = virginia();
    cost::balancer(&mut bill, &component(), &catalog, Rate::per_second(4.0), DataRate::kb_per_second(300.0));
    // A month of 730 hours.
    assert_eq!(bill.total(), dollars("22.7322"));
}

/// What runs today, as the one part of a plan.
fn running(shape: &str, count: u32, provider: Provider, region: &str) -> Plan {
    let text = format!(
        "name = \"fleet\"\nentry = \"api\"\n[demand]\npeak = \"10/s\"\n[service.api]\ncpu_per_request = \"5 ms\"\n\
         memory = \"500 MB\"\ncurrent = {{ shape = \"{shape}\", count = {count} }}\n"
    );
    let answer = plan(&workload(&text), &in_world(vec![catalog(provider, region)])).expect("a small service fits");
    answer.current.expect("the machine is on the list")
}

/// <https://aws.amazon.com/ec2/pricing/on-demand/>: m7g.large in Virginia is 0.0816 an hour, and the calculator's month has
/// 730 hours: 4 x 730 x 0.0816 = 238.272.
#[test]
fn a_month_of_machines_has_730_hours() {
    let four = running("m7g.large", 4, Provider::Aws, "us-east-1");
    let [line] = &four.bill.lines[..] else { panic!("machines are one line: {:?}", four.bill.lines) };
    assert_eq!((line.quantity.exact(), line.unit), ("2920".into(), "hour"));
    assert_eq!(four.bill.total(), dollars("238.272"));
}

/// <https://cloud.google.com/compute/docs/sustained-use-discounts>: an N2 that runs all month is 20 % off, of itself.
#[test]
fn sustained_use_is_an_effective_price_and_no_contract() {
    let n2 = running("n2-standard-2", 1, Provider::Gcp, "us-central1");
    let line = &n2.bill.lines[0];
    assert_eq!(line.list, line.contracted);
    let off = 1.0 - line.effective.ratio(line.list).expect("it has a price");
    assert!((off - 0.2).abs() < 0.001, "{off}");
}

/// <https://aws.amazon.com/rds/postgresql/pricing/>: db.m6g.large Multi-AZ in Virginia is 0.318 an hour, twice 0.159 and the
/// standby included: 730 x 0.318 = 232.14, one instance on the bill.
#[test]
fn a_multi_az_database_is_one_line_with_its_standby_in_the_price() {
    let mut catalog = virginia();
    catalog.databases.retain(|db| db.machine.name.0 == "db.m6g.large");
    let text = "name = \"orders\"\nentry = \"api\"\n[demand]\npeak = \"50/s\"\n[promises]\nsurvive = \"zone\"\n\
                [service.api]\ncpu_per_request = \"1 ms\"\nmemory = \"500 MB\"\ncalls = [{ to = \"orders\" }]\n\
                [store.orders]\nengine = \"postgres\"\nself_run = false\ndata = \"80 GB\"\ncpu_per_read = \"0.2 ms\"\n\
                working_set = \"5 %\"\nbackup = 0\n";
    let answer = plan(&workload(text), &in_world(vec![catalog])).expect("one small database carries it");
    let orders = ComponentName("orders".into());
    let Part::Managed { managed, .. } = &answer.chosen.parts[&orders] else { panic!("only managed was allowed") };
    assert_eq!((managed.deployment.as_str(), managed.fleet.machines), ("multi-az", 1));
    assert_eq!(answer.chosen.bill.of(Driver::ManagedService), dollars("232.14"));
}
