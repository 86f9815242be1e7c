//! Files that came through the network, on disk under names of our own.
use crate::front::Front;
use crate::reply::Turned;
use axum::http::StatusCode;
use plimsoll_desk::{Content, Upload};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use tokio::fs::File;

/// So many files may come with one question.
const MOST: usize = 1000;
/// The longest name of a file, in bytes; file systems take no longer one.
const LONGEST_NAME: usize = 255;

/// The files of one question, or of one upload.
#[derive(Debug)]
pub(crate) struct Folder {
    place: TempDir,
    files: AtomicUsize,
}

impl Folder {
    pub(crate) fn new(front: &Front) -> Result<Self, Turned> {
        Self::within(front.folder.path())
    }
    pub(crate) fn within(parent: &Path) -> Result<Self, Turned> {
        let place = tempfile::Builder::new().prefix("files-").tempdir_in(parent).map_err(|error| full(&error))?;
        Ok(Self { place, files: AtomicUsize::new(0) })
    }
    pub(crate) fn path(&self) -> &Path {
        self.place.path()
    }
    /// An empty file under a number, which is all that the sender's name has to do with the disk.
    pub(crate) async fn file(&self, name: &str) -> Result<(Upload, File), Turned> {
        let number = self.files.fetch_add(1, Ordering::Relaxed);
        if number >= MOST {
            let what = format!("more than {MOST} files came");
            return Err(Turned::down(StatusCode::PAYLOAD_TOO_LARGE, what, "join them, or pack them into fewer"));
        }
        let path = self.place.path().join(number.to_string());
        let file = File::create_new(&path).await.map_err(|error| full(&error))?;
        Ok((named(name, Content::File(path))?, file))
    }
    /// A file with this content.
    pub(crate) async fn keep(&self, name: &str, bytes: &[u8]) -> Result<Upload, Turned> {
        use tokio::io::AsyncWriteExt;
        let (upload, mut file) = self.file(name).await?;
        file.write_all(bytes).await.map_err(|error| full(&error))?;
        file.flush().await.map_err(|error| full(&error))?;
        Ok(upload)
    }
}

/// An upload under a name that can stand in messages and flags.
fn named(name: &str, content: Content) -> Result<Upload, Turned> {
    let upload = Upload::named(name, content);
    let wrong = |what: String| Turned::down(StatusCode::BAD_REQUEST, what, "give the file a plain name");
    match upload.name.as_str() {
        "" | "." | ".." | "-" => Err(wrong(format!("`{name}` is no name of a file"))),
        long if long.len() > LONGEST_NAME => Err(wrong(format!("a name of a file has more than {LONGEST_NAME} bytes"))),
        odd if odd.chars().any(char::is_control) => Err(wrong("a name of a file has control characters".to_owned())),
        _ => Ok(upload),
    }
}

/// The disk does not take it.
pub(crate) fn full(error: &io::Error) -> Turned {
    Turned::down(StatusCode::INSUFFICIENT_STORAGE, format!("the files cannot be kept: {error}"), "ask again later")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_name_of_an_upload_is_never_a_path() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::within(parent.path()).unwrap();
        for (sent, name) in [("../../etc/passwd", "passwd"), ("C:\\x\\a.csv", "a.csv"), ("a b<i>.csv", "a b<i>.csv")] {
            let upload = folder.keep(sent, b"x").await.unwrap();
            assert_eq!(upload.name, name);
            let Content::File(path) = upload.content else { panic!("it is on disk") };
            assert!(path.starts_with(parent.path()) && path.file_name().unwrap().len() == 1, "{}", path.display());
        }
        for wrong in ["", "..", "a/..", "-", "a\nb", &"x".repeat(256)] {
            assert_eq!(folder.keep(wrong, b"x").await.unwrap_err().status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        drop(folder);
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0, "the files go with their folder");
    }
}
