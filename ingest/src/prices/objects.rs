//! Classes of object storage: the table `object_storage`, one row a component.
use super::quotes::{Bounds, Quotes, ladder};
use super::rows::{Row, Sheet};
use super::{PriceError, Tables};
use plimsoll::catalog::{FirstByte, ObjectClass, Place, Quote, Tier};
use plimsoll::units::{Count, Data, Held, Span};
use std::collections::BTreeMap;

/// The classes of a region, by name and redundancy.
///
/// A class whose storage has no price is left out. So are S3 Express, which charges for the bytes of every request,
/// and the inner tiers of Intelligent-Tiering, which nobody can choose.
pub(super) fn classes(place: &Place, tables: Tables<'_>) -> Result<Vec<ObjectClass>, PriceError> {
    let Some(sheet) = Sheet::find(tables, place.provider.name(), &place.region.0, "object_storage")? else {
        return Ok(Vec::new());
    };
    let [class, redundancy, component, from, to] =
        sheet.columns(["class", "redundancy", "component", "tier_from_gb", "tier_to_gb"])?;
    let [min_days, min_object_kb, first_byte] = sheet.columns(["min_days", "min_object_kb", "first_byte"])?;
    let bounds = Bounds { from, to };
    let mut quotes = Quotes::in_sheet(&sheet)?;
    let table = sheet.path.clone();
    let mut parts: BTreeMap<(String, String), Parts> = BTreeMap::new();
    sheet.each(|row| {
        let name = row.need(class)?;
        if name == "express-onezone" || name.starts_with("intelligent-tiering-") && !name.ends_with("-frequent") {
            return Ok(());
        }
        let part = parts.entry((name.into(), row.text(redundancy).into())).or_default();
        part.days = part.days.or(row.number(min_days)?);
        part.kilobytes = part.kilobytes.or(row.number(min_object_kb)?);
        part.first_byte = match row.text(first_byte) {
            "ms" => FirstByte::Milliseconds,
            // The price taken is that of a standard retrieval, which takes hours; minutes cost more.
            "hours" | "minutes-hours" => FirstByte::Hours,
            _ => return Err(row.wrong(first_byte, "is not ms, hours or minutes-hours")),
        };
        let sku = |what: &str| format!("{name} {what}");
        match row.text(component) {
            "storage" => {
                let (from, to) = bounds.of(row)?;
                let remark = part.remark();
                part.storage.push(Tier { from, to, quote: quotes.quote(row, name, remark)? });
            }
            "read" => part.read = Some(quotes.quote(row, &sku("read"), "")?),
            "write" => part.write = Some(quotes.quote(row, &sku("write"), "")?),
            "lifecycle-transition" => part.transition = Some(quotes.quote(row, &sku("transition"), "")?),
            "monitoring" => part.monitoring = Some(quotes.quote(row, &sku("monitoring"), "")?),
            "retrieval" | "retrieval-standard" => part.retrieval = Some(quotes.quote(row, &sku("retrieval"), "")?),
            // Other speeds of retrieval, other requests, and what early deletion costs, which the minimum duration says.
            _ => known_component(row, component)?,
        }
        Ok(())
    })?;
    let classes = parts.into_iter().filter(|(_, part)| !part.storage.is_empty());
    classes.map(|((name, redundancy), part)| part.into_class(name, redundancy, &table)).collect()
}

fn known_component(row: Row<'_>, component: super::rows::Column) -> Result<(), PriceError> {
    match row.text(component) {
        "retrieval-bulk"
        | "retrieval-expedited"
        | "restore-request"
        | "early-deletion"
        | "list"
        | "other"
        | "upload" => Ok(()),
        _ => Err(row.wrong(component, "is not a component of an object class")),
    }
}

/// What the rows of one class say together.
struct Parts {
    storage: Vec<Tier<Held<Data>>>,
    read: Option<Quote<Count>>,
    write: Option<Quote<Count>>,
    transition: Option<Quote<Count>>,
    retrieval: Option<Quote<Data>>,
    monitoring: Option<Quote<Count>>,
    days: Option<f64>,
    kilobytes: Option<f64>,
    first_byte: FirstByte,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            storage: Vec::new(),
            read: None,
            write: None,
            transition: None,
            retrieval: None,
            monitoring: None,
            days: None,
            kilobytes: None,
            first_byte: FirstByte::Milliseconds,
        }
    }
}

impl Parts {
    /// What is assumed about the class for want of a source.
    fn remark(&self) -> &'static str {
        match (self.days, self.kilobytes) {
            (Some(_), Some(_)) => "",
            (Some(_), None) => "no smallest charged object is stated; none was assumed",
            (None, Some(_)) => "no minimum duration is stated; none was assumed",
            (None, None) => "neither a minimum duration nor a smallest charged object is stated; none was assumed",
        }
    }

    fn into_class(self, name: String, redundancy: String, table: &str) -> Result<ObjectClass, PriceError> {
        Ok(ObjectClass {
            storage: ladder(table, &name, self.storage)?,
            charges_retrieval: self.retrieval.is_some() || !reads_back_free(&name),
            name,
            redundancy,
            read: self.read,
            write: self.write,
            transition: self.transition,
            retrieval: self.retrieval,
            monitoring: self.monitoring,
            min_duration: Span::days(self.days.unwrap_or(0.0)),
            // The lists write KB and mean 1,024 bytes.
            min_object: Data::kib(self.kilobytes.unwrap_or(0.0)),
            first_byte: self.first_byte,
        })
    }
}

/// The classes that are documented to charge for requests only, not for the data read.
fn reads_back_free(class: &str) -> bool {
    matches!(class, "standard" | "hot" | "hot-hns" | "intelligent-tiering-frequent")
}
