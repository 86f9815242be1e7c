//! From sums to an answer.
use super::anomalies::{self, NEEDS_DAYS, Watch};
use super::charge::Cost;
use super::charges::Charges;
use super::commitments::{self, Commitments};
use super::comparison::{Compared, Side, compared};
use super::days::Days;
use super::drivers::{Drivers, drivers};
use super::grain::{Calendar, Detail, Period};
use super::groups::Groups;
use super::key::Names;
use super::ledger::{BillOptions, Check, Ledger};
use super::quality::{self, BillQuality};
use super::refusal::BillRefusal;
use super::totals::{self, Total};
use super::unit_cost::{UnitCosts, unit_costs};

/// Where the money goes, and what drove the change.
#[derive(Clone, Debug)]
pub struct BillAnswer {
    /// The names of the asked columns.
    pub by: Vec<String>,
    /// The period of the groups, if they are split by one.
    pub period: Option<Period>,
    /// The cost that groups are sorted by and whose change is explained.
    pub cost: Cost,
    /// What the bill comes to, for each currency.
    pub totals: Vec<Total>,
    /// The same by the asked columns.
    pub groups: Groups,
    /// The change between two periods, if there are two that can be compared.
    pub drivers: Option<Drivers>,
    /// What commitments cover, waste and save.
    pub commitments: Commitments,
    /// What one of what the business counts costs, for each currency.
    pub unit_costs: Vec<UnitCosts>,
    /// Days that stand out, if days are apart.
    pub watch: Option<Watch>,
    /// The rules of FOCUS; empty for inputs in other formats.
    pub checks: Vec<Check>,
    /// How far the rows can be trusted.
    pub quality: BillQuality,
    /// Assumptions and warnings, a sentence each.
    pub notes: Vec<String>,
}

/// Answers from what was read.
///
/// Refuses a bill without a charge, one of whose rows none has the asked cost, and a comparison with a period that is
/// not there. What takes more than the sums hold (drivers of very many items, anomalies of a short bill) is left out of
/// the answer with the reason.
pub fn bill(ledger: &Ledger, options: &BillOptions) -> Result<BillAnswer, BillRefusal> {
    let (charges, reading) = (&ledger.charges, &ledger.reading);
    let (cost, calendar) = (charges.grain.cost, reading.calendar);
    let totals = totals::totals(charges)?;
    if totals.is_empty() {
        let most = reading.aside.iter().max_by_key(|aside| aside.rows);
        let why = most.map(|aside| format!("{} are set aside ({})", aside.rows, aside.reason));
        return Err(BillRefusal::Empty { rows_read: reading.rows_read, why });
    }
    let has = |cost: &Cost| totals.iter().any(|total| total.tally.of(*cost).is_some());
    if !has(&cost) {
        let known = Cost::ALL.into_iter().filter(has).collect();
        return Err(BillRefusal::CostAbsent { asked: cost, known });
    }
    let names = Names::of(charges);
    let days = Days::of(charges);
    let days = days.as_ref();
    let mut notes = reading.notes.clone();
    notes.extend(lacking(&totals));
    let compared = compared(charges, options, calendar, days)?;
    notes.extend(about_the_change(charges, compared.as_ref()));
    let drivers = compared.and_then(|compared| drivers(charges, &names, calendar, compared));
    let unit_costs = options.business.as_ref().map(|business| unit_costs(charges, business, calendar, days));
    let (unit_costs, unmatched) = unit_costs.unwrap_or_default();
    notes.extend(unmatched);
    let watch = match watch(charges, &names, calendar, days) {
        Ok(watch) => Some(watch),
        Err(why) => {
            notes.extend(why);
            None
        }
    };
    Ok(BillAnswer {
        by: charges.grain.by.clone(),
        period: charges.grain.period,
        cost,
        groups: Groups::of(charges, calendar)?,
        drivers,
        commitments: commitments::commitments(charges)?,
        unit_costs,
        watch,
        checks: reading.checks.clone(),
        quality: quality::quality(reading, calendar, days),
        totals,
        notes,
    })
}

/// Where a cost is the sum of only some rows.
fn lacking(totals: &[Total]) -> Vec<String> {
    let mut notes = Vec::new();
    for total in totals {
        let of =
            if total.currency.code().is_empty() { String::new() } else { format!(" in {}", total.currency.code()) };
        for cost in Cost::ALL {
            let (lacking, rows) = (total.tally.lacking(cost), total.tally.rows);
            if lacking > 0 && lacking < rows {
                let word = cost.word();
                notes.push(format!("{lacking} of {rows} rows{of} have no {word} cost: {word} sums are of the others"));
            }
        }
        if total.currency.code().is_empty() {
            notes.push(format!("{} rows do not say their currency: their sums stand apart", total.tally.rows));
        }
    }
    notes
}

/// Which periods were compared and why, or why none were.
fn about_the_change(charges: &Charges, compared: Option<&Compared>) -> Vec<String> {
    if charges.grain.detail == Detail::Sums {
        return vec![
            "only sums were asked for: neither what drove the change nor what stands out was looked for".into(),
        ];
    }
    if charges.changes().is_none() {
        return vec![
            "no drivers of the change: there are too many items in too many groups; ask by fewer columns".into(),
        ];
    }
    let Some(compared) = compared else { return vec!["nothing to compare: all charges are of one period".into()] };
    if let Some(why) = &compared.why {
        return vec![why.clone()];
    }
    let partial = [compared.base, compared.period].into_iter().filter(|side| !side.is_whole());
    let sentence = |side: Side| {
        let days = side.days.unwrap_or_default();
        format!("{} has charges on {days} of {} days, and is compared as it is", side.slot, side.slot.days())
    };
    partial.map(sentence).collect()
}

/// What stands out, or why nobody looked; without a reason where nobody was to.
fn watch(charges: &Charges, names: &Names, calendar: Calendar, days: Option<&Days>) -> Result<Watch, Option<String>> {
    if charges.grain.detail == Detail::Sums {
        return Err(None);
    }
    let no = |why: String| Err(Some(format!("no look for anomalies: {why}")));
    let Some(days) = days else {
        return no("there are too many groups to keep days apart; ask by fewer columns".into());
    };
    if days.are_months() && days.spanned() > 1 {
        return no("all charges are dated to the first of a month".into());
    }
    if days.spanned() < NEEDS_DAYS as u64 {
        return no(format!("that needs {NEEDS_DAYS} days, the bill has {}", days.spanned()));
    }
    Ok(anomalies::watch(charges, names, calendar, days))
}
