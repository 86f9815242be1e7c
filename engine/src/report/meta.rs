//! What an answer rests on: version, seed, date, inputs, price tables. The front knows them; every report names them.
use jiff::civil::Date;

/// An input as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name as given, without folders.
    pub name: String,
    /// The hash of its bytes, in hexadecimal; none for an input so large that it was not taken.
    pub sha256: Option<String>,
    /// Rows read, for tables.
    pub rows: Option<u64>,
}

/// A price table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceTable {
    /// `aws/us-east-1/compute`.
    pub table: String,
    /// The newest date in it.
    pub as_of: String,
    /// The hash of its text, in hexadecimal.
    pub sha256: String,
}

/// What an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The engine's version.
    pub version: String,
    /// Where draws begin.
    pub seed: u64,
    /// How many worlds were drawn.
    pub draws: u32,
    /// The day of asking.
    pub as_of: Date,
    /// What was read.
    pub inputs: Vec<Input>,
    /// What was priced with.
    pub prices: Vec<PriceTable>,
    /// What was taken for granted in reading, a sentence each.
    pub notes: Vec<String>,
}
