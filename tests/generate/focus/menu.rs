//! What is sold: the services and their SKUs, read from the two tables beside this file.
//!
//! Names and units are those that bills of the kind show; prices are of their size and were made up. `quantity` is what a
//! resource of common size uses in an hour at its busiest; `curve` is how that moves over a day and a week.

/// A service.
pub(crate) struct Service {
    pub(crate) name: &'static str,
    pub(crate) category: &'static str,
    pub(crate) resource_type: Option<&'static str>,
    /// The service's short name, and what stands before the identifier.
    pub(crate) arn: Option<(&'static str, &'static str)>,
    pub(crate) scope: Scope,
    pub(crate) lives: Lives,
    /// How many resources it has, beside the others.
    pub(crate) weight: u64,
    /// The places of its SKUs in [`Menu::skus`].
    pub(crate) skus: Vec<usize>,
    /// Those of them that are paid for each hour.
    pub(crate) hourly: Vec<usize>,
}

/// Where a service's resources are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Global,
    Region,
    Zone,
}

/// How long a service's resources live.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lives {
    /// It has no resources.
    Never,
    /// Hours: tasks, runs, machines that come and go. Some live long.
    Shortly,
    Long,
}

/// A thing with a price.
pub(crate) struct Sku {
    pub(crate) service: usize,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    /// In units of 10^-10, before the region.
    pub(crate) price: i64,
    /// Whether its price has eight places and its quantities are whole; else four places, and four of a quantity.
    pub(crate) is_fine: bool,
    /// In units of 10^-6.
    pub(crate) quantity: i64,
    pub(crate) curve: Curve,
    /// The day, from 0, on which it is first sold.
    pub(crate) from_day: u64,
}

/// How the use of a thing moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    Flat,
    Day,
    Night,
    Office,
}

/// All services and SKUs.
pub(crate) struct Menu {
    pub(crate) services: Vec<Service>,
    pub(crate) skus: Vec<Sku>,
    weights: u64,
    short_weights: u64,
}

impl Menu {
    /// The tables beside this file.
    pub(crate) fn read() -> Self {
        let mut services: Vec<_> = include_str!("services.csv").lines().skip(1).map(service).collect();
        let mut skus = Vec::new();
        for line in include_str!("skus.csv").lines().skip(1) {
            let name = line.split(';').next().unwrap_or_default();
            let at = services.iter().position(|s| s.name == name).unwrap_or_else(|| panic!("no service {name}"));
            if line.split(';').nth(2) == Some("Hrs") {
                services[at].hourly.push(skus.len());
            }
            services[at].skus.push(skus.len());
            skus.push(sku(at, line));
        }
        let weigh = |short: bool| {
            let counted = services.iter().filter(|s| !short || s.lives == Lives::Shortly);
            counted.map(|s| s.weight).sum()
        };
        Self { weights: weigh(false), short_weights: weigh(true), services, skus }
    }
    /// A service by weight, from 32 even bits; of those whose resources live shortly only, if so asked.
    pub(crate) fn pick(&self, bits: u64, lives: Lives) -> usize {
        let short = lives == Lives::Shortly;
        let mut left = (bits * if short { self.short_weights } else { self.weights }) >> 32;
        for (at, service) in self.services.iter().enumerate().filter(|(_, s)| !short || s.lives == Lives::Shortly) {
            if left < service.weight {
                return at;
            }
            left -= service.weight;
        }
        unreachable!("weights add up to their sum")
    }
    /// The place of the service that sells savings plans.
    pub(crate) fn plans(&self) -> usize {
        self.services.len() - 1
    }
}

fn service(line: &'static str) -> Service {
    let cells: Vec<_> = line.split(';').collect();
    let &[name, category, resource_type, arn, scope, lives, weight] = cells.as_slice() else { panic!("cells: {line}") };
    Service {
        name,
        category,
        resource_type: Some(resource_type).filter(|text| !text.is_empty()),
        arn: arn.split_once(':'),
        scope: match scope {
            "global" => Scope::Global,
            "region" => Scope::Region,
            _ => Scope::Zone,
        },
        lives: match lives {
            "none" => Lives::Never,
            "short" => Lives::Shortly,
            _ => Lives::Long,
        },
        weight: weight.parse().expect("weights are whole"),
        skus: Vec::new(),
        hourly: Vec::new(),
    }
}

fn sku(service: usize, line: &'static str) -> Sku {
    let cells: Vec<_> = line.split(';').collect();
    let &[_, what, unit, price, quantity, curve, from_day] = cells.as_slice() else { panic!("cells: {line}") };
    Sku {
        service,
        what,
        unit,
        price: units(price, 10),
        is_fine: price.len() > "0.0000".len() + 1,
        quantity: units(quantity, 6),
        curve: match curve {
            "flat" => Curve::Flat,
            "day" => Curve::Day,
            "night" => Curve::Night,
            _ => Curve::Office,
        },
        from_day: from_day.parse().expect("days are whole"),
    }
}

/// A decimal in units of 10^-`places`.
fn units(text: &str, places: usize) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<places$}").parse().unwrap_or_else(|_| panic!("{text} is no decimal"))
}

impl Curve {
    /// The part of its busiest that a thing is used, in thousandths. Monday is weekday 0.
    pub(crate) fn share(self, weekday: u64, hour: u64) -> i64 {
        const DAY: [i64; 24] = [
            420, 380, 350, 340, 350, 390, 470, 580, 710, 820, 890, 930, 950, 960, 970, 980, 990, 1000, 980, 930, 850,
            740, 620, 510,
        ];
        const WEEK: [i64; 7] = [960, 980, 1000, 990, 950, 780, 740];
        let is_weekend = weekday >= 5;
        match self {
            Self::Flat => 1000,
            Self::Day => DAY[hour as usize] * WEEK[weekday as usize] / 1000,
            Self::Night => 1200 - DAY[hour as usize],
            Self::Office if is_weekend => 150,
            Self::Office if (8..19).contains(&hour) => 1000,
            Self::Office => 250,
        }
    }
}
