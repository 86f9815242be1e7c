//! Azure's cost details and usage exports, of all agreements, as rows of FOCUS.
//!
//! Microsoft, "Cost details" for Enterprise Agreements (2021-10-01 to 2024-08-01), for Microsoft Customer Agreements (to
//! 2023-12-01-preview) and the usage files before them; which column becomes which: Microsoft, "Convert Cost Management data
//! to FOCUS" (FinOps toolkit). One row is one charge of one day.
//!
//! Actual and amortized exports have the same header, so each row tells by its own cells which of the two it is of: see
//! [`charge`]. A month is told whole only by both; neither is filled with guesses of the other.
mod charge;
mod columns;
mod commitment;
mod day;
mod details;
mod place;
mod price;
#[cfg(test)]
mod real;
mod seen;
mod service;

use super::checked;
use super::header::Header;
use super::iso::{self, DAY};
use super::row::{Cells, FocusRow};
use super::translate::{Outcome, Translate};
use charge::{KINDS, Kind};
use columns::Columns;
use commitment::{Commitment, Model};
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;
use price::Prices;
use seen::{Seen, Sight};

/// A translator for a file with this header. An error names the column without which rows cannot be added up.
pub(crate) fn translator(header: &Header) -> Result<Box<dyn Translate>, String> {
    Ok(Box::new(Azure { columns: Columns::find(header)?, seen: Seen::default() }))
}

struct Azure {
    columns: Columns,
    seen: Seen,
}

impl Translate for Azure {
    fn translate(&self, cells: &Cells<'_>, row: &mut FocusRow, emit: &mut dyn FnMut(&FocusRow)) -> Outcome {
        match self.charge(cells, row) {
            Ok(()) => {
                emit(row);
                Outcome::Used
            }
            Err(outcome) => outcome,
        }
    }

    fn notes(&self) -> Vec<String> {
        self.seen.notes(&self.columns)
    }
}

impl Azure {
    fn charge(&self, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
        let columns = &self.columns;
        let is_blank = |place: Option<usize>| place.is_none_or(|place| checked::is_empty(cells, place));
        if is_blank(Some(columns.cost)) && is_blank(columns.quantity) {
            return Err(Outcome::Aside("row without a charge"));
        }
        row.set(Column::BillingCurrency, &checked::currency(cells, columns.currency)?);
        self.period(cells, row)?;
        let kind = columns.kind.map_or(Ok(Kind::Usage), |place| checked::word(cells, place, "charge type", &KINDS))?;
        let cost = checked::cost(cells, columns.cost)?;
        let model = Model::of(&columns::cell(cells, columns.model));
        let commitment = Commitment::of(columns, cells, kind, model);

        let told = charge::told(kind, commitment.is_some(), cost);
        let prices = Prices::read(columns, cells, kind, commitment.is_some(), cost)?;
        let costs = [
            (Column::BilledCost, told.billed),
            (Column::EffectiveCost, told.effective),
            (Column::ListCost, prices.list),
            (Column::ContractedCost, prices.contracted),
        ];
        for (column, cost) in costs {
            if let Some(cost) = cost {
                row.set_money(column, cost);
            }
        }
        self.look(kind, &told, &prices, cost);

        let frequency = charge::frequency(&columns::cell(cells, columns.frequency));
        row.set(Column::ChargeFrequency, frequency.as_bytes());
        row.set(Column::ChargeCategory, kind.category(frequency == "Usage-Based").as_bytes());
        if kind == Kind::Refund {
            row.set(Column::ChargeClass, b"Correction");
        }
        row.set(Column::PricingCategory, charge::pricing(kind, commitment.is_some(), model).as_bytes());
        if kind.is_priced() {
            columns::copy_number(cells, columns.quantity, row, Column::PricingQuantity);
            columns::copy(cells, columns.unit, row, Column::PricingUnit);
            prices.write(columns, cells, row);
        }
        if let Some(commitment) = commitment {
            commitment.write(kind, row);
        }
        columns.copy_plain(cells, row);
        place::write(columns, cells, row);
        details::write(columns, cells, row)?;
        service::write(columns, cells, row);
        Ok(())
    }

