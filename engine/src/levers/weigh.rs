//! The workload with levers pulled, in the same drawn worlds as without them.
use super::apply::applied;
use super::lever::{Change, Structural};
use super::{Dose, Placed};
use crate::catalog::Catalog;
use crate::choice::{Band, Coverage};
use crate::plan::{Costed, PlanOptions, PlanRefusal, costed};
use crate::uncertain::{Draws, Estimate, Inconsistent};
use crate::units::{Factor, Money};
use crate::workload::{Workload, Worlds};
use std::collections::BTreeMap;

/// Plans the workload with any set of levers, each set once.
pub(super) struct Scales<'a> {
    workload: &'a Workload,
    placed: &'a [Placed],
    options: PlanOptions,
    catalogs: &'a [Catalog],
    worlds: Vec<Workload>,
    /// For each lever and each of its changes what was drawn, world by world.
    doses: Vec<Vec<Vec<f64>>>,
    known: BTreeMap<Vec<usize>, Result<Costed, PlanRefusal>>,
    base: Costed,
}

impl<'a> Scales<'a> {
    /// Draws the worlds, and how large each effect is in each; plans the workload as it is in the first of the places.
    ///
    /// The dimensions of the effects follow those of the workload's own estimates, so what is drawn of one is the same
    /// whatever other levers are pulled.
    pub(super) fn new(
        workload: &'a Workload,
        placed: &'a [Placed],
        options: PlanOptions,
        catalogs: &'a [Catalog],
        seed: u64,
    ) -> Result<Self, Unweighed> {
        let draws = Draws::new(options.draws, seed);
        let drawn = Worlds::draw(workload, draws).map_err(Unweighed::Correlations)?;
        // A workload of exact numbers is the same in every world; its levers are not.
        let worlds: Vec<Workload> =
            (0..draws.count() as usize).map(|world| drawn.world(if drawn.is_certain() { 0 } else { world })).collect();
        let mut dimension = drawn.uncertain().len() as u32;
        let doses = placed.iter().map(|placed| {
            let changes = placed.lever.changes.iter().map(|change| {
                let dose = dose_of(change);
                let of = dose.estimate().distribution();
                dimension += 1;
                (0..draws.count()).map(|world| dose.kept(of.at_score(draws.score(world, dimension - 1)))).collect()
            });
            changes.collect()
        });
        let doses = doses.collect();
        let first = &catalogs[..catalogs.len().min(1)];
        let one = [worlds[0].clone()];
        let own: &[Workload] = if drawn.is_certain() { &one } else { &worlds };
        let mut base = cheapest(workload, own, &options, first, &[]).map_err(|why| Unweighed::Plan(Box::new(why)))?;
        if drawn.is_certain() {
            base.months = vec![base.months[0]; worlds.len()];
        }
        Ok(Self { workload, placed, options, catalogs, worlds, doses, known: BTreeMap::new(), base })
    }

    /// The workload as it is.
    pub(super) const fn base(&self) -> &Costed {
        &self.base
    }
    /// How many worlds.
    pub(super) fn draws(&self) -> usize {
        self.worlds.len()
    }

    /// The workload with these levers pulled, by their places in the list, in the order of the list.
    pub(super) fn with(&mut self, levers: &[usize]) -> Result<&Costed, &PlanRefusal> {
        let mut set = levers.to_vec();
        set.sort_unstable();
        set.dedup();
        if !set.is_empty() && !self.known.contains_key(&set) {
            let found = self.planned(&set);
            self.known.insert(set.clone(), found);
        }
        if set.is_empty() { Ok(&self.base) } else { self.known[&set].as_ref() }
    }

    /// What these levers save a month, world by world; none where no plan keeps the promises with them.
    pub(super) fn saves(&mut self, levers: &[usize]) -> Option<Vec<Money>> {
        let base = self.base.months.clone();
        let with = self.with(levers).ok()?;
        Some(base.iter().zip(&with.months).map(|(before, after)| *before - *after).collect())
    }

