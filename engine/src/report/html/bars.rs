//! Bars that lie: a long name stands above its bar, the amount at the end of that line.
use super::escape::escaped;
use super::frame::{self, WRITES, percent};
use super::scale::{Scale, Zero};
use crate::report::{Bar, Cell};
use std::fmt::Write;

/// The height of a name and its bar.
const ROW: f64 = 44.0;
/// Where in it the bar begins, and how high it is.
const BAR: (f64, f64) = (21.0, 13.0);
/// The row of values below.
const BELOW: f64 = 24.0;

/// A drawing and its height.
pub(super) type Drawn = (String, f64);

/// A stretch from one value to another, with its color.
struct Span<'c> {
    bar: &'c Bar,
    from: f64,
    to: f64,
    color: &'static str,
    sign: &'static str,
}

/// Bars from zero.
pub(super) fn bars(bars: &[Bar]) -> Option<Drawn> {
    let scale = Scale::of(bars.iter().map(|bar| &bar.value), Zero::Always)?;
    let span = |bar| Span { bar, from: 0.0, to: amount(bar), color: "c0", sign: "" };
    Some(drawn(&scale, &bars.iter().map(span).collect::<Vec<_>>()))
}

/// Bars that begin where the one before ended.
pub(super) fn waterfall(from: &Bar, steps: &[Bar], to: &Bar) -> Option<Drawn> {
    let mut level = from.value.about()?;
    let mut spans = vec![Span { bar: from, from: 0.0, to: level, color: "c7", sign: "" }];
    for bar in steps {
        let next = level + amount(bar);
        let (color, sign) = match bar.value.about() {
            Some(n) if n >= 0.0 => ("c3", "+"),
            _ => ("c2", ""),
        };
        spans.push(Span { bar, from: level, to: next, color, sign });
        level = next;
    }
    spans.push(Span { bar: to, from: 0.0, to: amount(to), color: "c7", sign: "" });
    let (low, high) =
        spans.iter().flat_map(|s| [s.from, s.to]).fold((0.0, 0.0), |(l, h): (f64, f64), n| (l.min(n), h.max(n)));
    let scale = Scale::spanning(low, high, [&from.value, &to.value].into_iter().chain(steps.iter().map(|b| &b.value)))?;
    Some(drawn(&scale, &spans))
}

fn amount(bar: &Bar) -> f64 {
    bar.value.about().unwrap_or(0.0)
}

/// As much of a name as stands beside its amount on a narrow screen; the table has all of it.
fn short(name: &str) -> String {
    const MOST: usize = 42;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}

fn drawn(scale: &Scale, spans: &[Span<'_>]) -> Drawn {
    let height = ROW * spans.len() as f64;
    let mut out = frame::lying(scale, height);
    for (i, span) in spans.iter().enumerate() {
        let top = ROW * i as f64;
        let (left, right) = (scale.part(span.from.min(span.to)), scale.part(span.from.max(span.to)));
        let unknown = if span.bar.value == Cell::Unknown { " unknown" } else { "" };
        let (name, value) = (escaped(&short(&span.bar.label)), escaped(&span.bar.value.shown()));
        let (text, sign) = (top + 15.0, span.sign);
        writeln!(out, "<text class=\"halo\" x=\"0\" y=\"{text:.1}\">{name}</text>").expect(WRITES);
        writeln!(out, "<text class=\"halo end value{unknown}\" x=\"100%\" y=\"{text:.1}\">{sign}{value}</text>")
            .expect(WRITES);
        writeln!(
            out,
            "<rect class=\"fill {}\" x=\"{}\" width=\"{}\" y=\"{:.1}\" height=\"{:.1}\"/>",
            span.color,
            percent(left),
            percent(right - left),
            top + BAR.0,
            BAR.1
        )
        .expect(WRITES);
    }
    (out, height + BELOW)
}
