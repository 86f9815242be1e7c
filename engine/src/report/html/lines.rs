//! Lines with their bands and marks.
use super::bars::Drawn;
use super::escape::escaped;
use super::frame::{self, ABOVE, HEIGHT, WRITES, down, percent};
use super::places::Places;
use super::scale::{Scale, Zero};
use crate::report::{Axis, Cell, Guide, Line, Mark};
use std::fmt::Write;

/// Curves are drawn on a sheet so wide, which is then stretched to the page.
const SHEET: f64 = 1000.0;
/// A line of more values than this is drawn thinner.
const DENSE: usize = 400;
/// Marks nearer to each other than this part of the width would cover each other.
const MARK: f64 = 0.06;

pub(super) fn lines(along: &Axis, lines: &[Line], marks: &[Mark], guides: &[Guide]) -> Option<Drawn> {
    let cells = lines.iter().flat_map(|line| line.values.iter().chain(line.band.iter().flatten()));
    let levels = guides.iter().filter_map(|guide| match guide {
        Guide::Level(level, _) => Some(level),
        Guide::Place(..) => None,
    });
    let scale = Scale::of(cells.chain(levels), Zero::IfNear)?;
    let places = Places::on_line(along);
    let mut out = frame::upright(&scale, &places.ticks, &along.name);
    out.push_str(&guiding(&scale, &places, guides));
    let height = ABOVE + HEIGHT;
    writeln!(
        out,
        "<svg class=\"sheet\" width=\"100%\" height=\"{height}\" viewBox=\"0 0 {SHEET} {height}\" preserveAspectRatio=\"none\">"
    )
    .expect(WRITES);
    for (i, line) in lines.iter().enumerate() {
        if !line.band.is_empty() {
            writeln!(out, "<path class=\"band {}\" d=\"{}\"/>", color(i), band(&scale, &places, line)).expect(WRITES);
        }
    }
    for (i, line) in lines.iter().enumerate() {
        let (path, color, dash) = (curve(&scale, &places, &line.values), color(i), dash(i));
        let thin = if line.values.len() > DENSE { " thin" } else { "" };
        writeln!(out, "<path class=\"line {color} {dash}{thin}\" d=\"{path}\"/>").expect(WRITES);
    }
    out.push_str("</svg>\n");
    for (i, line) in lines.iter().enumerate() {
        out.push_str(&lone_points(&scale, &places, line, i));
    }
    out.push_str(&marked(&scale, &places, lines, marks));
    Some((out, frame::upright_height()))
}

/// The color of the line or layer at this place.
pub(super) fn color(i: usize) -> &'static str {
    ["c0", "c1", "c2", "c3", "c4", "c5", "c6"][i % 7]
}

/// The dashes of the line at this place: neighbors differ in more than color.
pub(super) fn dash(i: usize) -> &'static str {
    ["d0", "d1", "d2", "d3"][i % 4]
}

