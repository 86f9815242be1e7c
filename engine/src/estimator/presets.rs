//! The presets: one table, with the source of every line.
//!
//! Where a tool does not say how it interpolates a percentile, the line between two ranks is taken. "Recalled" stands
//! where the page itself could not be read again.
use super::percentile::{PeakOfFirst, Percentile};
use super::{
    Adaptive, Buckets, Confidence, DecayedPercentile, HistogramPercentile, Idle, Preset, Rule, Samples, Statistic,
};
use crate::units::{Compute, Data, Factor, Quantity, Share, Span};

const fn share(percent: f64) -> Share {
    Share::percent(percent)
}
const fn percentile<Q: Quantity>(percent: f64) -> Statistic<Q> {
    Statistic::Percentile(Percentile::linear(share(percent)))
}
const fn days(n: f64) -> Span {
    Span::days(n)
}

/// A preset that neither has limits, nor rules of what is idle, nor needs history.
const fn preset(name: &'static str, cpu: Rule<Compute>, memory: Rule<Data>) -> Preset {
    Preset {
        name,
        cpu,
        cpu_limit: None,
        memory: Some(memory),
        memory_limit: None,
        least_history: Span::ZERO,
        least_values: 1,
        idle: None,
        text: "",
        source: "",
    }
}

const COMPUTE_OPTIMIZER_IDLE: Idle = Idle {
    text: "peak CPU below 5 % and network traffic below 5 MB a day, over 14 days",
    over: Span::days(14.0),
    cpu: &[(Statistic::Peak, Span::days(14.0), Share::percent(5.0))],
    network_per_day: Some(Data::mb(5.0)),
};

/// AWS Compute Optimizer: a percentile of the CPU and headroom on it, headroom on the memory.
const fn compute_optimizer(name: &'static str, text: &'static str, cpu: [f64; 2], memory_headroom: f64) -> Preset {
    let [threshold, headroom] = cpu;
    let of_cpu = Rule::new(percentile(threshold), Compute::ZERO).last(days(14.0)).with_margin(share(headroom));
    let of_memory = Rule::new(percentile(99.5), Data::ZERO).last(days(14.0)).with_margin(share(memory_headroom));
    Preset {
        least_history: Span::hours(30.0),
        idle: Some(COMPUTE_OPTIMIZER_IDLE),
        text,
        source: "docs.aws.amazon.com/compute-optimizer, rules as quoted in awslabs/mcp; memory percentile and 30 hours recalled",
        ..preset(name, of_cpu, of_memory)
    }
}

const KRR_SOURCE: &str = "robusta-dev/krr d6baa74, strategies simple and simple_limit";

/// Robusta KRR: a percentile of CPU, the peak of memory and 15 %.
const fn krr(name: &'static str, text: &'static str, request: f64) -> Preset {
    let cpu = Rule::new(percentile(request), Compute::vcpus(0.01)).last(Span::hours(336.0));
    let memory = Rule::new(Statistic::Peak, Data::mb(100.0)).last(Span::hours(336.0)).with_margin(share(15.0));
    Preset { least_values: 100, text, source: KRR_SOURCE, ..preset(name, cpu, memory) }
}

const VPA_SOURCE: &str = "kubernetes/autoscaler 55c37cd5, vertical-pod-autoscaler/pkg/recommender";
const LOWER: Confidence = Confidence { multiplier: Factor::of(0.001), exponent: -2 };
const UPPER: Confidence = Confidence { multiplier: Factor::ONE, exponent: 1 };

