//! A response time as a distribution on an even grid, so that times in a row can be added and times side by side compared.
//!
//! Probability sits on the points 0, h, 2h, ... below the horizon; what takes longer is kept as one share, `later`. A
//! time between two points is split between them so that its mean is kept, which widens a distribution by at most a
//! quarter of h squared in variance. A percentile of what is built here, and of every convolution of it, is within one
//! step h of the true one for every term of the sum: the tests hold this.
use super::convolution::Convolver;
use super::general::Station;
use super::normal::Lognormal;
use super::remembered::Remembered;
use crate::units::{Factor, Quantity, Share, Span};
use std::sync::Arc;

/// The times a distribution can tell apart: steps up to a horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    horizon: Span,
    bins: usize,
}

impl Grid {
    /// The bins of [`Grid::to`]: a convolution takes a tenth of a millisecond.
    pub const USUAL_BINS: usize = 2048;
    /// `bins` steps up to `horizon`. Panics unless there are two bins and some time.
    pub fn new(horizon: Span, bins: usize) -> Self {
        assert!(bins >= 2 && !horizon.is_zero(), "a grid has two bins and some time");
        Self { horizon, bins }
    }
    /// The usual number of steps up to `horizon`; take some multiple of the promise.
    pub fn to(horizon: Span) -> Self {
        Self::new(horizon, Self::USUAL_BINS)
    }
    /// The time between two points: the error of a percentile.
    pub fn step(self) -> Span {
        self.horizon / self.bins as f64
    }
    /// Times from here on are told only as later.
    pub fn horizon(self) -> Span {
        self.horizon
    }
    /// How many steps there are.
    pub fn bins(self) -> usize {
        self.bins
    }
}

/// How long something takes, as a distribution on a [`Grid`].
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseTime {
    grid: Grid,
    /// The probability at each point of the grid.
    mass: Arc<[f64]>,
    /// The probability beyond the horizon.
    later: f64,
}

impl ResponseTime {
    /// No time at all.
    pub fn zero(grid: Grid) -> Self {
        Self::point(Span::ZERO, grid)
    }
    /// Always the same time.
    pub fn point(at: Span, grid: Grid) -> Self {
        let place = at / grid.step();
        let (below, part) = (place.floor(), place.fract());
        let mut mass = vec![0.0; grid.bins];
        if below < grid.bins as f64 {
            mass[below as usize] = 1.0 - part;
            if part > 0.0 && below as usize + 1 < grid.bins {
                mass[below as usize + 1] = part;
            }
        }
        Self::from_mass(grid, mass)
    }
    /// Lognormal, by its mean and squared coefficient of variation.
    pub fn lognormal(mean: Span, variability: Factor, grid: Grid) -> Self {
        if mean.is_zero() || variability == Factor::ZERO {
            return Self::point(mean, grid);
        }
        let law = Lognormal::of(mean / grid.step(), variability.get());
        Self::from_tail(grid, |t| law.exceeds(t))
    }
    /// Wait and service of a station. Where it is not stable, all of it is later than the horizon.
    pub fn from_station(station: &Station, grid: Grid) -> Self {
        Remembered::default().station(station, grid)
    }
    /// The wait alone, before service. Where the station is not stable, all of it is later than the horizon.
    pub(super) fn wait_at(station: &Station, grid: Grid) -> Self {
        if !station.is_stable() {
            return Self { grid, mass: vec![0.0; grid.bins].into(), later: 1.0 };
        }
        let wait = station.wait_tail(grid.step());
        Self::from_tail(grid, |t| wait.exceeds(t))
    }
    /// The grid it lives on.
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// First this, then `other`, independently: the distribution of the sum. Panics where the grids differ.
    pub fn then(&self, other: &Self) -> Self {
        self.then_by(other, &mut Convolver::default())
    }
    /// [`ResponseTime::then`] with the tables of an earlier one.
    pub(super) fn then_by(&self, other: &Self, convolver: &mut Convolver) -> Self {
        assert!(self.grid == other.grid, "times are added on one grid");
        Self::from_mass(self.grid, convolver.convolve(&self.mass, &other.mass))
    }
    /// Both at once, independently, until the slower is done. Panics where the grids differ.
    pub fn and(&self, other: &Self) -> Self {
        self.side_by_side(other, |one, two| one * two)
    }
    /// Both at once, independently, until the quicker is done. Panics where the grids differ.
    pub fn race(&self, other: &Self) -> Self {
        self.side_by_side(other, |one, two| 1.0 - (1.0 - one) * (1.0 - two))
    }
    /// As quick as the quicker of both at every share of requests: what neither beats. Panics where the grids differ.
    pub fn at_best(&self, other: &Self) -> Self {
        self.side_by_side(other, f64::max)
    }
    /// So many times as long, every time of it.
    pub fn stretched(&self, factor: Factor) -> Self {
        let mut mass = vec![0.0; self.grid.bins];
        for (i, m) in self.mass.iter().enumerate().filter(|(_, m)| **m > 0.0) {
            let place = i as f64 * factor.get();
            let (below, part) = (place.floor() as usize, place.fract());
            for (at, share) in [(below, 1.0 - part), (below.saturating_add(1), part)] {
                if let Some(sum) = mass.get_mut(at) {
                    *sum += m * share;
                }
            }
        }
        Self::from_mass(self.grid, mass)
    }
    /// One of several, each with its share. Panics unless the shares sum to one and the grids are the same.
    pub fn mixture(parts: &[(Share, &Self)]) -> Self {
        let whole: f64 = parts.iter().map(|(share, _)| share.as_part()).sum();
        assert!((whole - 1.0).abs() < 1e-9, "the shares of a mixture sum to one");
        let grid = parts[0].1.grid;
        let mut mass = vec![0.0; grid.bins];
        for (share, part) in parts {
            assert!(part.grid == grid, "times are mixed on one grid");
            mass.iter_mut().zip(part.mass.iter()).for_each(|(sum, m)| *sum += share.as_part() * m);
        }
        let later = parts.iter().map(|(share, part)| share.as_part() * part.later).sum();
        Self { grid, mass: mass.into(), later }
    }
    /// So many in a row; of a fraction of a call, one more with that probability.
    pub fn times(&self, calls: Factor) -> Self {
        Remembered::default().times(self, calls)
    }

