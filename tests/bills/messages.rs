//! What is said of each kind of damage to each format: `messages.txt`, as a user meets it. `BLESS=1` rewrites it.
use super::{No, answer, whole};
use crate::asking::answer_of;
use crate::shelf::Shelf;
use crate::table::Table;
use flate2::Compression;
use flate2::write::GzEncoder;
use plimsoll::bill::{BillAnswer, Cost};
use plimsoll_ingest::inputs::expand;
use plimsoll_tests::root;
use std::io::Write;

/// A few rows of usage in a format, and the columns of its cost, currency and quantity; without one, of its first cost.
struct Format {
    name: &'static str,
    table: Table,
    cost: &'static str,
    currency: &'static str,
    quantity: &'static str,
}

fn formats() -> [Format; 8] {
    let of = |name, file: &str, cost, currency, quantity| {
        let table = Table::fixture(file);
        let rows = table.rows[1..5].to_vec();
        Format { name, table: table.with_rows(rows), cost, currency, quantity }
    };
    let mut legacy = of("Azure usage (legacy)", "azure_mca.csv", "PreTaxCost", "Currency", "UsageQuantity");
    legacy.table = legacy.table.as_azure_legacy();
    [
        of("FOCUS", "focus.csv", "BilledCost", "BillingCurrency", "PricingQuantity"),
        of("AWS CUR (legacy)", "cur.csv", "lineItem/UnblendedCost", "lineItem/CurrencyCode", "lineItem/UsageAmount"),
        of(
            "AWS CUR 2.0",
            "cur2.csv",
            "line_item_net_unblended_cost",
            "line_item_currency_code",
            "line_item_usage_amount",
        ),
        of("AWS Cost Explorer", "cost_explorer.csv", "Virtual Machines($)", "", ""),
        of("Azure EA", "azure_ea.csv", "CostInBillingCurrency", "BillingCurrencyCode", "Quantity"),
        of("Azure MCA", "azure_mca.csv", "costInBillingCurrency", "billingCurrency", "quantity"),
        legacy,
        of("Google Cloud", "gcp.csv", "cost", "currency", "usage.amount_in_pricing_units"),
    ]
}

/// The sums and what was found, or the reasons; each a line or more.
fn told(outcome: Result<BillAnswer, No>) -> String {
    let answer = match outcome {
        Ok(answer) => answer,
        Err(no) => return no.to_string(),
    };
    let sums = answer.totals.iter().map(|total| {
        let sum = total.tally.of(Cost::Billed).map_or("unknown".into(), |sum| sum.exact());
        format!("billed: {sum} {} of {} rows", total.currency.code(), total.tally.rows)
    });
    let aside = answer.quality.aside.iter().map(|aside| format!("set aside: {} {}", aside.rows, aside.reason));
    let found = answer.quality.findings.iter().map(|finding| finding.text.clone());
    sums.chain(aside).chain(found).collect::<Vec<_>>().join("\n")
}

impl Format {
    fn with(&self, column: &str, cell: &str) -> Table {
        self.table.with_cell(1, column, cell)
    }

    /// Each kind of damage, and what is said of it.
    fn damaged(&self) -> Vec<(&'static str, String)> {
        let said = |table: &Table| told(answer_of(table.csv(), &whole()));
        let mut all = vec![
            ("as it is", said(&self.table)),
            ("the word NULL for a cost", said(&self.with(self.cost, "NULL"))),
            ("a cost of 1e30", said(&self.with(self.cost, "1e30"))),
            ("a row that lost a cell", {
                let mut table = self.table.clone();
                table.rows[1].remove(3);
                said(&table)
            }),
            ("a header that lost a name", {
                let mut table = self.table.clone();
                table.header.remove(3);
                said(&table)
            }),
            ("the cost under another name", {
                let mut table = self.table.clone();
                let place = table.place(self.cost);
                table.header[place] = "what_it_came_to".into();
                said(&table)
            }),
            ("all columns under other names", {
                let mut table = self.table.clone();
                table.header.iter_mut().enumerate().for_each(|(place, name)| *name = format!("column {place}"));
                said(&table)
            }),
            ("no rows", said(&self.table.with_rows([]))),
            ("a small file that unpacks to hundreds of megabytes", told(answer_of(self.bomb(), &whole()))),
        ];
        if self.currency.is_empty() {
            let mut table = self.table.clone();
            let place = table.place(self.cost);
            table.header[place] = "Virtual Machines(EUR)".into();
            all.push(("another currency in one column", said(&table)));
        } else {
            let (cost, quantity) = (self.cost, self.quantity);
            all.push(("usage below zero", said(&self.with(quantity, "-2").with_cell(1, cost, "-3.25"))));
            let mut table = self.table.clone();
            let place = table.place(self.currency);
            table.rows[2..].iter_mut().for_each(|row| "EUR".clone_into(&mut row[place]));
            all.push(("another currency from the third row on", said(&table)));
        }
        all.push(("a folder with the file, and a text", {
            let shelf = Shelf::new();
            shelf.put("folder/bill.csv", self.table.csv());
            shelf.put("folder/read-me.txt", "nothing");
            let folder = shelf.folder().join("folder");
            let found = expand(&[folder.to_str().expect("a plain name").to_owned()]).expect("there is a file");
            told(answer(&found.files, &whole()))
        }));
        all
    }

    /// Sound rows, but for a cell of a megabyte that packs to nothing.
    fn bomb(&self) -> Vec<u8> {
        let mut table = self.table.with_rows([self.table.rows[1].clone()]);
        table.header.push("note($ of nothing)".into());
        table.rows[0].push("a".repeat(1 << 20));
        let (text, header) = (table.csv(), table.with_rows([]).csv());
        let member = |bytes: &[u8]| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer.write_all(bytes).expect("memory takes what is written");
            packer.finish().expect("memory takes what is written")
        };
        [member(&header), member(&text[header.len()..]).repeat(200)].concat()
    }
}

#[test]
fn every_damage_to_every_format_is_told_as_blessed() {
    let mut text = String::new();
    for format in formats() {
        for (damage, said) in format.damaged() {
            let said: String = said.lines().map(|line| format!("    {}\n", line.trim_end())).collect();
            text += &format!("{}: {damage}\n{said}", format.name);
        }
        text.push('\n');
    }
    for nothing in ["", "\n\n", "\u{feff}"] {
        assert_eq!(told(answer_of(nothing, &whole())), "bill.csv: the file is empty\n  = is the export finished?");
    }
    let path = root().join("tests/bills/messages.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).expect("messages can be written");
    }
    let blessed = std::fs::read_to_string(&path).unwrap_or_default();
    for (got, was) in text.split("\n\n").zip(blessed.split("\n\n")) {
        assert_eq!(got, was, "BLESS=1 rewrites what is blessed");
    }
    assert_eq!(text.len(), blessed.len());
}
