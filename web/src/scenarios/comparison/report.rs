//! The comparison as a report, which every renderer shows.
use super::answer::{self, KeptPlan, Line, NoPlan};
use super::inputs::differing;
use crate::scenarios::Scenario;
use plimsoll::report::{Block, Cell, Column, Report, Section, Table};
use plimsoll::units::Money;
use std::collections::BTreeSet;

/// Compares two scenarios, or two versions of one, line by line.
pub fn compare(left: &Scenario, right: &Scenario) -> Report {
    let names = names(left, right);
    let plans = (answer::read(left.draft.result.as_deref()), answer::read(right.draft.result.as_deref()));
    let mut sections = Vec::new();
    sections.extend(Section::of("What was asked differently", asked(left, right)));
    let (verdict, main) = match &plans {
        (Ok(a), Ok(b)) => {
            sections.extend(Section::of("What runs", runs(a, b).into_iter().map(Block::Table).collect()));
            sections.extend(Section::of("What it costs a month", costs(a, b)));
            sections.extend(Section::of("What is not in these sums", unknown(&names, a, b)));
            (headline(&names, a.total, b.total), exact_lines(a, b))
        }
        (a, b) => {
            let whys = [(&names.0, a), (&names.1, b)].into_iter();
            let whys: Vec<String> = whys.filter_map(|(name, plan)| Some(why(name, plan.as_ref().err()?))).collect();
            (format!("The costs cannot be compared: {}", whys.join("; ")), Table::default())
        }
    };
    Report { verdict, sections, main }
}

/// What is kept of a plan, as a report: what runs and what it costs. None where no plan is kept.
pub fn kept(scenario: &Scenario) -> Option<Report> {
    let plan = answer::read(scenario.draft.result.as_deref()).ok()?;
    let runs =
        plan.machines.iter().map(|(component, machines)| vec![component.as_str().into(), machines.as_str().into()]);
    let runs = Table::of(vec![Column::words("component"), Column::words("what runs")], runs);
    let line = |((component, driver), line): (&(String, String), &Line)| {
        vec![component.as_str().into(), words(driver), line.skus.join(", ").into(), line.amount.into()]
    };
    let heads = ["component", "paid for", "what is bought"].map(Column::words).into_iter();
    let heads = heads.chain([Column::numbers("a month")]).collect();
    let foot = vec!["total".into(), Cell::Nothing, Cell::Nothing, plan.total.into()];
    let costs = Table::of(heads, plan.lines.iter().map(line)).with_foot(foot);
    let mut sections = Vec::new();
    sections.extend(Section::of("What runs", vec![Block::Table(runs)]));
    sections.extend(Section::of("What it costs a month", vec![Block::Table(costs.clone())]));
    if !plan.unknown.is_empty() {
        sections.extend(Section::of("What is not in this sum", vec![Block::List(plan.unknown)]));
    }
    Some(Report { verdict: scenario.draft.verdict().unwrap_or_default(), sections, main: costs })
}

/// The name of a driver as people read it.
fn words(driver: &str) -> Cell {
    driver.replace('_', " ").into()
}

fn why(name: &str, no: &NoPlan) -> String {
    format!("{name} {no}")
}

/// What the sides are called; two of one name are told apart by their versions.
fn names(left: &Scenario, right: &Scenario) -> (String, String) {
    let name = |side: &Scenario| {
        let name = &side.draft.name;
        if left.id == right.id {
            format!("version {} of {name}", side.version)
        } else if left.draft.name == right.draft.name {
            format!("{name} ({})", side.id)
        } else {
            name.to_string()
        }
    };
    (name(left), name(right))
}

