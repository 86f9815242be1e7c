//! Text for a terminal, CSV for a spreadsheet, Markdown for a pull request.
use super::{FIXTURES, asked, side_by_side};

/// Lines of words are broken at so many columns.
const WORDS: usize = 100;
/// Tables and trees keep their columns together, to so many at most.
const TABLES: usize = 120;

/// Whether a line belongs to a table or tree: its columns are set apart by runs of blanks, or lines lead to it.
fn is_in_columns(line: &str) -> bool {
    let text = line.trim_start();
    text.contains("  ") || text.starts_with(['├', '└', '│'])
}

#[test]
fn text_fits_a_terminal() {
    for file in FIXTURES {
        for flags in [&[], side_by_side(file)] {
            let ran = asked("plan", file, flags);
            assert_eq!(ran.status, 0, "{file}: {}", ran.err);
            for line in ran.out.lines() {
                let most = if is_in_columns(line) { TABLES } else { WORDS };
                assert!(line.chars().count() <= most, "{file}, {} columns: {line}", line.chars().count());
                assert_eq!(line.trim_end(), line, "{file}: blanks at the end");
            }
        }
    }
}

#[test]
fn text_opens_with_its_verdict_in_one_sentence() {
    for file in FIXTURES {
        let out = asked("plan", file, &[]).out;
        let verdict = out.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let envelope = super::json("plan", file, &[]);
        assert_eq!(Some(verdict.as_str()), envelope["verdict"].as_str(), "{file}");
        assert!(verdict.ends_with('.') && verdict.contains('$'), "{verdict}");
    }
}

/// The cells of a line of CSV (RFC 4180).
fn cells(line: &str) -> usize {
    let mut quoted = false;
    1 + line
        .chars()
        .filter(|&c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
        .count()
}

#[test]
fn csv_has_as_many_cells_in_each_row() {
    for file in FIXTURES {
        let csv = asked("plan", file, &["--format", "csv"]).out;
        let (head, rows) = csv.split_once('\n').expect("a header and rows");
        assert!(!rows.is_empty() && cells(head) > 5, "{file}: {head}");
        for row in rows.lines() {
            assert_eq!(cells(row), cells(head), "{file}: {row}");
        }
    }
}

#[test]
fn csv_has_every_line_of_the_bill() {
    for file in FIXTURES {
        let csv = asked("plan", file, &["--format", "csv"]).out;
        let envelope = super::json("plan", file, &[]);
        for line in envelope["answer"]["chosen"]["cost"]["lines"].as_array().expect("lines are a list") {
            let (sku, amount) = (line["sku"].as_str().expect("a name"), line["usd_per_month"].to_string());
            let row = csv.lines().find(|row| row.contains(sku) && row.split(',').any(|cell| cell == amount));
            assert!(row.is_some(), "{file}: {sku} {amount}");
        }
    }
}

/// Markdown's own signs are escaped with a backslash.
fn without_escapes(text: &str) -> String {
    text.replace('\\', "")
}

#[test]
fn markdown_has_the_verdict_and_every_section_of_the_text() {
    for file in FIXTURES {
        let md = without_escapes(&asked("plan", file, &["--format", "md"]).out);
        let verdict = super::json("plan", file, &[])["verdict"].as_str().expect("a sentence").to_owned();
        assert!(md.starts_with(&format!("**{verdict}**\n")), "{md}");
        let text = asked("plan", file, &[]).out;
        let is_heading = |line: &&str| !line.is_empty() && line.chars().all(|c| c.is_ascii_uppercase() || c == ' ');
        let of_text: Vec<_> = text.lines().filter(is_heading).map(str::to_owned).collect();
        let of_md: Vec<_> = md.lines().filter_map(|l| l.strip_prefix("## ")).map(str::to_uppercase).collect();
        assert!(of_text.len() > 5, "{text}");
        assert_eq!(of_text, of_md, "{file}");
    }
}

#[test]
fn markdown_tables_are_whole() {
    for file in FIXTURES {
        let md = asked("plan", file, &["--format", "md"]).out.replace("\\|", "");
        let mut columns = None;
        for line in md.lines() {
            let bars = line.starts_with('|').then(|| line.matches('|').count());
            assert!(bars.is_none() || columns.is_none() || bars == columns, "{file}: {line}");
            columns = bars;
        }
    }
}
