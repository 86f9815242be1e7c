//! Words of a name: `CPUUtilization`, `mem_used_bytes`, `Disk read [KB/s]`.

/// A name as words in small letters, and the unit that stands in brackets behind it.
#[derive(Debug, PartialEq)]
pub(super) struct Words<'n> {
    pub(super) words: Vec<String>,
    pub(super) bracketed: Option<&'n str>,
}

/// Cuts a name at what is no letter or digit, and where a new word begins with a capital.
pub(super) fn words(name: &str) -> Words<'_> {
    let name = name.trim();
    let opened = name.rfind(['[', '(']).filter(|_| name.ends_with([']', ')']));
    let (name, bracketed) = match opened {
        Some(at) => (&name[..at], name.get(at + 1..name.len() - 1).map(str::trim)),
        None => (name, None),
    };
    let mut words = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (i, c) in letters.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| letters[i]);
        let after = letters.get(i + 1);
        let is_new = c.is_uppercase()
            && before
                .is_some_and(|b| b.is_lowercase() || (b.is_uppercase() && after.is_some_and(|a| a.is_lowercase())));
        if (is_new || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if *c == '%' {
            words.push("percent".into());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    Words { words, bracketed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_kinds_are_words() {
        let cut = |name: &str| words(name).words.join(" ");
        assert_eq!(cut("CPUUtilization"), "cpu utilization");
        assert_eq!(cut("mem_used_bytes"), "mem used bytes");
        assert_eq!(cut("networkIn"), "network in");
        assert_eq!(cut("ec2_cpu_utilization_24ae8d"), "ec2 cpu utilization 24ae8d");
        assert_eq!(cut("CPU %"), "cpu percent");
        assert_eq!(cut(""), "");
        assert_eq!(words("Disk read [KB/s]").bracketed, Some("KB/s"));
        assert_eq!(words("é (%)").bracketed, Some("%"));
        assert_eq!(words("(").bracketed, None);
    }
}
