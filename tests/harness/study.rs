//! The questions and machines of the peer's study, to be asked of this engine: Netflix' service-capacity-modeling 0.3.212.
//!
//! The questions carry over its figures (its problems `java_app_10k` and `cassandra_uncertain_100k`); the machines are read
//! from a table that the peer's package gives, which is not part of the repository.
use super::catalog;
use jiff::civil::date;
use plimsoll::catalog::{Basis, Catalog, Provenance, Provider, Shape, Speed};
use plimsoll::units::{Compute, Data, DataRate, Factor, Money};
use std::sync::Arc;

/// The studied service: 10,000 requests a second of 0.2 to 2 ms.
pub const SERVICE: &str = r#"
name = "java"
entry = "java"
horizon = "1 months"
[demand]
peak = "10000/s"
burst = 1
[promises]
p99 = "50 ms"
survive = "zone"
[service.java]
cpu_per_request = { low = "0.2 ms", mid = "1 ms", high = "2 ms", confidence = "98 %" }
memory = "5 GiB"
bytes_in = { low = "64 B", mid = "128 B", high = "1024 B", confidence = "95 %" }
bytes_out = { low = "128 B", mid = "1024 B", high = "65536 B", confidence = "95 %" }
"#;

/// The studied store with every input uncertain: 50,000 to 300,000 reads and as many writes a second, 200 to 2,000 GiB.
pub const STORE: &str = r#"
name = "cassandra"
entry = "client"
horizon = "1 months"
[demand]
peak = "1/s"
burst = 1
[promises]
p99 = "50 ms"
survive = "zone"
[edge.client]
calls = [{ to = "rows" }]
[store.rows]
engine = "partitioned"
managed = false
replicas = 3
reads = { low = "50000/s", mid = "100000/s", high = "300000/s", confidence = "90 %" }
writes = { low = "50000/s", mid = "100000/s", high = "300000/s", confidence = "90 %" }
data = { low = "200 GiB", mid = "500 GiB", high = "2000 GiB", confidence = "90 %" }
compression = { low = 2, mid = 3, high = 5, confidence = "98 %" }
cpu_per_read = { low = "0.4 ms", mid = "2 ms", high = "5 ms", confidence = "98 %" }
cpu_per_write = { low = "0.4 ms", mid = "1 ms", high = "2 ms", confidence = "98 %" }
bytes_per_read = { low = "128 B", mid = "1024 B", high = "65536 B", confidence = "95 %" }
bytes_per_write = { low = "64 B", mid = "256 B", high = "1024 B", confidence = "95 %" }
memory = "16 GiB"
"#;

/// The machines of a table with the columns `name`, `vcpu`, `cpu_ghz`, `cpu_ipc_scale`, `ram_gib`, `net_mbps` and
/// `annual_cost_usd`, among others, in place of those of us-east-1. The study has no limits of network disks, so there are none.
pub fn machines(table: &str) -> Catalog {
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().expect("the table has a header");
    let column = |name: &str| heads.iter().position(|h| *h == name).expect("the study has this column");
    let [name, vcpu, ghz, ipc, ram, net, cost] =
        ["name", "vcpu", "cpu_ghz", "cpu_ipc_scale", "ram_gib", "net_mbps", "annual_cost_usd"].map(column);
    let shape = |row: Vec<&str>| {
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        let provenance = Provenance {
            table: "study".into(),
            source: "service-capacity-modeling 0.3.212".into(),
            as_of: date(2026, 6, 6),
            derived: true,
            note: None,
        };
        let (vcpus, memory) = (Compute::vcpus(number(vcpu)), Data::gib(number(ram)));
        let plain = Shape::plain(row[name], vcpus, memory, Money::nearest(number(cost) / 8760.0), provenance);
        // The study's reference core has 2.3 GHz and does as much in a cycle as Skylake.
        let factor = Factor::of(number(ghz) * number(ipc) / 2.3);
        let speed = Speed { factor, basis: Basis::Stated, source: "study".into() };
        Arc::new(Shape { speed, network: Some(DataRate::mbit_per_second(number(net))), ..plain })
    };
    Catalog { shapes: lines.map(shape).collect(), ..catalog(Provider::Aws, "us-east-1") }
}
