//! Every folder of `cases/QUESTION/` is a story: a question, and the report that it must give.
//!
//! `question.toml` is what is asked, where a file of its own is asked about; `flags.txt` the inputs elsewhere and the flags; `report.txt` is the command and what it prints.
//! `BLESS=1 cargo test -p plimsoll-tests --test cases` rewrites the reports; read that difference as a user would.
use plimsoll_tests::{TODAY, root, run_in, words};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).expect("the cases can be listed");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("entries can be read").path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

/// The command as it may be typed, what it prints, and its exit status where it is not that of an answer.
fn told(question: &str, case: &Path) -> String {
    let flags = fs::read_to_string(case.join("flags.txt")).unwrap_or_default();
    let mut arguments = vec![question];
    arguments.extend(case.join("question.toml").exists().then_some("question.toml"));
    let flags_typed = flags.split_whitespace().collect::<Vec<_>>().join(" ");
    let typed = [&arguments[..], &[flags_typed.as_str()]].concat().join(" ");
    let flags = words(&flags);
    arguments.extend(flags.iter().map(String::as_str));
    let day = TODAY.to_string();
    let ran = run_in(case, &[&arguments[..], &["--as-of", &day]].concat(), "");
    let status = if ran.status == 0 { String::new() } else { format!("(exit status {})\n", ran.status) };
    format!("$ plimsoll {} --as-of {day}\n{}{}{status}", typed.trim_end(), ran.out, ran.err)
}

#[test]
fn every_case_gives_its_report() {
    let bless = env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    let mut seen = 0;
    for kind in folders(&root().join("tests/cases")) {
        let question = kind.file_name().expect("folders have names").to_string_lossy().into_owned();
        for case in folders(&kind) {
            let path = case.join("report.txt");
            let (got, blessed) = (told(&question, &case), fs::read_to_string(&path).unwrap_or_default());
            if bless {
                fs::write(&path, &got).expect("reports can be written");
            } else if got != blessed {
                let line = got.lines().zip(blessed.lines()).position(|(a, b)| a != b);
                let line = line.unwrap_or_else(|| got.lines().count().min(blessed.lines().count()));
                let of = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
                let name = case.strip_prefix(root()).unwrap_or(&case).display().to_string();
                changed.push(format!("{name}, line {}:\n  was {}\n  is  {}", line + 1, of(&blessed), of(&got)));
            }
            seen += 1;
        }
    }
    assert!(seen >= 10, "the stories are there");
    assert!(changed.is_empty(), "{}\nBLESS=1 rewrites the reports", changed.join("\n"));
}

#[test]
fn only_the_stories_of_a_no_end_in_a_refusal() {
    for kind in folders(&root().join("tests/cases")) {
        for case in folders(&kind) {
            let report = fs::read_to_string(case.join("report.txt")).expect("every story is blessed");
            let is_refusal = ["nothing-fits", "unknown-disk"].iter().any(|no| case.ends_with(no));
            assert_eq!(report.ends_with("(exit status 1)\n"), is_refusal, "{}", case.display());
            assert!(!report.contains("(exit status 2)"), "{}", case.display());
        }
    }
}
