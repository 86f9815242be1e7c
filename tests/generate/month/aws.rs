//! The month as AWS Cost and Usage Reports: the legacy one, and the CUR 2.0 of Data Exports.
use super::usage::{Charge, Kind, Unit};
use crate::exact::Exact;
use crate::sheet::{Line, Sheet};
use serde_json::json;

/// The columns of the legacy report, as far as this month and the commitments need them.
pub(super) const LEGACY: &str = include_str!("../columns/cur_legacy.txt");
const CUR2: &str = include_str!("../columns/cur2.txt");

pub(super) const ENTITY: &str = "Amazon Web Services, Inc.";

/// The legacy report; columns of commitments are there only if there are any.
pub(super) fn legacy(charges: &[Charge]) -> Sheet {
    let mut sheet = Sheet::new(LEGACY).without(&["reservation/", "savingsPlan/"]);
    for charge in charges {
        let (start, end) = period(charge);
        let moment = |date: &str| format!("{date}T00:00:00.000Z");
        let mut line = sheet.row();
        line.set("identity/LineItemId", line_item(charge, "legacy"));
        line.set("identity/TimeInterval", format!("{start}T00:00:00Z/{end}T00:00:00Z"));
        line.set("bill/InvoicingEntity", ENTITY).set("bill/BillingEntity", "AWS").set("bill/BillType", "Anniversary");
        line.set("bill/PayerAccountId", "900000000001").set("bill/InvoiceId", "2603000001");
        line.set("bill/BillingPeriodStartDate", "2026-03-01T00:00:00.000Z");
        line.set("bill/BillingPeriodEndDate", "2026-04-01T00:00:00.000Z");
        line.set("lineItem/UsageAccountId", charge.account().0).set("lineItem/LineItemType", charge.kind.line_item());
        line.set("lineItem/UsageStartDate", moment(&start)).set("lineItem/UsageEndDate", moment(&end));
        line.set("lineItem/CurrencyCode", "USD").set("lineItem/LegalEntity", ENTITY);
        line.set("lineItem/ProductCode", code(charge)).set("product/ProductName", charge.meter.service);
        line.all(&["lineItem/UnblendedCost", "lineItem/BlendedCost"], charge.billed);
        line.maybe("product/region", charge.region()).maybe("product/regionCode", charge.region());
        line.maybe("resourceTags/user:team", charge.team());
        line.maybe("resourceTags/user:env", charge.team().map(|_| "prod"));
        line.set("lineItem/LineItemDescription", description(charge));
        if charge.kind == Kind::Tax {
            line.set("lineItem/TaxType", "US Sales Tax");
            continue;
        }
        line.maybe("lineItem/ResourceId", resource(charge)).set("product/sku", charge.meter.sku);
        line.set("lineItem/UsageType", charge.meter.sku);
        if charge.kind == Kind::Usage {
            usage(&mut line, charge, "lineItem/UsageAmount", "pricing/", ["publicOnDemandCost", "publicOnDemandRate"]);
            let rate = charge.meter.contracted * charge.meter.unit.single();
            line.all(&["lineItem/UnblendedRate", "lineItem/BlendedRate"], rate);
            line.set("lineItem/Operation", "Run").set("product/servicecode", code(charge));
            line.set("product/usagetype", charge.meter.sku).set("product/productFamily", charge.meter.category.1);
        }
    }
    sheet
}

/// CUR 2.0, with some rows of split cost allocation that tell a cost again, and how much they would add.
pub(super) fn cur2(charges: &[Charge]) -> (Sheet, Exact) {
    let mut sheet = Sheet::new(CUR2);
    let mut told_again = Exact::ZERO;
    for charge in charges {
        told_again += cur2_row(&mut sheet, charge, None);
        // The machine that runs containers: two of them share its cost on the third and the fourth.
        if charge.at == 0 && charge.kind == Kind::Usage && (3..5).contains(&charge.day) {
            told_again += cur2_row(&mut sheet, charge, Some(("checkout/cart-7d9f", 75)));
            told_again += cur2_row(&mut sheet, charge, Some(("checkout/session-5b2c", 25)));
        }
    }
    (sheet, told_again)
}

