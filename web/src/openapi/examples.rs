//! A small question of each kind that is answered. The tests ask all of them.
use serde_json::{Value, json};

/// The day of the examples: their answers stay the same.
const DAY: &str = "2026-11-23";

/// The example of a question.
pub(super) fn of(question: &str) -> Option<Value> {
    let file = |name: &str, text: &str| json!([{ "name": name, "text": text }]);
    Some(match question {
        "plan" => json!({
            "workload": include_str!("../../../fixtures/one-service.toml"),
            "flags": { "as-of": DAY, "set": ["demand.peak=300/s"] },
        }),
        "profile" => json!({
            "inputs": file("requests.csv", &table("timestamp,value", |_, load| format!("{:.1}", 300.0 * load))),
            "flags": { "as-of": DAY, "rates": true },
        }),
        "bill" => json!({
            "inputs": file("cost_explorer.csv", include_str!("../../../fixtures/bills/cost_explorer.csv")),
            "flags": { "as-of": DAY, "by": "service" },
        }),
        "rightsize" => json!({
            "inputs": file("usage.csv", &table("timestamp,resource,cpu_share,memory_bytes", |_, load| {
                format!("web-1,{:.3},{:.0}", 0.08 * load, 1.2e9 * (1.0 + load / 10.0))
            })),
            "flags": { "as-of": DAY, "shape": "m5.2xlarge", "region": "us-east-1" },
        }),
        "compare" => {
            let now = include_str!("../../../fixtures/one-service.toml");
            json!({
                "inputs": [
                    { "name": "now.toml", "text": now },
                    { "name": "next.toml", "text": now.replace("250/s", "400/s") },
                ],
                "flags": { "as-of": DAY },
            })
        }
        _ => return None,
    })
}

/// Two weeks of hours under a head; `load` is 1 on average and highest in the afternoon.
fn table(head: &str, row: impl Fn(usize, f64) -> String) -> String {
    let hour = |at: usize| {
        let load = 1.0 + 0.5 * (std::f64::consts::TAU * ((at % 24) as f64 - 9.0) / 24.0).sin();
        format!("2026-11-{:02}T{:02}:00:00Z,{}\n", 1 + at / 24, at % 24, row(at, load))
    };
    format!("{head}\n") + &(0..14 * 24).map(hour).collect::<String>()
}
