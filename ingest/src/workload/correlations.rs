//! `correlations`: estimates that rise and fall together.
use crate::reader::{Desk, Table, nearest};
use plimsoll::uncertain::Draws;
use plimsoll::workload::{Correlation, Workload, Worlds};

pub(super) fn correlations(t: &mut Table<'_>) -> Vec<Correlation> {
    t.tables("correlations", "estimates that rise and fall together", |t| {
        let between: Vec<String> = t.required("between", "the paths of two estimates of this file");
        let coefficient = t.required("coefficient", "their rank correlation (Spearman's), from -1 to 1");
        let count = between.len();
        t.refuse_if(
            count != 2,
            "between",
            format!("{count} paths are given"),
            "a correlation is between two estimates",
        );
        let [a, b] = <[String; 2]>::try_from(between).unwrap_or_default();
        Correlation { between: [a, b], coefficient }
    })
}

/// Tells of paths that are no estimates of the file, and of coefficients that cannot be true together.
pub(super) fn check(workload: &Workload, desk: &Desk<'_>) {
    if workload.correlations.is_empty() || desk.told() > 0 {
        return;
    }
    let uncertain: Vec<String> = workload.uncertain().into_iter().map(|u| u.path).collect();
    let names: Vec<&str> = uncertain.iter().map(String::as_str).collect();
    let list = desk.document().find(&["correlations"]).and_then(|node| node.elements()).unwrap_or(&[]);
    for (correlation, node) in workload.correlations.iter().zip(list) {
        let written = node.get("between").and_then(|n| n.elements()).unwrap_or(&[]);
        for (path, spot) in correlation.between.iter().zip(written) {
            if !uncertain.contains(path) {
                let what = format!("`{path}` is not a range of this workload, so it varies with nothing");
                desk.tell(&spot.spot, what, nearest::help(path, &names, "its ranges"));
            }
        }
        if correlation.between[0] == correlation.between[1] {
            desk.tell(&node.spot, "an estimate always varies with itself", "name two different estimates");
        }
    }
    if desk.told() == 0
        && let Err(inconsistent) = Worlds::draw(workload, Draws::new(1, 0))
        && let Some(node) = desk.document().find(&["correlations"])
    {
        let help = "weaken the coefficients, or leave out those that nobody measured";
        desk.tell(&node.spot, inconsistent.to_string(), help);
    }
}
