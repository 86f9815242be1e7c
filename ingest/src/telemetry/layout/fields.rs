//! The values of a layout: names of columns with their places, and words of their own.
use super::super::csv::{TimeFormat, ZoneOffset, quantile};
use super::super::unit;
use crate::document::Node;
use crate::problem::Problem;
use crate::reader::{Desk, Layout as Schemas, Readable, nearest};
use jiff::fmt::strtime;
use jiff::tz::Offset;
use plimsoll::telemetry::{Measure, Statistic};
use serde_json::{Value as Json, json};

/// The name of a column, and where the layout writes it.
#[derive(Clone, Debug)]
pub(super) struct ColumnName {
    pub(super) name: String,
    /// A problem of that place, still to be worded.
    pub(super) place: Problem,
}

/// What stands between cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Delimiter(pub(super) u8);

/// The sign before decimals: whether it is a comma.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    pub(super) is_comma: bool,
}

/// A unit that is known, as it is written.
#[derive(Clone, Debug)]
pub(super) struct UnitText(pub(super) String);

/// A text that a type is read from: what it is called, an example, and the way; the error is the help.
macro_rules! read_from_text {
    ($($type:ty, $name:literal, $example:literal, $stand_in:expr, $read:expr;)*) => {$(
        impl Readable for $type {
            const NAME: &'static str = $name;
            const EXAMPLE: &'static str = $example;
            fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
                let Some(text) = node.as_text() else {
                    desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
                    return None;
                };
                let read: fn(&str) -> Result<Self, String> = $read;
                match read(text) {
                    Ok(value) => Some(value),
                    Err(help) => {
                        desk.tell(&node.spot, format!("{} is not {}", desk.shown(node), Self::NAME), help);
                        None
                    }
                }
            }
            fn stand_in() -> Self {
                $stand_in
            }
            fn schema(_: &mut Schemas) -> Json {
                json!({ "type": "string", "examples": [$example.trim_matches('"')] })
            }
            fn written(&self) -> Json {
                json!($example.trim_matches('"'))
            }
        }
    )*};
}
read_from_text! {
    Delimiter, "a delimiter", "\";\"", Self(b','), delimiter;
    Decimal, "a decimal sign", "\".\"", Self { is_comma: false }, decimal;
    TimeFormat, "a way to write times", "\"%d.%m.%Y %H:%M\"", Self::Auto, time_format;
    ZoneOffset, "a zone", "\"+01:00\"", Self::Untold, zone;
    Measure, "a measure", "\"cpu_share\"", Self::CpuShare, measure;
    UnitText, "a unit", "\"MB/s\"", Self("count".into()), unit_text;
    Statistic, "a statistic", "\"p99\"", Self::Mean, statistic;
}

impl Readable for ColumnName {
    const NAME: &'static str = "the name of a column";
    const EXAMPLE: &'static str = "\"timestamp\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let name = String::read(node, desk)?;
        Some(Self { name, place: desk.document().problem(&node.spot, "", "") })
    }
    fn stand_in() -> Self {
        Self { name: String::new(), place: Problem::in_whole("", "", "") }
    }
    fn schema(layout: &mut Schemas) -> Json {
        String::schema(layout)
    }
    fn written(&self) -> Json {
        json!(self.name)
    }
}

fn delimiter(text: &str) -> Result<Delimiter, String> {
    match text {
        "tab" | "\t" => Ok(Delimiter(b'\t')),
        "space" | " " => Ok(Delimiter(b' ')),
        _ => match text.as_bytes() {
            [one] if one.is_ascii_punctuation() && *one != b'"' => Ok(Delimiter(*one)),
            _ => Err("write one sign, as \",\" or \";\", or \"tab\"".into()),
        },
    }
}

fn decimal(text: &str) -> Result<Decimal, String> {
    match text {
        "." => Ok(Decimal { is_comma: false }),
        "," => Ok(Decimal { is_comma: true }),
        _ => Err("write \".\" or \",\"".into()),
    }
}

