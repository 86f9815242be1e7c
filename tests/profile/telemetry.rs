//! Telemetry that is thin, constant, contradictory or of other shape than the usual.
use plimsoll::profile::{Measured, Model, ProfileAnswer, ProfileOptions, ProfileRefusal, Source, profile_measured};
use plimsoll::series::{Point, Series, Time};
use plimsoll::telemetry::{
    AccessLog, Concurrency, Distribution, LoadPoint, LoadRun, Measure, Metric, ResourceName, Statistic, Telemetry,
};
use plimsoll::units::{Data, Factor, Rate, Share, Span};
use plimsoll::{Answer, ask};
use plimsoll_ingest::workload_toml::{Typed, write_profile};

fn series(step: i64, n: i64, value: impl Fn(i64) -> f64) -> Series {
    let points = (0..n).map(|i| Point::new(Time::unix_seconds(i * step), Some(value(i)))).collect();
    Series::from_points("v", points).expect("the steps are even")
}

fn metric(resource: &str, measure: Measure, series: Series) -> Metric {
    let first = format!("{resource}.csv:2");
    Metric { resource: ResourceName(resource.into()), item: None, measure, statistic: Statistic::Mean, series, first }
}

/// Requests of a day shape, every five minutes.
fn load(i: i64) -> f64 {
    50.0 - 30.0 * (i as f64 / 288.0 * std::f64::consts::TAU).cos()
}

fn noise(i: i64) -> f64 {
    (i * 7919 % 101) as f64 / 101.0 - 0.5
}

fn of(metrics: Vec<Metric>) -> Result<ProfileAnswer, ProfileRefusal> {
    let measured: Measured = Telemetry { metrics, ..Telemetry::default() }.into();
    profile_measured(&measured, ProfileOptions::default(), &[])
}

/// The source of a parameter, and why it is assumed.
fn told(answer: &ProfileAnswer, key: &str) -> (Source, String) {
    let fit = answer.service.as_ref().expect("telemetry has a service").fit(key).expect("the key is known");
    (fit.source, fit.remark.clone().unwrap_or_default())
}

#[test]
fn what_does_not_show_is_refused_alone() {
    let cpu = |value: &dyn Fn(i64) -> f64| {
        of(vec![
            metric("web", Measure::Requests, series(300, 576, load)),
            metric("web", Measure::CpuUsed, series(300, 576, value)),
        ])
        .expect("the demand is told")
    };
    let (source, why) = told(&cpu(&|i| 3.0 - 0.02 * load(i) + 0.1 * noise(i)), "cpu_per_request");
    assert_eq!(source, Source::Default);
    assert!(why.starts_with("vCPUs do not rise with requests: -20"), "{why}");

    let flat = of(vec![
        metric("web", Measure::Requests, series(300, 576, |i| 50.0 + 0.1 * noise(i))),
        metric("web", Measure::CpuUsed, series(300, 576, |i| 1.0 + 0.1 * noise(i))),
    ]);
    let (source, why) = told(&flat.unwrap(), "cpu_per_request");
    assert_eq!(source, Source::Default);
    assert!(
        why.starts_with("requests vary by 0") && why.ends_with("at most all that the machines use over all requests"),
        "{why}"
    );

    let share = of(vec![
        metric("web", Measure::Requests, series(300, 576, load)),
        metric("web", Measure::CpuShare, series(300, 576, |i| 0.01 * load(i))),
    ]);
    let (_, why) = told(&share.unwrap(), "cpu_per_request");
    assert!(
        why.starts_with("the number of processors of 1 of 1 machines (say which they are with --shape) was not"),
        "{why}"
    );
}

#[test]
fn without_requests_there_is_no_demand() {
    let refusal = of(vec![metric("web", Measure::CpuShare, series(300, 576, |_| 0.5))]).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "no requests were measured, and without them no demand can be told; there are 1 series of `cpu_share`"
    );
    assert_eq!(refusal.kind(), "no_requests");
}

