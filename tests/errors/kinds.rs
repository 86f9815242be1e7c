//! What is wrong with caches, streams, gathered work, autoscaling and presets.
use super::told;
use insta::assert_snapshot;

const HEAD: &str = "name = \"x\"\nentry = \"it\"\n[demand]\npeak = \"100/s\"\n";

/// What is told of one component.
fn of(component: &str) -> String {
    told(format!("{HEAD}{component}"))
}

fn cache(rest: &str) -> String {
    of(&format!("[cache.it]\nentry_size = \"1 kB\"\ncpu_per_request = \"20 us\"\n{rest}"))
}

fn stream(rest: &str) -> String {
    of(&format!("[stream.it]\nbytes_per_message = \"1 kB\"\ncpu_per_write = \"20 us\"\n{rest}"))
}

fn batch(rest: &str) -> String {
    of(&format!("[batch.it]\ncpu_per_item = \"20 ms\"\nmemory = \"1 GB\"\n{rest}"))
}

#[test]
fn caches() {
    assert_snapshot!(cache(""), @r#"
    shop.toml:5:1: nothing says what the cache answers
      | [cache.it]
      | ^^^^^^^^^^
      = add hit_ratio = "90 %" and entries, or a curve = [{ memory = "1 GB", hit_ratio = "60 %" }, ...]
    "#);
    assert_snapshot!(cache("hit_ratio = \"80 %\"\n"), @r#"
    shop.toml:5:1: nothing says how much it holds to answer that
      | [cache.it]
      | ^^^^^^^^^^
      = add entries = "2 million" or data = "3 GB"
    "#);
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\ndata = \"1 GB\"\n"), @r#"
    shop.toml:9:11: both `entries` and `data` say how much it holds
      | entries = 1000
      |           ^^^^
      = keep one of them
    "#);
    assert_snapshot!(cache("curve = [{ memory = \"2 GB\", hit_ratio = \"60 %\" }, { memory = \"1 GB\", hit_ratio = \"80 %\" }]\n"), @r#"
    shop.toml:8:62: 1 GB is not more than the 2 GB of the point before
      | curve = [{ memory = "2 GB", hit_ratio = "60 %" }, { memory = "1 GB", hit_ratio = "80 %" }]
      |                                                              ^^^^^^
      = a curve goes from small to large
    "#);
    assert_snapshot!(cache("curve = [{ memory = \"2 GB\", hit_ratio = \"60 %\" }, { entries = \"9 M\", hit_ratio = \"50 %\" }]\n"), @r#"
    shop.toml:8:82: 50 % is less than the 60 % of the smaller size before
      | curve = [{ memory = "2 GB", hit_ratio = "60 %" }, { entries = "9 M", hit_ratio = "50 %" }]
      |                                                                                  ^^^^^^
      = a larger cache answers no less
    "#);
    assert_snapshot!(cache("curve = [{ memory = \"2 GB\", hit_ratio = \"60 %\" }]\nhit_ratio = \"5 %\"\n"), @r#"
    shop.toml:9:13: the curve says what is answered
      | hit_ratio = "5 %"
      |             ^^^^^
      = keep one of `hit_ratio` and `curve`
    "#);
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\nttl = \"5 min\"\n"), @r#"
    shop.toml:10:7: how many requests come in a life is not known
      | ttl = "5 min"
      |       ^^^^^^^
      = add rate_per_key = "2/h": requests over the number of keys
    "#);
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\nrate_per_key = \"5/h\"\n"), @r#"
    shop.toml:10:16: it only matters with a time to live
      | rate_per_key = "5/h"
      |                ^^^^^
      = add ttl = "5 min", or leave it out
    "#);
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\nmanaged = false\nself_run = false\n"), @r#"
    shop.toml:11:12: neither managed nor self-run: nothing can be chosen
      | self_run = false
      |            ^^^^^
      = set managed or self_run to true
    "#);
}

#[test]
fn streams() {
    assert_snapshot!(stream("retention = \"0 days\"\n"), @r#"
    shop.toml:8:13: messages that are kept for no time are never read
      | retention = "0 days"
      |             ^^^^^^^^
      = write "7 days"
    "#);
    assert_snapshot!(stream("compression = 0\n"), @r#"
    shop.toml:8:15: data cannot be compressed 0 times
      | compression = 0
      |               ^
      = it is the original size over the compressed one: 1 for none, 3 for a third
    "#);
    assert_snapshot!(stream("catch_up = { outage = \"1 h\", within = \"0 s\" }\n"), @r#"
    shop.toml:8:39: nobody catches up in no time
      | catch_up = { outage = "1 h", within = "0 s" }
      |                                       ^^^^^
      = write a time span
    "#);
    assert_snapshot!(stream("consumers = [{ to = \"nobody\" }]\n"), @r#"
    shop.toml:8:21: `it` calls `nobody`, which is no component of this workload
      | consumers = [{ to = "nobody" }]
      |                     ^^^^^^^^
      = there is only `it`
    "#);
    assert_snapshot!(stream("replicas = 1\n[promises]\nsurvive = \"zone\"\n"), @r#"
    shop.toml:8:12: 1 copy of the data does not survive the loss of a zone
      | replicas = 1
      |            ^
      = keep at least 2 replicas, or promise survive = "none"
    "#);
    assert_snapshot!(stream("partition_in = \"0 MB/s\"\n"), @r#"
    shop.toml:8:16: a partition that carries nothing is none
      | partition_in = "0 MB/s"
      |                ^^^^^^^^
      = write a data rate
    "#);
}

#[test]
fn gathered_work() {
    assert_snapshot!(batch(""), @r#"
    shop.toml:5:1: batch.it has no `cadences`
      | [batch.it]
      | ^^^^^^^^^^
      = add cadences = [ ... ]: how often the work may be done; the cheapest is chosen
    "#);
    assert_snapshot!(batch("cadences = []\n"), @r#"
    shop.toml:8:12: work that is never done
      | cadences = []
      |            ^^
      = write ["24 h"]
    "#);
    assert_snapshot!(batch("cadences = [\"nightly\"]\n"), @r#"
    shop.toml:8:13: `nightly` is not a cadence
      | cadences = ["nightly"]
      |             ^^^^^^^^^
      = write "real time", or a time span: "15 min"
    "#);
    assert_snapshot!(batch("cadences = [\"0 min\"]\n"), @r#"
    shop.toml:8:13: work cannot be gathered for 0 us
      | cadences = ["0 min"]
      |             ^^^^^^^
      = write "real time" for work that is done at once, or a time up to a year
    "#);
    assert_snapshot!(batch("cadences = [\"real time\", \"15 min\", \"24 h\"]\ndeadline = \"2 h\"\n"), @r#"
    shop.toml:9:12: a deadline of 2 h is longer than the cadence of 15 min: runs would pile up
      | deadline = "2 h"
      |            ^^^^^
      = give each cadence its own: cadences = ["15 min", { every = "24 h", deadline = "2 h" }]
    "#);
    assert_snapshot!(batch("cadences = [{ every = \"1 h\", deadline = \"2 h\" }]\n"), @r#"
    shop.toml:8:41: a deadline longer than the cadence of 1 h: runs would pile up
      | cadences = [{ every = "1 h", deadline = "2 h" }]
      |                                         ^^^^^
      = write a shorter deadline
    "#);
    assert_snapshot!(batch("cadences = [\"24 h\"]\nprice_by_hour = [1, 2]\n"), @r#"
    shop.toml:9:17: there are 2 hours
      | price_by_hour = [1, 2]
      |                 ^^^^^^
      = a day has 24
    "#);
    assert_snapshot!(batch("cadences = [\"24 h\"]\nready = 24\n"), @r#"
    shop.toml:9:9: there is no hour 24
      | ready = 24
      |         ^^
      = hours of a day go from 0 to 23
    "#);
    assert_snapshot!(batch("cadences = [\"24 h\"]\n[promises]\np99 = \"1 s\"\n"), @r#"
    shop.toml:2:9: a latency is promised, but nobody waits for the gathered work of `it`
      | entry = "it"
      |         ^^^^
      = take p99 and its like out of [promises]; a batch has its deadline
    "#);
}

#[test]
fn autoscaling_and_presets() {
    let service = |rest: &str| of(&format!("[service.it]\ncpu_per_request = \"5 ms\"\nmemory = \"1 GB\"\n{rest}"));
    assert_snapshot!(service("autoscaling = { target = \"60 %\" }\n"), @r#"
    shop.toml:8:15: nothing says how the demand comes and goes over the week
      | autoscaling = { target = "60 %" }
      |               ^^^^^^^^^^^^^^^^^^^
      = add hour_of_week to [demand]: multiples of the mean for 168 hours
    "#);
    assert_snapshot!(service("autoscaling = { target = \"0 %\", min = 5, max = 2 }\n"), @r#"
    shop.toml:8:15: nothing says how the demand comes and goes over the week
      | autoscaling = { target = "0 %", min = 5, max = 2 }
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = add hour_of_week to [demand]: multiples of the mean for 168 hours
    shop.toml:8:26: machines that do nothing carry nothing
      | autoscaling = { target = "0 %", min = 5, max = 2 }
      |                          ^^^^^
      = write "60 %"
    shop.toml:8:48: at most 2 machines, and at least 5
      | autoscaling = { target = "0 %", min = 5, max = 2 }
      |                                                ^
      = max is at least min
    "#);
    assert_snapshot!(service("preset = \"jvm-servise\"\n"), @r#"
    shop.toml:8:10: there is no preset `jvm-servise`
      | preset = "jvm-servise"
      |          ^^^^^^^^^^^^^
      = did you mean `jvm-service`?
    "#);
    assert_snapshot!(service("preset = \"kafka\"\n"), @r#"
    shop.toml:8:10: `kafka` is a preset for a stream, not for a service
      | preset = "kafka"
      |          ^^^^^^^
      = those for a service are jvm-service, native-service, nginx
    "#);
}
