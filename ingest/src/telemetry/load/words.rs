//! Numbers with units in the texts that tools print.
use crate::telemetry::number;

/// The name of a file without folders.
pub(super) fn short(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}

/// The first word as a number that is not negative, whatever follows.
pub(super) fn number(text: &str) -> Option<f64> {
    let word = text.split_whitespace().next()?;
    number::amount(word.trim_end_matches([',', '%'])).ok().flatten()
}

/// A time as `218.37us`, `23ms`, `1.2s`, `1.00m` or `2h`, in seconds.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let (value, unit) = parted(text)?;
    // Divided, not multiplied by a thousandth, which no binary fraction is.
    match unit {
        "ns" => Some(value / 1e9),
        "us" | "µs" | "μs" => Some(value / 1e6),
        "ms" => Some(value / 1e3),
        "s" | "sec" | "secs" => Some(value),
        "m" => Some(value * 60.0),
        "h" => Some(value * 3600.0),
        _ => None,
    }
}

/// A count as `577297`, `4.83k` or `1.2M`.
pub(super) fn count(text: &str) -> Option<f64> {
    let (value, unit) = parted(text)?;
    let scale = match unit {
        "" => 1.0,
        "k" | "K" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        _ => return None,
    };
    Some(value * scale)
}

fn parted(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let at = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let value = text[..at].trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0)?;
    Some((value, text[at..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_units() {
        assert_eq!(seconds("23.5ms"), Some(0.0235));
        assert_eq!([seconds("5us"), seconds("1.50s"), seconds("0.90m")], [Some(5e-6), Some(1.5), Some(54.0)]);
        assert_eq!([seconds("5"), seconds("x"), seconds("-1s"), seconds("5kg"), seconds("nan")], [None; 5]);
        assert_eq!(
            [count("4.83k"), count("12"), count("1.5M"), count("3q")],
            [Some(4830.0), Some(12.0), Some(1.5e6), None]
        );
        assert_eq!([number(" 12.5% x"), number(""), number("-3")], [Some(12.5), None, None]);
        assert_eq!(short("a/b\\c.csv"), "c.csv");
    }
}
