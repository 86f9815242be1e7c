//! Every estimate of a workload, by the path that a file and `--set` know it under.
//!
//! Drawing worlds, sweeping, seeking and asking which input matters all walk the same list, in the same order: demand
//! first, then the components by name. A new field of a component is one line here.
use super::{
    Batch, Cache, Component, Demand, Edge, Hits, Keep, Object, Service, Store, StoredGrowth, Stream, Workload,
};
use crate::uncertain::{Distribution, Estimate};
use crate::units::{Factor, Scalar};
use std::fmt;

/// Where an estimate stands: `demand.peak`, `service.api.calls.0.ratio`.
#[derive(Clone, Copy, Debug)]
pub struct InputPath<'p> {
    kind: &'static str,
    component: Option<&'p str>,
    field: Field<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Field<'p> {
    Plain(&'static str),
    CallRatio(&'static str, usize),
    CrossRegion(&'p str),
}

impl fmt::Display for InputPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        if let Some(component) = self.component {
            write!(f, ".{component}")?;
        }
        match self.field {
            Field::Plain(name) => write!(f, ".{name}"),
            Field::CallRatio(list, place) => write!(f, ".{list}.{place}.ratio"),
            Field::CrossRegion(region) => write!(f, ".cross_region.{region}"),
        }
    }
}

/// One estimate, whatever it is of.
pub trait Input {
    /// What it is of: `a rate`.
    fn name(&self) -> &'static str;
    /// Whether there is nothing to be unsure of.
    fn is_exact(&self) -> bool;
    /// Its distribution in the base unit.
    fn distribution(&self) -> Distribution;
    /// Low, middle and high in the base unit.
    fn ends(&self) -> [f64; 3];
    /// Makes it exactly this, in the base unit; what lies outside the type's range is taken at its end.
    fn fix(&mut self, value: f64);
    /// Multiplies it by an independent factor.
    fn scale(&mut self, by: Estimate<Factor>);
    /// Adds an independent amount in the base unit.
    fn add(&mut self, more: Estimate<Factor>);
    /// A value of its kind as a person would write it: `900/s`.
    fn shown(&self, value: f64) -> String;
}

impl<Q: Scalar> Input for Estimate<Q> {
    fn name(&self) -> &'static str {
        Q::NAME
    }
    fn is_exact(&self) -> bool {
        Self::is_exact(self)
    }
    fn distribution(&self) -> Distribution {
        Self::distribution(self)
    }
    fn ends(&self) -> [f64; 3] {
        [self.low(), self.mid(), self.high()].map(Scalar::scalar)
    }
    fn fix(&mut self, value: f64) {
        *self = Self::exact(Q::nearest(value));
    }
    fn scale(&mut self, by: Estimate<Factor>) {
        *self = self.times(by);
    }
    fn add(&mut self, more: Estimate<Factor>) {
        *self = self.plus(more);
    }
    fn shown(&self, value: f64) -> String {
        Q::nearest(value).to_string()
    }
}

/// What is done with every estimate.
pub type Visit<'v> = dyn FnMut(InputPath<'_>, &mut dyn Input) + 'v;

impl Workload {
    /// Visits every estimate, always in the same order. A mean that the file does not state follows the peak and is no
    /// input of its own.
    pub fn each_input(&mut self, visit: &mut Visit<'_>) {
        self.demand.each_input(visit);
        for (name, component) in &mut self.components {
            let mut at = At { kind: component.kind(), component: &name.0, visit };
            match component {
                Component::Service(service) => service.each_input(&mut at),
                Component::Store(store) => store.each_input(&mut at),
                Component::Object(object) => object.each_input(&mut at),
                Component::Edge(edge) => edge.each_input(&mut at),
                Component::Cache(cache) => cache.each_input(&mut at),
                Component::Stream(stream) => stream.each_input(&mut at),
                Component::Batch(batch) => batch.each_input(&mut at),
            }
        }
    }
}

