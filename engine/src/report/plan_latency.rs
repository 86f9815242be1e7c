//! The part of the plan report about the latency promise: what each hop may take of it, and what a millisecond is worth.
use super::{Bar, Block, Cell, Chart, Column, Plot, Table};
use crate::plan::{Hop, LatencyDivision, Moved, PlanAnswer};
use crate::units::{Money, Quantity, Share, Span};

/// The hops with their parts of the promise, where there is a promise and more than one hop.
pub(super) fn latency_budget(answer: &PlanAnswer) -> Vec<Block> {
    let Some(division) = &answer.chosen.latency_division else { return Vec::new() };
    vec![Block::Table(hops(division)), waterfall(division), Block::List(prices(division, answer.worlds > 1))]
}

fn hops(division: &LatencyDivision) -> Table {
    let columns = vec![
        Column::words("hop"),
        Column::numbers("visits"),
        Column { name: format!("{} each", division.promise.name()).into(), ..Column::numbers("") },
        Column::numbers("budget"),
        Column::numbers("share"),
        Column::numbers("buys a ms at"),
        Column::numbers("saves for a ms"),
        Column::numbers("each 1 ms faster"),
    ];
    let row = |(i, hop): (usize, &Hop)| {
        let path = |field: &str| format!("chosen.latency_budget.hops.{i}.{field}");
        vec![
            Cell::from(hop.name.0.as_str()),
            Cell::from(format!("{:.2}", hop.visits.get())).explained(path("visits")),
            hop.own.map_or(Cell::Unknown, Cell::Span).explained(path("own_seconds")),
            Cell::Span(hop.budget).explained(path("budget_seconds")),
            Cell::Share(hop.share).explained(path("share")),
            Cell::from(hop.buys).explained(path("buys_usd_per_month_per_millisecond")),
            Cell::from(hop.gives).explained(path("saves_usd_per_month_per_millisecond")),
            Cell::Difference(Money::ZERO - hop.millisecond_saves)
                .explained(path("faster_visit_saves_usd_per_month_per_millisecond")),
        ]
    };
    Table::of(columns, division.hops.iter().enumerate().map(row))
}

/// The hops one after the other up to what they take together, and what is left of the promise.
fn waterfall(division: &LatencyDivision) -> Block {
    let takes = division.takes.unwrap_or(division.promise.within);
    let mut bars = division.hops.iter().map(|hop| Bar::of(hop.name.0.as_str(), takes * hop.share.as_part()));
    let from = bars.next().expect("a promise is divided over two hops or more");
    let left = Bar::of("not used", division.promise.within.less(takes));
    Block::Chart(Chart {
        title: format!("What the hops take of the {}", division.promise.name()),
        measured: "seconds".into(),
        plot: Plot::Waterfall {
            from,
            steps: bars.chain([left]).collect(),
            to: Bar::of("promised", division.promise.within),
        },
    })
}

fn prices(division: &LatencyDivision, is_drawn: bool) -> Vec<String> {
    let name = division.promise.name();
    let within = division.promise.within;
    let takes = division.takes.map_or_else(|| "more than can be told".to_owned(), |takes| takes.to_string());
    let state = if is_drawn { ", in the most demanding world that the plan covers" } else { "" };
    let mut lines = vec![format!("{name} within {within}: the parts of this plan take {takes} after the loss{state}")];
    let is_free = division.moved.iter().all(|moved| moved.difference == Some(Money::ZERO));
    match (&division.moved[..], &division.most_saved_at) {
        ([tightest, .., loosest], None) if is_free => lines.push(format!(
            "the promise costs nothing: from {} to {} the cheapest parts are the same",
            tightest.within, loosest.within
        )),
        (moved, most) => {
            lines.extend(moved.iter().map(|moved| price(&name, within, moved)));
            lines.push(match most {
                Some(hop) => format!("a millisecond less for each visit saves most at {hop}"),
                None => "a millisecond less for each visit saves nothing at any hop".to_owned(),
            });
        }
    }
    if division.gap > Share::NONE {
        lines.push(format!(
            "not every division was tried: the cheapest that was found may be {} above the best",
            Cell::Share(division.gap).shown()
        ));
    }
    lines
}

/// `p99 within 249 ms instead: $12.40 a month more`.
fn price(name: &str, within: Span, moved: &Moved) -> String {
    let what = match moved.difference {
        None => "nothing on offer keeps it".to_owned(),
        Some(money) if money > Money::ZERO => format!("{money} a month more{}", each(within, moved, money)),
        Some(money) if money < Money::ZERO => {
            let saved = Money::ZERO - money;
            format!("{saved} a month less{}", each(within, moved, saved))
        }
        Some(_) => "costs the same".to_owned(),
    };
    format!("{name} within {} instead: {what}", moved.within)
}

fn each(within: Span, moved: &Moved, money: Money) -> String {
    let millis = within.less(moved.within).max(moved.within.less(within)).as_millis();
    if (millis - 1.0).abs() < 1e-6 {
        return String::new();
    }
    format!(", {} for each millisecond", Money::nearest(money.as_dollars() / millis))
}
