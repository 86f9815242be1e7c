//! What Cost Explorer grouped costs by.
use crate::bills::pairs::write_text;
use crate::bills::row::FocusRow;
use plimsoll::bill::Column;

/// The first name of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// By account, by its number or with its name.
    Account,
    /// By what is a column of FOCUS.
    Focus(Column),
    /// By a tag, or by what FOCUS has no column for: then its name stands as a tag's key.
    Tag(String),
}

/// The groups that are columns of FOCUS.
const KNOWN: [(&str, Column); 6] = [
    ("Service", Column::ServiceName),
    ("Linked account name", Column::SubAccountName),
    ("Region", Column::RegionId),
    ("Availability zone", Column::AvailabilityZone),
    ("Usage type", Column::SkuMeter),
    ("Resource", Column::ResourceId),
];

impl Group {
    /// The group of a header's first name.
    pub(super) fn read(name: &str) -> Self {
        if name.eq_ignore_ascii_case("Linked account") {
            return Self::Account;
        }
        if let Some((_, column)) = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Self::Focus(*column);
        }
        let is_tag = name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("tag"));
        let key = if is_tag { name[3..].trim_start_matches([':', ' ']) } else { name };
        Self::Tag(if key.is_empty() { name } else { key }.to_owned())
    }
    /// Whether it is one that Cost Explorer always has, not just any word.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Self::Tag(_))
    }
    /// Writes a value of the group.
    pub(super) fn write(&self, value: &str, row: &mut FocusRow) {
        match self {
            Self::Account => match numbered(value) {
                Some((name, number)) => {
                    row.set(Column::SubAccountId, number.as_bytes());
                    row.set(Column::SubAccountName, name.as_bytes());
                }
                None => row.set(Column::SubAccountId, value.as_bytes()),
            },
            Self::Focus(column) => {
                row.set(*column, value.as_bytes());
                // Cost Explorer tells taxes as a service.
                if *column == Column::ServiceName && value == "Tax" {
                    row.set(Column::ChargeCategory, b"Tax");
                }
            }
            Self::Tag(key) => {
                let mut json = b"{".to_vec();
                write_text(&mut json, key.as_bytes());
                json.push(b':');
                write_text(&mut json, value.as_bytes());
                json.push(b'}');
                row.set(Column::Tags, &json);
            }
        }
    }
}

/// The name and the number of `web (111122223333)`.
fn numbered(value: &str) -> Option<(&str, &str)> {
    let (name, number) = value.strip_suffix(')')?.rsplit_once('(')?;
    is_account(number).then(|| (name.trim_end(), number))
}

/// Whether a text is the number of an account: twelve digits.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}
