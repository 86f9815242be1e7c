//! What is wrong with the calls, told where it is written.
use crate::document::{Document, Spot};
use crate::reader::{Desk, nearest};
use plimsoll::workload::{Component, GraphError, Service, Store, Stream, Survive, Workload};

/// Tells of calls to nobody, circles, and components that nobody calls.
pub(super) fn check(workload: &Workload, desk: &Desk<'_>) {
    let document = desk.document();
    if workload.components.is_empty() {
        let help = "add a table [service.a-name], [store.a-name], [object.a-name] or [edge.a-name]";
        desk.tell_of_whole("the workload has no component", help);
        return;
    }
    if workload.components.len() > MOST {
        let what = format!("the workload has {} components", workload.components.len());
        desk.tell_of_whole(what, format!("at most {MOST} are planned together"));
        return;
    }
    if has_stray_table(document) {
        return;
    }
    let errors = workload.graph_errors();
    // Who is called cannot be known while a name is wrong, so nobody is told that nobody calls them.
    let is_unsure = errors.iter().any(|e| !matches!(e, GraphError::Unreached(_))) || has_unread_calls(document);
    let names: Vec<_> = workload.components.keys().map(|n| n.0.as_str()).collect();
    for error in errors {
        if desk.room() == 0 {
            desk.pass_over(1);
            continue;
        }
        match &error {
            // The stand-in for a name that could not be read.
            GraphError::Unknown { to, .. } if to.is_empty() => {}
            GraphError::Unknown { by, to } => {
                let is_entry = by == "entry" && *to == workload.entry.0 && !names.contains(&to.as_str());
                let at = if is_entry { document.find(&["entry"]).map(|n| n.spot.clone()) } else { None };
                let Some(spot) = at.filter(|_| !has_call(workload, by, to)).or_else(|| call(document, by, to)) else {
                    continue;
                };
                let what = if is_entry {
                    format!("the entry `{to}` is no component of this workload")
                } else {
                    error.to_string()
                };
                desk.tell(&spot, what, nearest::help(to, &names, "its components"));
            }
            GraphError::Cycle(circle) => {
                if let [by, to, ..] = circle.as_slice()
                    && let Some(spot) = call(document, by, to)
                {
                    desk.tell(&spot, error.to_string(), "requests would never end; take one of these calls out");
                }
            }
            GraphError::Unreached(name) if !is_unsure => {
                if let Some(spot) = table(document, name) {
                    let help = "add it to the calls of a component, or give a store reads or writes of its own";
                    desk.tell(&spot, error.to_string(), help);
                }
            }
            GraphError::Unreached(_) => {}
        }
    }
}

/// Tells of a latency promise where nobody waits for the entry.
pub(super) fn check_entry(workload: &Workload, desk: &Desk<'_>) {
    let is_batch = matches!(workload.components.get(&workload.entry), Some(Component::Batch(_)));
    if let (true, Some(node)) = (is_batch && !workload.promises.latency.is_empty(), desk.document().find(&["entry"])) {
        let what = format!("a latency is promised, but nobody waits for the gathered work of `{}`", workload.entry);
        desk.tell(&node.spot, what, "take p99 and its like out of [promises]; a batch has its deadline");
    }
}

/// Tells of autoscaling that there is no week to try on.
pub(super) fn check_week(workload: &Workload, desk: &Desk<'_>) {
    if workload.demand.hour_of_week.is_some() || desk.document().find(&["demand", "hour_of_week"]).is_some() {
        return;
    }
    for (name, component) in &workload.components {
        let Component::Service(Service { autoscaling: Some(_), .. }) = component else { continue };
        let Some(node) = desk.document().find(&["service", &name.0, "autoscaling"]) else { continue };
        let what = "nothing says how the demand comes and goes over the week";
        desk.tell(&node.spot, what, "add hour_of_week to [demand]: multiples of the mean for 168 hours");
    }
}

/// Tells of stores whose stated copies are all lost with what is to be survived.
pub(super) fn check_copies(workload: &Workload, desk: &Desk<'_>) {
    if workload.promises.survive == Survive::None {
        return;
    }
    for (name, component) in &workload.components {
        let (Component::Store(Store { replicas: Some(copies @ 0..=1), .. })
        | Component::Stream(Stream { replicas: Some(copies @ 0..=1), .. })) = component
        else {
            continue; // a cache may lose what it holds
        };
        let Some(node) = desk.document().find(&[component.kind(), &name.0, "replicas"]) else { continue };
        let what = format!("{copies} copy of the data does not survive the loss of a {}", workload.promises.survive);
        desk.tell(&node.spot, what, "keep at least 2 replicas, or promise survive = \"none\"");
    }
}

/// The most components of one workload. Bounds the depth of its graph.
const MOST: usize = 1000;
pub(super) const KINDS: [&str; 7] = ["service", "store", "object", "edge", "cache", "stream", "batch"];
/// The fields that name whom a component calls.
const CALLS: [&str; 2] = ["calls", "consumers"];

/// Whether a table of the file is of no known kind: its components are unknown then.
fn has_stray_table(document: &Document) -> bool {
    let known = |key: &str| KINDS.contains(&key) || ["demand", "promises", "assumptions"].contains(&key);
    document.root().entries().unwrap_or(&[]).iter().any(|e| e.node.entries().is_some() && !known(&e.key))
}

/// Whether the calls of a component could not be read at all.
fn has_unread_calls(document: &Document) -> bool {
    let tables = KINDS.iter().filter_map(|kind| document.find(&[kind])?.entries()).flatten();
    let calls = tables.flat_map(|e| CALLS.iter().filter_map(move |name| e.node.get(name)));
    calls.into_iter().any(|calls| calls.elements().is_none())
}

fn has_call(workload: &Workload, by: &str, to: &str) -> bool {
    let named = workload.components.iter().find(|(name, _)| name.0 == by);
    named.is_some_and(|(_, component)| component.calls().iter().any(|c| c.to.0 == to))
}

/// Where a call names whom it calls.
fn call(document: &Document, by: &str, to: &str) -> Option<Spot> {
    let lists = KINDS.iter().flat_map(|kind| CALLS.map(|name| document.find(&[kind, by, name])));
    let calls = lists.filter_map(|list| list?.elements());
    calls.flatten().filter_map(|call| call.get("to")).find(|n| n.as_text() == Some(to)).map(|n| n.spot.clone())
}

/// Where the table of a component begins.
pub(super) fn table(document: &Document, name: &str) -> Option<Spot> {
    KINDS.iter().find_map(|kind| document.find(&[kind, name])).map(|n| n.spot.clone())
}
