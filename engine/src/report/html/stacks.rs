//! Amounts on top of each other.
use super::bars::Drawn;
use super::frame::{self, HEIGHT, WRITES, percent};
use super::lines::color;
use super::places::Places;
use super::scale::Scale;
use crate::report::{Axis, Layer};
use std::fmt::Write;

/// So many colors are told apart; smaller layers are drawn as one.
const MOST: usize = 7;
/// The part of its slot that a stack takes.
const FILLED: f64 = 0.72;

/// What is drawn of layers: their names with their colors, and the amounts.
pub(super) struct Drawing {
    pub(super) names: Vec<(String, &'static str)>,
    amounts: Vec<Vec<f64>>,
}

/// The layers, the smallest together where there are too many.
pub(super) fn drawing(layers: &[Layer]) -> Drawing {
    let amounts = |layer: &Layer| layer.values.iter().map(|cell| cell.about().unwrap_or(0.0).max(0.0)).collect();
    let all: Vec<Vec<f64>> = layers.iter().map(amounts).collect();
    let sum = |i: usize| all[i].iter().sum::<f64>();
    let mut by_size: Vec<usize> = (0..layers.len()).collect();
    by_size.sort_by(|a, b| sum(*b).total_cmp(&sum(*a)));
    let many = layers.len() > MOST;
    let mut kept: Vec<usize> = by_size.iter().copied().take(if many { MOST - 1 } else { MOST }).collect();
    kept.sort_unstable();
    let mut names: Vec<(String, &'static str)> =
        kept.iter().enumerate().map(|(i, layer)| (layers[*layer].name.clone(), color(i))).collect();
    let mut drawn: Vec<Vec<f64>> = kept.iter().map(|i| all[*i].clone()).collect();
    if many {
        let rest: Vec<&Vec<f64>> = by_size[MOST - 1..].iter().map(|i| &all[*i]).collect();
        names.push((format!("{} others", rest.len()), "c7"));
        let places = all.first().map_or(0, Vec::len);
        drawn.push((0..places).map(|at| rest.iter().map(|amounts| amounts[at]).sum()).collect());
    }
    Drawing { names, amounts: drawn }
}

pub(super) fn stacks(along: &Axis, layers: &[Layer]) -> Option<Drawn> {
    let drawing = drawing(layers);
    let total = |at: usize| drawing.amounts.iter().map(|amounts| amounts[at]).sum::<f64>();
    let most = (0..along.at.len()).map(total).fold(0.0, f64::max);
    let scale = Scale::spanning(0.0, most, layers.iter().flat_map(|layer| &layer.values))?;
    let places = Places::in_slots(along);
    let width = FILLED / along.at.len().max(1) as f64;
    let mut out = frame::upright(&scale, &places.ticks, &along.name);
    for (at, part) in places.parts.iter().enumerate() {
        let mut level = 0.0;
        for (amounts, (_, color)) in drawing.amounts.iter().zip(&drawing.names) {
            let top = frame::down(&scale, level + amounts[at]);
            let height = HEIGHT * (scale.part(amounts[at]) - scale.part(0.0));
            level += amounts[at];
            if height > 0.0 {
                let (x, width) = (percent(part - width / 2.0), percent(width));
                writeln!(
                    out,
                    "<rect class=\"fill layer {color}\" x=\"{x}\" width=\"{width}\" y=\"{top:.2}\" height=\"{height:.2}\"/>"
                )
                .expect(WRITES);
            }
        }
    }
    Some((out, frame::upright_height()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Cell;

    fn layer(name: &str, n: u64) -> Layer {
        Layer { name: name.into(), values: vec![Cell::Count(n), Cell::Unknown] }
    }

    #[test]
    fn the_smallest_of_too_many_layers_are_drawn_together() {
        let layers: Vec<Layer> = (1..=9).map(|n| layer(&format!("l{n}"), n)).collect();
        let drawing = drawing(&layers);
        let names: Vec<&str> = drawing.names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["l4", "l5", "l6", "l7", "l8", "l9", "3 others"]);
        assert_eq!(drawing.amounts[6], [1.0 + 2.0 + 3.0, 0.0]);
    }
}
