//! Fields of everything that keeps data.
use crate::document::{Node, Value};
use crate::reader::{Desk, Layout, Readable, Table};
use plimsoll::uncertain::Estimate;
use plimsoll::units::{DataRate, Factor, Growth, Quantity, Span};
use plimsoll::workload::{Keep, StoredGrowth};
use serde_json::{Value as Json, json};

pub(super) fn keep(t: &mut Table<'_>) -> Keep {
    let constant = StoredGrowth::Compound(Estimate::exact(Growth::NONE));
    let keep = Keep {
        data: t.required("data", "how much it holds today, before compression and copies"),
        growth: t.or("growth", constant, "how the data grow: by so much in time, by a share, or with demand"),
        retention: t.optional::<Span>("retention", "data older than this are dropped"),
        compression: t.or("compression", Estimate::exact(Factor::ONE), "original size over stored size"),
    };
    let is_none = keep.retention.is_some_and(Quantity::is_zero);
    t.refuse_if(is_none, "retention", "nothing is kept for no time", "leave retention out to keep data for ever");
    let is_idle = keep.retention.is_some() && !matches!(keep.growth, StoredGrowth::Linear(_));
    let help = "say how much comes in, as in growth = \"20 GB/month\", or leave retention out";
    t.refuse_if(is_idle, "retention", "what is dropped is only known where growth is so much in time", help);
    refuse_no_compression(t, keep.compression);
    keep
}

/// Data cannot be compressed to nothing or to infinity: the factor is above zero.
pub(super) fn refuse_no_compression(t: &mut Table<'_>, compression: Estimate<Factor>) {
    let help = "it is the original size over the compressed one: 1 for none, 3 for a third";
    t.refuse_if(compression.low() <= Factor::ZERO, "compression", "data cannot be compressed 0 times", help);
}

const WITH_DEMAND: &str = "with demand";

impl Readable for StoredGrowth {
    const NAME: &'static str = "a growth of data";
    const EXAMPLE: &'static str = "\"20 GB/month\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let part = if matches!(node.value, Value::Table(_)) { node.get("low").unwrap_or(node) } else { node };
        match part.as_text() {
            Some(WITH_DEMAND) => Some(Self::WithDemand),
            Some(text) if text.contains('%') => Estimate::read(node, desk).map(Self::Compound),
            Some(text) if text.parse::<DataRate>().is_ok() || matches!(node.value, Value::Table(_)) => {
                Estimate::read(node, desk).map(Self::Linear)
            }
            _ => {
                let help = "write a data rate (\"20 GB/month\"), a share (\"30 %/year\") or \"with demand\"";
                desk.tell(&part.spot, format!("{} is not {}", desk.shown(part), Self::NAME), help);
                None
            }
        }
    }
    fn stand_in() -> Self {
        Self::WithDemand
    }
    fn schema(layout: &mut Layout) -> Json {
        let (share, rate) = (Estimate::<Growth>::schema(layout), Estimate::<DataRate>::schema(layout));
        layout.share("growth of data", |_| json!({ "anyOf": [rate, share, { "const": WITH_DEMAND }] }))
    }
    fn written(&self) -> Json {
        match self {
            Self::Compound(growth) => growth.written(),
            Self::Linear(rate) => rate.written(),
            Self::WithDemand => json!(WITH_DEMAND),
        }
    }
}
