//! `plimsoll backup`: the flags, and one call.
use crate::serve::own_file;
use clap::Args as ClapArgs;
use plimsoll_web::scenarios::{Database, back_up};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct BackupArgs {
    /// The database that is copied, sqlite://FILE. Without it the file of the user who runs this.
    #[arg(long, value_name = "DATABASE", env = "PLIMSOLL_DATABASE", hide_env_values = true)]
    database: Option<Database>,
    /// The new file.
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

/// Copies it.
pub(crate) fn run(args: &BackupArgs) -> ExitCode {
    let named = args.database.clone().or_else(|| own_file().map(Database::File));
    let database = named.ok_or_else(|| "name the database: --database sqlite://FILE".to_owned());
    match database.and_then(|database| back_up(&database, &args.to).map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("plimsoll: {what}");
            ExitCode::from(2)
        }
    }
}
