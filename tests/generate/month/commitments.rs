//! Commitments in a legacy AWS report: a savings plan that weekends leave partly unused, and a reserved database with an
//! upfront fee that stood idle for the last days of the month.
//!
//! The amortized cost of a line item is its savings plan's or its reservation's effective cost; of the plan's recurring fee
//! what was committed and not used; of the reservation's fee what was not used; nothing for negations and upfront fees; for
//! all else the unblended cost. Source: the AWS documentation of both columns' groups, and the FinOps Foundation's converter.
use super::aws::{ENTITY, LEGACY};
use super::usage::{ACCOUNTS, DAYS, hex};
use crate::draws::Draws;
use crate::exact::Exact;
use crate::sheet::{Line, Sheet};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Committed for an hour.
const COMMITTED: Exact = Exact::of(3, 1);
/// Of the reserved database, for an hour: the amortized part of the upfront fee, and the recurring fee.
const UPFRONT: Exact = Exact::of(1, 1);
const RECURRING: Exact = Exact::of(5, 2);
const DATABASE_ON_DEMAND: Exact = Exact::of(26, 2);
/// Hours of a year, over which the upfront fee is amortized.
const YEAR: Exact = Exact::of(8760, 0);
/// The last day on which the database ran.
const LAST_USED: i8 = 25;
/// What the savings plan covers: SKU, its price on demand and under the plan, and the hours of a day in tenths.
const COVERED: [(&str, Exact, Exact, (i64, i64)); 2] = [
    ("VM-4X16", Exact::of(192, 3), Exact::of(1344, 4), (200, 240)),
    ("VM-8X32", Exact::of(428, 3), Exact::of(2996, 4), (80, 120)),
];

const PLAN: &str = "arn:aws:savingsplans::210000000001:savingsplan/5f0c1e7a-0001";
const RESERVATION: &str = "arn:aws:rds:us-east-1:210000000001:ri:orders-db-2026";

/// A report in the making.
struct Report {
    sheet: Sheet,
    /// Rows, unblended and amortized cost of each type of line item.
    types: BTreeMap<&'static str, (u64, Exact, Exact)>,
}

