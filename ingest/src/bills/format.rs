//! Which export a header belongs to, and how sure that is.
use super::header::Header;
use super::translate::Translate;
use super::{aws_cur, aws_cur2, azure, cost_explorer, gcp};
use plimsoll::bill::{Column, Version};
use plimsoll::units::Share;

/// A format of bills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Focus(Version),
    Cur,
    Cur2,
    CostExplorer,
    AzureEa,
    AzureMca,
    AzureLegacy,
    GcpStandard,
    GcpDetailed,
}

/// The columns by which each format other than FOCUS is known: its own names, found in no other.
const SIGNATURES: [(Format, &[&str]); 7] = [
    (
        Format::Cur,
        &[
            "identity/LineItemId",
            "lineItem/UnblendedCost",
            "lineItem/LineItemType",
            "lineItem/UsageStartDate",
            "lineItem/ProductCode",
            "lineItem/CurrencyCode",
            "bill/PayerAccountId",
        ],
    ),
    (
        Format::Cur2,
        &[
            "identity_line_item_id",
            "line_item_unblended_cost",
            "line_item_line_item_type",
            "line_item_usage_start_date",
            "line_item_product_code",
            "line_item_currency_code",
            "bill_payer_account_id",
        ],
    ),
    (
        Format::GcpDetailed,
        &[
            "billing_account_id",
            "service.description",
            "sku.id",
            "usage_start_time",
            "cost",
            "currency",
            "resource.name",
        ],
    ),
    (
        Format::GcpStandard,
        &["billing_account_id", "service.description", "sku.id", "usage_start_time", "cost", "currency"],
    ),
    (
        Format::AzureMca,
        &[
            "costInBillingCurrency",
            "costInPricingCurrency",
            "chargeType",
            "meterCategory",
            "billingCurrency",
            "pricingCurrency",
        ],
    ),
    (Format::AzureEa, &["ChargeType", "MeterCategory", "Quantity", "EffectivePrice", "PricingModel", "OfferId"]),
    (Format::AzureLegacy, &["PreTaxCost", "MeterCategory", "UsageDateTime", "ResourceRate", "SubscriptionGuid"]),
];
/// Below this part of its signature a header is not taken for a format.
const ENOUGH: f64 = 0.7;
/// An excerpt of FOCUS is known by its names, which nothing else has.
const ENOUGH_FOCUS: f64 = 0.5;

/// A format, and the part of its signature that the header has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Detected {
    pub(crate) format: Format,
    pub(crate) confidence: Share,
}

/// The format of a header; none if no format's signature is there well enough.
pub(crate) fn detect(header: &Header) -> Option<Detected> {
    if cost_explorer::is_header(header) {
        return Some(Detected { format: Format::CostExplorer, confidence: Share::ALL });
    }
    let focus = Detected { format: Format::Focus(version(header)), confidence: focus_share(header) };
    let others = SIGNATURES.iter().map(|(format, names)| {
        // BigQuery flattens `sku.id` to `sku_id` as well.
        let has = |name: &str| header.has(name) || header.has(&name.replace('.', "_"));
        let there = names.iter().filter(|name| has(name)).count();
        Detected { format: *format, confidence: Share::of_one(there as f64 / names.len() as f64) }
    });
    let best = others.fold(focus, |best, next| if next.confidence > best.confidence { next } else { best });
    let enough = if matches!(best.format, Format::Focus(_)) { ENOUGH_FOCUS } else { ENOUGH };
    (best.confidence.as_part() >= enough).then_some(best)
}

/// How much of what rows of FOCUS need is there. Excerpts, as in the specification's own examples, have half of it; what
/// no sum can do without is a time and a cost.
fn focus_share(header: &Header) -> Share {
    let signature = [
        Column::BilledCost,
        Column::EffectiveCost,
        Column::ListCost,
        Column::ContractedCost,
        Column::BillingCurrency,
        Column::ChargePeriodStart,
        Column::ChargePeriodEnd,
        Column::ChargeCategory,
        Column::ServiceName,
        Column::BillingPeriodStart,
    ];
    let has = |column: &Column| header.has(column.name());
    let there = signature.iter().filter(|column| has(column)).count();
    let ours = Column::ALL.iter().filter(|column| has(column)).count();
    // Most of the columns have to be FOCUS's own: other exports share a few of the names.
    let is_focus = has(&Column::BilledCost) || has(&Column::EffectiveCost);
    if is_focus && ours * 2 > header.len() { Share::of_one(there as f64 / signature.len() as f64) } else { Share::NONE }
}

/// The first version that has all the FOCUS columns of the header.
fn version(header: &Header) -> Version {
    let columns = Column::ALL.iter().filter(|column| header.has(column.name()));
    let newest = columns.map(|column| column.since()).max().unwrap_or(Version::V1_0);
    // 1.4 took away the names of provider and publisher.
    let has_provider = header.has(Column::ProviderName.name());
    if newest == Version::V1_3 && !has_provider { Version::V1_4 } else { newest }
}

impl Format {
    /// Its name as reports say it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Focus(Version::V1_0) => "FOCUS 1.0",
            Self::Focus(Version::V1_1) => "FOCUS 1.1",
            Self::Focus(Version::V1_2) => "FOCUS 1.2",
            Self::Focus(Version::V1_3) => "FOCUS 1.3",
            Self::Focus(Version::V1_4) => "FOCUS 1.4",
            Self::Cur => "AWS CUR (legacy)",
            Self::Cur2 => "AWS CUR 2.0",
            Self::CostExplorer => "AWS Cost Explorer",
            Self::AzureEa => "Azure cost details (EA)",
            Self::AzureMca => "Azure cost details (MCA)",
            Self::AzureLegacy => "Azure usage (legacy)",
            Self::GcpStandard => "Google Cloud billing export (standard)",
            Self::GcpDetailed => "Google Cloud billing export (detailed)",
        }
    }
    /// What turns its rows into rows of FOCUS; none where they are that already. An error names the column that is
    /// missing and without which the rows cannot be added up.
    pub(crate) fn translator(self, header: &Header) -> Result<Option<Box<dyn Translate>>, String> {
        Ok(Some(match self {
            Self::Focus(_) => return Ok(None),
            Self::Cur => aws_cur::translator(header)?,
            Self::Cur2 => aws_cur2::translator(header)?,
            Self::CostExplorer => cost_explorer::translator(header)?,
            Self::AzureEa | Self::AzureMca | Self::AzureLegacy => azure::translator(header)?,
            Self::GcpStandard | Self::GcpDetailed => gcp::translator(header)?,
        }))
    }
}
