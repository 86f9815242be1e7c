//! What is free each month: the table `any/allowances`.
use super::quotes::Said;
use super::rows::Sheet;
use super::{PriceError, Tables};
use plimsoll::catalog::{Allowance, Path, Provider};
use plimsoll::units::Data;

/// The allowances of a provider that no tier of its prices holds already, on paths that the catalog has.
pub(super) fn allowances(provider: Provider, tables: Tables<'_>) -> Result<Vec<Allowance>, PriceError> {
    let mut allowances = Vec::new();
    let Some(sheet) = Sheet::find(tables, provider.name(), "any", "allowances")? else { return Ok(allowances) };
    let [what, amount, unit, period, in_tiers] = sheet.columns(["what", "amount", "unit", "period", "in_tiers"])?;
    let [source, as_of, note] = sheet.columns(["source", "as_of", "note"])?;
    let mut said = Said::in_sheet(&sheet);
    sheet.each(|row| {
        let path = match row.need(what)? {
            "internet-egress" => Path::Internet,
            "cdn-egress" => Path::Cdn,
            _ => return Ok(()),
        };
        if row.yes(in_tiers)? {
            return Ok(());
        }
        if row.text(period) != "month" {
            return Err(row.wrong(period, "is not `month`, the only period of a free allowance so far"));
        }
        let amount = row.needed_number(amount)?;
        let free = match row.text(unit) {
            "GB" => Data::gb(amount),
            "GiB" => Data::gib(amount),
            _ => return Err(row.wrong(unit, "is neither `GB` nor `GiB`")),
        };
        let provenance = said.at(row, source, as_of, row.text(note))?;
        allowances.push(Allowance { path, free, provenance });
        Ok(())
    })?;
    Ok(allowances)
}
