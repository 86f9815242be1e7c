//! What load tests tell about scaling: the universal law, or a ceiling.
use crate::profile::demand::Source;
use crate::profile::fit::{Fit, FitValue, range};
use crate::signal::ceiling::{self, Ceiling};
use crate::signal::scalability::{self, Law, NEEDS};
use crate::telemetry::{Concurrency, LoadPoint};
use crate::units::{Factor, Rate, Share, Span};

use super::unit::CONFIDENCE;

/// A point of a sweep, and whether it was used.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepPoint {
    /// Clients, or requests in flight.
    pub clients: Factor,
    /// Throughput.
    pub throughput: Rate,
    /// The mean time of an answer.
    pub response: Span,
    /// How far it is off Little's law.
    pub off_littles_law: Share,
    /// Why it was not used; none if it was.
    pub aside: Option<&'static str>,
    /// What the chosen model gives there.
    pub modeled: Option<Rate>,
    /// Where it stands.
    pub source: String,
}

/// What explains a sweep best.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// The universal scalability law.
    Law(Law),
    /// In proportion, then flat.
    Ceiling(Ceiling),
}

/// What load tests tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// The points, by their clients.
    pub points: Vec<SweepPoint>,
    /// The better model, or why none was fitted.
    pub model: Result<Model, TooFewPoints>,
    /// Why it was chosen, in numbers.
    pub why: String,
}

/// Too few different numbers of clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a law of scaling needs {needs} different numbers of clients, has {has}")]
pub struct TooFewPoints {
    /// How many it takes.
    pub needs: usize,
    /// How many there are.
    pub has: usize,
}

/// A point off Little's law by more is not what it is told to be.
const LITTLE: Share = Share::percent(10.0);
/// Above this part of failures, throughput is that of failing.
const FAILING: f64 = 0.1;

/// Fits the points of all load tests together. None where there are none.
pub(super) fn scaling(points: &[&LoadPoint]) -> Option<Scaling> {
    if points.is_empty() {
        return None;
    }
    let mut seen: Vec<SweepPoint> = points.iter().map(|p| sweep_point(p)).collect();
    seen.sort_by(|a, b| a.clients.get().total_cmp(&b.clients.get()).then(a.source.cmp(&b.source)));
    let used: Vec<(f64, f64)> =
        seen.iter().filter(|p| p.aside.is_none()).map(|p| (p.clients.get(), p.throughput.as_per_second())).collect();
    let mut different: Vec<f64> = used.iter().map(|p| p.0).collect();
    different.dedup();
    let (numbers, throughput): (Vec<f64>, Vec<f64>) = used.into_iter().unzip();
    let too_few = TooFewPoints { needs: NEEDS, has: different.len() };
    let (model, why) = if different.len() < NEEDS {
        (Err(too_few), too_few.to_string())
    } else {
        match chosen(&numbers, &throughput) {
            Some((model, why)) => (Ok(model), why),
            None => (Err(too_few), "no law fits these points".into()),
        }
    };
    if let Ok(model) = &model {
        for point in &mut seen {
            point.modeled = Some(Rate::per_second(model.at(point.clients.get()).max(0.0)));
        }
    }
    Some(Scaling { points: seen, model, why })
}

fn sweep_point(point: &LoadPoint) -> SweepPoint {
    let off = point.off_littles_law();
    let is_empty = point.clients <= Factor::ZERO || point.throughput.as_per_second() <= 0.0;
    let aside = if point.clients_from == Concurrency::Unknown {
        Some("of an unknown number of clients")
    } else if is_empty {
        Some("without clients or answers")
    } else if point.counted.is_some_and(|c| c.errors as f64 / c.requests.max(1) as f64 > FAILING) {
        Some("more than 10 % failed")
    } else if off > LITTLE {
        Some("off Little's law")
    } else {
        None
    };
    SweepPoint {
        clients: point.clients,
        throughput: point.throughput,
        response: point.response,
        off_littles_law: off,
        aside,
        modeled: None,
        source: point.source.clone(),
    }
}