#[test]
fn requests_are_summed_over_machines_and_not_counted_twice() {
    let half = |i| load(i) / 2.0;
    let mut metrics = vec![
        metric("web-1", Measure::Requests, series(300, 576, half)),
        metric("web-2", Measure::Requests, series(300, 576, half)),
        metric("web-1", Measure::CpuUsed, series(300, 576, |i| 0.1 + 0.01 * half(i) + 0.001 * noise(i))),
        metric("web-2", Measure::CpuUsed, series(300, 576, |i| 0.3 + 0.01 * half(i) + 0.001 * noise(i))),
    ];
    let answer = of(metrics.clone()).unwrap();
    let peak = answer.demand.peak.value.mid().as_per_second();
    assert!((peak - 79.5).abs() < 1.0, "{peak}");
    let service = answer.service.as_ref().unwrap();
    assert_eq!((service.machines.len(), service.by_machine.len()), (2, 2));
    let slope = service.lines[0].slope();
    assert!((slope[1] - 0.01).abs() < 1e-4 && (service.lines[0].base()[1] - 0.2).abs() < 0.01, "{slope:?}");

    metrics.push(metric("balancer", Measure::Requests, series(300, 576, load)));
    let before = of(metrics.clone()).unwrap();
    assert!((before.demand.peak.value.mid().as_per_second() - peak).abs() < 0.1);
    assert!(before.service.unwrap().notes[0].contains("counted at `balancer` were taken"));

    let ask_for = |service: &str| {
        let telemetry = Telemetry { metrics: metrics.clone(), ..Telemetry::default() };
        let measured = Measured { service: Some(service.into()), ..telemetry.into() };
        profile_measured(&measured, ProfileOptions::default(), &[])
    };
    let named = ask_for("web").unwrap();
    assert_eq!(named.service.unwrap().name, "web");
    let unknown = ask_for("shop").unwrap_err().to_string();
    assert_eq!(unknown, "no requests are counted at `shop`, but at `balancer`, `web-1`, `web-2`");
}

fn sweep(throughput: impl Fn(f64) -> f64) -> Telemetry {
    let numbers = [1.0, 2.0, 4.0, 8.0, 12.0, 16.0, 24.0, 32.0];
    let latency = Distribution {
        count: 4000,
        mean: Span::millis(20.0),
        variability: Some(Factor::of(0.5)),
        quantiles: vec![(Share::percent(50.0), Span::millis(18.0)), (Share::percent(99.0), Span::millis(60.0))],
    };
    let point = |n: f64| LoadPoint {
        clients: Factor::of(n),
        clients_from: Concurrency::Measured,
        throughput: Rate::per_second(throughput(n)),
        response: Span::seconds(n / throughput(n)),
        latency: (n == 1.0).then(|| latency.clone()),
        counted: Some(plimsoll::telemetry::Counted { requests: 4000, errors: 0, lasts: Span::seconds(10.0) }),
        starts: None,
        source: format!("c{n}.csv:2"),
    };
    let points = numbers.into_iter().map(point).collect();
    let run = LoadRun { tool: "hey", target: Some("http://host/search".into()), files: vec![], points };
    Telemetry { loads: vec![run], ..Telemetry::default() }
}

#[test]
fn load_tests_alone_are_planned_for_what_they_reached() {
    let law = |n: f64| 50.0 * n / (1.0 + 0.04 * (n - 1.0) + 0.002 * n * (n - 1.0));
    let answer = profile_measured(&sweep(law).into(), ProfileOptions::default(), &[]).unwrap();
    assert_eq!(answer.demand.peak.source, Source::Default);
    let service = answer.service.as_ref().unwrap();
    assert!(matches!(service.scaling.as_ref().unwrap().model, Ok(Model::Law(_))));
    assert_eq!((told(&answer, "contention").0, told(&answer, "variability").0), (Source::Measured, Source::Measured));
    assert!(told(&answer, "cpu_per_request").1.contains("at most the time of an answer: 1 clients, c1.csv:2"));
    let text = write_profile(&answer, "search", None, Typed::Stays).unwrap().text;
    assert!(plimsoll_ingest::workload::read("w.toml", text.as_bytes(), &[]).is_ok(), "{text}");

    let pool = profile_measured(&sweep(|n| (44.0 * n).min(352.0)).into(), ProfileOptions::default(), &[]).unwrap();
    assert!(matches!(pool.service.as_ref().unwrap().scaling.as_ref().unwrap().model, Ok(Model::Ceiling(_))));
    assert_eq!(told(&pool, "contention").0, Source::Default);
}

