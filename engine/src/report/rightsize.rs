//! The report of sizes: what to change, what it saves and risks, why, and how other tools' rules would have done.
use super::rightsize_tables::{main, needs, others, presets, resources};
use super::words::listed;
use super::{Block, Meta, Report, Section, Table};
use crate::rightsizing::{Finding, Resized, RightsizeAnswer, RightsizeRefusal};
use crate::telemetry::Reading;

/// More resources are read in CSV and JSON.
const SHOWN: usize = 40;

pub(super) fn report(answer: &RightsizeAnswer, meta: &Meta) -> Report {
    let shown = if answer.resources.len() > SHOWN + 1 { SHOWN } else { answer.resources.len() };
    let shown = &answer.resources[..shown];
    let mut all = vec![Block::Table(resources(shown))];
    if shown.len() < answer.resources.len() {
        let rest = answer.resources.len() - shown.len();
        all.push(Block::Paragraph(format!("and {rest} more resources, which save less; CSV and JSON have them")));
    }
    let some = |table: Table| if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    let sections = [
        Section::of("Resources", all),
        Section::of("Why", vec![Block::List(shown.iter().map(why).collect())]),
        Section::of("What they need", some(needs(shown))),
        Section::of("What else would do", some(others(shown))),
        Section::of("Other tools' rules on the same data", scores(answer)),
        Section::of("Quality of the exports", vec![Block::List(quality(&answer.reading))]),
        Section::of("Taken for granted", vec![Block::List(notes(answer, meta))]),
    ];
    let sections = sections.into_iter().flatten().collect();
    Report { verdict: verdict(answer), sections, main: main(answer) }
}

pub(super) fn refused(refusal: &RightsizeRefusal) -> Report {
    let mut verdict = format!("No answer: {refusal}.");
    if let RightsizeRefusal::NothingInCommon { examples: (held, measured), .. } = refusal {
        verdict.push_str(&format!(" One is named `{held}`, one measured is `{measured}`: give both the same names."));
    }
    Report { verdict, sections: Vec::new(), main: Table::default() }
}

/// The answer in one sentence.
pub(super) fn verdict(answer: &RightsizeAnswer) -> String {
    let all = answer.resources.len();
    let mut parts = Vec::new();
    for (finding, words) in [
        (Finding::Under, "too small"),
        (Finding::Idle, "idle"),
        (Finding::Over, "larger than needed"),
        (Finding::Optimized, "as they should be"),
        (Finding::Unknown, "of unknown size"),
    ] {
        match answer.count(finding) {
            0 => {}
            n => parts.push(format!("{n} {words}")),
        }
    }
    let things = if all == 1 { "resource" } else { "resources" };
    let found = format!("Of {all} {things} {}", listed(&parts));
    match answer.saves() {
        Some(saves) if saves >= crate::units::Money::ZERO => format!("{found}: what is advised saves {saves} a month."),
        Some(costs) => format!("{found}: what is advised costs {} more a month.", crate::units::Money::ZERO - costs),
        None => format!("{found}; what changes save is unknown, for no price is known of them."),
    }
}

fn why(resource: &Resized) -> String {
    let mut text = format!("{}: {}: {}", resource.name, resource.finding, resource.why);
    if let Some(theoretical) = resource.theoretical.filter(|_| resource.finding == Finding::Over) {
        text.push_str(&format!("; cut to measure it would save {theoretical}, whole sizes as above"));
    }
    if let Some(law) = resource.per_request {
        text.push_str(&format!("; sized from throughput: {law}"));
    }
    if let Some(spikes) = resource.spikes.filter(|spikes| spikes.steps > 0) {
        let (steps, of, peak) = (spikes.steps, spikes.of, spikes.peak);
        text.push_str(&format!("; {steps} of {of} steps are short spikes up to {peak} vCPU, kept apart"));
    }
    if resource.finding != Finding::Unknown && !resource.unmeasured.is_empty() {
        let names: Vec<String> = resource.unmeasured.iter().map(|dimension| dimension.to_string()).collect();
        text.push_str(&format!("; not measured: {}", listed(&names)));
    }
    text
}

fn scores(answer: &RightsizeAnswer) -> Vec<Block> {
    if answer.presets.is_empty() {
        return Vec::new();
    }
    let fitted = answer.options.fitted;
    vec![
        Block::Table(presets(answer)),
        Block::Paragraph(format!(
            "sized on the first {fitted} of each history; passed: the part of the steps of the rest in which demand was above \
             that size; slack: the part of the size that was not used there"
        )),
    ]
}

/// The account of the rows, and what makes them doubtful.
fn quality(reading: &Reading) -> Vec<String> {
    let mut lines: Vec<String> = reading
        .files
        .iter()
        .take(10)
        .map(|file| format!("{}: {} ({} sure), {} rows", file.name, file.format, file.confidence, file.rows))
        .collect();
    if reading.files.len() > 10 {
        lines.push(format!("and {} more files", reading.files.len() - 10));
    }
    lines.push(format!("{} rows read, {} used", reading.rows_read, reading.rows_used));
    lines.extend(reading.aside.iter().map(|aside| format!("{} set aside: {}", aside.rows, aside.reason)));
    lines.extend(reading.findings.iter().map(|finding| finding.text.clone()));
    lines
}

/// Every assumption and warning, a sentence each.
pub(super) fn notes(answer: &RightsizeAnswer, meta: &Meta) -> Vec<String> {
    let mut notes = meta.notes.clone();
    notes.extend(answer.notes.iter().cloned());
    notes.extend(answer.reading.notes.iter().cloned());
    let options = &answer.options;
    let limit =
        options.most_risk.map_or("told and not limited (--most-risk)".into(), |most| format!("limited to {most}"));
    notes.push(format!(
        "{} of the processors and {} of all else is kept free above what nearly all steps stayed within; the risk, the chance \
         that demand passes processors or memory in the next {}, is {limit}",
        options.cpu_headroom, options.headroom, options.period
    ));
    notes
}
