//! The month as Azure cost details: of an Enterprise Agreement, and of a Microsoft Customer Agreement.
//!
//! Real files carry no taxes; these have one row of the charge type `Tax`, so that the bill is that of the other shapes.
use super::usage::{Charge, Kind, Unit, hex};
use crate::sheet::Sheet;

/// The columns of an Enterprise Agreement, version 2024-08-01.
pub(super) const EA: &str = include_str!("../columns/azure_ea.txt");
const MCA: &str = include_str!("../columns/azure_mca.txt");

/// The actual costs under an Enterprise Agreement.
pub(super) fn enterprise(charges: &[Charge]) -> Sheet {
    let mut sheet = Sheet::new(EA);
    for charge in charges {
        let Charge { meter, .. } = charge;
        let mut line = sheet.row();
        line.all(&["BillingAccountId", "BillingProfileId"], "90000001");
        line.all(&["BillingAccountName", "BillingProfileName"], "Example Group");
        line.set("BillingPeriodStartDate", "03/01/2026").set("BillingPeriodEndDate", "03/31/2026");
        line.set("InvoiceSectionName", "Engineering").set("AccountName", "Example Group").set("AccountId", "4100");
        line.set("AccountOwnerId", "owner@example.com").set("OfferId", "MS-AZR-0017P");
        line.set("SubscriptionId", charge.account().0).set("SubscriptionName", charge.account().1);
        line.set("Date", american(charge.day)).set("BillingCurrencyCode", "USD").set("IsAzureCreditEligible", "True");
        line.set("MeterCategory", meter.service).set("ServiceFamily", meter.category.0);
        line.set("CostInBillingCurrency", charge.billed).set("ChargeType", charge.kind.charge_type());
        line.set("Frequency", charge.kind.frequency()).set("PublisherType", "Azure").set("PublisherName", "Microsoft");
        line.maybe("ResourceLocation", charge.region()).maybe("ResourceLocationNormalized", charge.region());
        line.maybe("Tags", charge.team().map(tags));
        if charge.kind == Kind::Tax {
            line.set("ProductName", "Sales tax");
            continue;
        }
        line.set("ProductName", format!("{} - {}", meter.service, meter.what))
            .set("MeterSubCategory", meter.category.1);
        line.set("MeterId", meter_id(charge.at)).set("MeterName", meter.sku).set("MeterRegion", meter.region);
        line.set("PricingModel", "OnDemand").set("PartNumber", format!("EXA-{:05}", charge.at));
        line.set("ConsumedService", "Microsoft.Example");
        if let Some((_, name)) = meter.resource {
            line.set("ResourceName", name).set("ResourceId", resource(charge.account().0, name));
            line.set("ResourceGroup", "rg-example");
        }
        if charge.kind == Kind::Usage {
            line.set("UnitOfMeasure", meter.unit.of_azure()).set("Quantity", charge.quantity);
            line.all(&["EffectivePrice", "UnitPrice"], meter.contracted).set("PayGPrice", meter.list);
        } else {
            line.set("Quantity", 1).all(&["EffectivePrice", "UnitPrice"], charge.billed);
        }
    }
    sheet
}

/// The actual costs under a Microsoft Customer Agreement.
pub(super) fn customer(charges: &[Charge]) -> Sheet {
    let mut sheet = Sheet::new(MCA);
    for charge in charges {
        let Charge { meter, billed, list, .. } = charge;
        let mut line = sheet.row();
        line.set("invoiceId", "T000000001").set("billingAccountId", "90000001:example_2019-05-31");
        line.set("billingAccountName", "Example Group").set("billingProfileId", "EXAM-PLE0-BG7-TGB");
        line.set("billingProfileName", "Example Group").set("invoiceSectionId", "EXAM-PLE0-PJA-TGB");
        line.set("invoiceSectionName", "Engineering");
        line.all(&["billingPeriodStartDate", "servicePeriodStartDate", "exchangeRateDate"], "03/01/2026");
        line.all(&["billingPeriodEndDate", "servicePeriodEndDate"], "03/31/2026").set("date", american(charge.day));
        line.set("SubscriptionId", charge.account().0).set("subscriptionName", charge.account().1);
        line.set("meterCategory", meter.service).set("serviceFamily", meter.category.0);
        line.all(&["costInBillingCurrency", "costInPricingCurrency", "costInUsd"], billed);
        line.all(&["paygCostInBillingCurrency", "paygCostInUsd"], list);
        line.all(&["billingCurrency", "pricingCurrency"], "USD").set("exchangeRatePricingToBilling", 1);
        line.set("chargeType", charge.kind.charge_type()).set("frequency", charge.kind.frequency());
        line.set("publisherType", "Azure").set("publisherName", "Microsoft").set("provider", "Azure");
        line.set("isAzureCreditEligible", "True");
        line.maybe("resourceLocation", charge.region()).maybe("location", charge.region());
        line.maybe("tags", charge.team().map(|team| format!("{{{}}}", tags(team))));
        if charge.kind == Kind::Tax {
            line.set("ProductName", "Sales tax");
            continue;
        }
        line.set("ProductName", format!("{} - {}", meter.service, meter.what))
            .set("meterSubCategory", meter.category.1);
        line.set("ProductId", format!("EXA{:05}", charge.at)).set("productOrderName", "Azure plan");
        line.set("meterId", meter_id(charge.at)).set("meterName", meter.sku).set("meterRegion", meter.region);
        line.set("pricingModel", "OnDemand").set("consumedService", "Microsoft.Example");
        if let Some((_, name)) = meter.resource {
            line.set("ResourceId", resource(charge.account().0, name)).set("resourceGroupName", "rg-example");
        }
        if charge.kind == Kind::Usage {
            line.set("unitOfMeasure", meter.unit.of_azure()).set("quantity", charge.quantity);
            line.all(&["effectivePrice", "unitPrice"], meter.contracted).set("PayGPrice", meter.list);
        } else {
            line.set("quantity", 1).all(&["effectivePrice", "unitPrice"], billed);
        }
    }
    sheet
}

/// A day of March as Azure writes it.
pub(super) fn american(day: i8) -> String {
    format!("03/{day:02}/2026")
}

/// Tags as Azure writes them: an object without its braces.
pub(super) fn tags(team: &str) -> String {
    format!("\"team\": \"{team}\",\"env\": \"prod\"")
}

/// An identifier in the form of a GUID.
pub(super) fn meter_id(number: usize) -> String {
    let digits = hex("meter", number as u64) + &hex("guid", number as u64);
    let [a, b, c, d, e] = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
    format!("{a}-{b}-{c}-{d}-{e}")
}

/// The path of a resource.
pub(super) fn resource(subscription: &str, name: &str) -> String {
    format!("/subscriptions/{subscription}/resourceGroups/rg-example/providers/Microsoft.Example/things/{name}")
}

impl Kind {
    fn charge_type(self) -> &'static str {
        match self {
            Self::Usage => "Usage",
            Self::Tax => "Tax",
            Self::Credit => "Refund",
        }
    }
    fn frequency(self) -> &'static str {
        if self == Self::Usage { "UsageBased" } else { "OneTime" }
    }
}

impl Unit {
    fn of_azure(self) -> &'static str {
        match self {
            Self::Hours => "1 Hour",
            Self::GbMonths => "1 GB/Month",
            Self::Gb => "1 GB",
            Self::MillionRequests => "1M",
        }
    }
}
