//! The world that a question is asked about: which places, their catalogs, the customer's overlay, the date.
use crate::Desk;
use crate::args::WorldArgs;
use crate::failure::Failure;
use crate::files::Bytes;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use plimsoll::World;
use plimsoll::catalog::{Catalog, Place, Provider, Region};
use plimsoll::report::{Input, Meta};
use plimsoll::workload::Workload;
use plimsoll_ingest::prices::{self, PlaceFacts, PriceError};
use plimsoll_ingest::{overlay, problem::Problem};

/// Overlays are small; anything larger is another file.
const LARGEST_OVERLAY: u64 = 4_000_000;

/// The day of asking.
pub(crate) fn day(asked: Option<Date>) -> Date {
    asked.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date())
}

/// What an answer rests on, before anything is read.
pub(crate) fn meta(as_of: Date, seed: u64, inputs: Vec<Input>) -> Meta {
    Meta {
        version: env!("CARGO_PKG_VERSION").into(),
        seed,
        // Nothing is drawn: every question of this version is answered at the middle of its estimates.
        draws: 1,
        as_of,
        inputs,
        prices: Vec::new(),
        notes: Vec::new(),
    }
}

/// The world of a workload, and what an answer about it rests on.
pub(crate) fn build(
    question: &'static str,
    args: &WorldArgs,
    desk: &Desk<'_>,
    file: &Bytes,
    workload: &Workload,
) -> Result<(World, Meta), Failure> {
    let as_of = day(args.as_of);
    let mut meta = meta(as_of, args.seed, vec![file.input(None)]);
    let facts = desk.catalogs.places().map_err(|e| wrong_price(question, &e))?;
    let places = choose(question, args, workload, facts, &mut meta.notes)?;
    let catalogs = catalogs(&places, desk, &mut meta, |error| located(question, error, file))?;
    let catalogs = overlaid(question, catalogs, args, desk, &mut meta)?;
    meta.notes.extend(workload.idle_correlations());
    Ok((World { catalogs, as_of, seed: args.seed }, meta))
}

/// The world of what runs in these places; where they are none, of those that the flags ask for.
pub(crate) fn of_places(
    question: &'static str,
    args: &WorldArgs,
    desk: &Desk<'_>,
    held: &[Place],
    inputs: Vec<Input>,
) -> Result<(World, Meta), Failure> {
    let as_of = day(args.as_of);
    let mut meta = meta(as_of, args.seed, inputs);
    let facts = desk.catalogs.places().map_err(|e| wrong_price(question, &e))?;
    let asked = asked(question, args, None, None, facts, &mut meta.notes)?;
    let mut places =
        if held.is_empty() || !(args.region.is_empty() && args.provider.is_empty()) { asked } else { Vec::new() };
    places.extend(held.iter().filter(|place| !places.contains(place)).cloned().collect::<Vec<_>>());
    if held.is_empty() && args.region.is_empty() && args.provider.is_empty() {
        meta.notes.push(format!("nothing says where it runs; {} was taken", places[0]));
    }
    let catalogs = catalogs(&places, desk, &mut meta, |error| wrong_price(question, error))?;
    let catalogs = overlaid(question, catalogs, args, desk, &mut meta)?;
    Ok((World { catalogs, as_of, seed: args.seed }, meta))
}

/// What is on offer in these places, and which tables say so.
fn catalogs(
    places: &[Place],
    desk: &Desk<'_>,
    meta: &mut Meta,
    wrong: impl Fn(&PriceError) -> Failure,
) -> Result<Vec<Catalog>, Failure> {
    let mut catalogs = Vec::new();
    for place in places {
        let listed = desk.catalogs.of(place).map_err(|e| wrong(&e))?;
        catalogs.push(listed.catalog.clone());
        for table in &listed.tables {
            if !meta.prices.contains(table) {
                meta.prices.push(table.clone());
            }
        }
    }
    Ok(catalogs)
}

