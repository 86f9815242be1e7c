//! What if? The same question, asked of changed workloads.
//!
//! A `Sweep` asks it along the values of one or more inputs, a `Seek` looks for the value of an input at which something
//! about the plan is just still true. Every plan is found as a plan of its own, with the same seed, so that neighbors differ
//! by what was changed and not by their draws. An `Event` is a change for some months.
mod dial;
mod event;
mod probe;
mod scale;
mod scenario;
mod seek;
mod sweep;

pub use dial::Dial;
pub use event::{Event, EventAnswer, WithEvents};
pub use probe::{Measure, Probe};
pub use scale::Scale;
pub use scenario::{Scenario, ScenarioAnswer, ScenarioRefusal};
pub use seek::{Bound, Direction, Goal, Limit, Seek, SeekAnswer, SeekRefusal, Tried, Why};
pub use sweep::{Axis, NoPlan, Point, Setting, Stop, Sweep, SweepAnswer};

pub(crate) use scenario::explore;