/// `B costs $119.80 a month more than A: $467.20 -> $587.00 (+25.6 %)`.
fn headline((left, right): &(String, String), before: Money, after: Money) -> String {
    // Names stand as they were given; only our own word begins a sentence.
    let right = right.strip_prefix("version ").map_or_else(|| right.clone(), |rest| format!("Version {rest}"));
    let more = after - before;
    if more == Money::ZERO {
        return format!("{right} and {left} cost the same: {before} a month");
    }
    let (size, word) = if more > Money::ZERO { (more, "more") } else { (before - after, "less") };
    let part = after.ratio(before).map_or(String::new(), |ratio| format!(" ({:+.1} %)", (ratio - 1.0) * 100.0));
    format!("{right} costs {size} a month {word} than {left}: {before} -> {after}{part}")
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
        let columns = vec![Column::words("value"), Column::words("before -> after")];
        let rows = rows.into_iter().map(|(path, a, b)| vec![path.into(), format!("{a} -> {b}").into()]);
        blocks.insert(0, Block::Table(Table::of(columns, rows)));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph("Nothing: both were asked the same.".into()));
    }
    blocks
}

/// What each component runs on, where it changed; none where nothing did.
fn runs(a: &KeptPlan, b: &KeptPlan) -> Option<Table> {
    let components: BTreeSet<&String> = a.machines.keys().chain(b.machines.keys()).collect();
    let rows: Vec<Vec<Cell>> = components
        .into_iter()
        .filter(|name| a.machines.get(*name) != b.machines.get(*name))
        .map(|name| {
            let side = |plan: &KeptPlan| plan.machines.get(name).cloned().unwrap_or_else(|| "nothing".into());
            vec![name.clone().into(), format!("{} -> {}", side(a), side(b)).into()]
        })
        .collect();
    let columns = vec![Column::words("component"), Column::words("before -> after")];
    (!rows.is_empty()).then(|| Table::of(columns, rows))
}

/// One line of both bills.
#[derive(Clone, Copy)]
struct Both<'p> {
    component: &'p str,
    driver: &'p str,
    left: Option<&'p Line>,
    right: Option<&'p Line>,
}

impl<'p> Both<'p> {
    /// Every line that either has.
    fn all(a: &'p KeptPlan, b: &'p KeptPlan) -> Vec<Self> {
        let keys: BTreeSet<&(String, String)> = a.lines.keys().chain(b.lines.keys()).collect();
        let both = |key: &'p (String, String)| {
            let (component, driver) = key;
            Self { component, driver, left: a.lines.get(key), right: b.lines.get(key) }
        };
        keys.into_iter().map(both).collect()
    }
    /// What is not bought costs nothing.
    fn before(self) -> Money {
        self.left.map_or(Money::ZERO, |line| line.amount)
    }
    fn after(self) -> Money {
        self.right.map_or(Money::ZERO, |line| line.amount)
    }
    fn more(self) -> Money {
        self.after() - self.before()
    }
    fn bought(self) -> String {
        let skus = |line: Option<&Line>| line.map_or("nothing".into(), |line| line.skus.join(", "));
        let (before, after) = (skus(self.left), skus(self.right));
        if before == after { before } else { format!("{before} -> {after}") }
    }
}

/// `$10.00 -> $12.00 (+$2.00)`.
fn change(before: Money, after: Money) -> String {
    if before == after {
        return before.to_string();
    }
    format!("{before} -> {after} ({})", Cell::Difference(after - before).shown())
}

/// What changed most comes first; what did not is one row.
fn costs(a: &KeptPlan, b: &KeptPlan) -> Vec<Block> {
    let (mut changed, same): (Vec<_>, Vec<_>) = Both::all(a, b).into_iter().partition(|both| both.left != both.right);
    changed.sort_by_key(|both| (-both.more().as_picos().abs(), both.component, both.driver));
    let columns = vec![
        Column::words("component"),
        Column::words("paid for"),
        Column::words("what is bought"),
        Column::numbers("a month"),
    ];
    let row = |both: Both<'_>| {
        let amounts = change(both.before(), both.after());
        vec![both.component.into(), words(both.driver), both.bought().into(), amounts.into()]
    };
    let mut rows: Vec<Vec<Cell>> = changed.into_iter().map(row).collect();
    if !same.is_empty() {
        let rest: Money = same.iter().map(|both| both.before()).sum();
        let word = if same.len() == 1 { "1 line, the same".into() } else { format!("{} lines, the same", same.len()) };
        rows.push(vec!["everything else".into(), Cell::Nothing, word.into(), change(rest, rest).into()]);
    }
    let foot = vec!["total".into(), Cell::Nothing, Cell::Nothing, change(a.total, b.total).into()];
    vec![Block::Table(Table::of(columns, rows).with_foot(foot))]
}

