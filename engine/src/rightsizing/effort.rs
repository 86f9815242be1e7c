//! What it takes to move from one shape to another.
use crate::catalog::Shape;
use std::fmt;

/// How much work a change is. The steps are those of AWS Compute Optimizer's migration effort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// A number in a file: another size of the same family, another request of a container.
    VeryLow,
    /// The same kind of machine of another family: a test of the start and of drivers.
    Low,
    /// Another category of machine, with other limits: a load test.
    Medium,
    /// Another processor architecture: everything that runs is built anew.
    High,
}

impl Effort {
    /// From one shape to another.
    pub(super) fn between(from: &Shape, to: &Shape) -> Self {
        if from.architecture != to.architecture {
            Self::High
        } else if from.family == to.family {
            Self::VeryLow
        } else if from.category == to.category && from.burstable == to.burstable {
            Self::Low
        } else {
            Self::Medium
        }
    }
    /// Its word in answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::VeryLow => "very_low",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Effort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word().replace('_', " "))
    }
}
