//! The columns of a table from its header and its first rows.
use super::meaning::Meaning;
use super::plan::{Column, Plan, TimeFormat, Times, ZoneOffset};
use crate::problem::Problem;
use crate::series_csv::columns::{self, Seen};
use crate::series_csv::source::Source;
use csv::ByteRecord;
use plimsoll::telemetry::Measure;
use std::collections::BTreeSet;
use std::io::Read;

/// So many rows are looked at.
const SAMPLE: usize = 200;

/// Names of columns that say whose a row is, the surest first.
const RESOURCES: [&str; 20] = [
    "resource",
    "resourceid",
    "resourcename",
    "host",
    "hostname",
    "instance",
    "instanceid",
    "instancename",
    "server",
    "machine",
    "node",
    "vm",
    "vmid",
    "container",
    "containername",
    "containerip",
    "pod",
    "service",
    "id",
    "name",
];
/// Parts of one name, from the outermost in.
const NESTED: [&str; 3] = ["namespace", "pod", "container"];
/// Names of columns that say what a value is of.
const METRICS: [&str; 9] =
    ["metric", "metricname", "measure", "counter", "kpi", "variable", "series", "field", "metriclabel"];
/// Names of columns that say which part of a resource a row is of.
const ITEMS: [&str; 12] = [
    "item",
    "disk",
    "device",
    "dev",
    "interface",
    "iface",
    "volume",
    "mount",
    "mountpoint",
    "filesystem",
    "core",
    "cpu",
];

/// The most of a file that is looked at: a table of many columns is known from fewer rows.
const LOOKED_AT: usize = 1 << 20;

/// The header and the first rows.
pub(super) fn sample<R: Read>(source: &mut Source<R>) -> Result<Vec<ByteRecord>, Problem> {
    let mut sample = Vec::new();
    let mut bytes = 0;
    while sample.len() <= SAMPLE && bytes < LOOKED_AT {
        let Some(row) = source.next()? else { break };
        bytes += row.as_slice().len() + row.len();
        sample.push(row);
    }
    Ok(sample)
}

