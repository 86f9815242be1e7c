//! Tags, from a column each or from one column with all of them.
use super::names::Names;
use crate::bills::checked::unreadable;
use crate::bills::pairs::{Pairs, Step, write_text};
use crate::bills::row::Cells;
use crate::bills::translate::Outcome;

/// Where the tags stand.
pub(super) struct Tags {
    /// The columns, and their keys as JSON.
    columns: Vec<(usize, Vec<u8>)>,
    map: Option<usize>,
}

impl Tags {
    /// Finds the columns `resourceTags/user:team`, or the one column `resource_tags` of CUR 2.0. A report that has both
    /// has the columns made of the map.
    pub(super) fn find(names: &Names<'_>) -> Self {
        let prefix = (names.spell)("resourceTags/");
        let columns = names.header.names().iter().enumerate().filter_map(|(place, name)| {
            let is_tag = name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(&prefix));
            is_tag.then(|| {
                let mut json = Vec::new();
                write_text(&mut json, key(&name.as_bytes()[prefix.len()..]));
                (place, json)
            })
        });
        let columns: Vec<_> = columns.collect();
        let map = names.header.any(&["resource_tags", "tags"]).filter(|_| columns.is_empty());
        Self { columns, map }
    }

    /// A JSON object of the tags that the row has; empty if it has none.
    pub(super) fn read(&self, cells: &Cells<'_>) -> Result<Vec<u8>, Outcome> {
        let mut json = Vec::new();
        for (place, key) in &self.columns {
            let value = cells.get(*place);
            if !value.is_empty() {
                json.push(if json.is_empty() { b'{' } else { b',' });
                json.extend_from_slice(key);
                json.push(b':');
                write_text(&mut json, &value);
            }
        }
        if let Some(place) = self.map {
            for step in Pairs::of(&cells.get(place)) {
                match step {
                    Ok(Step::Pair(name, value)) if !value.bytes().is_empty() => {
                        json.push(if json.is_empty() { b'{' } else { b',' });
                        write_text(&mut json, key(&name));
                        json.push(b':');
                        write_text(&mut json, value.bytes());
                    }
                    Ok(_) => {}
                    Err(_) => {
                        let what = format!("cannot read `{}` as a JSON object of tags", cells.text(place));
                        let help = "export maps as JSON; in Athena, `json_format(cast(resource_tags as json))`";
                        return Err(unreadable(place, what, help));
                    }
                }
            }
        }
        if !json.is_empty() {
            json.push(b'}');
        }
        Ok(json)
    }
}

/// The key that people gave: `team` of `user:team`, `user_team` or `resourceTags/team`. Keys that AWS gave keep its prefix.
fn key(name: &[u8]) -> &[u8] {
    [&b"resourceTags/"[..], b"user:", b"user_"].iter().find_map(|prefix| name.strip_prefix(*prefix)).unwrap_or(name)
}
