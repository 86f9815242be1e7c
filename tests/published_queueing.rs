//! The queueing module against numbers that others published or simulated.
use plimsoll::queueing::{Scalability, Station, closed, erlang};
use plimsoll::units::{Factor, Load, Rate, Share, Span};
use std::path::PathBuf;

#[path = "published_queueing/networks.rs"]
mod networks;

/// A station with service times of one second.
fn station(servers: f64, utilization: f64, arrivals: f64, service: f64) -> Station {
    Station {
        arrivals: Rate::per_second(servers * utilization),
        service: Span::seconds(1.0),
        servers: Factor::of(servers),
        arrival_variability: Factor::of(arrivals),
        service_variability: Factor::of(service),
    }
}

fn seconds(span: Option<Span>) -> f64 {
    span.expect("the station is stable").as_seconds()
}

#[test]
fn erlang_b_has_the_cells_of_the_traffic_table() {
    // The usual Erlang B table: the load in erlangs that so many lines carry with this share of calls lost.
    const CELLS: [(u32, f64, f64); 13] = [
        (1, 0.01, 0.0101),
        (5, 0.01, 1.361),
        (10, 0.01, 4.461),
        (20, 0.01, 12.03),
        (50, 0.01, 37.90),
        (100, 0.01, 84.06),
        (10, 0.02, 5.084),
        (20, 0.02, 13.18),
        (50, 0.02, 40.26),
        (100, 0.02, 87.97),
        (10, 0.001, 3.092),
        (50, 0.001, 32.51),
        (100, 0.001, 75.24),
    ];
    for (lines, lost, load) in CELLS {
        let found = erlang::erlang_b(lines, Load::erlangs(load)).as_part();
        assert!((found / lost - 1.0).abs() < 0.003, "{lines} lines, {load} erlangs: {found}");
    }
}

#[test]
fn three_servers_at_two_thirds_make_four_of_nine_wait() {
    // PDQ's example of M/M/3 with lambda 2 and mu 1: R = 1.44444444.
    let c = erlang::waiting_probability(3, Load::erlangs(2.0)).as_part();
    assert!((c - 4.0 / 9.0).abs() < 1e-14);
    let wait = erlang::mean_wait(3, Rate::per_second(2.0), Span::seconds(1.0));
    assert!((seconds(wait) - 0.444_444_44).abs() < 1e-8);
}

#[test]
fn the_lecture_slides_of_eth_have_the_same_queue() {
    // ETH Zurich, Advanced Systems Lab 2017: lambda 9, mu 5; two servers: Lq 7.674, R 1.053; four: Lq 0.105, R 0.212.
    let (arrivals, service) = (Rate::per_second(9.0), Span::seconds(0.2));
    for (servers, in_line, response) in [(2, 7.674, 1.053), (4, 0.105, 0.212)] {
        let wait = seconds(erlang::mean_wait(servers, arrivals, service));
        assert!((wait * 9.0 - in_line).abs() < 5e-4);
        assert!((wait + 0.2 - response).abs() < 5e-4);
    }
    let wait = seconds(erlang::mean_wait(2, arrivals, service));
    assert!((wait * 9.0 - 7.673_684_210_526_316).abs() < 1e-12);
}

#[test]
fn the_tail_of_the_wait_is_exact_for_exponential_service() {
    // Exact values with forty digits: lambda, mu, c, then the 90, 95, 99 and 99.9 % waits.
    const CASES: [(f64, f64, u32, [f64; 4]); 4] = [
        (2.0, 1.0, 3, [1.491_654_876_777_717, 2.184_802_057_337_661, 3.794_239_969_771_762, 6.096_825_062_765_808]),
        (9.0, 5.0, 4, [0.022_820_047_885_073, 0.085_833_427_935_977, 0.232_145_965_429_987, 0.441_471_882_974_9]),
        (8.0, 1.0, 10, [0.704_492_669_786_396, 1.051_066_260_066_368, 1.855_785_216_283_418, 3.007_077_762_780_441]),
        (95.0, 1.0, 100, [0.324_453_789_860_059, 0.463_083_225_972_048, 0.784_970_808_458_868, 1.245_487_827_057_677]),
    ];
    for (lambda, mu, servers, waits) in CASES {
        let (arrivals, service) = (Rate::per_second(lambda), Span::seconds(1.0 / mu));
        let general = Station { arrivals, service, ..station(f64::from(servers), 0.5, 1.0, 1.0) };
        for (p, wait) in [90.0, 95.0, 99.0, 99.9].into_iter().zip(waits) {
            let exact = seconds(erlang::wait_percentile(servers, arrivals, service, Share::percent(p)));
            let found = seconds(general.wait_percentile(Share::percent(p)));
            assert!((exact - wait).abs() < 1e-9 && (found - wait).abs() < 1e-6, "{servers} servers, p{p}: {found}");
        }
    }
}

