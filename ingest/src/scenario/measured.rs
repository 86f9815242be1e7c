//! A value of any kind, told by its unit.
use plimsoll::units::{Data, DataRate, Factor, Growth, Mass, Quantity, Rate, Scalar, Share, Span};

/// What a value measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number without a unit.
    Plain,
    Rate,
    Span,
    Data,
    DataRate,
    Share,
    Growth,
    /// What is emitted: a limit, never an input.
    Mass,
}

/// A value of any kind, in its base unit: that of [`plimsoll::units::Scalar`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) kind: Kind,
    pub(super) value: f64,
}

impl Kind {
    /// By what messages call it: `a rate`; none for what has no text that reads back.
    pub(super) fn named(name: &str) -> Option<Self> {
        let kinds = [
            (<Factor as Scalar>::NAME, Self::Plain),
            (<Rate as Scalar>::NAME, Self::Rate),
            (<Span as Scalar>::NAME, Self::Span),
            (<Data as Scalar>::NAME, Self::Data),
            (<DataRate as Scalar>::NAME, Self::DataRate),
            (<Share as Scalar>::NAME, Self::Share),
            (<Growth as Scalar>::NAME, Self::Growth),
        ];
        kinds.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }
}

impl Measured {
    /// What a text measures; none for words.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(value) = text.parse::<f64>() {
            return value.is_finite().then_some(Self { kind: Kind::Plain, value });
        }
        let of = |kind, value| Some(Self { kind, value });
        if let Ok(growth) = text.parse::<Growth>() {
            return of(Kind::Growth, growth.as_percent_per_year() / 100.0);
        }
        if let Ok(share) = text.parse::<Share>() {
            return of(Kind::Share, share.as_part());
        }
        if let Ok(rate) = text.parse::<Rate>() {
            return of(Kind::Rate, rate.base());
        }
        if let Ok(span) = text.parse::<Span>() {
            return of(Kind::Span, span.base());
        }
        if let Ok(data) = text.parse::<Data>() {
            return of(Kind::Data, data.base());
        }
        if let Ok(mass) = text.parse::<Mass>() {
            return of(Kind::Mass, mass.base());
        }
        text.parse::<DataRate>().ok().and_then(|rate| of(Kind::DataRate, rate.base()))
    }
    /// As a workload file writes it.
    pub(super) fn written(self) -> String {
        // Shortest text that reads back the same; a product with a hundred may not be.
        let percent =
            |part: f64| format!("{:.12}", part * 100.0).trim_end_matches('0').trim_end_matches('.').to_owned();
        let value = self.value;
        match self.kind {
            Kind::Plain => format!("{value}"),
            Kind::Rate => format!("{value}/s"),
            Kind::Span => format!("{value} s"),
            Kind::Data => format!("{value} B"),
            Kind::DataRate => format!("{value} B/s"),
            Kind::Share => format!("{} %", percent(value)),
            Kind::Growth => format!("{} %/year", percent(value)),
            Kind::Mass => format!("{value} g"),
        }
    }
    /// As people read it.
    pub(super) fn shown(self) -> String {
        match self.kind {
            Kind::Plain => format!("{}", self.value),
            Kind::Rate => Rate::from_base(self.value).to_string(),
            Kind::Span => Span::from_base(self.value).to_string(),
            Kind::Data => Data::from_base(self.value).to_string(),
            Kind::DataRate => DataRate::from_base(self.value).to_string(),
            Kind::Share => Share::of_one(self.value).to_string(),
            Kind::Growth => Growth::percent_per_year(self.value * 100.0).to_string(),
            Kind::Mass => Mass::from_base(self.value).to_string(),
        }
    }
    /// The same kind with another value.
    pub(super) fn at(self, value: f64) -> Self {
        Self { value, ..self }
    }
}

/// To three digits, as people write numbers.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_tell_the_kind_and_what_is_written_reads_back() {
        for (text, kind) in [
            ("500/s", Kind::Rate),
            ("250 ms", Kind::Span),
            ("2 GB", Kind::Data),
            ("1 TB/month", Kind::DataRate),
            ("95 %", Kind::Share),
            ("-10 %/year", Kind::Growth),
            ("100 kg", Kind::Mass),
            ("2.5", Kind::Plain),
        ] {
            let read = Measured::read(text).unwrap();
            assert_eq!(read.kind, kind, "{text}");
            let again = Measured::read(&read.written()).unwrap();
            assert!((again.value - read.value).abs() <= 1e-9 * read.value.abs(), "{text}: {}", read.written());
        }
        assert_eq!(Measured::read("zone"), None);
        assert_eq!(rounded(645.77), 646.0);
    }
}
