//! The stories that people live through in a real browser, with screenshots in `target/screens` for somebody to look at.
//!
//! Where Chromium or its driver is not installed they say so and are not run.
use plimsoll_tests::{Server, root};

#[path = "browser/driven.rs"]
mod driven;
#[path = "browser/hands.rs"]
mod hands;
#[path = "browser/look.rs"]
mod look;
#[path = "browser/stories.rs"]
mod stories;

use driven::Browser;

/// Runs a story, if there is a browser.
fn told(story: impl AsyncFnOnce(String)) {
    if !driven::is_here() {
        return;
    }
    let server = Server::start(&[]);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("a runtime can be built").block_on(story(format!("http://{}", server.address())));
}

/// A fixture by its path, as a file field takes it.
fn fixture(name: &str) -> String {
    root().join("fixtures").join(name).display().to_string()
}

/// Brings a fixture on the first page.
async fn brought(browser: &Browser, name: &str) {
    browser.go("/").await;
    browser.find("input[type=file]").await.send_keys(fixture(name)).await.expect("files can be chosen");
    if !browser.runs_scripts() {
        browser.click("form.drop button").await;
    }
}
