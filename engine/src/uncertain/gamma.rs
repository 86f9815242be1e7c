//! The gamma distribution with a shifted origin, through three stated quantiles: tails lighter than the lognormal's.
use super::distribution::inverted;
use statrs::function::gamma::gamma_lr;

/// A shifted gamma variable: `X = origin + scale G`, with `scale` below zero where the longer side is the lower one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ShiftedGamma {
    origin: f64,
    scale: f64,
    shape: f64,
}

/// The most lopsided and the most even shape looked for. At the first the upper side is thousands of times the lower one.
const SHAPES: (f64, f64) = (0.1, 1e5);

fn quantile(shape: f64, p: f64) -> f64 {
    // The mean is the shape, the variance too; forty deviations beyond it the rest is nothing.
    inverted(|x| if x <= 0.0 { 0.0 } else { gamma_lr(shape, x) }, 0.0, shape + 40.0 * shape.sqrt() + 40.0, p)
}

impl ShiftedGamma {
    /// Through `low`, `mid` and `high` at the chances `tail`, one half and one less `tail`. None where no gamma is so
    /// lopsided.
    pub(super) fn through(low: f64, mid: f64, high: f64, tail: f64) -> Option<Self> {
        let (below, above) = (mid - low, high - mid);
        let (near, far) = if above < below { (above, below) } else { (below, above) };
        if near <= 0.0 {
            return None;
        }
        let sides = |shape: f64| {
            let middle = quantile(shape, 0.5);
            (middle - quantile(shape, tail), quantile(shape, 1.0 - tail) - middle)
        };
        let wanted = (far / near).ln();
        let too_even = |shape: f64| {
            let (near, far) = sides(shape);
            (far / near).ln() < wanted
        };
        let (mut low_shape, mut high_shape) = (SHAPES.0.ln(), SHAPES.1.ln());
        if too_even(SHAPES.0) {
            return None;
        }
        for _ in 0..60 {
            let middle = f64::midpoint(low_shape, high_shape);
            (low_shape, high_shape) = if too_even(middle.exp()) { (low_shape, middle) } else { (middle, high_shape) };
        }
        let shape = f64::midpoint(low_shape, high_shape).exp();
        let (near_side, far_side) = sides(shape);
        // Both sides together settle the scale, so that the ends are kept where no shape is even enough for the middle.
        let scale = ((near + far) / (near_side + far_side)).copysign(above - below);
        let origin =
            if scale > 0.0 { low - scale * quantile(shape, tail) } else { high - scale * quantile(shape, tail) };
        Some(Self { origin, scale, shape })
    }
    pub(super) fn quantile(self, p: f64) -> f64 {
        let p = if self.scale > 0.0 { p } else { 1.0 - p };
        self.origin + self.scale * quantile(self.shape, p)
    }
    pub(super) fn cumulative(self, x: f64) -> f64 {
        let standard = (x - self.origin) / self.scale;
        let below = if standard <= 0.0 { 0.0 } else { gamma_lr(self.shape, standard) };
        if self.scale > 0.0 { below } else { 1.0 - below }
    }
}
