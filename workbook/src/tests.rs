//! Workbooks opened again.
use super::render;
use calamine::{Data, DataType, Reader, Xlsx};
use plimsoll::report::{Axis, Bar, Block, Cell, Chart, Column, Layer, Line, Plot, Report, Section, Table, Twig};
use plimsoll::units::{Money, Share};
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

fn opened(report: &Report) -> Book {
    Xlsx::new(Cursor::new(render(report))).expect("a workbook")
}

fn dollars(text: &str) -> Cell {
    text.parse::<Money>().expect("an amount").into()
}

fn twig(depth: usize, label: &str, amount: Cell) -> Twig {
    Twig { depth, label: label.into(), remark: String::new(), amount, share: Cell::Share(Share::percent(50.0)) }
}

fn costs() -> Table {
    let rows = [
        vec!["=1+1".into(), dollars("0.1"), Cell::Count(2), Cell::Date("2026-11-23".parse().expect("a day"))],
        vec!["disks".into(), dollars("12345678.901234567891"), Cell::Count(5), Cell::Nothing],
        vec!["nat".into(), Cell::Unknown, Cell::Count(1), Cell::Nothing],
    ];
    let columns = vec![Column::words("what"), Column::numbers("usd"), Column::numbers("n"), Column::words("as of")];
    let total = vec!["total".into(), dollars("12345679.001234567891"), Cell::Count(9), Cell::Nothing];
    Table::of(columns, rows).with_foot(total)
}

fn report() -> Report {
    let along = Axis { name: "month".into(), at: vec![Cell::Count(1), Cell::Count(2)] };
    let chart = |title: &str, plot| Block::Chart(Chart { title: title.into(), measured: "US dollars".into(), plot });
    let values = [dollars("1"), dollars("2")];
    let tree = vec![twig(0, "a month", dollars("7")), twig(1, "disks", dollars("3")), twig(1, "nodes", dollars("4"))];
    let blocks = vec![
        Block::Paragraph("Some words.".into()),
        Block::Table(costs()),
        Block::List(vec!["one".into(), "two".into()]),
        Block::Table(Table::of(vec![Column::words("alone")], [])),
        Block::Tree(tree),
        chart("By what", Plot::Bars(vec![Bar::of("disks", dollars("3"))])),
        chart(
            "By month",
            Plot::Lines {
                along: along.clone(),
                lines: vec![Line::of("paid", values.clone())],
                marks: vec![],
                guides: vec![],
            },
        ),
        chart("Stacked", Plot::Stacks { along, layers: vec![Layer { name: "disks".into(), values: values.to_vec() }] }),
    ];
    let sections = Section::of("What it costs: [all]", blocks).into_iter().collect();
    Report { verdict: "Run it: $7 a month.".into(), sections, main: costs().with_foot(Vec::new()) }
}

/// The texts of a sheet's first column.
fn first_column(book: &mut Book, sheet: &str) -> Vec<String> {
    let range = book.worksheet_range(sheet).expect("the sheet is there");
    range.rows().map(|row| row[0].to_string()).collect()
}

#[test]
fn every_table_has_a_sheet_and_the_first_has_the_words() {
    let mut book = opened(&report());
    let costs = ["What it costs all", "What it costs all (2)", "What it costs all (3)"];
    assert_eq!(book.sheet_names(), [&["Summary"], &costs[..], &["By what", "By month", "Stacked", "Data"]].concat());
    let words = first_column(&mut book, "Summary");
    assert_eq!(
        words,
        [
            "Run it: $7 a month.",
            "",
            "What it costs: [all]",
            "Some words.",
            "Sheet: What it costs all",
            "\u{2022} one",
            "\u{2022} two",
            "Sheet: What it costs all (2)",
            "Sheet: What it costs all (3)",
            "Sheet: By what",
            "Sheet: By month",
            "Sheet: Stacked",
            "",
            "Data",
            "Sheet: Data",
            "",
            "A spreadsheet keeps 15 digits of a number: 3 amounts here have more and are rounded; CSV and JSON have every digit.",
        ]
    );
}

#[test]
fn numbers_are_numbers_and_words_are_never_formulas() {
    let mut book = opened(&report());
    let range = book.worksheet_range("What it costs all").expect("the sheet is there");
    let row = |n: u32| (0..4).map(|c| range.get_value((n, c)).cloned().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(row(1)[..3], [Data::String("=1+1".into()), Data::Float(0.1), Data::Float(2.0)]);
    assert!(matches!(&row(1)[3], Data::DateTime(day) if day.as_f64() == 46_349.0), "{:?}", row(1)[3]);
    assert_eq!(row(2)[1], Data::Float(12_345_678.901_234_568), "rounded to what a spreadsheet keeps");
    assert_eq!((row(3)[1].clone(), row(3)[3].clone()), (Data::String("unknown".into()), Data::Empty));
}

#[test]
fn totals_that_are_sums_are_formulas_with_their_results() {
    let mut book = opened(&report());
    let formulas = book.worksheet_formula("What it costs all").expect("the sheet is there");
    let formulas: Vec<((usize, usize), String)> =
        formulas.used_cells().map(|(row, column, f)| ((row, column), f.clone())).collect();
    assert_eq!(formulas.iter().map(|(_, f)| f.as_str()).collect::<Vec<_>>(), ["SUM(B2:B4)"], "9 is not 2 + 5 + 1");
    let values = book.worksheet_range("What it costs all").expect("the sheet is there");
    let total: Vec<Option<f64>> = (1..3).map(|c| values.get_value((4, c)).and_then(|d| d.as_f64())).collect();
    assert_eq!(total, [Some(12_345_679.001_234_569), Some(9.0)]);
}

#[test]
fn the_parents_of_a_tree_are_sums() {
    let mut book = opened(&report());
    let formulas = book.worksheet_formula("What it costs all (3)").expect("the sheet is there");
    let formulas: Vec<&str> = formulas.used_cells().map(|(_, _, f)| f.as_str()).collect();
    assert_eq!(formulas, ["SUM(C3:C4)"]);
    assert_eq!(first_column(&mut book, "What it costs all (3)"), ["what", "a month", "disks", "nodes"]);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(render(&report()), render(&report()));
}

#[test]
fn what_the_format_cannot_hold_is_cut_or_dropped() {
    let long = "x".repeat(40_000);
    let rows = [vec![Cell::from(long.as_str())], vec!["a\u{0}b\u{1b}c\u{ffff}d_x0041_".into()]];
    let table = Table::of(vec![Column::words("what")], rows);
    let sections = Section::of("'/'", vec![Block::Table(table.clone())]).into_iter().collect();
    let mut book = opened(&Report { verdict: long, sections, main: table });
    assert_eq!(book.sheet_names(), ["Summary", "Sheet"], "the data stand there already");
    let words = first_column(&mut book, "Sheet");
    assert_eq!((words[1].len(), words[2].as_str()), (32_767, "abcd_x0041_"));
}
