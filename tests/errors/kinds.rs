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
    assert_snapshot!(cache(""), @"");
    assert_snapshot!(cache("hit_ratio = \"80 %\"\n"), @"");
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\ndata = \"1 GB\"\n"), @"");
    assert_snapshot!(cache("curve = [{ memory = \"2 GB\", hit_ratio = \"60 %\" }, { memory = \"1 GB\", hit_ratio = \"80 %\" }]\n"), @"");
    assert_snapshot!(cache("curve = [{ memory = \"2 GB\", hit_ratio = \"60 %\" }, { entries = \"9 M\", hit_ratio = \"50 %\" }]\n"), @"");
    assert_snapshot!(cache("curve = [{ memory = \"2 GB\", hit_ratio = \"60 %\" }]\nhit_ratio = \"5 %\"\n"), @"");
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\nttl = \"5 min\"\n"), @"");
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\nrate_per_key = \"5/h\"\n"), @"");
    assert_snapshot!(cache("hit_ratio = \"80 %\"\nentries = 1000\nmanaged = false\nself_run = false\n"), @"");
}

#[test]
fn streams() {
    assert_snapshot!(stream("retention = \"0 days\"\n"), @"");
    assert_snapshot!(stream("compression = 0\n"), @"");
    assert_snapshot!(stream("catch_up = { outage = \"1 h\", within = \"0 s\" }\n"), @"");
    assert_snapshot!(stream("consumers = [{ to = \"nobody\" }]\n"), @"");
    assert_snapshot!(stream("replicas = 1\n[promises]\nsurvive = \"zone\"\n"), @"");
    assert_snapshot!(stream("partition_in = \"0 MB/s\"\n"), @"");
}

#[test]
fn gathered_work() {
    assert_snapshot!(batch(""), @"");
    assert_snapshot!(batch("cadences = []\n"), @"");
    assert_snapshot!(batch("cadences = [\"nightly\"]\n"), @"");
    assert_snapshot!(batch("cadences = [\"0 min\"]\n"), @"");
    assert_snapshot!(batch("cadences = [\"real time\", \"15 min\", \"24 h\"]\ndeadline = \"2 h\"\n"), @"");
    assert_snapshot!(batch("cadences = [{ every = \"1 h\", deadline = \"2 h\" }]\n"), @"");
    assert_snapshot!(batch("cadences = [\"24 h\"]\nprice_by_hour = [1, 2]\n"), @"");
    assert_snapshot!(batch("cadences = [\"24 h\"]\nready = 24\n"), @"");
    assert_snapshot!(batch("cadences = [\"24 h\"]\n[promises]\np99 = \"1 s\"\n"), @"");
}

#[test]
fn autoscaling_and_presets() {
    let service = |rest: &str| of(&format!("[service.it]\ncpu_per_request = \"5 ms\"\nmemory = \"1 GB\"\n{rest}"));
    assert_snapshot!(service("autoscaling = { target = \"60 %\" }\n"), @"");
    assert_snapshot!(service("autoscaling = { target = \"0 %\", min = 5, max = 2 }\n"), @"");
    assert_snapshot!(service("preset = \"jvm-servise\"\n"), @"");
    assert_snapshot!(service("preset = \"kafka\"\n"), @"");
}
