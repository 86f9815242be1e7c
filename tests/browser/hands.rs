//! What hands do: they drop files, copy tables, press keys alone, hold a phone, and move a slider.
use crate::driven::{Browser, Look};
use crate::{brought, fixture, told};
use std::time::Duration;
use thirtyfour::prelude::*;

/// The sample whose inputs are ranges.
pub(crate) const LAUNCH: &str = "ul.cards li:nth-child(4) a";

/// Drops a file where files may be dropped, as a desktop does.
async fn drop_file(browser: &Browser, name: &str) {
    let text = std::fs::read_to_string(fixture(name)).expect("the fixture is text");
    let file = name.rsplit('/').next().unwrap_or(name);
    let (text, file) = (serde_json::json!(text), serde_json::json!(file));
    let script = format!(
        "const data = new DataTransfer(); data.items.add(new File([{text}], {file}, {{ type: 'text/csv' }})); \
         const form = document.querySelector('form[data-drop]'); \
         for (const kind of ['dragenter', 'dragover', 'drop']) \
             form.dispatchEvent(new DragEvent(kind, {{ dataTransfer: data, bubbles: true, cancelable: true }}));"
    );
    browser.run(&script).await;
}

/// Whether the keyboard is at an element.
async fn is_at(browser: &Browser, css: &str) -> bool {
    browser.run(&format!("return document.activeElement.matches({})", serde_json::json!(css))).await == true
}

/// Goes from element to element until the keyboard is at this one.
async fn tab_to(browser: &Browser, css: &str) {
    const MOST: usize = 200;
    for _ in 0..MOST {
        browser.keys(Key::Tab + "").await;
        if is_at(browser, css).await {
            return;
        }
    }
    panic!("the keyboard does not come to `{css}` on {}", browser.url().await);
}

#[test]
fn an_export_is_dropped_on_the_first_page() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        browser.go("/").await;
        drop_file(&browser, "bills/cost_explorer.csv").await;
        let said = browser.until("main", |text| text.contains("It was read as a bill.")).await;
        assert!(said.contains("cost_explorer.csv"), "{said}");
        browser.screenshot("dropped").await;
        browser.go("/").await;
        drop_file(&browser, "fleet/usage.csv").await;
        browser.until("main", |text| text.contains("It was read as telemetry")).await;
        browser.close().await;
    });
}

#[test]
fn the_grid_of_machines_is_copied_in_three_ways() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        browser.allow_clipboard().await;
        browser
            .go("/prices?region=us-east-1&where=family%3D~%5Em7g%24&columns=shape&columns=vcpu&columns=on_demand")
            .await;
        let shown = browser.all("tbody tr").await.len();
        assert!(shown > 3, "{shown}");
        for (word, head) in [("csv", "shape,vcpu,"), ("tsv", "shape\tvcpu\t"), ("md", "**")] {
            browser.click(&format!("a[data-copy={word}]")).await;
            browser.until(".note", |text| text.starts_with("Copied as ")).await;
            let copied = browser.clipboard().await;
            assert!(copied.starts_with(head), "{word}: {copied}");
            let rows = copied.lines().filter(|line| line.contains("m7g.")).count();
            assert_eq!(rows, shown, "{word}: {copied}");
            if word == "md" {
                assert!(copied.contains("| shape | vCPU |") && copied.contains("| --- | ---: |"), "{copied}");
            }
            browser.run("document.querySelector('.note').remove()").await;
        }
        browser.close().await;
    });
}

#[test]
fn columns_are_picked_and_machines_compared_in_the_grid() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        browser.go("/prices?region=us-east-1").await;
        browser.until("thead", |text| text.contains("Gbit/s")).await;
        browser.click("form.grid summary").await;
        browser.click("input[name=columns][value=network_gbps]").await;
        browser.until("thead", |text| !text.contains("Gbit/s")).await;
        browser.screenshot("prices-columns").await;
        for _ in 0..2 {
            browser.keys("jx").await;
        }
        browser.run("document.activeElement.blur()").await;
        let ticks = browser.all("tbody input[type=checkbox]").await;
        for tick in &ticks[2..4] {
            tick.scroll_into_view().await.expect("it is on the page");
            tick.click().await.expect("it can be ticked");
        }
        browser.click("button[data-key=c]").await;
        browser.until("h1", |text| text.contains(" is the cheapest ")).await;
        browser.screenshot("prices-compared").await;
        browser.close().await;
    });
}

