//! The readers of telemetry, of fleets and of layouts, fed with what no tool would write.
//!
//! A case is a reader and a seed, and the same on every machine. Some are run by default; so many seconds for each reader with
//! `PLIMSOLL_FUZZ_SECONDS=4 cargo test -p plimsoll-tests --test telemetry_fuzz -- --nocapture`. What fails is told with its
//! seed and its text.
use plimsoll::telemetry::Telemetry;
use plimsoll::units::Factor;
use plimsoll_ingest::fleet;
use plimsoll_ingest::inputs::Found;
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::telemetry::{Asked, Layout, guess_layout, read, sureness};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

#[path = "telemetry_fuzz/corpus.rs"]
mod corpus;
#[path = "telemetry_fuzz/damage.rs"]
mod damage;
#[path = "bills_fuzz/random.rs"]
mod random;
#[allow(dead_code, reason = "shared with the suite of bills, which needs all of it")]
#[path = "bills/shelf.rs"]
mod shelf;
#[path = "telemetry_fuzz/truth.rs"]
mod truth;

use corpus::{FLEET, Kind, LAID_OUT, LAYOUT, SAMPLES, Sample};
use random::Random;
use shelf::Shelf;

/// Cases of each reader in every run of the tests.
const CASES: u64 = 80;
/// No small file takes longer, however slow the machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Runs the cases of a reader, some or as long as is asked for, and says how often it read and how often it refused.
/// `made` damages a text; `is_read` has it read and looks at what was read. The first case that fails is the error.
fn fuzzed(
    reader: &str,
    made: impl Fn(&mut Random) -> Vec<u8>,
    is_read: impl Fn(&[u8], &mut Random) -> bool,
) -> Result<[u64; 2], String> {
    let seconds = std::env::var("PLIMSOLL_FUZZ_SECONDS").ok();
    let seconds = seconds.map(|text| text.parse().expect("PLIMSOLL_FUZZ_SECONDS is a number of seconds"));
    let (began, mut counts, mut seed) = (Instant::now(), [0; 2], 0);
    while seconds.map_or(seed < CASES, |seconds: u64| began.elapsed() < Duration::from_secs(seconds) || seed < CASES) {
        let mut random = Random::of(seed);
        let bytes = made(&mut random);
        let started = Instant::now();
        let told = || format!("{reader}, seed {seed}: {}", bytes.escape_ascii());
        match catch_unwind(AssertUnwindSafe(|| is_read(&bytes, &mut random))) {
            Ok(is_read) => counts[usize::from(!is_read)] += 1,
            Err(panic) => {
                let why = panic.downcast_ref::<String>().map(String::as_str);
                let why = why.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
                return Err(format!("{why}\n{}", told()));
            }
        }
        if started.elapsed() > LONGEST {
            return Err(format!("it took {:?}\n{}", started.elapsed(), told()));
        }
        seed += 1;
    }
    let [read, refused] = counts;
    println!("{reader}: {seed} cases, {read} read, {refused} refused");
    Ok(counts)
}

/// What is not told by every export, told.
fn asked() -> Asked {
    Asked { resource: Some("shop".into()), clients: Some(Factor::of(4.0)), ..Asked::default() }
}

fn read_file(shelf: &Shelf, name: &str, bytes: &[u8], asked: &Asked) -> Result<Telemetry, Vec<Problem>> {
    read(&[shelf.put(name, bytes)], asked, &|_| ())
}

/// What was read is looked at; what was refused has a reason.
fn looked_at(answer: Result<Telemetry, Vec<Problem>>) -> bool {
    match answer {
        Ok(read) => {
            truth::check(&read);
            true
        }
        Err(problems) => {
            assert!(!problems.is_empty() && problems.iter().all(|problem| !problem.what.is_empty()), "no reason");
            assert!(problems.iter().all(|problem| !problem.to_string().is_empty()));
            false
        }
    }
}

/// One export damaged, alone or below a whole one of any format.
fn is_read(sample: &Sample, shelf: &Shelf, bytes: &[u8], random: &mut Random) -> bool {
    let asked = if random.one_in(2) { asked() } else { Asked::default() };
    let asked = Asked { keep_going: random.one_in(2), totals: random.pick(&[None, None, Some(true)]), ..asked };
    let mut files: Vec<Found> = Vec::new();
    if random.one_in(8) {
        let other = &SAMPLES[random.below(SAMPLES.len())];
        files.push(shelf.put(&format!("other-{}", other.file), other.text));
    }
    files.push(shelf.put(sample.file, bytes));
    looked_at(read(&files, &asked, &|_| ()))
}