#[test]
fn an_access_log_tells_demand_sizes_and_times() {
    let sizes = Distribution { count: 10_000, mean: Data::kb(20.0), variability: Some(Factor::ONE), quantiles: vec![] };
    let times =
        Distribution { count: 10_000, mean: Span::millis(30.0), variability: Some(Factor::of(2.0)), quantiles: vec![] };
    let log = AccessLog {
        resource: ResourceName("shop".into()),
        files: vec!["access.log".into()],
        count: 10_000,
        requests: series(60, 2880, |i| load(i / 5)),
        bytes_out: Some(sizes),
        bytes_in: None,
        latency: Some(times),
        popularity: vec![],
        read_share: None,
        error_share: Share::NONE,
        hit_share: None,
    };
    let telemetry = Telemetry { access: vec![log], ..Telemetry::default() };
    let answer = profile_measured(&telemetry.into(), ProfileOptions::default(), &[]).unwrap();
    assert!((answer.demand.peak.value.mid().as_per_second() - 79.5).abs() < 1.0);
    assert_eq!((told(&answer, "bytes_out").0, told(&answer, "variability").0), (Source::Measured, Source::Measured));
    assert_eq!(answer.service.unwrap().name, "shop");
}

#[test]
fn less_than_a_day_still_shows_what_a_request_costs() {
    let answer = of(vec![
        metric("web", Measure::Requests, series(60, 180, |i| load(i * 4))),
        metric("web", Measure::CpuUsed, series(60, 180, |i| 0.1 + 0.01 * load(i * 4) + 0.02 * noise(i))),
    ])
    .unwrap();
    assert_eq!(answer.demand.peak.source, Source::Default);
    assert_eq!(told(&answer, "cpu_per_request").0, Source::Measured);
    assert!(answer.notes[0].starts_with("a busiest hour needs 24 hours with values, has 3"), "{:?}", answer.notes);
    let bare = of(vec![metric("web", Measure::Requests, series(60, 180, load))]).unwrap_err();
    assert_eq!(bare, ProfileRefusal::TooShort { needs: 24, has: 3 });
}

/// The report of a service, at a hundred columns, and in every other form.
#[test]
fn a_report_tells_the_service() {
    let metrics = vec![
        metric("a-machine-with-a-long-name.eu-west-1.internal", Measure::Requests, series(300, 576, load)),
        metric(
            "a-machine-with-a-long-name.eu-west-1.internal",
            Measure::CpuUsed,
            series(300, 576, |i| 0.1 + 0.01 * load(i) + 0.02 * noise(i)),
        ),
        metric(
            "a-machine-with-a-long-name.eu-west-1.internal",
            Measure::Latency,
            series(300, 576, |i| 0.03 + 0.001 * noise(i)),
        ),
    ];
    let loads = sweep(|n| 50.0 * n / (1.0 + 0.04 * (n - 1.0))).loads;
    let measured: Measured = Telemetry { metrics, loads, ..Telemetry::default() }.into();
    let question = plimsoll::Question::Profile(Box::new(measured), ProfileOptions::default());
    let outcome = ask(&question, &plimsoll_tests::in_world(vec![]));
    assert!(matches!(outcome, Ok(Answer::Profile(_))));
    let report = plimsoll::report::report(&outcome, &plimsoll_tests::meta());
    let text = plimsoll::report::text::render(&report);
    println!("{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{}: {line}", line.chars().count());
    }
    for part in ["DEMAND\n", "SERVICE A-MACHINE", "HOW WELL THE LINES FIT\n", "SCALABILITY\n", "LATENCY\n", "QUALITY"] {
        assert!(text.contains(part), "{part}");
    }
    let html = plimsoll::report::html::render(&report);
    assert!(html.contains("vCPUs against requests per second") && html.contains("Throughput against clients"));
    let json = plimsoll::report::json::envelope("profile", &outcome, &plimsoll_tests::meta());
    let answer = &json["answer"];
    let cpu = answer["fits"].as_array().unwrap().iter().find(|f| f["parameter"] == "cpu_per_request").unwrap();
    assert_eq!((cpu["source"].as_str(), cpu["unit"].as_str()), (Some("measured"), Some("seconds")));
    assert!((cpu["value"].as_f64().unwrap() - 0.01).abs() < 1e-4 && cpu["from"].is_array(), "{cpu}");
    assert_eq!(answer["service"]["scaling"]["model"]["kind"], "usl");
    assert!(answer["workload"]["service"]["a-machine-with-a-long-name"]["cpu_per_request"]["mid"].is_string());
}
