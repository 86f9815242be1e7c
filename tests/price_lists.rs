//! Official price lists: what is taken, what is set aside and why, and a plan on the prices of a list.
use plimsoll::catalog::{Catalog, Provider, Purchase};
use plimsoll::report::{report, text};
use plimsoll::{Answer, Refusal};
use plimsoll_ingest::overlay;
use plimsoll_ingest::price_lists::{Comparison, Format, PriceList, compare, read};
use plimsoll_ingest::problem::Problem;
use plimsoll_tests::{TODAY, catalog, in_world, meta, plan, root, run, workload};
use std::fs;

#[path = "price_lists/plans.rs"]
mod plans;
#[path = "price_lists/refused.rs"]
mod refused;

const FIXTURES: [(&str, Format); 9] = [
    ("aws_ec2.csv", Format::AwsEc2),
    ("aws_ec2.json", Format::AwsEc2),
    ("aws_ec2_cny.json", Format::AwsEc2),
    ("aws_getproducts.json", Format::AwsEc2),
    ("aws_savings_plans.csv", Format::AwsSavingsPlans),
    ("aws_savings_plans.json", Format::AwsSavingsPlans),
    ("azure_retail_1.json", Format::AzureRetail),
    ("azure_retail_2.json.gz", Format::AzureRetail),
    ("gcp_catalog.json", Format::GcpCatalog),
];

fn fixture(name: &str) -> Vec<u8> {
    fs::read(root().join("fixtures/price_lists").join(name)).expect("fixtures can be read")
}

fn list(name: &str, format: Format) -> Result<PriceList, Vec<Problem>> {
    read(name, &fixture(name)[..], format, TODAY)
}

fn compared(names: &[&str], format: Format, region: &str) -> (Comparison, Catalog) {
    let catalog = catalog(format.provider(), region);
    let lists: Vec<PriceList> = names.iter().map(|name| list(name, format).expect("the fixture is sound")).collect();
    (compare(format, &lists, std::slice::from_ref(&catalog), &[]), catalog)
}

