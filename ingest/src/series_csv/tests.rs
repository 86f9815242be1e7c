use super::*;
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;

fn ok(text: &str) -> SeriesFile {
    read("r.csv", text.as_bytes()).unwrap_or_else(|p| panic!("{}", shown(&p)))
}
fn shown(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
fn values(file: &SeriesFile) -> Vec<Option<f64>> {
    file.series.iter().map(|(_, v)| v).collect()
}

const PLAIN: &str = "timestamp,value\n2014-04-10 00:04:00,94.0\n2014-04-10 00:09:00,56\n2014-04-10 00:14:00,187\n";

#[test]
fn a_plain_file_is_read() {
    let file = ok(PLAIN);
    assert_eq!(values(&file), [Some(94.0), Some(56.0), Some(187.0)]);
    assert_eq!((file.time_column.as_str(), file.value_column.as_str(), file.rows), ("timestamp", "value", 3));
    assert_eq!(file.notes, ["the times of `timestamp` have no zone: taken as UTC."]);
}

#[test]
fn dialects_read_the_same() {
    let expected = values(&ok(PLAIN));
    let no_header = PLAIN.lines().skip(1).collect::<Vec<_>>().join("\n");
    let variants = [
        PLAIN.replace('\n', "\r\n"),
        PLAIN.replace('\n', "\r"),
        format!("\u{feff}{PLAIN}"),
        PLAIN.replace(',', ";"),
        PLAIN.replace(',', "\t"),
        PLAIN.replace(',', ";\t"),
        format!("\u{feff}sep=,\r\n{PLAIN}"),
        format!("sep=|\n{}", PLAIN.replace(',', "|")),
        PLAIN.replace("timestamp,value", "\"Time\",\"{__name__=\"\"up\"\", instance=\"\"a,b\"\"}\""),
        PLAIN.replace("timestamp,value", "Zeit,Anfragen"),
        no_header.clone(),
        no_header.replace('\n', "\n\n"),
        "requests,at\n94,1397088240\n56,1397088540\n187,1397088840".into(),
        "1397088240000,94\n1397088540000,56\n1397088840000,187\n".into(),
        "Timestamp,SampleCount,Average,Sum,Unit\n2014-04-10T00:04Z,1,2,94,Count\n2014-04-10T00:09Z,1,2,56,Count\n\
         2014-04-10T00:14Z,1,2,187,Count"
            .into(),
    ];
    for text in variants {
        assert_eq!(values(&ok(&text)), expected, "{text}");
    }
}

#[test]
fn gzip_is_unpacked_whatever_the_name() {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(PLAIN.as_bytes()).unwrap();
    let packed = writer.finish().unwrap();
    assert_eq!(values(&read("r", &packed[..]).unwrap()), values(&ok(PLAIN)));
    let cut = read("r.gz", &packed[..packed.len() - 12]).unwrap_err();
    assert_eq!(shown(&cut), "r.gz: the gzip stream breaks off\n  = copy or download the file again");
}

#[test]
fn cells_without_a_value_are_gaps_and_counted() {
    let text = "time,value\n2014-04-10 00:00,1\n2014-04-10 00:05,\n2014-04-10 00:10,NaN\n2014-04-10 00:15,NULL\n\
                2014-04-10 00:20,5\n,\n2014-04-10 00:25,6\n2014-04-10 00:30,6\n2014-04-10 00:35,7\n";
    let file = ok(text);
    assert_eq!(values(&file)[..5], [Some(1.0), None, None, None, Some(5.0)]);
    let q = file.series.quality();
    assert_eq!((q.empty, q.gaps, file.blank_rows), (3, 3, 1));
    assert_eq!(file.rows, q.rows + file.blank_rows);
    assert_eq!(q.rows, q.used + q.empty + q.duplicates() + q.crowded);
}

#[test]
fn places_stay_right_in_a_long_file() {
    let mut text = String::from("time,value\r\n");
    for i in 0..40_000 {
        writeln!(text, "{},{}\r", 1_397_088_240 + i * 60, i % 7).unwrap();
    }
    text.push_str("1399488240,many\r\n");
    let problems = read("long.csv", text.as_bytes()).unwrap_err();
    assert_eq!((problems[0].line, problems[0].column, problems[0].width), (40_002, 12, 4));
    assert_eq!(problems[0].text, "1399488240,many");
}

#[test]
fn a_quote_left_open_is_found_before_the_file_is_one_cell() {
    let text = format!("time,value\n1397088240,\"1\n{}", "1397088300,2\n".repeat(1_000_000));
    let problems = read("r.csv", text.as_bytes()).unwrap_err();
    assert_eq!((problems.len(), problems[0].line), (1, 2), "{}", shown(&problems));
    let small = read("r.csv", &b"time,value\n1397088240,\"1\n1397088300,2\n"[..]).unwrap_err();
    assert_eq!(small[0].line, 2, "{}", shown(&small));
}

#[test]
fn a_cell_below_a_quoted_line_end_is_shown_on_its_line() {
    let text = "time,value,note\n1397088240,1,\"a\nb\"\n1397088300,2,x\n1397088360,x,x\n1397088420,\"\n?\",x\n";
    let problems = read("r.csv", text.as_bytes()).unwrap_err();
    let places: Vec<_> = problems.iter().map(|p| (p.line, p.column)).collect();
    assert_eq!(places, [(5, 12), (7, 1)], "{}", shown(&problems));
}

#[test]
fn problems_are_collected_and_counted() {
    let rows: String = (0..50).fold(String::new(), |mut text, i| {
        writeln!(text, "{},{}", 1_397_088_240 + i * 60, if i % 2 == 0 { "-1" } else { "3" }).unwrap();
        text
    });
    let problems = read("r.csv", rows.as_bytes()).unwrap_err();
    assert_eq!(problems.len(), 21);
    assert_eq!(problems[20].to_string(), "r.csv: 25 mistakes in all, the first 20 are shown");
}
