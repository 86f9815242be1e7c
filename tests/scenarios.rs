//! Scenarios outlive what happens to processes: killed in the middle of saves, and two at once on one database.
use plimsoll::report::text;
use plimsoll_tests::run as command;
use plimsoll_web::scenarios::{Database, Draft, Stamp, Store, compare};
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// How often a process is killed.
const KILLS: usize = 200;

/// The longest that one may save, in milliseconds: it is killed at any moment of a few saves.
const LONGEST: u64 = 40;

/// How many processes save at the same time.
const AT_ONCE: usize = 4;

/// Where `tests/postgres` has started a server.
const SERVER: &str = "PLIMSOLL_TEST_POSTGRES";

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime can be built").block_on(future)
}

fn saver(database: &str, words: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_saver"));
    command.arg(database).args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the saver can be run")
}

/// A file of SQLite's by its URL.
fn file(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// A new database on the server of the tests, if there is one.
fn on_the_server() -> Option<String> {
    let Ok(server) = env::var(SERVER) else {
        eprintln!("not run on PostgreSQL: {SERVER} is not set; `tests/postgres cargo test` sets it");
        return None;
    };
    sqlx::any::install_default_drivers();
    let name = format!("test_{}_{}", std::process::id(), jiff::Timestamp::now().as_nanosecond());
    run(async {
        let mut connection = AnyConnection::connect(&format!("{server}/postgres")).await.expect("the server answers");
        let create = format!("CREATE DATABASE {name}");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut connection).await.expect("it is new");
        connection.close().await.expect("it was open");
    });
    Some(format!("{server}/{name}"))
}

/// Starts savers one after the other and kills each; the newest version that was acknowledged, of every scenario.
fn killed_in_the_middle_of_saves(database: &str) -> BTreeMap<String, u32> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut acknowledged = BTreeMap::new();
    for round in 0..KILLS / AT_ONCE {
        let names: Vec<_> = (0..AT_ONCE).map(|at| format!("process {round}.{at}")).collect();
        let mut savers: Vec<_> = names.iter().map(|name| saver(database, &["fill", name])).collect();
        // Each has opened the database once it has acknowledged something; from there on it is killed at any moment.
        let heads: Vec<_> = savers
            .iter_mut()
            .map(|saver| {
                let mut lines = BufReader::new(saver.stdout.take().expect("it is piped"));
                let mut first = String::new();
                lines.read_line(&mut first).expect("savers write text");
                (first, lines)
            })
            .collect();
        for (saver, (first, mut lines)) in savers.iter_mut().zip(heads) {
            sleep(Duration::from_millis(random.random_range(0..LONGEST)));
            saver.kill().expect("it runs");
            saver.wait().expect("it is ours");
            let mut told = first;
            lines.read_to_string(&mut told).expect("savers write text");
            // A line without an end was not told.
            for line in told.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
                let (id, version) = line.split_once(' ').expect("a line is an id and a version");
                acknowledged.insert(id.to_owned(), version.parse().expect("it is a version"));
            }
        }
    }
    acknowledged
}

/// Everything that was acknowledged is there, whole, and nothing is there by half.
async fn nothing_is_lost(store: &Store, acknowledged: &BTreeMap<String, u32>) {
    assert!(acknowledged.len() >= KILLS, "every saver acknowledged something: {}", acknowledged.len());
    for (id, version) in acknowledged {
        let newest = store.load(&id.parse().expect("it is an id")).await.expect("it was acknowledged");
        // What was saved but not told of any more is at most one version.
        assert!((*version..=version + 1).contains(&newest.version), "{id}: {version}, found {}", newest.version);
        let history = store.history(&newest.id).await.expect("it was acknowledged");
        assert_eq!(history.len() as u32, newest.version, "{id}");
        assert!(newest.draft.workload.starts_with(&format!("# version {}\n", newest.version)), "{id}");
    }
}

#[test]
fn killed_200_times_during_saves_a_file_loses_nothing() {
    let folder = tempfile::tempdir().expect("there is room for a test");
    let path = folder.path().join("scenarios.db");
    let acknowledged = killed_in_the_middle_of_saves(&file(&path));
    run(async {
        let store = Store::open(&Database::File(path.clone())).await.expect("it can be opened");
        nothing_is_lost(&store, &acknowledged).await;
        store.close().await;
        let mut connection = AnyConnection::connect(&file(&path)).await.expect("it can be opened");
        let checked: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut connection).await.expect("it can be checked");
        assert_eq!(checked, ["ok"]);
        let strays: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pragma_foreign_key_check")
            .fetch_one(&mut connection)
            .await
            .expect("it can be checked");
        assert_eq!(strays, 0);
    });
    println!("{} versions of {} scenarios", acknowledged.values().sum::<u32>(), acknowledged.len());
}

