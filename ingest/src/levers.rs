//! What is known of levers: `[[lever]]` in a workload file, and files of their own.
use crate::document::{Document, Node, Value};
use crate::problem::Problem;
use crate::reader::nearest;
use crate::reader::{Desk, Layout, Readable, Table};
use plimsoll::levers::{StatedLever, find, levers as all_levers};
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Data, DataRate, Factor, Money, Quantity, Rate, Share, Span};
use plimsoll::workload::ComponentName;
use serde_json::{Value as Json, json};

/// A file about levers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeverFile {
    /// What a day of an engineer costs, where the file says so.
    pub day_cost: Option<Money>,
    /// What is known of some levers.
    pub stated: Vec<StatedLever>,
}

/// Reads a file about levers. All problems of the file at once.
///
/// ```
/// let text = br#"
///     day_cost = "750"
///     [[lever]]
///     name = "compress"
///     effort = "5 days"
///     [lever.measured]
///     compression = { before = "18 kB", after = "6 kB" }
/// "#;
/// let file = plimsoll_ingest::levers::read("levers.toml", text).unwrap();
/// assert_eq!(file.stated[0].measured[0].1.mid().get(), 6.0 / 18.0);
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Result<LeverFile, Vec<Problem>> {
    let document = Document::parse(name, bytes)?;
    let desk = Desk::new(&document);
    let file = Table::read_root(&desk, "the file of levers", file);
    let problems = desk.into_problems();
    if problems.is_empty() { Ok(file) } else { Err(problems) }
}

/// The fields of a file about levers.
pub(crate) fn file(t: &mut Table<'_>) -> LeverFile {
    LeverFile { day_cost: t.optional("day_cost", "what a day of an engineer costs, in dollars"), stated: levers(t) }
}

/// The list of levers, in a file of their own or in a workload's.
pub(crate) fn levers(t: &mut Table<'_>) -> Vec<StatedLever> {
    t.tables("lever", "what is known of an optimization better than the table of levers knows it", lever)
}

fn lever(t: &mut Table<'_>) -> StatedLever {
    let name: String = t.required("name", "which of the table of levers");
    if let Err(near) = find(&name) {
        let all: Vec<&str> = all_levers().iter().map(|lever| lever.name).collect();
        let help = nearest::nearest(&name, &all)
            .map_or_else(|| format!("the nearest are {}", near.join(", ")), |meant| format!("did you mean `{meant}`?"));
        t.refuse_if(t.has("name"), "name", format!("`{name}` is not a lever"), help);
    }
    let on: Option<String> = t.optional("on", "at which component; everywhere it applies if not stated");
    let effort = t.optional("effort", "how long it takes one engineer: \"5 days\"");
    let measured = t.map::<Ratio>("measured", "by input of the component: after over before, or both");
    let unknown = measured.keys().find(|field| !FIELDS.contains(&field.as_str())).cloned();
    if let Some(field) = unknown {
        let help = nearest::help(&field, &FIELDS, "the inputs that can be measured");
        t.refuse_if(true, "measured", format!("`{field}` is not an input of a component"), help);
    }
    let measured = measured.into_iter().map(|(field, ratio)| (field, ratio.0)).collect();
    StatedLever { name, on: on.map(ComponentName), effort, measured }
}

/// Inputs that a lever may have been measured on; the unit tests hold them against the engine's own list.
const FIELDS: [&str; 31] = [
    "backup",
    "burst",
    "bytes_in",
    "bytes_out",
    "bytes_per_read",
    "bytes_per_write",
    "coherency",
    "compression",
    "contention",
    "cpu_per_read",
    "cpu_per_request",
    "cpu_per_write",
    "data",
    "growth",
    "hit_ratio",
    "latency",
    "mean",
    "memory",
    "memory_per_request",
    "nat",
    "object_size",
    "off_cpu",
    "other_egress",
    "peak",
    "ratio",
    "read_amplification",
    "reads",
    "variability",
    "working_set",
    "write_amplification",
    "writes",
];

/// After over before.
struct Ratio(Estimate<Factor>);

