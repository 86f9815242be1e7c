//! Google Cloud's billing export to BigQuery, standard and detailed, flattened to CSV, as rows of FOCUS.
//!
//! Google, "Structure of Standard data export" and "Structure of Detailed data export". Names are dotted
//! (`usage.pricing_unit`), or have underscores as BigQuery flattens them; what repeats is a list of objects in one cell.
//!
//! `cost` leaves out the credits of its row, which are negative: what is invoiced, and what it comes to effectively, is the
//! sum of both; `cost` alone is the cost at the agreed prices. Google spreads the fees of commitments over time as it bills
//! them, so no upfront payment is left to amortize. Days and months begin at midnight in California ([`pacific`]).
mod columns;
mod credits;
mod labels;
#[cfg(test)]
mod real;
mod service;

use super::checked::{self, unreadable};
use super::header::Header;
use super::row::{Cells, FocusRow};
use super::translate::{Outcome, Translate};
use super::{iso, moment, pacific};
use columns::Columns;
use credits::Credits;
use plimsoll::bill::{Calendar, Column};
use plimsoll::units::FineMoney;

/// A translator for a file with this header. An error names the column without which rows cannot be added up.
pub(crate) fn translator(header: &Header) -> Result<Box<dyn Translate>, String> {
    Ok(Box::new(Gcp { columns: Columns::find(header)? }))
}

struct Gcp {
    columns: Columns,
}

/// What a row is for, by its cost_type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Regular,
    Tax,
    Adjustment,
}

const KINDS: [(&str, Kind); 4] = [
    ("regular", Kind::Regular),
    ("tax", Kind::Tax),
    ("adjustment", Kind::Adjustment),
    ("rounding_error", Kind::Adjustment),
];

impl Kind {
    const fn category(self) -> &'static str {
        match self {
            Self::Regular => "Usage",
            Self::Tax => "Tax",
            Self::Adjustment => "Adjustment",
        }
    }
}

impl Translate for Gcp {
    fn translate(&self, cells: &Cells<'_>, row: &mut FocusRow, emit: &mut dyn FnMut(&FocusRow)) -> Outcome {
        match self.charge(cells, row) {
            Ok(()) => {
                emit(row);
                Outcome::Used
            }
            Err(outcome) => outcome,
        }
    }

    fn calendar(&self) -> Calendar {
        Calendar::Pacific
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            "billed and effective costs are cost and credits together; contracted costs are without credits".to_owned(),
            "fees of commitments are rows of their own and count as usage, as Google bills them; a credit names the commitment \
             that gave it, but not what was left of it unused"
                .to_owned(),
        ];
        if self.columns.cost_at_list.is_none() {
            notes.push("this export has no cost_at_list: list costs are unknown".to_owned());
        }
        if self.columns.credits.is_none() {
            notes.push(
                "this export has no credits, which billed and effective costs need: only contracted costs are known"
                    .to_owned(),
            );
        }
        notes
    }
}

impl Gcp {
    fn charge(&self, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
        let columns = &self.columns;
        let is_blank = |place: Option<usize>| place.is_none_or(|place| checked::is_empty(cells, place));
        if is_blank(Some(columns.cost)) && is_blank(columns.consumed) {
            return Err(Outcome::Aside("row without a charge"));
        }
        row.set(Column::BillingCurrency, &checked::currency(cells, columns.currency)?);
        self.period(cells, row)?;
        let kind = columns.kind.map_or(Ok(Kind::Regular), |place| checked::word(cells, place, "cost type", &KINDS))?;
        row.set(Column::ChargeCategory, kind.category().as_bytes());
        let credits = self.costs(cells, row)?;
        if kind == Kind::Regular {
            row.set(Column::PricingCategory, pricing(columns, cells, &credits).as_bytes());
            columns.copy_priced(cells, row);
        }
        if columns.correction.is_some_and(|place| cells.get(place).ends_with(b"CORRECTION")) {
            row.set(Column::ChargeClass, b"Correction");
        }
        credits.write(row);
        columns.copy_plain(cells, row);
        labels::write(columns, cells, row)?;
        service::write(row);
        Ok(())
    }