/// The report, and its key.
pub(super) fn sheet(seed: u64) -> (Sheet, Value) {
    let mut report = Report { sheet: Sheet::new(LEGACY), types: BTreeMap::new() };
    let month = Exact::of(24 * i64::from(DAYS), 0);
    let used = Exact::of(24 * i64::from(LAST_USED), 0);
    let unused = month - used;
    let fee = UPFRONT * YEAR;
    report
        .reserved((1, None), "Fee", fee, Exact::ZERO)
        .set("reservation/UpfrontValue", fee)
        .set("bill/BillType", "Purchase");
    report
        .reserved((1, None), "RIFee", RECURRING * month, (UPFRONT + RECURRING) * unused)
        .set("lineItem/UsageAmount", month)
        .set("lineItem/UnblendedRate", RECURRING)
        .set("reservation/AmortizedUpfrontFeeForBillingPeriod", UPFRONT * month)
        .set("reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", UPFRONT * unused)
        .set("reservation/UnusedRecurringFee", RECURRING * unused)
        .set("reservation/UnusedQuantity", unused)
        .set("reservation/TotalReservedUnits", month)
        .set("reservation/NumberOfReservations", 1)
        .set("reservation/UnitsPerReservation", month);
    report.row((1, None), "Tax", "Virtual Machines", Exact::of(1234, 2), Exact::of(1234, 2));
    let mut plan_unused = Exact::ZERO;
    for day in 1..=DAYS {
        plan_unused += plan(&mut report, seed, day);
        if day <= LAST_USED {
            let hours = Exact::of(24, 0);
            report
                .reserved((day, Some(day)), "DiscountedUsage", Exact::ZERO, (UPFRONT + RECURRING) * hours)
                .set("lineItem/UsageAmount", hours)
                .set("lineItem/UnblendedRate", 0)
                .set("pricing/publicOnDemandRate", DATABASE_ON_DEMAND)
                .set("pricing/publicOnDemandCost", DATABASE_ON_DEMAND * hours)
                .set("reservation/EffectiveCost", (UPFRONT + RECURRING) * hours)
                .set("reservation/AmortizedUpfrontCostForUsage", UPFRONT * hours)
                .set("reservation/RecurringFeeForUsage", RECURRING * hours);
        }
        let stored = Exact::of(Draws::of(seed, "stored", day.unsigned_abs().into()).between(300_000, 340_000), 4);
        let price = Exact::of(23, 3);
        report
            .row((day, Some(day)), "Usage", "Object Storage", price * stored, price * stored)
            .set("lineItem/UsageAmount", stored)
            .set("lineItem/UnblendedRate", price)
            .set("pricing/publicOnDemandRate", price)
            .set("pricing/publicOnDemandCost", price * stored)
            .set("pricing/term", "OnDemand");
    }
    let of_type = |(rows, unblended, amortized): &(u64, Exact, Exact)| json!({ "rows": rows, "unblended": unblended.text(), "amortized": amortized.text() });
    let total = |which: fn(&(u64, Exact, Exact)) -> Exact| report.types.values().map(which).sum::<Exact>().text();
    let key = json!({
        "rows": report.sheet.len(),
        "unblended": total(|sums| sums.1),
        "amortized": total(|sums| sums.2),
        "savings_plan": {
            "committed": (COMMITTED * month).text(),
            "used": (COMMITTED * month - plan_unused).text(),
            "unused": plan_unused.text(),
        },
        "reservation": {
            "committed": ((UPFRONT + RECURRING) * month).text(),
            "used": ((UPFRONT + RECURRING) * used).text(),
            "unused": ((UPFRONT + RECURRING) * unused).text(),
        },
        "by_line_item_type": report.types.iter().map(|(name, sums)| ((*name).into(), of_type(sums))).collect::<Map<_, _>>(),
    });
    (report.sheet, key)
}

/// The rows of the savings plan on a day; what of it was not used.
fn plan(report: &mut Report, seed: u64, day: i8) -> Exact {
    let is_weekend = matches!(day % 7, 0 | 1);
    let mut used = Exact::ZERO;
    for (at, (sku, on_demand, rate, (low, high))) in COVERED.into_iter().enumerate() {
        let mut draws = Draws::of(seed, "covered", u64::from(day.unsigned_abs()) * 2 + at as u64);
        let tenths = draws.between(low, high) / if is_weekend && at == 1 { 2 } else { 1 };
        let hours = Exact::of(tenths, 1);
        let (cost, effective) = (on_demand * hours, rate * hours);
        used += effective;
        let mut line = report.covered(day, "SavingsPlanCoveredUsage", cost, effective);
        line.set("lineItem/UsageAmount", hours).set("lineItem/UnblendedRate", on_demand);
        line.set("lineItem/UsageType", sku).set("product/sku", sku).set("pricing/term", "OnDemand");
        line.set("pricing/publicOnDemandRate", on_demand).set("pricing/publicOnDemandCost", cost);
        line.set("savingsPlan/SavingsPlanRate", rate).set("savingsPlan/SavingsPlanEffectiveCost", effective);
        let mut line = report.covered(day, "SavingsPlanNegation", -cost, Exact::ZERO);
        line.set("lineItem/UsageAmount", hours).set("lineItem/UnblendedRate", -on_demand);
        line.set("lineItem/UsageType", sku).set("product/sku", sku).set("savingsPlan/SavingsPlanEffectiveCost", 0);
    }
    let committed = COMMITTED * Exact::of(24, 0);
    let unused = committed - used;
    assert!(unused > Exact::ZERO, "the plan covers all use and is never used up");
    let mut line = report.covered(day, "SavingsPlanRecurringFee", committed, unused);
    line.set("lineItem/UsageAmount", 24).set("lineItem/UnblendedRate", COMMITTED);
    line.set("savingsPlan/TotalCommitmentToDate", committed).set("savingsPlan/UsedCommitment", used);
    line.set("savingsPlan/RecurringCommitmentForBillingPeriod", COMMITTED * Exact::of(24 * i64::from(DAYS), 0));
    line.set("savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod", 0);
    unused
}

