//! The periods of a table: days, months and hours.
use crate::bills::iso::{self, DAY};
use crate::bills::moment;
use crate::bills::row::FocusRow;
use plimsoll::bill::Column;

/// A period. Where it ends is only known of months that are written as such: `2026-08-01` is a day, or the month that
/// begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    start: i64,
    is_month: bool,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Period {
    /// `2026-08-01`, `2026-08`, `Aug 2026`, `August 2026`, or `2026-08-01T05:00:00Z` for an hour.
    pub(super) fn read(text: &str) -> Option<Self> {
        let month = |year: &str, month: usize| {
            let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            let days = moment::days(year.parse().ok()?, month as i64, 1);
            is_year.then_some(Self { start: days * DAY, is_month: true })
        };
        if let Some((seconds, _)) = moment::read(text.as_bytes()) {
            return Some(Self { start: seconds, is_month: false });
        }
        if let Some((year, number)) = text.split_once('-').filter(|(_, number)| number.len() == 2) {
            return month(year, number.parse().ok().filter(|n| (1..=12).contains(n))?);
        }
        let (name, year) = text.split_once(' ')?;
        let start = name.get(..3)?.to_ascii_lowercase();
        let is_word = name.bytes().all(|b| b.is_ascii_alphabetic());
        month(year, MONTHS.iter().position(|month| *month == start).filter(|_| is_word)? + 1)
    }

    /// Writes when the charge was, and the month of the bill.
    pub(super) fn write(&self, row: &mut FocusRow) {
        let (year, month, _) = iso::date(self.start.div_euclid(DAY));
        let first = iso::written(moment::days(year, month, 1) * DAY);
        let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let next = iso::written(moment::days(next_year, next_month, 1) * DAY);
        row.set(Column::ChargePeriodStart, &iso::written(self.start));
        row.set(Column::BillingPeriodStart, &first);
        row.set(Column::BillingPeriodEnd, &next);
        if self.is_month {
            row.set(Column::ChargePeriodEnd, &next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_tables_write_them() {
        let of = |text: &str| {
            let mut row = FocusRow::default();
            Period::read(text)?.write(&mut row);
            let columns = [Column::ChargePeriodStart, Column::ChargePeriodEnd, Column::BillingPeriodEnd];
            Some(columns.map(|column| String::from_utf8_lossy(row.get(column)).into_owned()))
        };
        let december = ["2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z"].map(String::from);
        for text in ["2026-12", "Dec 2026", "December 2026"] {
            assert_eq!(of(text), Some(december.clone()), "{text}");
        }
        assert_eq!(of("2026-08-05").unwrap().join(" "), "2026-08-05T00:00:00Z  2026-09-01T00:00:00Z");
        assert_eq!(of("2026-08-05T07:00:00Z").unwrap()[0], "2026-08-05T07:00:00Z");
        for text in ["", "2026", "2026-13", "2026-8", "26-08", "Service", "May", "Mayor 20x6", "Augur 2026x", "+202-08"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
