//! An export as cells, to be changed and written again.
use std::fs;

/// A header and rows. What is written is what was read, but for quotes that nobody needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) line_end: &'static [u8],
    pub(crate) quotes: csv::QuoteStyle,
}

pub(crate) const PLAIN: Dialect = Dialect { delimiter: b',', line_end: b"\n", quotes: csv::QuoteStyle::Necessary };

impl Table {
    /// An export with commas.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
        let mut rows: Vec<Vec<String>> = reader.records().map(|row| cells(row.expect("it is a table"))).collect();
        let header = rows.remove(0);
        Self { header, rows }
    }

    /// A fixture.
    pub(crate) fn fixture(name: &str) -> Self {
        let path = plimsoll_tests::root().join("fixtures/bills").join(name);
        Self::read(&fs::read_to_string(path).expect("fixtures are text"))
    }

    pub(crate) fn written(&self, dialect: Dialect) -> Vec<u8> {
        let terminator = match dialect.line_end {
            b"\r\n" => csv::Terminator::CRLF,
            end => csv::Terminator::Any(end[0]),
        };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(dialect.delimiter)
            .terminator(terminator)
            .quote_style(dialect.quotes)
            .flexible(true)
            .from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row).expect("memory takes what is written");
        }
        writer.into_inner().expect("memory takes what is written")
    }

    pub(crate) fn csv(&self) -> Vec<u8> {
        self.written(PLAIN)
    }

    pub(crate) fn place(&self, column: &str) -> usize {
        self.header.iter().position(|name| name == column).unwrap_or_else(|| panic!("there is no column {column}"))
    }

    /// The same header over some of the rows.
    pub(crate) fn with_rows(&self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        Self { header: self.header.clone(), rows: rows.into_iter().collect() }
    }

    /// Rows of Azure's cost details (MCA) under the columns of its usage export of 2014.
    pub(crate) fn as_azure_legacy(&self) -> Self {
        let names = [
            ("SubscriptionGuid", "SubscriptionId"),
            ("UsageDateTime", "date"),
            ("MeterCategory", "meterCategory"),
            ("MeterId", "meterId"),
            ("ResourceLocation", "resourceLocation"),
            ("InstanceId", "ResourceId"),
            ("UsageQuantity", "quantity"),
            ("ResourceRate", "effectivePrice"),
            ("PreTaxCost", "costInBillingCurrency"),
            ("Currency", "billingCurrency"),
            ("UnitOfMeasure", "unitOfMeasure"),
            ("Tags", "tags"),
        ];
        let places = names.map(|(_, name)| self.place(name));
        let header = names.map(|(name, _)| name.to_owned()).into();
        Self { header, rows: self.rows.iter().map(|row| places.map(|place| row[place].clone()).into()).collect() }
    }

    /// With this cell of a row.
    pub(crate) fn with_cell(&self, row: usize, column: &str, cell: &str) -> Self {
        let place = self.place(column);
        let mut changed = self.clone();
        cell.clone_into(&mut changed.rows[row][place]);
        changed
    }
}