#[test]
fn a_number_leads_to_where_it_comes_from() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        brought(&browser, "one-service.toml").await;
        browser.until("h1", |text| text.starts_with("Run ")).await;
        let total = browser.text("button.why[value='chosen.cost.usd_per_month.mean']").await;
        browser.click("button.why[value='chosen.cost.usd_per_month.mean']").await;
        let said = browser.until("h1", |text| text.starts_with("chosen.cost.usd_per_month.mean is ")).await;
        assert!(said.contains(&total), "{said}");
        browser.screenshot("explained").await;
        browser.close().await;
    });
}

#[test]
fn a_plan_is_made_and_explained_with_the_keyboard_alone() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        browser.go("/").await;
        browser.keys(Key::Tab + "").await;
        assert!(is_at(&browser, "a.skip").await, "the way past the menu comes first");
        tab_to(&browser, "ul.cards a[href^='/plan?w=']").await;
        browser.keys(Key::Enter + "").await;
        let plan = browser.until("h1", |text| text.starts_with("Run ")).await;
        browser.keys("gw").await;
        browser.find("form.knobs").await;
        tab_to(&browser, "[id='k-demand.peak']").await;
        browser.keys(Key::End + "").await;
        for _ in 0..12 {
            browser.keys(Key::Backspace + "").await;
        }
        browser.keys("2000/s").await;
        browser.until("#answer h1", |text| text != plan && text.starts_with("Run ")).await;
        tab_to(&browser, "[data-slides]").await;
        browser.run("document.activeElement.blur()").await;
        browser.keys("gp").await;
        browser.until("#answer h1", |text| text != plan && text.starts_with("Run ")).await;
        tab_to(&browser, "button.why[value$='.count']").await;
        browser.screenshot("keyboard-at-a-number").await;
        browser.keys(Key::Enter + "").await;
        browser.until("h1", |text| text.contains(".count is ")).await;
        browser.close().await;
    });
}

#[test]
fn a_phone_goes_from_a_sample_to_a_saved_change() {
    told(async |site| {
        let browser = Browser::open(&site, Look::PHONE).await;
        let fits = async |place: &str| assert!(!browser.is_too_wide().await, "{place} is wider than the phone");
        browser.go("/").await;
        fits("the first page").await;
        browser.click(LAUNCH).await;
        browser.until("h1", |text| text.contains("every promise kept in ")).await;
        fits("the plan").await;
        browser.screenshot("phone-launch").await;
        browser.click("ul.ways a[href^='/workload']").await;
        browser.find("form.knobs").await;
        let before = browser.text("#answer h1").await;
        browser.fill("[id='k-horizon']", "24 months").await;
        browser.until("#answer h1", |text| text != before && text.contains(" over 24 months")).await;
        fits("the workload").await;
        browser.screenshot("phone-changed").await;
        browser.fill("#save-name", "On the way").await;
        browser.fill("#save-by", "Ann").await;
        browser.click(".save button[value=new]").await;
        browser.until("h1", |text| text == "On the way").await;
        fits("the scenario").await;
        browser.close().await;
    });
}

/// From the slider's input to the changed answer on the page, in milliseconds.
const MOVED: &str = "const done = arguments[arguments.length - 1]; \
    const slider = document.querySelector(\"[data-slides='k-demand.peak']\"); \
    const began = performance.now(); \
    new MutationObserver((_, watch) => { watch.disconnect(); done(performance.now() - began); }) \
        .observe(document.getElementById('answer').parentElement, { childList: true }); \
    slider.value = String(Number(slider.value) + 1); \
    slider.dispatchEvent(new Event('input', { bubbles: true }));";

#[test]
fn the_answer_follows_the_slider() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        brought(&browser, "one-service.toml").await;
        browser.until("h1", |text| text.starts_with("Run ")).await;
        browser.click("ul.ways a[href^='/workload']").await;
        browser.find("form.knobs").await;
        let mut times = Vec::new();
        for _ in 0..11 {
            times.push(browser.wait_for(MOVED).await.as_f64().expect("a time is a number"));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        times.sort_by(f64::total_cmp);
        let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
        println!("from the slider to the answer: median {median:.0} ms, longest {longest:.0} ms of {}", times.len());
        assert!(browser.url().await.contains("set=demand.peak"), "{}", browser.url().await);
        browser.close().await;
    });
}
