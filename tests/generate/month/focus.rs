//! The month as a FOCUS 1.2 export with its 57 columns.
use super::usage::{Charge, Kind, Unit};
use crate::exact::Exact;
use crate::sheet::Sheet;
use serde_json::json;

/// The columns of FOCUS 1.2.
pub(crate) const COLUMNS: &str = include_str!("../columns/focus_1_2.txt");

/// The export.
pub(crate) fn sheet(charges: &[Charge]) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for charge in charges {
        let Charge { kind, meter, quantity, billed, list, .. } = charge;
        let is_usage = *kind == Kind::Usage;
        let mut line = sheet.row();
        line.set("BillingAccountId", "900000000001").set("BillingAccountName", "Example Group");
        line.set("BillingAccountType", "Billing Account").set("SubAccountType", "Account");
        line.set("SubAccountId", charge.account().0).set("SubAccountName", charge.account().1);
        line.all(&["BillingCurrency", "PricingCurrency"], "USD").set("InvoiceId", "INV-2026-03");
        line.all(&["ProviderName", "PublisherName", "InvoiceIssuerName"], "Example Cloud");
        line.set("BillingPeriodStart", "2026-03-01T00:00:00Z").set("BillingPeriodEnd", "2026-04-01T00:00:00Z");
        line.set("ChargePeriodStart", format!("{}T00:00:00Z", charge.date()));
        let end = if *kind == Kind::Tax { "2026-04-01".into() } else { charge.next_date() };
        line.set("ChargePeriodEnd", format!("{end}T00:00:00Z"));
        line.set("ServiceName", meter.service).set("ServiceCategory", meter.category.0);
        line.set("ServiceSubcategory", meter.category.1);
        line.all(&["BilledCost", "EffectiveCost", "ContractedCost", "PricingCurrencyEffectiveCost"], billed);
        line.set("ListCost", list);
        line.maybe("RegionId", charge.region()).maybe("RegionName", charge.region().map(region_name));
        line.maybe("Tags", charge.team().map(|team| json!({ "team": team, "env": "prod" })));
        match kind {
            Kind::Tax => line.set("ChargeCategory", "Tax").set("ChargeDescription", "Sales tax, 2026-03"),
            Kind::Credit => line.set("ChargeCategory", "Credit").set("ChargeDescription", "Promotional credit"),
            Kind::Usage => line.set("ChargeCategory", "Usage").set("ChargeDescription", meter.what),
        };
        line.set("ChargeFrequency", if is_usage { "Usage-Based" } else { "One-Time" });
        if let Some((kind, name)) = meter.resource.filter(|_| *kind != Kind::Tax) {
            line.set("ResourceId", format!("{}/{name}", charge.account().0));
            line.set("ResourceName", name).set("ResourceType", kind);
        }
        if is_usage {
            line.set("PricingCategory", "Standard").set("PricingQuantity", quantity);
            line.set("PricingUnit", meter.unit.of_focus()).set("SkuId", meter.sku).set("SkuMeter", meter.what);
            line.set("SkuPriceId", format!("{}.LIST", meter.sku));
            line.all(&["ListUnitPrice", "PricingCurrencyListUnitPrice"], meter.list);
            line.all(&["ContractedUnitPrice", "PricingCurrencyContractedUnitPrice"], meter.contracted);
            line.set("ConsumedQuantity", *quantity * meter.unit.block()).set("ConsumedUnit", meter.unit.consumed());
        }
    }
    sheet
}

/// The name of a region.
pub(crate) fn region_name(id: &str) -> &'static str {
    match id {
        "us-east-1" => "US East (N. Virginia)",
        "eu-west-1" => "Europe (Ireland)",
        _ => "Asia Pacific (Mumbai)",
    }
}

impl Unit {
    fn of_focus(self) -> &'static str {
        match self {
            Self::MillionRequests => "1000000 Requests",
            _ => self.consumed(),
        }
    }
    fn consumed(self) -> &'static str {
        match self {
            Self::Hours => "Hours",
            Self::GbMonths => "GB-Months",
            Self::Gb => "GB",
            Self::MillionRequests => "Requests",
        }
    }
    /// How many of the consumed unit a price is for.
    pub(super) fn block(self) -> Exact {
        Exact::of(if self == Self::MillionRequests { 1_000_000 } else { 1 }, 0)
    }
}
