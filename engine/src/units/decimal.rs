//! Decimal text to scaled whole numbers, to the last digit: how bills carry money and quantities.

use std::ops::Range;

/// A decimal as a whole number of its smallest places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// So many of the smallest place.
    pub value: i128,
    /// Whether digits beyond the smallest place were rounded, half to even.
    pub rounded: bool,
}

/// A text that is not a decimal that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// `1,204`, `abc`, an empty text.
    #[error("is not a number")]
    NotANumber,
    /// `1e30`.
    #[error("is too large to be kept exactly")]
    TooLarge,
}

/// Powers of ten that 128 bits hold.
const POWERS: [i128; 39] = {
    let mut powers = [1_i128; 39];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};
/// The digits that fit 64 bits whatever they are.
const SHORT: usize = 18;

/// Reads `-12.5` or `35.2E-7` with so many decimal places kept, at most 30.
#[inline]
pub fn read(text: &[u8], places: usize) -> Result<Scaled, DecimalError> {
    // Nearly every number of a bill is short and plain, and a bill has millions of them.
    match short(text, places) {
        Some(value) => Ok(Scaled { value, rounded: false }),
        None => long(text, places),
    }
}

/// A number of at most eighteen digits without exponent.
#[inline]
fn short(text: &[u8], places: usize) -> Option<i128> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, text),
    };
    if digits.len() > SHORT + 1 {
        return None;
    }
    let mut value = 0_u64;
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        } else if *byte == b'.' && point.is_none() {
            point = Some(at);
        } else {
            return None;
        }
    }
    let (whole, decimals) = point.map_or((digits.len(), 0), |at| (at, digits.len() - at - 1));
    if whole + decimals == 0 || whole + decimals > SHORT || decimals > places {
        return None;
    }
    // Both are positive: without signs the product of one word and two takes two multiplications.
    let scaled = u128::from(value).checked_mul(POWERS[places - decimals].unsigned_abs())?;
    let scaled = i128::try_from(scaled).ok()?;
    Some(if negative { -scaled } else { scaled })
}

fn long(text: &[u8], places: usize) -> Result<Scaled, DecimalError> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, text),
    };
    let (mantissa, exponent) = match digits.iter().position(|b| matches!(b, b'e' | b'E')) {
        Some(at) => (&digits[..at], exponent(&digits[at + 1..])?),
        None => (digits, 0),
    };
    let whole = mantissa.iter().position(|b| *b == b'.').unwrap_or(mantissa.len());
    let fraction = mantissa.get(whole + 1..).unwrap_or_default();
    if whole + fraction.len() == 0 || !mantissa[..whole].iter().chain(fraction).all(u8::is_ascii_digit) {
        return Err(DecimalError::NotANumber);
    }
    // The digit at index `i` of the whole text of digits stands for 10^(whole - 1 - i + exponent).
    let all = || mantissa[..whole].iter().chain(fraction).map(|b| i128::from(b - b'0'));
    let kept = whole as i64 + i64::from(exponent) + places as i64;
    let count = whole + fraction.len();
    let mut value = 0_i128;
    for digit in all().take(usize::try_from(kept).unwrap_or(0)) {
        value = value.checked_mul(10).and_then(|v| v.checked_add(digit)).ok_or(DecimalError::TooLarge)?;
    }
    if kept > count as i64 && value != 0 {
        let power = POWERS.get((kept - count as i64) as usize).ok_or(DecimalError::TooLarge)?;
        value = value.checked_mul(*power).ok_or(DecimalError::TooLarge)?;
    }
    let mut rounded = false;
    if kept < count as i64 {
        // Digits before the first, for a number below the smallest place, are zeros: nothing to round up to.
        let mut rest = all().skip(usize::try_from(kept).unwrap_or(0));
        let first = if kept < 0 { 0 } else { rest.next().unwrap_or(0) };
        let beyond = rest.any(|digit| digit != 0);
        rounded = first != 0 || beyond;
        if first > 5 || (first == 5 && (beyond || value % 2 != 0)) {
            value = value.checked_add(1).ok_or(DecimalError::TooLarge)?;
        }
    }
    Ok(Scaled { value: if negative { -value } else { value }, rounded })
}

fn exponent(digits: &[u8]) -> Result<i32, DecimalError> {
    let text = std::str::from_utf8(digits).map_err(|_| DecimalError::NotANumber)?;
    let is_number = !text.is_empty() && text.trim_start_matches(['-', '+']).bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(n) => Ok(n),
        Err(_) if is_number && !text.starts_with('-') && text != "+" => Err(DecimalError::TooLarge),
        Err(_) if is_number && text.len() > 1 => Ok(i32::MIN / 2),
        Err(_) => Err(DecimalError::NotANumber),
    }
}

