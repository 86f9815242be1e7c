//! Days as Azure writes them: `09/21/2023`, `9/2/2023`, `2023-09-21`, `2023-09-21T00:00:00Z`.
use crate::bills::checked::unreadable;
use crate::bills::iso::{self, DAY};
use crate::bills::moment;
use crate::bills::translate::Outcome;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// Days since the epoch.
    pub(super) days: i64,
    /// Whether it was written with the month first, which a reader could take for the day.
    pub(super) is_month_first: bool,
}

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDay {
    /// There is no month of this number, but there is such a day of a month.
    DayFirst,
    /// It is no date at all.
    NoDate,
}

/// Reads a day. Microsoft documents `MM/DD/YYYY`; an export that shows itself to be written otherwise is refused.
pub(super) fn read(text: &[u8]) -> Result<Day, NoDay> {
    if let Some((seconds, _)) = moment::read(text) {
        return Ok(Day { days: seconds.div_euclid(DAY), is_month_first: false });
    }
    // A time of the day may follow.
    let date = text.split(|b| *b == b' ').next().unwrap_or_default();
    let mut parts = date.split(|b| *b == b'/').map(number);
    let (Some(Some(month)), Some(Some(day)), Some(Some(year)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(NoDay::NoDate);
    };
    let days = |month: i64, day: i64| {
        let days = moment::days(year, month, day);
        // What is no date comes back as another one.
        (iso::date(days) == (year, month, day)).then_some(days)
    };
    match (days(month, day), days(day, month)) {
        _ if !(1000..=9999).contains(&year) => Err(NoDay::NoDate),
        (Some(days), _) => Ok(Day { days, is_month_first: true }),
        (None, Some(_)) => Err(NoDay::DayFirst),
        (None, None) => Err(NoDay::NoDate),
    }
}

fn number(digits: &[u8]) -> Option<i64> {
    let is_number = (1..=4).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| digits.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0')))
}

impl NoDay {
    /// As the complaint of a cell.
    pub(super) fn told(self, place: usize, text: &str) -> Outcome {
        match self {
            Self::DayFirst => unreadable(
                place,
                format!("`{text}` has no month, read as month/day/year"),
                "this export seems to write the day first; export it anew in English (United States) or with ISO dates",
            ),
            Self::NoDate => unreadable(
                place,
                format!("cannot read `{text}` as a date"),
                "dates are written 09/21/2023 or 2023-09-21; is a separator missing in this row or in the header?",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_spelling() {
        let days = moment::days(2023, 9, 2);
        for text in [
            "09/02/2023",
            "9/2/2023",
            "09/02/2023 00:00:00",
            "2023-09-02",
            "2023-09-02T00:00:00Z",
            "2023-09-02 00:00:00",
        ] {
            let day = Day { days, is_month_first: text.contains('/') };
            assert_eq!(read(text.as_bytes()), Ok(day), "{text}");
        }
    }

    #[test]
    fn a_day_in_the_place_of_the_month_is_not_guessed_at() {
        assert_eq!(read(b"21/09/2023"), Err(NoDay::DayFirst));
        for text in [
            "",
            "21.09.2023",
            "3/1/21",
            "02/30/2023",
            "9/2",
            "9/2/2023/1",
            "a/b/c",
            "45/45/2023",
            "0/0/2023",
            "9999/1/2023",
            "Compute",
        ] {
            assert_eq!(read(text.as_bytes()), Err(NoDay::NoDate), "{text}");
        }
    }
}
