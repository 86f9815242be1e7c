//! Exports that are cut or garbled: read or refused, never a panic, and every row accounted for.
use super::asked::Asked;
use super::collector::Collector;
use super::format;
use super::head::Head;
use super::text::Text;
use plimsoll::telemetry::Telemetry;
use std::io;

/// An export of each format that knows its tool.
const EXPORTS: [&str; 16] = [
    r#"{"Label":"NetworkIn","Datapoints":[{"Timestamp":"2026-03-01T00:05:00Z","Sum":30.5,"Average":3,"Unit":"Bytes"},
{"Timestamp":"2026-03-01T00:00:00Z","SampleCount":2,"Average":3,"ExtendedStatistics":{"p99":7},"Unit":"Bytes"}]}"#,
    r#"{"MetricDataResults":[{"Id":"a","Label":"i-1 CPUUtilization","Timestamps":["2026-03-01T00:05:00Z",
"2026-03-01T00:00:00Z"],"Values":[20.5,10],"StatusCode":"Complete"}]}"#,
    r#"{"metric_stream_name":"s","region":"eu-west-1","namespace":"AWS/EC2","metric_name":"CPUUtilization","dimensions":{"InstanceId":"i-1"},"timestamp":1772337600000,"value":{"max":9,"sum":12,"count":2,"p90":8},"unit":"Percent"}
{"metric_stream_name":"s","region":"eu-west-1","namespace":"AWS/EC2","metric_name":"CPUUtilization","dimensions":{"InstanceId":"i-1"},"timestamp":1772337660000,"value":{"max":9,"sum":12,"count":2},"unit":"Percent"}"#,
    "Full label,web CPUUtilization\nLabel,CPUUtilization\nStat,Average\n2026/03/01 00:00:00,10.5\n2026/03/01 00:05:00,20\n",
    r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"rpc_duration_seconds_bucket",
"le":"0.5","instance":"a"},"values":[[1772337600,"1"],[1772337615.25,"NaN"],[1772337630,"7"]]},{"metric":{"cpu":"0",
"mode":"idle","instance":"a"},"values":[[1772337600,"0.5"],[1772337615,"0.75"]]}]},"warnings":["w"]}"#,
    "node_load1{instance=\"a\", job=\"n\"} =>\n1.5 @[1772337600]\n2 @[1772337615.5]\n\nx_total{} =>\n1 @[1772337600]\n2 @[1772337615]\n",
    r#"{"interval":"PT5M","timespan":"x","value":[{"id":"/a/virtualMachines/web-1/providers/Microsoft.Insights/metrics/x",
"name":{"value":"Network In"},"unit":"Bytes","timeseries":[{"metadatavalues":[{"name":{"value":"d"},"value":"1"}],
"data":[{"timeStamp":"2026-03-01T00:00:00Z","total":3},{"timeStamp":"2026-03-01T00:05:00Z"},{"timeStamp":"2026-03-01T00:10:00Z","total":6}]}]}]}"#,
    r#"{"timeSeries":[{"metric":{"type":"run.googleapis.com/request_latencies","labels":{"a":"b"}},"resource":{"type":"x",
