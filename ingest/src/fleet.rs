//! What runs, as CSV with a row a thing: `id,provider,region,shape,count,purchase,usd_per_month` for machines,
//! `id,copies,cpu_request,cpu_limit,memory_request,memory_limit` for containers; in any order, all but `id` optional.
//!
//! Names may be as inventories write them (`InstanceId`, `instance_type`). Processors are numbers or millicores (`500m`),
//! memory has a unit, Kubernetes' own too (`512Mi`).
//!
//! ```
//! use plimsoll_ingest::fleet;
//! let held = fleet::read("fleet.csv", &b"id,shape,count\nweb,m5.large,3\n"[..]).unwrap();
//! assert_eq!(held[0].name.0, "web");
//! ```
use crate::problem::Problem;
use crate::reader::nearest;
use crate::series_csv::source::Source;
use csv::ByteRecord;
use plimsoll::catalog::{Place, Provider, Purchase, Region};
use plimsoll::rightsizing::{Held, Requests, Runs};
use plimsoll::telemetry::ResourceName;
use plimsoll::units::{Compute, Data, Money};
use std::collections::HashSet;
use std::io::Read;

/// The most problems that are shown of one file.
const SHOWN: usize = 20;

/// A column, and the names inventories give it; letters and digits only, in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Provider,
    Region,
    Shape,
    Count,
    Purchase,
    Billed,
    CpuRequest,
    CpuLimit,
    MemoryRequest,
    MemoryLimit,
    Copies,
}

const COLUMNS: [(Column, &str, &[&str]); 12] = [
    (Column::Id, "id", &["id", "name", "resource", "resourceid", "instanceid", "instance", "host", "hostname", "vm"]),
    (Column::Provider, "provider", &["provider", "cloud"]),
    (Column::Region, "region", &["region", "location", "regionid"]),
    (Column::Shape, "shape", &["shape", "instancetype", "machinetype", "vmsize", "size", "type"]),
    (Column::Count, "count", &["count", "instances", "number", "desiredcapacity"]),
    (Column::Purchase, "purchase", &["purchase", "purchaseoption", "lifecycle", "pricingmodel"]),
    (Column::Billed, "usd_per_month", &["usdpermonth", "monthlycost", "costpermonth", "cost", "monthly"]),
    (Column::CpuRequest, "cpu_request", &["cpurequest", "cpurequests", "requestedcpu"]),
    (Column::CpuLimit, "cpu_limit", &["cpulimit", "cpulimits"]),
    (Column::MemoryRequest, "memory_request", &["memoryrequest", "memoryrequests", "requestedmemory"]),
    (Column::MemoryLimit, "memory_limit", &["memorylimit", "memorylimits"]),
    (Column::Copies, "copies", &["copies", "replicas", "pods"]),
];

/// Reads what runs from the bytes of a file, plain or packed. `name` is what problems call the file.
///
/// # Errors
/// All mistakes, up to 20 with their places.
pub fn read(name: &str, bytes: impl Read) -> Result<Vec<Held>, Vec<Problem>> {
    let one = |problem| vec![problem];
    let mut source = Source::open(name, bytes).map_err(one)?;
    let Some(header) = source.next().map_err(one)? else {
        return Err(one(
            source.problem_in_whole("the file is empty", "write a header `id,shape,count` and a row a thing")
        ));
    };
    let places = header_places(&header, &source)?;
    let (mut held, mut seen, mut problems) = (Vec::new(), HashSet::new(), Vec::new());
    let mut row = ByteRecord::new();
    while source.next_into(&mut row).map_err(one)? && problems.len() < SHOWN {
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let mut wrong = |place: usize, (what, help): Wrong| problems.push(source.problem(&row, place, what, &help));
        if row.len() != header.len() {
            let what = format!("the row has {} cells, the header has {}", row.len(), header.len());
            wrong(row.len().min(header.len()).saturating_sub(1), (what, "is a separator or a quote missing?".into()));
            continue;
        }
        let cells = Cells { row: &row, places: &places };
        match cells.held() {
            Ok(thing) if !seen.insert(thing.name.clone()) => {
                let what = format!("`{}` stands here a second time", thing.name);
                wrong(cells.place(Column::Id), (what, "give each thing once, with its count".into()));
            }
            Ok(thing) => held.push(thing),
            Err((column, mistake)) => wrong(cells.place(column), mistake),
        }
    }
    if problems.is_empty() && held.is_empty() {
        problems
            .push(source.problem_in_whole("nothing runs: the file has a header and no rows", "write a row a thing"));
    }
    if problems.is_empty() { Ok(held) } else { Err(problems) }
}

