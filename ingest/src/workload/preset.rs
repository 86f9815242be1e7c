//! `preset`: software whose known values fill what is not written.
use crate::presets;
use crate::reader::{Table, nearest};

/// Reads the name of a preset for this kind of component; its fields were filled before anything was read.
pub(super) fn preset(t: &mut Table<'_>, kind: &str) {
    let doc = "software whose known values fill what is not written here: docs/presets.md lists them";
    let Some(name) = t.optional::<String>("preset", doc) else { return };
    let all = presets::all();
    match all.iter().find(|p| p.name == name) {
        None => {
            let names: Vec<&str> = all.iter().filter(|p| p.kind == kind).map(|p| p.name.as_str()).collect();
            let help = nearest::help(&name, &names, &format!("the presets for a {kind}"));
            t.refuse_if(true, "preset", format!("there is no preset `{name}`"), help);
        }
        Some(preset) if preset.kind != kind => {
            let names: Vec<&str> = all.iter().filter(|p| p.kind == kind).map(|p| p.name.as_str()).collect();
            let what = format!("`{name}` is a preset for a {}, not for a {kind}", preset.kind);
            let help = if names.is_empty() {
                format!("there is none for a {kind}")
            } else {
                format!("those for a {kind} are {}", names.join(", "))
            };
            t.refuse_if(true, "preset", what, help);
        }
        Some(_) => {}
    }
}
