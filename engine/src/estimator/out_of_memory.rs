//! How much more memory is called for by a process that was killed for lack of it.
use crate::units::{Data, Factor, Quantity};

/// The larger of so much more and so many times as much: what was used when memory ran out is only what there was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutOfMemory {
    /// At least so much more.
    pub more: Data,
    /// At least so many times as much.
    pub times: Factor,
}

impl OutOfMemory {
    /// The Vertical Pod Autoscaler: 100 MiB more or 1.2 times as much (kubernetes/autoscaler 55c37cd5).
    pub const VPA: Self = Self { more: Data::mib(100.0), times: Factor::of(1.2) };
    /// KRR with `--use-oomkill-data`: 1.25 times as much (robusta-dev/krr d6baa74).
    pub const KRR: Self = Self { more: Data::ZERO, times: Factor::of(1.25) };

    /// What is needed where so much was used when memory ran out.
    pub fn needed(self, used: Data) -> Data {
        Quantity::max(used + self.more, used * self.times.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_autoscalers_bumps() {
        let bumps = [
            (52_428_800.0, 157_286_400.0),
            (419_430_400.0, 524_288_000.0),
            (524_288_000.0, 629_145_600.0),
            (629_145_600.0, 754_974_720.0),
            (4_294_967_296.0, 5_153_960_755.2),
        ];
        for (used, needed) in bumps {
            assert_eq!(OutOfMemory::VPA.needed(Data::bytes(used)).as_bytes(), needed);
        }
        assert_eq!(OutOfMemory::KRR.needed(Data::gb(1.0)), Data::gb(1.25));
    }
}
