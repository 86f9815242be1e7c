//! The month as the console of AWS Cost Explorer exports it: a column for each service, a row for each day.
use super::sums::Sums;
use super::usage::{Charge, DAYS};
use crate::exact::Exact;
use crate::sheet::Sheet;

/// The table; `sums` are those of the month.
pub(super) fn sheet(charges: &[Charge], sums: &Sums) -> Sheet {
    let mut services: Vec<_> = sums.of("service").iter().collect();
    services.sort_by_key(|(_, sum)| -**sum);
    let column = |name: &str| format!("{name}($)");
    let names = services.iter().map(|(name, _)| column(name));
    let header: Vec<_> = std::iter::once("Service".into()).chain(names).chain([column("Total costs")]).collect();
    let mut sheet = Sheet::new(&header.join("\n"));
    let mut line = sheet.row();
    line.set("Service", "Service total").set("Total costs($)", sums.total());
    for (name, sum) in &services {
        line.set(&column(name), sum);
    }
    for day in 1..=DAYS {
        let of_day = || charges.iter().filter(move |charge| charge.day == day);
        let mut line = sheet.row();
        line.set("Service", format!("2026-03-{day:02}"));
        line.set("Total costs($)", of_day().map(|charge| charge.billed).sum::<Exact>());
        for (name, _) in &services {
            let mut costs =
                of_day().filter(|charge| charge.meter.service == **name).map(|charge| charge.billed).peekable();
            if costs.peek().is_some() {
                line.set(&column(name), costs.sum::<Exact>());
            }
        }
    }
    sheet
}
