//! Very many groups: exact, in one order, in any parts, and refused where memory would not do.
use super::*;
use crate::units::FineMoney;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A row of a bill with many groups: names, currency, month, cost.
fn rows() -> impl Iterator<Item = ([String; 2], &'static str, i32, Option<i128>)> {
    (0..100_000_i64).map(|n| {
        let names = [format!("r{}", n * 7919 % 70_000), ["web", "db", ""][n as usize % 3].to_owned()];
        // Many cost the same; some next to nothing more; some below zero; some nobody knows what.
        let cost = (n % 11 > 0).then(|| i128::from(n * n % 97 - 20) * 10_i128.pow(24) + i128::from(n % 2));
        (names, ["USD", "EUR", ""][n as usize % 7 / 3], [0, 744][n as usize / 50_000], cost)
    })
}

fn grain(memory: u64) -> Grain {
    let by = vec!["resource".to_owned(), "service".to_owned()];
    Grain { by, period: Some(Period::Month), cost: Cost::List, detail: Detail::Sums, memory }
}

fn add(charges: &mut Charges, row: &([String; 2], &str, i32, Option<i128>)) -> Result<(), TooMuch> {
    let (names, currency, hour, cost) = row;
    let mut costs = Costs::default();
    costs.set(Cost::Billed, FineMoney::raw(1));
    if let Some(cost) = cost {
        costs.set(Cost::List, FineMoney::raw(*cost));
    }
    let (category, pricing) = (Category::Usage, Pricing::Standard);
    let (item, unit, quantity, commitment) = (&b""[..], &b""[..], None, None);
    let currency = currency.as_bytes();
    let charge = Charge { currency, hour: *hour, costs, category, pricing, item, unit, quantity, commitment };
    charges.add(&charge, names)
}

/// The groups as they are told, from so many parts.
fn told(parts: usize) -> Vec<String> {
    let whole = Charges::new(grain(Grain::MEMORY));
    let mut all: Vec<Charges> = (0..parts).map(|_| whole.part()).collect();
    drop(whole);
    rows().enumerate().for_each(|(n, row)| add(&mut all[n / 1000 % parts], &row).unwrap());
    let mut all = all.into_iter();
    let mut charges = all.next().unwrap();
    all.for_each(|part| charges.merge(part).unwrap());
    let reading = Reading { rows_read: 100_000, rows_used: 100_000, ..Reading::default() };
    let ledger = Ledger { charges: charges.finish().unwrap(), reading };
    let answer = bill(&ledger, &BillOptions::default()).unwrap();
    assert_eq!(answer.totals.iter().map(|total| total.tally.rows).sum::<u64>(), 100_000);
    let told = |group: Group<'_>| {
        let cost = group.cost(Cost::List).map(FineMoney::exact);
        let values: Vec<_> = group.values().collect();
        let billed = group.costs().of(Cost::Billed).unwrap().as_raw();
        assert_eq!(billed, i128::from(group.rows()));
        format!("{} {} {values:?} {cost:?} {}", group.currency_code(), group.slot().unwrap(), group.rows())
    };
    answer.groups.iter().map(told).collect()
}

#[test]
fn many_groups_are_those_of_the_plainest_sum_whatever_the_parts() {
    let mut sums = BTreeMap::new();
    for (names, currency, hour, cost) in rows() {
        let (sum, count): &mut (Option<i128>, u64) = sums.entry((currency, hour, names)).or_default();
        *sum = cost.map_or(*sum, |cost| Some(sum.unwrap_or(0) + cost));
        *count += 1;
    }
    let mut plainest: Vec<_> = sums.into_iter().collect();
    plainest.sort_by_key(|((currency, hour, names), (cost, _))| (*currency, *hour, Reverse(*cost), names.clone()));
    let plainest: Vec<String> = plainest
        .into_iter()
        .map(|((currency, hour, names), (cost, rows))| {
            let values: Vec<_> = names.iter().map(|name| Some(name.as_str()).filter(|name| !name.is_empty())).collect();
            let cost = cost.map(|cost| FineMoney::raw(cost).exact());
            format!("{currency} {} {values:?} {cost:?} {rows}", ["1970-01", "1970-02"][hour as usize / 744])
        })
        .collect();
    assert!(plainest.len() > 2 * given::GIVE, "{}", plainest.len());
    for parts in 1..=4 {
        assert!(told(parts) == plainest, "{parts} parts");
    }
}

#[test]
fn groups_beyond_memory_are_refused_with_their_number() {
    let mut charges = Charges::new(grain(8_000_000));
    let full = rows().find_map(|row| add(&mut charges, &row).err());
    let Some(TooMuch::Groups { groups, needs, has }) = full else { panic!("it was added up: {full:?}") };
    assert_eq!(has, 8_000_000);
    assert!(needs > has && needs < 2 * has, "{needs}");
    assert!((needs / 200..needs / 80).contains(&groups), "{groups} groups in {needs} bytes");
}
