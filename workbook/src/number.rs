//! Cells as a spreadsheet keeps them: a number of 15 digits with a format that says what it is.
use plimsoll::report::Cell;

/// A day in seconds, and the day that spreadsheets count from, seen from 1970.
const DAY: f64 = 86_400.0;
const FIRST_DAY: f64 = 25_569.0;
/// Days that every spreadsheet can show: from March 1900, as 1900 is wrongly a leap year, to the end of 9999.
const DAYS: std::ops::Range<f64> = 61.0..2_958_466.0;

/// What a spreadsheet keeps of a number.
pub(crate) const DIGITS: usize = 15;

/// A number and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    pub(crate) format: String,
}

/// The number of a cell; none for words.
pub(crate) fn number(cell: &Cell) -> Option<Number> {
    let about = cell.about()?;
    let cell = cell.plain();
    let (value, format) = match cell {
        Cell::Money(_) if about == 0.0 || about.abs() >= 0.005 => (about, "$#,##0.00".to_owned()),
        // Small amounts keep their digits.
        Cell::Money(_) | Cell::UnitPrice(_) => (about, "$#,##0.00##########".to_owned()),
        Cell::Difference(_) => (about, "+$#,##0.00;-$#,##0.00;$#,##0.00".to_owned()),
        Cell::Charge(_, currency) => (about, charge(about, currency.code())),
        Cell::Amount(_) | Cell::Quantity(_) if about.fract() != 0.0 => (about, "#,##0.00#######".to_owned()),
        Cell::Amount(_) | Cell::Quantity(_) | Cell::Count(_) => (about, "#,##0".to_owned()),
        // Nines are not rounded away.
        Cell::Share(_) if about > 0.99 && about < 1.0 => (about, "0.0######%".to_owned()),
        Cell::Share(_) => (about, "0.0%".to_owned()),
        Cell::Span(_) => (about, format!("{} \"s\"", three_digits(about))),
        Cell::Data(_) => (about, data(about)),
        Cell::Rate(_) => (about, format!("{}\"/s\"", three_digits(about))),
        Cell::Power(_) => (about, format!("{} \"W\"", three_digits(about))),
        Cell::Mass(_) => (about, format!("{} \"g\"", three_digits(about))),
        Cell::Factor(_) => (about, three_digits(about)),
        Cell::Date(_) => (about / DAY + FIRST_DAY, "yyyy-mm-dd".to_owned()),
        Cell::Time(_) => (about / DAY + FIRST_DAY, "yyyy-mm-dd hh:mm:ss".to_owned()),
        Cell::Text(_) | Cell::Explained(..) | Cell::Unknown | Cell::Nothing => return None,
    };
    let is_day = matches!(cell, Cell::Date(_) | Cell::Time(_));
    (!is_day || DAYS.contains(&value)).then_some(Number { value, format })
}

/// Money of any currency.
fn charge(about: f64, currency: &str) -> String {
    let digits = if about == 0.0 || about.abs() >= 0.005 { "#,##0.00" } else { "#,##0.00##########" };
    match currency {
        "USD" => format!("${digits}"),
        "" => digits.to_owned(),
        code => format!("{digits} \"{}\"", code.replace(['"', '\\'], "")),
    }
}

/// Three digits that count; a whole number has none behind the point.
fn three_digits(n: f64) -> String {
    let places = if n.fract() == 0.0 { 0 } else { (2.0 - n.abs().log10().floor()).clamp(0.0, 9.0) as usize };
    if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) }
}

/// Bytes shown in a larger unit: each comma behind the digits divides by a thousand.
fn data(bytes: f64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"];
    let thousands = (0..units.len()).rev().find(|n| bytes >= 1000_f64.powi(*n as i32)).unwrap_or(0);
    let digits = three_digits(bytes / 1000_f64.powi(thousands as i32));
    format!("{digits}{} \"{}\"", ",".repeat(thousands), units[thousands])
}

/// Whether a cell is exact and has more digits than a spreadsheet keeps.
pub(crate) fn is_rounded(cell: &Cell) -> bool {
    let is_exact = match cell.plain() {
        Cell::Money(_) | Cell::UnitPrice(_) | Cell::Difference(_) | Cell::Charge(..) => true,
        other => matches!(other, Cell::Amount(_) | Cell::Quantity(_) | Cell::Count(_)),
    };
    let exact = cell.exact();
    let digits = exact.chars().filter(char::is_ascii_digit).collect::<String>();
    is_exact && digits.trim_start_matches('0').len() > DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::bill::Currency;
    use plimsoll::units::{Amount, Data, Factor, FineMoney, Money, Rate, Share, Span};

    fn shown(cell: impl Into<Cell>) -> (f64, String) {
        let number = number(&cell.into()).expect("a number");
        (number.value, number.format)
    }
    fn money(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    #[test]
    fn each_kind_has_its_format() {
        assert_eq!(shown(money("1211.3")), (1211.3, "$#,##0.00".into()));
        assert_eq!(shown(money("0.0000004")), (0.000_000_4, "$#,##0.00##########".into()));
        assert_eq!(shown(Cell::UnitPrice(money("0.10777"))), (0.10777, "$#,##0.00##########".into()));
        let charge = |code: &str| Cell::Charge(FineMoney::nearest(7.5), Currency::of(code));
        assert_eq!(["USD", "EUR", ""].map(|code| shown(charge(code)).1), ["$#,##0.00", "#,##0.00 \"EUR\"", "#,##0.00"]);
        assert_eq!(shown(Amount::nearest(2190.0)), (2190.0, "#,##0".into()));
        assert_eq!(shown(Amount::nearest(0.5)), (0.5, "#,##0.00#######".into()));
        assert_eq!(shown(Cell::Count(3)), (3.0, "#,##0".into()));
        assert_eq!(shown(Share::percent(56.0)), (0.56, "0.0%".into()));
        assert_eq!(shown(Share::percent(99.95)).1, "0.0######%");
        assert_eq!(shown(Span::millis(27.1)).1, "#,##0.0000 \"s\"");
        assert_eq!(shown(Data::gb(91.0)), (91e9, "#,##0,,, \"GB\"".into()));
        assert_eq!(shown(Data::gb(1.53)), (1.53e9, "#,##0.00,,, \"GB\"".into()));
        assert_eq!(shown(Rate::per_second(900.0)), (900.0, "#,##0\"/s\"".into()));
        assert_eq!(shown(Factor::of(1.25)), (1.25, "#,##0.00".into()));
    }

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        let day = |text: &str| Cell::Date(text.parse().expect("a day"));
        assert_eq!(shown(day("2026-11-23")), (46_349.0, "yyyy-mm-dd".into()));
        assert_eq!(number(&day("1850-01-01")), None, "shown as words: spreadsheets begin in 1900");
        let noon = plimsoll::series::Time::unix_seconds(12 * 3600);
        assert_eq!(shown(noon), (25_569.5, "yyyy-mm-dd hh:mm:ss".into()));
    }

    #[test]
    fn digits_beyond_the_fifteenth_are_known() {
        assert!(!is_rounded(&money("123456.789").into()));
        assert!(!is_rounded(&money("0.000000000001").into()), "zeros in front do not count");
        assert!(is_rounded(&money("1234.567890123456").into()));
        assert!(!is_rounded(&Cell::Span(Span::seconds(1.0 / 3.0))), "no exact amount");
    }
}
