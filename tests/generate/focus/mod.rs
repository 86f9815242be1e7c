//! A large FOCUS 1.0 export, of any size, with its answer key.
//!
//!     generate focus --rows 8000000 --seed 1 --days 90 --out big.csv --key big.json --threads 2
//!
//! Eight million rows are 4 GB. Row `k` is a pure function of the seed and of `k`, so threads write shards in any order and
//! the bytes are the same for any number of them. The rows keep the rules of FOCUS 1.0 for nulls, `ListCost` is exactly
//! `ListUnitPrice` times `PricingQuantity`, and `ContractedCost` is `ContractedUnitPrice` times it.
//!
//! In it: use that moves with the hour and the weekday, spot machines, a contract that takes 7 % off for a third of the
//! accounts, savings plans whose used and unused parts sum to the purchase of each hour, credits, taxes, corrections of
//! the month before, a SKU that is first sold on day 20, and four services that use eight times as much for a day. A
//! third of the resources have tags. The key has the sums of the four costs by service, region and month.
//!
//! `--style sample` writes `NULL`, times without a zone and quotes around cells, as real exports do; `--newlines` breaks
//! lines within descriptions; `--bad-share 0.001` makes so many billed costs unreadable (such rows are in no sum of the key
//! but `unreadable`); `--crlf` and `--bom` are what they say.
mod calendar;
mod estate;
mod key;
mod line;
mod menu;
mod options;
mod row;
mod shards;

use crate::flags::Flags;
use calendar::Calendar;
use line::Pen;
use options::Options;
use row::Bill;
use std::fs::{self, File};
use std::io;
use std::time::Instant;

/// Writes the export and its key as the flags say; what was done, in one line.
pub(crate) fn run(mut flags: Flags) -> Result<String, String> {
    let options = Options::read(&mut flags)?;
    flags.done()?;
    let began = Instant::now();
    let bill = Bill::new(options.seed, options.rows, Calendar::new(options.days, options.form.style));
    let pen = Pen::new(&bill, options.form);
    let failed = |error: io::Error| format!("{}: {error}", options.out);
    let (key, size) = if options.out == "-" {
        shards::write(&bill, &pen, options.threads, &mut io::stdout().lock())
    } else {
        File::create(&options.out).and_then(|mut file| shards::write(&bill, &pen, options.threads, &mut file))
    }
    .map_err(failed)?;
    if let Some(path) = &options.key {
        let text = format!("{:#}\n", key.json(&bill, &options));
        fs::write(path, text).map_err(|error| format!("{path}: {error}"))?;
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok(format!("{} rows, {size} bytes, {seconds:.1} s, {:.0} MB/s", options.rows, size as f64 / 1e6 / seconds))
}
