//! `plimsoll serve`: the flags, and one call.
use clap::Args as ClapArgs;
use plimsoll_web::scenarios::{Database, NotADatabase};
use plimsoll_web::{Config, NotSafe, Token};
use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ServeArgs {
    /// Where to listen. Any address but this machine's own asks for --token-file or --trust-header.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A file with the token that whoever asks has to show, 16 characters or more.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The header in which a proxy in front says who asks; let nobody else reach the server then.
    #[arg(long, value_name = "NAME", value_parser = header)]
    trust_header: Option<String>,
    /// Where scenarios are kept: sqlite://FILE, postgres://USER@HOST/NAME, or `none` to keep nothing. Without it a file of
    /// the user who runs the server.
    #[arg(long, value_name = "DATABASE", env = "PLIMSOLL_DATABASE", hide_env_values = true, value_parser = kept)]
    database: Option<Kept>,
    /// The largest upload, all of its files together, in megabytes.
    #[arg(long, value_name = "MB", default_value_t = 2000)]
    most_upload: u64,
}

/// Serves until the process is told to end.
pub(crate) fn run(args: ServeArgs) -> ExitCode {
    match config(args).and_then(|config| plimsoll_web::serve(config).map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("plimsoll: {what}");
            ExitCode::from(2)
        }
    }
}

fn config(args: ServeArgs) -> Result<Config, String> {
    let token = args.token_file.map(|path| {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Token::read(&text).map_err(|error: NotSafe| format!("{}: {error}", path.display()))
    });
    let mut config = Config { listen: args.listen, token: token.transpose()?, ..Config::default() };
    config.database = match args.database {
        Some(Kept(named)) => named,
        None => own_file().map(Database::File),
    };
    config.trusted = args.trust_header.map(|name| name.parse().expect("it was read before"));
    config.limits.upload = args.most_upload.saturating_mul(1_000_000);
    Ok(config)
}

/// A database, or none.
#[derive(Clone, Debug)]
struct Kept(Option<Database>);

fn kept(text: &str) -> Result<Kept, String> {
    if text == "none" {
        return Ok(Kept(None));
    }
    text.parse().map(|database| Kept(Some(database))).map_err(|error: NotADatabase| error.to_string())
}

/// Where users keep what programs know of them: the base directories of XDG. None for a user without a home.
pub(crate) fn own_file() -> Option<PathBuf> {
    let is_place = |path: &PathBuf| path.is_absolute();
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let data = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(is_place).or_else(home).filter(is_place)?;
    Some(data.join("plimsoll/scenarios.db"))
}

fn header(text: &str) -> Result<String, String> {
    let is_header = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_header { Ok(text.to_owned()) } else { Err("a header's name has letters, figures and -".into()) }
}
