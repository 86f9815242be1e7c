//! The composition of a call graph against the simulator.
use super::{Errors, Factor, Rate, Share, Span};
use plimsoll::queueing::{Call, CallMode, Grid, Node, ResponseTime, SimulatedNode, Station, end_to_end, simulate};

/// Machines, servers in each, service variability, visits for each request, calls.
type Part = (u32, u32, f64, f64, Vec<Call>);

/// The node of this part, full at a thousand requests a second, as simulated and as computed at `utilization`.
fn both(&(machines, servers, variability, visits, ref calls): &Part, utilization: f64) -> (SimulatedNode, Station) {
    let service = Span::seconds(f64::from(machines * servers) / (1000.0 * visits));
    let service_variability = Factor::of(variability);
    let simulated = SimulatedNode { machines, servers, service, service_variability, calls: calls.clone() };
    let station = Station {
        arrivals: Rate::per_second(1000.0 * utilization * visits / f64::from(machines)),
        service,
        servers: Factor::of(f64::from(servers)),
        arrival_variability: Factor::ONE,
        service_variability,
    };
    (simulated, station)
}

#[test]
fn accuracy_of_a_network() {
    use CallMode::{Parallel, Sequential};
    let call = |to, ratio, mode| Call { to, ratio: Factor::of(ratio), mode };
    let chain = vec![(3, 4, 1.0, 1.0, vec![call(1, 1.0, Sequential)]), (5, 2, 0.5, 1.0, vec![])];
    let fan_out = vec![
        (2, 8, 0.5, 1.0, vec![call(1, 1.0, Parallel), call(2, 1.0, Parallel), call(3, 1.0, Parallel)]),
        (3, 4, 1.0, 1.0, vec![]),
        (2, 4, 2.0, 1.0, vec![]),
        (4, 2, 1.0, 1.0, vec![]),
    ];
    let ratios = vec![
        (2, 4, 1.0, 1.0, vec![call(1, 2.5, Sequential), call(2, 0.2, Sequential)]),
        (5, 2, 0.5, 2.5, vec![]),
        (1, 8, 2.0, 0.2, vec![]),
    ];
    let one_server = vec![(2, 1, 1.0, 1.0, vec![call(1, 2.0, Sequential)]), (3, 1, 1.0, 2.0, vec![])];
    let alone = vec![(1, 1, 1.0, 1.0, vec![call(1, 2.0, Sequential)]), (1, 1, 1.0, 2.0, vec![])];
    println!("\n| graph | utilization | p50 | p95 | p99 |");
    println!("|---|---|---|---|---|");
    let mut all = Errors::default();
    // What one server makes of requests that come back at once is not in the model: there the bound is wider.
    for (name, parts, horizon, most) in [
        ("chain of 2", chain, 20.0, 5.0),
        ("fan-out to 3", fan_out, 20.0, 5.0),
        ("2.5 calls, 0.2 misses", ratios, 20.0, 5.0),
        ("1 server, 2 calls to 3 machines", one_server, 80.0, 9.0),
        ("1 server, 2 calls to 1 machine", alone, 80.0, 25.0),
    ] {
        for utilization in [0.5, 0.7, 0.85] {
            let (simulated, stations): (Vec<_>, Vec<_>) = parts.iter().map(|part| both(part, utilization)).unzip();
            let grid = Grid::to(stations.iter().map(|s| s.service).sum::<Span>() * horizon);
            let own = |station| ResponseTime::from_station(station, grid);
            let nodes: Vec<Node> = stations
                .iter()
                .zip(&simulated)
                .map(|(station, node)| Node { own: own(station), calls: node.calls.clone() })
                .collect();
            let whole = end_to_end(&nodes, 0);
            let mut row: [Errors; 3] = Default::default();
            for seed in 1..=super::SEEDS {
                let seen = simulate(&simulated, 0, Rate::per_second(1000.0 * utilization), 400_000, seed);
                for (errors, p) in row.iter_mut().zip([50.0, 95.0, 99.0].map(Share::percent)) {
                    errors.add(whole.percentile(p).unwrap().as_seconds(), seen.percentile(p).unwrap().as_seconds());
                }
            }
            let cells = row.map(|errors| super::over_seeds(&errors));
            println!("| {name} | {utilization} | {} | {} | {} |", cells[0].1, cells[1].1, cells[2].1);
            let means = cells.map(|(mean, _)| mean);
            assert!(means.iter().all(|mean| mean.abs() < most), "{name} at {utilization}: {means:?}");
            all.0.extend(means);
        }
    }
    println!("| mean error without sign | | {:.1} | | |", all.mean());
}
