//! What may happen to an export between a tool and a reader.
use crate::random::Random;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;
use std::ops::Range;

/// Numbers, and what is none.
const NUMBERS: [&str; 30] = [
    "0",
    "-0",
    "-1",
    "1e30",
    "-1e30",
    "1e308",
    "1e-308",
    "1e400",
    "5e-324",
    "NaN",
    "nan",
    "+Inf",
    "-Inf",
    "inf",
    "null",
    "",
    " ",
    "12,5",
    "1,204",
    "1.2.3",
    "0x10",
    "1e",
    "-",
    "99999999999999999999999999999999999999999999",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "4294967296",
    "1099511627775",
    "0.1234567890123456789012345",
];
/// Numbers that every format has a way to write.
const PLAIN: [&str; 12] = [
    "0",
    "-1",
    "-0.25",
    "0.5",
    "100.01",
    "7",
    "1e30",
    "-1e30",
    "1e308",
    "1e-308",
    "18446744073709551615",
    "123456789012345678901234567890",
];
/// Times, and what is none.
const TIMES: [&str; 20] = [
    "2026-02-03T09:00:00Z",
    "2026-02-03 23:59:60",
    "2026-02-30T10:00:00Z",
    "0000-00-00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "-000001-01-01T00:00:00Z",
    "12026-02-03",
    "1970-01-01T00:00:00+14:00",
    "2026-02-03T10:00:00+99:99",
    "03/04/2026",
    "25:61:61",
    "12:00:00 AM",
    "-1",
    "0",
    "1e18",
    "253402300800",
    "9223372036854775807",
    "-62135596801",
    "",
];
/// What stands for a zone.
const ZONES: [&str; 10] = ["Z", " UTC", "+00:00", "+0000", "+01:00", "-0930", " CET", " PST", "+24:00", ""];
/// Pieces that are put where they do not belong.
const PIECES: [&[u8]; 24] = [
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
    b"{",
    b"[",
    b"}]",
    b"<",
    b"</",
    b"<![CDATA[",
    b"&lol;",
    b"\\u0000",
    b"=",
    b"\xe2\x80\xaf",
    "\u{1f4b8}".as_bytes(),
];
/// Names of columns.
const NAMES: [&str; 12] =
    ["", "time", "timestamp", "value", "host", "cpu", "memory_used_mib", "unit", "metric", "count", "%", "renamed"];
/// What may stand between cells.
const DELIMITERS: [u8; 6] = *b",;\t| :";

/// Anything at all that may happen to a text, and then to its bytes.
pub(crate) fn wild(text: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let times = if random.one_in(2) { 1 } else { 1 + random.below(4) };
    for _ in 0..times {
        match random.below(10) {
            0..=2 => words_replaced(&mut bytes, random),
            3..=4 => lines_moved(&mut bytes, random),
            5..=6 => columns_moved(&mut bytes, random),
            7 => zones_mixed(&mut bytes, random),
            8 => scribbled(&mut bytes, random),
            _ => nested(&mut bytes, random),
        }
    }
    if random.one_in(12) { cut_or_flipped(packed(&bytes), random) } else { bytes }
}

/// Packed with gzip.
pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(bytes).expect("memory can be written to");
    writer.finish().expect("memory can be written to")
}

/// Ways to write the same export: packed, with a mark in front, with line ends of another system, without the last of
/// them, with blank lines below.
pub(crate) fn same(text: &str) -> [Vec<u8>; 5] {
    let unix = text.replace("\r\n", "\n");
    [
        packed(text.as_bytes()),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        unix.replace('\n', "\r\n").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
        format!("{text}\n\n").into_bytes(),
    ]
}

/// A packed file as it is, broken off, or with one bit turned.
fn cut_or_flipped(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let at = random.below(bytes.len());
    match random.below(3) {
        0 => {}
        1 => bytes.truncate(at),
        _ => bytes[at] ^= 1 << random.below(8),
    }
    bytes
}

/// Where there are runs of such bytes.
fn runs(bytes: &[u8], is_part: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (is_part(*byte), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| from..bytes.len()));
    found
}

