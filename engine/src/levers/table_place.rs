//! Levers of machines, ways to pay, and ways that data take.
use super::lever::{Change, Lever, On, Risk, Structural, Undo};
use super::rules;
use super::table::{own, range};

pub(super) fn levers() -> Vec<Lever> {
    machines().into_iter().chain(ways()).collect()
}

fn machines() -> Vec<Lever> {
    let arm = |name, on| Lever {
        name,
        title: "build for arm64 too",
        on,
        rule: rules::is_bound_to_an_architecture,
        changes: vec![Change::Allow(Structural::AnyArchitecture)],
        effort: range(2.0, 6.0, 20.0),
        risk: Risk::Low,
        undo: Undo::AtOnce,
        experience: "none",
        source: "no size of effect: machines of every architecture are weighed at their measured speeds",
    };
    vec![
        arm("arm64", On::Service),
        arm("arm64-store", On::Store),
        Lever {
            name: "family",
            title: "a newer family of machines",
            on: On::Whole,
            rule: rules::families_are_weighed,
            changes: Vec::new(),
            effort: range(1.0, 3.0, 10.0),
            risk: Risk::Low,
            undo: Undo::AtOnce,
            experience: "none",
            source: "no size of effect: every family on offer is weighed in every plan",
        },
        Lever {
            name: "spot",
            title: "capacity that may be taken away",
            on: On::Service,
            rule: rules::may_not_be_interrupted_yet,
            changes: vec![Change::Allow(Structural::Spot)],
            effort: range(4.0, 10.0, 25.0),
            risk: Risk::Medium,
            undo: Undo::AtOnce,
            experience: "requests are cut off when a machine is taken, unless they are drained in its notice",
            source: "no size of effect: the price tables; the effort to drain in time is assumed",
        },
        Lever {
            name: "commit",
            title: "commit to a year, nothing at once",
            on: On::Whole,
            rule: rules::commits_to_nothing,
            changes: vec![Change::Allow(Structural::Commitment)],
            effort: range(0.5, 1.0, 3.0),
            risk: Risk::Medium,
            undo: Undo::Never,
            experience: "none",
            source: "no size of effect: the price tables",
        },
        Lever {
            name: "region",
            title: "move to the cheapest of the places asked about",
            on: On::Whole,
            rule: rules::there_are_other_places,
            changes: vec![Change::Allow(Structural::OtherPlace)],
            effort: range(20.0, 60.0, 150.0),
            risk: Risk::High,
            undo: Undo::WithWork,
            experience: "users near the old place wait longer by the way there and back",
            source: "no size of effect: the price tables; the effort is assumed",
        },
    ]
}

fn ways() -> Vec<Lever> {
    vec![
        Lever {
            name: "cdn",
            title: "responses through a content delivery network",
            on: On::Edge,
            rule: rules::is_straight_to_the_internet,
            changes: vec![Change::Allow(Structural::Cdn(range(0.05, 0.25, 0.7)))],
            effort: range(2.0, 6.0, 15.0),
            risk: Risk::Medium,
            undo: Undo::AtOnce,
            experience: "answers from nearby are faster, and may be old",
            source: "assumed: the part of the responses that may be answered from a cache",
        },
        Lever {
            name: "endpoint",
            title: "private endpoints instead of NAT",
            on: On::Edge,
            rule: rules::sends_through_nat,
            changes: vec![own("nat", 0.1, 0.4, 0.8)],
            effort: range(0.5, 1.0, 4.0),
            risk: Risk::Low,
            undo: Undo::AtOnce,
            experience: "none",
            source: "assumed: the part of the data that goes to the provider's own services",
        },
    ]
}
