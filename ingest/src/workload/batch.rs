//! `[batch.NAME]`.
use super::machine::{architectures, purchases};
use crate::document::{Node, Value};
use crate::reader::{Desk, Layout, Readable, Table};
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Data, Factor, Quantity, Rate, Span};
use plimsoll::workload::{Batch, Cadence};
use serde_json::{Value as Json, json};

/// A machine that was asked for works after about this long: an image that boots and a container that starts.
const STARTUP: Span = Span::seconds(90.0);
/// The hours of a day.
const HOURS: usize = 24;

pub(super) fn batch(t: &mut Table<'_>) -> Batch {
    let no_time = Estimate::exact(Span::ZERO);
    let checkpoint: Option<Estimate<Span>> = t.optional(
        "checkpoint",
        "time that writing a checkpoint takes; work is done again from its start if there are none",
    );
    let help = "leave it out if nothing is saved";
    t.refuse_if(checkpoint.is_some_and(|c| c.low().is_zero()), "checkpoint", "saving takes time", help);
    let ready = t.or("ready", 0, "the first hour of a day, UTC, in which a run of a day's work may begin");
    t.refuse_if(ready > 23, "ready", format!("there is no hour {ready}"), "hours of a day go from 0 to 23");
    Batch {
        cadences: cadences(t),
        items: t.or("items", Estimate::exact(Rate::ZERO), "items that no call of this workload brings"),
        cpu_per_item: t.required("cpu_per_item", "processor time of one item on the reference core"),
        cpu_per_run: t.or(
            "cpu_per_run",
            no_time,
            "processor time of one run on the reference core, however many items",
        ),
        variability: t.or(
            "variability",
            Estimate::exact(Factor::ONE),
            "squared coefficient of variation of an item's time",
        ),
        bytes_per_item: t.or("bytes_per_item", Estimate::exact(Data::ZERO), "size of an item as it comes in"),
        memory: t.required("memory", "memory of one machine"),
        startup: t.or("startup", Estimate::exact(STARTUP), "time until a machine that was asked for works"),
        interruptible: t.or(
            "interruptible",
            false,
            "whether its machines may be taken away, so that spot machines may do it",
        ),
        interruptions: t.optional(
            "interruptions",
            "how often one spot machine is taken away; as the provider tells of the machine if not stated",
        ),
        checkpoint,
        ready,
        price_by_hour: by_hour(t, "price_by_hour", "multiples of the price for the 24 hours of a day, UTC"),
        carbon_by_hour: by_hour(
            t,
            "carbon_by_hour",
            "carbon intensity of electricity, grams CO2e per kWh, for the 24 hours of a day, UTC",
        ),
        architectures: architectures(t),
        burstable: t.or("burstable", false, "whether machines on processor credits may do it"),
        purchases: purchases(t),
    }
}

fn by_hour(t: &mut Table<'_>, name: &'static str, doc: &'static str) -> Option<Vec<Factor>> {
    let hours = t.optional::<Vec<Factor>>(name, doc);
    let count = hours.as_ref().map_or(HOURS, Vec::len);
    t.refuse_if(count != HOURS, name, format!("there are {count} hours"), format!("a day has {HOURS}"));
    hours.filter(|h| h.len() == HOURS)
}

/// The cadences, each with its own deadline, the one for all, or its whole length.
fn cadences(t: &mut Table<'_>) -> Vec<Cadence> {
    let doc = "how often the work may be done; the cheapest is chosen";
    let written: Vec<Written> = t.required("cadences", doc);
    t.refuse_if(t.has("cadences") && written.is_empty(), "cadences", "work that is never done", "write [\"24 h\"]");
    let doc = "how soon after its end the work of a window is to be done; as long as the window if not stated";
    let deadline = t.optional::<Span>("deadline", doc);
    t.refuse_if(deadline.is_some_and(Quantity::is_zero), "deadline", "no work is done in no time", "write a time span");
    let own = written.iter().filter_map(|w| match w {
        Written::Every { gathered, deadline: None } => Some(*gathered),
        _ => None,
    });
    if let (Some(deadline), Some(shortest)) = (deadline, own.reduce(Quantity::min)) {
        let what = format!("a deadline of {deadline} is longer than the cadence of {shortest}: runs would pile up");
        let help = "give each cadence its own: cadences = [\"15 min\", { every = \"24 h\", deadline = \"2 h\" }]";
        t.refuse_if(deadline > shortest, "deadline", what, help);
    }
    let of = |w: Written| match w {
        Written::RealTime => Cadence::RealTime,
        Written::Every { gathered, deadline: own } => {
            Cadence::Every { gathered, deadline: own.or(deadline).unwrap_or(gathered) }
        }
    };
    written.into_iter().map(of).collect()
}

/// A cadence as it is written: `"real time"`, `"15 min"` or `{ every = "24 h", deadline = "2 h" }`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    RealTime,
    Every { gathered: Span, deadline: Option<Span> },
}

const REAL_TIME: &str = "real time";
/// Windows longer than this are another business.
const LONGEST: Span = Span::days(366.0);

impl Readable for Written {
    const NAME: &'static str = "a cadence";
    const EXAMPLE: &'static str = "\"24 h\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        if node.as_text() == Some(REAL_TIME) {
            return Some(Self::RealTime);
        }
        let told = desk.told();
        let (gathered, deadline) = if let Value::Table(_) = node.value {
            Table::read_inline(desk, node, "the cadence", |t| {
                let every: Span = t.required("every", "the time whose items are done together");
                let deadline = t.optional::<Span>("deadline", "how soon after it they are to be done");
                let what = format!("a deadline longer than the cadence of {every}: runs would pile up");
                t.refuse_if(deadline.is_some_and(|d| d > every), "deadline", what, "write a shorter deadline");
                let is_none = deadline.is_some_and(Quantity::is_zero);
                t.refuse_if(is_none, "deadline", "no work is done in no time", "write a time span");
                (every, deadline)
            })
        } else if node.as_text().is_some_and(|text| !text.starts_with(|c: char| c.is_ascii_digit())) {
            let what = format!("{} is not {}", desk.shown(node), Self::NAME);
            desk.tell(&node.spot, what, "write \"real time\", or a time span: \"15 min\"");
            return None;
        } else {
            (Span::read(node, desk)?, None)
        };
        if gathered.is_zero() || gathered > LONGEST {
            let help = "write \"real time\" for work that is done at once, or a time up to a year";
            desk.tell(&node.spot, format!("work cannot be gathered for {gathered}"), help);
        }
        (desk.told() == told).then_some(Self::Every { gathered, deadline })
    }
    fn stand_in() -> Self {
        Self::RealTime
    }
    fn schema(layout: &mut Layout) -> Json {
        let span = Span::schema(layout);
        layout.share("cadence", |_| {
            let table = json!({
                "type": "object",
                "properties": { "every": span, "deadline": span },
                "required": ["every"],
                "additionalProperties": false,
            });
            json!({ "anyOf": [{ "const": REAL_TIME }, span, table] })
        })
    }
    fn written(&self) -> Json {
        match self {
            Self::RealTime => json!(REAL_TIME),
            Self::Every { gathered, deadline: None } => gathered.written(),
            Self::Every { gathered, deadline: Some(deadline) } => {
                json!({ "every": gathered.written(), "deadline": deadline.written() })
            }
        }
    }
}
