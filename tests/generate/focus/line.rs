//! A row as bytes: the 43 columns of FOCUS 1.0, by name.
use super::estate::{NO_REGION, REGIONS, Tags};
use super::options::{Form, Style};
use super::row::{Bill, Kind, Row, price};
use crate::digits::{push_decimal, push_hex, push_whole, shortest};
use crate::draws::Draws;

const COLUMNS: &str = "AvailabilityZone,BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,\
BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,\
CommitmentDiscountCategory,CommitmentDiscountId,CommitmentDiscountName,CommitmentDiscountStatus,CommitmentDiscountType,\
ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceIssuerName,ListCost,ListUnitPrice,\
PricingCategory,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName,\
ResourceType,ServiceCategory,ServiceName,SkuId,SkuPriceId,SubAccountId,SubAccountName,Tags";

/// In how many rows of a million a description has a line break, if any has.
const BREAKS: u64 = 1_000;

/// What stands in place of a cost that cannot be read.
const UNREADABLE: [&str; 4] = ["n/a", "#VALUE!", "12.3.4", "1O.25"];

/// Writes rows. Every text that many rows share is written once, when this is made.
pub(crate) struct Pen<'a> {
    bill: &'a Bill,
    form: Form,
    payer: Vec<u8>,
    issuer: Vec<u8>,
    provider: Vec<u8>,
    /// Identifier and name of each region; then those of no region.
    regions: Vec<Vec<u8>>,
    accounts: Vec<Vec<u8>>,
    services: Vec<Vec<u8>>,
    resource_types: Vec<Vec<u8>>,
    units: Vec<Vec<u8>>,
    /// For each SKU and each place of [`Pen::regions`].
    priced: Vec<Priced>,
    null: &'static [u8],
}

/// The texts of a SKU in a region.
struct Priced {
    description: Vec<u8>,
    /// The same without quotes around it, quotes in it doubled.
    inner: String,
    ids: Vec<u8>,
}

impl<'a> Pen<'a> {
    pub(crate) fn new(bill: &'a Bill, form: Form) -> Self {
        let cells = |texts: &[&str]| -> Vec<u8> { texts.iter().flat_map(|text| cell(text, form.style)).collect() };
        let null: &[u8] = if form.style == Style::Spec { b"," } else { b"NULL," };
        let menu = &bill.menu;
        let mut regions: Vec<_> = REGIONS.iter().map(|(id, name, _)| cells(&[id, name])).collect();
        regions.push(null.repeat(2));
        let priced = |(at, region): (usize, usize)| {
            let sku = &menu.skus[at];
            let price = shortest(i128::from(price(sku, region)), 10);
            let text = if sku.service == menu.plans() { sku.what.into() } else { format!("${price} per {}", sku.what) };
            let [id, rate] = ["sku", "rate"].map(|of| letters(of, (at * 16 + region) as u64));
            Priced {
                description: cells(&[&text]),
                inner: text.replace('"', "\"\""),
                ids: cells(&[&id, &format!("{id}.{}", &rate[..6])]),
            }
        };
        let places = (0..menu.skus.len()).flat_map(|sku| (0..=NO_REGION).map(move |region| (sku, region)));
        Self {
            payer: cells(&["900000000001", "Example Group", "USD"]),
            issuer: cells(&["AWS"]),
            provider: cells(&["AWS", "AWS"]),
            accounts: bill.estate.accounts.iter().map(|account| cells(&[&account.id, &account.name])).collect(),
            services: menu.services.iter().map(|service| cells(&[service.category, service.name])).collect(),
            resource_types: menu
                .services
                .iter()
                .map(|s| s.resource_type.map_or(null.to_vec(), |t| cells(&[t])))
                .collect(),
            units: menu.skus.iter().map(|sku| cells(&[sku.unit])).collect(),
            priced: places.map(priced).collect(),
            regions,
            bill,
            form,
            null,
        }
    }

