//! Reads the exports and what runs, asks, and tells what the answer rests on.
use super::args::RightsizeArgs;
use super::{QUESTION, billed, fleet};
use crate::exports::{self, Exports};
use crate::failure::Failure;
use crate::gate::Gate;
use crate::{Answered, Desk, world};
use plimsoll::catalog::{Catalog, Place};
use plimsoll::rightsizing::{Estate, Held, Runs};
use plimsoll::telemetry::{ResourceName, Telemetry};
use plimsoll::{Question, ask};
use std::collections::BTreeMap;

/// `plimsoll rightsize`.
pub(crate) fn run(args: &RightsizeArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    if let Some(guessed) = args.exports.guessed(QUESTION, desk) {
        return guessed;
    }
    let gate = Gate::read(QUESTION, &args.gate)?;
    let (fleet, fleet_input) = args.fleet.as_deref().map(|path| fleet::read(path, desk.shelf)).transpose()?.unzip();
    let billed =
        if args.bill.is_empty() { None } else { Some(billed::read(&args.bill, args.exports.keep_going, desk)?) };
    let (billed, bill_inputs) = billed.unzip();
    let asked = args.exports.asked(QUESTION, desk)?;
    let Exports { telemetry, mut inputs, notes } = exports::read(QUESTION, &args.exports.exports, &asked, desk)?;
    inputs.extend(fleet_input.into_iter().chain(bill_inputs.into_iter().flatten()));
    let held = held(args, fleet.unwrap_or_default(), billed.unwrap_or_default(), &telemetry);
    let places = places(&held);
    let (world, mut meta) = world::of_places(QUESTION, &args.world, desk, &places, inputs)?;
    meta.notes.extend(notes);
    for name in args.shape.iter().chain(&args.node) {
        known(name, &world.catalogs)?;
    }
    let estate = Estate { held, telemetry };
    let outcome = ask(&Question::Rightsize(Box::new(estate), args.options()), &world);
    gate.answered(outcome, meta)
}

/// What runs, by all that says so: the fleet file first, then the bill, then the flag for all. A bill adds what things
/// cost to what the fleet file says they are; a resource of it that nobody measured is none of this question.
fn held(args: &RightsizeArgs, fleet: Vec<Held>, billed: Vec<Held>, telemetry: &Telemetry) -> Vec<Held> {
    let mut all: BTreeMap<ResourceName, Held> = fleet.into_iter().map(|held| (held.name.clone(), held)).collect();
    let measured = telemetry.resources();
    for one in billed {
        match all.get_mut(&one.name) {
            Some(held) => {
                held.billed = held.billed.or(one.billed);
                held.place = held.place.take().or(one.place);
            }
            None if measured.contains(&&one.name) => drop(all.insert(one.name.clone(), one)),
            None => {}
        }
    }
    if let Some(shape) = &args.shape {
        for name in measured {
            let held = all.entry(name.clone()).or_insert_with(|| Held {
                name: name.clone(),
                runs: Runs::Unknown,
                place: None,
                billed: None,
            });
            if held.runs == Runs::Unknown {
                held.runs = Runs::Machines { shape: shape.clone(), count: 1, purchase: args.purchase };
            }
        }
    }
    all.into_values().collect()
}

/// A machine that a flag names has to be on a list here: a slip of the finger is no honest answer about everything.
fn known(name: &str, catalogs: &[Catalog]) -> Result<(), Failure> {
    if catalogs.iter().any(|catalog| catalog.shape(name).is_some()) {
        return Ok(());
    }
    let all = catalogs.iter().flat_map(|catalog| catalog.shapes.iter().map(|shape| shape.name.0.as_str()));
    let nearest = all.min_by_key(|known| strsim::osa_distance(known, name));
    let places: Vec<String> = catalogs.iter().map(|catalog| catalog.place.to_string()).collect();
    let help = nearest.map_or(String::new(), |nearest| format!("did you mean `{nearest}`?"));
    Err(Failure::of(QUESTION, format!("`{name}` is no machine of {}", places.join(" or ")), help))
}

/// Where things run, each place once.
fn places(held: &[Held]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for place in held.iter().filter_map(|held| held.place.as_ref()) {
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
    places
}
