//! A scenario within a URL: whoever opens the link sees the same, without a database.
//!
//! The fields as JSON, packed as a workload within an address is, after a `p`. Whoever opens it gets an answer by the prices
//! there, so no result travels along.
use super::{Draft, Name, NotAName};
use crate::link::{self, Damaged};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a link carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the scenario is called.
    pub name: Name,
    /// What somebody wrote about it.
    pub notes: String,
    /// The workload file, in TOML.
    pub workload: String,
    /// What is different from that file.
    pub changes: String,
    /// The day of the prices; none for those of the day when it is opened.
    pub as_of: Option<Date>,
}

/// Why a link cannot be opened, or made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// It does not begin as a link does.
    #[error("this is no link to a scenario: it does not begin with `{LAYOUT}`")]
    NoLink,
    /// It was made by a later version of this program.
    #[error("this link was made by a newer version of plimsoll; open it with that version")]
    Newer,
    /// Letters were lost, added or changed on the way.
    #[error(
        "this link was damaged on its way, often by a mail program that broke it over two lines; copy it again whole"
    )]
    Damaged,
    /// It unpacks to more than any workload has.
    #[error("this link holds more than {} MB, more than any workload has", Link::MOST_UNPACKED / 1_000_000)]
    TooLarge,
    /// What it holds does not fit the URLs that programs take.
    #[error(
        "the link would have {letters} letters, and programs take {}; save the scenario and share its page, or export it",
        Link::MOST_LETTERS
    )]
    TooLong {
        /// How long it would be.
        letters: usize,
    },
}

/// What a link begins with: the letter of a scenario, and the present layout. The next one would be `p2.`.
const LAYOUT: &str = "p1.";

/// The letter of a scenario.
const KIND: char = 'p';

/// The fields, by the letters that they have in links.
#[derive(Serialize, Deserialize)]
struct Fields {
    #[serde(rename = "n")]
    name: String,
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    notes: String,
    #[serde(rename = "w")]
    workload: String,
    #[serde(rename = "c", default, skip_serializing_if = "String::is_empty")]
    changes: String,
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
}

impl Link {
    /// What a link carries of a scenario.
    pub fn of(draft: &Draft) -> Self {
        Self {
            name: draft.name.clone(),
            notes: draft.notes.clone(),
            workload: draft.workload.clone(),
            changes: draft.changes.clone(),
            as_of: Some(draft.as_of),
        }
    }
    /// The most letters of a link.
    pub const MOST_LETTERS: usize = link::MOST_LETTERS;

    /// The letters up to which a link goes anywhere: the default of nginx for a request's first line is 8 kB, that of
    /// Apache 8,190 bytes.
    pub const GOES_ANYWHERE: usize = 8_000;

    /// The most bytes that a link unpacks to.
    pub const MOST_UNPACKED: usize = link::MOST_UNPACKED as usize;

    /// The letters to put into a URL, all of them letters, figures, `-`, `_` and one point.
    pub fn encode(&self) -> Result<String, LinkFault> {
        let fields = Fields {
            name: self.name.to_string(),
            notes: self.notes.clone(),
            workload: self.workload.clone(),
            changes: self.changes.clone(),
            as_of: self.as_of,
        };
        let json = serde_json::to_string(&fields).expect("texts can be written as JSON");
        if json.len() > Self::MOST_UNPACKED {
            return Err(LinkFault::TooLarge);
        }
        let link = format!("{KIND}{}", link::letters(&json));
        if link.len() > Self::MOST_LETTERS { Err(LinkFault::TooLong { letters: link.len() }) } else { Ok(link) }
    }
    /// What a link holds.
    pub fn decode(link: &str) -> Result<Self, LinkFault> {
        if !link.starts_with(LAYOUT) {
            return Err(unknown(link));
        }
        let json = link::unpacked(&link[KIND.len_utf8()..]).map_err(|fault| match fault {
            Damaged::TooLarge => LinkFault::TooLarge,
            Damaged::Broken | Damaged::Unknown => LinkFault::Damaged,
        })?;
        let fields: Fields = serde_json::from_str(&json).map_err(|_| LinkFault::Damaged)?;
        Ok(Self {
            name: fields.name.parse().map_err(|NotAName| LinkFault::Damaged)?,
            notes: fields.notes,
            workload: fields.workload,
            changes: fields.changes,
            as_of: fields.as_of,
        })
    }
}

