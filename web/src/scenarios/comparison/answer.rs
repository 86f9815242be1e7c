//! What a kept answer says, as far as two of them are compared.
use plimsoll::units::Money;
use serde::Deserialize;
use serde_json::Number;
use std::collections::BTreeMap;

/// A plan as its JSON tells it.
#[derive(Debug, PartialEq)]
pub(super) struct KeptPlan {
    /// A month's bill, exactly the sum of the lines.
    pub(super) total: Money,
    /// What each component costs for each thing that is paid for.
    pub(super) lines: BTreeMap<(String, String), Line>,
    /// What each component runs on.
    pub(super) machines: BTreeMap<String, String>,
    /// What is paid for and has no known price.
    pub(super) unknown: Vec<String>,
}

/// What one component costs for one thing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Line {
    /// The names on the price list.
    pub(super) skus: Vec<String>,
    /// A month.
    pub(super) amount: Money,
}

/// Why two scenarios cannot be compared by their costs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoPlan {
    /// It was saved before it was asked.
    #[error("has no answer yet")]
    NotAsked,
    /// The answer was no.
    #[error("has no plan: {0}")]
    Refused(String),
    /// It is the answer to another question, or of a version that writes otherwise.
    #[error("has an answer that this version cannot compare")]
    Other,
}

#[derive(Deserialize)]
struct Envelope {
    question: String,
    answer: Option<Answer>,
    refusal: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

#[derive(Deserialize)]
struct Answer {
    chosen: Plan,
}

#[derive(Deserialize)]
struct Plan {
    components: Vec<Component>,
    cost: Cost,
}

#[derive(Deserialize)]
struct Component {
    name: String,
    kind: String,
    option: String,
    count: Option<u64>,
}

#[derive(Deserialize)]
struct Cost {
    usd_per_month: Band,
    lines: Vec<CostLine>,
    unknown: Vec<Unknown>,
}

#[derive(Deserialize)]
struct Band {
    mean: Number,
}

#[derive(Deserialize)]
struct CostLine {
    component: String,
    driver: String,
    sku: String,
    usd_per_month: Number,
}

#[derive(Deserialize)]
struct Unknown {
    component: String,
    driver: String,
    why: String,
}

/// Reads a kept answer.
pub(super) fn read(result: Option<&str>) -> Result<KeptPlan, NoPlan> {
    let envelope: Envelope = serde_json::from_str(result.ok_or(NoPlan::NotAsked)?).map_err(|_| NoPlan::Other)?;
    if envelope.question != "plan" {
        return Err(NoPlan::Other);
    }
    if let Some(refusal) = envelope.refusal {
        return Err(NoPlan::Refused(refusal.message));
    }
    let plan = envelope.answer.ok_or(NoPlan::Other)?.chosen;
    let mut lines: BTreeMap<(String, String), Line> = BTreeMap::new();
    for line in plan.cost.lines {
        let kept = lines.entry((line.component, line.driver)).or_default();
        kept.amount += money(&line.usd_per_month)?;
        if !kept.skus.contains(&line.sku) {
            kept.skus.push(line.sku);
        }
    }
    Ok(KeptPlan {
        total: money(&plan.cost.usd_per_month.mean)?,
        lines,
        machines: plan.components.into_iter().map(|c| (c.name.clone(), runs_on(&c))).collect(),
        unknown: plan.cost.unknown.into_iter().map(|u| format!("{} of {}: {}", u.driver, u.component, u.why)).collect(),
    })
}

fn money(number: &Number) -> Result<Money, NoPlan> {
    number.to_string().parse().map_err(|_| NoPlan::Other)
}

fn runs_on(component: &Component) -> String {
    match component.count {
        Some(count) => format!("{count} x {}", component.option),
        None if component.option.is_empty() => component.kind.clone(),
        None => component.option.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_are_none_are_told_apart() {
        assert_eq!(read(None), Err(NoPlan::NotAsked));
        assert_eq!(read(Some("[]")), Err(NoPlan::Other));
        assert_eq!(read(Some(r#"{"question":"bill","answer":null,"refusal":null}"#)), Err(NoPlan::Other));
        let refused = r#"{"question":"plan","answer":null,"refusal":{"kind":"nothing_fits","message":"too large"}}"#;
        assert_eq!(read(Some(refused)).unwrap_err().to_string(), "has no plan: too large");
    }

    #[test]
    fn lines_of_one_thing_are_added_up_exactly() {
        let line = |sku: &str, usd: &str| {
            format!(r#"{{"component":"api","driver":"compute","sku":"{sku}","usd_per_month":{usd}}}"#)
        };
        let text = format!(
            r#"{{"question":"plan","refusal":null,"answer":{{"chosen":{{
                "components":[{{"name":"api","kind":"service","option":"m7g.large","count":4}}],
                "cost":{{"usd_per_month":{{"mean":0.300000000001}},"unknown":[],
                "lines":[{},{},{}]}}}}}}}}"#,
            line("a", "0.1"),
            line("b", "0.1"),
            line("a", "0.100000000001")
        );
        let plan = read(Some(&text)).unwrap();
        let line = &plan.lines[&("api".to_owned(), "compute".to_owned())];
        assert_eq!((line.amount, line.skus.join(" ")), (plan.total, "a b".to_owned()));
        assert_eq!(plan.machines["api"], "4 x m7g.large");
    }
}
