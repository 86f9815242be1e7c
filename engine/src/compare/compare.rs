//! Lays two sides beside each other.
use super::{CompareAnswer, CompareRefusal, Difference, Item, Side, What, Why};
use crate::bill::{BillRefusal, Ledger};
use crate::catalog::Catalog;
use crate::choice::Band;
use crate::plan::{PlanOptions, PlanRefusal, plan_beside};
use crate::units::{Amount, FineMoney, Money};
use crate::workload::Workload;
use std::collections::{BTreeMap, BTreeSet};

/// What stands on one side.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A workload that is still to be planned, in one of these places.
    Workload(Box<Workload>, PlanOptions, Vec<Catalog>),
    /// A plan that was answered before.
    Planned(Box<Side>),
    /// A bill.
    Bill(Box<Ledger>),
}

/// Two sides, each with its name.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// One side.
    pub left: (String, Subject),
    /// The other.
    pub right: (String, Subject),
}

/// Compares them. Workloads are planned in the same draws.
pub(crate) fn compare(comparison: &Comparison, seed: u64) -> Result<CompareAnswer, CompareRefusal> {
    let Comparison { left, right } = comparison;
    let order = shared_order(&left.1, &right.1);
    let (left, left_currencies) = side(left, seed, &order)?;
    let (right, right_currencies) = side(right, seed, &order)?;
    if left.what != right.what {
        return Err(CompareRefusal::Unlike);
    }
    if left_currencies != right_currencies || left_currencies.len() > 1 {
        return Err(CompareRefusal::Currencies { left: left_currencies, right: right_currencies });
    }
    let (lines, band) = (lines(&left, &right), band(&left, &right));
    Ok(CompareAnswer { left, right, lines, band })
}

/// The inputs of both sides in one order, so that what both are unsure of is drawn alike. Empty where they are unsure of
/// the same, which keeps the draws of a plan by itself.
fn shared_order(left: &Subject, right: &Subject) -> Vec<String> {
    let (Subject::Workload(left, ..), Subject::Workload(right, ..)) = (left, right) else { return Vec::new() };
    let paths = |workload: &Workload| workload.uncertain().into_iter().map(|u| u.path).collect::<Vec<_>>();
    let (left, right) = (paths(left), paths(right));
    if left == right {
        return Vec::new();
    }
    // The left's own come first, so that it is drawn as it is by itself.
    let beside: Vec<String> = right.into_iter().filter(|path| !left.contains(path)).collect();
    left.into_iter().chain(beside).collect()
}

fn side(
    (name, subject): &(String, Subject),
    seed: u64,
    order: &[String],
) -> Result<(Side, Vec<String>), CompareRefusal> {
    match subject {
        Subject::Workload(workload, options, catalogs) => {
            let refused = |why: PlanRefusal| CompareRefusal::Plan { name: name.clone(), why: Box::new(why) };
            let answer = plan_beside(workload, options, catalogs, seed, order).map_err(refused)?;
            Ok((Side::of_plan(name, &answer), vec!["USD".into()]))
        }
        Subject::Planned(side) => Ok(((**side).clone(), vec![side.currency.clone()])),
        Subject::Bill(ledger) => {
            let refused = |why: BillRefusal| CompareRefusal::Bill { name: name.clone(), why: Box::new(why) };
            crate::bill::bill(ledger, &crate::bill::BillOptions::default()).map_err(refused)?;
            Side::of_bill(name, ledger).ok_or_else(|| CompareRefusal::TooMany { name: name.clone() })
        }
    }
}

/// World by world where both sides have the same number of them, or one side is the same in all.
fn band(left: &Side, right: &Side) -> Option<Band<Money>> {
    let (n, m) = (left.worlds.len(), right.worlds.len());
    if n == 0 || m == 0 || (n != m && n != 1 && m != 1) || n.max(m) == 1 {
        return None;
    }
    let at = |side: &Side, world: usize| side.worlds[if side.worlds.len() == 1 { 0 } else { world }];
    let differences: Vec<Money> = (0..n.max(m)).map(|world| at(right, world) - at(left, world)).collect();
    // The mean is that of the lines shown.
    let mean = right.month?.mean - left.month?.mean;
    Band::of(&differences).map(|band| Band { mean, ..band })
}

fn lines(left: &Side, right: &Side) -> Vec<Difference> {
    let by_key = |side: &Side| {
        let mut all: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for item in &side.items {
            all.entry(item.key.clone()).or_default().push(item.clone());
        }
        all
    };
    let (left, right) = (by_key(left), by_key(right));
    let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let none = Vec::new();
    let mut lines: Vec<Difference> = keys
        .into_iter()
        .map(|key| difference(key, left.get(key).unwrap_or(&none), right.get(key).unwrap_or(&none)))
        .collect();
    lines.sort_by(|a, b| b.change().abs().cmp(&a.change().abs()).then_with(|| a.key.cmp(&b.key)));
    lines
}

fn difference(key: &str, left: &[Item], right: &[Item]) -> Difference {
    let sum = |items: &[Item]| items.iter().map(|item| item.amount).sum::<FineMoney>();
    let names = |items: &[Item]| items.iter().map(|item| item.item.clone()).collect::<BTreeSet<_>>();
    let (before, after) = (names(left), names(right));
    let (why, detail) = match (left, right) {
        ([], _) => (Why::New, quantities(right)),
        (_, []) => (Why::Gone, quantities(left)),
        _ if before.is_disjoint(&after) => (Why::Size, format!("{} -> {}", quantities(left), quantities(right))),
        _ => by_parts(left, right),
    };
    Difference { key: key.into(), left: sum(left), right: sum(right), why, detail }
}

