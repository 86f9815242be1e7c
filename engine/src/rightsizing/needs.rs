//! From the work of a resource to what a size has to have.
use super::RightsizeOptions;
use super::careful::{self, Careful};
use super::demand::Demand;
use super::dimension::{Dimension, Need};
use crate::catalog::Shape;
use crate::units::Share;

/// What every measured dimension needs, of the whole resource, and what of it there is today.
pub(super) fn needs(demand: &Demand, options: &RightsizeOptions, has: impl Fn(Dimension) -> Option<f64>) -> Vec<Need> {
    let of = |(dimension, series): (Dimension, &crate::series::Series)| {
        let careful = Careful::of(dimension, options);
        let (expected, needed) = careful::expected_and_needed(series, careful)?;
        Some(Need {
            dimension,
            mean: dimension.measure(demand.mean(dimension)?),
            peak: dimension.measure(demand.peak(dimension)?),
            expected: dimension.measure(expected),
            headroom: careful.headroom(),
            needs: dimension.measure(needed),
            has: has(dimension).map(|base| dimension.measure(base)),
        })
    };
    demand.dimensions().filter_map(of).collect()
}

/// The dimensions that nobody measured.
pub(super) fn unmeasured(demand: &Demand, is_burstable: bool) -> Vec<Dimension> {
    let measured = |dimension: Dimension| match dimension {
        Dimension::BurstCredits => demand.credits.is_some(),
        other => demand.series(other).is_some(),
    };
    let concerns = |dimension: &Dimension| *dimension != Dimension::BurstCredits || is_burstable;
    Dimension::ALL.into_iter().filter(concerns).filter(|dimension| !measured(*dimension)).collect()
}

/// The dimension that is fullest on so many of a shape, and how full; none where none is known on both sides.
pub(super) fn fullest(needs: &[Need], shape: &Shape, count: u32) -> Option<(Dimension, f64)> {
    let full = |need: &Need| {
        let has = need.dimension.of(shape)?.base() * f64::from(count);
        (has > 0.0).then(|| (need.dimension, need.needs.base() / has))
    };
    needs.iter().filter_map(full).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The dimensions whose risk is told: those that a size is passed in, and that have no buffer of their own.
const RISKY: [Dimension; 2] = [Dimension::Cpu, Dimension::Memory];

fn risk_of(
    dimension: Dimension,
    demand: &Demand,
    shape: &Shape,
    count: u32,
    options: &RightsizeOptions,
) -> Option<Share> {
    let has = dimension.of(shape)?.base() * f64::from(count);
    careful::risk(demand.series(dimension)?, has, options.period)
}

/// The chance that the work passes so many of a shape over the next period, in processors or memory. As if both went
/// together, the larger; none where the history is too short for either.
pub(super) fn risk(demand: &Demand, shape: &Shape, count: u32, options: &RightsizeOptions) -> Option<Share> {
    RISKY.into_iter().filter_map(|dimension| risk_of(dimension, demand, shape, count, options)).reduce(Share::max_of)
}

/// Whether that chance is one that is taken.
pub(super) fn is_taken(risk: Option<Share>, options: &RightsizeOptions) -> bool {
    options.most_risk.zip(risk).is_none_or(|(most, risk)| risk <= most)
}
