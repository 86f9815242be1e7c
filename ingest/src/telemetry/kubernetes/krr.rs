//! KRR, the Kubernetes Resource Recommender: what containers ask for and what it says they should, as CSV.
//!
//! github.com/robusta-dev/krr, `formatters/csv.py`: cells read `(-0.1) 0.2 -> 0.1`, that is change, today and advice; `unset`
//! is nothing and `?` unknown. There are no series in it: it tells facts of workloads, named `namespace/name/container`.
use super::quantity;
use crate::problem::Problem;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::table::{self, Row, Table};
use crate::telemetry::text::Text;
use plimsoll::telemetry::{Facts, Reservation};
use plimsoll::units::{Compute, Data, Share};

/// See the module.
pub(in crate::telemetry) struct Krr;

const MARKS: [&str; 7] =
    ["CPU Requests", "Namespace", "Name", "Container", "CPU Limits", "Memory Requests", "Memory Limits"];

impl Format for Krr {
    fn name(&self) -> &'static str {
        "KRR CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let header = table::header(head);
        let has = |mark: &&str| header.iter().any(|name| name == *mark);
        let share = MARKS.iter().filter(|mark| has(mark)).count() as f64 / MARKS.len() as f64;
        Share::of_one(if MARKS[..4].iter().all(|mark| header.contains(&(*mark).to_owned())) { share } else { 0.0 })
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        let mut table = match Table::open(text) {
            Ok(table) => table,
            Err(problem) => return to.wrong(|| problem),
        };
        let mut header: Vec<String> = Vec::new();
        // Rows of further containers of a workload leave what they share with the row above blank.
        let mut workload = (String::new(), String::new());
        loop {
            match table.next() {
                Ok(Some(row)) if header.is_empty() => header = row.cells().map(str::to_owned).collect(),
                Ok(Some(row)) => {
                    to.row();
                    match take(&header, &row, &mut workload) {
                        Ok((resource, facts)) => {
                            to.used();
                            to.facts(resource, facts);
                        }
                        Err(problem) => to.mistake(|| problem),
                    }
                }
                Ok(None) => return,
                Err(problem) => return to.wrong(|| problem),
            }
        }
    }
}

fn take(header: &[String], row: &Row<'_>, workload: &mut (String, String)) -> Result<(String, Facts), Problem> {
    row.as_wide_as(header.len())?;
    let place = |name: &str| header.iter().position(|column| column == name);
    let cell = |name: &str| place(name).map_or("", |at| row.cell(at));
    if !cell("Namespace").is_empty() {
        cell("Namespace").clone_into(&mut workload.0);
    }
    if !cell("Name").is_empty() {
        cell("Name").clone_into(&mut workload.1);
    }
    let pair = |name: &str| match place(name) {
        Some(at) => change(row.cell(at)).ok_or_else(|| {
            let what = format!("cannot read `{}` as a change of an amount", row.cell(at));
            row.problem(at, what, "changes are written (-0.1) 0.2 -> 0.1")
        }),
        None => Ok((None, None)),
    };
    let (cpu, advised_cpu) = pair("CPU Requests")?;
    let (memory, advised_memory) = pair("Memory Requests")?;
    let (cpu_limit, advised_cpu_limit) = pair("CPU Limits")?;
    let (memory_limit, advised_memory_limit) = pair("Memory Limits")?;
    let kept = |cpu: Option<f64>, memory: Option<f64>| Reservation {
        cpu: cpu.map(Compute::vcpus),
        memory: memory.map(Data::bytes),
    };
    let facts = Facts {
        request: kept(cpu, memory),
        limit: kept(cpu_limit, memory_limit),
        advised_request: kept(advised_cpu, advised_memory),
        advised_limit: kept(advised_cpu_limit, advised_memory_limit),
        ..Facts::default()
    };
    Ok((format!("{}/{}/{}", workload.0, workload.1, cell("Container")), facts))
}

type Amounts = (Option<f64>, Option<f64>);

/// What is today, and what is advised; none if the cell is something else.
fn change(cell: &str) -> Option<Amounts> {
    if cell.is_empty() || cell == "unset" {
        return Some((None, None));
    }
    // The change itself follows from the two.
    let rest = if cell.starts_with('(') { cell.split_once(')')?.1 } else { cell };
    let (today, advice) = rest.split_once("->")?;
    let amount = |text: &str| match text.trim() {
        "unset" | "none" | "?" | "" => Some(None),
        text => quantity::read(text).map(Some),
    };
    Some((amount(today)?, amount(advice)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{ResourceName, Telemetry};

    const FILE: &str = "Namespace,Name,Pods,Old Pods,Type,Container,CPU Diff,CPU Requests,CPU Limits,Memory Diff,Memory Requests,Memory Limits\n\
        shop,web,2,0,Deployment,app,-200m,(-100m) 200m -> 100m,500m -> unset,,(+256Mi) 256Mi -> 512Mi,1Gi -> 512Mi\n\
        ,,,,,proxy,,unset -> 10m,unset,,? -> ?,unset\n";

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        let mut to = Collector::new(false);
        to.begin("x.csv", Krr.name(), Share::ALL);
        Krr.read(Text::of("x.csv", text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn changes_are_facts_and_advice() {
        assert_eq!(Krr.detect(&Head::new(FILE.as_bytes(), true)), Share::ALL);
        let read = read(FILE).unwrap();
        let app = &read.facts[&ResourceName("shop/web/app".into())];
        assert_eq!((app.request.cpu, app.advised_request.cpu), (Some(Compute::vcpus(0.2)), Some(Compute::vcpus(0.1))));
        assert_eq!((app.limit.cpu, app.advised_limit.cpu), (Some(Compute::vcpus(0.5)), None));
        assert_eq!(app.advised_request.memory, Some(Data::mib(512.0)));
        let proxy = &read.facts[&ResourceName("shop/web/proxy".into())];
        assert_eq!((proxy.request, proxy.advised_request.cpu), (Reservation::default(), Some(Compute::vcpus(0.01))));
        assert_eq!((read.reading.rows_used, read.metrics.len()), (2, 0));
    }

    #[test]
    fn what_is_no_change_is_told() {
        let problem = &read(&FILE.replace("(-100m) 200m -> 100m", "200m to 100m")).unwrap_err()[0];
        assert_eq!((problem.line, problem.what.as_str()), (2, "cannot read `200m to 100m` as a change of an amount"));
        let problem = &read(&format!("{FILE}shop\n")).unwrap_err()[0];
        assert_eq!((problem.line, problem.what.as_str()), (4, "the row has 1 cells, the header 12"));
    }
}
