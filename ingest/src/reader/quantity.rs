//! Numbers with units, and the few that have none.
use super::{Desk, Layout, Readable, nearest};
use crate::document::{Node, Value};
use plimsoll::uncertain::Coefficient;
use plimsoll::units::{Count, Data, DataRate, Factor, Growth, Quantity, Rate, Share, Span, UnitError};
use serde_json::{Value as Json, json};

/// The text of a value with a unit. A bare number is its own text, so that its lack of a unit is told.
fn text_of<'d>(node: &'d Node, desk: &Desk<'d>) -> Option<&'d str> {
    match &node.value {
        Value::Text(text) => Some(text),
        Value::Whole(_) | Value::Number(_) => Some(desk.document().written(&node.spot).trim()),
        _ => None,
    }
}

/// What the writer may do about a text that has a number, but no unit of the quantity.
fn unit_help(text: &str, error: &UnitError, example: &str) -> String {
    let units = match error {
        UnitError::NoUnit { units, .. } => units,
        UnitError::NoNumber { .. } if !text.contains(',') => {
            return format!("a number comes first, then its unit, as in {example}");
        }
        _ => return error.help(),
    };
    let unit = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || "+-._ ".contains(c));
    let end = units.iter().copied().find(|u| u.len() > 1 && unit.ends_with(u));
    nearest::nearest(unit, units)
        .or(end)
        .map_or_else(|| error.help(), |meant| format!("did you mean `{meant}`? {}", error.help()))
}

fn read_quantity<Q: Quantity>(node: &Node, desk: &Desk<'_>, most: Q, example: &str) -> Option<Q> {
    let Some(text) = text_of(node, desk) else {
        desk.tell_kind(node, Q::NAME, example);
        return None;
    };
    match text.parse::<Q>() {
        Ok(quantity) if quantity <= most => return Some(quantity),
        Ok(_) => {
            desk.tell(&node.spot, format!("`{text}` is beyond what can be planned"), format!("the limit is {most}"));
        }
        Err(error) => desk.tell(&node.spot, error.to_string(), unit_help(text, &error, example)),
    }
    None
}

macro_rules! quantities {
    ($($quantity:ident, $plain:literal, $example:literal, $most:expr;)*) => {$(
        impl Readable for $quantity {
            const NAME: &'static str = <$quantity as Quantity>::NAME;
            const EXAMPLE: &'static str = concat!("\"", $example, "\"");
            fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
                read_quantity(node, desk, $most, Self::EXAMPLE)
            }
            fn stand_in() -> Self { Self::from_base(1.0) }
            fn schema(layout: &mut Layout) -> Json {
                layout.share($plain, |_| {
                    let units = Self::UNITS.join(", ");
                    let description = format!("{}: a number, then one of the units {units}", <Self as Quantity>::NAME);
                    json!({ "type": "string", "description": description, "examples": [$example] })
                })
            }
            fn written(&self) -> Json { json!(self.to_string()) }
        }
    )*};
}
// The limits keep every product of a plan finite; each is far above what any one system has.
quantities! {
    Rate, "rate", "900/s", Rate::per_second(1e12);
    Span, "time span", "250 ms", Span::years(100.0);
    Data, "data", "12 GB", Data::pb(1e6);
    DataRate, "data rate", "1 TB/month", DataRate::gb_per_second(1e9);
    Count, "count", "2 million", Count::millions(1e9);
}

impl Readable for Share {
    const NAME: &'static str = "a share";
    const EXAMPLE: &'static str = "\"80 %\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let Some(text) = text_of(node, desk) else {
            desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
            return None;
        };
        let (what, help) = match text.parse::<Self>() {
            Ok(share) => return Some(share),
            Err(UnitError::OutOfRange { .. }) => {
                (format!("`{text}` is not a share"), "a share lies between 0 % and 100 %".into())
            }
            Err(error) => {
                let number = text.parse::<f64>().ok().filter(|n| (0.0..=100.0).contains(n));
                let share = number.map(|n| if n <= 1.0 { Self::of_one(n) } else { Self::percent(n) });
                let percent = share.map(|share| format!("write \"{share}\""));
                (error.to_string(), percent.unwrap_or_else(|| error.help()))
            }
        };
        desk.tell(&node.spot, what, help);
        None
    }
    fn stand_in() -> Self {
        Self::percent(50.0)
    }
    fn schema(layout: &mut Layout) -> Json {
        let description = "a share of a whole: a number from 0 to 100, then %";
        layout.share("share", |_| json!({ "type": "string", "description": description, "examples": ["80 %"] }))
    }
    fn written(&self) -> Json {
        json!(self.to_string())
    }
}

impl Readable for Growth {
    const NAME: &'static str = "a growth";
    const EXAMPLE: &'static str = "\"30 %/year\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let Some(text) = text_of(node, desk) else {
            desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
            return None;
        };
        let (what, help) = match text.parse::<Self>() {
            Ok(growth) if growth.as_percent_per_year() <= 10_000.0 => return Some(growth),
            Ok(_) | Err(UnitError::OutOfRange { .. }) => {
                (format!("`{text}` is not a growth"), "it lies between -100 % and 10,000 % a year".into())
            }
            Err(error) => (error.to_string(), error.help()),
        };
        desk.tell(&node.spot, what, help);
        None
    }
    fn stand_in() -> Self {
        Self::NONE
    }
    fn schema(layout: &mut Layout) -> Json {
        let description = "a compound growth: a number, which may be negative, then %/year or %/month";
        layout.share("growth", |_| json!({ "type": "string", "description": description, "examples": ["30 %/year"] }))
    }
    fn written(&self) -> Json {
        json!(self.to_string())
    }
}

impl Readable for Coefficient {
    const NAME: &'static str = "a correlation";
    const EXAMPLE: &'static str = "0.7";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let number = match node.value {
            Value::Whole(n) => n as f64,
            Value::Number(n) => n,
            _ => {
                desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
                return None;
            }
        };
        let read = Self::of(number);
        if read.is_none() {
            let what = format!("{} is not {}", desk.shown(node), Self::NAME);
            desk.tell(&node.spot, what, "it lies between -1 and 1");
        }
        read
    }
    fn stand_in() -> Self {
        Self::of(0.0).expect("none at all is a correlation")
    }
    fn schema(_: &mut Layout) -> Json {
        json!({ "type": "number", "minimum": -1, "maximum": 1 })
    }
    fn written(&self) -> Json {
        json!(self.get())
    }
}

/// The largest factor: a million times as much.
const MOST_TIMES: f64 = 1e6;

impl Readable for Factor {
    const NAME: &'static str = "a plain number";
    const EXAMPLE: &'static str = "1.5";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let number = match node.value {
            Value::Whole(n) => n as f64,
            Value::Number(n) => n,
            Value::Text(_) => {
                let what = format!("{} is not {}", desk.shown(node), Self::NAME);
                desk.tell(&node.spot, what, "write it without quotes and without a unit: 1.5");
                return None;
            }
            _ => {
                desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
                return None;
            }
        };
        if (0.0..=MOST_TIMES).contains(&number) {
            return Some(Self::of(number));
        }
        let what = format!("{} is not a number of times", desk.shown(node));
        desk.tell(&node.spot, what, "it lies between 0 and 1,000,000");
        None
    }
    fn stand_in() -> Self {
        Self::ONE
    }
    fn schema(layout: &mut Layout) -> Json {
        let limits = json!({ "type": "number", "minimum": 0, "maximum": 1_000_000 });
        layout.share("factor", |_| limits)
    }
    fn written(&self) -> Json {
        json!(self.get())
    }
}
