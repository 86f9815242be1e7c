//! What stands in brackets behind a name: `EC2-Instances($)`, `EC2-Instances (Hrs)`.

/// The signs of currencies that are of one currency only: yen and yuan share theirs.
const SIGNS: [(&str, &str); 5] = [("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("₩", "KRW")];

/// A name, and what stands in brackets behind it.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let (name, unit) = text.trim().strip_suffix(')')?.rsplit_once('(')?;
    (!unit.is_empty()).then(|| (name.trim_end(), unit.trim()))
}

/// The currency of a unit in brackets; none if it is a unit of usage.
pub(super) fn currency(unit: &str) -> Option<&str> {
    let sign = SIGNS.iter().find(|(sign, _)| *sign == unit).map(|(_, code)| *code);
    sign.or_else(|| (unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())).then_some(unit))
}

/// A name without the currency behind it.
pub(super) fn without(text: &str) -> &str {
    split(text).filter(|(_, unit)| currency(unit).is_some()).map_or(text, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_currencies_are_taken_off() {
        for (text, name) in [
            ("S3($)", "S3"),
            ("S3 (EUR)", "S3"),
            ("Support (Developer)($)", "Support (Developer)"),
            ("Support (Developer)", "Support (Developer)"),
            ("EC2(Hrs)", "EC2(Hrs)"),
            ("S3()", "S3()"),
        ] {
            assert_eq!(without(text), name);
        }
    }
}
