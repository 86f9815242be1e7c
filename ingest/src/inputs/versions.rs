//! Which manifests count: a provider writes the same month again and again, and it must be added up once.
use super::manifest::Manifest;
use crate::problem::Problem;

/// The manifests to follow, and what is said of the others.
#[derive(Debug, Default)]
pub(super) struct Current {
    pub(super) manifests: Vec<Manifest>,
    pub(super) notes: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

/// Of each period of each export the newest version. AWS keeps the newest manifest a second time above all versions;
/// Azure tells when each run began. Where neither is so, nobody can tell, and that is a problem.
pub(super) fn current(manifests: Vec<Manifest>) -> Current {
    let mut current = Current::default();
    let mut editions: Vec<Vec<Manifest>> = Vec::new();
    for manifest in manifests {
        let same = |others: &&mut Vec<Manifest>| manifest.edition.is_some() && others[0].edition == manifest.edition;
        match editions.iter_mut().find(same) {
            Some(others) => others.push(manifest),
            None => editions.push(vec![manifest]),
        }
    }
    for edition in editions {
        match newest(&edition) {
            Some(newest) => {
                let older = edition.iter().filter(|m| m.keys != newest.keys).count();
                if older > 0 {
                    let (name, versions) = (newest.path.display(), if older == 1 { "version" } else { "versions" });
                    current.notes.push(format!("left out: {older} other {versions} of the period of `{name}`."));
                }
                current.manifests.push(newest.clone());
            }
            None => current.problems.push(undecided(&edition)),
        }
    }
    current.problems.extend(overlapping(&current.manifests));
    current
}

fn newest(edition: &[Manifest]) -> Option<&Manifest> {
    let first = &edition[0];
    if edition.iter().all(|m| m.keys == first.keys) {
        return Some(first);
    }
    if first.is_azure {
        let newest = edition.iter().max_by_key(|m| &m.submitted)?;
        let is_alone = edition.iter().filter(|m| m.submitted == newest.submitted).all(|m| m.keys == newest.keys);
        return Some(newest).filter(|_| is_alone && edition.iter().all(|m| m.submitted.is_some()));
    }
    let is_above = |top: &&Manifest| edition.iter().all(|m| m.folder().starts_with(top.folder()));
    let above: Vec<&Manifest> = edition.iter().filter(is_above).collect();
    above.first().copied().filter(|top| above.iter().all(|m| m.keys == top.keys))
}

fn undecided(edition: &[Manifest]) -> Problem {
    let names: Vec<String> = edition.iter().map(|m| format!("`{}`", m.path.display())).collect();
    let what = format!("{} list different files for the same period", names.join(" and "));
    Problem::in_whole(&edition[0].path.display().to_string(), what, "name the folder of the one to be read")
}

/// Runs of Azure for periods that share days, as week to date beside month to date.
fn overlapping(manifests: &[Manifest]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, one) in manifests.iter().enumerate() {
        for other in &manifests[at + 1..] {
            let (Some(a), Some(b)) = (&one.edition, &other.edition) else { continue };
            let (Some((a_from, a_to)), Some((b_from, b_to))) = (a.period.split_once('-'), b.period.split_once('-'))
            else {
                continue;
            };
            if one.is_azure && other.is_azure && a.export == b.export && a_from <= b_to && b_from <= a_to {
                let what = format!("`{}` and `{}` share days", one.path.display(), other.path.display());
                let help = "name the folders to be read, so that no day is added up twice";
                problems.push(Problem::in_whole(&one.path.display().to_string(), what, help));
            }
        }
    }
    problems
}
