//! Costs at list and at negotiated prices: price x quantity, to the last digit.
//!
//! A meter's unit may be a block, such as `10K` or `100 Hours`. In the exports seen, quantities count blocks and all prices
//! are per block; Microsoft's guide to FOCUS divides quantities by the block first. So nothing is taken for granted: which
//! of the two holds shows in the row, whose cost is its effective price x its quantity. Where it shows neither, the costs are
//! unknown: wrong would be wrong by a factor of ten thousand.
use super::charge::Kind;
use super::columns::{Columns, PriceColumns, cell, copy_number};
use crate::bills::checked::{self, Number};
use crate::bills::row::{Cells, FocusRow};
use crate::bills::translate::Outcome;
use ethnum::I256;
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;
use std::cmp::Ordering;

/// One, in units of 10^-24.
const ONE: i128 = 10_i128.pow(FineMoney::PLACES as u32);
/// Prices are rounded to some digits, and costs too: what differs by less is the same.
const SAME: f64 = 0.01;
/// From a quarter of a block's worth of the effective price on, another price may be one per block, and is not used. For
/// blocks of ten that gives up the list price of rows with a discount of more than 60%; twice as much would trust prices
/// per block of rows whose effective price is above twice their list price, as after a correction.
const NEAR_A_BLOCK: f64 = 4.0;

/// The costs of a row at its prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prices {
    pub(super) list: Option<FineMoney>,
    pub(super) contracted: Option<FineMoney>,
    /// Whether there are prices that cannot be used, because their unit cannot be told.
    pub(super) is_unclear: bool,
    /// Whether the prices are per unit of the quantity and in the billing currency.
    is_plain: bool,
}

impl Prices {
    /// Reads the prices of a row that costs so much.
    pub(super) fn read(
        columns: &Columns,
        cells: &Cells<'_>,
        kind: Kind,
        is_committed: bool,
        cost: FineMoney,
    ) -> Result<Self, Outcome> {
        let quantity = checked::number(cells, columns.quantity)?;
        if kind == Kind::Credit {
            return Ok(Self { list: Some(cost), contracted: Some(cost), ..Self::default() });
        }
        if !kind.is_priced() {
            return Ok(Self::default());
        }
        let prices = &columns.price;
        let [effective, negotiated, list] = numbers(cells, [prices.effective, prices.negotiated, prices.list])?;
        let [list_cost, cost_in_pricing, exchange] =
            numbers(cells, [prices.list_cost, prices.cost, prices.exchange_rate])?;
        let rate =
            if is_one_currency(prices, columns.currency, cells) { Some(ONE) } else { exchange.filter(|n| *n != 0) };
        let paid = match (cost_in_pricing, rate) {
            (Some(paid), _) => about(paid),
            (None, Some(rate)) => cost.about() / about(rate),
            (None, None) => 0.0,
        };
        let row = Priced {
            cost,
            is_free: cost == FineMoney::ZERO && kind == Kind::Usage && !is_committed,
            quantity: quantity.exact(),
            rate,
            basis: Basis::of(block(&cell(cells, columns.unit)), effective, quantity, paid),
        };
        let (contracted, list) = (row.at(negotiated), row.at(list));
        let list_cost = list_cost.filter(|cost| *cost != 0 || row.is_free).map(FineMoney::raw);
        Ok(Self {
            list: list_cost.or(list.cost),
            contracted: contracted.cost,
            is_unclear: contracted.is_unclear || (list.is_unclear && list_cost.is_none()),
            is_plain: rate == Some(ONE) && matches!(row.basis, Basis::Unit),
        })
    }

    /// Writes the unit prices, where they are per unit of the quantity that is written.
    pub(super) fn write(&self, columns: &Columns, cells: &Cells<'_>, row: &mut FocusRow) {
        let prices = [
            (self.list, columns.price.list, Column::ListUnitPrice),
            (self.contracted, columns.price.negotiated, Column::ContractedUnitPrice),
        ];
        for (cost, place, column) in prices {
            if self.is_plain && cost.is_some() {
                copy_number(cells, place, row, column);
            }
        }
    }
}

