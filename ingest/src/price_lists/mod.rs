//! The providers' official price lists in, an overlay of fresh prices out.
//!
//! A list is read row by row ([`read`]), and every row is accounted for: it is taken as a price, or set aside for a
//! reason that has a name ([`Aside`]). [`compare`] lays the lists beside the shipped catalogs, which know the hardware
//! that lists do not tell; what differs becomes the text of an overlay ([`Comparison::overlay`]) for `--prices FILE`.
//!
//! Nothing is loaded as a whole. Of a CSV offer file one row is in memory; of JSON one product, one item or one SKU, and
//! for AWS about two hundred bytes for each product, because its prices stand far below it: 64 MB for a file of 375 MB
//! with 250,000 products, measured. Packed files (gzip) are unpacked on the way.
//!
//! ```
//! use plimsoll_ingest::price_lists::{Format, read};
//! let page = br#"{"Items": [{"type": "Reservation", "currencyCode": "USD", "retailPrice": 1505.0}]}"#;
//! let list = read("page.json", &page[..], Format::AzureRetail, "2026-11-23".parse().unwrap()).unwrap();
//! assert_eq!((list.rows, list.offers.len()), (1, 0));
//! assert_eq!(list.set_aside.keys().next().unwrap().to_string(), "a reservation or another commitment");
//! ```
mod aside;
mod aws;
mod aws_csv;
mod aws_json;
mod aws_plans;
mod azure;
mod compare;
mod csv_rows;
mod format;
mod gcp;
mod input;
mod json_walk;
mod list;
mod overlay_text;
mod pages;
mod part_prices;

pub use aside::Aside;
pub use compare::{Change, Comparison, compare};
pub use format::Format;
pub use list::{Item, Offer, PriceList, read};