#[test]
fn one_server_with_poisson_arrivals_is_pollaczek_and_khinchine() {
    // Wq = rho (1 + cs2) / (2 (1 - rho)) service times.
    for (rho, cs2, wait) in
        [(0.5, 0.0, 0.5), (0.8, 0.5, 3.0), (0.8, 4.0, 10.0), (0.95, 1.0 / 3.0, 12.666_666_666_666_66)]
    {
        let found = station(1.0, rho, 1.0, cs2);
        assert!((seconds(found.mean_wait()) - wait).abs() < 1e-9);
        assert!((found.waiting_probability().as_part() - rho).abs() < 1e-12);
    }
}

#[test]
fn simulated_stations_have_these_waits() {
    // Twenty million customers each: servers, utilization, variability of arrivals and of service; then the mean wait,
    // the chance to wait, and the 95 and 99 % waits in service times. Constant, Erlang, exponential, two exponentials.
    type Case = (f64, f64, f64, f64, f64, f64, f64, f64);
    const CASES: [Case; 14] = [
        (1.0, 0.5, 1.0, 0.0, 0.4995, 0.49978, 2.0458, 3.3313),
        (1.0, 0.8, 1.0, 4.0, 10.056, 0.80048, 37.481, 60.585),
        (1.0, 0.8, 0.0, 1.0, 1.6936, 0.62884, 6.8146, 11.126),
        (2.0, 0.8, 1.0, 0.5, 1.3368, 0.708, 4.8969, 7.8337),
        (2.0, 0.8, 4.0, 0.5, 4.0959, 0.86837, 13.307, 20.985),
        (2.0, 0.95, 0.5, 0.5, 4.5341, 0.89923, 14.488, 22.423),
        (4.0, 0.5, 4.0, 1.0, 0.29511, 0.37277, 1.5865, 2.8705),
        (4.0, 0.8, 1.0, 0.0, 0.38479, 0.57822, 1.5134, 2.4409),
        (4.0, 0.8, 4.0, 4.0, 3.1428, 0.7502, 12.495, 20.477),
        (4.0, 0.95, 1.0, 4.0, 11.017, 0.89759, 36.5, 57.532),
        (10.0, 0.8, 1.0, 4.0, 0.42745, 0.42585, 2.3431, 4.5469),
        (10.0, 0.8, 0.0, 1.0, 0.061_038, 0.22563, 0.40725, 0.84477),
        (10.0, 0.8, 0.5, 1.0, 0.12746, 0.33214, 0.72816, 1.3396),
        (10.0, 0.95, 1.0, 0.0, 0.83093, 0.81056, 2.7656, 4.3908),
    ];
    for (servers, rho, arrivals, service, mean, waits, p95, p99) in CASES {
        let found = station(servers, rho, arrivals, service);
        let p = |p| seconds(found.wait_percentile(Share::percent(p)));
        let chance = found.waiting_probability().as_part();
        for (found, simulated) in [(seconds(found.mean_wait()), mean), (chance, waits), (p(95.0), p95), (p(99.0), p99)]
        {
            let error = found / simulated - 1.0;
            assert!(error.abs() < 0.03, "{servers}, {rho}, {arrivals}, {service}: {found}, simulated {simulated}");
        }
    }
}

