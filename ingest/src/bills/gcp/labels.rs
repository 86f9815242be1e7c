//! Labels of resources, tags and labels of projects as the tags of FOCUS; labels that Google sets as the size of a machine.
use super::columns::Columns;
use crate::bills::checked::unreadable;
use crate::bills::pairs::{Pairs, Step, Value, write_text};
use crate::bills::row::{Cells, FocusRow};
use crate::bills::translate::Outcome;
use plimsoll::bill::Column;
use std::borrow::Cow;

/// Writes the tags, of which the nearest to the resource counts where a key is there twice, and the details of the price.
pub(super) fn write(columns: &Columns, cells: &Cells<'_>, row: &mut FocusRow) -> Result<(), Outcome> {
    let mut tags = Object::default();
    for place in &columns.labels {
        each(cells, *place, |key, value| tags.put(key, value))?;
    }
    row.set(Column::Tags, &tags.finished());
    if let Some(place) = columns.system_labels {
        let mut details = Object::default();
        each(cells, place, |key, value| detail(&mut details, key, value))?;
        row.set(Column::SkuPriceDetails, &details.finished());
    }
    Ok(())
}

/// Gives the key and the value of each label of a cell.
fn each(cells: &Cells<'_>, place: usize, mut found: impl FnMut(&[u8], &[u8])) -> Result<(), Outcome> {
    let raw = cells.raw(place);
    // Most rows have none.
    if matches!(raw, [] | b"[]") {
        return Ok(());
    }
    let cell = cells.get(place);
    let (mut key, mut value) = (Cow::default(), Value::Nothing);
    for step in Pairs::of(&cell) {
        let step = step.map_err(|_| {
            let what = format!("cannot read `{}` as labels", String::from_utf8_lossy(&cell));
            unreadable(
                place,
                what,
                "labels are a list such as [{\"key\": \"env\", \"value\": \"prod\"}], as JSON or as Python writes it",
            )
        })?;
        match step {
            Step::Begin => (key, value) = (Cow::default(), Value::Nothing),
            Step::Pair(name, Value::Text(text)) if &*name == b"key" => key = text,
            Step::Pair(name, other) if &*name == b"value" => value = other,
            Step::Pair(..) => {}
            Step::End if key.is_empty() => {}
            Step::End => found(&key, value.bytes()),
        }
    }
    Ok(())
}

/// What Google's own labels tell of a machine, in the keys of FOCUS.
fn detail(details: &mut Object, key: &[u8], value: &[u8]) {
    let number =
        std::str::from_utf8(value).ok().and_then(|text| text.parse::<f64>().ok()).filter(|n| n.is_finite() && *n > 0.0);
    match (key, number) {
        (b"compute.googleapis.com/cores", Some(cores)) => details.put_number(b"CoreCount", cores),
        // Told in MiB; FOCUS has GiB.
        (b"compute.googleapis.com/memory", Some(memory)) => details.put_number(b"MemorySize", memory / 1024.0),
        (b"compute.googleapis.com/machine_spec", _) if !value.is_empty() => details.put(b"InstanceType", value),
        _ => {}
    }
}

/// A JSON object as it is written. Of pairs with one key the first stays.
#[derive(Debug, Default)]
struct Object {
    json: Vec<u8>,
    keys: Vec<Vec<u8>>,
}

impl Object {
    fn put(&mut self, key: &[u8], value: &[u8]) {
        if self.open(key) {
            write_text(&mut self.json, value);
        }
    }
    fn put_number(&mut self, key: &[u8], value: f64) {
        if self.open(key) {
            self.json.extend_from_slice(value.to_string().as_bytes());
        }
    }
    fn open(&mut self, key: &[u8]) -> bool {
        if self.keys.iter().any(|known| known == key) {
            return false;
        }
        self.keys.push(key.to_vec());
        self.json.push(if self.json.is_empty() { b'{' } else { b',' });
        write_text(&mut self.json, key);
        self.json.push(b':');
        true
    }
    /// Its text; empty without pairs.
    fn finished(mut self) -> Vec<u8> {
        if !self.json.is_empty() {
            self.json.push(b'}');
        }
        self.json
    }
}
