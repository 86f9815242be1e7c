//! The credits of a row: what is taken off its cost, and why.
use crate::bills::pairs::{Pairs, Step, Value};
use crate::bills::row::FocusRow;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;

/// The credits of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credits {
    /// All of them together; negative, as a rule.
    pub(super) sum: FineMoney,
    committed: Option<Committed>,
}

/// The first credit that a commitment gave.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Committed {
    id: Vec<u8>,
    name: Vec<u8>,
    /// Whether the commitment is to spend money, rather than to use a resource.
    is_spend: bool,
}

#[derive(Default)]
struct One {
    amount: Option<FineMoney>,
    id: Vec<u8>,
    name: Vec<u8>,
    kind: Vec<u8>,
}

impl Credits {
    /// Reads a list of credits. An error says what is wrong, and what to do.
    pub(super) fn read(cell: &[u8]) -> Result<Self, (String, String)> {
        let broken = || {
            let what = format!("cannot read `{}` as credits", String::from_utf8_lossy(cell));
            (
                what,
                "credits are a list such as [{\"name\": \"...\", \"amount\": -0.5}], as JSON or as Python writes it"
                    .to_owned(),
            )
        };
        let mut credits = Self::default();
        let mut one = One::default();
        for step in Pairs::of(cell) {
            match step.map_err(|_| broken())? {
                Step::Begin => one = One::default(),
                Step::Pair(key, value) => one.take(&key, &value)?,
                Step::End => credits.add(std::mem::take(&mut one)).ok_or_else(broken)?,
            }
        }
        Ok(credits)
    }

    fn add(&mut self, one: One) -> Option<()> {
        let amount = one.amount?;
        self.sum = FineMoney::raw(self.sum.as_raw().checked_add(amount.as_raw())?);
        if amount != FineMoney::ZERO && one.kind.starts_with(b"COMMITTED_USAGE_DISCOUNT") {
            let One { id, name, kind, .. } = one;
            let is_spend = kind.ends_with(b"DOLLAR_BASE");
            self.committed.get_or_insert(Committed { id, name, is_spend });
        }
        Some(())
    }

    /// Whether one of them is by a commitment.
    pub(super) const fn is_committed(&self) -> bool {
        self.committed.is_some()
    }

    /// Writes the commitment, by its id or else its name.
    pub(super) fn write(&self, row: &mut FocusRow) {
        let Some(Committed { id, name, is_spend }) = &self.committed else { return };
        let id = if id.is_empty() { name } else { id };
        if id.is_empty() {
            return;
        }
        row.set(Column::CommitmentDiscountId, id);
        row.set(Column::CommitmentDiscountName, name);
        row.set(Column::CommitmentDiscountType, b"Committed Use Discount");
        row.set(Column::CommitmentDiscountCategory, if *is_spend { b"Spend" } else { b"Usage" });
        row.set(Column::CommitmentDiscountStatus, b"Used");
    }
}

impl One {
    fn take(&mut self, key: &[u8], value: &Value<'_>) -> Result<(), (String, String)> {
        match key {
            b"amount" => {
                let text = value.bytes();
                let (amount, _) = FineMoney::read(text).map_err(|error| {
                    let what = format!("the amount `{}` of a credit {error}", String::from_utf8_lossy(text));
                    (what, "amounts are written -0.5 or -5e-06".to_owned())
                })?;
                self.amount = Some(amount);
            }
            b"id" => self.id = value.bytes().to_vec(),
            b"name" => self.name = value.bytes().to_vec(),
            b"type" => self.kind = value.bytes().to_vec(),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_added_to_the_last_digit() {
        let read = |text: &str| Credits::read(text.as_bytes()).unwrap();
        for none in ["", "[]", "null", "None"] {
            assert_eq!(read(none), Credits::default());
        }
        let two = r#"[{"name":"a","amount":-0.1,"type":"PROMOTION"},{"amount":-2e-1,"full_name":null,"id":"b"}]"#;
        assert_eq!((read(two).sum.exact().as_str(), read(two).is_committed()), ("-0.3", false));
        let python = "[{'name': 'CUD: \"n1\"', 'amount': -5e-06, 'full_name': None, 'id': None, 'type': 'COMMITTED_USAGE_DISCOUNT'}]";
        let credits = read(python);
        let mut row = FocusRow::default();
        credits.write(&mut row);
        assert_eq!(
            (credits.sum.exact().as_str(), row.get(Column::CommitmentDiscountId)),
            ("-0.000005", &b"CUD: \"n1\""[..])
        );
        assert_eq!(row.get(Column::CommitmentDiscountCategory), b"Usage");
    }

    #[test]
    fn what_is_no_list_of_amounts_is_refused() {
        let wrong = |text: &str| Credits::read(text.as_bytes()).unwrap_err().0;
        assert_eq!(wrong("regular"), "cannot read `regular` as credits");
        assert_eq!(wrong("[{'name': 'a'}]"), "cannot read `[{'name': 'a'}]` as credits");
        assert_eq!(wrong("[{'amount': nan}]"), "the amount `nan` of a credit is not a number");
        assert_eq!(wrong("[{'amount': None}]"), "the amount `` of a credit is not a number");
    }
}
