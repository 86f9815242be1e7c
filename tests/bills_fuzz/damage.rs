//! What may happen to a file between a provider and a reader.
use crate::corpus::Format;
use crate::random::Random;
use crate::table::{Dialect, Table};
use csv::QuoteStyle;

/// Amounts, and what is none.
const AMOUNTS: [&str; 28] = [
    "0",
    "-0",
    "-12.5",
    "1e30",
    "-1e30",
    "1e-3",
    "1E2",
    "NaN",
    "inf",
    "-Infinity",
    "NULL",
    "null",
    "",
    " ",
    " 7 ",
    "+5",
    "1,204",
    "1.2.3",
    "0x10",
    "--1",
    "1e",
    "-",
    ".",
    "$5",
    "99999999999999999999999999999999999999999999",
    "0.1234567890123456789012345",
    "1e400",
    "9e13",
];
/// Times, and what is none.
const TIMES: [&str; 15] = [
    "2026-03-31T23:00:00Z",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z",
    "-1",
    "1e9",
    "2026-13-01T00:00:00Z",
    "20260301",
    "03/04/2026",
    "2026-03-01T25:00:00Z",
    "12026-03-01",
    "2026-03-01 04:00:00 UTC",
    "NULL",
    "",
];
const CURRENCIES: [&str; 8] = ["EUR", "usd", "", "NULL", "US", "$", "TOKEN_1", "CURRENCY-OF-NOBODY"];
/// Words, and what breaks them.
const WORDS: [&str; 15] = [
    "",
    "NULL",
    "\"",
    "\"\"",
    ",",
    "a,b",
    "line\nend",
    "\r",
    "{",
    "{\"team\":\"x\"}",
    "[[[[[[",
    "\u{feff}",
    "\u{1f4b8}",
    "Total",
    "'",
];
/// Bytes that are put where they do not belong.
const PIECES: [&[u8]; 14] = [
    b"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\"\"\"",
    b"sep=;\n",
    b"1e30",
];

/// A table after something happened to it of which every amount is still known.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) table: Table,
    pub(crate) bytes: Vec<u8>,
    /// The only row that was changed in itself.
    pub(crate) row: Option<usize>,
}

/// Rows and columns in another order or number, other words, amounts, times and currencies, another dialect.
pub(crate) fn known(format: &Format, random: &mut Random) -> Changed {
    let mut table = format.table.clone();
    if random.one_in(2) {
        random.shuffle(&mut table.rows);
    }
    if random.one_in(4) {
        let half = random.below(table.rows.len());
        table.rows.truncate(half + 1);
    }
    if random.one_in(4) {
        let again = table.rows[random.below(table.rows.len())].clone();
        table.rows.push(again);
    }
    if random.one_in(4) && !format.currency.is_empty() {
        // From here on it is billed in another currency.
        let (place, from) = (table.place(format.currency), random.below(table.rows.len()));
        table.rows[from..].iter_mut().for_each(|row| "EUR".clone_into(&mut row[place]));
    }
    let row = random.one_in(2).then(|| random.below(table.rows.len()));
    if let Some(row) = row {
        one_row(format, &mut table, row, random);
    }
    if random.one_in(3) {
        columns_moved(format, &mut table, random);
    }
    let delimiter = random.pick(b",,,;\t|");
    let line_end: &'static [u8] = random.pick(&[&b"\n"[..], b"\n", b"\r\n", b"\r"]);
    let quotes = random.pick(&[QuoteStyle::Necessary, QuoteStyle::Necessary, QuoteStyle::Always]);
    // A lone carriage return is a line end only where there is no other.
    let has_line_ends = table.rows.iter().flatten().any(|cell| cell.contains(['\n', '\r']));
    let line_end = if has_line_ends { b"\n" } else { line_end };
    let mut bytes = table.written(Dialect { delimiter, line_end, quotes });
    if random.one_in(4) {
        bytes.splice(0..0, *b"\xef\xbb\xbf");
    }
    Changed { table, bytes, row }
}

