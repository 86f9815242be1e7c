//! Levers: the page that lists them, what must hold of them, and what people meet.
use plimsoll::levers::{Change, Lever, LeverOptions, LeversAnswer, On, Ranking, StatedLever, levers, pull};
use plimsoll::plan::PlanOptions;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Factor, Money};
use plimsoll::workload::{ComponentName, Workload};
use plimsoll::{Answer, Question, ask};
use plimsoll_tests::{in_world, root, run, small_catalog, workload};
use std::env;
use std::fs;

#[path = "levers/laws.rs"]
mod laws;
#[path = "levers/page.rs"]
mod page;

const SHOP: &str = r#"
name = "shop"
entry = "front"
horizon = "24 months"
demand = { peak = "900/s", mean = "300/s", burst = 1.3 }
promises = { p99 = "400 ms", survive = "zone" }
[edge.front]
route = "internet"
nat = "20 TB/month"
calls = [{ to = "api" }]
[service.api]
cpu_per_request = "6 ms"
memory = "700 MB"
bytes_out = "40 kB"
architectures = ["x86_64"]
calls = [{ to = "orders", ratio = 3 }]
[store.orders]
engine = "postgres"
data = "200 GB"
read_share = "80 %"
cpu_per_read = "0.4 ms"
cpu_per_write = "0.8 ms"
bytes_per_read = "2 kB"
bytes_per_write = "1 kB"
working_set = "10 %"
"#;

fn asked(workload: &Workload, options: LeverOptions) -> LeversAnswer {
    let few = PlanOptions { draws: 32, ..PlanOptions::default() };
    let world = in_world(vec![small_catalog()]);
    match ask(&Question::Levers(workload.clone(), few, options), &world) {
        Ok(Answer::Levers(answer)) => *answer,
        other => panic!("levers were asked for: {other:?}"),
    }
}
fn ranking(workload: &Workload, options: LeverOptions) -> Ranking {
    asked(workload, options).ranking.expect("all are weighed")
}

#[test]
fn a_ranking_is_by_return_and_its_order_adds_up() {
    let ranking = ranking(&workload(SHOP), LeverOptions::default());
    assert!(ranking.weighed.len() > 12, "{} of {:?}", ranking.weighed.len(), ranking.left_out);
    assert!(ranking.weighed.windows(2).all(|w| w[0].returns >= w[1].returns));
    for one in &ranking.weighed {
        assert!(one.saves.p10 <= one.saves.p50 && one.saves.p50 <= one.saves.p90, "{}", one.placed);
        assert_eq!(one.pays, one.saves.mean > Money::ZERO && one.saves.mean * 24 >= one.cost, "{}", one.placed);
    }
    let mut month = ranking.base.mean;
    for step in &ranking.order {
        assert_eq!(month - step.adds, step.month.mean, "{}", step.lever);
        month = step.month.mean;
    }
    assert!(ranking.paying().count() > 0);
    let stops = ranking.order.iter().position(|step| !step.pays);
    assert!(stops.is_none_or(|place| place + 1 == ranking.order.len()), "the first that does not pay is the last told");
}

#[test]
fn two_levers_that_take_the_same_load_off_eat_the_same_saving() {
    let ranking = ranking(&workload(SHOP), LeverOptions::default());
    let alone = |name: &str| {
        ranking.weighed.iter().find(|one| one.placed.to_string() == name).map(|one| one.saves.mean).expect("weighed")
    };
    assert!(!ranking.interactions.is_empty());
    for pair in &ranking.interactions {
        let [a, b] = &pair.between;
        assert_eq!(pair.together - alone(a) - alone(b), pair.difference, "{a} and {b}");
    }
    assert!(ranking.interactions.iter().any(|pair| pair.difference < Money::ZERO));
}

#[test]
fn a_dear_day_makes_nothing_pay_and_says_so() {
    let day_cost = Money::nearest(1e7);
    let dear = ranking(&workload(SHOP), LeverOptions { day_cost, ..LeverOptions::default() });
    assert_eq!(dear.paying().count(), 0);
    assert!(dear.weighed.iter().all(|one| !one.pays));
    let told = run(&["plan", "fixtures/checkout.toml", "--levers", "--day-cost", "10000000", "--draws", "16"]);
    assert_eq!(told.status, 0);
    assert!(told.out.contains("none of these pays"), "{}", told.out);
}

