//! Rates of savings plans: what a machine costs under each way of committing, from the offer file to the plan.
use super::{compared, list};
use plimsoll::catalog::{Payment, Purchase, Term};
use plimsoll_ingest::overlay;
use plimsoll_ingest::price_lists::{Aside, Format, read};
use plimsoll_tests::{TODAY, run};
use std::fs;

const PLANS: Format = Format::AwsSavingsPlans;
const ONE_YEAR: Purchase = Purchase::Committed(Term::OneYear, Payment::NoUpfront);
const THREE_YEARS: Purchase = Purchase::Committed(Term::ThreeYears, Payment::NoUpfront);

#[test]
fn rates_of_family_plans_become_prices_of_each_way_to_pay() {
    let (comparison, _) = compared(&["aws_savings_plans.csv"], PLANS, "us-east-1");
    insta::assert_snapshot!(comparison.overlay(), @r#"
# Rates of savings plans from official lists, for `plimsoll plan WORKLOAD --prices FILE`.
# format: aws-savings-plans, the savings plan offer file of the AWS Price List
# list: aws_savings_plans.csv, published 2026-11-20
# prices that differ from the shipped tables: 3
# prices that are the same, and left out: 1

[[price]]
provider = "aws"
region = "us-east-1"
sku = "m7g.large"
purchase = "1y-upfront"
usd_per_hour = 0.051 # shipped 0.050342 of 2023-08-30

[[price]]
provider = "aws"
region = "us-east-1"
sku = "m7g.large"
purchase = "3y"
usd_per_hour = 0.03774 # shipped 0.037 of 2025-04-04

[[price]]
provider = "aws"
region = "us-east-1"
sku = "m7g.xlarge"
purchase = "3y-upfront"
usd_per_hour = 0.065 # shipped 0.064421 of 2026-06-09
"#);
    assert_eq!((comparison.rows, comparison.taken, comparison.same), (12, 4, 1));
    let (json, _) = compared(&["aws_savings_plans.json"], PLANS, "us-east-1");
    assert_eq!(json.changed, comparison.changed, "both forms of the file say the same");
    assert_eq!((json.rows, json.taken), (13, 4));
}

#[test]
fn what_is_no_rate_of_a_machine_is_set_aside_by_its_reason() {
    let csv = list("aws_savings_plans.csv", PLANS).expect("the fixture is sound");
    let mut reasons = vec![
        (Aside::OtherPlan, 1),
        (Aside::OtherPayment, 1),
        (Aside::NoMachine, 1),
        (Aside::System, 1),
        (Aside::Tenancy, 1),
        (Aside::Future, 1),
    ];
    reasons.sort_unstable();
    assert_eq!(csv.set_aside.clone().into_iter().collect::<Vec<_>>(), reasons);
    let mut json = list("aws_savings_plans.json", PLANS).expect("the fixture is sound");
    assert_eq!(json.set_aside.remove(&Aside::NoProduct), Some(1));
    assert_eq!((json.set_aside, json.offers), (csv.set_aside, csv.offers));
}

#[test]
fn the_overlay_changes_what_a_commitment_costs_and_nothing_else() {
    let (comparison, shipped) = compared(&["aws_savings_plans.csv"], PLANS, "us-east-1");
    let hourly = |catalog: &plimsoll::catalog::Catalog| {
        let shape = catalog.shape("m7g.large").expect("it is shipped");
        [Purchase::OnDemand, ONE_YEAR, THREE_YEARS, Purchase::Spot]
            .map(|way| shape.hourly(way).map(|hour| hour.exact()).unwrap_or_default())
    };
    assert_eq!(hourly(&shipped), ["0.0816", "0.054", "0.037", "0.02938"]);
    let overlay = overlay::read("plans.toml", comparison.overlay().as_bytes()).expect("it is an overlay");
    let fresh = overlay.apply(shipped, TODAY);
    assert_eq!(hourly(&fresh), ["0.0816", "0.054", "0.03774", "0.02938"]);
    let quote = fresh.shape("m7g.large").and_then(|shape| shape.quote(THREE_YEARS)).expect("it is on offer");
    let prices = [quote.list, quote.contracted, quote.effective].map(|price| price.money().exact());
    assert_eq!(prices, ["0.0816", "0.0816", "0.03774"]);
    assert_eq!(&*quote.provenance.source, "plans.toml");
}

#[test]
fn a_price_of_a_commitment_needs_no_hardware_and_takes_none() {
    let text = "[[price]]\nprovider = \"aws\"\nsku = \"a.b\"\npurchase = \"1y\"\nusd_per_hour = 0.05\n\
                [price.hardware]\nvcpus = 2\nmemory = \"4 GiB\"\n";
    let problems = overlay::read("ours.toml", text.as_bytes()).expect_err("it has no price on demand");
    insta::assert_snapshot!(problems[0].to_string(), @r#"
ours.toml:4:12: a machine that the tables lack needs its price on demand first
  | purchase = "1y"
  |            ^^^^
  = give its hardware with the price on demand, and this price in a `[[price]]` of its own
"#);
}

#[test]
fn the_command_imports_plans_and_lists_what_they_cost() {
    let folder = std::env::temp_dir().join(format!("plimsoll-savings-plans-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("there is a folder for what passes");
    let out = folder.join("plans.toml");
    let out = out.to_str().expect("the folder has a plain name");
    let today = TODAY.to_string();
    for file in ["aws_savings_plans.csv", "aws_savings_plans.json"] {
        let file = format!("fixtures/price_lists/{file}");
        let ran = run(&["prices", "import", "aws-savings-plans", &file, "--out", out, "--as-of", &today]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains("Only rates of EC2 instance savings plans"), "{}", ran.out);
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.out.lines().next().unwrap_or_default(), @"3 of 4 prices of 2026-11-20 differ from the tables, by +0.9 % to +2.0 %.");
        }
        let condition = "shape=~^m7g.large$";
        let arguments = ["prices", "list", "--region", "us-east-1", "--where", condition, "--purchase", "1y,3y"];
        let listed = run(&[&arguments[..], &["--as-of", &today, "--prices", out]].concat());
        insta::allow_duplicates! {
            insta::assert_snapshot!(listed.out, @r#"
1 of 1340 machines in aws/us-east-1 matches.

MACHINES
  shape      arch   vCPU  GiB  Gbit/s    list       1y       3y   $/vCPU     $/GiB  as of
  m7g.large  arm64     2    8   0.937  0.0816  0.0540*  0.0377^  0.0270*  0.00675*  2025-04-04

NOTES
  - $/hour is what an hour of a machine that runs all month ends up costing, with overlays and
    sustained-use discounts; list is what is published.
  - * dated more than a year before 2026-11-23; ^ by an overlay: negotiated, private or from a newer
    list.
"#);
        }
    }
    fs::remove_dir_all(folder).expect("it was made here");
}

#[test]
fn other_lists_of_plans_are_told() {
    let told = |text: &str, format| {
        let problems = read("list", text.as_bytes(), format, TODAY).expect_err("it is refused");
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let csv = String::from_utf8(super::fixture("aws_savings_plans.csv")).expect("it is text");
    let json = String::from_utf8(super::fixture("aws_savings_plans.json")).expect("it is text");
    let all = [
        told(&csv, Format::AwsEc2),
        told(&csv.replace("OfferCode,AmazonComputeSavingsPlan", "OfferCode,AmazonDatabaseSavingsPlans"), PLANS),
        told(&csv.replace("DiscountedOperation", "Operation"), PLANS),
        told(&csv.replace("0.0377400000", "\"0,03\""), PLANS),
        told(&csv.replace(",USD,", ",CNY,"), PLANS),
        told(&json.replace("0.0377400000", "much"), PLANS),
        told(&json[..json.len() / 2], PLANS),
        told("{\"terms\": {}}", PLANS),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
list: this looks like the savings plan offer file of the AWS Price List, not like the EC2 offer file of the AWS Price List
  = read it with `plimsoll prices import aws-savings-plans`
list:5:11: this is the offer file of `AmazonDatabaseSavingsPlans`, not of AmazonComputeSavingsPlan
  | OfferCode,AmazonDatabaseSavingsPlans
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = machines are in the plans of AmazonComputeSavingsPlan
list:6:1: the header lacks `DiscountedOperation`
  | SKU,RateCode,Unit,EffectiveDate,DiscountedRate,Currency,DiscountedSKU,DiscountedServiceCode,DiscountedUsageType,Operatio…
  | ^^^
  = columns are found by their names, in any order
list:9:52: cannot read `0,03` as the price of an hour
  | …AN0091.SKU0092,Hrs,2026-11-01T00:00:00Z,"0,03",USD,SKU0092,AmazonEC2,BoxUsage:m7g.large,RunInstances,No Upfront,3,year,,…
  |                                          ^^^^^^
  = a price is a number from 0 to 1,000,000
list:7:65: the list is in CNY, not in USD
  | …8,Hrs,2026-11-01T00:00:00Z,0.0540000000,CNY,SKU0088,AmazonEC2,BoxUsage:m7g.large,RunInstances,No Upfront,1,year,,,,,,,,,…
  |                                          ^^^
  = fetch it in US dollars: no rate of exchange is assumed
list:184:8: cannot read `much` as the price of an hour
  |        "price": "much",
  |        ^^^^^^^
  = a price is a number from 0 to 1,000,000
list:228:45: the file ends in the middle of a value
  |       "discountedUsageType": "BoxUsage:m9z.l
  |                                             ^
  = fetch the file again
list: this is not the savings plan offer file of the AWS Price List
  = an offer file has a header with SKU and DiscountedRate (CSV), or `products` and `terms` with `savingsPlan` (JSON)
"#);
}
