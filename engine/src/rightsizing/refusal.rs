//! Why nothing can be said at all.
/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RightsizeRefusal {
    /// The exports hold no resource with a series.
    #[error("no resource was measured: {series} series, none of processors, memory, network or disks")]
    NothingMeasured {
        /// The series there are.
        series: usize,
    },
    /// Things run, and none of them was measured.
    #[error("none of the {held} resources named was measured, and none of the {measured} measured is named")]
    NothingInCommon {
        /// Resources that the fleet or the bill names.
        held: usize,
        /// Resources that the exports measure.
        measured: usize,
        /// A name of each, to compare.
        examples: (String, String),
    },
}

impl RightsizeRefusal {
    /// One word for scripts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NothingMeasured { .. } => "nothing_measured",
            Self::NothingInCommon { .. } => "nothing_in_common",
        }
    }
}