    fn costs(&self, cells: &Cells<'_>, row: &mut FocusRow) -> Result<Credits, Outcome> {
        let columns = &self.columns;
        let cost = checked::cost(cells, columns.cost)?;
        let credits = match columns.credits {
            Some(place) => Credits::read(&cells.get(place)).map_err(|(what, help)| unreadable(place, what, help))?,
            None => Credits::default(),
        };
        let net = cost.as_raw().checked_add(credits.sum.as_raw()).map(FineMoney::raw);
        let net =
            net.ok_or_else(|| unreadable(columns.cost, "cost and credits are too large to be added exactly", ""))?;
        // Without the credits it is not known what is invoiced.
        if columns.credits.is_some() {
            row.set_money(Column::BilledCost, net);
            row.set_money(Column::EffectiveCost, net);
        }
        row.set_money(Column::ContractedCost, cost);
        if let Some(list) = checked::number(cells, columns.cost_at_list)?.exact() {
            row.set_money(Column::ListCost, FineMoney::raw(list));
        }
        Ok(credits)
    }

    /// When the charge was for, and the month of its invoice.
    fn period(&self, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
        let times =
            [(Some(self.columns.start), Column::ChargePeriodStart), (self.columns.end, Column::ChargePeriodEnd)];
        for (place, column) in times {
            let Some(place) = place.filter(|place| *place == self.columns.start || !checked::is_empty(cells, *place))
            else {
                continue;
            };
            let (seconds, _) = moment::read(&cells.get(place)).ok_or_else(|| {
                let help =
                    "times are written 2026-03-01 04:00:00 UTC; is a separator missing in this row or in the header?";
                unreadable(place, format!("cannot read `{}` as a time", cells.text(place)), help)
            })?;
            row.set(column, &iso::written(seconds));
        }
        let Some(place) = self.columns.invoice_month.filter(|place| !checked::is_empty(cells, *place)) else {
            return Ok(());
        };
        let (year, month) = month(&cells.get(place)).ok_or_else(|| {
            let help = "months of invoices are written 202603; is a separator missing in this row or in the header?";
            unreadable(place, format!("cannot read `{}` as a month", cells.text(place)), help)
        })?;
        row.set(Column::BillingPeriodStart, &iso::written(pacific::month_start(year, month)));
        row.set(Column::BillingPeriodEnd, &iso::written(pacific::month_start(year, month + 1)));
        Ok(())
    }
}