/// The stretches of places without a gap.
fn runs(known: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (i, _) in known.iter().enumerate().filter(|(_, known)| **known) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

fn curve(scale: &Scale, places: &Places, values: &[Cell]) -> String {
    let numbers: Vec<Option<f64>> = values.iter().map(Cell::about).collect();
    let point = |i: usize| Some(format!("{:.1},{:.1}", places.parts[i] * SHEET, down(scale, numbers[i]?)));
    let runs = runs(&numbers.iter().map(Option::is_some).collect::<Vec<_>>());
    runs.into_iter().map(|run| format!("M{}", run.filter_map(point).collect::<Vec<_>>().join(" "))).collect()
}

fn band(scale: &Scale, places: &Places, line: &Line) -> String {
    // A highest in words is beyond the drawing: the band goes to its top.
    let high = |cell: &Cell| cell.about().or_else(|| matches!(cell, Cell::Text(_)).then(|| scale.top()));
    let ends: Vec<Option<(f64, f64)>> = line.band.iter().map(|[low, top]| low.about().zip(high(top))).collect();
    let point = |i: usize, n: f64| format!("{:.1},{:.1}", places.parts[i] * SHEET, down(scale, n));
    let runs = runs(&ends.iter().map(Option::is_some).collect::<Vec<_>>());
    let around = |run: std::ops::Range<usize>| {
        let high = run.clone().filter_map(|i| Some(point(i, ends[i]?.1)));
        let low = run.rev().filter_map(|i| Some(point(i, ends[i]?.0)));
        format!("M{}Z", high.chain(low).collect::<Vec<_>>().join(" "))
    };
    runs.into_iter().map(around).collect()
}

/// Guides with their labels: those along the axis at its left, where most curves are low, unless an upright one stands
/// there; upright ones at the top.
fn guiding(scale: &Scale, places: &Places, guides: &[Guide]) -> String {
    let mut out = String::new();
    let at_left = |guide: &Guide| match guide {
        Guide::Place(place, _) => places.part(place).is_some_and(|part| part < 0.5),
        Guide::Level(..) => false,
    };
    let (side, x) = if guides.iter().any(at_left) { ("end", "99.5%") } else { ("start", "4") };
    for guide in guides {
        let (line, text, label) = match guide {
            Guide::Level(level, label) => {
                let Some(y) = level.about().map(|n| down(scale, n)) else { continue };
                let text = format!("class=\"{side} halo guide\" x=\"{x}\" y=\"{:.1}\"", y - 6.0);
                (format!("x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\""), text, label)
            }
            Guide::Place(place, label) => {
                let Some(part) = places.part(place) else { continue };
                let (x, end) = (percent(part), ABOVE + HEIGHT);
                let side = if part < 0.5 { "start" } else { "end" };
                let text = format!("class=\"{side} halo guide\" x=\"{x}\" y=\"{:.1}\"", ABOVE - 12.0);
                (format!("x1=\"{x}\" x2=\"{x}\" y1=\"{:.1}\" y2=\"{end:.1}\"", ABOVE - 8.0), text, label)
            }
        };
        writeln!(out, "<line class=\"guide\" {line}/>\n<text {text}>{}</text>", escaped(label)).expect(WRITES);
    }
    out
}

/// A value between two gaps makes no line: it is a dot.
fn lone_points(scale: &Scale, places: &Places, line: &Line, at: usize) -> String {
    let numbers: Vec<Option<f64>> = line.values.iter().map(Cell::about).collect();
    let alone = runs(&numbers.iter().map(Option::is_some).collect::<Vec<_>>()).into_iter().filter(|run| run.len() == 1);
    alone
        .filter_map(|run| Some((run.start, numbers[run.start]?)))
        .map(|(i, n)| dot(places.parts[i], down(scale, n), color(at)))
        .collect()
}

fn dot(part: f64, y: f64, color: &str) -> String {
    format!("<circle class=\"dot {color}\" cx=\"{}\" cy=\"{y:.1}\" r=\"4\"/>\n", percent(part))
}

/// Dots with their numbers; the list below the drawing says what they are.
fn marked(scale: &Scale, places: &Places, lines: &[Line], marks: &[Mark]) -> String {
    let mut out = String::new();
    let (mut before, mut lifted) = (f64::NEG_INFINITY, false);
    for (i, mark) in marks.iter().enumerate() {
        let Some(n) = lines.get(mark.line).and_then(|line| line.values.get(mark.at)?.about()) else { continue };
        let (part, y) = (places.parts[mark.at], down(scale, n));
        lifted = part - before < MARK && !lifted;
        before = part;
        let label = y - if lifted { 26.0 } else { 10.0 };
        out.push_str(&dot(part, y, color(mark.line)));
        writeln!(out, "<text class=\"mark middle halo\" x=\"{}\" y=\"{label:.1}\">{}</text>", percent(part), i + 1)
            .expect(WRITES);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn gaps_part_the_runs() {
        assert_eq!(runs(&[true, true, false, true, false]), [0..2, 3..4]);
        assert_eq!(runs(&[false]), []);
    }
}
