//! Reports as Markdown, fit for a pull request.
use super::{Align, Block, Cell, Report, Table};

/// Renders a report.
pub fn render(report: &Report) -> String {
    let mut out = format!("**{}**\n", escape(&report.verdict));
    for section in report.sections.iter().filter(|section| !section.is_drawn()) {
        out.push_str(&format!("\n## {}\n\n", section.title));
        for block in &section.blocks {
            out.push_str(&render_block(block));
        }
    }
    out
}

pub(super) fn render_block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => format!("{}\n\n", escape(text)),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", escape(item))).collect::<String>() + "\n",
        Block::Table(table) => render_table(table) + "\n",
        Block::Tree(twigs) => {
            let line = |t: &super::Twig| {
                let share = if t.share == Cell::Nothing { String::new() } else { format!(" ({})", t.share.shown()) };
                let remark = if t.remark.is_empty() { String::new() } else { format!(" - {}", escape(&t.remark)) };
                format!("{}- {}: {}{share}{remark}\n", "  ".repeat(t.depth), escape(&t.label), t.amount.shown())
            };
            twigs.iter().map(line).collect::<String>() + "\n"
        }
        Block::Chart(_) => String::new(),
    }
}

/// Renders one table. Markdown has no rule before a row of totals: they are bold.
pub fn render_table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = row(table.columns.iter().map(|c| c.name.to_string()).collect());
    let rule = |c: &super::Column| if c.align == Align::Right { "---:".to_owned() } else { "---".to_owned() };
    let rule = row(table.columns.iter().map(rule).collect());
    let rows = table.rows.iter().map(|cells| row(cells.iter().map(|c| escape(&c.shown())).collect()));
    let bold = |cell: &Cell| match escape(&cell.shown()) {
        text if text.is_empty() => text,
        text => format!("**{text}**"),
    };
    let foot = if table.foot.is_empty() { String::new() } else { row(table.foot.iter().map(bold).collect()) };
    head + &rule + &rows.collect::<String>() + &foot
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '[' | '\\' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
