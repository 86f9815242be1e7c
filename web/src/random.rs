//! Ids that nobody guesses.

/// 128 random bits in hexadecimal: whoever knows one may see what it names.
pub(crate) fn id() -> String {
    let [a, b] = [(); 2].map(|()| getrandom::u64().expect("the system has random numbers"));
    format!("{a:016x}{b:016x}")
}
