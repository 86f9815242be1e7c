//! `plimsoll prices show`: one machine in full, or several one after the other.
use super::args::MachinesArgs;
use super::column::Column;
use super::list::words;
use super::offering::{Basis, Offering, Value, View};
use super::paid::Paid;
use super::{scope, tables};
use crate::failure::Failure;
use crate::{Answered, Desk, world};
use plimsoll::catalog::{Provenance, Purchase};
use plimsoll::report::{self, Block, Cell, Report, Section, Table};
use plimsoll::units::{Factor, Money, Span};

pub(super) fn run(args: &MachinesArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let view = View { basis: args.purchase[0], today: world::day(args.scope.as_of) };
    let scope = scope::of_machines(&args.scope, desk)?;
    let paid = Paid::read(&args.paid.prices, view.today, desk)?;
    let found = scope::named(&args.names, &scope.places, &paid)?;
    let mut sections = Vec::new();
    let mut notes: Vec<String> = scope.note.into_iter().chain(paid.note()).collect();
    let mut main = Table::of(exact_heads(&paid), []);
    for name in &args.names {
        let same: Vec<Offering> = found.iter().filter(|o| o.shape.name.0 == *name).cloned().collect();
        let offers = offers(&same, &args.purchase);
        let title = |what: &str| if args.names.len() == 1 { what.to_owned() } else { format!("{name}: {what}") };
        let prices = price_table(&offers, view);
        for line in tables::legend(&prices, view) {
            if !notes.contains(&line) {
                notes.push(line);
            }
        }
        sections.push(Section { title: title("Hardware"), blocks: vec![Block::Table(hardware(&same[0]))] });
        sections.push(Section { title: title("Prices"), blocks: vec![Block::Table(prices)] });
        let family = family(&same[0], &paid, view)?;
        sections.push(Section { title: title("Family"), blocks: vec![Block::Table(family)] });
        sections.push(Section { title: title("Sources"), blocks: vec![Block::List(sources(&same[0], &offers))] });
        main.rows.extend(offers.iter().map(|offer| exact(offer, view)));
    }
    sections.extend(Section::of("Notes", if notes.is_empty() { Vec::new() } else { vec![Block::List(notes)] }));
    Ok(Answered::Report(Report { verdict: verdict(&found[0], view), sections, main }))
}

fn verdict(first: &Offering, view: View) -> String {
    let shape = &first.shape;
    let hardware = format!("{}, {} GiB", shape.vcpus, round(shape.memory.as_gib()));
    let name = format!("{} in {}", shape.name, first.place);
    match first.offer(view.basis) {
        Some((hour, _)) => {
            let month = hour.times(Factor::of(Span::months(1.0).as_hours()));
            format!(
                "{name}: {hardware}, ${} an hour, {month} a month of 730 hours ({}).",
                tables::price(hour),
                view.basis
            )
        }
        None => format!("{name}: {hardware}; no table says what it costs ({}).", view.basis),
    }
}

/// At most three digits behind the point.
fn round(n: f64) -> String {
    format!("{n:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// One way to pay for one machine in one region, known or asked for.
struct Offer<'o> {
    offering: &'o Offering,
    purchase: Purchase,
}

/// Every way to pay that a table prices, and those that were asked for and are not known.
fn offers<'o>(same: &'o [Offering], asked: &[Purchase]) -> Vec<Offer<'o>> {
    let of = |offering: &'o Offering| {
        let wanted = |purchase: &Purchase| offering.offer(*purchase).is_some() || asked.contains(purchase);
        Purchase::ALL.into_iter().filter(wanted).map(move |purchase| Offer { offering, purchase }).collect::<Vec<_>>()
    };
    same.iter().flat_map(of).collect()
}

impl Offer<'_> {
    fn hour(&self) -> Option<Money> {
        self.offering.offer(self.purchase).map(|(hour, _)| hour)
    }
    fn said(&self) -> Option<&Provenance> {
        self.offering.offer(self.purchase).map(|(_, said)| said)
    }
    fn value(&self, column: Column, view: View) -> Value<'_> {
        self.offering.value(column, View { basis: self.purchase, ..view })
    }
    /// The part of the on-demand price that this way to pay saves; below zero where it costs more.
    fn saves(&self) -> Option<f64> {
        let (on_demand, _) = self.offering.offer(Purchase::OnDemand)?;
        Some(1.0 - self.hour()?.ratio(on_demand)?)
    }
    fn month(&self) -> Option<Money> {
        self.hour().map(|hour| hour.times(Factor::of(Span::months(1.0).as_hours())))
    }
}

