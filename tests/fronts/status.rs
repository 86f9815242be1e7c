//! Exit status, where output goes, and that the same command gives the same bytes.
use super::{FIXTURES, asked, parsed, root, run, run_in};

#[test]
fn an_answer_ends_with_status_0_and_says_nothing_on_the_side() {
    for file in FIXTURES {
        let ran = asked("plan", file, &[]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{file}");
    }
}

#[test]
fn an_honest_no_ends_with_status_1() {
    let ran = asked("plan", "fixtures/one-service.toml", &["--set", "promises.p99=1 ms"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    let ran = asked("plan", "fixtures/one-service.toml", &["--set", "promises.p99=1 ms", "--format", "json"]);
    let envelope = parsed(&ran.out);
    assert_eq!((ran.status, envelope["answer"].is_null()), (1, true));
    let ran = asked("profile", "fixtures/requests_capture.csv", &[]);
    assert_eq!(ran.status, 1, "two minutes of history show no busiest hour: {}", ran.out);
}

#[test]
fn what_is_not_understood_ends_with_status_2_and_leaves_standard_output_alone() {
    let wrong: [&[&str]; 9] = [
        &["plan", "fixtures/no-such-file.toml"],
        &["plan", "fixtures"],
        &["plan", "fixtures/requests.csv"],
        &["plan", "fixtures/one-service.toml", "--set", "demand.peak=900"],
        &["plan", "fixtures/one-service.toml", "--set", "demand.paek=900/s"],
        &["plan", "fixtures/one-service.toml", "--region", "us-est-1"],
        &["plan", "fixtures/one-service.toml", "--provider", "oracle"],
        &["plan"],
        &["plann", "fixtures/one-service.toml"],
    ];
    for arguments in wrong {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.trim().is_empty() && !ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_problem_is_json_where_json_is_asked_for() {
    let ran = asked("plan", "fixtures/one-service.toml", &["--set", "demand.peak=900", "--format", "json"]);
    let envelope = parsed(&ran.out);
    assert_eq!(ran.status, 2);
    assert!(envelope["answer"].is_null() && envelope["refusal"].is_null(), "{envelope}");
    let problem = &envelope["problems"][0];
    assert!(problem["what"].as_str().is_some_and(|what| what.contains("900")), "{envelope}");
    for (field, is_right) in [
        ("file", problem["file"].is_string()),
        ("line", problem["line"].is_u64() || problem["line"].is_null()),
        ("column", problem["column"].is_u64() || problem["column"].is_null()),
        ("help", problem["help"].is_string()),
    ] {
        assert!(is_right, "{field} of {problem}");
    }
}

#[test]
fn a_misspelled_name_is_met_with_the_right_one() {
    let err = run(&["plan", "fixtures/one-service.toml", "--set", "demand.paek=900/s"]).err;
    assert!(err.contains("`peak`"), "{err}");
    let err = run(&["plan", "fixtures/one-service.toml", "--region", "us-est-1"]).err;
    assert!(err.contains("`us-east-1`"), "{err}");
    let err = run(&["explain", "fixtures/one-service.toml", "thumbnails.cuont", "--as-of", "2026-11-23"]).err;
    assert!(err.contains("thumbnails.count"), "{err}");
}

#[test]
fn the_same_command_gives_the_same_bytes() {
    for format in ["text", "json", "csv", "md", "html"] {
        let flags = ["--format", format, "--provider", "aws", "--provider", "gcp", "--provider", "azure"];
        let once = asked("plan", "fixtures/checkout.toml", &flags);
        assert_eq!(once, asked("plan", "fixtures/checkout.toml", &flags), "{format}");
        assert_eq!(once.status, 0, "{}", once.err);
    }
}

#[test]
fn a_hyphen_reads_standard_input() {
    let file = "fixtures/one-service.toml";
    let text = std::fs::read_to_string(root().join(file)).expect("the fixture is there");
    let piped = run_in(&root(), &["plan", "-", "--as-of", "2026-11-23"], &text);
    let named = asked("plan", file, &[]);
    assert_eq!((piped.status, piped.err.as_str()), (0, ""));
    let but_the_name = |out: &str| out.replace("standard input", "one-service.toml");
    assert_eq!(but_the_name(&piped.out), named.out);
}

#[test]
fn out_writes_the_file_instead_of_standard_output() {
    let path = std::env::temp_dir().join(format!("plimsoll-{}.md", std::process::id()));
    let name = path.to_string_lossy().into_owned();
    let ran = asked("plan", "fixtures/one-service.toml", &["--format", "md", "--out", &name]);
    let written = std::fs::read_to_string(&path).expect("the file was written");
    std::fs::remove_file(&path).expect("and can be removed");
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert_eq!(written, asked("plan", "fixtures/one-service.toml", &["--format", "md"]).out);
}

#[test]
fn the_name_of_the_file_says_how_it_is_written() {
    for ending in ["md", "html", "JSON", "txt"] {
        let path = std::env::temp_dir().join(format!("plimsoll-named-{}.{ending}", std::process::id()));
        let ran = asked("plan", "fixtures/one-service.toml", &["--out", &path.to_string_lossy()]);
        let written = std::fs::read_to_string(&path).expect("the file was written");
        std::fs::remove_file(&path).expect("and can be removed");
        let format = if ending == "txt" { "text".to_owned() } else { ending.to_lowercase() };
        let same = asked("plan", "fixtures/one-service.toml", &["--format", &format]).out;
        assert_eq!((ran.status, written), (0, same), "{ending}");
    }
}

#[test]
fn the_day_of_asking_changes_nothing_but_the_age_of_prices() {
    let lines = |day: &str| {
        let envelope = parsed(&run(&["plan", "fixtures/checkout.toml", "--as-of", day, "--format", "json"]).out);
        (envelope["answer"].clone(), envelope["as_of"].clone())
    };
    let (then, now) = (lines("2026-08-01"), lines("2026-11-23"));
    assert_eq!(then.0, now.0);
    assert_eq!((then.1, now.1), ("2026-08-01".into(), "2026-11-23".into()));
}
