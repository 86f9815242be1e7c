//! The rules of the FOCUS specification that a row can break, counted.
//!
//! Source: FOCUS 1.2, "Columns", the requirements of each column; those of 1.0 and 1.1 are among them. A rule about a
//! column is only asked of files that have the column.
use super::direct::{Direct, Places};
use super::row::Row;
use super::rule::{ABSENT, NULL, RULES, Rule};
use super::tally::Place;
use super::understand::Facts;
use plimsoll::bill::{Category, Check, Column, Cost, Pricing};
use plimsoll::units::{FineAmount, FineMoney, decimal};

/// A rule's count, and the first row that broke it.
#[derive(Clone, Debug, Default)]
struct Count {
    rows: u64,
    first: Option<Place>,
    place: String,
}

/// Counts of rows that break each rule.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// The bit of the column at each place of the file; zero for columns that are not of FOCUS.
    bits: Vec<u128>,
    present: u128,
    never_null: u128,
    /// The columns that some file lacks and should have, and the rows of those files.
    absent: Vec<(Column, u64)>,
    rows: u64,
    nulls: Vec<Count>,
    counts: Vec<Count>,
    literal: Count,
    has_literal: bool,
    /// The last time that was well written, for each column of times.
    times: [Vec<u8>; 4],
}

/// The columns of times, in the order of their memories.
const TIMES: [Column; 4] =
    [Column::ChargePeriodStart, Column::ChargePeriodEnd, Column::BillingPeriodStart, Column::BillingPeriodEnd];

impl Rules {
    pub(crate) fn new(places: &Places, width: usize) -> Self {
        let columns: Vec<(Column, usize)> = Column::ALL.iter().filter_map(|c| Some((*c, places.of(*c)?))).collect();
        let bits = |wanted: &dyn Fn(Column) -> bool| {
            columns.iter().filter(|(column, _)| wanted(*column)).fold(0, |bits, (column, _)| bits | column.bit())
        };
        let present = bits(&|_| true);
        let mut by_place = vec![0; width];
        for (column, place) in &columns {
            by_place[*place] = column.bit();
        }
        let newest = columns.iter().map(|(column, _)| column.since()).max();
        let is_due = |column: &Column| column.is_mandatory() && newest.is_some_and(|newest| column.since() <= newest);
        let absent = Column::ALL.iter().filter(|c| is_due(c) && present & c.bit() == 0).map(|c| (*c, 0)).collect();
        Self {
            never_null: bits(&|column| !column.may_be_null()),
            present,
            bits: by_place,
            absent,
            rows: 0,
            nulls: vec![Count::default(); Column::COUNT],
            counts: vec![Count::default(); RULES.len()],
            literal: Count::default(),
            has_literal: false,
            times: Default::default(),
        }
    }

    /// Looks at a row.
    #[inline]
    pub(crate) fn look(&mut self, row: &Direct<'_>, facts: &Facts, place: impl Fn() -> Place) {
        self.rows += 1;
        let (mut nulls, mut short) = (0_u128, 0_u128);
        let mut before = row.cells.start.wrapping_sub(1);
        for (end, bit) in row.cells.ends.iter().zip(&self.bits) {
            let length = end.wrapping_sub(before).wrapping_sub(1);
            nulls |= if length == 0 { *bit } else { 0 };
            short |= if matches!(length, 2 | 4) { *bit } else { 0 };
            before = *end;
        }
        // Two quotes and the word NULL are null too, as files are found.
        while short != 0 {
            let column = Column::ALL[short.trailing_zeros() as usize];
            if row.places.of(column).is_some_and(|place| matches!(row.cells.raw(place), b"\"\"" | b"NULL" | b"null")) {
                nulls |= column.bit();
                if row.places.of(column).is_some_and(|place| row.cells.raw(place).len() == 4) {
                    self.has_literal = true;
                }
            }
            short &= short - 1;
        }
        if std::mem::take(&mut self.has_literal) {
            hit(&mut self.literal, &place);
        }
        let mut wrong = nulls & self.never_null;
        while wrong != 0 {
            hit(&mut self.nulls[wrong.trailing_zeros() as usize], &place);
            wrong &= wrong - 1;
        }
        let mut broken = self.broken(row, facts, self.present & !nulls);
        while broken != 0 {
            hit(&mut self.counts[broken.trailing_zeros() as usize], &place);
            broken &= broken - 1;
        }
    }