/// What is wrong, and what would do.
type Wrong = (String, String);

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where each column stands. A column that is none of these is an inventory's own and is passed over, unless its name is
/// nearly one of them.
fn header_places<R: Read>(header: &ByteRecord, source: &Source<R>) -> Result<Vec<(Column, usize)>, Vec<Problem>> {
    let mut places: Vec<(Column, usize)> = Vec::new();
    let mut problems = Vec::new();
    for (at, cell) in header.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        let name = plain(&text);
        let known = COLUMNS.iter().find(|(_, _, names)| names.contains(&name.as_str()));
        match known {
            Some((column, word, _)) if places.iter().any(|(c, _)| c == column) => {
                let what = format!("two columns are read as `{word}`");
                problems.push(source.problem(header, at, what, "rename or remove one of them"));
            }
            Some((column, ..)) => places.push((*column, at)),
            None => {
                let words = COLUMNS.map(|(_, word, _)| word);
                if let Some(near) = nearest::nearest(text.trim(), &words) {
                    let what = format!("`{}` is no column of a fleet file", text.trim());
                    problems.push(source.problem(header, at, what, &format!("did you mean `{near}`?")));
                }
            }
        }
    }
    if problems.is_empty() && !places.iter().any(|(column, _)| *column == Column::Id) {
        let words: Vec<&str> = COLUMNS.iter().map(|(_, word, _)| *word).collect();
        let help = format!("columns are {}; `id` is needed", words.join(", "));
        problems.push(source.problem(header, 0, "no column names the things that run".into(), &help));
    }
    if problems.is_empty() { Ok(places) } else { Err(problems) }
}

/// The cells of a row.
struct Cells<'r> {
    row: &'r ByteRecord,
    places: &'r [(Column, usize)],
}

impl Cells<'_> {
    fn place(&self, column: Column) -> usize {
        self.places.iter().find(|(c, _)| *c == column).map_or(0, |(_, at)| *at)
    }
    fn text(&self, column: Column) -> Option<String> {
        let (_, at) = self.places.iter().find(|(c, _)| *c == column)?;
        let text = String::from_utf8_lossy(&self.row[*at]).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }
    fn read<T>(&self, column: Column, read: impl Fn(&str) -> Result<T, Wrong>) -> Result<Option<T>, (Column, Wrong)> {
        self.text(column).map(|text| read(&text)).transpose().map_err(|wrong| (column, wrong))
    }

    fn held(&self) -> Result<Held, (Column, Wrong)> {
        let needs =
            |column: Column, word: &str| (column, (format!("the {word} is empty"), "each row needs one".into()));
        let name = self.text(Column::Id).ok_or_else(|| needs(Column::Id, "id"))?;
        let requests = Requests {
            cpu: self.read(Column::CpuRequest, processors)?,
            cpu_limit: self.read(Column::CpuLimit, processors)?,
            memory: self.read(Column::MemoryRequest, memory)?,
            memory_limit: self.read(Column::MemoryLimit, memory)?,
        };
        let count = self.read(Column::Count, whole)?;
        let copies = self.read(Column::Copies, whole)?;
        let purchase = self.read(Column::Purchase, purchase)?.unwrap_or(Purchase::OnDemand);
        let runs = match self.text(Column::Shape) {
            Some(shape) => Runs::Machines { shape, count: count.or(copies).unwrap_or(1), purchase },
            None if requests != Requests::default() => {
                Runs::Container { requests, copies: copies.or(count).unwrap_or(1) }
            }
            None => Runs::Unknown,
        };
        let provider = self.read(Column::Provider, provider)?;
        let place = match (provider, self.text(Column::Region)) {
            (Some(provider), Some(region)) => Some(Place { provider, region: Region(region) }),
            (None, Some(_)) => return Err(needs(Column::Region, "provider of this region")),
            _ => None,
        };
        let billed = self.read(Column::Billed, dollars)?;
        Ok(Held { name: ResourceName(name), runs, place, billed })
    }
}

