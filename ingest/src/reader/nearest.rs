//! Did you mean ...?

/// The candidate that was probably meant, if one is near enough.
///
/// ```
/// use plimsoll_ingest::reader::nearest::nearest;
/// assert_eq!(nearest("demnad", &["demand", "peak"]), Some("demand"));
/// assert_eq!(nearest("colour", &["demand", "peak"]), None);
/// ```
pub fn nearest<'c>(written: &str, candidates: &[&'c str]) -> Option<&'c str> {
    if written.is_empty() || written.len() > 200 {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['-', ' ', '.'], "_");
    let wanted = plain(written);
    candidates
        .iter()
        .filter(|c| !c.is_empty())
        .map(|c| (strsim::damerau_levenshtein(&wanted, &plain(c)), *c))
        .filter(|(distance, c)| *distance <= slips_allowed(wanted.len().max(c.len())))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// How many letters may differ: none in the shortest words, then one in three.
const fn slips_allowed(length: usize) -> usize {
    if length < 3 { 0 } else { length / 3 }
}

/// `did you mean `x`?`, or what there is to choose from.
pub fn help(written: &str, candidates: &[&str], what_they_are: &str) -> String {
    match (nearest(written, candidates), candidates.len()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, 0) => String::new(),
        (None, n) if n > MOST => format!("{what_they_are} are {}, ...", candidates[..MOST].join(", ")),
        (None, 1) => format!("there is only `{}`", candidates[0]),
        (None, _) => format!("{what_they_are} are {}", candidates.join(", ")),
    }
}

/// The most candidates that are listed.
const MOST: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_not_guessed() {
        assert_eq!(nearest("ms", &["s", "us", "min"]), None);
        assert_eq!(nearest("gb", &["GB", "GiB"]), Some("GB"));
        assert_eq!(nearest("p99.9", &["p99", "p99_9"]), Some("p99_9"));
    }

    #[test]
    fn without_a_guess_all_are_listed() {
        assert_eq!(help("x", &["alpha", "beta"], "its fields"), "its fields are alpha, beta");
        assert_eq!(help("x", &["alpha"], "its fields"), "there is only `alpha`");
        assert_eq!(help("x", &[], "its fields"), "");
    }
}
