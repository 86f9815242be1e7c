//! What a field may hold.
use super::{Desk, Layout};
use crate::document::Node;
use serde_json::Value as Json;

/// A type that a value of a file can be read as.
pub trait Readable: Sized {
    /// What it is called in a message: `a time span`.
    const NAME: &'static str;
    /// How it is written: `"250 ms"`.
    const EXAMPLE: &'static str;
    /// Reads it. `None` once a problem was told.
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self>;
    /// A harmless value to go on with where none could be read.
    fn stand_in() -> Self;
    /// The JSON Schema of how it is written.
    fn schema(layout: &mut Layout) -> Json;
    /// How a file would write it.
    fn written(&self) -> Json;
}
