//! A table in a box of its own, so that a wide one scrolls and the page does not.
use super::escape::escaped;
use super::number;
use crate::report::{Align, Cell, Column, Table};

/// From so many rows on, the box scrolls downward too, under heads that stay.
const LONG: usize = 60;

pub(super) fn render(table: &Table, name: &str, form: Option<&str>) -> String {
    let columns = &table.columns;
    let head = |column: &Column| format!("<th scope=\"col\"{}>{}</th>", class(column, &[]), escaped(&column.name));
    let heads: String = columns.iter().map(head).collect();
    let rows: String = table.rows.iter().map(|cells| format!("<tr>{}</tr>\n", row(columns, cells, form))).collect();
    let foot = if table.foot.is_empty() {
        String::new()
    } else {
        format!("<tfoot>\n<tr>{}</tr>\n</tfoot>\n", row(columns, &table.foot, form))
    };
    let long = if table.rows.len() >= LONG { " long" } else { "" };
    format!(
        "<div class=\"box{long}\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n\
         <thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n{foot}</table>\n</div>\n",
        escaped(name)
    )
}

/// Longer words are broken into lines.
const SENTENCE: usize = 30;

/// The first cell heads its row where it names it.
fn row(columns: &[Column], cells: &[Cell], form: Option<&str>) -> String {
    let cell = |(i, (column, cell)): (usize, (&Column, &Cell))| {
        let shown = cell.shown();
        let more: &[&str] = match cell {
            Cell::Unknown => &["unknown"],
            _ if column.align == Align::Left && shown.chars().count() > SENTENCE => &["broken"],
            _ => &[],
        };
        let (class, text) = (class(column, more), number(cell, form));
        match (i, column.align) {
            (0, Align::Left) => format!("<th scope=\"row\"{class}>{text}</th>"),
            _ => format!("<td{class}>{text}</td>"),
        }
    };
    columns.iter().zip(cells).enumerate().map(cell).collect()
}

fn class(column: &Column, more: &[&str]) -> String {
    let number = (column.align == Align::Right).then_some("n");
    let names: Vec<&str> = number.into_iter().chain(more.iter().copied()).collect();
    if names.is_empty() { String::new() } else { format!(" class=\"{}\"", names.join(" ")) }
}