/// The same under the customer's overlays.
fn overlaid(
    question: &'static str,
    mut catalogs: Vec<Catalog>,
    args: &WorldArgs,
    desk: &Desk<'_>,
    meta: &mut Meta,
) -> Result<Vec<Catalog>, Failure> {
    for path in &args.prices {
        let file = Bytes::read(question, desk.shelf, &path.display().to_string(), LARGEST_OVERLAY)?;
        let overlay = overlay::read(&file.name, &file.bytes).map_err(|p| Failure::problems(question, p))?;
        meta.inputs.push(file.input(None));
        catalogs = catalogs.into_iter().map(|c: Catalog| overlay.apply(c, meta.as_of)).collect();
    }
    Ok(catalogs)
}

/// The places asked for: by name, by provider near the workload's own, or the workload's own.
fn choose(
    question: &'static str,
    args: &WorldArgs,
    workload: &Workload,
    facts: &[PlaceFacts],
    notes: &mut Vec<String>,
) -> Result<Vec<Place>, Failure> {
    let places = asked(question, args, workload.place(), workload.provider, facts, notes)?;
    if args.region.is_empty() && args.provider.is_empty() && workload.region.is_none() {
        notes.push(format!("no region is stated; {} was taken", places[0]));
    }
    Ok(places)
}

/// The places that the flags ask for; without any the one that is `stated`, or one of this provider.
fn asked(
    question: &'static str,
    args: &WorldArgs,
    stated: Option<Place>,
    provider: Option<Provider>,
    facts: &[PlaceFacts],
    notes: &mut Vec<String>,
) -> Result<Vec<Place>, Failure> {
    let default = Place { provider: Provider::Aws, region: Region("us-east-1".into()) };
    let near_default = provider.and_then(|p| prices::comparable(facts, &default, p)).map(|f| f.place.clone());
    let home = stated.or(near_default).unwrap_or(default);
    let mut places = Vec::new();
    for region in &args.region {
        places.push(by_region(question, region, &args.provider, facts)?);
    }
    for provider in &args.provider {
        if places.iter().any(|p: &Place| p.provider == *provider) {
            continue;
        }
        if home.provider == *provider {
            places.push(home.clone());
            continue;
        }
        let near = prices::comparable(facts, &home, *provider).ok_or_else(|| {
            let what = format!("no region of {provider} is near {home}");
            Failure::of(
                question,
                what,
                format!("name one with --region; `plimsoll prices as-of` lists those of {provider}"),
            )
        })?;
        notes.push(format!("{} is taken as the region of {provider} near {home}", near.place));
        places.push(near.place.clone());
    }
    if places.is_empty() {
        places.push(home);
    }
    Ok(places)
}

fn by_region(
    question: &'static str,
    region: &str,
    providers: &[Provider],
    facts: &[PlaceFacts],
) -> Result<Place, Failure> {
    let allowed = |f: &&PlaceFacts| providers.is_empty() || providers.contains(&f.place.provider);
    let known = facts.iter().filter(allowed).find(|f| f.place.region.0 == region);
    known.map(|f| f.place.clone()).ok_or_else(|| {
        let nearest = facts.iter().filter(allowed).min_by_key(|f| strsim::osa_distance(&f.place.region.0, region));
        let help = nearest.map_or(String::new(), |f| format!("did you mean `{}`?", f.place.region));
        let of: Vec<&str> = providers.iter().map(|p| p.name()).collect();
        let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join(" or ")) };
        Failure::of(question, format!("`{region}` is not a region{of} with prices"), help)
    })
}

fn wrong_price(question: &'static str, error: &PriceError) -> Failure {
    Failure::of(question, error.to_string(), "")
}

/// A region that the workload names is a mistake in the workload, at its place.
fn located(question: &'static str, error: &PriceError, workload: &Bytes) -> Failure {
    let PriceError::UnknownRegion { place, nearest, .. } = error else { return wrong_price(question, error) };
    let text = String::from_utf8_lossy(&workload.bytes);
    let quoted = format!("\"{}\"", place.region);
    let Some(at) = text.find(&quoted) else { return wrong_price(question, error) };
    let what = format!("`{}` is not a region of {} with prices", place.region, place.provider);
    let help = format!("did you mean {}?", nearest.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or "));
    let problem = Problem::in_text(&workload.name, &text, at..at + quoted.len(), what, help);
    Failure::problems(question, vec![problem])
}

/// A world without prices, for questions that need none.
pub(crate) fn nowhere(as_of: Date) -> World {
    World { catalogs: Vec::new(), as_of, seed: 1 }
}
