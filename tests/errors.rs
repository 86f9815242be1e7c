//! Every kind of problem of a file that people write, as the user meets it.
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::{overlay, workload};

#[path = "errors/conditions.rs"]
mod conditions;
#[path = "errors/files.rs"]
mod files;
#[path = "errors/kinds.rs"]
mod kinds;
#[path = "errors/names.rs"]
mod names;
#[path = "errors/outside.rs"]
mod outside;
#[path = "errors/scenarios.rs"]
mod scenarios;
#[path = "errors/values.rs"]
mod values;

const SHOP: &str = r#"name = "shop"
entry = "api"
[demand]
peak = "900/s"
mean = "350/s"
[service.api]
cpu_per_request = "6 ms"
memory = "600 MB"
calls = [{ to = "orders", ratio = 2.5 }]
[store.orders]
data = "500 GB"
cpu_per_read = "0.3 ms"
"#;

fn shown(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
fn told(text: impl AsRef<[u8]>) -> String {
    workload::read("shop.toml", text.as_ref(), &[]).map_or_else(|p| shown(&p), |_| "read without a problem".into())
}
/// What is told of the shop with another text in the place of `from`.
fn instead(from: &str, to: &str) -> String {
    assert!(SHOP.contains(from), "{from}");
    told(SHOP.replacen(from, to, 1))
}
/// What is told of the shop with these values set.
fn set(path: &str, value: &str) -> String {
    let sets = [(path.to_owned(), value.to_owned())];
    workload::read("shop.toml", SHOP.as_bytes(), &sets).map_or_else(|p| shown(&p), |_| "read without a problem".into())
}
fn told_of_prices(text: &str) -> String {
    overlay::read("ours.toml", text.as_bytes()).map_or_else(|p| shown(&p), |_| "read without a problem".into())
}

#[test]
fn the_shop_itself_is_sound() {
    assert_eq!(told(SHOP), "read without a problem");
}
