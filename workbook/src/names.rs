//! Names of sheets: unlike each other, short, and of letters that a spreadsheet allows.
use std::collections::BTreeSet;

/// What the format allows, in units of UTF-16.
const LONGEST: usize = 31;

/// The names that are taken, in lower case: a spreadsheet does not tell them apart by it.
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// No name is taken but this one. `History` is the spreadsheet's own.
    pub(crate) fn beside(name: &str) -> Self {
        Self(BTreeSet::from([name.to_lowercase(), "history".to_owned()]))
    }

    /// A name like this one that is not taken yet.
    pub(crate) fn take(&mut self, wish: &str) -> String {
        let allowed = |c: char| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c };
        let words: String = wish.chars().map(allowed).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if words.is_empty() { "Sheet" } else { words.as_str() };
        let mut n = 1;
        loop {
            let number = if n == 1 { String::new() } else { format!(" ({n})") };
            let name = format!("{}{number}", cut(words, LONGEST - number.len()));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            n += 1;
        }
    }
}

/// So many units of UTF-16 from the start of a text, and not half a letter.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| text[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_sheets_have_the_same_name() {
        let mut names = Names::beside("Summary");
        let taken: Vec<String> = ["Costs", "costs", "summary", "History", ""].map(|n| names.take(n)).to_vec();
        assert_eq!(taken, ["Costs", "costs (2)", "summary (2)", "History (2)", "Sheet"]);
    }

    #[test]
    fn names_are_short_and_plain() {
        let mut names = Names::beside("Summary");
        assert_eq!(names.take("a/b: [c]?* 'd'\\"), "a b c d");
        let long = "chosen.components.orders-database.utilization.cpu";
        assert_eq!(names.take(long), "chosen.components.orders-databa");
        assert_eq!(names.take(long), "chosen.components.orders-da (2)");
        assert_eq!(names.take(&"\u{1f600}".repeat(20)).encode_utf16().count(), 30);
    }
}
