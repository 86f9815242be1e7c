//! The part of a profile's report that tells what a request of the service costs.
use super::profile::table;
use super::{Axis, Block, Cell, Chart, Column, Line, Plot, Section, Table};
use crate::profile::{Fit, LatencySeen, Peak, Scaling, ServiceProfile, SweepPoint, UnitFit};
use crate::telemetry::Reading;
use crate::units::{Factor, Share, Span};

/// So many resources are shown; the full list is in the JSON.
const PEAKS_SHOWN: usize = 12;
/// So many sources of latency are shown.
const LATENCIES_SHOWN: usize = 12;

pub(super) fn sections(service: &ServiceProfile) -> Vec<Option<Section>> {
    let sources: Vec<String> = service.fits.iter().filter_map(source).collect();
    let mut of_service = vec![Block::Table(table(&service.fits))];
    if !sources.is_empty() {
        of_service.push(Block::List(sources));
    }
    vec![
        Section::of(&format!("Service {}", service.name), of_service),
        Section::of("How well the lines fit", quality(service)),
        Section::of("Each machine", by_machine(service)),
        Section::of("Scalability", service.scaling.iter().flat_map(scaling).collect()),
        Section::of("Latency", latency(&service.latency)),
        Section::of("How full in the busiest hour", peaks(&service.peaks)),
    ]
}

/// Where a parameter comes from, or why it is assumed.
fn source(fit: &Fit) -> Option<String> {
    let from = if fit.from.is_empty() { String::new() } else { format!("from {}", fit.sources()) };
    let parts: Vec<String> = [Some(from).filter(|f| !f.is_empty()), fit.remark.clone()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{}: {}", fit.parameter, parts.join("; ")))
}

fn quality(service: &ServiceProfile) -> Vec<Block> {
    if service.lines.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("used, against"),
        Column::numbers("R2"),
        Column::numbers("residual sd"),
        Column::numbers("points"),
        Column::numbers("lag 1"),
        Column::words("residuals by fifth, in sd"),
    ];
    let number = |n: f64| Cell::Text(signed(n));
    let row = |line: &UnitFit| {
        let sd = line.line.residual_sd;
        let bands = line.bands.map(|b| if sd > 0.0 { format!("{:+.1}", b / sd) } else { "0".into() });
        vec![
            format!("{}, {}", line.used, line.by).into(),
            Cell::Text(format!("{:.3}", line.line.r_squared)),
            number(sd),
            Cell::Count(line.points as u64),
            Cell::Text(format!("{:.2}", line.line.resemblance)),
            bands.join(" ").into(),
        ]
    };
    let fits = Table::of(columns, service.lines.iter().map(row));
    [Block::Table(fits)].into_iter().chain(service.lines.iter().map(|line| Block::Chart(drawn(line)))).collect()
}

fn signed(n: f64) -> String {
    let shown = Factor::of(n.abs()).to_string();
    if n < 0.0 { format!("-{shown}") } else { shown }
}

/// So many places along the axis.
const PLACES: usize = 40;

/// What was used against what was asked, in places of equally many points: their mean, lowest and highest, and the line.
fn drawn(line: &UnitFit) -> Chart {
    let each = line.drawn.len().div_ceil(PLACES).max(1);
    let cell = |n: f64| Cell::Factor(Factor::of(n.max(0.0)));
    let mut at = Vec::new();
    let (mut mean, mut band, mut fitted) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = f64::NEG_INFINITY;
    for part in line.drawn.chunks(each) {
        let n = part.len() as f64;
        let x = part.iter().map(|p| p.0).sum::<f64>() / n;
        if x <= last {
            continue;
        }
        last = x;
        let low = part.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
        let high = part.iter().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max);
        at.push(cell(x));
        mean.push(cell(part.iter().map(|p| p.1).sum::<f64>() / n));
        band.push([cell(low), cell(high)]);
        fitted.push(cell(line.line.base.value + line.line.slope.value * x));
    }
    Chart {
        title: format!("{} against {}", capital(line.used), line.by),
        measured: format!("{} of a machine", line.used),
        plot: Plot::Lines {
            along: Axis { name: format!("{} of a machine", line.by), at },
            lines: vec![Line { band, ..Line::of("measured", mean) }, Line::of("fitted", fitted)],
            marks: Vec::new(),
            guides: Vec::new(),
        },
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    // `vCPUs` keeps its own spelling.
    if text.starts_with("vCPU") { text.into() } else { first + letters.as_str() }
}

fn by_machine(service: &ServiceProfile) -> Vec<Block> {
    if service.by_machine.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("machine"),
        Column::numbers("low"),
        Column::numbers("a request"),
        Column::numbers("high"),
        Column::numbers("R2"),
    ];
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    for (name, fit) in &service.by_machine {
        match fit {
            Ok(fit) => {
                let [low, mid, high] = fit.slope().map(|s| Cell::Span(Span::seconds(s.max(0.0))));
                let r_squared = Cell::Text(format!("{:.3}", fit.line.r_squared));
                rows.push(vec![short(&name.0).into(), low, mid, high, r_squared]);
            }
            Err(unfit) => refused.push(format!("{name}: {unfit}")),
        }
    }
    rows.truncate(PEAKS_SHOWN);
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table::of(columns, rows)));
    }
    if !refused.is_empty() {
        refused.truncate(PEAKS_SHOWN);
        blocks.push(Block::List(refused));
    }
    blocks.extend(rest(service.by_machine.len(), PEAKS_SHOWN));
    blocks
}

