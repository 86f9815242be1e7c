//! Rows of the report as rows of FOCUS.
use super::costs::{Amounts, Costs};
use super::line_item::{Commitment, LineItemType};
use super::names::Names;
use super::product::Product;
use super::tags::Tags;
use super::times::Times;
use crate::bills::checked::{self, Number};
use crate::bills::header::Header;
use crate::bills::row::{Cells, FocusRow};
use crate::bills::translate::{Outcome, Translate};
use plimsoll::bill::{Column, Pricing};
use plimsoll::units::FineMoney;
use std::borrow::Cow;

/// Columns of FOCUS that are a column of the report, or the first of several that the row fills.
const COPIED: [(Column, &[&str]); 13] = [
    (Column::BillingCurrency, &["lineItem/CurrencyCode"]),
    (Column::ChargeDescription, &["lineItem/LineItemDescription"]),
    (Column::SkuId, &["product/sku"]),
    (Column::SkuPriceId, &["pricing/RateCode", "pricing/RateId"]),
    (Column::SkuMeter, &["lineItem/UsageType"]),
    (Column::InvoiceIssuerName, &["bill/InvoicingEntity"]),
    (Column::InvoiceId, &["bill/InvoiceId"]),
    (Column::BillingAccountId, &["bill/PayerAccountId"]),
    (Column::BillingAccountName, &["bill/PayerAccountName"]),
    (Column::SubAccountId, &["lineItem/UsageAccountId"]),
    (Column::SubAccountName, &["lineItem/UsageAccountName"]),
    (Column::AvailabilityZone, &["lineItem/AvailabilityZone"]),
    (Column::ResourceId, &["lineItem/ResourceId"]),
];

/// Knows where the columns of one report stand.
pub(in crate::bills) struct Report {
    kind: usize,
    currency: usize,
    amounts: Amounts,
    times: Times,
    product: Product,
    tags: Tags,
    copied: Vec<(Column, Vec<usize>)>,
    line_item_id: Option<usize>,
    interval: Option<usize>,
    bill_type: Option<usize>,
    billing_entity: Option<usize>,
    legal_entity: Option<usize>,
    split_parent: Option<usize>,
    usage_amount: Option<usize>,
    usage_type: Option<usize>,
    unit: Option<usize>,
    on_demand_rate: Option<usize>,
    term: Option<usize>,
    reservation: Option<usize>,
    subscription: Option<usize>,
    plan: Option<usize>,
    notes: Vec<String>,
}

impl Report {
    /// Finds the columns under their names in the older report, as `spell` spells them. An error names the column
    /// without which nothing can be added up.
    pub(in crate::bills) fn new(header: &Header, spell: fn(&str) -> String) -> Result<Self, String> {
        let names = Names { header, spell };
        let amounts = Amounts::find(&names)?;
        let notes = notes(&amounts, spell);
        Ok(Self {
            kind: names.needed("lineItem/LineItemType")?,
            currency: names.needed("lineItem/CurrencyCode")?,
            amounts,
            times: Times::find(&names)?,
            product: Product::find(&names),
            tags: Tags::find(&names),
            copied: COPIED.map(|(column, sources)| (column, names.all(sources))).into(),
            line_item_id: names.place("identity/LineItemId"),
            interval: names.place("identity/TimeInterval"),
            bill_type: names.place("bill/BillType"),
            billing_entity: names.place("bill/BillingEntity"),
            legal_entity: names.place("lineItem/LegalEntity"),
            split_parent: names.place("splitLineItem/ParentResourceId"),
            usage_amount: names.place("lineItem/UsageAmount"),
            usage_type: names.place("lineItem/UsageType"),
            unit: names.place("pricing/unit"),
            on_demand_rate: names.place("pricing/publicOnDemandRate"),
            term: names.place("pricing/term"),
            reservation: names.any(&["reservation/ReservationARN", "reservation/ReservationArn"]),
            subscription: names.place("reservation/SubscriptionId"),
            plan: names.any(&["savingsPlan/SavingsPlanARN", "savingsPlan/SavingsPlanArn"]),
            notes,
        })
    }

