//! Classes of object storage.
use super::{Quote, Tiered};
use crate::units::{Count, Data, Held, Span};

/// How long the first byte of a read takes to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FirstByte {
    /// Within milliseconds.
    Milliseconds,
    /// Within minutes.
    Minutes,
    /// Within hours, after a restore.
    Hours,
}

/// One class in one region. A price that no source states is `None`: unknown, not free.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectClass {
    /// The provider's name: `standard-ia`.
    pub name: String,
    /// `3az`, `1az`, `regional`, `lrs`, ...
    pub redundancy: String,
    /// Data kept.
    pub storage: Tiered<Held<Data>>,
    /// One read request.
    pub read: Option<Quote<Count>>,
    /// One write request.
    pub write: Option<Quote<Count>>,
    /// Moving one object into this class by a lifecycle rule; `None` is unknown.
    pub transition: Option<Quote<Count>>,
    /// Data read back; `None` with `charges_retrieval` unset means there is no such charge.
    pub retrieval: Option<Quote<Data>>,
    /// Whether the provider charges for data read back: with no `retrieval`, that price is unknown.
    pub charges_retrieval: bool,
    /// Monitoring of one object for a month (Intelligent-Tiering).
    pub monitoring: Option<Quote<Count>>,
    /// Objects deleted sooner are charged as if kept so long.
    pub min_duration: Span,
    /// Smaller objects are charged as this size.
    pub min_object: Data,
    /// How long a read takes to start.
    pub first_byte: FirstByte,
}
