//! Which regions are looked at.
use super::QUESTION;
use super::args::ScopeArgs;
use super::offering::Offering;
use super::paid::Paid;
use crate::failure::Failure;
use crate::{Catalogs, Desk};
use plimsoll::catalog::{Catalog, Place, Provider, Region};
use plimsoll_ingest::prices::{self, PlaceFacts};

/// The regions asked about, and what is to be said about the choice.
pub(super) struct Scope {
    pub(super) places: Vec<Place>,
    pub(super) note: Option<String>,
}

/// The regions named, else all of the providers named, else one.
pub(super) fn of_list(args: &ScopeArgs, desk: &Desk<'_>) -> Result<Scope, Failure> {
    let facts = facts(desk.catalogs)?;
    if let Some(asked) = asked(args, facts)? {
        return Ok(Scope { places: asked, note: None });
    }
    let home = home();
    let note = format!("No region was named: {home} was taken. --provider or --region names others.");
    Ok(Scope { places: vec![home], note: Some(note) })
}

/// For machines named by the user, the region near the home of each provider: the name says whose it is.
pub(super) fn of_machines(args: &ScopeArgs, desk: &Desk<'_>) -> Result<Scope, Failure> {
    let facts = facts(desk.catalogs)?;
    if let Some(asked) = asked(args, facts)? {
        return Ok(Scope { places: asked, note: None });
    }
    let near = |provider| prices::comparable(facts, &home(), provider).map(|near| near.place.clone());
    let places: Vec<Place> = Provider::ALL.into_iter().filter_map(near).collect();
    let names: Vec<String> = places.iter().map(Place::to_string).collect();
    let note =
        format!("No region was named: {} were looked at. --provider or --region names others.", names.join(", "));
    Ok(Scope { places, note: Some(note) })
}

/// The regions of one provider that are named, or all of them.
pub(super) fn of_provider(provider: Provider, regions: &[String], desk: &Desk<'_>) -> Result<Vec<Place>, Failure> {
    let args = ScopeArgs { provider: vec![provider], region: regions.to_vec(), as_of: None };
    Ok(asked(&args, facts(desk.catalogs)?)?.unwrap_or_default())
}

fn home() -> Place {
    Place { provider: Provider::Aws, region: Region("us-east-1".into()) }
}

pub(super) fn facts(catalogs: &Catalogs) -> Result<&[PlaceFacts], Failure> {
    catalogs.places().map_err(|e| Failure::of(QUESTION, e.to_string(), e.help()))
}

/// The places that flags name; none where there is no flag.
fn asked(args: &ScopeArgs, facts: &[PlaceFacts]) -> Result<Option<Vec<Place>>, Failure> {
    let of_provider = |f: &&PlaceFacts| args.provider.is_empty() || args.provider.contains(&f.place.provider);
    let known: Vec<&Place> = facts.iter().filter(of_provider).map(|f| &f.place).collect();
    if args.region.is_empty() {
        return Ok((!args.provider.is_empty()).then(|| known.into_iter().cloned().collect()));
    }
    let find = |name: &String| {
        let found = known.iter().find(|place| place.region.0 == *name);
        found.map(|place| Place::clone(place)).ok_or_else(|| unknown(name, &known))
    };
    args.region.iter().map(find).collect::<Result<_, _>>().map(Some)
}

fn unknown(name: &str, known: &[&Place]) -> Failure {
    let nearest = known.iter().min_by_key(|place| strsim::osa_distance(&place.region.0, name));
    let nearest = nearest.map_or(String::new(), |place| format!("did you mean `{}`? ", place.region));
    let all: Vec<&str> = known.iter().map(|place| place.region.0.as_str()).collect();
    let what = format!("`{name}` is not a region with prices");
    Failure::of(QUESTION, what, format!("{nearest}The regions are {}", all.join(", ")))
}

/// The catalog of a region.
pub(super) fn catalog(place: &Place, catalogs: &Catalogs) -> Result<Catalog, Failure> {
    catalogs.of(place).map(|listed| listed.catalog.clone()).map_err(|e| Failure::of(QUESTION, e.to_string(), e.help()))
}

/// The machines of these names in these regions, in the order of the names.
pub(super) fn named(names: &[String], places: &[Place], paid: &Paid<'_>) -> Result<Vec<Offering>, Failure> {
    let all = paid.offerings(places)?;
    let mut found = Vec::new();
    for name in names {
        let before = found.len();
        found.extend(all.iter().filter(|offering| offering.shape.name.0 == *name).cloned());
        if found.len() == before {
            return Err(not_here(name, places, paid)?);
        }
    }
    Ok(found)
}

/// Why a machine is in none of these regions: it is sold elsewhere, or nobody knows it.
fn not_here(name: &str, places: &[Place], paid: &Paid<'_>) -> Result<Failure, Failure> {
    let everywhere = paid.everywhere()?;
    let all = paid.offerings(&everywhere)?;
    let here: Vec<String> = places.iter().map(Place::to_string).collect();
    let sold: Vec<String> = all.iter().filter(|o| o.shape.name.0 == name).map(|o| o.place.to_string()).collect();
    if !sold.is_empty() {
        let what = format!("`{name}` is not sold in {}", here.join(", "));
        return Ok(Failure::of(QUESTION, what, format!("it is in {}", sold.join(", "))));
    }
    // Jaro-Winkler: names of machines tell their family first, and their size last.
    let like = |offering: &&Offering| strsim::jaro_winkler(&offering.shape.name.0.to_lowercase(), &name.to_lowercase());
    let mut close: Vec<(f64, &str)> = all.iter().map(|o| (like(&o), o.shape.name.0.as_str())).collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    close.dedup_by_key(|(_, name)| *name);
    let nearest: Vec<String> = close.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    let what = format!("there is no machine `{name}` in the price tables");
    Ok(Failure::of(QUESTION, what, format!("did you mean {}?", nearest.join(" or "))))
}
