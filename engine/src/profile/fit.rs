//! One number of the workload, with where it comes from.
use super::demand::{Fitted, Source};
use crate::uncertain::Estimate;
use crate::units::{Compute, Data, Factor, Growth, Rate, Share, Span};

/// One number of the workload, as a table shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Its key in the workload file.
    pub parameter: &'static str,
    /// The number with its range.
    pub value: FitValue,
    /// Where it comes from.
    pub source: Source,
    /// How many values of the series it rests on.
    pub rows: usize,
    /// The series they stand in, as `cpu.csv:2`, the file and line of its first value. Empty where there is but one.
    pub from: Vec<String>,
    /// Why it is a default, or what was assumed.
    pub remark: Option<String>,
}

/// A range of any of the kinds of number that a workload has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FitValue {
    /// Requests in time.
    Rate(Estimate<Rate>),
    /// A plain factor.
    Factor(Estimate<Factor>),
    /// Compound growth.
    Growth(Estimate<Growth>),
    /// Time.
    Span(Estimate<Span>),
    /// Data.
    Data(Estimate<Data>),
    /// Processors.
    Compute(Estimate<Compute>),
}

impl Fit {
    pub(super) fn of<T: Copy>(parameter: &'static str, fitted: &Fitted<T>, value: fn(T) -> FitValue) -> Self {
        let (value, source, rows) = (value(fitted.value), fitted.source, fitted.rows);
        Self { parameter, value, source, rows, from: Vec::new(), remark: None }
    }
    pub(super) const fn measured(parameter: &'static str, value: FitValue, rows: usize, from: Vec<String>) -> Self {
        Self { parameter, value, source: Source::Measured, rows, from, remark: None }
    }
    pub(super) fn assumed(parameter: &'static str, value: FitValue, why: impl Into<String>) -> Self {
        let remark = Some(why.into());
        Self { parameter, value, source: Source::Default, rows: 0, from: Vec::new(), remark }
    }
    pub(super) fn remarked(self, remark: impl Into<String>) -> Self {
        Self { remark: Some(remark.into()), ..self }
    }
    /// The series it rests on, as a remark lists them: three, and how many more.
    pub fn sources(&self) -> String {
        let more = self.from.len().saturating_sub(SHOWN);
        let shown = self.from.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
        if more > 0 { format!("{shown} and {more} more") } else { shown }
    }
}

/// So many series are named where one line has to do.
const SHOWN: usize = 3;

/// A range from the low to the high end. Below zero nothing is measured: what a fit puts there is cut.
pub(super) fn range<Q: Copy + PartialOrd>(ends: [f64; 3], confidence: Share, of: fn(f64) -> Q) -> Estimate<Q> {
    let [low, mid, high] = ends.map(|n| if n.is_finite() { n.clamp(0.0, f64::MAX) } else { 0.0 });
    Estimate::range(of(low.min(mid)), of(mid), of(high.max(mid)), confidence).expect("the ends were ordered")
}
