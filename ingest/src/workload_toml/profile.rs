//! A whole profile as a workload file: the demand and the service behind it.
//!
//! A new file can be planned as it is: what nobody measured has a default that says so, place and promise too. In a base the
//! demand is replaced as [`super::write_workload`] does it; of its service the keys that were measured, unless a person
//! typed them: a key without a remark of ours (`# measured`, `# default`) is typed, and stays unless all are to be replaced.
use super::{FILE, lines, parsed, replace_demand};
use crate::problem::Problem;
use plimsoll::profile::{Entry, ProfileAnswer, Source};
use toml_edit::{DocumentMut, Item, Table, TableLike};

/// What happens to values that a person typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typed {
    /// They stay.
    #[default]
    Stays,
    /// What was measured replaces them.
    IsReplaced,
}

/// A workload file, and what of the profile is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadFile {
    /// The file.
    pub text: String,
    /// Keys that a person typed and that stayed, though something else was measured.
    pub kept: Vec<String>,
    /// The service that was written; none if the base has several and none of the name.
    pub service: Option<String>,
}

/// Writes what a profile found as a workload file, or into a base. Fails as [`super::write_workload`] does.
pub fn write_profile(
    answer: &ProfileAnswer,
    name: &str,
    base: Option<&str>,
    typed: Typed,
) -> Result<WorkloadFile, Problem> {
    match base {
        None => Ok(new(answer, name)),
        Some(base) => merged(answer, base, typed),
    }
}

fn new(answer: &ProfileAnswer, name: &str) -> WorkloadFile {
    let quoted = |text: &str| toml_edit::value(text).to_string();
    let demand = format!("[demand]\n{}", lines(&answer.demand_entries()));
    let Some(service) = &answer.service else {
        let text = format!("name = {}\n\n{demand}", quoted(name));
        return WorkloadFile { text, kept: Vec::new(), service: None };
    };
    let place = match &service.runs {
        Some((shape, _, place)) => format!(
            "provider = \"{}\" # measured on {shape}\nregion = {} # {shape} is listed there\n",
            place.provider.name(),
            quoted(&place.region.0)
        ),
        None => "provider = \"aws\" # default\nregion = \"us-east-1\" # default\n".to_owned(),
    };
    let entry = quoted(&service.name);
    let promise = promise(answer);
    let text = format!(
        "name = {}\n{place}entry = {entry}\n\n{demand}\n[promises]\n{promise}\n[service.{}]\n{}",
        quoted(name),
        service.name,
        of_service(answer)
    );
    WorkloadFile { text, kept: Vec::new(), service: Some(service.name.clone()) }
}

fn promise(answer: &ProfileAnswer) -> String {
    let p99 = answer.promise().as_millis().ceil();
    format!(
        "p99 = \"{p99} ms\" # default: ten times what a request takes, at least 500 ms; write what is promised\n\
         survive = \"machine\" # default\n"
    )
}

/// The keys of the service, and as remarks what a workload file has no key for.
fn of_service(answer: &ProfileAnswer) -> String {
    let mut text = lines(&answer.service_entries());
    if let Some((shape, count, _)) = answer.service.as_ref().and_then(|s| s.runs.as_ref()) {
        text +=
            &format!("current = {{ shape = \"{shape}\", count = {count} }} # measured: the machines that were seen\n");
    }
    for remark in answer.unplanned() {
        text += &format!("# {remark}\n");
    }
    text
}