#[test]
fn nothing_makes_a_reader_of_telemetry_panic_or_lose_a_row() {
    let shelf = Shelf::new();
    let mut wrong = Vec::new();
    for sample in SAMPLES {
        let name = format!("{} ({})", sample.format, sample.file);
        let made = |random: &mut Random| damage::wild(sample.text, random);
        match fuzzed(&name, made, |bytes, random| is_read(sample, &shelf, bytes, random)) {
            Ok([read, _]) if read == 0 && sample.kind != Kind::Refused => {
                wrong.push(format!("{name}: nothing was read"));
            }
            Ok(_) => {}
            Err(why) => wrong.push(why),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn nothing_makes_a_reader_of_fleets_or_layouts_panic() {
    let shelf = Shelf::new();
    let layout = Layout::read("layout.toml", LAYOUT.as_bytes()).expect("the layout is right");
    let laid_out = |layout: &Layout, bytes: &[u8]| {
        let asked = Asked { layout: Some(layout.clone()), keep_going: true, ..Asked::default() };
        looked_at(read_file(&shelf, "wide.csv", bytes, &asked))
    };
    assert!(laid_out(&layout, LAID_OUT.as_bytes()));
    let fleets = fuzzed(
        "fleet",
        |random| damage::wild(FLEET, random),
        |bytes, _| fleet::read("fleet.csv", bytes).is_ok_and(|held| !held.is_empty()),
    );
    let layouts = fuzzed(
        "layout",
        |random| damage::wild(LAYOUT, random),
        |bytes, _| Layout::read("layout.toml", bytes).is_ok_and(|other| laid_out(&other, LAID_OUT.as_bytes())),
    );
    let laid =
        fuzzed("table that is laid out", |random| damage::wild(LAID_OUT, random), |bytes, _| laid_out(&layout, bytes));
    // What is guessed is a layout.
    let guesses = fuzzed(
        "guessed layout",
        |random| damage::wild(LAID_OUT, random),
        |bytes, _| {
            guess_layout("wide.csv", bytes).is_ok_and(|text| {
                Layout::read("layout.toml", text.as_bytes()).unwrap_or_else(|no| panic!("{}\n{text}", no[0]));
                true
            })
        },
    );
    for told in [fleets, layouts, laid, guesses] {
        let [read, _] = told.unwrap_or_else(|why| panic!("{why}"));
        assert!(read > 0, "nothing was read");
    }
}

#[test]
fn each_sample_is_of_its_own_format_and_of_no_other() {
    let shelf = Shelf::new();
    for sample in SAMPLES {
        let mut all = sureness(sample.text.as_bytes());
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        assert_eq!(all[0].0, sample.format, "{}: {:?}", sample.file, &all[..3]);
        assert!(all[0].1 > all[1].1, "{}: {:?}", sample.file, &all[..3]);
        match read_file(&shelf, sample.file, sample.text.as_bytes(), &asked()) {
            Ok(read) => {
                truth::check(&read);
                assert_eq!(read.reading.files[0].format, sample.format);
                assert_ne!(sample.kind, Kind::Refused, "{}", sample.file);
                assert!(read.reading.rows_used > 0, "{}", sample.file);
            }
            Err(problems) => assert_eq!(sample.kind, Kind::Refused, "{}", problems[0]),
        }
    }
}

#[test]
fn a_file_written_another_way_or_with_a_broken_line_has_the_same_values() {
    let shelf = Shelf::new();
    let asked = Asked { keep_going: true, ..asked() };
    let mut wrong = Vec::new();
    for sample in SAMPLES.iter().filter(|sample| sample.kind != Kind::Refused) {
        let read = |bytes: &[u8]| read_file(&shelf, sample.file, bytes, &asked);
        let plain = read(sample.text.as_bytes()).unwrap_or_else(|problems| panic!("{}", problems[0]));
        let mut others: Vec<(String, Vec<u8>)> = damage::same(sample.text).map(|b| ("the same".into(), b)).to_vec();
        if matches!(sample.kind, Kind::Rows | Kind::Lines) {
            // One in so many lines is a stray even in a log.
            others.push(("a broken line".into(), format!("{}?!\n", sample.text).into_bytes()));
            // A stamp of Gatling that is cut is a stamp too, and a quote that is cut may hold anything.
            let last = sample.text.lines().last().unwrap_or_default();
            if !["gatling.log", "jtl.csv"].contains(&sample.file) {
                let cut = format!("{}{}", sample.text, &last[..last.len() / 2]);
                others.push(("a broken line, cut".into(), cut.into_bytes()));
            }
        }
        if sample.kind == Kind::Rows {
            let lines: Vec<&str> = sample.text.lines().rev().collect();
            others.push(("upside down".into(), (lines.join("\n") + "\n").into_bytes()));
        }
        for (what, bytes) in others {
            match read(&bytes) {
                Ok(other) => {
                    truth::check(&other);
                    let rows = other.reading.rows_read;
                    let more = rows == plain.reading.rows_read
                        || what.starts_with("a broken line") && rows == plain.reading.rows_read + 1;
                    if truth::values(&other) != truth::values(&plain) || !more {
                        wrong.push(format!(
                            "{}, {what}: {:?}\n{}\n{}",
                            sample.file,
                            other.reading,
                            truth::values(&plain),
                            truth::values(&other)
                        ));
                    }
                }
                Err(problems) => wrong.push(format!("{}, {what}: {}", sample.file, problems[0])),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
