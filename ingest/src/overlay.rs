//! Files of what a customer pays differently: negotiated discounts, private prices, free allowances.
use crate::document::{Document, Node, Value};
use crate::problem::Problem;
use crate::reader::{Desk, Layout, Readable, Table};
use jiff::civil::Date;
use plimsoll::catalog::{
    Allowance, Architecture, Basis, Discount, Overlay, PrivatePrice, Provenance, Provider, Purchase, Shape, ShapeName,
    Speed,
};
use plimsoll::units::{Compute, Factor, Money, Share};
use serde_json::{Value as Json, json};
use std::num::NonZeroU32;

/// Reads a file of private prices. All problems of the file at once.
///
/// ```
/// let text = b"[[discount]]\npercent = \"12 %\"\nprovider = \"aws\"\nservice = \"compute\"\n";
/// let overlay = plimsoll_ingest::overlay::read("ours.toml", text).unwrap();
/// assert_eq!(overlay.discounts[0].off.as_percent(), 12.0);
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Result<Overlay, Vec<Problem>> {
    let document = Document::parse(name, bytes)?;
    let desk = Desk::new(&document);
    let overlay = Table::read_root(&desk, "the overlay", overlay);
    let problems = desk.into_problems();
    if problems.is_empty() { Ok(overlay) } else { Err(problems) }
}

/// The fields of an overlay.
pub(crate) fn overlay(t: &mut Table<'_>) -> Overlay {
    let name = t.desk().document().name().to_owned();
    Overlay {
        discounts: t.tables("discount", "percentages off; the most specific that holds is taken", discount),
        prices: t
            .tables("price", "machine prices agreed in private, and machines on no public list", |t| price(t, &name)),
        allowances: t
            .tables("allowance", "data that is free in a month, instead of the table's", |t| allowance(t, &name)),
        name,
    }
}

fn discount(t: &mut Table<'_>) -> Discount {
    let discount = Discount {
        off: t.required::<Share>("percent", "how much off"),
        provider: t.optional("provider", "only this provider"),
        service: t.optional("service", "only this part of the price list"),
        family: t.optional("family", "only this machine family"),
        sku: t.optional("sku", "only this machine, volume or class"),
        from: t.optional("from", "from this day on"),
        until: t.optional("until", "until the day before this one"),
    };
    let is_never = discount.from.zip(discount.until).is_some_and(|(from, until)| from >= until);
    t.refuse_if(
        is_never && t.is_sound("from"),
        "until",
        "the discount ends before it begins",
        "`until` is the day after its last",
    );
    discount
}

fn price(t: &mut Table<'_>, file: &str) -> PrivatePrice {
    let provider = t.required("provider", "whose machine");
    let region = t.optional("region", "where; everywhere if not stated");
    let sku: String = t.required("sku", "the provider's name of the machine");
    let purchase = t.or("purchase", Purchase::OnDemand, "the way of paying that it is the price of");
    let hour: Money = t.required("usd_per_hour", "US dollars for an hour");
    t.refuse_if(hour < Money::ZERO, "usd_per_hour", "a price below zero", "write what an hour costs");
    let doc = "its hardware, for a machine that the tables lack";
    let hardware = t.table("hardware", doc, |t| hardware(t, &sku, file));
    t.refuse_if(
        hardware.is_some() && purchase != Purchase::OnDemand,
        "purchase",
        "a machine that the tables lack needs its price on demand first",
        "give its hardware with the price on demand, and this price in a `[[price]]` of its own",
    );
    PrivatePrice { provider, region, sku, purchase, hour, hardware }
}

fn hardware(t: &mut Table<'_>, sku: &str, file: &str) -> Shape {
    let speed = t.optional::<Factor>("speed", "the speed of one vCPU; 1 is the reference core");
    t.refuse_if(
        speed.is_some_and(|s| s <= Factor::ZERO),
        "speed",
        "a machine of speed 0 does nothing",
        "write 1 or leave it out",
    );
    let stated = |factor| Speed { factor, basis: Basis::Stated, source: file.into() };
    Shape {
        name: ShapeName(sku.into()),
        family: family(sku).into(),
        category: "general".into(),
        architecture: t.or("architecture", Architecture::X86, "the instruction set of its processors"),
        vcpus: Compute::vcpus(f64::from(t.required::<NonZeroU32>("vcpus", "how many vCPUs it has").get())),
        speed: speed.map_or_else(Speed::assumed, stated),
        power: None,
        memory: t.required("memory", "how much memory it has"),
        burstable: false,
        accelerators: 0,
        network: t.optional("network", "its sustained network rate"),
        remote_disk: None,
        local_disk: None,
        offers: Vec::new(),
        sustained_use: None,
        taken_in_month: None,
        private: None,
        discount: Share::NONE,
        hardware_source: file.into(),
        complete: true,
    }
}

