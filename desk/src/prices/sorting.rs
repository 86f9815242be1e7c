//! The order of a list.
use super::QUESTION;
use super::column::Column;
use super::offering::{Offering, Value, View};
use crate::failure::Failure;
use std::cmp::Ordering;

/// By which column, and which way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Order {
    pub(super) column: Column,
    pub(super) descending: bool,
}

impl Order {
    /// Reads `vcpu`, `vcpu:desc` or `vcpu:asc`.
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let (name, direction) = text.split_once(':').unwrap_or((text, "asc"));
        let descending = match direction {
            "asc" => false,
            "desc" => true,
            _ => {
                let what = format!("`{direction}` is not an order in `--sort {text}`");
                return Err(Failure::of(QUESTION, what, format!("write {name}:desc or {name}:asc")));
            }
        };
        Ok(Self { column: column(name, "--sort")?, descending })
    }

    /// Sorts; what is unknown comes last either way, and equal ones stand by name and region.
    pub(super) fn sort(self, offerings: &mut [Offering], view: View) {
        offerings.sort_by(|a, b| {
            let (x, y) = (a.value(self.column, view), b.value(self.column, view));
            let unknown = |value: &Value<'_>| *value == Value::Unknown;
            let by_value = match (unknown(&x), unknown(&y)) {
                (false, false) if self.descending => y.order(&x),
                (false, false) => x.order(&y),
                (x, y) => x.cmp(&y),
            };
            let by_name = || a.shape.name.cmp(&b.shape.name).then_with(|| a.place.cmp(&b.place));
            if by_value == Ordering::Equal { by_name() } else { by_value }
        });
    }
}

/// The column of this name in a flag.
pub(super) fn column(name: &str, flag: &str) -> Result<Column, Failure> {
    Column::named(name).map_err(|nearest| {
        let what = format!("`{name}` is not a column ({flag})");
        Failure::of(QUESTION, what, format!("did you mean `{nearest}`? The columns are {}", Column::listed()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::offering::sample::{offering, view};
    use super::Order;

    fn sorted(order: &str) -> Vec<String> {
        let mut offerings = vec![offering("c.huge", 64.0), offering("b.small", 1.0), offering("a.large", 4.0)];
        Order::read(order).unwrap().sort(&mut offerings, view());
        offerings.into_iter().map(|offering| offering.shape.name.0.clone()).collect()
    }

    #[test]
    fn what_is_unknown_comes_last_either_way() {
        assert_eq!(sorted("spot"), ["b.small", "a.large", "c.huge"]);
        assert_eq!(sorted("spot:desc"), ["a.large", "b.small", "c.huge"]);
        assert_eq!(sorted("on_demand:desc"), ["c.huge", "a.large", "b.small"]);
        assert_eq!(sorted("shape"), ["a.large", "b.small", "c.huge"]);
        assert_eq!(sorted("usd_per_vcpu"), ["a.large", "b.small", "c.huge"], "equal ones stand by name");
    }

    #[test]
    fn an_order_that_is_none_is_refused() {
        let refused = |order| Order::read(order).unwrap_err().problems[0].to_string();
        assert!(refused("vcpu:down").contains("write vcpu:desc or vcpu:asc"), "{}", refused("vcpu:down"));
        assert!(refused("sport").contains("did you mean `spot`?"), "{}", refused("sport"));
    }
}
