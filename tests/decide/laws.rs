//! What holds of every plan under doubt.
use super::{planned, service, with_store, world};
use plimsoll::plan::{FrontierPoint, PlanOptions, RuleOf};
use plimsoll::units::{Money, Share, Span};
use plimsoll::workload::Workload;

fn few() -> PlanOptions {
    PlanOptions { draws: 256, ..PlanOptions::default() }
}

fn with_promise(workload: &Workload, millis: f64) -> Workload {
    let mut changed = workload.clone();
    changed.promises.latency[0].within = Span::millis(millis);
    changed
}

/// The cost of machines and disks, which is what the choice minimizes.
fn expected(workload: &Workload, options: PlanOptions) -> Money {
    planned(workload, &world(1), options).chosen.doubt.month.mean
}

#[test]
fn a_relaxed_promise_never_costs_more() {
    for workload in [service(), with_store()] {
        let costs: Vec<Money> = [60.0, 90.0, 150.0, 400.0, 2000.0]
            .iter()
            .map(|millis| expected(&with_promise(&workload, *millis), few()))
            .collect();
        assert!(costs.windows(2).all(|w| w[1] <= w[0]), "{}: {costs:?}", workload.name);
    }
}

#[test]
fn covering_more_worlds_never_costs_less() {
    let costs: Vec<Money> = [50.0, 80.0, 95.0, 99.0]
        .iter()
        .map(|p| expected(&service(), PlanOptions { coverage: Share::percent(*p), ..few() }))
        .collect();
    assert!(costs.windows(2).all(|w| w[0] <= w[1]), "{costs:?}");
}

#[test]
fn a_dearer_broken_promise_never_buys_more_risk() {
    for rule in [RuleOf::Regret, RuleOf::Careful] {
        let shares: Vec<usize> = [10.0, 1_000.0, 100_000.0]
            .iter()
            .map(|miss| {
                let options = PlanOptions { rule, miss: Some(Money::nearest(*miss)), ..few() };
                planned(&service(), &world(1), options).chosen.doubt.coverage.held
            })
            .collect();
        assert!(shares.windows(2).all(|w| w[0] <= w[1]) && shares[0] < shares[2], "{rule:?}: {shares:?}");
    }
}

#[test]
fn on_the_frontier_nothing_is_beaten_and_the_chosen_plan_or_better_is() {
    for workload in [service(), with_store()] {
        let answer = planned(&workload, &world(1), few());
        let points = &answer.frontier;
        assert!(points.len() > 2);
        let grams = |p: &FrontierPoint| p.emitted.expect("all here is known").mean;
        for (cheaper, dearer) in
            points.iter().enumerate().flat_map(|(i, a)| points[i + 1..].iter().map(move |b| (a, b)))
        {
            assert!(cheaper.month.mean <= dearer.month.mean, "the cheapest first");
            let is_better = dearer.coverage.held > cheaper.coverage.held || grams(dearer) < grams(cheaper);
            assert!(is_better, "{} is beaten by {}", dearer.runs, cheaper.runs);
        }
        let chosen = &answer.chosen.doubt;
        assert!(points.iter().any(|p| p.month.mean <= chosen.month.mean && p.coverage.held >= chosen.coverage.held));
    }
}

#[test]
fn the_lines_of_the_expected_bill_add_up_to_its_mean() {
    let answer = planned(&with_store(), &world(1), few());
    for plan in std::iter::once(&answer.chosen).chain(&answer.alternatives) {
        assert_eq!(plan.bill.total(), plan.doubt.month.mean, "{}", plan.differs);
    }
}

#[test]
fn what_is_sized_for_the_middle_covers_about_half_and_is_told_beside_the_chosen() {
    let answer = planned(&service(), &world(1), few());
    let middle = answer.alternatives.iter().find(|p| p.differs.contains("middle")).expect("it is an alternative");
    let covers = middle.doubt.coverage.share().as_part();
    assert!((0.4..0.85).contains(&covers), "{covers}");
    assert!(middle.bill.total() < answer.chosen.bill.total());
}

#[test]
fn the_bound_of_the_json_is_the_one_that_was_asked_for() {
    let bound = |confidence: f64| {
        let options = PlanOptions { confidence: Share::percent(confidence), ..few() };
        let answer = planned(&service(), &world(1), options);
        let told =
            plimsoll_tests::json(&answer)["answer"]["chosen"]["coverage_at_least_share"].as_f64().expect("it is told");
        assert_eq!(told, answer.chosen.doubt.coverage.at_least(Share::percent(confidence)).as_part());
        told
    };
    assert!(bound(99.0) < bound(60.0), "who wants to be surer is told less");
}

#[test]
fn a_plan_that_covers_too_little_says_so_in_its_first_sentence() {
    let workload = plimsoll_tests::workload(&super::SERVICE.replace("600 MB", "2 TB").replace(
        "memory = \"2 TB\"",
        "memory = { low = \"1 GB\", mid = \"4 GB\", high = \"2 TB\", confidence = \"50 %\" }",
    ));
    let answer = planned(&workload, &world(1), few());
    assert!(answer.chosen.doubt.coverage.share() < Share::percent(95.0));
    let outcome = Ok(plimsoll::Answer::Plan(Box::new(answer)));
    let verdict = plimsoll::report::report(&outcome, &plimsoll_tests::meta()).verdict;
    assert!(verdict.contains("short of the 95 % asked for"), "{verdict}");
}
