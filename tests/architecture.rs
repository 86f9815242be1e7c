//! The rules of the house, checked.
use plimsoll_tests::root;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of the engine, lowest first. A module may use those before it, never one beside or after it.
const LAYERS: [&[&str]; 9] = [
    &["units"],
    &["uncertain", "choice", "condition", "queueing", "catalog", "series", "signal", "reading"],
    &["workload", "bill", "telemetry", "estimator"],
    &["sizing", "profile"],
    &["cost", "carbon"],
    &["plan", "rightsizing"],
    &["scenario", "compare", "levers"],
    &["ask"],
    &["report"],
];

/// No file is longer.
const LONGEST: usize = 400;

const MEMBERS: [&str; 8] = ["engine", "ingest", "pricing-data", "workbook", "desk", "cli", "web", "tests"];

/// Every Rust file below a folder of the repository, by path within it.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let within = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("sources are text");
        let name = path.strip_prefix(root()).expect("found below it").to_string_lossy().replace('\\', "/");
        (name, text)
    };
    let mut sources: Vec<_> = found.into_iter().map(within).collect();
    sources.sort();
    assert!(!sources.is_empty(), "{folder} has sources");
    sources
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("folders of the repository can be read") {
        let path = entry.expect("entries can be read").path();
        let is_built = path.file_name().is_some_and(|name| name == "target");
        if path.is_dir() && !is_built {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The lines that run: neither comments nor the unit tests at the foot of a file, and no file of unit tests.
fn code(name: &str, text: &str) -> Vec<String> {
    let is_tests = is_for_tests(name);
    let runs = text.lines().take_while(|line| !is_tests && !line.starts_with("#[cfg(test)]"));
    runs.filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect()
}

/// Whether the module that a file is, is only there for tests.
fn is_for_tests(name: &str) -> bool {
    let path = root().join(name);
    let stem = path.file_stem().expect("sources have names").to_string_lossy();
    let parent = fs::read_to_string(path.with_file_name("mod.rs")).unwrap_or_default();
    stem.ends_with("tests") || parent.contains(&format!("#[cfg(test)]\nmod {stem};"))
}

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|names| names.contains(&module)).unwrap_or_else(|| panic!("`{module}` is in no layer"))
}

#[test]
fn modules_only_look_down() {
    for (name, text) in sources("engine/src") {
        let below = name.trim_start_matches("engine/src/");
        let module = below.split('/').next().unwrap_or(below).trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        for line in code(&name, &text) {
            for rest in line.split("crate::").skip(1) {
                let used = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
                let is_below = used == module || layer(used) < layer(module);
                assert!(is_below, "{name}: `{module}` may not use `{used}`: {line}");
            }
        }
    }
}

#[test]
fn layers_name_the_modules_that_there_are() {
    let text = fs::read_to_string(root().join("engine/src/lib.rs")).expect("the engine has a root");
    let mut declared: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut layered = LAYERS.concat();
    declared.sort_unstable();
    layered.sort_unstable();
    assert_eq!(declared, layered);
}

#[test]
fn the_engine_touches_nothing_outside() {
    let banned = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "rand::rng(",
        "print!(",
        "println!(",
        "eprint!(",
        "eprintln!(",
        "dbg!(",
    ];
    for (name, text) in sources("engine/src") {
        for line in code(&name, &text) {
            let found = banned.iter().find(|word| line.contains(**word));
            assert_eq!(found, None, "{name}: {line}");
        }
    }
}

#[test]
fn models_and_readers_do_not_print() {
    for folder in ["ingest/src", "pricing-data/src", "workbook/src"] {
        for (name, text) in sources(folder) {
            for line in code(&name, &text) {
                let prints =
                    ["println!(", "print!(", "eprintln!(", "eprint!(", "dbg!("].iter().any(|w| line.contains(w));
                assert!(!prints, "{name}: {line}");
            }
        }
    }
}

#[test]
fn files_are_short_and_named_after_what_they_hold() {
    let nameless =
        ["utils", "util", "common", "helpers", "helper", "types", "misc", "manager", "context", "handler", "base"];
    let mut wrong = Vec::new();
    for (name, text) in MEMBERS.iter().flat_map(|member| sources(member)) {
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{name} has {lines} lines"));
        }
        let folders = name.trim_end_matches(".rs").split('/');
        wrong.extend(
            folders.filter(|part| nameless.contains(part)).map(|part| format!("{name}: `{part}` says nothing")),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn nothing_is_unsafe() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    for member in MEMBERS {
        let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).expect("members have manifests");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{member} takes the lints of the workspace");
    }
}

