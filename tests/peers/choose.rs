//! The engine's choice beside the peer's: `choose TABLE` picks from the peer's own needs, `choose --time MACHINES` says how long a
//! whole plan of the study's questions takes.
//!
//! A table has the columns `world,option,count,cost_each`: how many machines of an option a world takes, as the peer sized it.
//! What is printed is the option and number that cover 95 % of the worlds for the least money.
use plimsoll::choice::{Coverage, Joint, Offer};
use plimsoll::plan::PlanOptions;
use plimsoll::units::{Money, Share};
use plimsoll::{Question, World, ask};
use plimsoll_tests::study::{SERVICE, STORE, machines};
use plimsoll_tests::{TODAY, workload};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["--time", table] => time(&read(table)),
        [table] => choose(&read(table)),
        _ => {
            eprintln!("usage: choose TABLE | choose --time MACHINES");
            std::process::exit(2);
        }
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        std::process::exit(2);
    })
}

fn choose(table: &str) {
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let worlds = rows.iter().map(|row| number(row[0]) as usize + 1).max().unwrap_or(0);
    // By option: what each world takes, and what one machine costs on the mean.
    let mut options: BTreeMap<&str, (Vec<Option<u32>>, Vec<f64>)> = BTreeMap::new();
    for row in &rows {
        let (needs, each) = options.entry(row[1]).or_insert_with(|| (vec![None; worlds], Vec::new()));
        needs[number(row[0]) as usize] = Some(number(row[2]) as u32);
        each.push(number(row[3]));
    }
    let names: Vec<&str> = options.keys().copied().collect();
    let offer = |(needs, each): &(Vec<Option<u32>>, Vec<f64>)| {
        let mut sizes: Vec<u32> = needs.iter().flatten().copied().collect();
        sizes.sort_unstable();
        sizes.dedup();
        let each = each.iter().sum::<f64>() / each.len() as f64;
        let sizes = sizes.into_iter().map(|n| (n, Money::nearest(each * f64::from(n)))).collect();
        Offer { needs: needs.clone(), sizes }
    };
    let offers: Vec<Offer> = options.values().map(offer).collect();
    let enough = Coverage::enough(worlds, Share::percent(95.0), Share::percent(90.0));
    let start = Instant::now();
    let choice = Joint::of(vec![offers], worlds).cheapest(enough).expect("the peer sized something");
    let took = start.elapsed();
    let (option, count) = choice.taken[0];
    println!("{},{count},{},{:.6}", names[option], choice.covered, took.as_secs_f64());
}

fn time(table: &str) {
    for (name, text) in [("service", SERVICE), ("store", STORE)] {
        let world = World { catalogs: vec![machines(table)], as_of: TODAY, seed: 1 };
        for draws in [128, 10_000] {
            let question = Question::Plan(workload(text), PlanOptions { draws, ..PlanOptions::default() });
            let mut best = f64::INFINITY;
            for _ in 0..3 {
                let start = Instant::now();
                assert!(ask(&question, &world).is_ok(), "the study's questions have answers");
                best = best.min(start.elapsed().as_secs_f64());
            }
            println!("{name},{draws},{best:.6}");
        }
    }
}
