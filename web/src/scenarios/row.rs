//! Rows as values. What this program cannot have written is told as damage, never guessed at.
use super::{Draft, Edition, Origin, Scenario, ScenarioId, Stamp, StoreError, Summary};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use std::str::FromStr;

/// The columns that an [`Edition`] is made of, of table `v`.
macro_rules! edition_columns {
    () => {
        "v.version, v.name, v.verdict, v.engine_version, v.as_of, v.origin, v.forked_from, v.forked_version, \
         v.saved_by, v.saved_ms"
    };
}
/// The columns that a [`Summary`] has beside those, of table `s`.
macro_rules! scenario_columns {
    () => {
        "s.id, s.version AS newest, s.deleted_by, s.deleted_ms"
    };
}
pub(super) use {edition_columns, scenario_columns};

pub(super) fn edition(row: &AnyRow) -> Result<Edition, StoreError> {
    Ok(Edition {
        version: count(row, "version")?,
        name: parsed(row, "name")?,
        verdict: row.try_get("verdict")?,
        engine_version: row.try_get("engine_version")?,
        as_of: parsed::<Date>(row, "as_of")?,
        origin: origin(row)?,
        saved: stamp(row, "saved_by", "saved_ms")?,
    })
}

pub(super) fn summary(row: &AnyRow) -> Result<Summary, StoreError> {
    Ok(Summary { id: parsed(row, "id")?, newest: edition(row)?, deleted: deleted(row)? })
}

pub(super) fn scenario(row: &AnyRow) -> Result<Scenario, StoreError> {
    let edition = edition(row)?;
    let draft = Draft {
        name: edition.name,
        notes: row.try_get("notes")?,
        workload: row.try_get("workload")?,
        changes: row.try_get("changes")?,
        result: row.try_get("result")?,
        engine_version: edition.engine_version,
        as_of: edition.as_of,
    };
    Ok(Scenario {
        id: parsed(row, "id")?,
        version: edition.version,
        newest: count(row, "newest")?,
        draft,
        origin: edition.origin,
        saved: edition.saved,
        deleted: deleted(row)?,
    })
}

/// How an origin is written, and for a fork what it comes from.
pub(super) fn written(origin: &Origin) -> (&'static str, Option<(&ScenarioId, u32)>) {
    match origin {
        Origin::Created => ("created", None),
        Origin::Saved => ("saved", None),
        Origin::Renamed => ("renamed", None),
        Origin::Forked { from, version } => ("forked", Some((from, *version))),
        Origin::Imported => ("imported", None),
    }
}

fn origin(row: &AnyRow) -> Result<Origin, StoreError> {
    let word: String = row.try_get("origin")?;
    Ok(match word.as_str() {
        "created" => Origin::Created,
        "saved" => Origin::Saved,
        "renamed" => Origin::Renamed,
        "forked" => Origin::Forked { from: parsed(row, "forked_from")?, version: count(row, "forked_version")? },
        "imported" => Origin::Imported,
        _ => return Err(StoreError::Damaged(format!("a version has the origin `{word}`"))),
    })
}

fn deleted(row: &AnyRow) -> Result<Option<Stamp>, StoreError> {
    let by: Option<String> = row.try_get("deleted_by")?;
    by.map(|_| stamp(row, "deleted_by", "deleted_ms")).transpose()
}

fn stamp(row: &AnyRow, by: &str, at: &str) -> Result<Stamp, StoreError> {
    let moment = Timestamp::from_millisecond(row.try_get(at)?);
    let moment = moment.map_err(|_| StoreError::Damaged(format!("`{at}` is no moment")))?;
    Ok(Stamp { by: parsed(row, by)?, at: moment })
}

/// A whole number that counts something.
pub(super) fn count<T: TryFrom<i64>>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    let number: i64 = row.try_get(column)?;
    T::try_from(number).map_err(|_| StoreError::Damaged(format!("`{column}` is {number}")))
}

fn parsed<T: FromStr>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    let text: String = row.try_get(column)?;
    text.parse().map_err(|_| StoreError::Damaged(format!("`{column}` cannot be `{text}`")))
}
