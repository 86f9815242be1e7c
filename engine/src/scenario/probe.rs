//! What one plan of many comes to, in few numbers.
use crate::choice::{Band, Coverage};
use crate::plan::{Part, Percentiles, Plan, PlanAnswer};
use crate::units::{Factor, Mass, Money, Share, Span};
use crate::workload::ComponentName;
use std::collections::BTreeMap;

/// What one plan of many comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// What runs of each component with machines: so many of what.
    pub fleets: BTreeMap<ComponentName, (u32, String)>,
    /// Where.
    pub place: String,
    /// A month's bill.
    pub month: Band<Money>,
    /// The months of the horizon together; none where it is not carried to its end.
    pub horizon: Option<Band<Money>>,
    /// A million requests.
    pub million: Option<Band<Money>>,
    /// The worlds in which every promise holds.
    pub coverage: Coverage,
    /// The worlds in which a latency promise is missed.
    pub missed: Coverage,
    /// What a month emits; none where nobody can say.
    pub emitted: Option<Band<Mass>>,
    /// At the entry, after the loss.
    pub latency: Percentiles,
    /// How far demand may grow.
    pub growth_left: Option<Factor>,
    /// Charges of unknown price.
    pub unknown: usize,
}

impl Probe {
    /// Of the plan that was chosen.
    pub fn of(answer: &PlanAnswer) -> Self {
        let plan = &answer.chosen;
        Self {
            fleets: fleets(plan),
            place: plan.place.to_string(),
            month: plan.doubt.month,
            horizon: plan.months.ends.is_none().then(|| plan.months.band()),
            million: plan.doubt.million_requests,
            coverage: plan.doubt.coverage,
            missed: plan.doubt.missed,
            emitted: plan.doubt.carbon.as_ref().ok().map(|carbon| carbon.emitted),
            latency: plan.latency.stressed,
            growth_left: plan.growth_left,
            unknown: plan.bill.unknown.len(),
        }
    }
    /// All machines.
    pub fn machines(&self) -> u32 {
        self.fleets.values().map(|(count, _)| count).sum()
    }
    /// `api on 4 x m7g.large, orders on 2 x r7g.xlarge`.
    pub fn runs(&self) -> String {
        let one = self.fleets.len() == 1;
        let each = self.fleets.iter().map(|(name, (count, option))| {
            if one { format!("{count} x {option}") } else { format!("{name} on {count} x {option}") }
        });
        each.collect::<Vec<_>>().join(", ")
    }
    /// What changed since another, a few words for each component.
    pub fn changes_since(&self, before: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        if self.place != before.place {
            changes.push(format!("{} -> {}", before.place, self.place));
        }
        for (name, (count, option)) in &self.fleets {
            match before.fleets.get(name) {
                Some((had, of)) if of == option && had == count => {}
                Some((had, of)) if of == option => changes.push(format!("{name} {had} -> {count} x {option}")),
                Some((had, of)) => changes.push(format!("{name} {had} x {of} -> {count} x {option}")),
                None => changes.push(format!("{name} on {count} x {option}")),
            }
        }
        let gone = before.fleets.keys().filter(|name| !self.fleets.contains_key(*name));
        changes.extend(gone.map(|name| format!("{name} has no machines")));
        changes
    }
}

fn fleets(plan: &Plan) -> BTreeMap<ComponentName, (u32, String)> {
    let fleet = |(name, part): (&ComponentName, &Part)| Some((name.clone(), (part.fleet()?.machines, part.option())));
    plan.parts.iter().filter_map(fleet).collect()
}

/// A number about a plan that a goal may be set for. The names are those of the JSON answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The expected month.
    UsdPerMonth,
    /// The month that nine worlds in ten stay below.
    UsdPerMonthP90,
    /// The months of the horizon together.
    UsdOverHorizon,
    /// A million requests.
    UsdPerMillionRequests,
    /// The part of the worlds in which every promise holds.
    CoverageShare,
    /// The part of the worlds in which a latency promise is missed.
    SloMissShare,
    /// What a month emits on the mean.
    GramsPerMonth,
    /// Half of the requests, after the loss.
    P50Seconds,
    /// 95 % of them.
    P95Seconds,
    /// 99 % of them.
    P99Seconds,
    /// Machines of all components.
    Machines,
    /// The factor by which demand may still grow.
    GrowthLeft,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::UsdPerMonth,
        Self::UsdPerMonthP90,
        Self::UsdOverHorizon,
        Self::UsdPerMillionRequests,
        Self::CoverageShare,
        Self::SloMissShare,
        Self::GramsPerMonth,
        Self::P50Seconds,
        Self::P95Seconds,
        Self::P99Seconds,
        Self::Machines,
        Self::GrowthLeft,
    ];
    /// The name in goals and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UsdPerMonth => "usd_per_month",
            Self::UsdPerMonthP90 => "usd_per_month_p90",
            Self::UsdOverHorizon => "usd_over_horizon",
            Self::UsdPerMillionRequests => "usd_per_million_requests",
            Self::CoverageShare => "coverage_share",
            Self::SloMissShare => "slo_miss_share",
            Self::GramsPerMonth => "grams_co2e_per_month",
            Self::P50Seconds => "p50_seconds",
            Self::P95Seconds => "p95_seconds",
            Self::P99Seconds => "p99_seconds",
            Self::Machines => "machines",
            Self::GrowthLeft => "growth_left",
        }
    }
    /// The share of requests of a percentile; none for what is none.
    pub const fn percentile(self) -> Option<Share> {
        match self {
            Self::P50Seconds => Some(Share::percent(50.0)),
            Self::P95Seconds => Some(Share::percent(95.0)),
            Self::P99Seconds => Some(Share::percent(99.0)),
            _ => None,
        }
    }
    /// Of one plan; none where it is not known.
    pub fn of(self, probe: &Probe) -> Option<f64> {
        let seconds = |span: Option<Span>| span.map(Span::as_seconds);
        match self {
            Self::UsdPerMonth => Some(probe.month.mean.as_dollars()),
            Self::UsdPerMonthP90 => Some(probe.month.p90.as_dollars()),
            Self::UsdOverHorizon => probe.horizon.map(|band| band.mean.as_dollars()),
            Self::UsdPerMillionRequests => probe.million.map(|band| band.mean.as_dollars()),
            Self::CoverageShare => Some(probe.coverage.share().as_part()),
            Self::SloMissShare => Some(probe.missed.share().as_part()),
            Self::GramsPerMonth => probe.emitted.map(|band| band.mean.as_grams()),
            Self::P50Seconds => seconds(probe.latency.p50),
            Self::P95Seconds => seconds(probe.latency.p95),
            Self::P99Seconds => seconds(probe.latency.p99),
            Self::Machines => Some(f64::from(probe.machines())),
            Self::GrowthLeft => probe.growth_left.map(Factor::get),
        }
    }
    /// A value of it for people.
    pub fn shown(self, value: f64) -> String {
        match self {
            Self::UsdPerMonth | Self::UsdPerMonthP90 | Self::UsdOverHorizon | Self::UsdPerMillionRequests => {
                Money::nearest(value).to_string()
            }
            Self::CoverageShare | Self::SloMissShare => format!("{:.1} %", value * 100.0),
            Self::GramsPerMonth => Mass::grams(value.max(0.0)).to_string(),
            Self::P50Seconds | Self::P95Seconds | Self::P99Seconds => Span::seconds(value.max(0.0)).to_string(),
            Self::Machines => format!("{value:.0}"),
            Self::GrowthLeft => Factor::of(value.max(0.0)).to_string(),
        }
    }
}
