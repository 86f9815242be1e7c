//! Labels as they are written: `name{instance="web-01:9100", job="node"}`.
use std::collections::BTreeMap;

/// The labels of a series; its name is `__name__`.
pub(in crate::telemetry) type Labels = BTreeMap<String, String>;

/// Reads the labels of one series; none if the text is something else. A text without braces is none: any word could be
/// a name.
pub(in crate::telemetry) fn read(text: &str) -> Option<Labels> {
    let (name, rest) = text.trim().split_once('{')?;
    let mut rest = rest.strip_suffix('}')?.trim();
    let mut labels = Labels::new();
    if !name.trim().is_empty() {
        labels.insert("__name__".into(), name.trim().into());
    }
    while !rest.is_empty() {
        let (label, after) = rest.split_once('=')?;
        let (value, after) = quoted(after.trim_start())?;
        labels.insert(label.trim().into(), value);
        rest = after.trim_start();
        rest = match rest.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(labels)
}

/// A quoted text and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        match (is_escaped, c) {
            (false, '\\') => is_escaped = true,
            (false, '"') => return Some((value, &inner[at + 1..])),
            (true, 'n') => {
                value.push('\n');
                is_escaped = false;
            }
            (_, c) => {
                value.push(c);
                is_escaped = false;
            }
        }
    }
    None
}

/// Whose a series is: a container, a pod, or what was scraped; none if no label says it. And the labels that say so.
pub(super) fn resource(labels: &Labels) -> Option<(String, Vec<&'static str>)> {
    let label = |name: &str| labels.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let first = |names: &[&'static str]| names.iter().find_map(|name| Some((*name, label(name)?)));
    let pod = first(&["pod", "pod_name", "exported_pod"]);
    if let Some((pod_label, pod)) = pod {
        let mut name = String::new();
        let mut used = vec![pod_label];
        if let Some((namespace_label, namespace)) = first(&["namespace", "exported_namespace"]) {
            name.push_str(&format!("{namespace}/"));
            used.push(namespace_label);
        }
        name.push_str(pod);
        // `POD` is the container that holds a pod's network, and has nothing of its own.
        if let Some((container_label, container)) = first(&["container", "container_name", "exported_container"])
            && container != "POD"
        {
            name.push_str(&format!("/{container}"));
            used.push(container_label);
        }
        return Some((name, used));
    }
    if let Some((of, name)) = first(&["deployment", "persistentvolumeclaim"]) {
        let namespace = label("namespace").map_or(String::new(), |namespace| format!("{namespace}/"));
        return Some((format!("{namespace}{name}"), vec!["namespace", of]));
    }
    // kube-state-metrics tells of nodes, and is itself the instance.
    if label("__name__").is_some_and(|name| name.starts_with("kube_node_"))
        && let Some(node) = label("node")
    {
        return Some((node.into(), vec!["node"]));
    }
    let (used, name) = first(&["instance", "node", "host", "service", "app", "job"])?;
    Some((name.into(), vec![used]))
}

/// Labels that say how a series was scraped, not what it is of.
const OF_SCRAPES: [&str; 17] = [
    "__name__",
    "job",
    "instance",
    "node",
    "namespace",
    "endpoint",
    "service",
    "prometheus",
    "metrics_path",
    "uid",
    "id",
    "image",
    "name",
    "container",
    "quantile",
    "le",
    "cluster",
];

/// The part of the resource that a series is of, from the labels that say more than whose it is.
pub(super) fn item(labels: &Labels, used: &[&str], also: &[&str]) -> Option<String> {
    let says = |name: &str| !OF_SCRAPES.contains(&name) && !used.contains(&name) && !also.contains(&name);
    // A group of processes of a node, as `/system.slice`; `/` is all of them.
    let group = labels.get("id").filter(|id| id.starts_with('/') && *id != "/" && !used.contains(&"pod"));
    let mut rest: Vec<String> = labels
        .iter()
        .filter(|(name, value)| says(name) && !value.is_empty())
        .map(
            |(name, value)| {
                if name == "device" || name == "mountpoint" { value.clone() } else { format!("{name}={value}") }
            },
        )
        .collect();
    rest.extend(group.cloned());
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// The labels in one text, to tell two series apart.
pub(super) fn written(labels: &Labels) -> String {
    let pairs: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Labels {
        read(text).unwrap()
    }

    #[test]
    fn labels_are_read_as_they_are_written() {
        let labels = of(r#"up{instance="a:9100", path="C:\\x \"y\"",job="node"}"#);
        assert_eq!((labels["__name__"].as_str(), labels["path"].as_str(), labels.len()), ("up", "C:\\x \"y\"", 4));
        assert_eq!(of(r#"{__name__="up"}"#)["__name__"], "up");
        assert_eq!(of("up{}").len(), 1);
        for text in ["up", "up{a=\"b\"", "{a=b}", "{a=\"b\" c=\"d\"}", "{a=\"b}", "{=", "{é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn labels_name_resources() {
        let name = |text: &str| resource(&of(text)).map(|(name, _)| name);
        let pod = r#"{namespace="shop",pod="web-1",container="app",instance="10.0.0.1:8080"}"#;
        assert_eq!(name(pod).as_deref(), Some("shop/web-1/app"));
        assert_eq!(name(r#"{namespace="shop",pod="web-1",container="POD"}"#).as_deref(), Some("shop/web-1"));
        assert_eq!(name(r#"{namespace="shop",deployment="web"}"#).as_deref(), Some("shop/web"));
        assert_eq!(name(r#"{instance="a:9100",job="node"}"#).as_deref(), Some("a:9100"));
        assert_eq!(name(r#"{job="node"}"#).as_deref(), Some("node"));
        assert_eq!(name(r#"kube_node_status_capacity{node="n1",instance="10.0.0.9:8080"}"#).as_deref(), Some("n1"));
        let claim = r#"{namespace="shop",persistentvolumeclaim="data",instance="n1:10250"}"#;
        assert_eq!(name(claim).as_deref(), Some("shop/data"));
        assert_eq!(name(r#"{code="200"}"#), None);
        let labels = of(r#"{instance="a",device="sda",code="200",uid="1"}"#);
        assert_eq!(item(&labels, &["instance"], &[]).as_deref(), Some("code=200 sda"));
        let group = |id: &str| item(&of(&format!(r#"{{instance="a",id="{id}"}}"#)), &["instance"], &[]);
        assert_eq!((group("/"), group("/system.slice").as_deref()), (None, Some("/system.slice")));
    }
}
