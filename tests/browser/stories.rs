//! From a file to a decision, as a planner goes.
use crate::driven::{Browser, Look};
use crate::{brought, told};
use thirtyfour::prelude::*;

/// Saves what the page shows under a name.
async fn save(browser: &Browser, name: &str) {
    browser.fill("#save-name", name).await;
    browser.fill("#save-by", "Ann").await;
    browser.click(".save button[value=new]").await;
    browser.until("h1", |text| text == name).await;
}

#[test]
fn a_plan_is_changed_saved_and_found_again() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        brought(&browser, "checkout.toml").await;
        let verdict = browser.until("h1", |text| text.starts_with("Run ")).await;
        save(&browser, "Today").await;
        assert_eq!(browser.text("p.verdict").await, verdict, "what is kept is what was shown");
        browser.screenshot("scenario").await;

        // A slider moves the number, and the number the answer.
        browser.click("ul.ways a[href^='/workload']").await;
        let field = browser.find("[id='k-demand.peak']").await;
        let before = field.prop("value").await.expect("fields have values");
        let shown = browser.text("#answer h1").await;
        let slider = browser.find("[data-slides='k-demand.peak']").await;
        slider.focus().await.expect("sliders take the focus");
        browser.keys(Key::Right + Key::Right).await;
        for _ in 0..20 {
            browser.keys(Key::Right + Key::Right).await;
        }
        assert_ne!(field.prop("value").await.expect("fields have values"), before);
        let changed = browser.until("#answer h1", |text| text != shown && text.starts_with("Run ")).await;
        assert!(browser.url().await.contains("set=demand.peak"), "{}", browser.url().await);
        browser.screenshot("workload-changed").await;

        // The next version of the same scenario, and it is what the page showed.
        browser.click(".save button[value=next]").await;
        browser.until("p.verdict", |text| text == changed).await;
        browser.reload().await;
        assert_eq!(browser.text("p.verdict").await, changed);
        assert!(browser.text("pre[aria-label=Changes]").await.contains("demand.peak"));

        // History, and its two versions side by side.
        browser.click("a[href$='/history']").await;
        assert_eq!(browser.all("tbody tr").await.len(), 2);
        browser.screenshot("history").await;
        browser.click("form[action='/scenarios/compare'] button").await;
        let headline = browser.until("h1", |text| text.contains(" a month ")).await;
        assert!(headline.starts_with("Today (version 2) costs $"), "{headline}");
        browser.screenshot("compare").await;
        browser.close().await;
    });
}

#[test]
fn a_scenario_is_forked_compared_deleted_and_restored() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        brought(&browser, "one-service.toml").await;
        browser.until("h1", |text| text.starts_with("Run ")).await;
        save(&browser, "Thumbnails").await;
        // The name is remembered.
        browser.fill("#name", "Thumbnails on a busy day").await;
        assert_eq!(browser.find("#by").await.prop("value").await.expect("it has a value").as_deref(), Some("Ann"));
        browser.click("form.row button:not([formaction])").await;
        browser.until("h1", |text| text == "Thumbnails on a busy day").await;
        assert!(browser.text("main").await.contains("version 1 of another scenario"));

        browser.go("/scenarios").await;
        assert_eq!(browser.text("h1").await, "2 scenarios are kept");
        browser.screenshot("scenarios").await;
        for tick in browser.all("tbody input[type=checkbox]").await {
            tick.click().await.expect("it can be ticked");
        }
        browser.click("form[action='/scenarios/compare'] button").await;
        browser.until("h1", |text| text.contains(" costs as much as ")).await;

        browser.go("/scenarios?q=BUSY").await;
        assert_eq!(browser.all("tbody tr").await.len(), 1);
        browser.click("tbody a").await;
        browser.click("button[formaction$='/delete']").await;
        browser.until("form.said", |text| text.starts_with("Thumbnails on a busy day is deleted.")).await;
        assert_eq!(browser.text("h1").await, "1 scenario is kept");
        browser.screenshot("deleted").await;
        browser.click("form.said button").await;
        browser.until("h1", |text| text == "Thumbnails on a busy day").await;
        browser.close().await;
    });
}

#[test]
fn a_link_opens_the_same_in_a_fresh_profile() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        brought(&browser, "video.toml").await;
        let verdict = browser.until("h1", |text| text.starts_with("Run ")).await;
        let plan = browser.url().await;
        save(&browser, "Video <b>before</b> & after").await;
        let shared = browser.find("a[href^='/shared?s=p1.']").await.prop("href").await.expect("links lead somewhere");
        browser.close().await;

        let stranger = Browser::open(&site, Look::DESK).await;
        stranger.go(shared.expect("it leads somewhere").strip_prefix(&site).expect("to this server")).await;
        assert_eq!(stranger.text("h1").await, verdict);
        assert!(stranger.text("main").await.contains("Video <b>before</b> & after"), "names are shown as they are");
        let name = stranger.find("#save-name").await.prop("value").await.expect("it has a value");
        assert_eq!(name.as_deref(), Some("Video <b>before</b> & after"));
        stranger.screenshot("shared").await;
        stranger.go(plan.strip_prefix(&site).expect("to this server")).await;
        assert_eq!(stranger.text("h1").await, verdict);
        stranger.close().await;
    });
}

