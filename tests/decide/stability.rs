//! The choice does not hang on the number of draws or the seed, or the answer says what it cannot tell apart.
use super::{planned, service, sized, with_store, world};
use plimsoll::plan::PlanOptions;
use plimsoll::workload::Workload;
use std::collections::BTreeMap;

/// In how many of the seeds few draws choose what many do, or say that they cannot tell plans apart between which it lies.
fn agreeing(workload: &Workload, seeds: std::ops::Range<u64>, few: u32, many: u32) -> (usize, usize) {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let (mut same, mut tied) = (0, 0);
    for seed in seeds {
        let with = |draws| planned(workload, &world(seed), PlanOptions { draws, ..PlanOptions::default() });
        let (some, all) = (with(few), with(many));
        let (a, b) = (sized(&some), sized(&all));
        let wanted = all.chosen.doubt.month.mean;
        let plans = some.ties.iter().map(|tie| tie.month).chain([some.chosen.doubt.month.mean]);
        let (least, most) = (plans.clone().min().expect("one"), plans.max().expect("one"));
        same += usize::from(a == b);
        tied += usize::from(a != b && !some.ties.is_empty() && (least..=most).contains(&wanted));
        *found.entry(format!("{a:?} / {b:?}")).or_default() += 1;
    }
    for (what, times) in &found {
        println!("{times:3}  {what}");
    }
    println!("the same in {same}, told as a tie in {tied}");
    (same, tied)
}

#[test]
fn sixty_four_draws_choose_as_four_thousand_do_or_say_that_plans_tie() {
    let (same, tied) = agreeing(&service(), 0..100, 64, 4096);
    assert!(same + tied >= 95, "{same} and {tied} of 100 seeds");
}

#[test]
fn so_do_several_components() {
    let (same, tied) = agreeing(&with_store(), 0..20, 64, 512);
    assert!(same + tied >= 19, "{same} and {tied} of 20 seeds");
}

#[test]
fn the_same_seed_gives_the_same_answer() {
    let options = PlanOptions { draws: 128, ..PlanOptions::default() };
    assert_eq!(planned(&service(), &world(5), options), planned(&service(), &world(5), options));
}
