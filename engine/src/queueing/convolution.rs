//! Convolution of two probability vectors of the same length, kept to that length.
//!
//! Directly where one of them is mostly empty; else by one complex Fourier transform of both, as its real and imaginary
//! part (J. W. Cooley, P. A. W. Lewis, P. D. Welch, "The fast Fourier transform algorithm", 1970).
use rustfft::{Fft, FftPlanner, num_complex::Complex64};
use std::sync::Arc;

/// Keeps the tables of its last length.
#[derive(Default)]
pub(super) struct Convolver {
    plan: Option<Plan>,
}

struct Plan {
    forward: Arc<dyn Fft<f64>>,
    inverse: Arc<dyn Fft<f64>>,
    joint: Vec<Complex64>,
    product: Vec<Complex64>,
    scratch: Vec<Complex64>,
}

impl Convolver {
    /// The first `one.len()` entries of the convolution.
    pub(super) fn convolve(&mut self, one: &[f64], two: &[f64]) -> Vec<f64> {
        let filled = |mass: &[f64]| mass.iter().filter(|m| **m != 0.0).count();
        let (few, many) = if filled(one) <= filled(two) { (one, two) } else { (two, one) };
        if filled(few) <= SPARSE { sparsely(few, many) } else { self.by_transform(one, two) }
    }

    fn by_transform(&mut self, one: &[f64], two: &[f64]) -> Vec<f64> {
        let size = (2 * one.len()).next_power_of_two();
        let plan = self.plan.take().filter(|plan| plan.joint.len() == size).unwrap_or_else(|| Plan::new(size));
        let plan = self.plan.insert(plan);
        plan.joint.fill(Complex64::ZERO);
        for ((joint, &re), &im) in plan.joint.iter_mut().zip(one).zip(two) {
            *joint = Complex64::new(re, im);
        }
        plan.forward.process_with_scratch(&mut plan.joint, &mut plan.scratch);
        // With Z the transform of a + ib: A B at k is (Z(k)^2 - conj(Z(-k))^2) / 4i.
        let scale = Complex64::new(0.0, -0.25 / size as f64);
        for (k, product) in plan.product.iter_mut().enumerate() {
            let mirrored = plan.joint[(size - k) % size].conj();
            *product = (plan.joint[k] * plan.joint[k] - mirrored * mirrored) * scale;
        }
        plan.inverse.process_with_scratch(&mut plan.product, &mut plan.scratch);
        plan.product[..one.len()].iter().map(|p| p.re.max(0.0)).collect()
    }
}

impl Plan {
    fn new(size: usize) -> Self {
        let mut planner = FftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
        let scratch = forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len());
        Self {
            forward,
            inverse,
            joint: vec![Complex64::ZERO; size],
            product: vec![Complex64::ZERO; size],
            scratch: vec![Complex64::ZERO; scratch],
        }
    }
}

/// Up to so many filled entries, adding shifted copies is quicker than transforming.
const SPARSE: usize = 24;

fn sparsely(few: &[f64], many: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; many.len()];
    for (shift, &weight) in few.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
        sum[shift..].iter_mut().zip(many).for_each(|(s, m)| *s += weight * m);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_gives_what_adding_shifted_copies_gives() {
        let one: Vec<f64> = (0..300).map(|i| 0.1 * 0.9_f64.powi(i)).collect();
        let two: Vec<f64> = (0..300).map(|i| f64::from(i % 7) / 1000.0).collect();
        let mut convolver = Convolver::default();
        let (direct, transformed) = (sparsely(&one, &two), convolver.by_transform(&one, &two));
        assert!(direct.iter().zip(&transformed).all(|(d, t)| (d - t).abs() < 1e-15));
        assert_eq!(convolver.by_transform(&one, &two), transformed, "the tables are as good the second time");
    }
}
