//! A header of named columns, and the cells of a row under it.
use super::super::number::number;
use super::field;
use crate::problem::Problem;
use std::ops::Range;

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq)]
enum Column {
    /// What the row is of, and how such a part is called.
    Item(&'static str),
    /// Words, which are no measure.
    Words,
    /// A number.
    Field(String),
    /// As many numbers as the host has CPUs: `CPU*`.
    Many,
}

/// What a row holds.
#[derive(Debug, PartialEq)]
pub(super) struct Cells<'c> {
    pub(super) item: Option<String>,
    pub(super) fields: Vec<(&'c str, f64)>,
}

/// A cell that is wrong.
#[derive(Debug, PartialEq)]
pub(super) struct Wrong {
    pub(super) cell: usize,
    pub(super) what: String,
}

impl Columns {
    pub(super) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        let mut before = "";
        for name in names {
            let own = Column::Field(name.to_owned());
            columns.push(match field::item_column(name) {
                Some(kind) => Column::Item(kind),
                None if field::is_words(name) => Column::Words,
                None if name.ends_with('*') => Column::Many,
                // `proc-sz ov inod-sz ov`: each is of what stands before it.
                None if columns.contains(&own) => Column::Field(format!("{before} {name}")),
                None => own,
            });
            before = name;
        }
        Self { columns }
    }
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }
    /// Whether rows are of single interrupts: hundreds of them, which no model asks for.
    pub(super) fn is_interrupts(&self) -> bool {
        self.columns.first() == Some(&Column::Item("interrupt"))
    }
    /// Whether rows are of the devices that are plugged in, which tell no measure.
    pub(super) fn is_devices(&self) -> bool {
        self.columns.first() == Some(&Column::Words) || self.columns.first() == Some(&Column::Item("bus"))
    }
    /// Reads the cells of a row.
    pub(super) fn read<'c>(&'c self, cells: &[&str]) -> Result<Cells<'c>, Wrong> {
        if self.is_devices() {
            return Ok(Cells { item: None, fields: Vec::new() });
        }
        // Names of file systems stand last and may have blanks.
        let is_last = matches!(self.columns.last(), Some(Column::Item(_)));
        let is_open = self.columns.contains(&Column::Many) || self.is_interrupts();
        if cells.len() < self.len() || (cells.len() > self.len() && !is_open && !is_last) {
            let what = format!("the row has {} cells, its header {}", cells.len(), self.len());
            return Err(Wrong { cell: cells.len().saturating_sub(1), what });
        }
        let mut items = Vec::new();
        let mut fields = Vec::new();
        for (i, column) in self.columns.iter().enumerate() {
            match column {
                Column::Item(kind) if is_last && i + 1 == self.len() => {
                    items.extend(field::item(kind, &cells[i..].join(" ")));
                }
                Column::Item(kind) => items.extend(field::item(kind, cells[i])),
                Column::Words => {}
                Column::Field(name) => fields.extend(value(cells, i)?.map(|v| (name.as_str(), v))),
                // The first is the sum over CPUs; those of single CPUs are left to their own rows.
                Column::Many => fields.extend(value(cells, i)?.map(|v| ("intr/s", v))),
            }
        }
        Ok(Cells { item: (!items.is_empty()).then(|| items.join(" ")), fields })
    }
}

/// A number, with a decimal comma where the locale of the tool writes one.
pub(super) fn decimal(text: &str) -> Result<Option<f64>, String> {
    match text.split_once(',') {
        Some((whole, part)) if !part.contains([',', '.']) && !whole.contains('.') => {
            number(&format!("{whole}.{part}")).map_err(|_| format!("cannot read `{text}` as a number"))
        }
        _ => number(text),
    }
}

/// Solaris writes how many of how many there are: `84/30000`.
fn value(cells: &[&str], i: usize) -> Result<Option<f64>, Wrong> {
    decimal(cells[i].split('/').next().unwrap_or_default()).map_err(|what| Wrong { cell: i, what })
}

/// Whether a word is a number.
pub(super) fn is_number(word: &str) -> bool {
    matches!(decimal(word), Ok(Some(_)))
}

/// The bytes of a line that a part of it is.
pub(super) fn place(line: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize).min(line.len());
    start..(start + part.len()).min(line.len())
}

/// A mistake in one cell of a line.
pub(super) fn problem(file: &str, number: usize, line: &str, cells: &[&str], wrong: &Wrong) -> Problem {
    let cell = cells.get(wrong.cell).or(cells.last()).copied().unwrap_or(line);
    let help = "export it again as the tool writes it, or set such rows aside with --keep-going";
    Problem::in_line(file, number, line, place(line, cell), wrong.what.clone(), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_their_columns() {
        let columns = Columns::of(["DEV", "tps", "await"]);
        let read = columns.read(&["vda", "3.5", "-"]).unwrap();
        assert_eq!(read, Cells { item: Some("vda".into()), fields: vec![("tps", 3.5)] });
        assert_eq!(columns.read(&["vda", "3"]).unwrap_err().what, "the row has 2 cells, its header 3");
        assert_eq!(columns.read(&["vda", "x", "1"]).unwrap_err().cell, 1);
        assert_eq!(columns.read(&["vda", "1,5", "1"]).unwrap().fields[0], ("tps", 1.5));
    }

    #[test]
    fn a_file_system_may_have_blanks_in_its_name() {
        let columns = Columns::of(["MBfsfree", "FILESYSTEM"]);
        assert_eq!(columns.read(&["7", "/mnt/my", "disk"]).unwrap().item.as_deref(), Some("/mnt/my disk"));
    }

    #[test]
    fn what_is_used_of_a_table_is_read_and_devices_are_not() {
        let tables = Columns::of(["proc-sz", "ov", "file-sz", "ov"]);
        let read = tables.read(&["84/30000", "1", "601/601", "2"]).unwrap();
        assert_eq!(read.fields, [("proc-sz", 84.0), ("ov", 1.0), ("file-sz", 601.0), ("file-sz ov", 2.0)]);
        let devices = Columns::of(["manufact", "product", "BUS"]);
        assert_eq!(devices.read(&["1", "My", "Mouse", "Kit"]).unwrap().fields, []);
    }

    #[test]
    fn interrupts_of_many_cpus_are_read_as_their_sum() {
        let columns = Columns::of(["INTR", "CPU*"]);
        let read = columns.read(&["sum", "979", "625", "354"]).unwrap();
        assert_eq!((read.item.as_deref(), &read.fields[..]), (Some("interrupt sum"), &[("intr/s", 979.0)][..]));
        assert!(columns.is_interrupts());
    }

    #[test]
    fn a_comma_is_decimal_only_where_it_can_be() {
        assert_eq!(decimal("61,11"), Ok(Some(61.11)));
        assert!(decimal("1,204,5").is_err() && decimal("1,204.5").is_err());
        assert_eq!((decimal("-"), is_number("%user"), is_number("0/s")), (Ok(None), false, false));
    }
}
