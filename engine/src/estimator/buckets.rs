//! Buckets of amounts, each a little wider than the one before.
use crate::units::{Quantity, Share};

/// Buckets from zero on: the first of a given width, each next one wider by a share, the last without an end.
///
/// As in the Vertical Pod Autoscaler (kubernetes/autoscaler 55c37cd5, `histogram_options.go`): bucket `n` starts at
/// `first ((1 + growth)^n - 1) / growth`. Without growth all are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Buckets<Q> {
    /// The width of the first.
    pub first: Q,
    /// How much wider each next one is.
    pub growth: Share,
    /// The start of the last is the first one at or above this.
    pub largest: Q,
}

impl<Q: Quantity> Buckets<Q> {
    /// How many there are.
    pub fn count(self) -> usize {
        let (first, largest) = (self.first.base(), self.largest.base());
        let ratio = 1.0 + self.growth.as_part();
        if self.growth == Share::NONE {
            return (largest / first).ceil() as usize + 1;
        }
        ((largest * (ratio - 1.0) / first + 1.0).ln() / ratio.ln()).ceil() as usize + 1
    }
    /// Where bucket `n` starts.
    pub fn start(self, n: usize) -> Q {
        let ratio = 1.0 + self.growth.as_part();
        let first = self.first.base();
        Q::from_base(match (n, self.growth == Share::NONE) {
            (0, _) => 0.0,
            (n, true) => first * n as f64,
            (n, false) => first * (ratio.powf(n as f64) - 1.0) / (ratio - 1.0),
        })
    }
    /// The bucket of an amount.
    pub fn find(self, amount: Q) -> usize {
        let (first, amount) = (self.first.base(), amount.base());
        if amount < first {
            return 0;
        }
        let ratio = 1.0 + self.growth.as_part();
        let place = if self.growth == Share::NONE {
            amount / first
        } else {
            (amount * (ratio - 1.0) / first + 1.0).ln() / ratio.ln()
        };
        (place as usize).min(self.count() - 1)
    }
    /// Where bucket `n` ends; the last, which has no end, is told by its start.
    pub fn end(self, n: usize) -> Q {
        self.start(if n + 1 < self.count() { n + 1 } else { n })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Compute, Data};

    pub(super) const CPU: Buckets<Compute> =
        Buckets { first: Compute::vcpus(0.01), growth: Share::percent(5.0), largest: Compute::vcpus(1000.0) };
    const MEMORY: Buckets<Data> =
        Buckets { first: Data::bytes(1e7), growth: Share::percent(5.0), largest: Data::bytes(1e12) };

    #[test]
    fn they_are_those_of_the_autoscaler() {
        // kubernetes/autoscaler 55c37cd5, defaults of the recommender.
        assert_eq!((CPU.count(), MEMORY.count()), (176, 176));
        let starts = [
            (0, 0.0),
            (1, 0.01),
            (2, 0.020_499_999_999_999_987),
            (10, 0.125_778_925_355_488_3),
            (50, 2.093_479_957_150_738),
            (100, 26.100_251_569_260_78),
            (175, 1_021.109_408_904_865),
        ];
        for (n, start) in starts {
            assert_eq!(CPU.start(n).as_vcpus(), start, "{n}");
        }
        let starts = [
            (1, 10_000_000.0),
            (2, 20_499_999.999_999_99),
            (10, 125_778_925.355_488_29),
            (50, 2_093_479_957.150_738_2),
            (100, 26_100_251_569.260_78),
            (175, 1_021_109_408_904.865),
        ];
        for (n, start) in starts {
            assert_eq!(MEMORY.start(n).as_bytes(), start, "{n}");
        }
    }

    #[test]
    fn amounts_fall_into_them_as_in_the_autoscaler() {
        let cpu = [
            (0.0, 0),
            (0.005, 0),
            (0.01, 1),
            (0.0205, 1),
            (0.1, 8),
            (0.5, 25),
            (1.0, 36),
            (2.0, 49),
            (8.0, 76),
            (64.0, 118),
            (2000.0, 175),
        ];
        for (amount, n) in cpu {
            assert_eq!(CPU.find(Compute::vcpus(amount)), n, "{amount}");
        }
        let memory = [(5e6, 0), (1e7, 1), (1e8, 8), (2.5e8, 16), (1e9, 36), (4e9, 62), (1e11, 127), (5e12, 175)];
        for (amount, n) in memory {
            assert_eq!(MEMORY.find(Data::bytes(amount)), n, "{amount}");
        }
    }

    #[test]
    fn the_autoscalers_own_test_holds() {
        // Its test of exponential options: 500, 40, 1.5.
        let of_test =
            Buckets { first: Compute::vcpus(40.0), growth: Share::percent(50.0), largest: Compute::vcpus(500.0) };
        let starts: Vec<_> = (0..of_test.count()).map(|n| of_test.start(n).as_vcpus()).collect();
        assert_eq!(starts, [0.0, 40.0, 100.0, 190.0, 325.0, 527.5]);
        let found = [0.0, 39.99, 40.0, 100.0, 900.0].map(|v| of_test.find(Compute::vcpus(v)));
        assert_eq!(found, [0, 0, 1, 2, 5]);
        assert_eq!((of_test.end(0).as_vcpus(), of_test.end(5).as_vcpus()), (40.0, 527.5));
    }
}
