//! The guess about a file, written as a layout that reads it in the same way.
use super::guess;
use super::plan::Plan;
use crate::problem::Problem;
use crate::series_csv::source::Source;
use plimsoll::telemetry::{Measure, Statistic};
use std::fmt::Write as _;
use std::io::Read;

/// Looks at the start of a file, plain or packed, and writes a layout for it: what was guessed, to be corrected by hand.
///
/// # Errors
/// What keeps the columns from being found, with its place.
pub fn guess_layout(name: &str, bytes: impl Read) -> Result<String, Vec<Problem>> {
    let one = |problem| vec![problem];
    let mut source = Source::open(name, bytes).map_err(one)?;
    let sample = guess::sample(&mut source).map_err(one)?;
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = short.split('.').next().unwrap_or(short);
    let plan = guess::plan(&sample, &source, stem).map_err(one)?;
    if let Some(column) = plan.names.iter().find(|name| name.contains(char::is_control) || name.chars().count() > 120) {
        let what = format!("the name of the column {} cannot stand in a layout", quoted(column));
        return Err(one(Problem::in_whole(
            name,
            what,
            "write names of columns of at most 120 letters, without tabs and line breaks",
        )));
    }
    Ok(written(&plan, source.delimiter(), short))
}

fn written(plan: &Plan, delimiter: u8, file: &str) -> String {
    let name = |index: usize| quoted(&plan.names[index]);
    let list = |indices: &[usize]| indices.iter().map(|i| name(*i)).collect::<Vec<_>>().join(", ");
    let mut out =
        format!("# How {} is read: a guess from its header and first rows.\n", file.replace(char::is_control, " "));
    let delimiter = match delimiter {
        b'\t' => "tab".to_owned(),
        other => char::from(other).to_string(),
    };
    let _ = writeln!(out, "delimiter = {}", quoted(&delimiter));
    let _ = writeln!(out, "decimal = \".\" # \",\" where numbers are written 1204,7");
    let _ = writeln!(out, "header = {} # false where the first row holds values already", plan.has_header);
    let _ = writeln!(out, "skip_rows = 0 # lines above the header");
    let _ = writeln!(out, "\n[time]\ncolumn = {}", name(plan.time.index));
    out.push_str("format = \"auto\" # or \"seconds\", \"milliseconds\", or a pattern: \"%d.%m.%Y %H:%M\"\n");
    out.push_str("# zone = \"+01:00\" # of times that have none; UTC where it is not written\n");
    if plan.resource.is_empty() {
        out.push_str(
            "\n# [resource]\n# columns = [\"host\"] # whose a row is; the name of the file where no column says it\n",
        );
    } else {
        let _ = writeln!(out, "\n[resource]\ncolumns = [{}]", list(&plan.resource));
    }
    if !plan.items.is_empty() {
        let _ =
            writeln!(out, "\n[item] # the part of a resource, as one of its disks\ncolumns = [{}]", list(&plan.items));
    }
    if let Some(unit) = plan.unit {
        let _ = writeln!(out, "\n[unit] # a column with the units of values\ncolumn = {}", name(unit));
    }
    if let Some(metric) = plan.metric {
        let _ = writeln!(out, "\n[metric] # a column with the names of metrics, and the one with their values");
        let _ = writeln!(out, "column = {}\nvalue = {}", name(metric), name(plan.values[0].index));
        out.push_str("# A table [columns.\"a metric\"] says what one of them is; the rest is guessed by name.\n");
        return out;
    }
    let is_twice = |name: &String| plan.names.iter().filter(|other| *other == name).count() > 1;
    if plan.values.iter().any(|column| is_twice(&plan.names[column.index])) {
        out.push_str("\n# Columns share a name, so that none can be described by it: each is guessed by its name.\n");
        return out;
    }
    for column in &plan.values {
        let meaning = &column.meaning;
        let _ = writeln!(out, "\n[columns.{}]", name(column.index));
        let _ = writeln!(out, "measure = {}", quoted(meaning.measure.word()));
        match &meaning.unit {
            Some(unit) => {
                let _ = writeln!(out, "unit = {}", quoted(unit));
            }
            None if !matches!(meaning.measure, Measure::Other(_)) => {
                out.push_str(
                    "# unit = \"%\" # or \"KiB\", \"MB/s\", \"ms\", \"per 5 min\"; guessed where it is not written\n",
                );
            }
            None => {}
        }
        if meaning.statistic != Statistic::Mean {
            let _ = writeln!(out, "statistic = {}", quoted(&meaning.statistic.to_string()));
        }
        if meaning.counter {
            out.push_str("counter = true\n");
        }
    }
    out
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
