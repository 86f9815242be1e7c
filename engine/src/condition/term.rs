//! What a condition is made of.
use std::ops::Range;

/// A part of a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number; `95%` is 0.95.
    Number(f64),
    /// A text in quotes.
    Text(String),
    /// True or false.
    Flag(bool),
    /// `null`: nothing is there, or nobody knows it.
    Nothing,
    /// A field of the answer.
    Field(Field),
    /// Two numbers that make a third.
    Computed(Box<Term>, Arithmetic, Box<Term>),
    /// Two values beside each other.
    Compared(Box<Term>, Comparison, Box<Term>),
    /// Both.
    Both(Box<Term>, Box<Term>),
    /// One of them.
    Either(Box<Term>, Box<Term>),
    /// The opposite.
    Not(Box<Term>),
    /// One number for a list.
    Of(Summary, Box<Term>),
}

/// A field of the answer, and where the condition names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// From the answer on.
    pub steps: Vec<Step>,
}

/// One step into an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where to.
    pub to: Which,
    /// The bytes of the condition that say so.
    pub at: Range<usize>,
}

/// Where a step leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// To this field of a table.
    Named(String),
    /// To this element of a list, counted from 0.
    Numbered(usize),
    /// To the element of a list with this `name` or `id`.
    Called(String),
    /// To every element of a list.
    All,
}

/// How two numbers make a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Arithmetic {
    /// The third. None for a quotient by nothing.
    pub(super) fn of(self, a: f64, b: f64) -> Option<f64> {
        let value = match self {
            Self::Plus => a + b,
            Self::Minus => a - b,
            Self::Times => a * b,
            Self::Over => a / b,
        };
        value.is_finite().then_some(value)
    }
}

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Same,
    /// `!=`
    Other,
}

impl Comparison {
    pub(super) fn of<T: PartialOrd + ?Sized>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Less => a < b,
            Self::AtMost => a <= b,
            Self::More => a > b,
            Self::AtLeast => a >= b,
            Self::Same => a == b,
            Self::Other => a != b,
        }
    }
    /// Whether it only asks if two values are the same.
    pub(super) const fn is_of_sameness(self) -> bool {
        matches!(self, Self::Same | Self::Other)
    }
}

/// One number for a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// All of it together.
    Sum,
    /// How many there are, or of conditions how many hold.
    Count,
    /// The least.
    Min,
    /// The most.
    Max,
    /// Of conditions: whether all hold.
    All,
    /// Of conditions: whether one holds.
    Any,
}

impl Summary {
    /// All of them.
    pub const EVERY: [Self; 6] = [Self::Sum, Self::Count, Self::Min, Self::Max, Self::All, Self::Any];
    /// The word in conditions.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Count => "count",
            Self::Min => "min",
            Self::Max => "max",
            Self::All => "all",
            Self::Any => "any",
        }
    }
}
