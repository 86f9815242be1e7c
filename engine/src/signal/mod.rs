//! Methods of statistics on plain numbers: one a file, each with its source.
//!
//! They know no units and no telemetry: whoever calls them says what the numbers are. A fit that cannot be made is
//! `None`; what to say about it is the caller's.
pub mod ceiling;
pub mod line;
pub mod longrun;
pub mod robust;
pub mod scalability;
pub mod student;
pub mod theil_sen;
