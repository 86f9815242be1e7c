//! The frame of a drawing: how tall it is, its lines and their names. Across, everything stands at parts of the width, so that
//! a drawing is as wide as its page and its letters keep their size.
use super::escape::escaped;
use super::places::Tick;
use super::scale::Scale;
use std::fmt::Write;

/// The height of the plot of lines and stacks.
pub(super) const HEIGHT: f64 = 220.0;
/// What stays free above it, for marks and for half of the highest tick's name.
pub(super) const ABOVE: f64 = 26.0;
/// The rows of names below it.
const BELOW: f64 = 42.0;

/// How far down a value stands.
pub(super) fn down(scale: &Scale, n: f64) -> f64 {
    ABOVE + HEIGHT * (1.0 - scale.part(n))
}

/// The horizontal lines of an upright plot with their values, and the names of the places below.
pub(super) fn upright(scale: &Scale, ticks: &[Tick], name: &str) -> String {
    let mut out = String::new();
    for (part, text) in scale.ticks() {
        let y = ABOVE + HEIGHT * (1.0 - part);
        let class = class(scale, part);
        writeln!(out, "<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>").expect(WRITES);
        let y = y + 4.0;
        writeln!(out, "<text class=\"end\" x=\"-8\" y=\"{y:.1}\">{}</text>", escaped(&text)).expect(WRITES);
    }
    let y = ABOVE + HEIGHT + 18.0;
    for tick in ticks {
        // The values at the left leave room for half of a name.
        out.push_str(&below(tick, "middle", y));
    }
    let y = y + 19.0;
    writeln!(out, "<text class=\"end name\" x=\"100%\" y=\"{y:.1}\">{}</text>", escaped(name)).expect(WRITES);
    out
}

/// The vertical lines of a lying plot with their values below.
pub(super) fn lying(scale: &Scale, height: f64) -> String {
    let ticks = scale.ticks();
    let longest = ticks.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for (i, (part, text)) in ticks.into_iter().enumerate() {
        let (class, x) = (class(scale, part), percent(part));
        // Where bars begin at the very left, they and their names make the line.
        if part > 0.0 {
            writeln!(out, "<line class=\"{class}\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{height:.1}\"/>").expect(WRITES);
        }
        out.push_str(&below(&Tick { part, text, is_spare: longest > 5 && i % 2 == 1 }, "start", height + 16.0));
    }
    out
}

/// The line of nothing is darker than the others.
fn class(scale: &Scale, part: f64) -> &'static str {
    if (part - scale.part(0.0)).abs() < 1e-9 { "zero" } else { "grid" }
}

/// The name of a place, kept inside the drawing at its right end, and leaning as told at its left.
fn below(tick: &Tick, at_left: &str, y: f64) -> String {
    let side = match tick.part {
        part if part < 0.04 => at_left,
        part if part > 0.96 => "end",
        _ => "middle",
    };
    let spare = if tick.is_spare { " spare" } else { "" };
    format!("<text class=\"{side}{spare}\" x=\"{}\" y=\"{y:.1}\">{}</text>\n", percent(tick.part), escaped(&tick.text))
}

/// A part of the width.
pub(super) fn percent(part: f64) -> String {
    format!("{:.2}%", part * 100.0)
}

/// The height of a whole upright drawing.
pub(super) const fn upright_height() -> f64 {
    ABOVE + HEIGHT + BELOW
}

pub(super) const WRITES: &str = "strings can be written to";