fn numbers<const N: usize>(cells: &Cells<'_>, places: [Option<usize>; N]) -> Result<[Option<i128>; N], Outcome> {
    let mut numbers = [None; N];
    for (number, place) in numbers.iter_mut().zip(places) {
        *number = checked::number(cells, place)?.exact();
    }
    Ok(numbers)
}

fn is_one_currency(prices: &PriceColumns, billing: usize, cells: &Cells<'_>) -> bool {
    let Some(pricing) = prices.currency else { return true };
    checked::is_empty(cells, pricing) || cells.get(pricing).eq_ignore_ascii_case(&cells.get(billing))
}

/// What decides how a price becomes a cost.
struct Priced {
    cost: FineMoney,
    /// Whether it is usage that has no price, as opposed to one that the row does not tell.
    is_free: bool,
    quantity: Option<i128>,
    /// What the currency of the prices is worth in that of the cost.
    rate: Option<i128>,
    basis: Basis,
}

#[derive(Clone, Copy, Debug, Default)]
struct AtPrice {
    cost: Option<FineMoney>,
    is_unclear: bool,
}

impl Priced {
    fn at(&self, price: Option<i128>) -> AtPrice {
        let Some(price) = price else { return AtPrice::default() };
        if price == 0 {
            return AtPrice { cost: self.is_free.then_some(FineMoney::ZERO), is_unclear: false };
        }
        // Nothing costs nothing, whatever its unit.
        let divisor = if self.quantity == Some(0) { Some(1) } else { self.basis.divisor(price) };
        let Some(divisor) = divisor else { return AtPrice { cost: None, is_unclear: true } };
        let cost = self.quantity.and_then(|quantity| times(price, quantity, divisor));
        let cost = match self.rate {
            Some(ONE) => cost,
            Some(rate) => cost.and_then(|cost| times(cost, rate, 1)),
            None => None,
        };
        // A charge for nothing, or a refund of something: its price x quantity is not what it would have cost.
        let is_apart = |cost: i128| self.cost != FineMoney::ZERO && cost.signum() != self.cost.as_raw().signum();
        AtPrice { cost: cost.filter(|cost| !is_apart(*cost)).map(FineMoney::raw), is_unclear: false }
    }
}

/// What a quantity has to be divided by to be in units of the prices.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Basis {
    /// Nothing: the unit is no block.
    Unit,
    /// Nothing for the effective price, which is this; other prices may be per block of so many.
    Effective(f64, u64),
    /// The block.
    Block(u64),
    /// The row does not show it.
    Unclear,
}

impl Basis {
    fn of(block: u64, effective: Option<i128>, quantity: Number, paid: f64) -> Self {
        if block == 1 {
            return Self::Unit;
        }
        let (Some(effective), Some(quantity)) = (effective, quantity.exact()) else { return Self::Unclear };
        let product = about(effective) * about(quantity);
        match paid {
            0.0 => Self::Unclear,
            _ if is_about(product, paid) => Self::Effective(about(effective), block),
            _ if is_about(product / block as f64, paid) => Self::Block(block),
            _ => Self::Unclear,
        }
    }

    fn divisor(self, price: i128) -> Option<u64> {
        match self {
            Self::Unit => Some(1),
            Self::Block(block) => Some(block),
            Self::Effective(effective, block) => {
                let times = about(price) / effective;
                match block as f64 {
                    block_price if is_about(times, block_price) => Some(block),
                    block_price if times * NEAR_A_BLOCK >= block_price => None,
                    _ => Some(1),
                }
            }
            Self::Unclear => None,
        }
    }
}

fn is_about(value: f64, other: f64) -> bool {
    (value / other - 1.0).abs() < SAME
}

fn about(number: i128) -> f64 {
    FineMoney::raw(number).about()
}