    /// What stands before the rows.
    pub(crate) fn header(&self) -> Vec<u8> {
        let mut bytes = if self.form.bom { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        for name in COLUMNS.split(',') {
            bytes.extend(cell(name, self.form.style));
        }
        self.end(&mut bytes);
        bytes
    }

    /// Writes a row; whether its billed cost can be read.
    pub(crate) fn write(&self, row: &Row, bytes: &mut Vec<u8>) -> bool {
        let mut draws = row.draws;
        let bad = draws.happens(self.form.bad).then(|| UNREADABLE[draws.below(4) as usize]);
        let breaks = self.form.newlines && draws.happens(BREAKS);
        let region = if row.kind == Kind::Tax { NO_REGION } else { row.resource.region };
        // Each plan has its price, so each is a SKU of its own.
        let slot = row.plan.filter(|_| !row.kind.is_use()).map_or(region, |plan| plan as usize);
        let priced = &self.priced[row.sku * (NO_REGION + 1) + slot];
        self.place_and_payer(bytes, row, bad);
        self.charge(bytes, row, priced, breaks);
        self.costs(bytes, row);
        self.names(bytes, row, priced, region);
        self.end(bytes);
        bad.is_none()
    }

    /// `AvailabilityZone` to `BillingPeriodStart`.
    fn place_and_payer(&self, bytes: &mut Vec<u8>, row: &Row, bad: Option<&str>) {
        match row.resource.zone.filter(|_| row.kind.is_use()) {
            Some(zone) => self.cell(bytes, |b| {
                b.extend_from_slice(REGIONS[row.resource.region].0.as_bytes());
                b.push(b'a' + zone);
            }),
            None => self.nulls(bytes, 1),
        }
        match bad {
            Some(text) => self.word(bytes, text.as_bytes()),
            None => self.money(bytes, row.costs.billed),
        }
        bytes.extend_from_slice(&self.payer);
        let [start, end] = &self.bill.calendar.months[row.invoice].bounds;
        for bound in [end, start] {
            bytes.extend_from_slice(bound);
            bytes.push(b',');
        }
    }

    /// `ChargeCategory` to `ConsumedUnit`.
    fn charge(&self, bytes: &mut Vec<u8>, row: &Row, priced: &Priced, breaks: bool) {
        self.word(bytes, row.kind.category());
        match row.kind {
            Kind::Correction => self.word(bytes, b"Correction"),
            _ => self.nulls(bytes, 1),
        }
        self.description(bytes, row.kind, priced, breaks);
        self.word(bytes, row.kind.frequency());
        for hour in [row.hours.1, row.hours.0] {
            bytes.extend_from_slice(self.bill.calendar.moment(hour));
            bytes.push(b',');
        }
        self.plan(bytes, row);
        if row.kind.is_use() { self.quantity(bytes, row) } else { self.nulls(bytes, 2) }
    }

    /// `ContractedCost` to `PublisherName`.
    fn costs(&self, bytes: &mut Vec<u8>, row: &Row) {
        let (list, contracted) = row.prices;
        self.money(bytes, row.costs.contracted);
        self.price(bytes, contracted, row.kind);
        self.money(bytes, row.costs.effective);
        bytes.extend_from_slice(&self.issuer);
        self.money(bytes, row.costs.list);
        self.price(bytes, list, row.kind);
        if row.kind.is_priced() {
            self.word(bytes, row.kind.pricing());
            self.quantity(bytes, row);
        } else {
            self.nulls(bytes, 3);
        }
        bytes.extend_from_slice(&self.provider);
    }

    /// `RegionId` to `Tags`.
    fn names(&self, bytes: &mut Vec<u8>, row: &Row, priced: &Priced, region: usize) {
        bytes.extend_from_slice(&self.regions[region]);
        self.resource(bytes, row);
        bytes.extend_from_slice(&self.services[row.service]);
        if row.kind.is_priced() {
            bytes.extend_from_slice(&priced.ids);
        } else {
            self.nulls(bytes, 2);
        }
        bytes.extend_from_slice(&self.accounts[row.resource.account]);
        match row.resource.tags.filter(|_| row.kind != Kind::Tax) {
            Some(tags) => push_tags(bytes, tags),
            None => self.nulls(bytes, 1),
        }
    }

    fn description(&self, bytes: &mut Vec<u8>, kind: Kind, priced: &Priced, breaks: bool) {
        let quoted = |bytes: &mut Vec<u8>, before: &str, after: &str| {
            for part in ["\"", before, &priced.inner, after, "\","] {
                bytes.extend_from_slice(part.as_bytes());
            }
        };
        match kind {
            Kind::Tax => self.word(bytes, b"Sales tax of the month"),
            Kind::Credit => self.word(bytes, b"Credit by promotion"),
            Kind::Correction => quoted(bytes, "Correction of last month: ", ""),
            _ if breaks => quoted(bytes, "", "\nsee \"\"how use is metered\"\", part 2"),
            _ => bytes.extend_from_slice(&priced.description),
        }
    }

    /// Category, identifier, name, status and type of the savings plan.
    fn plan(&self, bytes: &mut Vec<u8>, row: &Row) {
        let Some(plan) = row.plan else { return self.nulls(bytes, 5) };
        self.word(bytes, b"Spend");
        self.cell(bytes, |b| self.push_plan(b, row, plan));
        self.cell(bytes, |b| {
            b.extend(b"compute-plan-");
            push_whole(b, plan, 2);
        });
        match row.kind {
            Kind::Covered => self.word(bytes, b"Used"),
            Kind::Unused => self.word(bytes, b"Unused"),
            _ => bytes.extend_from_slice(self.null),
        }
        self.word(bytes, b"Compute Savings Plan");
    }

    fn push_plan(&self, bytes: &mut Vec<u8>, row: &Row, plan: u64) {
        bytes.extend(b"arn:aws:savingsplans::");
        bytes.extend(self.bill.estate.accounts[row.resource.account].id.as_bytes());
        bytes.extend(b":savingsplan/");
        push_hex(bytes, Draws::of(self.bill.seed, "plan id", plan).bits());
    }

    /// Identifier, name and type.
    fn resource(&self, bytes: &mut Vec<u8>, row: &Row) {
        let resource = &row.resource;
        if let (Some(plan), Kind::Purchase | Kind::Unused) = (row.plan, row.kind) {
            self.cell(bytes, |b| self.push_plan(b, row, plan));
            bytes.extend_from_slice(self.null);
            bytes.extend_from_slice(&self.resource_types[row.service]);
            return;
        }
        let Some((service, before)) = self.bill.menu.services[row.service].arn.filter(|_| row.kind != Kind::Tax) else {
            return self.nulls(bytes, 3);
        };
        self.cell(bytes, |b| {
            b.extend_from_slice(b"arn:aws:");
            b.extend_from_slice(service.as_bytes());
            b.push(b':');
            b.extend_from_slice(REGIONS.get(resource.region).map_or("", |region| region.0).as_bytes());
            b.push(b':');
            b.extend_from_slice(self.bill.estate.accounts[resource.account].id.as_bytes());
            b.push(b':');
            b.extend_from_slice(before.as_bytes());
            push_hex(b, resource.bits);
        });
        match resource.tags.filter(|_| resource.lives_long) {
            Some(tags) => self.cell(bytes, |b| {
                b.extend_from_slice(tags.app.as_bytes());
                b.push(b'-');
                push_whole(b, resource.number, 6);
            }),
            None => bytes.extend_from_slice(self.null),
        }
        bytes.extend_from_slice(&self.resource_types[row.service]);
    }

    fn cell(&self, bytes: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
        let is_quoted = self.form.style == Style::Sample;
        if is_quoted {
            bytes.push(b'"');
        }
        write(bytes);
        bytes.extend_from_slice(if is_quoted { b"\"," } else { b"," });
    }
    fn word(&self, bytes: &mut Vec<u8>, word: &[u8]) {
        self.cell(bytes, |b| b.extend_from_slice(word));
    }
    fn money(&self, bytes: &mut Vec<u8>, cost: i64) {
        self.cell(bytes, |b| push_decimal(b, cost, 10));
    }
    fn price(&self, bytes: &mut Vec<u8>, price: i64, kind: Kind) {
        if kind.is_priced() { self.money(bytes, price) } else { self.nulls(bytes, 1) }
    }
    /// A quantity and its unit.
    fn quantity(&self, bytes: &mut Vec<u8>, row: &Row) {
        self.cell(bytes, |b| push_decimal(b, row.quantity, 6));
        bytes.extend_from_slice(&self.units[row.sku]);
    }
    fn nulls(&self, bytes: &mut Vec<u8>, count: usize) {
        (0..count).for_each(|_| bytes.extend_from_slice(self.null));
    }
    /// The end of a line, in place of the last comma.
    fn end(&self, bytes: &mut Vec<u8>) {
        bytes.pop();
        bytes.extend_from_slice(if self.form.crlf { b"\r\n" } else { b"\n" });
    }
}

impl Kind {
    /// Whether it is for something that was used.
    fn is_use(self) -> bool {
        matches!(self, Self::Usage | Self::Spot | Self::Covered | Self::Correction)
    }
    /// Whether it is a price times a quantity.
    fn is_priced(self) -> bool {
        !matches!(self, Self::Tax | Self::Credit)
    }
    fn category(self) -> &'static [u8] {
        match self {
            Self::Purchase => b"Purchase",
            Self::Credit => b"Credit",
            Self::Tax => b"Tax",
            _ => b"Usage",
        }
    }
    fn frequency(self) -> &'static [u8] {
        match self {
            Self::Purchase | Self::Tax => b"Recurring",
            Self::Credit => b"One-Time",
            _ => b"Usage-Based",
        }
    }
    fn pricing(self) -> &'static [u8] {
        match self {
            Self::Spot => b"Dynamic",
            Self::Covered | Self::Unused => b"Committed",
            _ => b"Standard",
        }
    }
}

fn push_tags(bytes: &mut Vec<u8>, tags: Tags) {
    let parts = ["\"{\"\"team\"\": \"\"", tags.team, "\"\", \"\"env\"\": \"\"", tags.environment];
    let more = ["\"\", \"\"app\"\": \"\"", tags.app, "\"\"}\","];
    parts.iter().chain(&more).for_each(|part| bytes.extend_from_slice(part.as_bytes()));
}

/// A text as a cell, with the comma after it.
fn cell(text: &str, style: Style) -> Vec<u8> {
    let needs_quotes = style == Style::Sample || text.contains(['"', ',', '\n', '\r']);
    let text = if needs_quotes { format!("\"{}\",", text.replace('"', "\"\"")) } else { format!("{text},") };
    text.into_bytes()
}

/// Sixteen capital letters and digits, as identifiers of SKUs have them.
fn letters(of: &str, number: u64) -> String {
    let mut draws = Draws::of(0, of, number);
    (0..16).map(|_| char::from(b"ABCDEFGHJKMNPQRSTUVWXYZ23456789"[draws.below(31) as usize])).collect()
}
