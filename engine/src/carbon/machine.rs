//! What a machine draws, and its part of what making its host emitted.
use super::coefficients::{LIFETIME, MEMORY, PROCESSOR_SCALE};
use crate::catalog::Shape;
use crate::units::{Mass, Power, Quantity, Share, Span};

/// Machines of one shape that run for a part of the month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machines<'s> {
    /// Their shape.
    pub shape: &'s Shape,
    /// How many, on the mean of the month.
    pub number: f64,
    /// How busy their processors are while they run, on the mean.
    pub used: Share,
}

/// What one machine draws with its processors so busy; none where nobody says what its processors draw.
///
/// The power of a processor rises in a straight line from idle to full, as P1 takes it; memory draws the same whatever
/// is done.
pub fn draws(shape: &Shape, used: Share) -> Option<Power> {
    let chip = shape.power.as_deref()?;
    let each = chip.idle + chip.full.less(chip.idle) * used.as_part();
    Some(each * (shape.vcpus.as_vcpus() * PROCESSOR_SCALE.get()) + MEMORY * shape.memory.as_gib())
}

/// The part of making its host that a month of one machine bears; none where nobody says.
pub fn made(shape: &Shape) -> Option<Mass> {
    let each = shape.power.as_deref()?.embodied?;
    Some(each * (shape.vcpus.as_vcpus() * (Span::months(1.0).base() / LIFETIME.base())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Basis, MachinePower, Provenance};
    use crate::units::{Compute, Data, Money};
    use std::sync::Arc;

    #[test]
    fn a_machine_draws_by_its_processors_and_its_memory() {
        let provenance = Provenance {
            table: "machine_power".into(),
            source: "P1".into(),
            as_of: jiff::civil::date(2026, 4, 24),
            derived: false,
            note: None,
        };
        let plain = Shape::plain("m7g.large", Compute::vcpus(2.0), Data::gib(8.0), Money::ZERO, provenance.clone());
        assert_eq!(draws(&plain, Share::NONE), None, "nothing is known of its processors");
        let chip = MachinePower {
            processor: "Graviton3".into(),
            basis: Basis::Documented,
            idle: Power::watts(0.5),
            full: Power::watts(1.5),
            embodied: Some(Mass::kilograms(14.4)),
            provenance,
        };
        let shape = Shape { power: Some(Arc::new(chip)), ..plain };
        let watts = |used: f64| draws(&shape, Share::percent(used)).map(Power::as_watts);
        // 2 vCPU x 1.9 x (0.5 to 1.5 W) + 8 GiB x 0.4 W.
        assert!((watts(0.0).unwrap() - 5.1).abs() < 1e-12);
        assert!((watts(50.0).unwrap() - 7.0).abs() < 1e-12);
        assert!((watts(100.0).unwrap() - 8.9).abs() < 1e-12);
        // 2 vCPU x 14.4 kg over 48 months of 730 hours.
        assert!((made(&shape).unwrap().as_grams() - 600.0).abs() < 1e-9);
    }
}
