//! Conditions that cannot be read, or cannot be asked of an answer.
use insta::assert_snapshot;
use plimsoll_ingest::condition;
use serde_json::json;

/// What is told of a condition, asked of a small answer.
fn told(text: &str) -> String {
    let answer = json!({
        "chosen": {"coverage_share": 0.97, "components": [{"name": "api", "count": 3}]},
        "total": {"billed": "1", "list": "2"},
        "resources": [{"id": "a", "finding": "over"}, {"id": "b", "finding": "idle"}],
    });
    match condition::read(text) {
        Ok(condition) => match condition.check(&json!({ "answer": answer })) {
            Ok(checked) => checked.to_string(),
            Err(fault) => condition::problem(&condition.text, fault).to_string(),
        },
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn fields_that_nothing_has() {
    assert_snapshot!(told("chosen.covrage_share < 0.95"), @r"
    --fail-on:1:8: `chosen` has no field `covrage_share`
      | chosen.covrage_share < 0.95
      |        ^^^^^^^^^^^^^
      = did you mean `coverage_share`?
    ");
    assert_snapshot!(told("  chosn.coverage_share < 0.95"), @r"
    --fail-on:1:1: the answer has no field `chosn`
      | chosn.coverage_share < 0.95
      | ^^^^^
      = did you mean `chosen`?
    ");
    assert_snapshot!(told("chosen.components.count > 2"), @r"
    --fail-on:1:19: `chosen.components` is a list
      | chosen.components.count > 2
      |                   ^^^^^
      = write chosen.components[*].count for every element, or chosen.components[0].count
    ");
    assert_snapshot!(told("chosen.components[apo].count > 2"), @r"
    --fail-on:1:19: nothing in `chosen.components` is called `apo`
      | chosen.components[apo].count > 2
      |                   ^^^
      = did you mean `api`?
    ");
    assert_snapshot!(told("total > 5000"), @r"
    --fail-on:1:1: `total` is a table
      | total > 5000
      | ^^^^^
      = name one of its fields: billed, list
    ");
}

#[test]
fn values_that_do_not_go_together() {
    assert_snapshot!(told("chosen.coverage_share"), @r"
    --fail-on:1:1: this is a number, not a condition
      | chosen.coverage_share
      | ^^^^^^^^^^^^^^^^^^^^^
      = compare it with something, as in total > 5000
    ");
    assert_snapshot!(told("resources[*].finding > 1"), @r"
    --fail-on:1:1: a text cannot be compared with a number
      | resources[*].finding > 1
      | ^^^^^^^^^^^^^^^^^^^^^^^^
    ");
    assert_snapshot!(told("resources[*].id == chosen.components[*].name and resources[7].id == 1"), @r"
    --fail-on:1:60: `resources` has 2 elements, none is number 7
      | resources[*].id == chosen.components[*].name and resources[7].id == 1
      |                                                            ^
      = elements are counted from 0
    ");
}

#[test]
fn what_is_no_condition() {
    assert_snapshot!(told("total > 5000 total"), @r"
    --fail-on:1:14: an operator is expected here
      | total > 5000 total
      |              ^^^^^
      = write and, or, or a comparison such as > between values
    ");
    assert_snapshot!(told("total => 5000"), @r"
    --fail-on:1:8: `>` stands where a value is expected
      | total => 5000
      |        ^
    ");
}

#[test]
fn what_a_condition_came_to() {
    assert_snapshot!(told("chosen.components[*].count > 2"), @"fails on `chosen.components[*].count > 2`: chosen.components[0].count is 3");
    assert_snapshot!(told("chosen.coverage_share < 95%"), @"passes `chosen.coverage_share < 95%`: chosen.coverage_share is 0.97");
}
