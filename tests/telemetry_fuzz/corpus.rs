//! A small export of each format, of hosts that there are none of.

/// An export.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// The format that it is of.
    pub(crate) format: &'static str,
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
    pub(crate) kind: Kind,
}

/// What may be done to an export without its values changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line is a row that says by itself when and of whom it is.
    Rows,
    /// A line is a row, and what stands above it says more of it.
    Lines,
    /// One document, or a summary that a row more may belong to.
    Whole,
    /// Known, and refused with what to give instead.
    Refused,
}

macro_rules! samples {
    ($($format:literal $file:literal $kind:ident),+ $(,)?) => {
        &[$(Sample {
            format: $format,
            file: $file,
            text: include_str!(concat!("samples/", $file)),
            kind: Kind::$kind,
        }),+]
    };
}

/// All formats.
pub(crate) const SAMPLES: &[Sample] = samples![
    "sadf -d" "sadf_d.txt" Lines,
    "sadf -p" "sadf_p.txt" Lines,
    "sadf -j" "sadf_j.json" Whole,
    "sar" "sar.txt" Lines,
    "mpstat" "mpstat.txt" Lines,
    "mpstat -o JSON" "mpstat.json" Whole,
    "iostat" "iostat.txt" Lines,
    "iostat -o JSON" "iostat.json" Whole,
    "vmstat" "vmstat.txt" Lines,
    "top -b" "top.txt" Lines,
    "free" "free.txt" Lines,
    "df" "df.txt" Refused,
    "pidstat" "pidstat.txt" Refused,
    "pidstat -o JSON" "pidstat.json" Refused,
    "vmstat -d" "vmstat_d.txt" Refused,
    "PlanetLab CPU" "planetlab.csv" Refused,
    "ALB access log" "alb.log" Rows,
    "CloudFront standard log" "cloudfront.log" Lines,
    "S3 server access log" "s3.log" Rows,
    "access log (common or combined)" "combined.log" Rows,
    "load balancer log of connections" "connections.log" Refused,
    "JMeter JTL (XML)" "jtl.xml" Whole,
    "JMeter JTL (CSV)" "jtl.csv" Lines,
    "wrk or wrk2" "wrk.txt" Whole,
    "hey -o csv" "hey.csv" Lines,
    "hey" "hey.txt" Whole,
    "ab -g" "ab_rows.tsv" Lines,
    "ab -e" "ab_percentiles.csv" Refused,
    "ab" "ab.txt" Whole,
    "vegeta encode -to csv" "vegeta.csv" Rows,
    "vegeta encode -to json" "vegeta.jsonl" Rows,
    "vegeta report -type json" "vegeta_report.json" Whole,
    "k6 --out csv" "k6.csv" Lines,
    "k6 --out json" "k6.jsonl" Lines,
    "k6 summary" "k6_summary.json" Whole,
    "Gatling simulation.log" "gatling.log" Lines,
    "pgbench" "pgbench.txt" Whole,
    "YCSB" "ycsb.txt" Whole,
    "molotov" "molotov.jsonl" Lines,
    "locust worker reports" "locust.jsonl" Lines,
    "siege" "siege.txt" Lines,
    "table of clients and throughput" "points.csv" Lines,
    "CloudWatch get-metric-statistics" "cw_statistics.json" Whole,
    "CloudWatch get-metric-data" "cw_data.json" Whole,
    "CloudWatch metric stream" "cw_stream.jsonl" Rows,
    "CloudWatch console CSV" "cw_console.csv" Lines,
    "Prometheus query_range" "prometheus.json" Whole,
    "promtool query" "promtool.txt" Lines,
    "Azure Monitor metrics" "azure.json" Whole,
    "Cloud Monitoring timeSeries.list" "gcp.json" Whole,
    "Metrics Explorer CSV" "gcp_explorer.csv" Lines,
    "Datadog query" "datadog.json" Whole,
    "Grafana CSV" "grafana.csv" Lines,
    "Netdata CSV" "netdata.csv" Lines,
    "OpenCost CSV" "opencost.csv" Lines,
    "KRR CSV" "krr.csv" Lines,
    "koku metrics operator, pods" "koku_pods.csv" Lines,
    "koku metrics operator, containers" "koku_containers.csv" Lines,
    "Bitbrains GWA-T-12" "bitbrains.csv" Lines,
    "CSV" "plain.csv" Lines,
    "CSV" "wide.csv" Lines,
];

/// What runs, and how a table is laid out.
pub(crate) const FLEET: &str = include_str!("samples/fleet.csv");
pub(crate) const LAYOUT: &str = include_str!("samples/layout.toml");
/// The table that the layout is of.
pub(crate) const LAID_OUT: &str = include_str!("samples/wide.csv");
