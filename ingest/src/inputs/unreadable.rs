//! Why the bytes of an input cannot be had. Travels inside an [`io::Error`], because it is met while reading.
use super::Packing;
use crate::problem::Problem;
use std::io;

/// Why bytes cannot be unpacked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A known file of another kind.
    #[error("this is {what}")]
    Foreign {
        /// `a zip archive`.
        what: String,
        /// What to do.
        help: &'static str,
    },
    /// A packed file that is not whole.
    #[error("the {0} stream breaks off")]
    BreaksOff(Packing),
    /// A packed file that is not as it was written.
    #[error("the {packing} stream is damaged: {how}")]
    Damaged {
        /// What it is packed with.
        packing: Packing,
        /// How that shows.
        how: String,
    },
    /// A packed file that unpacks to more than was allowed.
    #[error("it unpacks to more than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// A packed file made to fill memory.
    #[error("it unpacks to more than {0} times its size")]
    TooDense(u64),
}

impl Unreadable {
    /// What an error of reading says, if it is one of unpacking.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
    /// What the user may do about it.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Foreign { help, .. } => help,
            Self::BreaksOff(_) | Self::Damaged { .. } => "copy or download the file again",
            Self::TooLarge(_) | Self::TooDense(_) => "if that is right, unpack it first",
        }
    }
}

impl From<Unreadable> for io::Error {
    fn from(why: Unreadable) -> Self {
        let kind = match why {
            Unreadable::BreaksOff(_) => io::ErrorKind::UnexpectedEof,
            Unreadable::Foreign { .. } | Unreadable::Damaged { .. } => io::ErrorKind::InvalidData,
            Unreadable::TooLarge(_) | Unreadable::TooDense(_) => io::ErrorKind::Other,
        };
        Self::new(kind, why)
    }
}

/// An error of opening or reading the input of this name, as a problem.
pub fn problem(name: &str, error: &io::Error) -> Problem {
    let help = Unreadable::of(error).map_or("", Unreadable::help);
    let what = match Unreadable::of(error) {
        Some(why @ (Unreadable::TooLarge(_) | Unreadable::TooDense(_))) => format!("cannot be read: {why}"),
        Some(why) => why.to_string(),
        None => match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".into(),
            io::ErrorKind::PermissionDenied => "may not be read".into(),
            io::ErrorKind::IsADirectory => "is a directory".into(),
            _ => format!("cannot be read: {error}"),
        },
    };
    Problem::in_whole(name, what, help)
}
