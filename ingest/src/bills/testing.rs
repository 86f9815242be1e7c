//! Rows of text for the tests of translators, and what becomes of them.
use super::header::Header;
use super::row::{Cells, FocusRow};
use super::translate::{Outcome, Translate};
use plimsoll::bill::Column;
use std::path::PathBuf;

/// Gives the cells of each line of a text.
pub(crate) fn rows(text: &str, mut each: impl FnMut(&Cells<'_>)) {
    for line in text.lines() {
        let ends = ends(line);
        each(&Cells { text: line.as_bytes(), start: 0, ends: &ends });
    }
}

/// Where the cells of a line end; commas within quotes do not count.
fn ends(line: &str) -> Vec<u32> {
    let mut in_quotes = false;
    let mut ends = Vec::new();
    for (at, byte) in line.bytes().enumerate() {
        in_quotes ^= byte == b'"';
        if byte == b',' && !in_quotes {
            ends.push(at as u32);
        }
    }
    ends.push(line.len() as u32);
    ends
}

/// A provider's way to a translator.
pub(crate) type Translator = fn(&Header) -> Result<Box<dyn Translate>, String>;

/// A row of a text, translated: its charges in FOCUS, and what became of it.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) charges: Vec<FocusRow>,
    pub(crate) outcome: Outcome,
}

impl Done {
    /// Cells of its only charge, as text.
    pub(crate) fn told<const N: usize>(&self, columns: [Column; N]) -> [&str; N] {
        assert_eq!((&self.outcome, self.charges.len()), (&Outcome::Used, 1));
        columns.map(|column| std::str::from_utf8(self.charges[0].get(column)).unwrap())
    }
    /// The four costs of its only charge: billed, effective, list, contracted.
    pub(crate) fn costs(&self) -> [&str; 4] {
        self.told([Column::BilledCost, Column::EffectiveCost, Column::ListCost, Column::ContractedCost])
    }
    /// What is wrong with it, and what to do: `4: what; help`.
    pub(crate) fn complaint(&self) -> String {
        match &self.outcome {
            Outcome::Unreadable { place, what, help } => format!("{place}: {what}; {help}"),
            other => panic!("{other:?} is no complaint"),
        }
    }
}

/// Splits a text into its header and the rest.
pub(crate) fn headed(csv: &str) -> (Header, &str) {
    let csv = csv.trim_start_matches('\u{feff}');
    let (first, rest) = csv.split_once('\n').unwrap_or((csv, ""));
    let mut header = None;
    rows(first, |cells| header = Some(Header::new((0..cells.len()).map(|place| cells.text(place).into_owned()))));
    (header.unwrap_or_else(|| Header::new([])), rest)
}

/// Translates the rows below the header; the notes come after.
pub(crate) fn translated(csv: &str, translator: Translator) -> (Vec<Done>, Vec<String>) {
    let (header, rest) = headed(csv);
    let translator = translator(&header).expect("its columns are there");
    let (mut done, mut row) = (Vec::new(), FocusRow::default());
    rows(rest, |cells| {
        row.clear();
        let mut charges = Vec::new();
        let outcome = translator.translate(cells, &mut row, &mut |charge| charges.push(charge.clone()));
        done.push(Done { charges, outcome });
    });
    (done, translator.notes())
}

/// A real export that is shared on the machine where the project is made; nothing where it is absent.
pub(crate) fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/usage/billing").join(name);
    let text = std::fs::read_to_string(path);
    if text.is_err() {
        println!("skipped: the shared export {name} is not here");
    }
    text.ok()
}
