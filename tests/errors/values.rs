//! Values that are not what a field wants.
use super::{SHOP, instead, told};
use insta::assert_snapshot;

#[test]
fn units() {
    assert_snapshot!(instead("\"900/s\"", "900"), @r"
    shop.toml:4:8: `900` is not a rate: it has no unit
      | peak = 900
      |        ^^^
      = write one of these units: /s, /min, /h, /day, /month
    ");
    assert_snapshot!(instead("\"900/s\"", "\"900/sec\""), @r#"
    shop.toml:4:8: `900/sec` is not a rate: `/sec` is not a unit of it
      | peak = "900/sec"
      |        ^^^^^^^^^
      = write one of these units: /s, /min, /h, /day, /month
    "#);
    assert_snapshot!(instead("600 MB", "600 mb"), @r#"
    shop.toml:8:10: `600 mb` is not an amount of data: `mb` is not a unit of it
      | memory = "600 mb"
      |          ^^^^^^^^
      = did you mean `MB`? write one of these units: B, kB, KiB, MB, MiB, GB, GiB, TB, TiB, PB
    "#);
    assert_snapshot!(instead("600 MB", "six hundred"), @r#"
    shop.toml:8:10: cannot read `six hundred` as an amount of data
      | memory = "six hundred"
      |          ^^^^^^^^^^^^^
      = a number comes first, then its unit, as in "12 GB"
    "#);
    assert_snapshot!(instead("600 MB", "1,200 MB"), @r#"
    shop.toml:8:10: cannot read `1,200 MB` as an amount of data
      | memory = "1,200 MB"
      |          ^^^^^^^^^^
      = numbers are written 1204.7, without commas
    "#);
    assert_snapshot!(instead("600 MB", "-600 MB"), @r#"
    shop.toml:8:10: `-600 MB` is not an amount of data: it must be finite and not negative
      | memory = "-600 MB"
      |          ^^^^^^^^^
      = give an amount that is finite and not negative
    "#);
    assert_snapshot!(instead("600 MB", "1e300 MB"), @r#"
    shop.toml:8:10: `1e300 MB` is beyond what can be planned
      | memory = "1e300 MB"
      |          ^^^^^^^^^^
      = the limit is 1,000,000 PB
    "#);
    assert_snapshot!(instead("\"600 MB\"", "[\"600 MB\"]"), @r#"
    shop.toml:8:10: a list is not an amount of data
      | memory = ["600 MB"]
      |          ^^^^^^^^^^
      = write it like this: "12 GB"
    "#);
    assert_snapshot!(instead("mean", "growth = \"30 %\"\nmean"), @r#"
    shop.toml:5:10: `30 %` is not a growth: it is not per year or month
      | growth = "30 %"
      |          ^^^^^^
      = write one of these units: %/year, %/month
    "#);
}

#[test]
fn kinds_of_values() {
    assert_snapshot!(instead("memory", "burstable = \"yes\"\nmemory"), @r#"
    shop.toml:8:13: `yes` is not true or false
      | burstable = "yes"
      |             ^^^^^
      = write true or false, without quotes
    "#);
    assert_snapshot!(instead("memory", "concurrency = 2.5\nmemory"), @r"
    shop.toml:8:15: `2.5` is not a whole number from 1
      | concurrency = 2.5
      |               ^^^
      = write it without a point: 3
    ");
    assert_snapshot!(instead("memory", "variability = \"1.5\"\nmemory"), @r#"
    shop.toml:8:15: `1.5` is not a plain number
      | variability = "1.5"
      |               ^^^^^
      = write it without quotes and without a unit: 1.5
    "#);
    assert_snapshot!(instead("memory", "variability = -1\nmemory"), @r"
    shop.toml:8:15: `-1` is not a number of times
      | variability = -1
      |               ^^
      = it lies between 0 and 1,000,000
    ");
    assert_snapshot!(instead("memory", "current = \"m5.large\"\nmemory"), @r#"
    shop.toml:8:11: `service.api.current` is a table, not `m5.large`
      | current = "m5.large"
      |           ^^^^^^^^^^
      = write it like this: { name = value, ... }
    "#);
    assert_snapshot!(instead("[{ to = \"orders\", ratio = 2.5 }]", "\"orders\""), @r#"
    shop.toml:9:9: `calls` is a list of tables, not `orders`
      | calls = "orders"
      |         ^^^^^^^^
      = write [[service.api.calls]] above each, or calls = [{ ... }, { ... }]
    "#);
    assert_snapshot!(told("{ \"name\": null, \"entry\": 7, \"demand\": [] }"), @r#"
    shop.toml: the workload has no component
      = add a table [service.a-name], [store.a-name], [object.a-name] or [edge.a-name]
    shop.toml:1:11: null is not a text
      | { "name": null, "entry": 7, "demand": [] }
      |           ^^^^
      = write it like this: "a-name"
    shop.toml:1:26: `7` is not a text
      | { "name": null, "entry": 7, "demand": [] }
      |                          ^
      = write it like this: "a-name"
    shop.toml:1:39: `demand` is a table, not a list
      | { "name": null, "entry": 7, "demand": [] }
      |                                       ^^
      = write it like this: { name = value, ... }
    "#);
}

#[test]
fn ranges() {
    let range = |range: &str| instead("\"900/s\"", range);
    assert_snapshot!(range("{ low = \"9/s\", mid = \"1/s\", high = \"12/s\", confidence = \"80 %\" }"), @r#"
    shop.toml:4:8: low, mid and high do not ascend
      | peak = { low = "9/s", mid = "1/s", high = "12/s", confidence = "80 %" }
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = mid is the median, between low and high
    "#);
    assert_snapshot!(range("{ low = \"1/s\", mid = \"2/s\", high = \"3/s\", confidence = \"100 %\" }"), @r#"
    shop.toml:4:63: confidence must lie between 0 % and 100 %, both excluded
      | peak = { low = "1/s", mid = "2/s", high = "3/s", confidence = "100 %" }
      |                                                               ^^^^^^^
      = it is the chance that the truth lies between low and high: "80 %"
    "#);
    assert_snapshot!(range("{ low = \"1/s\", mid = \"2/s\", hi = \"3/s\" }"), @r#"
    shop.toml:4:8: the range has no `high`
      | peak = { low = "1/s", mid = "2/s", hi = "3/s" }
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = add high = "900/s": the high end
    shop.toml:4:8: the range has no `confidence`
      | peak = { low = "1/s", mid = "2/s", hi = "3/s" }
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = add confidence = "80 %": the chance that the truth lies between low and high
    shop.toml:4:36: `hi` is not a field of the range
      | peak = { low = "1/s", mid = "2/s", hi = "3/s" }
      |                                    ^^
      = the fields of the range are low, mid, high, confidence, law
    "#);
}

#[test]
fn demand() {
    assert_snapshot!(instead("900/s", "0/s"), @r#"
    shop.toml:4:8: nothing is asked
      | peak = "0/s"
      |        ^^^^^
      = a plan needs the rate of the busiest hour, as in peak = "900/s"
    "#);
    assert_snapshot!(instead("900/s", "1e12/s"), @r#"
    shop.toml:4:8: 1,000,000,000,000/s is more than can be planned
      | peak = "1e12/s"
      |        ^^^^^^^^
      = the limit is 1,000,000,000/s
    "#);
    assert_snapshot!(instead("350/s", "1000/s"), @r#"
    shop.toml:5:8: the mean is above the peak of 900/s
      | mean = "1000/s"
      |        ^^^^^^^^
      = the peak is the mean of the busiest hour, mean that of all hours
    "#);
    assert_snapshot!(instead("mean", "hour_of_week = [1, 2]\nmean"), @r"
    shop.toml:5:16: there are 2 hours
      | hour_of_week = [1, 2]
      |                ^^^^^^
      = a week has 168
    ");
    assert_snapshot!(instead("entry", "horizon = \"11 years\"\nentry"), @r#"
    shop.toml:2:11: cannot plan 132 months ahead
      | horizon = "11 years"
      |           ^^^^^^^^^^
      = a horizon is longer than nothing and at most 120 months
    "#);
    assert_snapshot!(told(SHOP.replace("900/s", "1e8/s").replace("2.5", "1e5")), @r"
    shop.toml:10:1: 1.2e13 requests a second would reach `orders`
      | [store.orders]
      | ^^^^^^^^^^^^^^
      = the limit is 1,000,000,000,000/s; are a ratio, the growth or the burst too large?
    ");
}

#[test]
fn impossible_values() {
    assert_snapshot!(instead("data", "read_share = \"120 %\"\nreplicas = 0\ncompression = 0\ndisk_fill = 0.8\ndata"), @r#"
    shop.toml:11:14: `120 %` is not a share
      | read_share = "120 %"
      |              ^^^^^^^
      = a share lies between 0 % and 100 %
    shop.toml:12:12: `0` is not a whole number from 1
      | replicas = 0
      |            ^
      = it lies between 1 and 1,000,000,000
    shop.toml:13:15: data cannot be compressed 0 times
      | compression = 0
      |               ^
      = it is the original size over the compressed one: 1 for none, 3 for a third
    shop.toml:14:13: `0.8` is not a share: it is not written in per cent
      | disk_fill = 0.8
      |             ^^^
      = write "80 %"
    "#);
    assert_snapshot!(instead("data", "managed = false\nself_run = false\ngrowth = \"fast\"\ndata"), @r#"
    shop.toml:12:12: neither managed nor self-run: nothing can be chosen
      | self_run = false
      |            ^^^^^
      = set managed or self_run to true
    shop.toml:13:10: `fast` is not a growth of data
      | growth = "fast"
      |          ^^^^^^
      = write a data rate ("20 GB/month"), a share ("30 %/year") or "with demand"
    "#);
    assert_snapshot!(instead("[service.api]", "[promises]\np99 = \"0 s\"\nsurvive = \"region\"\n[service.api]"), @r#"
    shop.toml:7:7: no request is answered in no time
      | p99 = "0 s"
      |       ^^^^^
      = write a time span
    shop.toml:8:11: `region` is not something to survive
      | survive = "region"
      |           ^^^^^^^^
      = the words are none, machine, zone
    "#);
}
