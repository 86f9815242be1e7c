//! The CSV of AWS Cost Explorer: a table of periods and of what costs were grouped by, one of them down, one across.
//!
//! AWS, "Cost Management user guide", "Downloading the cost data CSV file", and the layout of files in the wild: amounts in
//! `EC2-Instances($)` or `EC2-Instances ($)`, a row and a column of totals, an empty cell where nothing was charged.
//! Grouped by account, the header has numbers and the second row names; then no column tells the currency.
mod group;
mod layout;
mod period;
mod suffix;

use super::aws_cur::money;
use super::checked::unreadable;
use super::header::Header;
use super::row::{Cells, FocusRow};
use super::translate::{Outcome, Translate};
use group::Group;
use layout::{Layout, Of};
use period::Period;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;

/// Whether the header is one of Cost Explorer's.
pub(crate) fn is_header(header: &Header) -> bool {
    Layout::find(header).is_some()
}

/// What turns rows of the table into rows of FOCUS. An error names the column without which nothing can be added up.
pub(crate) fn translator(header: &Header) -> Result<Box<dyn Translate>, String> {
    let layout = Layout::find(header).filter(|layout| !layout.costs.is_empty());
    Ok(Box::new(Table { layout: layout.ok_or("Total costs($)")? }))
}

/// Knows what the columns of one table are of.
struct Table {
    layout: Layout,
}

/// What a row is.
enum Row {
    /// Costs of this.
    Of(Of),
    /// None, for this reason.
    Aside(&'static str),
}

impl Table {
    fn charges(
        &self,
        cells: &Cells<'_>,
        row: &mut FocusRow,
        emit: &mut dyn FnMut(&FocusRow),
    ) -> Result<Outcome, Outcome> {
        let down = match self.row(cells)? {
            Row::Of(down) => down,
            Row::Aside(reason) => return Ok(Outcome::Aside(reason)),
        };
        let mut amounts = Vec::with_capacity(self.layout.costs.len());
        for cost in &self.layout.costs {
            if let Some(amount) = money(cells, cost.place)? {
                amounts.push((cost, amount));
            }
        }
        self.check_total(cells, amounts.iter().map(|(_, amount)| *amount).sum())?;
        if amounts.is_empty() {
            return Ok(Outcome::Aside("no costs in this row"));
        }
        for (cost, amount) in amounts {
            let ((Of::Group(group), Of::Period(period)) | (Of::Period(period), Of::Group(group))) = (&cost.of, &down)
            else {
                unreachable!("rows are of periods where columns are of groups, and the other way round");
            };
            row.clear();
            row.set_money(Column::BilledCost, amount);
            row.set(Column::BillingCurrency, &cost.currency);
            row.set(Column::ProviderName, b"AWS");
            period.write(row);
            self.layout.group.write(group, row);
            emit(row);
        }
        Ok(Outcome::Used)
    }

    fn row(&self, cells: &Cells<'_>) -> Result<Row, Outcome> {
        let label = cells.text(0);
        let label = label.trim();
        if layout::is_total(label) {
            return Ok(Row::Aside("totals row"));
        }
        if !self.layout.has_periods_down {
            return Ok(Row::Of(Of::Group(suffix::without(label).to_owned())));
        }
        match Period::read(label) {
            Some(period) => Ok(Row::Of(Of::Period(period))),
            None if self.layout.group == Group::Account && label.eq_ignore_ascii_case("Linked account name") => {
                Ok(Row::Aside("names of the columns"))
            }
            None => {
                let help = "periods are written 2026-08-01, 2026-08 or Aug 2026";
                Err(unreadable(0, format!("cannot read `{label}` as a period"), help))
            }
        }
    }

