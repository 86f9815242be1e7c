use super::super::super::asked::Asked;
use super::super::super::head::Head;
use super::super::super::layout::Layout;
use super::super::super::sysstat::testing::{aside, mean, read, read_asked};
use super::super::guess_layout;
use super::Csv;
use crate::problem::Problem;
use crate::telemetry::format::Format;
use plimsoll::telemetry::{Measure, Telemetry};
use std::fmt::Write as _;

fn ok(text: &str) -> Telemetry {
    read(&Csv, text).unwrap_or_else(|problems| panic!("{}", problems[0]))
}
fn laid(text: &str, layout: &str) -> Result<Telemetry, Vec<Problem>> {
    let layout = Some(Layout::read("layout.toml", layout.as_bytes())?);
    read_asked(&Csv, text, &Asked { layout, ..Asked::default() })
}
fn wide(rows: &[(&str, &str)]) -> String {
    rows.iter().fold(String::from("time,host,cpu_percent,temperature\n"), |mut text, (time, cells)| {
        writeln!(text, "{time},{cells}").unwrap();
        text
    })
}
fn first(problems: &[Problem]) -> (usize, usize, &str) {
    (problems[0].line, problems[0].column, problems[0].what.as_str())
}

const WIDE: [(&str, &str); 4] = [
    ("2026-03-01T00:00Z", "a,40,-3"),
    ("2026-03-01T00:00Z", "b,20,7"),
    ("2026-03-01T00:05Z", "a,60,NaN"),
    ("2026-03-01T00:05Z", "b,30,8"),
];
const LONG: &str = "time;server;metric;value\n2026-03-01T00:00Z;a;mem_used_mib;512\n2026-03-01T00:00Z;a;cpu;40\n\
    2026-03-01T00:05Z;a;mem_used_mib;256\n2026-03-01T00:05Z;a;cpu;50\n";

#[test]
fn wide_tables_have_a_metric_for_each_column_of_numbers() {
    let text = wide(&WIDE);
    assert_eq!(Csv.detect(&Head::new(text.as_bytes(), true)).as_part(), 0.6);
    let read = ok(&text);
    assert_eq!(mean(&read, "a", None, &Measure::CpuShare), [Some(0.4), Some(0.6)]);
    assert_eq!(mean(&read, "b", None, &Measure::CpuShare), [Some(0.2), Some(0.3)]);
    assert_eq!(mean(&read, "a", None, &Measure::Other("temperature".into())), [Some(-3.0), None]);
}

#[test]
fn long_tables_name_the_metric_in_each_row() {
    let read = ok(LONG);
    assert_eq!(mean(&read, "a", None, &Measure::MemoryUsed)[0], Some(512.0 * 1024.0 * 1024.0));
    assert_eq!(mean(&read, "a", None, &Measure::CpuShare), [Some(0.4), Some(0.5)]);
    assert_eq!(read.reading.notes, ["cpu_share goes up to 50: read as per cent."]);
}

#[test]
fn a_column_of_units_says_what_the_values_are_in() {
    let text = "time;metric;unit;value\n2026-03-01T00:00Z;mem_used;MiB;512\n2026-03-01T00:00Z;cpu;Percent;1\n\
                2026-03-01T00:05Z;mem_used;GiB;1\n2026-03-01T00:05Z;cpu;Percent;1\n";
    let read = ok(text);
    assert_eq!(mean(&read, "x", None, &Measure::CpuShare), [Some(0.01), Some(0.01)]);
    let mib = 1024.0 * 1024.0;
    assert_eq!(mean(&read, "x", None, &Measure::MemoryUsed), [Some(512.0 * mib), Some(1024.0 * mib)]);
    let layout = guess_layout("x", text.as_bytes()).unwrap();
    let again = laid(text, &layout).unwrap_or_else(|p| panic!("{}\n{layout}", p[0]));
    assert_eq!(mean(&again, "x", None, &Measure::MemoryUsed), mean(&read, "x", None, &Measure::MemoryUsed));
}

