//! The parts of the plan report about caches, streams and gathered work.
use super::{Align, Block, Cell, Column, Table};
use crate::plan::{BatchFleet, CacheFleet, CacheWorth, Part, Plan, PlanAnswer, Replay, StreamFleet};
use crate::units::{Count, Factor, Money, Share, Span};
use crate::workload::{Batch, Cache, Cadence, Component, ComponentName, Stream, Survive, Workload};

/// What each cache holds and answers, and the sizes that were tried.
pub(super) fn caches(answer: &PlanAnswer) -> Vec<Block> {
    let mut lines = Vec::new();
    let mut tables = Vec::new();
    for (name, part) in &answer.chosen.parts {
        let (Part::Cache(fleet), Component::Cache(cache)) = (part, &answer.workload.components[name]) else { continue };
        lines.extend(of_cache(name, fleet, cache, &answer.workload));
        lines.extend(answer.without_cache.get(name).map(|worth| pays(name, *worth)));
        if let Some(tried) = answer.cache_sizes.get(name) {
            let doubt = if super::plan_doubt::is_uncertain(answer) { ", every estimate at its middle" } else { "" };
            lines.push(format!("{name}: its size was chosen so that everything together costs least{doubt}"));
            let chosen = tried.iter().find(|size| size.held == fleet.held).and_then(|size| size.month);
            let rows = tried.iter().map(|size| {
                let mark = if size.held == fleet.held { "chosen" } else { "" };
                let month = size.month.map_or(Cell::Text("no plan".into()), Cell::Money);
                let difference = size.month.zip(chosen).map_or(Cell::Nothing, |(m, best)| Cell::Difference(m - best));
                vec![size.held.into(), Cell::Share(size.hit_ratio), month, difference, mark.into()]
            });
            let columns = vec![
                Column::numbers("memory"),
                Column::numbers("answered"),
                Column::numbers("all, a month"),
                Column::numbers("difference"),
                Column::words(""),
            ];
            tables.push(Block::Table(Table::of(columns, rows)));
        }
    }
    if lines.is_empty() { Vec::new() } else { std::iter::once(Block::List(lines)).chain(tables).collect() }
}

/// Whether it is worth having.
fn pays(name: &ComponentName, CacheWorth { with, without }: CacheWorth) -> String {
    if without > with {
        format!("{name}: it saves {} a month: without it everything would cost {without}", without - with)
    } else {
        format!(
            "{name}: it does not pay by itself: without it everything would cost {without}, {} less",
            with - without
        )
    }
}

fn of_cache(name: &ComponentName, fleet: &CacheFleet, cache: &Cache, workload: &Workload) -> Vec<String> {
    let asked = workload.flow(Span::ZERO).of(name).sizing;
    let entries = Factor::of((fleet.held / (cache.entry_size.mid() + cache.overhead.mid())).round());
    let copies = if fleet.copies > 1 { format!(" in {} copies", fleet.copies) } else { String::new() };
    let of_reads = if cache.read_share.is_some() { "of the reads" } else { "of the requests" };
    let mut lines = vec![format!(
        "{name}: {} for {entries} entries{copies} answers {} {of_reads}; in the busiest minute {} of {asked} go on to \
         what is behind",
        fleet.held,
        fleet.hit_ratio,
        fleet.passes.of(asked)
    )];
    match &cache.ttl {
        Some(ttl) => {
            let held = cache.held_ratio();
            if held > fleet.hit_ratio {
                let (would, why) = (held, ttl.span);
                lines.push(format!("{name}: without its time to live of {why} it would answer {would}"));
            }
            lines.push(match (ttl.oldest(), ttl.stale()) {
                (Some(oldest), Some(stale)) => format!(
                    "{name}: an answer is at most {oldest} old, {} on the mean; {stale} of the answers are no longer true",
                    oldest / 2.0
                ),
                (Some(oldest), None) => {
                    format!("{name}: an answer is at most {oldest} old, {} on the mean", oldest / 2.0)
                }
                (None, _) => format!(
                    "{name}: each use begins the time to live anew, so what is asked for often never grows too old: \
                     how stale answers are cannot be told"
                ),
            });
            lines.push(format!(
                "{name}: every key is taken to be asked for at the mean rate of {}",
                ttl.rate_per_key.mid()
            ));
        }
        None => lines.push(format!(
            "{name}: no time to live is stated: whatever changes what is behind is taken to change the cache as well"
        )),
    }
    let lost = fleet.fleet.machines - fleet.fleet.carrying;
    if fleet.copies < 2 && lost > 0 && workload.promises.survive != Survive::None {
        let gone = f64::from(lost) / f64::from(fleet.fleet.machines);
        let more = asked * (cache.answers().as_part() * gone);
        lines.push(format!(
            "{name}: entries are kept once; after the loss {more} more reach what is behind until they are back, and \
             nothing behind is sized for that"
        ));
    }
    lines
}

