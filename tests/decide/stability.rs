//! The choice does not hang on the number of draws or the seed, or the answer says what it cannot tell apart.
use super::{planned, service, sized, with_store, world};
use plimsoll::plan::PlanOptions;
use plimsoll::workload::Workload;
use std::collections::BTreeMap;

/// In how many of the seeds the choice is that of many draws, or the two are said to tie by one of both answers.
fn agreeing(workload: &Workload, seeds: std::ops::Range<u64>, few: u32, many: u32) -> usize {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let agrees = |seed: &u64| {
        let with = |draws| planned(workload, &world(*seed), PlanOptions { draws, ..PlanOptions::default() });
        let (some, all) = (with(few), with(many));
        let (a, b) = (sized(&some), sized(&all));
        let told = |ties: &[String], sizes: &[(String, u32)]| {
            ties.iter().any(|tie| sizes.iter().all(|(option, n)| tie.contains(&format!("{n} x {option}"))))
        };
        let agrees = a == b || told(&some.ties, &b) || told(&all.ties, &a);
        *found.entry(format!("{a:?} / {b:?}: {agrees}")).or_default() += 1;
        agrees
    };
    let agreeing = seeds.filter(agrees).count();
    found.iter().for_each(|(what, times)| println!("{times:3}  {what}"));
    agreeing
}

#[test]
fn sixty_four_draws_choose_as_four_thousand_do_or_say_that_plans_tie() {
    let agreeing = agreeing(&service(), 0..100, 64, 4096);
    assert!(agreeing >= 95, "{agreeing} of 100 seeds");
}

#[test]
fn so_do_several_components() {
    let agreeing = agreeing(&with_store(), 0..20, 64, 1024);
    assert!(agreeing >= 19, "{agreeing} of 20 seeds");
}

#[test]
fn the_same_seed_gives_the_same_answer() {
    let options = PlanOptions { draws: 128, ..PlanOptions::default() };
    assert_eq!(planned(&service(), &world(5), options), planned(&service(), &world(5), options));
}