#[test]
fn an_offer_file_becomes_an_overlay_of_what_differs() {
    let (comparison, _) = compared(&["aws_ec2.csv"], Format::AwsEc2, "us-east-1");
    insta::assert_snapshot!(comparison.overlay(), @r#"
    # Prices on demand from official lists, for `plimsoll plan WORKLOAD --prices FILE`.
    # format: aws-ec2, the EC2 offer file of the AWS Price List
    # list: aws_ec2.csv, published 2026-11-20
    # prices that differ from the shipped tables: 2
    # prices that are the same, and left out: 1

    [[price]]
    provider = "aws"
    region = "us-east-1"
    sku = "c7g.large"
    usd_per_hour = 0.065 # shipped 0.0725 of 2026-07-20

    [[price]]
    provider = "aws"
    region = "us-east-1"
    sku = "m7g.xlarge"
    usd_per_hour = 0.166464 # shipped 0.1632 of 2026-07-20
    "#);
    assert_eq!((comparison.rows, comparison.taken, comparison.same, comparison.new.len()), (20, 3, 1, 1));
}

#[test]
fn pages_of_azure_are_read_together_packed_or_not() {
    let (comparison, _) =
        compared(&["azure_retail_1.json", "azure_retail_2.json.gz"], Format::AzureRetail, "westeurope");
    insta::assert_snapshot!(comparison.overlay(), @r#"
    # Prices on demand from official lists, for `plimsoll plan WORKLOAD --prices FILE`.
    # format: azure-retail, a page of the Azure Retail Prices API
    # list: azure_retail_1.json, newest price of 2026-11-01
    # list: azure_retail_2.json.gz, newest price of 2026-11-01
    # prices that differ from the shipped tables: 2
    # prices that are the same, and left out: 1

    [[price]]
    provider = "azure"
    region = "westeurope"
    sku = "Standard_D4s_v5"
    usd_per_hour = 0.2415 # shipped 0.23 of 2026-06-18

    [[price]]
    provider = "azure"
    region = "westeurope"
    sku = "Standard_D8s_v5"
    usd_per_hour = 0.414 # shipped 0.46 of 2026-06-18
    "#);
    assert!(!comparison.goes_on, "the second page is the last");
    let (alone, _) = compared(&["azure_retail_1.json"], Format::AzureRetail, "westeurope");
    assert!(alone.goes_on);
}

#[test]
fn google_sells_parts_and_a_machine_is_their_sum() {
    let (comparison, catalog) = compared(&["gcp_catalog.json"], Format::GcpCatalog, "us-central1");
    let text = comparison.overlay();
    let c2 = text.split("\n\n").filter(|part| part.starts_with('#') || part.contains("-standard-4\""));
    insta::assert_snapshot!(c2.collect::<Vec<_>>().join("\n\n"), @r#"
    # Prices on demand from official lists, for `plimsoll plan WORKLOAD --prices FILE`.
    # format: gcp-catalog, SKUs of the Google Cloud Billing Catalog
    # list: gcp_catalog.json, newest price of 2026-11-15
    # prices that differ from the shipped tables: 13
    # prices that are the same, and left out: 14
    # where a list price is noted, usd_per_hour is what an hour of a machine that runs all month costs
    # after the sustained-use discount, by the rate of the shipped tables

    [[price]]
    provider = "gcp"
    region = "us-central1"
    sku = "c2-standard-4"
    usd_per_hour = 0.1837993606 # list 0.229692; shipped 0.208808 of 2026-07-30

    [[price]]
    provider = "gcp"
    region = "us-central1"
    sku = "t2d-standard-4"
    usd_per_hour = 0.184 # shipped 0.168984 of 2026-07-30
    "#);
    assert_eq!((comparison.same, comparison.changed.len(), comparison.not_combined), (14, 13, 3));
    let unshared = ["e2-micro", "e2-small", "e2-medium"];
    assert!(unshared.iter().all(|name| catalog.shape(name).is_some_and(|shape| shape.burstable)));
}

#[test]
fn every_row_is_taken_or_set_aside() {
    for (name, format) in FIXTURES.into_iter().filter(|(name, _)| !name.contains("cny")) {
        let list = list(name, format).expect("the fixture is sound");
        let aside: u64 = list.set_aside.values().sum();
        assert_eq!(list.rows, list.offers.len() as u64 + aside, "{name}");
        for region in [&[][..], &["nowhere".to_owned()][..]] {
            let comparison = compare(format, std::slice::from_ref(&list), &[], region);
            let aside: u64 = comparison.set_aside.values().sum();
            assert_eq!((comparison.rows, comparison.taken), (aside, 0), "{name}: there is no table to compare with");
        }
    }
}

#[test]
fn the_overlay_is_read_back_and_a_plan_shows_both_prices() {
    let (comparison, mut shipped) = compared(&["aws_ec2.csv"], Format::AwsEc2, "us-east-1");
    shipped.shapes.retain(|shape| shape.name.0 == "m7g.xlarge");
    let overlay = overlay::read("fresh.toml", comparison.overlay().as_bytes()).expect("it is an overlay");
    assert_eq!(overlay.prices.len(), 2);
    let fresh = overlay.apply(shipped, TODAY);
    let quote = fresh.shape("m7g.xlarge").and_then(|shape| shape.quote(Purchase::OnDemand)).expect("it has a price");
    let prices = [quote.list, quote.contracted, quote.effective].map(|price| price.money().exact());
    assert_eq!(prices, ["0.1632", "0.166464", "0.166464"]);
    assert_eq!(&*quote.provenance.source, "fresh.toml");

    let small = fs::read_to_string(root().join("fixtures/one-service.toml")).expect("fixtures can be read");
    let outcome = plan(&workload(&small), &in_world(vec![fresh]));
    let outcome = outcome.map(|a| Answer::Plan(Box::new(a))).map_err(|r| Refusal::Plan(Box::new(r)));
    let shown = text::render(&report(&outcome, &meta()));
    let priced: Vec<&str> =
        shown.lines().filter(|line| line.contains("- list $") || line.contains("x $0.166464")).collect();
    insta::assert_snapshot!(priced.join("\n"), @r#"
       └─ thumbnails: m7g.xlarge  1,460 hour x $0.166464, on-demand  $243.04
    - list $238.27, contracted $243.04, effective $243.04 a month
    "#);
}

#[test]
fn sustained_use_outlives_a_fresh_price() {
    let (comparison, shipped) = compared(&["gcp_catalog.json"], Format::GcpCatalog, "us-central1");
    let before = shipped.shape("c2-standard-4").expect("it is shipped").hourly(Purchase::OnDemand).expect("priced");
    let overlay = overlay::read("fresh.toml", comparison.overlay().as_bytes()).expect("it is an overlay");
    let fresh = overlay.apply(shipped, TODAY);
    let after = fresh.shape("c2-standard-4").expect("it is shipped").hourly(Purchase::OnDemand).expect("priced");
    let change = after.ratio(before).expect("it costs something");
    assert!((change - 1.1).abs() < 1e-4, "the list moved by 10 %, and so does what is paid: {change}");
}

#[test]
fn the_command_imports_and_lists_what_is_paid() {
    let folder = std::env::temp_dir().join(format!("plimsoll-price-lists-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("there is a folder for what passes");
    let out = folder.join("fresh.toml");
    let out = out.to_str().expect("the folder has a plain name");
    let list = "fixtures/price_lists/aws_ec2.csv";
    let today = TODAY.to_string();
    let imported = run(&["prices", "import", "aws-ec2", list, "--out", out, "--as-of", &today]);
    assert_eq!((imported.status, imported.err.as_str()), (0, ""));
    insta::assert_snapshot!(imported.out.lines().next().unwrap_or_default(), @"2 of 3 prices of 2026-11-20 differ from the tables, by -10.3 % to +2.0 %.");
    let condition = "shape=~^(m7g.large|m7g.xlarge|c7g.large)$";
    let arguments = ["prices", "list", "--region", "us-east-1", "--where", condition, "--purchase", "on-demand"];
    let listed = run(&[&arguments[..], &["--as-of", &today, "--prices", out]].concat());
    insta::assert_snapshot!(listed.out, @r#"
    3 of 1340 machines in aws/us-east-1 match, cheapest first.

    MACHINES
      shape       arch   vCPU  GiB  Gbit/s    list   $/hour   $/vCPU    $/GiB  as of
      c7g.large   arm64     2    4   0.937  0.0725  0.0650^  0.0325^  0.0163^  2026-11-23
      m7g.large   arm64     2    8   0.937  0.0816  0.0816   0.0408   0.0102   2026-07-20
      m7g.xlarge  arm64     4   16   1.876  0.1632  0.1665^  0.0416^  0.0104^  2026-11-23

    NOTES
      - $/hour is what an hour of a machine that runs all month ends up costing, with overlays and
        sustained-use discounts; list is what is published.
      - ^ by an overlay: negotiated, private or from a newer list.
    "#);
    let refused = run(&["prices", "import", "gcp-catalog", list]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    let unknown = run(&["prices", "import", "aws-ec2", list, "--region", "us-east1"]);
    assert!(unknown.status == 2 && unknown.err.contains("did you mean `us-east-1`?"), "{}", unknown.err);
    fs::remove_dir_all(folder).expect("it was made here");
}

#[test]
fn formats_have_one_provider_each() {
    let providers: Vec<Provider> = Format::ALL.map(Format::provider).to_vec();
    assert_eq!(providers, [Provider::Aws, Provider::Aws, Provider::Azure, Provider::Gcp]);
    assert!(Format::ALL.iter().all(|format| format.name().parse() == Ok(*format)));
}
