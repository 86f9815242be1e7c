//! Fits of the universal scalability law that others have published, to their digits.
use plimsoll::signal::{ceiling, scalability};

/// Whether the numbers agree in their first four digits.
fn to_four_digits(found: f64, published: f64) -> bool {
    (found / published - 1.0).abs() < 5e-4
}

/// The SPEC SDM91 sweep of N. J. Gunther, "Guerrilla Capacity Planning", 2007, table 5.1: load, and scripts an hour.
const SPEC: [(f64, f64); 7] =
    [(1.0, 64.9), (18.0, 995.9), (36.0, 1652.4), (72.0, 1853.2), (108.0, 1828.9), (144.0, 1775.0), (216.0, 1702.2)];
/// The ray tracer of the same book, table 4.1: processors, and rays a second.
const RAYS: [(f64, f64); 11] = [
    (1.0, 20.0),
    (4.0, 78.0),
    (8.0, 130.0),
    (12.0, 170.0),
    (16.0, 190.0),
    (20.0, 200.0),
    (24.0, 210.0),
    (28.0, 230.0),
    (32.0, 260.0),
    (48.0, 280.0),
    (64.0, 310.0),
];
/// The Cisco benchmark of B. Schwartz, "Practical Scalability Analysis with the Universal Scalability Law", 2015, at 1, 2, 3 ...
/// clients.
const CISCO: [f64; 32] = [
    955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7, 9047.84,
    9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806.0, 12089.37, 12075.41,
    12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39,
];

fn fit(points: &[(f64, f64)]) -> scalability::Law {
    let (numbers, throughput): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    scalability::fit(&numbers, &throughput).expect("there are enough points")
}

#[test]
fn spec_sdm91() {
    // R's package usl 3.0 on the same points: alpha 0.0277285 (0.0091217), beta 0.0001044 (0.0000199), gamma 89.9952
    // (14.2135), peak at 96.51956 with 1884, limit 3245.589.
    let law = fit(&SPEC);
    assert!(to_four_digits(law.alone.value, 89.9952) && to_four_digits(law.alone.error, 14.2135), "{law:?}");
    assert!(to_four_digits(law.contention.value, 0.027_728_5) && to_four_digits(law.contention.error, 0.009_121_7));
    // Printed with four digits: the last is rounded.
    assert!((law.coherency.value - 0.000_104_4).abs() < 5e-8 && (law.coherency.error - 0.000_019_9).abs() < 5e-8);
    assert!(to_four_digits(law.peak().unwrap(), 96.519_56) && to_four_digits(law.limit().unwrap(), 3245.589));
    assert!(to_four_digits(law.at(law.peak().unwrap()), 1884.0));
    for ((number, _), published) in SPEC.iter().zip([90.0, 1078.0, 1541.0, 1850.0, 1879.0, 1822.0, 1646.0]) {
        assert!((law.at(*number) - published).abs() < 0.5, "{number}");
    }
    // The usual quantile of Student's t for 7 points and 3 parameters is 2.776.
    let (low, high) = law.contention.range(0.95);
    assert!(to_four_digits((high - low) / 2.0 / law.contention.error, 2.776));
}

#[test]
fn the_ray_tracer() {
    // The same package on the first six points: 0.02444, 0.00163, 20.85605. Its range of contention, 0.00754 to 0.04135, takes
    // the t of 0.95 and five degrees (2.015); that of 0.975 and the three degrees that are left is 3.182.
    let law = fit(&RAYS[..6]);
    assert!((law.contention.value - 0.024_44).abs() < 5e-6 && (law.coherency.value - 0.001_63).abs() < 5e-6, "{law:?}");
    assert!(to_four_digits(law.alone.value, 20.856_05) && to_four_digits(law.peak().unwrap(), 24.488));
    let (low, high) = law.contention.range(0.95);
    assert!(((0.041_35 - 0.007_54) / (high - low) / (2.015 / 3.182) - 1.0).abs() < 2e-3, "{low} {high}");
    // All eleven have no peak: contention 0.0577708, gamma 21.8488, limit 378.2.
    let law = fit(&RAYS);
    assert!(to_four_digits(law.contention.value, 0.057_770_8) && to_four_digits(law.alone.value, 21.8488), "{law:?}");
    assert_eq!((law.coherency.value, law.peak()), (0.0, None));
    assert!(to_four_digits(law.limit().unwrap(), 378.2));
    assert!(law.coherency.range(0.95).1 > 0.0, "what is at its bound is not known exactly");
}

#[test]
fn cisco() {
    // The library usl4j on the same points: sigma 0.02671591, kappa 7.690945e-4, lambda 995.6486, 11063.63 at 20 clients. Least
    // squares by scipy: a peak of 12342.9 at 35.6.
    let points: Vec<(f64, f64)> = CISCO.iter().enumerate().map(|(i, x)| (i as f64 + 1.0, *x)).collect();
    let law = fit(&points);
    assert!(to_four_digits(law.contention.value, 0.026_715_91), "{law:?}");
    assert!(to_four_digits(law.coherency.value, 7.690_945e-4) && to_four_digits(law.alone.value, 995.6486));
    assert!((law.peak().unwrap() - 35.6).abs() < 0.05);
    assert!(to_four_digits(law.at(20.0), 11_063.63) && to_four_digits(law.at(35.6), 12_342.9));
}

#[test]
fn a_flat_ceiling_is_no_law_of_scalability() {
    // The shape of a sweep against a pool of eight connections: the law finds a peak where there is none, and Akaike's
    // criterion prefers the two lines.
    let numbers = [1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0];
    let throughput = [44.1, 88.0, 175.0, 262.0, 347.0, 352.0, 351.0, 353.0, 352.0, 351.0];
    let (law, top) = (scalability::fit(&numbers, &throughput).unwrap(), ceiling::fit(&numbers, &throughput).unwrap());
    assert!(law.r_squared > 0.9 && law.peak().is_some_and(|peak| peak < 48.0), "{law:?}");
    let of = |squares, parameters| ceiling::criterion(squares, numbers.len(), parameters, 353.0);
    assert!(of(top.squares, 2) < of(law.squares, 3));
    assert!((top.knee() - 8.0).abs() < 0.2 && (top.top - 351.8).abs() < 1.0, "{top:?}");
}
