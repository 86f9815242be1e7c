//! Saves into a database for as long as it is told to, and says what was acknowledged: what the tests kill, and what they run
//! two of.
//!
//! `saver DATABASE fill NAME` saves versions of new scenarios until somebody ends it, and prints `ID VERSION` for each that
//! the store acknowledged. `saver DATABASE count ID TIMES NAME` adds one to the number in the notes of a scenario, so many
//! times; where somebody was faster it begins anew from what it finds, and at the end it prints how often that was.
use jiff::Timestamp;
use plimsoll_web::scenarios::{Draft, Scenario, ScenarioId, Stamp, Store, StoreError};
use std::env;
use std::io::{Write as _, stdout};

/// How many versions a scenario gets before the next one is begun.
const VERSIONS: u32 = 5;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let done = runtime.expect("a runtime can be built").block_on(async {
        let store = Store::open(&words[0].parse().expect("the first word is a database")).await?;
        match words[1..] {
            ["fill", name] => fill(&store, name).await,
            ["count", id, times, name] => {
                let id = id.parse().expect("it is an id");
                let again = count(&store, &id, times.parse().expect("it is a number"), name).await?;
                println!("{again}");
                Ok(())
            }
            _ => panic!("saver DATABASE fill NAME, or saver DATABASE count ID TIMES NAME"),
        }
    });
    done.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

fn now(name: &str) -> Stamp {
    Stamp { by: name.parse().expect("it is a name"), at: Timestamp::now() }
}

/// A text that tells which version it is of, and is long enough to take several pages of a file.
fn workload(version: u32) -> String {
    format!("# version {version}\n{}", "cpu_per_request = \"9 ms\"\n".repeat(400))
}

async fn fill(store: &Store, name: &str) -> Result<(), StoreError> {
    let as_of = "2026-11-01".parse().expect("it is a day");
    loop {
        let draft = Draft::new(name.parse().expect("it is a name"), workload(1), as_of);
        let id = store.create(&draft, &now(name)).await?;
        acknowledged(&id, 1);
        for version in 1..VERSIONS {
            let draft = Draft { workload: workload(version + 1), ..draft.clone() };
            acknowledged(&id, store.save(&id, version, &draft, &now(name)).await?);
        }
    }
}

/// Tells it at once: whoever reads this may end the process with the next instruction.
fn acknowledged(id: &ScenarioId, version: u32) {
    let mut out = stdout().lock();
    writeln!(out, "{id} {version}").and_then(|()| out.flush()).expect("somebody reads");
}

async fn count(store: &Store, id: &ScenarioId, times: u32, name: &str) -> Result<u32, StoreError> {
    let mut again = 0;
    let mut found = store.load(id).await?;
    for _ in 0..times {
        loop {
            let draft = Draft { notes: (number(&found) + 1).to_string(), ..found.draft.clone() };
            match store.save(id, found.version, &draft, &now(name)).await {
                Ok(version) => {
                    found = Scenario { version, draft, ..found };
                    break;
                }
                Err(StoreError::Changed(changed)) => {
                    again += 1;
                    found = changed.found;
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(again)
}

fn number(scenario: &Scenario) -> u32 {
    scenario.draft.notes.parse().expect("only counters wrote it")
}
