//! What workload exports show: its busiest hour, its bursts, its week, its growth, and what one request costs.
//!
//! The answer says for each number whether it was measured and on how many rows, and where the history is too short
//! it says so instead of guessing: a week needs 14 days, growth needs 56. All ranges hold the truth with a chance of
//! 90 % where the days are independent and alike; few days make them wider.
//!
//! ```
//! use plimsoll::profile::{ProfileOptions, profile};
//! use plimsoll::series::{Point, Series, Time};
//! // Two days of counts every five minutes: 300 in each, 600 from noon to one.
//! let count = |i: i64| if i % 288 / 12 == 12 { 600.0 } else { 300.0 };
//! let points = (0..576).map(|i| Point::new(Time::unix_seconds(i * 300), Some(count(i)))).collect();
//! let series = Series::from_points("request_count", points).unwrap();
//! let answer = profile(&series, ProfileOptions::default()).unwrap();
//! assert_eq!(answer.demand.peak.value.mid().to_string(), "2/s");
//! assert_eq!(answer.demand.growth.unwrap_err().to_string(), "needs 56 days, has 2");
//! ```
mod answer;
mod burst;
mod demand;
mod fit;
mod from_telemetry;
mod growth;
mod hours;
mod json;
mod kind;
mod level;
mod service;
mod service_json;
mod service_written;
mod week;
mod written;

pub use answer::{ProfileAnswer, ProfileOptions, ProfileRefusal, profile};
pub use demand::{DemandProfile, Fitted, HourOfWeek, Source, TooFewDays};
pub use fit::{Fit, FitValue};
pub use from_telemetry::profile_measured;
pub use kind::Kind;
pub use service::{
    LatencySeen, Measured, Model, Peak, Scaling, ServiceProfile, SweepPoint, TooFewPoints, Unfit, UnitFit,
};
pub use written::{Entry, Written};
