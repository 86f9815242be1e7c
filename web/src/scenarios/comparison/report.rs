//! What is kept as reports, which every renderer shows.
use super::inputs::differing;
use crate::scenarios::Scenario;
use plimsoll::bill::Currency;
use plimsoll::compare::{Comparison, Item, Side, Subject};
use plimsoll::report::{Block, Cell, Column, Meta, Report, Section, Table, report};
use plimsoll::units::Amount;
use plimsoll::{Question, World, ask};
use plimsoll_ingest::planned;

/// Compares two scenarios, or two versions of one, line by line.
pub fn compare(left: &Scenario, right: &Scenario) -> Report {
    let names = names(left, right);
    let asked = Section::of("What was asked differently", asked(left, right));
    let compared = match (plan(&names.0, left), plan(&names.1, right)) {
        (Ok(a), Ok(b)) => {
            let side = |name: String, side: Side| (name, Subject::Planned(Box::new(side)));
            let comparison = Comparison { left: side(names.0, a), right: side(names.1, b) };
            let as_of = right.draft.as_of;
            let world = World { catalogs: Vec::new(), as_of, seed: 1 };
            let version = env!("CARGO_PKG_VERSION").into();
            let meta =
                Meta { version, seed: 1, draws: 1, as_of, inputs: Vec::new(), prices: Vec::new(), notes: Vec::new() };
            report(&ask(&Question::Compare(Box::new(comparison)), &world), &meta)
        }
        (a, b) => {
            let whys: Vec<String> = [a.err(), b.err()].into_iter().flatten().collect();
            let verdict = format!("The costs cannot be compared: {}.", whys.join("; "));
            Report { verdict, sections: Vec::new(), main: Table::default() }
        }
    };
    Report { sections: asked.into_iter().chain(compared.sections).collect(), ..compared }
}

/// What is kept of a plan, as a report: what runs and what it costs. None where no plan is kept.
pub fn kept(scenario: &Scenario) -> Option<Report> {
    let side = plan(scenario.draft.name.as_str(), scenario).ok()?;
    let month = side.month.as_ref()?.mean;
    let columns = vec![
        Column::words("for what"),
        Column::words("what is bought"),
        Column::numbers("how much"),
        Column::words("unit"),
        Column::numbers("a month"),
    ];
    let dollars = Currency::of(&side.currency);
    let line = |item: &Item| {
        let quantity = item.quantity.map_or(Cell::Unknown, |quantity| Amount::nearest(quantity).into());
        let amount = Cell::Charge(item.amount, dollars.clone());
        vec![item.key.as_str().into(), item.item.as_str().into(), quantity, item.unit.as_str().into(), amount]
    };
    let foot = vec!["total".into(), Cell::Nothing, Cell::Nothing, Cell::Nothing, month.into()];
    let costs = Table::of(columns, side.items.iter().map(line)).with_foot(foot);
    let mut blocks = vec![Block::Table(costs.clone())];
    if side.unknown > 0 {
        blocks.push(Block::Paragraph(format!("{} charges of unknown price are in no line.", side.unknown)));
    }
    let sections = Section::of("What it costs a month", blocks).into_iter().collect();
    Some(Report { verdict: scenario.draft.verdict().unwrap_or_default(), sections, main: costs })
}

/// The plan that is kept, or why there is none.
fn plan(name: &str, scenario: &Scenario) -> Result<Side, String> {
    let result = scenario.draft.result.as_ref().ok_or_else(|| format!("{name} has no answer yet"))?;
    planned::read(name, name, result.as_bytes()).map_err(|problem| format!("{name} {}", problem.what))
}

/// What the sides are called; two of one name are told apart.
fn names(left: &Scenario, right: &Scenario) -> (String, String) {
    let name = |side: &Scenario| {
        let name = &side.draft.name;
        if left.id == right.id {
            format!("{name} (version {})", side.version)
        } else if left.draft.name == right.draft.name {
            format!("{name} ({})", side.id)
        } else {
            name.to_string()
        }
    };
    (name(left), name(right))
}

