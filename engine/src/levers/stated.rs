//! What somebody knows of a lever better than the table does.
use super::lever::{Change, Of};
use super::{Dose, Placed};
use crate::plan::PlanOptions;
use crate::uncertain::Estimate;
use crate::units::{Factor, Money, Share, Span};
use crate::workload::ComponentName;

/// A lever as a file states it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedLever {
    /// Which.
    pub name: String,
    /// Where; everywhere it applies if not stated.
    pub on: Option<ComponentName>,
    /// How long it takes, in days of one engineer.
    pub effort: Option<Estimate<Span>>,
    /// What was measured: after over before, by input of the component. It replaces the whole effect of the table.
    pub measured: Vec<(String, Estimate<Factor>)>,
}

impl StatedLever {
    pub(super) fn state(&self, placed: &mut Placed) {
        if let Some(effort) = self.effort {
            let [low, mid, high] = [effort.low(), effort.mid(), effort.high()].map(Span::as_days);
            placed.lever.effort = Dose { low, mid, high };
        }
        if self.measured.is_empty() {
            return;
        }
        placed.measured = true;
        placed.lever.source = "measured on this system";
        let structural = placed.lever.changes.iter().filter(|change| matches!(change, Change::Allow(_))).cloned();
        let whose = |field: &str| {
            let same = placed.lever.changes.iter().find_map(|change| match change {
                Change::Scale(of, known, _) | Change::Add(of, known, _) if known == field => Some(*of),
                _ => None,
            });
            same.unwrap_or(Of::Own)
        };
        let measured = self.measured.iter().map(|(field, by)| {
            let [low, mid, high] = [by.low(), by.mid(), by.high()].map(Factor::get);
            Change::Scale(whose(field), field.clone(), Dose { low, mid, high })
        });
        placed.lever.changes = structural.chain(measured).collect();
    }
}

/// What is asked of levers.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverOptions {
    /// Levers that are pulled before anything is planned.
    pub pulled: Vec<String>,
    /// Whether all others are weighed.
    pub weighed: bool,
    /// What a day of an engineer costs.
    pub day_cost: Money,
    /// What is known of some.
    pub stated: Vec<StatedLever>,
}

impl LeverOptions {
    /// A day of an engineer: the mean US wage of software developers, $144,570 a year (BLS, occupational employment and
    /// wages, May 2024), wages being 70 % of what an employer pays (BLS, employer costs for employee compensation), over
    /// 230 days: $898. Twice as dear a day takes twice the saving to pay.
    pub const DAY_COST: u32 = 900;
    /// Worlds in which levers are compared: the ranking is of differences in the same worlds, which few tell well.
    pub const MOST_DRAWS: u32 = 128;

    /// As the planner's options, in fewer worlds. Of so few one could only be sure where nearly all of them hold, which would
    /// size every lever for its worst effect: plans are compared at the share itself.
    pub(super) fn few(options: &PlanOptions) -> PlanOptions {
        PlanOptions { draws: options.draws.min(Self::MOST_DRAWS), confidence: Share::percent(50.0), ..*options }
    }
}

impl Default for LeverOptions {
    fn default() -> Self {
        let day_cost = Money::nearest(f64::from(Self::DAY_COST));
        Self { pulled: Vec::new(), weighed: true, day_cost, stated: Vec::new() }
    }
}
