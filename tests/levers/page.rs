//! `docs/levers.md` against the table of levers.
use super::*;

const BEGIN: &str = "<!-- the table of levers -->\n";
const END: &str = "<!-- the end of the table -->\n";

fn dose(dose: plimsoll::levers::Dose) -> String {
    if dose.low == dose.high {
        format!("{}", dose.mid)
    } else {
        format!("{} ({} to {})", dose.mid, dose.low, dose.high)
    }
}

fn change(change: &Change) -> String {
    match change {
        Change::Scale(of, field, by) => format!("{}`{field}` x {}", whose(*of), dose(*by)),
        Change::Add(of, field, by) => format!("{}`{field}` + {}", whose(*of), dose(*by)),
        Change::Allow(what) => words(&format!("{what:?}")),
    }
}

fn whose(of: plimsoll::levers::Of) -> &'static str {
    use plimsoll::levers::Of;
    match of {
        Of::Own => "",
        Of::Called => "of what it calls ",
        Of::Calls => "of its calls ",
        Of::CallsTo => "of the calls to it ",
        Of::Demand => "of the demand ",
        Of::Entry => "of the entry ",
    }
}

/// What is no number, in words.
fn words(name: &str) -> String {
    let plain = name.split([' ', '(', '{']).next().unwrap_or_default();
    match plain {
        "AnyArchitecture" => "machines of any architecture",
        "Spot" => "spot capacity allowed",
        "Commitment" => "a year's commitment allowed",
        "AnyClass" => "any class of objects allowed",
        "Cdn" => "the route is a CDN, `hit_ratio` 0.25 (0.05 to 0.7)",
        "FewerCopies" => "one of `replicas` less",
        "Spread" => "`engine` is partitioned",
        "MemoryCache" => "1 % of the stores' data in `memory`, hits by Zipf's law with 0.75 (0.64 to 0.83)",
        "LogStructured" => "`write_amplification`, `read_amplification` and `memory` by formula",
        "Filter" => "`read_amplification` and `memory` by formula, 0.1 (0.02 to 0.4) of the reads find nothing",
        "OtherPlace" => "the other places that were asked about",
        other => panic!("`{other}` has no words"),
    }
    .to_owned()
}

fn table() -> String {
    let mut text =
        "| lever | done to | what is done | what changes | days | risk | undone |\n|---|---|---|---|---|---|---|\n"
            .to_owned();
    for lever in levers() {
        let changes: Vec<String> = lever.changes.iter().map(change).collect();
        let on = if lever.on == On::Whole { "the whole".to_owned() } else { lever.on.to_string() };
        text += &format!(
            "| `{}` | {on} | {} | {} | {} | {} | {} |\n",
            lever.name,
            lever.title,
            if changes.is_empty() { "nothing".to_owned() } else { changes.join("; ") },
            dose(lever.effort),
            lever.risk.name(),
            lever.undo.name()
        );
    }
    text += "\n| lever | what users notice | who says how much |\n|---|---|---|\n";
    for lever in levers() {
        text += &format!("| `{}` | {} | {} |\n", lever.name, lever.experience, lever.source);
    }
    text
}

#[test]
fn the_page_shows_the_table() {
    let path = root().join("docs/levers.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let (before, rest) = page.split_once(BEGIN).expect("the table has a beginning");
    let (shown, after) = rest.split_once(END).expect("the table has an end");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", table())).expect("pages can be written");
    } else {
        assert_eq!(shown, table(), "BLESS=1 cargo test -p plimsoll-tests --test levers rewrites it");
    }
}

#[test]
fn every_lever_says_who_says_so_and_what_users_notice() {
    let all = levers();
    assert!(all.len() >= 25, "{}", all.len());
    for lever in &all {
        assert!(lever.source.len() > 5 && !lever.experience.is_empty() && !lever.title.is_empty(), "{}", lever.name);
        assert!(
            lever.effort.low > 0.0 && lever.effort.low <= lever.effort.mid && lever.effort.mid <= lever.effort.high
        );
        for change in &lever.changes {
            if let Change::Scale(_, field, by) | Change::Add(_, field, by) = change {
                assert!(by.low <= by.mid && by.mid <= by.high, "{} {field}", lever.name);
            }
        }
    }
    assert!(all.iter().filter(|lever| lever.is_assumed()).count() < all.len() * 2 / 3, "not all is guessed");
}
