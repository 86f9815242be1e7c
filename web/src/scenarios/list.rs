//! Finding scenarios.
use super::name::fold;
use super::row::{self, edition_columns, scenario_columns};
use super::{Name, Store, StoreError, Summary};

/// Which scenarios are looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that are kept.
    #[default]
    Kept,
    /// Those that were deleted and can be restored.
    Deleted,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// A part of the name, in small or large letters; empty for any name.
    pub name: String,
    /// Kept or deleted ones.
    pub which: Which,
    /// How many of those found are passed over, for the pages after the first.
    pub skip: u32,
    /// How many are listed at most.
    pub most: u32,
}

impl Default for Search {
    /// The first hundred that are kept.
    fn default() -> Self {
        Self { name: String::new(), which: Which::Kept, skip: 0, most: 100 }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// How many there are, listed or not.
    pub total: u64,
    /// Those that are listed, the last saved first.
    pub summaries: Vec<Summary>,
}

macro_rules! found {
    ($columns:expr, $is_deleted:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM plimsoll_scenarios s JOIN plimsoll_versions v ON v.scenario = s.id AND v.version = s.version \
             WHERE s.deleted_ms ",
            $is_deleted,
            " AND v.folded_name LIKE $1 ESCAPE '!'",
            $rest
        )
    };
}
macro_rules! listed {
    ($is_deleted:literal) => {
        found!(
            concat!(scenario_columns!(), ", ", edition_columns!()),
            $is_deleted,
            " ORDER BY v.saved_ms DESC, s.id LIMIT $2 OFFSET $3"
        )
    };
}

impl Which {
    const fn total(self) -> &'static str {
        match self {
            Self::Kept => found!("COUNT(*) AS total", "IS NULL", ""),
            Self::Deleted => found!("COUNT(*) AS total", "IS NOT NULL", ""),
        }
    }
    const fn listed(self) -> &'static str {
        match self {
            Self::Kept => listed!("IS NULL"),
            Self::Deleted => listed!("IS NOT NULL"),
        }
    }
}

impl Store {
    /// Finds scenarios by their present names.
    pub async fn list(&self, search: &Search) -> Result<Listing, StoreError> {
        let pattern = pattern(&search.name);
        let total = sqlx::query(search.which.total()).bind(pattern.as_str()).fetch_one(self.pool()).await?;
        let listed = sqlx::query(search.which.listed())
            .bind(pattern.as_str())
            .bind(i64::from(search.most))
            .bind(i64::from(search.skip))
            .fetch_all(self.pool())
            .await?;
        let summaries = listed.iter().map(row::summary).collect::<Result<_, _>>()?;
        Ok(Listing { total: row::count(&total, "total")?, summaries })
    }
}

/// A pattern of SQL that finds a part of a folded name; `%` and `_` mean themselves.
fn pattern(part: &str) -> String {
    // No name is longer than a name, and PostgreSQL takes no NUL.
    let part: String = part.trim().chars().filter(|c| *c != '\0').take(Name::MOST_LETTERS + 1).collect();
    let escaped: String =
        fold(&part).chars().flat_map(|c| ['!'].into_iter().filter(move |_| "!%_".contains(c)).chain([c])).collect();
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, on_every_database, stamp};

    #[test]
    fn scenarios_are_found_by_a_part_of_their_name() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            for (name, minutes) in [("Black Friday", 3), ("ÉTÉ 100%", 2), ("under_score!", 1), ("underXscore", 0)] {
                store.create(&draft(name), &stamp("Ann", minutes)).await.unwrap();
            }
            let found = async |part: &str| {
                let listing = store.list(&Search { name: part.into(), ..Search::default() }).await.unwrap();
                assert_eq!(listing.total, listing.summaries.len() as u64);
                listing.summaries.iter().map(|s| s.newest.name.to_string()).collect::<Vec<_>>()
            };
            assert_eq!(found("").await, ["Black Friday", "ÉTÉ 100%", "under_score!", "underXscore"]);
            assert_eq!(found(" friDAY ").await, ["Black Friday"]);
            assert_eq!(found("été").await, ["ÉTÉ 100%"]);
            assert_eq!(found("%").await, ["ÉTÉ 100%"]);
            assert_eq!(found("r_s").await, ["under_score!"]);
            assert_eq!(found("!").await, ["under_score!"]);
            assert_eq!(found("' OR 1=1 --\0").await, [""; 0]);
            assert_eq!(found(&"x".repeat(100_000)).await, [""; 0]);
        });
    }

    #[test]
    fn a_long_list_comes_in_pages_and_follows_new_names() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let mut ids = Vec::new();
            for minute in 0..5 {
                ids.push(store.create(&draft(&format!("plan {minute}")), &stamp("Ann", minute)).await.unwrap());
            }
            store.rename(&ids[0], 1, "renamed plan".parse().unwrap(), &stamp("Bob", 9)).await.unwrap();
            let search = |skip| Search { name: "plan".into(), skip, most: 2, ..Search::default() };
            let mut names = Vec::new();
            for skip in [0, 2, 4] {
                let listing = store.list(&search(skip)).await.unwrap();
                assert_eq!(listing.total, 5);
                names.extend(listing.summaries.iter().map(|s| s.newest.name.to_string()));
            }
            assert_eq!(names, ["renamed plan", "plan 4", "plan 3", "plan 2", "plan 1"]);
            assert_eq!(store.list(&Search { name: "plan 0".into(), ..Search::default() }).await.unwrap().total, 0);
        });
    }
}