#[test]
fn versions_are_written_once() {
    for member in MEMBERS {
        let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).expect("members have manifests");
        let mut in_dependencies = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                in_dependencies = line.contains("dependencies");
            } else if in_dependencies && !line.trim().is_empty() && !line.starts_with('#') {
                assert!(line.contains("workspace = true"), "{member}: {line}");
                assert!(!line.contains("version"), "{member}: {line}");
            }
        }
        assert!(manifest.contains("version.workspace = true"), "{member}");
    }
}

#[test]
fn tables_of_users_are_read_in_one_place() {
    for member in MEMBERS.iter().filter(|member| !["ingest", "tests"].contains(member)) {
        let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).expect("members have manifests");
        let needs = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        let readers = ["csv = ", "parquet = { ", "polars", "arrow-"];
        let found: Vec<_> = needs.lines().filter(|line| readers.iter().any(|name| line.starts_with(name))).collect();
        assert_eq!(found, Vec::<&str>::new(), "{member}");
    }
}

/// The packages that a member is built of, itself included; without what only its tests and builds use.
fn built_of(member: &str) -> Vec<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--offline", "--locked", "-e", "normal", "--prefix", "none", "--format", "{p}", "-p", member]);
    let output = cargo.current_dir(root()).output().expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let mut names: Vec<_> = text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn the_engine_is_built_in_seconds() {
    let packages = built_of("plimsoll");
    let heavy = |name: &&String| {
        ["polars", "tokio", "cc", "cmake", "bindgen", "rayon", "reqwest", "hyper", "openssl"].contains(&name.as_str())
            || name.starts_with("polars-")
            || name.starts_with("tokio-")
            || name.ends_with("-sys")
    };
    assert_eq!(packages.iter().filter(heavy).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(packages.len() < 60, "the engine has become heavy: {}", packages.join(" "));
}

#[test]
fn members_do_not_know_who_they_need_not_know() {
    let strangers = [
        (
            "plimsoll",
            [
                "plimsoll-prices",
                "plimsoll-ingest",
                "plimsoll-workbook",
                "plimsoll-desk",
                "plimsoll-cli",
                "plimsoll-web",
                "plimsoll-tests",
            ]
            .as_slice(),
        ),
        (
            "plimsoll-prices",
            &[
                "plimsoll",
                "plimsoll-ingest",
                "plimsoll-workbook",
                "plimsoll-desk",
                "plimsoll-cli",
                "plimsoll-web",
                "plimsoll-tests",
            ],
        ),
        (
            "plimsoll-ingest",
            &[
                "plimsoll-prices",
                "plimsoll-workbook",
                "plimsoll-desk",
                "plimsoll-cli",
                "plimsoll-web",
                "plimsoll-tests",
            ],
        ),
        (
            "plimsoll-workbook",
            &["plimsoll-prices", "plimsoll-ingest", "plimsoll-desk", "plimsoll-cli", "plimsoll-web", "plimsoll-tests"],
        ),
        ("plimsoll-desk", &["plimsoll-cli", "plimsoll-web", "plimsoll-tests"]),
        ("plimsoll-web", &["plimsoll-cli", "plimsoll-tests"]),
        ("plimsoll-cli", &["plimsoll-tests"]),
    ];
    for (member, strangers) in strangers {
        let packages = built_of(member);
        let known: Vec<_> = strangers.iter().filter(|name| packages.iter().any(|p| p == **name)).collect();
        assert_eq!(known, Vec::<&&str>::new(), "{member}");
    }
}

/// `plimsoll serve` and `plimsoll backup` are flags and one call each.
#[test]
fn the_command_line_knows_no_more_of_the_browser_front_than_how_to_start_it() {
    let knows = |(name, text): &(String, String)| code(name, text).iter().any(|line| line.contains("plimsoll_web"));
    let all = sources("cli/src");
    let known: Vec<&str> = all.iter().filter(|source| knows(source)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(known, ["cli/src/backup.rs", "cli/src/serve.rs"]);
}

/// Whoever asks through the network names files by what came along: only the shelf opens anything else.
#[test]
fn files_of_a_question_are_opened_in_one_place() {
    let opens = ["File::open", "File::create", "fs::read", "fs::write", "read_to_string(", "env::var", "stdin()"];
    let allowed = ["desk/src/shelf.rs", "desk/src/files.rs", "desk/src/digests.rs"];
    for (name, text) in sources("desk/src") {
        let found: Vec<_> =
            code(&name, &text).into_iter().filter(|line| opens.iter().any(|open| line.contains(open))).collect();
        assert!(found.is_empty() || allowed.contains(&name.as_str()), "{name}: {found:?}");
    }
}
