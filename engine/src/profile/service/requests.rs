//! Which of the measured requests are those of the service, as one series of rates.
use super::machines::is_of;
use super::measured::Measured;
use crate::profile::ProfileRefusal;
use crate::series::{Grid, Laid, Series, sums};
use crate::telemetry::{Measure, Metric, ResourceName, Statistic};

/// The requests of the service.
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    /// Per second, all machines together.
    pub(crate) series: Series,
    /// Whether nobody said what the values are, so that their name must tell.
    pub(crate) is_unnamed: bool,
    /// The series they were added up from.
    pub(crate) from: Vec<String>,
    /// Where they were counted.
    pub(crate) counted_at: Vec<ResourceName>,
    /// What was assumed, a sentence each.
    pub(crate) notes: Vec<String>,
}

/// The requests of the service that is asked about, summed over where they were counted.
///
/// Of resources that count requests some may stand before others, as a load balancer does: those without processors of
/// their own. What both count is the same, so only the former are added up. None where no request was counted at all.
pub(crate) fn requests(measured: &Measured) -> Result<Option<Requests>, ProfileRefusal> {
    let telemetry = &measured.telemetry;
    let counts = |m: &&Metric| m.measure == Measure::Requests && m.statistic == Statistic::Mean;
    let mut names: Vec<&ResourceName> = telemetry.metrics.iter().filter(counts).map(|m| &m.resource).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Ok(logged(measured).or_else(|| unnamed(measured)));
    }
    let mut notes = Vec::new();
    if let Some(service) = &measured.service {
        let named: Vec<_> = names.iter().copied().filter(|name| is_of(name, service)).collect();
        match (named.is_empty(), names.len()) {
            (false, _) => names = named,
            (true, 1) => notes
                .push(format!("no requests are counted at `{service}`: those counted at `{}` were taken.", names[0])),
            (true, _) => {
                let known = names.iter().map(|n| n.0.clone()).collect();
                return Err(ProfileRefusal::NoService { service: service.clone(), known });
            }
        }
    }
    let has_processors = |name: &&ResourceName| {
        telemetry
            .metrics
            .iter()
            .any(|m| m.resource == **name && matches!(m.measure, Measure::CpuShare | Measure::CpuUsed))
    };
    let (behind, before): (Vec<_>, Vec<_>) = names.iter().copied().partition(has_processors);
    if !before.is_empty() && !behind.is_empty() {
        notes.push(format!("requests counted at {} were taken, and not again those at the machines.", listed(&before)));
        names = before;
    }
    if names.len() > 1 {
        notes.push(format!("requests are the sum of those counted at {}.", listed(&names)));
    }
    let of_service: Vec<&Metric> = names.iter().flat_map(|name| parts(measured, name)).collect();
    summed(&of_service, names.into_iter().cloned().collect(), notes).map(Some)
}

/// A resource's own count, or those of its parts where only they were counted.
fn parts<'m>(measured: &'m Measured, name: &'m ResourceName) -> Vec<&'m Metric> {
    let all: Vec<&Metric> = measured.telemetry.of(name, &Measure::Requests, Statistic::Mean).collect();
    match all.iter().find(|m| m.item.is_none()) {
        Some(whole) => vec![*whole],
        None => all,
    }
}

fn summed(metrics: &[&Metric], counted_at: Vec<ResourceName>, notes: Vec<String>) -> Result<Requests, ProfileRefusal> {
    let from = metrics.iter().map(|m| m.first.clone()).collect();
    let all: Vec<&Series> = metrics.iter().map(|m| &m.series).collect();
    if let [one] = all[..] {
        return Ok(Requests { series: one.clone(), is_unnamed: false, from, counted_at, notes });
    }
    let apart = || ProfileRefusal::Apart { series: all.len() };
    let grid = Grid::over(&all).ok_or_else(apart)?;
    let laid: Vec<Laid> = all.iter().map(|s| grid.lay(s)).collect();
    let values = sums(&laid, grid.len()).into_iter().map(|s| s.map_or(f64::NAN, |(sum, _)| sum)).collect();
    let series = Series::new("requests", grid.time(0), grid.step(), values);
    if series.quality().used == 0 {
        return Err(apart());
    }
    Ok(Requests { series, is_unnamed: false, from, counted_at, notes })
}

/// The requests of the access log with the most of them, or of the service that is asked about.
fn logged(measured: &Measured) -> Option<Requests> {
    let logs = &measured.telemetry.access;
    let named = measured.service.as_ref().and_then(|s| logs.iter().find(|log| is_of(&log.resource, s)));
    let busiest = logs.iter().max_by_key(|log| log.requests.quality().used);
    let log = named.or(busiest)?;
    let notes =
        if logs.len() > 1 { vec![format!("requests are those of the log of `{}`.", log.resource)] } else { vec![] };
    let counted_at = vec![log.resource.clone()];
    Some(Requests {
        series: log.requests.clone(),
        is_unnamed: false,
        from: vec![log.resource.0.clone()],
        counted_at,
        notes,
    })
}

/// The one series there is, where its export does not say what it measures.
fn unnamed(measured: &Measured) -> Option<Requests> {
    let [metric] = &measured.telemetry.metrics[..] else { return None };
    matches!(metric.measure, Measure::Other(_)).then(|| Requests {
        series: metric.series.clone(),
        is_unnamed: true,
        from: vec![metric.first.clone()],
        counted_at: vec![metric.resource.clone()],
        notes: Vec::new(),
    })
}

/// `a`, `b` and 3 more.
fn listed(names: &[&ResourceName]) -> String {
    let more = names.len().saturating_sub(3);
    let shown = names.iter().take(3).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
