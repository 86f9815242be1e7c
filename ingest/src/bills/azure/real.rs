//! Real exports of each agreement and year, where they are at hand. The sums were made by another program.
use super::translator;
use crate::bills::format::{self, Format};
use crate::bills::testing::{Done, headed, shared, translated};
use crate::bills::translate::Outcome;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;

/// How many rows know each of the four costs, and their sums.
fn sums(done: &[Done]) -> [(usize, String); 4] {
    [Column::BilledCost, Column::EffectiveCost, Column::ListCost, Column::ContractedCost].map(|column| {
        let cells =
            done.iter().flat_map(|done| &done.charges).map(|row| row.get(column)).filter(|cell| !cell.is_empty());
        let costs: Vec<FineMoney> = cells.map(|cell| FineMoney::read(cell).unwrap().0).collect();
        (costs.len(), costs.into_iter().sum::<FineMoney>().exact())
    })
}

/// Checks the format of a file, its number of rows and its sums, and gives its rows and notes back.
fn check(name: &str, format: Format, rows: usize, costs: [(usize, &str); 4]) -> Option<(Vec<Done>, String)> {
    let csv = shared(&format!("azure/{name}"))?;
    assert_eq!(format::detect(&headed(&csv).0).map(|detected| detected.format), Some(format), "{name}");
    let (done, notes) = translated(&csv, translator);
    assert_eq!(done.len(), rows, "{name}");
    assert!(done.iter().all(|done| done.outcome == Outcome::Used), "{name}: {:?}", done[0].outcome);
    assert_eq!(sums(&done), costs.map(|(rows, sum)| (rows, sum.to_owned())), "{name}");
    Some((done, notes.join("\n")))
}

#[test]
fn enterprise_agreement() {
    let billed = (11, "8.5450077867419368");
    let costs = [billed, (11, "5.2950077867419368"), (10, "5.295007719"), (11, "8.545007719")];
    if let Some((done, notes)) = check("EA_ActualCost_Small.csv", Format::AzureEa, 11, costs) {
        assert!(notes.starts_with("this is an actual export"), "{notes}");
        let columns = [Column::ChargePeriodStart, Column::BillingPeriodEnd, Column::ServiceCategory, Column::RegionId];
        assert_eq!(done[1].told(columns), ["2023-09-04T00:00:00Z", "2023-10-01T00:00:00Z", "Storage", "eastus2"]);
        let columns = [Column::ResourceName, Column::ResourceType, Column::SubAccountName, Column::SkuPriceId];
        let told = ["dbstoragewp6hglwvvrad2", "microsoft.storage/storageaccounts", "Trey Research IT", "AAD-37090"];
        assert_eq!(done[1].told(columns), told);
        assert!(done[1].told([Column::Tags])[0].starts_with(r#"{"CostCenter": "1234","env": "prod""#));
    }
    let cost = (27, "1.26136926505726");
    let costs = [cost, cost, (27, "0.59159663244747928"), (27, "6.4913987500077")];
    check("ea_cost_details_anon.csv", Format::AzureEa, 27, costs);
    // Usage under a reservation, at nothing, in tens of hours.
    if let Some((done, _)) =
        check("opencost_variants/Enterprise.csv", Format::AzureEa, 1, [(1, "0"), (0, "0"), (0, "0"), (0, "0")])
    {
        let details = r#"{"InstanceType":"Standard_E4s_v3","CoreCount":4}"#;
        assert_eq!(done[0].told([Column::SkuPriceDetails, Column::CommitmentDiscountStatus]), [details, "Used"]);
    }
}

#[test]
fn customer_agreement() {
    let cost = (4, "0.0000262412");
    if let Some((done, _)) = check("koku_camel_azure_version_2.csv", Format::AzureMca, 4, [cost; 4]) {
        let columns = [Column::SkuPriceId, Column::ChargeDescription, Column::ResourceName, Column::ServiceCategory];
        let told = ["DZH318Z0BNZJ005D", "Blob Storage - Hot RA-GRS - US East", "filtereddatademo", "Storage"];
        assert_eq!(done[0].told(columns), told);
    }
    let cost = (1, "0.012");
    check("opencost_variants/EnterpriseCamel.csv", Format::AzureMca, 1, [cost, cost, cost, (0, "0")]);
    let cost = (248, "38.9060439599009387518");
    let contracted = (248, "38.90604395990093848847952");
    check("nise_azure_2026-08.csv", Format::AzureMca, 248, [cost, cost, (0, "0"), contracted]);
}

#[test]
fn usage_files_of_earlier_years() {
    let cost = (3, "0.00011016");
    check("koku_azure_camelCased.csv", Format::AzureLegacy, 3, [cost, cost, (0, "0"), (0, "0")]);
    let cost = (1, "0.075");
    if let Some((done, _)) =
        check("opencost_variants/German.csv", Format::AzureLegacy, 1, [cost, cost, (0, "0"), (0, "0")])
    {
        let columns = [Column::ServiceName, Column::PricingUnit, Column::ResourceName, Column::RegionName];
        assert_eq!(done[0].told(columns), ["Load Balancer", "100 Hours", "kubernetes", "US East"]);
    }
    if let Some(csv) = shared("azure/opencost_variants/BOM.csv") {
        assert_eq!(translated(&csv, translator).0[0].outcome, Outcome::Aside("row without a charge"));
    }
    if let Some(csv) = shared("azure/opencost_variants/VirtualMachine.csv") {
        assert_eq!(translator(&headed(&csv).0).err().as_deref(), Some("BillingCurrency"));
    }
}
