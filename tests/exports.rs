//! Bills as they are found: every shape of one month, everything that can be wrong with a file, and other people's sums.
#[path = "exports/damaged.rs"]
mod damaged;
#[path = "exports/dialects.rs"]
mod dialects;
#[path = "exports/shapes.rs"]
mod shapes;
#[path = "exports/shared.rs"]
mod shared;

use plimsoll_tests::{root, run};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A fixture's path.
fn fixture(name: &str) -> PathBuf {
    root().join("fixtures/bills").join(name)
}

/// What `bill` says of some words, as JSON.
fn told(words: &[&str]) -> Value {
    let ran = run(&[&["bill", "--format", "json"], words].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{words:?}: {error}\n{}{}", ran.out, ran.err))
}

/// The answer, which has to be there.
fn answer(words: &[&str]) -> Value {
    let told = told(words);
    assert!(told["answer"].is_object(), "{words:?}: {told:#}");
    told["answer"].clone()
}

/// What `bill` says of a text.
fn told_of(text: &[u8], name: &str, words: &[&str]) -> Value {
    let file = Temporary::of(text, name);
    told(&[&[file.0.to_str().unwrap()], words].concat())
}

/// A file that is gone after the test.
struct Temporary(PathBuf);

impl Temporary {
    fn of(text: &[u8], name: &str) -> Self {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("plimsoll-bills-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Rows read are rows used and rows set aside.
fn assert_accounted(answer: &Value) {
    let quality = &answer["quality"];
    let aside: u64 = quality["set_aside"].as_array().unwrap().iter().map(|a| a["rows"].as_u64().unwrap()).sum();
    assert_eq!(quality["rows_read"].as_u64().unwrap(), quality["rows_used"].as_u64().unwrap() + aside, "{quality:#}");
}