impl Demand {
    fn each_input(&mut self, visit: &mut Visit<'_>) {
        let mut tell = |name, input: &mut dyn Input| {
            visit(InputPath { kind: "demand", component: None, field: Field::Plain(name) }, input);
        };
        tell("peak", &mut self.peak);
        if self.mean_is_stated {
            tell("mean", &mut self.mean);
        }
        tell("burst", &mut self.burst);
        tell("variability", &mut self.variability);
        tell("growth", &mut self.growth);
    }
}

/// A component that is being visited.
struct At<'a, 'v> {
    kind: &'static str,
    component: &'a str,
    visit: &'a mut Visit<'v>,
}

impl At<'_, '_> {
    fn field(&mut self, name: &'static str, input: &mut dyn Input) {
        self.at(Field::Plain(name), input);
    }
    fn at(&mut self, field: Field<'_>, input: &mut dyn Input) {
        (self.visit)(InputPath { kind: self.kind, component: Some(self.component), field }, input);
    }
    fn calls(&mut self, calls: &mut [super::Call]) {
        self.calls_in("calls", calls);
    }
    fn calls_in(&mut self, list: &'static str, calls: &mut [super::Call]) {
        for (place, call) in calls.iter_mut().enumerate() {
            self.at(Field::CallRatio(list, place), &mut call.ratio);
        }
    }
    fn keep(&mut self, keep: &mut Keep) {
        self.field("data", &mut keep.data);
        match &mut keep.growth {
            StoredGrowth::Compound(growth) => self.field("growth", growth),
            StoredGrowth::Linear(rate) => self.field("growth", rate),
            StoredGrowth::WithDemand => {}
        }
        self.field("compression", &mut keep.compression);
    }
}

macro_rules! fields {
    ($at:ident, $of:expr; $($field:ident),*) => { $($at.field(stringify!($field), &mut $of.$field);)* };
}

impl Service {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        fields!(at, self; cpu_per_request, variability, off_cpu, memory, memory_per_request, bytes_in, bytes_out,
            contention, coherency);
        at.calls(&mut self.calls);
    }
}

impl Store {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        at.keep(&mut self.keep);
        fields!(at, self; reads, writes, cpu_per_read, cpu_per_write, variability, bytes_per_read, bytes_per_write,
            read_amplification, write_amplification, memory, backup);
        if let Some(working_set) = &mut self.working_set {
            at.field("working_set", working_set);
        }
    }
}

impl Object {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        at.keep(&mut self.keep);
        fields!(at, self; object_size, reads, writes, bytes_per_read, latency);
    }
}

impl Edge {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        fields!(at, self; hit_ratio, compression, latency, nat, other_egress);
        if let Some(bytes_out) = &mut self.bytes_out {
            at.field("bytes_out", bytes_out);
        }
        for (region, rate) in &mut self.cross_region {
            at.at(Field::CrossRegion(region), rate);
        }
        at.calls(&mut self.calls);
    }
}

impl Cache {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        if let Hits::Stated(ratio) = &mut self.hits {
            at.field("hit_ratio", ratio);
        }
        fields!(at, self; entry_size, overhead, cpu_per_request, variability, memory, bytes_in);
        if let Some(bytes_out) = &mut self.bytes_out {
            at.field("bytes_out", bytes_out);
        }
        if let Some(ttl) = &mut self.ttl {
            at.field("rate_per_key", &mut ttl.rate_per_key);
            if let Some(changes) = &mut ttl.changes_per_key {
                at.field("changes_per_key", changes);
            }
        }
        at.calls(&mut self.calls);
    }
}

impl Stream {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        fields!(at, self; writes, bytes_per_message, compression, fan_out, cpu_per_write, cpu_per_read, variability,
            memory, latency);
        at.calls_in("consumers", &mut self.consumers);
    }
}

impl Batch {
    fn each_input(&mut self, at: &mut At<'_, '_>) {
        fields!(at, self; items, cpu_per_item, cpu_per_run, variability, bytes_per_item, memory, startup);
        if let Some(interruptions) = &mut self.interruptions {
            at.field("interruptions", interruptions);
        }
        if let Some(checkpoint) = &mut self.checkpoint {
            at.field("checkpoint", checkpoint);
        }
    }
}
