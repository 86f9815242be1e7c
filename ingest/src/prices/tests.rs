//! What the readers make of small tables, right and wrong. The real tables are read in `tests/prices.rs`.
use super::{PriceError, Tables, catalog, comparable, places, tables_of};
use plimsoll::catalog::{Catalog, Path, Place, Provider, Purchase, Region, VolumePricing};
use plimsoll::units::{Amount, Data, Factor, Money, Rate};

const PLACES: &str = "\
provider,region,city,geography,peer,zones,source,as_of,note
aws,us-east-1,Northern Virginia,North America,n-virginia,6,D10,2025-11-01,
aws,eu-west-1,Ireland,Europe,europe-west,3,D10,2025-11-01,
azure,eastus,Virginia,North America,n-virginia,3,D12,2025-09-23,
gcp,us-east4,Ashburn,North America,n-virginia,3,D11,2024-12-01,
gcp,us-west1,The Dalles,North America,us-northwest,3,D11,2024-12-01,
gcp,europe-west1,St. Ghislain,Europe,europe-west,3,D11,2024-12-01,
";
const SPEED: &str = "\
provider,family,clock_ghz,ipc,threads_per_core,speed,basis,source,as_of,note
aws,m6g,2.5,1.06,1,1.7391,assumed,A|C,2026-10-27,Graviton2
";
const COMPUTE: &str = "\
shape,family,category,arch,vcpu,memory_gib,burstable,gpus,network_gbps,network_burst_gbps,local_disk_gb,local_disks,\
local_disk_kind,disk_mbps,disk_burst_mbps,disk_iops,disk_burst_iops,on_demand,spot,spot_basis,spot_interruption,\
sustained_use,commit_1y,commit_1y_upfront,commit_3y,commit_3y_upfront,flexible_1y,flexible_3y,price_source,\
price_as_of,spot_source,spot_as_of,commit_source,commit_as_of,hardware_source,complete,note
m6g.large,m6g,general,arm64,2,8,no,0,0.75,10,,,,78.75,593.75,3600,20000,0.077,0.0308,derived,<5%,,0.0485,0.0453,0.0332,\
0.0289,0.0539,0.0372,A1,2026-07-20,A5,2025-06-28,A3|A7|A6,2025-04-04|2023-08-30|2026-06-09,A4,yes,
x9.large,x9,general,x86_64,2,8,no,0,,,,,,,,,,0.1,,,,,,,,,,,A1,2026-07-20,,,,,A4,no,
";
const DISKS: &str = "\
volume,component,unit,tier_from,tier_to,price,included_iops,included_mbps,max_iops,max_mbps,min_gib,max_gib,iops_per_gib,\
source,as_of,note
gp2,capacity,GB-month,0,inf,0.1,,,16000,250,1,16384,3,A9,2024-07-18,
gp3,capacity,GB-month,0,inf,0.08,3000,125,80000,1000,1,65536,,A9,2024-07-18,
gp3,iops,IOPS-month,3000,inf,0.005,3000,125,80000,1000,1,65536,,A9,2024-07-18,
pd-extreme,capacity,GiB-month,0,inf,0.125,,,,,,,,G1,2026-07-30,
premium-ssd-p10,limits,disk-month,,,,500,100,3500,170,128,128,,Z6,2023-03-16,
regional-pd-ssd,capacity,GiB-month,0,inf,0.34,,,,,,,,G1,2026-07-30,
snapshot,capacity,GB-month,0,inf,0.05,,,,,,,,A9,2024-07-18,
standard-hdd-s10,capacity,disk-month,0,inf,5.89,,,,,,,,I1,2024-08-30,LRS
standard-hdd-s4,capacity,disk-month,0,inf,1.54,,,,,,,,I1,2024-07-01,LRS
ultra-disk,capacity,GiB-month,0,inf,0.119722,,,400000,10000,4,65536,1000,I1,2024-07-01,
ultra-disk,iops,IOPS-month,0,inf,0.04964,,,400000,10000,4,65536,1000,I1,2024-07-01,
";
const NETWORK: &str = "\
kind,from,to,unit,tier_from_gb,tier_to_gb,price,source,as_of,note
inter-region,any,between-continents,GiB,0,inf,0.08,I1,2024-07-01,
inter-region,any,within-Europe,GiB,0,inf,0.03,I1,2024-07-01,
inter-region,any,within-US-or-Canada,GiB,0,inf,0.02,I1,2024-07-01,
internet-egress,any,internet,GB,0,100,0,D6,2026-01-01,
internet-egress,any,internet,GB,100,10240,0.087,D6,2026-01-01,
";
const MANAGED: &str = "\
service,engine,deployment,component,sku,unit,price,vcpu,memory_gib,network,source,as_of,note
rds,,,backup,,GB-month,0.095,,,,A8,2025-06-17,
rds,,multi-az,storage-gp3,,GB-month,0.23,,,,A8,2025-06-17,
rds,,single-az,iops-gp3,,IOPS-month,0.02,,,,A8,2025-06-17,
rds,,single-az,storage-gp3,,GB-month,0.115,,,,A8,2025-06-17,
rds,mysql/postgresql,single-az,instance,db.m6g.large,hour,0.159,2,8,Up to 10 Gigabit,A8,2025-06-05,
rds,oracle,single-az,instance,db.m6g.large,hour,0.3,2,8,Up to 10 Gigabit,A8,2025-06-05,
rds,postgresql,single-az,instance,db.z9.large,hour,0.2,2,8,Up to 10 Gigabit,A8,2025-06-05,
";
const OBJECTS: &str = "\
class,redundancy,component,unit,tier_from_gb,tier_to_gb,price,min_days,min_object_kb,first_byte,source,as_of,note
cool,lrs,storage,GB-month,0,inf,0.0152,30,,ms,I1,2024-07-01,
hot,lrs,list,request,,,0.000005,0,,ms,F1,2024-09-30,
standard,3az,read,request,,,0.0000004,0,0,ms,A8,2025-06-05,
standard,3az,storage,GB-month,51200,inf,0.022,0,0,ms,A8,2025-06-05,
standard,3az,storage,GB-month,0,51200,0.023,0,0,ms,A8,2025-06-05,
";

