//! The machines on offer: a list to filter, sort and page through; some in full, or side by side.
use super::address::Address;
use super::answer::answered;
use super::copies::{copy, links};
use super::fields::{Field, fields};
use super::frame::{self, Frame, Mistake, page as framed};
use crate::asking::Asking;
use crate::front::{Front, Shared};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use plimsoll::report::{Align, Block, Report, html};
use plimsoll_desk::price_columns;

/// Rows of a page.
const ROWS: usize = 100;

/// The columns of a list that names none.
const COLUMNS: [&str; 11] = [
    "shape",
    "region",
    "arch",
    "vcpu",
    "memory_gib",
    "network_gbps",
    "on_demand",
    "1y",
    "spot",
    "usd_per_vcpu",
    "usd_per_gib",
];

#[derive(Template)]
#[template(path = "prices.html")]
struct List<'a> {
    frame: Frame<'a>,
    verdict: String,
    condition: String,
    mistakes: Vec<Mistake>,
    notes: Vec<String>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    /// The columns that there are, and whether they are shown.
    columns: Vec<(&'static str, bool)>,
    /// The regions, after their providers, and whether they are looked at.
    regions: Vec<(&'static str, String, bool)>,
    hidden: Vec<(String, String)>,
    before: String,
    after: String,
    copies: Vec<(&'static str, &'static str, String)>,
}

/// The head of a column.
struct Head {
    name: String,
    href: String,
    /// `ascending`, `descending`, or nothing where the rows do not stand by it.
    order: &'static str,
    is_number: bool,
}

struct Row {
    shape: String,
    href: String,
    cells: Vec<(String, bool)>,
}

/// `GET /prices`.
pub(super) async fn list(State(front): State<Shared>, request: Request) -> Response {
    let address = Address::of(request.uri());
    let asked: Vec<&str> = address.all("columns").collect();
    let columns: Vec<String> =
        if asked.is_empty() { &COLUMNS[..] } else { &asked }.iter().map(|c| (*c).to_owned()).collect();
    let number: usize = address.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 10_000);
    let mut asking = Asking::of("prices list");
    let said = ["where", "sort", "provider", "region", "purchase", "as-of"];
    let flags =
        said.into_iter().flat_map(|name| address.all(name).map(move |value| (name.to_owned(), value.to_owned())));
    asking.flags = flags.collect();
    asking.flags.push(("columns".into(), columns.join(",")));
    if address.get("as").is_none() {
        asking.flags.push(("limit".into(), ROWS.to_string()));
        asking.flags.push(("skip".into(), ((number - 1) * ROWS).to_string()));
    } else {
        asking.flags.push(("limit".into(), "0".into()));
    }
    answered(&front, "/prices", Ok(asking), move |front, outcome| {
        let mut page = blank(front, &address, &columns);
        match outcome {
            Ok(answered) => {
                if let Some(copy) = copy(&address, "prices", &answered) {
                    return copy;
                }
                let report = answered.report().expect("machines are listed in a report");
                filled(&mut page, &address, &columns, number, report);
                framed(StatusCode::OK, &page)
            }
            Err(failure) => {
                page.mistakes = failure.problems.iter().map(Mistake::from).collect();
                framed(StatusCode::BAD_REQUEST, &page)
            }
        }
    })
    .await
}

fn blank<'a>(front: &'a Front, address: &Address, columns: &[String]) -> List<'a> {
    let is_seen = |name: &str| address.all("region").any(|region| region == name);
    let regions = front.catalogs.regions().into_iter();
    List {
        frame: Frame::new(front, "/prices", "Prices"),
        verdict: "This was not understood.".into(),
        condition: address.all("where").collect::<Vec<_>>().join(" && "),
        mistakes: Vec::new(),
        notes: Vec::new(),
        heads: Vec::new(),
        rows: Vec::new(),
        columns: price_columns().into_iter().map(|name| (name, columns.iter().any(|shown| shown == name))).collect(),
        regions: regions.map(|(provider, region)| (provider, region.clone(), is_seen(&region))).collect(),
        hidden: address.without("page").without("as").hidden(&["where", "region", "columns"]),
        before: String::new(),
        after: String::new(),
        copies: Vec::new(),
    }
}

