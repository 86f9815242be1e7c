//! Price tables in, catalogs out.
//!
//! The tables themselves live in the crate `plimsoll-prices`, which this crate does not know: a front hands over a
//! function that finds them, a test hands over five lines of text. What the tables leave empty stays unknown here; what
//! they misspell is an error that names the table, the line, the column and the cell.
//!
//! ```
//! use plimsoll::catalog::{Place, Provider, Region};
//! use plimsoll_ingest::prices::{Tables, catalog};
//! let places = "provider,region,city,geography,peer,zones,source,as_of,note\n\
//!               aws,us-east-1,Northern Virginia,North America,n-virginia,6,D10,2025-11-01,\n";
//! let find = |_: &str, _: &str, name: &str| (name == "places").then_some(places);
//! let nowhere = Place { provider: Provider::Aws, region: Region("us-est-1".into()) };
//! let refused = catalog(&nowhere, Tables { find: &find }).unwrap_err();
//! assert_eq!(refused.to_string(), "`us-est-1` is not a region of aws with prices; did you mean `us-east-1`?");
//! ```
mod allowances;
mod catalog;
mod compute;
mod electricity;
mod error;
mod managed;
mod network;
mod objects;
mod places;
mod quotes;
mod rows;
mod speeds;
mod tables;
mod volumes;

#[cfg(test)]
mod tests;

pub use catalog::catalog;
pub use error::PriceError;
pub use places::{PlaceFacts, comparable, places};
pub use tables::{TableInfo, Tables, tables_of};
