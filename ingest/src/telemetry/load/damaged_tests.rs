//! Exports of load tests and access logs that are cut, shuffled, shifted or have bytes flipped: whatever comes of them, no
//! row is lost and nothing panics.
use crate::problem::Problem;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::{self, Format};
use crate::telemetry::head::Head;
use crate::telemetry::text::Text;
use crate::telemetry::{access, load};
use plimsoll::telemetry::Telemetry;
use plimsoll::units::Factor;
use std::io;

const ROWS: u64 = 40;

fn repeated(head: &str, row: impl Fn(u64) -> String) -> String {
    head.to_owned() + &(0..ROWS).map(row).collect::<String>()
}

/// A sound text of each format.
fn texts() -> Vec<(&'static dyn Format, String)> {
    let start = 1_700_000_000_u64;
    let clf = |n: u64| {
        format!(
            "192.0.2.7 - - [05/Jan/2026:10:{:02}:00 +0100] \"GET /a{n} HTTP/1.1\" 200 12 \"-\" \"x\" 0.250\n",
            n % 60
        )
    };
    let xml = |n: u64| {
        format!(
            "<httpSample t=\"100\" ts=\"{}\" s=\"true\" rm=\"OK\" na=\"2\"><sample t=\"1\" ts=\"1\"/></httpSample>\n",
            start * 1000 + n * 50
        )
    };
    let wrk = "Running 10s test @ http://x/\n  2 threads and 4 connections\n  Thread Stats   Avg      Stdev     Max\n    \
        Latency    20.00ms    5.00ms  60.00ms   90.00%\n  Latency Distribution\n     50%   18.00ms\n     99%   50.00ms\n  \
        2000 requests in 10.00s, 1.00MB read\n  Socket errors: connect 0, read 3, write 0, timeout 2\n  \
        Non-2xx or 3xx responses: 20\nRequests/sec:    200.00\n";
    let hey = "Summary:\n  Total:\t2.0 secs\n  Slowest:\t0.06 secs\n  Fastest:\t0.01 secs\n  Average:\t0.02 secs\n  \
        Requests/sec:\t200.0\n\nResponse time histogram:\n  0.021 [399]\t|\n\nLatency distribution:\n  50% in 0.019 secs\n\n\
        Status code distribution:\n  [200]\t360 responses\n  [500]\t40 responses\n";
    let ab = "This is ApacheBench\nDocument Path: /\nConcurrency Level: 4\nTime taken for tests: 10.0 seconds\n\
        Complete requests: 2000\nRequests per second: 200.0 [#/sec]\nTime per request: 20.0 [ms]\nTotal: 10 20 4.0 19 60\n\
        \x20 50%     19\n 100%     60 (longest request)\n";
    let pgbench = "transaction type: TPC-B\nscaling factor: 1\nnumber of clients: 4\nduration: 10 s\n\
        number of transactions actually processed: 2000/2000\nlatency average = 20.0 ms\ntps = 200.0 (x)\n";
    let ycsb = "[OVERALL], RunTime(ms), 10000\n[OVERALL], Throughput(ops/sec), 400.0\n[READ], Operations, 4000\n\
        [READ], AverageLatency(us), 8000\n[READ], 99thPercentileLatency(us), 20000\n[CLEANUP], Operations, 4\n";
    let s3 = |n: u64| {
        format!(
            "0a1b shop [05/Jan/2026:10:{n:02}:00 +0000] 192.0.2.1 - 3E REST.GET.OBJECT k{n} \"GET /k{n} HTTP/1.1\" 200 - 40 \
             4096 20 7 \"-\" \"x\" -\n"
        )
    };
    let alb = |n: u64| {
        format!(
            "https 2026-01-05T10:{n:02}:00.25Z app/shop/50dc 192.0.2.1:2000 10.0.0.1:80 0.001 0.048 -1 200 200 100 900 \
             \"GET https://x:443/a{n} HTTP/2.0\" \"agent\" TLS\n"
        )
    };
    let cloudfront = |n: u64| format!("2026-01-05\t10:{n:02}:00\tFRA1\t900\tGET\td1.x\t/a{n}\t200\tHit\t100\t0.030\n");
    let at = |n: u64| start as f64 + n as f64 * 0.05;
    vec![
        (&access::Combined, repeated("", clf)),
        (&access::S3, repeated("", s3)),
        (&access::Alb, repeated("", alb)),
        (
            &access::CloudFront,
            repeated(
                "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes cs-method cs(Host) cs-uri-stem sc-status \
                 x-edge-result-type cs-bytes time-taken\n",
                cloudfront,
            ),
        ),
        (&load::JtlXml, repeated("<?xml version=\"1.0\"?>\n<testResults version=\"1.2\">\n", xml) + "</testResults>\n"),
        (
            &load::Jtl,
            repeated("timeStamp,elapsed,label,responseCode,responseMessage,success,allThreads\n", |n| {
                format!("{},100,a,200,\"O,K\",true,{}\n", start * 1000 + n * 50, n / 20 + 1)
            }),
        ),
        (&load::Wrk, wrk.repeat(2)),
        (&load::HeySummary, hey.repeat(2)),
        (
            &load::HeyRows,
            repeated(
                "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n",
                |n| format!("0.0400,0,0,0,0.0399,0.0001,200,{}.5\n", n / 4),
            ),
        ),
        (&load::AbSummary, ab.to_owned()),
        (
            &load::AbRows,
            repeated("starttime\tseconds\tctime\tdtime\tttime\twait\n", |n| {
                format!("Mon Nov 23 00:27:11 2026\t{}\t0\t21\t20\t21\n", start + n)
            }),
        ),
        (&load::AbPercentiles, repeated("Percentage served,Time in ms\n", |n| format!("{n},{n}.5\n"))),
        (
            &load::VegetaRows,
            repeated("", |n| format!("{},200,50000000,0,3,,b2sK,a,{n},GET,http://x/,\n", (start * 1000 + n) * 1_000_000)),
        ),
        (
            &load::VegetaLines,
            repeated("", |n| {
                format!(
                    "{{\"attack\":\"a\",\"seq\":{n},\"code\":200,\"timestamp\":\"2026-01-05T10:00:{n:02}.5Z\",\
                     \"latency\":50000000,\"bytes_in\":3,\"error\":\"\",\"url\":\"http://x/\"}}\n"
                )
            }),
        ),
        (
            &load::VegetaReport,
            "{\"latencies\":{\"mean\":50000000,\"50th\":49000000,\"99th\":8e7},\"bytes_in\":{},\"duration\":9e8,\"wait\":5e7,\
             \"requests\":100,\"throughput\":95,\"success\":0.95,\"status_codes\":{}}\n"
                .to_owned(),
        ),
        (
            &load::K6Rows,
            repeated("metric_name,timestamp,metric_value,status,expected_response\n", |n| {
                let time = start + n;
                format!("vus,{time},{},,\nhttp_req_duration,{time},100.0,200,true\n", n / 20 + 1)
            }),
        ),
        (
            &load::K6Lines,
            repeated("", |n| {
                let metric = if n % 2 == 0 { "vus" } else { "http_req_duration" };
                format!(
                    "{{\"type\":\"Point\",\"metric\":\"{metric}\",\"data\":{{\"time\":\"2026-01-05T10:00:{n:02}Z\",\
                     \"value\":2,\"tags\":{{\"status\":\"200\"}}}}}}\n"
                )
            }),
        ),
        (
            &load::K6Summary,
            "{\"root_group\":{},\"metrics\":{\"http_req_duration\":{\"avg\":50,\"med\":40,\"p(95)\":90},\
             \"http_reqs\":{\"count\":2000,\"rate\":100},\"vus\":{\"min\":5,\"max\":5}}}\n"
                .to_owned(),
        ),
        (
            &load::Gatling,
            repeated("RUN\tShop\t\tshop\t1\t \t3.5\nUSER\tAll\tSTART\t1700000000000\t1700000000000\n", |n| {
                format!("REQUEST\t\thome\t{}\t{}\tOK\n", start * 1000 + n * 50, start * 1000 + n * 50 + 50)
            }),
        ),
        (&load::Pgbench, pgbench.repeat(2)),
        (&load::Ycsb, ycsb.repeat(2)),
        (
            &load::Molotov,
            repeated("{\"ts\":1,\"type\":\"workers\",\"value\":2}\n{\"ts\":1,\"type\":\"scenario_success\"}\n", |n| {
                format!("{{\"ts\":{},\"type\":\"request\",\"elapsed\":0.1,\"responseCode\":\"200\"}}\n", at(n))
            }),
        ),
        (
            &load::Locust,
            repeated("", |n| {
                format!(
                    "{{\"stats\":[{{\"response_times\":{{\"90\":15}},\"num_requests\":15,\"num_failures\":1,\
                     \"last_request_timestamp\":{}}}],\"user_count\":2,\"client_id\":\"w\"}}\n",
                    start + n
                )
            }),
        ),
        (
            &load::Siege,
            repeated("", |n| format!("\u{1b}[0;34m 0,HTTP/1.1,200, 0.50, 3372,/a,0,2026-01-05 21:00:{n:02}\u{1b}[0m\n")),
        ),
        (&load::Table, repeated("clients,throughput,latency_ms\n", |n| format!("{n},{},20\n", n * 50))),
    ]
}