/// What each stream keeps, and how its readers catch up.
pub(super) fn streams(answer: &PlanAnswer) -> Vec<Block> {
    let lines: Vec<String> = answer
        .chosen
        .parts
        .iter()
        .filter_map(|(name, part)| match (part, &answer.workload.components[name]) {
            (Part::Stream(fleet), Component::Stream(stream)) => Some(of_stream(name, fleet, stream, &answer.workload)),
            _ => None,
        })
        .flatten()
        .collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

fn of_stream(name: &ComponentName, fleet: &StreamFleet, stream: &Stream, workload: &Workload) -> Vec<String> {
    let traffic = workload.flow(Span::ZERO).of(name);
    let written = stream.message() * traffic.sizing;
    let groups = stream.fan_out.mid();
    let mut lines = vec![
        format!(
            "{name}: {} of {} each are written in the busiest minute ({written}) and read by {groups} groups; {} are kept \
             for {}, {} copies",
            traffic.sizing,
            stream.message(),
            fleet.kept,
            stream.retention,
            fleet.copies
        ),
        format!(
            "{name}: partitions: {}; the fewest at {} in and {} out of each are {}",
            fleet.partitions,
            stream.partition_in,
            stream.partition_out,
            stream.partitions_for(traffic.sizing)
        ),
    ];
    lines.push(match stream.catch_up {
        Some(catch_up) => {
            let behind = stream.message() * fleet.lag.get();
            format!(
                "{name}: after {} without readers each group is {} messages ({behind}) behind; to be up to date within {} it \
                 reads {} times what is written, from disk, and everything is sized for that",
                catch_up.outage,
                fleet.lag,
                catch_up.within,
                stream.pace()
            )
        }
        None => format!(
            "{name}: no outage of readers is planned for; say catch_up = {{ outage = \"1 h\", within = \"2 h\" }} to size for one"
        ),
    });
    if stream.retention < Span::days(1.0) {
        lines.push(format!("{name}: what is kept for less than a day is sized for the busiest minute"));
    }
    if stream.catch_up.is_some_and(|c| c.outage + c.within > stream.retention) {
        lines.push(format!("{name}: messages may be dropped before readers that catch up have seen them"));
    }
    lines
}

/// How gathered work is done, and what the other cadences come to.
pub(super) fn batches(answer: &PlanAnswer) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (name, part) in &answer.chosen.parts {
        let (Part::Batch(fleet), Component::Batch(batch)) = (part, &answer.workload.components[name]) else { continue };
        if batch.cadences.len() > 1 {
            blocks.push(Block::Table(cadences(answer, name, batch)));
        }
        blocks.push(Block::List(of_batch(name, fleet, batch)));
    }
    blocks
}

fn cadences(answer: &PlanAnswer, name: &ComponentName, batch: &Batch) -> Table {
    let plans =
        || std::iter::once(&answer.chosen).chain(&answer.alternatives).filter(|p| p.place == answer.chosen.place);
    let at = |plan: &Plan| match &plan.parts[name] {
        Part::Batch(fleet) => Some(fleet.clone()),
        _ => None,
    };
    let rows = batch.cadences.iter().map(|cadence| {
        let of_cadence = |plan: &&Plan| at(plan).is_some_and(|b| b.cadence == *cadence);
        let best = plans().filter(of_cadence).min_by_key(|plan| own_month(plan, name));
        let Some((plan, fleet)) = best.and_then(|plan| Some((plan, at(plan)?))) else {
            let mut none = vec![Cell::from(cadence.to_string()), "nothing fits".into()];
            none.resize(7, Cell::Nothing);
            return none;
        };
        let of_fleet = &fleet.fleet;
        vec![
            cadence.to_string().into(),
            of_fleet.shape.name.0.as_str().into(),
            of_fleet.machines.into(),
            of_fleet.purchase.name().into(),
            fleet.mean.map_or(Cell::Nothing, |run| run.takes.into()),
            cadence.oldest().map_or(Cell::Nothing, Cell::Span),
            own_month(plan, name).into(),
        ]
    });
    let columns = vec![
        Column { name: name.0.clone().into(), align: Align::Left },
        Column::words("runs on"),
        Column::numbers("count"),
        Column::words("paid"),
        Column::numbers("a run"),
        Column::numbers("oldest result"),
        Column::numbers("a month"),
    ];
    Table::of(columns, rows)
}

/// What one component costs in a month.
fn own_month(plan: &Plan, name: &ComponentName) -> Money {
    plan.bill.lines.iter().filter(|l| l.component == *name).map(|l| l.amount).sum()
}