/// The items of one side in few words.
fn quantities(items: &[Item]) -> String {
    const TOLD: usize = 2;
    let each = items.iter().take(TOLD).map(|item| match item.quantity {
        Some(quantity) => format!("{} {} of {}", shown(quantity), item.unit, item.item),
        None => item.item.clone(),
    });
    let more = if items.len() > TOLD { format!(" and {} more", items.len() - TOLD) } else { String::new() };
    each.collect::<Vec<_>>().join(", ") + &more
}

fn shown(quantity: f64) -> String {
    Amount::nearest(quantity).to_string()
}

/// Items of the same names: what of the change is the price's, what the quantity's, and what that of items which come and go.
fn by_parts(left: &[Item], right: &[Item]) -> (Why, String) {
    let used = |items: &[Item], name: &str| -> (f64, f64) {
        let of = items.iter().filter(|item| item.item == name);
        of.fold((0.0, 0.0), |(q, c), item| (q + item.quantity.unwrap_or_default(), c + item.amount.about()))
    };
    let names: BTreeSet<&str> = left.iter().chain(right).map(|item| item.item.as_str()).collect();
    let (mut by_price, mut by_quantity, mut by_size) = (0.0, 0.0, 0.0);
    let mut largest = (0.0, String::new());
    for name in names {
        let ((q0, c0), (q1, c1)) = (used(left, name), used(right, name));
        if q0 > 0.0 && q1 > 0.0 {
            let (p0, p1) = (c0 / q0, c1 / q1);
            by_price += (p1 - p0) * f64::midpoint(q0, q1);
            by_quantity += (q1 - q0) * f64::midpoint(p0, p1);
            let unit = left.iter().find(|item| item.item == name).map_or("", |item| item.unit.as_str());
            if (c1 - c0).abs() > largest.0 {
                largest = ((c1 - c0).abs(), format!("{} -> {} {unit} of {name}", shown(q0), shown(q1)));
            }
        } else {
            by_size += c1 - c0;
        }
    }
    let parts = [(Why::Price, by_price), (Why::Quantity, by_quantity), (Why::Size, by_size)];
    let most = parts.into_iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).expect("there are three parts");
    // Less than a hundredth of a cent is the rounding of the parts.
    if most.1.abs() < 1e-4 { (Why::Same, String::new()) } else { (most.0, largest.1) }
}

impl Comparison {
    /// What both are, if that is the same.
    pub fn what(&self) -> Option<What> {
        let of = |subject: &Subject| match subject {
            Subject::Workload(..) => What::Plan,
            Subject::Planned(side) => side.what,
            Subject::Bill(_) => What::Bill,
        };
        let (left, right) = (of(&self.left.1), of(&self.right.1));
        (left == right).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(key: &str, item: &str, quantity: f64, price: f64) -> Item {
        let amount = FineMoney::nearest(quantity * price);
        Item { key: key.into(), item: item.into(), unit: "hour".into(), quantity: Some(quantity), amount }
    }
    fn side(items: Vec<Item>) -> Side {
        Side {
            name: "x".into(),
            what: What::Plan,
            currency: "USD".into(),
            items,
            unknown: 0,
            worlds: Vec::new(),
            month: None,
            horizon: None,
            coverage: None,
            emitted: None,
            runs: String::new(),
        }
    }

    #[test]
    fn every_reason_is_told() {
        let left = side(vec![
            item("a", "m.large", 100.0, 1.0),
            item("b", "disk", 100.0, 0.1),
            item("c", "s.large", 10.0, 1.0),
            item("d", "nat", 3.0, 1.0),
            item("e", "ip", 1.0, 1.0),
        ]);
        let right = side(vec![
            item("a", "m.large", 150.0, 1.0),
            item("b", "disk", 100.0, 0.3),
            item("c", "s.xlarge", 10.0, 2.0),
            item("e", "ip", 1.0, 1.0),
            item("f", "cdn", 7.0, 1.0),
        ]);
        let told: Vec<(String, Why)> = lines(&left, &right).into_iter().map(|l| (l.key, l.why)).collect();
        let expected = [
            ("a", Why::Quantity),
            ("b", Why::Price),
            ("c", Why::Size),
            ("f", Why::New),
            ("d", Why::Gone),
            ("e", Why::Same),
        ];
        assert_eq!(told, expected.map(|(key, why)| (key.to_owned(), why)));
    }

    #[test]
    fn the_other_way_round_is_the_same_with_its_sign_changed() {
        let (left, right) =
            (side(vec![item("a", "x", 3.0, 2.0)]), side(vec![item("a", "x", 4.0, 2.5), item("b", "y", 1.0, 1.0)]));
        let (there, back) = (lines(&left, &right), lines(&right, &left));
        for (one, other) in there.iter().zip(&back) {
            assert_eq!((&one.key, one.change()), (&other.key, FineMoney::ZERO - other.change()));
        }
        assert_eq!((there[1].why, back[1].why), (Why::New, Why::Gone));
    }
}
