//! Machines that come and go with the demand.
use crate::units::{Share, Span};

/// The rules of an autoscaler that aims at a utilization.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Autoscaling {
    /// The utilization aimed at.
    pub target: Share,
    /// The fewest machines.
    pub min: u32,
    /// The most machines; twice the static plan's if not stated.
    pub max: Option<u32>,
    /// Time over which utilization is measured before anything is done.
    pub reaction: Span,
    /// Time until a machine that was asked for takes requests.
    pub startup: Span,
    /// Time for which fewer machines must have been enough before any is taken away.
    pub calm: Span,
}

impl Autoscaling {
    /// What a policy does where nothing is stated: 60 % aimed at, as in many guides, measured over two minutes; machines
    /// that take requests after 90 seconds; and the five minutes that the Horizontal Pod Autoscaler of Kubernetes waits
    /// before it takes any away (its documentation, `--horizontal-pod-autoscaler-downscale-stabilization`).
    pub const USUAL: Self = Self {
        target: Share::percent(60.0),
        min: 1,
        max: None,
        reaction: Span::minutes(2.0),
        startup: Span::seconds(90.0),
        calm: Span::minutes(5.0),
    };
}
