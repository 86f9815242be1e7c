//! Bytes and disk operations of a request.
use super::cpu::{data, signed};
use super::machines::{Machine, laid};
use super::measured::Measured;
use super::unit::{CONFIDENCE, Pairs, UnitFit};
use crate::profile::fit::{Fit, FitValue, range};
use crate::series::{Grid, Laid};
use crate::telemetry::{AccessLog, Distribution, Measure, ResourceName};
use crate::units::{Data, Factor, Quantity};

/// What was found, and what was not and why.
pub(super) struct Traffic {
    pub(super) fits: Vec<Fit>,
    pub(super) lines: Vec<UnitFit>,
    pub(super) notes: Vec<String>,
}

const USED: [(&str, Measure, &str); 7] = [
    ("bytes_in", Measure::NetworkIn, "bytes in"),
    ("bytes_out", Measure::NetworkOut, "bytes out"),
    ("disk_reads_per_request", Measure::DiskReads, "disk reads"),
    ("disk_writes_per_request", Measure::DiskWrites, "disk writes"),
    ("disk_operations_per_request", Measure::DiskOperations, "disk operations"),
    ("disk_read_bytes_per_request", Measure::DiskReadBytes, "bytes read from disk"),
    ("disk_write_bytes_per_request", Measure::DiskWriteBytes, "bytes written to disk"),
];

/// Fits each kind of traffic against requests. Where an access log tells the sizes themselves, they are taken; `fronts` are
/// where requests were counted, whose network is looked at where that of the machines was not measured.
pub(super) fn traffic(
    measured: &Measured,
    grid: &Grid,
    asked: &[Option<f64>],
    machines: &[Machine],
    fronts: &[ResourceName],
) -> Traffic {
    let mut found = Traffic { fits: Vec::new(), lines: Vec::new(), notes: Vec::new() };
    let log = measured.telemetry.access.first();
    for (key, measure, used) in USED {
        let is_network = matches!(measure, Measure::NetworkIn | Measure::NetworkOut);
        if let Some(fit) = log.and_then(|log| logged(log, key)) {
            found.fits.push(fit);
            continue;
        }
        let on = |names: &mut dyn Iterator<Item = &ResourceName>| -> Vec<(Laid, Vec<String>)> {
            names.filter_map(|name| laid(measured, grid, name, &measure)).collect()
        };
        let mut all = on(&mut machines.iter().map(|m| &m.name));
        if all.is_empty() && is_network {
            all = on(&mut fronts.iter());
        }
        if all.is_empty() {
            if is_network {
                let why = format!("{used} were not measured; none are planned, and no network is billed for them");
                found.fits.push(Fit::assumed(key, data([0.0; 3]), why));
            }
            continue;
        }
        let (used_by, from): (Vec<Laid>, Vec<Vec<String>>) = all.into_iter().unzip();
        let is_data = is_network || matches!(measure, Measure::DiskReadBytes | Measure::DiskWriteBytes);
        let show = |slope: f64| {
            signed(slope, |n| if is_data { Data::bytes(n).to_string() } else { Factor::of(n).to_string() })
        };
        match UnitFit::of(&Pairs::of(grid, asked, &used_by), [used, "requests per second"], from.concat(), show) {
            Ok(line) => {
                let ends = line.slope();
                let value = if is_data { data(ends) } else { FitValue::Factor(range(ends, CONFIDENCE, Factor::of)) };
                found.fits.push(Fit::measured(key, value, line.points, line.from.clone()));
                found.notes.extend(line.doubts());
                found.lines.push(line);
            }
            Err(unfit) if is_network => {
                found.fits.push(Fit::assumed(key, data([0.0; 3]), format!("{unfit}; none are planned")));
            }
            Err(unfit) => found.notes.push(format!("{key}: {unfit}.")),
        }
    }
    found
}

/// The sizes that a log tells: their mean, and its doubt by the spread of the sizes.
fn logged(log: &AccessLog, key: &'static str) -> Option<Fit> {
    let sizes: &Distribution<Data> = match key {
        "bytes_in" => log.bytes_in.as_ref()?,
        "bytes_out" => log.bytes_out.as_ref()?,
        _ => return None,
    };
    let mean = sizes.mean.base();
    // Where the spread is not told, that of sizes as varied as the exponential distribution's.
    let spread = sizes.variability.map_or(1.0, Factor::get).sqrt() * mean;
    let off = 1.96 * spread / (sizes.count.max(1) as f64).sqrt();
    let count = usize::try_from(sizes.count).unwrap_or(usize::MAX);
    Some(Fit::measured(key, data([mean - off, mean, mean + off]), count, vec![format!("log of {}", log.resource)]))
}
