//! Small bills made by hand, for the tests.
use super::*;
use crate::units::{FineAmount, FineMoney};

/// A charge in words; `..row()` for the rest.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) key: Vec<&'static str>,
    pub(crate) currency: &'static str,
    pub(crate) at: String,
    /// In the order of [`Cost::ALL`]; empty for none.
    pub(crate) costs: [String; 4],
    pub(crate) category: Category,
    pub(crate) pricing: Pricing,
    pub(crate) item: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) quantity: String,
    pub(crate) commitment: Option<(&'static str, Status)>,
}

/// A plain charge of a dollar.
pub(crate) fn row() -> Row {
    Row {
        key: Vec::new(),
        currency: "USD",
        at: "2026-03-01".into(),
        costs: ["1", "1", "1", "1"].map(String::from),
        category: Category::Usage,
        pricing: Pricing::Standard,
        item: "sku",
        unit: "Hours",
        quantity: "1".into(),
        commitment: None,
    }
}

/// All four costs the same.
pub(crate) fn all(cost: impl std::fmt::Display + Copy) -> [String; 4] {
    Cost::ALL.map(|_| cost.to_string())
}

pub(crate) fn money(text: &str) -> FineMoney {
    FineMoney::read(text.as_bytes()).unwrap().0
}

/// The day so many days after a day.
pub(crate) fn day(first: &str, after: i32) -> String {
    let slot = Slot::named(first, Calendar::Utc).unwrap();
    Slot::around(slot.hour() + after * 24, Period::Day, Calendar::Utc).to_string()
}

pub(crate) fn add(charges: &mut Charges, row: &Row) {
    let mut costs = Costs::default();
    for (cost, text) in Cost::ALL.into_iter().zip(&row.costs).filter(|(_, text)| !text.is_empty()) {
        costs.set(cost, money(text));
    }
    let charge = Charge {
        currency: row.currency.as_bytes(),
        hour: Slot::named(&row.at, Calendar::Utc).unwrap().hour(),
        costs,
        category: row.category,
        pricing: row.pricing,
        item: row.item.as_bytes(),
        unit: row.unit.as_bytes(),
        quantity: FineAmount::read(row.quantity.as_bytes()).ok().map(|(q, _)| q),
        commitment: row.commitment.map(|(id, status)| Commitment { id: id.as_bytes(), kind: b"Savings Plan", status }),
    };
    charges.add(&charge, &row.key).unwrap();
}

pub(crate) fn ledger(grain: &Grain, rows: &[Row]) -> Ledger {
    let mut charges = Charges::new(grain.clone());
    for row in rows {
        add(&mut charges, row);
    }
    let rows = rows.len() as u64;
    let reading = Reading { rows_read: rows, rows_used: rows, ..Reading::default() };
    Ledger { charges: charges.finish().unwrap(), reading }
}

pub(crate) fn by(columns: &[&str]) -> Grain {
    Grain { by: columns.iter().map(|c| (*c).to_owned()).collect(), ..Grain::whole() }
}

/// The answer about some rows.
pub(crate) fn answer(grain: &Grain, rows: &[Row]) -> BillAnswer {
    bill(&ledger(grain, rows), &BillOptions::default()).unwrap()
}
