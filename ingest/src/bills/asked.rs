//! What is asked of a bill's rows, and where each file keeps it.
use super::header::Header;
use super::row::Row;
use crate::reader::nearest;
use plimsoll::bill::{Column, Cost, Detail, Grain, Period};
use std::borrow::Cow;

/// What to keep apart, and how much may be spent on it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Columns of FOCUS, short words for them (`service`, `region`, `account`), columns of the file, or tags (`tag:team`).
    pub by: Vec<String>,
    /// The cost whose change is explained and by which groups are sorted.
    pub cost: Cost,
    /// Whether a single file whose header tells that it has no such cost is explained by the first one that it has: what
    /// comes through standard input cannot be read again.
    pub is_cost_free: bool,
    /// The period of the groups.
    pub period: Option<Period>,
    /// Whether changes, commitments, anomalies and the rules of FOCUS are looked at too, or only sums are made, which is
    /// several times faster.
    pub detail: Detail,
    /// The most bytes that the sums may take.
    pub memory: u64,
    /// How many readers work at once.
    pub threads: usize,
    /// Whether a row that cannot be read is set aside instead of refusing the file.
    pub keep_going: bool,
}

impl Default for Asked {
    fn default() -> Self {
        let Grain { cost, detail, memory, .. } = Grain::whole();
        Self { by: Vec::new(), cost, is_cost_free: false, period: None, detail, memory, threads: 1, keep_going: false }
    }
}

/// Short words for columns.
const WORDS: [(&str, Column); 14] = [
    ("service", Column::ServiceName),
    ("region", Column::RegionId),
    ("account", Column::SubAccountId),
    ("subaccount", Column::SubAccountId),
    ("project", Column::SubAccountId),
    ("subscription", Column::SubAccountId),
    ("provider", Column::ProviderName),
    ("category", Column::ChargeCategory),
    ("sku", Column::SkuId),
    ("resource", Column::ResourceId),
    ("zone", Column::AvailabilityZone),
    ("currency", Column::BillingCurrency),
    ("invoice", Column::InvoiceId),
    ("unit", Column::PricingUnit),
];

/// A column to group by, once the file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// A column of FOCUS.
    Focus(Column),
    /// A key of the tags.
    Tag(String),
    /// A column of the file itself, by its place.
    Source(usize),
}

/// The name that reports give to an asked column, whatever the file: the name in FOCUS where it is one.
pub(crate) fn label(written: &str) -> String {
    match (focus(written), tag(written)) {
        (Some(column), _) => column.name().to_owned(),
        (None, Some(key)) => format!("tag:{key}"),
        (None, None) => written.trim().to_owned(),
    }
}

fn focus(written: &str) -> Option<Column> {
    let written = written.trim();
    let word = || WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(_, column)| *column);
    Column::named(written).or_else(word)
}

fn tag(written: &str) -> Option<&str> {
    let (start, key) = written.trim().split_once([':', '.', '/'])?;
    let is_tag = ["tag", "tags", "label", "labels"].iter().any(|word| start.eq_ignore_ascii_case(word));
    (is_tag && !key.is_empty()).then_some(key)
}

impl Field {
    /// Finds an asked column in a file. `has` says whether the file tells a column of FOCUS.
    pub(crate) fn find(written: &str, header: &Header, has: impl Fn(Column) -> bool) -> Result<Self, (String, String)> {
        if let Some(column) = focus(written) {
            if has(column) {
                return Ok(Self::Focus(column));
            }
            let what = format!("`{}` cannot be grouped by: this export does not tell it", column.name());
            return Err((what, "group by another column, or leave this file out".into()));
        }
        if let Some(key) = tag(written) {
            if has(Column::Tags) {
                return Ok(Self::Tag(key.to_owned()));
            }
            return Err((format!("`{written}` cannot be grouped by: this export has no tags"), String::new()));
        }
        if let Some(place) = header.place(written.trim()) {
            return Ok(Self::Source(place));
        }
        let mut names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        names.extend(WORDS.iter().map(|(word, _)| *word));
        names.extend(header.names().iter().map(String::as_str));
        let help = nearest::nearest(written, &names).map_or_else(
            || "columns of FOCUS, of the file itself, or tag:KEY".into(),
            |near| format!("did you mean `{near}`?"),
        );
        Err((format!("there is no column `{}` to group by", written.trim()), help))
    }