    /// The rules that a row breaks, as bits; `there` are the columns that are not null.
    #[inline]
    fn broken(&mut self, row: &Direct<'_>, facts: &Facts, there: u128) -> u64 {
        use Column as C;
        let has = |column: Column| there & column.bit() != 0;
        // A rule about a column that the file does not have is not asked.
        let knows = |column: Column| self.present & column.bit() != 0;
        let lacks = |column: Column| knows(column) && !has(column);
        let mut broken = 0;
        let mut rule = |rule: Rule, is_broken: bool| broken |= u64::from(is_broken) << rule as u8;
        let cell = |column: Column| row.word(column);

        let is_usage = facts.category == Category::Usage;
        let is_purchase = facts.category == Category::Purchase;
        let is_tax = facts.category == Category::Tax;
        let is_correction = has(C::ChargeClass);
        let is_priced = (is_usage || is_purchase) && !is_correction;
        rule(Rule::Category, has(C::ChargeCategory) && facts.category == Category::Unknown);
        rule(Rule::Class, is_correction && cell(C::ChargeClass) != b"Correction");
        if has(C::ChargeFrequency) {
            let frequency = cell(C::ChargeFrequency);
            rule(Rule::Frequency, ![&b"Usage-Based"[..], b"Recurring", b"One-Time"].contains(&frequency));
            rule(Rule::PurchaseFrequency, is_purchase && frequency == b"Usage-Based");
        }
        rule(Rule::Pricing, has(C::PricingCategory) && facts.pricing == Pricing::Unknown);
        let priced = [C::PricingCategory, C::PricingQuantity, C::PricingUnit];
        let at_price = [C::ListUnitPrice, C::ContractedUnitPrice, C::SkuPriceId];
        rule(Rule::TaxPriced, is_tax && priced.iter().chain(&at_price).any(|column| has(*column)));
        rule(Rule::Unpriced, is_priced && priced.iter().any(|column| lacks(*column)));
        rule(Rule::UnitPriceNull, is_priced && at_price[..2].iter().any(|column| lacks(*column)));
        rule(Rule::SkuPriceNull, is_priced && lacks(C::SkuPriceId));
        let status = if has(C::CommitmentDiscountStatus) { cell(C::CommitmentDiscountStatus) } else { &[] };
        rule(Rule::Consumed, has(C::ConsumedQuantity) && (!is_usage || status == b"Unused"));
        let together = |a: Column, b: Column| knows(a) && knows(b) && has(a) != has(b);
        rule(Rule::PricingUnit, together(C::PricingQuantity, C::PricingUnit));
        rule(Rule::ConsumedUnit, together(C::ConsumedQuantity, C::ConsumedUnit));
        rule(Rule::CommitmentUnit, together(C::CommitmentDiscountQuantity, C::CommitmentDiscountUnit));
        rule(Rule::RegionName, together(C::RegionId, C::RegionName));
        rule(Rule::SubAccountName, together(C::SubAccountId, C::SubAccountName));
        let has_commitment = has(C::CommitmentDiscountId);
        if has_commitment || has(C::CommitmentDiscountStatus) {
            let kinds = [C::CommitmentDiscountCategory, C::CommitmentDiscountType];
            rule(Rule::CommitmentKind, has_commitment && kinds.iter().any(|column| lacks(*column)));
            rule(Rule::StatusAlone, !has_commitment);
            rule(Rule::StatusNull, has_commitment && is_usage && lacks(C::CommitmentDiscountStatus));
            rule(Rule::Status, has(C::CommitmentDiscountStatus) && status != b"Used" && status != b"Unused");
            let lacks_quantity = lacks(C::CommitmentDiscountQuantity) || lacks(C::CommitmentDiscountUnit);
            rule(Rule::CommitmentQuantity, has_commitment && is_priced && lacks_quantity);
            let is_amortized = is_purchase && has_commitment && has(C::EffectiveCost);
            rule(Rule::PurchaseEffective, is_amortized && facts.costs.of(Cost::Effective) != Some(FineMoney::ZERO));
        }
        if has(C::BillingCurrency) {
            let currency = cell(C::BillingCurrency);
            rule(Rule::Currency, currency.len() != 3 || !currency.iter().all(u8::is_ascii_uppercase));
        }
        if has(C::Tags) {
            let tags = cell(C::Tags);
            rule(Rule::Tags, !(tags.starts_with(b"{") && tags.ends_with(b"}")));
        }
        if let Some(quantity) = facts.quantity.filter(|_| !is_correction) {
            // Both prices are often one text.
            let list = if has(C::ListUnitPrice) { cell(C::ListUnitPrice) } else { &[] };
            let contracted = if has(C::ContractedUnitPrice) { cell(C::ContractedUnitPrice) } else { &[] };
            let price = at_12(list);
            let other = if contracted == list { price } else { at_12(contracted) };
            rule(Rule::ListProduct, is_off(facts.costs.of(Cost::List), price, quantity));
            rule(Rule::ContractedProduct, is_off(facts.costs.of(Cost::Contracted), other, quantity));
            rule(Rule::NegativePrice, price.is_some_and(|p| p < 0) || other.is_some_and(|p| p < 0));
        }
        if facts.category == Category::Credit {
            let billed = facts.costs.of(Cost::Billed);
            let others = [Cost::Effective, Cost::List, Cost::Contracted].map(|cost| facts.costs.of(cost));
            rule(Rule::CreditCosts, others.iter().any(|cost| cost.is_some() && *cost != billed));
        }
        let (start, end) = (cell(C::ChargePeriodStart), cell(C::ChargePeriodEnd));
        rule(Rule::Period, start.len() == end.len() && !start.is_empty() && start >= end);
        let mut is_misshapen = false;
        for (column, memory) in TIMES.iter().zip(&mut self.times) {
            let time = cell(*column);
            if has(*column) && *memory != time {
                if is_well_written(time) {
                    memory.clear();
                    memory.extend_from_slice(time);
                } else {
                    is_misshapen = true;
                }
            }
        }
        rule(Rule::Times, is_misshapen);
        broken
    }

