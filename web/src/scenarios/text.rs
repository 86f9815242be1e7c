//! A scenario as a text of TOML: to keep beside other files, to send, to bring into another database.
//!
//! The newest version alone: histories stay where they are. Who saved it and when is written for people, and read by
//! nobody: whoever imports it is the one who saves it there.
use super::{Draft, Name, NotAName, Scenario};
use jiff::civil::Date;
use plimsoll_ingest::document::{Document, Node};
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::reader::{Desk, Layout, Readable, Table};
use serde_json::{Value as Json, json};
use std::num::NonZeroU32;
use toml_edit::{DocumentMut, Item, Value};

/// The layout of these texts. A reader refuses a later one instead of losing what it does not know.
const LAYOUT: u32 = 1;

/// Writes a version of a scenario.
pub fn write(scenario: &Scenario) -> String {
    let draft = &scenario.draft;
    let mut file = DocumentMut::new();
    let mut put = |key: &str, item: Item| {
        file.insert(key, item);
    };
    put("scenario", toml_edit::value(i64::from(LAYOUT)));
    put("name", text(draft.name.as_str()));
    put("notes", text(&draft.notes));
    put("saved_by", text(scenario.saved.by.as_str()));
    put("saved_at", text(&scenario.saved.at.to_string()));
    put("engine_version", text(&draft.engine_version));
    put("as_of", text(&draft.as_of.to_string()));
    put("workload", text(&draft.workload));
    put("changes", text(&draft.changes));
    if let Some(result) = &draft.result {
        put("result", text(result));
    }
    file.to_string()
}

/// A text over several lines in `'''` where that gives it back letter by letter, for people to read and to edit.
fn text(text: &str) -> Item {
    let is_plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    if !text.contains('\n') || text.contains("'''") || text.ends_with('\'') || !text.chars().all(is_plain) {
        return toml_edit::value(text);
    }
    let literal = format!("'''\n{text}'''");
    let value: Value = literal.parse().expect("a literal of plain letters is TOML");
    debug_assert_eq!(value.as_str(), Some(text));
    Item::Value(value)
}

/// Reads what [`write()`] wrote, or what somebody wrote like it. All problems of the text at once.
///
/// ```
/// let text = b"scenario = 1\nname = \"shop\"\nas_of = \"2026-11-01\"\nworkload = '''\nname = \"shop\"\n'''\n";
/// let draft = plimsoll_web::scenarios::text::read("shop.toml", text).unwrap();
/// assert_eq!(draft.workload, "name = \"shop\"\n");
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Result<Draft, Vec<Problem>> {
    let document = Document::parse(name, bytes)?;
    let desk = Desk::new(&document);
    let draft = Table::read_root(&desk, "the scenario", draft);
    if let Err(unfit) = draft.check() {
        let spot = document.find(&[unfit.field]).map(|node| &node.spot);
        let help = "export the scenario again, or take the field out";
        match spot {
            Some(spot) => desk.tell(spot, unfit.to_string(), help),
            None => desk.tell_of_whole(unfit.to_string(), help),
        }
    }
    let problems = desk.into_problems();
    if problems.is_empty() { Ok(draft) } else { Err(problems) }
}

fn draft(t: &mut Table<'_>) -> Draft {
    let layout = t.required::<NonZeroU32>("scenario", "the layout of this file");
    t.refuse_if(
        layout.get() != LAYOUT,
        "scenario",
        format!("the file has layout {layout}; this version reads {LAYOUT}"),
        "import it with the version of plimsoll that wrote it, or a newer one",
    );
    let name = t.required::<String>("name", "what the scenario is called").parse::<Name>();
    let _ = t.optional::<String>("saved_by", "who saved it");
    let _ = t.optional::<String>("saved_at", "when it was saved");
    let this = || env!("CARGO_PKG_VERSION").to_owned();
    Draft {
        name: name.unwrap_or_else(|NotAName| unnamed()),
        notes: t.optional::<Prose>("notes", "what was written about it").unwrap_or_default().0,
        engine_version: t.optional("engine_version", "the version of plimsoll that answered").unwrap_or_else(this),
        as_of: t.required::<Date>("as_of", "the day of the prices"),
        workload: t.required::<Prose>("workload", "the workload file").0,
        changes: t.optional::<Prose>("changes", "what is different from it").unwrap_or_default().0,
        result: t.optional::<Prose>("result", "the answer in JSON").map(|Prose(text)| text),
    }
}