    fn charges(
        &self,
        cells: &Cells<'_>,
        row: &mut FocusRow,
        emit: &mut dyn FnMut(&FocusRow),
    ) -> Result<Outcome, Outcome> {
        // Only these rows are splits: the row of the machine itself has no parent, whatever else its columns tell.
        if !get(cells, self.split_parent).is_empty() {
            return Ok(Outcome::Aside("split cost of a container, counted in its parent"));
        }
        let kind = self.kind(cells)?;
        checked::currency(cells, self.currency)?;
        let costs = self.amounts.of(kind, cells)?;
        self.describe(kind, cells, row)?;
        self.price(kind, cells, row)?;
        write_costs(&costs, row);
        emit(row);
        if let Some(unused) = costs.unused.filter(|unused| *unused != FineMoney::ZERO) {
            row.clear();
            self.describe(kind, cells, row)?;
            write_unused(unused, row);
            emit(row);
        }
        Ok(Outcome::Used)
    }

    fn kind(&self, cells: &Cells<'_>) -> Result<LineItemType, Outcome> {
        let word = cells.text(self.kind);
        let kind = LineItemType::read(&word).map_err(|help| {
            checked::unreadable(self.kind, format!("`{word}` is no type of row of this report"), help)
        })?;
        Ok(if get(cells, self.reservation).is_empty() { kind } else { kind.of_reservation() })
    }

    /// What a purchase and the unused part of it have in common.
    fn describe(&self, kind: LineItemType, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
        for (column, places) in &self.copied {
            if let Some(cell) = places.iter().map(|place| cells.get(*place)).find(|cell| !cell.is_empty()) {
                row.set(*column, &cell);
            }
        }
        let is_late = self.times.write(cells, row)?;
        // FOCUS: a correction is of a period that was invoiced before.
        if kind == LineItemType::Refund && (is_late || *get(cells, self.bill_type) == *b"Refund") {
            row.set(Column::ChargeClass, b"Correction");
        }
        self.product.write(cells, row);
        row.set(Column::ProviderName, b"AWS");
        let seller = get(cells, self.legal_entity);
        let is_own = seller.is_empty() && *get(cells, self.billing_entity) == *b"AWS";
        row.set(Column::PublisherName, if is_own { b"AWS" } else { &seller });
        row.set(Column::Tags, &self.tags.read(cells)?);
        if let Some(commitment) = kind.commitment() {
            row.set(Column::CommitmentDiscountId, &self.name(commitment, cells));
            row.set(Column::CommitmentDiscountType, commitment.kind().as_bytes());
            row.set(Column::CommitmentDiscountCategory, commitment.category().as_bytes());
        }
        Ok(())
    }

    /// What a commitment is called. Reports without the column of names have the number of a reservation's subscription.
    fn name<'c>(&self, commitment: Commitment, cells: &Cells<'c>) -> Cow<'c, [u8]> {
        match commitment {
            Commitment::SavingsPlan => get(cells, self.plan),
            Commitment::Reservation => match get(cells, self.reservation) {
                name if name.is_empty() => get(cells, self.subscription),
                name => name,
            },
        }
    }

    /// Category, quantity and price of the charge that the row itself is.
    fn price(&self, kind: LineItemType, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
        let terms = kind.terms();
        row.set(Column::ChargeCategory, terms.category.word().as_bytes());
        row.set(Column::ChargeFrequency, kind.frequency(&get(cells, self.bill_type)).as_bytes());
        let is_spot = kind == LineItemType::Usage && self.is_spot(cells);
        match if is_spot { Pricing::Dynamic } else { terms.pricing } {
            Pricing::Unknown => {}
            pricing => row.set(Column::PricingCategory, pricing.word().as_bytes()),
        }
        if terms.pricing == Pricing::Committed {
            row.set(Column::CommitmentDiscountStatus, b"Used");
        }
        let place = self.usage_amount.filter(|_| kind.has_quantity());
        let is_told = checked::number(cells, place)? != Number::None;
        let (cell, unit) = (get(cells, place), get(cells, self.unit));
        let amount = checked::plain(&cell);
        if is_told {
            row.set(Column::PricingQuantity, &amount);
            row.set(Column::PricingUnit, &unit);
        }
        if is_told && kind.is_priced_on_demand() {
            row.set(Column::ConsumedQuantity, &amount);
            row.set(Column::ConsumedUnit, &unit);
        }
        let rate = get(cells, self.on_demand_rate);
        if kind.is_priced_on_demand() && FineMoney::read(&rate).is_ok() {
            row.set(Column::ListUnitPrice, &checked::plain(&rate));
        }
        Ok(())
    }

    fn is_spot(&self, cells: &Cells<'_>) -> bool {
        let is_in = |text: &[u8]| text.windows(9).any(|part| part == b"SpotUsage");
        *get(cells, self.term) == *b"Spot" || is_in(&get(cells, self.usage_type))
    }
}

