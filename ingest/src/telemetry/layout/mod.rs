//! Layout files: what the columns of a table are, where a guess will not do.
//!
//! ```toml
//! delimiter = ";"
//! decimal = ","
//! skip_rows = 2
//! [time]
//! column = "Zeit"
//! format = "%d.%m.%Y %H:%M"
//! zone = "+01:00"
//! [resource]
//! columns = ["Rechner"]
//! [columns."CPU %"]
//! measure = "cpu_share"
//! unit = "%"
//! ```
mod fields;
#[allow(clippy::module_inception)] // the file is named after what it holds
mod layout;
mod planned;

pub use layout::Layout;
