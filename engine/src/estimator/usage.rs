//! What a resource used, over time, in its own unit.
use crate::series::{Series, Time};
use crate::units::{Quantity, Span};
use std::marker::PhantomData;

/// The use of something on an even grid; a step without a value is a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Usage<Q> {
    start: Time,
    step: i64,
    values: Vec<f64>, // in the base unit; NaN is a gap, as in `Series`
    aside: usize,
    of: PhantomData<Q>,
}

impl<Q: Quantity> Usage<Q> {
    /// A series, where `unit` is what a value of one stands for: one processor, or all eight where the series is the part
    /// of them that was busy.
    ///
    /// Values below zero, or too large for the unit, are no use of anything: they become gaps and are counted in
    /// [`Usage::aside`].
    pub fn of(series: &Series, unit: Q) -> Self {
        let mut aside = 0;
        let values = series.iter().map(|(_, value)| {
            let Some(value) = value else { return f64::NAN };
            let amount = value * unit.base();
            let is_use = amount.is_finite() && amount >= 0.0;
            aside += usize::from(!is_use);
            if is_use { amount } else { f64::NAN }
        });
        let values = values.collect();
        let step = series.step().as_seconds().round() as i64;
        Self { start: series.start(), step, values, aside, of: PhantomData }
    }
    /// Amounts at even steps from `start` on. Panics unless a step is a second or more.
    pub fn new(start: Time, step: Span, values: impl IntoIterator<Item = Option<Q>>) -> Self {
        let step = step.as_seconds().round() as i64;
        assert!(step >= 1, "a step lasts at least a second");
        let values = values.into_iter().map(|value| value.map_or(f64::NAN, Quantity::base)).collect();
        Self { start, step, values, aside: 0, of: PhantomData }
    }
    /// Values of the series that are no use of anything.
    pub const fn aside(&self) -> usize {
        self.aside
    }
    /// How many steps there are, gaps included.
    pub const fn len(&self) -> usize {
        self.values.len()
    }
    /// Whether there is no step at all.
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
    /// How long a step lasts.
    pub const fn step(&self) -> Span {
        Span::seconds(self.step as f64)
    }
    /// The start of step `index`.
    pub const fn time(&self, index: usize) -> Time {
        Time::unix_seconds(self.start.as_unix_seconds() + self.step * index as i64)
    }
    /// The use in step `index`; `None` for a gap and beyond the end.
    pub fn value(&self, index: usize) -> Option<Q> {
        self.values.get(index).filter(|value| !value.is_nan()).map(|value| Q::from_base(*value))
    }
    /// All of it.
    pub fn all(&self) -> Window<'_, Q> {
        self.before(self.len())
    }
    /// The first `steps` of it.
    pub fn before(&self, steps: usize) -> Window<'_, Q> {
        Window { usage: self, from: 0, to: steps.min(self.len()) }
    }
    /// From step `from` to the end.
    pub fn after(&self, from: usize) -> Window<'_, Q> {
        Window { usage: self, from: from.min(self.len()), to: self.len() }
    }
    /// How many steps fill a span, at least one.
    pub(super) fn steps_in(&self, span: Span) -> usize {
        ((span.as_seconds() / self.step as f64).round() as usize).max(1)
    }
    /// The values in the base unit, NaN for a gap.
    pub(super) fn raw(&self) -> &[f64] {
        &self.values
    }
    /// The same steps with other values.
    pub(super) fn with(&self, values: Vec<f64>) -> Self {
        Self { values, ..*self }
    }
}

/// A stretch of what was used: what an estimator may look at.
#[derive(Clone, Copy, Debug)]
pub struct Window<'u, Q> {
    usage: &'u Usage<Q>,
    from: usize,
    to: usize,
}

