//! Files that are no text, no TOML, no JSON.
use super::{instead, told};
use insta::assert_snapshot;

#[test]
fn files_that_are_no_text() {
    assert_snapshot!(told(""), @r"shop.toml: the file is empty");
    assert_snapshot!(told(b"name = \"caf\xE9\"\n"), @r#"
    shop.toml:1:12: byte 0xE9, number 12 of the line, is not UTF-8
      | name = "caf�"
      |            ^
      = save the file as UTF-8
    "#);
    assert_snapshot!(told("name = \"a\0b\"\n"), @r#"
    shop.toml:1:10: a text has no NUL bytes
      | name = "a�b"
      |          ^
      = is this a text file? save it as UTF-8
    "#);
    assert_snapshot!(told(vec![b'#'; 50_000_000]), @r"
    shop.toml: the file has 50 MB
      = files written by hand are read up to 4 MB; is this an export?
    ");
}

#[test]
fn syntax() {
    assert_snapshot!(instead("\"900/s\"", "900/s"), @r#"
    shop.toml:4:8: `900/s` has no quotes
      | peak = 900/s
      |        ^^^^^
      = write "900/s"
    "#);
    assert_snapshot!(instead("[demand]", "[demand"), @r"
    shop.toml:3:8: this is not TOML: unclosed table, expected `]`
      | [demand
      |        ^
    ");
    assert_snapshot!(instead("mean", "peak"), @r#"
    shop.toml:5:1: `peak` is written twice
      | peak = "350/s"
      | ^^^^
      = keep one of them
    "#);
    assert_snapshot!(told("{ \"name\": \"shop\", }"), @r#"
    shop.toml:1:17: this is not JSON: trailing commas are not allowed
      | { "name": "shop", }
      |                 ^
    "#);
    assert_snapshot!(instead("\"6 ms\"\nmemory = \"600 MB\"", "6 ms\nmemory = 600"), @r#"
    shop.toml:7:19: `6 ms` has no quotes
      | cpu_per_request = 6 ms
      |                   ^^^^
      = write "6 ms"
    shop.toml:8:10: `600` is not an amount of data: it has no unit
      | memory = 600
      |          ^^^
      = write one of these units: B, kB, KiB, MB, MiB, GB, GiB, TB, TiB, PB
    "#);
}