    /// Its value in a row; empty for null.
    #[inline]
    pub(crate) fn value<'r>(&self, row: &'r impl Row) -> Cow<'r, [u8]> {
        match self {
            Self::Focus(column) => row.cell(*column),
            Self::Source(place) => row.source(*place),
            Self::Tag(key) => match row.cell(Column::Tags) {
                Cow::Borrowed(tags) => tag_value(tags, key),
                Cow::Owned(tags) => Cow::Owned(tag_value(&tags, key).into_owned()),
            },
        }
    }
}

/// The value of a key in a flat JSON object of texts; empty if it is not there.
pub(crate) fn tag_value<'t>(tags: &'t [u8], key: &str) -> Cow<'t, [u8]> {
    let mut at = 0;
    let mut is_key = true;
    let mut is_wanted = false;
    while let Some((text, end)) = next_text(tags, at) {
        // Between a key and its value stands a colon, between a value and the next key a comma.
        if is_key {
            is_wanted = *text == *key.as_bytes();
            let colon = tags[end..].iter().position(|b| !b.is_ascii_whitespace()).map_or(tags.len(), |skip| end + skip);
            let value = tags.get(colon + 1..).and_then(|rest| rest.iter().position(|b| !b.is_ascii_whitespace()));
            let bare = value.map_or(tags.len(), |skip| colon + 1 + skip);
            if tags.get(bare).is_some_and(|b| *b != b'"') {
                // A number, true, false or null.
                let length = tags[bare..].iter().position(|b| matches!(b, b',' | b'}')).unwrap_or(tags.len() - bare);
                if is_wanted {
                    let value = tags[bare..bare + length].trim_ascii();
                    return Cow::Borrowed(if value == b"null" { &[] } else { value });
                }
                at = bare + length;
                continue;
            }
            is_key = false;
        } else {
            if is_wanted {
                return text;
            }
            is_key = true;
        }
        at = end;
    }
    Cow::Borrowed(&[])
}

/// The next quoted text from a place on, and where it ends.
fn next_text(json: &[u8], from: usize) -> Option<(Cow<'_, [u8]>, usize)> {
    let start = from + json.get(from..)?.iter().position(|b| *b == b'"')? + 1;
    let mut end = start;
    let mut escaped = false;
    while *json.get(end)? != b'"' {
        escaped |= json[end] == b'\\';
        end += if json[end] == b'\\' { 2 } else { 1 };
    }
    let text = &json[start..end];
    if !escaped {
        return Some((Cow::Borrowed(text), end + 1));
    }
    let plain = serde_json::from_slice::<String>(&json[start - 1..=end]).map(String::into_bytes);
    Some((Cow::Owned(plain.unwrap_or_else(|_| text.to_vec())), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_by_key_and_not_by_value() {
        let tags = br#"{"env":"team","n":3,"team":"check\"out","none":null, "last" : "x"}"#;
        for (key, value) in
            [("team", "check\"out"), ("env", "team"), ("n", "3"), ("none", ""), ("last", "x"), ("x", "")]
        {
            assert_eq!(&*tag_value(tags, key), value.as_bytes(), "{key}");
        }
        assert_eq!(&*tag_value(b"{\"open", "open"), b"");
        assert_eq!(&*tag_value(b"", "open"), b"");
    }

    #[test]
    fn columns_have_short_words_and_one_label() {
        assert_eq!(label("service"), "ServiceName");
        assert_eq!(label("regionid"), "RegionId");
        assert_eq!(label("Tags/team"), "tag:team");
        assert_eq!(label("lineItem/UsageType"), "lineItem/UsageType");
        let header = Header::new(["lineItem/UsageType".to_owned()]);
        let found = |written| Field::find(written, &header, |c| c != Column::RegionId);
        assert_eq!(found("lineitem/usagetype"), Ok(Field::Source(0)));
        assert!(found("region").is_err());
        assert_eq!(found("servce").unwrap_err().1, "did you mean `service`?");
    }
}
