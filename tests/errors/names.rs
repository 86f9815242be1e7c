//! Names that nothing has, and what is missing.
use super::{instead, told};
use insta::assert_snapshot;

#[test]
fn names() {
    assert_snapshot!(instead("cpu_per_request", "cpu_per_reqest"), @r#"
    shop.toml:7:1: `cpu_per_reqest` is not a field of service.api
      | cpu_per_reqest = "6 ms"
      | ^^^^^^^^^^^^^^
      = did you mean `cpu_per_request`?
    "#);
    assert_snapshot!(instead("mean", "color"), @r#"
    shop.toml:5:1: `color` is not a field of demand
      | color = "350/s"
      | ^^^^^
      = the fields of demand are peak, mean, burst, hour_of_week, variability, growth
    "#);
    assert_snapshot!(instead("[service.api]", "[servise.api]"), @r"
    shop.toml:6:2: `servise` is not a field of the workload
      | [servise.api]
      |  ^^^^^^^
      = did you mean `service`?
    ");
    assert_snapshot!(instead("memory", "architectures = [\"arm\"]\nmemory"), @r#"
    shop.toml:8:18: `arm` is not an architecture
      | architectures = ["arm"]
      |                  ^^^^^
      = the words are x86_64, arm64
    "#);
    assert_snapshot!(instead("data", "engine = \"oracle\"\ndata"), @r#"
    shop.toml:11:10: `oracle` is not a store engine
      | engine = "oracle"
      |          ^^^^^^^^
      = the words are postgres, mysql, partitioned
    "#);
    assert_snapshot!(instead("[store.orders]", "[store.api]"), @r"
    shop.toml:10:8: `api` is already a service
      | [store.api]
      |        ^^^
      = names are unique over all kinds; rename this store
    ");
    assert_snapshot!(instead("[store.orders]", "[store.\"the orders\"]"), @r#"
    shop.toml:9:17: `api` calls `orders`, which is no component of this workload
      | calls = [{ to = "orders", ratio = 2.5 }]
      |                 ^^^^^^^^
      = its components are api, the orders
    shop.toml:10:8: `the orders` cannot be a name
      | [store."the orders"]
      |        ^^^^^^^^^^^^
      = such a name has 1 to 120 letters and no spaces
    "#);
}

#[test]
fn what_is_missing() {
    assert_snapshot!(instead("memory = \"600 MB\"\n", ""), @r#"
    shop.toml:6:1: service.api has no `memory`
      | [service.api]
      | ^^^^^^^^^^^^^
      = add memory = "12 GB": memory held whatever the traffic, per machine
    "#);
    assert_snapshot!(told("entry = \"api\"\n"), @r#"
    shop.toml: the workload has no `name`
      = add name = "a-name": what the system is called in reports
    shop.toml: the workload has no `demand`
      = add a table [demand]: the requests that arrive at the entry
    shop.toml: the workload has no component
      = add a table [service.a-name], [store.a-name], [object.a-name] or [edge.a-name]
    "#);
    assert_snapshot!(instead("data", "read_share = \"80 %\"\ndata"), @r#"
    shop.toml:10:1: there are writes, but no `cpu_per_write`
      | [store.orders]
      | ^^^^^^^^^^^^^^
      = add cpu_per_write = "0.6 ms", or set read_share to "100 %"
    "#);
    assert_snapshot!(instead("entry", "region = \"us-east-1\"\nentry"), @r#"
    shop.toml:2:10: whose region is this?
      | region = "us-east-1"
      |          ^^^^^^^^^^^
      = add provider = "aws", "azure" or "gcp"
    "#);
}

#[test]
fn the_graph() {
    assert_snapshot!(instead("\"orders\"", "\"order\""), @r#"
    shop.toml:9:17: `api` calls `order`, which is no component of this workload
      | calls = [{ to = "order", ratio = 2.5 }]
      |                 ^^^^^^^
      = did you mean `orders`?
    "#);
    assert_snapshot!(instead("entry = \"api\"", "entry = \"app\""), @r#"
    shop.toml:2:9: the entry `app` is no component of this workload
      | entry = "app"
      |         ^^^^^
      = did you mean `api`?
    "#);
    assert_snapshot!(instead("to = \"orders\"", "to = \"api\""), @r#"
    shop.toml:9:17: calls go in a circle: api -> api
      | calls = [{ to = "api", ratio = 2.5 }]
      |                 ^^^^^
      = requests would never end; take one of these calls out
    "#);
    assert_snapshot!(instead("calls", "# calls"), @r"
    shop.toml:10:1: nobody calls `orders`, so it has nothing to do
      | [store.orders]
      | ^^^^^^^^^^^^^^
      = add it to the calls of a component, or give a store reads or writes of its own
    ");
    assert_snapshot!(told("name = \"a\"\nentry = \"a\"\n[demand]\npeak = \"1/s\"\n"), @r"
    shop.toml: the workload has no component
      = add a table [service.a-name], [store.a-name], [object.a-name] or [edge.a-name]
    ");
}
