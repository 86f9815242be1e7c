//! Amounts as Kubernetes writes them: `100m` processors, `512Mi` of memory.

/// Signs behind a number, the longer before the shorter.
const SIGNS: [(&str, f64); 14] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("n", 1e-9),
    ("u", 1e-6),
    ("m", 1e-3),
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
];

/// Reads an amount, in processors or bytes; none if it is none.
pub(super) fn read(text: &str) -> Option<f64> {
    let text = text.trim();
    let (digits, scale) =
        SIGNS.iter().find_map(|(sign, scale)| Some((text.strip_suffix(sign)?, *scale))).unwrap_or((text, 1.0));
    let value: f64 = digits.trim_end().parse().ok()?;
    (value.is_finite() && value >= 0.0).then_some(value * scale).filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_signs() {
        assert_eq!(
            ["100m", "0.25", "512Mi", "2 Gi", "1k"].map(read),
            [0.1, 0.25, 536_870_912.0, 2_147_483_648.0, 1e3].map(Some)
        );
        assert_eq!(["", "Mi", "-1", "inf", "1X"].map(read), [None; 5]);
    }
}
