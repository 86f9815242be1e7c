//! What is damaged: a few rows of each format.
use crate::table::Table;

/// A format: its rows, where they keep their money, and what else decides what counts.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    pub(crate) name: &'static str,
    pub(crate) table: Table,
    pub(crate) money: Money,
    pub(crate) currency: &'static str,
    /// Columns by which a reader tells whether, and how often, a row counts.
    pub(crate) telling: &'static [&'static str],
    /// The columns of a line item's identity: of two rows with the same the first counts.
    pub(crate) identity: &'static [&'static str],
}

/// Where the billed cost of a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Money {
    /// In a column; nothing and NULL are no cost, but allowed.
    OrNull(&'static str),
    /// In a column, always.
    Always(&'static str),
    /// In the first if something stands there, else in the second.
    Either(&'static str, &'static str),
    /// In a column, less the credits in another, a list of JSON.
    LessCredits(&'static str, &'static str),
    /// In every column but the first.
    Across,
    /// In what a reservation covers it hangs on all other rows: nothing is known but that nothing panics.
    Unsaid,
}

impl Money {
    /// The columns themselves.
    pub(crate) fn columns(self, table: &Table) -> Vec<usize> {
        match self {
            Self::OrNull(name) | Self::Always(name) => vec![table.place(name)],
            Self::Either(first, second) => vec![table.place(first), table.place(second)],
            Self::LessCredits(cost, _) => vec![table.place(cost)],
            Self::Across => (1..table.header.len()).collect(),
            Self::Unsaid => Vec::new(),
        }
    }
}

/// The first rows of a fixture and the last, which are of other kinds.
fn few(name: &str) -> Table {
    let table = Table::fixture(name);
    let (first, last) = (&table.rows[..4], &table.rows[table.rows.len() - 4..]);
    table.with_rows([first, last].concat())
}

/// Cost Explorer's days, without its own sums: with them hardly a changed amount would be read.
fn explorer() -> Table {
    let mut table = Table::fixture("cost_explorer.csv");
    table.rows.drain(5..);
    table.rows.remove(0);
    for row in std::iter::once(&mut table.header).chain(&mut table.rows) {
        row.pop();
    }
    table
}

pub(crate) fn formats() -> Vec<Format> {
    const CUR_IDENTITY: &[&str] = &["identity/LineItemId", "identity/TimeInterval"];
    // What a reservation covers is billed at nothing where the export spreads what it was bought for.
    const AZURE: &[&str] =
        &["ReservationId", "ReservationName", "BenefitId", "BenefitName", "PricingModel", "ChargeType", "Frequency"];
    let cur = |name, file| Format {
        name,
        table: few(file),
        money: Money::Always("lineItem/UnblendedCost"),
        currency: "lineItem/CurrencyCode",
        telling: &["identity/LineItemId", "identity/TimeInterval", "bill/InvoiceId"],
        identity: CUR_IDENTITY,
    };
    let plain = |name, table, money, currency| Format { name, table, money, currency, telling: &[], identity: &[] };
    let azure =
        |name, table, cost, currency| Format { telling: AZURE, ..plain(name, table, Money::Always(cost), currency) };
    let gcp = Money::LessCredits("cost", "credits");
    vec![
        plain("FOCUS", few("focus.csv"), Money::OrNull("BilledCost"), "BillingCurrency"),
        cur("CUR", "cur.csv"),
        cur("CUR, commitments", "cur_commitments.csv"),
        Format {
            name: "CUR 2.0",
            table: few("cur2.csv"),
            money: Money::Either("line_item_net_unblended_cost", "line_item_unblended_cost"),
            currency: "line_item_currency_code",
            telling: &[
                "identity_line_item_id",
                "identity_time_interval",
                "bill_invoice_id",
                "split_line_item_parent_resource_id",
            ],
            identity: &["identity_line_item_id", "identity_time_interval"],
        },
        plain("Cost Explorer", explorer(), Money::Across, ""),
        azure("Azure EA", few("azure_ea.csv"), "CostInBillingCurrency", "BillingCurrencyCode"),
        azure("Azure MCA", few("azure_mca.csv"), "costInBillingCurrency", "billingCurrency"),
        plain("Azure, actual", few("azure_actual.csv"), Money::Unsaid, "BillingCurrencyCode"),
        plain("Azure, amortized", few("azure_amortized.csv"), Money::Unsaid, "BillingCurrencyCode"),
        azure("Azure, legacy", few("azure_mca.csv").as_azure_legacy(), "PreTaxCost", "Currency"),
        Format { telling: &["credits"], ..plain("Google Cloud", few("gcp.csv"), gcp, "currency") },
    ]
}
