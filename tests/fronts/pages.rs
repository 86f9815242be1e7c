//! Pages for a browser: whole, of nothing but themselves, with every word of the text.
use super::{REPORTS, asked, root, run, run_in};

/// The page of a report, which ends with 0 or with an honest no.
fn page(question: &[&str]) -> String {
    let ran = run(&[question, &["--as-of", "2026-11-23", "--format", "html"]].concat());
    assert!(ran.status < 2, "{question:?}: {}", ran.err);
    ran.out
}

#[test]
fn every_question_gives_a_page() {
    for question in REPORTS {
        let page = page(question);
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{question:?}");
        for part in ["<title>", "<h1>", "<main>"] {
            assert_eq!(page.matches(part).count(), 1, "{question:?}: {part}");
        }
    }
}

#[test]
fn a_page_loads_and_runs_nothing() {
    for question in REPORTS {
        let page = page(question).to_lowercase();
        for outside in
            ["src=", "href=\"h", "href=\"/", "<script", "<link", "<iframe", "url(", "@import", " style=\"", " onload"]
        {
            assert!(!page.contains(outside), "{question:?}: {outside}");
        }
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"), "{question:?}");
    }
}

#[test]
fn what_a_file_names_is_text_and_no_tag() {
    let name = "<script>alert(1)</script>";
    let file = std::fs::read_to_string(root().join("fixtures/one-service.toml")).expect("the fixture is there");
    let file = file.replace("service.thumbnails", &format!("service.\"{name}\""));
    let file = file.replace("entry = \"thumbnails\"", &format!("entry = \"{name}\""));
    let ran = run_in(&root(), &["plan", "-", "--as-of", "2026-11-23", "--format", "html"], &file);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!ran.out.contains("<script") && ran.out.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", ran.out);
}

#[test]
fn a_page_has_every_sentence_of_the_text() {
    let unescaped = |page: String| {
        let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        pairs.iter().fold(page, |page, (from, to)| page.replace(from, to))
    };
    let page = unescaped(page(&["plan", "fixtures/checkout.toml"]));
    let md = asked("plan", "fixtures/checkout.toml", &["--format", "md"]).out.replace('\\', "");
    let sentences: Vec<&str> =
        md.lines().filter_map(|line| line.strip_prefix("- ")).filter(|l| !l.contains(": $")).collect();
    assert!(sentences.len() > 20, "{md}");
    for sentence in sentences {
        assert!(page.contains(&format!("<li>{sentence}</li>")), "{sentence}");
    }
    for heading in md.lines().filter_map(|line| line.strip_prefix("## ")) {
        assert!(page.contains(&format!(">{heading}</h2>")), "{heading}");
    }
}

#[test]
fn a_plan_shows_where_the_money_goes_and_how_it_grows() {
    let page = page(&["plan", "fixtures/checkout.toml"]);
    assert_eq!(page.matches("<figure>").count(), 4);
    assert_eq!(page.matches("role=\"img\"").count(), 4);
    for title in ["The bill of each month", "p99 against the load, the machines being these"] {
        assert!(page.contains(&format!(">{title}</title>")), "{title}");
    }
    for guide in ["promised: 250 ms</text>", "today&#39;s busiest minute</text>"] {
        assert!(page.contains(guide), "{guide}");
    }
}

#[test]
fn a_plan_under_doubt_shows_what_it_may_cost_against_what_may_break() {
    let page = page(&["plan", "fixtures/launch.toml", "--draws", "128"]);
    assert!(page.contains(">Cost against risk, of what nothing beats</title>"), "{page}");
    assert!(page.contains("class=\"ring c3\"") && page.contains(">chosen</text>"), "the chosen one is marked");
    assert!(page.contains("class=\"hued h"), "what a plan emits is its hue");
    assert!(page.contains("class=\"reach\"") && page.contains("class=\"band c0\""), "what is not sure is drawn");
}
