//! The work of processors by what the requests ask for.
use crate::series::{Series, combined};
use crate::signal::line::{Noise, Points, Through, line};
use std::fmt;

/// What a request asks of the processors, and what they do without any.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerRequest {
    /// Busy processors without a request.
    pub(crate) base: f64,
    /// Processor seconds a request.
    pub(crate) seconds: f64,
    /// The part of the variance that it explains.
    pub(crate) r2: f64,
}

/// Fewer steps show no line.
const STEPS: usize = 30;
/// Below it throughput does not explain the work: something else is done too. At a half, work that is mostly other things
/// would be sized by its smaller part.
const EXPLAINED: f64 = 0.8;

impl PerRequest {
    /// The line of busy processors over requests, by least squares; none where it does not explain the work.
    /// The utilization law: P. J. Denning and J. P. Buzen, "The Operational Analysis of Queueing Network Models", 1978.
    pub(super) fn of(cpu: &Series, requests: &Series) -> Option<Self> {
        let pairs = pairs(cpu, requests);
        if pairs.len() < STEPS {
            return None;
        }
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let points = Points { x: &x, y: &y, weights: None, instrument: None };
        let line = line(&points, Through::Anywhere, Noise::Apart)?;
        let law = Self { base: line.base.value.max(0.0), seconds: line.slope.value, r2: line.r_squared };
        (law.seconds > 0.0 && law.r2 >= EXPLAINED).then_some(law)
    }
    /// The work that these requests ask for: what was measured where that is more, for a request may cost more at a peak.
    pub(super) fn work(&self, cpu: &Series, requests: &Series) -> Option<Series> {
        combined("cpu", &[cpu, requests], |row| row[0].max(self.base + self.seconds * row[1]))
    }
}

impl fmt::Display for PerRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} CPU ms a request on the reference core, R2 {:.3}", self.seconds * 1e3, self.r2)
    }
}

/// Both values of each step that has both.
fn pairs(cpu: &Series, requests: &Series) -> Vec<(f64, f64)> {
    let side = |at: usize| combined("side", &[requests, cpu], move |row| row[at]);
    let (Some(x), Some(y)) = (side(0), side(1)) else { return Vec::new() };
    x.iter().zip(y.iter()).filter_map(|((_, x), (_, y))| Some((x?, y?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Point, Time};

    fn series(value: impl Fn(i64) -> f64) -> Series {
        let points = (0..200).map(|i| Point::new(Time::unix_seconds(i * 300), Some(value(i)))).collect();
        Series::from_points("v", points).unwrap()
    }

    #[test]
    fn the_work_of_a_request_is_the_slope() {
        let requests = series(|i| 100.0 + (i % 24) as f64 * 10.0);
        let cpu = series(|i| 0.5 + 0.02 * (100.0 + (i % 24) as f64 * 10.0));
        let law = PerRequest::of(&cpu, &requests).unwrap();
        assert!((law.seconds - 0.02).abs() < 1e-12 && (law.base - 0.5).abs() < 1e-9 && law.r2 > 0.999);
        assert_eq!(PerRequest::of(&series(|_| 1.0), &requests), None, "level work says nothing of requests");
        assert_eq!(PerRequest::of(&series(|i| (i * 37 % 11) as f64), &requests), None, "other work is done too");
    }
}
