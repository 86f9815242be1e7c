//! What machines draw and what electricity emits: the tables `machine_power` and `grid`.
use super::quotes::Said;
use super::rows::Sheet;
use super::{PriceError, Tables};
use plimsoll::catalog::{Basis, Grid, MachinePower, Place, Provider};
use plimsoll::units::{Factor, Mass, Power};
use std::collections::HashMap;
use std::sync::Arc;

/// What the processors of one provider's families draw.
pub(super) struct Powers(HashMap<String, Arc<MachinePower>>);

impl Powers {
    /// Reads them; none are known where there is no such table.
    pub(super) fn read(tables: Tables<'_>, provider: Provider) -> Result<Self, PriceError> {
        let Some(sheet) = Sheet::find(tables, "", "", "machine_power")? else { return Ok(Self(HashMap::new())) };
        let [owner, family, processor, basis, idle, full, embodied] =
            sheet.columns(["provider", "family", "processor", "basis", "idle_watts", "full_watts", "embodied_kg"])?;
        let [source, as_of, note] = sheet.columns(["source", "as_of", "note"])?;
        let mut said = Said::in_sheet(&sheet);
        let mut powers = HashMap::new();
        sheet.each(|row| {
            if row.text(owner) != provider.name() {
                return Ok(());
            }
            let basis = match row.text(basis) {
                "documented" => Basis::Documented,
                "assumed" => Basis::Assumed,
                _ => return Err(row.wrong(basis, "is neither documented nor assumed")),
            };
            let (idle_watts, full_watts) = (row.needed_number(idle)?, row.needed_number(full)?);
            if full_watts < idle_watts {
                return Err(row.wrong(full, "is less than the same machine draws when it is idle"));
            }
            let power = MachinePower {
                processor: row.need(processor)?.to_owned(),
                basis,
                idle: Power::watts(idle_watts),
                full: Power::watts(full_watts),
                embodied: row.number(embodied)?.map(Mass::kilograms),
                provenance: said.at(row, source, as_of, row.text(note))?,
            };
            powers.insert(row.need(family)?.to_owned(), Arc::new(power));
            Ok(())
        })?;
        Ok(Self(powers))
    }
    /// Those of a family; none where the table lacks it.
    pub(super) fn of(&self, family: &str) -> Option<Arc<MachinePower>> {
        self.0.get(family).cloned()
    }
}

/// The electricity of a region; none where no source tells.
pub(super) fn grid(place: &Place, tables: Tables<'_>) -> Result<Option<Grid>, PriceError> {
    let Some(sheet) = Sheet::find(tables, "", "", "grid")? else { return Ok(None) };
    let [owner, region, year, grams, source, as_of, pue, pue_source, pue_as_of, note] = sheet.columns([
        "provider",
        "region",
        "year",
        "gco2_kwh",
        "source",
        "as_of",
        "pue",
        "pue_source",
        "pue_as_of",
        "note",
    ])?;
    let mut said = Said::in_sheet(&sheet);
    let mut found = None;
    sheet.each(|row| {
        if row.text(owner) != place.provider.name() || row.text(region) != place.region.0 {
            return Ok(());
        }
        let effectiveness = row.needed_number(pue)?;
        if effectiveness < 1.0 {
            return Err(row.wrong(pue, "is below one: a data center draws at least what its machines draw"));
        }
        let of_year = if row.text(year).is_empty() { String::new() } else { format!("mean of {}", row.text(year)) };
        let remark = [of_year.as_str(), row.text(note)].into_iter().filter(|text| !text.is_empty());
        found = Some(Grid {
            kilowatt_hour: Mass::grams(row.needed_number(grams)?),
            effectiveness: Factor::of(effectiveness),
            provenance: said.at(row, source, as_of, &remark.collect::<Vec<_>>().join("; "))?,
            effectiveness_from: said.at(row, pue_source, pue_as_of, "")?,
        });
        Ok(())
    })?;
    Ok(found)
}