/// Finds the columns. `stem` is the name of the file, which may say what its values are.
pub(super) fn plan<R: Read>(sample: &[ByteRecord], source: &Source<R>, stem: &str) -> Result<Plan, Problem> {
    let Some(first) = sample.first() else {
        return Err(source.problem_in_whole("the file is empty", "export it again, with a longer time range"));
    };
    let has_header = !columns::is_data(first);
    let rows = &sample[usize::from(has_header)..];
    if first.len() < 2 {
        let what = "the first row has one cell; a time and a value are needed";
        return Err(source.problem(first, 0, what.into(), "cells are separated by `,`, `;` or a tab"));
    }
    if rows.is_empty() {
        let what = "the file has a header and no rows";
        return Err(source.problem_in_whole(what, "export it again, with a longer time range"));
    }
    let names: Vec<String> = (0..first.len()).map(|i| columns::name(first, i, has_header)).collect();
    let plain: Vec<String> = names.iter().map(|n| columns::plain(n)).collect();
    let seen: Vec<Seen> = (0..names.len()).map(|i| Seen::of(rows, i)).collect();
    let Some(time) = columns::time_column(&plain, &seen) else {
        let what = format!("no column holds times: {}", columns::list(&names, 0..names.len()));
        let help = "call the column of times `timestamp`, and write 2026-03-01 04:00 or RFC 3339; or say how times are \
                    written in a layout file (--layout FILE)";
        return Err(source.problem(first, 0, what, help));
    };
    let mut notes = Vec::new();
    let is_named = |i: usize, any: &[&str]| has_header && any.contains(&plain[i].as_str());
    let is_number = |i: usize| seen[i].mostly_numbers();
    let others = || (0..names.len()).filter(|i| *i != time);
    let metric = others().find(|i| is_named(*i, &METRICS) && !is_number(*i));
    let resource = resource(time, &plain, has_header);
    let unit = others().find(|i| is_named(*i, &["unit", "units", "uom"]) && !is_number(*i));
    let is_label = |i: &usize| Some(*i) != metric && Some(*i) != unit && !resource.contains(i);
    let mut items: Vec<usize> = others().filter(is_label).filter(|i| is_named(*i, &ITEMS) && !is_number(*i)).collect();
    let mut unread = Vec::new();
    for i in others().filter(is_label).filter(|i| !is_number(*i)) {
        match distinct(rows, i) {
            _ if items.contains(&i) || is_empty(rows, i) => {}
            // Words that recur tell rows apart; those that are new in each row are remarks or numbers of requests.
            words if words * 2 <= rows.len() => items.push(i),
            _ => unread.push(i),
        }
    }
    let mut values: Vec<usize> = others().filter(is_label).filter(|i| is_number(*i) && !items.contains(i)).collect();
    if values.is_empty() && unread.len() == 1 {
        // A column of which no row can be read shows its mistakes.
        values = std::mem::take(&mut unread);
    }
    if let Some(metric) = metric {
        let named = columns::VALUES.iter().find_map(|name| values.iter().copied().find(|i| plain[*i] == *name));
        let Some(one) = named.or(if let [one] = values[..] { Some(one) } else { None }) else {
            let all = columns::list(&names, values.into_iter());
            let what = format!("the value of `{}` may stand in: {all}", names[metric]);
            return Err(source.problem(first, metric, what, "call its column `value`"));
        };
        unread.extend(values.iter().filter(|i| **i != one));
        values = vec![one];
    }
    if values.is_empty() {
        let what = format!("no column holds values: {}", columns::list(&names, others()));
        return Err(source.problem(first, 0, what, "a column of numbers is needed beside the times"));
    }
    if !unread.is_empty() {
        notes.push(format!("not read: {}.", columns::list(&names, unread.into_iter())));
    }
    let mut values: Vec<Column> = values
        .into_iter()
        .map(|index| {
            let meaning = if metric.is_some() {
                Meaning::of(Measure::Other(String::new()))
            } else {
                Meaning::of_name(&names[index])
            };
            Column::new(index, meaning)
        })
        .collect();
    Column::tell_apart(&mut values, &names);
    let time = Times { index: time, format: TimeFormat::Auto, zone: ZoneOffset::Untold };
    let width = first.len();
    let mut plan =
        Plan { has_header, width, decimal_comma: false, names, time, resource, items, metric, unit, values, notes };
    by_file_name(&mut plan, &plain, stem);
    Ok(plan)
}

/// A single column that is called no more than `value` may be what the file is called after.
fn by_file_name(plan: &mut Plan, plain: &[String], stem: &str) {
    let [column] = &mut plan.values[..] else { return };
    if plan.metric.is_some() || (plan.has_header && !is_unnamed(&plain[column.index])) {
        return;
    }
    let meaning = Meaning::of_name(stem);
    if !matches!(meaning.measure, Measure::Other(_)) {
        plan.notes.push(format!(
            "`{}` is read as {}, as the name of the file says.",
            plan.names[column.index], meaning.measure
        ));
        column.meaning = meaning;
    }
}

/// Whether a name says no more than that a column holds values.
pub(super) fn is_unnamed(plain: &str) -> bool {
    matches!(plain, "value" | "values" | "y" | "sum" | "average" | "maximum" | "minimum" | "total")
        || plain.starts_with("column")
}

fn resource(time: usize, plain: &[String], has_header: bool) -> Vec<usize> {
    let find = |name: &str| (0..plain.len()).find(|i| *i != time && plain[*i] == name);
    if !has_header {
        return Vec::new();
    }
    let nested: Vec<usize> = NESTED.iter().filter_map(|name| find(name)).collect();
    if nested.len() > 1 {
        return nested;
    }
    RESOURCES.iter().find_map(|name| find(name)).into_iter().collect()
}

fn distinct(rows: &[ByteRecord], column: usize) -> usize {
    rows.iter().filter_map(|row| row.get(column)).collect::<BTreeSet<_>>().len()
}

fn is_empty(rows: &[ByteRecord], column: usize) -> bool {
    rows.iter().filter_map(|row| row.get(column)).all(|cell| cell.trim_ascii().is_empty())
}