/// Every line with all its digits, for machines.
fn exact_lines(a: &KeptPlan, b: &KeptPlan) -> Table {
    let columns = vec![
        Column::words("component"),
        Column::words("driver"),
        Column::numbers("left_usd_per_month"),
        Column::numbers("right_usd_per_month"),
        Column::numbers("difference_usd_per_month"),
    ];
    let row = |both: Both<'_>| {
        let difference = Cell::Difference(both.more());
        vec![both.component.into(), both.driver.into(), both.before().into(), both.after().into(), difference]
    };
    Table::of(columns, Both::all(a, b).into_iter().map(row))
}

/// What has no known price on either side is no part of the sums, and is told.
fn unknown(names: &(String, String), a: &KeptPlan, b: &KeptPlan) -> Vec<Block> {
    let told = |name: &str, plan: &KeptPlan| -> Vec<String> {
        plan.unknown.iter().map(|what| format!("{name}: {what}")).collect()
    };
    let list = [told(&names.0, a), told(&names.1, b)].concat();
    if list.is_empty() { Vec::new() } else { vec![Block::List(list)] }
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
        let result = format!(
            r#"{{"question":"plan","refusal":null,"answer":{{"chosen":{{
                "components":[{{"name":"api","kind":"service","option":"m7g.large","count":{count}}}],
                "cost":{{"usd_per_month":{{"mean":{total}}},"unknown":[],"lines":[
                {{"component":"api","driver":"compute","sku":"m7g.large","usd_per_month":{compute}}},
                {{"component":"api","driver":"network","sku":"internet","usd_per_month":90.5}}]}}}}}}}}"#
        );
        Draft { workload: format!("[demand]\npeak = \"{peak}\"\n"), result: Some(result), ..draft(name) }
    }

    #[test]
    fn two_plans_are_compared_line_by_line() {
        let left = scenario("000000000001", planned("Today", "900/s", 4, "238.272", "328.772"));
        let right = scenario("000000000002", planned("Black Friday", "1200/s", 6, "357.408", "447.908"));
        assert_eq!(
            text::render(&compare(&left, &right)),
            "Black Friday costs $119.14 a month more than Today: $328.77 -> $447.91 (+36.2 %)\n\
             \n\
             WHAT WAS ASKED DIFFERENTLY\n  \
               value        before -> after\n  \
               demand.peak  900/s -> 1200/s\n\
             \n\
             WHAT RUNS\n  \
               component  before -> after\n  \
               api        4 x m7g.large -> 6 x m7g.large\n\
             \n\
             WHAT IT COSTS A MONTH\n  \
               component        paid for  what is bought                          a month\n  \
               api              compute   m7g.large         $238.27 -> $357.41 (+$119.14)\n  \
               everything else            1 line, the same                         $90.50\n  \
               ───────────────  ────────  ────────────────  ─────────────────────────────\n  \
               total                                        $328.77 -> $447.91 (+$119.14)\n"
        );
        // The other way round is the same with the other sign.
        let back = compare(&right, &left);
        assert_eq!(back.verdict, "Today costs $119.14 a month less than Black Friday: $447.91 -> $328.77 (-26.6 %)");
        assert_eq!(back.main.rows[0].last().unwrap().exact(), "-119.136");
    }

    #[test]
    fn what_has_no_plan_is_told_by_name() {
        let left = scenario("000000000001", planned("Today", "900/s", 4, "238.272", "328.772"));
        let right = scenario("000000000002", draft("Idea"));
        assert_eq!(compare(&left, &right).verdict, "The costs cannot be compared: Idea has no answer yet");
        assert_eq!(
            compare(&left, &left).verdict,
            "Version 1 of Today and version 1 of Today cost the same: $328.77 a month"
        );
    }
}
