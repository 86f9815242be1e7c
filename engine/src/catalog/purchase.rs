//! Ways to pay for the same machine.
use crate::units::Span;
use std::fmt;
use std::str::FromStr;

/// How long a commitment binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// One year.
    OneYear,
    /// Three years.
    ThreeYears,
}

impl Term {
    /// Its length.
    pub fn span(self) -> Span {
        match self {
            Self::OneYear => Span::years(1.0),
            Self::ThreeYears => Span::years(3.0),
        }
    }
}

/// When a commitment is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payment {
    /// By the hour.
    NoUpfront,
    /// All at the start.
    AllUpfront,
}

/// A way to pay for a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purchase {
    /// By the hour, free to leave; automatic sustained-use discounts included.
    OnDemand,
    /// Bound to the machine type for a term.
    Committed(Term, Payment),
    /// Spare capacity that can be taken away.
    Spot,
}

/// A name that is no way to pay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a purchase option: on-demand, 1y, 1y-upfront, 3y, 3y-upfront or spot")]
pub struct UnknownPurchase(String);

impl Purchase {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::OnDemand,
        Self::Committed(Term::OneYear, Payment::NoUpfront),
        Self::Committed(Term::OneYear, Payment::AllUpfront),
        Self::Committed(Term::ThreeYears, Payment::NoUpfront),
        Self::Committed(Term::ThreeYears, Payment::AllUpfront),
        Self::Spot,
    ];
    /// The name used in files and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OnDemand => "on-demand",
            Self::Committed(Term::OneYear, Payment::NoUpfront) => "1y",
            Self::Committed(Term::OneYear, Payment::AllUpfront) => "1y-upfront",
            Self::Committed(Term::ThreeYears, Payment::NoUpfront) => "3y",
            Self::Committed(Term::ThreeYears, Payment::AllUpfront) => "3y-upfront",
            Self::Spot => "spot",
        }
    }
}
impl FromStr for Purchase {
    type Err = UnknownPurchase;
    fn from_str(text: &str) -> Result<Self, UnknownPurchase> {
        Self::ALL.into_iter().find(|p| p.name() == text).ok_or_else(|| UnknownPurchase(text.into()))
    }
}
impl fmt::Display for Purchase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