/// Whether a link of another layout is of a later one.
fn unknown(link: &str) -> LinkFault {
    let number = link.strip_prefix(KIND).and_then(|rest| rest.split_once('.')).map(|(number, _)| number);
    let is_layout = number.is_some_and(|n| n.len() <= 3 && n.parse::<u16>().is_ok_and(|n| n > 1));
    if is_layout { LinkFault::Newer } else { LinkFault::NoLink }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use flate2::Compression;
    use flate2::read::ZlibEncoder;
    use proptest::prelude::*;
    use std::io::Read as _;

    fn link(workload: &str) -> Link {
        let as_of = Some("2026-11-01".parse().unwrap());
        Link {
            name: "a".parse().unwrap(),
            notes: String::new(),
            workload: workload.into(),
            changes: String::new(),
            as_of,
        }
    }

    fn packed(json: &[u8]) -> String {
        let mut packed = Vec::new();
        ZlibEncoder::new(json, Compression::best()).read_to_end(&mut packed).unwrap();
        format!("{LAYOUT}{}", URL_SAFE_NO_PAD.encode(packed))
    }

    #[test]
    fn links_of_yesterday_open() {
        // Made once, with a zlib that is not ours; it has to open for ever.
        let old = "p1.eNqrVspTslIqzsgvUNJRKgcy8xJzUxVsFWLAYjFKMXlKtQDDvwrm";
        let opened = Link::decode(old).unwrap();
        assert_eq!((opened.name.as_str(), opened.workload.as_str(), opened.as_of), ("shop", "name = \"shop\"\n", None));
    }

    #[test]
    fn workloads_of_the_fixtures_go_anywhere() {
        let lengths = ["one-service", "video", "checkout"].map(|name| {
            let file = format!("{}/../fixtures/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(file).unwrap();
            (text.len(), link(&text).encode().unwrap().len())
        });
        assert!(
            lengths.iter().all(|(bytes, letters)| letters <= bytes && *letters < Link::GOES_ANYWHERE),
            "{lengths:?}"
        );
        println!("bytes of the workload, letters of the link: {lengths:?}");
    }

    #[test]
    fn bad_links_are_told_apart() {
        assert_eq!(Link::decode(""), Err(LinkFault::NoLink));
        assert_eq!(Link::decode("hello"), Err(LinkFault::NoLink));
        assert_eq!(Link::decode("p2.abc"), Err(LinkFault::Newer));
        assert_eq!(Link::decode("p1.abc=&"), Err(LinkFault::Damaged));
        let whole = link("name = \"shop\"\n").encode().unwrap();
        for end in LAYOUT.len()..whole.len() {
            assert_eq!(Link::decode(&whole[..end]), Err(LinkFault::Damaged), "cut after {end}");
        }
        assert_eq!(Link::decode(&packed(b"{}")), Err(LinkFault::Damaged));
        assert_eq!(Link::decode(&packed(br#"{"n":"a\nb","w":""}"#)), Err(LinkFault::Damaged));
        assert_eq!(Link::decode(&packed(br#"{"n":"a","w":"","d":"2026-13-01"}"#)), Err(LinkFault::Damaged));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = packed(&vec![b' '; 30_000_000]);
        assert!(bomb.len() < Link::MOST_LETTERS, "{}", bomb.len());
        assert_eq!(Link::decode(&bomb), Err(LinkFault::TooLarge));
        assert_eq!(link(&"x".repeat(1_000_001)).encode(), Err(LinkFault::TooLarge));
    }

    #[test]
    fn what_does_not_fit_a_url_is_told_with_its_length() {
        let digits: String = (0..40_000_u64).map(|n| (n * n % 99_991).to_string()).collect();
        assert!(matches!(link(&digits).encode(), Err(LinkFault::TooLong { letters }) if letters > 60_000));
    }

    proptest! {
        #[test]
        fn any_scenario_comes_back(notes in any::<String>(), workload in any::<String>(), changes in any::<String>(), dated in any::<bool>()) {
            let whole = Link { notes, changes, as_of: link("").as_of.filter(|_| dated), ..link(&workload) };
            let letters = whole.encode().unwrap();
            prop_assert!(letters.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
            prop_assert_eq!(Link::decode(&letters), Ok(whole));
        }

        #[test]
        fn one_letter_changed_is_found(at in 0_usize..1000, letter in "[A-Za-z0-9_-]") {
            let whole = link("name = \"shop\"\nentry = \"api\"\n");
            let letters = whole.encode().unwrap();
            let at = LAYOUT.len() + at % (letters.len() - LAYOUT.len());
            let changed = format!("{}{letter}{}", &letters[..at], &letters[at + 1..]);
            // The last byte of what is compressed may have bits that nobody reads.
            let opened = Link::decode(&changed);
            prop_assert!(opened == Ok(whole) || opened == Err(LinkFault::Damaged), "{opened:?}");
        }

        #[test]
        fn no_letters_panic(letters in "p1[.][A-Za-z0-9_-]{0,300}") {
            let _ = Link::decode(&letters);
        }
    }
}