    /// The day of the charge, and the billing period where it is told. Its last day is written as part of it.
    fn period(&self, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
        let date = self.day(cells, self.columns.date)?;
        row.set(Column::ChargePeriodStart, &iso::written(date * DAY));
        row.set(Column::ChargePeriodEnd, &iso::written((date + 1) * DAY));
        let (start, end) = self.columns.billing_period;
        for (place, column, more) in [(start, Column::BillingPeriodStart, 0), (end, Column::BillingPeriodEnd, 1)] {
            if let Some(place) = place.filter(|place| !checked::is_empty(cells, *place)) {
                row.set(column, &iso::written((self.day(cells, place)? + more) * DAY));
            }
        }
        Ok(())
    }

    fn day(&self, cells: &Cells<'_>, place: usize) -> Result<i64, Outcome> {
        let day = day::read(&cells.get(place)).map_err(|wrong| wrong.told(place, &cells.text(place)))?;
        self.seen.note(Sight::MonthFirst, day.is_month_first);
        Ok(day.days)
    }

    /// Remembers what this row shows of its file.
    fn look(&self, kind: Kind, told: &charge::Told, prices: &Prices, cost: FineMoney) {
        let is_charged = cost != FineMoney::ZERO;
        self.seen.note(Sight::Amortized, told.billed.is_none());
        self.seen.note(Sight::Actual, told.effective.is_none());
        self.seen.note(Sight::Purchase, told.effective == Some(FineMoney::ZERO) && is_charged);
        self.seen.note(Sight::Refund, kind == Kind::Refund);
        self.seen.note(Sight::Unpriced, prices.is_unclear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::testing::{Done, translated};

    const HEADER: &str = "Date,ChargeType,PricingModel,ReservationId,benefitId,Quantity,UnitOfMeasure,EffectivePrice,\
                          CostInBillingCurrency,UnitPrice,PayGPrice,BillingCurrencyCode,Frequency,Tags\n";

    fn done(rows: &str) -> Vec<Done> {
        translated(&format!("{HEADER}{rows}"), translator).0
    }
    fn one(row: &str) -> Done {
        done(row).remove(0)
    }
    fn notes(rows: &str) -> String {
        translated(&format!("{HEADER}{rows}"), translator).1.join("\n")
    }

    const ON_DEMAND: &str = "09/04/2023,Usage,OnDemand,,,24,1 Hour,0.11,2.64,0.11,0.2,USD,UsageBased,\n";
    const ACTUAL: &str = "09/04/2023,Usage,Reservation,r-1,,24,1 Hour,0,0,0.11,0.2,USD,UsageBased,\n";
    const AMORTIZED: &str = "09/04/2023,Usage,Reservation,r-1,,8,1 Hour,0.061644,0.493152,0,0,USD,UsageBased,\n";
    const PURCHASE: &str = "09/21/2023,Purchase,Reservation,r-1,,1,1 Hour,3.25,3.25,3.25,0,USD,Recurring,\n";
    const PLAN: &str = "/providers/Microsoft.BillingBenefits/savingsPlanOrders/1/savingsPlans/2";

    #[test]
    fn usage_on_demand_costs_the_same_in_every_sense_but_the_list() {
        assert_eq!(one(ON_DEMAND).costs(), ["2.64", "2.64", "4.8", "2.64"]);
        let spot = one("9/4/2023,Usage,Spot,,,0.5,1 Hour,0.08,0.04,,0.4,USD,UsageBased,\n");
        assert_eq!(spot.costs(), ["0.04", "0.04", "0.2", ""]);
        let told = spot.told([
            Column::ChargeCategory,
            Column::PricingCategory,
            Column::ChargeFrequency,
            Column::ListUnitPrice,
        ]);
        assert_eq!(told, ["Usage", "Dynamic", "Usage-Based", "0.4"]);
        let free = one("9/4/2023,Usage,OnDemand,,,2,1 Hour,0,0,0,0,USD,UsageBased,\n");
        assert_eq!(free.costs(), ["0", "0", "0", "0"]);
        let unlisted = one("9/4/2023,Usage,,,,2,1 Hour,0.5,1,0.5,0,USD,UsageBased,\n");
        assert_eq!(unlisted.costs(), ["1", "1", "", "1"]);
        assert_eq!(unlisted.told([Column::PricingCategory]), [""]);
    }

    #[test]
    fn usage_under_a_commitment_tells_one_of_its_two_costs() {
        assert_eq!(one(ACTUAL).costs(), ["0", "", "4.8", "2.64"]);
        assert_eq!(one(AMORTIZED).costs(), ["", "0.493152", "", ""]);
        let columns =
            [Column::CommitmentDiscountId, Column::CommitmentDiscountType, Column::CommitmentDiscountCategory];
        assert_eq!(one(AMORTIZED).told(columns), ["r-1", "Reservation", "Usage"]);
        assert_eq!(
            one(AMORTIZED).told([Column::CommitmentDiscountStatus, Column::PricingCategory]),
            ["Used", "Committed"]
        );
        let plan = one(&format!("2023-09-04,Usage,SavingsPlan,,{PLAN},2,1 Hour,0.06,0.12,0.1,0.11,USD,UsageBased,\n"));
        assert_eq!(plan.costs(), ["", "0.12", "0.22", "0.2"]);
        assert_eq!(plan.told(columns), [&PLAN.to_lowercase(), "Savings Plan", "Spend"]);
        // A reservation that is named without a pricing model, as before that column.
        let named = one("9/4/2023,Usage,,r-1,,2,1 Hour,0.1,0.2,,,USD,UsageBased,\n");
        assert_eq!((named.costs(), named.told([Column::PricingCategory])), (["", "0.2", "", ""], ["Committed"]));
    }

    #[test]
    fn purchases_of_commitments_amortize_elsewhere() {
        assert_eq!(one(PURCHASE).costs(), ["3.25", "0", "", "3.25"]);
        let columns = [
            Column::ChargeCategory,
            Column::PricingCategory,
            Column::ChargeFrequency,
            Column::CommitmentDiscountStatus,
        ];
        assert_eq!(one(PURCHASE).told(columns), ["Purchase", "Standard", "Recurring", ""]);
        let market = one("9/4/2023,Purchase,,,,1,1,99,99,99,,USD,OneTime,\n");
        assert_eq!((market.costs(), market.told([Column::ChargeFrequency])), (["99", "99", "", "99"], ["One-Time"]));
        let refund = one("9/4/2023,Refund,Reservation,r-1,,1,1 Hour,3.25,-3.25,3.25,0,USD,OneTime,\n");
        assert_eq!(refund.costs(), ["-3.25", "0", "", ""]);
        assert_eq!(refund.told([Column::ChargeCategory, Column::ChargeClass]), ["Purchase", "Correction"]);
        let refund = one("9/4/2023,Refund,OnDemand,,,-2,1 Hour,0.5,-1,0.5,0.6,USD,UsageBased,\n");
        assert_eq!(refund.costs(), ["-1", "-1", "-1.2", "-1"]);
        assert_eq!(refund.told([Column::ChargeCategory, Column::ChargeClass]), ["Usage", "Correction"]);
    }

    #[test]
    fn what_nobody_used_is_amortized_usage() {
        for (kind, commitment) in [("UnusedReservation", "Reservation"), ("unused savings plan", "Savings Plan")] {
            let unused = one(&format!("9/4/2023,{kind},,x-1,,16,1 Hour,0.06,0.96,0,0,USD,UsageBased,\n"));
            assert_eq!(unused.costs(), ["", "0.96", "", ""]);
            let columns = [Column::ChargeCategory, Column::CommitmentDiscountStatus, Column::CommitmentDiscountType];
            assert_eq!(unused.told(columns), ["Usage", "Unused", commitment]);
        }
    }

    #[test]
    fn taxes_credits_and_rounding_have_no_prices() {
        let row = |kind: &str| one(&format!("9/4/2023,{kind},,,,1,1,0,-0.5,7,7,USD,OneTime,\n"));
        let columns = [Column::ChargeCategory, Column::PricingCategory, Column::PricingQuantity, Column::PricingUnit];
        assert_eq!((row("Tax").costs(), row("Tax").told(columns)), (["-0.5", "-0.5", "", ""], ["Tax", "", "", ""]));
        assert_eq!(row("Credit").costs(), ["-0.5"; 4]);
        assert_eq!(row("RoundingAdjustment").costs(), ["-0.5", "-0.5", "", ""]);
        assert_eq!(row("Rounding Adjustment").told(columns), ["Adjustment", "", "", ""]);
    }

    #[test]
    fn costs_of_blocks_need_a_row_that_shows_what_is_counted() {
        let blocks = one("9/4/2023,Usage,OnDemand,,,0.0004,10K,0.1,0.00004,0.1,0.1,USD,UsageBased,\n");
        assert_eq!(blocks.costs(), ["0.00004", "0.00004", "0.00004", "0.00004"]);
        let single = one("9/4/2023,Usage,OnDemand,,,24,100 Hours,0.025,0.6,2.5,2.5,USD,UsageBased,\n");
        assert_eq!((single.costs(), single.told([Column::ListUnitPrice])), (["0.6", "0.6", "0.6", "0.6"], [""]));
        let unclear = "9/4/2023,Usage,Reservation,r,,10,10 Hours,0,0,0.1,0.2,USD,UsageBased,\n";
        assert_eq!(one(unclear).costs(), ["0", "", "", ""]);
        assert!(notes(unclear).contains("such as `10K`, have no list or contracted cost"));
    }

    #[test]
    fn prices_in_another_currency_are_exchanged() {
        let csv = "date,chargeType,quantity,unitOfMeasure,effectivePrice,costInBillingCurrency,costInPricingCurrency,unitPrice,\
                   payGPrice,billingCurrency,pricingCurrency,exchangeRatePricingToBilling,paygCostInBillingCurrency\n\
                   08/01/2023,Usage,2,1 GB,0.5,0.9,1,0.5,0.6,EUR,USD,0.9,1.08\n\
                   08/01/2023,Usage,2,1 GB,0.5,0.9,1,0.5,0.6,EUR,USD,0.9,\n\
                   08/01/2023,Usage,2,1 GB,0.5,0.9,1,0.5,0.6,EUR,USD,,0\n";
        let (done, notes) = translated(csv, translator);
        assert_eq!(done[0].costs(), ["0.9", "0.9", "1.08", "0.9"]);
        assert_eq!(done[1].costs(), ["0.9", "0.9", "1.08", "0.9"]);
        assert_eq!(done[2].costs(), ["0.9", "0.9", "", ""]);
        assert!(notes[1].contains("PaygCostInBillingCurrency"));
    }

    #[test]
    fn the_notes_say_which_export_it_is() {
        assert!(notes(ON_DEMAND).starts_with("no row shows whether"));
        assert!(notes(PURCHASE).starts_with("this is an actual export"));
        assert!(notes(ACTUAL).starts_with("this is an actual export"));
        assert!(notes(AMORTIZED).starts_with("this is an amortized export"));
        assert!(notes(&[PURCHASE, AMORTIZED].concat()).contains("counted twice"));
        assert!(notes(ON_DEMAND).contains("month/day/year"));
    }

    #[test]
    fn rows_that_are_shifted_or_broken_are_told_with_their_place() {
        let wrong = |row: &str| one(row).complaint();
        assert!(
            wrong("9/4/2023,Usge,,,,1,1,1,1,1,1,USD,,\n")
                .contains("`Usge` is no known charge type; did you mean `Usage`?")
        );
        assert!(wrong("9/4/2023,Usage,,,,1,1,1,1,1,1,12.5,,\n").starts_with("11: `12.5` is no currency"));
        assert!(wrong("9/4/2023,Usage,,,,1,1,1,,1,1,USD,,\n").starts_with("8: the row has no cost"));
        assert!(wrong("9/4/2023,Usage,,,,one,1,1,1,1,1,USD,,\n").starts_with("5: cannot read `one` as a number"));
        assert!(wrong("21/09/2023,Usage,,,,1,1,1,1,1,1,USD,,\n").starts_with("0: `21/09/2023` has no month"));
        assert!(wrong("9/4/2023,Usage,,,,1,1,1,1,1,1,USD,,prod\n").starts_with("13: cannot read `prod` as tags"));
        assert_eq!(one("9/4/2023,,,,,,,,,,,,,\n").outcome, Outcome::Aside("row without a charge"));
        assert_eq!(one("9/4/2023,Usage,,,,,,,\"\",,,,,\n").outcome, Outcome::Aside("row without a charge"));
        let missing = translator(&Header::new(["Cost", "Date"].map(String::from))).err();
        assert_eq!(missing.as_deref(), Some("BillingCurrency"));
    }
}
