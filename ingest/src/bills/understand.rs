//! A row's words as the typed parts of a charge.
use super::asked::{Asked, Field};
use super::row::Row;
use super::{moment, pacific};
use plimsoll::bill::{
    Calendar, Category, Charge, Charges, Column, Commitment, Cost, Costs, Detail, Period, Pricing, Status, TooMuch,
};
use plimsoll::units::decimal::DecimalError;
use plimsoll::units::{FineAmount, FineMoney};
use std::borrow::Cow;

/// The columns of the four costs.
pub(crate) const COSTS: [(Cost, Column); 4] = [
    (Cost::Billed, Column::BilledCost),
    (Cost::Effective, Column::EffectiveCost),
    (Cost::List, Column::ListCost),
    (Cost::Contracted, Column::ContractedCost),
];

/// A cell that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misunderstood {
    pub(crate) column: Column,
    pub(crate) what: String,
    pub(crate) help: &'static str,
}

/// What every row has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) costs: Costs,
    pub(crate) hour: i32,
    pub(crate) category: Category,
    pub(crate) pricing: Pricing,
    pub(crate) quantity: Option<FineAmount>,
}

/// Things worth telling that rows showed in passing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Amounts with more decimals than are kept.
    pub(crate) rounded: u64,
    /// Times without a zone, taken as universal.
    pub(crate) without_zone: u64,
    /// Usage of less than nothing that corrects nothing.
    pub(crate) negative: u64,
    /// Rows older than the row before, within a block.
    pub(crate) out_of_order: u64,
    /// Rows without a currency.
    pub(crate) without_currency: u64,
    /// Charge categories that FOCUS does not know.
    pub(crate) unknown_category: u64,
}

impl Seen {
    pub(crate) fn add(&mut self, other: &Self) {
        self.rounded += other.rounded;
        self.without_zone += other.without_zone;
        self.negative += other.negative;
        self.out_of_order += other.out_of_order;
        self.without_currency += other.without_currency;
        self.unknown_category += other.unknown_category;
    }
}

/// Reads rows of one file.
#[derive(Clone, Debug)]
pub(crate) struct Understanding {
    by: Vec<Field>,
    calendar: Calendar,
    is_hourly: bool,
    needs_currency: bool,
    /// Whether more is kept than sums, which need neither quantities nor commitments.
    is_full: bool,
    /// The last time that was read, and what it meant: neighboring rows are of the same hour.
    time: Vec<u8>,
    hour: i32,
    before: i32,
    pub(crate) seen: Seen,
}

impl Understanding {
    pub(crate) fn new(by: Vec<Field>, calendar: Calendar, asked: &Asked, needs_currency: bool) -> Self {
        let is_hourly = asked.period == Some(Period::Hour);
        let is_full = asked.detail == Detail::Full;
        let (time, hour, before) = (Vec::new(), 0, i32::MIN);
        Self { by, calendar, is_hourly, needs_currency, is_full, time, hour, before, seen: Seen::default() }
    }

    /// A new block begins: what came before it is not known to this reader.
    pub(crate) fn begin(&mut self) {
        self.before = i32::MIN;
    }

    /// Reads what every row has.
    #[inline]
    pub(crate) fn facts(&mut self, row: &impl Row) -> Result<Facts, Misunderstood> {
        let mut costs = Costs::default();
        // The four costs of a row are often the same text.
        let (mut text, mut amount) = (&[][..], FineMoney::ZERO);
        for (cost, column) in COSTS {
            let cell = row.word(column);
            if cell.is_empty() {
                continue;
            }
            if cell != text {
                let rounded;
                let read = FineMoney::read(cell).or_else(|_| FineMoney::read(cell.trim_ascii()));
                (amount, rounded) = read.map_err(|error| not_a_number(column, cell, error, "an amount of money"))?;
                text = cell;
                self.seen.rounded += u64::from(rounded);
            }
            costs.set(cost, amount);
        }
        let hour = self.hour(row.word(Column::ChargePeriodStart))?;
        self.seen.out_of_order += u64::from(hour < self.before);
        self.before = hour;
        self.currency(row.word(Column::BillingCurrency))?;
        let category = category(row.word(Column::ChargeCategory));
        self.seen.unknown_category += u64::from(category == Category::Unknown);
        let pricing = pricing(row.word(Column::PricingCategory));
        if !self.is_full {
            return Ok(Facts { costs, hour, category, pricing, quantity: None });
        }
        let cell = row.word(Column::PricingQuantity);
        let quantity = if cell.is_empty() {
            None
        } else {
            let wrong = |error| not_a_number(Column::PricingQuantity, cell, error, "a quantity");
            Some(FineAmount::read(cell).or_else(|_| FineAmount::read(cell.trim_ascii())).map_err(wrong)?.0)
        };
        let is_negative = category == Category::Usage && quantity.is_some_and(|q| q < FineAmount::ZERO);
        self.seen.negative += u64::from(is_negative && row.word(Column::ChargeClass).is_empty());
        Ok(Facts { costs, hour, category, pricing, quantity })
    }

