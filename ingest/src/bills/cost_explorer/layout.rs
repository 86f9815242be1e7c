//! What the columns of a table are of.
use super::group::{self, Group};
use super::period::Period;
use super::suffix;
use crate::bills::header::Header;

/// The columns of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// What costs are grouped by.
    pub(super) group: Group,
    /// Whether a row is of a period and a column of a group; the other way round otherwise.
    pub(super) has_periods_down: bool,
    /// The columns of costs.
    pub(super) costs: Vec<Cost>,
    /// The column of totals.
    pub(super) total: Option<usize>,
    /// The names of the columns that are of usage.
    pub(super) usage: Vec<String>,
    /// Whether no column names its currency.
    pub(super) is_currency_assumed: bool,
}

/// A column of costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// Where it stands.
    pub(super) place: usize,
    /// What it is of.
    pub(super) of: Of,
    /// BillingCurrency.
    pub(super) currency: Vec<u8>,
}

/// What a column or a row is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A service, an account, or what else costs were grouped by.
    Group(String),
    /// A period.
    Period(Period),
}

/// Whether a name is that of a sum.
pub(super) fn is_total(name: &str) -> bool {
    let name = suffix::without(name).to_ascii_lowercase();
    name == "total" || name.ends_with(" total") || name.starts_with("total cost")
}

impl Layout {
    /// The layout of a header; none if it is not one of Cost Explorer's.
    pub(super) fn find(header: &Header) -> Option<Self> {
        let (first, rest) = header.names().split_first()?;
        let group = Group::read(first);
        // Grouped by account, the number of the column of totals is empty.
        let is_sum = |name: &String| is_total(name) || (group == Group::Account && name.is_empty());
        let total = rest.iter().position(is_sum).map(|at| at + 1);
        let columns: Vec<(usize, &String)> = (1..).zip(rest).filter(|(_, name)| !is_sum(name)).collect();
        let currency = |name: &str| suffix::split(name).and_then(|(_, unit)| suffix::currency(unit)).map(str::to_owned);
        let is_named = columns.iter().any(|(_, name)| currency(name).is_some());
        let all = |is: &dyn Fn(&str) -> bool| !columns.is_empty() && columns.iter().all(|(_, name)| is(name));
        let has_periods_down = if all(&|name| Period::read(suffix::without(name)).is_some()) {
            // Any table may have dates across.
            if !group.is_known() && !is_named {
                return None;
            }
            false
        } else {
            let are_accounts = group == Group::Account && all(&group::is_account);
            let have_units = is_named && all(&|name| suffix::split(name).is_some());
            if !(are_accounts || have_units) {
                return None;
            }
            true
        };
        let of_total = total.and_then(|place| currency(&header.names()[place]));
        let mut costs = Vec::new();
        let mut usage = Vec::new();
        for (place, name) in columns {
            let own = currency(name);
            let plain = suffix::without(name);
            if own.is_none() && suffix::split(plain).is_some() {
                usage.push(name.clone());
                continue;
            }
            let period = if has_periods_down { None } else { Period::read(plain).map(Of::Period) };
            costs.push(Cost {
                place,
                of: period.unwrap_or_else(|| Of::Group(plain.to_owned())),
                currency: own.or_else(|| of_total.clone()).unwrap_or_else(|| "USD".into()).into_bytes(),
            });
        }
        let is_currency_assumed = !is_named && of_total.is_none();
        Some(Self { group, has_periods_down, costs, total, usage, is_currency_assumed })
    }
}