fn price_table(offers: &[Offer<'_>], view: View) -> Table {
    let column = |column: &dyn Fn(&Offer<'_>) -> Column| {
        tables::column_of(&offers.iter().map(|offer| offer.value(column(offer), view)).collect::<Vec<_>>())
    };
    let is_paid = offers.iter().any(|offer| offer.offering.basis != Basis::List);
    let lists: Vec<_> = offers.iter().map(|offer| offer.offering.published(offer.purchase, view.today)).collect();
    let lists = tables::column_of(&lists);
    let hours = column(&|offer| Column::Price(offer.purchase));
    let (per_vcpu, per_gib) = (column(&|_| Column::UsdPerVcpu), column(&|_| Column::UsdPerGib));
    let rows = offers.iter().enumerate().map(|(i, offer)| {
        let saves = match offer.saves() {
            Some(part) if offer.purchase != Purchase::OnDemand => format!("{:.0} %", part * 100.0),
            _ => String::new(),
        };
        let mut row = vec![words(offer.offering.place.region.0.clone()), words(offer.purchase.name())];
        row.extend(is_paid.then(|| words(lists[i].clone())));
        row.extend([
            words(hours[i].clone()),
            words(offer.month().map_or("?".into(), |month| month.to_string())),
            words(per_vcpu[i].clone()),
            words(per_gib[i].clone()),
            words(saves),
            words(offer.said().map_or("?".into(), |said| said.as_of.to_string())),
        ]);
        row
    });
    let mut columns = vec![report::Column::words("region"), report::Column::words("paid")];
    columns.extend(is_paid.then(|| report::Column::numbers("list")));
    columns.extend([
        report::Column::numbers("$/hour"),
        report::Column::numbers("a month"),
        report::Column::numbers("$/vCPU"),
        report::Column::numbers("$/GiB"),
        report::Column::numbers("saves"),
        report::Column::words("as of"),
    ]);
    Table::of(columns, rows)
}

fn exact_heads(paid: &Paid<'_>) -> Vec<report::Column> {
    let words = ["shape", "provider", "region", "purchase"].map(report::Column::words);
    let numbers =
        ["vcpu", "memory_gib", "usd_per_hour", "usd_per_month", "usd_per_vcpu_hour", "usd_per_gib_hour", "saves_share"];
    let said = ["as_of", "table", "source", "derived", "stale", "note"].map(report::Column::words);
    let list = (!paid.is_list()).then(|| report::Column::numbers("list_usd_per_hour"));
    words.into_iter().chain(numbers.map(report::Column::numbers)).chain(said).chain(list).collect()
}

fn exact(offer: &Offer<'_>, view: View) -> Vec<Cell> {
    let shape = &offer.offering.shape;
    let said = offer.said();
    let yes = |is| words(if is { "yes" } else { "no" });
    let known = |cell: Option<Cell>| cell.unwrap_or(Cell::Unknown);
    let per = |column| match offer.value(column, view) {
        Value::Price(listed) => Cell::UnitPrice(listed.hour),
        _ => Cell::Unknown,
    };
    let mut row = vec![
        words(shape.name.0.clone()),
        words(offer.offering.place.provider.name()),
        words(offer.offering.place.region.0.clone()),
        words(offer.purchase.name()),
        Cell::Factor(Factor::of(shape.vcpus.as_vcpus())),
        Cell::Factor(Factor::of(shape.memory.as_gib())),
        known(offer.hour().map(Cell::UnitPrice)),
        known(offer.month().map(Cell::Money)),
        per(Column::UsdPerVcpu),
        per(Column::UsdPerGib),
        offer.saves().map_or(Cell::Unknown, super::compare::signed),
        known(said.map(|said| words(said.as_of.to_string()))),
        known(said.map(|said| words(&*said.table))),
        known(said.map(|said| words(&*said.source))),
        known(said.map(|said| yes(said.derived))),
        known(said.map(|said| yes(said.is_stale(view.today)))),
        words(said.and_then(|said| said.note.as_deref()).unwrap_or_default()),
    ];
    row.extend((offer.offering.basis != Basis::List).then(
        || match offer.offering.published(offer.purchase, view.today) {
            Value::Price(listed) => Cell::UnitPrice(listed.hour),
            Value::None => Cell::Nothing,
            _ => Cell::Unknown,
        },
    ));
    row
}

/// What the machine is, as far as the tables say.
fn hardware(offering: &Offering) -> Table {
    let shape = &offering.shape;
    let known = |text: Option<String>| text.unwrap_or_else(|| "?".into());
    let speed = &shape.speed;
    let disks = |disks: Option<u32>| disks.map_or("?".into(), |n| n.to_string());
    let facts = [
        ("family", format!("{}, {}", shape.family, shape.category)),
        ("processors", format!("{}, {}", shape.vcpus, shape.architecture)),
        ("speed of one", format!("{} times the reference core, {}", speed.factor, speed.basis)),
        ("memory", format!("{} GiB", round(shape.memory.as_gib()))),
        ("network", known(shape.network.map(|n| format!("{} Gbit/s sustained", round(n.as_gbit_per_second()))))),
        (
            "to network disks",
            known(shape.remote_disk.map(|d| format!("{} and {} IOPS", d.throughput, d.iops.as_per_second()))),
        ),
        (
            "disks inside",
            shape
                .local_disk
                .map_or("none".into(), |d| format!("{} GB in {} disks", round(d.capacity.as_gb()), disks(d.disks))),
        ),
        ("accelerators", shape.accelerators.to_string()),
        ("on credits", if shape.burstable { "yes" } else { "no" }.into()),
        ("enough to plan", if shape.complete { "yes" } else { "no: network or disk limits are not known" }.into()),
    ];
    let rows = facts.into_iter().map(|(name, fact)| vec![words(name), words(fact)]);
    Table::of(vec![report::Column::words("what"), report::Column::words("as the tables say")], rows)
}

/// The sizes of the same family in the same region, by processors.
fn family(offering: &Offering, paid: &Paid<'_>, view: View) -> Result<Table, Failure> {
    let all = paid.offerings(std::slice::from_ref(&offering.place))?;
    let mut same: Vec<Offering> = all.into_iter().filter(|o| o.shape.family == offering.shape.family).collect();
    same.sort_by(|a, b| {
        a.shape.vcpus.as_vcpus().total_cmp(&b.shape.vcpus.as_vcpus()).then_with(|| a.shape.name.cmp(&b.shape.name))
    });
    let columns = [
        Column::Shape,
        Column::Vcpu,
        Column::MemoryGib,
        Column::NetworkGbps,
        Column::List,
        Column::Price(view.basis),
        Column::UsdPerVcpu,
        Column::UsdPerGib,
    ];
    let columns: Vec<_> = columns.into_iter().filter(|c| *c != Column::List || !paid.is_list()).collect();
    Ok(tables::shown(&same, &columns, view))
}

/// Who says what: what several regions have from the same source stands once.
fn sources(first: &Offering, offers: &[Offer<'_>]) -> Vec<String> {
    let speed = &first.shape.speed;
    let mut lines = vec![
        format!("Hardware: source {} ({}).", first.shape.hardware_source, first.place),
        format!("Speed ({}): {}.", speed.basis, speed.source.trim_end_matches('.')),
    ];
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for (offer, provenance) in offers.iter().filter_map(|offer| Some((offer, offer.said()?))) {
        let note = provenance.note.as_deref().map_or(String::new(), |note| format!("; {note}"));
        let what = format!("{}: source {} as of {}{note}", offer.purchase, provenance.source, provenance.as_of);
        let table = provenance.table.to_string();
        match said.iter_mut().find(|(known, _)| *known == what) {
            Some((_, tables)) => tables.push(table),
            None => said.push((what, vec![table])),
        }
    }
    lines.extend(said.into_iter().map(|(what, tables)| format!("{what} ({}).", tables.join(", "))));
    // What is paid has it in it.
    let listed = |offer: &&Offer<'_>| offer.purchase == Purchase::OnDemand && offer.offering.basis == Basis::List;
    let lowered = offers.iter().filter(listed).filter_map(|offer| {
        let lower = offer.offering.shape.sustained_use?;
        Some(format!("${} in {}", tables::price(lower), offer.offering.place.region))
    });
    let lowered: Vec<String> = lowered.collect();
    if !lowered.is_empty() {
        let hours = lowered.join(", ");
        lines.push(format!("The sustained-use discount lowers an hour on demand, run all month, to {hours}."));
    }
    lines.push("The ids of sources are explained in pricing-data/SOURCES.md.".into());
    lines
}
