//! What every table of the crate promises its readers, and what `SOURCES.md` says of them.

#[path = "tables/electricity.rs"]
mod electricity;
#[path = "tables/row.rs"]
mod row;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use plimsoll_prices::{Table, providers, regions, tables};
use row::{Row, named, rows};

const SOURCES: &str = include_str!("../SOURCES.md");

/// The columns that hold a price, in whatever table.
const PRICES: [&str; 13] = [
    "on_demand",
    "spot",
    "sustained_use",
    "commit_1y",
    "commit_1y_upfront",
    "commit_3y",
    "commit_3y_upfront",
    "flexible_1y",
    "flexible_3y",
    "price",
    "committed",
    "upfront_total",
    "amount",
];

/// What the providers state to be free: table, first columns of the row.
const FREE: [(&str, &str); 11] = [
    ("aws/ap-northeast-1/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/ap-south-1/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/ap-southeast-1/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/eu-central-1/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/eu-west-1/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/us-east-1/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/us-east-2/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("aws/us-west-2/object_storage", "glacier-flexible,3az,retrieval-bulk,GB,,,0,"),
    ("azure/any/network", "cross-az,any,same-region,GB,0,inf,0,"),
    ("azure/any/network", "internet-egress,any,internet,GB,0,100,0,"),
    ("gcp/europe-north1/network", "internet-egress-standard-tier,europe-north1,internet,GiB,0,200,0,"),
];

/// Ladders whose last price is not sourced: above their end a reader must refuse.
const UNFINISHED: [(&str, &str); 3] = [
    ("azure/any/network", "internet-egress any internet GB"),
    ("azure/edge/network", "cdn-egress zone1 internet GB"),
    ("gcp/us-central1/network", "storage-internet-egress us-central1 worldwide GiB"),
];

/// The tables `SOURCES.md` speaks of: all but the ratings, whose sources stand in `SPEED.md`.
fn carried() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|table| table.name != "speed")
}

/// The rows of the table of `SOURCES.md` whose first column has this head, cell by cell.
fn listed(head: &str) -> Vec<Vec<&'static str>> {
    let from = SOURCES.lines().skip_while(|line| !line.starts_with(&format!("| {head} |"))).skip(2);
    let listed = from.take_while(|line| line.starts_with('|'));
    listed.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

#[test]
fn the_tables_have_as_many_rows_as_sources_says() {
    let mut counted: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for table in carried() {
        *counted.entry((table.name, table.provider)).or_default() += rows(table).len();
    }
    let mut told = BTreeMap::new();
    for row in listed("table") {
        for (provider, count) in providers().into_iter().zip(&row[1..]) {
            told.insert((row[0], provider), count.replace(',', "").parse().expect("a count"));
        }
    }
    assert_eq!(counted.remove(&("places", "")), Some(24), "three providers with eight regions each");
    // Derived from the others, and told beside the list.
    for name in ["machine_power", "grid"] {
        let count = counted.remove(&(name, "")).expect("the table is there").to_string();
        assert!(SOURCES.contains(&format!("`{name}.csv` ({count} rows)")), "{name} has {count} rows");
    }
    assert_eq!(counted, told);
}

#[test]
fn text_needs_no_quotes_and_every_row_has_every_column() {
    for table in tables() {
        assert!(!table.text.contains(['"', '\r']), "{}", table.path());
        assert!(table.text.ends_with('\n') && !table.text.ends_with("\n\n"), "{}", table.path());
        let columns = |line: &str| line.split(',').count();
        let expected = columns(table.text.lines().next().expect("a header"));
        for line in table.text.lines() {
            assert_eq!(columns(line), expected, "{}: {line}", table.path());
        }
    }
}

#[test]
fn tables_of_one_name_have_the_same_columns() {
    let mut headers: HashMap<&str, &str> = HashMap::new();
    for table in tables() {
        let header = table.text.lines().next().expect("a header");
        assert_eq!(*headers.entry(table.name).or_insert(header), header, "{}", table.path());
    }
}

#[test]
fn every_row_has_a_listed_source_and_a_date() {
    let known: BTreeSet<&str> = listed("id").into_iter().map(|row| row[0]).collect();
    let mut used = BTreeSet::new();
    for table in carried() {
        for row in rows(table) {
            let mut sourced = 0;
            for (column, cell) in row.cells.iter().filter(|(column, _)| column.ends_with("source")) {
                for source in cell.split('|').filter(|source| !source.is_empty()) {
                    let source = known.get(source).unwrap_or_else(|| panic!("{source} in {}", table.path()));
                    used.insert(*source);
                    sourced += 1;
                }
                let date = &row.cells.get(&column.replace("source", "as_of"));
                if let Some(date) = date {
                    let dates: Vec<&str> = date.split('|').filter(|date| !date.is_empty()).collect();
                    assert!(dates.iter().all(|date| is_iso_day(date)), "{}: {}", table.path(), row.line);
                    assert_eq!(dates.is_empty(), cell.is_empty(), "{}: {}", table.path(), row.line);
                }
            }
            assert!(sourced > 0, "{}: {}", table.path(), row.line);
        }
    }
    assert_eq!(used, known, "SOURCES.md lists what the tables use, and nothing else");
    assert!(!used.contains("Z4") && !used.contains("Z8"), "left out: copyleft, and unknown");
}