impl Report {
    /// A line item of a day, or of the month from a day on.
    fn row(
        &mut self,
        (day, last): (i8, Option<i8>),
        kind: &'static str,
        service: &str,
        unblended: Exact,
        amortized: Exact,
    ) -> Line<'_> {
        let sums = self.types.entry(kind).or_default();
        *sums = (sums.0 + 1, sums.1 + unblended, sums.2 + amortized);
        let number = self.sheet.len() as u64;
        let start = format!("2026-03-{day:02}");
        let end = last.filter(|day| *day < DAYS).map_or("2026-04-01".into(), |day| format!("2026-03-{:02}", day + 1));
        let mut line = self.sheet.row();
        line.set("identity/LineItemId", hex("commitment", number) + &hex("line", number) + &hex("item", number));
        line.set("identity/TimeInterval", format!("{start}T00:00:00Z/{end}T00:00:00Z"));
        line.set("bill/InvoicingEntity", ENTITY).set("bill/BillingEntity", "AWS").set("bill/BillType", "Anniversary");
        line.set("bill/PayerAccountId", "900000000001").set("bill/InvoiceId", "2603000002");
        line.set("bill/BillingPeriodStartDate", "2026-03-01T00:00:00.000Z");
        line.set("bill/BillingPeriodEndDate", "2026-04-01T00:00:00.000Z");
        line.set("lineItem/UsageAccountId", ACCOUNTS[0].0).set("lineItem/LineItemType", kind);
        line.set("lineItem/UsageStartDate", format!("{start}T00:00:00.000Z"));
        line.set("lineItem/UsageEndDate", format!("{end}T00:00:00.000Z"));
        line.set("lineItem/ProductCode", format!("Amazon{}", service.replace(' ', "")));
        line.set("lineItem/CurrencyCode", "USD")
            .set("lineItem/LegalEntity", ENTITY)
            .set("product/ProductName", service);
        line.all(&["lineItem/UnblendedCost", "lineItem/BlendedCost"], unblended);
        line.set("lineItem/LineItemDescription", format!("{kind}, {service}"));
        if kind != "Tax" {
            line.all(&["product/region", "product/regionCode"], "us-east-1");
            line.set("resourceTags/user:team", "checkout").set("resourceTags/user:env", "prod");
        }
        line
    }
    fn covered(&mut self, day: i8, kind: &'static str, unblended: Exact, amortized: Exact) -> Line<'_> {
        let mut line = self.row((day, Some(day)), kind, "Virtual Machines", unblended, amortized);
        line.set("savingsPlan/SavingsPlanARN", PLAN).set("savingsPlan/OfferingType", "ComputeSavingsPlans");
        line.set("savingsPlan/PaymentOption", "No Upfront").set("savingsPlan/PurchaseTerm", "1yr");
        line.set("savingsPlan/StartTime", "2026-01-01T00:00:00.000Z");
        line.set("savingsPlan/EndTime", "2026-12-31T23:59:59.000Z");
        line
    }
    fn reserved(&mut self, days: (i8, Option<i8>), kind: &'static str, unblended: Exact, amortized: Exact) -> Line<'_> {
        let mut line = self.row(days, kind, "Managed Database", unblended, amortized);
        line.set("reservation/ReservationARN", RESERVATION).set("pricing/term", "Reserved");
        line.set("reservation/StartTime", "2026-03-01T00:00:00.000Z");
        line.set("reservation/EndTime", "2027-02-28T23:59:59.000Z");
        line.set("pricing/PurchaseOption", "Partial Upfront").set("pricing/LeaseContractLength", "1yr");
        line.set("product/sku", "DB-2X16").set("lineItem/UsageType", "DB-2X16");
        line
    }
}
