//! Where the files lie that a question names: anywhere on this machine, or only among those that came with it.
use crate::files;
use plimsoll_ingest::inputs::{self, Found, Inputs, Place};
use plimsoll_ingest::problem::Problem;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Where the files lie that a question names.
#[derive(Clone, Debug)]
pub enum Shelf {
    /// On this machine: paths, globs, folders, and `-` for standard input.
    Machine,
    /// Only among these, by their names. A name is looked up and never taken for a path, so whoever asks from afar
    /// reads nothing else, and writes nothing.
    Given(Vec<Upload>),
}

/// A file that came with a question.
#[derive(Clone, Debug)]
pub struct Upload {
    /// What whoever sent it calls it.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file that came with a question.
#[derive(Clone, Debug)]
pub enum Content {
    /// These bytes: of a workload, which is small.
    Bytes(Vec<u8>),
    /// What was written to this file, whose name has nothing to do with the one given.
    File(PathBuf),
}

impl Shelf {
    /// The bytes of a file, which may be more than memory holds.
    pub(crate) fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        match self {
            Self::Machine => files::open(name),
            Self::Given(uploads) => match &find(uploads, name).ok_or(io::ErrorKind::NotFound)?.content {
                Content::Bytes(bytes) => Ok(Box::new(&bytes[..])),
                Content::File(path) => Ok(Box::new(File::open(path)?)),
            },
        }
    }
    /// The files that these words mean; of a folder its tables.
    pub(crate) fn tables(&self, words: &[String]) -> Result<Inputs, Vec<Problem>> {
        match self {
            Self::Machine => inputs::expand(words),
            Self::Given(uploads) => given(uploads, words),
        }
    }
    /// The files that these words mean; of a folder all that is not hidden.
    pub(crate) fn files(&self, words: &[String]) -> Result<Inputs, Vec<Problem>> {
        match self {
            Self::Machine => inputs::expand_all(words),
            Self::Given(uploads) => given(uploads, words),
        }
    }
    /// Whether there is such a file.
    pub(crate) fn holds(&self, name: &str) -> bool {
        match self {
            Self::Machine => name == "-" || Path::new(name).exists(),
            Self::Given(uploads) => find(uploads, name).is_some(),
        }
    }
    /// Writes a file, where that is allowed.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Machine => std::fs::write(path, bytes),
            Self::Given(_) => Err(io::Error::other("files are not written for those who ask from afar")),
        }
    }
    /// What messages call the file of this name.
    pub(crate) fn called(&self, name: &str) -> String {
        match self {
            Self::Machine if name == "-" => "standard input".to_owned(),
            _ => name.to_owned(),
        }
    }
}

fn find<'u>(uploads: &'u [Upload], name: &str) -> Option<&'u Upload> {
    uploads.iter().find(|upload| upload.name == name)
}

/// The uploads of these names, each once.
fn given(uploads: &[Upload], words: &[String]) -> Result<Inputs, Vec<Problem>> {
    let (mut inputs, mut problems) = (Inputs::default(), Vec::new());
    for word in words {
        match find(uploads, word).map(|upload| &upload.content) {
            Some(Content::File(path)) if inputs.files.iter().any(|file| file.path() == Some(path)) => {
                inputs.notes.push(format!("`{word}` was named twice and is read once."));
            }
            Some(Content::File(path)) => inputs.files.push(Found { name: word.clone(), ..Found::file(path) }),
            Some(Content::Bytes(_)) => {
                problems.push(Problem::in_whole(word, "this is a workload, and an export is asked for", ""));
            }
            None => {
                let known: Vec<String> = uploads.iter().map(|upload| format!("`{}`", upload.name)).collect();
                let help = match &known[..] {
                    [] => "send it with the question".to_owned(),
                    known => format!("these came with the question: {}", known.join(", ")),
                };
                problems.push(Problem::in_whole(word, "there is no such file", help));
            }
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(problems) }
}

/// Whether bytes that are read are gone afterward.
pub(crate) fn is_stream(file: &Found) -> bool {
    file.place == Place::Stdin || file.size.is_none()
}

impl Upload {
    /// A file under the last part of the name that it was sent with, as browsers that tell folders do.
    pub fn named(name: &str, content: Content) -> Self {
        Self { name: name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(), content }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> (Shelf, PathBuf) {
        let path = std::env::temp_dir().join(format!("plimsoll-shelf-{}", std::process::id()));
        std::fs::write(&path, "a,b\n").unwrap();
        let workload = Upload::named("w.toml", Content::Bytes(b"demand = 1".to_vec()));
        let export = Upload::named("..\\..\\usage.csv", Content::File(path.clone()));
        (Shelf::Given(vec![workload, export]), path)
    }

    #[test]
    fn what_came_with_a_question_is_found_by_its_name_and_nothing_else_is() {
        let (shelf, path) = shelf();
        let text = |name: &str| shelf.open(name).and_then(std::io::read_to_string);
        assert_eq!(text("w.toml").unwrap(), "demand = 1");
        assert_eq!(text("usage.csv").unwrap(), "a,b\n");
        for outside in ["/etc/passwd", "../usage.csv", "-", "", ".", &path.display().to_string()] {
            assert_eq!(text(outside).unwrap_err().kind(), io::ErrorKind::NotFound, "{outside}");
            assert!(shelf.tables(&[outside.into()]).is_err() && !shelf.holds(outside), "{outside}");
        }
        assert!(shelf.write(&path, b"x").is_err());
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn inputs_keep_the_names_they_were_sent_with() {
        let (shelf, path) = shelf();
        let inputs = shelf.files(&["usage.csv".into(), "usage.csv".into()]).unwrap();
        assert_eq!((inputs.files[0].name.as_str(), inputs.files[0].size), ("usage.csv", Some(4)));
        assert_eq!((inputs.files.len(), inputs.notes.len()), (1, 1));
        let wrong = shelf.files(&["usage.csw".into(), "w.toml".into()]).unwrap_err();
        assert_eq!(wrong[0].help, "these came with the question: `w.toml`, `usage.csv`");
        assert_eq!(wrong.len(), 2);
        std::fs::remove_file(path).unwrap();
    }
}