#[test]
fn words_that_recur_tell_rows_apart_and_others_are_left_out() {
    let mut text = String::from("ts,requests,route,remark,pod,namespace\n");
    for minute in 0..8 {
        for route in ["buy", "look"] {
            writeln!(text, "2026-03-01T00:0{minute}Z,60,{route},r{minute}{route},p,shop").unwrap();
        }
    }
    let read = ok(&text);
    assert_eq!(mean(&read, "shop/p", Some("buy"), &Measure::Requests)[3], Some(1.0));
    assert!(read.reading.notes.contains(&"not read: `remark`.".to_owned()), "{:?}", read.reading.notes);
}

#[test]
fn running_totals_and_their_restarts_become_rates() {
    let mut text = String::from("ts,http_requests_total,hits\n");
    for minute in 0..40 {
        let total = if minute < 30 { 1000 + minute * 60 } else { (minute - 30) * 60 };
        writeln!(text, "{},{total},{}", 1_772_323_200 + minute * 60, minute * 120).unwrap();
    }
    let read = ok(&text);
    // Both name requests: columns are told apart by their names.
    assert_eq!(mean(&read, "x", Some("http_requests_total"), &Measure::Requests)[5], Some(1.0));
    assert_eq!(mean(&read, "x", Some("hits"), &Measure::Requests)[5], Some(2.0));
    let one = ok(&text.lines().map(|l| format!("{}\n", l.rsplit_once(',').unwrap().0)).collect::<String>());
    let values = mean(&one, "x", None, &Measure::Requests);
    assert_eq!((values.len(), values[0], values[29], values[30]), (39, Some(1.0), None, Some(1.0)));
    assert_eq!(one.reading.findings[0].kind, "resets");
    let asked = Asked { totals: None, ..Asked::default() };
    let hits = text.lines().map(|l| l.split(',').collect::<Vec<_>>()).map(|c| format!("{},{}\n", c[0], c[2]));
    let hits = read_asked(&Csv, &hits.collect::<String>(), &asked).unwrap();
    assert_eq!(mean(&hits, "x", None, &Measure::Requests)[0], Some(2.0));
    assert!(hits.reading.notes.iter().any(|note| note.contains("only rises")));
}

#[test]
fn zones_gaps_repeats_and_a_clock_set_back_are_told() {
    let text = "time,cpu_percent\n2026-03-01T00:00Z,1\n2026-03-01T00:05Z,2\n2026-03-01 00:20:00,3\n2026-03-01T00:10Z,4\n\
                2026-03-01T00:10Z,4\n2026-03-01T00:30Z,5\n,\n";
    let read = ok(text);
    let kinds: Vec<_> = read.reading.findings.iter().map(|f| (f.kind, f.rows)).collect();
    assert_eq!(kinds, [("gaps", 2), ("duplicates", 1), ("out_of_order", 1), ("mixed_zones", 2)]);
    assert_eq!(aside(&read), [("blank row", 1)]);
    assert!(read.reading.notes.contains(&"the times have no zone: taken as UTC.".to_owned()));
}

#[test]
fn three_points_and_a_constant_are_series_and_one_point_is_none() {
    let three = "time,cpu_percent\n2026-03-01T00:00Z,7\n2026-03-01T00:05Z,7\n2026-03-01T00:10Z,7\n";
    assert_eq!(mean(&ok(three), "x", None, &Measure::CpuShare), [Some(0.07); 3]);
    let one = read(&Csv, "time,cpu_percent\n2026-03-01T00:00Z,7\n").unwrap_err();
    assert!(one[0].what.contains("two different stamps are needed"), "{}", one[0]);
}

