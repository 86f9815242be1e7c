//! The first sheet: the verdict, every word, and the way to the tables.
use super::grid::Grid;
use super::number::{DIGITS, is_rounded};
use super::sheet::{FITS, LINE, Styles, clean, lines, tall};
use plimsoll::report::{Block, Report};
use rust_xlsxwriter::{Url, Worksheet};

/// As wide as a line of text reads well, in letters; the verdict's are larger.
const WIDTH: usize = 110;
/// Letters are narrower than the digits that widths are told in.
const LETTERS: usize = 118;
const WIDTH_OF_VERDICT: usize = 80;
const LINE_OF_VERDICT: f64 = 19.0;

pub(crate) fn write(sheet: &mut Worksheet, report: &Report, grids: &[Grid], styles: &Styles) {
    sheet.set_name("Summary").expect("a short name");
    sheet.set_column_width(0, WIDTH as f64).expect(FITS);
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, text: &str, style| {
        sheet.write_string_with_format(row, 0, clean(text), style).expect(FITS);
        sheet.set_row_height(row, tall(lines(text, LETTERS), LINE)).expect(FITS);
        row += 1;
        row
    };
    line(sheet, &report.verdict, &styles.verdict);
    let height = tall(lines(&report.verdict, WIDTH_OF_VERDICT), LINE_OF_VERDICT);
    sheet.set_row_height(0, height).expect(FITS);
    for (i, section) in report.sections.iter().enumerate() {
        line(sheet, "", &styles.words);
        line(sheet, &section.title, &styles.title);
        for (j, block) in section.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(text) => {
                    line(sheet, text, &styles.words);
                }
                Block::List(items) => {
                    for item in items {
                        line(sheet, &format!("\u{2022} {item}"), &styles.words);
                    }
                }
                Block::Table(_) | Block::Tree(_) | Block::Chart(_) => {
                    for grid in grids.iter().filter(|grid| grid.place == Some((i, j))) {
                        let next = line(sheet, "", &styles.words);
                        link(sheet, next - 1, grid);
                    }
                }
            }
        }
    }
    let data: Vec<&Grid> = grids.iter().filter(|grid| grid.place.is_none()).collect();
    if !data.is_empty() {
        line(sheet, "", &styles.words);
        line(sheet, "Data", &styles.title);
        for grid in data {
            let next = line(sheet, "", &styles.words);
            link(sheet, next - 1, grid);
        }
    }
    if let Some(sentence) = rounded(grids) {
        line(sheet, "", &styles.words);
        line(sheet, &sentence, &styles.words);
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
}

fn link(sheet: &mut Worksheet, row: u32, grid: &Grid) {
    let url = Url::new(format!("internal:'{}'!A1", grid.name)).set_text(format!("Sheet: {}", grid.name));
    sheet.write_url(row, 0, url).expect(FITS);
}

/// What the format does to long numbers, where there are any.
fn rounded(grids: &[Grid]) -> Option<String> {
    let count = |grid: &Grid| grid.rows().flatten().filter(|cell| is_rounded(cell)).count();
    let what = match grids.iter().map(count).sum::<usize>() {
        0 => return None,
        1 => "1 amount here has more and is rounded".to_owned(),
        n => format!("{n} amounts here have more and are rounded"),
    };
    Some(format!("A spreadsheet keeps {DIGITS} digits of a number: {what}; CSV and JSON have every digit."))
}
