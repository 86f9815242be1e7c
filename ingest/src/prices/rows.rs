//! The rows of one table, with the place of every cell at hand.
use super::tables::path;
use super::{PriceError, Tables};
use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};
use plimsoll::units::Money;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

/// One table while it is read. Its columns are found by name once, and cells by number from then on.
pub(super) struct Sheet<'t> {
    pub(super) path: Arc<str>,
    header: StringRecord,
    reader: Reader<&'t [u8]>,
}

/// A column by its place in the header.
#[derive(Clone, Copy)]
pub(super) struct Column(usize);

impl<'t> Sheet<'t> {
    /// A table that may be absent.
    pub(super) fn find(
        tables: Tables<'t>,
        provider: &str,
        region: &str,
        name: &str,
    ) -> Result<Option<Self>, PriceError> {
        let text = tables.get(provider, region, name);
        text.map(|text| Self::of(&path(provider, region, name), text)).transpose()
    }
    /// A table that has to be there.
    pub(super) fn open(tables: Tables<'t>, provider: &str, region: &str, name: &str) -> Result<Self, PriceError> {
        Self::of(&path(provider, region, name), tables.need(provider, region, name)?)
    }
    /// This text under this name.
    pub(super) fn of(path: &str, text: &'t str) -> Result<Self, PriceError> {
        // The tables promise never to quote, so a quotation mark is a character like any other.
        let mut reader = ReaderBuilder::new().quoting(false).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|e| bad_line(path, &e))?.clone();
        Ok(Self { path: path.into(), header, reader })
    }
    /// The columns of these names.
    pub(super) fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Column; N], PriceError> {
        let mut found = [Column(0); N];
        for (column, name) in found.iter_mut().zip(names) {
            let at = self.header.iter().position(|heading| heading == name);
            *column =
                Column(at.ok_or_else(|| PriceError::NoColumn { table: self.path.to_string(), column: name.into() })?);
        }
        Ok(found)
    }
    /// Every row in turn, until one is refused.
    pub(super) fn each(mut self, mut read: impl FnMut(Row<'_>) -> Result<(), PriceError>) -> Result<(), PriceError> {
        let mut record = StringRecord::new();
        while self.reader.read_record(&mut record).map_err(|e| bad_line(&self.path, &e))? {
            read(Row { table: &self.path, header: &self.header, record: &record })?;
        }
        Ok(())
    }
}

fn bad_line(table: &str, error: &csv::Error) -> PriceError {
    let line = error.position().map_or(1, csv::Position::line);
    let what = match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells where the header has {expected_len}")
        }
        _ => "the line is not UTF-8 text".to_owned(),
    };
    PriceError::Line { table: table.into(), line, what }
}

/// One row: cells by column, each read into what it should be or refused with its place.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    table: &'r str,
    header: &'r StringRecord,
    record: &'r StringRecord,
}

impl<'r> Row<'r> {
    /// The text of a cell; empty for what is unknown.
    pub(super) fn text(self, column: Column) -> &'r str {
        self.record.get(column.0).expect("the reader refuses rows that are shorter than the header")
    }
    /// The text of a cell that has to be known.
    pub(super) fn need(self, column: Column) -> Result<&'r str, PriceError> {
        Some(self.text(column)).filter(|text| !text.is_empty()).ok_or_else(|| self.wrong(column, "the cell is empty"))
    }
    /// A cell as a value; none where it is empty.
    pub(super) fn read<T: FromStr<Err: Display>>(self, column: Column) -> Result<Option<T>, PriceError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|why: T::Err| self.wrong(column, &format!("cannot be read: {why}")))
    }
    /// A cell as a number that a quantity can have: finite and not negative.
    pub(super) fn number(self, column: Column) -> Result<Option<f64>, PriceError> {
        let n: Option<f64> = self.read(column)?;
        match n {
            Some(n) if !n.is_finite() || n < 0.0 => Err(self.wrong(column, "is not a finite number at or above zero")),
            n => Ok(n),
        }
    }
    /// A number that has to be known.
    pub(super) fn needed_number(self, column: Column) -> Result<f64, PriceError> {
        self.need(column)?;
        Ok(self.number(column)?.expect("a cell that is not empty is a number or refused"))
    }
    /// A price; none where the cell is empty.
    pub(super) fn money(self, column: Column) -> Result<Option<Money>, PriceError> {
        match self.read(column)? {
            Some(money) if money < Money::ZERO => Err(self.wrong(column, "is below zero, and no price is")),
            money => Ok(money),
        }
    }
    /// `yes` or `no`.
    pub(super) fn yes(self, column: Column) -> Result<bool, PriceError> {
        match self.text(column) {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(self.wrong(column, "is neither `yes` nor `no`")),
        }
    }
    /// What is wrong with a cell, at its place.
    pub(super) fn wrong(self, column: Column, why: &str) -> PriceError {
        PriceError::Cell {
            table: self.table.into(),
            line: self.record.position().map_or(0, csv::Position::line),
            column: self.header[column.0].into(),
            value: self.text(column).into(),
            why: why.into(),
        }
    }
}