fn read(format: &dyn Format, bytes: &[u8], keep_going: bool) -> Result<Telemetry, Vec<Problem>> {
    let asked = Asked { keep_going, clients: Some(Factor::of(4.0)), ..Asked::default() };
    let mut to = Collector::new(keep_going);
    to.begin("x", format.name(), format.detect(&Head::new(bytes, true)));
    format.read(Text::new("x", bytes.to_vec(), Box::new(io::empty())), &asked, &mut to);
    let read = to.finish();
    if let Ok(read) = &read {
        let aside: u64 = read.reading.aside.iter().map(|aside| aside.rows).sum();
        assert_eq!(read.reading.rows_read, read.reading.rows_used + aside, "{}: {:?}", format.name(), read.reading);
    }
    read
}

/// Draws that are the same on every machine (G. Marsaglia, "Xorshift RNGs", 2003).
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

#[test]
fn each_text_is_known_as_its_own_format_and_read() {
    for (format, text) in texts() {
        let head = Head::new(text.as_bytes(), true);
        assert_eq!(format::detect(&head).map(|found| found.format.name()), Some(format.name()));
        let read = read(format, text.as_bytes(), false);
        assert_eq!(read.is_ok(), format.name() != "ab -e", "{}: {:?}", format.name(), read.err());
    }
}

