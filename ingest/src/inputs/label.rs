//! Short names that are the same wherever a question is asked.
use super::{Found, Place};
use std::collections::HashMap;
use std::path::Path;

/// The name of each input without its folders; of inputs with one name, with as many folders as tell them apart:
/// `BILLING_PERIOD=2026-02/export-00001.csv.gz`.
pub fn labels(inputs: &[Found]) -> Vec<String> {
    let parts: Vec<Vec<String>> = inputs.iter().map(parts).collect();
    let mut depth = vec![1; inputs.len()];
    loop {
        let labels: Vec<String> = parts.iter().zip(&depth).map(|(parts, depth)| tail(parts, *depth)).collect();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for label in &labels {
            *times.entry(label).or_default() += 1;
        }
        let mut grew = false;
        for (at, label) in labels.iter().enumerate() {
            if times[label.as_str()] > 1 && depth[at] < parts[at].len() {
                depth[at] += 1;
                grew = true;
            }
        }
        if !grew {
            return labels;
        }
    }
}

fn parts(input: &Found) -> Vec<String> {
    match &input.place {
        Place::Stdin => vec![input.name.clone()],
        Place::File(_) => Path::new(&input.name).iter().map(|part| part.to_string_lossy().into_owned()).collect(),
    }
}

fn tail(parts: &[String], depth: usize) -> String {
    parts[parts.len().saturating_sub(depth)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_where_they_tell_files_apart() {
        let files = ["x/2026-02/part.csv", "x/2026-03/part.csv", "y/other.csv", "part.csv"].map(Found::file);
        let inputs = [&files[..], &[Found::stdin()]].concat();
        assert_eq!(
            labels(&inputs),
            ["2026-02/part.csv", "2026-03/part.csv", "other.csv", "part.csv", "standard input"]
        );
        assert_eq!(labels(&[]), Vec::<String>::new());
    }
}
