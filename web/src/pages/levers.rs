//! Levers to tick: those that are pulled, and those that were weighed, in the order of what they return.
use super::address::Address;
use plimsoll::levers::{Placed, Weighed};
use plimsoll::report::Cell;
use plimsoll::units::Money;
use plimsoll::{Answer, Refusal};
use std::cmp::Ordering;

/// A lever, and whether the plan has it.
pub(super) struct Tick {
    pub(super) name: &'static str,
    /// What is done.
    pub(super) what: &'static str,
    /// What it saves by itself, where that was weighed.
    pub(super) saves: String,
    pub(super) is_on: bool,
}

/// The form of the levers of an answer.
pub(super) struct Levers {
    pub(super) ticks: Vec<Tick>,
    /// What is sent along unseen.
    pub(super) hidden: Vec<(String, String)>,
}

/// The form, where levers were asked for and any applies.
pub(super) fn levers(address: &Address, outcome: &Result<Answer, Refusal>) -> Option<Levers> {
    let Ok(Answer::Levers(answer)) = outcome else { return None };
    let mut ticks: Vec<Tick> = Vec::new();
    let mut sums: Vec<Money> = Vec::new();
    // A lever is pulled wherever it applies, so its places are one tick.
    let mut add = |placed: &Placed, saves: Option<Money>| {
        let lever = &placed.lever;
        match ticks.iter().position(|known| known.name == lever.name) {
            Some(at) => sums[at] += saves.unwrap_or(Money::ZERO),
            None => {
                ticks.push(Tick { name: lever.name, what: lever.title, saves: String::new(), is_on: saves.is_none() });
                sums.push(saves.unwrap_or(Money::ZERO));
            }
        }
    };
    for placed in &answer.pulled {
        add(placed, None);
    }
    let weighed: &[Weighed] = answer.ranking.as_ref().map_or(&[], |ranking| &ranking.weighed);
    for one in weighed {
        add(&one.placed, Some(one.saves.mean));
    }
    for (tick, sum) in ticks.iter_mut().zip(sums).filter(|(tick, _)| !tick.is_on) {
        let size = Cell::from(if sum < Money::ZERO { Money::ZERO - sum } else { sum }).shown();
        tick.saves = match sum.cmp(&Money::ZERO) {
            _ if size == Cell::from(Money::ZERO).shown() => "nothing saved".to_owned(),
            Ordering::Less => format!("{size} a month more"),
            _ => format!("{size} a month less"),
        };
    }
    (!ticks.is_empty()).then(|| Levers { ticks, hidden: address.hidden(&["lever", "as"]) })
}
