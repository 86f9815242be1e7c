//! The file as a whole.
use super::Draft;
use super::correlations::{self, correlations};
use super::{assumptions::assumptions, batch::batch, cache::cache, demand::demand, edge::edge, graph, object::object};
use super::{promises::promises, service::service, store::store, stream::stream, volume};
use crate::document::{Document, Node, Value};
use crate::levers::levers;
use crate::problem::Problem;
use crate::reader::{Desk, Layout, Readable, Table};
use plimsoll::catalog::{Provider, Region};
use plimsoll::levers::StatedLever;
use plimsoll::units::{Factor, Quantity, Span};
use plimsoll::workload::{Component, ComponentName, Workload};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Reads a workload file, with values `sets` by dotted path before it is read. All problems of the file at once.
///
/// ```
/// let text = br#"
///     name = "hello"
///     entry = "api"
///     [demand]
///     peak = "900/s"
///     [service.api]
///     cpu_per_request = "6 ms"
///     memory = "600 MB"
/// "#;
/// let workload = plimsoll_ingest::workload::read("hello.toml", text, &[]).unwrap();
/// assert_eq!(workload.demand.peak.mid().to_string(), "900/s");
/// let sets = [("demand.peak".to_owned(), "1200".to_owned())];
/// let problems = plimsoll_ingest::workload::read("hello.toml", text, &sets).unwrap_err();
/// assert_eq!(problems[0].what, "`1200` is not a rate: it has no unit");
/// ```
pub fn read(name: &str, bytes: &[u8], sets: &[(String, String)]) -> Result<Workload, Vec<Problem>> {
    read_with_levers(name, bytes, sets).map(|(workload, _)| workload)
}

/// [`read`] with what the file says of levers.
pub fn read_with_levers(
    name: &str,
    bytes: &[u8],
    sets: &[(String, String)],
) -> Result<(Workload, Vec<StatedLever>), Vec<Problem>> {
    let mut draft = Draft::parse(name, bytes)?;
    for (path, value) in sets {
        draft.set("--set", path, value);
    }
    draft.read_with_levers()
}

/// Reads the fields of a document; `lost` is what went wrong before.
pub(super) fn read_document(
    document: &Document,
    lost: &[Problem],
) -> Result<(Workload, Vec<StatedLever>), Vec<Problem>> {
    // What a preset fills is not written back: the next change may name another.
    let mut document = document.clone();
    let presets = crate::presets::fill(&mut document, &graph::KINDS);
    let desk = Desk::new(&document);
    let (workload, levers) = Table::read_root(&desk, "the workload", workload);
    let workload = Workload { presets, ..workload };
    graph::check(&workload, &desk);
    graph::check_copies(&workload, &desk);
    correlations::check(&workload, &desk);
    graph::check_entry(&workload, &desk);
    graph::check_week(&workload, &desk);
    if desk.told() == 0 {
        volume::check(&workload, &desk);
    }
    let problems: Vec<Problem> = desk.into_problems().into_iter().chain(lost.iter().cloned()).collect();
    if problems.is_empty() { Ok((workload, levers)) } else { Err(problems) }
}

/// The fields of a workload file.
pub(crate) fn workload(t: &mut Table<'_>) -> (Workload, Vec<StatedLever>) {
    let (provider, region) = place(t);
    let workload = Workload {
        name: t.required("name", "what the system is called in reports"),
        horizon: horizon(t),
        provider,
        region,
        entry: ComponentName(t.required("entry", "the component that requests reach first")),
        demand: t.required_section("demand", "the requests that arrive at the entry", demand),
        promises: t.section("promises", "what is promised to those who send the requests", promises),
        components: components(t),
        correlations: correlations(t),
        assumptions: t.section("assumptions", "what sizing takes for granted", assumptions),
        presets: BTreeMap::new(),
    };
    (workload, levers(t))
}

/// How far ahead is planned. Its limit is nearer than that of other time spans.
struct Horizon(Span);

const LONGEST: Span = Span::months(Workload::MAX_MONTHS as f64);

impl Readable for Horizon {
    const NAME: &'static str = <Span as Readable>::NAME;
    const EXAMPLE: &'static str = "\"12 months\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let written = if let Value::Text(text) = &node.value { text.parse::<Span>().ok() } else { None };
        let Some(span) = written.filter(|span| span.is_zero() || *span > LONGEST) else {
            return Span::read(node, desk).map(Self);
        };
        let what = format!("cannot plan {} months ahead", Factor::of(span.as_months().round()));
        let help = format!("a horizon is longer than nothing and at most {} months", Workload::MAX_MONTHS);
        desk.tell(&node.spot, what, help);
        None
    }
    fn stand_in() -> Self {
        Self(Span::stand_in())
    }
    fn schema(layout: &mut Layout) -> Json {
        Span::schema(layout)
    }
    fn written(&self) -> Json {
        self.0.written()
    }
}

