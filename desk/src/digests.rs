//! The hashes of inputs, where they cost less than the reading.
use crate::files::Hashing;
use plimsoll_ingest::inputs::{Found, labels};
use std::fs::File;

/// Inputs that are larger together are hashed on demand only: a hash costs about as much time as reading the bytes
/// does. Doubled, an answer may take half a second longer.
const FREELY: u64 = 256 << 20;

/// The hash of each input, where it is taken, and why of some it is not.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Digests {
    pub(crate) of: Vec<Option<String>>,
    pub(crate) notes: Vec<String>,
}

/// Takes the hashes of all files, if they are small or it is asked for.
pub(crate) fn digests(inputs: &[Found], whatever_the_size: bool) -> Digests {
    let total: u64 = inputs.iter().filter_map(|input| input.size).sum();
    let is_small = total <= FREELY;
    let mut notes = Vec::new();
    if !is_small && !whatever_the_size {
        notes.push(
            "the inputs are larger than 256 MiB together and were not hashed; --hash takes their hashes".to_owned(),
        );
    }
    let streams: Vec<String> = inputs
        .iter()
        .zip(labels(inputs))
        .filter(|(input, _)| input.size.is_none())
        .map(|(_, label)| format!("{label} was not hashed"))
        .collect();
    notes.extend(streams);
    let takes = |input: &&Found| (is_small || whatever_the_size) && input.size.is_some();
    let of = inputs.iter().map(|input| Some(input).filter(takes).and_then(digest)).collect();
    Digests { of, notes }
}

/// None for a file that is gone by now.
fn digest(input: &Found) -> Option<String> {
    let file = File::open(input.path()?).ok()?;
    Some(Hashing::new(file).finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::sha256;

    #[test]
    fn small_files_are_hashed_and_streams_are_not() {
        let path = std::env::temp_dir().join(format!("plimsoll-digests-{}.csv", std::process::id()));
        std::fs::write(&path, "a,b\n").unwrap();
        let inputs = [Found::file(&path), Found::stdin()];
        let digests = digests(&inputs, false);
        assert_eq!(digests.of, [Some(sha256(b"a,b\n")), None]);
        assert_eq!(digests.notes, ["standard input was not hashed"]);
        let large = [Found { size: Some(FREELY + 1), ..inputs[0].clone() }];
        assert_eq!(super::digests(&large, false).of, [None]);
        assert_eq!(super::digests(&large, false).notes.len(), 1);
        assert_eq!(super::digests(&large, true), Digests { of: vec![Some(sha256(b"a,b\n"))], notes: vec![] });
        std::fs::remove_file(path).unwrap();
    }
}
