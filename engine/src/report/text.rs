//! Reports as plain text, for a terminal of a hundred columns.
use super::{Align, Block, Report, Table, Twig};

/// How wide lines of words may be. Tables keep their own width.
const WIDTH: usize = 100;

/// Renders a report.
pub fn render(report: &Report) -> String {
    let mut out = wrap(&report.verdict, 0, 0);
    for section in &report.sections {
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
    }
}

fn render_table(table: &Table) -> String {
    let shown: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(super::Cell::shown).collect()).collect();
    let width = |i: usize| {
        let cells = shown.iter().map(|row| row[i].chars().count());
        cells.chain([table.columns[i].name.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let head: Vec<String> = table.columns.iter().map(|c| c.name.to_owned()).collect();
    let mut out = String::new();
    for row in std::iter::once(&head).chain(&shown) {
        let mut line = String::from(" ");
        for (i, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[i] - cell.chars().count());
            line.push(' ');
            line.push_str(&match table.columns[i].align {
                Align::Left => format!("{cell}{gap} "),
                Align::Right => format!("{gap}{cell} "),
            });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn render_tree(twigs: &[Twig]) -> String {
    if twigs.iter().all(|t| t.amount == super::Cell::Nothing && t.remark.is_empty()) {
        return (0..twigs.len()).map(|i| wrap_twig(&branch(twigs, i), &twigs[i].label)).collect();
    }
    let stem = |i: usize| branch(twigs, i);
    let label = |i: usize| format!("{}{}", stem(i), twigs[i].label);
    let widest = |of: &dyn Fn(usize) -> String| (0..twigs.len()).map(|i| of(i).chars().count()).max().unwrap_or(0);
    let (labels, remarks) = (widest(&label), widest(&|i| twigs[i].remark.clone()));
    let amounts = widest(&|i| twigs[i].amount.shown());
    let mut out = String::new();
    for (i, twig) in twigs.iter().enumerate() {
        let pad =
            |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())));
        let amount = twig.amount.shown();
        let amount = format!("{}{amount}", " ".repeat(amounts - amount.chars().count()));
        let line = format!(
            "  {}  {}  {amount}  {:>5}",
            pad(&label(i), labels),
            pad(&twig.remark, remarks),
            twig.share.shown()
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A twig of words alone: its own lines are broken under the stems of those that follow.
fn wrap_twig(stem: &str, label: &str) -> String {
    let under: String = stem.replace("├─ ", "│  ").replace("└─ ", "   ");
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
