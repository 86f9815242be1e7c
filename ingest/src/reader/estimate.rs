//! A value, or a range with how sure one is of it.
use super::{Desk, Layout, Readable, Table};
use crate::document::{Node, Value};
use plimsoll::uncertain::{Estimate, EstimateError};
use plimsoll::units::Share;
use serde_json::{Value as Json, json};

impl<Q: Readable + Copy + PartialOrd> Readable for Estimate<Q> {
    const NAME: &'static str = Q::NAME;
    const EXAMPLE: &'static str = Q::EXAMPLE;
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Table(_)) {
            return Q::read(node, desk).map(Self::exact);
        }
        let told = desk.told();
        let (low, mid, high, confidence) = Table::read_inline(desk, node, "the range", |t| {
            let low = t.required("low", "the low end");
            let mid = t.required("mid", "the median");
            let high = t.required("high", "the high end");
            (low, mid, high, t.required("confidence", "the chance that the truth lies between low and high"))
        });
        if desk.told() > told {
            return None;
        }
        match Self::range(low, mid, high, confidence) {
            Ok(estimate) => Some(estimate),
            Err(EstimateError::OutOfOrder) => {
                desk.tell(&node.spot, "low, mid and high do not ascend", "mid is the median, between low and high");
                None
            }
            Err(error @ EstimateError::Confidence) => {
                let spot = node.get("confidence").map_or(&node.spot, |n| &n.spot);
                desk.tell(
                    spot,
                    error.to_string(),
                    "it is the chance that the truth lies between low and high: \"80 %\"",
                );
                None
            }
        }
    }
    fn stand_in() -> Self {
        Self::exact(Q::stand_in())
    }
    fn schema(layout: &mut Layout) -> Json {
        let plain = Q::schema(layout);
        let name = plain["$ref"].as_str().and_then(|r| r.rsplit('/').next()).unwrap_or(Q::NAME).to_owned();
        layout.share(&format!("estimate of {name}"), |layout| {
            let share = Share::schema(layout);
            json!({ "anyOf": [plain, {
                "type": "object",
                "properties": { "low": plain, "mid": plain, "high": plain, "confidence": share },
                "required": ["low", "mid", "high", "confidence"],
                "additionalProperties": false,
            }] })
        })
    }
    fn written(&self) -> Json {
        if self.is_exact() {
            return self.mid().written();
        }
        let [low, mid, high] = [self.low(), self.mid(), self.high()].map(|q| q.written());
        json!({ "low": low, "mid": mid, "high": high, "confidence": self.confidence().written() })
    }
}