fn whole(text: &str) -> Result<u32, Wrong> {
    let wrong = || (format!("cannot read `{text}` as a number of things"), "write a whole number from 1 on".to_owned());
    text.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)
}

fn purchase(text: &str) -> Result<Purchase, Wrong> {
    let text = text.to_lowercase();
    let usual = match text.as_str() {
        "ondemand" | "on demand" | "normal" | "scheduled" => "on-demand",
        other => other,
    };
    usual.parse().map_err(|error: plimsoll::catalog::UnknownPurchase| (error.to_string(), String::new()))
}

fn provider(text: &str) -> Result<Provider, Wrong> {
    text.to_lowercase().parse().map_err(|error: plimsoll::catalog::UnknownProvider| (error.to_string(), String::new()))
}

fn dollars(text: &str) -> Result<Money, Wrong> {
    let number = text.trim_start_matches('$').replace(' ', "");
    let wrong = || (format!("cannot read `{text}` as dollars a month"), "write 1204.50, without separators".to_owned());
    number.parse().ok().filter(|money| *money >= Money::ZERO).ok_or_else(wrong)
}

fn processors(text: &str) -> Result<Compute, Wrong> {
    let wrong = || (format!("cannot read `{text}` as processors"), "write 0.5 or 500m".to_owned());
    let (number, scale) = text.strip_suffix('m').map_or((text, 1.0), |number| (number, 1e-3));
    let number: f64 = number.trim().parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0).ok_or_else(wrong)?;
    Ok(Compute::vcpus(number * scale))
}

fn memory(text: &str) -> Result<Data, Wrong> {
    let kubernetes = ["Ki", "Mi", "Gi", "Ti"].iter().any(|unit| text.ends_with(unit));
    let written = if kubernetes { format!("{text}B") } else { text.to_owned() };
    written.parse().map_err(|error: plimsoll::units::UnitError| (error.to_string(), error.help()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        read("f.csv", text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn machines_and_containers_are_read() {
        let text = "InstanceId,provider,region,InstanceType,count,purchase,usd_per_month,owner\n\
                    i-1,aws,us-east-1,m5.large,3,1y,$120.50,us\ni-2,,,c5.large,,,,\n";
        let held = read("f.csv", text.as_bytes()).unwrap();
        let purchase: Purchase = "1y".parse().unwrap();
        assert_eq!(held[0].runs, Runs::Machines { shape: "m5.large".into(), count: 3, purchase });
        assert_eq!(held[0].place.as_ref().unwrap().to_string(), "aws/us-east-1");
        assert_eq!(held[0].billed.unwrap().exact(), "120.5");
        assert_eq!((held[1].place.clone(), held[1].billed), (None, None));
        let pods = read("f.csv", &b"name;replicas;cpu_request;memory_request\napi;4;250m;512Mi\n"[..]).unwrap();
        let Runs::Container { requests, copies } = pods[0].runs else { panic!("a container") };
        assert_eq!((requests.cpu, requests.memory, copies), (Some(Compute::vcpus(0.25)), Some(Data::mib(512.0)), 4));
    }

    #[test]
    fn mistakes_are_told_with_their_places() {
        assert_eq!(
            shown("id,shap\nweb,m5.large\n"),
            "f.csv:1:4: `shap` is no column of a fleet file\n  | id,shap\n  |    ^^^^\n  = did you mean `shape`?"
        );
        let wrong = shown("id,shape,count\nweb,m5.large,0\n,c5.large,1\nweb2,m5.large,1\nweb2,m5.large,2\nx,y\n");
        let lines: Vec<&str> = wrong.lines().filter(|line| line.starts_with("f.csv")).collect();
        assert_eq!(
            lines,
            [
                "f.csv:2:14: cannot read `0` as a number of things",
                "f.csv:3:1: the id is empty",
                "f.csv:5:1: `web2` stands here a second time",
                "f.csv:6:3: the row has 2 cells, the header has 3",
            ]
        );
        assert!(shown("shape\nm5.large\n").contains("no column names the things that run"));
        assert!(shown("id,memory_request\na,512\n").contains("`512`"));
        assert!(shown("").contains("the file is empty") && shown("id\n").contains("nothing runs"));
    }
}
