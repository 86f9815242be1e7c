//! The library's own mistakes, met in damaged files.
//!
//! `parquet` 60.1 goes on beyond the end of a page whose bytes are fewer than its columns say (`fixed_len_byte_array.rs`,
//! "range start index out of range"): found by changing one byte of a small file, and kept by a test here. Such a file is
//! damaged, and that is what is said of it.
use std::cell::Cell;
use std::fmt::Display;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Reads, and takes a panic of the library for a damaged file, of which nothing that was read is used.
pub(super) fn guarded<T, E: Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    static QUIET: Once = Once::new();
    // What is caught is told as a problem: its trace would say that this program is broken.
    QUIET.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                before(info);
            }
        }));
    });
    let outer = IS_GUARDED.replace(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(outer);
    match read {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err("its bytes are not what its columns say".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_damaged_file() {
        assert_eq!(guarded(|| Ok::<_, String>(1)), Ok(1));
        assert_eq!(guarded(|| Err::<(), _>("breaks off")), Err("breaks off".to_owned()));
        let beyond = |at: usize| Ok::<_, String>([1, 2, 3][at..].len());
        assert_eq!(guarded(|| beyond(4)), Err("its bytes are not what its columns say".to_owned()));
        assert!(panic::catch_unwind(|| beyond(5)).is_err());
    }
}
