//! What a row tells besides its costs, what is refused, and real reports.
use super::super::format::{self, Format};
use super::super::testing::{Done, headed, rows, shared, translated};
use super::super::translate::Outcome;
use super::translator;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;

const COLUMNS: &str = "identity/LineItemId,identity/TimeInterval,bill/InvoiceId,bill/InvoicingEntity,bill/BillingEntity,\
    bill/BillType,bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,lineItem/UsageAccountId,\
    lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,\
    lineItem/AvailabilityZone,lineItem/ResourceId,lineItem/CurrencyCode,lineItem/UnblendedCost,\
    lineItem/LineItemDescription,lineItem/LegalEntity,product/ProductName,product/productFamily,product/region,\
    product/regionCode,product/location,product/sku,pricing/RateCode,pricing/RateId,pricing/term,resourceTags/user:team,\
    resourceTags/aws:createdBy,splitLineItem/ParentResourceId";

/// A row of usage with some of its cells changed.
fn row(changes: &[(&str, &str)]) -> Done {
    let usual = [
        ("identity/LineItemId", "abc"),
        ("identity/TimeInterval", "2026-08-27T17:00:00Z/2026-08-27T18:00:00Z"),
        ("bill/InvoiceId", "77"),
        ("bill/InvoicingEntity", "Amazon Web Services EMEA SARL"),
        ("bill/BillingEntity", "AWS"),
        ("bill/BillType", "Anniversary"),
        ("bill/PayerAccountId", "900000000001"),
        ("bill/BillingPeriodStartDate", "2026-08-01T00:00:00.000Z"),
        ("bill/BillingPeriodEndDate", "2026-09-01T00:00:00Z"),
        ("lineItem/UsageAccountId", "900000000011"),
        ("lineItem/LineItemType", "Usage"),
        ("lineItem/UsageStartDate", "2026-08-27 17:00:00+00:00"),
        ("lineItem/UsageEndDate", "2026-08-27T20:00:00.000+02:00"),
        ("lineItem/ProductCode", "AmazonEC2"),
        ("lineItem/UsageType", "BoxUsage:m5.large"),
        ("lineItem/AvailabilityZone", "us-east-1a"),
        ("lineItem/ResourceId", "i-1"),
        ("lineItem/CurrencyCode", "USD"),
        ("lineItem/UnblendedCost", "0.096"),
        ("lineItem/LineItemDescription", "\"$0.096 per hour, Linux\""),
        ("lineItem/LegalEntity", "Amazon Web Services EMEA SARL"),
        ("product/ProductName", "Amazon Elastic Compute Cloud"),
        ("product/productFamily", "Compute Instance"),
        ("product/region", "us-east-1"),
        ("product/location", "US East (N. Virginia)"),
        ("product/sku", "SKU1"),
        ("pricing/RateId", "12"),
        ("resourceTags/user:team", "\"web \"\"2\"\"\""),
    ];
    let find = |cells: &[(&str, &str)], column: &str| {
        cells.iter().find(|(name, _)| *name == column).map(|(_, value)| (*value).to_owned())
    };
    let cells: Vec<String> =
        COLUMNS.split(',').map(|c| find(changes, c).or(find(&usual, c)).unwrap_or_default()).collect();
    translated(&format!("{COLUMNS}\n{}", cells.join(",")), translator).0.remove(0)
}

