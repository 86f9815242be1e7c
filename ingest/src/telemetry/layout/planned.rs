//! A layout put on the header of a file.
use super::super::csv::{Column, Meaning, Plan, Times};
use super::Layout;
use super::fields::ColumnName;
use crate::problem::Problem;
use crate::reader::nearest;
use crate::series_csv::columns::{self, Seen};
use crate::series_csv::source::Source;
use csv::ByteRecord;
use plimsoll::telemetry::Measure;
use std::io::Read;

impl Layout {
    /// The columns of a file as the layout names them.
    pub(crate) fn plan<R: Read>(&self, sample: &[ByteRecord], source: &Source<R>) -> Result<Plan, Problem> {
        let Some(first) = sample.first() else {
            let help = "does the layout skip too many rows?";
            return Err(source.problem_in_whole("the file has no rows below those that are skipped", help));
        };
        let names: Vec<String> = (0..first.len()).map(|i| columns::name(first, i, self.has_header)).collect();
        let find = |column: &ColumnName| {
            names.iter().position(|name| *name == column.name).ok_or_else(|| missing(column, &names))
        };
        let all = |columns: &[ColumnName]| columns.iter().map(find).collect::<Result<Vec<usize>, Problem>>();
        let time = find(&self.time)?;
        let (resource, items) = (all(&self.resource)?, all(&self.items)?);
        let metric = self.metric.as_ref().map(|(metric, value)| Ok::<_, Problem>((find(metric)?, find(value)?)));
        let metric = metric.transpose()?;
        let unit = self.unit.as_ref().map(find).transpose()?;
        let is_taken = |i: usize| i == time || unit == Some(i) || resource.contains(&i) || items.contains(&i);
        let mut values = match metric {
            Some((_, index)) => vec![Column::new(index, Meaning::of(Measure::Other(String::new())))],
            None if self.columns.is_empty() => {
                let rows = &sample[usize::from(self.has_header)..];
                let numbers = (0..names.len()).filter(|i| !is_taken(*i) && Seen::of(rows, *i).mostly_numbers());
                numbers.map(|index| Column::new(index, Meaning::of_name(&names[index]))).collect()
            }
            None => {
                let column = |(name, meaning): &(ColumnName, Meaning)| Ok(Column::new(find(name)?, meaning.clone()));
                self.columns.iter().map(column).collect::<Result<Vec<_>, Problem>>()?
            }
        };
        if values.is_empty() {
            let what = "the layout names no column of values, and none holds numbers";
            return Err(source.problem(first, 0, what.into(), "add a table [columns.\"a column\"] to the layout"));
        }
        let is_read =
            |i: usize| is_taken(i) || metric.is_some_and(|(m, _)| m == i) || values.iter().any(|c| c.index == i);
        let unread: Vec<usize> = (0..names.len()).filter(|i| !is_read(*i)).collect();
        let mut notes = Vec::new();
        if !unread.is_empty() {
            notes.push(format!("not read: {}.", columns::list(&names, unread.into_iter())));
        }
        Column::tell_apart(&mut values, &names);
        let time = Times { index: time, format: self.format.clone(), zone: self.zone };
        Ok(Plan {
            has_header: self.has_header,
            width: first.len(),
            decimal_comma: self.decimal_comma,
            names,
            time,
            resource,
            items,
            metric: metric.map(|(metric, _)| metric),
            unit,
            values,
            notes,
        })
    }
}

/// The mistake stands in the layout.
fn missing(column: &ColumnName, names: &[String]) -> Problem {
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let what = format!("no column is called `{}`", column.name);
    Problem { what, help: nearest::help(&column.name, &known, "the columns"), ..column.place.clone() }
}
