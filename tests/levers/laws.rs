//! What holds of every lever.
use super::*;

/// Every number of a workload: low, middle and high of each input, in order.
fn numbers(workload: &Workload) -> Vec<(String, [f64; 3])> {
    let mut found = Vec::new();
    workload.clone().each_input(&mut |path, input| found.push((path.to_string(), input.ends())));
    found
}

/// Whether both are the same world, to the last digits of sums and products.
fn is_same(one: &Workload, other: &Workload) -> bool {
    let (a, b) = (numbers(one), numbers(other));
    let near = |x: f64, y: f64| x == y || (x - y).abs() <= 1e-12 * x.abs().max(y.abs());
    let same_numbers = a.len() == b.len()
        && a.iter().zip(&b).all(|((p, x), (q, y))| p == q && x.iter().zip(y).all(|(x, y)| near(*x, *y)));
    // What is no input must be the same outright: the numbers of one are put into the other.
    let bare = |workload: &Workload| {
        let mut bare = workload.clone();
        bare.each_input(&mut |_, input| input.fix(1.0));
        bare
    };
    same_numbers && bare(one) == bare(other)
}

#[test]
fn levers_that_commute_give_the_same_world_in_any_order() {
    let workload = workload(SHOP);
    let there: Vec<Lever> =
        levers().into_iter().filter(|lever| lever.commutes() && pull(&workload, lever).is_ok()).collect();
    assert!(there.len() >= 10, "{}", there.len());
    let both = |a: &Lever, b: &Lever| pull(&pull(&workload, a).expect("it applies"), b).ok();
    let mut pairs = 0;
    for (i, a) in there.iter().enumerate() {
        for b in &there[i + 1..] {
            // One may leave the other no place: what is compressed is not compressed again.
            let (Some(one), Some(other)) = (both(a, b), both(b, a)) else { continue };
            assert!(is_same(&one, &other), "{} and {}", a.name, b.name);
            pairs += 1;
        }
    }
    assert!(pairs > 40, "{pairs}");
}

#[test]
fn a_lever_without_effect_saves_nothing() {
    let nothing = |name: &str, fields: &[&str]| StatedLever {
        name: name.into(),
        on: None,
        effort: None,
        measured: fields.iter().map(|field| ((*field).to_owned(), Estimate::exact(Factor::ONE))).collect(),
    };
    let stated = vec![
        nothing("query", &["cpu_per_read"]),
        nothing("trim", &["bytes_out", "cpu_per_request"]),
        nothing("endpoint", &["nat"]),
        nothing("pool", &["memory"]),
    ];
    let ranking = ranking(&workload(SHOP), LeverOptions { stated, ..LeverOptions::default() });
    for name in ["query", "trim", "endpoint", "pool"] {
        let one = ranking.weighed.iter().find(|one| one.placed.lever.name == name).expect("it applies");
        let saves = one.saves;
        assert!([saves.mean, saves.p10, saves.p90].iter().all(|m| *m == Money::ZERO), "{name}: {saves:?}");
        assert!(!one.pays && one.payback.is_none());
    }
}

#[test]
fn a_larger_choice_never_costs_more() {
    // Levers that only allow: the planner may do as before.
    let workload = workload(SHOP);
    let ranking = ranking(&workload, LeverOptions::default());
    let mut seen = 0;
    for name in ["commit", "arm64", "spot"] {
        let Some(one) = ranking.weighed.iter().find(|one| one.placed.lever.name == name) else { continue };
        assert!(one.saves.mean >= Money::ZERO, "{name}: {:?}", one.saves);
        seen += 1;
    }
    assert!(seen >= 2, "{seen}");
}

#[test]
fn the_same_question_gives_the_same_ranking_and_other_levers_change_no_draw() {
    let workload = workload(SHOP);
    let one = ranking(&workload, LeverOptions::default());
    let again = ranking(&workload, LeverOptions::default());
    let told = |ranking: &Ranking| -> Vec<(String, Money)> {
        ranking.weighed.iter().map(|one| (one.placed.to_string(), one.saves.mean)).collect()
    };
    assert_eq!(told(&one), told(&again));
}
