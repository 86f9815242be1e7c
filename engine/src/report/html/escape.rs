//! Text that stays text.

/// A text as it may stand between tags and in quoted attributes. Control characters are dropped, and so are those that
/// turn the direction of what follows: they can make a page say something else than its source.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_is_a_tag_or_leaves_its_quotes() {
        assert_eq!(escaped("<script>alert('a')</script>"), "&lt;script&gt;alert(&#39;a&#39;)&lt;/script&gt;");
        assert_eq!(escaped("a & \"b\""), "a &amp; &quot;b&quot;");
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(escaped("a\u{0}b\u{1b}[1m\u{85}c\u{202e}d\ne"), "ab[1mcd e");
    }
}
