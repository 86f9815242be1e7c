//! From telemetry to an answer: the demand of its requests, and the service behind them.
use super::answer::{ProfileAnswer, ProfileOptions, ProfileRefusal, fits, profile};
use super::demand::{CONFIDENCE, DemandProfile, Fitted, TooFewDays};
use super::fit::range;
use super::service::{Measured, requests, service};
use super::{Kind, Source};
use crate::catalog::Catalog;
use crate::series::{Quality, Series, Time};
use crate::telemetry::Reading;
use crate::units::{Factor, Rate, Span};
use crate::workload::Demand;

/// Finds the workload that telemetry shows; the speed of a machine whose size is known is looked up in `catalogs`.
///
/// Refuses where no request was counted and no load test was made, and where the requests alone are too few to show a busiest
/// hour. What else is thin, constant or contradictory is refused alone: its parameter is a default that says why.
pub fn profile_measured(
    measured: &Measured,
    options: ProfileOptions,
    catalogs: &[Catalog],
) -> Result<ProfileAnswer, ProfileRefusal> {
    let Some(found) = requests(measured)? else { return of_load_tests(measured, catalogs) };
    let kind = options.kind.or((!found.is_unnamed).then_some(Kind::Rates));
    let demand = profile(&found.series, ProfileOptions { kind });
    let rates = match (&demand, kind) {
        (Ok(answer), _) => answer.kind.rates(&found.series),
        (Err(_), Some(kind)) => kind.rates(&found.series),
        (Err(_), None) => Kind::of(&found.series).0.rates(&found.series),
    };
    let busiest = demand.as_ref().ok().map(|answer| answer.busiest_hour);
    let service = service(measured, catalogs, Some(&found), Some(&rates), busiest);
    let mut answer = match demand {
        Ok(answer) => answer,
        // A stretch of less than a day shows no busiest hour, but may well show what a request costs.
        Err(ProfileRefusal::TooShort { needs, has }) if service.is_measured() && !found.is_unnamed => {
            let most = rates.iter().filter_map(|(_, v)| v).fold(0.0, f64::max);
            if most <= 0.0 {
                return Err(ProfileRefusal::NoDemand { rows: rates.quality().used });
            }
            let note = format!(
                "a busiest hour needs {needs} hours with values, has {has}: the highest step seen stands in for it."
            );
            assumed(most, &rates, note)
        }
        Err(refusal) => return Err(refusal),
    };
    for fit in answer.fits.iter_mut().filter(|fit| fit.source == Source::Measured && !found.is_unnamed) {
        fit.from.clone_from(&found.from);
    }
    answer.service = Some(Box::new(service));
    answer.reading = account(measured);
    Ok(answer)
}

/// The account of the rows; none where they were not read but built.
fn account(measured: &Measured) -> Option<Box<Reading>> {
    let reading = &measured.telemetry.reading;
    (*reading != Reading::default()).then(|| Box::new(reading.clone()))
}

/// Load tests alone tell what the service can take, not what is asked of it: that much stands in for the demand.
fn of_load_tests(measured: &Measured, catalogs: &[Catalog]) -> Result<ProfileAnswer, ProfileRefusal> {
    let points = measured.telemetry.loads.iter().flat_map(|run| &run.points);
    let most = points.map(|p| p.throughput.as_per_second()).fold(0.0, f64::max);
    if most <= 0.0 {
        let metrics = &measured.telemetry.metrics;
        let mut measures: Vec<String> = metrics.iter().map(|m| m.measure.to_string()).collect();
        measures.sort_unstable();
        measures.dedup();
        return Err(ProfileRefusal::NoRequests { series: metrics.len(), measures });
    }
    let nothing = Series::new("requests", Time::unix_seconds(0), Span::hours(1.0), Vec::new());
    let note = "no requests were counted over time: the highest throughput of the load tests stands in for the demand.";
    let mut answer = assumed(most, &nothing, note.into());
    answer.service = Some(Box::new(service(measured, catalogs, None, None, None)));
    answer.reading = account(measured);
    Ok(answer)
}

/// How far the demand may be above the most that was seen: half again, as for a single day.
const ABOVE: f64 = 1.5;

/// An answer whose demand is the most that was seen.
fn assumed(most: f64, rates: &Series, note: String) -> ProfileAnswer {
    let peak = range([most, most, most * ABOVE], CONFIDENCE, Rate::per_second);
    let none = |needs| TooFewDays { needs, has: 0 };
    let demand = DemandProfile {
        peak: Fitted::assumed(peak),
        mean: Fitted::assumed(peak.scaled(Demand::MEAN_OF_PEAK)),
        burst: Fitted::assumed(range([1.05, Demand::DEFAULT_BURST.get(), 1.5], CONFIDENCE, Factor::of)),
        hour_of_week: Err(none(3)),
        growth: Err(none(56)),
    };
    let mut fits = fits(&demand);
    for fit in &mut fits {
        fit.remark = Some("the most that was seen, or derived from it".into());
    }
    let quality = if rates.is_empty() { Quality::default() } else { rates.quality().clone() };
    ProfileAnswer {
        fits,
        quality,
        kind: Kind::Rates,
        step: rates.step(),
        from: rates.start(),
        to: rates.end(),
        days: 0,
        busiest_hour: rates.start(),
        demand,
        hourly: Series::new("requests", rates.start(), Span::hours(1.0), Vec::new()),
        service: None,
        reading: None,
        notes: vec![note],
    }
}
