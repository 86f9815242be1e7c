//! The form beside an answer: a field for each flag of the question.
use super::address::Address;
use super::uploads::Set;
use plimsoll_desk::{Flag, Kind, flags};

/// A field of a form.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) hint: String,
    pub(super) is_switch: bool,
    pub(super) is_on: bool,
    /// What may be chosen, and whether it is; none where anything may be written.
    pub(super) choices: Vec<(String, bool)>,
    /// What is written; several for a flag that may be given more than once.
    pub(super) values: Vec<String>,
}

impl Field {
    pub(super) const fn is_choice(&self) -> bool {
        !self.choices.is_empty()
    }
    /// Whether something is said of it: others are folded away.
    pub(super) fn is_said(&self) -> bool {
        self.is_on || self.choices.iter().any(|(_, is_chosen)| *is_chosen) || self.values.iter().any(|v| !v.is_empty())
    }
}

/// The fields of a question.
pub(super) fn fields(question: &str, address: &Address, set: Option<&Set>) -> Vec<Field> {
    let flags = flags(question).unwrap_or_default();
    flags.iter().filter(|flag| flag.kind != Kind::File || set.is_some()).map(|flag| field(flag, address, set)).collect()
}

fn field(flag: &Flag, address: &Address, set: Option<&Set>) -> Field {
    let said: Vec<String> = address.all(&flag.name).map(str::to_owned).collect();
    let is_chosen = |word: &str| said.iter().any(|said| said == word);
    let words = match &flag.kind {
        Kind::Words(words) => words.clone(),
        Kind::File => set.map(|set| set.files.iter().map(|file| file.name.clone()).collect()).unwrap_or_default(),
        Kind::Switch | Kind::Text => Vec::new(),
    };
    let mut values = if words.is_empty() { said.clone() } else { Vec::new() };
    if flag.is_list || values.is_empty() {
        values.push(String::new());
    }
    let hint = match (flag.default.as_str(), words.is_empty()) {
        ("", true) => flag.value.to_lowercase(),
        ("", false) => "not said".to_owned(),
        (default, _) => default.to_owned(),
    };
    Field {
        label: flag.name.replace('-', " "),
        name: flag.name.clone(),
        help: flag.help.clone(),
        hint,
        is_switch: flag.kind == Kind::Switch,
        is_on: flag.kind == Kind::Switch && is_chosen("true"),
        choices: words.into_iter().map(|word| (word.clone(), is_chosen(&word))).collect(),
        values,
    }
}
