//! Options as points, each with its reach, and a third number as the color of the point.
//!
//! The colors are five of *cividis*, which people who see few colors see as others do: J. R. Nuñez, C. R. Anderton and
//! R. S. Renslow, "Optimizing colormaps with consideration for color vision deficiency", PLOS ONE, 2018.
use super::bars::Drawn;
use super::escape::escaped;
use super::frame::{self, WRITES, down, percent};
use super::places::Tick;
use super::scale::{Scale, Zero};
use crate::report::{Cell, Point};
use std::fmt::Write;

/// Steps of the scale of colors.
const HUES: usize = 5;
/// So many points are told to those who cannot see them; the table has all.
const TOLD: usize = 12;

pub(super) fn points(across: &str, points: &[Point]) -> Option<Drawn> {
    let ends = points.iter().flat_map(|point| point.range.iter().flatten());
    let along = Scale::of(points.iter().map(|point| &point.across).chain(ends), Zero::IfNear)?;
    let up = Scale::of(points.iter().map(|point| &point.up), Zero::IfNear)?;
    let ticks = along.ticks();
    let longest = ticks.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
    let tick = |(i, (part, text)): (usize, (f64, String))| Tick { part, text, is_spare: longest > 5 && i % 2 == 1 };
    let ticks: Vec<Tick> = ticks.into_iter().enumerate().map(tick).collect();
    let mut out = frame::upright(&up, &ticks, across);
    let hues = hues(points);
    for (point, hue) in points.iter().zip(hues) {
        let (Some(x), Some(y)) = (point.across.about(), point.up.about()) else { continue };
        let (x, y) = (percent(along.part(x)), down(&up, y));
        if let Some([low, high]) = &point.range
            && let (Some(low), Some(high)) = (low.about(), high.about())
        {
            out.push_str(&reach(along.part(low), along.part(high), y));
        }
        let class = hue.map_or_else(|| "dot c0".to_owned(), |hue| format!("hued h{hue}"));
        writeln!(out, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y:.1}\" r=\"5\"/>").expect(WRITES);
    }
    // On top of all others.
    for point in points {
        let (Some(remark), Some(at), Some(y)) = (point.remark, point.across.about(), point.up.about()) else {
            continue;
        };
        let (part, y) = (along.part(at), down(&up, y));
        let (x, side) = (percent(part), if part > 0.5 { "end" } else { "start" });
        writeln!(out, "<circle class=\"ring c3\" cx=\"{x}\" cy=\"{y:.1}\" r=\"9\"/>").expect(WRITES);
        writeln!(out, "<text class=\"mark {side} halo\" x=\"{x}\" y=\"{:.1}\">{}</text>", y - 13.0, escaped(remark))
            .expect(WRITES);
    }
    Some((out, frame::upright_height()))
}

/// From the low end to the high one, with a foot at each.
fn reach(low: f64, high: f64, y: f64) -> String {
    let (from, to, above, below) = (percent(low), percent(high), y - 4.0, y + 4.0);
    let foot = |x: &str| format!("<line class=\"reach\" x1=\"{x}\" x2=\"{x}\" y1=\"{above:.1}\" y2=\"{below:.1}\"/>\n");
    format!(
        "<line class=\"reach\" x1=\"{from}\" x2=\"{to}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\n{}{}",
        foot(&from),
        foot(&to)
    )
}

/// The step of each point on the scale of colors; none where its third number is not told.
fn hues(points: &[Point]) -> Vec<Option<usize>> {
    let numbers: Vec<Option<f64>> = points.iter().map(|point| point.hue.as_ref()?.about()).collect();
    let known = || numbers.iter().flatten().copied();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let step = |n: f64| if high > low { ((n - low) / (high - low) * HUES as f64) as usize } else { 0 };
    numbers.iter().map(|n| n.map(|n| step(n).min(HUES - 1))).collect()
}

/// The scale of colors with its lowest and its highest number; nothing where there are no colors.
pub(super) fn key(name: &str, points: &[Point]) -> String {
    let mut known: Vec<(f64, &Cell)> =
        points.iter().filter_map(|point| point.hue.as_ref()).filter_map(|hue| Some((hue.about()?, hue))).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some((_, low)), Some((_, high))) = (known.first(), known.last()) else { return String::new() };
    let boxes: String = (0..HUES)
        .map(|i| format!("<rect class=\"hued h{i}\" x=\"{}\" y=\"1\" width=\"16\" height=\"10\"/>", i * 16 + 1))
        .collect();
    format!(
        "<p class=\"key\">{}: {} <svg class=\"key\" width=\"82\" height=\"12\" aria-hidden=\"true\">{boxes}</svg>{}</p>\n",
        escaped(name),
        escaped(&low.shown()),
        escaped(&high.shown())
    )
}

/// The points in words.
pub(super) fn told(points: &[Point]) -> String {
    let one = |point: &Point| {
        let remark = point.remark.map_or(String::new(), |remark| format!(" ({remark})"));
        format!("{} at {}{remark}", point.across.shown(), point.up.shown())
    };
    let mut told: Vec<String> = points.iter().take(TOLD).map(one).collect();
    told.extend((points.len() > TOLD).then(|| format!("and {} more", points.len() - TOLD)));
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Money, Share};

    fn point(hue: Option<u32>) -> Point {
        let hue = hue.map(Cell::from);
        let (across, up) = (Money::nearest(3.0).into(), Share::percent(4.0).into());
        Point { label: "a".into(), across, range: None, up, hue, remark: None }
    }

    #[test]
    fn colors_go_from_the_lowest_number_to_the_highest() {
        let points = [Some(10), None, Some(60), Some(20), Some(35)].map(point);
        assert_eq!(hues(&points), [Some(0), None, Some(4), Some(1), Some(2)]);
        assert!(key("grams", &points).starts_with("<p class=\"key\">grams: 10 <svg"));
        assert_eq!(hues(&[point(Some(3))]), [Some(0)]);
    }

    #[test]
    fn without_a_third_number_there_is_no_key() {
        assert_eq!((hues(&[point(None)]), key("", &[point(None)])), (vec![None], String::new()));
    }
}
