//! A real browser, driven by WebDriver.
use serde_json::{Value, json};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, TypingData};

/// What drives Chromium; Debian's package is `chromium-driver`.
const DRIVER: &str = "chromedriver";

/// How long a page may take to show what is waited for. Measured times are far below; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a visitor looks at the pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) runs_scripts: bool,
    pub(crate) is_dark: bool,
}

impl Look {
    pub(crate) const DESK: Self = Self { width: 1280, height: 900, runs_scripts: true, is_dark: false };
    pub(crate) const PHONE: Self = Self { width: 400, height: 800, ..Self::DESK };
    pub(crate) const WALL: Self = Self { width: 2560, height: 1300, ..Self::DESK };
    pub(crate) const DARK: Self = Self { is_dark: true, ..Self::DESK };
    pub(crate) const WITHOUT_SCRIPTS: Self = Self { runs_scripts: false, ..Self::DESK };
}

/// A browser with a profile of its own, and what it looks at.
pub(crate) struct Browser {
    driver: WebDriver,
    process: Child,
    site: String,
    look: Look,
}

impl Browser {
    /// Opens a fresh profile.
    pub(crate) async fn open(site: &str, look: Look) -> Self {
        let mut process = Command::new(DRIVER)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver can be run");
        let port = port(&mut process);
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(look)).await;
        let driver = driver.expect("the browser starts");
        let browser = Self { driver, process, site: site.into(), look };
        browser.resize(look).await;
        browser
    }
    /// Ends it.
    pub(crate) async fn close(mut self) {
        self.driver.quit().await.expect("the browser ends");
        self.process.kill().expect("it is ours");
        self.process.wait().expect("it is ours");
    }
    /// A browser's own windows are no narrower than 500 pixels; what it draws into may be.
    async fn resize(&self, look: Look) {
        let screen =
            json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": look.width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
        let scheme = if look.is_dark { "dark" } else { "light" };
        let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", feature).await;
    }
    async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.driver.cdp().send_raw(command, parameters).await.expect("Chromium knows the command")
    }

    pub(crate) async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.site)).await.expect("the page loads");
    }
    pub(crate) async fn url(&self) -> String {
        self.driver.current_url().await.expect("there is a page").to_string()
    }
    /// Where it is on the site.
    pub(crate) async fn path(&self) -> String {
        let url = self.url().await;
        url.strip_prefix(&self.site).unwrap_or_else(|| panic!("{url} is somewhere else")).to_owned()
    }
    pub(crate) const fn runs_scripts(&self) -> bool {
        self.look.runs_scripts
    }
    pub(crate) async fn reload(&self) {
        self.driver.refresh().await.expect("the page loads");
    }
    /// The first element that is found, which may take a while to be there.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        let began = Instant::now();
        loop {
            match self.driver.find(By::Css(css)).await {
                Ok(found) => return found,
                Err(_) if began.elapsed() < PATIENCE => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(error) => panic!("`{css}` is not on {}: {error}", self.url().await),
            }
        }
    }
    pub(crate) async fn all(&self, css: &str) -> Vec<WebElement> {
        self.driver.find_all(By::Css(css)).await.expect("a list may be empty")
    }
    pub(crate) async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.expect("elements have texts")
    }
    /// Waits until an element says what is wanted, and gives what it says.
    pub(crate) async fn until(&self, css: &str, is_wanted: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            // What is replaced while it is looked at is looked at again.
            let found = self.driver.find(By::Css(css)).await;
            let text = match found {
                Ok(found) => found.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if is_wanted(&text) {
                return text;
            }
            assert!(began.elapsed() < PATIENCE, "`{css}` on {} still says `{text}`", self.url().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    pub(crate) async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.scroll_into_view().await.expect("it is on the page");
        element.click().await.unwrap_or_else(|error| panic!("`{css}` cannot be clicked: {error}"));
    }
    /// Types over what a field holds.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("it is a field");
        field.send_keys(text).await.expect("it is a field");
    }
    pub(crate) async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(keys).perform().await.expect("keys can be pressed");
    }
    /// What a script gives.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let ran = self.driver.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        ran.json().clone()
    }

    /// What a script gives to the function that is its last argument.
    pub(crate) async fn wait_for(&self, script: &str) -> Value {
        let ran = self.driver.execute_async(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        ran.json().clone()
    }
    /// Lets pages use the clipboard, as a person does who is asked.
    pub(crate) async fn allow_clipboard(&self) {
        let rights = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        self.devtools("Browser.grantPermissions", json!({ "permissions": rights, "origin": self.site })).await;
        self.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await;
    }
    /// What was copied last.
    pub(crate) async fn clipboard(&self) -> String {
        const READ: &str = "const done = arguments[arguments.length - 1]; \
             navigator.clipboard.readText().then(done).catch(error => done(String(error)))";
        self.wait_for(READ).await.as_str().expect("it is text").to_owned()
    }

    /// Keeps what the page looks like, from its top to its foot, for people to look at.
    pub(crate) async fn screenshot(&self, name: &str) {
        /// A longer page is cut: nobody looks further.
        const LONGEST: f64 = 6000.0;
        let folder = screens();
        fs::create_dir_all(&folder).expect("the folder of screenshots can be made");
        let page = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let side = |name: &str| page["cssContentSize"][name].as_f64().expect("sizes are numbers");
        let (width, height) = (side("width"), side("height").min(LONGEST));
        let whole = json!({
            "format": "png",
            "captureBeyondViewport": true,
            "clip": { "x": 0, "y": 0, "width": width, "height": height, "scale": 1 },
        });
        let shot = self.devtools("Page.captureScreenshot", whole).await;
        let bytes = shot["data"].as_str().and_then(base64).expect("it is a picture");
        fs::write(folder.join(format!("{name}.png")), bytes).expect("it can be written");
    }

    /// Whatever axe finds that keeps people out: its findings of serious and critical impact, one sentence each.
    pub(crate) async fn serious_findings(&self) -> Vec<String> {
        const AXE: &str = include_str!("axe/axe.min.js");
        const RUN: &str = "const done = arguments[arguments.length - 1]; \
             axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations)).catch(e => done(String(e)))";
        self.run(AXE).await;
        let found = self.wait_for(RUN).await;
        let found = found.as_array().unwrap_or_else(|| panic!("axe failed: {found}")).clone();
        let is_serious = |finding: &&Value| matches!(finding["impact"].as_str(), Some("serious" | "critical"));
        let told = |finding: &Value| {
            let places = finding["nodes"].as_array().into_iter().flatten();
            let places: Vec<_> = places.map(|node| format!("{} {}", node["target"], node["failureSummary"])).collect();
            format!("{}: {}\n  {}", finding["id"], finding["help"], places.join("\n  "))
        };
        found.iter().filter(is_serious).map(told).collect()
    }
    /// Whether the page is wider than the screen: then it has to be moved sideways to be read.
    pub(crate) async fn is_too_wide(&self) -> bool {
        let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        self.run(wide).await == Value::Bool(true)
    }
}

