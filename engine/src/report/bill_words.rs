//! Turns of phrase of the bill report.
use crate::bill::{BillAnswer, Calendar};
use crate::units::FineMoney;

/// `+$10.00`, `-$10.00`.
pub(super) fn signed(amount: FineMoney, code: &str) -> String {
    let sign = if amount > FineMoney::ZERO { "+" } else { "" };
    format!("{sign}{}", amount.shown_in(code))
}

/// How much and in which direction; none where nothing changed.
pub(super) fn change_of(amount: FineMoney) -> Option<(FineMoney, &'static str)> {
    let word = if amount > FineMoney::ZERO { "more" } else { "less" };
    (amount != FineMoney::ZERO).then_some((amount.abs(), word))
}

/// From when to when.
pub(super) fn lasted(answer: &BillAnswer) -> String {
    match answer.quality.days {
        Some((first, last)) if first == last => format!(" on {first}"),
        Some((first, last)) => format!(" from {first} to {last}"),
        None => String::new(),
    }
}

/// At most so many letters: of a long name the ends tell most.
pub(super) fn shortened(text: &str, width: usize) -> String {
    let letters: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if letters.len() <= width {
        return letters.into_iter().collect();
    }
    let (head, tail) = ((width - 1) / 2, width / 2);
    letters[..head].iter().chain(&['…']).chain(&letters[letters.len() - tail..]).collect()
}

/// A price of one: four digits that mean something, at least cents.
pub(super) fn price(price: FineMoney, code: &str) -> String {
    let size = price.about().abs();
    if size >= 99.995 || size == 0.0 {
        return price.shown_in(code);
    }
    let places = (3.0 - size.log10().floor()) as usize;
    let text = format!("{:.places$}", price.about());
    let cents = text.find('.').map_or(0, |at| at + 3);
    let (kept, rest) = text.split_at(cents.min(text.len()));
    let text = format!("{kept}{}", rest.trim_end_matches('0'));
    match code {
        "USD" => text.strip_prefix('-').map_or_else(|| format!("${text}"), |rest| format!("-${rest}")),
        "" => text,
        other => format!("{text} {other}"),
    }
}

/// `12.3 %`, below zero too.
pub(super) fn percent(part: f64) -> String {
    format!("{:.1} %", 100.0 * part)
}

/// By whose clock days begin, where it is not universal time.
pub(super) fn clock(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Utc => "UTC",
        Calendar::Pacific => "Pacific time",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_their_ends() {
        assert_eq!(shortened("arn:aws:ec2:i-0123456789", 11), "arn:a…56789");
        assert_eq!(shortened("i-0123", 11), "i-0123");
        assert_eq!(shortened("äöüäöü", 3), "ä…ü");
    }

    #[test]
    fn prices_keep_their_digits() {
        let shown = |text: &str| price(FineMoney::read(text.as_bytes()).unwrap().0, "USD");
        assert_eq!(
            ["0.0816", "10", "1234.5", "0.000000321987", "-2.5", "99.999", "0"].map(shown),
            ["$0.0816", "$10.00", "$1,234.50", "$0.000000322", "-$2.50", "$100.00", "$0.00"]
        );
    }
}
