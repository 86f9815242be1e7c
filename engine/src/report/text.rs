//! Reports as plain text, for a terminal of a hundred columns.
use super::{Align, Block, Report, Table, Twig};

/// How wide lines of words may be. Tables keep their own width.
const WIDTH: usize = 100;

/// Renders a report.
pub fn render(report: &Report) -> String {
    let mut out = wrap(&report.verdict, 0, 0);
    for section in report.sections.iter().filter(|section| !section.is_drawn()) {
        out.push_str(&format!("\n{}\n", section.title.to_uppercase()));
        for block in &section.blocks {
            out.push_str(&render_block(block));
        }
    }
    out
}

fn render_block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => wrap(text, 2, 2),
        Block::List(items) => items.iter().map(|item| wrap(&format!("- {item}"), 2, 4)).collect(),
        Block::Table(table) => render_table(table),
        Block::Tree(twigs) => render_tree(twigs),
        Block::Chart(_) => String::new(),
    }
}

fn render_table(table: &Table) -> String {
    let head: Vec<String> = table.columns.iter().map(|c| c.name.to_string()).collect();
    let foot = (!table.foot.is_empty()).then_some(&table.foot);
    let shown = table.rows.iter().chain(foot).map(|row| row.iter().map(super::Cell::shown).collect());
    let mut rows: Vec<Vec<String>> = std::iter::once(head).chain(shown).collect();
    let width = |i: usize| rows.iter().map(|row| length(&row[i])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let last = table.columns.len().saturating_sub(1);
    // Where words end a row that is too long, they go on below themselves.
    let before: usize = widths[..last].iter().map(|w| w + 2).sum::<usize>() + 2;
    let room = WIDTH.saturating_sub(before).max(NARROWEST);
    if foot.is_some() {
        let rule = widths.iter().map(|w| "─".repeat((*w).min(room))).collect();
        rows.insert(rows.len() - 1, rule);
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::from(" ");
        for (i, cell) in row[..last].iter().enumerate() {
            let gap = " ".repeat(widths[i] - length(cell));
            line.push_str(&match table.columns[i].align {
                Align::Left => format!(" {cell}{gap}"),
                Align::Right => format!(" {gap}{cell}"),
            });
            line.push(' ');
        }
        let mut pieces = match table.columns[last].align {
            Align::Left => broken(&row[last], room),
            Align::Right => vec![format!("{}{}", " ".repeat(widths[last] - length(&row[last])), row[last])],
        }
        .into_iter();
        line.push_str(&format!(" {}", pieces.next().unwrap_or_default()));
        out.push_str(line.trim_end());
        out.push('\n');
        for piece in pieces {
            out.push_str(&format!("{}{piece}\n", " ".repeat(before)));
        }
    }
    out
}

/// Words are not squeezed into less than this.
const NARROWEST: usize = 24;

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Words in lines of at most `width`.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if length(line) + 1 + length(word) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn render_tree(twigs: &[Twig]) -> String {
    if twigs.iter().all(|t| t.amount == super::Cell::Nothing && t.remark.is_empty()) {
        return (0..twigs.len()).map(|i| wrap_twig(&branch(twigs, i), &twigs[i].label)).collect();
    }
    let label = |i: usize| format!("{}{}", branch(twigs, i), twigs[i].label);
    let labels = (0..twigs.len()).map(|i| length(&label(i))).max().unwrap_or(0);
    let amounts = twigs.iter().map(|t| length(&t.amount.shown())).max().unwrap_or(0);
    let room = WIDTH.saturating_sub(labels + amounts + 13).max(NARROWEST);
    let remarks: Vec<Vec<String>> = twigs.iter().map(|t| broken(&t.remark, room)).collect();
    let widest = remarks.iter().flatten().map(|r| length(r)).max().unwrap_or(0);
    let mut out = String::new();
    for (i, twig) in twigs.iter().enumerate() {
        let (label, amount) = (label(i), twig.amount.shown());
        let line = format!(
            "  {label}{}  {}{}  {}{amount}  {:>5}",
            " ".repeat(labels - length(&label)),
            remarks[i][0],
            " ".repeat(widest - length(&remarks[i][0])),
            " ".repeat(amounts - length(&amount)),
            twig.share.shown()
        );
        out.push_str(line.trim_end());
        out.push('\n');
        for more in &remarks[i][1..] {
            let stem = under(&branch(twigs, i));
            out.push_str(&format!("  {stem}{}  {more}\n", " ".repeat(labels - length(&stem))));
        }
    }
    out
}

/// The stems of what follows a twig, seen beside its second line.
fn under(stem: &str) -> String {
    stem.replace("├─ ", "│  ").replace("└─ ", "   ")
}

/// A twig of words alone: its own lines are broken under the stems of those that follow.
fn wrap_twig(stem: &str, label: &str) -> String {
    let under = under(stem);
    let indent = 2 + stem.chars().count();
    let wrapped = wrap(label, indent, indent + 2);
    let mut lines = wrapped.lines();
    let first = lines.next().unwrap_or_default();
    let mut out = format!("  {stem}{}\n", first.trim_start());
    for line in lines {
        out.push_str(&format!("  {under}  {}\n", line.trim_start()));
    }
    out
}

/// The lines that lead to a twig: `│  ├─ `.
fn branch(twigs: &[Twig], at: usize) -> String {
    let depth = twigs[at].depth;
    (1..=depth)
        .map(|level| {
            let more = twigs[at + 1..].iter().take_while(|t| t.depth >= level).any(|t| t.depth == level);
            match (level == depth, more) {
                (true, true) => "├─ ",
                (true, false) => "└─ ",
                (false, true) => "│  ",
                (false, false) => "   ",
            }
        })
        .collect()
}

/// Breaks words into lines of at most `WIDTH`.
pub fn wrap(text: &str, first: usize, rest: usize) -> String {
    let mut out = " ".repeat(first);
    let mut column = first;
    for (i, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if i > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(rest));
            column = rest;
        } else if i > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Bar, Cell, Chart, Column, Plot, Section};
    use super::*;

    fn table() -> Block {
        let rows = [vec!["disks".into(), Cell::Count(7)], vec!["compute".into(), Cell::Count(35)]];
        let table = Table::of(vec![Column::words("what"), Column::numbers("how many")], rows);
        Block::Table(table.with_foot(vec!["total".into(), Cell::Count(42)]))
    }
    fn chart() -> Block {
        let plot = Plot::Bars(vec![Bar::of("disks", Cell::Count(7))]);
        Block::Chart(Chart { title: "A chart".into(), measured: "how many".into(), plot })
    }
    fn report(sections: Vec<Option<Section>>) -> Report {
        Report { verdict: "Done.".into(), sections: sections.into_iter().flatten().collect(), main: Table::default() }
    }

    #[test]
    fn totals_stand_under_a_rule() {
        let text = render(&report(vec![Section::of("Parts", vec![table()])]));
        let lines: Vec<&str> = text.lines().skip(3).collect();
        assert_eq!(
            lines,
            [
                "  what     how many",
                "  disks           7",
                "  compute        35",
                "  ───────  ────────",
                "  total          42",
            ]
        );
        let md = crate::report::md::render(&report(vec![Section::of("Parts", vec![table()])]));
        assert!(md.ends_with("| compute | 35 |\n| **total** | **42** |\n\n"), "{md}");
    }

    #[test]
    fn what_is_drawn_is_left_out_with_its_heading() {
        let report = report(vec![Section::of("Drawn", vec![chart()]), Section::of("Both", vec![chart(), table()])]);
        for text in [render(&report), crate::report::md::render(&report)] {
            assert!(!text.to_lowercase().contains("drawn") && !text.contains("A chart"), "{text}");
            assert!(text.to_lowercase().contains("both"), "{text}");
        }
    }
}
