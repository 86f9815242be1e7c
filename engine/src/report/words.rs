//! Turns of phrase that reports share.
use crate::units::Span;

/// `a, b and c`.
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A percentile as people read it; what the models cannot tell is said so.
pub(super) fn span(span: Option<Span>) -> String {
    span.map_or_else(|| "longer than can be told".to_owned(), |s| s.to_string())
}
