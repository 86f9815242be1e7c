//! The page that documents the presets.
use super::all;
use std::fmt::Write;

/// `docs/presets.md`: every preset with every value and where it comes from.
pub fn page() -> String {
    let mut page = String::from(
        "# Presets\n\n\
         A component may say what software it is: `preset = \"kafka\"`. The preset fills the fields below that the component\n\
         does not write itself, and `plan` lists what it filled. A preset is a beginning, not a measurement: what is marked\n\
         as assumed has no source, and is given as a range where it matters. Measure, and write what you measured.\n\n\
         This page is made from `ingest/src/presets/presets.toml` and tested against it:\n\
         `BLESS=1 cargo test -p plimsoll-ingest --lib presets`.\n",
    );
    for preset in all() {
        let _ = write!(page, "\n## {}\n\n{}. For a `{}`.\n\n", preset.name, preset.about, preset.kind);
        page += "| field | value | source |\n|---|---|---|\n";
        for filled in &preset.fields {
            let value = filled.value.trim_matches('"');
            let _ = writeln!(page, "| `{}` | {value} | {} |", filled.field, filled.source);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_page_says_what_the_data_say() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/presets.md");
        let page = super::page();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &page).expect("the page can be written");
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == page, "BLESS=1 rewrites docs/presets.md");
    }
}
