//! Values set on the command line, and files of private prices.
use super::{set, told_of_prices};
use insta::assert_snapshot;

#[test]
fn values_set_from_outside() {
    assert_snapshot!(set("demand.peak", "1200"), @r"
    --set demand.peak:1:13: `1200` is not a rate: it has no unit
      | demand.peak=1200
      |             ^^^^
      = write one of these units: /s, /min, /h, /day, /month
    ");
    assert_snapshot!(set("demnad.peak", "1200/s"), @r"
    --set demnad.peak:1:1: `demnad` is not a field of the workload
      | demnad.peak=1200/s
      | ^^^^^^
      = did you mean `demand`?
    ");
    assert_snapshot!(set("store.order.data", "1 TB"), @r"
    --set store.order.data:1:7: there is no table `order` in `store`
      | store.order.data=1 TB
      |       ^^^^^
      = did you mean `orders`?
    ");
    assert_snapshot!(set("service.api.calls.1.ratio", "2"), @r"
    --set service.api.calls.1.ratio:1:19: `1` is not an element of this list
      | service.api.calls.1.ratio=2
      |                   ^
      = its elements are numbered from 0, and the last is 0
    ");
    assert_snapshot!(set("name.first", "x"), @r"
    --set name.first:1:6: `name` is not a table
      | name.first=x
      |      ^^^^^
      = set the whole value
    ");
    assert_snapshot!(set("demand.peak", "{ low = 1"), @r"
    --set demand.peak:1:13: this is not TOML: unclosed inline table, expected `}`
      | demand.peak={ low = 1
      |             ^^^^^^^^^
    ");
}

#[test]
fn private_prices() {
    assert_snapshot!(told_of_prices("[[price]]\nprovider = \"aws\"\nsku = \"a.b\"\nusd_per_hour = -0.07\n"), @r"
    ours.toml:4:16: a price below zero
      | usd_per_hour = -0.07
      |                ^^^^^
      = write what an hour costs
    ");
    assert_snapshot!(told_of_prices("[[price]]\nprovider = \"ibm\"\nsku = \"a.b\"\nusd_per_hour = \"$1\"\n"), @r#"
    ours.toml:2:12: `ibm` is not a provider
      | provider = "ibm"
      |            ^^^^^
      = the words are aws, azure, gcp
    ours.toml:4:16: `$1` is not an amount of money
      | usd_per_hour = "$1"
      |                ^^^^
      = write US dollars with at most twelve decimals and nothing else: "0.07"
    "#);
    assert_snapshot!(told_of_prices("[[discount]]\npercent = 12\nfrom = 2026-02-01\nuntil = \"2026-01-01\"\n"), @r#"
    ours.toml:2:11: `12` is not a share: it is not written in per cent
      | percent = 12
      |           ^^
      = write "12 %"
    ours.toml:4:9: the discount ends before it begins
      | until = "2026-01-01"
      |         ^^^^^^^^^^^^
      = `until` is the day after its last
    "#);
    assert_snapshot!(told_of_prices("[[allowance]]\nprovider = \"aws\"\npath = \"internets\"\nfree = \"1 TB\"\n"), @r#"
    ours.toml:3:8: `internets` is not a path of data
      | path = "internets"
      |        ^^^^^^^^^^^
      = did you mean `internet`?
    "#);
    assert_snapshot!(told_of_prices("[discount]\npercent = \"12 %\"\n"), @r"
    ours.toml:1:1: `discount` is a list of tables, not a table
      | [discount]
      | ^^^^^^^^^^
      = write [[discount]] above each, or discount = [{ ... }, { ... }]
    ");
}