#[test]
fn mistakes_have_their_places_and_can_be_set_aside() {
    let bad = |cells: &'static str| wide(&[WIDE[0], WIDE[1], WIDE[2], ("2026-03-01T00:05Z", cells)]);
    let told = |text: &str| read(&Csv, text).unwrap_err();
    assert_eq!(first(&told(&bad("b,-5,7"))), (5, 21, "`-5` is below zero"));
    assert_eq!(first(&told(&bad("b,many,7"))), (5, 21, "cannot read `many` as a number"));
    assert_eq!(first(&told(&bad("b,1,2,3"))).2, "the row has 5 cells, the first row has 4");
    assert_eq!(
        first(&told(&wide(&WIDE).replace("2026-03-01T00:05Z,b", "noon,b"))),
        (5, 1, "cannot read `noon` as a time")
    );
    let going = Asked { keep_going: true, ..Asked::default() };
    let read = read_asked(&Csv, &bad("b,many,7"), &going).unwrap();
    assert_eq!(aside(&read), [("cannot be read", 1)]);
    assert!(told("a,b\n1,2\n3,4\n5,6\n")[0].what.starts_with("no column holds times"));
    assert!(told("time,words\n2026-03-01T00:00Z,x\n2026-03-01T00:05Z,y\n")[0].what.starts_with("cannot read `x`"));
}

#[test]
fn what_the_user_says_names_values_that_have_no_name() {
    let text = "timestamp,value\n2026-03-01T00:00Z,60\n2026-03-01T00:01Z,120\n";
    let asked = |measure, totals| Asked { measure: Some(measure), totals, ..Asked::default() };
    let requests = read_asked(&Csv, text, &asked(Measure::Requests, Some(true))).unwrap();
    assert_eq!(mean(&requests, "x", None, &Measure::Requests), [Some(1.0), Some(2.0)]);
    let rates = read_asked(&Csv, text, &asked(Measure::Requests, Some(false))).unwrap();
    assert_eq!(mean(&rates, "x", None, &Measure::Requests), [Some(60.0), Some(120.0)]);
    assert_eq!(mean(&ok(text), "x", None, &Measure::Other("value".into())), [Some(60.0), Some(120.0)]);
}

const GERMAN: &str = "Bericht\n\nZeit;Rechner;CPU %;Durchsatz\n01.03.2026 01:00;r1;40,5;1.000,0\n\
    01.03.2026 01:05;r1;50,5;2.000,0\n";
const LAYOUT: &str = "delimiter = \";\"\ndecimal = \",\"\nskip_rows = 2\n[time]\ncolumn = \"Zeit\"\n\
    format = \"%d.%m.%Y %H:%M\"\nzone = \"+01:00\"\n[resource]\ncolumns = [\"Rechner\"]\n[columns.\"CPU %\"]\n\
    measure = \"cpu_share\"\nunit = \"%\"\n[columns.Durchsatz]\nmeasure = \"network_in\"\nunit = \"KiB per step\"\n";

#[test]
fn a_layout_says_what_cannot_be_guessed() {
    let read = laid(GERMAN, LAYOUT).unwrap();
    assert_eq!(mean(&read, "r1", None, &Measure::CpuShare), [Some(0.405), Some(0.505)]);
    let rates = mean(&read, "r1", None, &Measure::NetworkIn);
    assert!((rates[0].unwrap() - 1024.0 * 1000.0 / 300.0).abs() < 1e-6, "{rates:?}");
    assert_eq!(read.metrics[0].series.start().to_string(), "2026-03-01T00:00:00Z");
    assert_eq!(read.metrics[0].first, "x:4");
    let problem = laid(&GERMAN.replace("40,5", "viel"), LAYOUT).unwrap_err();
    assert_eq!(first(&problem), (4, 21, "cannot read `viel` as a number"));
}

#[test]
fn mistakes_in_a_layout_are_shown_in_the_layout() {
    let wrong = |from: &str, to: &str| laid(GERMAN, &LAYOUT.replace(from, to)).unwrap_err()[0].to_string();
    assert!(wrong("\"Rechner\"", "\"Recner\"").contains("layout.toml:9:12: no column is called `Recner`"));
    assert!(wrong("\"Rechner\"", "\"Recner\"").contains("did you mean `Rechner`?"));
    assert!(wrong("Durchsatz]", "Durchsaz]").contains("did you mean `Durchsatz`?"));
    assert!(wrong("cpu_share", "cpu_shar").contains("did you mean `cpu_share`?"));
    assert!(wrong("unit = \"%\"", "unit = \"ms\"").contains("the unit does not fit: cpu_share is not measured in it"));
    assert!(wrong("decimal", "decimals").contains("did you mean `decimal`?"));
    assert!(wrong("column = \"Zeit\"\n", "").contains("column"));
}

