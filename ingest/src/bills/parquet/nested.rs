//! Lists, structures and maps as JSON.
use super::values::{Form, Values};
use crate::bills::pairs::write_text;
use arrow_array::cast::AsArray;
use arrow_array::{Array, MapArray, StructArray};
use arrow_schema::DataType;
use std::ops::Range;

type Write<'a> = Box<dyn Fn(usize, &mut Vec<u8>) + 'a>;

/// Writes lists: `["a","b"]`.
pub(super) fn list(array: &dyn Array) -> Result<Write<'_>, String> {
    let (items, range): (_, Box<dyn Fn(usize) -> Range<usize>>) = match array.data_type() {
        DataType::LargeList(_) => {
            let all = array.as_list::<i64>();
            (all.values(), Box::new(|row| all.value_offsets()[row] as usize..all.value_offsets()[row + 1] as usize))
        }
        DataType::FixedSizeList(..) => {
            let all = array.as_fixed_size_list();
            let length = all.value_length() as usize;
            (all.values(), Box::new(move |row| all.value_offset_at(row)..all.value_offset_at(row) + length))
        }
        _ => {
            let all = array.as_list::<i32>();
            (all.values(), Box::new(|row| all.value_offsets()[row] as usize..all.value_offsets()[row + 1] as usize))
        }
    };
    let items = Values::of(&**items)?;
    Ok(Box::new(move |row, out| {
        out.push(b'[');
        for (nth, item) in range(row).enumerate() {
            separate(nth, out);
            json(&items, item, out);
        }
        out.push(b']');
    }))
}

/// Writes structures: `{"key":"team","value":"web"}`.
pub(super) fn object(all: &StructArray) -> Result<Write<'_>, String> {
    let mut fields = Vec::with_capacity(all.num_columns());
    for (name, column) in all.column_names().into_iter().zip(all.columns()) {
        fields.push((name.as_bytes(), Values::of(&**column)?));
    }
    Ok(Box::new(move |row, out| {
        out.push(b'{');
        for (nth, (name, values)) in fields.iter().enumerate() {
            separate(nth, out);
            write_text(out, name);
            out.push(b':');
            json(values, row, out);
        }
        out.push(b'}');
    }))
}

/// Writes maps as objects: `{"team":"web"}`.
pub(super) fn map(all: &MapArray) -> Result<Write<'_>, String> {
    let (keys, values) = (Values::of(&**all.keys())?, Values::of(&**all.values())?);
    Ok(Box::new(move |row, out| {
        let range = all.value_offsets()[row] as usize..all.value_offsets()[row + 1] as usize;
        out.push(b'{');
        let mut key = Vec::new();
        for (nth, entry) in range.enumerate() {
            separate(nth, out);
            key.clear();
            keys.write(entry, &mut key);
            write_text(out, &key);
            out.push(b':');
            json(&values, entry, out);
        }
        out.push(b'}');
    }))
}

fn separate(nth: usize, out: &mut Vec<u8>) {
    if nth > 0 {
        out.push(b',');
    }
}

fn json(values: &Values<'_>, row: usize, out: &mut Vec<u8>) {
    if values.is_null(row) {
        return out.extend_from_slice(b"null");
    }
    match values.form {
        Form::Bare => values.write(row, out),
        Form::Text => {
            let mut text = Vec::new();
            values.write(row, &mut text);
            write_text(out, &text);
        }
    }
}
