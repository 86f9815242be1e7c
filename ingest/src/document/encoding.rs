//! From bytes to text: what is too large, binary, or in another encoding is turned away before it is parsed.
use crate::problem::Problem;
use plimsoll::units::Data;

/// The largest hand-written file that is read. The largest that anybody wrote had some kilobytes.
pub const MAX_BYTES: usize = 4_000_000;

/// The text of a hand-written file, without a byte order mark.
pub fn text_of<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Problem> {
    if bytes.len() > MAX_BYTES {
        let [size, limit] = [bytes.len(), MAX_BYTES].map(|n| Data::bytes(n as f64));
        let help = format!("files written by hand are read up to {limit}; is this an export?");
        return Err(Problem::in_whole(name, format!("the file has {size}"), help));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::in_whole(name, "the file is UTF-16", "save it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(name, bytes, error.valid_up_to()))?;
    if let Some(at) = text.find('\0') {
        let help = "is this a text file? save it as UTF-8";
        return Err(Problem::in_text(name, text, at..at + 1, "a text has no NUL bytes", help));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn not_utf8(name: &str, bytes: &[u8], at: usize) -> Problem {
    let begin = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n);
    let line = bytes[..at].split(|b| *b == b'\n').count();
    let text = String::from_utf8_lossy(&bytes[begin..end]);
    let what = format!("byte 0x{:02X}, number {} of the line, is not UTF-8", bytes[at], at - begin + 1);
    let mark = at - begin..at - begin + char::REPLACEMENT_CHARACTER.len_utf8();
    Problem::in_line(name, line, text.trim_end_matches('\r'), mark, what, "save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(text_of("a", b"\xEF\xBB\xBFname"), Ok("name"));
    }

    #[test]
    fn latin_1_is_shown_where_it_stands() {
        let problem = text_of("a.toml", b"x = 1\nn = \"gr\xFCn\"\n").unwrap_err();
        assert_eq!((problem.line, problem.column, problem.width), (2, 8, 1));
        assert_eq!(problem.what, "byte 0xFC, number 8 of the line, is not UTF-8");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(text_of("a", b"\xFF\xFEn\0").unwrap_err().what.contains("UTF-16"));
        assert_eq!(text_of("a", b"ab\0").unwrap_err().column, 3);
        let large = text_of("a", &vec![b' '; 50_000_000]).unwrap_err();
        assert_eq!(
            large.to_string(),
            "a: the file has 50 MB\n  = files written by hand are read up to 4 MB; is this an export?"
        );
    }
}
