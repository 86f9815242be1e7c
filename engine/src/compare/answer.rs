//! How two sides differ.
use super::Side;
use crate::bill::BillRefusal;
use crate::choice::Band;
use crate::plan::PlanRefusal;
use crate::units::{FineMoney, Money};

/// Why a line differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It does not.
    Same,
    /// Mostly by what one of it costs.
    Price,
    /// Mostly by how much of it there is.
    Quantity,
    /// Another size or item does the work.
    Size,
    /// Only the right has it.
    New,
    /// Only the left has it.
    Gone,
}

impl Why {
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Price => "price",
            Self::Quantity => "quantity",
            Self::Size => "size",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// One line of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Whose and for what.
    pub key: String,
    /// What it costs on the left; nothing where it is not there.
    pub left: FineMoney,
    /// And on the right.
    pub right: FineMoney,
    /// Why they differ.
    pub why: Why,
    /// In few words: `5,840 -> 8,760 hour`.
    pub detail: String,
}

impl Difference {
    /// How much more the right costs.
    pub fn change(&self) -> FineMoney {
        self.right - self.left
    }
}

/// How two sides differ.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareAnswer {
    /// One side.
    pub left: Side,
    /// The other.
    pub right: Side,
    /// Line by line, the largest difference first.
    pub lines: Vec<Difference>,
    /// How much more the right costs over worlds that both sides share; none where they share none.
    pub band: Option<Band<Money>>,
}

impl CompareAnswer {
    /// How much more the right costs.
    pub fn difference(&self) -> FineMoney {
        self.right.total() - self.left.total()
    }
}

/// Why two sides cannot be compared.
#[derive(Clone, Debug)]
pub enum CompareRefusal {
    /// A side has no plan.
    Plan {
        /// Which.
        name: String,
        /// Why.
        why: Box<PlanRefusal>,
    },
    /// A side is no bill that can be added up.
    Bill {
        /// Which.
        name: String,
        /// Why.
        why: Box<BillRefusal>,
    },
    /// A side has too many items to follow.
    TooMany {
        /// Which.
        name: String,
    },
    /// Money that cannot be subtracted.
    Currencies {
        /// Those of the left.
        left: Vec<String>,
        /// Those of the right.
        right: Vec<String>,
    },
    /// A plan beside a bill.
    Unlike,
}
