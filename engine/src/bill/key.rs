//! What groups are called: the values of the asked columns, and the currency.
use super::charges::Charges;
use std::fmt;
use std::sync::Arc;

/// The values of the asked columns, in their order; a row without a value has none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<[Option<String>]>);

impl Key {
    /// The values.
    pub fn values(&self) -> &[Option<String>] {
        &self.0
    }
}

impl Default for Key {
    /// Of everything.
    fn default() -> Self {
        Self(Arc::new([]))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("everything");
        }
        for (i, value) in self.0.iter().enumerate() {
            let between = if i > 0 { " / " } else { "" };
            write!(f, "{between}{}", value.as_deref().unwrap_or("(none)"))?;
        }
        Ok(())
    }
}

impl FromIterator<Option<String>> for Key {
    fn from_iter<I: IntoIterator<Item = Option<String>>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// The currency of charges, by its code; empty where rows do not say. Sums of two are never added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(Arc<str>);

impl Currency {
    /// By its code, as `USD`.
    pub fn of(code: &str) -> Self {
        Self(code.into())
    }
    /// Its code; empty where it is unknown.
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// Every group's name, in the order of words: whatever order the rows came in.
#[derive(Debug)]
pub(super) struct Names {
    /// Currency and key, ascending, each once.
    pub(super) all: Vec<(Currency, Key)>,
    ranks: Vec<u32>,
}

impl Names {
    pub(super) fn of(charges: &Charges) -> Self {
        let currencies = charges.currency_words().map(|word| Currency::of(&word)).collect::<Vec<_>>();
        let name = |(values, currency): (Vec<&str>, u32)| {
            let value = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            (currencies[currency as usize].clone(), values.into_iter().map(value).collect::<Key>())
        };
        let mut sorted: Vec<_> = charges.keys().map(name).zip(0..).collect();
        sorted.sort_unstable();
        let mut ranks = vec![0; sorted.len()];
        sorted.iter().zip(0..).for_each(|((_, key), rank)| ranks[*key as usize] = rank);
        Self { all: sorted.into_iter().map(|(name, _): (_, u32)| name).collect(), ranks }
    }
    /// The place of a key's code among all.
    pub(super) fn rank(&self, key: u32) -> u32 {
        self.ranks[key as usize]
    }
    pub(super) fn at(&self, rank: u32) -> (&Currency, &Key) {
        let (currency, key) = &self.all[rank as usize];
        (currency, key)
    }
}