/// PricingCategory: by what a credit says, or else by the name of what is priced, which is all that marks spot machines.
fn pricing(columns: &Columns, cells: &Cells<'_>, credits: &Credits) -> &'static str {
    let sku = columns.sku_name.map(|place| cells.get(place)).unwrap_or_default();
    if credits.is_committed() {
        "Committed"
    } else if sku.starts_with(b"Spot ") || sku.starts_with(b"Preemptible ") {
        "Dynamic"
    } else {
        "Standard"
    }
}

/// The year and month of `202603`.
fn month(text: &[u8]) -> Option<(i64, i64)> {
    let is_month = text.len() == 6 && text.iter().all(u8::is_ascii_digit);
    let number = |digits: &[u8]| digits.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
    let (year, month) = is_month.then(|| (number(&text[..4]), number(&text[4..])))?;
    (1..=12).contains(&month).then_some((year, month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::testing::{Done, translated};

    const HEADER: &str = "billing_account_id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,\
                          project.labels,labels,system_labels,cost,currency,usage.amount,usage.amount_in_pricing_units,\
                          usage.pricing_unit,credits,invoice.month,cost_type,cost_at_list\n";

    /// A row with this cost, these credits, this month, cost type and cost at list.
    fn row(cost: &str, credits: &str, month: &str, kind: &str, list: &str) -> Done {
        let credits = credits.replace('"', "\"\"");
        let cells = format!(
            "0-0,Compute Engine,SKU,Spot Preemptible N1,2026-03-01 00:00:00 UTC,2026-03-01T01:00:00Z,,[],[],{cost},USD,\
             3600,1e-3,hour,\"{credits}\",{month},{kind},{list}\n"
        );
        translated(&format!("{HEADER}{cells}"), translator).0.remove(0)
    }

    #[test]
    fn credits_lower_what_is_billed_and_not_what_is_contracted() {
        let done =
            row("5e-06", "[{'amount': -3e-06, 'type': 'PROMOTION', 'name': 'Trial'}]", "202603", "regular", "1e-05");
        assert_eq!(done.costs(), ["0.000002", "0.000002", "0.00001", "0.000005"]);
        let columns =
            [Column::ChargeCategory, Column::PricingCategory, Column::PricingQuantity, Column::CommitmentDiscountId];
        assert_eq!(done.told(columns), ["Usage", "Dynamic", "0.001", ""]);
        assert_eq!(row("5", "[]", "202603", "regular", "").costs(), ["5", "5", "", "5"]);
    }

    #[test]
    fn credits_by_a_commitment_name_it() {
        let credits = r#"[{"name":"CUD","amount":-2.5,"id":"cud-1","type":"COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE"}]"#;
        let done = row("5", credits, "202603", "regular", "6");
        assert_eq!(done.costs(), ["2.5", "2.5", "6", "5"]);
        let columns = [Column::PricingCategory, Column::CommitmentDiscountId, Column::CommitmentDiscountCategory];
        assert_eq!(done.told(columns), ["Committed", "cud-1", "Spend"]);
    }

    #[test]
    fn other_charges_have_no_prices() {
        for (kind, category) in [("tax", "Tax"), ("adjustment", "Adjustment"), ("rounding_error", "Adjustment")] {
            let done = row("-0.25", "", "202603", kind, "");
            assert_eq!(done.costs(), ["-0.25", "-0.25", "", "-0.25"]);
            assert_eq!(
                done.told([Column::ChargeCategory, Column::PricingCategory, Column::PricingUnit]),
                [category, "", ""]
            );
        }
    }

    #[test]
    fn months_are_of_pacific_time_and_written_in_universal_time() {
        let columns =
            [Column::ChargePeriodStart, Column::ChargePeriodEnd, Column::BillingPeriodStart, Column::BillingPeriodEnd];
        let march = ["2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z", "2026-03-01T08:00:00Z", "2026-04-01T07:00:00Z"];
        assert_eq!(row("1", "", "202603", "regular", "").told(columns), march);
        let december = row("1", "", "202512", "regular", "");
        assert_eq!(december.told([Column::BillingPeriodEnd]), ["2026-01-01T08:00:00Z"]);
        assert_eq!(row("1", "", "", "regular", "").told([Column::BillingPeriodStart]), [""]);
    }

    #[test]
    fn labels_become_tags_and_the_nearest_counts() {
        let csv = "cost,currency,usage_start_time,labels,project_labels,system_labels,service_description,location_location\n\
                   1,EUR,2026-03-01T00:00:00+00:00,\"[{'key': 'env', 'value': 'it\\\\'s'}]\",\
                   \"[{\"\"key\"\":\"\"env\"\",\"\"value\"\":\"\"p\"\"},{\"\"key\"\":\"\"team\"\",\"\"value\"\":null}]\",\
                   \"[{'key': 'compute.googleapis.com/cores', 'value': '2'}, \
                   {'key': 'compute.googleapis.com/machine_spec', 'value': 'e2-medium'}, \
                   {'key': 'compute.googleapis.com/memory', 'value': '1740'}]\",Cloud Storage,us\n"
            .replace("\\\\", "\\");
        let (done, notes) = translated(&csv, translator);
        assert_eq!(done[0].told([Column::Tags]), [r#"{"env":"it's","team":""}"#]);
        let details = r#"{"CoreCount":2,"InstanceType":"e2-medium","MemorySize":1.69921875}"#;
        assert_eq!(
            done[0].told([Column::SkuPriceDetails, Column::ServiceCategory, Column::RegionId]),
            [details, "Storage", "us"]
        );
        assert!(notes.iter().any(|note| note.starts_with("this export has no cost_at_list")));
    }

    #[test]
    fn rows_that_are_shifted_or_broken_are_told_with_their_place() {
        assert!(row("", "", "202603", "regular", "").complaint().starts_with("9: the row has no cost"));
        assert!(row("x", "", "202603", "regular", "").complaint().starts_with("9: cannot read `x` as a cost"));
        assert!(
            row("1", "regular", "202603", "regular", "")
                .complaint()
                .starts_with("14: cannot read `regular` as credits")
        );
        assert!(row("1", "", "202613", "regular", "").complaint().starts_with("15: cannot read `202613` as a month"));
        assert!(row("1", "", "202603", "reguler", "").complaint().contains("did you mean `regular`?"));
        let blank = translated("cost,currency,usage_start_time,usage.amount\n,,2026-03-01,\n", translator).0.remove(0);
        assert_eq!(blank.outcome, Outcome::Aside("row without a charge"));
        let shifted = translated("cost,currency,usage_start_time\n1,USD,us-east1\n", translator).0.remove(0);
        assert!(shifted.complaint().starts_with("2: cannot read `us-east1` as a time"));
        let missing = translator(&Header::new(["cost", "currency"].map(String::from))).err();
        assert_eq!(missing.as_deref(), Some("usage_start_time"));
    }
}
