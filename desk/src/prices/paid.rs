//! What is paid instead of list prices: overlays, applied to the catalogs.
use super::QUESTION;
use super::offering::{Basis, Offering};
use crate::failure::Failure;
use crate::files::{Bytes, base_name};
use crate::{Catalogs, Desk};
use jiff::civil::Date;
use plimsoll::catalog::{Overlay, Place};
use plimsoll_ingest::overlay;
use std::collections::HashSet;
use std::path::PathBuf;

/// An overlay of every machine of every region has some ten thousand prices.
const LARGEST: u64 = 16_000_000;

/// Overlays and the day on which they are asked; none is the shipped prices.
pub(super) struct Paid<'c> {
    catalogs: &'c Catalogs,
    overlays: Vec<Overlay>,
    today: Date,
}

impl<'c> Paid<'c> {
    pub(super) fn read(files: &[PathBuf], today: Date, desk: &Desk<'c>) -> Result<Self, Failure> {
        let read = |path: &PathBuf| {
            let file = Bytes::read(QUESTION, desk.shelf, &path.display().to_string(), LARGEST)?;
            let overlay = overlay::read(&file.name, &file.bytes).map_err(|p| Failure::problems(QUESTION, p))?;
            Ok(Overlay { name: base_name(&overlay.name), ..overlay })
        };
        Ok(Self { catalogs: desk.catalogs, overlays: files.iter().map(read).collect::<Result<_, _>>()?, today })
    }
    /// Every place that has prices.
    pub(super) fn everywhere(&self) -> Result<Vec<Place>, Failure> {
        Ok(super::scope::facts(self.catalogs)?.iter().map(|facts| facts.place.clone()).collect())
    }
    /// Whether nothing is paid but list prices.
    pub(super) fn is_list(&self) -> bool {
        self.overlays.is_empty()
    }
    /// What is to be said about prices, if they are not those of the tables.
    pub(super) fn note(&self) -> Option<String> {
        let note = "$/hour is what an hour of a machine that runs all month ends up costing, with overlays and \
                    sustained-use discounts; list is what is published.";
        (!self.is_list()).then(|| note.to_owned())
    }
    /// Every machine of these regions, at what is paid for it.
    pub(super) fn offerings(&self, places: &[Place]) -> Result<Vec<Offering>, Failure> {
        let mut offerings = Vec::new();
        for place in places {
            let shipped = super::scope::catalog(place, self.catalogs)?;
            let known: HashSet<String> = if self.is_list() {
                HashSet::new()
            } else {
                shipped.shapes.iter().map(|shape| shape.name.0.clone()).collect()
            };
            let paid = self.overlays.iter().fold(shipped, |catalog, overlay| overlay.apply(catalog, self.today));
            offerings.extend(paid.shapes.into_iter().map(|shape| {
                let basis = match (self.is_list(), known.contains(&shape.name.0)) {
                    (true, _) => Basis::List,
                    (false, true) => Basis::Paid,
                    (false, false) => Basis::Unlisted,
                };
                Offering { place: place.clone(), shape, basis }
            }));
        }
        Ok(offerings)
    }
}