impl<'u, Q: Quantity> Window<'u, Q> {
    /// How many steps there are, gaps included.
    pub const fn len(&self) -> usize {
        self.to - self.from
    }
    /// Whether there is no step at all.
    pub const fn is_empty(&self) -> bool {
        self.from == self.to
    }
    /// How long it is, gaps included.
    pub const fn span(&self) -> Span {
        Span::seconds(self.usage.step as f64 * self.len() as f64)
    }
    /// How long a step lasts.
    pub const fn step(&self) -> Span {
        self.usage.step()
    }
    /// The start of its first step.
    pub const fn start(&self) -> Time {
        self.usage.time(self.from)
    }
    /// Its end; the moment of the decision.
    pub const fn end(&self) -> Time {
        self.usage.time(self.to)
    }
    /// The last `span` of it, or all where it is shorter.
    pub fn last(self, span: Span) -> Self {
        Self { from: self.from.max(self.to.saturating_sub(self.usage.steps_in(span))), ..self }
    }
    /// The first `span` of it, or all where it is shorter.
    pub fn first(self, span: Span) -> Self {
        Self { to: self.to.min(self.from + self.usage.steps_in(span)), ..self }
    }
    /// The first `steps` of it.
    pub(super) fn first_steps(self, steps: usize) -> Self {
        Self { to: self.to.min(self.from + steps), ..self }
    }
    /// What was measured, in order: the start of the step and the amount.
    pub fn values(self) -> impl DoubleEndedIterator<Item = (Time, Q)> + use<'u, Q> {
        (self.from..self.to).filter_map(move |i| Some((self.usage.time(i), self.usage.value(i)?)))
    }
    /// How many steps have a value.
    pub fn measured(self) -> usize {
        self.amounts().count()
    }
    /// The amounts in the base unit, gaps left out.
    pub(super) fn amounts(self) -> impl DoubleEndedIterator<Item = f64> + use<'u, Q> {
        self.usage.values[self.from..self.to].iter().copied().filter(|value| !value.is_nan())
    }
    /// This stretch as a use of its own.
    pub fn own(self) -> Usage<Q> {
        let start = self.start();
        Usage { start, values: self.usage.values[self.from..self.to].to_vec(), ..*self.usage }
    }
    /// How long before the end each amount's step ended, and the amount in the base unit.
    pub(super) fn aged(self) -> impl Iterator<Item = (Span, f64)> + use<'u, Q> {
        let (last, step) = (self.to, self.usage.step as f64);
        let values = self.usage.values[self.from..self.to].iter().zip(self.from..);
        values.filter(|(v, _)| !v.is_nan()).map(move |(v, i)| (Span::seconds((last - 1 - i) as f64 * step), *v))
    }
    /// The highest amount of each day (UTC) that has one, in order: the day and the amount.
    pub fn daily_peaks(self) -> Vec<(i64, Q)> {
        let mut peaks: Vec<(i64, Q)> = Vec::new();
        for (time, amount) in self.values() {
            match peaks.last_mut() {
                Some((day, peak)) if *day == time.day() => *peak = peak.max(amount),
                _ => peaks.push((time.day(), amount)),
            }
        }
        peaks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Point;
    use crate::units::Compute;

    #[test]
    fn a_part_becomes_processors_and_what_is_no_use_is_counted() {
        let rows = [Some(0.5), Some(-0.25), None, Some(1e300), Some(1.0)];
        let points = rows.iter().enumerate().map(|(i, v)| Point::new(Time::unix_seconds(i as i64 * 300), *v));
        let series = Series::from_points("cpu", points.collect()).unwrap();
        let usage = Usage::of(&series, Compute::vcpus(1e10));
        assert_eq!((usage.len(), usage.aside(), usage.all().measured()), (5, 2, 2));
        assert_eq!(usage.value(0), Some(Compute::vcpus(5e9)));
        assert_eq!((usage.value(2), usage.value(9)), (None, None));
    }

    #[test]
    fn windows_are_cut_at_their_ends() {
        let of = |n: u32| {
            Usage::new(Time::unix_seconds(0), Span::hours(1.0), (0..n).map(|i| Some(Compute::vcpus(f64::from(i)))))
        };
        let usage = of(60);
        let window = usage.before(50).last(Span::hours(4.0));
        assert_eq!(window.amounts().collect::<Vec<_>>(), [46.0, 47.0, 48.0, 49.0]);
        assert_eq!((window.start(), window.end()), (Time::unix_seconds(46 * 3600), Time::unix_seconds(50 * 3600)));
        assert_eq!(window.aged().next(), Some((Span::hours(3.0), 46.0)));
        assert_eq!(usage.before(2).last(Span::days(9.0)).len(), 2);
        assert_eq!(usage.before(99).first(Span::hours(2.0)).len(), 2);
        assert!(of(0).all().is_empty());
        let peaks: Vec<_> = usage.all().daily_peaks().into_iter().map(|(d, p)| (d, p.as_vcpus())).collect();
        assert_eq!(peaks, [(0, 23.0), (1, 47.0), (2, 59.0)]);
    }
}
