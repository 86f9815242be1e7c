//! Prometheus' HTTP API: `query_range` as JSON, and the bare list that `promtool -o json` prints.
//!
//! Prometheus, "HTTP API": values are texts, so that `NaN` and `+Inf` can be written; a step without a value is left out.
use super::given::{self, Looked};
use super::labels::Labels;
use crate::problem::Problem;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::json;
use crate::telemetry::printed;
use crate::telemetry::text::Text;
use plimsoll::series::{Point, Time};
use plimsoll::units::Share;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// See the module.
pub(in crate::telemetry) struct Document;

#[derive(serde::Deserialize)]
struct Answer {
    status: Option<String>,
    error: Option<String>,
    data: Option<Found>,
    #[serde(default)]
    warnings: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Found {
    result: Vec<Item>,
}

/// A series; or a number or text of a scalar answer, which is none.
enum Item {
    Series(Measured),
    Scalar,
}

#[derive(serde::Deserialize)]
struct Measured {
    #[serde(default)]
    metric: Labels,
    #[serde(default)]
    values: Vec<Look>,
    value: Option<Look>,
    histograms: Option<Vec<IgnoredAny>>,
}

/// A time and a value, which may be infinite or no number.
#[derive(Clone, Copy)]
struct Look(Time, f64);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Items)
    }
}

struct Items;

impl<'de> Visitor<'de> for Items {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a series")
    }
    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Item, E> {
        Ok(Item::Scalar)
    }
    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Item, E> {
        Ok(Item::Scalar)
    }
    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Item, E> {
        Ok(Item::Scalar)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
        Measured::deserialize(MapAccessDeserializer::new(map)).map(Item::Series)
    }
}

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(Looks)
    }
}

struct Looks;

impl<'de> Visitor<'de> for Looks {
    type Value = Look;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pair of a Unix time and a value as text")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Look, A::Error> {
        let seconds: f64 = pair.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let text: Cow<'_, str> =
            pair.next_element::<json::Text<'_>>()?.ok_or_else(|| A::Error::invalid_length(1, &self))?.0;
        let time =
            printed::unix(seconds).ok_or_else(|| A::Error::custom(format!("{seconds} is no Unix time in seconds")))?;
        let value: f64 = text.parse().map_err(|_| A::Error::custom(format!("cannot read `{text}` as a number")))?;
        match pair.next_element::<IgnoredAny>()? {
            None => Ok(Look(time, value)),
            Some(_) => Err(A::Error::invalid_length(3, &self)),
        }
    }
}

impl Format for Document {
    fn name(&self) -> &'static str {
        "Prometheus query_range"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let has = |key| json::has_key(head, key);
        let is_answer = has("resultType") && (has("result") || has("status"));
        let is_list = head.text().trim_start().starts_with('[') && has("metric") && (has("values") || has("value"));
        let is_failure = has("status") && has("errorType");
        Share::of_one(match (head.is_json(), is_answer, is_list || is_failure) {
            (true, true, _) => 1.0,
            (true, false, true) => 0.8,
            _ => 0.0,
        })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let text = match text.whole() {
            Ok(text) => text,
            Err(problem) => return to.wrong(|| problem),
        };
        let read = if text.trim_start().starts_with('[') {
            let answer = |data| Answer { status: None, error: None, data: Some(data), warnings: Vec::new() };
            serde_json::from_str(&text).map(|result| answer(Found { result }))
        } else {
            serde_json::from_str::<Answer>(&text)
        };
        match read {
            Ok(answer) => {
                drop(text);
                take(answer, &file, asked, to);
            }
            Err(error) => {
                let help = "a look is written [1772337600, \"0.25\"], as the HTTP API of Prometheus writes it";
                to.wrong(|| json::problem(&file, &text, 0, &error, help));
            }
        }
    }
}