impl Translate for Report {
    fn translate(&self, cells: &Cells<'_>, row: &mut FocusRow, emit: &mut dyn FnMut(&FocusRow)) -> Outcome {
        self.charges(cells, row, emit).unwrap_or_else(|unreadable| unreadable)
    }

    fn identity(&self, cells: &Cells<'_>, identity: &mut Vec<u8>) {
        // The number of a row comes again in other intervals.
        let (number, interval) = (get(cells, self.line_item_id), get(cells, self.interval));
        if !number.is_empty() && !interval.is_empty() {
            identity.extend_from_slice(&number);
            identity.push(0);
            identity.extend_from_slice(&interval);
        }
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}

/// A cell; empty where there is no such column.
pub(super) fn get<'c>(cells: &Cells<'c>, place: Option<usize>) -> Cow<'c, [u8]> {
    place.map_or(Cow::Borrowed(&[]), |place| cells.get(place))
}

fn write_costs(costs: &Costs, row: &mut FocusRow) {
    let all = [
        (Column::BilledCost, Some(costs.billed)),
        (Column::EffectiveCost, costs.effective),
        (Column::ListCost, costs.list),
        (Column::ContractedCost, costs.contracted),
    ];
    for (column, cost) in all {
        if let Some(cost) = cost {
            row.set_money(column, cost);
        }
    }
}

/// FOCUS: what nobody used of a commitment is usage that costs what was paid for it. It has no on-demand price, since
/// nothing ran.
fn write_unused(unused: FineMoney, row: &mut FocusRow) {
    let none = Some(FineMoney::ZERO);
    let costs = Costs { billed: FineMoney::ZERO, effective: Some(unused), list: none, contracted: none, unused: none };
    write_costs(&costs, row);
    row.set(Column::ChargeCategory, b"Usage");
    row.set(Column::ChargeFrequency, b"Usage-Based");
    row.set(Column::PricingCategory, b"Committed");
    row.set(Column::CommitmentDiscountStatus, b"Unused");
}

fn notes(amounts: &Amounts, spell: fn(&str) -> String) -> Vec<String> {
    let (net, gross) = (spell("lineItem/NetUnblendedCost"), spell("lineItem/UnblendedCost"));
    let billed = if amounts.are_net() {
        format!("Billed cost is `{net}`, after private discounts, and `{gross}` in rows without it.")
    } else {
        format!("Billed cost is `{gross}`: the report has no column of costs after private discounts.")
    };
    let list = spell("pricing/publicOnDemandCost");
    vec![
        billed,
        format!(
            "List cost of usage is `{list}`, unknown where a row has no number there. It stands for the contracted \
            cost of usage under reservations too, whose negotiated on-demand price the report does not tell."
        ),
        "Rows have other ids in a report that AWS writes anew: give the last version of each month only.".into(),
    ]
}
