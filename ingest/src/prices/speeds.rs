//! How fast a vCPU of each machine family is.
use super::rows::Sheet;
use super::{PriceError, Tables};
use plimsoll::catalog::{Basis, Provider, Speed};
use plimsoll::units::Factor;
use std::collections::HashMap;

/// The speeds of one provider's families.
pub(super) struct Speeds(HashMap<String, Speed>);

impl Speeds {
    /// Reads them; none are known where there is no such table.
    pub(super) fn read(tables: Tables<'_>, provider: Provider) -> Result<Self, PriceError> {
        let Some(sheet) = Sheet::find(tables, "", "", "speed")? else { return Ok(Self(HashMap::new())) };
        let [owner, family, speed, basis, source, note] =
            sheet.columns(["provider", "family", "speed", "basis", "source", "note"])?;
        let mut speeds = HashMap::new();
        sheet.each(|row| {
            if row.text(owner) == provider.name() {
                let factor = row.needed_number(speed)?;
                if factor == 0.0 {
                    return Err(row.wrong(speed, "is no speed: such a machine would never finish"));
                }
                let rests_on = match row.text(basis) {
                    "measured-table" => Basis::Measured,
                    "documented" => Basis::Documented,
                    "assumed" => Basis::Assumed,
                    _ => return Err(row.wrong(basis, "is not measured-table, documented or assumed")),
                };
                let from = [row.text(source), row.text(note)].into_iter().filter(|text| !text.is_empty());
                let source = from.collect::<Vec<_>>().join(": ");
                let speed = Speed { factor: Factor::of(factor), basis: rests_on, source };
                speeds.insert(row.need(family)?.to_owned(), speed);
            }
            Ok(())
        })?;
        Ok(Self(speeds))
    }
    /// The speed of a family; the reference core's, said to be assumed, where the table lacks it.
    pub(super) fn of(&self, family: &str) -> Speed {
        self.0.get(family).cloned().unwrap_or_else(Speed::assumed)
    }
}
