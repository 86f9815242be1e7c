//! How pages look: on every width, in the dark, and to those who do not see them.
use crate::driven::{Browser, Look};
use crate::hands::LAUNCH;
use crate::{brought, told};

/// Pages that there are without anything kept, by what their screenshots are called.
const PAGES: [(&str, &str); 10] = [
    ("start", "/"),
    ("workload", "/workload"),
    ("prices", "/prices?region=us-east-1"),
    ("compared", "/prices/compare?region=us-east-1&name=m7g.large&name=m7i.large&name=c8g.large"),
    ("bill", "/bill?f=sample-bill&by=service"),
    ("rightsize", "/rightsize?f=sample-fleet&fleet=fleet.csv"),
    ("profile", "/profile?f=sample-requests&counts=true"),
    ("help", "/help"),
    ("nothing-kept", "/scenarios"),
    ("nowhere", "/nowhere"),
];

/// The pages of a scenario, once one is kept.
async fn kept(browser: &Browser) -> Vec<(&'static str, String)> {
    brought(browser, "checkout.toml").await;
    browser.until("h1", |text| text.starts_with("Run ")).await;
    let plan = browser.path().await;
    browser.fill("#save-name", "Checkout, with a name that is rather long so that it has to be broken somewhere").await;
    browser.fill("#save-by", "Ann").await;
    browser.fill("#save-notes", "As agreed on Monday.").await;
    browser.click(".save button[value=new]").await;
    browser.until("h1", |text| text.starts_with("Checkout")).await;
    let scenario = browser.path().await;
    let id = scenario.rsplit('/').next().unwrap_or_default().to_owned();
    browser.fill("#name", "Another").await;
    browser.click("form.row button:not([formaction])").await;
    browser.until("h1", |text| text == "Another").await;
    let fork = browser.path().await.rsplit('/').next().unwrap_or_default().to_owned();
    browser.go("/").await;
    let launch = browser.find(LAUNCH).await.attr("href").await.expect("links lead somewhere");
    vec![
        ("levers", format!("{plan}&levers=true")),
        ("sweep", format!("{plan}&sweep=demand.peak%3D600%2Fs..3000%2Fs:6")),
        ("explain", plan.replace("/plan", "/explain") + "&number=chosen.cost.usd_per_month.mean"),
        ("launch", launch.expect("it leads somewhere")),
        ("plan", plan),
        ("scenario", scenario.clone()),
        ("history", format!("{scenario}/history")),
        ("scenarios", "/scenarios".into()),
        ("compare", format!("/scenarios/compare?id={id}&id={fork}")),
        ("missing", "/scenarios/000000000000".into()),
    ]
}

async fn looked_at(site: &str, name: &str, look: Look) {
    let browser = Browser::open(site, look).await;
    let mut pages = kept(&browser).await;
    pages.extend(PAGES.map(|(name, path)| (name, path.to_owned())));
    let mut wrong = Vec::new();
    for (page, path) in pages {
        browser.go(&path).await;
        browser.screenshot(&format!("{name}-{page}")).await;
        if browser.is_too_wide().await {
            wrong.push(format!("{page} is wider than the screen"));
        }
        wrong.extend(browser.serious_findings().await.into_iter().map(|finding| format!("{page}: {finding}")));
    }
    browser.close().await;
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

#[test]
fn pages_fit_a_desk() {
    told(async |site| looked_at(&site, "desk", Look::DESK).await);
}

#[test]
fn pages_fit_a_phone() {
    told(async |site| looked_at(&site, "phone", Look::PHONE).await);
}

#[test]
fn pages_fit_a_wall() {
    told(async |site| looked_at(&site, "wall", Look::WALL).await);
}

#[test]
fn pages_can_be_read_in_the_dark() {
    told(async |site| looked_at(&site, "dark", Look::DARK).await);
}
