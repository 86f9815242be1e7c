//! The simulation against what is known without it.
use super::*;

fn node(machines: u32, servers: u32, millis: f64, variability: f64, calls: Vec<Call>) -> SimulatedNode {
    let service_variability = Factor::of(variability);
    SimulatedNode { machines, servers, service: Span::millis(millis), service_variability, calls }
}

#[test]
fn with_constant_service_the_wait_is_half_of_pollaczek_and_khinchines_exponential_one() {
    // M/D/1 at 80 %: 0.5 x 0.8 / 0.2 services.
    let seen = simulate(&[node(4, 1, 10.0, 0.0, vec![])], 0, Rate::per_second(320.0), 400_000, 1);
    assert!((seen.nodes[0].utilization.get() - 0.8).abs() < 0.005);
    assert!((seen.nodes[0].mean_wait.as_millis() / 20.0 - 1.0).abs() < 0.03, "{}", seen.nodes[0].mean_wait);
}

#[test]
fn equal_seeds_give_equal_results_and_every_request_is_answered() {
    let call = |ratio, mode| Call { to: 1, ratio: Factor::of(ratio), mode };
    let calls = vec![call(2.5, CallMode::Sequential), call(0.2, CallMode::Parallel), call(1.0, CallMode::Parallel)];
    let nodes = [node(1, 4, 1.0, 1.0, calls), node(2, 8, 1.0, 1.0, vec![])];
    let run = |seed| simulate(&nodes, 0, Rate::per_second(900.0), 50_000, seed);
    let seen = run(3);
    assert_eq!(seen, run(3));
    assert_ne!(seen, run(4));
    assert_eq!((seen.responses.len(), seen.nodes[0].visits), (45_000, 50_000));
    assert!((seen.nodes[1].visits as f64 / 50_000.0 - 3.7).abs() < 0.02);
}

#[test]
fn without_a_wait_a_response_is_the_sum_of_its_rows_and_the_slowest_of_its_branches() {
    let call = |to, ratio, mode| Call { to, ratio: Factor::of(ratio), mode };
    let sequential = call(1, 3.0, CallMode::Sequential);
    let calls = vec![sequential, call(1, 2.0, CallMode::Parallel), call(2, 1.0, CallMode::Parallel)];
    let nodes = [node(1, 9, 1.0, 0.0, calls), node(1, 9, 10.0, 0.0, vec![]), node(1, 9, 25.0, 0.0, vec![])];
    let seen = simulate_renewal(&nodes, 0, Rate::per_second(5.0), Factor::ZERO, 100, 1);
    assert!(seen.responses.iter().all(|time| (time.as_millis() - 56.0).abs() < 1e-6));
}
