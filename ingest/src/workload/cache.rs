//! `[cache.NAME]`.
use super::calls::calls;
use super::machine::{architectures, current, purchases, someone_runs_it};
use super::preset::preset;
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Count, Data, Factor, Quantity, Rate, Share, Span};
use plimsoll::workload::{Cache, CacheSize, HitPoint, Hits, TimeToLive};
use std::num::NonZeroU32;

/// What software adds to an entry: an empty one takes 56 bytes in Redis 7.2 (its documentation of MEMORY USAGE), and a
/// little more in Memcached.
const OVERHEAD: Data = Data::bytes(64.0);

/// Each point of a curve takes a search of its own.
const MOST_POINTS: usize = 64;

pub(super) fn cache(t: &mut Table<'_>) -> Cache {
    preset(t, "cache");
    let (no_data, one) = (Estimate::exact(Data::ZERO), Estimate::exact(Factor::ONE));
    let entry_size: Estimate<Data> = t.required("entry_size", "mean size of an entry, key and value");
    t.refuse_if(
        entry_size.low().is_zero(),
        "entry_size",
        "entries without a size hold nothing",
        "write their mean size",
    );
    let overhead = t.or("overhead", Estimate::exact(OVERHEAD), "what the software adds to each entry");
    let (managed, self_run) = someone_runs_it(t);
    let entry = entry_size.mid() + overhead.mid();
    let hits = hits(t, entry);
    Cache {
        size: size(t, matches!(hits, Hits::Curve(_)), entry),
        hits,
        entry_size,
        overhead,
        ttl: ttl(t),
        read_share: t
            .optional("read_share", "the part of calls that only read; the others pass through to what is behind"),
        cpu_per_request: t.required("cpu_per_request", "processor time of one request on the reference core"),
        variability: t.or("variability", one, "squared coefficient of variation of the processor time"),
        threads: t
            .optional::<NonZeroU32>("threads", "processors that one node can keep busy; all if not stated")
            .map(NonZeroU32::get),
        memory: t.or("memory", Estimate::exact(Data::mb(500.0)), "memory for the software itself, per node"),
        bytes_in: t.or("bytes_in", no_data, "size of a request"),
        bytes_out: t.optional("bytes_out", "size of an answer; the entry's if not stated"),
        replicas: t
            .optional::<NonZeroU32>(
                "replicas",
                "copies of each entry; 2 if a loss is to be survived and none are stated",
            )
            .map(NonZeroU32::get),
        engine: t.optional("engine", "which software the provider runs; any if not stated"),
        managed,
        self_run,
        architectures: architectures(t),
        purchases: purchases(t),
        calls: calls(t),
        current: current(t),
    }
}

/// What is answered: at one size, or by size. Sizes are compared as memory.
fn hits(t: &mut Table<'_>, entry: Data) -> Hits {
    let stated: Option<Estimate<Share>> = t.optional("hit_ratio", "the part of reads that it answers at its size");
    let mut before: Option<(Data, Share)> = None;
    let doc = "the part of reads that it answers by size, from small to large; its size is then chosen";
    let points = t.tables("curve", doc, |t| {
        let doc = "memory for entries; or say how many there are";
        let size = cache_size(t, "memory", doc).unwrap_or(CacheSize::Memory(Data::ZERO));
        let point = HitPoint { size, hit_ratio: t.required("hit_ratio", "the part of reads that this size answers") };
        let memory = memory_of(size, entry);
        let is_sound = ["memory", "entries", "hit_ratio"].iter().all(|f| t.is_sound(f));
        let field = if t.has("entries") { "entries" } else { "memory" };
        if let Some((smaller, answered)) = before.filter(|_| is_sound) {
            let what = format!("{memory} is not more than the {smaller} of the point before");
            t.refuse_if(memory <= smaller, field, what, "a curve goes from small to large");
            let what = format!("{} is less than the {answered} of the smaller size before", point.hit_ratio);
            t.refuse_if(point.hit_ratio < answered, "hit_ratio", what, "a larger cache answers no less");
        }
        let is_none = memory.is_zero() && (t.has("memory") || t.has("entries"));
        t.refuse_if(is_none && is_sound, field, "a cache of no size answers nothing", "begin with the smallest size");
        before = Some((memory, point.hit_ratio));
        point
    });
    let both = t.has("curve") && t.has("hit_ratio");
    t.refuse_if(both, "hit_ratio", "the curve says what is answered", "keep one of `hit_ratio` and `curve`");
    let neither = !t.has("curve") && !t.has("hit_ratio");
    let help = "add hit_ratio = \"90 %\" and entries, or a curve = [{ memory = \"1 GB\", hit_ratio = \"60 %\" }, ...]";
    t.refuse_if(neither, "hit_ratio", "nothing says what the cache answers", help);
    let what = format!("the curve has {} points", points.len());
    t.refuse_if(points.len() > MOST_POINTS, "curve", what, format!("at most {MOST_POINTS} are tried"));
    let is_empty = t.has("curve") && points.is_empty();
    t.refuse_if(
        is_empty,
        "curve",
        "a curve without points says nothing",
        "add { memory = \"1 GB\", hit_ratio = \"60 %\" }",
    );
    if points.is_empty() { Hits::Stated(stated.unwrap_or(Estimate::exact(Share::NONE))) } else { Hits::Curve(points) }
}