#[test]
fn somebody_who_was_slower_decides_what_becomes_of_both() {
    told(async |site| {
        let (ann, bob) = (Browser::open(&site, Look::DESK).await, Browser::open(&site, Look::DESK).await);
        brought(&ann, "one-service.toml").await;
        ann.until("h1", |text| text.starts_with("Run ")).await;
        save(&ann, "Ours").await;
        let plan = ann.find("ul.ways a[href^='/plan']").await.prop("href").await.expect("links lead somewhere");
        let plan = plan.expect("it leads somewhere");
        let plan = plan.strip_prefix(&site).expect("to this server");
        for (browser, name, peak) in [(&ann, "Ann", "300/s"), (&bob, "Bob", "500/s")] {
            browser.go(&format!("{plan}&set=demand.peak%3D{peak}")).await;
            browser.fill("#save-by", name).await;
        }
        ann.click(".save button[value=next]").await;
        ann.until("h1", |text| text == "Ours").await;
        bob.click(".save button[value=next]").await;
        bob.until("h1", |text| text == "Somebody was faster").await;
        let told = bob.text("main").await;
        assert!(told.contains("began from version 1 of Ours. Version 2 was saved meanwhile by Ann"), "{told}");
        assert!(told.contains("300/s -> 500/s"), "{told}");
        bob.screenshot("conflict").await;
        bob.click("button[value=next]").await;
        bob.until("h1", |text| text == "Ours").await;
        bob.click("a[href$='/history']").await;
        assert_eq!(bob.all("tbody tr").await.len(), 3, "Ann's version is there, too");
        ann.close().await;
        bob.close().await;
    });
}

#[test]
fn an_export_of_a_bill_is_read_and_prices_are_filtered() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        brought(&browser, "bills/focus.csv").await;
        browser.until("main", |text| text.contains("It was read as a bill.")).await;
        browser.screenshot("opened").await;
        browser.click("ul.cards a[href^='/bill']").await;
        browser.until("#answer h1", |text| text.contains('$')).await;
        browser.screenshot("bill").await;
        // Whoever has a name is not a column of the bill.
        browser.run("localStorage.setItem('name', 'Ann')").await;
        browser.reload().await;
        browser.until("#answer h1", |text| text.contains('$')).await;
        let by =
            browser.run("return [...document.querySelectorAll('[name=by]')].map(field => field.value).join()").await;
        assert!(!by.as_str().expect("it is text").contains("Ann"), "{by}");

        browser.go("/prices?region=us-east-1").await;
        let all = browser.text("h1").await;
        browser.fill("#where", "vcpu>=4 && vcpu<=8 && family=~^m7").await;
        let fewer = browser.until("h1", |text| text != all).await;
        assert!(browser.all("tbody tr").await.len() > 1, "{fewer}");
        browser.screenshot("prices").await;
        browser.fill("#where", "vcpu>=").await;
        browser.until("#wrong", |text| !text.is_empty()).await;
        browser.close().await;
    });
}

#[test]
fn everything_works_without_scripts() {
    told(async |site| {
        let browser = Browser::open(&site, Look::WITHOUT_SCRIPTS).await;
        brought(&browser, "one-service.toml").await;
        let verdict = browser.until("h1", |text| text.starts_with("Run ")).await;
        save(&browser, "By hand").await;
        assert_eq!(browser.text("p.verdict").await, verdict);
        browser.click("ul.ways a[href^='/workload']").await;
        browser.fill("[id='k-demand.peak']", "900/s").await;
        browser.click("form.knobs button").await;
        let changed = browser.until("#answer h1", |text| text != verdict && text.starts_with("Run ")).await;
        browser.fill("#save-by", "Bob").await;
        browser.click(".save button[value=next]").await;
        browser.until("p.verdict", |text| text == changed).await;
        browser.screenshot("without-scripts").await;
        browser.click("button[formaction$='/delete']").await;
        // A name is asked for: nobody deletes without one.
        browser.fill("#by", "Bob").await;
        browser.click("button[formaction$='/delete']").await;
        browser.until("form.said", |text| text.starts_with("By hand is deleted.")).await;
        browser.close().await;
    });
}

#[test]
fn keys_are_enough() {
    told(async |site| {
        let browser = Browser::open(&site, Look::DESK).await;
        browser.go("/").await;
        browser.keys("?").await;
        browser.until("dialog[open]", |text| text.contains("this list")).await;
        browser.screenshot("keys").await;
        browser.keys(Key::Escape + "").await;
        browser.keys("gk").await;
        browser.until("h1", |text| text == "No scenarios are kept").await;
        browser.keys("gm").await;
        browser.until("h1", |text| text.contains("machines")).await;
        browser.keys("jjx").await;
        assert_eq!(browser.all("tr.here input:checked").await.len(), 1);
        browser.keys("jx").await;
        browser.keys("c").await;
        browser.until("h1", |text| text.contains(" is the cheapest ")).await;
        assert!(browser.path().await.starts_with("/prices/compare?name="));
        browser.close().await;
    });
}