#[test]
fn what_was_measured_replaces_the_effect_of_the_table() {
    let half = Estimate::exact(Factor::of(0.5));
    let stated =
        StatedLever { name: "query".into(), on: None, effort: None, measured: vec![("cpu_per_read".into(), half)] };
    let ranking = ranking(&workload(SHOP), LeverOptions { stated: vec![stated], ..LeverOptions::default() });
    let query = ranking.weighed.iter().find(|one| one.placed.lever.name == "query").expect("it applies");
    assert!(query.placed.measured && query.saves.p10 == query.saves.p90, "measured exactly: {:?}", query.saves);
    assert_eq!(query.effects.len(), 1);
    assert_eq!((query.effects[0].path.as_str(), query.effects[0].by.mid), ("store.orders.cpu_per_read", 0.5));
}

#[test]
fn what_was_stated_in_vain_is_told() {
    let stated = |name: &str, on: &str, field: &str| StatedLever {
        name: name.into(),
        on: Some(ComponentName(on.into())),
        effort: None,
        measured: vec![(field.to_owned(), Estimate::exact(Factor::of(0.5)))],
    };
    let stated = vec![stated("query", "order", "cpu_per_read"), stated("endpoint", "front", "cpu_per_read")];
    let ranking = ranking(&workload(SHOP), LeverOptions { stated, ..LeverOptions::default() });
    let told: Vec<String> = ranking.left_out.iter().map(ToString::to_string).collect();
    for line in [
        "query (order): what is stated of it names `order`, which is no component",
        "endpoint (front): `cpu_per_read` was measured, which is no input there",
    ] {
        assert!(told.iter().any(|told| told == line), "{told:?}");
    }
}

#[test]
fn the_json_has_what_scripts_ask_for() {
    let ran = run(&["plan", "fixtures/checkout.toml", "--levers", "--draws", "16", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("an envelope");
    let levers = &told["answer"]["levers"];
    assert_eq!(told["question"], "plan");
    assert!(told["answer"]["chosen"]["cost"]["usd_per_month"]["mean"].is_number());
    let first = &levers["ranked"][0];
    for field in ["lever", "title", "risk", "reversible", "experience", "source"] {
        assert!(first[field].is_string(), "{field} of {first}");
    }
    for field in ["mean", "p10", "p50", "p90"] {
        assert!(first["saves_usd_per_month"][field].is_number(), "{field} of {first}");
    }
    for field in ["cost_usd", "return_ratio", "p99_before_seconds", "p99_after_seconds", "coverage_share"] {
        assert!(first[field].is_number(), "{field} of {first}");
    }
    assert!(first["grams_co2e_per_month"].is_number() && first["pays"].is_boolean() && first["effects"].is_array());
    for list in ["ranked", "left_out", "interactions", "order"] {
        assert!(levers[list].is_array(), "{list}");
    }
    assert!(
        levers["day_cost_usd"] == 900 && levers["horizon_months"] == 24 && levers["base_usd_per_month"].is_object()
    );
}

#[test]
fn a_wrong_lever_is_told_its_nearest_and_one_that_does_not_apply_says_why() {
    let wrong = run(&["plan", "fixtures/checkout.toml", "--lever", "compres"]);
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.err.contains("`compres` is not a lever") && wrong.err.contains("did you mean `compress`"),
        "{}",
        wrong.err
    );
    let none = run(&["plan", "fixtures/checkout.toml", "--lever", "compress"]);
    assert_eq!(none.status, 1);
    assert!(none.out.contains("responses are compressed already, 3 to 1"), "{}", none.out);
    let pulled = run(&["plan", "fixtures/checkout.toml", "--lever", "commit", "--lever", "query", "--draws", "64"]);
    assert_eq!(pulled.status, 0, "{}", pulled.err);
    assert!(pulled.out.contains("LEVERS PULLED") && pulled.out.contains("query (orders)"), "{}", pulled.out);
}