fn text(table: &str) -> Option<&'static str> {
    match table {
        "places" => Some(PLACES),
        "speed" => Some(SPEED),
        "compute" => Some(COMPUTE),
        "block_storage" => Some(DISKS),
        "network" => Some(NETWORK),
        "managed" => Some(MANAGED),
        "object_storage" => Some(OBJECTS),
        _ => None,
    }
}

/// A catalog of these tables, with `old` replaced by `new` in the table `name`.
fn read(place: &Place, name: &str, old: &str, new: &str) -> Result<Catalog, PriceError> {
    let changed = text(name).map(|text| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let find = |_: &str, region: &str, table: &str| {
        let regional = !matches!(table, "network" | "block_storage") || region == "any";
        let text = if table == name { changed.as_deref() } else { text(table) };
        text.filter(|_| regional)
    };
    catalog(place, Tables { find: &find })
}

fn place(provider: Provider, region: &str) -> Place {
    Place { provider, region: Region(region.into()) }
}

fn aws() -> Catalog {
    read(&place(Provider::Aws, "us-east-1"), "", "", "").unwrap()
}

#[test]
fn a_cell_that_cannot_be_read_is_named_by_its_place() {
    let cases = [
        ("compute", "0.0308", "0.03.8", "aws/us-east-1/compute:2: column `spot`: `0.03.8` cannot be read"),
        ("compute", "0.077", "-0.077", "aws/us-east-1/compute:2: column `on_demand`: `-0.077` is below zero"),
        ("compute", ",arm64,", ",arm46,", "column `arch`: `arm46` cannot be read: `arm46` is not an architecture"),
        ("compute", ",2,8,no,0,0.75", ",,8,no,0,0.75", "column `vcpu`: the cell is empty"),
        ("compute", "derived", "guessed", "column `spot_basis`: `guessed` is neither"),
        ("compute", "2026-07-20", "20 July", "column `price_as_of`: `20 July` is not a date such as 2026-07-20"),
        ("compute", "2025-04-04|", "2025-13-04|", "column `commit_as_of`: `2025-13-04|2023-08-30|2026-06-09` is not a"),
        ("compute", ",yes,\n", ",yes\n", "aws/us-east-1/compute:2: the row has 36 cells where the header has 37"),
        ("compute", "memory_gib", "memory", "aws/us-east-1/compute:1: there is no column `memory_gib`"),
        ("speed", "1.7391", "0", "speed:2: column `speed`: `0` is no speed"),
        ("speed", "1.7391", "NaN", "speed:2: column `speed`: `NaN` is not a finite number"),
        ("block_storage", "0.005", "1 cent", "aws/any/block_storage:4: column `price`: `1 cent` cannot be read"),
        ("block_storage", "IOPS-month", "GB-month", "column `unit`: `GB-month` is not a unit of gp3 iops: IOPS-month"),
        ("block_storage", "gp3,iops", "gp3,ipos", "column `component`: `ipos` is not capacity, iops"),
        ("network", "100,10240", "200,10240", "aws/any/network: the tiers of internet-egress do not begin at zero"),
        ("object_storage", ",0,0,ms", ",0,0,soon", "column `first_byte`: `soon` is not ms, hours or minutes-hours"),
        ("places", ",6,D10", ",six,D10", "places:2: column `zones`: `six` cannot be read"),
    ];
    for (table, old, new, expected) in cases {
        let error = read(&place(Provider::Aws, "us-east-1"), table, old, new).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n{expected}");
    }
}

#[test]
fn an_unknown_region_is_answered_with_the_nearest_known() {
    let cases = [
        (Provider::Aws, "us-east-2", "did you mean `us-east-1`?"),
        (Provider::Aws, "eastus", "did you mean `us-east-1`?"),
        (Provider::Gcp, "eu-west-1", "did you mean `europe-west1`?"),
        (Provider::Gcp, "us-east-1", "did you mean `us-east4`?"),
    ];
    for (provider, region, expected) in cases {
        let error = read(&place(provider, region), "", "", "").unwrap_err();
        assert!(error.to_string().ends_with(expected), "{error}");
    }
    let error = read(&place(Provider::Aws, "nowhere"), "", "", "").unwrap_err();
    assert_eq!(error.help(), "the regions of aws are eu-west-1, us-east-1");
}

#[test]
fn each_committed_price_has_its_own_source_and_a_derived_spot_price_says_so() {
    let catalog = aws();
    let shape = catalog.shape("m6g.large").unwrap();
    let said: Vec<_> = shape
        .offers
        .iter()
        .map(|(purchase, _, said)| (purchase.name(), said.source.to_string(), said.as_of.to_string(), said.derived))
        .collect();
    let expected = [
        ("on-demand", "A1", "2026-07-20", false),
        ("1y", "A3", "2025-04-04", false),
        ("3y", "A3", "2025-04-04", false),
        ("1y-upfront", "A7", "2023-08-30", false),
        ("3y-upfront", "A6", "2026-06-09", false),
        ("spot", "A5", "2025-06-28", true),
    ];
    assert_eq!(said, expected.map(|(p, s, d, derived)| (p, s.to_owned(), d.to_owned(), derived)));
    assert_eq!(&*shape.offers[0].2.table, "aws/us-east-1/compute");
    assert_eq!(catalog.shape("x9.large").unwrap().speed.factor, Factor::ONE, "no row: the reference core's");
}

#[test]
fn a_disk_is_what_its_rows_say_together() {
    let catalog = aws();
    let names: Vec<_> = catalog.volumes.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(names, ["gp2", "gp3", "standard-hdd-s10", "ultra-disk"], "priced in full, of a known size, of one zone");
    let [gp2, gp3, hdd, ultra] = &catalog.volumes[..] else { unreachable!("four names") };
    assert_eq!((gp2.iops_per_gib, gp2.max_iops_per_gib), (Some(Factor::of(3.0)), None));
    assert_eq!((ultra.iops_per_gib, ultra.max_iops_per_gib), (None, Some(Factor::of(1000.0))));
    let VolumePricing::Provisioned { iops: Some(iops), .. } = &gp3.pricing else { panic!("gp3 sells operations") };
    assert_eq!((gp3.included_iops, iops.tiers()[0].from), (Some(Rate::per_second(3000.0)), Amount::default()));
    assert_eq!((hdd.max_size, hdd.max_iops, hdd.rotational), (Some(Data::gib(128.0)), None, true));
    let VolumePricing::PerDisk(disk) = &hdd.pricing else { panic!("sold by the disk") };
    let note = disk.provenance.note.as_deref().unwrap();
    assert_eq!(note, "size as stated for the Premium disk of the same number; LRS");
    assert_eq!(catalog.snapshot.unwrap().list.money().exact(), "0.05");
}

#[test]
fn regions_are_priced_by_the_continents_of_both() {
    let from = |region| read(&place(Provider::Gcp, region), "", "", "").unwrap().transfer;
    let price = |from: &plimsoll::catalog::Transfer, to: &str| {
        from.of(&Path::CrossRegion(to.into())).map(|tiers| tiers.first().list.money().exact())
    };
    let west = from("us-west1");
    assert_eq!(price(&west, "us-east4").as_deref(), Some("0.02"));
    assert_eq!(price(&west, "europe-west1").as_deref(), Some("0.08"));
    assert_eq!(price(&west, "us-west1"), None, "a region is not another one");
    assert_eq!(price(&west, "us-east-1"), None, "nor one of another provider");
    let ladder = west.of(&Path::Internet).unwrap();
    assert_eq!(ladder.split(Amount::nearest(12_000.0)).unpriced, Amount::nearest(1_760.0));
    assert!(!west.cross_zone_both_directions && aws().transfer.cross_zone_both_directions);
}

#[test]
fn a_database_runs_on_the_machine_its_name_speaks_of() {
    let catalog = aws();
    let engines: Vec<_> = catalog.databases.iter().map(|database| database.engine.as_str()).collect();
    assert_eq!(engines, ["mysql", "postgresql"], "no Oracle, and no machine that nobody knows");
    let (machine, below) = (&catalog.databases[0].machine, catalog.shape("m6g.large").unwrap());
    assert_eq!(
        (&machine.speed, machine.network, machine.remote_disk),
        (&below.speed, below.network, below.remote_disk)
    );
    assert_eq!(machine.hourly(Purchase::OnDemand), Some("0.159".parse::<Money>().unwrap()));
    assert_eq!(machine.hourly(Purchase::Spot), None, "a database is not sold as its machine is");
    let [multi, single] = &catalog.database_storage[..] else { panic!("two deployments") };
    assert_eq!((multi.deployment.as_str(), multi.iops.is_some(), multi.backup.is_some()), ("multi-az", false, true));
    assert_eq!((single.deployment.as_str(), single.iops.is_some()), ("single-az", true));
}

#[test]
fn a_class_says_what_it_does_not_know() {
    let catalog = aws();
    let [cool, standard] = &catalog.classes[..] else { panic!("hot has no price of storage") };
    assert_eq!((cool.retrieval.is_some(), cool.charges_retrieval), (false, true), "charged, but who knows how much");
    assert_eq!((standard.retrieval.is_some(), standard.charges_retrieval), (false, false), "free");
    let note = cool.storage.first().provenance.note.as_deref();
    assert_eq!(note, Some("no smallest charged object is stated; none was assumed"));
    assert_eq!(standard.storage.tiers().len(), 2, "rows in any order");
}

#[test]
fn a_catalog_names_the_tables_it_was_read_from() {
    let find = |provider: &str, region: &str, name: &str| match (provider, region, name) {
        ("", "", "places") => Some(PLACES),
        ("gcp", "us-east4", "compute") => Some(COMPUTE),
        _ => None,
    };
    let tables = Tables { find: &find };
    let here = place(Provider::Gcp, "us-east4");
    let infos: Vec<_> =
        tables_of(&here, tables).iter().map(|t| (t.path(), t.newest_as_of().map(str::to_owned))).collect();
    let expected = [("places", "2025-11-01"), ("gcp/us-east4/compute", "2026-07-20")];
    assert_eq!(infos, expected.map(|(path, date)| (path.to_owned(), Some(date.to_owned()))));
    let places = places(tables).unwrap();
    let peer = |provider| comparable(&places, &here, provider).map(|facts| facts.place.region.0.as_str());
    assert_eq!([peer(Provider::Aws), peer(Provider::Azure)], [Some("us-east-1"), Some("eastus")]);
}
