//! The tables that `electricity.py` derives, against those they are derived from.
use super::row::{Row, named};
use std::collections::BTreeSet;

/// The rows of a table that spans the providers.
fn spanning(name: &str) -> Vec<Row> {
    named(name).find(|(table, _)| table.provider.is_empty()).expect("the table is there").1
}

#[test]
fn what_electricity_emits_is_as_its_source_has_it() {
    let carbon: Vec<(&str, Row)> =
        named("carbon").flat_map(|(table, rows)| rows.into_iter().map(|row| (table.provider, row))).collect();
    for row in spanning("grid") {
        let is_source = |(provider, source): &&(&str, Row)| {
            *provider == row.text("provider")
                && ["region", "source", "year", "as_of"].iter().all(|column| source.text(column) == row.text(column))
        };
        let found: Vec<_> = carbon.iter().filter(is_source).collect();
        let [(_, source)] = found[..] else { panic!("{} rows for {}", found.len(), row.line) };
        assert_eq!(row.number("gco2_kwh"), source.number("grid_gco2_kwh"), "{}", row.line);
        let grams = row.number("gco2_kwh").expect("a grid without its figure is left out");
        assert!((0.0..2000.0).contains(&grams), "{}", row.line);
        let pue = row.number("pue").expect("the provider's mean stands in");
        assert!((1.0..1.6).contains(&pue), "{}", row.line);
        assert!(source.number("pue").is_none_or(|own| own == pue), "{}", row.line);
    }
}

#[test]
fn what_processors_draw_is_as_the_coefficients_have_it() {
    let coefficients: BTreeSet<(String, String)> = named("power")
        .flat_map(|(_, rows)| rows)
        .filter(|row| row.text("kind") == "cpu_arch_watts_per_vcpu")
        .map(|row| (row.text("min_watts").to_owned(), row.text("max_watts").to_owned()))
        .collect();
    let rated: BTreeSet<(String, String)> =
        spanning("speed").iter().map(|row| (row.text("provider").to_owned(), row.text("family").to_owned())).collect();
    for row in spanning("machine_power") {
        let watts = (row.text("idle_watts").to_owned(), row.text("full_watts").to_owned());
        assert!(coefficients.contains(&watts), "no coefficient is {watts:?}: {}", row.line);
        let family = (row.text("provider").to_owned(), row.text("family").to_owned());
        assert!(rated.contains(&family), "no machines of {family:?}");
        let embodied = row.number("embodied_kg").expect("every processor has a host");
        // From a dense host to the largest memory on the market, for one vCPU.
        assert!((1.0..250.0).contains(&embodied), "{}", row.line);
    }
}
