//! What `fixtures/generate_requests.py` was told to make.

pub(super) const LEVEL: f64 = 20.0;
pub(super) const GROWTH_PERCENT: f64 = 40.0;
pub(super) const YEARS: f64 = 70.0 / 365.0;
/// The first step of an hour brings 1.25 of its mean. Steps are off by 2 % each, and so is the mean by a little:
/// their ratio is off by 0.02 sqrt((1 - 1.25/12)^2 + 11 (0.977/12)^2) = 1.87 %, and 95 % of the hours stay within
/// 1.645 times that.
pub(super) const BURST: f64 = 1.25 * 1.0312;

/// The multiple of the mean in an hour of the week.
pub(super) fn weight(hour: usize) -> f64 {
    let raw = |hour: usize| {
        let angle = std::f64::consts::TAU * ((hour % 24) as f64 - 14.0) / 24.0;
        (1.0 + 0.6 * angle.cos()) * if hour / 24 >= 5 { 0.55 } else { 1.0 }
    };
    raw(hour) * 168.0 / (0..168).map(raw).sum::<f64>()
}
/// Growth since the start, so many years on.
pub(super) fn grown(years: f64) -> f64 {
    (1.0 + GROWTH_PERCENT / 100.0).powf(years)
}
