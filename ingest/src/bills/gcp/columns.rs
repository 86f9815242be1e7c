//! Where the columns of a Google Cloud export stand, by dotted names or by names with underscores.
use crate::bills::checked;
use crate::bills::header::Header;
use crate::bills::row::{Cells, FocusRow};
use plimsoll::bill::Column;

/// Columns that are copied as they are: of several the first that is not empty.
const PLAIN: [(Column, &[&str]); 14] = [
    (Column::ServiceName, &["service.description"]),
    (Column::SkuId, &["sku.id"]),
    (Column::SkuMeter, &["sku.description"]),
    (Column::ChargeDescription, &["sku.description"]),
    (Column::SkuPriceId, &["price.tier_start_amount"]),
    (Column::BillingAccountId, &["billing_account_id"]),
    (Column::SubAccountId, &["project.id"]),
    (Column::SubAccountName, &["project.name"]),
    (Column::RegionId, &["location.region", "location.location"]),
    (Column::RegionName, &["location.region", "location.location"]),
    (Column::AvailabilityZone, &["location.zone"]),
    (Column::ResourceId, &["resource.global_name"]),
    (Column::ResourceName, &["resource.name"]),
    (Column::PublisherName, &["seller_name"]),
];
/// What a regular charge is priced by. Numbers lose their exponents.
const PRICED: [(Column, &str); 6] = [
    (Column::PricingQuantity, "usage.amount_in_pricing_units"),
    (Column::PricingUnit, "usage.pricing_unit"),
    (Column::ConsumedQuantity, "usage.amount"),
    (Column::ConsumedUnit, "usage.unit"),
    (Column::ContractedUnitPrice, "price.effective_price"),
    (Column::ListUnitPrice, "price.list_price"),
];

/// The places of the columns of one file.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) cost: usize,
    pub(super) currency: usize,
    pub(super) start: usize,
    pub(super) end: Option<usize>,
    pub(super) invoice_month: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) correction: Option<usize>,
    pub(super) credits: Option<usize>,
    pub(super) cost_at_list: Option<usize>,
    pub(super) consumed: Option<usize>,
    pub(super) sku_name: Option<usize>,
    /// The nearest to the resource first.
    pub(super) labels: Vec<usize>,
    pub(super) system_labels: Option<usize>,
    plain: Vec<(Column, Vec<usize>)>,
    priced: Vec<(Column, usize)>,
}

impl Columns {
    /// An error names the column without which the rows cannot be added up.
    pub(super) fn find(header: &Header) -> Result<Self, String> {
        let find = |name: &str| header.place(name).or_else(|| header.place(&name.replace('.', "_")));
        let need = |name: &str| find(name).ok_or_else(|| name.to_owned());
        Ok(Self {
            cost: need("cost")?,
            currency: need("currency")?,
            start: need("usage_start_time")?,
            end: find("usage_end_time"),
            invoice_month: find("invoice.month"),
            kind: find("cost_type"),
            correction: find("adjustment_info.mode"),
            credits: find("credits"),
            cost_at_list: find("cost_at_list"),
            consumed: find("usage.amount"),
            sku_name: find("sku.description"),
            labels: ["labels", "tags", "project.labels"].into_iter().filter_map(find).collect(),
            system_labels: find("system_labels"),
            plain: PLAIN
                .iter()
                .map(|(to, names)| (*to, names.iter().filter_map(|name| find(name)).collect()))
                .collect(),
            priced: PRICED.iter().filter_map(|(to, name)| Some((*to, find(name)?))).collect(),
        })
    }

    /// Copies what needs no translation, and says Google where the export names no other seller.
    pub(super) fn copy_plain(&self, cells: &Cells<'_>, row: &mut FocusRow) {
        row.set(Column::ProviderName, b"Google Cloud");
        for (column, places) in &self.plain {
            let cell = places.iter().map(|place| cells.get(*place)).find(|cell| !cell.is_empty());
            row.set(*column, &cell.unwrap_or_default());
        }
        row.set(Column::InvoiceIssuerName, b"Google Cloud");
        if row.get(Column::PublisherName).is_empty() {
            row.set(Column::PublisherName, b"Google Cloud");
        }
    }

    /// Copies quantities, units and prices.
    pub(super) fn copy_priced(&self, cells: &Cells<'_>, row: &mut FocusRow) {
        for (column, place) in &self.priced {
            row.set(*column, &checked::plain(&cells.get(*place)));
        }
    }
}