#[test]
fn killed_200_times_during_saves_a_server_loses_nothing() {
    let Some(database) = on_the_server() else { return };
    let acknowledged = killed_in_the_middle_of_saves(&database);
    run(async {
        let store = Store::open(&database.parse().expect("it is a database")).await.expect("it can be opened");
        nothing_is_lost(&store, &acknowledged).await;
        store.close().await;
    });
}

fn stamp() -> Stamp {
    Stamp { by: "Ann".parse().expect("it is a name"), at: jiff::Timestamp::now() }
}

/// What the command line answers is what two scenarios are compared by.
#[test]
fn answers_of_the_command_line_are_compared_line_by_line() {
    let folder = tempfile::tempdir().expect("there is room for a test");
    let file = "fixtures/checkout.toml";
    let workload = std::fs::read_to_string(plimsoll_tests::root().join(file)).expect("it is there");
    let planned = |name: &str, sets: &[&str]| {
        let words = [&["plan", file, "--format", "json", "--as-of", "2026-11-23"], sets].concat();
        let ran = command(&words);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let draft = Draft::new(name.parse().expect("it is a name"), workload.clone(), jiff::civil::date(2026, 11, 23));
        Draft { result: Some(ran.out), ..draft }
    };
    let today = planned("Today", &[]);
    let peak = Draft {
        changes: "demand.peak = \"1800/s\"\n".into(),
        ..planned("Black Friday", &["--set", "demand.peak=1800/s"])
    };
    run(async {
        let store = Store::open(&Database::File(folder.path().join("a.db"))).await.expect("it can be opened");
        let mut found = Vec::new();
        for draft in [&today, &peak] {
            let id = store.create(draft, &stamp()).await.expect("it can be saved");
            found.push(store.load(&id).await.expect("it was saved"));
        }
        store.close().await;
        let report = compare(&found[0], &found[1]);
        let shown = text::render(&report);
        assert!(report.verdict.starts_with("Black Friday costs $"), "{shown}");
        assert!(report.verdict.contains(" a month more than Today (+"), "{shown}");
        assert!(shown.contains("demand.peak  not said -> 1800/s"), "{shown}");
        assert!(shown.contains("LINE BY LINE"), "{shown}");
        let exact = |column: usize| -> plimsoll::units::Money {
            report.main.rows.iter().map(|row| row[column].exact().parse().expect("it is money")).sum()
        };
        let total = |draft: &Draft| {
            let json: serde_json::Value =
                serde_json::from_str(draft.result.as_ref().expect("it was asked")).expect("it is JSON");
            json["answer"]["chosen"]["cost"]["usd_per_month"]["mean"].to_string().parse().expect("it is money")
        };
        assert_eq!((exact(1), exact(2)), (total(&today), total(&peak)), "lines add up to the bills");
    });
}

/// Two processes that each add one, a hundred times, to the same number.
fn no_update_is_lost(database: &str) {
    const TIMES: u32 = 100;
    let (store, id) = run(async {
        let store = Store::open(&database.parse().expect("it is a database")).await.expect("it can be opened");
        let as_of = "2026-11-01".parse().expect("it is a day");
        let draft = Draft::new("counter".parse().expect("it is a name"), "", as_of);
        let id = store.create(&Draft { notes: "0".into(), ..draft }, &stamp()).await.expect("it can be saved");
        (store, id)
    });
    let times = TIMES.to_string();
    let counters = ["Bob", "Cid"].map(|name| saver(database, &["count", id.as_str(), &times, name]));
    let again = counters.map(|counter| {
        let output = counter.wait_with_output().expect("it is ours");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().expect("it is a number")
    });
    let (newest, history) = run(async {
        let newest = store.load(&id).await.expect("it is there");
        (newest, store.history(&id).await.expect("it is there"))
    });
    assert_eq!((newest.draft.notes.as_str(), newest.version), ("200", 1 + 2 * TIMES));
    for name in ["Bob", "Cid"] {
        assert_eq!(history.iter().filter(|edition| edition.saved.by.as_str() == name).count() as u32, TIMES);
    }
    println!("two processes met each other's version {again:?} times");
    run(store.close());
}

#[test]
fn two_processes_on_one_file_lose_no_update() {
    let folder = tempfile::tempdir().expect("there is room for a test");
    no_update_is_lost(&file(&folder.path().join("scenarios.db")));
}

#[test]
fn two_processes_on_one_server_lose_no_update() {
    if let Some(database) = on_the_server() {
        no_update_is_lost(&database);
    }
}
