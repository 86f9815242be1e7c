//! Something doubtful about rows.

/// Something doubtful about the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind, one word as in `duplicates` or `out_of_order`.
    pub kind: &'static str,
    /// How many rows.
    pub rows: u64,
    /// A sentence with the number in it, and what was done.
    pub text: String,
}