#[test]
fn the_scalability_law_peaks_where_the_usl_package_says() {
    // R package usl 3.x on specsdm91 (Gunther 2007): alpha 0.0277285, beta 0.0001044, peak 96.51956, 1,884 at the peak.
    let specsdm91 = Scalability { contention: Factor::of(0.027_728_5), coherency: Factor::of(0.000_104_4) };
    assert!((specsdm91.peak().unwrap().get() - 96.519_56).abs() < 0.02, "alpha and beta are rounded as published");
    assert_eq!(specsdm91.peak_servers(), Some(97));
    let one = 89.995_233;
    for (servers, throughput) in [(1, 90.0), (18, 1078.0), (36, 1541.0), (72, 1850.0), (144, 1822.0), (216, 1646.0)] {
        let found = one * specsdm91.effective_servers(servers).get();
        assert!((found - throughput).abs() < 1.0, "{servers} users: {found}");
    }
    // The package's test data made with 0.02 and 0.02: a peak at seven.
    let made = Scalability { contention: Factor::of(0.02), coherency: Factor::of(0.02) };
    assert!((made.peak().unwrap().get() - 7.0).abs() < 1e-9);
    assert_eq!(made.peak_servers(), Some(7));
}

#[test]
fn a_closed_network_has_the_values_of_three_textbooks() {
    // Jain 1991, p. 577; Lazowska et al. 1984; both with eight digits by PDQ, and PDQ's e-business example.
    let cases: [(&[f64], f64, u32, f64, f64); 3] = [
        (&[2.0, 3.0, 1.0], 4.0, 20, 0.333_246_51, 56.015_632),
        (&[0.605, 2.1, 1.35], 15.0, 3, 0.151_516_49, 4.799_824_78),
        (&[0.0098, 0.0025, 0.000_72, 0.0098], 0.0, 10, 92.394_525, 0.108_231_52),
    ];
    for (demands, think, users, throughput, response) in cases {
        let demands: Vec<Span> = demands.iter().copied().map(Span::seconds).collect();
        let found = closed::mean_values(&demands, Span::seconds(think), users);
        assert!((found.throughput.as_per_second() / throughput - 1.0).abs() < 1e-7);
        assert!((found.response.as_seconds() / response - 1.0).abs() < 1e-7);
    }
}

/// The golden cases, where this checkout has them.
fn golden() -> Option<serde_json::Value> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("PLIMSOLL_SHARED").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(shared.join("golden/queueing_golden.json")).ok()?;
    Some(serde_json::from_str(&text).expect("the golden file is JSON"))
}

/// Mean and largest relative errors, in per cent, of what was compared.
#[derive(Default)]
struct Errors(Vec<f64>);

impl Errors {
    fn add(&mut self, found: f64, truth: f64) {
        self.0.push(100.0 * (found / truth - 1.0));
    }
    fn mean(&self) -> f64 {
        self.0.iter().map(|e| e.abs()).sum::<f64>() / self.0.len().max(1) as f64
    }
    fn largest(&self) -> f64 {
        self.0.iter().fold(0.0, |most, e| most.max(e.abs()))
    }
    fn cell(&self) -> String {
        if self.0.is_empty() { "-".into() } else { format!("{:.1} ({:.1})", self.mean(), self.largest()) }
    }
}

/// How many runs with different seeds a simulated number is the mean of.
const SEEDS: u64 = 5;

/// The mean error over runs with different seeds and its standard error: `+1.2 ± 0.3`.
fn over_seeds(errors: &Errors) -> (f64, String) {
    let n = errors.0.len() as f64;
    let mean = errors.0.iter().sum::<f64>() / n;
    let variance = errors.0.iter().map(|e| (e - mean) * (e - mean)).sum::<f64>() / (n - 1.0);
    (mean, format!("{mean:+.1} ± {:.1}", (variance / n).sqrt()))
}