    /// The table has its own sum of each row: where it is another, a column was lost. Cells are rounded to ten decimals.
    fn check_total(&self, cells: &Cells<'_>, sum: FineMoney) -> Result<(), Outcome> {
        let Some(place) = self.layout.total else { return Ok(()) };
        let Some(total) = money(cells, place)? else { return Ok(()) };
        let allowed = FineMoney::raw(total.abs().as_raw() / MILLION).max(FineMoney::raw(ONE / MILLION));
        if (total - sum).abs() <= allowed {
            return Ok(());
        }
        let what = format!("the total of the row is {}, its columns add up to {}", total.exact(), sum.exact());
        Err(unreadable(place, what, "was a column left out? export the table again"))
    }
}

/// A total may be off by one in so many, or by that part of one unit of the currency.
const MILLION: i128 = 1_000_000;
/// One unit of a currency.
const ONE: i128 = 10_i128.pow(FineMoney::PLACES as u32);

impl Translate for Table {
    fn translate(&self, cells: &Cells<'_>, row: &mut FocusRow, emit: &mut dyn FnMut(&FocusRow)) -> Outcome {
        self.charges(cells, row, emit).unwrap_or_else(|unreadable| unreadable)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            "Cost Explorer's costs are taken for unblended costs, its default: the file does not say which it holds. Other \
             costs, and what was usage, purchase or credit, are unknown."
                .to_owned(),
        ];
        if self.layout.is_currency_assumed {
            notes.push("The header names no currency: US dollars are assumed.".into());
        }
        if !self.layout.usage.is_empty() {
            notes.push(format!("Left out as amounts of usage, not of money: `{}`.", self.layout.usage.join("`, `")));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Done, headed, shared, translated};
    use super::*;

    const DAILY: &str = "\"Service\",\"EC2-Instances($)\",\"S3 ($)\",\"Tax($)\",\"Total costs($)\"\n";

    fn done(header: &str, row: &str) -> Done {
        let csv = format!("{}\n{row}", header.trim_end());
        assert!(is_header(&headed(&csv).0), "{header}");
        translated(&csv, translator).0.remove(0)
    }

    fn notes(header: &str) -> Vec<String> {
        translated(header, translator).1
    }

    /// Some columns of each charge of a row, a text each.
    fn told(header: &str, row: &str, columns: &[Column]) -> Vec<String> {
        let done = done(header, row);
        assert_eq!(done.outcome, Outcome::Used);
        let cell = |charge: &FocusRow, column: &Column| String::from_utf8_lossy(charge.get(*column)).into_owned();
        let text = |charge: &FocusRow| columns.iter().map(|column| cell(charge, column)).collect::<Vec<_>>().join(" ");
        done.charges.iter().map(text).collect()
    }

    #[test]
    fn a_row_holds_a_charge_for_each_service() {
        let row = r#""2026-08-02","17.7290322576","","0.5","18.2290322576""#;
        let columns = [
            Column::ChargePeriodStart,
            Column::ServiceName,
            Column::BilledCost,
            Column::BillingCurrency,
            Column::ChargeCategory,
            Column::EffectiveCost,
        ];
        let charges =
            ["2026-08-02T00:00:00Z EC2-Instances 17.7290322576 USD  ", "2026-08-02T00:00:00Z Tax 0.5 USD Tax "];
        assert_eq!(told(DAILY, row, &columns), charges);
        assert_eq!(notes(DAILY).len(), 1);
    }

    #[test]
    fn totals_stand_in_no_sum() {
        for row in [r#""Service total","17","1","1","19""#, "Total,1,1,1,3", "Total costs($),1,1,1,3"] {
            assert_eq!(done(DAILY, row).outcome, Outcome::Aside("totals row"), "{row}");
        }
        assert_eq!(done(DAILY, "2026-08-02,,,,").outcome, Outcome::Aside("no costs in this row"));
    }

    #[test]
    fn a_total_that_is_another_is_told_with_both_numbers() {
        let complaint = done(DAILY, "2026-08-02,17.5,,0.5,18.1").complaint();
        assert!(complaint.starts_with("4: the total of the row is 18.1, its columns add up to 18; "), "{complaint}");
        // As far as ten decimals go, and no further.
        assert_eq!(done(DAILY, "2026-08-02,17.5,,0.5,18.00000000004").outcome, Outcome::Used);
        assert_ne!(done(DAILY, "2026-08-02,0.00001,,,0.00002").outcome, Outcome::Used);
    }

    #[test]
    fn what_is_no_period_and_no_number_is_told() {
        assert!(done(DAILY, "02/08/2026,1,,,1").complaint().starts_with("0: cannot read `02/08/2026` as a period"));
        assert!(done(DAILY, "2026-08-02,x,,,1").complaint().starts_with("1: cannot read `x`"));
    }

