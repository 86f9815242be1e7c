//! What may be looked at without files of one's own: the fixtures of this project.

/// A workload.
pub(super) struct Workload {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) text: &'static str,
}

/// Exports, and what to ask about them.
pub(super) struct Export {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    /// The question with its flags.
    pub(super) ask: &'static str,
    pub(super) files: &'static [(&'static str, &'static [u8])],
}

pub(super) const WORKLOADS: [Workload; 4] = [
    Workload {
        name: "Checkout",
        what: "An API with a Postgres store behind a load balancer, and what runs today.",
        text: include_str!("../../../fixtures/checkout.toml"),
    },
    Workload {
        name: "Video",
        what: "An origin behind a CDN, with an archive of objects.",
        text: include_str!("../../../fixtures/video.toml"),
    },
    Workload {
        name: "Thumbnails",
        what: "One service, the smallest useful workload.",
        text: include_str!("../../../fixtures/one-service.toml"),
    },
    Workload {
        name: "Launch",
        what: "A launch that nobody can foretell: ranges instead of numbers, so the plan covers most of what may come.",
        text: include_str!("../../../fixtures/launch.toml"),
    },
];

pub(super) const EXPORTS: [Export; 3] = [
    Export {
        id: "sample-bill",
        name: "A quarter's bill",
        what: "FOCUS 1.2: three months of a small company, with a reason why March cost more.",
        ask: "bill?by=service",
        files: &[("quarter.csv", include_bytes!("../../../fixtures/bills/quarter.csv"))],
    },
    Export {
        id: "sample-fleet",
        name: "Six machines",
        what: "Two weeks of their use, and a list of what they are.",
        ask: "rightsize?fleet=fleet.csv",
        files: &[
            ("usage.csv", include_bytes!("../../../fixtures/fleet/usage.csv")),
            ("fleet.csv", include_bytes!("../../../fixtures/fleet/fleet.csv")),
        ],
    },
    Export {
        id: "sample-requests",
        name: "Two weeks of requests",
        what: "A count a minute, as a load balancer exports it.",
        ask: "profile?counts=true",
        files: &[("requests.csv", include_bytes!("../../../fixtures/requests.csv"))],
    },
];
