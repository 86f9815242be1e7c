//! Reports as one page that needs nothing else: no script, no font, no address. Charts are drawn as SVG.
//!
//! Whatever a file or a flag named may stand in a report, so every text is escaped and the page forbids itself to load or
//! run anything. Colors are those of M. Okabe and K. Ito, "Color Universal Design", 2008, told apart by people who see
//! few colors; no difference is shown by color alone.
mod bars;
mod calendar;
mod escape;
mod figure;
mod frame;
mod lines;
mod places;
mod points;
mod scale;
mod stacks;
mod table;
mod tree;

use super::{Block, Cell, Report, Section};
use escape::escaped;
use std::fmt::Write;

/// The look of [`article`] and [`sections`], for a front that has pages of its own.
pub const STYLE: &str = include_str!("html/style.css");

/// Nothing is loaded and nothing runs, even if something slipped through.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Renders a report as a page.
pub fn render(report: &Report) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{} - Plimsoll</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        escaped(&beginning(&report.verdict)),
        article(report)
    )
}

/// Renders a report as the content of a page's body.
pub fn article(report: &Report) -> String {
    let (verdict, contents, sections) = (escaped(&report.verdict), contents(report), sections(report));
    format!("<header>\n<h1>{verdict}</h1>\n{contents}</header>\n<main>\n{sections}</main>\n")
}

/// The sections of a report, for a front that has a frame of its own around them.
pub fn sections(report: &Report) -> String {
    report.sections.iter().enumerate().map(|(i, section)| render_section(i, section, None)).collect()
}

/// The same, and every number that has a derivation is a button of the form with this id: it sends the path of the
/// number as `number`. A link would repeat the whole question at each of them.
pub fn explained_sections(report: &Report, form: &str) -> String {
    report.sections.iter().enumerate().map(|(i, section)| render_section(i, section, Some(form))).collect()
}

/// A cell as it is read, and as the way to its derivation where there is a form that leads there.
fn number(cell: &Cell, form: Option<&str>) -> String {
    let text = escaped(&cell.shown());
    match (cell.path(), form) {
        (Some(path), Some(form)) => format!(
            "<button class=\"why\" form=\"{}\" name=\"number\" value=\"{}\">{text}</button>",
            escaped(form),
            escaped(path)
        ),
        _ => text,
    }
}

/// The way to each section, where there are enough to get lost.
pub fn contents(report: &Report) -> String {
    if report.sections.len() < 4 {
        return String::new();
    }
    let link =
        |(i, section): (usize, &Section)| format!("<li><a href=\"#s{i}\">{}</a></li>\n", escaped(&section.title));
    let links: String = report.sections.iter().enumerate().map(link).collect();
    format!("<nav aria-label=\"Sections\">\n<ul>\n{links}</ul>\n</nav>\n")
}

fn render_section(i: usize, section: &Section, form: Option<&str>) -> String {
    let title = escaped(&section.title);
    let mut out = format!("<section aria-labelledby=\"s{i}\">\n<h2 id=\"s{i}\">{title}</h2>\n");
    for (j, block) in section.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(text) => writeln!(out, "<p>{}</p>", escaped(text)).expect("strings can be written to"),
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
                out.push_str(&format!("<ul class=\"words\">\n{items}</ul>\n"));
            }
            Block::Table(table) => out.push_str(&table::render(table, &section.title, form)),
            Block::Tree(twigs) => out.push_str(&tree::render(twigs, form)),
            Block::Chart(chart) => out.push_str(&figure::render(chart, &format!("s{i}c{j}"))),
        }
    }
    out + "</section>\n"
}

/// As much of a sentence as the tab of a browser may show.
fn beginning(sentence: &str) -> String {
    const MOST: usize = 70;
    let mut out = String::new();
    for word in sentence.split_whitespace() {
        if out.chars().count() + word.chars().count() > MOST {
            return if out.is_empty() { word.chars().take(MOST).collect() } else { out + " ..." };
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