    #[test]
    fn accounts_have_numbers_and_names() {
        let header = "Linked account,111122223333,444455556666,Total costs ($)";
        let names = done(header, "Linked account name,web ($),batch ($),Total costs ($)");
        assert_eq!(names.outcome, Outcome::Aside("names of the columns"));
        assert_eq!(done(header, "Linked account total,3,4,7").outcome, Outcome::Aside("totals row"));
        let columns = [Column::SubAccountId, Column::ChargePeriodStart, Column::BilledCost, Column::BillingCurrency];
        let charges = ["111122223333 2026-08-01T00:00:00Z 3 USD", "444455556666 2026-08-01T00:00:00Z 4 USD"];
        assert_eq!(told(header, "2026-08-01,3,4,7", &columns), charges);
        assert!(notes("Linked account,111122223333,\n")[1].contains("US dollars are assumed"));
        let named = "Linked account,web (111122223333)($),Total costs($)";
        let columns = [Column::SubAccountId, Column::SubAccountName];
        assert_eq!(told(named, "2026-08-01,3,3", &columns), ["111122223333 web"]);
    }

    #[test]
    fn services_may_stand_down_and_periods_across() {
        for (header, start) in [
            (r#"Service,"Jul 2026($)","Aug 2026($)","Service total""#, "2026-07-01T00:00:00Z"),
            ("Service,2026-07,2026-08,Total", "2026-07-01T00:00:00Z"),
            ("Service,2026-07-31($),2026-08-01($),Total", "2026-07-31T00:00:00Z"),
        ] {
            let columns = [Column::ServiceName, Column::ChargePeriodStart, Column::BilledCost];
            let charges = [format!("Amazon S3 {start} 100")];
            assert_eq!(told(header, "Amazon S3,100,,100", &columns), charges, "{header}");
            assert_eq!(done(header, "Total costs($),300.00,520.00,820.00").outcome, Outcome::Aside("totals row"));
        }
    }

    #[test]
    fn groups_have_the_column_that_is_theirs() {
        let of = |first: &str, column| {
            let header = format!("{first},x(€),Total costs(€)");
            told(&header, "2026-08,1,1", &[column, Column::BillingCurrency, Column::ChargePeriodEnd]).remove(0)
        };
        let end = "EUR 2026-09-01T00:00:00Z";
        assert_eq!(of("Region", Column::RegionId), format!("x {end}"));
        assert_eq!(of("Usage type", Column::SkuMeter), format!("x {end}"));
        assert_eq!(of("Instance type", Column::Tags), format!(r#"{{"Instance type":"x"}} {end}"#));
        assert_eq!(of("Tag: team", Column::Tags), format!(r#"{{"team":"x"}} {end}"#));
    }

    #[test]
    fn amounts_of_usage_are_no_costs() {
        let header = "Service,EC2-Instances($),EC2-Instances(Hrs),Total costs($),Total usage(Hrs)";
        assert_eq!(told(header, "2026-08-01,3,744,3,744", &[Column::BilledCost]), ["3"]);
        assert!(notes(header)[1].ends_with("not of money: `EC2-Instances(Hrs)`, `Total usage(Hrs)`."));
        let (usage, _) = headed("Service,EC2-Instances(Hrs),Total usage(Hrs)");
        assert!(!is_header(&usage));
        assert_eq!(translator(&usage).err().as_deref(), Some("Total costs($)"));
    }

    #[test]
    fn other_tables_are_none_of_these() {
        for line in [
            "Service,Cost,Date",
            "timestamp,web,api",
            "host,2026-08-01,2026-08-02",
            "lineItem/LineItemType,lineItem/UnblendedCost",
            "Service",
            "Service,Total",
        ] {
            assert!(!is_header(&headed(line).0), "{line}");
        }
    }

    #[test]
    fn a_month_by_day_adds_up_to_its_totals_row() {
        let Some(csv) = shared("../formats/cost_explorer_daily_by_service.csv") else { return };
        let rows = translated(&csv, translator).0;
        assert_eq!(rows[0].outcome, Outcome::Aside("totals row"));
        assert!(rows[1..].iter().all(|row| row.outcome == Outcome::Used));
        let costs = rows.iter().flat_map(|row| &row.charges).map(|row| row.get(Column::BilledCost));
        let sum: FineMoney = costs.map(|cost| FineMoney::read(cost).unwrap().0).sum();
        assert_eq!(sum.exact(), "584.896087728");
    }
}
