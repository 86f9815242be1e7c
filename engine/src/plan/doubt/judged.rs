//! What a fixed plan comes to over all worlds.
use super::super::moment::{Draft, Moment};
use crate::carbon::Carbon;
use crate::choice::{Band, Coverage, Judged};
use crate::cost::{Bill, MeanBill};
use crate::units::{Money, Span};
use crate::workload::Workload;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A reason for which promises break, and in how many worlds it is the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// `api: CPU`, `latency`.
    pub what: String,
    /// Worlds.
    pub worlds: usize,
    /// One of them in full: with its numbers.
    pub example: String,
}

/// How sure a plan is.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// The worlds in which every promise holds.
    pub coverage: Coverage,
    /// The worlds in which a latency promise is missed.
    pub missed: Coverage,
    /// A month's bill.
    pub month: Band<Money>,
    /// A million requests at the entry; none where nothing arrives.
    pub million_requests: Option<Band<Money>>,
    /// Why promises break, the most frequent first.
    pub breaks: Vec<Break>,
    /// A month's bill in every world, in the order they were drawn.
    pub by_world: Vec<Money>,
    /// What a month draws and emits, or why nobody can say.
    pub carbon: Result<Carbon, String>,
}

impl Doubt {
    /// Of a plan about which nothing is uncertain.
    pub(crate) fn none(
        month: Money,
        million: Option<Money>,
        breaks: &[String],
        carbon: Result<Carbon, String>,
    ) -> Self {
        let held = usize::from(breaks.is_empty());
        Self {
            coverage: Coverage { held, worlds: 1 },
            missed: Coverage { held: 1 - held, worlds: 1 },
            month: Band::flat(month),
            million_requests: million.map(Band::flat),
            breaks: breaks.iter().map(|b| Break { what: b.clone(), worlds: 1, example: b.clone() }).collect(),
            by_world: vec![month],
            carbon,
        }
    }
}

/// Worlds to judge plans in, all of one place.
pub(in crate::plan) struct Judge<'w> {
    moments: Vec<Moment<'w>>,
    /// What was judged already.
    known: RefCell<Vec<(Draft, Verdict)>>,
}

/// A plan as it was judged.
#[derive(Clone)]
pub(in crate::plan) struct Verdict {
    pub(in crate::plan) doubt: Doubt,
    /// The expected bill: its lines add up to the mean of the month.
    pub(in crate::plan) bill: Bill,
    /// World by world.
    pub(in crate::plan) judged: Judged,
}

impl<'w> Judge<'w> {
    /// A judge in these worlds, today, in the place of `moment`.
    pub(in crate::plan) fn new(worlds: &'w [Workload], moment: &Moment<'w>) -> Self {
        let moments = worlds.iter().map(|world| moment.beside(world, Span::ZERO)).collect();
        Self { moments, known: RefCell::default() }
    }
    /// The worlds.
    pub(in crate::plan) fn moments(&self) -> &[Moment<'w>] {
        &self.moments
    }
    /// What a plan comes to in all of them.
    pub(in crate::plan) fn judge(&self, draft: &Draft) -> Verdict {
        if let Some((_, verdict)) = self.known.borrow().iter().find(|(known, _)| known == draft) {
            return verdict.clone();
        }
        let verdict = self.judged(draft);
        self.known.borrow_mut().push((draft.clone(), verdict.clone()));
        verdict
    }
    fn judged(&self, draft: &Draft) -> Verdict {
        let mut bills = MeanBill::default();
        let mut breaks: BTreeMap<String, Break> = BTreeMap::new();
        let (mut cost, mut kept, mut missed, mut millions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut emitted = Vec::with_capacity(self.moments.len());
        for moment in &self.moments {
            let carried = moment.carried(draft);
            let late = moment.late(&carried.draft);
            missed.push(late.is_some());
            kept.push(carried.broken.is_none() && late.is_none());
            if let Some(example) = carried.broken.or(late) {
                let what = cause(&example).to_owned();
                breaks.entry(what.clone()).or_insert(Break { what, worlds: 0, example }).worlds += 1;
            }
            emitted.extend(moment.emitted(&carried.draft));
            let bill = moment.bill(&carried.draft);
            let total = bill.total();
            cost.push(total);
            let requests = moment.traffic(&moment.workload.entry).billing.events_in(Span::months(1.0)).as_millions();
            if requests > 0.0 {
                millions.push(Money::nearest(total.as_dollars() / requests));
            }
            bills.add(bill);
        }
        let mut breaks: Vec<Break> = breaks.into_values().collect();
        breaks.sort_by(|a, b| (b.worlds, &a.what).cmp(&(a.worlds, &b.what)));
        let bill = bills.bill();
        let month = Band::of(&cost).expect("there is always a world");
        let doubt = Doubt {
            coverage: Coverage::of(kept.iter().copied()),
            missed: Coverage::of(missed.into_iter()),
            // The expected total is that of the lines shown.
            month: Band { mean: bill.total(), ..month },
            million_requests: Band::of(&millions).filter(|_| millions.len() == cost.len()),
            breaks,
            by_world: cost.clone(),
            carbon: self.moments[0].carbon(draft, &emitted),
        };
        Verdict { doubt, bill, judged: Judged { cost, kept } }
    }
}

impl Moment<'_> {
    /// The first promise that a draft breaks here; none if it keeps all.
    pub(in crate::plan) fn breaks(&self, draft: &Draft) -> Option<String> {
        let carried = self.carried(draft);
        carried.broken.or_else(|| self.late(&carried.draft))
    }
    /// The latency promise that is missed after the loss, in a few words; none if all are kept.
    fn late(&self, carried: &Draft) -> Option<String> {
        self.broken_latency(carried).map(|(promise, takes)| match takes {
            Some(takes) => format!("{}: takes {takes}, {} is promised", promise.name(), promise.within),
            None => format!("{}: takes longer than can be told, {} is promised", promise.name(), promise.within),
        })
    }
}

/// What broke, without its numbers: `api: CPU`.
fn cause(example: &str) -> &str {
    let end = [": needs", ": takes", " takes", ", there", ": runs"].iter().filter_map(|mark| example.find(mark)).min();
    end.map_or(example, |end| &example[..end])
}