fn of_batch(name: &ComponentName, fleet: &BatchFleet, batch: &Batch) -> Vec<String> {
    let (Cadence::Every { deadline, .. }, Some(fullest), Some(mean)) = (fleet.cadence, fleet.fullest, fleet.mean)
    else {
        return vec![format!("{name}: in real time, on machines that are always there; items wait in a queue only")];
    };
    let mut lines = vec![format!(
        "{name}: {}, at most {} items a run: {} of the {deadline} until the deadline, {} in the mean run; {} runs a month",
        fleet.cadence,
        fleet.items,
        fullest.at_worst,
        mean.takes,
        Count::of((fleet.runs.get() * 10.0).round() / 10.0)
    )];
    if mean.taken_away > Share::NONE {
        lines.push(format!(
            "{name}: a spot machine is taken away within a run with a chance of {:.3} %; an on-demand machine then takes its \
             place, for {} a month as expected, and the deadline holds even for one that is taken away at its last moment",
            mean.taken_away.as_percent(),
            fleet.fallback_time
        ));
        lines.push(match fleet.interval {
            Some(interval) if interval < mean.takes => {
                format!("{name}: what is done is saved every {interval} (Daly's interval)")
            }
            Some(interval) => format!(
                "{name}: saving is not worth it: Daly's interval between two checkpoints is {interval}, longer than a run"
            ),
            None => format!("{name}: nothing is saved in between, so what is taken away is done again from its start"),
        });
    }
    if let Some(window) = fleet.cheapest {
        lines.push(format!(
            "{name}: cheapest from {} UTC, at {} times the price; at once it would be {} times",
            clock(window.begins),
            window.mean,
            window.at_once
        ));
    }
    if let Some(window) = fleet.greenest {
        lines.push(format!(
            "{name}: least carbon from {} UTC, {} g/kWh; at once it would be {} g/kWh; the month is told at the region's mean",
            clock(window.begins),
            window.mean,
            window.at_once
        ));
    }
    if batch.price_by_hour.is_some() && fleet.cheapest.is_none() {
        lines.push(format!("{name}: only runs of a day's work and more wait for cheaper hours"));
    }
    lines
}

/// `02:15`.
fn clock(at: Span) -> String {
    let minutes = (at.as_minutes().round() as u32) % (24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Machines that come and go, beside those of the plan.
pub(super) fn autoscaling(answer: &PlanAnswer) -> Vec<Block> {
    if answer.autoscaling.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("service"),
        Column::words("machines"),
        Column::numbers("mean"),
        Column::numbers("a month"),
        Column::numbers("breach minutes a week"),
        Column::numbers("after the loss"),
        Column::numbers("started a week"),
    ];
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for (name, replay) in &answer.autoscaling {
        rows.push(vec![
            name.0.as_str().into(),
            format!("the plan's {} x {}", replay.static_machines, answer.chosen.parts[name].option()).into(),
            Cell::Factor(Factor::of(f64::from(replay.static_machines))),
            replay.static_month.into(),
            Cell::Nothing,
            replay.static_breach_minutes.into(),
            0_u32.into(),
        ]);
        rows.push(vec![
            name.0.as_str().into(),
            format!("{} to {} x {}", replay.fewest, replay.most, replay.shape).into(),
            Cell::Factor(replay.mean_machines),
            replay.month.into(),
            replay.breach_minutes.into(),
            replay.breach_minutes_after_loss.into(),
            replay.started.into(),
        ]);
        lines.push(rules(name, replay));
        lines.push(worth(name, replay));
        lines.extend(as_safe(name, replay));
    }
    let sized = answer.workload.demand.sizing_rate(Span::ZERO);
    lines.push(format!(
        "the stated week was gone through minute by minute; the plan is sized for {sized} at the entry, whatever the week's \
         busiest minute is"
    ));
    vec![Block::Table(Table::of(columns, rows)), Block::List(lines)]
}

fn rules(name: &ComponentName, replay: &Replay) -> String {
    let rules = &replay.rules;
    let whose = if replay.stated { "as stated" } else { "no rules are stated, so the usual ones" };
    format!(
        "{name}: {whose}: {} of CPU aimed at, {} to {} machines, measured over {}, {} to start, {} before any is stopped",
        rules.target, rules.min, replay.max, rules.reaction, rules.startup, rules.calm
    )
}

fn worth(name: &ComponentName, replay: &Replay) -> String {
    let breaches = match replay.breach_minutes {
        0 => "no minute of the week breaks a promise while nothing is lost".to_owned(),
        1 => "1 minute of the week breaks a promise".to_owned(),
        n => format!("{n} minutes of the week break a promise"),
    };
    let money = match replay.month.cmp(&replay.static_month) {
        std::cmp::Ordering::Equal => "machines that come and go cost the same".to_owned(),
        std::cmp::Ordering::Less => {
            format!("machines that come and go cost {} less a month", replay.static_month - replay.month)
        }
        std::cmp::Ordering::Greater => {
            format!("machines that come and go cost {} more a month", replay.month - replay.static_month)
        }
    };
    format!("{name}: {money}; {breaches}, and {} machines are started and {} stopped", replay.started, replay.stopped)
}

/// What it takes for the loss to break as little as it does with the plan's machines.
fn as_safe(name: &ComponentName, replay: &Replay) -> Option<String> {
    if replay.breach_minutes_after_loss <= replay.static_breach_minutes {
        return None;
    }
    let until = format!(
        "{name}: while what may be lost is missing, {} minutes of the week break a promise, {} with the plan's machines",
        replay.breach_minutes_after_loss, replay.static_breach_minutes
    );
    Some(match replay.as_safe {
        Some(safe) => format!("{until}; {} aimed at breaks no more, for {} a month", safe.target, safe.month),
        None => format!("{until}; no target breaks as little with at most {} machines", replay.max),
    })
}
