//! The workload's numbers as a file writes them: one place, so that TOML and JSON say the same.
use super::demand::{DemandProfile, Fitted, Source};
use crate::uncertain::Estimate;
use crate::units::{Count, Factor, Growth, Rate};
use std::fmt::Display;

/// One key of a workload's `[demand]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: &'static str,
    /// Its value, or the reason why there is none, as in "needs 56 days, has 14".
    pub value: Result<Written, String>,
    /// Where the value comes from; of an absent one, that too little was measured.
    pub source: Source,
    /// What it rests on, as a remark: `measured: 4,032 rows`.
    pub remark: String,
}

/// A value as text.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A range.
    Range {
        /// The low end.
        low: String,
        /// The median.
        mid: String,
        /// The high end.
        high: String,
        /// The chance that the truth lies between the ends, as in `90 %`.
        confidence: String,
        /// Whether the numbers have units, and so stand in quotes.
        has_unit: bool,
    },
    /// A list of plain numbers.
    Numbers(Vec<String>),
    /// One number.
    One {
        /// The number.
        value: String,
        /// Whether it has a unit, and so stands in quotes.
        has_unit: bool,
    },
}

impl DemandProfile {
    /// The demand, key by key, in the order of a workload file. Numbers have four digits.
    pub fn entries(&self) -> Vec<Entry> {
        let rate = |r: Rate| format!("{}/s", digits(r.as_per_second()));
        let factor = |f: Factor| decimal(digits(f.get()));
        let growth = |g: Growth| format!("{} %/year", digits(g.as_percent_per_year()));
        let week = self.hour_of_week.as_ref().map_err(ToString::to_string);
        vec![
            entry("peak", Ok(&self.peak), |e| range(e, rate, true)),
            entry("mean", Ok(&self.mean), |e| range(e, rate, true)),
            entry("burst", Ok(&self.burst), |e| range(e, factor, false)),
            entry("hour_of_week", week, |w| {
                Written::Numbers(w.factors.iter().map(|f| format!("{:.3}", f.get())).collect())
            }),
            entry("growth", self.growth.as_ref().map_err(ToString::to_string), |e| range(e, growth, true)),
        ]
    }
}

fn entry<T>(key: &'static str, fitted: Result<&Fitted<T>, String>, write: impl Fn(&T) -> Written) -> Entry {
    match fitted {
        Ok(f) if f.source == Source::Measured => {
            let remark = format!("measured: {} rows", Count::of(f.rows as f64));
            Entry { key, value: Ok(write(&f.value)), source: f.source, remark }
        }
        Ok(f) => Entry { key, value: Ok(write(&f.value)), source: f.source, remark: f.source.to_string() },
        Err(why) => Entry { key, remark: why.clone(), value: Err(why), source: Source::Measured },
    }
}

pub(super) fn range<Q: Copy + PartialOrd>(e: &Estimate<Q>, text: impl Fn(Q) -> String, has_unit: bool) -> Written {
    let (low, mid, high) = (text(e.low()), text(e.mid()), text(e.high()));
    Written::Range { low, mid, high, confidence: e.confidence().to_string(), has_unit }
}

/// Four significant digits without grouping, as a reader of files wants them: `1234`, `41.27`, `0.2034`.
pub(super) fn digits(n: f64) -> String {
    if n == 0.0 {
        return "0".into();
    }
    let places = (3 - n.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{n:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.into() }
}

/// With a point, so that a file that is read by a type takes it as a number that may be a part.
pub(super) fn decimal(text: impl Display) -> String {
    let text = text.to_string();
    if text.contains('.') { text } else { text + ".0" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_four_digits() {
        let cases =
            [(1234.56, "1235"), (41.271, "41.27"), (0.203_44, "0.2034"), (9.9999, "10"), (-3.0, "-3"), (1e-15, "0")];
        for (n, text) in cases {
            assert_eq!(digits(n), text);
        }
        assert_eq!((decimal("10"), decimal("1.25")), ("10.0".into(), "1.25".into()));
    }

    #[test]
    fn what_is_written_can_be_read() {
        for n in [0.0, 1e-9, 0.2, 41.0, 123_456.0, 1e12] {
            assert!(format!("{}/s", digits(n)).parse::<Rate>().is_ok());
            assert!(decimal(digits(n)).parse::<Factor>().is_ok());
            assert!(format!("{} %/year", digits(-n.min(99.0))).parse::<Growth>().is_ok());
        }
    }
}
