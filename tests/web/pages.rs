//! Pages as a browser without scripts meets them: each is what its address says.
use plimsoll::Question;
use plimsoll_tests::{Response, Server, root, run_in};
use std::fs;

/// A page that is shown, checked for what every page must be.
pub(super) fn shown(server: &Server, path: &str) -> Response {
    let answer = server.get(path);
    let text = answer.text();
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    assert!(text.starts_with("<!doctype html>\n<html lang=\"en\">"), "{path}");
    for one in ["<main", "<h1", "<title>"] {
        assert_eq!(text.matches(one).count(), 1, "{path}: {one}");
    }
    for inline in ["<script>", " style=", "<style", "onclick=", "javascript:"] {
        assert!(!text.contains(inline), "{path}: the policy forbids {inline}");
    }
    assert_eq!(text.matches("<script src=\"/assets/").count(), 1, "{path}");
    answer
}

pub(super) fn heading(answer: &Response) -> String {
    let text = answer.text();
    let from = text.find("<h1>").expect("a page has a heading") + 4;
    text[from..].split("</h1>").next().expect("headings end").to_owned()
}

/// The addresses that a page leads to.
pub(super) fn links(answer: &Response) -> Vec<String> {
    let text = answer.text();
    let all = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.map(|link| link.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

/// Where a sample leads, by its word.
pub(super) fn sample(server: &Server, begins: &str) -> String {
    let links = links(&server.get("/"));
    links.into_iter().find(|link| link.starts_with(begins)).unwrap_or_else(|| panic!("no sample leads to {begins}"))
}

#[test]
fn the_first_page_leads_everywhere() {
    let server = Server::start(&[]);
    let start = shown(&server, "/");
    let links = links(&start);
    for question in Question::KINDS {
        assert!(links.contains(&format!("/{question}")), "{question}");
        shown(&server, &format!("/{question}"));
    }
    for link in links.iter().filter(|link| link.starts_with('/') && !link.starts_with("/assets/")) {
        let answer = shown(&server, link);
        assert_eq!(answer.status, 200, "{link}: {}", heading(&answer));
    }
}

#[test]
fn the_plan_page_shows_what_the_command_line_says() {
    let server = Server::start(&[]);
    let page = shown(&server, &format!("{}&as-of=2026-11-23", sample(&server, "/plan?w=")));
    let ran = run_in(&root(), &["plan", "fixtures/checkout.toml", "--as-of", "2026-11-23", "--format", "json"], "");
    let envelope: serde_json::Value = serde_json::from_str(&ran.out).expect("an envelope");
    let verdict = envelope["verdict"].as_str().expect("a verdict");
    assert_eq!(heading(&page), verdict);
    let text = page.text();
    for part in ["<svg", "<table>", "name=\"region\"", "/explain?w=", "as=csv"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn every_copy_of_an_answer_can_be_taken_along() {
    let server = Server::start(&[]);
    let plan = format!("{}&as-of=2026-11-23", sample(&server, "/plan?w="));
    let folder = std::env::temp_dir().join(format!("plimsoll-copies-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("folders can be made");
    fs::copy(root().join("fixtures/checkout.toml"), folder.join("workload.toml")).expect("files can be copied");
    for (copy, format) in [("json", "json"), ("csv", "csv"), ("md", "md"), ("txt", "text"), ("html", "html")] {
        let answer = server.get(&format!("{plan}&as={copy}"));
        let ran = run_in(&folder, &["plan", "workload.toml", "--as-of", "2026-11-23", "--format", format], "");
        assert_eq!(answer.status, 200, "{copy}");
        assert!(answer.text() == ran.out, "{copy}: the bytes differ");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"plan."), "{copy}");
    }
    assert!(server.get(&format!("{plan}&as=xlsx")).body.starts_with(b"PK"));
    let tabs = server.get(&format!("{plan}&as=tsv")).text();
    assert!(tabs.lines().all(|line| line.matches('\t').count() == tabs.lines().next().unwrap().matches('\t').count()));
    fs::remove_dir_all(folder).expect("it is ours");
}

#[test]
fn a_workload_that_is_brought_becomes_an_address() {
    let server = Server::start(&[]);
    let toml = fs::read(root().join("fixtures/one-service.toml")).expect("the fixture is there");
    let brought = server.form("/open", &[("file", Some("mine.toml"), &toml)]);
    assert_eq!(brought.status, 303, "{}", brought.text());
    let place = brought.header("location");
    assert!(place.starts_with("/plan?w="), "{place}");
    assert!(heading(&shown(&server, place)).starts_with("Run "));
}

#[test]
fn exports_that_are_brought_tell_what_they_are() {
    let server = Server::start(&[]);
    let cases = [
        ("fixtures/bills/focus.csv", "It was read as a bill.", "/bill?f="),
        ("fixtures/service/sadf.csv", "It was read as telemetry", "/profile?f="),
    ];
    let fleet = shown(&server, "/open?f=sample-fleet");
    assert_eq!(fleet.status, 200, "{}", heading(&fleet));
    assert!(links(&fleet).contains(&"/rightsize?f=sample-fleet&fleet=fleet.csv".to_owned()), "{:?}", links(&fleet));
    for (file, what, way) in cases {
        let bytes = fs::read(root().join(file)).expect("the fixture is there");
        let brought = server.form("/open", &[("file", Some("export.csv"), &bytes)]);
        let page = shown(&server, brought.header("location"));
        assert!(page.status == 200 && page.text().contains(what), "{file}: {}", heading(&page));
        let next = links(&page).into_iter().find(|link| link.starts_with(way)).expect("a way to the question");
        assert!(shown(&server, &next).status != 400, "{file}");
    }
    let brought = server.form("/open", &[("file", Some("a.csv"), b"a,b\n1,2\n")]);
    let page = shown(&server, brought.header("location"));
    assert!(page.status == 400 && page.text().contains("class=\"mistake\""), "{}", page.text());
    assert_eq!(shown(&server, "/open?f=0123").status, 410);
}

#[test]
fn a_what_if_is_an_address() {
    let server = Server::start(&[]);
    let plan = sample(&server, "/plan?w=");
    let w = plan.split("w=").nth(1).expect("a workload");
    let page = shown(&server, &format!("/workload?w={w}"));
    assert!(page.text().contains("name=\"set.demand.peak\" value=\"900/s\""), "{}", page.text());
    let busier = shown(&server, &format!("/workload?w={w}&set=demand.peak%3D3000/s"));
    assert_ne!(heading(&busier), heading(&page));
    assert!(busier.text().contains("value=\"3000/s\""));
    // As the form sends it without scripts: all fields, most of them as they are in the file.
    let sent = shown(&server, &format!("/workload?w={w}&set.demand.peak=3000/s&set.demand.mean=350/s&set.horizon="));
    assert_eq!(heading(&sent), heading(&busier));
    let wrong = shown(&server, &format!("/workload?w={w}&set=demand.peak%3D3000"));
    assert!(wrong.status == 400 && wrong.text().contains("it has no unit"), "{}", wrong.text());
}

#[test]
fn any_number_is_explained_a_click_away() {
    let server = Server::start(&[]);
    let plan = shown(&server, &sample(&server, "/plan?w="));
    let all = links(&plan).into_iter().find(|link| link.starts_with("/explain?")).expect("a way to the numbers");
    let list = shown(&server, &all);
    assert!(
        list.text().contains("name=\"number\" value=\"chosen.cost.usd_per_month.mean\""),
        "the total can be explained"
    );
    assert!(list.body.len() < 400_000, "{} bytes", list.body.len());
    // The numbers of the plan's own tables are buttons of one form that says the rest.
    let form = plan.text().split("<form id=\"explain\" method=\"get\" action=\"/explain\">").nth(1).map(str::to_owned);
    assert!(form.is_some_and(|form| form.contains("name=\"w\" value=\"1.")), "the form has the workload");
    let button = "<button class=\"why\" form=\"explain\" name=\"number\" value=\"chosen.cost.usd_per_month.mean\">$";
    assert!(plan.text().contains(button) && plan.text().matches("<button class=\"why\"").count() > 20);
    let number = format!("{all}&number=chosen.cost.usd_per_month.mean");
    let page = shown(&server, &number);
    assert!(heading(&page).starts_with("chosen.cost.usd_per_month.mean is $"), "{}", heading(&page));
    assert!(page.text().contains("the exact sum of the lines"));
    assert_eq!(shown(&server, &number.replace("usd_per_month.mean", "usd_per_mouth")).status, 400);
}

#[test]
fn machines_are_filtered_sorted_paged_and_compared() {
    let server = Server::start(&[]);
    let page = shown(&server, "/prices?region=us-east-1&where=vcpu%3E%3D4+%26%26+%3C%3D8&sort=vcpu%3Adesc");
    assert!(heading(&page).contains(" match"), "{}", heading(&page));
    let text = page.text();
    assert!(text.contains("aria-sort=\"descending\"") && text.contains("Next</a>"), "{text}");
    let next = links(&page).into_iter().find(|link| link.contains("page=2")).expect("a next page");
    assert!(heading(&shown(&server, &next)).contains("Number 101 to "), "{next}");
    let wrong = shown(&server, "/prices?where=vcpu%3E%3Dmany");
    assert!(wrong.status == 400 && wrong.text().contains("<pre>") && wrong.text().contains("^^^^"), "{}", wrong.text());
    let compared = shown(&server, "/prices/compare?region=us-east-1&name=m7g.large&name=m7i.large");
    assert!(compared.text().contains("to first"), "{}", compared.text());
    assert!(heading(&shown(&server, "/prices/show?name=m7g.large")).starts_with("m7g.large in aws/us-east-1"));
    let csv = server.get("/prices?region=us-east-1&where=vcpu%3D%3D4&columns=shape&columns=vcpu&as=csv").text();
    assert!(csv.starts_with("shape,vcpu,") && csv.lines().count() > 50, "{csv}");
}

#[test]
fn names_are_text_on_every_page() {
    let server = Server::start(&[]);
    let evil = "\"><img src=x onerror=alert(1)>";
    let toml = fs::read_to_string(root().join("fixtures/one-service.toml")).expect("the fixture is there");
    let named = toml.replace("name = \"thumbnails\"", &format!("name = '{evil}'"));
    let brought = server.form("/open", &[("file", Some("a.toml"), named.as_bytes())]);
    let w = brought.header("location").split("w=").nth(1).expect("a workload").to_owned();
    let escaped = "%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E";
    let pages = [
        format!("/plan?w={w}"),
        format!("/workload?w={w}"),
        format!("/explain?w={w}&number={escaped}"),
        format!("/plan?w={w}&region={escaped}"),
        format!("/plan?w={w}&set={escaped}%3D1"),
        format!("/plan?{escaped}=1&w={w}"),
        format!("/prices?where={escaped}&sort={escaped}&columns={escaped}"),
        format!("/prices/show?name={escaped}"),
        format!("/bill?f=sample-bill&by={escaped}"),
        format!("/{escaped}"),
    ];
    for page in pages {
        assert!(!shown(&server, &page).text().contains("<img"), "{page}");
    }
    let brought = server.form("/open", &[("file", Some("<img src=x>.csv"), b"<img src=x>,b\n1,2\n")]);
    assert!(!shown(&server, brought.header("location")).text().contains("<img"));
}

#[test]
fn the_first_page_is_small_and_what_it_loads_is_kept() {
    let server = Server::start(&[]);
    let head = [("Accept-Encoding", "gzip")];
    let page = server.ask("GET", "/", &head, b"");
    assert_eq!(page.header("content-encoding"), "gzip");
    let mut bytes = page.body.len();
    let assets: Vec<String> = ["href=\"/assets/", "src=\"/assets/"]
        .iter()
        .flat_map(|mark| {
            let text = server.get("/").text();
            text.split(mark)
                .skip(1)
                .filter_map(|rest| rest.split('"').next().map(|end| format!("/assets/{end}")))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(assets.len(), 3);
    for asset in assets {
        let answer = server.ask("GET", &asset, &head, b"");
        assert_eq!((answer.status, answer.header("cache-control")), (200, "public, max-age=31536000, immutable"));
        bytes += answer.body.len();
    }
    assert!(bytes < 100_000, "{bytes} bytes");
    assert_eq!(server.get("/assets/0000000000000000/style.css").status, 404);
}

#[test]
fn a_browser_shows_the_token_once() {
    let path = std::env::temp_dir().join(format!("plimsoll-login-{}", std::process::id()));
    fs::write(&path, "0123456789abcdef").expect("files can be written");
    let server = Server::start(&["--token-file", &path.display().to_string()]);
    let sent = server.ask("GET", "/", &[("Accept", "text/html")], b"");
    assert_eq!((sent.status, sent.header("location")), (303, "/login"));
    shown(&server, "/login");
    let enter = |token: &str| {
        server.ask(
            "POST",
            "/login",
            &[("Content-Type", "application/x-www-form-urlencoded")],
            format!("token={token}").as_bytes(),
        )
    };
    assert_eq!(enter("0123456789abcdeF").status, 401);
    let entered = enter("0123456789abcdef");
    assert_eq!((entered.status, entered.header("location")), (303, "/"));
    let cookie = entered.header("set-cookie");
    assert!(cookie.contains("HttpOnly; SameSite=Strict") && !cookie.contains("0123456789abcdef"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie").to_owned();
    assert_eq!(server.ask("GET", "/", &[("Cookie", &cookie)], b"").status, 200);
    fs::remove_file(path).expect("it is ours");
}
