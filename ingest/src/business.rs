//! What a business did each day, as CSV of `date,amount`: what the costs of a bill are divided by.
//!
//! Dates are ISO 8601, amounts exact decimals. A header is taken for one if it is neither; it names what is counted, and
//! without one the file does. Blank rows are passed over, all else is used or a `Problem`.
//!
//! ```
//! use plimsoll_ingest::business;
//! let orders = business::read("b.csv", &b"date,orders\n2026-03-01,1204\n"[..]).unwrap();
//! assert_eq!((orders.name.as_str(), orders.days[0].1.exact().as_str()), ("orders", "1204"));
//! ```
use crate::problem::Problem;
use crate::series_csv::source::Source;
use csv::ByteRecord;
use jiff::civil::Date;
use plimsoll::bill::Business;
use plimsoll::units::FineAmount;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The most problems that are shown of one file.
const SHOWN: usize = 20;
/// A century of days; anything longer is another file.
const MOST: usize = 36_525;
const DATES: &str = "dates are written 2026-03-01";
const AMOUNTS: &str = "amounts are written 1204.7, without separators of thousands";

/// Reads the amounts from the bytes of a file, plain or packed. `name` is what problems call the file.
///
/// # Errors
/// All mistakes, up to 20 with their places.
pub fn read(name: &str, bytes: impl Read) -> Result<Business, Vec<Problem>> {
    let one = |problem| vec![problem];
    let mut source = Source::open(name, bytes).map_err(one)?;
    let mut counted = None;
    let mut days: BTreeMap<Date, (FineAmount, u64)> = BTreeMap::new();
    let mut problems = Vec::new();
    let mut is_first = true;
    let mut row = ByteRecord::new();
    while source.next_into(&mut row).map_err(one)? {
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        if std::mem::take(&mut is_first) && is_header(&row) {
            counted = row.get(1).map(|cell| String::from_utf8_lossy(cell).trim().to_owned());
            continue;
        }
        match day(&row) {
            Ok((date, amount)) => {
                let line = row.position().map_or(0, csv::Position::line);
                if let Some((_, first)) = days.get(&date) {
                    let what = format!("{date} stands here and in line {first}");
                    problems.push(source.problem(&row, 0, what, "give each day once"));
                } else {
                    days.insert(date, (amount, line));
                }
            }
            Err(wrong) => problems.extend(wrong.into_iter().map(|w| source.problem(&row, w.cell, w.what, w.help))),
        }
        if problems.len() >= SHOWN || days.len() > MOST {
            break;
        }
    }
    if days.len() > MOST {
        problems.push(source.problem_in_whole("more than a century of days", "is this the right file?"));
    }
    if problems.is_empty() && days.is_empty() {
        problems.push(source.problem_in_whole("no day has an amount", "write a line `2026-03-01,1204` for each day"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let name = counted.filter(|name| !name.is_empty()).unwrap_or_else(|| stem(name));
    Ok(Business { name, days: days.into_iter().map(|(date, (amount, _))| (date, amount)).collect() })
}

/// A mistake in a cell.
struct Wrong {
    cell: usize,
    what: String,
    help: &'static str,
}

fn is_header(row: &ByteRecord) -> bool {
    let cell = |n: usize| row.get(n).map(text).unwrap_or_default();
    !cell(0).contains(|c: char| c.is_ascii_digit()) && FineAmount::read(cell(1).as_bytes()).is_err()
}

fn day(row: &ByteRecord) -> Result<(Date, FineAmount), Vec<Wrong>> {
    if row.len() != 2 {
        let what = format!("the row has {} cells; a date and an amount are needed", row.len());
        let help = if row.len() > 2 { AMOUNTS } else { DATES };
        return Err(vec![Wrong { cell: row.len().min(3) - 1, what, help }]);
    }
    match (date(&text(&row[0])), amount(&text(&row[1]))) {
        (Ok(date), Ok(amount)) => Ok((date, amount)),
        (date, amount) => Err(date.err().into_iter().chain(amount.err()).collect()),
    }
}

fn date(text: &str) -> Result<Date, Wrong> {
    let has_shape = text.len() == 10 && text.as_bytes()[4] == b'-';
    text.parse().ok().filter(|_| has_shape).ok_or_else(|| {
        let what = if text.is_empty() { "the date is empty".into() } else { format!("cannot read `{text}` as a date") };
        Wrong { cell: 0, what, help: DATES }
    })
}

fn amount(text: &str) -> Result<FineAmount, Wrong> {
    let wrong = |what, help| Wrong { cell: 1, what, help };
    match FineAmount::read(text.as_bytes()) {
        Ok((amount, _)) if amount < FineAmount::ZERO => {
            Err(wrong(format!("`{text}` is below zero"), "what is counted is zero or more"))
        }
        Ok((_, true)) => Err(wrong(format!("`{text}` has more than {} decimals", FineAmount::PLACES), AMOUNTS)),
        Ok((amount, false)) => Ok(amount),
        Err(_) if text.is_empty() => Err(wrong("the amount is empty".into(), "leave out the days that are not known")),
        Err(error) => Err(wrong(format!("`{text}` {error}"), AMOUNTS)),
    }
}

fn text(cell: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(cell.trim_ascii())
}

/// A file's name without folders and endings.
fn stem(name: &str) -> String {
    let base = Path::new(name).file_name().map_or(name.into(), |n| n.to_string_lossy());
    base.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("amount").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(text: &str) -> Business {
        read("data/orders.csv", text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
    }
    fn shown(text: &str) -> String {
        read("b.csv", text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn days_are_sorted_and_exact() {
        let business = ok("date,paid orders\n2026-03-02,0.1\n2026-03-01, 1204.000000000001 \n,\n2026-03-03,0\n");
        assert_eq!(business.name, "paid orders");
        let days: Vec<_> = business.days.iter().map(|(date, n)| (date.to_string(), n.exact())).collect();
        let expected = [("2026-03-01", "1204.000000000001"), ("2026-03-02", "0.1"), ("2026-03-03", "0")];
        assert_eq!(days, expected.map(|(date, n)| (date.to_owned(), n.to_owned())));
    }

    #[test]
    fn a_header_and_other_separators_are_optional() {
        assert_eq!(ok("2026-03-01,5\n").name, "orders");
        assert_eq!(ok("\u{feff}day;http2 requests\r\n2026-03-01;5\r\n").name, "http2 requests");
        assert_eq!(ok("date,\n2026-03-01,5").name, "orders");
        assert_eq!(stem("standard input"), "standard input");
    }

    #[test]
    fn mistakes_are_collected_with_their_places() {
        let text = "date,orders\n2026-03-01,5\n01.03.2026,7\n2026-03-01,6\n2026-03-04,\"1,204\"\n2026-03-05,-1\nx,y\n\
                    2026-03-06\n2026-03-07,0.1234567890123\n2026-03-08,\n";
        assert_eq!(
            shown(text),
            "b.csv:3:1: cannot read `01.03.2026` as a date\n  | 01.03.2026,7\n  | ^^^^^^^^^^\n  = dates are written 2026-03-01\n\
             b.csv:4:1: 2026-03-01 stands here and in line 2\n  | 2026-03-01,6\n  | ^^^^^^^^^^\n  = give each day once\n\
             b.csv:5:13: `1,204` is not a number\n  | 2026-03-04,\"1,204\"\n  |             ^^^^^\n  \
             = amounts are written 1204.7, without separators of thousands\n\
             b.csv:6:12: `-1` is below zero\n  | 2026-03-05,-1\n  |            ^^\n  = what is counted is zero or more\n\
             b.csv:7:1: cannot read `x` as a date\n  | x,y\n  | ^\n  = dates are written 2026-03-01\n\
             b.csv:7:3: `y` is not a number\n  | x,y\n  |   ^\n  = amounts are written 1204.7, without separators of thousands\n\
             b.csv:8:1: the row has 1 cells; a date and an amount are needed\n  | 2026-03-06\n  | ^^^^^^^^^^\n  \
             = dates are written 2026-03-01\n\
             b.csv:9:12: `0.1234567890123` has more than 12 decimals\n  | 2026-03-07,0.1234567890123\n  |            ^^^^^^^^^^^^^^^\n  \
             = amounts are written 1204.7, without separators of thousands\n\
             b.csv:10:12: the amount is empty\n  | 2026-03-08,\n  |            ^\n  = leave out the days that are not known"
        );
    }

    #[test]
    fn what_holds_no_days_is_a_problem() {
        let nothing = "b.csv: no day has an amount\n  = write a line `2026-03-01,1204` for each day";
        assert_eq!(shown(""), nothing);
        assert_eq!(shown("date,orders\n"), nothing);
        assert_eq!(
            shown("2026-03-01,1,204\n").lines().next().unwrap(),
            "b.csv:1:14: the row has 3 cells; a date and an amount are needed"
        );
        assert!(shown("2026-02-30,1\n").starts_with("b.csv:1:1: cannot read `2026-02-30` as a date"));
        let many: String = (0..50).map(|_| "x,1\n").collect();
        assert_eq!(read("b.csv", many.as_bytes()).unwrap_err().len(), SHOWN);
    }
}