/// The part of a machine's name that its sizes share: all before the last point or, where there is none, hyphen.
fn family(sku: &str) -> &str {
    sku.rsplit_once('.').or_else(|| sku.rsplit_once('-')).map_or(sku, |(family, _)| family)
}

fn allowance(t: &mut Table<'_>, file: &str) -> (Provider, Allowance) {
    let provider = t.required("provider", "whose data transfer");
    let path = t.required("path", "on which way");
    let free = t.required("free", "how much is free in a month");
    // The day of an agreement is not in the file; whoever applies it knows the day.
    let as_of = Date::ZERO;
    let provenance = Provenance { table: file.into(), source: file.into(), as_of, derived: false, note: None };
    (provider, Allowance { path, free, provenance })
}

impl Readable for Money {
    const NAME: &'static str = "an amount of money";
    const EXAMPLE: &'static str = "\"0.07\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Text(text) => text,
            Value::Whole(_) | Value::Number(_) => desk.document().written(&node.spot),
            _ => {
                desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
                return None;
            }
        };
        // No price has an exponent beyond two digits, and the engine's reader is not asked to add to a huge one.
        let is_plain = |text: &&str| text.split_once(['e', 'E']).is_none_or(|(_, exponent)| exponent.len() <= 3);
        let money = Some(text.trim()).filter(is_plain).and_then(|text| text.parse().ok());
        if money.is_none() {
            let what = format!("{} is not {}", desk.shown(node), Self::NAME);
            desk.tell(&node.spot, what, "write US dollars with at most twelve decimals and nothing else: \"0.07\"");
        }
        money
    }
    fn stand_in() -> Self {
        Self::ZERO
    }
    fn schema(layout: &mut Layout) -> Json {
        let description = "US dollars, as a number or a text";
        layout.share(
            "money",
            |_| json!({ "type": ["string", "number"], "description": description, "examples": ["0.07"] }),
        )
    }
    fn written(&self) -> Json {
        json!(self.exact())
    }
}

impl Readable for Date {
    const NAME: &'static str = "a day";
    const EXAMPLE: &'static str = "\"2026-01-01\"";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let day = node.as_text().filter(|text| text.len() == "2026-01-01".len()).and_then(|text| text.parse().ok());
        if day.is_none() {
            desk.tell_kind(node, Self::NAME, Self::EXAMPLE);
        }
        day
    }
    fn stand_in() -> Self {
        Self::ZERO
    }
    fn schema(layout: &mut Layout) -> Json {
        layout.share("day", |_| json!({ "type": "string", "format": "date", "examples": ["2026-01-01"] }))
    }
    fn written(&self) -> Json {
        json!(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_is_read() {
        let text = "[[discount]]\npercent = \"12 %\"\nservice = \"compute\"\nfrom = 2026-01-01\nuntil = \"2027-01-01\"\n\
                    [[price]]\nprovider = \"aws\"\nsku = \"x9.large\"\nusd_per_hour = 0.07\n\
                    hardware = { vcpus = 8, memory = \"32 GiB\", architecture = \"arm64\", network = \"10 Gbit/s\", speed = 1.2 }\n\
                    [[allowance]]\nprovider = \"aws\"\npath = \"internet\"\nfree = \"1 TB\"\n";
        let overlay = read("ours.toml", text.as_bytes()).unwrap();
        assert_eq!(overlay.discounts[0].until.unwrap().to_string(), "2027-01-01");
        assert_eq!(overlay.prices[0].hour.exact(), "0.07");
        let shape = overlay.prices[0].hardware.as_ref().unwrap();
        assert_eq!((shape.name.0.as_str(), shape.family.as_str(), shape.servers()), ("x9.large", "x9", 8));
        assert_eq!(overlay.allowances[0].1.free.to_string(), "1 TB");
        assert_eq!(overlay.name, "ours.toml");
    }

    #[test]
    fn a_negative_price_is_told_where_it_stands() {
        let text = "[[price]]\nprovider = \"aws\"\nsku = \"m7g.large\"\nusd_per_hour = \"-0.07\"\n";
        let problems = read("ours.toml", text.as_bytes()).unwrap_err();
        assert_eq!((problems[0].line, problems[0].column, problems[0].what.as_str()), (4, 16, "a price below zero"));
    }

    #[test]
    fn a_family_is_what_sizes_share() {
        assert_eq!([family("m7g.large"), family("n2-standard-4"), family("x")], ["m7g", "n2-standard", "x"]);
    }
}