/// Whether a browser can be driven here; where not, says what is missing.
pub(crate) fn is_here() -> bool {
    let runs = |program: &str| {
        let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    };
    let missing: Vec<_> = ["chromium", DRIVER].into_iter().filter(|program| !runs(program)).collect();
    if !missing.is_empty() {
        let names = missing.join(" and ");
        eprintln!("not run: {names} not found (Debian: apt install chromium chromium-driver)");
    }
    missing.is_empty()
}

/// Where the screenshots land.
pub(crate) fn screens() -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    target.parent().expect("it is in the target folder").join("screens")
}

/// The driver tells the port that it took.
fn port(process: &mut Child) -> u16 {
    let lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
    let told = |line: std::io::Result<String>| {
        let line = line.expect("the driver writes text");
        line.split("started successfully on port ").nth(1)?.trim_end_matches('.').parse().ok()
    };
    lines.into_iter().find_map(told).expect("the driver tells its port")
}

fn capabilities(look: Look) -> ChromeCapabilities {
    let mut capabilities = ChromeCapabilities::new();
    // Nothing is asked of the network, and nothing of the machine that tests may not have.
    let flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
    ];
    for flag in flags {
        capabilities.add_arg(flag).expect("flags are texts");
    }
    if !look.runs_scripts {
        let never = json!({ "profile.managed_default_content_settings.javascript": 2 });
        capabilities.add_experimental_option("prefs", never).expect("it is JSON");
    }
    capabilities
}

fn base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}