fn filled(page: &mut List<'_>, address: &Address, columns: &[String], number: usize, report: Report) {
    page.verdict = report.verdict;
    page.copies = links(&address.without("page"), "/prices");
    for block in report.sections.into_iter().flat_map(|section| section.blocks) {
        match block {
            Block::Table(table) => {
                let named = table.columns.iter().zip(columns);
                page.heads = named
                    .map(|(head, name)| Head {
                        is_number: head.align == Align::Right,
                        ..sorting(address, &head.name, name)
                    })
                    .collect();
                let at = columns.iter().position(|name| name == "shape");
                let is_number: Vec<bool> = table.columns.iter().map(|column| column.align == Align::Right).collect();
                let row = |cells: Vec<plimsoll::report::Cell>| {
                    let cells: Vec<(String, bool)> =
                        cells.iter().map(plimsoll::report::Cell::shown).zip(is_number.iter().copied()).collect();
                    let shape = at.map(|at| cells[at].0.clone()).unwrap_or_default();
                    let href = address.without("page").with("name", &shape).at("/prices/show");
                    Row { shape, href, cells }
                };
                page.rows = table.rows.into_iter().map(row).collect();
            }
            Block::List(notes) => page.notes.extend(notes),
            _ => {}
        }
    }
    let at = |number: usize| address.with("page", &number.to_string()).at("/prices");
    page.before = if number > 1 { at(number - 1) } else { String::new() };
    page.after = if page.rows.len() == ROWS { at(number + 1) } else { String::new() };
}

/// The head of a column, with the address of the list in its order: the other way round, if it stands so already.
fn sorting(address: &Address, shown: &str, name: &str) -> Head {
    let sort = address.get("sort").unwrap_or("on_demand");
    let (by, direction) = sort.split_once(':').unwrap_or((sort, "asc"));
    let (order, next) = match (by == name, direction) {
        (true, "desc") => ("descending", name.to_owned()),
        (true, _) => ("ascending", format!("{name}:desc")),
        _ => ("", name.to_owned()),
    };
    let href = address.without("page").with("sort", &next).at("/prices");
    Head { name: shown.to_owned(), href, order, is_number: false }
}

#[derive(Template)]
#[template(path = "machines.html")]
struct Machines<'a> {
    frame: Frame<'a>,
    verdict: String,
    sections: String,
    copies: Vec<(&'static str, &'static str, String)>,
    list: String,
    path: &'a str,
    names: String,
    fields: Vec<Field>,
}

/// `GET /prices/show`.
pub(super) async fn show(State(front): State<Shared>, request: Request) -> Response {
    machines(front, "prices show", "/prices/show", request.uri()).await
}

/// `GET /prices/compare`.
pub(super) async fn compare(State(front): State<Shared>, request: Request) -> Response {
    machines(front, "prices compare", "/prices/compare", request.uri()).await
}

/// Machines by name, however many names a field holds.
async fn machines(front: Shared, question: &'static str, path: &'static str, uri: &Uri) -> Response {
    let address = Address::of(uri);
    let mut asking = Asking::of(question);
    let split =
        |name: &str| name.split([',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    asking.inputs = address.all("name").flat_map(split).collect();
    let names = asking.inputs.join(" ");
    let said = ["provider", "region", "purchase", "as-of"];
    let flags =
        said.into_iter().flat_map(|name| address.all(name).map(move |value| (name.to_owned(), value.to_owned())));
    asking.flags = flags.collect();
    answered(&front, path, Ok(asking), move |front, outcome| match outcome {
        Ok(answered) => {
            if let Some(copy) = copy(&address, "prices", &answered) {
                return copy;
            }
            let report = answered.report().expect("machines are shown in a report");
            let page = Machines {
                frame: Frame::new(front, path, names.as_str()),
                sections: html::sections(&report),
                verdict: report.verdict,
                copies: links(&address, path),
                list: address.without("name").at("/prices"),
                path,
                names,
                fields: fields(question, &address, None),
            };
            framed(StatusCode::OK, &page)
        }
        Err(failure) => frame::failed(front, path, &failure),
    })
    .await
}