/// A few numbers, times or names are others; or the digits of one are.
fn words_replaced(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let kind = random.below(7);
        let found = match kind {
            0..=2 => runs(bytes, |b| b.is_ascii_digit() || b == b'.'),
            3..=4 => runs(bytes, |b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'/' | b'T' | b'+')),
            5 => runs(bytes, |b| b.is_ascii_digit()),
            _ => runs(bytes, |b| b.is_ascii_alphabetic()),
        };
        if found.is_empty() {
            return;
        }
        let place = found[random.below(found.len())].clone();
        match kind {
            0..=1 => drop(bytes.splice(place, random.pick(&PLAIN).bytes())),
            2 => drop(bytes.splice(place, random.pick(&NUMBERS).bytes())),
            3..=4 => drop(bytes.splice(place, random.pick(&TIMES).bytes())),
            5 => bytes[place].iter_mut().for_each(|digit| *digit = b'0' + random.below(10) as u8),
            _ => drop(bytes.splice(place, random.pick(&NAMES).bytes())),
        }
    }
}

/// Lines are gone, told twice, in another order, or the first stands among the others.
fn lines_moved(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(7) {
        0 => drop(lines.remove(a)),
        1 => lines.swap(a, b),
        2 => lines.insert(b, lines[a].clone()),
        3 => random.shuffle(&mut lines[a.min(b)..a.max(b)]),
        4 => random.shuffle(&mut lines[1..]),
        5 => lines.insert(a, lines[0].clone()),
        _ => lines.extend_from_within(a.min(b)..a.max(b)),
    }
    *bytes = lines.join(&b'\n');
}

/// Two columns change their places in all lines or from one on, one is gone, or one row is shifted.
fn columns_moved(bytes: &mut Vec<u8>, random: &mut Random) {
    let delimiter = random.pick(&DELIMITERS);
    let to = if random.one_in(4) { random.pick(&DELIMITERS) } else { delimiter };
    let mut rows: Vec<Vec<Vec<u8>>> = bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.split(|byte| *byte == delimiter).map(<[u8]>::to_vec).collect())
        .collect();
    let (a, b, from) = (random.below(12), random.below(12), random.below(rows.len()));
    let from = if random.one_in(2) { 0 } else { from };
    match random.below(4) {
        0 => rows[from..].iter_mut().filter(|row| a.max(b) < row.len()).for_each(|row| row.swap(a, b)),
        1 => rows[from..].iter_mut().filter(|row| a < row.len()).for_each(|row| drop(row.remove(a))),
        2 => {
            let at = a.min(rows[from].len());
            rows[from].insert(at, random.pick(&NUMBERS).as_bytes().to_vec());
        }
        _ => {
            let at = a.min(rows[0].len() - 1);
            rows[0][at] = random.pick(&NAMES).as_bytes().to_vec();
        }
    }
    let lines: Vec<Vec<u8>> = rows.into_iter().map(|row| row.join(&to)).collect();
    *bytes = lines.join(&b'\n');
}

/// Some times, or all, are of another zone.
fn zones_mixed(bytes: &mut Vec<u8>, random: &mut Random) {
    let (zone, is_some) = (random.pick(&ZONES), random.one_in(2));
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for mark in ["Z\"", "Z,", "Z ", "+00:00", "+0000", " UTC", "+01:00"] {
        let tail = mark.trim_start_matches(['Z', '+', '0', '1', ':']).trim_start_matches(" UTC");
        let other = format!("{zone}{tail}");
        text = if is_some { text.replacen(mark, &other, 1 + random.below(4)) } else { text.replace(mark, &other) };
    }
    *bytes = text.into_bytes();
}

/// Much of one kind where there was one: brackets within brackets, a line that does not end.
fn nested(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let piece =
        random.pick(&[&b"["[..], b"{\"a\":", b"<sample t=\"1\" ts=\"1\">", b"\"", b"1", b",", b"\n", b"a{b=\""]);
    let times = random.pick(&[2, 40, 200, 3000]);
    bytes.splice(at..at, piece.repeat(times));
}

/// Bytes flipped, cut, put in, doubled and taken out.
fn scribbled(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(5) {
        let length = bytes.len();
        if length == 0 {
            return;
        }
        let (at, end) = (random.below(length), random.below(length));
        match random.below(6) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2..=3 => drop(bytes.splice(at..at, random.pick(&PIECES).iter().copied())),
            4 => drop(bytes.drain(at..(at + 1 + random.below(40)).min(length))),
            _ => {
                let part = bytes[at.min(end)..at.max(end)].to_vec();
                bytes.splice(at..at, part);
            }
        }
    }
}
