//! The command line, built from the sources at hand and run as a user runs it.
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Its exit status.
    pub status: i32,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

/// The built command, no older than the sources: `cargo test` of this crate alone does not build it.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(build)
}

fn build() -> PathBuf {
    // A test runs as target/PROFILE/deps/NAME.
    let test = std::env::current_exe().expect("a test knows where it is");
    let profile = test.ancestors().nth(2).expect("tests are built into a folder of their profile");
    let target = profile.parent().expect("profiles are folders of the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    // The profile of the tests: its engine is optimized, and built already.
    let built_as = if profile.ends_with("release") { "release" } else { "test" };
    cargo.args(["build", "--quiet", "--profile", built_as, "--package", "plimsoll-cli", "--target-dir"]).arg(target);
    let built = cargo.current_dir(crate::root()).status().expect("cargo can be run");
    assert!(built.success(), "the command line does not build");
    profile.join(format!("plimsoll{}", std::env::consts::EXE_SUFFIX))
}

/// Runs the command at the root of the repository.
pub fn run(arguments: &[&str]) -> Ran {
    run_in(&crate::root(), arguments, "")
}

/// What the command writes to standard output at the root of the repository, text or not, after its exit status.
pub fn bytes(arguments: &[&str]) -> (i32, Vec<u8>) {
    let mut command = Command::new(binary());
    let output = command.args(arguments).current_dir(crate::root()).output().expect("the built command can be run");
    (output.status.code().expect("the command is not killed"), output.stdout)
}

/// Runs the command in a folder, with a text on standard input.
pub fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(binary())
        .args(arguments)
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the built command can be run");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // A command that refuses its flags ends without reading: its input is not missed.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the command ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the command writes UTF-8");
    let status = output.status.code().expect("the command is not killed");
    Ran { status, out: text(output.stdout), err: text(output.stderr) }
}

/// Words as a shell takes them, quotes removed.
pub fn words(text: &str) -> Vec<String> {
    let (mut words, mut quote, mut word) = (Vec::new(), None, None::<String>);
    for c in text.chars() {
        match (c, quote) {
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(open)) if c == open => quote = None,
            (' ' | '\n', None) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
