//! One month of Azure told twice: as actual and as amortized costs, with a reservation of two machines.
//!
//! The actual file charges the reservation's monthly payment and nothing for what it covers. The amortized file has no
//! payment: it charges what is covered at the reservation's rate, and what was not used in rows of their own.
use super::azure::{EA, american, meter_id, resource, tags};
use super::usage::{ACCOUNTS, DAYS};
use crate::draws::Draws;
use crate::exact::Exact;
use crate::sheet::{Line, Sheet};
use serde_json::{Value, json};

/// For an hour of a machine: under the reservation, and on demand.
const RATE: Exact = Exact::of(15, 2);
const ON_DEMAND: Exact = Exact::of(192, 3);
/// Machine hours that are reserved for a day.
const RESERVED: i64 = 48;
/// Those that weekends use.
const WEEKEND: i64 = 36;

#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Actual,
    Amortized,
}

/// Both files and what they sum to.
pub(super) fn sheets(seed: u64) -> ([Sheet; 2], Value) {
    let (actual, actual_sum, _) = sheet(seed, View::Actual);
    let (amortized, amortized_sum, unused) = sheet(seed, View::Amortized);
    let hours = Exact::of(RESERVED * i64::from(DAYS), 0);
    let key = json!({
        "azure_actual.csv": { "rows": actual.len(), "billed": actual_sum.text() },
        "azure_amortized.csv": { "rows": amortized.len(), "effective": amortized_sum.text() },
        "reservation": { "paid": (RATE * hours).text(), "used": (RATE * hours - unused).text(), "unused": unused.text() },
    });
    ([actual, amortized], key)
}

fn sheet(seed: u64, view: View) -> (Sheet, Exact, Exact) {
    let mut sheet = Sheet::new(EA);
    let (mut sum, mut unused_sum) = (Exact::ZERO, Exact::ZERO);
    if view == View::Actual {
        let hours = Exact::of(RESERVED * i64::from(DAYS), 0);
        let mut line = machine(&mut sheet, 1);
        line.set("ChargeType", "Purchase").set("Frequency", "Recurring").set("Quantity", 1);
        line.all(&["EffectivePrice", "UnitPrice", "CostInBillingCurrency"], RATE * hours);
        sum += RATE * hours;
    }
    for day in 1..=DAYS {
        let used = if matches!(day % 7, 0 | 1) { WEEKEND } else { RESERVED };
        let price = if view == View::Actual { Exact::ZERO } else { RATE };
        let cost = price * Exact::of(used, 0);
        let mut line = machine(&mut sheet, day);
        line.set("ChargeType", "Usage").set("Frequency", "UsageBased").set("Quantity", used);
        line.set("UnitOfMeasure", "1 Hour").all(&["EffectivePrice", "UnitPrice"], price);
        line.set("CostInBillingCurrency", cost).set("PayGPrice", ON_DEMAND).set("Tags", tags("checkout"));
        line.set("ResourceName", "checkout-web").set("ResourceId", resource(ACCOUNTS[0].0, "checkout-web"));
        sum += cost;
        if used < RESERVED {
            let unused = Exact::of(RESERVED - used, 0);
            unused_sum += RATE * unused;
            if view == View::Amortized {
                let mut line = machine(&mut sheet, day);
                line.set("ChargeType", "UnusedReservation").set("Frequency", "UsageBased").set("Quantity", unused);
                line.set("UnitOfMeasure", "1 Hour").all(&["EffectivePrice", "UnitPrice"], RATE);
                line.set("CostInBillingCurrency", RATE * unused).set("PayGPrice", 0);
                sum += RATE * unused;
            }
        }
        let stored = Exact::of(Draws::of(seed, "azure", day.unsigned_abs().into()).between(90_000, 110_000), 4);
        let price = Exact::of(8, 2);
        let mut line = row(&mut sheet, day, "Block Storage");
        line.set("ChargeType", "Usage").set("Frequency", "UsageBased").set("PricingModel", "OnDemand");
        line.set("MeterId", meter_id(101)).set("MeterName", "SSD").set("UnitOfMeasure", "1 GB/Month");
        line.set("Quantity", stored).all(&["EffectivePrice", "UnitPrice", "PayGPrice"], price);
        line.set("CostInBillingCurrency", price * stored).set("ServiceFamily", "Storage");
        line.set("ProductName", "Block Storage - SSD volume").set("ResourceName", "checkout-disk");
        line.set("ResourceId", resource(ACCOUNTS[0].0, "checkout-disk")).set("Tags", tags("checkout"));
        sum += price * stored;
    }
    (sheet, sum, unused_sum)
}

/// A row about the reserved machines.
fn machine(sheet: &mut Sheet, day: i8) -> Line<'_> {
    let mut line = row(sheet, day, "Virtual Machines");
    line.set("PricingModel", "Reservation").set("Term", 12).set("ServiceFamily", "Compute");
    line.all(&["ReservationId", "ProductOrderId"], meter_id(900)).set("ReservationName", "vm-4x16-two-machines");
    line.set("ProductOrderName", "Reserved machine of 4 vCPU and 16 GB, 1 year");
    line.set("benefitId", format!("/providers/Microsoft.Capacity/reservationOrders/{}", meter_id(900)));
    line.set("benefitName", "vm-4x16-two-machines").set("MeterId", meter_id(100)).set("MeterName", "VM-4X16");
    line.set("ProductName", "Virtual Machines - machine of 4 vCPU and 16 GB");
    line
}

fn row<'a>(sheet: &'a mut Sheet, day: i8, service: &str) -> Line<'a> {
    let mut line = sheet.row();
    line.all(&["BillingAccountId", "BillingProfileId"], "90000001");
    line.all(&["BillingAccountName", "BillingProfileName"], "Example Group");
    line.set("BillingPeriodStartDate", "03/01/2026").set("BillingPeriodEndDate", "03/31/2026");
    line.set("InvoiceSectionName", "Engineering").set("AccountName", "Example Group").set("AccountId", "4100");
    line.set("AccountOwnerId", "owner@example.com").set("OfferId", "MS-AZR-0017P");
    line.set("SubscriptionId", ACCOUNTS[0].0).set("SubscriptionName", ACCOUNTS[0].1);
    line.set("Date", american(day)).set("BillingCurrencyCode", "USD").set("IsAzureCreditEligible", "True");
    line.set("MeterCategory", service).set("PublisherType", "Azure").set("PublisherName", "Microsoft");
    line.all(&["ResourceLocation", "ResourceLocationNormalized", "MeterRegion"], "us-east-1");
    line
}
