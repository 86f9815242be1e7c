//! A calendar month, day or hour of a bill, with a name that people write: `2026-03`, `2026-03-18`, `2026-03-18T04:00:00Z`.
use super::civil::Civil;
use super::grain::{Calendar, Period};
use jiff::civil::Date;
use std::fmt;

/// A month, day or hour by the clock of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    hour: i32,
    period: Period,
    calendar: Calendar,
}

impl Slot {
    /// The month, day or hour in which an hour since the epoch lies.
    pub(super) fn around(hour: i32, period: Period, calendar: Calendar) -> Self {
        let hour = match period {
            Period::Hour => hour,
            Period::Day => hour.div_euclid(24) * 24,
            Period::Month => Civil::month_start(Civil::default().month(hour)),
        };
        Self { hour, period, calendar }
    }
    /// The one that begins in an hour.
    pub(super) const fn beginning(hour: i32, period: Period, calendar: Calendar) -> Self {
        Self { hour, period, calendar }
    }
    /// The slot that a text names, if it names one.
    pub fn named(text: &str, calendar: Calendar) -> Option<Self> {
        let (date, hour) = text.split_once('T').map_or((text, None), |(date, hour)| (date, Some(hour)));
        let parts: Vec<&str> = date.split('-').collect();
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok())?
        };
        let day = |d: &str| number(d, 2);
        let (date, period) = match (parts.as_slice(), hour) {
            ([y, m], None) => (Date::new(number(y, 4)?, day(m)? as i8, 1).ok()?, Period::Month),
            ([y, m, d], None) => (Date::new(number(y, 4)?, day(m)? as i8, day(d)? as i8).ok()?, Period::Day),
            ([y, m, d], Some(_)) => (Date::new(number(y, 4)?, day(m)? as i8, day(d)? as i8).ok()?, Period::Hour),
            _ => return None,
        };
        let of_day = match hour {
            None => 0,
            Some(text) => {
                let digits = text.trim_end_matches('Z');
                let hour = digits.get(..2).and_then(|h| number(h, 2)).filter(|h| *h < 24)?;
                matches!(&digits[2..], "" | ":00" | ":00:00").then_some(hour)?
            }
        };
        Some(Self { hour: Civil::hour_of(date) + i32::from(of_day), period, calendar })
    }
    /// How long it is.
    pub const fn period(self) -> Period {
        self.period
    }
    /// The hour since the epoch in which it begins.
    pub(super) const fn hour(self) -> i32 {
        self.hour
    }
    /// By whose clock it begins.
    pub const fn calendar(self) -> Calendar {
        self.calendar
    }
    /// Its first day.
    pub fn date(self) -> Date {
        Civil::date(self.hour)
    }
    /// How many days it has: a month's days, otherwise one.
    pub fn days(self) -> u32 {
        if self.period == Period::Month { self.date().days_in_month().unsigned_abs().into() } else { 1 }
    }
    /// The one after it: where it ends.
    pub fn next(self) -> Self {
        Self::around(
            self.hour + if self.period == Period::Hour { 1 } else { self.days() as i32 * 24 },
            self.period,
            self.calendar,
        )
    }
    /// Its beginning in RFC 3339; a day of a clock that is not universal time is a date alone.
    pub fn time(self) -> String {
        match self.calendar {
            Calendar::Utc => format!("{}T{:02}:00:00Z", self.date(), self.hour.rem_euclid(24)),
            Calendar::Pacific => Self { period: self.period.max(Period::Day), ..self }.to_string(),
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        match self.period {
            Period::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Period::Day => write!(f, "{date}"),
            Period::Hour => {
                let zone = if self.calendar == Calendar::Utc { "Z" } else { "" };
                write!(f, "{date}T{:02}:00:00{zone}", self.hour.rem_euclid(24))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_called_as_it_is_written() {
        for text in ["2026-03", "2026-03-18", "2026-03-18T04:00:00Z", "1969-12", "2024-02-29"] {
            let slot = Slot::named(text, Calendar::Utc).unwrap();
            assert_eq!(slot.to_string(), text);
            assert_eq!(Slot::around(slot.hour(), slot.period(), Calendar::Utc), slot);
        }
        for wrong in [
            "",
            "2026",
            "2026-13",
            "2026-02-30",
            "march",
            "2026-03-18T24:00:00Z",
            "2026-3",
            "26-03",
            "2026-03-18T04:30",
        ] {
            assert_eq!(Slot::named(wrong, Calendar::Utc), None, "{wrong}");
        }
        assert_eq!(Slot::named("2024-02", Calendar::Utc).unwrap().days(), 29);
        assert_eq!(Slot::named("2024-12", Calendar::Utc).unwrap().next().to_string(), "2025-01");
        assert_eq!(Slot::named("2026-03-18T04", Calendar::Pacific).unwrap().to_string(), "2026-03-18T04:00:00");
    }

    #[test]
    fn times_are_rfc_3339() {
        assert_eq!(Slot::named("2026-03", Calendar::Utc).unwrap().time(), "2026-03-01T00:00:00Z");
        assert_eq!(Slot::named("2026-03", Calendar::Pacific).unwrap().time(), "2026-03-01");
    }
}
