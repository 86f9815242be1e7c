//! Lists the files of `tables/` as Rust, so that a new table is in the crate as soon as its file exists.
//!
//! A table's place is its path: `tables/<provider>/<region>/<name>.csv`, `tables/<provider>/<name>.csv` for what holds
//! over a provider's regions, `tables/<name>.csv` for what holds over all. The list is sorted, because `find` searches
//! it by halves.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=tables");
    let mut found = Vec::new();
    walk(Path::new("tables"), &mut Vec::new(), &mut found);
    found.sort();

    let mut list = String::from("&[\n");
    for (provider, region, name, file) in &found {
        writeln!(
            list,
            "    Table {{ provider: {provider:?}, region: {region:?}, name: {name:?}, \
             text: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})) }},"
        )
        .expect("a string grows");
    }
    list += "]\n";
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"));
    fs::write(out.join("tables.rs"), list).expect("OUT_DIR can be written");
}

/// Adds (provider, region, name, path from the crate's folder) of each table below `folder`.
fn walk(folder: &Path, above: &mut Vec<String>, found: &mut Vec<(String, String, String, String)>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display())) {
        let path = entry.expect("a folder that opens can be listed").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("table names are ASCII").to_owned();
        if path.is_dir() {
            above.push(stem);
            walk(&path, above, found);
            above.pop();
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            let place = |depth: usize| above.get(depth).cloned().unwrap_or_default();
            let file = ["", "tables"].into_iter().chain(above.iter().map(String::as_str)).chain([""]);
            let file = file.collect::<Vec<_>>().join("/") + &stem + ".csv";
            found.push((place(0), place(1), stem, file));
        }
    }
}
