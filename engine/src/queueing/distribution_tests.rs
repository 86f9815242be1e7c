//! What the grid may lose, and what it must keep.
use super::*;

fn millis(n: f64) -> Span {
    Span::millis(n)
}

#[test]
fn a_percentile_is_within_one_step_of_the_true_one() {
    // The sum of four lognormals has no formula, but the sum of points has, and a lognormal itself has.
    let grid = Grid::new(millis(400.0), 800);
    let step = grid.step();
    let exact = Lognormal::of(20.0, 1.5);
    let time = ResponseTime::lognormal(millis(20.0), Factor::of(1.5), grid);
    for p in [5.0, 50.0, 90.0, 99.0, 99.9] {
        let found = time.percentile(Share::percent(p)).unwrap().as_millis();
        let late = exact.exceeds(found + step.as_millis())..=exact.exceeds(found - step.as_millis());
        assert!(late.contains(&(1.0 - p / 100.0)), "p{p}: {found}");
    }
}

#[test]
fn a_sum_keeps_the_mean_and_each_term_adds_at_most_one_step_of_error() {
    let coarse = Grid::new(millis(400.0), 200);
    let fine = Grid::new(millis(400.0), 8 * 2048);
    let sum = |grid: Grid| {
        let part = ResponseTime::lognormal(millis(11.3), Factor::of(0.7), grid);
        part.times(Factor::of(5.0)).then(&ResponseTime::point(millis(3.3), grid))
    };
    let (found, reference) = (sum(coarse), sum(fine));
    assert!((found.mean().as_millis() - (5.0 * 11.3 + 3.3)).abs() < 1e-3, "{}", found.mean());
    for p in [1.0, 50.0, 95.0, 99.0] {
        let at = |time: &ResponseTime| time.percentile(Share::percent(p)).unwrap();
        let error = (at(&found).as_millis() - at(&reference).as_millis()).abs();
        assert!(error < coarse.step().as_millis(), "p{p}: {error} ms");
    }
}

#[test]
fn the_slower_of_two_and_the_quicker_of_two_sum_to_both() {
    let grid = Grid::new(millis(500.0), 1000);
    let one = ResponseTime::lognormal(millis(10.0), Factor::of(1.0), grid);
    let two = ResponseTime::lognormal(millis(20.0), Factor::of(0.5), grid);
    let both = one.and(&two).mean() + one.race(&two).mean();
    assert!((both.as_millis() - (one.mean() + two.mean()).as_millis()).abs() < 1e-9);
    let t = millis(25.0);
    let product = one.exceeds(t).rest().as_part() * two.exceeds(t).rest().as_part();
    assert!((one.and(&two).exceeds(t).rest().as_part() - product).abs() < 1e-4);
}

#[test]
fn what_is_beyond_the_horizon_is_later_not_lost() {
    let grid = Grid::new(millis(10.0), 100);
    let time = ResponseTime::lognormal(millis(8.0), Factor::of(1.0), grid);
    assert!(time.later_share() > Share::percent(20.0));
    assert_eq!(time.percentile(Share::percent(99.0)), None);
    assert_eq!(ResponseTime::point(millis(50.0), grid).later_share(), Share::ALL);
    let sum = time.then(&time);
    assert!((sum.exceeds(millis(10.0)).as_part() - sum.later_share().as_part()).abs() < 1e-12);
}

#[test]
fn a_fraction_of_a_call_is_one_more_now_and_then() {
    let grid = Grid::new(millis(100.0), 1000);
    let time = ResponseTime::point(millis(10.0), grid).times(Factor::of(2.3));
    assert!((time.mean().as_millis() - 23.0).abs() < 1e-9);
    assert!((time.exceeds(millis(25.0)).as_part() - 0.3).abs() < 1e-9);
    assert_eq!(ResponseTime::point(millis(10.0), grid).times(Factor::ZERO), ResponseTime::zero(grid));
}

#[test]
fn a_station_on_the_grid_is_the_station() {
    let station = Station {
        arrivals: crate::units::Rate::per_second(300.0),
        service: millis(10.0),
        servers: Factor::of(4.0),
        arrival_variability: Factor::ONE,
        service_variability: Factor::of(0.8),
    };
    let grid = Grid::to(millis(300.0));
    let time = ResponseTime::from_station(&station, grid);
    for p in [50.0, 95.0, 99.0, 99.9] {
        let (found, exact) =
            (time.percentile(Share::percent(p)).unwrap(), station.response_percentile(Share::percent(p)).unwrap());
        assert!((found.as_millis() - exact.as_millis()).abs() < grid.step().as_millis(), "p{p}: {found}, {exact}");
    }
    let full = Station { servers: Factor::of(2.9), ..station };
    assert_eq!(ResponseTime::from_station(&full, grid).later_share(), Share::ALL);
}

#[test]
fn what_neither_beats_is_as_late_as_neither() {
    let grid = Grid::new(millis(400.0), 800);
    let steady = ResponseTime::point(millis(30.0), grid);
    let varied = ResponseTime::lognormal(millis(25.0), Factor::of(4.0), grid);
    let best = steady.at_best(&varied);
    for t in [1.0, 10.0, 29.0, 31.0, 60.0, 200.0].map(millis) {
        let least = steady.exceeds(t).as_part().min(varied.exceeds(t).as_part());
        assert!((best.exceeds(t).as_part() - least).abs() < 1e-9, "{t}");
    }
}

#[test]
fn what_is_stretched_has_its_percentiles_and_its_mean_stretched() {
    let grid = Grid::new(millis(800.0), 2048);
    let time = ResponseTime::lognormal(millis(40.0), Factor::of(0.8), grid);
    let longer = time.stretched(Factor::of(1.3));
    // What leaves the horizon counts as if it ended there.
    assert!((longer.mean() / time.mean() - 1.3).abs() < 1e-3);
    for p in [50.0, 95.0, 99.0] {
        let at = |time: &ResponseTime| time.percentile(Share::percent(p)).unwrap().as_millis();
        assert!((at(&longer) - 1.3 * at(&time)).abs() < grid.step().as_millis(), "p{p}");
    }
}
