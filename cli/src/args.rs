//! What may be written on the command line: the questions, and what else the command does.
use clap::{CommandFactory, Parser, Subcommand};
use plimsoll_desk::{Answered, Asked};

/// How much, what size, which tier, what does it cost: offline, explained, on real price tables.
///
/// Exit status: 0 answered; 1 an honest no; 2 the input or the flags were not understood.
#[derive(Debug, Parser)]
#[command(name = "plimsoll", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Ask(Asked),
    /// Answers the same questions in the browser, and by the API.
    #[cfg(feature = "web")]
    Serve(crate::serve::ServeArgs),
    /// Copies a file of scenarios while servers use it.
    #[cfg(feature = "web")]
    Backup(crate::backup::BackupArgs),
    /// Prints the completions of a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// The completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> Answered {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "plimsoll", &mut text);
    Answered::Text { text: String::from_utf8(text).expect("completions are text"), file: None }
}
