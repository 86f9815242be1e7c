//! Where cells end: delimiters and line ends outside quotes, found 64 bytes at a time.
//!
//! As many bytes are compared at once as the processor can, the answers gathered as bits of a word, one bit a byte. A bit
//! that says "within quotes" is the parity of the quotes before it, which is a running exclusive or over the quote bits.
//! G. Langdale and D. Lemire, "Parsing gigabytes of JSON per second", 2019, section 3.1.
#![allow(clippy::inline_always, reason = "what is not inlined is compiled for a processor that counts no bits")]
use fearless_simd::{Level, Simd, SimdInto, dispatch, u8x64};

/// The ends of all cells of a block, and which of them end a record. Used again for each block.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    /// Where each cell ends, the place of its delimiter or line end; beyond `filled`, room for more.
    cells: Vec<u32>,
    filled: usize,
    /// How many cells there are up to the end of each record.
    records: Vec<u32>,
    /// Where each record after the first starts.
    starts: Vec<u32>,
    /// The number of the record around each line end that is quoted.
    inner_lines: Vec<u32>,
    /// A quote that neither starts nor ends a cell, nor is doubled: the place of the first.
    pub(crate) stray: Option<u32>,
}

/// What separates cells and records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) delimiter: u8,
    pub(crate) newline: u8,
}

impl Ends {
    /// Finds the ends in a block of whole records. The text gets a line end if its last record has none.
    pub(crate) fn find(&mut self, text: &mut Vec<u8>, marks: Marks) {
        if text.last().is_some_and(|last| *last != marks.newline) {
            text.push(marks.newline);
        }
        dispatch!(Level::new(), simd => self.scan(simd, text, marks));
    }

    #[inline(always)]
    fn scan<S: Simd>(&mut self, simd: S, text: &[u8], marks: Marks) {
        self.filled = 0;
        self.records.clear();
        self.starts.clear();
        self.inner_lines.clear();
        self.stray = None;
        let wanted = [marks.delimiter, marks.newline, b'"'].map(|byte| simd.splat_u8x64(byte));
        let mut scan = Scan { in_quotes: 0, may_open: 1 };
        let mut chunks = text.chunks_exact(64);
        let mut base = 0;
        for chunk in &mut chunks {
            let chunk: &[u8; 64] = chunk.try_into().expect("a chunk of 64 bytes");
            self.take(bits(simd, chunk, wanted), &mut scan, base);
            base += 64;
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            // Filled up with a byte that means nothing.
            let mut chunk = [0; 64];
            chunk[..rest.len()].copy_from_slice(rest);
            self.take(bits(simd, &chunk, wanted), &mut scan, base);
        }
    }

    #[inline(always)]
    fn take(&mut self, Bits { delimiters, newlines, quotes }: Bits, scan: &mut Scan, base: u32) {
        let (mut cells, mut lines) = (delimiters | newlines, newlines);
        if quotes != 0 || scan.in_quotes != 0 {
            // The bit of an opening quote counts as within, that of a closing one as without.
            let within = parity(quotes) ^ scan.in_quotes;
            let ends = cells & !within;
            let closing = quotes & !within;
            // A quote opens where a cell starts, or right after the one it doubles.
            let may_open = (ends | closing) << 1 | scan.may_open;
            let wrong = quotes & within & !may_open;
            if wrong != 0 && self.stray.is_none() {
                self.stray = Some(base + wrong.trailing_zeros());
            }
            scan.may_open = (ends | closing) >> 63;
            cells = ends;
            lines &= !within;
            let mut inner = newlines & within;
            while inner != 0 {
                let before = lines & ((inner & inner.wrapping_neg()) - 1);
                self.inner_lines.push(self.records.len() as u32 + before.count_ones());
                inner &= inner - 1;
            }
            scan.in_quotes = if (within >> 63) & 1 == 1 { u64::MAX } else { 0 };
        } else {
            scan.may_open = cells >> 63;
        }
        while lines != 0 {
            let upto = lines ^ (lines - 1);
            self.push(cells & upto, base);
            cells &= !upto;
            self.starts.push(base + lines.trailing_zeros() + 1);
            lines &= lines - 1;
            self.records.push(self.filled as u32);
        }
        self.push(cells, base);
    }

    /// Writes the places of the bits, eight at a time whether there are so many or not: that has no branch to be missed.
    #[inline(always)]
    fn push(&mut self, mut cells: u64, base: u32) {
        let count = cells.count_ones() as usize;
        if self.cells.len() < self.filled + 64 {
            self.cells.resize((self.filled + 64) * 2, 0);
        }
        let room = &mut self.cells[self.filled..self.filled + 64];
        for eight in room.as_chunks_mut::<8>().0 {
            for place in eight {
                *place = base + cells.trailing_zeros();
                cells &= cells.wrapping_sub(1);
            }
            if cells == 0 {
                break;
            }
        }
        self.filled += count;
    }