#[test]
fn texts_that_are_cut_or_flipped_lose_no_row() {
    let mut draws = Draws(0x5eed);
    for (format, text) in texts() {
        for _ in 0..12 {
            let mut bytes = text.clone().into_bytes();
            bytes.truncate(draws.below(bytes.len() + 1));
            drop(read(format, &bytes, false));
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=draws.below(8) {
                let at = draws.below(bytes.len());
                bytes[at] ^= 1 << draws.below(8);
            }
            drop(read(format, &bytes, true));
            let found = format::detect(&Head::new(&bytes, true));
            assert!(found.is_none_or(|found| found.confidence.as_part() >= 0.5));
        }
    }
}

#[test]
fn order_does_not_matter_and_shifted_columns_lose_no_row() {
    let mut draws = Draws(0xbeef);
    for (format, text) in texts() {
        let mut lines: Vec<&str> = text.lines().collect();
        for at in (1..lines.len()).rev() {
            lines.swap(at, draws.below(at + 1));
        }
        drop(read(format, lines.join("\n").as_bytes(), true));
        for sign in [',', '\t', ' ', '"', ':'] {
            let shifted: Vec<String> = text
                .lines()
                .map(|line| {
                    let cells: Vec<&str> = line.split(sign).collect();
                    let by = draws.below(cells.len());
                    [&cells[by..], &cells[..by]].concat().join(&sign.to_string())
                })
                .collect();
            drop(read(format, shifted.join("\n").as_bytes(), true));
        }
    }
}

#[test]
fn numbers_out_of_this_world_make_no_panic() {
    const NUMBERS: [&str; 9] =
        ["1e308", "99999999999999999999999", "-1", "NaN", "inf", "", "0", "9223372036854775807", "1e-320"];
    let mut draws = Draws(0xfeed);
    for (format, text) in texts() {
        for _ in 0..16 {
            let mut changed = String::new();
            let mut rest = text.as_str();
            while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
                let end = rest[at..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |end| at + end);
                let is_changed = draws.below(6) == 0;
                changed += &rest[..at];
                changed += if is_changed { NUMBERS[draws.below(NUMBERS.len())] } else { &rest[at..end] };
                rest = &rest[end..];
            }
            changed += rest;
            drop(read(format, changed.as_bytes(), true));
        }
    }
}

#[test]
fn the_order_of_requests_shows_in_no_point() {
    let (format, text) = texts().swap_remove(5);
    let (header, rows) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    let points = |lines: &[&str]| {
        let read = read(format, format!("{header}\n{}\n", lines.join("\n")).as_bytes(), false).unwrap();
        let told = |point: &plimsoll::telemetry::LoadPoint| (point.clients, point.throughput, point.counted);
        read.loads[0].points.iter().map(told).collect::<Vec<_>>()
    };
    let straight = points(&lines);
    lines.reverse();
    assert_eq!(points(&lines), straight);
}
