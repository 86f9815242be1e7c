//! Text in, engine types out.
pub mod bills;
pub mod business;
pub mod document;
pub mod fleet;
pub mod inputs;
pub mod levers;
pub mod overlay;
pub mod presets;
pub mod price_lists;
pub mod prices;
pub mod problem;
pub mod reader;
pub mod schema;
pub mod series_csv;
pub mod telemetry;
pub mod workload;
pub mod workload_toml;
