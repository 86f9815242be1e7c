//! How careful to be.
use crate::catalog::Architecture;
use crate::units::{Share, Span};

/// What is asked besides the estate.
#[derive(Clone, Debug, PartialEq)]
pub struct RightsizeOptions {
    /// The part of the processors that is kept free above what is expected.
    pub cpu_headroom: Share,
    /// The same of memory, network and disks.
    pub headroom: Share,
    /// The highest chance that demand passes the processors or the memory of an advised size over the next period; told and
    /// not limited where there is none.
    pub most_risk: Option<Share>,
    /// How long the next period is.
    pub period: Span,
    /// Architectures that may be recommended besides the one that runs.
    pub architectures: Vec<Architecture>,
    /// The part of the history that presets are fitted on; they are scored on the rest.
    pub fitted: Share,
    /// The shape of the nodes that containers run on: what a processor and a byte of them cost comes from it.
    pub node: Option<String>,
}

impl Default for RightsizeOptions {
    /// A fifth of the processors is kept free, as AWS Compute Optimizer does by default, and a tenth of all else, its
    /// least for memory. The risk of a month is told and not
    /// limited: two weeks of history bound it by little, and a limit would be met by machines of twice the size. Doubled, the headroom moves a resource in three to the next size.
    fn default() -> Self {
        Self {
            cpu_headroom: Share::percent(20.0),
            headroom: Share::percent(10.0),
            most_risk: None,
            period: Span::days(30.0),
            architectures: Vec::new(),
            fitted: Share::percent(50.0),
            node: None,
        }
    }
}
