//! Measurements over time: an even grid, its gaps in the open, and how far they can be trusted.
//!
//! A series is of any unit (requests, bytes, per cent), so its values are plain numbers here; whoever reads it says
//! what they are. A gap is `None`, never zero: a load balancer that saw nothing and an exporter that was down look
//! the same in a file, and only the reader can tell them apart.
mod align;
mod grid;
mod order;
mod quality;
mod resample;
#[allow(clippy::module_inception)] // the file is named after what it holds
mod series;
mod time;

pub use align::combined;
pub use grid::{Grid, Laid, sums};
pub use quality::Quality;
pub use resample::to_hours;
pub use series::{Point, Series, SeriesError};
pub use time::Time;
