//! Changes, sweeps and goals that cannot be read.
use super::SHOP;
use insta::assert_snapshot;
use plimsoll_ingest::scenario::{self, Changes};
use plimsoll_ingest::workload::{self, Draft};

fn shown(problems: &[plimsoll_ingest::problem::Problem]) -> String {
    super::shown(problems)
}
fn draft() -> Draft {
    Draft::parse("shop.toml", SHOP.as_bytes()).expect("the shop is sound")
}
/// What is told of a file of changes, made to the shop.
fn changed(text: &str) -> String {
    let changes = match Changes::read("sale.toml", text.as_bytes()) {
        Ok(changes) => changes,
        Err(problems) => return shown(&problems),
    };
    let mut draft = draft();
    changes.changes.iter().for_each(|change| changes.make(change, &mut draft));
    draft.read().map_or_else(|problems| shown(&problems), |_| "read without a problem".into())
}
fn swept(text: &str) -> String {
    let asked = text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    scenario::sweep(&draft(), &asked).map_or_else(|p| shown(&p), |sweep| format!("{} points", sweep.points.len()))
}
fn sought(text: &str) -> String {
    let workload = workload::read("shop.toml", SHOP.as_bytes(), &[]).expect("the shop is sound");
    scenario::seek(text, &draft(), &workload).map_or_else(|p| p.to_string(), |_| "read without a problem".into())
}

#[test]
fn changes() {
    assert_eq!(changed("[[change]]\nname = \"x\"\nscale = { \"demand.peak\" = 3 }\n"), "read without a problem");
    assert_snapshot!(changed("[[change]]\nname = \"x\"\nscale = { \"demand.paek\" = 3 }\n"), @r#"
    sale.toml:3:11: nothing is written at `demand.paek` that could be scaled
      | scale = { "demand.paek" = 3 }
      |           ^^^^^^^^^^^^^
      = did you mean `demand.peak`?
    "#);
    assert_snapshot!(changed("[[change]]\nname = \"x\"\nset = { \"store.order.data\" = \"1 TB\" }\n"), @r#"
    sale.toml:3:9: there is no table `order` in `store`
      | set = { "store.order.data" = "1 TB" }
      |         ^^^^^^^^^^^^^^^^^^
      = did you mean `orders`?
    "#);
    assert_snapshot!(changed("[[change]]\nname = \"x\"\nset = { \"demand.paek\" = \"3/s\" }\n"), @r#"
    sale.toml:3:17: `paek` is not a field of demand
      | set = { "demand.paek" = "3/s" }
      |                 ^^^^
      = did you mean `peak`?
    "#);
    assert_snapshot!(changed("[[change]]\nname = \"x\"\nfrom = 2026-12-01\nuntil = 2026-11-27\nset = { name = \"y\" }\n"), @"
    sale.toml:4:9: the change ends before it begins
      | until = 2026-11-27
      |         ^^^^^^^^^^
      = `until` is the day after its last
    ");
    assert_snapshot!(changed("[[change]]\nscale = { \"demand.peak\" = \"a lot\" }\n"), @r#"
    sale.toml:1:1: change[0] has no `name`
      | [[change]]
      | ^^^^^^^^^^
      = add name = "a-name": what the change is called in reports
    sale.toml:2:27: this is no factor
      | scale = { "demand.peak" = "a lot" }
      |                           ^^^^^^^
      = write how many times as much: 3
    "#);
}

#[test]
fn sweeps() {
    assert_eq!(swept("demand.peak=500/s..5000/s demand.burst=1.2..1.5:4"), "40 points");
    assert_snapshot!(swept("demand.peak=1/s..9/s:1000 demand.burst=1.0..2.0:1000"), @"
    --sweep: 1000 x 1000 are 1,000,000 plans
      = at most 1,000 are made; take fewer steps, as in demand.peak=LOW..HIGH:5
    ");
    assert_snapshot!(swept("demand.peek=400/s..500/s"), @r"
    --sweep demand.peek:1:8: `peek` is not a field of demand
      | demand.peek=400/s
      |        ^^^^
      = did you mean `peak`?
    ");
    assert_snapshot!(swept("demand.peak=500/s..5"), @"
    --sweep:1:13: the ends of this range have different units
      | demand.peak=500/s..5
      |             ^^^^^^^^
    ");
}

#[test]
fn goals() {
    assert_eq!(
        sought("max demand.peak in 500/s..9000/s s.t. usd_per_month <= 10000 and p99_seconds <= 250 ms"),
        "read without a problem"
    );
    assert_snapshot!(sought("demand.peak usd_per_month <= 10000"), @"
    --seek:1:1: this says no goal
      | demand.peak usd_per_month <= 10000
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = write PATH s.t. MEASURE <= VALUE, as in demand.peak s.t. usd_per_month <= 10000
    ");
    assert_snapshot!(sought("demand.pek s.t. usd_per_month <= 10000"), @r"
    --seek:1:1: `demand.pek` is no input that can be turned
      | demand.pek s.t. usd_per_month <= 10000
      | ^^^^^^^^^^
      = did you mean `demand.peak`?
    ");
    assert_snapshot!(sought("demand.peak s.t. usd_per_mont <= 10000"), @r"
    --seek:1:18: `usd_per_mont` is no measure of a plan
      | demand.peak s.t. usd_per_mont <= 10000
      |                  ^^^^^^^^^^^^
      = did you mean `usd_per_month`?
    ");
    assert_snapshot!(sought("demand.peak s.t. usd_per_month <= 250 ms"), @r"
    --seek:1:35: `250 ms` is no value of usd_per_month
      | demand.peak s.t. usd_per_month <= 250 ms
      |                                   ^^^^^^
      = write a number in the unit that the name ends in, as in usd_per_month <= 10000 or p99_seconds <= 0.25
    ");
}
