//! One cell as a number.
/// What exporters write for "nothing": CUR and FOCUS samples `NULL`, Prometheus `NaN`, Google `undefined`, pandas `nan`
/// and `None`, Netdata `null`, sysstat `-`.
const NOTHING: [&str; 8] = ["", "nan", "null", "undefined", "none", "na", "n/a", "-"];

/// Whether a text stands for no value.
pub(crate) fn is_nothing(text: &str) -> bool {
    NOTHING.iter().any(|sign| text.trim().eq_ignore_ascii_case(sign))
}

/// Nothing that is measured is larger, and in any unit it is still a number.
const LARGEST: f64 = 1e100;

/// Reads a finite number; none for a sign of nothing. The error is what is wrong, as a sentence without a full stop.
pub(crate) fn number(text: &str) -> Result<Option<f64>, String> {
    let text = text.trim();
    if is_nothing(text) {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(n) if n.abs() <= LARGEST => Ok(Some(n)),
        Ok(n) if n.is_finite() => Err(format!("`{text}` is larger than anything that is measured")),
        Ok(_) => Err(format!("`{text}` is not a finite number")),
        Err(_) => Err(format!("cannot read `{text}` as a number")),
    }
}

/// The same for what cannot be below zero.
pub(crate) fn amount(text: &str) -> Result<Option<f64>, String> {
    match number(text)? {
        Some(n) if n < 0.0 => Err(format!("`{}` is below zero", text.trim())),
        // Not -0.
        other => Ok(other.map(f64::abs)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbers_nothing_or_wrong() {
        assert_eq!(number(" -1.5e3 "), Ok(Some(-1500.0)));
        assert_eq!(number("NULL"), Ok(None));
        assert_eq!(amount("-0"), Ok(Some(0.0)));
        assert_eq!(number("+Inf").unwrap_err(), "`+Inf` is not a finite number");
        assert_eq!(number("1e308").unwrap_err(), "`1e308` is larger than anything that is measured");
        assert_eq!(number("1,204").unwrap_err(), "cannot read `1,204` as a number");
        assert_eq!(amount("-3").unwrap_err(), "`-3` is below zero");
    }
}
