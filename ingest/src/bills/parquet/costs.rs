//! A column of costs as exact money, without a detour through text where its type allows that.
use super::number;
use super::values::Values;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Float64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use plimsoll::units::FineMoney;

/// The costs of a batch of rows.
#[derive(Debug, Default)]
pub(super) struct Costs {
    /// In the smallest places of money; of no meaning where the cost is not known.
    pub(super) amounts: Vec<i128>,
    pub(super) known: Vec<bool>,
    /// Rows whose amount had more places, which were rounded.
    pub(super) rounded: Vec<usize>,
    text: Vec<u8>,
}

/// From the last place of short costs to the last of money.
const FACTOR: i128 = 10_i128.pow((FineMoney::PLACES - number::PLACES) as u32);

impl Costs {
    /// Reads a column; `wrong` is told the rows that cannot be read. An error is the name of a type that has no text.
    pub(super) fn read(&mut self, array: &ArrayRef, mut wrong: impl FnMut(usize)) -> Result<(), String> {
        self.amounts.clear();
        self.known.clear();
        self.rounded.clear();
        match array.nulls() {
            None => self.known.resize(array.len(), true),
            Some(nulls) => self.known.extend(nulls.iter()),
        }
        match array.data_type() {
            DataType::Float64 => {
                let all = array.as_primitive::<Float64Type>().values();
                for (row, value) in all.iter().enumerate() {
                    let amount = match number::shortest(*value) {
                        Some(tenths) => Some(i128::from(tenths) * FACTOR),
                        None if self.known[row] => {
                            self.text.clear();
                            number::binary(&mut self.text, *value);
                            self.parsed(row)
                        }
                        None => Some(0),
                    };
                    self.take(amount, row, &mut wrong);
                }
            }
            DataType::Decimal128(_, scale) if (0..=FineMoney::PLACES as i8).contains(scale) => {
                let factor = 10_i128.pow(FineMoney::PLACES as u32 - u32::from(scale.unsigned_abs()));
                for (row, value) in array.as_primitive::<Decimal128Type>().values().iter().enumerate() {
                    let amount = if self.known[row] { value.checked_mul(factor) } else { Some(0) };
                    self.take(amount, row, &mut wrong);
                }
            }
            _ => {
                let values = Values::of(&**array)?;
                for row in 0..array.len() {
                    self.text.clear();
                    values.write(row, &mut self.text);
                    let is_null = self.text.is_empty() || crate::bills::direct::is_null(&self.text);
                    self.known[row] &= !is_null;
                    let amount = if self.known[row] { self.parsed(row) } else { Some(0) };
                    self.take(amount, row, &mut wrong);
                }
            }
        }
        Ok(())
    }

    fn parsed(&mut self, row: usize) -> Option<i128> {
        let (amount, is_rounded) = FineMoney::read(&self.text).ok()?;
        if is_rounded {
            self.rounded.push(row);
        }
        Some(amount.as_raw())
    }

    fn take(&mut self, amount: Option<i128>, row: usize, wrong: &mut impl FnMut(usize)) {
        if amount.is_none() {
            wrong(row);
        }
        self.amounts.push(amount.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Decimal128Array, Float64Array, StringArray};
    use std::sync::Arc;

    fn read(array: impl Array + 'static) -> (Vec<Option<String>>, Vec<usize>, usize) {
        let (mut costs, mut wrong) = (Costs::default(), Vec::new());
        costs.read(&(Arc::new(array) as ArrayRef), |row| wrong.push(row)).unwrap();
        let amounts = costs.amounts.iter().zip(&costs.known);
        let amounts = amounts.map(|(amount, known)| known.then(|| FineMoney::raw(*amount).exact())).collect();
        (amounts, wrong, costs.rounded.len())
    }

    #[test]
    fn a_binary_fraction_is_its_shortest_decimal() {
        let mut state = 1_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let digits = (state >> 20) as i64 % 10_i64.pow(1 + (state % 15) as u32);
            let value = digits as f64 / 10_f64.powi((state >> 40) as i32 % 12);
            // What the language writes is the shortest decimal that reads as the same number.
            let exact = FineMoney::read(value.to_string().as_bytes()).unwrap().0.as_raw();
            let short = number::shortest(value).map(|tenths| i128::from(tenths) * FACTOR);
            assert!(short.is_none_or(|short| short == exact), "{value}");
        }
        assert_eq!(number::shortest(0.1), Some(1_000_000_000));
        assert_eq!(number::shortest(f64::NAN), None);
        assert_eq!(number::shortest(f64::INFINITY), None);
    }

    #[test]
    fn costs_of_every_type_are_exact() {
        let some = |texts: &[&str]| texts.iter().map(|text| Some((*text).to_owned())).collect::<Vec<_>>();
        let doubles = Float64Array::from(vec![0.1, -1e-12, 1e300, 123_456_789.123_456_7, f64::NAN, 1e-30]);
        let (amounts, wrong, rounded) = read(doubles);
        assert_eq!((amounts[..2].to_vec(), wrong, rounded), (some(&["0.1", "-0.000000000001"]), vec![2, 4], 1));
        assert_eq!(amounts[3], Some("123456789.1234567".into()));
        let decimals = Decimal128Array::from(vec![Some(15), None, Some(i128::MAX)]).with_precision_and_scale(38, 1);
        let (amounts, wrong, _) = read(decimals.unwrap());
        assert_eq!((&amounts[..2], wrong), (&[Some("1.5".into()), None][..], vec![2]));
        let texts = StringArray::from(vec!["1e-3", "", "null", "x"]);
        let (amounts, wrong, _) = read(texts);
        assert_eq!((&amounts[..3], wrong), (&[Some("0.001".into()), None, None][..], vec![3]));
    }
}
