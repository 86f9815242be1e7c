//! How far an input can be turned: as far as a workload file can say it.
//!
//! What the reader refuses, a mean above its peak or a burst below one, is not written down here a second time: the file is
//! read with the value, and where it is refused the last value that is not is found by halving.
use super::measured::{Kind, Measured};
use super::seek::NAME;
use crate::workload::Draft;
use plimsoll::scenario::{Dial, Limit, Scale, Why};
use plimsoll::workload::Workload;

/// Halvings of the part between a value that can be read and one that cannot.
const HALVINGS: u32 = 60;
/// Two values are one within this part of them.
const SAME: f64 = 1e-9;

/// Reads a file with an input at one value or another.
pub(super) struct Turned<'d> {
    draft: &'d Draft,
    workload: &'d Workload,
    dial: &'d Dial,
    /// How a file writes it; none where a file cannot say it by this path.
    kind: Option<Kind>,
}

impl<'d> Turned<'d> {
    pub(super) fn of(draft: &'d Draft, workload: &'d Workload, dial: &'d Dial) -> Self {
        let mut turned = Self { draft, workload, dial, kind: Kind::named(dial.measures(workload)) };
        // A value that stands can be read: if it cannot be set, the file writes it under another path.
        if dial.stands(workload).is_some_and(|stands| turned.refused(stands).is_some()) {
            turned.kind = None;
        }
        turned
    }

    /// What the reader tells of this value; none if it can be read.
    fn refused(&self, value: f64) -> Option<String> {
        let written = Measured { kind: self.kind?, value }.written();
        // A dot would end the name.
        let path = self.dial.path().replace("p99.9", "p99_9");
        let mut draft = self.draft.clone();
        draft.set(NAME, &path, &written);
        draft.read().err().map(|problems| problems[0].what.clone())
    }

    /// The part of a range that can be read, each end with the reason why it ends there; what is told of the range where
    /// no part can.
    pub(super) fn within(&self, [low, high]: [f64; 2], otherwise: &Why) -> Result<[Limit; 2], String> {
        let scale = self.dial.scale(self.workload);
        let stands = self.dial.stands(self.workload).filter(|stands| (low..=high).contains(stands));
        let inside = stands.into_iter().chain([low, high, scale.middle(low, high)]);
        let Some(good) = inside.into_iter().find(|value| self.refused(*value).is_none()) else {
            return Err(self.refused(high).unwrap_or_default());
        };
        Ok([low, high].map(|end| self.limit(scale, good, end, otherwise)))
    }

    fn limit(&self, scale: Scale, mut good: f64, end: f64, otherwise: &Why) -> Limit {
        let limit = |at: f64, why: Why| Limit { at, shown: self.dial.shown(self.workload, at), why };
        let Some(mut what) = self.refused(end) else { return limit(end, otherwise.clone()) };
        let mut bad = end;
        for _ in 0..HALVINGS {
            if (good - bad).abs() <= SAME * bad.abs().max(good.abs()) {
                break;
            }
            let middle = scale.middle(good, bad);
            match self.refused(middle) {
                None => good = middle,
                Some(why) => (bad, what) = (middle, why),
            }
        }
        // Limits are what people write: five hundred, not a little less.
        let written = format!("{good:.6e}").parse().unwrap_or(good);
        let is_written = (written - good).abs() <= 2.0 * SAME * good.abs() && self.refused(written).is_none();
        limit(if is_written { written } else { good }, Why::Unreadable(what))
    }
}
