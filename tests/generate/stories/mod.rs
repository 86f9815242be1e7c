//! A quarter with a plot: every reason why March costs more than February is planted, and its amount known to the cent.
//!
//!     generate stories --seed 1 --out fixtures/bills
//!
//! `quarter.csv` is a FOCUS 1.2 export of daily rows, January to March 2026: a price rises by a tenth, one volume grows, a
//! mix shifts at the same total, a service begins and another stops, a savings plan is unused every night, and on
//! 2026-03-18 data transfer costs six times as much. `requests.csv` counts what the business served on each day.
//! `quarter_key.json` has the sums and the amounts.
mod key;
mod plot;
mod rows;

use crate::flags::Flags;
use std::fs;
use std::path::Path;

/// Writes the files into a folder; what was done, in one line.
pub(crate) fn run(mut flags: Flags) -> Result<String, String> {
    let seed = flags.value("seed", 1)?;
    let folder: String = flags.value("out", "fixtures/bills".into())?;
    flags.done()?;
    let charges = plot::charges(seed);
    let requests = plot::requests(seed);
    let counted: String = requests.iter().map(|(date, amount)| format!("{date},{amount}\n")).collect();
    let files = [
        ("quarter.csv", rows::sheet(&charges).text()),
        ("requests.csv", format!("date,amount\n{counted}")),
        ("quarter_key.json", format!("{:#}\n", key::json(seed, &charges, &requests))),
    ];
    for (name, text) in &files {
        let path = Path::new(&folder).join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(format!("{} files in {folder}", files.len()))
}