fn take(answer: Answer, file: &str, asked: &Asked, to: &mut Collector) {
    if answer.status.as_deref() == Some("error") {
        let what = format!("Prometheus answered with an error: {}", answer.error.unwrap_or_default());
        return to.wrong(|| Problem::in_whole(file, what, "ask again, for a shorter time or fewer series"));
    }
    for warning in answer.warnings {
        to.note(format!("Prometheus warned: {warning}."));
    }
    let mut series = Vec::new();
    for item in answer.data.map_or_else(Vec::new, |data| data.result) {
        match item {
            Item::Series(measured) => series.extend(looked(measured, to)),
            Item::Scalar => {}
        }
    }
    given::give(series, file, asked, to);
}

/// The looks that can be used, each a row.
fn looked(measured: Measured, to: &mut Collector) -> Option<Looked> {
    if measured.value.is_some() {
        to.row();
        to.aside("look of an instant query, which has no step");
    }
    for _ in measured.histograms.iter().flatten() {
        to.row();
        to.aside("native histogram");
    }
    let mut points = Vec::with_capacity(measured.values.len());
    for Look(time, value) in measured.values {
        to.row();
        if value.is_infinite() {
            to.aside("infinite value");
        } else {
            to.used();
            points.push(Point::new(time, Some(value)));
        }
    }
    (!points.is_empty()).then_some(Looked { labels: measured.metric, points, line: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Measure, Telemetry};

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        let mut to = Collector::new(false);
        to.begin("q.json", Document.name(), Share::ALL);
        Document.read(Text::of("q.json", text), &Asked::default(), &mut to);
        to.finish()
    }

    const SERIES: &str = r#"{"metric":{"__name__":"node_load1","instance":"a"},
        "values":[[1772337600,"1.5"],[1772337615.25,"NaN"],[1772337630,"+Inf"],[1772337645,"2"]]}"#;

    #[test]
    fn a_matrix_or_a_bare_list_is_read() {
        let matrix = format!(
            r#"{{"status":"success","data":{{"resultType":"matrix","result":[{SERIES}]}},"warnings":["cut"]}}"#
        );
        for (text, notes) in [(matrix, 1), (format!("[{SERIES}]"), 0)] {
            assert!(Document.detect(&Head::new(text.as_bytes(), true)).as_part() > 0.7);
            let read = read(&text).unwrap();
            let values: Vec<_> = read.metrics[0].series.iter().map(|(_, v)| v).collect();
            assert_eq!(
                (read.metrics[0].measure.clone(), values),
                (Measure::RunQueue, vec![Some(1.5), None, None, Some(2.0)])
            );
            assert_eq!((read.reading.rows_read, read.reading.rows_used, read.reading.notes.len()), (4, 3, notes));
            assert_eq!(read.reading.aside[0].reason, "infinite value");
        }
    }

    #[test]
    fn instant_queries_have_no_step() {
        let text = r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1772337600.25,"1"]}]}}"#;
        assert_eq!(
            read(text).unwrap_err()[0].what,
            "no row of the file can be used: 1 look of an instant query, which has no step"
        );
        let text = r#"{"status":"success","data":{"resultType":"scalar","result":[1772337600.25,"1"]}}"#;
        assert_eq!(read(text).unwrap_err()[0].what, "the file has no rows");
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let wrong = |from: &str, to: &str| read(&format!("[{SERIES}]").replace(from, to)).unwrap_err()[0].to_string();
        assert!(wrong("\"1.5\"", "\"many\"").starts_with("q.json:2:37: cannot read `many` as a number"));
        assert!(wrong("\"1.5\"", "1.5").contains("expected a"));
        assert!(wrong("1772337600", "1e99").contains("is no Unix time in seconds"));
        assert!(wrong(",\"1.5\"", "").contains("invalid length 1"));
        assert!(wrong("\"2\"]]}]", "").contains("the document ends too early"));
        let text = r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#;
        assert_eq!(read(text).unwrap_err()[0].what, "Prometheus answered with an error: parse error");
    }
}
