//! The tables of sizes.
use super::bill_words::shortened;
use super::{Cell, Column, Table};
use crate::rightsizing::{Advice, Finding, PresetScore, Resized, RightsizeAnswer, Saving, Sized};
use crate::units::{Compute, Data, Money, Share};

/// What is found of each resource.
pub(super) fn resources(resources: &[Resized]) -> Table {
    let columns = vec![
        Column::words("resource"),
        Column::words("finding"),
        Column::words("runs"),
        Column::words("run instead"),
        Column::numbers("saves"),
        Column::numbers("risk"),
        Column::words("bound by"),
        Column::words("effort"),
    ];
    let row = |r: &Resized| {
        vec![
            shortened(&r.name.0, 22).into(),
            r.finding.word().into(),
            r.current.as_ref().map_or(Cell::Unknown, |size| shortened(&named(size), 20).into()),
            r.recommended.as_ref().map_or(Cell::Nothing, |advice| shortened(&named(&advice.size), 20).into()),
            if r.finding == Finding::Unknown { Cell::Unknown } else { saved(r.saves, r.recommended.is_some()) },
            risk(r.risk),
            r.bound_by.map_or(Cell::Nothing, |dimension| dimension.phrase().into()),
            r.recommended.as_ref().map_or(Cell::Nothing, |advice| advice.effort.to_string().into()),
        ]
    };
    Table::of(columns, resources.iter().map(row))
}

/// What every measured dimension needs and has.
pub(super) fn needs(resources: &[Resized]) -> Table {
    let columns = vec![
        Column::words("resource"),
        Column::words("dimension"),
        Column::numbers("mean"),
        Column::numbers("peak"),
        Column::numbers("expected"),
        Column::numbers("needs"),
        Column::numbers("has"),
    ];
    let rows = resources.iter().flat_map(|r| {
        r.needs.iter().map(|need| {
            let has = need.has.map_or(Cell::Unknown, |has| has.to_string().into());
            let cells = [need.mean, need.peak, need.expected, need.needs].map(|m| Cell::Text(m.to_string()));
            let name: Cell = shortened(&r.name.0, 22).into();
            [name, need.dimension.phrase().into()].into_iter().chain(cells).chain([has]).collect()
        })
    });
    Table::of(columns, rows)
}

/// Other sizes that would do.
pub(super) fn others(resources: &[Resized]) -> Table {
    let columns = vec![
        Column::words("resource"),
        Column::words("size"),
        Column::numbers("a month"),
        Column::numbers("saves"),
        Column::numbers("risk"),
        Column::words("bound by"),
        Column::words("effort"),
    ];
    let other = |r: &Resized, advice: &Advice| r.recommended.as_ref() != Some(advice);
    let rows = resources.iter().flat_map(|r| {
        r.options.iter().filter(move |advice| other(r, advice)).take(3).map(|advice| {
            vec![
                shortened(&r.name.0, 22).into(),
                named(&advice.size).into(),
                advice.size.list().map_or(Cell::Unknown, Cell::Money),
                saved(advice.saves, true),
                risk(advice.risk),
                advice.bound_by.phrase().into(),
                advice.effort.to_string().into(),
            ]
        })
    });
    Table::of(columns, rows)
}

/// How other tools' rules would have done.
pub(super) fn presets(answer: &RightsizeAnswer) -> Table {
    let columns = vec![
        Column::words("rule"),
        Column::numbers("resources"),
        Column::numbers("saves"),
        Column::numbers("passed"),
        Column::numbers("slack"),
    ];
    let row = |score: &PresetScore| {
        vec![
            score.name.into(),
            Cell::Count(score.resources as u64),
            score.saves.map_or(Cell::Unknown, Cell::Difference),
            score.breach.map_or(Cell::Unknown, |share| fine(share).into()),
            score.slack.map_or(Cell::Unknown, Cell::Share),
        ]
    };
    Table::of(columns, answer.presets.iter().map(row))
}

/// The table that CSV gives: a row a resource.
pub(super) fn main(answer: &RightsizeAnswer) -> Table {
    let columns = vec![
        Column::words("id"),
        Column::words("finding"),
        Column::words("current"),
        Column::numbers("current_usd_per_month"),
        Column::words("recommended"),
        Column::numbers("recommended_usd_per_month"),
        Column::numbers("saves_usd_per_month"),
        Column::numbers("saves_list_usd_per_month"),
        Column::words("realizable"),
        Column::numbers("risk_share"),
        Column::words("bound_by"),
        Column::words("effort"),
        Column::words("unmeasured"),
        Column::words("why"),
    ];
    let row = |r: &Resized| {
        let month = |size: Option<&Sized>| size.and_then(Sized::list).map_or(Cell::Unknown, Cell::Money);
        let advised = r.recommended.as_ref().map(|advice| &advice.size);
        let unmeasured: Vec<&str> = r.unmeasured.iter().map(|dimension| dimension.word()).collect();
        vec![
            r.name.0.clone().into(),
            r.finding.word().into(),
            r.current.as_ref().map_or(Cell::Unknown, |size| named(size).into()),
            month(r.current.as_ref()),
            advised.map_or(Cell::Nothing, |size| named(size).into()),
            if advised.is_some() { month(advised) } else { Cell::Nothing },
            r.saves.map_or(Cell::Unknown, |saves| Cell::Difference(saves.effective)),
            r.saves.map_or(Cell::Unknown, |saves| Cell::Difference(saves.list)),
            (if r.realizable { "yes" } else { "no" }).into(),
            r.risk.map_or(Cell::Unknown, Cell::Share),
            r.bound_by.map_or(Cell::Nothing, |dimension| dimension.word().into()),
            r.recommended.as_ref().map_or(Cell::Nothing, |advice| advice.effort.word().into()),
            unmeasured.join(" ").into(),
            r.why.clone().into(),
        ]
    };
    Table::of(columns, answer.resources.iter().map(row))
}

/// `2 x m5.large`, or what a container asks for.
pub(super) fn named(size: &Sized) -> String {
    match size {
        Sized::Machines { shape, count: 1, .. } => shape.clone(),
        Sized::Machines { shape, count, .. } => format!("{count} x {shape}"),
        Sized::Container { requests, .. } => {
            let cpu = requests.cpu.map_or("-".into(), |cpu: Compute| format!("{:.0}m", cpu.as_vcpus() * 1000.0));
            let memory = requests.memory.map_or("-".into(), |memory: Data| format!("{:.0}Mi", memory.as_mib()));
            format!("{cpu} {memory}")
        }
    }
}

fn saved(saves: Option<Saving>, is_advised: bool) -> Cell {
    match saves {
        Some(saves) => Cell::Money(saves.effective),
        None if is_advised => Cell::Unknown,
        None => Cell::Money(Money::ZERO),
    }
}

fn risk(risk: Option<Share>) -> Cell {
    risk.map_or(Cell::Unknown, |risk| fine(risk).into())
}

/// Small parts are told from none.
fn fine(share: Share) -> String {
    let percent = share.as_percent();
    if percent > 0.0 && percent < 0.1 { "< 0.1 %".into() } else { format!("{percent:.1} %") }
}