fn time_format(text: &str) -> Result<TimeFormat, String> {
    const WORDS: [(&str, i64); 4] =
        [("seconds", 1), ("milliseconds", 1000), ("microseconds", 1_000_000), ("nanoseconds", 1_000_000_000)];
    if matches!(text, "auto" | "iso") {
        return Ok(TimeFormat::Auto);
    }
    if let Some((_, per_second)) = WORDS.iter().find(|(word, _)| *word == text) {
        return Ok(TimeFormat::Unix(*per_second));
    }
    if text.contains('%') {
        // A pattern that cannot write a time cannot read one.
        let moment = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
        return match strtime::format(text, &moment) {
            Ok(_) => Ok(TimeFormat::Pattern(text.into())),
            Err(error) => Err(format!("{error}; a pattern looks like \"%d.%m.%Y %H:%M:%S\"")),
        };
    }
    let names: Vec<&str> = ["auto"].into_iter().chain(WORDS.map(|(word, _)| word)).collect();
    Err(nearest::help(text, &names, "a pattern has per cent signs, as \"%d.%m.%Y %H:%M\"; the words"))
}

fn zone(text: &str) -> Result<ZoneOffset, String> {
    if matches!(text, "UTC" | "Z" | "GMT") {
        return Ok(ZoneOffset::Told(Offset::UTC));
    }
    let read = || {
        let (sign, rest) = (text.chars().next()?, text.get(1..)?);
        let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
        let two = |t: &str| (t.len() == 2).then(|| t.parse::<i32>().ok()).flatten();
        let seconds = two(hours)? * 3600 + two(minutes).filter(|m| *m < 60)? * 60;
        match sign {
            '+' => Offset::from_seconds(seconds).ok(),
            '-' => Offset::from_seconds(-seconds).ok(),
            _ => None,
        }
    };
    read().map(ZoneOffset::Told).ok_or_else(|| "write UTC or an offset from it: \"+01:00\"".into())
}

/// Any word is a measure; one that is nearly a known one was meant to be it.
fn measure(text: &str) -> Result<Measure, String> {
    if let Some(known) = Measure::named(text) {
        return Ok(known);
    }
    let all = Measure::ALL;
    let words: Vec<&str> = all.iter().map(Measure::word).collect();
    match nearest::nearest(text, &words) {
        Some(meant) => Err(format!("did you mean `{meant}`?")),
        None => Ok(Measure::Other(text.into())),
    }
}

fn unit_text(text: &str) -> Result<UnitText, String> {
    if unit::unit(text).is_some() {
        return Ok(UnitText(text.into()));
    }
    let names: Vec<&str> = unit::names().collect();
    Err(nearest::help(text, &names, "a rate is written `MB/s`, `/5 min` or `per step`; units"))
}

fn statistic(text: &str) -> Result<Statistic, String> {
    match text {
        "mean" => Ok(Statistic::Mean),
        "minimum" => Ok(Statistic::Minimum),
        "maximum" => Ok(Statistic::Maximum),
        _ => quantile(&text.replace('.', "")).ok_or_else(|| "write mean, minimum, maximum, or p99".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_or_helped_with() {
        assert_eq!(delimiter("tab").unwrap().0, b'\t');
        assert!(delimiter("ab").is_err() && delimiter("\"").is_err() && decimal("'").is_err());
        assert_eq!(time_format("milliseconds"), Ok(TimeFormat::Unix(1000)));
        assert_eq!(time_format("%d.%m.%Y"), Ok(TimeFormat::Pattern("%d.%m.%Y".into())));
        assert_eq!(time_format("second").unwrap_err(), "did you mean `seconds`?");
        assert!(time_format("%!").is_err());
        assert_eq!(zone("-05:30"), Ok(ZoneOffset::Told(Offset::from_seconds(-19_800).unwrap())));
        assert!(zone("CET").is_err() && zone("+1").is_err() && zone("").is_err());
        assert_eq!(measure("cpu_shaer").unwrap_err(), "did you mean `cpu_share`?");
        assert_eq!(measure("temperature"), Ok(Measure::Other("temperature".into())));
        assert_eq!(unit_text("milliseconts").unwrap_err(), "did you mean `milliseconds`?");
        assert_eq!(statistic("p99.9"), Ok(Statistic::Quantile(9990)));
        assert!(statistic("mode").is_err());
    }
}
