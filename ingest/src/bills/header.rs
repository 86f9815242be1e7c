//! The names of a table's columns, and where each stands.
use std::collections::HashMap;

/// A header row. Names are found in any case of letters; of two columns with one name the first counts.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Header {
    /// Trims names. A localized name is also found by the name in brackets at its end, as Azure writes them:
    /// `Abonnement-GUID (SubscriptionGuid)`.
    pub(crate) fn new(cells: impl IntoIterator<Item = String>) -> Self {
        let names: Vec<String> = cells.into_iter().map(|cell| cell.trim().to_owned()).collect();
        let mut places = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            places.entry(name.to_ascii_lowercase()).or_insert(at);
        }
        for (at, name) in names.iter().enumerate() {
            if let Some(inner) = bracketed(name) {
                places.entry(inner.to_ascii_lowercase()).or_insert(at);
            }
        }
        Self { names, places }
    }
    /// The names as they stand.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }
    /// How many columns there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
    /// Where a column stands.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(&name.to_ascii_lowercase()).copied()
    }
    /// Where the first of these columns stands that is there: the same thing under its names of several years.
    pub(crate) fn any(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.place(name))
    }
    /// Whether there is such a column.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }
}

fn bracketed(name: &str) -> Option<&str> {
    let (_, inner) = name.strip_suffix(')')?.rsplit_once(" (")?;
    (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_whatever_the_case() {
        let header = Header::new(["Kosten (PreTaxCost)", " Date ", "date", "EC2-Instances($)"].map(String::from));
        assert_eq!(header.place("pretaxcost"), Some(0));
        assert_eq!(header.place("DATE"), Some(1));
        assert_eq!(header.any(&["x", "ec2-instances($)"]), Some(3));
        assert_eq!(header.names()[0], "Kosten (PreTaxCost)");
    }
}
