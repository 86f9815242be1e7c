//! From a series to an answer.
use super::demand::{DemandProfile, Source};
use super::fit::{Fit, FitValue};
use super::hours::{HOUR_NEEDS, Hours};
use super::service::ServiceProfile;
use super::{Kind, burst, growth, level, week};
use crate::series::{Quality, Series, Time, to_hours};
use crate::telemetry::Reading;
use crate::units::Span;

/// How to read the series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProfileOptions {
    /// What the values are; found from the column's name when nobody says.
    pub kind: Option<Kind>,
}

/// The workload a series shows, and what it was found from.
#[derive(Clone, Debug)]
pub struct ProfileAnswer {
    /// The workload.
    pub demand: DemandProfile,
    /// Its numbers in a row, each with its source.
    pub fits: Vec<Fit>,
    /// How far the rows can be trusted.
    pub quality: Quality,
    /// What the values were read as.
    pub kind: Kind,
    /// How long a step lasts.
    pub step: Span,
    /// The first step's start.
    pub from: Time,
    /// The last step's end.
    pub to: Time,
    /// Days with values in at least 18 hours; what the history is counted in.
    pub days: usize,
    /// The start of the busiest hour.
    pub busiest_hour: Time,
    /// The mean rate per second of each hour: what the fits were made on.
    pub hourly: Series,
    /// What a request of the service costs, where more than requests was given.
    pub service: Option<Box<ServiceProfile>>,
    /// The account of all that was read, where more than requests was given.
    pub reading: Option<Box<Reading>>,
    /// Assumptions and warnings, a sentence each.
    pub notes: Vec<String>,
}

/// Why a series shows no workload.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProfileRefusal {
    /// Less than a day.
    #[error("a profile needs {needs} hours with values, has {has}")]
    TooShort {
        /// The hours it takes.
        needs: usize,
        /// The hours with values in at least half of their steps.
        has: usize,
    },
    /// The steps are too long to show the busiest hour.
    #[error("the busiest hour needs steps of at most {needs}, these are of {has}")]
    TooCoarse {
        /// The longest step that shows an hour.
        needs: Span,
        /// The step there is.
        has: Span,
    },
    /// There are values, and all are zero.
    #[error("all {rows} values are zero: no demand to plan for")]
    NoDemand {
        /// The values there are.
        rows: usize,
    },
    /// Nobody counted requests.
    #[error(
        "no requests were measured, and without them no demand can be told; there are {series} series of {}",
        listed(measures)
    )]
    NoRequests {
        /// The series there are.
        series: usize,
        /// What they measure.
        measures: Vec<String>,
    },
    /// Requests were counted, but not at the service that is asked about.
    #[error("no requests are counted at `{service}`, but at {}", listed(known))]
    NoService {
        /// What was asked for.
        service: String,
        /// Where requests are counted.
        known: Vec<String>,
    },
    /// The series of the service's requests never run at the same time.
    #[error("the {series} series of requests have no time in common, so there is no sum of them")]
    Apart {
        /// The series there are.
        series: usize,
    },
}

/// `a`, `b` and 3 more.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(SHOWN);
    if names.is_empty() {
        "nothing".into()
    } else if more > 0 {
        format!("{shown} and {more} more")
    } else {
        shown
    }
}

impl ProfileRefusal {
    /// One word for scripts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooCoarse { .. } => "too_coarse",
            Self::NoDemand { .. } => "no_demand",
            Self::NoRequests { .. } => "no_requests",
            Self::NoService { .. } => "no_service",
            Self::Apart { .. } => "apart",
        }
    }
}

/// A day shows the hours of a day once; less shows no busiest hour.
const NEEDS_HOURS: usize = 24;

/// Finds the workload that a series of requests shows.
///
/// Refuses a series of less than 24 hours with values, of steps above an hour, or without a single request. What
/// takes a longer history (the week, growth) is refused alone, in the answer.
pub fn profile(series: &Series, options: ProfileOptions) -> Result<ProfileAnswer, ProfileRefusal> {
    let (seen, assumption) = Kind::of(series);
    let (kind, assumption) = options.kind.map_or((seen, assumption), |kind| (kind, None));
    let rates = kind.rates(series);
    let too_coarse = ProfileRefusal::TooCoarse { needs: Span::hours(1.0), has: series.step() };
    let hourly = to_hours(&rates, HOUR_NEEDS).ok_or(too_coarse)?;
    let hours = Hours::of(&hourly);
    if hours.known.len() < NEEDS_HOURS {
        return Err(ProfileRefusal::TooShort { needs: NEEDS_HOURS, has: hours.known.len() });
    }
    let rows = series.quality().used;
    let busiest = hours.known.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).expect("a day has hours");
    if busiest.1 <= 0.0 {
        return Err(ProfileRefusal::NoDemand { rows });
    }
    let demand = DemandProfile {
        peak: level::peak(&hours, rows),
        mean: level::mean(&hours, rows),
        burst: burst::burst(&rates, &hours),
        hour_of_week: week::hour_of_week(&hours, rows),
        growth: growth::growth(&hours, rows),
    };
    let mut notes: Vec<String> = assumption.into_iter().collect();
    notes.extend(warnings(&demand, &hours, series.step()));
    Ok(ProfileAnswer {
        fits: fits(&demand),
        quality: series.quality().clone(),
        kind,
        step: series.step(),
        from: series.start(),
        to: series.end(),
        days: hours.days.len(),
        busiest_hour: busiest.0,
        demand,
        hourly,
        service: None,
        reading: None,
        notes,
    })
}

