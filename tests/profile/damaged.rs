//! Damaged exports: read or told, never a panic.
use super::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = series_csv::read("any", &bytes[..]);
    }

    #[test]
    fn a_damaged_file_is_read_or_told(
        damage in proptest::collection::vec((0..100_000_usize, any::<u8>(), 0..3_u8), 1..12),
        gzip in any::<bool>(),
        kind in 0..4_usize,
    ) {
        let mut bytes: Vec<u8> = sound(gzip);
        for (at, byte, how) in damage {
            let at = at % bytes.len();
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        match series_csv::read("damaged", &bytes[..]) {
            Err(told) => prop_assert!(!told.is_empty() && told.len() <= 21 && told.iter().all(|p| !p.to_string().is_empty())),
            Ok(file) => {
                let q = file.series.quality();
                prop_assert_eq!(file.rows, q.rows + file.blank_rows);
                prop_assert_eq!(q.rows, q.used + q.empty + q.duplicates() + q.crowded);
                prop_assert_eq!(q.used + q.gaps, file.series.len());
                let kind = [None, Some(Kind::Counts), Some(Kind::Rates), Some(Kind::RunningTotal)][kind];
                if let Ok(answer) = profile(&file.series, ProfileOptions { kind }) {
                    let text = write_workload(&answer.demand, "damaged", Some(SERVICE)).unwrap();
                    if let Err(told) = workload::read("damaged", text.as_bytes(), &[]) {
                        // A damaged cell may hold more than the plan's limit: nothing else may be wrong.
                        prop_assert!(told.iter().all(|p| p.what.contains("more than")), "{text}\n{told:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_number(seed in any::<u64>()) {
        let text = String::from_utf8(sound(false)).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        let header = lines.remove(0);
        let mut state = seed;
        for i in (1..lines.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            lines.swap(i, (state >> 33) as usize % (i + 1));
        }
        let shuffled = format!("{header}\n{}", lines.join("\n"));
        let demand = |text: &str| asked(&series_csv::read("rows", text.as_bytes()).unwrap()).demand;
        prop_assert_eq!(demand(&text), demand(&shuffled));
    }
}

const SERVICE: &str = "name = \"s\"\nprovider = \"aws\"\nregion = \"us-east-1\"\nentry = \"s\"\n\n[promises]\np99 = \"180 ms\"\n\n\
                       [service.s]\ncpu_per_request = \"22 ms\"\nmemory = \"700 MB\"\n";

/// Two days of five-minute counts, plain or packed.
pub(super) fn sound(gzip: bool) -> Vec<u8> {
    let rows = (0..576)
        .map(|i| format!("2026-03-0{} {:02}:{:02},{}\n", 1 + i / 288, i / 12 % 24, i % 12 * 5, 900 + i * i % 97));
    let plain = std::iter::once("timestamp,count\n".to_owned()).chain(rows).collect::<String>().into_bytes();
    if gzip { stored(&plain) } else { plain }
}

/// A gzip file of stored blocks (RFC 1952, RFC 1951 3.2.4): enough for damage, and no other crate is needed.
pub(super) fn stored(plain: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let blocks = plain.chunks(60_000);
    let last = blocks.len() - 1;
    for (i, block) in blocks.enumerate() {
        let n = block.len() as u16;
        packed.push(u8::from(i == last));
        packed.extend(n.to_le_bytes());
        packed.extend((!n).to_le_bytes());
        packed.extend(block);
    }
    let crc = plain.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 })
    });
    packed.extend((!crc).to_le_bytes());
    packed.extend((plain.len() as u32).to_le_bytes());
    packed
}