/// A name that leaves room for numbers beside it: its start and its end.
fn short(name: &str) -> String {
    const LONGEST: usize = 32;
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return name.to_owned();
    }
    let (start, end) = (&letters[..LONGEST / 2 - 1], &letters[letters.len() - LONGEST / 2 + 2..]);
    format!("{}...{}", start.iter().collect::<String>(), end.iter().collect::<String>())
}

fn scaling(scaling: &Scaling) -> Vec<Block> {
    let columns = vec![
        Column::numbers("clients"),
        Column::numbers("throughput"),
        Column::numbers("response"),
        Column::numbers("off Little"),
        Column::numbers("model"),
        Column::words("set aside"),
    ];
    let row = |p: &SweepPoint| {
        vec![
            Cell::Factor(p.clients),
            Cell::Rate(p.throughput),
            Cell::Span(p.response),
            Cell::Share(p.off_littles_law),
            p.modeled.map_or(Cell::Nothing, Cell::Rate),
            p.aside.map_or(Cell::Nothing, Cell::from),
        ]
    };
    let said = match &scaling.model {
        Ok(model) => {
            vec![format!("{}.", capital(&model.said())), format!("Chosen by Akaike's criterion: {}.", scaling.why)]
        }
        Err(few) => vec![format!("{}.", capital(&few.to_string()))],
    };
    let mut blocks = vec![Block::List(said), Block::Table(Table::of(columns, scaling.points.iter().map(row)))];
    let mut used: Vec<&SweepPoint> = scaling.points.iter().filter(|p| p.aside.is_none()).collect();
    used.dedup_by_key(|p| p.clients.get().to_bits());
    if used.len() > 1 {
        let fitted = used.iter().map(|p| p.modeled.map_or(Cell::Nothing, Cell::Rate));
        blocks.push(Block::Chart(Chart {
            title: "Throughput against clients".into(),
            measured: "requests per second".into(),
            plot: Plot::Lines {
                along: Axis { name: "clients".into(), at: used.iter().map(|p| Cell::Factor(p.clients)).collect() },
                lines: vec![
                    Line::of("measured", used.iter().map(|p| Cell::Rate(p.throughput))),
                    Line::of("model", fitted),
                ],
                marks: Vec::new(),
                guides: Vec::new(),
            },
        }));
    }
    blocks
}

fn latency(seen: &[LatencySeen]) -> Vec<Block> {
    if seen.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("source"),
        Column::numbers("count"),
        Column::numbers("mean"),
        Column::numbers("p50"),
        Column::numbers("p95"),
        Column::numbers("p99"),
        Column::numbers("variability"),
    ];
    let span = |s: Option<Span>| s.map_or(Cell::Unknown, Cell::Span);
    let row = |l: &LatencySeen| {
        let [p50, p95, p99] = l.quantiles.map(span);
        let variability = l.variability.map_or(Cell::Unknown, Cell::Factor);
        vec![short(&l.source).into(), Cell::Count(l.count), span(l.mean), p50, p95, p99, variability]
    };
    let shown = seen.iter().take(LATENCIES_SHOWN).map(row);
    let mut blocks = vec![Block::Table(Table::of(columns, shown))];
    blocks.extend(rest(seen.len(), LATENCIES_SHOWN));
    blocks
}

fn peaks(peaks: &[Peak]) -> Vec<Block> {
    if peaks.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("resource"),
        Column::words("of"),
        Column::numbers("busiest hour"),
        Column::numbers("fullest step"),
        Column::words("from"),
    ];
    let share = |s: Option<Share>| s.map_or(Cell::Unknown, Cell::Share);
    let row = |p: &Peak| {
        let item = p.item.as_ref().map(|i| format!(" {i}")).unwrap_or_default();
        let (resource, what) = (short(&p.resource.0), short(&format!("{}{item}", p.what)));
        vec![resource.into(), what.into(), share(p.at_peak), Cell::Share(p.highest), short(&p.from).into()]
    };
    let shown = peaks.iter().take(PEAKS_SHOWN).map(row);
    let mut blocks = vec![Block::Table(Table::of(columns, shown))];
    blocks.extend(rest(peaks.len(), PEAKS_SHOWN));
    blocks
}

fn rest(all: usize, shown: usize) -> Option<Block> {
    let more = all.saturating_sub(shown);
    (more > 0).then(|| Block::Paragraph(format!("{more} more are in the JSON.")))
}

/// The account of what was read, a sentence each.
pub(super) fn account(reading: &Reading) -> Vec<String> {
    let mut said = Vec::new();
    for file in &reading.files {
        said.push(format!("{}: {} ({} rows)", file.name, file.format, file.rows));
    }
    let aside: Vec<String> = reading.aside.iter().map(|a| format!("{} {}", a.rows, a.reason)).collect();
    let aside = if aside.is_empty() { "none set aside".into() } else { format!("set aside: {}", aside.join(", ")) };
    said.push(format!("{} rows read, {} used, {aside}", reading.rows_read, reading.rows_used));
    said
}
