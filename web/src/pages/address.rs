//! What the address of a page says: the workload or the files, and the flags of the question.
//!
//! `w` is a workload that travels in the address itself, `f` the id of files that were uploaded; all else are flags by
//! their names, in their order.
use super::uploads::Set;
use crate::asking::Asking;
use crate::front::Front;
use crate::link;
use crate::reply::Turned;
use axum::http::{StatusCode, Uri};
use form_urlencoded::{Serializer, parse};
use plimsoll::Question;
use plimsoll_desk::{Flag, Kind, flags};
use std::sync::Arc;

/// What does not belong to the question, but to how the page shows it.
const OF_THE_PAGE: [&str; 9] = ["w", "f", "as", "page", "name", "number", "others", "scenario", "version"];

/// What an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    pairs: Vec<(String, String)>,
}

impl Address {
    pub(super) fn of(uri: &Uri) -> Self {
        Self::read(uri.query().unwrap_or_default())
    }
    /// What is said after the question mark. What a form leaves empty is not said.
    pub(super) fn read(query: &str) -> Self {
        let said = parse(query.as_bytes()).filter(|(_, value)| !value.is_empty());
        Self { pairs: said.map(|(name, value)| (name.into_owned(), value.into_owned())).collect() }
    }
    /// The last that is said of this.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rfind(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// All that is said of this.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// The same, but this said of it, and nothing else.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut address = self.without(name);
        address.pairs.push((name.to_owned(), value.to_owned()));
        address
    }
    /// The same, and this said too.
    pub(super) fn and(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }
    /// The same without this.
    pub(super) fn without(&self, name: &str) -> Self {
        Self { pairs: self.pairs.iter().filter(|(known, _)| known != name).cloned().collect() }
    }
    /// The workload or the files, and nothing else.
    pub(super) fn matter(&self) -> Self {
        self.only(&["w", "f"])
    }
    /// These, and nothing else.
    pub(super) fn only(&self, names: &[&str]) -> Self {
        Self { pairs: self.pairs.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect() }
    }
    /// An address of this page, or of another one.
    pub(super) fn at(&self, path: &str) -> String {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
    /// What a form has to send along unseen: all but these.
    pub(super) fn hidden(&self, shown: &[&str]) -> Vec<(String, String)> {
        self.pairs.iter().filter(|(name, _)| !shown.contains(&name.as_str())).cloned().collect()
    }
    /// The text of the workload.
    pub(super) fn workload(&self) -> Result<Option<String>, Turned> {
        let wrong =
            |error: link::Damaged| Turned::down(StatusCode::BAD_REQUEST, error.to_string(), "copy it again, whole");
        self.get("w").map(link::unpacked).transpose().map_err(wrong)
    }
    /// The files.
    pub(super) fn files(&self, front: &Front) -> Result<Option<Arc<Set>>, Turned> {
        let Some(id) = self.get("f") else { return Ok(None) };
        let help = "files are kept for a while only: upload them again";
        let gone = || Turned::down(StatusCode::GONE, "these files are no longer here", help);
        front.uploads.of(id).map(Some).ok_or_else(gone)
    }
    /// The question that is asked.
    pub(super) fn asking(&self, front: &Front, question: &str) -> Result<Asking, Turned> {
        let mut asking = Asking::of(question);
        let known = flags(question).unwrap_or_default();
        // What a flag of another question names is no input of this one.
        let all: Vec<Flag> = Question::KINDS.into_iter().filter_map(flags).flatten().collect();
        let is_file = |name: &str| all.iter().any(|flag| flag.name == name && flag.kind == Kind::File);
        if let Some(set) = self.files(front)? {
            let named: Vec<&str> = self.pairs.iter().filter(|(n, _)| is_file(n)).map(|(_, v)| v.as_str()).collect();
            for upload in &set.files {
                if !named.contains(&upload.name.as_str()) {
                    asking.inputs.push(upload.name.clone());
                }
                asking.bring(upload.clone());
            }
            asking.folder = Some(Arc::clone(&set.folder));
        }
        if let Some(workload) = self.workload()? {
            asking.about(workload.into_bytes())?;
        }
        let is_foreign = |name: &str| is_file(name) && !known.iter().any(|flag| flag.name == name);
        let is_flag = |name: &str| !OF_THE_PAGE.contains(&name) && !is_foreign(name);
        asking.flags = self.pairs.iter().filter(|(name, _)| is_flag(name)).cloned().collect();
        Ok(asking)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_was_made_of() {
        let address = Address::read("w=1.x&set=a%3D1&set=b%3D2&by=&region=us-east-1");
        assert_eq!((address.get("by"), address.get("set")), (None, Some("b=2")));
        assert_eq!(address.all("set").collect::<Vec<_>>(), ["a=1", "b=2"]);
        let other = address.with("set", "c=3 & more").without("region");
        assert_eq!(other.at("/plan"), "/plan?w=1.x&set=c%3D3+%26+more");
        assert_eq!(Address::read("w=1.x&set=c%3D3+%26+more"), other);
        assert_eq!(other.matter().at("/explain"), "/explain?w=1.x");
        assert_eq!(other.hidden(&["set"]), [("w".to_owned(), "1.x".to_owned())]);
        assert_eq!(Address::default().at("/"), "/");
    }
}
