//! A value, or a range with how sure one is of it.
use super::{Desk, Layout, Readable, Table};
use crate::document::{Node, Value};
use plimsoll::uncertain::{Estimate, EstimateError, Law};
use plimsoll::units::{Scalar, Share};
use serde_json::{Value as Json, json};

/// The part of a sample that its low and high hold between them where the file does not say.
const OF_SAMPLES: Share = Share::percent(90.0);

impl<Q: Readable + Scalar> Readable for Estimate<Q> {
    const NAME: &'static str = <Q as Readable>::NAME;
    const EXAMPLE: &'static str = Q::EXAMPLE;
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Table(_)) {
            return Q::read(node, desk).map(Self::exact);
        }
        let told = desk.told();
        let made = if node.get("samples").is_some() { sample(node, desk) } else { range(node, desk) };
        if desk.told() > told {
            return None;
        }
        let (spot, help) = match made {
            Ok(estimate) => return Some(estimate),
            Err(EstimateError::OutOfOrder) => (&node.spot, "mid is the median, between low and high"),
            Err(EstimateError::Confidence) => {
                let help = "it is the chance that the truth lies between low and high: \"80 %\"";
                (node.get("confidence").map_or(&node.spot, |n| &n.spot), help)
            }
            Err(EstimateError::Lopsided(_)) => {
                let help = "leave law out for the lognormal, which may be as lopsided as you like";
                (node.get("law").map_or(&node.spot, |n| &n.spot), help)
            }
            Err(EstimateError::Sample) => {
                (node.get("samples").map_or(&node.spot, |n| &n.spot), "write one value where only one is known")
            }
        };
        let what = match made {
            Err(EstimateError::OutOfOrder) => "low, mid and high do not ascend".to_owned(),
            Err(error) => error.to_string(),
            Ok(_) => unreachable!("returned above"),
        };
        desk.tell(spot, what, help);
        None
    }
    fn stand_in() -> Self {
        Self::exact(Q::stand_in())
    }
    fn schema(layout: &mut Layout) -> Json {
        let plain = Q::schema(layout);
        let name =
            plain["$ref"].as_str().and_then(|r| r.rsplit('/').next()).unwrap_or(<Q as Readable>::NAME).to_owned();
        layout.share(&format!("estimate of {name}"), |layout| {
            let share = Share::schema(layout);
            let law = Law::schema(layout);
            json!({ "anyOf": [plain, {
                "type": "object",
                "properties": { "low": plain, "mid": plain, "high": plain, "confidence": share, "law": law },
                "required": ["low", "mid", "high", "confidence"],
                "additionalProperties": false,
            }, {
                "type": "object",
                "properties": { "samples": { "type": "array", "items": plain, "minItems": 2 }, "confidence": share },
                "required": ["samples"],
                "additionalProperties": false,
            }] })
        })
    }
    fn written(&self) -> Json {
        if self.is_exact() {
            return self.mid().written();
        }
        let [low, mid, high] = [self.low(), self.mid(), self.high()].map(|q| q.written());
        let mut written = json!({ "low": low, "mid": mid, "high": high, "confidence": self.confidence().written() });
        if let Law::Gamma | Law::Pert = self.law() {
            written["law"] = self.law().written();
        }
        written
    }
}

fn range<Q: Readable + Scalar>(node: &Node, desk: &Desk<'_>) -> Result<Estimate<Q>, EstimateError> {
    let (low, mid, high, confidence, law) = Table::read_inline(desk, node, "the range", |t| {
        let low = t.required("low", "the low end");
        let mid = t.required("mid", "the median");
        let high = t.required("high", "the high end");
        let confidence = t.required("confidence", "the chance that the truth lies between low and high");
        (low, mid, high, confidence, t.or("law", Law::Lognormal, "the shape between and beyond the ends"))
    });
    Estimate::range(low, mid, high, confidence)?.with_law(law)
}

fn sample<Q: Readable + Scalar>(node: &Node, desk: &Desk<'_>) -> Result<Estimate<Q>, EstimateError> {
    let (values, confidence) = Table::read_inline(desk, node, "the sample", |t| {
        let values: Vec<Q> = t.required("samples", "measured values");
        (values, t.or("confidence", OF_SAMPLES, "the part of the values that low and high hold between them"))
    });
    Estimate::of_samples(&values, confidence)
}
