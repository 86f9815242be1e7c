//! Workbooks for a spreadsheet. What stands in them is checked where they are made.
use super::REPORTS;
use plimsoll_tests::bytes;

fn workbook(question: &[&str]) -> Vec<u8> {
    let (status, bytes) = bytes(&[question, &["--as-of", "2026-11-23", "--format", "xlsx"]].concat());
    assert!(status < 2, "{question:?}");
    bytes
}

/// Whether an archive has a file of this name; names are not compressed.
fn has(archive: &[u8], name: &str) -> bool {
    archive.windows(name.len()).any(|window| window == name.as_bytes())
}

#[test]
fn every_question_gives_a_workbook() {
    for question in REPORTS {
        let book = workbook(question);
        assert!(book.starts_with(b"PK\x03\x04"), "{question:?}");
        assert!(has(&book, "xl/workbook.xml") && has(&book, "xl/worksheets/sheet1.xml"), "{question:?}");
    }
}

#[test]
fn the_same_command_gives_the_same_workbook() {
    for question in REPORTS {
        assert!(workbook(question) == workbook(question), "{question:?}");
    }
}

#[test]
fn a_workbook_is_written_where_out_says() {
    let path = std::env::temp_dir().join(format!("plimsoll-{}.xlsx", std::process::id()));
    let question = ["plan", "fixtures/one-service.toml", "--as-of", "2026-11-23"];
    let (status, out) = bytes(&[&question[..], &["--out", &path.to_string_lossy()]].concat());
    let written = std::fs::read(&path).expect("the file was written");
    std::fs::remove_file(&path).expect("and can be removed");
    assert_eq!((status, out.len()), (0, 0));
    assert!(written == workbook(&question[..2]), "as on standard output");
}
