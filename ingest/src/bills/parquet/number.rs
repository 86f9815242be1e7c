//! Numbers as the text that a CSV has: to the last digit, without zeros that say nothing.
use std::io::Write;

/// Writes a whole number.
pub(super) fn whole(out: &mut Vec<u8>, value: i128) {
    match u64::try_from(value.unsigned_abs()) {
        Ok(digits) => with_digits(digits, |digits| {
            if value < 0 {
                out.push(b'-');
            }
            out.extend_from_slice(digits.as_bytes());
        }),
        Err(_) => write!(out, "{value}").expect("memory takes what is written"),
    }
}

/// Gives the digits of a number: bills have so many that the formatter of the language is too slow.
#[inline]
fn with_digits<T>(mut value: u64, mut then: impl FnMut(&str) -> T) -> T {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] += (value % 10) as u8;
        value /= 10;
        if value == 0 {
            return then(std::str::from_utf8(&digits[at..]).expect("digits are ASCII"));
        }
    }
}

/// Writes a whole number of units that are a tenth to the power of `scale`, if it fits 64 bits.
pub(super) fn scaled_short(out: &mut Vec<u8>, value: i64, scale: i8) {
    with_digits(value.unsigned_abs(), |digits| scaled(out, value < 0, digits, scale));
}

/// Ten decimal places, as most costs have.
pub(super) const PLACES: usize = 10;
const TENTHS: f64 = 1e10;
/// A decimal of at most fifteen digits is the only one of that length that is nearest to its binary fraction.
const DIGITS: f64 = 1e15;

/// The shortest decimal that is nearest to a binary fraction, in units of the tenth decimal place, if it has so few digits. A
/// quotient is rounded to the nearest, so where it is the fraction, the fraction is the nearest to this decimal too.
#[inline]
pub(super) fn shortest(value: f64) -> Option<i64> {
    let tenths = (value * TENTHS).round_ties_even();
    (tenths.abs() < DIGITS && tenths / TENTHS == value).then_some(tenths as i64)
}

/// Writes a whole number of units that are a tenth to the power of `scale`.
pub(super) fn scaled(out: &mut Vec<u8>, negative: bool, digits: &str, scale: i8) {
    if digits.bytes().all(|digit| digit == b'0') {
        return out.push(b'0');
    }
    if negative {
        out.push(b'-');
    }
    let Ok(places) = usize::try_from(scale) else {
        out.extend_from_slice(digits.as_bytes());
        return out.extend(std::iter::repeat_n(b'0', scale.unsigned_abs().into()));
    };
    let (before, after) = digits.split_at(digits.len().saturating_sub(places));
    out.extend_from_slice(if before.is_empty() { b"0" } else { before.as_bytes() });
    let after = after.trim_end_matches('0');
    if !after.is_empty() {
        out.push(b'.');
        out.extend(std::iter::repeat_n(b'0', places.saturating_sub(digits.len())));
        out.extend_from_slice(after.as_bytes());
    }
}

/// Numbers with more digits than this before or after the point have an exponent.
const PLAIN: std::ops::Range<f64> = 1e-7..1e17;

/// Writes a binary fraction as the shortest decimal that is nearest to it.
pub(super) fn binary(out: &mut Vec<u8>, value: f64) {
    if let Some(tenths) = shortest(value) {
        return scaled_short(out, tenths, PLACES as i8);
    }
    let is_plain = PLAIN.contains(&value.abs()) || !value.is_finite();
    let written = if is_plain { write!(out, "{value}") } else { write!(out, "{value:e}") };
    written.expect("memory takes what is written");
}

/// The same of a binary fraction of half the width, which has fewer digits.
pub(super) fn binary_short(out: &mut Vec<u8>, value: f32) {
    let is_plain = value == 0.0 || PLAIN.contains(&f64::from(value.abs())) || !value.is_finite();
    let written = if is_plain { write!(out, "{value}") } else { write!(out, "{value:e}") };
    written.expect("memory takes what is written");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_keep_every_digit_and_no_empty_ones() {
        for (digits, scale, text) in [
            ("125", 2, "1.25"),
            ("5", 3, "0.005"),
            ("1500", 3, "1.5"),
            ("2000", 3, "2"),
            ("0", 18, "0"),
            ("12", 0, "12"),
            ("12", -2, "1200"),
            ("123456789012345678901234567890123456789", 38, "1.23456789012345678901234567890123456789"),
        ] {
            assert_eq!(told(|out| scaled(out, false, digits, scale)), text);
        }
        assert_eq!(told(|out| scaled(out, true, "5", 1)), "-0.5");
        assert_eq!(told(|out| scaled(out, true, "0", 1)), "0");
    }

    #[test]
    fn binary_fractions_are_the_shortest_decimal() {
        for (value, text) in [
            (0.1, "0.1"),
            (-35.2e-8, "-0.000000352"),
            (184.37, "184.37"),
            (1e300, "1e300"),
            (-0.0, "0"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(told(|out| binary(out, value)), text);
        }
        assert_eq!(told(|out| binary(out, f64::NAN)), "NaN");
        assert_eq!(told(|out| binary_short(out, 0.1)), "0.1");
        assert_eq!(told(|out| whole(out, -7)), "-7");
    }
}
