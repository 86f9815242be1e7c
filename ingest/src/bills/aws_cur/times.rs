//! When a row was charged, and on which bill.
use super::names::Names;
use super::report::get;
use crate::bills::row::{Cells, FocusRow};
use crate::bills::translate::Outcome;
use crate::bills::{checked, iso, moment};
use plimsoll::bill::Column;

/// Where the times stand.
pub(super) struct Times {
    interval: Option<usize>,
    usage_start: Option<usize>,
    usage_end: Option<usize>,
    billing_start: Option<usize>,
    billing_end: Option<usize>,
}

/// A time as FOCUS writes it: texts in the order of time.
type Written = [u8; 20];

impl Times {
    /// Finds the columns; an error names the one without which nothing can be added up.
    pub(super) fn find(names: &Names<'_>) -> Result<Self, String> {
        let interval = names.place("identity/TimeInterval");
        let usage_start = names.needed("lineItem/UsageStartDate");
        Ok(Self {
            interval,
            usage_start: if interval.is_some() { usage_start.ok() } else { Some(usage_start?) },
            usage_end: names.place("lineItem/UsageEndDate"),
            billing_start: names.place("bill/BillingPeriodStartDate"),
            billing_end: names.place("bill/BillingPeriodEndDate"),
        })
    }

    /// Writes the four times. Whether the usage began before the bill's period, which was invoiced by then.
    pub(super) fn write(&self, cells: &Cells<'_>, row: &mut FocusRow) -> Result<bool, Outcome> {
        let interval = get(cells, self.interval);
        let slash = interval.iter().position(|b| *b == b'/').unwrap_or(interval.len());
        let of_usage = |place: Option<usize>, part: &[u8]| match place.map(|place| cells.get(place)) {
            Some(own) if !own.is_empty() => read(place, &own),
            _ => read(self.interval, part),
        };
        let Some(start) = of_usage(self.usage_start, &interval[..slash])? else {
            return Err(wrong(self.usage_start.or(self.interval), "the row has no time".into()));
        };
        let end = of_usage(self.usage_end, interval.get(slash + 1..).unwrap_or_default())?;
        let billing_start = read(self.billing_start, &get(cells, self.billing_start))?;
        let billing_end = read(self.billing_end, &get(cells, self.billing_end))?;
        let times = [
            (Column::ChargePeriodStart, Some(start)),
            (Column::ChargePeriodEnd, end),
            (Column::BillingPeriodStart, billing_start),
            (Column::BillingPeriodEnd, billing_end),
        ];
        for (column, time) in times {
            if let Some(time) = time {
                row.set(column, &time);
            }
        }
        Ok(billing_start.is_some_and(|billing_start| start < billing_start))
    }
}

/// A time; none if the text is empty.
fn read(place: Option<usize>, text: &[u8]) -> Result<Option<Written>, Outcome> {
    match moment::read(text) {
        Some((seconds, _)) => Ok(Some(iso::written(seconds))),
        None if text.is_empty() => Ok(None),
        None => Err(wrong(place, format!("cannot read `{}` as a time", String::from_utf8_lossy(text)))),
    }
}

fn wrong(place: Option<usize>, what: String) -> Outcome {
    let help = "times are written 2026-03-01T04:00:00Z; is a separator missing in this row or in the header?";
    checked::unreadable(place.unwrap_or_default(), what, help)
}
