//! The columns of a report by the names of the older one, however this one spells them.
use crate::bills::header::Header;

/// A header, and how it spells the names.
pub(super) struct Names<'h> {
    /// The header.
    pub(super) header: &'h Header,
    /// The spelling of a name such as `lineItem/UnblendedCost`.
    pub(super) spell: fn(&str) -> String,
}

impl Names<'_> {
    /// Where a column stands.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.header.place(&(self.spell)(name))
    }
    /// Where the first of these stands that is there.
    pub(super) fn any(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.place(name))
    }
    /// Where all of these stand that are there, in this order.
    pub(super) fn all(&self, names: &[&str]) -> Vec<usize> {
        names.iter().filter_map(|name| self.place(name)).collect()
    }
    /// Where a column stands without which nothing can be added up; an error is its name.
    pub(super) fn needed(&self, name: &str) -> Result<usize, String> {
        self.place(name).ok_or_else(|| (self.spell)(name))
    }
}
