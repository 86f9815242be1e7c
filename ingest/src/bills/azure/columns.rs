//! Where the columns of an Azure export stand, under their names of several years.
use crate::bills::checked;
use crate::bills::header::Header;
use crate::bills::row::{Cells, FocusRow};
use plimsoll::bill::Column;
use std::borrow::Cow;

/// Columns that are copied as they are: of several the first that is not empty.
const PLAIN: [(Column, &[&str]); 15] = [
    (Column::ChargeDescription, &["ProductName", "Product"]),
    (Column::SkuId, &["MeterId"]),
    (Column::SkuPriceId, &["PartNumber", "ProductId"]),
    (Column::SkuMeter, &["MeterName"]),
    (Column::ServiceName, &["ServiceName", "MeterCategory"]),
    (Column::InvoiceId, &["InvoiceId"]),
    (Column::BillingAccountId, &["BillingAccountId", "BillingProfileId", "EnrollmentNumber"]),
    (Column::BillingAccountName, &["BillingAccountName", "BillingProfileName"]),
    (Column::SubAccountId, &["SubscriptionId", "SubscriptionGuid"]),
    (Column::SubAccountName, &["SubscriptionName"]),
    (Column::PublisherName, &["PublisherName"]),
    (Column::InvoiceIssuerName, &["PartnerName"]),
    (Column::RegionName, &["ResourceLocation"]),
    (Column::AvailabilityZone, &["AvailabilityZone"]),
    (Column::PricingCurrency, &["PricingCurrency"]),
];

/// The places of the columns of one file.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) cost: usize,
    pub(super) currency: usize,
    pub(super) date: usize,
    pub(super) billing_period: (Option<usize>, Option<usize>),
    pub(super) kind: Option<usize>,
    pub(super) model: Option<usize>,
    pub(super) frequency: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) unit: Option<usize>,
    pub(super) price: PriceColumns,
    pub(super) commitment: CommitmentColumns,
    pub(super) region: Option<usize>,
    pub(super) resource: Option<usize>,
    pub(super) resource_name: Option<usize>,
    pub(super) resource_type: Option<usize>,
    pub(super) tags: Option<usize>,
    pub(super) details: Option<usize>,
    pub(super) family: Option<usize>,
    pub(super) meter_category: Option<usize>,
    plain: Vec<(Column, Vec<usize>)>,
}

/// Where prices stand, and what they are in.
#[derive(Clone, Debug)]
pub(super) struct PriceColumns {
    pub(super) effective: Option<usize>,
    pub(super) negotiated: Option<usize>,
    pub(super) list: Option<usize>,
    /// The cost at list prices, where the export has worked it out.
    pub(super) list_cost: Option<usize>,
    /// The cost in the currency of the prices.
    pub(super) cost: Option<usize>,
    pub(super) currency: Option<usize>,
    pub(super) exchange_rate: Option<usize>,
}

/// Where a row names its commitment.
#[derive(Clone, Debug)]
pub(super) struct CommitmentColumns {
    pub(super) benefit: Option<usize>,
    pub(super) benefit_name: Option<usize>,
    pub(super) reservation: Option<usize>,
    pub(super) reservation_name: Option<usize>,
}

impl Columns {
    /// An error names the column without which the rows cannot be added up.
    pub(super) fn find(header: &Header) -> Result<Self, String> {
        let need = |names: &[&str]| header.any(names).ok_or_else(|| names[0].to_owned());
        Ok(Self {
            cost: need(&["CostInBillingCurrency", "Cost", "PreTaxCost"])?,
            currency: need(&["BillingCurrency", "BillingCurrencyCode", "Currency"])?,
            date: need(&["Date", "UsageDateTime", "UsageDate"])?,
            billing_period: (header.place("BillingPeriodStartDate"), header.place("BillingPeriodEndDate")),
            kind: header.place("ChargeType"),
            model: header.place("PricingModel"),
            frequency: header.place("Frequency"),
            quantity: header.any(&["Quantity", "UsageQuantity"]),
            unit: header.place("UnitOfMeasure"),
            price: PriceColumns {
                effective: header.any(&["EffectivePrice", "ResourceRate"]),
                negotiated: header.place("UnitPrice"),
                list: header.place("PayGPrice"),
                list_cost: header.place("PaygCostInBillingCurrency"),
                cost: header.place("CostInPricingCurrency"),
                currency: header.place("PricingCurrency"),
                exchange_rate: header.place("ExchangeRatePricingToBilling"),
            },
            commitment: CommitmentColumns {
                benefit: header.place("BenefitId"),
                benefit_name: header.place("BenefitName"),
                reservation: header.place("ReservationId"),
                reservation_name: header.place("ReservationName"),
            },
            region: header.place("ResourceLocation"),
            resource: header.any(&["ResourceId", "InstanceId", "InstanceName"]),
            resource_name: header.place("ResourceName"),
            resource_type: header.place("ResourceType"),
            tags: header.place("Tags"),
            details: header.place("AdditionalInfo"),
            family: header.place("ServiceFamily"),
            meter_category: header.place("MeterCategory"),
            plain: PLAIN
                .iter()
                .map(|(to, names)| (*to, names.iter().filter_map(|name| header.place(name)).collect()))
                .collect(),
        })
    }

    /// Copies what needs no translation, and says Microsoft where the export does not name who sells or bills.
    pub(super) fn copy_plain(&self, cells: &Cells<'_>, row: &mut FocusRow) {
        row.set(Column::ProviderName, b"Microsoft");
        for (column, places) in &self.plain {
            let cell = places.iter().map(|place| cells.get(*place)).find(|cell| !cell.is_empty());
            row.set(*column, &cell.unwrap_or_default());
        }
        for column in [Column::PublisherName, Column::InvoiceIssuerName] {
            if row.get(column).is_empty() {
                row.set(column, b"Microsoft");
            }
        }
    }
}

/// Copies a cell, where there is one.
pub(super) fn copy(cells: &Cells<'_>, place: Option<usize>, row: &mut FocusRow, column: Column) {
    if let Some(place) = place {
        row.set(column, &cells.get(place));
    }
}

/// Copies a number, without its exponent.
pub(super) fn copy_number(cells: &Cells<'_>, place: Option<usize>, row: &mut FocusRow, column: Column) {
    if let Some(place) = place {
        row.set(column, &checked::plain(&cells.get(place)));
    }
}

/// A cell; empty where there is none.
pub(super) fn cell<'a>(cells: &Cells<'a>, place: Option<usize>) -> Cow<'a, [u8]> {
    place.map(|place| cells.get(place)).unwrap_or_default()
}
