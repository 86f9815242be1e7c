//! What knowing is worth, and comparing, tried on plans and on numbers.
use plimsoll::choice::{Judged, information};
use plimsoll::compare::{CompareAnswer, Comparison, Subject};
use plimsoll::plan::PlanOptions;
use plimsoll::units::{FineMoney, Money};
use plimsoll::workload::Workload;
use plimsoll::{Answer, Question, ask};
use plimsoll_tests::{in_world, small_catalog, workload};
use proptest::prelude::*;

const DRAWS: PlanOptions = PlanOptions {
    draws: 64,
    coverage: plimsoll::units::Share::percent(90.0),
    confidence: plimsoll::units::Share::percent(80.0),
    rule: plimsoll::plan::RuleOf::Coverage,
    miss: None,
    worst: plimsoll::units::Share::percent(10.0),
};

/// A service whose demand and work nobody knows well, at these middles.
fn unsure(peak: u32, millis: u32) -> Workload {
    let (low, high) = (peak / 2, peak * 2);
    workload(&format!(
        r#"
        name = "unsure"
        entry = "api"
        horizon = "1 months"
        [demand]
        peak = {{ low = "{low}/s", mid = "{peak}/s", high = "{high}/s", confidence = "90 %" }}
        [promises]
        p99 = "300 ms"
        [service.api]
        cpu_per_request = {{ low = "{millis} ms", mid = "{} ms", high = "{} ms", confidence = "80 %" }}
        memory = "600 MB"
        bytes_out = "20 kB"
        "#,
        millis + 2,
        millis + 6
    ))
}

fn compared(left: &Workload, right: &Workload) -> CompareAnswer {
    let side = |name: &str, workload: &Workload| {
        (name.to_owned(), Subject::Workload(Box::new(workload.clone()), DRAWS, vec![small_catalog()]))
    };
    let comparison = Comparison { left: side("left", left), right: side("right", right) };
    match ask(&Question::Compare(Box::new(comparison)), &in_world(Vec::new())) {
        Ok(Answer::Compare(answer)) => *answer,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn knowing_is_worth_something_between_nothing_and_the_regret(
        table in prop::collection::vec(prop::collection::vec((0_u32..1000, any::<bool>()), 40), 1..6),
        columns in prop::collection::vec(prop::collection::vec(0.0..1.0_f64, 40), 1..4),
        miss in 0_u32..5000,
        pick in any::<prop::sample::Index>(),
    ) {
        let dollars = |n: u32| Money::nearest(f64::from(n));
        let option = |worlds: &Vec<(u32, bool)>| Judged {
            cost: worlds.iter().map(|(cost, _)| dollars(*cost)).collect(),
            kept: worlds.iter().map(|(_, kept)| *kept).collect(),
        };
        let options: Vec<Judged> = table.iter().map(option).collect();
        let known = information(&options, pick.index(options.len()), dollars(miss), &columns);
        prop_assert!(known.all >= Money::ZERO && known.all <= known.regret, "{known:?}");
        for each in &known.each {
            prop_assert!(*each >= Money::ZERO && *each <= known.all, "{known:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_a_plan_too(peak in 50_u32..800, millis in 2_u32..9) {
        let question = Question::Plan(unsure(peak, millis), DRAWS);
        let Ok(Answer::Plan(plan)) = ask(&question, &in_world(vec![small_catalog()])) else { return Ok(()) };
        let sensitivity = plan.sensitivity.expect("two inputs are uncertain");
        prop_assert!(sensitivity.worth >= Money::ZERO && sensitivity.worth <= sensitivity.regret);
        prop_assert_eq!(sensitivity.inputs.len(), 2);
        for input in &sensitivity.inputs {
            prop_assert!(input.worth >= Money::ZERO && input.worth <= sensitivity.worth);
            prop_assert!(input.low.value <= input.high.value);
            prop_assert!(input.low.coverage.share() >= input.high.coverage.share(), "more of it breaks more");
        }
    }

    #[test]
    fn comparing_is_the_opposite_of_comparing_the_other_way_round(peak in 50_u32..800, more in 1_u32..400) {
        let (small, large) = (unsure(peak, 4), unsure(peak + more, 5));
        let (there, back) = (compared(&small, &large), compared(&large, &small));
        prop_assert_eq!(there.difference(), FineMoney::ZERO - back.difference());
        let (band, other) = (there.band.expect("both are uncertain"), back.band.expect("both are uncertain"));
        prop_assert_eq!(band.mean, Money::ZERO - other.mean);
        let sum: FineMoney = there.lines.iter().map(|line| line.change()).sum();
        prop_assert_eq!(sum, there.difference(), "the lines add up to the difference");
        for (line, mirrored) in there.lines.iter().zip(&back.lines) {
            prop_assert_eq!((&line.key, line.left, line.right), (&mirrored.key, mirrored.right, mirrored.left));
        }
        prop_assert!(compared(&small, &small).lines.iter().all(|line| line.change() == FineMoney::ZERO));
    }
}
