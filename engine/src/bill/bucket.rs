//! Steps of time that sums are kept in.
use super::civil::Civil;

/// The step of time that cells are kept in; coarser ones where there are many groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bucket {
    Hour,
    Day,
    Month,
    Whole,
}

impl Bucket {
    /// The bucket of an hour.
    #[inline]
    pub(super) fn start(self, hour: i32, civil: &mut Civil) -> i32 {
        match self {
            Self::Hour => hour,
            Self::Day => hour.div_euclid(24),
            Self::Month => civil.month(hour),
            Self::Whole => 0,
        }
    }
    /// The hour in which a bucket begins.
    pub(super) fn hour(self, start: i32) -> i32 {
        match self {
            Self::Hour => start,
            Self::Day => start.saturating_mul(24),
            Self::Month => Civil::month_start(start),
            Self::Whole => 0,
        }
    }
}
