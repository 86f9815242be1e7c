//! What `plimsoll serve` is told, and whether it is safe to do.
use crate::scenarios::Database;
use axum::http::HeaderName;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What whoever asks has to show; none on this machine alone.
    pub token: Option<Token>,
    /// The header in which a proxy in front says who asks.
    pub trusted: Option<HeaderName>,
    /// Where scenarios are kept; none to keep nothing.
    pub database: Option<Database>,
    /// How much anybody may take.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
        Self { listen, token: None, trusted: None, database: None, limits: Limits::default() }
    }
}

/// How much anybody may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest upload, in bytes, all files together.
    pub upload: u64,
    /// How many bytes of uploads are kept to be asked about again.
    pub kept_uploads: u64,
    /// The largest question that is no upload, in bytes: it is in memory as a whole.
    pub body: usize,
    /// How long the parts of a request may take to come, each.
    pub patience: Duration,
    /// How long a question may take that is no job.
    pub answer: Duration,
    /// How many questions wait for their turn before others are sent away.
    pub waiting: usize,
    /// How many jobs are there at a time, waiting, running or done.
    pub jobs: usize,
    /// How long the answer of a job is kept.
    pub kept: Duration,
    /// How many connections are open at a time.
    pub connections: usize,
}

impl Default for Limits {
    /// A bill of a month of a mid-sized company is some hundred megabytes packed; a workload with overlays is some
    /// kilobytes. Two minutes are longer than browsers and proxies wait.
    fn default() -> Self {
        Self {
            upload: 2 << 30,
            kept_uploads: 8 << 30,
            body: 32 << 20,
            patience: Duration::from_secs(30),
            answer: Duration::from_mins(2),
            waiting: 256,
            jobs: 64,
            kept: Duration::from_hours(1),
            connections: 1024,
        }
    }
}

/// What whoever asks has to show.
#[derive(Clone)]
pub struct Token(String);

/// Why it would not be safe to serve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSafe {
    /// Anybody could ask.
    #[error(
        "{0} can be reached from other machines, and anybody there could ask: name a file with a token (--token-file FILE), \
         or the header in which a proxy says who asks (--trust-header NAME)"
    )]
    Open(SocketAddr),
    /// It can be guessed.
    #[error("the token is shorter than {} characters", Token::SHORTEST)]
    ShortToken,
    /// It cannot be sent in a header.
    #[error("the token has characters that no header may have: use letters, figures, - and _")]
    OddToken,
}

impl Token {
    /// A token that is shorter may be guessed: 16 letters and figures at random are 95 bits.
    pub const SHORTEST: usize = 16;

    /// Reads the content of a token file.
    ///
    /// # Errors
    /// A token that can be guessed, or that cannot be sent.
    pub fn read(text: &str) -> Result<Self, NotSafe> {
        let text = text.trim();
        match text {
            _ if text.len() < Self::SHORTEST => Err(NotSafe::ShortToken),
            _ if text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Self(text.to_owned())),
            _ => Err(NotSafe::OddToken),
        }
    }
    /// Whether this is the token. Takes as long for one that is nearly right as for any other.
    pub(crate) fn is(&self, shown: &str) -> bool {
        let differs = self.0.bytes().zip(shown.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b));
        self.0.len() == shown.len() && differs == 0
    }
    /// What a browser keeps instead of the token.
    pub(crate) fn pass(&self) -> String {
        plimsoll_desk::sha256(format!("plimsoll pass {}", self.0).as_bytes())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Config {
    /// Refuses to let anybody ask from other machines.
    ///
    /// # Errors
    /// An address that other machines reach, without a token or a trusted header.
    pub const fn safe(&self) -> Result<(), NotSafe> {
        if self.listen.ip().is_loopback() || self.token.is_some() || self.trusted.is_some() {
            return Ok(());
        }
        Err(NotSafe::Open(self.listen))
    }
    /// Whether all that ask are on this machine, and nothing else tells who they are.
    pub(crate) const fn is_private(&self) -> bool {
        self.token.is_none() && self.trusted.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Config {
        Config { listen: address.parse().unwrap(), ..Config::default() }
    }

    #[test]
    fn other_machines_are_let_in_only_with_a_token_or_a_proxy() {
        for address in ["127.0.0.1:8080", "[::1]:0", "127.8.9.1:1"] {
            assert_eq!(at(address).safe(), Ok(()), "{address}");
        }
        for address in ["0.0.0.0:8080", "[::]:8080", "192.168.1.2:80", "[::ffff:127.0.0.1]:80"] {
            let open = at(address);
            assert_eq!(open.safe(), Err(NotSafe::Open(open.listen)), "{address}");
            let token = Token::read("0123456789abcdef\n").ok();
            assert_eq!(Config { token, ..open.clone() }.safe(), Ok(()));
            assert_eq!(Config { trusted: Some(HeaderName::from_static("x-user")), ..open }.safe(), Ok(()));
        }
    }

    #[test]
    fn tokens_are_long_and_stay_secret() {
        assert_eq!(Token::read("short\n").unwrap_err(), NotSafe::ShortToken);
        assert_eq!(Token::read("0123456789 abcdef").unwrap_err(), NotSafe::OddToken);
        let token = Token::read(" 0123456789abcdef\n").unwrap();
        assert!(token.is("0123456789abcdef"));
        assert!(!token.is("0123456789abcdeF") && !token.is("0123456789abcde") && !token.is(""));
        assert_eq!(format!("{token:?}"), "Token(..)");
        assert!(!token.pass().contains("0123456789abcdef"));
    }
}