/// Errors in the mean wait, the chance to wait, and the 95 and 99 % waits over the cases to keep; last, those of Whitt's
/// formula in the mean wait, as the golden file has them.
fn errors_over(cases: &[serde_json::Value], keep: impl Fn(&dyn Fn(&str) -> f64, &str) -> bool) -> [Errors; 5] {
    /// Shorter waits than this part of a service time are not compared in relative terms.
    const SHORTEST: f64 = 0.01;
    let mut errors: [Errors; 5] = Default::default();
    for case in cases {
        let at = |key: &str| case[key].as_f64().unwrap_or_else(|| panic!("{key} is a number"));
        if at("Wq_sim") < SHORTEST || !keep(&at, case["service_dist"].as_str().expect("a text")) {
            continue;
        }
        let found = station(at("c"), at("rho"), at("ca2"), at("cs2"));
        errors[0].add(seconds(found.mean_wait()), at("Wq_sim"));
        errors[1].add(found.waiting_probability().as_part(), at("p_wait"));
        errors[4].0.push(100.0 * at("relerr_whitt1993"));
        for (errors, (p, key)) in errors[2..4].iter_mut().zip([(95.0, "Wq_p95"), (99.0, "Wq_p99")]) {
            if at(key) >= SHORTEST {
                errors.add(seconds(found.wait_percentile(Share::percent(p))), at(key));
            }
        }
    }
    errors
}

#[test]
fn accuracy_of_one_station() {
    let Some(golden) = golden() else {
        println!("skipped: no golden/queueing_golden.json in PLIMSOLL_SHARED");
        return;
    };
    let cases = golden["ggc_vs_sim"].as_array().expect("a list");
    println!(
        "\n| utilization | servers | n | mean wait | chance to wait | p95 wait | p99 wait | mean wait by Whitt 1993 |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let row = |rho: &str, c: &str, errors: [Errors; 5]| {
        let cells = errors.iter().map(Errors::cell).collect::<Vec<_>>().join(" | ");
        println!("| {rho} | {c} | {} | {cells} |", errors[0].0.len());
        errors.map(|e| e.mean())
    };
    for (rho, bounds) in [(0.5, [3.0, 2.0, 4.0, 3.5]), (0.8, [1.2, 0.5, 1.3, 1.2]), (0.95, [1.0, 0.2, 1.0, 2.0])] {
        for c in [1.0, 2.0, 4.0, 10.0] {
            let with = |at: &dyn Fn(&str) -> f64, law: &str| at("rho") == rho && at("c") == c && law != "lognormal";
            row(&rho.to_string(), &c.to_string(), errors_over(cases, with));
        }
        let with = |at: &dyn Fn(&str) -> f64, law: &str| at("rho") == rho && law != "lognormal";
        let means = row(&rho.to_string(), "all", errors_over(cases, with));
        assert!(means.iter().zip(bounds).all(|(mean, bound)| *mean <= bound), "{rho}: {means:?}");
    }
    let poisson = |at: &dyn Fn(&str) -> f64, law: &str| at("ca2") == 1.0 && law != "lognormal";
    row("Poisson arrivals", "all", errors_over(cases, poisson));
    let lognormal = row("lognormal service", "all", errors_over(cases, |_, law| law == "lognormal"));
    assert!(lognormal[0] < 5.0 && lognormal[3] < 10.0, "{lognormal:?}");
}

#[test]
fn accuracy_where_nothing_was_fitted() {
    // Servers, utilizations and variabilities that the golden cases do not have, and lognormal service, against the
    // simulator; fitted constants have not seen them.
    use plimsoll::queueing::{SimulatedNode, simulate_renewal};
    println!("\n| servers | utilization | arrivals | service | mean wait | p95 response | p99 response |");
    println!("|---|---|---|---|---|---|---|");
    let (mut wait, mut late): (Errors, Errors) = Default::default();
    for (servers, rho) in [(1, 0.6), (3, 0.6), (3, 0.9), (8, 0.6), (8, 0.9), (32, 0.9)] {
        for (arrivals, service) in [(1.0, 0.25), (1.0, 2.0), (0.25, 0.6), (2.0, 2.0)] {
            let found = station(f64::from(servers), rho, arrivals, service);
            let node = SimulatedNode {
                machines: 1,
                servers,
                service: found.service,
                service_variability: found.service_variability,
                calls: Vec::new(),
            };
            let mut row: [Errors; 3] = Default::default();
            for seed in 1..=SEEDS {
                let (rate, varies) = (found.arrivals, found.arrival_variability);
                let seen = simulate_renewal(std::slice::from_ref(&node), 0, rate, varies, 600_000, seed);
                row[0].add(seconds(found.mean_wait()), seen.nodes[0].mean_wait.as_seconds());
                for (errors, p) in row[1..].iter_mut().zip([95.0, 99.0].map(Share::percent)) {
                    errors.add(seconds(found.response_percentile(p)), seconds(seen.percentile(p)));
                }
            }
            let cells = row.map(|errors| over_seeds(&errors));
            println!(
                "| {servers} | {rho} | {arrivals} | {service} | {} | {} | {} |",
                cells[0].1, cells[1].1, cells[2].1
            );
            wait.0.push(cells[0].0);
            late.0.extend([cells[1].0, cells[2].0]);
        }
    }
    println!("| mean error without sign (largest) | | | | {} | {} | |", wait.cell(), late.cell());
    assert!(wait.mean() < 5.0 && late.mean() < 2.0 && late.largest() < 14.0);
}

