//! One newtype per dimension: stored in a base unit, built, read and written in a named one.
use super::number;
use std::fmt;
use std::ops::{Add, Div, Mul};
use std::str::FromStr;

/// A real amount of something: finite, never negative. The only place where its `f64` is visible.
pub trait Quantity:
    Copy + PartialEq + PartialOrd + fmt::Debug + fmt::Display + FromStr<Err = UnitError> + 'static
{
    /// What it is called in a message: `a rate`, `a time span`.
    const NAME: &'static str;
    /// Every unit a text may use for it.
    const UNITS: &'static [&'static str];
    /// The amount in the base unit.
    fn base(self) -> f64;
    /// Wraps an amount given in the base unit. Panics unless it is finite and not negative.
    fn from_base(base: f64) -> Self;
    /// Whether there is none of it.
    fn is_zero(self) -> bool {
        self.base() == 0.0
    }
    /// The larger of two.
    fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
    /// The smaller of two.
    fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }
}

/// A text that is not a quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// No number before the unit.
    #[error("cannot read `{text}` as {what}")]
    NoNumber {
        /// What was written.
        text: String,
        /// What was wanted.
        what: &'static str,
    },
    /// No unit, or one of another dimension.
    #[error("`{text}` is not {what}: {unit}")]
    NoUnit {
        /// What was written.
        text: String,
        /// What was wanted.
        what: &'static str,
        /// What is wrong with its unit.
        unit: String,
        /// What would do.
        units: &'static [&'static str],
    },
    /// Below zero, or too large to be finite.
    #[error("`{text}` is not {what}: it must be {range}")]
    OutOfRange {
        /// What was written.
        text: String,
        /// What was wanted.
        what: &'static str,
        /// What it must be.
        range: &'static str,
    },
}

impl UnitError {
    /// What the writer may do about it.
    pub fn help(&self) -> String {
        match self {
            Self::NoNumber { text, .. } if text.contains(',') => "numbers are written 1204.7, without commas".into(),
            Self::NoNumber { .. } => "a number comes first, then its unit, as in \"12 ms\"".into(),
            Self::NoUnit { units, .. } => format!("write one of these units: {}", units.join(", ")),
            Self::OutOfRange { range, .. } => format!("give an amount that is {range}"),
        }
    }
}

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $what:literal {
        $($make:ident / $read:ident $symbol:literal $(| $alias:literal)* = $scale:expr;)*
    } shown $shown:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            $(
                #[doc = concat!("So many `", $symbol, "`. Panics unless finite and not negative.")]
                pub const fn $make(n: f64) -> Self {
                    assert!(n.is_finite() && n >= 0.0, "a quantity is finite and not negative");
                    Self(n * $scale)
                }
                #[doc = concat!("The amount in `", $symbol, "`.")]
                pub const fn $read(self) -> f64 { self.0 / $scale }
            )*
            /// None of it.
            pub const ZERO: Self = Self(0.0);
        }
        impl Quantity for $name {
            const NAME: &'static str = $what;
            const UNITS: &'static [&'static str] = &[$($symbol),*];
            fn base(self) -> f64 { self.0 }
            fn from_base(base: f64) -> Self {
                assert!(base.is_finite() && base >= 0.0, "{} of {base}", stringify!($name));
                Self(base)
            }
        }
        impl FromStr for $name {
            type Err = UnitError;
            fn from_str(text: &str) -> Result<Self, UnitError> {
                let (n, unit) = read(text, $what)?;
                let scale = match unit {
                    $($symbol $(| $alias)* => $scale,)*
                    _ => return Err(wrong_unit(text, unit, $what, Self::UNITS)),
                };
                in_range(n * scale, text, $what).map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&$shown(self.0)) }
        }
        impl Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self::from_base(self.0 + o.0) } }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(it: I) -> Self { it.fold(Self(0.0), Add::add) }
        }
        impl Mul<f64> for $name { type Output = Self; fn mul(self, k: f64) -> Self { Self::from_base(self.0 * k) } }
        impl Div<f64> for $name { type Output = Self; fn div(self, k: f64) -> Self { Self::from_base(self.0 / k) } }
        impl Div for $name { type Output = f64; fn div(self, o: Self) -> f64 { self.0 / o.0 } }
        impl $name {
            /// What remains when `other` is taken away: nothing where `other` is larger.
            pub fn less(self, other: Self) -> Self { Self((self.0 - other.0).max(0.0)) }
        }
    };
}

/// What most quantities must be.
pub(super) const FINITE: &str = "finite and not negative";

