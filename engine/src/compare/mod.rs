//! `compare`: how do these two plans (or bills) differ, line by line?
//!
//! Both sides are brought to the same lines: whose, for what, which item, how much of it at which price. A line that is on
//! both sides differs by its price, its quantity, or because it is of another size; the two parts of a change of price and
//! quantity are taken at the mean of the other (T. L. Bennet, "The theory of measurement of changes in cost of living",
//! Journal of the Royal Statistical Society 83, 1920), so that comparing A with B is minus comparing B with A.
mod answer;
mod compare;
mod side;

pub use answer::{CompareAnswer, CompareRefusal, Difference, Why};
pub use compare::{Comparison, Subject};
pub use side::{Item, Side, What};

pub(crate) use compare::compare;