fn horizon(t: &mut Table<'_>) -> Span {
    t.or("horizon", Horizon(Span::months(12.0)), "how far ahead is planned").0
}

fn place(t: &mut Table<'_>) -> (Option<Provider>, Option<Region>) {
    let provider = t.optional::<Provider>("provider", "the cloud provider");
    let region = t.optional::<String>("region", "the provider's name for the region");
    let lacks_provider = region.is_some() && !t.has("provider");
    t.refuse_if(lacks_provider, "region", "whose region is this?", "add provider = \"aws\", \"azure\" or \"gcp\"");
    (provider, region.map(Region))
}

fn components(t: &mut Table<'_>) -> BTreeMap<ComponentName, Component> {
    let mut found = Vec::new();
    for (name, spot, read) in t.named("service", "stateless compute, by name", service) {
        found.push((name, spot, Component::Service(read)));
    }
    for (name, spot, read) in t.named("store", "stateful, replicated data, by name", store) {
        found.push((name, spot, Component::Store(read)));
    }
    for (name, spot, read) in t.named("object", "data in object storage, by name", object) {
        found.push((name, spot, Component::Object(read)));
    }
    for (name, spot, read) in t.named("edge", "content delivery and egress, by name", edge) {
        found.push((name, spot, Component::Edge(read)));
    }
    for (name, spot, read) in t.named("cache", "answers kept in memory before what is behind, by name", cache) {
        found.push((name, spot, Component::Cache(read)));
    }
    for (name, spot, read) in t.named("stream", "logs that are written once and read by many, by name", stream) {
        found.push((name, spot, Component::Stream(read)));
    }
    for (name, spot, read) in t.named("batch", "work that is gathered and done together, by name", batch) {
        found.push((name, spot, Component::Batch(read)));
    }
    found.sort_by_key(|(_, spot, _)| (spot.text, spot.bytes.start));
    let mut components = BTreeMap::new();
    for (name, spot, component) in found {
        let kind = component.kind();
        if let Some(first) = components.insert(ComponentName(name.into()), component) {
            let what = format!("`{name}` is already a {}", Component::kind(&first));
            t.desk().tell(spot, what, format!("names are unique over all kinds; rename this {kind}"));
        }
    }
    components
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: &str = "name = \"hello\"\nentry = \"api\"\n[demand]\npeak = \"900/s\"\n[service.api]\n\
                         cpu_per_request = \"6 ms\"\nmemory = \"600 MB\"\n";

    #[test]
    fn defaults_fill_what_is_not_written() {
        let workload = read("hello.toml", HELLO.as_bytes(), &[]).unwrap();
        assert_eq!(workload.months(), 12);
        assert_eq!(workload.place(), None);
        assert!(!workload.demand.mean_is_stated);
        assert_eq!(workload.demand.mean.mid().to_string(), "450/s");
        assert_eq!(workload.demand.burst.mid().get(), 1.2);
        assert_eq!(workload.assumptions, plimsoll::workload::Assumptions::default());
    }

    #[test]
    fn a_set_value_replaces_the_written_one() {
        let sets = [("demand.peak", "1200/s"), ("assumptions.imbalance", "1.3"), ("service.api.concurrency", "7")];
        let sets = sets.map(|(path, value)| (path.to_owned(), value.to_owned()));
        let workload = read("hello.toml", HELLO.as_bytes(), &sets).unwrap();
        assert_eq!(workload.demand.peak.mid().as_per_second(), 1200.0);
        assert_eq!(workload.assumptions.imbalance.get(), 1.3);
    }

    #[test]
    fn a_horizon_is_told_its_own_limit() {
        let told = |horizon: &str| {
            let problems = read("hello.toml", format!("horizon = \"{horizon}\"\n{HELLO}").as_bytes(), &[]).unwrap_err();
            (problems[0].what.clone(), problems[0].help.clone())
        };
        for (horizon, months) in [("1000 years", "12,000"), ("121 months", "121"), ("0 s", "0")] {
            let what = format!("cannot plan {months} months ahead");
            let help = "a horizon is longer than nothing and at most 120 months".to_owned();
            assert_eq!(told(horizon), (what, help));
        }
        assert!(told("soon").0.contains("time span"));
    }

    #[test]
    fn the_second_of_two_names_is_told() {
        let text = format!("{HELLO}[edge.api]\n");
        let problems = read("hello.toml", text.as_bytes(), &[]).unwrap_err();
        assert_eq!((problems[0].line, problems[0].what.as_str()), (8, "`api` is already a service"));
    }
}