"labels":{"service_name":"web"}},"metricKind":"DELTA","valueType":"DISTRIBUTION","points":[{"interval":{"startTime":
"2026-03-01T00:01:00Z","endTime":"2026-03-01T00:02:00Z"},"value":{"distributionValue":{"count":"4","mean":3,"bucketOptions":
{"exponentialBuckets":{"numFiniteBuckets":3,"growthFactor":2,"scale":1}},"bucketCounts":["1","2","1"]}}},{"interval":
{"endTime":"2026-03-01T00:01:00Z","startTime":"2026-03-01T00:00:00Z"},"value":{"int64Value":"7"}}]}]}"#,
    "TimeSeries ID,compute_googleapis_com:instance/cpu/utilization{} 0\ninstance_name,web-1\n\
     Sun Mar 01 2026 05:00:00 GMT+0100 (Central European Standard Time),0.25\n\
     Sun Mar 01 2026 05:01:00 GMT+0100 (Central European Standard Time),undefined\n\
     Sun Mar 01 2026 05:02:00 GMT+0100 (Central European Standard Time),0.5\n",
    r#"{"status":"ok","series":[{"metric":"system.load.1","scope":"host:web-1","pointlist":[[1772337600000,1.5],[1772337620000,null],[1772337640000,2]]}]}"#,
    "Date,Namespace,Pod,Container,CPUCoreUsageAverage,RAMBytesUsageAverage,TotalCost\n2026-03-01T00:00:00Z,shop,web-1,app,0.25,1000,0.2\n\
     2026-03-02T00:00:00Z,shop,web-1,app,0.5,1500,0.2\n",
    "Namespace,Name,Container,CPU Requests,CPU Limits,Memory Requests,Memory Limits\n\
     shop,web,app,(-100m) 200m -> 100m,unset,256Mi -> 512Mi,? -> 1Gi\n,,proxy,unset -> 10m,,,\n",
    "pod,namespace,interval_start,interval_end,pod_usage_cpu_core_seconds,pod_usage_memory_byte_seconds\n\
     web-1,shop,2026-03-01 00:00:00 +0000 UTC,2026-03-01 01:00:00 +0000 UTC,900,3600\n\
     web-1,shop,2026-03-01 01:00:00 +0000 UTC,2026-03-01 02:00:00 +0000 UTC,1800,7200\n",
    "interval_start,interval_end,container_name,pod,namespace,cpu_usage_container_avg,memory_rss_usage_container_avg\n\
     2026-03-01 00:00:01 +0000 UTC,2026-03-01 00:15:00 +0000 UTC,app,web-1,shop,0.1,10\n\
     2026-03-01 00:15:01 +0000 UTC,2026-03-01 00:30:00 +0000 UTC,app,web-1,shop,0.2,20\n",
    "sep=,\n\"Time\",\"{__name__=\"\"node_load1\"\", instance=\"\"a\"\"}\",\"web CPU\"\n1772337600000,0.5,12.5%\n1772337660000,,1 %\n1772337720000,2,3%\n",
    "time,user,system,iowait\r\n2026-03-01 04:00:01,50,25,5\r\n2026-03-01 04:00:00,25,null,5\r\n",
];

/// Reads bytes as the pipeline does. None if they are of no format.
fn read(bytes: &[u8]) -> Option<Result<Telemetry, ()>> {
    let detected = format::detect(&Head::new(bytes, true))?;
    let mut to = Collector::new(false);
    to.begin("x", detected.format.name(), detected.confidence);
    detected.format.read(Text::new("x", bytes.to_vec(), Box::new(io::empty())), &Asked::default(), &mut to);
    Some(to.finish().map_err(|problems| {
        for problem in problems {
            assert!(!problem.what.is_empty() && !problem.to_string().is_empty());
        }
    }))
}

fn assert_accounted(bytes: &[u8]) {
    if let Some(Ok(read)) = read(bytes) {
        let aside: u64 = read.reading.aside.iter().map(|aside| aside.rows).sum();
        assert_eq!(read.reading.rows_read, read.reading.rows_used + aside, "{}", String::from_utf8_lossy(bytes));
        for metric in &read.metrics {
            assert!(metric.series.iter().all(|(_, value)| value.is_none_or(f64::is_finite)), "{}", metric.measure);
        }
    }
}

#[test]
fn every_export_is_read_as_it_is() {
    for export in EXPORTS {
        let told = read(export.as_bytes()).unwrap_or_else(|| panic!("unknown: {export}"));
        let told = told.unwrap_or_else(|()| panic!("refused: {export}"));
        assert!(told.reading.rows_used >= 2, "{export}");
    }
}

#[test]
fn exports_that_are_cut_are_read_or_refused() {
    for export in EXPORTS {
        for end in (0..export.len()).step_by(5) {
            assert_accounted(&export.as_bytes()[..end]);
        }
    }
}

#[test]
fn exports_that_are_garbled_are_read_or_refused() {
    for export in EXPORTS {
        let step = export.len() / 30 + 1;
        for at in (0..export.len()).step_by(step) {
            for other in [b'9', b'-', b'"', b',', b'\n', b'e', b'}', 0xff, b'\\'] {
                let mut bytes = export.as_bytes().to_vec();
                bytes[at] = other;
                assert_accounted(&bytes);
            }
        }
    }
}

#[test]
fn numbers_beyond_measure_are_read_or_refused() {
    for export in EXPORTS {
        for other in ["1e308", "-1e308", "99999999999999999999", "1e-320", "-0", "0"] {
            let parts: Vec<&str> = export.split(|c: char| c.is_ascii_digit()).collect();
            for i in (1..parts.len()).step_by(parts.len() / 20 + 1) {
                let garbled = format!("{}{other}{}", parts[..i].join("1"), parts[i..].join("1"));
                assert_accounted(garbled.as_bytes());
            }
        }
    }
}
