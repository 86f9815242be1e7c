//! What can be kept of an answer, and what its page offers to do next.
use super::pages::{heading, links, sample, shown};
use plimsoll_tests::Server;

/// Saves what a page of a question shows, and gives the address of the scenario.
fn saved(server: &Server, question: &str, query: &str) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("q", query).append_pair("question", question).append_pair("name", "Kept").append_pair("by", "Ann");
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = form.append_pair("as", "new").finish();
    let answer = server.ask("POST", "/scenarios", &kind, body.as_bytes());
    assert_eq!(answer.status, 303, "{question} {query}: {}", answer.text());
    answer.header("location").to_owned()
}

#[test]
fn every_answer_about_a_workload_is_kept_and_asked_again() {
    let server = Server::start(&[]);
    let plan = sample(&server, "/plan?w=");
    let w = plan.split("w=").nth(1).expect("a workload");
    let asked = [
        ("plan", "levers=true&lever=commit"),
        ("plan", "sweep=demand.peak%3D600%2Fs..1500%2Fs%3A4"),
        ("plan", "seek=demand.peak+s.t.+usd_per_month+%3C%3D+3000"),
        ("compare", "set=demand.peak%3D1800%2Fs"),
    ];
    for (question, flags) in asked {
        let query = format!("w={w}&{flags}&as-of=2026-11-23");
        let page = shown(&server, &format!("/{question}?{query}"));
        assert_eq!(page.status, 200, "{question} {flags}: {}", page.text());
        assert!(page.text().contains("id=\"save\""), "{question} {flags} cannot be saved");
        let place = saved(&server, question, &query);
        let scenario = shown(&server, &place);
        let verdict = format!("<p class=\"verdict\">{}</p>", heading(&page));
        assert!(scenario.text().contains(&verdict), "{question} {flags}: {}", scenario.text());
        let again =
            links(&scenario).into_iter().find(|link| link.starts_with(&format!("/{question}?"))).expect("a way back");
        assert_eq!(heading(&shown(&server, &again)), heading(&page), "{question} {flags}");
        // The link that holds all of it is answered as the same question.
        let link = links(&scenario).into_iter().find(|link| link.starts_with("/shared?s=")).expect("a link");
        assert_eq!(heading(&shown(&server, &link)), heading(&page), "{question} {flags}");
    }
}

#[test]
fn answers_about_files_say_why_they_are_not_kept() {
    let server = Server::start(&[]);
    let pages = [
        "/bill?f=sample-bill&by=service",
        "/rightsize?f=sample-fleet&fleet=fleet.csv",
        "/profile?f=sample-requests&counts=true",
    ];
    for page in pages {
        let text = shown(&server, page).text();
        assert!(text.contains("An answer about files is not kept as a scenario"), "{page}");
        assert!(!text.contains("id=\"save\""), "{page}");
    }
    let forgetful = Server::start(&["--database", "none"]);
    let text = shown(&forgetful, &sample(&forgetful, "/plan?w=")).text();
    assert!(text.contains("This server keeps no scenarios") && !text.contains("id=\"save\""), "{text}");
}

#[test]
fn levers_are_ticked_and_planned_together() {
    let server = Server::start(&[]);
    let plan = sample(&server, "/plan?w=");
    let page = shown(&server, &format!("{plan}&levers=true&as-of=2026-11-23"));
    let text = page.text();
    let form =
        text.split("<form class=\"levers\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    let names: Vec<&str> =
        form.split("name=\"lever\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(names.len() > 5 && !form.contains(" checked"), "{form}");
    assert!(form.contains("name=\"w\"") && form.contains(" a month less"), "{form}");
    let both = format!("{plan}&levers=true&as-of=2026-11-23&lever={}&lever={}", names[0], names[1]);
    let together = shown(&server, &both);
    assert_eq!(together.text().matches(" checked").count(), 3, "two levers, and the flag that asks for them");
    assert!(together.text().contains("Levers pulled"), "{}", heading(&together));
    assert_ne!(heading(&together), heading(&page));
}