/// Another amount, time, currency or word in one row.
fn one_row(format: &Format, table: &mut Table, row: usize, random: &mut Random) {
    let money = format.money.columns(table);
    let place = match random.below(4) {
        0 | 1 => money[random.below(money.len())],
        _ => random.below(table.header.len()),
    };
    let name = table.header[place].clone();
    let lower = name.to_ascii_lowercase();
    let is_telling = format.telling.iter().any(|telling| telling.eq_ignore_ascii_case(&name));
    let word = if money.contains(&place) || ["quantity", "amount", "price", "rate"].iter().any(|w| lower.contains(w)) {
        random.pick(&AMOUNTS)
    } else if name == format.currency {
        random.pick(&CURRENCIES)
    } else if ["date", "period", "time"].iter().any(|w| lower.contains(w)) && !is_telling {
        random.pick(&TIMES)
    } else if is_telling {
        return;
    } else {
        random.pick(&WORDS)
    };
    word.clone_into(&mut table.rows[row][place]);
}

/// Columns in another order, the first in its place where its name is a sign, and one that nobody knows.
fn columns_moved(format: &Format, table: &mut Table, random: &mut Random) {
    let first = usize::from(format.currency.is_empty());
    let mut order: Vec<usize> = (first..table.header.len()).collect();
    random.shuffle(&mut order);
    for row in std::iter::once(&mut table.header).chain(&mut table.rows) {
        let moved = (0..first).chain(order.iter().copied()).map(|place| row[place].clone()).collect();
        *row = moved;
    }
    if first == 0 && random.one_in(2) {
        let place = random.below(table.header.len() + 1);
        table.header.insert(place, "x_unknown".into());
        table.rows.iter_mut().for_each(|row| row.insert(place, "9.75".into()));
    }
}

/// Anything at all.
pub(crate) fn wild(format: &Format, random: &mut Random) -> Vec<u8> {
    let mut table = format.table.clone();
    for _ in 0..random.below(4) {
        column_damaged(&mut table, random);
    }
    let words = [&AMOUNTS[..], &TIMES, &WORDS, &CURRENCIES];
    for _ in 0..random.below(6) {
        let row = random.below(table.rows.len());
        let width = table.rows[row].len();
        if width > 0 {
            let kind = random.pick(&words);
            let word = random.pick(kind);
            word.clone_into(&mut table.rows[row][random.below(width)]);
        }
    }
    let delimiter = random.pick(b",,,;\t|");
    let mut bytes = table.written(Dialect { delimiter, line_end: b"\n", quotes: QuoteStyle::Necessary });
    if random.one_in(2) {
        scribbled(&mut bytes, 6, random);
    }
    bytes
}

fn column_damaged(table: &mut Table, random: &mut Random) {
    let width = table.header.len();
    let (a, b) = (random.below(width), random.below(width));
    match random.below(5) {
        0 => table.header.swap(a, b),
        1 => random.pick(&["", "renamed", "BilledCost", "cost", "Total"]).clone_into(&mut table.header[a]),
        2 if width > 1 => {
            table.header.remove(a);
            table.rows.iter_mut().filter(|row| a < row.len()).for_each(|row| drop(row.remove(a)));
        }
        3 => {
            // One row is shifted.
            let row = random.below(table.rows.len());
            let at = a.min(table.rows[row].len());
            table.rows[row].insert(at, "1".into());
        }
        _ => {
            let from = random.below(table.rows.len());
            table.rows[from..].iter_mut().filter(|row| a < row.len()).for_each(|row| drop(row.remove(a)));
        }
    }
}

/// Bytes flipped, cut, put in, doubled, and moved, at most so many times.
pub(crate) fn scribbled(bytes: &mut Vec<u8>, most: usize, random: &mut Random) {
    for _ in 0..=random.below(most) {
        let length = bytes.len();
        if length == 0 {
            return;
        }
        let (at, end) = (random.below(length), random.below(length));
        match random.below(7) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..at, random.pick(&PIECES).iter().copied())),
            3 => drop(bytes.drain(at..(at + 1 + random.below(40)).min(length))),
            4 => {
                let part = bytes[at.min(end)..at.max(end)].to_vec();
                bytes.splice(at..at, part);
            }
            5 => {
                let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                random.shuffle(&mut lines);
                *bytes = lines.join(&b'\n');
            }
            _ => {
                // Some line ends are of another system.
                let ends: Vec<usize> = (0..length).filter(|at| bytes[*at] == b'\n').collect();
                if !ends.is_empty() {
                    let at = ends[random.below(ends.len())];
                    bytes.splice(at..=at, random.pick(&[&b"\r\n"[..], b"\r", b"\n\n", b"\n\r"]).iter().copied());
                }
            }
        }
    }
}