    /// Adds the counts of another reader, or of another file.
    pub(crate) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.present |= other.present;
        self.never_null |= other.never_null;
        for (column, rows) in other.absent {
            match self.absent.iter_mut().find(|(known, _)| *known == column) {
                Some((_, sum)) => *sum += rows,
                None => self.absent.push((column, rows)),
            }
        }
        let mine = self.nulls.iter_mut().chain(&mut self.counts).chain([&mut self.literal]);
        let theirs = other.nulls.into_iter().chain(other.counts).chain([other.literal]);
        for (mine, theirs) in mine.zip(theirs) {
            mine.rows += theirs.rows;
            if mine.place.is_empty() {
                mine.place = theirs.place;
            }
            mine.first = [mine.first, theirs.first].into_iter().flatten().min();
        }
    }

    /// Says where the first row that breaks each rule stands, once the lines or rows of the file are known.
    pub(crate) fn locate(&mut self, name: impl Fn(Place) -> String) {
        let rows = self.rows;
        self.absent.iter_mut().for_each(|(_, absent)| *absent = rows);
        for count in self.nulls.iter_mut().chain(&mut self.counts).chain([&mut self.literal]) {
            if let Some(first) = count.first.take() {
                count.place = name(first);
            }
        }
    }

    /// Every rule that was asked, those that are broken most first.
    pub(crate) fn checks(self) -> Vec<Check> {
        let check = |rule: String, text: &'static str, count: &Count| Check {
            rule,
            text,
            rows_failing: count.rows,
            first: count.place.clone(),
        };
        let asked = |rule: Rule| rule.columns().iter().all(|column| self.present & column.bit() != 0);
        let mut checks: Vec<Check> = RULES
            .iter()
            .filter(|(rule, ..)| asked(*rule))
            .map(|(rule, name, text)| check((*name).into(), text, &self.counts[*rule as usize]))
            .collect();
        let never = Column::ALL.iter().filter(|column| self.never_null & column.bit() != 0);
        checks.extend(
            never.map(|column| check(format!("{}: not null", column.name()), NULL, &self.nulls[column.index()])),
        );
        checks.push(check(
            "null is an empty cell".into(),
            "Null is written as nothing, not as the word NULL.",
            &self.literal,
        ));
        for (column, rows) in &self.absent {
            let count = Count { rows: *rows, ..Count::default() };
            checks.push(check(format!("{}: present", column.name()), ABSENT, &count));
        }
        checks.sort_by(|a, b| b.rows_failing.cmp(&a.rows_failing).then_with(|| a.rule.cmp(&b.rule)));
        checks
    }
}

#[inline]
fn hit(count: &mut Count, place: &impl Fn() -> Place) {
    count.rows += 1;
    if count.first.is_none() {
        count.first = Some(place());
    }
}

/// Exports round costs to ten decimals and prices to as many: smaller differences are no break of the rule.
const ROUNDING: i128 = 100_000_000_000_000;
/// Nor is one part in a million of the cost.
const PARTS: i128 = 1_000_000;

/// A price with twelve decimals, which with a quantity's twelve make the twenty-four of money.
#[inline]
fn at_12(cell: &[u8]) -> Option<i128> {
    decimal::read(cell, FineAmount::PLACES).ok().map(|scaled| scaled.value)
}

/// Whether a cost is not its price times its quantity.
#[inline]
fn is_off(cost: Option<FineMoney>, price: Option<i128>, quantity: FineAmount) -> bool {
    let (Some(cost), Some(price)) = (cost, price) else { return false };
    // A product beyond exact money is no product of a bill; the cost itself was read, so it differs.
    let Some(product) = price.checked_mul(quantity.as_raw()) else { return true };
    let difference = (product - cost.as_raw()).abs();
    difference > ROUNDING && difference > cost.as_raw().abs() / PARTS
}

/// `2026-03-01T00:00:00Z`.
fn is_well_written(time: &[u8]) -> bool {
    let shape = b"0000-00-00T00:00:00Z";
    time.len() == shape.len()
        && time.iter().zip(shape).all(|(byte, like)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like })
}