/// The exact text of a scaled number, without needless zeros.
pub fn written(value: i128, places: usize) -> String {
    let mut text = String::new();
    push(&mut text, value, places);
    text
}

/// Writes the exact text of a scaled number behind another.
pub fn push(text: &mut String, value: i128, places: usize) {
    let one = POWERS[places].unsigned_abs();
    let n = value.unsigned_abs();
    if value < 0 {
        text.push('-');
    }
    // Digits from the last to the first: two words of a processor hold what a sum has of decimals and of wholes.
    let mut digits = [b'0'; POWERS.len() + 1];
    let mut first = digits.len();
    let mut put = |mut rest: u128, at_least: usize| {
        let end = first;
        while rest > 0 || end - first < at_least {
            let mut part = (rest % POWERS[SHORT].unsigned_abs()) as u64;
            rest /= POWERS[SHORT].unsigned_abs();
            let last = if rest > 0 { SHORT } else { at_least.saturating_sub(end - first).min(SHORT) };
            let before = first;
            while part > 0 || before - first < last {
                first -= 1;
                digits[first] = b'0' + (part % 10) as u8;
                part /= 10;
            }
        }
        first
    };
    let point = put(n % one, places);
    let start = put(n / one, 1);
    let ascii = |range: Range<usize>| std::str::from_utf8(&digits[range]).expect("digits are text");
    text.push_str(ascii(start..point));
    if let Some(last) = digits[point..].iter().rposition(|digit| *digit != b'0') {
        text.push('.');
        text.push_str(ascii(point..point + last + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str, places: usize) -> String {
        written(read(text.as_bytes(), places).unwrap().value, places)
    }

    #[test]
    fn text_and_number_agree_to_the_last_digit() {
        for text in ["0", "12.5", "-12.5", "0.0000000072922557592391", "123456789012.000000000001", "584.8960877279688"]
        {
            assert_eq!(exact(text, 24), text);
        }
        assert_eq!(exact("35.2E-7", 24), "0.00000352");
        assert_eq!(exact("-5e-06", 24), "-0.000005");
        assert_eq!(exact("+1.50", 24), "1.5");
        assert_eq!(exact(".5", 24), "0.5");
        assert_eq!(exact("5.", 24), "5");
        assert_eq!(exact("-0", 24), "0");
        assert_eq!(exact("1e-400", 24), "0");
        assert_eq!(exact("0e400", 24), "0");
        assert_eq!(exact("1e-99999999999", 24), "0");
    }

    #[test]
    fn every_number_is_written_as_the_plainest_way_writes_it() {
        let plainly = |value: i128, places: usize| {
            let (sign, n, one) = (if value < 0 { "-" } else { "" }, value.unsigned_abs(), 10_u128.pow(places as u32));
            let text = format!("{sign}{}.{:0places$}", n / one, n % one);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        let mut value = 1_i128;
        for step in 0..127 {
            for value in [value, value - 1, -value, value * 10 / 7, i128::MAX, i128::MIN, 10_i128.pow(step % 38), 0] {
                for places in [1, 3, 10, 12, 18, 19, 24, 30, 36, 37] {
                    assert_eq!(written(value, places), plainly(value, places), "{value} {places}");
                }
            }
            value = value.wrapping_mul(2).wrapping_add(i128::from(step % 3)).max(1) % (i128::MAX / 11);
        }
    }

    #[test]
    fn digits_beyond_the_last_place_are_rounded_half_to_even_and_said() {
        let read3 = |text: &str| read(text.as_bytes(), 3).map(|s| (s.value, s.rounded));
        assert_eq!(read3("1.0005"), Ok((1000, true)));
        assert_eq!(read3("1.0015"), Ok((1002, true)));
        assert_eq!(read3("1.00150000000000000000000001"), Ok((1002, true)));
        assert_eq!(read3("1.0005000000000000000000001"), Ok((1001, true)));
        assert_eq!(read3("0.00000000000000000000000000000000009"), Ok((0, true)));
        assert_eq!(read3("1.0000000000000000000000000000"), Ok((1000, false)));
        assert_eq!(read3("-9.9996"), Ok((-10000, true)));
        assert_eq!(read3("6e-4"), Ok((1, true)));
        assert_eq!(read3("6e-5"), Ok((0, true)));
    }

    #[test]
    fn what_is_no_number_or_too_large_is_told_apart() {
        for wrong in ["", "-", ".", "1,2", "NaN", "abc", "1e", "--1", "1.2.3", "e5", "1e+", "0x10", " 1"] {
            assert_eq!(read(wrong.as_bytes(), 24), Err(DecimalError::NotANumber), "{wrong}");
        }
        for large in ["1e30", "999999999999999999999999999999999999999999", "1e99999999999", "200000000000000"] {
            assert_eq!(read(large.as_bytes(), 24), Err(DecimalError::TooLarge), "{large}");
        }
    }
}