#[test]
fn a_guess_reads_back_to_the_same_series() {
    let counted = "ts,requests,latency_p99_ms,http_errors_total,queue\n".to_owned()
        + &(0..30)
            .map(|i| format!("{},{},{},{},{}\n", 1_772_323_200 + i * 60, 60 + i % 7, 5, i * 6, i % 3))
            .collect::<String>();
    let bare = "2026-03-01 00:00,5\n2026-03-01 00:05,6\n2026-03-01 00:10,7\n".to_owned();
    let tabs = LONG.replace(';', "\t");
    let twice = "ts,x,x\n1772323200,1,2\n1772323260,3,4\n".to_owned();
    for text in [
        wide(&WIDE),
        LONG.to_owned(),
        counted,
        bare,
        tabs,
        twice,
        "a \"b\"\tts\n1\t1772323200\n2\t1772323260\n".to_owned(),
    ] {
        let layout = guess_layout("x", text.as_bytes()).unwrap();
        let again = laid(&text, &layout).unwrap_or_else(|p| panic!("{}\n{layout}", p[0]));
        let shown = |read: &Telemetry| {
            let of = |m: &plimsoll::telemetry::Metric| {
                let values: Vec<_> = m.series.iter().collect();
                format!("{} {:?} {} {} {} {values:?}", m.resource, m.item, m.measure, m.statistic, m.first)
            };
            read.metrics.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(shown(&again), shown(&ok(&text)), "{layout}");
    }
    assert!(guess_layout("x", &b"a,b\n"[..]).is_err());
}

#[test]
fn columns_that_mean_the_same_are_parts_by_their_names() {
    let text = "time,web-1 CPU,web-2 CPU,x,x\n2026-03-01T00:00Z,50,10,1,2\n2026-03-01T00:05Z,60,20,3,4\n";
    let read = ok(text);
    assert_eq!(mean(&read, "x", Some("web-1 CPU"), &Measure::CpuShare), [Some(0.5), Some(0.6)]);
    assert_eq!(mean(&read, "x", Some("web-2 CPU"), &Measure::CpuShare), [Some(0.1), Some(0.2)]);
    assert_eq!(mean(&read, "x", Some("x (column 5)"), &Measure::Other("x".into())), [Some(2.0), Some(4.0)]);
}

#[test]
fn a_table_of_very_many_columns_is_read() {
    let mut text = String::from("time");
    (0..3000).for_each(|i| write!(text, ",a_metric_with_a_rather_long_name_{i}").unwrap());
    for minute in 0..60 {
        write!(text, "\n{}", 1_772_323_200 + minute * 60).unwrap();
        (0..3000).for_each(|i| write!(text, ",1234567.{i:04}000000000").unwrap());
    }
    assert_eq!(ok(&text).metrics.len(), 3000);
}

#[test]
fn a_file_whose_rows_all_name_another_resource_is_refused() {
    let mut text = String::from("time,host,cpu_percent\n");
    for i in 0..100_100 {
        writeln!(text, "{},h{i},1", 1_772_323_200 + i).unwrap();
    }
    assert!(read(&Csv, &text).unwrap_err()[0].what.contains("more than 100000 series"));
}

#[test]
fn a_name_that_no_layout_can_hold_is_told() {
    let text = "ti\tme;host;cpu_percent\n2026-03-01T00:00Z;a;40\n2026-03-01T00:05Z;a;50\n";
    assert!(guess_layout("x.csv", text.as_bytes()).unwrap_err()[0].what.contains("cannot stand in a layout"));
}