/// A row of CUR 2.0: the charge itself, or a container's part of it in hundredths, whose cost is returned.
fn cur2_row(sheet: &mut Sheet, charge: &Charge, part: Option<(&str, i64)>) -> Exact {
    let (start, end) = period(charge);
    let moment = |date: &str| format!("{date}T00:00:00Z");
    let share = part.map_or(Exact::of(1, 0), |(_, hundredths)| Exact::of(hundredths, 2));
    let cost = charge.billed * share;
    let mut line = sheet.row();
    line.set("identity_line_item_id", line_item(charge, part.map_or("cur2", |(pod, _)| pod)));
    line.set("identity_time_interval", format!("{start}T00:00:00Z/{end}T00:00:00Z"));
    line.set("bill_invoicing_entity", ENTITY).set("bill_billing_entity", "AWS").set("bill_bill_type", "Anniversary");
    line.set("bill_payer_account_id", "900000000001").set("bill_payer_account_name", "Example Group");
    line.set("bill_invoice_id", "2603000001");
    line.set("bill_billing_period_start_date", moment("2026-03-01"));
    line.set("bill_billing_period_end_date", moment("2026-04-01"));
    line.set("line_item_usage_account_id", charge.account().0).set("line_item_usage_account_name", charge.account().1);
    line.set("line_item_line_item_type", charge.kind.line_item()).set("line_item_currency_code", "USD");
    line.set("line_item_usage_start_date", moment(&start)).set("line_item_usage_end_date", moment(&end));
    line.set("line_item_legal_entity", ENTITY).set("line_item_product_code", code(charge));
    line.set("line_item_line_item_description", description(charge));
    line.all(&["line_item_unblended_cost", "line_item_blended_cost", "line_item_net_unblended_cost"], cost);
    let mut product = json!({ "product_name": charge.meter.service });
    if let Some(region) = charge.region() {
        product["region"] = region.into();
        line.set("product_region_code", region);
    }
    line.set("product", product).all(&["cost_category", "discount"], "{}");
    let tags = charge.team().map_or(json!({}), |team| json!({ "user_env": "prod", "user_team": team }));
    line.set("resource_tags", tags);
    if charge.kind == Kind::Tax {
        line.set("line_item_tax_type", "US Sales Tax");
        return Exact::ZERO;
    }
    line.maybe("line_item_resource_id", resource(charge)).set("product_sku", charge.meter.sku);
    line.set("line_item_usage_type", charge.meter.sku);
    if charge.kind == Kind::Usage {
        let names = ["public_on_demand_cost", "public_on_demand_rate"];
        usage(&mut line, charge, "line_item_usage_amount", "pricing_", names);
        let rate = charge.meter.contracted * charge.meter.unit.single();
        line.all(&["line_item_unblended_rate", "line_item_blended_rate", "line_item_net_unblended_rate"], rate);
        line.set("line_item_operation", "Run").set("product_servicecode", code(charge));
        line.set("product_usagetype", charge.meter.sku).set("product_product_family", charge.meter.category.1);
    }
    let Some((pod, _)) = part else { return Exact::ZERO };
    line.set("line_item_resource_id", format!("pod/{pod}")).set("line_item_usage_amount", charge.quantity * share);
    line.maybe("split_line_item_parent_resource_id", resource(charge)).set("split_line_item_split_cost", cost);
    line.set("split_line_item_split_usage_ratio", share).set("split_line_item_unused_cost", 0);
    line.set("split_line_item_actual_usage", charge.quantity * share);
    line.set("split_line_item_split_usage", charge.quantity * share);
    line.set("pricing_public_on_demand_cost", charge.list * share);
    cost
}

/// Amounts and list prices, for single units as AWS has them.
fn usage(line: &mut Line<'_>, charge: &Charge, amount: &str, pricing: &str, [cost, rate]: [&str; 2]) {
    let unit = charge.meter.unit;
    line.set(amount, charge.quantity * unit.block());
    line.set(&format!("{pricing}{cost}"), charge.list);
    line.set(&format!("{pricing}{rate}"), charge.meter.list * unit.single());
    line.set(&format!("{pricing}term"), "OnDemand").set(&format!("{pricing}unit"), unit.of_aws());
    line.set(&format!("{pricing}currency"), "USD");
}

fn period(charge: &Charge) -> (String, String) {
    let end = if charge.kind == Kind::Tax { "2026-04-01".into() } else { charge.next_date() };
    (charge.date(), end)
}

/// An identifier as long as those of AWS.
fn line_item(charge: &Charge, of: &str) -> String {
    format!("{}{}{}", charge.id(of), charge.id("line"), charge.id("item"))
}

fn code(charge: &Charge) -> String {
    format!("Amazon{}", charge.meter.service.replace(' ', ""))
}

fn description(charge: &Charge) -> String {
    match charge.kind {
        Kind::Tax => format!("Tax for product code {}", code(charge)),
        Kind::Credit => "Promotional credit, March".into(),
        Kind::Usage => {
            let Charge { meter, .. } = charge;
            format!("${} per {}, {}", meter.contracted * meter.unit.single(), meter.unit.of_aws(), meter.what)
        }
    }
}

fn resource(charge: &Charge) -> Option<String> {
    let (_, name) = charge.meter.resource?;
    Some(format!("arn:aws:example:{}:{}:{name}", charge.meter.region, charge.account().0))
}

impl Kind {
    fn line_item(self) -> &'static str {
        match self {
            Self::Usage => "Usage",
            Self::Tax => "Tax",
            Self::Credit => "Credit",
        }
    }
}

impl Unit {
    pub(super) fn of_aws(self) -> &'static str {
        match self {
            Self::Hours => "Hrs",
            Self::GbMonths => "GB-Mo",
            Self::Gb => "GB",
            Self::MillionRequests => "Requests",
        }
    }
    /// What makes a price for one out of the price of a block.
    pub(super) fn single(self) -> Exact {
        if self == Self::MillionRequests { Exact::of(1, 6) } else { Exact::of(1, 0) }
    }
}
