//! The order of a file changes nothing, and neither does asking twice.
use super::{SHOP, shops};
use plimsoll_tests::{in_world, json, plan, small_catalog, workload};
use proptest::prelude::*;

/// The head of a file, and its tables in the order they stand.
fn tables(text: &str) -> (String, Vec<String>) {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            parts.push(String::new());
        }
        let part = parts.last_mut().expect("there is a head");
        part.push_str(line);
        part.push('\n');
    }
    let head = parts.remove(0);
    (head, parts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tables_may_stand_in_any_order(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let (head, parts) = tables(SHOP);
        prop_assert_eq!(parts.len(), order.len());
        let shuffled: String = std::iter::once(&head).chain(order.iter().map(|&i| &parts[i])).cloned().collect();
        let (written, read) = (workload(SHOP), workload(&shuffled));
        prop_assert_eq!(&written, &read);
        let world = in_world(vec![small_catalog()]);
        prop_assert_eq!(plan(&written, &world), plan(&read, &world));
    }

    #[test]
    fn machines_may_be_listed_in_any_order(asked in shops(), order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle()) {
        let listed = small_catalog();
        let mut shuffled = small_catalog();
        shuffled.shapes = order.iter().map(|&i| listed.shapes[i].clone()).collect();
        // As people and programs see it: budgets, which no answer shows, may differ in their sixteenth digit.
        let [one, other] = [listed, shuffled].map(|catalog| {
            let answer = plan(&asked, &in_world(vec![catalog])).expect("the small catalog carries every shop");
            let whole = json(&answer);
            [whole["answer"]["chosen"].clone(), whole["answer"]["alternatives"].clone()]
        });
        prop_assert_eq!(one, other);
    }

    #[test]
    fn the_same_question_has_the_same_answer(asked in shops()) {
        let world = in_world(vec![small_catalog()]);
        let bytes = || plan(&asked, &world).map(|answer| json(&answer).to_string()).map_err(|refusal| refusal.to_string());
        prop_assert_eq!(bytes(), bytes());
    }
}