impl Readable for Ratio {
    const NAME: &'static str = "what it was before and after";
    const EXAMPLE: &'static str = "{ before = \"18 kB\", after = \"6 kB\" }";
    fn read(node: &Node, desk: &Desk<'_>) -> Option<Self> {
        let (Some(before), Some(after)) = (node.get("before"), node.get("after")) else {
            return Estimate::read(node, desk).map(Self);
        };
        let ratio = texts(before, after, desk).and_then(|(before, after)| ratio(before, after));
        if ratio.is_none() {
            let help =
                "both are of one kind, and before is more than nothing: { before = \"18 kB\", after = \"6 kB\" }";
            desk.tell(&node.spot, "cannot compare before with after", help);
        }
        ratio.map(|ratio| Self(Estimate::exact(Factor::of(ratio))))
    }
    fn stand_in() -> Self {
        Self(Estimate::exact(Factor::ONE))
    }
    fn schema(layout: &mut Layout) -> Json {
        let factor = Estimate::<Factor>::schema(layout);
        json!({ "anyOf": [factor, {
            "type": "object",
            "properties": { "before": { "type": ["string", "number"] }, "after": { "type": ["string", "number"] } },
            "required": ["before", "after"],
            "additionalProperties": false,
        }] })
    }
    fn written(&self) -> Json {
        self.0.written()
    }
}

fn texts<'d>(before: &'d Node, after: &'d Node, desk: &Desk<'d>) -> Option<(&'d str, &'d str)> {
    let text = |node: &'d Node| match &node.value {
        Value::Text(text) => Some(text.as_str()),
        Value::Whole(_) | Value::Number(_) => Some(desk.document().written(&node.spot).trim()),
        _ => None,
    };
    Some((text(before)?, text(after)?))
}

/// Both as quantities of the first kind that they are of.
fn ratio(before: &str, after: &str) -> Option<f64> {
    fn of<Q: Quantity>(before: &str, after: &str) -> Option<[f64; 2]> {
        Some([before.parse::<Q>().ok()?.base(), after.parse::<Q>().ok()?.base()])
    }
    let shares = || Some([before.parse::<Share>().ok()?.as_part(), after.parse::<Share>().ok()?.as_part()]);
    let plain = || Some([before.parse::<f64>().ok()?, after.parse::<f64>().ok()?]);
    let [before, after] = of::<Span>(before, after)
        .or_else(|| of::<Data>(before, after))
        .or_else(|| of::<Rate>(before, after))
        .or_else(|| of::<DataRate>(before, after))
        .or_else(plain)
        .or_else(shares)?;
    (before > 0.0 && before.is_finite() && after >= 0.0 && after.is_finite()).then(|| after / before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const EVERY_KIND: &str = r#"
name = "every"
entry = "front"
demand = { peak = "100/s", mean = "40/s" }
[edge.front]
bytes_out = "2 kB"
calls = [{ to = "api" }]
[service.api]
cpu_per_request = "5 ms"
memory = "1 GB"
calls = [{ to = "rows" }, { to = "files" }]
[store.rows]
data = "10 GB"
growth = "1 GB/month"
cpu_per_read = "1 ms"
working_set = "10 %"
[object.files]
data = "1 TB"
object_size = "1 MB"
"#;

    #[test]
    fn the_fields_are_the_inputs_of_the_engine() {
        let mut workload = crate::workload::read("every.toml", EVERY_KIND.as_bytes(), &[]).unwrap();
        let mut fields = BTreeSet::new();
        workload.each_input(&mut |path, _| {
            fields.insert(path.to_string().rsplit('.').next().unwrap_or_default().to_owned());
        });
        let known: BTreeSet<String> = FIELDS.iter().map(|f| (*f).to_owned()).collect();
        assert_eq!(fields, known);
    }

    #[test]
    fn before_and_after_may_be_of_any_kind_but_of_one() {
        assert_eq!(ratio("18 kB", "6 kB"), Some(6.0 / 18.0));
        assert!((ratio("9 ms", "0.0099 s").unwrap() - 1.1).abs() < 1e-12);
        assert_eq!(ratio("2", "1"), Some(0.5));
        assert_eq!(ratio("80 %", "20 %"), Some(0.25));
        assert_eq!(ratio("9 ms", "9 kB"), None);
        assert_eq!(ratio("0 ms", "9 ms"), None);
    }

    #[test]
    fn a_wrong_lever_and_a_wrong_input_are_told() {
        let text = b"[[lever]]\nname = \"compres\"\n[[lever]]\nname = \"query\"\nmeasured = { cpu_per_raed = 0.5 }\n";
        let problems = read("levers.toml", text).unwrap_err();
        let told: Vec<(&str, &str)> = problems.iter().map(|p| (p.what.as_str(), p.help.as_str())).collect();
        assert_eq!(told[0], ("`compres` is not a lever", "did you mean `compress`?"));
        assert_eq!(told[1], ("`cpu_per_raed` is not an input of a component", "did you mean `cpu_per_read`?"));
    }
}
