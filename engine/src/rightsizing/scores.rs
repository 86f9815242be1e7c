//! How other tools' rules would have done on the same data, and ours.
use super::careful::Careful;
use super::case::Case;
use super::dimension::Dimension;
use super::machine::month;
use super::{RightsizeOptions, Saving};
use crate::estimator::{Estimator, PRESETS, Preset, Score, Usage, held_out};
use crate::units::{Compute, Data, Money, Share};

/// What a rule would save, and how often its sizes would have been passed.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetScore {
    /// The rule.
    pub name: &'static str,
    /// Where it is stated.
    pub source: &'static str,
    /// The resources that it says something of.
    pub resources: usize,
    /// What its sizes, set on the whole history, save a month by list prices; none without machines of known price.
    pub saves: Option<Money>,
    /// The part of the steps that were held out in which demand was above the size, in the mean over resources and of
    /// each the dimension that was passed more often.
    pub breach: Option<Share>,
    /// The part of the processors that was not used there.
    pub slack: Option<Share>,
}

/// The processors that one rule gives, and the memory where it sizes any.
struct Rules<'r> {
    name: &'static str,
    source: &'static str,
    cpu: &'r dyn Estimator<Compute>,
    memory: Option<&'r dyn Estimator<Data>>,
    preset: Option<&'r Preset>,
}

/// Every rule's score, ours first.
pub(super) fn presets(cases: &[Case<'_>], options: &RightsizeOptions) -> Vec<PresetScore> {
    let measured: Vec<Measured<'_>> = cases.iter().filter_map(Measured::of).collect();
    if measured.is_empty() {
        return Vec::new();
    }
    let (cpu, memory) = (Careful::of(Dimension::Cpu, options), Careful::of(Dimension::Memory, options));
    let source = "this tool: docs/accuracy/rightsizing.md";
    let ours = Rules { name: "plimsoll", source, cpu: &cpu, memory: Some(&memory), preset: None };
    let theirs = PRESETS.iter().map(|preset| Rules {
        name: preset.name,
        source: preset.source,
        cpu: &preset.cpu,
        memory: preset.memory.as_ref().map(|rule| rule as &dyn Estimator<Data>),
        preset: Some(preset),
    });
    std::iter::once(ours).chain(theirs).map(|rules| score(&rules, &measured, options)).collect()
}

/// A resource whose processors were measured, in the units that rules take.
struct Measured<'c> {
    case: &'c Case<'c>,
    cpu: Usage<Compute>,
    memory: Option<Usage<Data>>,
}

impl<'c> Measured<'c> {
    fn of(case: &'c Case<'_>) -> Option<Self> {
        let cpu = Usage::of(case.demand.series(Dimension::Cpu)?, Compute::vcpus(1.0));
        let memory = case.demand.series(Dimension::Memory).map(|series| Usage::of(series, Data::bytes(1.0)));
        Some(Self { case, cpu, memory })
    }
}

fn score(rules: &Rules<'_>, measured: &[Measured<'_>], options: &RightsizeOptions) -> PresetScore {
    let speaks = |m: &&Measured<'_>| rules.preset.is_none_or(|preset| preset.has_enough(m.cpu.all()));
    let held: Vec<&Measured<'_>> = measured.iter().filter(speaks).collect();
    let scores: Vec<(Share, Share)> = held
        .iter()
        .filter_map(|m| {
            let cpu = held_out(&m.cpu, rules.cpu, options.fitted)?;
            let memory =
                rules.memory.zip(m.memory.as_ref()).and_then(|(rule, usage)| held_out(usage, rule, options.fitted));
            let breach = memory.map_or(cpu.breach_share, |score: Score| score.breach_share.max_of(cpu.breach_share));
            Some((breach, cpu.mean_slack))
        })
        .collect();
    let mean = |of: fn(&(Share, Share)) -> Share| {
        let sum: f64 = scores.iter().map(|score| of(score).as_part()).sum();
        (!scores.is_empty()).then(|| Share::of_one(sum / scores.len() as f64))
    };
    let saved: Vec<Money> = held.iter().filter_map(|m| saves(rules, m)).collect();
    PresetScore {
        name: rules.name,
        source: rules.source,
        resources: held.len(),
        saves: (!saved.is_empty()).then(|| saved.into_iter().sum()),
        breach: mean(|score| score.0),
        slack: mean(|score| score.1),
    }
}

/// What the cheapest shape of the same architecture that holds the rule's size saves; nothing where none is cheaper or
/// larger as needed.
fn saves(rules: &Rules<'_>, measured: &Measured<'_>) -> Option<Money> {
    let (running, catalog) = (measured.case.running?, measured.case.catalog?);
    let now = running.list()?;
    let cpu = rules.cpu.size(measured.cpu.all())?.as_vcpus();
    let memory = rules.memory.zip(measured.memory.as_ref()).and_then(|(rule, usage)| rule.size(usage.all()));
    let copies = f64::from(running.count);
    // Memory that a rule does not size, or nobody measured, is kept.
    let memory = memory.map_or(running.shape.memory, |memory| memory / copies);
    let fits = |shape: &&std::sync::Arc<crate::catalog::Shape>| {
        shape.architecture == running.shape.architecture
            && shape.burstable <= running.shape.burstable
            && shape.accelerators == running.shape.accelerators
            && Dimension::Cpu.of(shape).is_some_and(|one| one.base() * copies >= cpu)
            && shape.memory >= memory
    };
    let months = catalog.shapes.iter().filter(fits).filter_map(|shape| month(shape, running.purchase, running.count));
    let then = months.min()?;
    Some(Saving::between(now, then, None).list)
}
