//! Files that break off, and rows and headers that lost a cell or a separator: refused, or what is left, never another sum.
use super::{FIXTURES, No, text, total, whole};
use crate::asking::answer_of;
use crate::table::Table;
use plimsoll_ingest::bills::Asked;

type Sums = [Option<String>; 4];

/// The sums of the first rows of a table: of none, of one, and so on.
fn sums_up_to(table: &Table) -> Vec<Option<Sums>> {
    let of = |rows: usize| answer_of(table.with_rows(table.rows[..rows].to_vec()).csv(), &whole()).ok();
    (0..=table.rows.len()).map(|rows| of(rows).map(|answer| total(&answer))).collect()
}

/// The lines of a text that a cut at this byte leaves whole, without the header.
fn rows_before(text: &str, cut: usize) -> usize {
    text[..cut].matches('\n').count().saturating_sub(1)
}

#[test]
fn a_file_cut_anywhere_gives_a_problem_or_the_rows_before_the_cut() {
    const ROWS: usize = 12;
    let (mut refused, mut answered) = (0, 0);
    for (name, _) in FIXTURES {
        let all = Table::fixture(name);
        // The last rows of a fixture are of other kinds than the first.
        let last = all.rows.len() - ROWS / 2;
        let table = all.with_rows([&all.rows[..ROWS / 2], &all.rows[last..]].concat());
        let (sums, text) = (sums_up_to(&table), String::from_utf8(table.csv()).expect("it is text"));
        // Most of all in the last row.
        let last = text.trim_end().rfind('\n').expect("there are rows");
        let cuts = (0..last).step_by(151).chain((last..text.len()).step_by(9));
        for cut in cuts.filter(|cut| text.is_char_boundary(*cut)) {
            match answer_of(&text[..cut], &whole()) {
                Err(_) => refused += 1,
                Ok(answer) => {
                    answered += 1;
                    let rows = rows_before(&text, cut);
                    let told = Some(total(&answer));
                    // The last row is whole if only its line end, or a part of its last cell, is missing.
                    let may_be = [sums.get(rows), sums.get(rows + 1)];
                    assert!(
                        may_be.contains(&Some(&told)),
                        "{name}, cut at {cut}: {told:?}, {:?}",
                        &text[..cut][last..]
                    );
                }
            }
        }
    }
    println!("{refused} cut files refused, {answered} answered by what is left");
    assert!(refused > 800 && answered > 10, "{refused} refused, {answered} answered");
}

#[test]
fn a_whole_fixture_cut_anywhere_is_told_with_its_line() {
    for (name, _) in FIXTURES {
        let text = text(name);
        let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        for part in 1..10 {
            let line = lines[part * (lines.len() - 2) / 10];
            // In the middle of a row.
            let mut cut = line + (lines[lines.binary_search(&line).expect("it is one") + 1] - line) / 2;
            while !text.is_char_boundary(cut) {
                cut += 1;
            }
            let Err(No::Problems(problems)) = answer_of(&text[..cut], &whole()) else {
                panic!("{name}, cut at {cut}: half a row was read")
            };
            let number = text[..cut].matches('\n').count() + 1;
            assert_eq!((problems.len(), problems[0].line), (1, number), "{name}, cut at {cut}: {}", problems[0]);
        }
    }
}

#[test]
fn a_row_that_lost_or_won_a_cell_is_a_problem() {
    for (name, _) in FIXTURES {
        let table = Table::fixture(name);
        let table = table.with_rows(table.rows.iter().take(6).cloned());
        for place in 0..table.header.len() {
            // Every column, each in another row.
            let row = place % table.rows.len();
            let mut lost = table.clone();
            lost.rows[row].remove(place);
            let mut won = table.clone();
            won.rows[row].insert(place, "1".into());
            for shifted in [lost, won] {
                match answer_of(shifted.csv(), &whole()) {
                    Err(No::Problems(problems)) => assert_eq!(problems[0].line, row + 2, "{name}: {}", problems[0]),
                    other => panic!("{name}, row {row}, cell {place}: {other:?}"),
                }
            }
        }
    }
}

/// With --keep-going it is counted, and stands in no sum.
#[test]
fn a_shifted_row_may_be_set_aside() {
    let keep_going = Asked { keep_going: true, ..whole() };
    for (name, _) in FIXTURES {
        let table = Table::fixture(name);
        let mut shifted = table.clone();
        shifted.rows[3].remove(5);
        let answer = answer_of(shifted.csv(), &keep_going).unwrap_or_else(|no| panic!("{name}: {no}"));
        let mut without = table;
        without.rows.remove(3);
        let without = answer_of(without.csv(), &whole()).unwrap_or_else(|no| panic!("{name}: {no}"));
        assert_eq!(total(&answer), total(&without), "{name}");
        let unread = answer.quality.aside.iter().find(|aside| aside.reason == "cannot be read");
        assert_eq!(unread.map(|aside| aside.rows), Some(1), "{name}: {:?}", answer.quality.aside);
        assert!(answer.notes.iter().any(|note| note.contains("the first in line 5")), "{name}: {:?}", answer.notes);
    }
}

#[test]
fn a_header_that_lost_a_separator_or_a_name_is_a_problem() {
    for (name, _) in FIXTURES {
        let table = Table::fixture(name);
        let table = table.with_rows(table.rows.iter().take(3).cloned());
        for place in 0..table.header.len() {
            let mut joined = table.clone();
            if place + 1 < table.header.len() {
                let next = joined.header.remove(place + 1);
                joined.header[place] += &next;
                header_is_wrong(name, &joined);
            }
            let mut lost = table.clone();
            lost.header.remove(place);
            header_is_wrong(name, &lost);
            let mut more = table.clone();
            more.header.insert(place, "new column".into());
            header_is_wrong(name, &more);
        }
    }
}

/// One problem, of the header, and not one for each row.
fn header_is_wrong(name: &str, table: &Table) {
    let Err(No::Problems(problems)) = answer_of(table.csv(), &whole()) else {
        panic!("{name}: a header of {} over rows of {} cells was read", table.header.len(), table.rows[0].len())
    };
    assert!(problems.iter().all(|problem| problem.line == 1), "{name}: {}", problems[0]);
}

/// Nothing tells that a file ends where it should not if it ends with a row; the last day does.
#[test]
fn a_bill_cut_between_rows_has_a_last_day_that_looks_cut_off() {
    let lines: Vec<String> = text("focus.csv").lines().map(str::to_owned).collect();
    let answer = answer_of(lines[..lines.len() - 8].join("\n"), &whole()).expect("these are rows");
    let cut = answer.quality.findings.iter().find(|finding| finding.kind == "cut_off");
    assert!(cut.is_some_and(|finding| finding.text.contains("2026-03-31")), "{:?}", answer.quality.findings);
}