    fn planned(&self, set: &[usize]) -> Result<Costed, PlanRefusal> {
        let middle = set.iter().fold(self.workload.clone(), |workload, &lever| {
            applied(&workload, &self.placed[lever], &|_, dose| Estimate::exact(Factor::of(dose.mid)))
        });
        let worlds: Vec<Workload> = self
            .worlds
            .iter()
            .enumerate()
            .map(|(number, world)| {
                set.iter().fold(world.clone(), |world, &lever| {
                    let drawn = |change: usize, _| Estimate::exact(Factor::of(self.doses[lever][change][number]));
                    applied(&world, &self.placed[lever], &drawn)
                })
            })
            .collect();
        let moves = |lever: &&usize| {
            let changes = &self.placed[**lever].lever.changes;
            changes.iter().any(|change| matches!(change, Change::Allow(Structural::OtherPlace)))
        };
        let places = if set.iter().any(|lever| moves(&lever)) { &self.catalogs[1..] } else { &self.catalogs[..1] };
        let all_alike = worlds.iter().all(|world| *world == worlds[0]);
        let few = if all_alike { &worlds[..1] } else { &worlds[..] };
        // What it runs on now, and with each of these levers alone, may be what does best with all of them.
        let alone =
            set.iter().filter(|_| set.len() > 1).filter_map(|lever| self.known.get(&vec![*lever])?.as_ref().ok());
        let known: Vec<&Costed> = std::iter::once(&self.base).chain(alone).collect();
        let mut found = cheapest(&middle, few, &self.options, places, &known)?;
        if all_alike {
            found.months = vec![found.months[0]; worlds.len()];
        }
        Ok(found)
    }
}

/// Why nothing can be weighed.
pub(super) enum Unweighed {
    /// The workload has no plan.
    Plan(Box<PlanRefusal>),
    /// Its estimates hang together as no numbers can.
    Correlations(Inconsistent),
}

/// What a change's size is drawn from.
fn dose_of(change: &Change) -> Dose {
    match change {
        Change::Scale(_, _, dose)
        | Change::Add(_, _, dose)
        | Change::Allow(Structural::Cdn(dose) | Structural::Filter(dose)) => *dose,
        Change::Allow(Structural::MemoryCache { exponent, .. }) => *exponent,
        Change::Allow(_) => Dose::exact(1.0),
    }
}

/// The plan of least expected cost over the places: bills with unknown charges last, then those that cover too little.
fn cheapest(
    workload: &Workload,
    worlds: &[Workload],
    options: &PlanOptions,
    catalogs: &[Catalog],
    known: &[&Costed],
) -> Result<Costed, PlanRefusal> {
    let (mut best, mut refusals): (Option<Costed>, Vec<PlanRefusal>) = (None, Vec::new());
    for catalog in catalogs {
        match costed(workload, worlds, options, catalog, known) {
            Ok(found) => {
                let key = |c: &Costed| (c.unknown, !covers(c.coverage, options), mean(&c.months));
                if best.as_ref().is_none_or(|best| key(&found) < key(best)) {
                    best = Some(found);
                }
            }
            Err(why) => refusals.push(why),
        }
    }
    best.ok_or_else(|| if refusals.len() == 1 { refusals.remove(0) } else { PlanRefusal::Nowhere(refusals) })
}

/// Whether a plan holds in enough worlds.
pub(super) fn covers(coverage: Coverage, options: &PlanOptions) -> bool {
    coverage.at_least(options.confidence) >= options.coverage
}

/// The mean of amounts of all worlds.
pub(super) fn mean(amounts: &[Money]) -> Money {
    band(amounts).mean
}

/// The band of amounts of all worlds.
pub(super) fn band(amounts: &[Money]) -> Band<Money> {
    Band::of(amounts).expect("there is always a world")
}
