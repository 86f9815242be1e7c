//! What a user says about exports that do not say it themselves.
use super::layout::Layout;
use plimsoll::telemetry::Measure;
use plimsoll::units::Factor;

/// What is said of the exports from outside.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What the values measure, for exports that name no measure.
    pub measure: Option<Measure>,
    /// Whether values of unnamed kind are totals of their step rather than rates or levels; found from names if not said.
    pub totals: Option<bool>,
    /// Whose they are, for exports that name no resource; the name of the file if not said.
    pub resource: Option<String>,
    /// Clients of a load test, for results that do not hold it.
    pub clients: Option<Factor>,
    /// How the tables among the exports are laid out; guessed if not said.
    pub layout: Option<Layout>,
    /// Whether a row that cannot be read is set aside instead of refusing the file.
    pub keep_going: bool,
}