const fn vpa_cpu(percent: f64, confidence: Confidence) -> Rule<Compute> {
    let histogram = HistogramPercentile {
        buckets: Buckets { first: Compute::vcpus(0.01), growth: share(5.0), largest: Compute::vcpus(1000.0) },
        half_life: days(1.0),
        share: share(percent),
        samples: Samples::EverySteps(Factor::of(0.1)),
    };
    let rule = Rule::new(Statistic::Histogram(histogram), Compute::vcpus(0.025)).last(days(8.0));
    rule.with_margin(share(15.0)).confident(confidence)
}
const fn vpa_memory(percent: f64, confidence: Confidence) -> Rule<Data> {
    let histogram = HistogramPercentile {
        buckets: Buckets { first: Data::bytes(1e7), growth: share(5.0), largest: Data::bytes(1e12) },
        half_life: days(1.0),
        share: share(percent),
        samples: Samples::PeaksOfDays,
    };
    let rule = Rule::new(Statistic::Histogram(histogram), Data::mib(250.0)).last(days(8.0));
    rule.with_margin(share(15.0)).confident(confidence)
}
const VPA: Preset = Preset {
    text: "90 % of a histogram that forgets half in a day (memory: of the last eight daily peaks) and 15 %",
    source: VPA_SOURCE,
    ..preset("vpa", vpa_cpu(90.0, Confidence::NONE), vpa_memory(90.0, Confidence::NONE))
};
const VPA_BOUNDS: Preset = Preset {
    cpu_limit: Some(vpa_cpu(95.0, UPPER)),
    memory_limit: Some(vpa_memory(95.0, UPPER)),
    text: "from 50 % to 95 % of the histogram and 15 %, the wider the less history there is",
    source: VPA_SOURCE,
    ..preset("vpa-bounds", vpa_cpu(50.0, LOWER), vpa_memory(50.0, LOWER))
};
const GOLDILOCKS_SOURCE: &str = "FairwindsOps/goldilocks, on the recommendations of the Vertical Pod Autoscaler";

/// Kubecost: the peak of two days at a target utilization.
const fn kubecost(name: &'static str, text: &'static str, target: f64) -> Preset {
    let cpu = Rule::new(Statistic::Peak, Compute::vcpus(0.01)).last(days(2.0)).at_utilization(share(target));
    let memory = Rule::new(Statistic::Peak, Data::mib(20.0)).last(days(2.0)).at_utilization(share(target));
    Preset { text, source: "kubecost/docs, container request right sizing, November 2024", ..preset(name, cpu, memory) }
}

const AZURE_ADVISOR_IDLE: Idle = Idle {
    text: "95 % of CPU below 3 %, the highest of the last 3 days at most 2 %, outbound network below 2 %",
    over: Span::days(7.0),
    cpu: &[
        (Statistic::Percentile(Percentile::linear(Share::percent(95.0))), Span::days(7.0), Share::percent(3.0)),
        (Statistic::Peak, Span::days(3.0), Share::percent(2.0)),
    ],
    network_per_day: None,
};

/// Azure Advisor: ceilings on what is used after the change.
const fn azure_advisor(name: &'static str, text: &'static str, [cpu, memory]: [f64; 2]) -> Preset {
    let of_cpu = Rule::new(percentile(95.0), Compute::ZERO).last(days(7.0)).at_utilization(share(cpu));
    let of_memory = Rule::new(percentile(99.0), Data::ZERO).last(days(7.0)).at_utilization(share(memory));
    Preset {
        least_history: days(7.0),
        idle: Some(AZURE_ADVISOR_IDLE),
        text,
        source: "Microsoft Learn, Advisor cost recommendations; percentiles as quoted elsewhere, ceilings recalled",
        ..preset(name, of_cpu, of_memory)
    }
}

const fn plain<Q: Quantity>(statistic: Statistic<Q>, floor: Q, margin: f64) -> Rule<Q> {
    Rule::new(statistic, floor).last(days(7.0)).with_margin(share(margin))
}
const FIRST_DAYS: PeakOfFirst = PeakOfFirst(Span::days(2.0));
const AUTOPILOT: [DecayedPercentile; 2] = [
    DecayedPercentile { share: Share::percent(95.0), half_life: Span::hours(12.0) },
    DecayedPercentile { share: Share::percent(98.0), half_life: Span::hours(48.0) },
];
/// Memory that is short kills: the price of the time above it is ten times that of processors.
const SHORT_OF_MEMORY: Adaptive = Adaptive { price: Factor::of(100.0), ..Adaptive::USUAL };

