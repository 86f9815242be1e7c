//! The columns of a Parquet file as the header that a CSV of the same export has.
use crate::bills::header::Header;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, new_null_array};
use arrow_schema::{DataType, Field, Fields};
use plimsoll::bill::{Column, Holds};
use std::sync::Arc;

/// Structures deeper than this are written as JSON, not as columns of their own. The exports have two levels.
const DEEPEST: usize = 4;
/// Maps of AWS that a query may have made structures of.
const MAPS: [&str; 4] = ["product", "resource_tags", "cost_category", "discount"];

/// Where each column of the header is found: a column of the file, or a field of a structure in it.
#[derive(Clone, Debug)]
pub(super) struct Table {
    names: Vec<String>,
    paths: Vec<Vec<usize>>,
}

impl Table {
    /// Structures become a column for each field, named as in `service.description`: so Google's CSV exports have them.
    /// Those that a CSV has as one JSON object stay one column.
    pub(super) fn of(fields: &Fields) -> Self {
        let mut table = Self { names: Vec::new(), paths: Vec::new() };
        for (at, field) in fields.iter().enumerate() {
            table.add(field, field.name(), vec![at]);
        }
        table
    }

    fn add(&mut self, field: &Field, name: &str, path: Vec<usize>) {
        match field.data_type() {
            DataType::Struct(inner) if path.len() < DEEPEST && !inner.is_empty() && !is_json(name) => {
                for (at, field) in inner.iter().enumerate() {
                    self.add(field, &format!("{name}.{}", field.name()), [&path[..], &[at]].concat());
                }
            }
            _ => {
                self.names.push(name.to_owned());
                self.paths.push(path);
            }
        }
    }

    /// The header.
    pub(super) fn header(&self) -> Header {
        Header::new(self.names.iter().cloned())
    }
    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
    /// The column of the file in which a column of the header is.
    pub(super) fn root(&self, place: usize) -> usize {
        self.paths[place][0]
    }
    /// A column's cells in a batch that has these columns of the file, ascending.
    pub(super) fn column(&self, place: usize, batch: &RecordBatch, roots: &[usize]) -> ArrayRef {
        let path = &self.paths[place];
        let at = roots.binary_search(&path[0]).expect("a column is read before it is looked at");
        let mut array = Arc::clone(batch.column(at));
        for field in &path[1..] {
            let outer = array.as_struct();
            // A structure that is null has fields that are null, whatever stands in them.
            let inner = Arc::clone(outer.column(*field));
            array = match outer.nulls() {
                None => inner,
                Some(_) if inner.data_type() == &DataType::Null => inner,
                Some(nulls) if nulls.null_count() == outer.len() => new_null_array(inner.data_type(), inner.len()),
                Some(nulls) => masked(&inner, nulls.iter()),
            };
        }
        array
    }
}

/// The same cells, null where the structure around them is.
fn masked(inner: &ArrayRef, there: impl Iterator<Item = bool>) -> ArrayRef {
    let nulls = there.enumerate().map(|(row, is_there)| is_there && inner.is_valid(row));
    let data = inner.to_data().into_builder().nulls(Some(nulls.collect::<Vec<bool>>().into()));
    arrow_array::make_array(data.build().expect("the same cells with other nulls"))
}

fn is_json(name: &str) -> bool {
    MAPS.contains(&name) || Column::named(name).is_some_and(|column| column.holds() == Holds::Json)
}
