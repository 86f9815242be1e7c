//! `profile`: a request export in, a workload file out.
use plimsoll::profile::{FitValue, Kind, ProfileAnswer, ProfileOptions, ProfileRefusal, Source, profile};
use plimsoll::units::{Growth, Rate};
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::series_csv::{self, SeriesFile};
use plimsoll_ingest::workload;
use plimsoll_ingest::workload_toml::write_workload;
use std::path::PathBuf;

fn beside(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn fixture(name: &str) -> SeriesFile {
    let file = std::fs::File::open(beside("../fixtures").join(name)).expect("the fixture is there");
    series_csv::read(name, file).expect("the fixture is sound")
}

/// A series of the data that is shared on the machine where the project is made; nothing where it is absent.
fn shared(name: &str) -> Option<SeriesFile> {
    let path = beside("../../shared/data/usage/metrics/nab").join(name);
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: the shared series {name} is not here");
        return None;
    };
    Some(series_csv::read(name, file).expect("the series is sound"))
}

fn asked(file: &SeriesFile) -> ProfileAnswer {
    profile(&file.series, ProfileOptions::default()).expect("there is enough history")
}

#[path = "profile/damaged.rs"]
mod damaged;
#[path = "profile/telemetry.rs"]
mod telemetry;
#[path = "profile/truth.rs"]
mod truth;

#[test]
fn the_known_truth_lies_within_the_ranges() {
    let answer = asked(&fixture("requests.csv"));
    let demand = &answer.demand;
    assert_eq!((answer.kind, answer.days), (Kind::Counts, 70));

    let growth = demand.growth.as_ref().expect("ten weeks show growth").value;
    let told = Growth::percent_per_year(truth::GROWTH_PERCENT);
    assert!(growth.low() <= told && told <= growth.high(), "{growth:?}");

    let mean = demand.mean.value;
    // The mean of a growing rate over the whole stretch, in ten thousand parts.
    let average = (0..10_000).map(|i| truth::grown(truth::YEARS * f64::from(i) / 1e4)).sum::<f64>() / 1e4;
    let told = Rate::per_second(truth::LEVEL * average);
    assert!(mean.low() <= told && told <= mean.high(), "{mean:?} {told:?}");

    let peak = demand.peak.value;
    // The busiest hour without noise: 14:00 on the last Friday, the 67th day.
    let told = Rate::per_second(truth::LEVEL * truth::grown(67.6 / 365.0) * truth::weight(14));
    assert!(peak.low() <= told && told <= peak.high(), "{peak:?} {told:?}");

    let burst = demand.burst.value;
    assert!(burst.low().get() <= truth::BURST && truth::BURST <= burst.high().get(), "{burst:?}");

    let week = &demand.hour_of_week.as_ref().expect("ten weeks show a week").value;
    assert!(week.days_differ);
    for (hour, factor) in week.factors.iter().enumerate() {
        let (found, told) = (factor.get(), truth::weight(hour));
        assert!((found / told - 1.0).abs() < 0.05, "hour {hour}: {found}, told {told}");
    }
    assert!(answer.fits.iter().all(|fit| fit.source == Source::Measured && fit.rows > 2000));
}

#[test]
fn the_known_blemishes_are_counted() {
    let file = fixture("requests.csv");
    let q = file.series.quality();
    assert_eq!((file.rows, q.rows, q.used, q.empty), (20_121, 20_121, 20_104, 3));
    assert_eq!((q.gaps, q.holes, q.longest_hole), (44, 9, 36));
    assert_eq!((q.repeated, q.averaged, q.out_of_order, q.repeated_hours), (2, 12, 3, 1));
    assert_eq!(q.rows, q.used + q.empty + q.duplicates() + q.crowded);
}

#[test]
fn a_capture_of_two_minutes_is_read_and_refused() {
    let file = fixture("requests_capture.csv");
    assert_eq!((file.series.step().as_seconds(), file.value_column.as_str()), (1.0, "requests"));
    let refusal = profile(&file.series, ProfileOptions::default()).unwrap_err();
    assert_eq!(refusal, ProfileRefusal::TooShort { needs: 24, has: 0 });
}

