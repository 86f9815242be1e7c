//! The plan under doubt: fixed machines, judged in every drawn world.
//!
//! `needs` says how many machines each option would take in each world, `choice::Joint` which numbers cover enough
//! of them for the least money, `carried` what a fixed plan does in a world that is not the one it was made for, and
//! `judged` what that comes to over all worlds. The same worlds are used for everything that is compared.
mod carried;
mod choose;
mod judged;
mod matters;
mod needs;
mod options;

pub(super) use choose::{Chosen, choose, sized, sized_among};
pub use judged::{Break, Doubt};
pub(super) use judged::{Judge, Verdict};
pub use matters::{Matter, Sensitivity, Tail};
pub use options::{PlanOptions, RuleOf};