    /// How many records there are.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// The ends of a record's cells, and where it starts.
    #[inline]
    pub(crate) fn record(&mut self, number: usize) -> (u32, &mut [u32]) {
        let first = if number == 0 { 0 } else { self.records[number - 1] as usize };
        let start = if number == 0 { 0 } else { self.starts[number - 1] };
        (start, &mut self.cells[first..self.records[number] as usize])
    }

    /// The same, for records in their order: `passed` counts the quoted line ends so far.
    #[inline]
    pub(crate) fn next_line(&self, number: usize, passed: &mut usize) -> usize {
        while self.inner_lines.get(*passed).is_some_and(|record| (*record as usize) < number) {
            *passed += 1;
        }
        number + *passed
    }

    /// The lines of the block before a record: one for each record, and those within quotes.
    pub(crate) fn lines_before(&self, number: usize) -> usize {
        number + self.inner_lines.iter().take_while(|record| (**record as usize) < number).count()
    }
}

/// What one chunk leaves to the next.
#[derive(Clone, Copy, Debug)]
struct Scan {
    /// All ones within quotes, else zero.
    in_quotes: u64,
    /// One if a quote may open at the next byte.
    may_open: u64,
}

/// One bit a byte: the first byte is the lowest bit.
#[derive(Clone, Copy, Debug)]
struct Bits {
    delimiters: u64,
    newlines: u64,
    quotes: u64,
}

#[inline(always)]
fn bits<S: Simd>(simd: S, chunk: &[u8; 64], wanted: [u8x64<S>; 3]) -> Bits {
    let all: u8x64<S> = (*chunk).simd_into(simd);
    let equal = |wanted| simd.to_bitmask_mask8x64(simd.simd_eq_u8x64(all, wanted));
    let [delimiters, newlines, quotes] = wanted.map(equal);
    Bits { delimiters, newlines, quotes }
}

/// Bit `i` is the parity of the bits 0 to `i`.
#[inline]
const fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

#[cfg(test)]
mod tests {
    use super::super::row::Cells;
    use super::*;

    const COMMA: Marks = Marks { delimiter: b',', newline: b'\n' };

    fn split(text: &str) -> Vec<Vec<String>> {
        let mut text = text.as_bytes().to_vec();
        let mut ends = Ends::default();
        ends.find(&mut text, COMMA);
        let mut records = Vec::new();
        for number in 0..ends.len() {
            let (start, ends) = ends.record(number);
            let cells = Cells { text: &text, start, ends };
            records.push((0..cells.len()).map(|at| cells.text(at).into_owned()).collect());
        }
        records
    }

    #[test]
    fn records_agree_with_the_csv_crate_on_every_kind_of_text() {
        // Words that are cells, with all that may stand in quotes, in any order and at any distance from a chunk's end.
        let words = [
            "",
            "a",
            "\"\"",
            "\"b,c\"",
            "\"d\ne\"",
            "\"f\"\"g\"",
            "\"\"\"\"",
            "long word without end",
            "\"\n\n,\"\"\"",
        ];
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..400 {
            let width = 1 + next(5);
            let row = |next: &mut dyn FnMut(usize) -> usize| {
                (0..width).map(|_| words[next(words.len())]).collect::<Vec<_>>().join(",")
            };
            let text: String = (0..=next(30)).map(|_| format!("x{}\n", row(&mut next))).collect();
            let text = text.replace("x\"", "\"");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(split(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_within_quotes_too() {
        let mut text = b"a\n\"b\n\nc\"\nd\ne".to_vec();
        let mut ends = Ends::default();
        ends.find(&mut text, COMMA);
        assert_eq!([0, 1, 2, 3].map(|record| ends.lines_before(record)), [0, 1, 4, 5]);
    }

    #[test]
    fn a_quote_in_the_middle_of_a_cell_is_seen() {
        let stray = |text: &str| {
            let mut ends = Ends::default();
            ends.find(&mut text.as_bytes().to_vec(), COMMA);
            ends.stray
        };
        assert_eq!(stray("a,5\" disk,b\n"), Some(3));
        assert_eq!(stray(&format!("{},5\" disk,b\n", "x".repeat(62))), Some(64));
        assert_eq!(stray("\"a\",\"\"\"b\"\"\"\n\"c\"\n"), None);
        assert_eq!(stray(&format!("{}\"\"\"\"\n", "abc,".repeat(16))), None);
    }
}
