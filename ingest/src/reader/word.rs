//! One word of a few.
use super::{Desk, Layout, Readable, nearest};
use crate::document::Node;
use plimsoll::catalog::{Architecture, Path, Provider, Purchase, Service};
use plimsoll::uncertain::Law;
use plimsoll::workload::{CacheEngine, CallMode, EdgeRoute, StoreEngine, Survive};
use serde_json::{Value as Json, json};

fn read_word<T>(
    node: &Node,
    desk: &Desk<'_>,
    name: &str,
    words: impl IntoIterator<Item = (&'static str, T)>,
) -> Option<T> {
    let words: Vec<_> = words.into_iter().collect();
    let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    let written = node.as_text().map(str::to_owned).or_else(|| {
        // `--set store.orders.current.purchase=1y` has no quotes, and needs none.
        (node.spot.text > 0).then(|| desk.document().written(&node.spot).trim().to_owned())
    });
    let Some(written) = written else {
        desk.tell_kind(node, name, &format!("\"{}\"", names[0]));
        return None;
    };
    if let Some((_, value)) = words.into_iter().find(|(word, _)| *word == written) {
        return Some(value);
    }
    desk.tell(&node.spot, format!("{} is not {name}", desk.shown(node)), nearest::help(&written, &names, "the words"));
    None
}

macro_rules! words {
    ($($word:ty, $name:literal, $example:literal = $words:expr;)*) => {$(
        impl Readable for $word {
            const NAME: &'static str = $name;
            const EXAMPLE: &'static str = concat!("\"", $example, "\"");
            fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> { read_word(node, desk, $name, $words) }
            fn stand_in() -> Self {
                $words.into_iter().next().expect("every choice has a word").1
            }
            fn schema(_: &mut Layout) -> Json {
                json!({ "enum": $words.map(|(word, _)| word) })
            }
            fn written(&self) -> Json {
                json!($words.into_iter().find(|(_, word)| word == self).map(|(word, _)| word))
            }
        }
    )*};
}
words! {
    Provider, "a provider", "aws" = Provider::ALL.map(|p| (p.name(), p));
    Purchase, "a way to pay", "on-demand" = Purchase::ALL.map(|p| (p.name(), p));
    Architecture, "an architecture", "arm64" = [Architecture::X86, Architecture::Arm].map(|a| (a.name(), a));
    Survive, "something to survive", "zone" = [Survive::None, Survive::Machine, Survive::Zone].map(|s| (s.name(), s));
    StoreEngine, "a store engine", "postgres" =
        [StoreEngine::Postgres, StoreEngine::Mysql, StoreEngine::Partitioned].map(|e| (e.name(), e));
    Law, "a distribution", "lognormal" = [Law::Lognormal, Law::Gamma, Law::Pert].map(|law| (law.name(), law));
    CacheEngine, "software that caches", "valkey" = CacheEngine::ALL.map(|e| (e.name(), e));
    CallMode, "a way to call", "parallel" = [("sequential", CallMode::Sequential), ("parallel", CallMode::Parallel)];
    EdgeRoute, "a route", "cdn" = [("cdn", EdgeRoute::Cdn), ("internet", EdgeRoute::Internet)];
    Service, "a service", "compute" = Service::ALL.map(|s| (s.name(), s));
    Path, "a path of data", "internet" =
        [("internet", Path::Internet), ("cdn", Path::Cdn), ("cross-zone", Path::CrossZone), ("nat", Path::Nat)];
}