/// Every preset; ours first.
pub const PRESETS: [Preset; 22] = [
    Preset {
        least_history: days(2.0),
        text: "hourly, the size of least cost: one per cent of the time above it weighs as much as a tenth of it idle (memory: all of it)",
        source: "docs/accuracy/rightsizing.md",
        ..preset(
            "plimsoll",
            Rule::new(Statistic::Adaptive(Adaptive::USUAL), Compute::ZERO),
            Rule::new(Statistic::Adaptive(SHORT_OF_MEMORY), Data::ZERO),
        )
    },
    compute_optimizer("compute-optimizer", "99.5 % of 14 days and 20 %; memory and 20 %", [99.5, 20.0], 20.0),
    compute_optimizer("compute-optimizer-max-savings", "90 % of 14 days; memory and 10 %", [90.0, 0.0], 10.0),
    compute_optimizer("compute-optimizer-balanced", "95 % of 14 days and 30 %; memory and 30 %", [95.0, 30.0], 30.0),
    compute_optimizer(
        "compute-optimizer-max-performance",
        "99.5 % of 14 days and 30 %; memory and 30 %",
        [99.5, 30.0],
        30.0,
    ),
    krr("krr-simple", "95 % of 14 days; memory: the peak and 15 %", 95.0),
    Preset {
        cpu_limit: Some(krr("", "", 96.0).cpu),
        ..krr("krr-simple-limit", "asks for 66 % of 14 days, at most 96 %; memory: the peak and 15 %", 66.0)
    },
    VPA,
    VPA_BOUNDS,
    Preset {
        name: "goldilocks-guaranteed",
        least_history: days(8.0),
        text: "what the Vertical Pod Autoscaler aims at, asked for and at most",
        source: GOLDILOCKS_SOURCE,
        ..VPA
    },
    Preset {
        name: "goldilocks-burstable",
        least_history: days(8.0),
        text: "asks for the Vertical Pod Autoscaler's lower bound, at most its upper bound",
        source: GOLDILOCKS_SOURCE,
        ..VPA_BOUNDS
    },
    kubecost("kubecost-production", "the peak of 2 days at 65 % utilization", 65.0),
    kubecost("kubecost-development", "the peak of 2 days at 80 % utilization", 80.0),
    kubecost("kubecost-high-availability", "the peak of 2 days at 50 % utilization", 50.0),
    Preset {
        memory: None,
        text: "99 % of 3 days at most 80 % utilization; sizes no memory",
        source: "hystax/optscale, right-sizing module",
        ..preset(
            "optscale",
            Rule::new(percentile(99.0), Compute::ZERO).last(days(3.0)).at_utilization(share(80.0)),
            Rule::new(Statistic::Peak, Data::ZERO),
        )
    },
    Preset {
        text: "the peak of 60 days at 70 % utilization, memory at 90 %",
        source: "densify.com/docs-api, Analysis Policy; the upper end of its percentile band is taken",
        ..preset(
            "densify",
            Rule::new(Statistic::Peak, Compute::ZERO).last(days(60.0)).at_utilization(share(70.0)),
            Rule::new(Statistic::Peak, Data::ZERO).last(days(60.0)).at_utilization(share(90.0)),
        )
    },
    azure_advisor("azure-advisor", "95 % of 7 days at 80 % utilization, 99 % of memory at 80 %", [80.0, 80.0]),
    azure_advisor(
        "azure-advisor-user-facing",
        "95 % of 7 days at 40 % utilization, 99 % of memory at 60 %",
        [40.0, 60.0],
    ),
    Preset {
        text: "95 % with a half-life of 12 hours and 15 %; memory: 98 % with a half-life of 48 hours and 15 %",
        source: "Rzadca et al., Autopilot, EuroSys 2020; percentiles and half-lives recalled",
        ..preset(
            "autopilot",
            Rule::new(Statistic::DecayedPercentile(AUTOPILOT[0]), Compute::ZERO).with_margin(share(15.0)),
            Rule::new(Statistic::DecayedPercentile(AUTOPILOT[1]), Data::ZERO).with_margin(share(15.0)),
        )
    },
    Preset {
        text: "the peak of 7 days and 10 %",
        source: "a common rule of thumb",
        ..preset("peak-7d", plain(Statistic::Peak, Compute::ZERO, 10.0), plain(Statistic::Peak, Data::ZERO, 10.0))
    },
    Preset {
        text: "99 % of 7 days",
        source: "a common rule of thumb",
        ..preset("p99-7d", plain(percentile(99.0), Compute::ZERO, 0.0), plain(percentile(99.0), Data::ZERO, 0.0))
    },
    Preset {
        text: "the peak of the first 2 days, kept",
        source: "what is set once",
        ..preset(
            "static",
            Rule::new(Statistic::PeakOfFirst(FIRST_DAYS), Compute::ZERO),
            Rule::new(Statistic::PeakOfFirst(FIRST_DAYS), Data::ZERO),
        )
    },
];
