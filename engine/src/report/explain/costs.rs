//! How amounts of money came about, down to the price row.
use super::{Cell, Derivation};
use crate::choice::Band;
use crate::cost::{Driver, Line};
use crate::plan::{Part, Plan};
use crate::units::Money;

pub(super) fn derivations(plan: &Plan, prefix: &str) -> Vec<Derivation> {
    let at = format!("{prefix}.cost");
    let mut all = Vec::new();
    let lines: Vec<String> = (0..plan.bill.lines.len()).map(|i| format!("{at}.lines.{i}.usd_per_month")).collect();
    banded(&mut all, &format!("{at}.usd_per_month"), plan.doubt.month, "the exact sum of the lines", &lines);
    let months: Vec<String> = (0..plan.months.totals.len()).map(|i| format!("{at}.months.{i}.usd")).collect();
    banded(&mut all, &format!("{at}.usd_over_horizon"), plan.months.band(), "the sum of the months", &months);
    let total = vec![format!("{at}.usd_per_month.mean")];
    if let Some(million) = plan.doubt.million_requests {
        let from = [total.clone(), vec!["workload.demand.mean".into()]].concat();
        banded(
            &mut all,
            &format!("{at}.usd_per_million_requests"),
            million,
            "a month over its requests in millions",
            &from,
        );
    }
    if let Some(gb) = plan.unit_cost.gb_stored {
        let storage = plan.bill.lines.iter().zip(&lines).filter(|(l, _)| l.driver.is_storage()).map(|(_, p)| p.clone());
        let path = format!("{at}.usd_per_gb_stored_month");
        all.push(Derivation::new(path, gb, "the storage lines over the data that is kept once", storage.collect()));
    }
    let sums = [
        ("list_usd_per_month", plan.bill.list_total(), "every line at its published price", "list_usd_per_month"),
        (
            "contracted_usd_per_month",
            plan.bill.contracted_total(),
            "every line at its negotiated price",
            "contracted_usd_per_month",
        ),
    ];
    for (name, sum, how, field) in sums {
        let from = (0..plan.bill.lines.len()).map(|i| format!("{at}.lines.{i}.{field}")).collect();
        all.push(Derivation::new(format!("{at}.{name}"), sum, how, from));
    }
    all.push(Derivation::new(
        format!("{at}.upfront_usd"),
        plan.upfront,
        "all-upfront commitments: effective hourly price times the hours of the term",
        Vec::new(),
    ));
    for (i, line) in plan.bill.lines.iter().enumerate() {
        let gathered = plan.parts.get(&line.component).is_some_and(Part::is_gathered);
        all.extend(of_line(line, &format!("{at}.lines.{i}"), prefix, gathered));
    }
    for (i, (total, machines)) in plan.months.totals.iter().zip(&plan.months.machines).enumerate() {
        let month = format!("{at}.months.{i}");
        let from =
            if i == 0 { vec![format!("{at}.usd_per_month.mean")] } else { vec!["workload.demand.growth".into()] };
        let how = if i == 0 { "the first month" } else { "the bill of that month's sizes and traffic" };
        all.push(Derivation::new(
            format!("{month}.month"),
            Cell::Count(i as u64 + 1),
            "counted from the first",
            Vec::new(),
        ));
        all.push(Derivation::new(format!("{month}.usd"), *total, how, from));
        all.push(Derivation::new(format!("{month}.machines"), *machines, "all components of that month", Vec::new()));
    }
    all
}

fn banded(all: &mut Vec<Derivation>, at: &str, band: Band<Money>, how: &str, from: &[String]) {
    all.push(Derivation::new(format!("{at}.mean"), band.mean, how, from.to_vec()));
    let is_flat = band == Band::flat(band.mean);
    for (edge, value, below) in [("p10", band.p10, 10), ("p50", band.p50, 50), ("p90", band.p90, 90)] {
        let how = if is_flat {
            "the same in every world, so the band is the mean".to_owned()
        } else {
            format!(
                "the least amount that {below} of a hundred drawn worlds do not exceed, this plan's machines being fixed"
            )
        };
        all.push(Derivation::new(format!("{at}.{edge}"), value, &how, vec![format!("{at}.mean")]));
    }
}