fn is_iso_day(date: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let within = |part: &str, last: u32| part.len() == 2 && (1..=last).contains(&part.parse().unwrap_or(0));
    year.len() == 4 && digits(year) && digits(month) && digits(day) && within(month, 12) && within(day, 31)
}

#[test]
fn every_price_is_positive_but_for_what_is_stated_free() {
    let mut free = BTreeSet::new();
    for table in tables() {
        for row in rows(table) {
            for column in PRICES.into_iter().filter(|column| row.has(column)) {
                let Some(price) = row.number(column) else { continue };
                assert!(price.is_finite() && price >= 0.0, "{}: {}", table.path(), row.line);
                if price == 0.0 {
                    let stated = FREE.iter().find(|(at, start)| *at == table.path() && row.line.starts_with(start));
                    free.insert(stated.unwrap_or_else(|| panic!("free? {}: {}", table.path(), row.line)));
                }
            }
        }
    }
    assert_eq!(free.len(), FREE.len());
}

#[test]
fn only_limits_lack_a_price() {
    for table in tables() {
        for row in rows(table).iter().filter(|row| row.has("price") && row.text("price").is_empty()) {
            assert_eq!(row.text("component"), "limits", "{}: {}", table.path(), row.line);
        }
    }
    for (table, machines) in named("compute") {
        assert!(machines.iter().all(|row| row.number("on_demand").is_some()), "{}", table.path());
    }
}

#[test]
fn a_processor_costs_about_what_it_costs_in_the_rest_of_its_family() {
    for (table, machines) in named("compute") {
        let mut families: HashMap<&str, Vec<f64>> = HashMap::new();
        for row in &machines {
            families.entry(row.text("family")).or_default().push(per_processor(row));
        }
        for prices in families.values_mut() {
            prices.sort_by(f64::total_cmp);
        }
        for row in &machines {
            let prices = &families[row.text("family")];
            let of_median = per_processor(row) / prices[prices.len() / 2];
            // The smallest burstable machines sell a twentieth of a processor as a whole one.
            let least = if row.text("burstable") == "yes" { 0.1 } else { 0.2 };
            assert!((least..=5.0).contains(&of_median), "{}: {of_median} of {}", table.path(), row.line);
        }
    }
}

fn per_processor(row: &Row) -> f64 {
    row.number("on_demand").expect("a price") / row.number("vcpu").expect("processors")
}

#[test]
fn whatever_is_interruptible_or_committed_is_not_dearer_than_on_demand() {
    for (table, machines) in named("compute") {
        for row in &machines {
            let on_demand = row.number("on_demand").expect("a price");
            for column in &PRICES[1..9] {
                let cheaper = row.number(column).is_none_or(|price| price <= on_demand);
                assert!(cheaper, "{column} in {}: {}", table.path(), row.line);
            }
            let basis = match (row.number("spot"), table.provider) {
                (None, _) => "",
                (Some(_), "aws") => "derived",
                (Some(_), _) => "published",
            };
            assert_eq!(row.text("spot_basis"), basis, "{}: {}", table.path(), row.line);
        }
    }
}

#[test]
fn a_row_is_complete_when_the_limits_of_the_machine_are_known() {
    let mut complete: BTreeMap<&str, usize> = BTreeMap::new();
    for (table, machines) in named("compute") {
        for row in &machines {
            let known = |column: &&str| row.number(column).is_some_and(|number| number > 0.0);
            let all = ["vcpu", "memory_gib", "network_gbps", "disk_mbps", "disk_iops"].iter().all(known);
            assert_eq!(row.text("complete"), if all { "yes" } else { "no" }, "{}: {}", table.path(), row.line);
            assert!(["vcpu", "memory_gib"].iter().all(known), "{}: {}", table.path(), row.line);
            assert!(["yes", "no"].contains(&row.text("burstable")), "{}: {}", table.path(), row.line);
            for (sustained, burst) in [
                ("network_gbps", "network_burst_gbps"),
                ("disk_mbps", "disk_burst_mbps"),
                ("disk_iops", "disk_burst_iops"),
            ] {
                if let (Some(sustained), Some(burst)) = (row.number(sustained), row.number(burst)) {
                    assert!(sustained <= burst, "{}: {}", table.path(), row.line);
                }
            }
            assert_ne!(row.number("local_disk_gb"), Some(0.0), "no disk is an empty cell: {}", row.line);
            assert_ne!(row.number("local_disks"), Some(0.0), "no disk is an empty cell: {}", row.line);
            *complete.entry(table.provider).or_default() += usize::from(all);
        }
    }
    assert_eq!(complete, BTreeMap::from([("aws", 6_403), ("azure", 543), ("gcp", 0)]));
}

