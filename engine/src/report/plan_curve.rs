//! The part of the plan report about response times along the load. Empty where no latency is promised.
use super::words::span;
use super::{Axis, Block, Cell, Chart, Guide, Line, Mark, Plot};
use crate::plan::{CurvePoint, LatencyCurve, PlanAnswer};
use crate::units::Span;
use serde_json::{Value, json};

/// The curve, and where it turns.
pub(super) fn latency_against_load(answer: &PlanAnswer) -> Vec<Block> {
    let Some(curve) = &answer.latency_curve else { return Vec::new() };
    vec![Block::Chart(chart(curve)), Block::List(lines(curve))]
}

fn lines(curve: &LatencyCurve) -> Vec<String> {
    let name = curve.promise.name();
    let lost = if is_same(curve) { "" } else { " after the loss" };
    let today = curve.at(curve.today).and_then(|point| point.stressed);
    let today = today.map_or_else(|| format!("more than {}", curve.top), |time| span(Some(time)));
    let idle = curve.points.first().and_then(|point| point.stressed);
    let idle = idle.map_or(String::new(), |time| format!("{time} with next to no load, "));
    let kept = match curve.crossing() {
        Some(load) => format!("; {} is kept up to about {load}", curve.promise.within),
        None => String::new(),
    };
    let mut lines = vec![format!("{name}{lost} is {idle}{today} in today's busiest minute, {}{kept}", curve.today)];
    lines.extend(curve.knee.map(|knee| {
        let times = knee / curve.today;
        format!("the knee is at {knee}, {times:.2} times today's busiest minute: there load over {name} is greatest")
    }));
    lines
}

fn chart(curve: &LatencyCurve) -> Chart {
    let name = curve.promise.name();
    let beyond = || Cell::Text(format!("more than {}", curve.top));
    let told = |time: Option<Span>| time.map_or_else(beyond, Cell::Span);
    let end = |ends: [Option<Span>; 2]| ends.map(told);
    let stressed = curve.points.iter().map(|point| told(point.stressed));
    let calm = curve.points.iter().map(|point| told(point.calm));
    let band = curve.points.iter().filter_map(|point| point.band.map(end)).collect();
    let label = if is_same(curve) { name.clone() } else { "after the loss".to_owned() };
    let mut lines = vec![Line { band, ..Line::of(label, stressed) }];
    if !is_same(curve) {
        lines.push(Line::of("with everything there", calm));
    }
    let knee = curve.knee.and_then(|knee| curve.points.iter().position(|point| point.load == knee));
    let knee = knee.map(|at| Mark {
        line: 0,
        at,
        label: format!("the knee, where load over {name} is greatest (Kleinrock's power)"),
    });
    let over = match curve.worlds {
        0 => String::new(),
        // Of fewer than ten the tenth percentile is the least.
        n if n < 10 => format!("; the band holds {n} worlds that were drawn"),
        n => format!("; the band holds eight in ten of {n} worlds"),
    };
    Chart {
        title: format!("{name} against the load, the machines being these"),
        measured: format!("seconds at the entry{over}"),
        plot: Plot::Lines {
            along: Axis {
                name: "load at the entry".into(),
                at: curve.points.iter().map(|point| Cell::Rate(point.load)).collect(),
            },
            lines,
            marks: knee.into_iter().collect(),
            guides: vec![
                Guide::Level(Cell::Span(curve.promise.within), format!("promised: {}", curve.promise.within)),
                Guide::Place(Cell::Rate(curve.today), "today's busiest minute".into()),
            ],
        },
    }
}

/// Whether nothing is lost.
fn is_same(curve: &LatencyCurve) -> bool {
    curve.points.iter().all(|point| point.calm == point.stressed)
}

/// The same as JSON; a time that is null is longer than `top_seconds`.
pub(super) fn json(curve: &LatencyCurve) -> Value {
    let seconds = |time: Option<Span>| json!(time.map(Span::as_seconds));
    let point = |point: &CurvePoint| {
        json!({
            "per_second": point.load.as_per_second(),
            "calm_seconds": seconds(point.calm),
            "after_loss_seconds": seconds(point.stressed),
            "after_loss_band": point.band.map(|[p10, p90]| {
                json!({"p10_seconds": seconds(p10), "p90_seconds": seconds(p90)})
            }),
        })
    };
    json!({
        "promise": curve.promise.name(),
        "within_seconds": curve.promise.within.as_seconds(),
        "today_per_second": curve.today.as_per_second(),
        "knee_per_second": curve.knee.map(|knee| knee.as_per_second()),
        "kept_up_to_per_second": curve.crossing().map(|load| load.as_per_second()),
        "top_seconds": curve.top.as_seconds(),
        "worlds": curve.worlds,
        "points": curve.points.iter().map(point).collect::<Vec<_>>(),
    })
}
