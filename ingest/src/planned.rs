//! A plan that was answered before, from the JSON that the command printed.
use crate::problem::Problem;
use plimsoll::choice::Band;
use plimsoll::compare::{Item, Side, What};
use plimsoll::units::{FineMoney, Mass, Money, Share};
use serde_json::Value;

/// Whether a file is an answer, as far as its beginning tells: a JSON object with a `question`.
pub fn is_answer(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value.get("question").is_some_and(Value::is_string))
}

/// Reads the chosen plan of an answer.
pub fn read(name: &str, shown: &str, bytes: &[u8]) -> Result<Side, Problem> {
    let wrong = |what: String, help: &str| Problem::in_whole(name, what, help);
    let help = "give what `plimsoll plan FILE --format json` printed";
    let envelope: Value =
        serde_json::from_slice(bytes).map_err(|error| wrong(format!("is not JSON: {error}"), help))?;
    let question = envelope.get("question").and_then(Value::as_str).unwrap_or_default();
    if question != "plan" {
        return Err(wrong(format!("is an answer to `{question}`, not to `plan`"), help));
    }
    let plan = &envelope["answer"]["chosen"];
    if plan.is_null() {
        return Err(wrong("is an answer without a plan".into(), help));
    }
    let lacks = |field: &str| wrong(format!("the plan has no `{field}` that can be read"), help);
    let cost = &plan["cost"];
    let lines = cost["lines"].as_array().ok_or_else(|| lacks("cost.lines"))?;
    let items: Option<Vec<Item>> = lines.iter().map(item).collect();
    let components = plan["components"].as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(|component| {
        let (name, count) = (component["name"].as_str()?, component["count"].as_u64()?);
        Some(format!("{name} on {count} x {}", component["option"].as_str()?))
    });
    let is_drawn = envelope["answer"]["choice"]["worlds"].as_u64().is_some_and(|worlds| worlds > 1);
    Ok(Side {
        name: shown.into(),
        what: What::Plan,
        currency: "USD".into(),
        items: items.ok_or_else(|| lacks("cost.lines"))?,
        unknown: cost["unknown"].as_array().map_or(0, Vec::len),
        worlds: Vec::new(),
        month: Some(band(&cost["usd_per_month"]).ok_or_else(|| lacks("cost.usd_per_month"))?),
        horizon: horizon(cost),
        coverage: plan["coverage_share"]
            .as_f64()
            .filter(|part| is_drawn && (0.0..=1.0).contains(part))
            .map(Share::of_one),
        emitted: plan["carbon"]["grams_co2e_per_month"]["mean"]
            .as_f64()
            .filter(|grams| grams.is_finite() && *grams >= 0.0)
            .map(Mass::grams),
        runs: components.collect::<Vec<_>>().join(", "),
    })
}

fn item(line: &Value) -> Option<Item> {
    let text = |field: &str| line[field].as_str();
    let tier = text("tier").map_or_else(String::new, |tier| format!(", {tier}"));
    Some(Item {
        key: format!("{}: {}", text("component")?, plimsoll::cost::Driver::named(text("driver")?)?.phrase()),
        item: format!("{}{tier}", text("sku")?),
        unit: text("unit")?.to_owned(),
        quantity: line["quantity"].as_f64(),
        amount: FineMoney::read(line["usd_per_month"].to_string().as_bytes()).ok()?.0,
    })
}

fn horizon(cost: &Value) -> Option<(Money, u32)> {
    let months = u32::try_from(cost["months"].as_array()?.len()).ok()?;
    let all = cost["usd_over_horizon"].get("mean")?.to_string().parse().ok()?;
    (months > 1).then_some((all, months))
}

fn band(value: &Value) -> Option<Band<Money>> {
    let at = |field: &str| value.get(field)?.to_string().parse::<Money>().ok();
    Some(Band { mean: at("mean")?, p10: at("p10")?, p50: at("p50")?, p90: at("p90")? })
}
