//! What a latency promise is divided into, and what a millisecond of it is worth.
use crate::units::{Factor, Money, Share, Span};
use crate::workload::{ComponentName, LatencyPromise};

/// An end-to-end promise divided over the hops, so that the parts of the plan cost least.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyDivision {
    /// The promise: the strictest of them.
    pub promise: LatencyPromise,
    /// What the plan's parts make of it after the loss, where the models reach so far.
    pub takes: Option<Span>,
    /// The hops in their order along the calls, those that a request reaches.
    pub hops: Vec<Hop>,
    /// What the cheapest parts cost a month where the promise is another, the tightest first.
    pub moved: Vec<Moved>,
    /// What the cheapest parts cost a month under the promise: machines, disks, copies and objects.
    pub cheapest: Money,
    /// The part of [`Self::cheapest`] that a division that was not tried might save; none where all were.
    pub gap: Share,
    /// Where a millisecond off each visit saves most; none where it saves nothing anywhere.
    pub most_saved_at: Option<ComponentName>,
}

/// The promise moved, and what that does to the price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// The promise instead.
    pub within: Span,
    /// The cheapest parts then cost so much more, or less; none where nothing keeps it.
    pub difference: Option<Money>,
}

/// A component on the way of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Which.
    pub name: ComponentName,
    /// How often a request of the entry visits it, on the mean.
    pub visits: Factor,
    /// A visit's own time at the promise's share, without what it calls.
    pub own: Option<Span>,
    /// The hop's part of the promise: its parts of those requests that take just as long as the promise's share of all do.
    /// The budgets of all hops add up to the promise.
    pub budget: Span,
    /// The same over the promise.
    pub share: Share,
    /// What its next larger size asks for each millisecond that it takes off the whole; none where nothing takes any off.
    pub buys: Option<Money>,
    /// What its next smaller size would save for each millisecond that it adds to the whole, which the promise does not
    /// allow; none where there is no smaller one.
    pub gives: Option<Money>,
    /// What a millisecond more for each visit adds to the whole, in milliseconds.
    pub felt: Factor,
    /// What the cheapest parts save a month if each visit takes a millisecond less.
    pub millisecond_saves: Money,
}