    /// Adds a row whose facts were read.
    #[inline]
    pub(crate) fn add(&self, row: &impl Row, facts: &Facts, charges: &mut Charges) -> Result<(), TooMuch> {
        let Facts { costs, hour, category, pricing, quantity } = *facts;
        let currency = row.word(Column::BillingCurrency);
        let key = self.by.iter().map(|field| field.value(row));
        if !self.is_full {
            let (item, unit) = (&[][..], &[][..]);
            let charge = Charge { currency, hour, costs, category, pricing, item, unit, quantity, commitment: None };
            return charges.add(&charge, key);
        }
        let (sku, id) = (row.cell(Column::SkuId), row.cell(Column::CommitmentDiscountId));
        let next_best = || [Column::SkuPriceId, Column::ChargeDescription].map(|column| row.cell(column));
        let item = if sku.is_empty() {
            next_best().into_iter().find(|cell| !cell.is_empty()).unwrap_or_default()
        } else {
            sku
        };
        let unit = row.cell(Column::PricingUnit);
        let kind = if id.is_empty() { Cow::default() } else { row.cell(Column::CommitmentDiscountType) };
        let commitment = (!id.is_empty()).then(|| {
            let status = match row.word(Column::CommitmentDiscountStatus) {
                b"Used" => Status::Used,
                b"Unused" => Status::Unused,
                _ => Status::Unsaid,
            };
            Commitment { id: &id, kind: &kind, status }
        });
        let charge =
            Charge { currency, hour, costs, category, pricing, item: &item, unit: &unit, quantity, commitment };
        charges.add(&charge, key)
    }

    #[inline]
    fn hour(&mut self, cell: &[u8]) -> Result<i32, Misunderstood> {
        if !self.time.is_empty() && cell == self.time {
            return Ok(self.hour);
        }
        let Some((seconds, is_zoned)) = moment::read(cell.trim_ascii()) else {
            let what = format!("cannot read `{}` as a time", String::from_utf8_lossy(cell));
            let help = "times are written 2026-03-01T04:00:00Z; is a separator missing in this row or in the header?";
            return Err(Misunderstood { column: Column::ChargePeriodStart, what, help });
        };
        self.seen.without_zone += u64::from(!is_zoned);
        let shift = match self.calendar {
            Calendar::Pacific if !self.is_hourly => pacific::offset_hours(seconds) * 3600,
            _ => 0,
        };
        // Years 0 to 9999 are 88 million hours at most.
        self.hour = (seconds + shift).div_euclid(3600) as i32;
        self.time.clear();
        self.time.extend_from_slice(cell);
        Ok(self.hour)
    }

    #[inline]
    fn currency(&mut self, cell: &[u8]) -> Result<(), Misunderstood> {
        if cell.is_empty() && !self.needs_currency {
            self.seen.without_currency += 1;
            return Ok(());
        }
        if is_currency(cell) {
            return Ok(());
        }
        let what = match cell {
            [] => "the row has no currency".to_owned(),
            _ => format!("`{}` is no currency", String::from_utf8_lossy(cell)),
        };
        let help = "currencies are written as in USD; is a separator missing in this row or in the header?";
        Err(Misunderstood { column: Column::BillingCurrency, what, help })
    }
}

/// Whether a cell may be the code of a currency.
pub(crate) fn is_currency(cell: &[u8]) -> bool {
    (3..=12).contains(&cell.len())
        && cell.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
        && !cell[0].is_ascii_digit()
}

fn not_a_number(column: Column, cell: &[u8], error: DecimalError, kind: &str) -> Misunderstood {
    let text = String::from_utf8_lossy(cell);
    let (what, help) = match error {
        DecimalError::TooLarge => {
            (format!("`{text}` is larger than any bill"), "is the cell of another column, or an exponent too many?")
        }
        DecimalError::NotANumber if text.contains(',') => (
            format!("cannot read `{text}` as {kind}"),
            "numbers are written 1204.7, with a point and without separators",
        ),
        DecimalError::NotANumber => (
            format!("cannot read `{text}` as {kind}"),
            "numbers are written 1204.7; is a separator missing in this row or in the header?",
        ),
    };
    Misunderstood { column, what, help }
}

#[inline]
pub(crate) fn category(cell: &[u8]) -> Category {
    match cell {
        b"Usage" => Category::Usage,
        b"Purchase" => Category::Purchase,
        b"Tax" => Category::Tax,
        b"Credit" => Category::Credit,
        b"Adjustment" => Category::Adjustment,
        _ => Category::Unknown,
    }
}

#[inline]
pub(crate) fn pricing(cell: &[u8]) -> Pricing {
    match cell {
        b"Standard" => Pricing::Standard,
        b"Committed" => Pricing::Committed,
        b"Dynamic" => Pricing::Dynamic,
        b"Other" => Pricing::Other,
        _ => Pricing::Unknown,
    }
}
