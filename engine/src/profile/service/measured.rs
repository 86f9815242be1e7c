//! Telemetry with what its reader was told about it.
use crate::series::Series;
use crate::telemetry::{Measure, Metric, ResourceName, Statistic, Telemetry};

/// What was measured, and what is said of it from outside.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// What was measured.
    pub telemetry: Telemetry,
    /// The service that is asked about: resources of its name, or that begin with it, belong to it.
    pub service: Option<String>,
    /// The size of the machines it was measured on, where the exports do not tell or tell it wrong.
    pub shape: Option<String>,
}

impl From<Telemetry> for Measured {
    fn from(telemetry: Telemetry) -> Self {
        Self { telemetry, service: None, shape: None }
    }
}

impl From<Series> for Measured {
    /// One series of requests, whose name tells whether its values are counts or rates.
    fn from(series: Series) -> Self {
        let name = series.name().to_owned();
        let metric = Metric {
            resource: ResourceName("service".into()),
            item: None,
            measure: Measure::Other(name.clone()),
            statistic: Statistic::Mean,
            series,
            first: name,
        };
        Telemetry { metrics: vec![metric], ..Telemetry::default() }.into()
    }
}