#[test]
fn a_row_of_usage_is_told_in_the_words_of_focus() {
    let expected = [
        (Column::ChargePeriodStart, "2026-08-27T17:00:00Z"),
        (Column::ChargePeriodEnd, "2026-08-27T18:00:00Z"),
        (Column::BillingPeriodStart, "2026-08-01T00:00:00Z"),
        (Column::BillingPeriodEnd, "2026-09-01T00:00:00Z"),
        (Column::BillingCurrency, "USD"),
        (Column::BilledCost, "0.096"),
        (Column::ChargeCategory, "Usage"),
        (Column::ChargeClass, ""),
        (Column::ChargeDescription, "$0.096 per hour, Linux"),
        (Column::ChargeFrequency, "Usage-Based"),
        (Column::PricingCategory, "Standard"),
        (Column::SkuId, "SKU1"),
        (Column::SkuPriceId, "12"),
        (Column::SkuMeter, "BoxUsage:m5.large"),
        (Column::ServiceName, "Amazon Elastic Compute Cloud"),
        (Column::ServiceCategory, "Compute"),
        (Column::ProviderName, "AWS"),
        (Column::PublisherName, "Amazon Web Services EMEA SARL"),
        (Column::InvoiceIssuerName, "Amazon Web Services EMEA SARL"),
        (Column::InvoiceId, "77"),
        (Column::BillingAccountId, "900000000001"),
        (Column::SubAccountId, "900000000011"),
        (Column::RegionId, "us-east-1"),
        (Column::RegionName, "US East (N. Virginia)"),
        (Column::AvailabilityZone, "us-east-1a"),
        (Column::ResourceId, "i-1"),
        (Column::ResourceType, "Compute Instance"),
        (Column::Tags, r#"{"team":"web \"2\""}"#),
        (Column::CommitmentDiscountId, ""),
    ];
    let done = row(&[]);
    for (column, value) in expected {
        assert_eq!(done.told([column]), [value], "{column:?}");
    }
}

#[test]
fn what_is_missing_is_taken_from_beside_it_or_left_out() {
    let of = |changes: &[(&str, &str)], column| row(changes).told([column])[0].to_owned();
    let no_dates = [("lineItem/UsageStartDate", ""), ("lineItem/UsageEndDate", "")];
    assert_eq!(of(&no_dates, Column::ChargePeriodStart), "2026-08-27T17:00:00Z");
    assert_eq!(of(&no_dates, Column::ChargePeriodEnd), "2026-08-27T18:00:00Z");
    assert_eq!(of(&[("product/ProductName", "")], Column::ServiceName), "AmazonEC2");
    assert_eq!(of(&[("product/productFamily", "Storage Snapshot")], Column::ServiceCategory), "Storage");
    assert_eq!(of(&[("lineItem/ProductCode", "x1")], Column::ServiceCategory), "Other");
    assert_eq!(of(&[("product/region", "Any")], Column::RegionId), "us-east-1");
    assert_eq!(of(&[("product/region", "Any")], Column::RegionName), "");
    assert_eq!(of(&[("product/regionCode", "eu-west-1")], Column::RegionId), "eu-west-1");
    assert_eq!(of(&[("pricing/RateCode", "a.b.c")], Column::SkuPriceId), "a.b.c");
    assert_eq!(of(&[("lineItem/ResourceId", "")], Column::ResourceType), "");
    assert_eq!(of(&[("lineItem/LegalEntity", "Red Hat Inc.")], Column::PublisherName), "Red Hat Inc.");
    assert_eq!(of(&[("lineItem/LegalEntity", "")], Column::PublisherName), "AWS");
    assert_eq!(of(&[("resourceTags/user:team", "")], Column::Tags), "");
    assert_eq!(
        of(&[("resourceTags/aws:createdBy", "me")], Column::Tags),
        r#"{"team":"web \"2\"","aws:createdBy":"me"}"#
    );
}

#[test]
fn spot_refunds_and_fees_have_words_of_their_own() {
    let spot = [Column::PricingCategory];
    assert_eq!(row(&[("pricing/term", "Spot")]).told(spot), ["Dynamic"]);
    assert_eq!(row(&[("lineItem/UsageType", "EUW1-SpotUsage:m5.large")]).told(spot), ["Dynamic"]);
    let kind = |word| ("lineItem/LineItemType", word);
    let late = [kind("Refund"), ("lineItem/UsageStartDate", "2026-07-31T23:00:00Z")];
    let columns = [Column::ChargeCategory, Column::ChargeClass, Column::ChargeFrequency];
    assert_eq!(row(&late).told(columns), ["Usage", "Correction", "One-Time"]);
    assert_eq!(row(&[kind("Refund"), ("bill/BillType", "Refund")]).told(columns)[1], "Correction");
    assert_eq!(row(&[kind("Refund")]).told(columns)[1], "");
    assert_eq!(row(&[kind("Fee")]).told(columns), ["Purchase", "", "Recurring"]);
    assert_eq!(row(&[kind("Fee"), ("bill/BillType", "Purchase")]).told(columns)[2], "One-Time");
    assert_eq!(row(&[kind("Tax")]).told([Column::ChargeCategory, Column::PricingCategory]), ["Tax", ""]);
}

#[test]
fn splits_of_a_container_are_set_aside() {
    let split = row(&[("splitLineItem/ParentResourceId", "i-1")]);
    assert_eq!(split.outcome, Outcome::Aside("split cost of a container, counted in its parent"));
    assert_eq!(split.charges.len(), 0);
}

#[test]
fn shifted_rows_are_told_with_their_place() {
    let complaint = |column: &str, cell: &str| {
        let done = row(&[(column, cell)]);
        assert_eq!(done.charges.len(), 0);
        done.complaint()
    };
    let cases = [
        ("lineItem/LineItemType", "Usge", "10: `Usge` is no type of row of this report; did you mean `Usage`?"),
        ("lineItem/LineItemType", "", "10: `` is no type of row of this report; types of rows are Usage, "),
        ("lineItem/CurrencyCode", "0.096", "17: `0.096` is no currency; "),
        ("lineItem/CurrencyCode", "", "17: the row has no currency; "),
        ("lineItem/UnblendedCost", "USD", "18: cannot read `USD` as a cost; "),
        ("lineItem/UnblendedCost", "", "18: the row has no cost; "),
        ("lineItem/UsageStartDate", "AmazonEC2", "11: cannot read `AmazonEC2` as a time; "),
        ("bill/BillingPeriodEndDate", "900000000011", "8: cannot read `900000000011` as a time; "),
    ];
    for (column, cell, expected) in cases {
        let complaint = complaint(column, cell);
        assert!(complaint.starts_with(expected), "{complaint}");
    }
    let timeless = row(&[("lineItem/UsageStartDate", ""), ("identity/TimeInterval", "")]);
    assert!(timeless.complaint().starts_with("11: the row has no time; "), "{}", timeless.complaint());
}

#[test]
fn without_these_columns_nothing_can_be_added_up() {
    let needed = ["lineItem/UnblendedCost", "lineItem/LineItemType", "lineItem/CurrencyCode"];
    for missing in needed {
        let others: Vec<_> = COLUMNS.split(',').filter(|column| *column != missing).collect();
        assert_eq!(translator(&headed(&others.join(",")).0).err().as_deref(), Some(missing));
    }
    let times = ["lineItem/UsageStartDate", "identity/TimeInterval"];
    let others: Vec<_> = COLUMNS.split(',').filter(|column| !times.contains(column)).collect();
    assert_eq!(translator(&headed(&others.join(",")).0).err().as_deref(), Some("lineItem/UsageStartDate"));
    let others: Vec<_> = COLUMNS.split(',').filter(|column| *column != times[0]).collect();
    assert!(translator(&headed(&others.join(",")).0).is_ok());
}

#[test]
fn a_row_is_known_by_its_number_and_its_interval() {
    let report = translator(
        &headed(
            "identity/LineItemId,identity/TimeInterval,lineItem/LineItemType,\
        lineItem/CurrencyCode,lineItem/UnblendedCost",
        )
        .0,
    )
    .unwrap();
    let identity = |line: &str| {
        let mut identity = Vec::new();
        rows(line, |cells| report.identity(cells, &mut identity));
        identity
    };
    assert_eq!(identity("a,b/c,Usage,USD,1"), b"a\0b/c");
    assert_eq!(identity("a,,Usage,USD,1"), b"");
}

#[test]
fn the_notes_say_which_cost_is_billed() {
    let notes = |header: &str| translator(&headed(header).0).unwrap().notes();
    assert!(notes(COLUMNS)[0].starts_with("Billed cost is `lineItem/UnblendedCost`:"));
    assert!(notes(&format!("{COLUMNS},lineItem/NetUnblendedCost"))[0].contains("`lineItem/NetUnblendedCost`, after"));
}

/// The sum of a cost, and how many charges do not know it.
fn sum(done: &[Done], column: Column) -> (String, usize) {
    let cells: Vec<_> = done.iter().flat_map(|done| &done.charges).map(|row| row.get(column)).collect();
    let unknown = cells.iter().filter(|cell| cell.is_empty()).count();
    let known = cells.into_iter().filter(|cell| !cell.is_empty());
    (known.map(|cell| FineMoney::read(cell).unwrap().0).sum::<FineMoney>().exact(), unknown)
}

#[test]
fn a_report_made_by_nise() {
    let Some(csv) = shared("aws/nise_cur_2026-08.csv") else { return };
    assert_eq!(format::detect(&headed(&csv).0).map(|detected| detected.format), Some(Format::Cur));
    let (done, _) = translated(&csv, translator);
    assert_eq!(done.len(), 5448);
    assert!(done.iter().all(|done| done.outcome == Outcome::Used));
    // Published as 584.8960877279688, the sum in binary fractions.
    assert_eq!(sum(&done, Column::BilledCost), ("584.896087728".into(), 0));
    // 462.496087728 on demand and 80.784 under a plan; the reservation's 720 hours do not tell theirs, nor their list price.
    assert_eq!(sum(&done, Column::EffectiveCost), ("543.280087728".into(), 720));
    assert_eq!(sum(&done, Column::ListCost), ("584.896087728".into(), 720));
    let columns = [Column::ServiceName, Column::PricingCategory, Column::Tags, Column::ChargePeriodEnd];
    let told =
        ["Amazon Elastic Compute Cloud", "Standard", r#"{"environment":"prod","team":"web"}"#, "2026-08-01T01:00:00Z"];
    assert_eq!(done[0].told(columns), told);
}

#[test]
fn a_real_report() {
    let Some(csv) = shared("aws/cur_legacy_anon.csv") else { return };
    assert_eq!(format::detect(&headed(&csv).0).map(|detected| detected.format), Some(Format::Cur));
    let (done, _) = translated(&csv, translator);
    assert_eq!(done.len(), 1281);
    assert!(done.iter().all(|done| done.outcome == Outcome::Used));
    assert_eq!(sum(&done, Column::BilledCost), ("1.6823086974".into(), 0));
    assert_eq!(sum(&done, Column::EffectiveCost), ("1.6823086974".into(), 0));
    let taxes = done.iter().filter(|done| done.told([Column::ChargeCategory]) == ["Tax"]).count();
    assert_eq!(taxes, 12);
}
