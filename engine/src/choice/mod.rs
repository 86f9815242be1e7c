//! Choosing under doubt: fixed options, each judged in the same drawn worlds.
//!
//! An option costs something in every world, and keeps its promises or does not. From that table come the expected cost and
//! its band, the share of worlds it covers and how well so many draws tell that share, the regret of not having taken what
//! was best, the mean of the worst worlds, and the frontier of what nothing beats. `joint` chooses sizes for several
//! components at once from how much each needs in each world; `budget` divides a promise over hops.
mod band;
mod budget;
mod coverage;
mod frontier;
mod information;
mod joint;
mod newsvendor;
mod rule;

pub use band::Band;
pub use budget::{Division, Stairs, Taken, divide};
pub use coverage::Coverage;
pub use frontier::undominated;
pub use information::{Information, ascending, information, rank_correlation};
pub use joint::{Choice, Joint, Offer, Sizes};
pub use newsvendor::{critical_share, implied_ratio};
pub use rule::{Judged, Rule, Weighed, weigh};
