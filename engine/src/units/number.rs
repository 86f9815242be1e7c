//! The number at the start of a text, and numbers as people like to read them.

/// Splits `"2.5 TB/month"` into 2.5 and `"TB/month"`. `None` where no number stands at the start.
///
/// Digits may be grouped by `_`; an exponent may follow (`1.2e6`). A comma is not part of a number.
pub(super) fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
    let start = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let mut end = digits(start);
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    let number = text[..end].replace('_', "").parse().ok()?;
    Some((number, text[end..].trim()))
}

/// Three significant digits, thousands grouped, no needless zeros: `1,234`, `12.3`, `0.0123`.
pub(super) fn round(n: f64) -> String {
    if n == 0.0 {
        return "0".into();
    }
    let places = (2 - n.abs().log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{n:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    group(&text)
}

/// Groups the digits before the point by thousands.
pub(super) fn group(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |t| ("-", t));
    let (whole, rest) = text.find('.').map_or((text, ""), |at| text.split_at(at));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_ends_where_its_unit_begins() {
        assert_eq!(split("900/s"), Some((900.0, "/s")));
        assert_eq!(split(" 2.5 TB/month"), Some((2.5, "TB/month")));
        assert_eq!(split("1e3/s"), Some((1000.0, "/s")));
        assert_eq!(split("3 events"), Some((3.0, "events")));
        assert_eq!(split("3e"), Some((3.0, "e")));
        assert_eq!(split("fast"), None);
        assert_eq!(split("1,204 /s"), Some((1.0, ",204 /s")));
    }

    #[test]
    fn people_read_three_digits() {
        let cases = [(1234.5, "1,234"), (12.345, "12.3"), (0.012_345, "0.0123"), (900.0, "900"), (2.5, "2.5")];
        for (n, text) in cases {
            assert_eq!(round(n), text);
        }
    }
}