#[test]
fn a_disk_that_is_many_is_listed_by_its_total() {
    for (shape, total, disks) in [
        ("i3.8xlarge", 7600.0, 4.0),
        ("m5d.large", 75.0, 1.0),
        ("i4i.16xlarge", 15000.0, 4.0),
        ("d3.2xlarge", 11880.0, 6.0),
    ] {
        let machines = rows(plimsoll_prices::find("aws", "us-east-1", "compute").expect("a region of the crate"));
        let row = machines.iter().find(|row| row.text("shape") == shape).expect("a shape of the region");
        assert_eq!((row.number("local_disk_gb"), row.number("local_disks")), (Some(total), Some(disks)), "{shape}");
    }
}

#[test]
fn tiers_follow_one_another_without_gap_or_overlap() {
    let mut unfinished = BTreeSet::new();
    for table in tables() {
        let (key, suffix): (&[&str], &str) = match table.name {
            "network" => (&["kind", "from", "to", "unit"], "_gb"),
            "object_storage" => (&["class", "redundancy", "component", "unit"], "_gb"),
            "block_storage" => (&["volume", "component", "unit"], ""),
            _ => continue,
        };
        let (from, to) = (format!("tier_from{suffix}"), format!("tier_to{suffix}"));
        let mut ladders: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in rows(table) {
            let key = key.iter().map(|column| row.text(column)).collect::<Vec<_>>().join(" ");
            ladders.entry(key).or_default().push(row);
        }
        for (key, ladder) in ladders {
            let place = format!("{}: {key}", table.path());
            if ladder[0].text(&from).is_empty() {
                assert!(ladder.len() == 1 && ladder[0].text(&to).is_empty(), "one price, or tiers: {place}");
                continue;
            }
            // What is included in a volume's price is not sold again: there the first tier starts behind it.
            let included = match ladder[0].cells.get("component").map(String::as_str) {
                Some("iops") => ladder[0].number("included_iops"),
                Some("throughput") => ladder[0].number("included_mbps"),
                _ => None,
            };
            let mut expected = included.unwrap_or(0.0);
            for row in &ladder {
                assert_eq!(row.number(&from), Some(expected), "{place}");
                let end = row.number(&to).expect("a tier has an end");
                assert!(end > expected, "{place}");
                expected = end;
            }
            if expected.is_finite() {
                let known = UNFINISHED.iter().find(|(at, ladder)| *at == table.path() && *ladder == key);
                unfinished.insert(known.unwrap_or_else(|| panic!("ends at {expected}: {place}")));
            }
        }
    }
    assert_eq!(unfinished.len(), UNFINISHED.len());
}

#[test]
fn nothing_is_priced_twice() {
    for table in tables() {
        let key: &[&str] = match table.name {
            "compute" => &["shape"],
            "block_storage" => &["volume", "component", "unit", "tier_from"],
            "object_storage" => &["class", "redundancy", "component", "tier_from_gb"],
            "network" => &["kind", "from", "to", "tier_from_gb"],
            "managed" => &["service", "engine", "deployment", "component", "sku", "unit"],
            "commitments" => &["kind", "scope", "name", "term_years", "payment", "note"],
            "carbon" => &["region", "year", "source"],
            "allowances" => &["service", "what"],
            _ => continue,
        };
        let mut seen = BTreeSet::new();
        for row in rows(table) {
            let key: Vec<String> = key.iter().map(|column| row.text(column).to_owned()).collect();
            assert!(seen.insert(key), "{}: {}", table.path(), row.line);
        }
    }
}

#[test]
fn places_are_the_regions_with_machines_and_peers_are_one_each() {
    let places = rows(plimsoll_prices::find("", "", "places").expect("spans the providers"));
    for provider in providers() {
        let here: Vec<&Row> = places.iter().filter(|row| row.text("provider") == provider).collect();
        assert_eq!(here.iter().map(|row| row.text("region")).collect::<Vec<_>>(), regions(provider));
        let peers: BTreeSet<&str> = here.iter().map(|row| row.text("peer")).collect();
        assert_eq!(peers.len(), here.len(), "{provider}: one region a peer");
        assert!(here.iter().all(|row| row.number("zones").is_some_and(|zones| zones >= 3.0)), "{provider}");
    }
}

#[test]
fn an_allowance_within_the_tiers_is_a_tier_without_a_price() {
    for (table, allowances) in named("allowances") {
        for allowance in &allowances {
            let tier = format!(",{},0,{},0,", allowance.text("unit"), allowance.text("amount"));
            let networks = named("network").filter(|(network, _)| network.provider == table.provider);
            let free = networks
                .flat_map(|(_, rows)| rows)
                .any(|row| row.text("kind") == allowance.text("what") && row.line.contains(&tier));
            assert_eq!(allowance.text("in_tiers"), if free { "yes" } else { "no" }, "{}", allowance.line);
        }
    }
}
