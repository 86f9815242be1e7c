//! A chart with its title, its key and its numbers.
use super::bars::{bars, waterfall};
use super::escape::escaped;
use super::lines::{color, dash, lines};
use super::points::{self, points};
use super::stacks::{drawing, stacks};
use super::table;
use crate::report::{Bar, Cell, Chart, Guide, Line, Mark, Plot};

/// So many bars are told to those who cannot see them; the table has all.
const TOLD: usize = 12;

/// Renders a chart; `id` is its own on the page.
pub(super) fn render(chart: &Chart, id: &str) -> String {
    let drawn = match &chart.plot {
        Plot::Bars(all) => bars(all),
        Plot::Waterfall { from, steps, to } => waterfall(from, steps, to),
        Plot::Lines { along, lines: all, marks, guides } => lines(along, all, marks, guides),
        Plot::Points { across, points: all, .. } => points(across, all),
        Plot::Stacks { along, layers } => stacks(along, layers),
    };
    let upright = matches!(chart.plot, Plot::Lines { .. } | Plot::Points { .. } | Plot::Stacks { .. });
    let svg = drawn.map_or(String::new(), |(drawing, height)| {
        format!(
            "<svg class=\"{}\" width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\">\n\
             <title id=\"{id}t\">{}</title>\n<desc id=\"{id}d\">{}</desc>\n{drawing}</svg>\n",
            if upright { "chart upright" } else { "chart" },
            escaped(&chart.title),
            escaped(&description(chart))
        )
    });
    format!(
        "<figure>\n<figcaption>{} <small>{}</small></figcaption>\n{}{svg}{}<details>\n<summary>The numbers</summary>\n{}</details>\n\
         </figure>\n",
        escaped(&chart.title),
        escaped(&chart.measured),
        key(chart),
        marks(chart),
        table::render(&chart.table(), &chart.title, None)
    )
}

/// What each color and dash stands for, where there are several.
fn key(chart: &Chart) -> String {
    const LINE: &str = "<line x1=\"0\" x2=\"26\" y1=\"5\" y2=\"5\"/>";
    const BOX: &str = "<rect x=\"7\" width=\"12\" height=\"10\"/>";
    let entries: Vec<(String, String, &str)> = match &chart.plot {
        Plot::Lines { lines, .. } => {
            let entry = |(i, line): (usize, &Line)| (line.name.clone(), format!("line {} {}", color(i), dash(i)), LINE);
            lines.iter().enumerate().map(entry).collect()
        }
        // The last stands at the top.
        Plot::Stacks { layers, .. } => {
            let entry = |(name, color): (String, &str)| (name, format!("fill {color}"), BOX);
            drawing(layers).names.into_iter().map(entry).rev().collect()
        }
        Plot::Points { hues, points: all, .. } => return points::key(hues, all),
        Plot::Bars(_) | Plot::Waterfall { .. } => Vec::new(),
    };
    if entries.len() < 2 {
        return String::new();
    }
    let item = |(name, class, shape): (String, String, &str)| {
        format!(
            "<li><svg class=\"key\" width=\"26\" height=\"10\" aria-hidden=\"true\"><g class=\"{class}\">{shape}</g></svg>{}</li>\n",
            escaped(&name)
        )
    };
    format!("<ul class=\"key\">\n{}</ul>\n", entries.into_iter().map(item).collect::<String>())
}

fn marks(chart: &Chart) -> String {
    let Plot::Lines { along, marks, .. } = &chart.plot else { return String::new() };
    if marks.is_empty() {
        return String::new();
    }
    let item = |mark: &Mark| {
        let place = match along.at.get(mark.at) {
            Some(place @ (Cell::Text(_) | Cell::Date(_) | Cell::Time(_))) => place.shown(),
            Some(place) => format!("{} {}", along.name, place.shown()),
            None => along.name.clone(),
        };
        format!("<li>{}: {}</li>\n", escaped(&place), escaped(&mark.label))
    };
    format!("<ol class=\"marks\">\n{}</ol>\n", marks.iter().map(item).collect::<String>())
}

/// What a drawing shows, in words.
fn description(chart: &Chart) -> String {
    let amounts = |bars: &mut dyn Iterator<Item = &Bar>| {
        let mut told: Vec<String> = bars.map(|bar| format!("{} {}", bar.label, bar.value.shown())).collect();
        let more = told.len().saturating_sub(TOLD);
        told.truncate(TOLD);
        told.extend((more > 0).then(|| format!("and {more} more")));
        told.join(", ")
    };
    let courses = |named: &mut dyn Iterator<Item = (&String, &Vec<Cell>)>| {
        named.map(|(name, values)| format!("{name} {}", course(values))).collect::<Vec<_>>().join("; ")
    };
    let what = match &chart.plot {
        Plot::Bars(bars) => format!("bars: {}", amounts(&mut bars.iter())),
        Plot::Waterfall { from, steps, to } => {
            format!("from {} over {} to {}", told(from), amounts(&mut steps.iter()), told(to))
        }
        Plot::Lines { along, lines, guides, .. } => {
            let guides: String = guides.iter().map(guide).collect();
            format!("lines by {}: {}{guides}", along.name, courses(&mut lines.iter().map(|l| (&l.name, &l.values))))
        }
        Plot::Points { across, points, .. } => format!("points by {across}: {}", points::told(points)),
        Plot::Stacks { along, layers } => {
            format!("stacks by {}: {}", along.name, courses(&mut layers.iter().map(|l| (&l.name, &l.values))))
        }
    };
    format!("{}, {what}. The table below has every number.", chart.measured)
}

fn told(bar: &Bar) -> String {
    format!("{} {}", bar.label, bar.value.shown())
}

fn guide(guide: &Guide) -> String {
    let (Guide::Level(at, label) | Guide::Place(at, label)) = guide;
    format!("; {label} at {}", at.shown())
}

/// From where to where a line goes.
fn course(values: &[Cell]) -> String {
    let mut known = values.iter().filter(|cell| cell.about().is_some());
    match (known.next(), known.next_back()) {
        (Some(first), Some(last)) => format!("from {} to {}", first.shown(), last.shown()),
        (Some(only), None) => only.shown(),
        _ => "unknown".to_owned(),
    }
}
