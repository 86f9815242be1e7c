//! Prices out of rows, with who says so.
use super::PriceError;
use super::rows::{Column, Row, Sheet};
use jiff::civil::Date;
use plimsoll::catalog::{Provenance, Quote, Tier, Tiered};
use plimsoll::units::{Amount, Billable, Price};
use std::sync::Arc;

/// The provenances of one table. A table has few of them, and each is kept once and shared by all its prices.
pub(super) struct Said {
    table: Arc<str>,
    known: Vec<(String, Provenance)>,
}

impl Said {
    pub(super) fn in_sheet(sheet: &Sheet<'_>) -> Self {
        Self { table: Arc::clone(&sheet.path), known: Vec::new() }
    }
    /// The provenance of a price whose source and date stand in these columns.
    pub(super) fn at(
        &mut self,
        row: Row<'_>,
        source: Column,
        as_of: Column,
        note: &str,
    ) -> Result<Provenance, PriceError> {
        self.by(row, row.text(source), (as_of, row.text(as_of)), false, note)
    }
    /// The same of a source and a date that are parts of their cells.
    pub(super) fn by(
        &mut self,
        row: Row<'_>,
        source: &str,
        (column, as_of): (Column, &str),
        derived: bool,
        note: &str,
    ) -> Result<Provenance, PriceError> {
        // The source first: it tells most of them apart.
        let same = |(date, said): &(String, Provenance)| {
            *said.source == *source
                && said.derived == derived
                && said.note.as_deref().unwrap_or("") == note
                && date == as_of
        };
        if let Some(at) = self.known.iter().position(same) {
            return Ok(self.known[at].1.clone());
        }
        // Of several dates the oldest counts: age is never flattered.
        let dates = as_of.split('|').map(str::parse::<Date>).collect::<Result<Vec<_>, _>>();
        let oldest = dates.ok().and_then(|dates| dates.into_iter().min());
        let provenance = Provenance {
            table: Arc::clone(&self.table),
            source: source.into(),
            as_of: oldest.ok_or_else(|| row.wrong(column, "is not a date such as 2026-07-20"))?,
            derived,
            note: (!note.is_empty()).then(|| note.into()),
        };
        self.known.push((as_of.into(), provenance.clone()));
        Ok(provenance)
    }
}

/// The columns that every table but `compute` has for a price.
pub(super) struct Quotes {
    unit: Column,
    price: Column,
    source: Column,
    as_of: Column,
    note: Column,
    said: Said,
}

impl Quotes {
    pub(super) fn in_sheet(sheet: &Sheet<'_>) -> Result<Self, PriceError> {
        let [unit, price, source, as_of, note] = sheet.columns(["unit", "price", "source", "as_of", "note"])?;
        Ok(Self { unit, price, source, as_of, note, said: Said::in_sheet(sheet) })
    }
    /// Who says what the row says, with `remark` before the row's own note.
    pub(super) fn provenance(&mut self, row: Row<'_>, remark: &str) -> Result<Provenance, PriceError> {
        let note = row.text(self.note);
        let both = match (remark, note) {
            ("", _) => note.to_owned(),
            (_, "") => remark.to_owned(),
            _ => format!("{remark}; {note}"),
        };
        self.said.at(row, self.source, self.as_of, &both)
    }
    /// The row's price of one unit.
    pub(super) fn quote<Q: Billable>(&mut self, row: Row<'_>, sku: &str, remark: &str) -> Result<Quote<Q>, PriceError> {
        row.need(self.price)?;
        let money = row.money(self.price)?.expect("the cell is not empty");
        let list = Price::listed(money, self.billed_unit(row)).map_err(|_| {
            let units = Q::BILLED_IN.iter().map(|(unit, _)| *unit).collect::<Vec<_>>().join(", ");
            row.wrong(self.unit, &format!("is not a unit of {sku}: {units}"))
        })?;
        Ok(Quote::listed(sku, list, self.provenance(row, remark)?))
    }
    /// The unit that the row's price is really for.
    ///
    /// Amazon writes GB-month and counts GiB: volumes are sized in GiB and billed one to one (EBS and RDS user guides),
    /// and the S3 FAQ divides byte-hours by 1,073,741,824. What it charges by the GB in motion is left as written: the
    /// smaller unit never charges too little.
    fn billed_unit<'r>(&self, row: Row<'r>) -> &'r str {
        match row.text(self.unit) {
            "GB-month" if self.said.table.starts_with("aws/") => "GiB-month",
            unit => unit,
        }
    }
    /// The unit of the row's price.
    pub(super) fn unit<'r>(&self, row: Row<'r>) -> &'r str {
        row.text(self.unit)
    }
}

/// The columns of a tier's bounds.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) from: Column,
    pub(super) to: Column,
}

impl Bounds {
    /// From where to where the row's price holds; empty cells mean everywhere, `inf` without end.
    pub(super) fn of(self, row: Row<'_>) -> Result<(Amount, Option<Amount>), PriceError> {
        let from = row.number(self.from)?.unwrap_or(0.0);
        let to = if row.text(self.to) == "inf" { None } else { row.number(self.to)? };
        Ok((Amount::nearest(from), to.map(Amount::nearest)))
    }
}

/// Tiers of one thing as they were found, in any order.
pub(super) fn ladder<Q: Billable>(table: &str, what: &str, mut tiers: Vec<Tier<Q>>) -> Result<Tiered<Q>, PriceError> {
    tiers.sort_by_key(|tier| tier.from);
    Tiered::new(tiers).ok_or_else(|| PriceError::Tiers { table: table.into(), what: what.into() })
}
