//! A hand-written file as a tree that knows where everything stands, whether it was TOML or JSON.
mod document;
mod encoding;
mod json;
mod node;
mod set;
mod toml;

pub use document::Document;
pub use encoding::{MAX_BYTES, text_of};
pub use node::{Entry, Node, Spot, Value};