fn merged(answer: &ProfileAnswer, base: &str, typed: Typed) -> Result<WorkloadFile, Problem> {
    let mut file = parsed(base)?;
    replace_demand(&mut file, base, &answer.demand_entries())?;
    let Some(service) = &answer.service else {
        return Ok(WorkloadFile { text: file.to_string(), kept: Vec::new(), service: None });
    };
    let kinds = ["service", "store", "object", "edge", "cache", "stream", "batch"];
    let has_components = kinds.iter().any(|kind| file.contains_key(kind));
    if !has_components {
        let table: DocumentMut =
            format!("[service.{}]\n{}", service.name, of_service(answer)).parse().expect("what is written is TOML");
        file.insert("service", table["service"].clone());
        if !file.contains_key("entry") {
            file.insert("entry", toml_edit::value(service.name.as_str()));
        }
        return Ok(WorkloadFile { text: file.to_string(), kept: Vec::new(), service: Some(service.name.clone()) });
    }
    let Some(found) = target(&mut file, base, &service.name)? else {
        return Ok(WorkloadFile { text: file.to_string(), kept: Vec::new(), service: None });
    };
    let (name, table) = found;
    let kept = replace(table, &answer.service_entries(), typed);
    Ok(WorkloadFile { text: file.to_string(), kept, service: Some(name) })
}

/// The service of the base that was measured: the one of its name, or the only one.
fn target<'f>(
    file: &'f mut DocumentMut,
    base: &str,
    name: &str,
) -> Result<Option<(String, &'f mut dyn TableLike)>, Problem> {
    let Some(all) = file.get_mut("service").and_then(Item::as_table_like_mut) else { return Ok(None) };
    let names: Vec<String> = all.iter().map(|(key, _)| key.to_owned()).collect();
    let chosen = match &names[..] {
        [only] => only.clone(),
        several => match several.iter().find(|n| *n == name) {
            Some(same) => same.clone(),
            None => return Ok(None),
        },
    };
    let item = all.get_mut(&chosen).expect("it was just seen");
    if !item.is_table_like() {
        let place = base.find(&chosen).map_or(0..0, |at| at..at + chosen.len());
        let what = format!("`service.{chosen}` is not a table");
        return Err(Problem::in_text(FILE, base, place, what, format!("write [service.{chosen}] and its keys below")));
    }
    Ok(item.as_table_like_mut().map(|table| (chosen, table)))
}

/// Replaces what was measured; gives the keys that stay though something else was measured.
fn replace(table: &mut dyn TableLike, entries: &[Entry], typed: Typed) -> Vec<String> {
    let text = format!("[measured]\n{}", lines(entries));
    let measured: DocumentMut = text.parse().expect("what is written is TOML");
    let measured: &Table = measured["measured"].as_table().expect("it has one table");
    let mut kept = Vec::new();
    for entry in entries.iter().filter(|entry| entry.source == Source::Measured) {
        let Some(item) = measured.get(entry.key) else { continue };
        let is_typed = table.get(entry.key).is_some_and(|before| !is_ours(before));
        if is_typed && typed == Typed::Stays {
            kept.push(entry.key.to_owned());
        } else if let Some(before) = table.get_mut(entry.key) {
            // In its place: a comment above the key stays with the key.
            *before = item.clone();
        } else {
            table.insert(entry.key, item.clone());
        }
    }
    kept
}

