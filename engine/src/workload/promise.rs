//! What is promised to those who send the requests.
use crate::units::{Share, Span};
use std::fmt;
use std::str::FromStr;

/// So large a share of requests is answered within so long, end to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyPromise {
    /// 99 % for a p99.
    pub share: Share,
    /// The longest they may take.
    pub within: Span,
}

impl LatencyPromise {
    /// `p99`, `p99.9`.
    pub fn name(&self) -> String {
        let percent = format!("{:.4}", self.share.as_percent());
        format!("p{}", percent.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// What may be lost without a promise being broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Survive {
    /// Nothing: a lost machine breaks promises until it is replaced.
    #[default]
    None,
    /// One machine of every component.
    Machine,
    /// One zone.
    Zone,
}

impl Survive {
    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Machine => "machine",
            Self::Zone => "zone",
        }
    }
    /// How many of `machines` in `zones` are gone after the loss.
    pub fn lost(self, machines: u32, zones: u32) -> u32 {
        match self {
            Self::None => 0,
            Self::Machine => 1.min(machines),
            Self::Zone => machines.div_ceil(zones.max(1)),
        }
    }
}
impl FromStr for Survive {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::None, Self::Machine, Self::Zone]
            .into_iter()
            .find(|s| s.name() == text)
            .ok_or_else(|| format!("`{text}` is not something to survive: none, machine or zone"))
    }
}
impl fmt::Display for Survive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Everything promised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Promises {
    /// End to end, seen at the entry.
    pub latency: Vec<LatencyPromise>,
    /// The share of time in which the other promises hold.
    pub availability: Option<Share>,
    /// What may be lost.
    pub survive: Survive,
}

impl Promises {
    /// Makes a promise of a latency, unless one at least as strict stands for the same share. Tells whether it is new.
    pub fn promise(&mut self, promise: LatencyPromise) -> bool {
        let stands = self.latency.iter().find(|own| own.share == promise.share);
        if stands.is_some_and(|own| own.within <= promise.within) {
            return false;
        }
        self.latency.retain(|own| own.share != promise.share);
        // In the order of a file: by the share.
        let place = self.latency.iter().take_while(|own| own.share < promise.share).count();
        self.latency.insert(place, promise);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stricter_promise_takes_the_place_of_a_looser_one() {
        let within =
            |percent: f64, millis: f64| LatencyPromise { share: Share::percent(percent), within: Span::millis(millis) };
        let mut promises = Promises { latency: vec![within(50.0, 20.0), within(99.0, 100.0)], ..Promises::default() };
        assert!(!promises.promise(within(99.0, 250.0)) && promises.promise(within(99.0, 50.0)));
        assert!(promises.promise(within(95.0, 40.0)));
        assert_eq!(promises.latency, [within(50.0, 20.0), within(95.0, 40.0), within(99.0, 50.0)]);
    }
}
