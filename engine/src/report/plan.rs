//! The plan report: verdict, what to run, what it costs, what binds, how it grows, what else would do, what would not.
use super::words::listed;
use super::{
    Meta, Report, Section, plan_carbon, plan_costs, plan_curve, plan_doubt, plan_kinds, plan_latency, plan_matters,
    plan_notes, plan_sizes,
};
use crate::plan::{Part, Plan, PlanAnswer, RuleOf};
use crate::workload::ComponentName;

pub(super) fn report(answer: &PlanAnswer, meta: &Meta) -> Report {
    let sections = [
        Section::of("What to run", plan_sizes::what_to_run(answer)),
        Section::of("Caches", plan_kinds::caches(answer)),
        Section::of("Streams", plan_kinds::streams(answer)),
        Section::of("Gathered work", plan_kinds::batches(answer)),
        Section::of("Promises", plan_sizes::promises(answer)),
        Section::of("Latency against load", plan_curve::latency_against_load(answer)),
        Section::of("Latency budget", plan_latency::latency_budget(answer)),
        Section::of("What it costs", plan_costs::what_it_costs(&answer.chosen)),
        Section::of("Power and carbon", plan_carbon::power_and_carbon(&answer.chosen)),
        Section::of("How sure", plan_doubt::how_sure(answer, meta)),
        Section::of("What matters", plan_matters::what_matters(answer)),
        Section::of("What binds", plan_sizes::what_binds(&answer.chosen)),
        Section::of("Growth", plan_sizes::growth(answer)),
        Section::of("Autoscaling", plan_kinds::autoscaling(answer)),
        Section::of("What runs today", plan_costs::today(answer)),
        Section::of("What else would do", plan_costs::alternatives(answer)),
        Section::of("What will not do", plan_sizes::refused(answer)),
        Section::of("Taken for granted", plan_notes::section(answer, meta)),
        Section::of("Sources", plan_notes::sources(&answer.chosen, meta)),
    ];
    Report {
        verdict: verdict(answer),
        sections: sections.into_iter().flatten().collect(),
        main: plan_costs::lines(&answer.chosen),
    }
}

/// The answer in one sentence.
pub(super) fn verdict(answer: &PlanAnswer) -> String {
    let plan = &answer.chosen;
    let runs: Vec<String> = plan.parts.iter().filter_map(|(name, part)| runs(name, part, plan.parts.len())).collect();
    let machines =
        if runs.is_empty() { "Nothing to run by the machine".to_owned() } else { format!("Run {}", listed(&runs)) };
    let months = answer.workload.months();
    let horizon = match &plan.months.ends {
        Some(end) => {
            format!(" ({} over {} months, then nothing carries {})", plan.months.total(), end.month, end.component)
        }
        None if months > 1 => format!(" ({} over {months} months)", plan.months.total()),
        None => String::new(),
    };
    let unknown = match plan.bill.unknown.len() {
        0 => String::new(),
        1 => ", and 1 charge of unknown price".to_owned(),
        n => format!(", and {n} charges of unknown price"),
    };
    let (total, bound, sure) = (plan.bill.total(), bound(plan), sure(answer));
    format!("{machines} in {}: {total} a month{sure}{horizon}{unknown}{bound}.", plan.place)
}

/// The band, and what it covers; nothing where nothing is uncertain.
fn sure(answer: &PlanAnswer) -> String {
    if !plan_doubt::is_uncertain(answer) {
        return String::new();
    }
    let doubt = &answer.chosen.doubt;
    let covers = doubt.coverage.share();
    let band = if doubt.month.p10 == doubt.month.p90 {
        String::new()
    } else {
        format!(" (P10-P90 {}-{})", doubt.month.p10, doubt.month.p90)
    };
    let target = answer.options.coverage;
    let short = if covers < target && answer.options.rule == RuleOf::Coverage {
        format!(", short of the {target} asked for")
    } else {
        String::new()
    };
    format!("{band}, every promise kept in {covers} of the worlds{short}")
}

fn runs(name: &ComponentName, part: &Part, parts: usize) -> Option<String> {
    let fleet = part.fleet()?;
    let zones = if fleet.zones > 1 { format!(" over {} zones", fleet.zones) } else { String::new() };
    let what = match fleet.purchase {
        crate::catalog::Purchase::OnDemand => part.option(),
        purchase => format!("{} ({purchase})", part.option()),
    };
    let machines = if part.is_one_machine() { what } else { format!("{} x {what}{zones}", fleet.machines) };
    Some(if parts > 1 { format!("{name} on {machines}") } else { machines })
}

/// What decides each size: named once where it is the same for all.
fn bound(plan: &Plan) -> String {
    let fleets: Vec<(&ComponentName, &str)> =
        plan.parts.iter().filter_map(|(name, part)| Some((name, part.fleet()?.bound_by().phrase()))).collect();
    match &fleets[..] {
        [] => String::new(),
        [(_, first), rest @ ..] if rest.iter().all(|(_, phrase)| phrase == first) => format!(", bound by {first}"),
        all => {
            let each: Vec<String> = all.iter().map(|(name, phrase)| format!("{name} by {phrase}")).collect();
            format!(", bound: {}", listed(&each))
        }
    }
}
