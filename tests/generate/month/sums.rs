//! What the charges of a shape sum to.
use crate::exact::Exact;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Sums of billed costs; what has no value in a dimension stands under the empty name.
#[derive(Default)]
pub(crate) struct Sums {
    total: Exact,
    by: BTreeMap<&'static str, BTreeMap<String, Exact>>,
}

impl Sums {
    /// Adds a cost under its names.
    pub(crate) fn add(&mut self, cost: Exact, names: &[(&'static str, &str)]) {
        self.total += cost;
        for (dimension, name) in names {
            *self.by.entry(dimension).or_default().entry((*name).to_owned()).or_default() += cost;
        }
    }
    /// The sum of all.
    pub(crate) fn total(&self) -> Exact {
        self.total
    }
    /// The sums of a dimension.
    pub(crate) fn of(&self, dimension: &str) -> &BTreeMap<String, Exact> {
        &self.by[dimension]
    }
    /// As JSON: exact decimals as texts.
    pub(crate) fn json(&self) -> Value {
        let mut value = Map::new();
        value.insert("billed".into(), self.total.text().into());
        for (dimension, sums) in &self.by {
            let sums: Map<_, _> = sums.iter().map(|(name, sum)| (name.clone(), sum.text().into())).collect();
            value.insert(format!("by_{dimension}"), json!(sums));
        }
        Value::Object(value)
    }
}