#[test]
fn a_real_load_balancer_is_read_to_the_row() {
    let Some(file) = shared("realAWSCloudwatch/elb_request_count_8c0756.csv") else { return };
    let q = file.series.quality();
    assert_eq!((file.rows, q.used, q.gaps, q.holes, q.longest_hole), (4032, 4032, 8, 8, 1));
    assert_eq!((q.duplicates(), q.out_of_order, q.repeated_hours, q.off_grid), (0, 0, 0, 0));
    let answer = asked(&file);
    assert_eq!(answer.busiest_hour.to_string(), "2014-04-12T17:00:00Z");
    insta::assert_snapshot!(answer.verdict(), @"The busiest hour brings 0.702/s (0.228/s to 1.18/s), the mean is 0.206/s, bursts reach 3.26 x.");
    insta::assert_snapshot!(answer.notes.join("\n"), @r"
    nothing says what `value` holds: read as requests in each step of 5 min; say `--rates` if they are rates per second.
    bursts shorter than a step of 5 min do not show.
    growth needs 56 days, has 14.
    ");
    let FitValue::Factor(burst) = answer.fits[2].value else { panic!("{:?}", answer.fits) };
    assert!((burst.mid().get() - 3.26).abs() < 0.005, "{burst:?}");
}

#[test]
fn real_clocks_that_were_changed_are_seen() {
    // An hour skipped: 12 rows say 2014-03-09 03:00:00.
    if let Some(file) = shared("realAWSCloudwatch/ec2_disk_write_bytes_1ef3de.csv") {
        let q = file.series.quality();
        assert_eq!((q.rows, q.collapsed_hours, q.repeated_hours, q.duplicates()), (4730, 1, 0, 11));
    }
    // An hour that stands twice: 2014-01-07 02:00 to 02:55.
    if let Some(file) = shared("realKnownCause/machine_temperature_system_failure.csv") {
        let q = file.series.quality();
        assert_eq!((q.rows, q.repeated_hours, q.duplicates(), q.out_of_order), (22_695, 1, 12, 1));
        assert_eq!((q.used, q.gaps), (22_683, 0));
    }
}

fn problems(bytes: impl AsRef<[u8]>) -> String {
    let told = series_csv::read("requests.csv", bytes.as_ref()).expect_err("the input is bad");
    assert!(!told.is_empty());
    told.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_bad_input_is_told_with_its_place() {
    // An empty file.
    insta::assert_snapshot!(problems(""), @r"
    requests.csv: the file is empty
      = export it again, with a longer time range
    ");
    // Only a header.
    insta::assert_snapshot!(problems("timestamp,value\n"), @r"
    requests.csv: the file has a header and no rows
      = export it again, with a longer time range
    ");
    // One row.
    insta::assert_snapshot!(problems("timestamp,value\n2026-03-01 04:00,7\n"), @r"
    requests.csv: 1 row with one time stamp; two different stamps are needed to see a step
      = export a longer time range
    ");
    // One column.
    insta::assert_snapshot!(problems("value\n1\n2\n"), @r"
    requests.csv:1:1: the first row has one cell; a time and a value are needed
      | value
      | ^^^^^
      = cells are separated by `,`, `;` or a tab
    ");
    // Text for a number.
    insta::assert_snapshot!(problems("time,value\n2026-03-01T04:00Z,12\n2026-03-01T05:00Z,many\n"), @r"
    requests.csv:3:19: cannot read `many` as a number
      | 2026-03-01T05:00Z,many
      |                   ^^^^
      = numbers are written 1204.7; an unknown value is an empty cell
    ");
    // Thousands.
    insta::assert_snapshot!(problems("time,zone,value\n2026-03-01T04:00Z,a,\"1,204\"\n2026-03-01T05:00Z,a,7\n"), @r#"
    requests.csv:2:22: cannot read `1,204` as a number
      | 2026-03-01T04:00Z,a,"1,204"
      |                      ^^^^^
      = numbers are written 1204.7, without commas
    "#);
    // Below zero, and no number at all.
    insta::assert_snapshot!(problems("time,value\n2026-03-01 04:00,-3\n2026-03-01 05:00,inf\n2026-03-01 06:00,0.13%\n"), @r"
    requests.csv:2:18: `-3` is below zero
      | 2026-03-01 04:00,-3
      |                  ^^
      = counts and rates are at or above zero; leave the cell empty where nothing is known

    requests.csv:3:18: `inf` is not a finite number
      | 2026-03-01 05:00,inf
      |                  ^^^
      = leave the cell empty where nothing is known

    requests.csv:4:18: cannot read `0.13%` as a number
      | 2026-03-01 06:00,0.13%
      |                  ^^^^^
      = export plain numbers without units (in Grafana: switch `Formatted data` off)
    ");
    // An American date.
    insta::assert_snapshot!(problems("time,value\n3/14/2026 04:00,3\n3/14/2026 05:00,3\n"), @r"
    requests.csv:2:1: cannot read `3/14/2026 04:00` as a time
      | 3/14/2026 04:00,3
      | ^^^^^^^^^^^^^^^
      = times are written 2026-03-01 04:00, 2026-03-01T04:00:00Z, or as Unix seconds or milliseconds

    requests.csv:3:1: cannot read `3/14/2026 05:00` as a time
      | 3/14/2026 05:00,3
      | ^^^^^^^^^^^^^^^
      = times are written 2026-03-01 04:00, 2026-03-01T04:00:00Z, or as Unix seconds or milliseconds
    ");
    // A value without a time.
    insta::assert_snapshot!(problems("time,value\n2026-03-01 04:00,3\n,4\n2026-03-01 06:00,3\n"), @r"
    requests.csv:3:1: the row has a value and no time
      | ,4
      | ^
      = times are written 2026-03-01 04:00, 2026-03-01T04:00:00Z, or as Unix seconds or milliseconds
    ");
    // A shifted row.
    insta::assert_snapshot!(problems("time,value\n2026-03-01 04:00,3\n2026-03-01 05:00,1,204\n7\n"), @r"
    requests.csv:3:18: the row has 3 cells, the first row has 2 cells
      | 2026-03-01 05:00,1,204
      |                  ^
      = is a separator or a quote missing, or a number written `1,204`?

    requests.csv:4:1: the row has 1 cell, the first row has 2 cells
      | 7
      | ^
      = is a separator or a quote missing, or a number written `1,204`?
    ");
    // Cells that changed places.
    insta::assert_snapshot!(problems("time,value\n2026-03-01 04:00,3\n4,2026-03-01 05:00\n2026-03-01 06:00,3\n"), @r"
    requests.csv:3:1: cannot read `4` as a time
      | 4,2026-03-01 05:00
      | ^
      = times are written 2026-03-01 04:00, 2026-03-01T04:00:00Z, or as Unix seconds or milliseconds

    requests.csv:3:3: cannot read `2026-03-01 05:00` as a number
      | 4,2026-03-01 05:00
      |   ^^^^^^^^^^^^^^^^
      = this is a time: have the cells of the row changed places?
    ");
    // Several columns of values.
    insta::assert_snapshot!(problems("time,steal,user\n2026-03-01 04:00,3,4\n2026-03-01 05:00,3,5\n"), @r"
    requests.csv:1:6: several columns may hold the values: `steal`, `user`
      | time,steal,user
      |      ^^^^^
      = keep one column of times and one of values, or call the column of values `value`
    ");
    // No column of times.
    insta::assert_snapshot!(problems("host,value\na,3\nb,4\n"), @r"
    requests.csv:1:1: no column holds times: `host`, `value`
      | host,value
      | ^^^^
      = call the column of times `timestamp`, and write 2026-03-01 04:00 or RFC 3339
    ");
    // Several series in one file.
    insta::assert_snapshot!(problems("time,host,value\n2026-03-01 04:00,a,3\n2026-03-01 04:00,b,4\n2026-03-01 05:00,a,3\n2026-03-01 05:00,b,9\n"), @r"
    requests.csv: 2 of 2 time stamps stand several times with different values
      = export one series a file, summed over hosts, and counts per step instead of events
    ");
    // A wrong year.
    insta::assert_snapshot!(problems("time,value\n1970-01-02 04:00,3\n2026-03-01 04:00,3\n2026-03-01 04:05,3\n2026-03-01 04:10,3\n2026-03-01 04:15,3\n"), @r"
    requests.csv: 5 rows between 1970-01-02T04:00:00Z and 2026-03-01T04:15:00Z would fill less than a tenth of its steps of 5 min
      = look at the first and the last time: one of them may be wrong
    ");
    // Nothing but gaps.
    insta::assert_snapshot!(problems("time,value\n2026-03-01 04:00,\n2026-03-01 04:05,NaN\n"), @r"
    requests.csv: none of 2 rows has a value
      = look whether the right column was exported
    ");
    // No UTF-8.
    insta::assert_snapshot!(problems(b"time,value\n2026-03-01 04:00,3\n2026-03-01 04:05,\xe9\xff\n"), @r"
    requests.csv:3:18: `��` is not UTF-8
      | 2026-03-01 04:05,��
      |                  ^^
      = export the file as UTF-8
    ");
    // UTF-16.
    insta::assert_snapshot!(problems(b"\xff\xfet\0i\0m\0e\0"), @r"
    requests.csv: this is text in UTF-16, not CSV
      = save it as UTF-8
    ");
    // A workbook.
    insta::assert_snapshot!(problems(b"PK\x03\x04\x14\x00"), @r"
    requests.csv: this is a zip archive or an .xlsx workbook, not CSV
      = unpack it first, and give the files in it
    ");
    // Zero bytes.
    insta::assert_snapshot!(problems(b"time,value\n\0\0\0"), @r"
    requests.csv: this is not text in UTF-8: it has zero bytes
      = export it as CSV in UTF-8
    ");
    // A gzip that breaks off.
    insta::assert_snapshot!(problems(&damaged::stored(b"time,value\n2026-03-01 04:00,3\n")[..30]), @r"
    requests.csv: the gzip stream breaks off
      = copy or download the file again
    ");
}

#[test]
fn a_written_workload_can_be_read() {
    let demand = asked(&fixture("requests.csv")).demand;
    let text = write_workload(&demand, "requests", None).unwrap();
    let again = write_workload(&demand, "requests", Some(&text)).expect("what is written is TOML");
    assert_eq!(again, text);
    let head: String = text.lines().take(7).map(|line| line.to_owned() + "\n").collect();
    insta::assert_snapshot!(head, @r#"
    name = "requests"

    [demand]
    peak = { low = "37.46/s", mid = "40.56/s", high = "43.66/s", confidence = "90 %" } # measured: 20,104 rows
    mean = { low = "20.49/s", mid = "20.65/s", high = "20.8/s", confidence = "90 %" } # measured: 20,104 rows
    burst = { low = 1.279, mid = 1.283, high = 1.291, confidence = "90 %" } # measured: 2,016 rows
    # from Monday 00:00 UTC, a day a line; measured: 20,104 rows
    "#);
}

#[test]
fn a_plan_reads_what_a_profile_writes() {
    let base = std::fs::read_to_string(beside("../fixtures/one-service.toml")).unwrap();
    let measured = asked(&fixture("requests.csv")).demand;
    let text = write_workload(&measured, "unused", Some(&base)).unwrap();
    let planned = workload::read("w.toml", text.as_bytes(), &[]).expect("the plan reads it").demand;
    let near = |a: Rate, b: Rate| (a / b - 1.0).abs() < 1e-3;
    assert!(
        near(planned.peak.mid(), measured.peak.value.mid()) && near(planned.peak.high(), measured.peak.value.high())
    );
    assert!(near(planned.mean.mid(), measured.mean.value.mid()) && planned.mean_is_stated);
    assert!((planned.burst.mid().get() - measured.burst.value.mid().get()).abs() < 1e-3);
    let grows = measured.growth.as_ref().unwrap().value;
    assert!((planned.growth.mid().as_percent_per_year() - grows.mid().as_percent_per_year()).abs() < 0.01);
    assert_eq!(planned.hour_of_week.expect("the week is written").len(), 168);
}
