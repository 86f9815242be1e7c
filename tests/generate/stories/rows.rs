//! The quarter as a FOCUS 1.2 export.
use super::plot::{Charge, Paid};
use crate::month::focus::{COLUMNS, region_name};
use crate::sheet::{Line, Sheet};
use serde_json::json;

const ACCOUNTS: [(&str, &str); 2] = [("310000000001", "shop"), ("310000000002", "platform")];
const PLAN: &str = "310000000001/plan-2026";

/// The export.
pub(super) fn sheet(charges: &[Charge]) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for charge in charges {
        let Charge { item, date, .. } = charge;
        let (account, name) = ACCOUNTS[item.account];
        let mut line = sheet.row();
        line.set("BillingAccountId", "900000000001").set("BillingAccountName", "Example Shop");
        line.set("BillingAccountType", "Payer").set("SubAccountType", "Account");
        line.set("SubAccountId", account).set("SubAccountName", name);
        line.all(&["BillingCurrency", "PricingCurrency"], "USD").set("InvoiceId", charge.month());
        line.all(&["ProviderName", "PublisherName", "InvoiceIssuerName"], "Example Cloud");
        let next_month = date.last_of_month().tomorrow().expect("days of 2026");
        line.set("BillingPeriodStart", format!("{}T00:00:00Z", date.first_of_month()));
        line.set("BillingPeriodEnd", format!("{next_month}T00:00:00Z"));
        line.set("ChargePeriodStart", format!("{date}T00:00:00Z"));
        // What is not used of the plan is not used at night.
        let end = match charge.paid {
            Paid::Unused => format!("{date}T06:00:00Z"),
            _ => format!("{}T00:00:00Z", date.tomorrow().expect("days of 2026")),
        };
        line.set("ChargePeriodEnd", end);
        line.set("ServiceName", item.service).set("ServiceCategory", item.category.0);
        line.set("ServiceSubcategory", item.category.1);
        line.set("BilledCost", charge.billed).set("ListCost", charge.list()).set("ContractedCost", charge.contracted());
        line.all(&["EffectiveCost", "PricingCurrencyEffectiveCost"], charge.effective);
        line.set("RegionId", item.region).set("RegionName", region_name(item.region));
        line.set("ResourceId", format!("{account}/{}", item.resource)).set("ResourceName", item.resource);
        line.set("PricingQuantity", charge.quantity).set("PricingUnit", item.unit);
        line.all(&["ListUnitPrice", "PricingCurrencyListUnitPrice"], charge.list_price);
        line.all(&["ContractedUnitPrice", "PricingCurrencyContractedUnitPrice"], charge.contracted_price);
        line.set("SkuId", item.sku).set("SkuMeter", item.category.1).set("SkuPriceId", format!("{}.1", item.sku));
        line.maybe("Tags", item.team.map(|team| json!({ "team": team })));
        paid(&mut line, charge);
    }
    sheet
}

/// What depends on how a charge is paid for.
fn paid(line: &mut Line<'_>, charge: &Charge) {
    let is_purchase = charge.paid == Paid::Purchase;
    line.set("ChargeCategory", if is_purchase { "Purchase" } else { "Usage" });
    line.set("ChargeFrequency", if is_purchase { "Recurring" } else { "Usage-Based" });
    let (pricing, description) = match charge.paid {
        Paid::OnDemand => ("Standard", charge.item.service),
        Paid::Covered => ("Committed", "Use under the savings plan"),
        Paid::Unused => ("Committed", "Savings plan, not used"),
        Paid::Purchase => ("Standard", "Savings plan of 1 year"),
    };
    line.set("PricingCategory", pricing).set("ChargeDescription", description);
    line.set(
        "ResourceType",
        if matches!(charge.paid, Paid::Unused | Paid::Purchase) { "Savings Plan" } else { "Resource" },
    );
    if matches!(charge.paid, Paid::OnDemand | Paid::Covered) {
        let (block, unit) = consumed(charge.item.unit);
        line.set("ConsumedQuantity", charge.quantity * crate::exact::Exact::of(block, 0)).set("ConsumedUnit", unit);
    }
    if charge.paid == Paid::OnDemand {
        return;
    }
    let committed = if is_purchase { charge.billed } else { charge.effective };
    line.set("CommitmentDiscountId", PLAN).set("CommitmentDiscountName", "plan-2026");
    line.set("CommitmentDiscountCategory", "Spend").set("CommitmentDiscountType", "Savings Plan");
    line.set("CommitmentDiscountQuantity", committed).set("CommitmentDiscountUnit", "USD");
    match charge.paid {
        Paid::Covered => line.set("CommitmentDiscountStatus", "Used"),
        Paid::Unused => line.set("CommitmentDiscountStatus", "Unused"),
        _ => line,
    };
}

/// How many units a block of a price holds, and which.
fn consumed(pricing: &'static str) -> (i64, &'static str) {
    match pricing.split_once(' ') {
        Some((block, unit)) => (block.parse().expect("blocks are whole"), unit),
        None => (1, pricing),
    }
}