/// The better of the two models by Akaike's criterion, and why.
fn chosen(numbers: &[f64], throughput: &[f64]) -> Option<(Model, String)> {
    let most = throughput.iter().copied().fold(0.0, f64::max);
    let law = scalability::fit(numbers, throughput);
    let top = ceiling::fit(numbers, throughput);
    let n = numbers.len();
    let of_law = law.as_ref().map_or(f64::INFINITY, |l| ceiling::criterion(l.squares, n, 3, most));
    let of_top = top.as_ref().map_or(f64::INFINITY, |c| ceiling::criterion(c.squares, n, 2, most));
    let r2 = |r: Option<f64>| r.map_or("none".into(), |r| format!("{r:.4}"));
    let told = format!(
        "universal scalability law: AICc {of_law:.1}, R2 {}; ceiling: AICc {of_top:.1}, R2 {}",
        r2(law.as_ref().map(|l| l.r_squared)),
        r2(top.as_ref().map(|c| c.r_squared)),
    );
    match (law, top) {
        (Some(law), _) if of_law <= of_top => Some((Model::Law(law), told)),
        (_, Some(top)) => Some((Model::Ceiling(top), told)),
        (law, None) => law.map(|law| (Model::Law(law), told)),
    }
}

impl Model {
    /// The throughput at so many clients.
    pub fn at(&self, clients: f64) -> f64 {
        match self {
            Self::Law(law) => law.at(clients),
            Self::Ceiling(top) => top.at(clients),
        }
    }
    /// In one sentence.
    pub fn said(&self) -> String {
        let rate = |x: f64| Rate::per_second(x.clamp(0.0, f64::MAX)).to_string();
        match self {
            Self::Ceiling(top) => format!(
                "throughput rises by {} a client and stands at {} from {} clients on: something is full, and no law of scaling explains it",
                rate(top.alone),
                rate(top.top),
                Factor::of(top.knee()),
            ),
            Self::Law(law) => {
                let end = match (law.peak(), law.limit()) {
                    (Some(peak), _) => format!("it peaks at {} clients with {}", Factor::of(peak), rate(law.at(peak))),
                    (None, Some(limit)) => format!("it has no peak and cannot pass {}", rate(limit)),
                    (None, None) => "it shows no end to the rise".into(),
                };
                let (alpha, beta) = (law.contention.value, law.coherency.value);
                format!(
                    "throughput follows the universal scalability law: {} alone, contention {}, coherency {}; {end}",
                    rate(law.alone.value),
                    Factor::of(alpha),
                    Factor::of(beta)
                )
            }
        }
    }
}

