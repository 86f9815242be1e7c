//! Where scenarios are kept.
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A place for scenarios, as `--database` names it.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of SQLite's: `sqlite://FILE`.
    File(PathBuf),
    /// A PostgreSQL server: `postgres://USER:PASSWORD@HOST/NAME`. Shown without its password.
    Server(String),
}

/// A text that names no database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no database; write sqlite://FILE or postgres://USER@HOST/NAME")]
pub struct NotADatabase(String);

impl Database {
    /// The URL that the driver takes. A file is named by its whole path: a URL cannot tell `a/b` from host `a`, path `b`.
    pub(super) fn url(&self) -> Result<String, std::io::Error> {
        match self {
            Self::Server(url) => Ok(url.clone()),
            Self::File(path) => Ok(format!("sqlite://{}?mode=rwc", escaped(&std::path::absolute(path)?))),
        }
    }
}

/// A path in which `?`, `#`, `%` and spaces mean themselves.
fn escaped(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().map(|&byte| if plain(byte) { char::from(byte).into() } else { format!("%{byte:02X}") }).collect()
}

impl FromStr for Database {
    type Err = NotADatabase;

    fn from_str(text: &str) -> Result<Self, NotADatabase> {
        match text.split_once("://") {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::File(path.into())),
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => Ok(Self::Server(text.into())),
            _ => Err(NotADatabase(without_password(text))),
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A URL as a log may show it: the user but not the password, and nothing after `?`, where a password may stand too.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.into() };
    match rest.rsplit_once('@') {
        Some((user, place)) => format!("{scheme}://{}@{place}", user.split(':').next().unwrap_or_default()),
        None => url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_are_named_by_urls() {
        assert_eq!("sqlite://a/b.db".parse(), Ok(Database::File("a/b.db".into())));
        assert_eq!("sqlite:///var/x.db".parse(), Ok(Database::File("/var/x.db".into())));
        assert!(matches!("postgres://db/plans".parse(), Ok(Database::Server(_))));
        let told = "mysql://ann:secret@db/plans".parse::<Database>().unwrap_err().to_string();
        assert_eq!(told, "`mysql://ann@db/plans` is no database; write sqlite://FILE or postgres://USER@HOST/NAME");
        assert!("sqlite://".parse::<Database>().is_err());
    }

    #[test]
    fn passwords_are_not_shown() {
        for url in ["postgres://ann:p@ss:w@db:5432/plans", "postgres://ann@db:5432/plans?password=secret"] {
            let database: Database = url.parse().unwrap();
            assert_eq!(format!("{database} {database:?}"), "postgres://ann@db:5432/plans postgres://ann@db:5432/plans");
        }
    }

    #[test]
    fn paths_with_odd_letters_mean_themselves() {
        let url = Database::File("/tmp/a b?c#d%é.db".into()).url().unwrap();
        assert_eq!(url, "sqlite:///tmp/a%20b%3Fc%23d%25%C3%A9.db?mode=rwc");
    }
}