fn of_line(line: &Line, at: &str, prefix: &str, gathered: bool) -> Vec<Derivation> {
    let path = |field: &str| format!("{at}.{field}");
    let row = format!(
        "{} in {}, source {}, as of {}{}",
        line.sku,
        line.provenance.table,
        line.provenance.source,
        line.provenance.as_of,
        if line.provenance.derived { ", derived" } else { "" }
    ) + &line.provenance.note.as_ref().map_or(String::new(), |n| format!(" ({n})"));
    let tier = line.tier.as_ref().map_or(String::new(), |t| format!(" ({t})"));
    let amount = |field: &str, value: Money, price: &str| {
        let how = format!("quantity times price, {}{tier}", line.driver.phrase());
        Derivation::new(path(field), value, how, vec![path("quantity"), path(price)])
    };
    vec![
        amount("usd_per_month", line.amount, "unit_price_usd"),
        amount("list_usd_per_month", line.list_amount(), "list_unit_price_usd"),
        amount("contracted_usd_per_month", line.contracted_amount(), "contracted_unit_price_usd"),
        quantity(line, path("quantity"), prefix, gathered),
        Derivation::new(
            path("list_unit_price_usd"),
            Cell::UnitPrice(line.list),
            format!("for one {}: {row}", line.unit),
            Vec::new(),
        ),
        Derivation::new(
            path("contracted_unit_price_usd"),
            Cell::UnitPrice(line.contracted),
            "list less negotiated discounts",
            vec![path("list_unit_price_usd")],
        ),
        Derivation::new(
            path("unit_price_usd"),
            Cell::UnitPrice(line.effective),
            format!("as paid for one {}{tier}: {row}", line.unit),
            vec![path("contracted_unit_price_usd")],
        ),
    ]
}

fn quantity(line: &Line, path: String, prefix: &str, gathered: bool) -> Derivation {
    let part = format!("{prefix}.components.{}", line.component);
    let mean = "workload.demand.mean".to_owned();
    let given = |kind: &str, field: &str| format!("workload.{kind}.{}.{field}", line.component);
    let (how, from) = match line.driver {
        Driver::Compute if gathered => (
            "machines times the time of a run times the runs of a month, and what on-demand machines do in their place",
            vec![format!("{part}.batch.machine_seconds_per_month"), format!("{part}.batch.fallback_seconds_per_month")],
        ),
        Driver::Compute | Driver::ManagedService => ("machines times 730 hours a month", vec![format!("{part}.count")]),
        Driver::DiskCapacity | Driver::DiskIops | Driver::DiskThroughput => (
            "each node's disk times the nodes, kept a month",
            vec![format!("{part}.disks.0.bytes_per_node"), format!("{part}.disks.0.nodes")],
        ),
        Driver::ObjectStorage => {
            ("what is kept, small objects and short lives rounded up", vec![format!("{part}.disks.0.bytes")])
        }
        Driver::Backup => {
            ("snapshots kept, as a multiple of the data", vec![given("store", "data"), given("store", "backup")])
        }
        Driver::LoadBalancer if line.tier.is_none() && line.sku.ends_with("hour") => {
            ("one balancer times 730 hours a month", Vec::new())
        }
        Driver::LoadBalancer => {
            ("what the mean demand sends through it, by connections or data, whichever is more", vec![mean])
        }
        Driver::PublicIpv4 => ("addresses times 730 hours a month", vec![given("edge", "public_ipv4")]),
        Driver::Nat if line.unit == "hour" => ("gateways times 730 hours a month", vec![given("edge", "nat_gateways")]),
        Driver::Nat => ("a month of it", vec![given("edge", "nat")]),
        Driver::CrossRegion => ("a month of it", vec![given("edge", "cross_region")]),
        Driver::InternetEgress => (
            "answers to the mean demand, compressed, and other egress, this component's part of the tier",
            vec![mean, given("edge", "compression"), given("edge", "other_egress")],
        ),
        _ => ("the mean demand's traffic in a month of 730 hours, this component's part of the tier", vec![mean]),
    };
    Derivation::new(path, line.quantity, how, from)
}