fn read<'t>(text: &'t str, what: &'static str) -> Result<(f64, &'t str), UnitError> {
    number::split(text)
        .filter(|(_, rest)| !rest.starts_with(','))
        .ok_or_else(|| UnitError::NoNumber { text: text.into(), what })
}

fn wrong_unit(text: &str, unit: &str, what: &'static str, units: &'static [&'static str]) -> UnitError {
    let unit = if unit.is_empty() { "it has no unit".to_owned() } else { format!("`{unit}` is not a unit of it") };
    UnitError::NoUnit { text: text.into(), what, unit, units }
}

fn in_range(n: f64, text: &str, what: &'static str) -> Result<f64, UnitError> {
    if n.is_finite() && n >= 0.0 {
        Ok(n)
    } else {
        Err(UnitError::OutOfRange { text: text.into(), what, range: FINITE })
    }
}

/// Writes `n` with the largest unit that leaves at least one before the point; the ladder is from small to large.
fn on_ladder(n: f64, ladder: &[(f64, &str)]) -> String {
    let step = ladder.iter().rev().find(|(scale, _)| n >= *scale * 0.9995).unwrap_or(&ladder[0]);
    format!("{} {}", number::round(n / step.0), step.1)
}
fn rate(n: f64) -> String {
    format!("{}/s", number::round(n))
}
fn span(n: f64) -> String {
    on_ladder(n, &[(1e-6, "us"), (1e-3, "ms"), (1.0, "s"), (60.0, "min"), (3600.0, "h"), (86_400.0, "days")])
}
fn data(n: f64) -> String {
    on_ladder(n, &[(1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB"), (1e15, "PB")])
}
fn data_rate(n: f64) -> String {
    on_ladder(n, &[(1.0, "B/s"), (1e3, "kB/s"), (1e6, "MB/s"), (1e9, "GB/s"), (1e12, "TB/s")])
}
fn load(n: f64) -> String {
    format!("{} erlangs", number::round(n))
}
fn compute(n: f64) -> String {
    format!("{} vCPU", number::round(n))
}
fn count(n: f64) -> String {
    number::round(n)
}
fn power(n: f64) -> String {
    on_ladder(n, &[(1.0, "W"), (1e3, "kW"), (1e6, "MW")])
}
fn energy(n: f64) -> String {
    on_ladder(n / 3600.0, &[(1.0, "Wh"), (1e3, "kWh"), (1e6, "MWh")])
}
fn mass(n: f64) -> String {
    on_ladder(n, &[(1.0, "g"), (1e3, "kg"), (1e6, "t")])
}

const MONTH: f64 = super::HOURS_PER_MONTH * 3600.0;

quantity! {
    /// Events in time: requests, reads, disk operations. Base: per second.
    Rate, "a rate" {
        per_second / as_per_second "/s" | "per second" | "rps" = 1.0;
        per_minute / as_per_minute "/min" | "/minute" = 1.0 / 60.0;
        per_hour / as_per_hour "/h" | "/hour" = 1.0 / 3600.0;
        per_day / as_per_day "/day" = 1.0 / 86_400.0;
        per_month / as_per_month "/month" = 1.0 / MONTH;
    } shown rate
}
quantity! {
    /// A length of time. Base: second.
    Span, "a time span" {
        micros / as_micros "us" | "µs" = 1e-6;
        millis / as_millis "ms" = 1e-3;
        seconds / as_seconds "s" = 1.0;
        minutes / as_minutes "min" = 60.0;
        hours / as_hours "h" | "hour" | "hours" = 3600.0;
        days / as_days "days" | "day" = 86_400.0;
        months / as_months "months" | "month" = MONTH;
        years / as_years "years" | "year" = 8760.0 * 3600.0;
    } shown span
}
quantity! {
    /// An amount of data. Base: byte. `GB` is 10^9 bytes, `GiB` 2^30.
    Data, "an amount of data" {
        bytes / as_bytes "B" = 1.0;
        kb / as_kb "kB" | "KB" = 1e3;
        kib / as_kib "KiB" = 1024.0;
        mb / as_mb "MB" = 1e6;
        mib / as_mib "MiB" = 1_048_576.0;
        gb / as_gb "GB" = 1e9;
        gib / as_gib "GiB" = 1_073_741_824.0;
        tb / as_tb "TB" = 1e12;
        tib / as_tib "TiB" = 1_099_511_627_776.0;
        pb / as_pb "PB" = 1e15;
    } shown data
}
quantity! {
    /// Data in time. Base: byte per second. `Gbit/s` is 10^9 bits.
    DataRate, "a data rate" {
        bytes_per_second / as_bytes_per_second "B/s" = 1.0;
        kb_per_second / as_kb_per_second "kB/s" | "KB/s" = 1e3;
        mb_per_second / as_mb_per_second "MB/s" = 1e6;
        mib_per_second / as_mib_per_second "MiB/s" = 1_048_576.0;
        gb_per_second / as_gb_per_second "GB/s" = 1e9;
        mbit_per_second / as_mbit_per_second "Mbit/s" | "Mbps" = 1e6 / 8.0;
        gbit_per_second / as_gbit_per_second "Gbit/s" | "Gbps" = 1e9 / 8.0;
        gb_per_day / as_gb_per_day "GB/day" = 1e9 / 86_400.0;
        gb_per_month / as_gb_per_month "GB/month" = 1e9 / MONTH;
        tb_per_month / as_tb_per_month "TB/month" = 1e12 / MONTH;
        gib_per_month / as_gib_per_month "GiB/month" = 1_073_741_824.0 / MONTH;
    } shown data_rate
}
quantity! {
    /// Offered load: the servers that would be busy if nobody waited. Base: erlang.
    Load, "a load" { erlangs / as_erlangs "erlangs" | "erlang" = 1.0; } shown load
}
quantity! {
    /// Processors as rented. Base: one vCPU.
    Compute, "a number of processors" { vcpus / as_vcpus "vCPU" | "vCPUs" | "vcpu" = 1.0; } shown compute
}
quantity! {
    /// How many of something countable: requests, objects. Base: one.
    Count, "a count" {
        of / get "" | "requests" | "objects" = 1.0;
        thousands / as_thousands "thousand" | "k" = 1e3;
        millions / as_millions "million" | "M" = 1e6;
    } shown count
}
quantity! {
    /// Electric power. Base: watt.
    Power, "a power" {
        watts / as_watts "W" = 1.0;
        kilowatts / as_kilowatts "kW" = 1e3;
    } shown power
}
quantity! {
    /// Electric energy. Base: joule, a watt for a second.
    Energy, "an energy" {
        watt_hours / as_watt_hours "Wh" = 3600.0;
        kilowatt_hours / as_kilowatt_hours "kWh" = 3.6e6;
    } shown energy
}
quantity! {
    /// A mass: of carbon dioxide, or of other gases by what carbon dioxide does as much harm. Base: gram.
    Mass, "a mass" {
        grams / as_grams "g" = 1.0;
        kilograms / as_kilograms "kg" = 1e3;
        tonnes / as_tonnes "t" = 1e6;
    } shown mass
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_written_with_its_unit() {
        assert_eq!("900/s".parse::<Rate>().unwrap(), Rate::per_second(900.0));
        assert_eq!("12 ms".parse::<Span>().unwrap(), Span::millis(12.0));
        assert_eq!("2.5 TB/month".parse::<DataRate>().unwrap(), DataRate::tb_per_month(2.5));
        assert_eq!("1 GiB".parse::<Data>().unwrap().as_bytes(), 1_073_741_824.0);
        assert_eq!("10 Gbit/s".parse::<DataRate>().unwrap().as_gb_per_second(), 1.25);
    }

    #[test]
    fn a_bare_or_foreign_number_is_refused_with_the_units() {
        let bare = "900".parse::<Rate>().unwrap_err();
        assert_eq!(bare.to_string(), "`900` is not a rate: it has no unit");
        assert_eq!(bare.help(), "write one of these units: /s, /min, /h, /day, /month");
        assert_eq!(
            "12 GB".parse::<Span>().unwrap_err().to_string(),
            "`12 GB` is not a time span: `GB` is not a unit of it"
        );
        assert_eq!(
            "-3 ms".parse::<Span>().unwrap_err().to_string(),
            "`-3 ms` is not a time span: it must be finite and not negative"
        );
        assert!("1,204/s".parse::<Rate>().unwrap_err().help().contains("without commas"));
        assert!("1e999 s".parse::<Span>().is_err());
    }

    #[test]
    fn people_read_the_unit_that_fits() {
        assert_eq!(Span::seconds(0.0123).to_string(), "12.3 ms");
        assert_eq!(Data::gb(1500.0).to_string(), "1.5 TB");
        assert_eq!(Rate::per_second(1234.0).to_string(), "1,234/s");
        assert_eq!(Data::gb(999.9).to_string(), "1 TB");
        assert_eq!(Data::ZERO.to_string(), "0 B");
    }
}
