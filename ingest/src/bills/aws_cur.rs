//! The older Cost and Usage Report of AWS, with columns named as in `lineItem/UnblendedCost`.
//!
//! AWS, "Cost and Usage Reports user guide": "Line item details", "Reservation details", "Savings Plans details". What a
//! row means does not depend on how its columns are called, so all but the names is shared with CUR 2.0: `line_item`
//! says what FOCUS makes of each type of row, `costs` computes the four costs, `report` writes the rest.
mod costs;
mod line_item;
mod names;
mod product;
mod region;
mod report;
mod service;
mod tags;
mod times;

use super::header::Header;
use super::translate::Translate;

pub(super) use costs::money;
pub(super) use report::Report;

/// What turns rows of the report into rows of FOCUS. An error names the column without which nothing can be added up.
pub(crate) fn translator(header: &Header) -> Result<Box<dyn Translate>, String> {
    Ok(Box::new(Report::new(header, str::to_owned)?))
}

#[cfg(test)]
mod charges_tests;
#[cfg(test)]
mod report_tests;
