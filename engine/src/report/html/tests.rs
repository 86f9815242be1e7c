//! Pages as a browser gets them.
use super::*;
use crate::report::{Axis, Bar, Cell, Chart, Column, Guide, Layer, Line, Mark, Plot, Point, Table, Twig};
use crate::units::{Data, Money, Share};

fn dollars(n: f64) -> Cell {
    Money::nearest(n).into()
}

fn of(blocks: Vec<Block>) -> Report {
    let sections = Section::of("Costs & <more>", blocks).into_iter().collect();
    Report { verdict: "Run <b>nothing</b>: $0 a month.".into(), sections, main: Table::default() }
}

fn chart(plot: Plot) -> Block {
    Block::Chart(Chart { title: "Bill".into(), measured: "US dollars".into(), plot })
}

/// Every tag that is opened is closed again, in the right order.
fn is_balanced(page: &str) -> bool {
    const EMPTY: [&str; 3] = ["meta", "!doctype", "br"];
    let mut open = Vec::new();
    let style = page.find("<style>").zip(page.find("</style>"));
    let page = style.map_or(page.to_owned(), |(from, to)| format!("{}{}", &page[..from], &page[to + 8..]));
    for tag in page.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap_or_default();
        let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match (inside.starts_with('/'), inside.ends_with('/') || EMPTY.contains(&name)) {
            (true, _) if open.pop() != Some(name.to_owned()) => return false,
            (false, false) => open.push(name.to_owned()),
            _ => {}
        }
    }
    open.is_empty()
}