fn size(t: &mut Table<'_>, has_curve: bool, entry: Data) -> Option<CacheSize> {
    let doc = "how much it holds, as memory for entries; or say how many entries there are";
    let size = cache_size(t, "data", doc);
    let is_unknown = !has_curve && size.is_none() && t.has("hit_ratio");
    let help = "add entries = \"2 million\" or data = \"3 GB\"";
    t.refuse_if(is_unknown, "data", "nothing says how much it holds to answer that", help);
    let is_none = size.is_some_and(|s| memory_of(s, entry).is_zero());
    let field = if t.has("entries") { "entries" } else { "data" };
    t.refuse_if(is_none, field, "a cache of no size answers nothing", "write how much it holds");
    size
}

/// A size as entries or as memory, under this name.
fn cache_size(t: &mut Table<'_>, memory: &'static str, doc: &'static str) -> Option<CacheSize> {
    let entries = t.optional::<Count>("entries", "how many entries there are");
    let held = t.optional::<Data>(memory, doc);
    let both = t.has("entries") && t.has(memory);
    t.refuse_if(both, "entries", format!("both `entries` and `{memory}` say how much it holds"), "keep one of them");
    entries.map(CacheSize::Entries).or(held.map(CacheSize::Memory))
}

fn memory_of(size: CacheSize, entry: Data) -> Data {
    match size {
        CacheSize::Entries(count) => entry * count.get(),
        CacheSize::Memory(data) => data,
    }
}

fn ttl(t: &mut Table<'_>) -> Option<TimeToLive> {
    let span = t.optional::<Span>("ttl", "how long an entry lives");
    let doc = "whether each use begins the time to live anew; else it runs from the insertion";
    let renewed = t.or("ttl_renewed", false, doc);
    let rate_per_key = t.optional::<Estimate<Rate>>("rate_per_key", "how often one key is asked for, on the mean");
    let doc = "how often the value of one key changes where it comes from; tells how stale answers are";
    let changes_per_key = t.optional("changes_per_key", doc);
    t.refuse_if(span.is_some_and(Quantity::is_zero), "ttl", "what lives no time is never there", "write a time span");
    let is_unknown = span.is_some() && !t.has("rate_per_key");
    let help = "add rate_per_key = \"2/h\": requests over the number of keys";
    t.refuse_if(is_unknown, "ttl", "how many requests come in a life is not known", help);
    let is_idle = span.is_none() && !t.has("ttl") && (t.has("rate_per_key") || t.has("changes_per_key"));
    let field = if t.has("rate_per_key") { "rate_per_key" } else { "changes_per_key" };
    t.refuse_if(is_idle, field, "it only matters with a time to live", "add ttl = \"5 min\", or leave it out");
    Some(TimeToLive { span: span?, renewed, rate_per_key: rate_per_key?, changes_per_key })
}
