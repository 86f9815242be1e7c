//! Machines as tables: for people, with marks where a price is to be doubted, and exact for machines.
use super::column::Column;
use super::offering::{Basis, Listed, Offering, Value, View};
use plimsoll::report::{Cell, Table};
use plimsoll::units::{Factor, Money};

/// Cells as people read them. Marks stand behind the digits, and the digits of a column below each other.
pub(super) fn shown(offerings: &[Offering], columns: &[Column], view: View) -> Table {
    let mut rows: Vec<Vec<Cell>> = offerings.iter().map(|_| Vec::with_capacity(columns.len())).collect();
    for column in columns {
        let values: Vec<Value<'_>> = offerings.iter().map(|offering| offering.value(*column, view)).collect();
        for (row, cell) in rows.iter_mut().zip(column_of(&values)) {
            row.push(cell.into());
        }
    }
    Table::of(columns.iter().map(|column| column.shown()).collect(), rows)
}

/// The cells of one column.
pub(super) fn column_of(values: &[Value<'_>]) -> Vec<String> {
    let marks = |value: &Value<'_>| match value {
        Value::Price(listed) => marks(listed),
        _ => "",
    };
    let widest = values.iter().map(|value| marks(value).len()).max().unwrap_or(0);
    let places = values.iter().filter_map(places).max().unwrap_or(0);
    let is_number = values.iter().any(|value| !matches!(value, Value::Words(_)));
    values
        .iter()
        .map(|value| {
            let text = match value {
                Value::Words(words) => words.to_string(),
                Value::Number(n) => plain(*n),
                Value::Price(listed) => format!("{:.places$}", listed.hour.as_dollars()),
                Value::Unknown => "?".to_owned(),
                Value::None => "-".to_owned(),
            };
            let pad = if is_number { widest } else { 0 };
            format!("{text}{:<pad$}", marks(value))
        })
        .collect()
}

/// `~` for a price that was computed, `*` for an old one, `^` for one of an overlay.
fn marks(listed: &Listed) -> &'static str {
    match (listed.derived, listed.stale, listed.agreed) {
        (false, false, false) => "",
        (true, false, false) => "~",
        (false, true, false) => "*",
        (true, true, false) => "~*",
        (false, false, true) => "^",
        (true, false, true) => "~^",
        (false, true, true) => "*^",
        (true, true, true) => "~*^",
    }
}

/// The digits behind the point that a price needs to keep two that count, and four at least.
fn places(value: &Value<'_>) -> Option<usize> {
    let Value::Price(listed) = value else { return None };
    Some(match listed.hour.as_dollars() {
        dollars if dollars >= 0.01 || dollars == 0.0 => 4,
        dollars if dollars >= 0.001 => 5,
        _ => 6,
    })
}

/// A price of its own, in a sentence.
pub(super) fn price(hour: Money) -> String {
    let places = places(&Value::Price(Listed { hour, derived: false, stale: false, agreed: false })).unwrap_or(4);
    format!("{:.places$}", hour.as_dollars())
}

/// At most three digits behind the point, no needless zeros.
fn plain(n: f64) -> String {
    let text = format!("{n:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The lines that explain the marks of a table; none that it does not have.
pub(super) fn legend(table: &Table, view: View) -> Vec<String> {
    let has = |mark: &str| {
        let cells = table.rows.iter().flatten().map(Cell::shown);
        let numbers = cells.filter(|text| text.starts_with(|c: char| c.is_ascii_digit() || c == '?'));
        numbers
            .map(|text| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned())
            .any(|rest| rest.contains(mark))
    };
    let old = format!("* dated more than a year before {}", view.today);
    let lines = [
        ("?", "? no table says it"),
        ("~", "~ computed from other prices, not published"),
        ("*", old.as_str()),
        ("^", "^ by an overlay: negotiated, private or from a newer list"),
    ];
    let line: Vec<&str> = lines.into_iter().filter(|(mark, _)| has(mark)).map(|(_, line)| line).collect();
    if line.is_empty() { Vec::new() } else { vec![line.join("; ") + "."] }
}

/// Every column with every digit, and which prices are computed, old, or by an overlay.
pub(super) fn exact(offerings: &[Offering], columns: &[Column], view: View) -> Table {
    let mut heads: Vec<_> = columns.iter().map(|column| column.exact()).collect();
    heads.push(plimsoll::report::Column::words("derived"));
    heads.push(plimsoll::report::Column::words("stale"));
    let is_paid = offerings.iter().any(|offering| offering.basis != Basis::List);
    heads.extend(is_paid.then(|| plimsoll::report::Column::words("agreed")));
    let rows = offerings.iter().map(|offering| {
        let values: Vec<Value<'_>> = columns.iter().map(|column| offering.value(*column, view)).collect();
        let which = |wanted: &dyn Fn(&Listed) -> bool| {
            let marked = columns.iter().zip(&values).filter(|(_, value)| matches!(value, Value::Price(p) if wanted(p)));
            let priced = marked.filter(|(column, _)| matches!(column, Column::Price(_)));
            priced.map(|(column, _)| column.name()).collect::<Vec<_>>().join(" ")
        };
        let (derived, stale) = (which(&|p| p.derived), which(&|p| p.stale));
        let mut row: Vec<Cell> = values.iter().map(exact_cell).collect();
        row.extend([Cell::from(derived), Cell::from(stale)]);
        row.extend(is_paid.then(|| Cell::from(which(&|p| p.agreed))));
        row
    });
    Table::of(heads, rows)
}

fn exact_cell(value: &Value<'_>) -> Cell {
    match value {
        Value::Words(words) => Cell::Text(words.to_string()),
        Value::Number(n) => Cell::Factor(Factor::of(*n)),
        Value::Price(listed) => Cell::UnitPrice(listed.hour),
        Value::Unknown => Cell::Unknown,
        Value::None => Cell::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::super::offering::sample::{offering, view};
    use super::{Cell, Column, exact, legend, shown};
    use plimsoll::catalog::Purchase;
    use plimsoll::report::csv;

    #[test]
    fn doubtful_prices_are_marked_below_each_other_and_explained() {
        let columns =
            [Column::Shape, Column::Price(Purchase::OnDemand), Column::Price(Purchase::Spot), Column::NetworkGbps];
        let offerings = [offering("a.large", 2.0), offering("b.huge", 64.0)];
        let table = shown(&offerings, &columns, view());
        let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
        assert_eq!(cells[0], ["a.large", "0.1000 ", "0.0400~*", "10"]);
        assert_eq!(cells[1], ["b.huge", "3.2000*", "?  ", "?"], "dear machines have no spot price, and old prices");
        let notes = legend(&table, view());
        assert_eq!(
            notes,
            [
                "? no table says it; ~ computed from other prices, not published; * dated more than a year before 2026-11-23."
            ]
        );
    }

    #[test]
    fn a_table_without_doubt_needs_no_legend() {
        let table = shown(&[offering("a.large", 2.0)], &[Column::Shape, Column::Vcpu], view());
        assert!(legend(&table, view()).is_empty());
    }

    #[test]
    fn exact_data_has_every_digit_its_unit_and_no_zero_for_the_unknown() {
        let columns = [Column::Shape, Column::Price(Purchase::Spot), Column::UsdPerVcpu];
        let data = csv::render_table(&exact(&[offering("a.large", 3.0), offering("b.huge", 64.0)], &columns, view()));
        assert_eq!(
            data,
            "shape,spot_usd_per_hour,usd_per_vcpu_hour,derived,stale\n\
             a.large,0.06,0.05,spot,spot\n\
             b.huge,unknown,0.05,,\n"
        );
    }
}
