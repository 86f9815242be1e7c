//! Reads typed fields from a table of a [`Document`](crate::document::Document), and collects every problem on the way.
//!
//! A reader of a table is one function that names its fields. It never stops: what is wrong is told to the [`Desk`], and a
//! [stand-in](Readable::stand_in) takes its place, so that the rest is read too. Nothing is returned to the user once a
//! problem was told. The same function, run over no table at all, gives the JSON Schema of the fields.
mod desk;
mod estimate;
mod field;
pub mod nearest;
mod quantity;
mod readable;
mod scalar;
mod table;
mod word;

pub use desk::Desk;
pub use field::{Field, Layout};
pub use readable::Readable;
pub use table::Table;