/// Stands in for a name that was refused already.
fn unnamed() -> Name {
    "unnamed".parse().expect("it is a name")
}

/// A text of any length and letters.
#[derive(Default)]
struct Prose(String);

impl Readable for Prose {
    const NAME: &'static str = "a text";
    const EXAMPLE: &'static str = "'''...'''";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let text = node.as_text();
        if text.is_none() {
            desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
        }
        text.map(|text| Self(text.into()))
    }
    fn stand_in() -> Self {
        Self::default()
    }
    fn schema(_: &mut Layout) -> Json {
        json!({ "type": "string" })
    }
    fn written(&self) -> Json {
        json!(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, stamp};
    use crate::scenarios::{Origin, ScenarioId};
    use proptest::prelude::*;

    fn scenario(draft: Draft) -> Scenario {
        let id: ScenarioId = "0123456789ab".parse().unwrap();
        Scenario { id, version: 2, newest: 2, draft, origin: Origin::Saved, saved: stamp("Ann", 0), deleted: None }
    }

    #[test]
    fn an_export_is_read_by_people_and_by_an_import() {
        let whole = Draft {
            notes: "As agreed on Monday:\n- 30 % more\n".into(),
            changes: "demand.peak = \"1200/s\"\n".into(),
            result: Some(r#"{"verdict":"Run 4"}"#.into()),
            ..draft("Black Friday")
        };
        let text = write(&scenario(whole.clone()));
        assert_eq!(
            text,
            format!(
                "scenario = 1\nname = \"Black Friday\"\nnotes = '''\nAs agreed on Monday:\n- 30 % more\n'''\n\
                 saved_by = \"Ann\"\nsaved_at = \"2026-11-25T12:00:00Z\"\nengine_version = \"{}\"\n\
                 as_of = \"2026-11-01\"\nworkload = '''\nname = \"shop\"\nentry = \"api\"\n'''\n\
                 changes = '''\ndemand.peak = \"1200/s\"\n'''\nresult = '{{\"verdict\":\"Run 4\"}}'\n",
                env!("CARGO_PKG_VERSION")
            )
        );
        assert_eq!(read("a.toml", text.as_bytes()), Ok(whole));
    }

    #[test]
    fn mistakes_are_told_where_they_stand() {
        let told = |text: &str| {
            let problems = read("a.toml", text.as_bytes()).unwrap_err();
            problems.iter().map(|p| format!("{}:{}: {}", p.line, p.column, p.what)).collect::<Vec<_>>().join("; ")
        };
        let rest = "as_of = \"2026-11-01\"\nworkload = \"\"\n";
        assert_eq!(
            told(&format!("scenario = 2\nname = \"a\"\n{rest}")),
            "1:12: the file has layout 2; this version reads 1"
        );
        assert_eq!(told(&format!("scenario = 1\nname = \"a\"\nresult = \"{{\"\n{rest}")), "3:10: result: is not JSON");
        assert_eq!(
            told(&format!("scenario = 1\nname = \"a\\nb\"\nworklod = 1\n{rest}")),
            "2:8: `a\nb` is not a name; 3:1: `worklod` is not a field of the scenario"
        );
        assert_eq!(told("scenario = 1\nname = \"a\"\nas_of = \"today\"\n").matches(';').count(), 1);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(notes in any::<String>(), workload in "[ -~\n'\"\\\\\r\t]{0,200}", result in any::<Option<u32>>()) {
            let notes = notes.replace('\0', "");
            let whole = Draft { notes, workload, result: result.map(|n| n.to_string()), ..draft("a") };
            prop_assert_eq!(read("a.toml", write(&scenario(whole.clone())).as_bytes()), Ok(whole));
        }

        #[test]
        fn nothing_that_is_imported_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read("a.toml", &bytes);
        }
    }
}