/// The number of units in a unit of measure: 10,000 in `10K` or `10000 GB`, one in `1 Hour` or `Hours`.
fn block(unit: &[u8]) -> u64 {
    let unit = unit.trim_ascii();
    let digits = unit.iter().take_while(|b| b.is_ascii_digit()).count();
    let number = unit[..digits].iter().try_fold(0_u64, |n, b| n.checked_mul(10)?.checked_add(u64::from(b - b'0')));
    let (factor, rest) = match &unit[digits..] {
        [b'K', rest @ ..] => (1000, rest),
        [b'M', rest @ ..] => (1_000_000, rest),
        [b'B', rest @ ..] => (1_000_000_000, rest),
        rest => (1, rest),
    };
    match number.and_then(|number| number.checked_mul(factor)) {
        Some(block) if block > 0 && matches!(rest, [] | [b' ' | b'/', ..]) => block,
        _ => 1,
    }
}

/// The product of two numbers of 24 decimals, divided, and rounded half to even; none beyond 128 bits.
fn times(a: i128, b: i128, divisor: u64) -> Option<i128> {
    let product = I256::from(a) * I256::from(b);
    let unit = I256::from(ONE) * I256::from(divisor);
    let (whole, rest) = (product / unit, product % unit);
    let is_up = match (rest.abs() * I256::from(2)).cmp(&unit) {
        Ordering::Less => false,
        Ordering::Equal => whole % I256::from(2) != I256::ZERO,
        Ordering::Greater => true,
    };
    i128::try_from(if is_up { whole + product.signum() } else { whole }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::testing::{headed, rows, shared};

    fn raw(text: &str) -> i128 {
        FineMoney::read(text.as_bytes()).unwrap().0.as_raw()
    }

    #[test]
    fn products_are_exact_or_rounded_half_to_even() {
        let product = |a, b, divisor| FineMoney::raw(times(raw(a), raw(b), divisor).unwrap()).exact();
        assert_eq!(product("0.0589", "0.000348", 1), "0.0000204972");
        assert_eq!(product("0.46067", "0.01196457791872689", 1), "0.0055117221098199164163");
        assert_eq!(product("-2.5", "744", 100), "-18.6");
        assert_eq!(product("0.0000000000000000000000015", "1", 1), "0.000000000000000000000002");
        assert_eq!(product("0.000000000000000000000005", "0.1", 1), "0");
        assert_eq!(product("0.000000000000000000000015", "-0.1", 1), "-0.000000000000000000000002");
        assert_eq!(product("90000000000000", "1.5", 1), "135000000000000");
        assert_eq!(times(raw("90000000000000"), raw("90000000000000"), 1), None);
    }

    #[test]
    fn blocks_are_read_from_units() {
        let units = [
            ("10K", 10_000),
            ("1M", 1_000_000),
            ("100 Hours", 100),
            ("10K/Month", 10_000),
            ("1/Month", 1),
            ("1 GB", 1),
        ];
        for (unit, size) in
            units.into_iter().chain([("Hours", 1), ("", 1), ("10000s", 1), ("0", 1), ("99999999999999999999", 1)])
        {
            assert_eq!(block(unit.as_bytes()), size, "{unit}");
        }
        let Some(text) = shared("azure/open-data/PricingUnits.csv") else { return };
        let (_, rest) = headed(&text);
        rows(rest, |cells| assert_eq!(block(&cells.get(0)).to_string(), cells.text(2), "{}", cells.text(0)));
    }

    #[test]
    fn the_row_shows_what_its_quantity_counts() {
        let basis =
            |effective, quantity, paid| Basis::of(100, Some(raw(effective)), Number::Exact(raw(quantity)), paid);
        // Blocks, at a price per block; single ones, at a price per one and at one per block.
        assert_eq!(basis("2.5", "0.24", 0.6).divisor(raw("3")), Some(1));
        assert_eq!(basis("0.025", "24", 0.6).divisor(raw("0.03")), Some(1));
        assert_eq!(basis("0.025", "24", 0.6).divisor(raw("2.5")), Some(100));
        assert_eq!(basis("2.5", "24", 0.6).divisor(raw("3")), Some(100));
        // A price per block and a discount look like no discount on a price per one that is 80 times as high.
        assert_eq!(basis("0.02", "24", 0.48).divisor(raw("1.6")), None);
        assert_eq!(basis("2.5", "24", 7.0).divisor(raw("3")), None);
        assert_eq!(basis("0", "24", 0.0).divisor(raw("3")), None);
    }
}