impl ProfileAnswer {
    /// The answer in one sentence.
    pub fn verdict(&self) -> String {
        let (peak, mean) = (&self.demand.peak.value, &self.demand.mean.value);
        let (low, mid, high) = (peak.low(), peak.mid(), peak.high());
        let burst = self.demand.burst.value.mid();
        let demand = match self.demand.peak.source {
            Source::Default => format!("No busiest hour was seen; the plan is for {mid}, the most that was"),
            _ => format!(
                "The busiest hour brings {mid} ({low} to {high}), the mean is {}, bursts reach {burst} x",
                mean.mid()
            ),
        };
        match self.service.as_deref().and_then(cost) {
            Some(cost) => format!("{demand}; {cost}."),
            None => format!("{demand}."),
        }
    }
}

/// What a request costs in half a sentence; none where nothing of it was measured.
fn cost(service: &ServiceProfile) -> Option<String> {
    let cpu = service.fit("cpu_per_request").filter(|fit| fit.source == Source::Measured)?;
    let FitValue::Span(e) = cpu.value else { return None };
    let memory = service.fit("memory").filter(|fit| fit.source == Source::Measured);
    let held = match memory.map(|fit| fit.value) {
        Some(FitValue::Data(data)) => format!(", a machine holds {}", data.mid()),
        _ => String::new(),
    };
    Some(format!("a request takes {} of a processor ({} to {}){held}", e.mid(), e.low(), e.high()))
}

/// The demand's numbers in a row.
pub(super) fn fits(demand: &DemandProfile) -> Vec<Fit> {
    let mut fits = vec![
        Fit::of("peak", &demand.peak, FitValue::Rate),
        Fit::of("mean", &demand.mean, FitValue::Rate),
        Fit::of("burst", &demand.burst, FitValue::Factor),
    ];
    fits.extend(demand.growth.as_ref().ok().map(|g| Fit::of("growth", g, FitValue::Growth)));
    fits
}

fn warnings(demand: &DemandProfile, hours: &Hours, step: Span) -> Vec<String> {
    let mut notes = Vec::new();
    if demand.burst.source == Source::Default {
        notes.push(format!("steps of {step} show no bursts: {} x is assumed.", demand.burst.value.mid()));
    } else if step > Span::minutes(1.0) {
        notes.push(format!("bursts shorter than a step of {step} do not show."));
    }
    match &demand.hour_of_week {
        Err(short) => notes.push(format!("the shape of the day {short}.")),
        Ok(shape) if !shape.value.days_differ => {
            notes.push(format!(
                "the shape of the week needs 14 days, has {}: one day stands seven times.",
                hours.days.len()
            ));
        }
        Ok(_) => {}
    }
    match &demand.growth {
        Err(short) => notes.push(format!("growth {short}.")),
        Ok(_) if hours.days.len() < 365 => {
            notes.push(format!("growth a year is stretched from {} days.", hours.days.len()));
        }
        Ok(_) => {}
    }
    if hours.days.len() < 2 {
        notes.push("one day shows no spread between days: the ranges of peak and mean are assumed.".into());
    }
    if let Some((day, first, second)) = level::outlier(hours) {
        let date = Time::unix_seconds(day * 86_400).to_string();
        let date = date.split('T').next().unwrap_or_default();
        notes.push(format!(
            "{date} stands out: its busiest hour brings {first}, that of the next busiest day {second}."
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Point;

    fn series(name: &str, step: i64, n: i64, value: impl Fn(i64) -> f64) -> Series {
        let points = (0..n).map(|i| Point::new(Time::unix_seconds(i * step), Some(value(i)))).collect();
        Series::from_points(name, points).unwrap()
    }
    fn asked(series: &Series) -> Result<ProfileAnswer, ProfileRefusal> {
        profile(series, ProfileOptions::default())
    }

    #[test]
    fn too_little_is_refused_with_numbers() {
        let short = asked(&series("count", 300, 276, |i| i as f64 % 5.0)).unwrap_err();
        assert_eq!(short.to_string(), "a profile needs 24 hours with values, has 23");
        let coarse = asked(&series("count", 86_400, 30, |i| i as f64 % 5.0)).unwrap_err();
        assert_eq!(coarse.to_string(), "the busiest hour needs steps of at most 1 h, these are of 1 days");
        assert_eq!(asked(&series("count", 300, 600, |_| 0.0)).unwrap_err(), ProfileRefusal::NoDemand { rows: 600 });
    }

    #[test]
    fn counts_and_rates_differ_by_the_step() {
        let s = series("value", 300, 600, |i| (i % 7) as f64 + 1.0);
        let counts = asked(&s).unwrap().demand.mean.value.mid();
        let options = ProfileOptions { kind: Some(Kind::Rates) };
        let rates = profile(&s, options).unwrap().demand.mean.value.mid();
        assert!((rates / counts - 300.0).abs() < 1e-9);
    }

    #[test]
    fn what_was_assumed_is_said() {
        let notes = asked(&series("value", 3600, 30, |i| i as f64 % 5.0)).unwrap().notes;
        assert_eq!(
            notes,
            [
                "nothing says what `value` holds: read as requests in each step of 1 h; say `--rates` if they are rates per second.",
                "steps of 1 h show no bursts: 1.2 x is assumed.",
                "the shape of the day needs 3 days, has 1.",
                "growth needs 56 days, has 1.",
                "one day shows no spread between days: the ranges of peak and mean are assumed.",
            ]
        );
    }

    #[test]
    fn the_earliest_of_equal_hours_is_the_busiest() {
        assert_eq!(asked(&series("count", 3600, 48, |_| 5.0)).unwrap().busiest_hour, Time::unix_seconds(0));
    }
}