/// Whether a value has a remark that this program wrote.
fn is_ours(item: &Item) -> bool {
    let suffix = item.as_value().and_then(|value| value.decor().suffix()).and_then(|raw| raw.as_str());
    let remark = suffix.unwrap_or_default().trim_start().trim_start_matches('#').trim_start();
    remark.starts_with("measured") || remark.starts_with("default")
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::profile::{Measured, ProfileOptions, profile_measured};
    use plimsoll::series::{Point, Series, Time};
    use plimsoll::telemetry::{Measure, Metric, ResourceName, Statistic, Telemetry};

    /// Two days of a service that takes 5 ms of a processor for each request.
    fn answer() -> ProfileAnswer {
        let load = |i: i64| 50.0 - 30.0 * (i as f64 / 288.0 * std::f64::consts::TAU).cos();
        let metric = |measure, value: &dyn Fn(i64) -> f64| {
            let points = (0..576).map(|i| Point::new(Time::unix_seconds(i * 300), Some(value(i)))).collect();
            let series = Series::from_points("v", points).unwrap();
            let (resource, first) = (ResourceName("web".into()), format!("{measure}.csv:2"));
            Metric { resource, item: None, measure, statistic: Statistic::Mean, series, first }
        };
        let noise = |i: i64| (i * 7919 % 101) as f64 / 1000.0;
        let metrics = vec![
            metric(Measure::Requests, &load),
            metric(Measure::CpuUsed, &|i| 0.1 + 0.005 * load(i) + 0.1 * noise(i)),
            metric(Measure::MemoryUsed, &|i| 5e8 + 1e6 * noise(i)),
        ];
        let measured: Measured = Telemetry { metrics, ..Telemetry::default() }.into();
        profile_measured(&measured, ProfileOptions::default(), &[]).expect("there are two days")
    }

    #[test]
    fn a_new_file_can_be_planned_as_it_is() {
        let file = write_profile(&answer(), "shop", None, Typed::Stays).unwrap();
        let workload = crate::workload::read("w.toml", file.text.as_bytes(), &[]).expect("a plan reads it");
        assert_eq!((workload.entry.0.as_str(), file.service.as_deref()), ("web", Some("web")));
        for part in [
            "region = \"us-east-1\" # default\n",
            "confidence = \"95 %\" } # measured: 576 rows of cpu_used.csv:2; R2 ",
            "# measured: 576 rows of requests.csv:2\n",
            "memory_per_request = \"0 B\" # default; ",
            "survive = \"machine\" # default\n",
            "# cpu_base: 0.1",
        ] {
            assert!(file.text.contains(part), "{part}\n--- in\n{}", file.text);
        }
    }

    const BASE: &str = "name = \"shop\"\nentry = \"api\"\n[demand]\npeak = \"9/s\"\n[promises]\np99 = \"90 ms\" # the board\n\
                        [service.api] # ours\n# From a test in May.\ncpu_per_request = \"6 ms\"\nmemory = \"1 GB\" # default\n\
                        off_cpu = \"3 ms\"\n";

    #[test]
    fn what_a_person_typed_stays_until_it_is_to_go() {
        let file = write_profile(&answer(), "other", Some(BASE), Typed::Stays).unwrap();
        assert_eq!((file.kept.as_slice(), file.service.as_deref()), (&["cpu_per_request".to_owned()][..], Some("api")));
        for part in [
            "# the board\n[service.api] # ours\n# From a test in May.\ncpu_per_request = \"6 ms\"\nmemory = { low",
            "off_cpu = \"3 ms\"\n",
        ] {
            assert!(file.text.contains(part), "{part}\n--- in\n{}", file.text);
        }
        assert!(!file.text.contains("variability"), "a default replaces nothing: {}", file.text);
        let all = write_profile(&answer(), "other", Some(BASE), Typed::IsReplaced).unwrap();
        assert!(
            all.kept.is_empty() && all.text.contains("# From a test in May.\ncpu_per_request = { low"),
            "{}",
            all.text
        );
        let again = write_profile(&answer(), "other", Some(&all.text), Typed::Stays).unwrap();
        assert_eq!((again.text, again.kept.len()), (all.text, 0), "what was measured is no typed value");
    }

    #[test]
    fn a_base_without_parts_gets_the_service_and_one_of_many_is_not_guessed() {
        let file = write_profile(&answer(), "n", Some("name = \"x\"\n"), Typed::Stays).unwrap();
        assert!(crate::workload::read("w.toml", file.text.as_bytes(), &[]).is_ok(), "{}", file.text);
        let two = format!("{BASE}[service.other]\ncpu_per_request = \"1 ms\"\nmemory = \"1 GB\"\n");
        let file = write_profile(&answer(), "n", Some(&two), Typed::Stays).unwrap();
        assert_eq!(file.service, None);
        assert!(file.text.contains("cpu_per_request = \"6 ms\"") && !file.text.contains("peak = \"9/s\""));
        let wrong = write_profile(&answer(), "n", Some("service.api = 3\n"), Typed::Stays).unwrap_err();
        assert_eq!(wrong.what, "`service.api` is not a table");
    }
}
