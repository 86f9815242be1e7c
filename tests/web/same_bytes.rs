//! The API gives the bytes of the command line, for every story of every question.
use plimsoll::Question;
use plimsoll_tests::{Response, Server, TODAY, root, run_in, words};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// A story as it is asked through the network: its parts, and the words of the command line.
struct Story {
    folder: PathBuf,
    question: String,
    words: Vec<String>,
}

fn stories() -> Vec<Story> {
    let mut stories = Vec::new();
    for question in Question::KINDS {
        let Ok(entries) = fs::read_dir(root().join("tests/cases").join(question)) else { continue };
        for folder in entries.map(|entry| entry.expect("entries can be read").path()).filter(|path| path.is_dir()) {
            let flags = fs::read_to_string(folder.join("flags.txt")).unwrap_or_default();
            let file = folder.join("question.toml").exists().then(|| "question.toml".to_owned());
            let words: Vec<String> = file.into_iter().chain(words(&flags)).collect();
            // A folder is read where it lies; through the network its files are sent, under their own names.
            if words.iter().any(|word| folder.join(word).is_dir()) {
                continue;
            }
            stories.push(Story { folder, question: question.to_owned(), words });
        }
    }
    stories
}

/// The parts of a form that asks the same as these words: what is a file is sent, all else is a flag.
fn parts(story: &Story) -> Vec<(String, Option<String>, Vec<u8>)> {
    let mut parts = vec![("as-of".to_owned(), None, TODAY.to_string().into_bytes())];
    let mut flag: Option<String> = None;
    let on = |flag: Option<String>| flag.map(|name| (name, None, b"true".to_vec()));
    for word in &story.words {
        let path = story.folder.join(word);
        match (word.strip_prefix("--"), path.is_file()) {
            // A flag after a flag: the first is a switch.
            (Some(name), _) => parts.extend(on(flag.replace(name.to_owned()))),
            (None, true) => {
                let name = path.file_name().expect("files have names").to_string_lossy().into_owned();
                let bytes = fs::read(&path).expect("the file is there");
                parts.push((flag.take().unwrap_or_else(|| "input".into()), Some(name), bytes));
            }
            (None, false) => parts.push((flag.take().expect("a value has its flag"), None, word.clone().into_bytes())),
        }
    }
    parts.extend(on(flag));
    parts
}

fn posted(server: &Server, story: &Story) -> Response {
    let parts = parts(story);
    let borrowed: Vec<_> =
        parts.iter().map(|(name, file, bytes)| (name.as_str(), file.as_deref(), &bytes[..])).collect();
    server.form(&format!("/api/v1/{}", story.question), &borrowed)
}

fn told(folder: &Path, question: &str, words: &[String]) -> (i32, String) {
    let day = TODAY.to_string();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ran = run_in(folder, &[&[question][..], &words, &["--as-of", &day, "--format", "json"]].concat(), "");
    (ran.status, ran.out)
}

#[test]
fn every_story_is_answered_with_the_same_bytes() {
    let server = Server::start(&[]);
    let stories = stories();
    assert!(stories.len() >= 15, "the stories are there");
    for story in &stories {
        let (status, out) = told(&story.folder, &story.question, &story.words);
        let answer = posted(&server, story);
        let name = story.folder.display();
        assert_eq!(answer.status, if status == 0 { 200 } else { 422 }, "{name}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/json");
        assert!(answer.text() == out, "{name}: the bytes differ");
    }
}

#[test]
fn a_workload_in_json_is_answered_with_the_same_bytes() {
    let server = Server::start(&[]);
    let folder = std::env::temp_dir().join(format!("plimsoll-same-bytes-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("folders can be made");
    let toml = fs::read_to_string(root().join("fixtures/checkout.toml")).expect("the fixture is there");
    fs::write(folder.join("workload.toml"), &toml).expect("files can be written");
    let day = TODAY.to_string();
    for (set, expected) in
        [("demand.peak=1200/s", (0, 200)), ("promises.p99=1 ms", (1, 422)), ("demand.peak=1200", (2, 400))]
    {
        let (status, out) = told(&folder, "plan", &["workload.toml".into(), "--set".into(), set.into()]);
        let question = json!({ "workload": toml, "flags": { "as_of": day, "set": [set] } });
        let answer = server.post("/api/v1/plan", &question);
        assert_eq!((status, answer.status), expected, "{set}: {}", answer.text());
        assert!(answer.text() == out, "{set}: the bytes differ:\n{}\n{out}", answer.text());
    }
    fs::remove_dir_all(folder).expect("it is ours");
}

#[test]
fn the_examples_of_the_description_are_answered() {
    let server = Server::start(&[]);
    let described = server.get("/api/openapi.json").json();
    for question in Question::KINDS {
        let path = format!("/api/v1/{question}");
        let body = &described["paths"][&path]["post"]["requestBody"]["content"]["application/json"];
        let answer = server.post(&path, &body["examples"]["smallest"]["value"]);
        assert_eq!(answer.status, 200, "{question}: {}", answer.text());
        let envelope = answer.json();
        assert_eq!(envelope["question"], question);
        assert!(envelope["answer"].is_object() && envelope["verdict"].is_string(), "{question}");
        let required = described["components"]["schemas"]["Envelope"]["required"].as_array().expect("a list");
        assert!(required.iter().all(|name| envelope.get(name.as_str().expect("names")).is_some()), "{question}");
    }
}
