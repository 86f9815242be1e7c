//! Which totals are sums of cells that stand there too, so that a formula may take their place.
use super::number::number;
use plimsoll::report::Cell;

/// A part of the cells together: what a spreadsheet loses in adding is less, what a person could see is more.
const NEAR: f64 = 1e-12;
/// What a formula may name.
const MOST_PARTS: usize = 250;

/// Whether `total` is the sum of the numbers among `cells`, all of its own kind. No cells make no sum.
pub(crate) fn is_sum<'c>(total: &Cell, cells: impl Iterator<Item = &'c Cell>) -> bool {
    let Some(total_number) = number(total).filter(|_| may_be_added(total)) else { return false };
    let (mut sum, mut size, mut count) = (0.0, 0.0, 0);
    for cell in cells {
        let Some(n) = number(cell) else { continue };
        if !are_alike(cell, total) {
            return false;
        }
        sum += n.value;
        size += n.value.abs();
        count += 1;
    }
    count > 0 && (sum - total_number.value).abs() <= NEAR * f64::max(size, total_number.value.abs())
}

/// Whether two cells may stand in one sum.
fn are_alike(a: &Cell, b: &Cell) -> bool {
    match (a.plain(), b.plain()) {
        (Cell::Charge(_, a), Cell::Charge(_, b)) => a == b,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Days and shares of different things are not added up.
fn may_be_added(cell: &Cell) -> bool {
    !matches!(cell.plain(), Cell::Date(_) | Cell::Time(_) | Cell::Share(_) | Cell::UnitPrice(_))
}

/// `SUM(C3,C6:C8)` of rows that rise; none where there are too many stretches for one formula. Rows count from one.
pub(crate) fn formula(column: usize, rows: impl Iterator<Item = usize>) -> Option<String> {
    let name = column_name(column);
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match stretches.last_mut() {
            Some((_, end)) if *end + 1 == row => *end = row,
            _ => stretches.push((row, row)),
        }
    }
    let part = |(from, to): &(usize, usize)| {
        if from == to { format!("{name}{from}") } else { format!("{name}{from}:{name}{to}") }
    };
    let parts: Vec<String> = stretches.iter().map(part).collect();
    (1..=MOST_PARTS).contains(&parts.len()).then(|| format!("=SUM({})", parts.join(",")))
}

/// `A` to `Z`, then `AA` and so on.
fn column_name(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).expect("less than 26"));
    if column < 26 { letter(column).to_string() } else { format!("{}{}", column_name(column / 26 - 1), letter(column)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::bill::Currency;
    use plimsoll::units::{FineMoney, Money};

    fn dollars(text: &str) -> Cell {
        text.parse::<Money>().expect("an amount").into()
    }

    #[test]
    fn a_sum_is_one_to_the_last_digit_that_is_kept() {
        let cells = [dollars("0.1"), dollars("0.2"), Cell::Unknown, Cell::Nothing];
        assert!(is_sum(&dollars("0.3"), cells.iter()));
        assert!(!is_sum(&dollars("0.3000001"), cells.iter()));
        assert!(!is_sum(&dollars("0"), [].iter()), "nothing was added");
        assert!(!is_sum(&Cell::Count(3), [dollars("3")].iter()), "dollars are no count");
        assert!(!is_sum(&"total".into(), cells.iter()));
        let refund = [dollars("1000000"), dollars("-1000000")];
        assert!(is_sum(&dollars("0"), refund.iter()));
        assert!(!is_sum(&dollars("0.01"), refund.iter()));
    }

    #[test]
    fn two_currencies_make_no_sum() {
        let charge = |n: f64, code: &str| Cell::Charge(FineMoney::nearest(n), Currency::of(code));
        assert!(is_sum(&charge(3.0, "EUR"), [charge(1.0, "EUR"), charge(2.0, "EUR")].iter()));
        assert!(!is_sum(&charge(3.0, "EUR"), [charge(1.0, "EUR"), charge(2.0, "USD")].iter()));
    }

    #[test]
    fn formulas_name_stretches() {
        assert_eq!(formula(2, [3, 6, 7, 8].into_iter()).as_deref(), Some("=SUM(C3,C6:C8)"));
        assert_eq!(formula(27, [2].into_iter()).as_deref(), Some("=SUM(AB2)"));
        assert_eq!(formula(0, (0..300).map(|i| 2 * i)), None, "a formula has room for 255");
        assert_eq!(formula(0, std::iter::empty()), None);
    }
}
