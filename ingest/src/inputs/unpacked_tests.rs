use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write;

const MOST: u64 = 1 << 40;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}
fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}
fn read(bytes: &[u8], most: u64) -> Result<Vec<u8>, String> {
    let mut all = Vec::new();
    let read = Unpacked::open(bytes, most).and_then(|mut unpacked| unpacked.read_to_end(&mut all));
    read.map(|_| all).map_err(|error| error.to_string())
}
/// Text that packs, and not too well.
fn text() -> Vec<u8> {
    (0..40_000_u32).flat_map(|i| format!("{},{:x}\n", i, i.wrapping_mul(2_654_435_761)).into_bytes()).collect()
}
/// How many bytes are given before the error, and the error.
fn until_error(bytes: &[u8], most: u64) -> (u64, String) {
    let mut unpacked = Unpacked::open(bytes, most).unwrap();
    let (mut passed, mut buffer) = (0, vec![0; 64 << 10]);
    loop {
        match unpacked.read(&mut buffer) {
            Ok(0) => panic!("an end after {passed} bytes"),
            Ok(n) => passed += n as u64,
            Err(error) => return (passed, error.to_string()),
        }
    }
}

#[test]
fn one_or_many_members_are_one_file() {
    let text = text();
    let (first, second) = text.split_at(1000);
    let none: &[u8] = b"";
    let skipped = b"\x5a\x2a\x4d\x18\x05\0\0\0meta!";
    for packed in [
        text.clone(),
        gzip(&text),
        [gzip(first), gzip(none), gzip(second)].concat(),
        zstd(&text),
        [zstd(first), zstd(none), zstd(second)].concat(),
        [&skipped[..], &zstd(first), skipped, &zstd(second), skipped].concat(),
    ] {
        assert!(read(&packed, MOST).unwrap() == text);
    }
    assert_eq!(read(&gzip(none), MOST), Ok(Vec::new()));
    assert_eq!(read(none, MOST), Ok(Vec::new()));
    let packing = |bytes: &[u8]| Unpacked::open(bytes, MOST).unwrap().packing();
    assert_eq!((packing(&gzip(first)), packing(&zstd(first))), (Packing::Gzip, Packing::Zstd));
    assert_eq!(Unpacked::open(&b"PAR1\x15\0"[..], MOST).unwrap().kind(), Kind::Parquet);
}

#[test]
fn what_breaks_off_anywhere_is_an_error() {
    let text = &text()[..3000];
    for (packed, packing, enough) in [(gzip(text), "gzip", 2), (zstd(text), "zstd", 4)] {
        for end in enough..packed.len() {
            let error = read(&packed[..end], MOST).unwrap_err();
            assert_eq!(error, format!("the {packing} stream breaks off"), "after {end} of {} bytes", packed.len());
        }
        let twice = [&packed[..], &packed].concat();
        for end in packed.len() + 1..twice.len() {
            assert!(read(&twice[..end], MOST).is_err(), "{packing} after {end} bytes");
        }
    }
    let skipped = b"\x5a\x2a\x4d\x18\xff\xff\xff\x7fmeta!";
    assert_eq!(read(skipped, MOST).unwrap_err(), "the zstd stream breaks off");
}

#[test]
fn damage_is_an_error_and_no_panic() {
    let text = &text()[..3000];
    for packed in [gzip(text), zstd(text)] {
        for at in 4..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x20;
            // Names, times and reserved bytes of a header may change without harm; the text may not.
            assert!(
                read(&damaged, MOST).is_err_and(|e| e.starts_with("the ")) || read(&damaged, MOST).unwrap() == text
            );
        }
    }
    let garbage = [gzip(text), b"neither gzip nor zstd".to_vec()].concat();
    assert!(read(&garbage, MOST).unwrap_err().starts_with("the gzip stream is damaged"));
    let garbage = [zstd(text), b"neither gzip nor zstd".to_vec()].concat();
    assert!(read(&garbage, MOST).unwrap_err().starts_with("the zstd stream is damaged"));
}

#[test]
fn what_packs_too_well_is_stopped_early() {
    let zeros = vec![b'0'; 24 << 20];
    for packed in [gzip(&zeros), zstd(&zeros)] {
        let (passed, error) = until_error(&packed, MOST);
        assert_eq!(error, "it unpacks to more than 250 times its size");
        assert!(passed < 20 << 20, "{passed}");
    }
}

#[test]
fn what_is_too_large_is_stopped() {
    let large = gzip(&vec![b'0'; 2 << 20]);
    let (passed, error) = until_error(&large, 1 << 20);
    assert_eq!(error, "it unpacks to more than 1 MiB");
    assert!(passed <= 1 << 20);
}

#[test]
fn a_window_that_would_fill_memory_is_refused() {
    // A frame whose descriptor asks for a window of 2 GiB.
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00];
    assert_eq!(read(&frame, MOST).unwrap_err(), "the zstd stream is damaged: it needs a window of more than 128 MiB");
}