/// Contention and coherency as parameters of a plan, whose law is of the processors of a machine.
///
/// A law by clients is one of processors as long as each client can keep one busy: up to the `vcpus` of the machine. Beyond
/// them clients share processors, and their contention is for those, which a plan counts already.
pub(super) fn fits(scaling: Option<&Scaling>, vcpus: Option<f64>) -> Vec<Fit> {
    let none = |why: String| {
        ["contention", "coherency"].map(|key| {
            let value = FitValue::Factor(range([0.0; 3], CONFIDENCE, Factor::of));
            Fit::assumed(key, value, why.clone())
        })
    };
    let Some(scaling) = scaling else { return none("no load test tells it; none is planned".into()).into() };
    let law = match &scaling.model {
        Err(few) => return none(format!("{few}; none is planned")).into(),
        Ok(Model::Ceiling(_)) => {
            return none("the load tests show a ceiling, not a law of scaling; none is planned".into()).into();
        }
        Ok(Model::Law(law)) => law,
    };
    let used: Vec<&SweepPoint> = scaling.points.iter().filter(|p| p.aside.is_none()).collect();
    let most = used.iter().map(|p| p.clients.get()).fold(0.0, f64::max);
    let mut remark = "by clients; taken as if each could keep a processor busy".to_owned();
    let mut within = None;
    if let Some(vcpus) = vcpus.filter(|v| most > *v) {
        let (numbers, throughput): (Vec<f64>, Vec<f64>) = used
            .iter()
            .filter(|p| p.clients.get() <= vcpus)
            .map(|p| (p.clients.get(), p.throughput.as_per_second()))
            .unzip();
        within = (numbers.len() >= NEEDS).then(|| scalability::fit(&numbers, &throughput)).flatten();
        if within.is_none() {
            return none(format!(
                "up to {} clients share {} processors: the law fitted (contention {}, coherency {}) is of the queue for them, which a plan counts already; none is planned",
                Factor::of(most), Factor::of(vcpus), Factor::of(law.contention.value), Factor::of(law.coherency.value)
            ))
            .into();
        }
        remark = format!("by clients up to the {} processors of the machine", Factor::of(vcpus));
    }
    let law = within.as_ref().unwrap_or(law);
    let of = |key, fitted: &crate::signal::line::Fitted| {
        let (low, high) = fitted.range(CONFIDENCE.as_part());
        let value = FitValue::Factor(range([low, fitted.value, high], CONFIDENCE, Factor::of));
        let from = used.iter().map(|p| p.source.clone()).collect();
        let rows = law.residuals.len();
        Fit { parameter: key, value, source: Source::Measured, rows, from, remark: Some(remark.clone()) }
    };
    vec![of("contention", &law.contention), of("coherency", &law.coherency)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::Counted;

    fn points(throughput: impl Fn(f64) -> f64, numbers: &[f64]) -> Vec<LoadPoint> {
        let point = |n: &f64| LoadPoint {
            clients: Factor::of(*n),
            clients_from: Concurrency::Stated,
            throughput: Rate::per_second(throughput(*n)),
            response: Span::seconds(n / throughput(*n)),
            latency: None,
            counted: Some(Counted { requests: 1000, errors: 0, lasts: Span::seconds(10.0) }),
            starts: None,
            source: format!("c{n}.txt:1"),
        };
        numbers.iter().map(point).collect()
    }
    fn of(points: &[LoadPoint]) -> Scaling {
        scaling(&points.iter().collect::<Vec<_>>()).unwrap()
    }
    const NUMBERS: [f64; 9] = [1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0];
    fn law(n: f64) -> f64 {
        100.0 * n / (1.0 + 0.05 * (n - 1.0) + 0.002 * n * (n - 1.0))
    }

    #[test]
    fn a_pool_is_a_ceiling_and_gives_no_contention() {
        let wobble = |n: f64| 1.0 + 0.004 * (n * 1.7).sin();
        let pool = of(&points(|n| (44.0 * n).min(352.0) * wobble(n), &NUMBERS));
        assert!(matches!(pool.model, Ok(Model::Ceiling(_))), "{}", pool.why);
        let fits = fits(Some(&pool), None);
        assert!(fits.iter().all(|f| f.source == Source::Default && f.remark.as_ref().unwrap().contains("ceiling")));
        let scales = of(&points(|n| law(n) * wobble(n), &NUMBERS));
        assert!(matches!(scales.model, Ok(Model::Law(_))), "{}", scales.why);
    }

    #[test]
    fn contention_for_processors_is_not_counted_twice() {
        let scales = of(&points(law, &NUMBERS));
        let unknown = fits(Some(&scales), None);
        assert_eq!(unknown[0].source, Source::Measured);
        let FitValue::Factor(alpha) = unknown[0].value else { panic!("contention is a factor") };
        assert!((alpha.mid().get() - 0.05).abs() < 1e-6);
        assert_eq!(fits(Some(&scales), Some(4.0))[0].source, Source::Default);
        assert_eq!(fits(Some(&scales), Some(16.0))[0].source, Source::Measured);
    }

    #[test]
    fn points_that_cannot_be_are_set_aside() {
        let mut wrong = points(law, &NUMBERS[..6]);
        wrong[1].response = Span::seconds(1.0);
        wrong[2].counted = Some(Counted { requests: 1000, errors: 500, lasts: Span::seconds(10.0) });
        wrong[2].response = wrong[2].response / 2.0;
        let few = of(&wrong);
        assert_eq!(few.points[1].aside, Some("off Little's law"));
        assert_eq!(few.points[2].aside, Some("more than 10 % failed"));
        assert_eq!(few.model, Err(TooFewPoints { needs: 6, has: 4 }));
    }
}
