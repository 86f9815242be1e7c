//! Columns under names that nobody knows: the same sums for what does not need them, sums that say of how many rows they
//! are, or a problem. Never another sum.
use super::{FIXTURES, answer, fixture, whole};
use crate::asking::answer_of;
use crate::table::Table;
use plimsoll::bill::{BillAnswer, Cost};

/// What is known to be told wrongly: the file, the column without which it is, and the cost. Whoever mends one takes it out.
///
/// Rows of split costs look like charges without their parent; a fee looks like no commitment's without its reservation; and
/// Azure's rows look like usage without a column of types.
const KNOWN: [(&str, &str, Cost); 7] = [
    ("cur2.csv", "split_line_item_parent_resource_id", Cost::Billed),
    ("cur2.csv", "split_line_item_parent_resource_id", Cost::Effective),
    ("cur2.csv", "split_line_item_parent_resource_id", Cost::List),
    ("cur2.csv", "split_line_item_parent_resource_id", Cost::Contracted),
    ("azure_mca.csv", "chargeType", Cost::List),
    ("cur_commitments.csv", "reservation/ReservationARN", Cost::Effective),
    ("azure_actual.csv", "ChargeType", Cost::Effective),
];

/// Each cost with the rows that lack it.
fn costs(answer: &BillAnswer) -> [(Option<String>, u64); 4] {
    let [total] = &answer.totals[..] else { panic!("one currency: {:?}", answer.totals) };
    Cost::ALL.map(|cost| (total.tally.of(cost).map(|sum| sum.exact()), total.tally.lacking(cost)))
}

#[test]
fn a_column_under_another_name_is_missed_or_not_needed() {
    let (mut refused, mut unknown, mut partial, mut same) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (name, _) in FIXTURES {
        let itself = costs(&answer(&[fixture(name)], &whole()).expect("the fixture is sound"));
        let table = Table::fixture(name);
        // Only the header changes.
        let rows = table.csv()[table.with_rows([]).csv().len()..].to_vec();
        for (place, column) in table.header.iter().enumerate() {
            let mut renamed = table.with_rows([]);
            renamed.header[place] = format!("zz {place}");
            let Ok(answer) = answer_of([renamed.csv(), rows.clone()].concat(), &whole()) else {
                refused += 1;
                continue;
            };
            for (cost, (sum, lacking)) in Cost::ALL.into_iter().zip(costs(&answer)) {
                let (true_sum, truly_lacking) = &itself[cost as usize];
                match sum {
                    _ if sum == *true_sum => same += 1,
                    None => unknown += 1,
                    // The answer says that this sum is of some rows only.
                    Some(_) if lacking > *truly_lacking => partial += 1,
                    Some(_) => wrong.push((name, column.clone(), cost, sum, true_sum.clone())),
                }
            }
        }
    }
    println!("{refused} refused; of the others {same} sums are the same, {unknown} unknown, {partial} of some rows");
    let found: Vec<_> = wrong.iter().map(|(name, column, cost, ..)| (*name, column.as_str(), *cost)).collect();
    assert!(found == KNOWN, "{wrong:#?}");
}

#[test]
fn what_is_asked_by_a_column_that_is_not_there_is_a_problem() {
    for (column, word) in
        [("ServiceName", "service"), ("RegionId", "region"), ("SubAccountId", "account"), ("Tags", "tag:team")]
    {
        let mut table = Table::fixture("focus.csv");
        let place = table.place(column);
        table.header[place] = "zz".into();
        let told = answer_of(table.csv(), &super::by(&[word])).expect_err("it cannot be told").to_string();
        assert!(told.contains("cannot be grouped by: this export"), "{told}");
        assert!(answer_of(table.csv(), &super::by(&["zz"])).is_ok());
    }
}