/// Poisson arrivals and lognormal service against the simulator: prints a row for each cell and returns the errors at p95
/// and p99, in per cent. The runs are longer where load is high and where few servers meet variable service.
fn lognormal_cells(cells: &[(u32, f64, f64)]) -> Vec<[f64; 2]> {
    use plimsoll::queueing::{SimulatedNode, simulate};
    println!("\n| servers | utilization | service | p95 response | p99 response | told p95 | told p99 |");
    println!("|---|---|---|---|---|---|---|");
    let errors = |&(servers, rho, service): &(u32, f64, f64)| {
        let found = station(f64::from(servers), rho, 1.0, service);
        let (service_time, service_variability) = (found.service, found.service_variability);
        let node = SimulatedNode { machines: 1, servers, service: service_time, service_variability, calls: vec![] };
        let unsteady = if servers < 4 && rho >= 0.7 && service >= 2.0 { 4 } else { 1 };
        let requests = unsteady * if rho > 0.8 { 1_500_000 } else { 400_000 };
        let told = [95.0, 99.0].map(|p| found.response_percentile(Share::percent(p)));
        let mut row: [Errors; 2] = Default::default();
        // Seeds of their own: the constants of the engine were fitted to other runs.
        for seed in 101..=100 + SEEDS {
            let seen = simulate(std::slice::from_ref(&node), 0, found.arrivals, requests, seed);
            for ((errors, told), p) in row.iter_mut().zip(told).zip([95.0, 99.0]) {
                errors.add(seconds(told), seconds(seen.percentile(Share::percent(p))));
            }
        }
        let [(p95, cell_95), (p99, cell_99)] = row.map(|errors| over_seeds(&errors));
        let [told_95, told_99] = told.map(seconds);
        println!("| {servers} | {rho} | {service} | {cell_95} | {cell_99} | {told_95:.3} | {told_99:.3} |");
        [p95, p99]
    };
    cells.iter().map(errors).collect()
}

#[test]
fn accuracy_with_lognormal_service_on_few_servers() {
    let cells = [(1, 0.4, 1.0), (1, 0.6, 1.0), (1, 0.6, 4.0), (2, 0.8, 1.0), (2, 0.8, 4.0), (4, 0.8, 4.0)];
    for (cell, [p95, p99]) in cells.iter().zip(lognormal_cells(&cells)) {
        assert!(p95.abs() < 8.0 && p99.abs() < 5.0, "{cell:?}: {p95:+.1} % at p95, {p99:+.1} % at p99");
    }
}

#[test]
#[ignore = "two minutes: the whole grid of docs/accuracy/queueing.md"]
fn lognormal_service_on_a_grid() {
    let (mut early, mut late) = (Errors::default(), Errors::default());
    for servers in [1, 2, 3, 4, 8, 16] {
        let cells: Vec<_> = [0.3, 0.5, 0.7, 0.85]
            .into_iter()
            .flat_map(|rho| [0.25, 1.0, 2.0, 4.0].map(|service| (servers, rho, service)))
            .collect();
        for [p95, p99] in lognormal_cells(&cells) {
            early.0.push(p95);
            late.0.push(p99);
        }
    }
    println!("mean error without sign (largest): p95 {}, p99 {}", early.cell(), late.cell());
    assert!(early.largest() < 10.0 && late.largest() < 8.0);
}