fn asked(left: &Scenario, right: &Scenario) -> Vec<Block> {
    let mut rows: Vec<(String, String, String)> = Vec::new();
    let mut blocks = Vec::new();
    let word = |side: Option<String>| side.unwrap_or_else(|| "not said".into());
    for (text, (a, b)) in [
        ("workload", (&left.draft.workload, &right.draft.workload)),
        ("changes", (&left.draft.changes, &right.draft.changes)),
    ] {
        match differing(a, b) {
            Some(found) => rows.extend(found.into_iter().map(|d| (d.path, word(d.left), word(d.right)))),
            None if a == b => {}
            None => blocks.push(Block::Paragraph(format!("The {text} of one of them cannot be read as TOML."))),
        }
    }
    let day = |side: &Scenario| side.draft.as_of.to_string();
    let engine = |side: &Scenario| side.draft.engine_version.clone();
    rows.push(("prices as of".into(), day(left), day(right)));
    rows.push(("version of plimsoll".into(), engine(left), engine(right)));
    rows.retain(|(_, a, b)| a != b);
    if !rows.is_empty() {
        let columns = vec![Column::words("value"), Column::words("left -> right")];
        let rows = rows.into_iter().map(|(path, a, b)| vec![path.into(), format!("{a} -> {b}").into()]);
        blocks.insert(0, Block::Table(Table::of(columns, rows)));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph("Nothing: both were asked the same.".into()));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, stamp};
    use crate::scenarios::{Draft, Origin, ScenarioId};
    use plimsoll::report::text;

    fn scenario(id: &str, draft: Draft) -> Scenario {
        let id: ScenarioId = id.parse().unwrap();
        Scenario { id, version: 1, newest: 1, draft, origin: Origin::Created, saved: stamp("Ann", 0), deleted: None }
    }

    fn planned(name: &str, peak: &str, count: u32, compute: &str, total: &str) -> Draft {
        let band = format!(r#"{{"mean":{total},"p10":{total},"p50":{total},"p90":{total}}}"#);
        let line = |driver: &str, sku: &str, quantity: u32, usd: &str| {
            format!(
                r#"{{"component":"api","driver":"{driver}","sku":"{sku}","tier":null,"quantity":{quantity},"unit":"hour",
                    "usd_per_month":{usd}}}"#
            )
        };
        let lines = [line("compute", "m7g.large", count * 730, compute), line("nat", "nat-gateway-hour", 730, "90.5")];
        let result = format!(
            r#"{{"question":"plan","refusal":null,"verdict":"Run {count}","answer":{{"chosen":{{
                "components":[{{"name":"api","kind":"service","option":"m7g.large","count":{count}}}],
                "cost":{{"usd_per_month":{band},"unknown":[],"lines":[{}]}}}}}}}}"#,
            lines.join(",")
        );
        Draft { workload: format!("[demand]\npeak = \"{peak}\"\n"), result: Some(result), ..draft(name) }
    }

    #[test]
    fn two_plans_are_compared_line_by_line() {
        let left = scenario("000000000001", planned("Today", "900/s", 4, "238.272", "328.772"));
        let right = scenario("000000000002", planned("Black Friday", "1200/s", 6, "357.408", "447.908"));
        let there = compare(&left, &right);
        assert!(
            there.verdict.starts_with("Black Friday costs $119.14 a month more than Today (+36.2 %)"),
            "{}",
            there.verdict
        );
        let shown = text::render(&there);
        assert!(
            shown
                .contains("WHAT WAS ASKED DIFFERENTLY\n  value        left -> right\n  demand.peak  900/s -> 1200/s\n"),
            "{shown}"
        );
        assert!(shown.contains("quantity  2,920 -> 4,380 hour of m7g.large"), "{shown}");
        let back = compare(&right, &left);
        assert!(
            back.verdict.starts_with("Today costs $119.14 a month less than Black Friday (-26.6 %)"),
            "{}",
            back.verdict
        );
    }

    #[test]
    fn what_is_kept_of_a_plan_adds_up() {
        let whole = scenario("000000000001", planned("Today", "900/s", 4, "238.272", "328.772"));
        let report = kept(&whole).unwrap();
        assert_eq!(report.verdict, "Run 4");
        assert_eq!(report.main.foot[4].exact(), "328.772");
        assert_eq!(report.main.rows[0][4].exact(), "238.272");
        assert!(kept(&scenario("000000000002", draft("Idea"))).is_none());
    }

    #[test]
    fn what_has_no_plan_is_told_by_name() {
        let left = scenario("000000000001", planned("Today", "900/s", 4, "238.272", "328.772"));
        let right = scenario("000000000002", draft("Idea"));
        assert_eq!(compare(&left, &right).verdict, "The costs cannot be compared: Idea has no answer yet.");
        let same = compare(&left, &left).verdict;
        assert!(same.starts_with("Today (version 1) costs as much as Today (version 1): $328.77"), "{same}");
    }
}
