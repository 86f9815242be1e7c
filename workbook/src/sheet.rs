//! One sheet: bold heads that stay, a filter, columns as wide as what they hold.
use super::drawing;
use super::grid::Grid;
use super::names::cut;
use super::number::{Number, number};
use plimsoll::report::{Align, Cell};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Worksheet};

/// The narrowest and the widest column, in letters; longer texts are broken.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;
/// The longest text of a cell, in units of UTF-16.
const LONGEST: usize = 32_767;
/// What stays free beside a text, in letters, and the height of a line, in points.
const MARGIN: usize = 2;
pub(crate) const LINE: f64 = 15.0;
/// How far words may be set in.
const DEEPEST: usize = 15;
/// A spreadsheet folds trees so many levels deep.
const FOLDS: usize = 7;
/// What the button of the filter takes of a head, in letters.
const BUTTON: usize = 4;

/// What the limits above rule out.
pub(crate) const FITS: &str = "cells lie within the format's limits";

/// The looks that sheets share.
pub(crate) struct Styles {
    pub(crate) plain: Format,
    pub(crate) head: Format,
    pub(crate) total: Format,
    pub(crate) verdict: Format,
    pub(crate) title: Format,
    pub(crate) words: Format,
}

impl Styles {
    pub(crate) fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let bold = Format::new().set_bold();
        let head = bold.clone().set_background_color(Color::RGB(0x00E8_ECF0)).set_border_bottom(FormatBorder::Thin);
        Self {
            head: head.set_text_wrap().set_align(FormatAlign::Bottom),
            total: bold.clone().set_border_top(FormatBorder::Thin),
            verdict: bold.clone().set_font_size(14).set_text_wrap().set_align(FormatAlign::Top),
            title: bold.set_font_size(12),
            words: plain.clone().set_text_wrap(),
            plain,
        }
    }
}

pub(crate) fn write(sheet: &mut Worksheet, grid: &Grid, styles: &Styles) {
    sheet.set_name(&grid.name).expect("names are made to fit");
    let table = &grid.table;
    let widths: Vec<usize> = (0..table.columns.len()).map(|column| width(grid, column)).collect();
    for (column, head) in table.columns.iter().enumerate() {
        let style = aligned(styles.head.clone(), head.align, indent(grid, 0, column));
        sheet.write_string_with_format(0, narrow(column), clean(&head.name), &style).expect(FITS);
        sheet.set_column_width(narrow(column), widths[column] as f64).expect(FITS);
    }
    for (row, cells) in grid.rows().enumerate() {
        let is_total = row == table.rows.len();
        let base = if is_total { &styles.total } else { &styles.plain };
        let mut height = 1;
        for (column, cell) in cells.iter().enumerate() {
            let indent = indent(grid, row, column);
            let style = aligned(base.clone(), table.columns[column].align, indent);
            let at = (below_heads(row), narrow(column));
            write_cell(sheet, at, cell, grid.formulas.get(&(row, column)), style);
            if number(cell).is_none() {
                height = height.max(lines(&cell.shown(), widths[column] - MARGIN - indent));
            }
        }
        if height > 1 {
            sheet.set_row_height(below_heads(row), tall(height, LINE)).expect(FITS);
        }
    }
    let (last_row, last_column) = (below_heads(table.rows.len()) - 1, narrow(table.columns.len().max(1) - 1));
    sheet.set_freeze_panes(1, 0).expect(FITS);
    if !table.rows.is_empty() && grid.depths.is_empty() {
        sheet.autofilter(0, 0, last_row, last_column).expect(FITS);
    }
    fold(sheet, &grid.depths);
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0).expect(FITS);
    if let Some(chart) = &grid.chart {
        drawing::insert(sheet, &grid.name, chart, last_row, last_column + 2);
    }
}

fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, formula: Option<&String>, style: Format) {
    match (number(cell), formula) {
        (Some(Number { value, format }), Some(formula)) => {
            let formula = Formula::new(formula).set_result(value.to_string());
            sheet.write_formula_with_format(row, column, formula, &style.set_num_format(format))
        }
        (Some(Number { value, format }), None) => {
            sheet.write_number_with_format(row, column, value, &style.set_num_format(format))
        }
        (None, _) if *cell == Cell::Nothing => sheet.write_blank(row, column, &style),
        (None, _) => sheet.write_string_with_format(row, column, clean(&cell.shown()), &style.set_text_wrap()),
    }
    .expect(FITS);
}

/// Words set in from the numbers before them; a tree's by their depth.
fn indent(grid: &Grid, row: usize, column: usize) -> usize {
    match column {
        0 => grid.depths.get(row).map_or(0, |depth| (*depth).min(DEEPEST)),
        _ => 1,
    }
}

fn aligned(style: Format, align: Align, indent: usize) -> Format {
    match align {
        Align::Right => style.set_align(FormatAlign::Right),
        Align::Left => style.set_align(FormatAlign::Left).set_indent(u8::try_from(indent).expect("it is small")),
    }
}

/// How many lines a text takes where a line has room for so many letters. Not every program finds that out by itself.
pub(crate) fn lines(text: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        lines += used.saturating_sub(1) / width;
        used -= used.saturating_sub(1) / width * width;
    }
    lines
}

/// So many lines in points, as far as a row may be.
pub(crate) fn tall(lines: usize, line: f64) -> f64 {
    (lines as f64 * line).min(409.0)
}

/// A text without what the format cannot hold. Whatever it begins with, it is never a formula.
pub(crate) fn clean(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !c.is_control() || *c == '\n').filter(|c| !is_no_letter(*c)).collect();
    cut(&seen, LONGEST).to_owned()
}

/// What XML forbids beside control characters.
fn is_no_letter(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// As wide as its longest cell, as far as that may be.
fn width(grid: &Grid, column: usize) -> usize {
    let table = &grid.table;
    let cell =
        |(row, cells): (usize, &Vec<Cell>)| indent(grid, row, column) + cells[column].shown().chars().count() + MARGIN;
    let longest = grid.rows().enumerate().map(cell).max().unwrap_or(0);
    let head = table.columns[column].name.chars().count() + BUTTON;
    longest.max(head.min(20 + BUTTON)).clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// Lets the twigs below each parent be folded away.
fn fold(sheet: &mut Worksheet, depths: &[usize]) {
    sheet.group_symbols_above(true);
    for (at, depth) in depths.iter().enumerate().filter(|(_, depth)| **depth < FOLDS) {
        let below = depths[at + 1..].iter().take_while(|d| *d > depth).count();
        if below > 0 {
            sheet.group_rows(below_heads(at + 1), below_heads(at + below)).expect(FITS);
        }
    }
}

fn below_heads(row: usize) -> u32 {
    u32::try_from(row + 1).expect("a sheet has less than 2^20 rows")
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).expect("a table has less than 2^14 columns")
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn long_texts_take_several_lines() {
        assert_eq!(["", "short", "two words", "two words more"].map(|text| lines(text, 10)), [1, 1, 1, 2]);
        assert_eq!(lines(&"x".repeat(25), 10), 3, "a word that is longer than a line is broken");
        assert_eq!(lines(&"word ".repeat(20), 9), 10);
    }
}