    /// The time that a share `p` does not exceed. None where it lies beyond the horizon.
    pub fn percentile(&self, p: Share) -> Option<Span> {
        let mut done = 0.0;
        for (i, &m) in self.mass.iter().enumerate() {
            let before = done;
            done += m;
            if done >= p.as_part() - ROUNDING {
                let part = if i == 0 || m == 0.0 { 0.5 } else { ((p.as_part() - before) / m).clamp(0.0, 1.0) };
                return Some(self.grid.step() * (i as f64 - 0.5 + part));
            }
        }
        None
    }
    /// The probability to take longer than `t`. From the horizon on, the probability to be later than the horizon.
    pub fn exceeds(&self, t: Span) -> Share {
        let place = t / self.grid.step() + 0.5;
        let whole = place.floor().min(self.grid.bins as f64) as usize;
        let after: f64 = self.mass[whole..].iter().sum::<f64>() + self.later;
        let passed = if whole == 0 { 1.0 } else { place.fract() };
        Share::of_one(after - self.mass.get(whole).map_or(0.0, |m| m * passed))
    }
    /// The mean, as if what is later than the horizon ended there: never above the true mean.
    pub fn mean(&self) -> Span {
        let steps: f64 = self.mass.iter().enumerate().map(|(i, m)| i as f64 * m).sum();
        self.grid.step() * steps + self.later_share().of(self.grid.horizon)
    }
    /// The probability to be later than the horizon.
    pub fn later_share(&self) -> Share {
        Share::of_one(self.later)
    }

    /// What is not on the grid is later.
    fn from_mass(grid: Grid, mass: Vec<f64>) -> Self {
        let later = (1.0 - mass.iter().sum::<f64>()).max(0.0);
        Self { grid, mass: mass.into(), later: if later < ROUNDING { 0.0 } else { later } }
    }
    /// From the probability to exceed so many steps. The mean of the tail over each step (Simpson) is what the points up
    /// to its start leave over; so time between two points is split and the mean kept.
    fn from_tail(grid: Grid, tail: impl Fn(f64) -> f64) -> Self {
        let (mut mass, mut left, mut at_start) = (Vec::with_capacity(grid.bins), 1.0, tail(0.0));
        for i in 0..grid.bins {
            if at_start < NEVER {
                mass.push(left);
                mass.resize(grid.bins, 0.0);
                left = 0.0;
                break;
            }
            let at_end = tail(i as f64 + 1.0);
            let over_step = (at_start + 4.0 * tail(i as f64 + 0.5) + at_end) / 6.0;
            mass.push((left - over_step).max(0.0));
            (left, at_start) = (over_step.min(left), at_end);
        }
        Self { grid, mass: mass.into(), later: left }
    }
    /// Whether both are one and the same, and not only alike.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.mass, &other.mass)
    }
    fn side_by_side(&self, other: &Self, joint: impl Fn(f64, f64) -> f64) -> Self {
        assert!(self.grid == other.grid, "times are compared on one grid");
        let (mut one, mut two, mut before) = (0.0, 0.0, 0.0);
        let step = |(a, b): (&f64, &f64)| {
            one += a;
            two += b;
            let done = joint(one, two);
            let mass = (done - before).max(0.0);
            before = done;
            mass
        };
        let mass = self.mass.iter().zip(other.mass.iter()).map(step).collect();
        Self { grid: self.grid, mass, later: (1.0 - joint(1.0 - self.later, 1.0 - other.later)).max(0.0) }
    }
}

/// Sums of probabilities are only right to so much.
const ROUNDING: f64 = 1e-12;
/// What is rarer makes no difference to any sum; working it out is most of the work.
const NEVER: f64 = 1e-18;

#[cfg(test)]
#[path = "distribution_tests.rs"]
mod tests;
