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

/// Tells of paths that are no estimates of the file, of pairs that are stated twice, and of coefficients that cannot be true
/// together. An estimate that is exact, as one that `--set` made so, is no mistake: its correlation says nothing.
pub(super) fn check(workload: &Workload, desk: &Desk<'_>) {
    if workload.correlations.is_empty() || desk.told() > 0 {
        return;
    }
    let mut inputs: Vec<String> = Vec::new();
    workload.clone().each_input(&mut |path, _| inputs.push(path.to_string()));
    let ranges: Vec<String> = workload.uncertain().into_iter().map(|u| u.path).collect();
    let names: Vec<&str> = ranges.iter().map(String::as_str).collect();
    let list = desk.document().find(&["correlations"]).and_then(|node| node.elements()).unwrap_or(&[]);
    for (place, (correlation, node)) in workload.correlations.iter().zip(list).enumerate() {
        let written = node.get("between").and_then(|n| n.elements()).unwrap_or(&[]);
        for (path, spot) in correlation.between.iter().zip(written) {
            if !inputs.contains(path) {
                let what = format!("`{path}` is not a range of this workload, so it varies with nothing");
                desk.tell(&spot.spot, what, nearest::help(path, &names, "its ranges"));
            }
        }
        let [a, b] = &correlation.between;
        if a == b {
            desk.tell(&node.spot, "an estimate always varies with itself", "name two different estimates");
        }
        let is_same = |other: &&Correlation| other.between.contains(a) && other.between.contains(b);
        if let Some(before) = workload.correlations[..place].iter().find(is_same).filter(|_| a != b) {
            let (first, again) = (before.coefficient.get(), correlation.coefficient.get());
            let what = format!("the correlation of `{a}` and `{b}` is stated twice, as {first} and as {again}");
            let spot = node.get("between").map_or(&node.spot, |between| &between.spot);
            desk.tell(spot, what, "keep one of them");
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

#[cfg(test)]
mod tests {
    use crate::workload::read;

    const FILE: &str = "name = \"a\"\nentry = \"a\"\n[demand]\n\
        peak = {low = \"50/s\", mid = \"100/s\", high = \"200/s\", confidence = \"90 %\"}\n\
        mean = {low = \"20/s\", mid = \"50/s\", high = \"90/s\", confidence = \"90 %\"}\n\
        [service.a]\ncpu_per_request = \"6 ms\"\nmemory = \"1 GB\"\n\
        [[correlations]]\nbetween = [\"demand.peak\", \"demand.mean\"]\ncoefficient = 0.5\n";

    fn told(more: &str) -> String {
        let read = read("a.toml", format!("{FILE}{more}").as_bytes(), &[]);
        read.map_or_else(|problems| problems[0].to_string(), |_| "read".into())
    }

    #[test]
    fn a_correlated_estimate_may_be_set_to_one_value() {
        let sets = [("demand.peak".to_owned(), "90/s".to_owned())];
        let workload = read("a.toml", FILE.as_bytes(), &sets).unwrap();
        assert_eq!((workload.correlated().len(), workload.idle_correlations().len()), (0, 1));
        assert!(
            told("[[correlations]]\nbetween = [\"demand.pek\", \"demand.mean\"]\ncoefficient = 0.5\n")
                .contains("a.toml:13:12: `demand.pek` is not a range of this workload")
        );
    }

    #[test]
    fn a_pair_is_correlated_once() {
        let again = "[[correlations]]\nbetween = [\"demand.mean\", \"demand.peak\"]\ncoefficient = 0.3\n";
        assert_eq!(
            told(again),
            "a.toml:13:11: the correlation of `demand.mean` and `demand.peak` is stated twice, as 0.5 and as 0.3\n  \
             | between = [\"demand.mean\", \"demand.peak\"]\n  \
             |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  = keep one of them"
        );
        assert_eq!(told(""), "read");
    }
}
