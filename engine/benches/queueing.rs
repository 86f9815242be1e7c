//! How long the questions take that a plan asks of its stations most often.
use plimsoll::queueing::{Grid, ResponseTime, SimulatedNode, Station, erlang, simulate};
use plimsoll::units::{Factor, Load, Rate, Share, Span};

fn main() {
    divan::main();
}

fn station(servers: f64, arrivals: f64, service: f64) -> Station {
    Station {
        arrivals: Rate::per_second(0.8 * servers * 100.0),
        service: Span::millis(10.0),
        servers: Factor::of(servers),
        arrival_variability: Factor::of(arrivals),
        service_variability: Factor::of(service),
    }
}

#[divan::bench(args = [4, 64, 400, 10_000])]
fn waiting_probability(bencher: divan::Bencher<'_, '_>, servers: u32) {
    bencher.bench(|| erlang::waiting_probability(servers, Load::erlangs(divan::black_box(0.8) * f64::from(servers))));
}

/// Servers, variability of arrivals, variability of service.
const STATIONS: [(f64, f64, f64); 7] = [
    (4.0, 1.0, 0.0),
    (4.0, 1.0, 0.5),
    (4.0, 1.0, 1.0),
    (4.0, 1.0, 2.0),
    (62.5, 1.0, 0.5),
    (4.0, 0.5, 0.5),
    (64.0, 0.5, 0.5),
];

#[divan::bench(args = STATIONS)]
fn response_exceeds(bencher: divan::Bencher<'_, '_>, (servers, arrivals, service): (f64, f64, f64)) {
    let station = station(servers, arrivals, service);
    bencher.bench(|| divan::black_box(station).response_exceeds(divan::black_box(Span::millis(40.0))));
}

#[divan::bench(args = STATIONS)]
fn response_percentile(bencher: divan::Bencher<'_, '_>, (servers, arrivals, service): (f64, f64, f64)) {
    let station = station(servers, arrivals, service);
    bencher.bench(|| divan::black_box(station).response_percentile(divan::black_box(Share::percent(99.0))));
}

#[divan::bench]
fn station_on_the_usual_grid(bencher: divan::Bencher<'_, '_>) {
    let grid = Grid::to(Span::seconds(1.0));
    bencher.bench(|| ResponseTime::from_station(&divan::black_box(station(4.0, 1.0, 0.5)), grid));
}

#[divan::bench]
fn two_hops_in_a_row(bencher: divan::Bencher<'_, '_>) {
    let time = ResponseTime::from_station(&station(4.0, 1.0, 0.5), Grid::to(Span::seconds(1.0)));
    bencher.bench(|| divan::black_box(&time).then(&time));
}

#[divan::bench(sample_count = 5)]
fn a_hundred_thousand_simulated_requests() -> usize {
    let service_variability = Factor::of(0.5);
    let node =
        SimulatedNode { machines: 4, servers: 4, service: Span::millis(10.0), service_variability, calls: vec![] };
    simulate(&[node], 0, Rate::per_second(1280.0), 100_000, 1).responses.len()
}
