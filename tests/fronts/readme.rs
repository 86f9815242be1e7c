//! Every command of the README runs.
use super::{root, run};
use plimsoll_tests::words;

/// The commands of the shell blocks, as arguments of the command line. A line that ends in a backslash goes on.
fn commands(readme: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut in_shell = false;
    for line in readme.replace("\\\n", " ").lines() {
        if line.starts_with("```") {
            in_shell = matches!(line.trim_start_matches('`').trim(), "sh" | "console" | "bash");
            continue;
        }
        let line = line.trim_start_matches("$ ");
        let is_ours = ["cargo run --release -- ", "cargo run --quiet --release -- ", "plimsoll "];
        if let Some(arguments) = is_ours.iter().find_map(|start| line.strip_prefix(start)).filter(|_| in_shell) {
            found.push(words(arguments.split(" #").next().unwrap_or(arguments)));
        }
    }
    found
}

#[test]
fn every_command_of_the_readme_runs() {
    let Ok(readme) = std::fs::read_to_string(root().join("README.md")) else {
        println!("skipped: there is no README yet");
        return;
    };
    let commands = commands(&readme);
    assert!(!commands.is_empty(), "the README shows commands");
    for command in commands {
        // What goes on into another program, and what waits for a browser, is not ours to run.
        let ends = command.iter().position(|word| matches!(word.as_str(), "|" | ">" | "&&")).unwrap_or(command.len());
        let redirects = command.iter().any(|word| word == "<");
        let writes = command.iter().any(|word| word == "--out");
        if redirects || writes || command.first().is_some_and(|word| word == "serve") {
            continue;
        }
        let arguments: Vec<&str> = command[..ends].iter().map(String::as_str).collect();
        let ran = run(&arguments);
        assert!(ran.status < 2, "plimsoll {}: {}", command.join(" "), ran.err);
    }
}

#[test]
fn words_are_taken_apart_as_a_shell_does() {
    let readme =
        "```sh\ncargo run --release -- plan a.toml \\\n  --set 'demand.peak=1200/s' # more\nls\n```\n    plimsoll no\n";
    assert_eq!(commands(readme), [["plan", "a.toml", "--set", "demand.peak=1200/s"]]);
}
