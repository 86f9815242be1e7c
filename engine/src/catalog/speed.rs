//! How fast one vCPU is.
use crate::units::Factor;
use std::fmt;

/// What a speed rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// In the table of measured clock and instructions-per-clock factors.
    Measured,
    /// From the provider's statement of processor and clock.
    Documented,
    /// Nobody says; see the note.
    Assumed,
    /// Stated in the workload file.
    Stated,
}

impl Basis {
    /// The name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Documented => "documented",
            Self::Assumed => "assumed",
            Self::Stated => "stated",
        }
    }
}
impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The speed of one vCPU as a multiple of the reference core: one hardware thread of a Skylake core at 2.3 GHz.
#[derive(Clone, Debug, PartialEq)]
pub struct Speed {
    /// Work done in the time the reference core does one.
    pub factor: Factor,
    /// What it rests on.
    pub basis: Basis,
    /// Where from, or what was assumed.
    pub source: String,
}

impl Speed {
    /// The reference core itself, for want of better knowledge.
    pub fn assumed() -> Self {
        Self {
            factor: Factor::ONE,
            basis: Basis::Assumed,
            source: "no speed known; the reference core's was taken".into(),
        }
    }
}
