//! The hours that a bill is about.
use super::options::Style;
use jiff::civil::{Date, date};

/// The first day.
const START: Date = date(2026, 1, 1);

/// Every hour, and the months they fall in.
pub(crate) struct Calendar {
    pub(crate) hours: u64,
    pub(crate) months: Vec<Month>,
    /// Each hour as it is written, and the one after the last.
    moments: Vec<Vec<u8>>,
}

/// A month of invoices.
pub(crate) struct Month {
    /// `2026-01`.
    pub(crate) name: String,
    /// Its first hour and the one after its last, counted from the start; the bill may end before the month does.
    pub(crate) hours: (u64, u64),
    /// When it begins and when the next one does, as it is written.
    pub(crate) bounds: [Vec<u8>; 2],
}

impl Calendar {
    pub(crate) fn new(days: u64, style: Style) -> Self {
        let day = |number: u64| START.checked_add(jiff::Span::new().days(number as i64)).expect("days of this century");
        let written = |date: Date, hour: u64| match style {
            Style::Spec => format!("{date}T{hour:02}:00:00Z").into_bytes(),
            Style::Sample => format!("\"{date} {hour:02}:00:00\"").into_bytes(),
        };
        let mut months = Vec::new();
        let mut first = 0;
        while first < days {
            let begins = day(first);
            let next = begins.last_of_month().tomorrow().expect("days of this century");
            let after = first + u64::from(begins.days_in_month().unsigned_abs());
            months.push(Month {
                name: begins.strftime("%Y-%m").to_string(),
                hours: (first * 24, after.min(days) * 24),
                bounds: [written(begins, 0), written(next, 0)],
            });
            first = after;
        }
        Self { hours: days * 24, months, moments: (0..=days * 24).map(|h| written(day(h / 24), h % 24)).collect() }
    }
    /// When an hour begins, as it is written.
    pub(crate) fn moment(&self, hour: u64) -> &[u8] {
        &self.moments[hour as usize]
    }
    /// The month that an hour falls in.
    pub(crate) fn month(&self, hour: u64) -> usize {
        self.months.iter().position(|month| hour < month.hours.1).unwrap_or(self.months.len() - 1)
    }
    /// The day of the week, Monday being 0, and the hour of the day.
    pub(crate) fn clock(hour: u64) -> (u64, u64) {
        let first = u64::from(START.weekday().to_monday_zero_offset().unsigned_abs());
        ((first + hour / 24) % 7, hour % 24)
    }
}
