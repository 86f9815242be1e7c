//! `calls`: what one request asks of other components.
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::Factor;
use plimsoll::workload::{Call, CallMode, ComponentName};

pub(super) fn calls(t: &mut Table<'_>) -> Vec<Call> {
    calls_named(t, "calls", "what one request asks of other components")
}

/// The same under another name: the readers of a stream.
pub(super) fn calls_named(t: &mut Table<'_>, name: &'static str, doc: &'static str) -> Vec<Call> {
    t.tables(name, doc, |t| Call {
        to: ComponentName(t.required("to", "the name of the component that is called")),
        ratio: t.or("ratio", Estimate::exact(Factor::ONE), "calls per request; 0.2 for every fifth"),
        mode: t.or(
            "mode",
            CallMode::Sequential,
            "one after the other, or at the same time as the other parallel calls",
        ),
    })
}