#[test]
fn a_page_opens_with_its_verdict_and_needs_nothing_else() {
    let page = render(&of(vec![Block::Paragraph("Words.".into())]));
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"), "{page}");
    assert!(page.contains("<h1>Run &lt;b&gt;nothing&lt;/b&gt;: $0 a month.</h1>"), "{page}");
    assert!(page.contains("<h2 id=\"s0\">Costs &amp; &lt;more&gt;</h2>\n<p>Words.</p>"), "{page}");
    for outside in ["src=", "url(", "@import", "<script", "<link", "href=\"h"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(is_balanced(&page), "{page}");
}

#[test]
fn tables_have_heads_for_columns_and_rows_and_keep_every_row() {
    let rows = (0..500).map(|n| vec![format!("row {n}").into(), Cell::Count(n)]);
    let table = Table::of(vec![Column::words("what"), Column::numbers("how many")], rows);
    let table = table.with_foot(vec!["total".into(), Cell::Unknown]);
    let page = render(&of(vec![Block::Table(table)]));
    assert!(page.contains("<th scope=\"col\">what</th><th scope=\"col\" class=\"n\">how many</th>"), "{page}");
    assert_eq!(page.matches("<th scope=\"row\">row ").count(), 500);
    assert!(
        page.contains("<tfoot>\n<tr><th scope=\"row\">total</th><td class=\"n unknown\">unknown</td></tr>"),
        "{page}"
    );
    assert!(is_balanced(&page));
}

#[test]
fn trees_are_lists_in_lists() {
    let twig = |depth, label: &str, amount| {
        let share = Cell::Share(Share::percent(50.0));
        Twig { depth, label: label.into(), remark: "a 'remark'".into(), amount, share }
    };
    let twigs = vec![
        twig(0, "a month", dollars(4.0)),
        twig(1, "disks", dollars(2.0)),
        twig(2, "gp3", dollars(2.0)),
        twig(1, "compute", Cell::Unknown),
        twig(4, "too deep", Cell::Nothing),
        twig(0, "another", dollars(1.0)),
    ];
    let page = render(&of(vec![Block::Tree(twigs)]));
    assert!(is_balanced(&page), "{page}");
    assert!(page.contains("<small>a &#39;remark&#39;</small>"), "{page}");
    let tree = &page[page.find("<div class=\"tree\">").unwrap()..];
    let outline: Vec<&str> =
        tree.split('<').filter_map(|t| t.split('>').next()).filter(|t| t.ends_with("ul")).collect();
    assert_eq!(outline, ["ul", "ul", "ul", "/ul", "ul", "/ul", "/ul", "/ul"]);
    assert!(render(&of(vec![Block::Tree(Vec::new())])).contains("<div class=\"tree\">\n</div>"));
}

fn every_plot() -> Vec<Plot> {
    let bars =
        vec![Bar::of("disks <ssd>", dollars(3.0)), Bar::of("refund", dollars(-1.5)), Bar::of("nat", Cell::Unknown)];
    let along = Axis { name: "month".into(), at: (1..=3).map(Cell::Count).collect() };
    let band = vec![[Cell::Nothing, Cell::Nothing], [dollars(3.0), dollars(6.0)], [dollars(2.0), dollars(9.0)]];
    let forecast = Line { band, ..Line::of("forecast", [Cell::Nothing, dollars(4.0), dollars(5.0)]) };
    let lines = vec![Line::of("paid", [dollars(3.0), Cell::Nothing, Cell::Nothing]), forecast];
    let marks =
        vec![Mark { line: 0, at: 0, label: "\"new\" disks".into() }, Mark { line: 7, at: 9, label: "-".into() }];
    let guides =
        vec![Guide::Level(dollars(4.5), "promised".into()), Guide::Place(Cell::Count(2), "today <now>".into())];
    let layers = vec![Layer { name: "disks".into(), values: vec![dollars(1.0), Cell::Unknown, dollars(2.0)] }];
    let point = |label: &str, hue: Option<Cell>| Point {
        label: label.into(),
        across: dollars(3.0),
        range: Some([dollars(2.0), dollars(5.0)]),
        up: Share::percent(5.0).into(),
        hue,
        remark: (label == "a").then_some("chosen"),
    };
    let hued = vec![point("a", Some(Data::gb(1.0).into())), point("b", Some(Data::gb(3.0).into()))];
    vec![
        Plot::Bars(bars.clone()),
        Plot::Waterfall { from: Bar::of("March", dollars(5.0)), steps: bars, to: Bar::of("April", dollars(6.5)) },
        Plot::Lines { along: along.clone(), lines, marks, guides },
        Plot::Points { across: "cost".into(), hues: String::new(), points: vec![point("a", None), point("b", None)] },
        Plot::Points { across: "cost".into(), hues: "data".into(), points: hued },
        Plot::Stacks { along, layers },
    ]
}

#[test]
fn every_chart_is_drawn_told_and_listed() {
    for plot in every_plot() {
        let page = render(&of(vec![chart(plot)]));
        assert!(is_balanced(&page), "{page}");
        assert!(page.contains("role=\"img\" aria-labelledby=\"s0c0t s0c0d\""), "{page}");
        assert!(page.contains("<title id=\"s0c0t\">Bill</title>\n<desc id=\"s0c0d\">US dollars, "), "{page}");
        assert!(page.contains("<summary>The numbers</summary>"), "{page}");
        assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
    }
}

#[test]
fn numbers_lead_to_their_derivation_where_there_is_a_form_for_it() {
    let cell = Cell::Count(3).explained("chosen.components.a\"b.count");
    let rows = [vec!["a".into(), cell]];
    let report = of(vec![Block::Table(Table::of(vec![Column::words("what"), Column::numbers("count")], rows))]);
    let button = "<td class=\"n\"><button class=\"why\" form=\"explain\" name=\"number\" \
                  value=\"chosen.components.a&quot;b.count\">3</button></td>";
    assert!(explained_sections(&report, "explain").contains(button), "{}", explained_sections(&report, "explain"));
    assert!(sections(&report).contains("<td class=\"n\">3</td>"));
}

#[test]
fn charts_of_nothing_are_tables_alone() {
    let along = Axis { name: "month".into(), at: Vec::new() };
    let empty = [
        Plot::Bars(Vec::new()),
        Plot::Bars(vec![Bar::of("a", Cell::Unknown)]),
        Plot::Waterfall { from: Bar::of("a", Cell::Unknown), steps: Vec::new(), to: Bar::of("b", Cell::Unknown) },
        Plot::Lines {
            along: along.clone(),
            lines: vec![Line::of("a", Vec::<Cell>::new())],
            marks: Vec::new(),
            guides: Vec::new(),
        },
        Plot::Points { across: "cost".into(), hues: String::new(), points: Vec::new() },
        Plot::Stacks { along, layers: Vec::new() },
    ];
    for plot in empty {
        let page = render(&of(vec![chart(plot)]));
        assert!(is_balanced(&page) && !page.contains("role=\"img\""), "{page}");
    }
}

#[test]
fn the_tab_of_a_browser_gets_the_beginning() {
    assert_eq!(beginning("Run it."), "Run it");
    let long = beginning("Run api on 3 x c8a.large over 3 zones and orders on 2 x x2gd.2xlarge + gp3 over 2 zones");
    assert!(long.ends_with(" ...") && long.chars().count() <= 75, "{long}");
    assert_eq!(beginning(&"x".repeat(300)).len(), 70);
}
