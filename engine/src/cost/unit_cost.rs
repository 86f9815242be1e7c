//! What one of it costs.
use super::Bill;
use crate::units::{Count, Data, Money};

/// A month's total per unit of work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitCost {
    /// For a million requests at the entry; none where there are no requests.
    pub million_requests: Option<Money>,
    /// The storage lines for each GB that is stored once; none where nothing is.
    pub gb_stored: Option<Money>,
}

impl UnitCost {
    /// From a month's bill, its requests and the data it keeps.
    pub fn of(bill: &Bill, requests: Count, stored: Data) -> Self {
        let per = |money: Money, n: f64| (n > 0.0).then(|| Money::nearest(money.as_dollars() / n));
        let storage = bill.lines.iter().filter(|l| l.driver.is_storage()).map(|l| l.amount).sum();
        Self { million_requests: per(bill.total(), requests.as_millions()), gb_stored: per(storage, stored.as_gb()) }
    }
}
