//! Which two periods are compared.
use super::charges::Charges;
use super::days::Days;
use super::grain::{Calendar, Period};
use super::ledger::BillOptions;
use super::refusal::BillRefusal;
use super::slot::Slot;

/// Two periods whose difference is explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The earlier.
    pub base: Side,
    /// The later.
    pub period: Side,
    /// Why these, where nobody named them and they are not simply the last.
    pub why: Option<String>,
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// The period.
    pub slot: Slot,
    /// How many of its days have charges, where that is known.
    pub days: Option<u32>,
}

impl Side {
    /// Whether every day of it has charges, as far as is known.
    pub fn is_whole(&self) -> bool {
        self.days.is_none_or(|days| days == self.slot.days())
    }
}

/// The periods to compare: those that were asked for, or the last two; of months the last two that are whole, if two are.
/// Fewer than two are none.
pub(super) fn compared(
    charges: &Charges,
    options: &BillOptions,
    calendar: Calendar,
    days: Option<&Days>,
) -> Result<Option<Compared>, BillRefusal> {
    let finest = charges.changes().map_or(Period::Month, |_| charges.follows());
    let hours = hours(charges);
    if hours.is_empty() {
        return Ok(None);
    }
    let slots = |period| {
        let mut slots: Vec<Slot> = hours.iter().map(|hour| Slot::around(*hour, period, calendar)).collect();
        slots.dedup();
        slots
    };
    let counted = days.filter(|days| !days.are_months());
    let side = |slot: Slot| Side { slot, days: counted.map(|days| days.within(slot)) };
    if let Some((base, period)) = &options.compare {
        let named = |name: &String| {
            Slot::named(name, calendar).ok_or_else(|| {
                let kinds = [Period::Month, Period::Day, Period::Hour].into_iter().filter(|p| *p <= finest);
                let known = kinds.flat_map(slots).map(|slot| slot.to_string());
                let nearest = known.min_by_key(|known| strsim::osa_distance(known, name));
                BillRefusal::UnknownPeriod { name: name.clone(), nearest }
            })
        };
        let (from, to) = (named(base)?, named(period)?);
        let (base_text, period_text) = (base.clone(), period.clone());
        if from.period() != to.period() {
            return Err(BillRefusal::Unlike { base: base_text, period: period_text });
        }
        if from.period() > finest {
            let (asked, kept) = (from.period().word(), finest.word());
            return Err(BillRefusal::TooFine { base: base_text, period: period_text, asked, kept });
        }
        let known = slots(from.period());
        for (slot, name) in [(from, base), (to, period)] {
            if known.binary_search(&slot).is_err() {
                let nearest = known.iter().min_by_key(|other| other.hour().abs_diff(slot.hour()));
                let nearest = nearest.map(ToString::to_string);
                return Err(BillRefusal::UnknownPeriod { name: name.clone(), nearest });
            }
        }
        return Ok(Some(Compared { base: side(from), period: side(to), why: None }));
    }
    let period = charges.grain.period.unwrap_or(Period::Month).min(finest);
    let sides: Vec<Side> = slots(period).into_iter().map(side).collect();
    Ok(last_two(&sides, counted.and_then(|days| days.cut_off(calendar)).map(|cut| cut.day)))
}

fn last_two(sides: &[Side], cut_off: Option<Slot>) -> Option<Compared> {
    let last = sides.last()?;
    let fit: Vec<Side> = match last.slot.period() {
        Period::Month => sides.iter().filter(|side| side.is_whole()).copied().collect(),
        Period::Day => sides.iter().filter(|side| Some(side.slot) != cut_off).copied().collect(),
        Period::Hour => sides.to_vec(),
    };
    let chosen = if fit.len() < 2 { sides } else { &fit };
    let [.., base, period] = chosen else { return None };
    let are_last = sides.ends_with(&[*base, *period]);
    let why = (!are_last).then(|| match last.days {
        Some(days) if last.slot.period() == Period::Month && !last.is_whole() => format!(
            "{} has charges on {days} of {} days: the last two whole months are compared",
            last.slot,
            last.slot.days()
        ),
        _ if last.slot.period() == Period::Month => "the last two whole months are compared".to_owned(),
        _ => format!("{} looks cut off: the two days before it are compared", last.slot),
    });
    Some(Compared { base: *base, period: *period, why })
}

/// The hours in which anything begins that sums are kept by, ascending.
fn hours(charges: &Charges) -> Vec<i32> {
    let mut hours: Vec<i32> = match charges.changes() {
        Some(changes) => changes.map(|(_, hour, _)| hour).collect(),
        None if charges.has_months() => charges.times().map(|(_, hour, _)| hour).collect(),
        None => Vec::new(),
    };
    hours.sort_unstable();
    hours.dedup();
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(name: &str, days: Option<u32>) -> Side {
        Side { slot: Slot::named(name, Calendar::Utc).unwrap(), days }
    }
    fn chosen(sides: &[Side]) -> (String, Option<String>) {
        let Compared { base, period, why } = last_two(sides, None).unwrap();
        (format!("{} {}", base.slot, period.slot), why)
    }

    #[test]
    fn whole_months_are_compared_where_there_are_two() {
        let [jan, feb] = [side("2026-01", Some(31)), side("2026-02", Some(28))];
        let part = side("2026-03", Some(10));
        assert_eq!(chosen(&[jan, feb]), ("2026-01 2026-02".into(), None));
        let why = "2026-03 has charges on 10 of 31 days: the last two whole months are compared";
        assert_eq!(chosen(&[jan, feb, part]), ("2026-01 2026-02".into(), Some(why.into())));
        assert_eq!(chosen(&[feb, part]), ("2026-02 2026-03".into(), None));
        assert_eq!(chosen(&[side("2026-01", None), side("2026-02", None)]).0, "2026-01 2026-02");
        assert_eq!(last_two(&[jan], None), None);
    }

    #[test]
    fn a_day_that_looks_cut_off_is_left_out() {
        let days = ["2026-03-01", "2026-03-02", "2026-03-03"].map(|name| side(name, Some(1)));
        let compared = last_two(&days, Some(days[2].slot)).unwrap();
        assert_eq!((compared.base, compared.period), (days[0], days[1]));
        assert_eq!(compared.why.unwrap(), "2026-03-03 looks cut off: the two days before it are compared");
    }
}
