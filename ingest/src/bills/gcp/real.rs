//! Real exports, where they are at hand. The sums were made by another program.
use super::translator;
use crate::bills::format::{self, Format};
use crate::bills::testing::{Done, headed, shared, translated};
use crate::bills::translate::Outcome;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;

/// Checks the format of a file, its number of rows and the sums of contracted and billed costs, and gives its rows back.
fn check(name: &str, rows: usize, contracted: &str, billed: &str) -> Option<Vec<Done>> {
    let csv = shared(&format!("gcp/{name}"))?;
    assert_eq!(format::detect(&headed(&csv).0).map(|detected| detected.format), Some(Format::GcpStandard), "{name}");
    let (done, _) = translated(&csv, translator);
    assert_eq!(done.len(), rows, "{name}");
    assert!(done.iter().all(|done| done.outcome == Outcome::Used), "{name}: {:?}", done[0].outcome);
    let sum = |column| {
        let costs = done.iter().map(|done| FineMoney::read(done.charges[0].get(column)).unwrap().0);
        costs.sum::<FineMoney>().exact()
    };
    assert_eq!(
        [sum(Column::ContractedCost), sum(Column::BilledCost), sum(Column::EffectiveCost)],
        [contracted, billed, billed]
    );
    Some(done)
}

#[test]
fn a_free_trial_costs_nothing() {
    let name = "koku_202011_30c31bca571d9b7f3b2c8459dd8bc34a_2020-11-08_2020-11-11.csv";
    let Some(done) = check(name, 25, "0.000032", "0") else { return };
    let columns =
        [Column::ChargePeriodStart, Column::BillingPeriodStart, Column::BillingPeriodEnd, Column::PricingQuantity];
    // That November began in summer time.
    let told = ["2020-11-09T23:00:00Z", "2020-11-01T07:00:00Z", "2020-12-01T08:00:00Z", "0.000023198314011096954"];
    assert_eq!(done[0].told(columns), told);
    assert_eq!(
        done[0].told([Column::ServiceName, Column::RegionId, Column::PricingUnit]),
        ["Security Command Center", "global", "gibibyte"]
    );
}

#[test]
fn a_project_with_machines() {
    let Some(done) = check("koku_gcp_tmp_example.csv", 292, "0.355562", "0.355562") else { return };
    let is_medium = |done: &&Done| done.charges[0].get(Column::SkuPriceDetails).starts_with(b"{");
    let machines: Vec<&Done> = done.iter().filter(is_medium).collect();
    assert_eq!(machines.len(), 50);
    let details = r#"{"CoreCount":2,"InstanceType":"e2-medium","MemorySize":4}"#;
    assert_eq!(machines[0].told([Column::SkuPriceDetails, Column::ServiceCategory]), [details, "Compute"]);
    // Labels of the project, beside those of the resource.
    let tagged = done.iter().filter(|done| done.charges[0].get(Column::Tags).ends_with(br#""foo":"bar"}"#)).count();
    assert_eq!(tagged, 169);
}

#[test]
fn names_may_have_underscores() {
    let names = "billing_account_id,service_description,sku_id,usage_start_time,cost,currency";
    let format = |header: &str| format::detect(&headed(header).0).map(|detected| detected.format);
    assert_eq!(format(names), Some(Format::GcpStandard));
    assert_eq!(format(&format!("{names},resource_name")), Some(Format::GcpDetailed));
    assert!(translator(&headed(names).0).is_ok());
}
