//! Results of load tests: at so many clients so many requests per second, each in so much time.
//!
//! A tool writes a request a row ([`requests`] finds the stretches in which the number of clients held, by [`steady`]) or
//! only a summary ([`point`]). Either way a point is N clients, X requests per second and R seconds each, and N = X R is
//! checked, since a closed load keeps it.
mod ab;
#[cfg(test)]
mod damaged_tests;
mod first_wave;
mod gatling;
mod hey;
mod jtl;
mod jtl_xml;
mod k6;
mod pgbench;
mod point;
mod requests;
mod siege;
mod steady;
mod table;
#[cfg(test)]
pub(in crate::telemetry) mod testing;
mod timeline;
mod vegeta;
mod words;
mod workers;
mod wrk;
mod ycsb;

pub(super) use ab::{AbPercentiles, AbRows, AbSummary};
pub(super) use gatling::Gatling;
pub(super) use hey::{HeyRows, HeySummary};
pub(super) use jtl::Jtl;
pub(super) use jtl_xml::JtlXml;
pub(super) use k6::{K6Lines, K6Rows, K6Summary};
pub(super) use pgbench::Pgbench;
pub(super) use siege::Siege;
pub(super) use table::Table;
pub(super) use vegeta::{VegetaLines, VegetaReport, VegetaRows};
pub(super) use workers::{Locust, Molotov};
pub(super) use wrk::Wrk;
pub(super) use ycsb::Ycsb;
