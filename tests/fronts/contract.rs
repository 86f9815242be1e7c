//! Every field that the contract of `plan` names, and its type. People script against these.
use super::{FIXTURES, json, side_by_side};
use plimsoll_tests::Decimal;
use serde_json::Value;

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

/// Each of these fields is there, and of this kind.
fn fields(value: &Value, of: &str, is: fn(&Value) -> bool, names: &[&str]) {
    for name in names {
        assert!(value.get(name).is_some_and(is), "`{name}` of {of} is {:?}", value.get(name));
    }
}

fn is_number_or_unknown(value: &Value) -> bool {
    value.is_number() || value.is_null()
}
fn is_share(value: &Value) -> bool {
    value.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share))
}
fn is_text_or_none(value: &Value) -> bool {
    value.is_string() || value.is_null()
}
fn is_sha256(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn band(value: &Value) {
    fields(value, "a band", Value::is_number, &["mean", "p10", "p50", "p90"]);
}

fn envelope(envelope: &Value) {
    fields(envelope, "the envelope", Value::is_string, &["question", "version", "as_of", "verdict"]);
    fields(envelope, "the envelope", Value::is_u64, &["seed", "draws"]);
    fields(envelope, "the envelope", Value::is_array, &["inputs", "prices", "notes", "problems"]);
    for input in list(&envelope["inputs"]) {
        fields(input, "an input", Value::is_string, &["name"]);
        fields(input, "an input", is_sha256, &["sha256"]);
        fields(input, "an input", |rows| rows.is_u64() || rows.is_null(), &["rows"]);
    }
    for table in list(&envelope["prices"]) {
        fields(table, "a table", Value::is_string, &["table", "as_of"]);
        fields(table, "a table", is_sha256, &["sha256"]);
    }
    assert!(!list(&envelope["inputs"]).is_empty() && !list(&envelope["prices"]).is_empty());
    assert!(list(&envelope["notes"]).iter().all(Value::is_string));
}

fn component(component: &Value) {
    let name = component["name"].to_string();
    fields(component, &name, Value::is_string, &["name", "kind"]);
    fields(component, &name, is_text_or_none, &["shape", "purchase", "bound_by"]);
    fields(component, &name, |n| n.is_u64() || n.is_null(), &["count", "zones"]);
    fields(component, &name, Value::is_object, &["utilization", "latency"]);
    fields(component, &name, Value::is_array, &["disks"]);
    fields(&component["latency"], &name, is_number_or_unknown, &["p50_seconds", "p95_seconds", "p99_seconds"]);
    for (resource, share) in component["utilization"].as_object().expect("just seen") {
        assert!(is_share(share), "{resource} of {name}: {share}");
    }
    if component["shape"].is_string() {
        assert!(component["count"].as_u64() >= Some(1) && component["purchase"].is_string());
        assert!(component["utilization"]["cpu"].is_number(), "{name}");
    }
}

fn plan(plan: &Value) {
    fields(plan, "a plan", Value::is_string, &["id", "provider", "region"]);
    fields(plan, "a plan", Value::is_array, &["components", "grows_on"]);
    fields(plan, "a plan", is_share, &["coverage_share", "slo_miss_share", "monte_carlo_error_share"]);
    fields(plan, "a plan", is_number_or_unknown, &["growth_left"]);
    list(&plan["components"]).iter().for_each(component);
    let cost = &plan["cost"];
    for name in ["usd_per_month", "usd_over_horizon", "usd_per_million_requests"] {
        band(&cost[name]);
    }
    for line in list(&cost["lines"]) {
        fields(line, "a line", Value::is_string, &["component", "driver", "sku", "unit"]);
        fields(line, "a line", Value::is_number, &["quantity", "unit_price_usd", "usd_per_month"]);
    }
    let sum: Decimal = list(&cost["lines"]).iter().map(|line| Decimal::of(&line["usd_per_month"])).sum();
    assert_eq!(Decimal::of(&cost["usd_per_month"]["mean"]), sum, "the lines add up exactly");
    for step in list(&plan["grows_on"]) {
        fields(step, "a step", Value::is_u64, &["month"]);
        fields(step, "a step", Value::is_string, &["change"]);
    }
    let carbon = &plan["carbon"];
    assert_eq!(carbon["unknown"], Value::Null, "the tables have these machines and regions");
    for name in ["watts", "grams_co2e_per_month"] {
        fields(&carbon[name], name, Value::is_number, &["mean", "p10", "p50", "p90"]);
    }
    let lines = list(&carbon["lines"]).iter().map(|line| line["grams_co2e_per_month"].as_f64().expect("grams"));
    let (sum, mean) = (lines.sum::<f64>(), carbon["grams_co2e_per_month"]["mean"].as_f64().expect("grams"));
    assert!((sum - mean).abs() <= 1e-9 * mean, "the lines add up: {sum}, {mean}");
}

#[test]
fn a_plan_has_every_field_of_the_contract() {
    for file in FIXTURES {
        let whole = json("plan", file, side_by_side(file));
        envelope(&whole);
        assert_eq!((whole["question"].as_str(), whole["as_of"].as_str()), (Some("plan"), Some("2026-11-23")));
        assert!(whole["refusal"].is_null() && list(&whole["problems"]).is_empty(), "{file}");
        let answer = &whole["answer"];
        plan(&answer["chosen"]);
        assert!(list(&answer["alternatives"]).len() >= 3, "{file}: {}", list(&answer["alternatives"]).len());
        list(&answer["alternatives"]).iter().for_each(plan);
        assert!(answer.get("current").is_some());
        for option in list(&answer["refused"]) {
            fields(option, "a refused option", Value::is_string, &["option", "component", "reason"]);
            fields(option, "a refused option", is_text_or_none, &["resource"]);
            fields(option, "a refused option", is_number_or_unknown, &["needs", "has"]);
        }
        for point in list(&answer["frontier"]) {
            fields(point, "a point", Value::is_number, &["usd_per_month"]);
            fields(point, "a point", is_number_or_unknown, &["slo_miss_share", "grams_co2e_per_month"]);
            fields(point, "a point", Value::is_string, &["plan"]);
        }
    }
}

#[test]
fn the_latency_curve_rises_and_has_todays_load_and_its_knee() {
    for (file, worlds) in [("fixtures/one-service.toml", 0), ("fixtures/checkout.toml", 0), ("fixtures/launch.toml", 6)]
    {
        let curve = &json("plan", file, &["--draws", "64"])["answer"]["latency_curve"];
        fields(curve, "the curve", Value::is_string, &["promise"]);
        let numbers = ["within_seconds", "today_per_second", "knee_per_second", "kept_up_to_per_second", "top_seconds"];
        fields(curve, "the curve", Value::is_number, &numbers);
        assert_eq!(curve["worlds"], worlds, "{file}");
        let points = list(&curve["points"]);
        let loads: Vec<f64> = points.iter().filter_map(|point| point["per_second"].as_f64()).collect();
        assert!((12..=30).contains(&points.len()) && loads.is_sorted_by(|a, b| a < b), "{file}: {loads:?}");
        for name in ["today_per_second", "knee_per_second"] {
            assert!(loads.contains(&curve[name].as_f64().expect("just seen")), "{file}: {name}");
        }
        let bin = curve["top_seconds"].as_f64().expect("just seen") / 1024.0;
        // Beyond the top there are no times, and none comes back.
        for name in ["calm_seconds", "after_loss_seconds"] {
            let times: Vec<_> = points.iter().map(|point| point[name].as_f64().unwrap_or(f64::INFINITY)).collect();
            assert!(times.is_sorted() && times[0].is_finite(), "{file}: {times:?}");
        }
        for point in points {
            assert_eq!(point["after_loss_band"].is_object(), worlds > 0, "{file}");
            // Up to the width of a bin: at low load the loss changes next to nothing.
            let [calm, stressed] =
                ["calm_seconds", "after_loss_seconds"].map(|name| point[name].as_f64().unwrap_or(f64::MAX));
            assert!(calm <= stressed + bin, "{file}: {point}");
        }
    }
    assert!(
        json("plan", "fixtures/video.toml", &["--set", "promises.p99=10 s"])["answer"]["latency_curve"].is_object()
    );
}

#[test]
fn what_runs_today_is_a_plan_too() {
    let answer = &json("plan", "fixtures/checkout.toml", &[])["answer"];
    plan(&answer["current"]);
    assert_eq!(answer["current"]["id"], "current");
    assert!(json("plan", "fixtures/video.toml", &[])["answer"]["current"].is_null(), "it does not say what runs");
}

#[test]
fn alternatives_are_cheapest_first_and_named_in_the_frontier() {
    for file in FIXTURES {
        let answer = &json("plan", file, &[])["answer"];
        let cost = |plan: &Value| Decimal::of(&plan["cost"]["usd_per_month"]["mean"]);
        let costs: Vec<_> = list(&answer["alternatives"]).iter().map(cost).collect();
        assert!(costs.is_sorted(), "{file}");
        let mut ids: Vec<_> = list(&answer["alternatives"]).iter().map(|plan| &plan["id"]).collect();
        ids.push(&answer["chosen"]["id"]);
        assert!(list(&answer["frontier"]).iter().all(|point| ids.contains(&&point["plan"])), "{file}");
    }
}

#[test]
fn a_refusal_has_its_kind_its_message_and_its_numbers() {
    let whole = json("plan", "fixtures/one-service.toml", &["--set", "promises.p99=1 ms"]);
    envelope(&whole);
    assert!(whole["answer"].is_null());
    let refusal = &whole["refusal"];
    fields(refusal, "the refusal", Value::is_string, &["kind", "message"]);
    assert_eq!(whole["verdict"].as_str().map(str::is_empty), Some(false));
    let has_numbers =
        list(&refusal["refused"]).iter().any(|option| option["needs"].is_number() && option["has"].is_number());
    assert!(has_numbers, "{refusal}");
}

#[test]
fn a_profile_has_every_field_of_the_contract() {
    let whole = json("profile", "fixtures/requests.csv", &[]);
    let answer = &whole["answer"];
    assert_eq!(whole["inputs"][0]["rows"].as_u64().map(|rows| rows > 20_000), Some(true));
    assert!(answer["workload"]["demand"].is_object(), "{answer}");
    for fit in list(&answer["fits"]) {
        fields(fit, "a fit", Value::is_string, &["parameter", "source"]);
        assert!(fit.get("value").is_some() && fit.get("low").is_some() && fit.get("high").is_some(), "{fit}");
        assert!(["measured", "typed", "default"].contains(&fit["source"].as_str().expect("just seen")), "{fit}");
    }
    let quality = &answer["quality"];
    fields(quality, "quality", is_share, &["score_share", "coverage_share"]);
    fields(quality, "quality", Value::is_u64, &["gaps", "duplicates", "out_of_order", "resets"]);
    fields(quality, "quality", Value::is_array, &["findings"]);
}

#[test]
fn a_profile_of_exports_finds_the_known_truth() {
    let machines = ["fixtures/service/requests.json", "--shape", "m5.xlarge"];
    let answer = &json("profile", "fixtures/service/sadf.csv", &machines)["answer"];
    let fit = |name: &str| {
        let found = list(&answer["fits"]).iter().find(|fit| fit["parameter"] == name);
        found.unwrap_or_else(|| panic!("{name} is told")).clone()
    };
    // 22 ms of a processor that does 1.348 times the work of the reference core, and 0.15 of them without a request.
    let (cpu, base) = (fit("cpu_per_request"), fit("cpu_base"));
    for (fit, truth) in [(cpu, 0.022 * 1.348), (base, 0.15 * 1.348)] {
        let end = |name: &str| fit[name].as_f64().expect("ends are numbers");
        assert!(end("low") <= truth && truth <= end("high"), "{truth}: {fit}");
        assert_eq!(fit["source"], "measured");
    }
}

#[test]
fn a_rightsize_has_every_field_of_the_contract() {
    let whole = json("rightsize", "fixtures/fleet/usage.csv", &["--fleet", "fixtures/fleet/fleet.csv"]);
    envelope(&whole);
    let answer = &whole["answer"];
    assert_eq!(list(&answer["resources"]).len(), 6);
    for one in list(&answer["resources"]) {
        fields(one, "a resource", Value::is_string, &["id", "finding", "why"]);
        let finding = one["finding"].as_str().expect("just seen");
        assert!(["idle", "over", "under", "optimized", "unknown"].contains(&finding), "{finding}");
        fields(one, "a resource", |v| v.is_object() || v.is_null(), &["current", "recommended"]);
        fields(one, "a resource", Value::is_array, &["options", "unmeasured", "needs"]);
        fields(one, "a resource", is_number_or_unknown, &["saves_usd_per_month"]);
        fields(one, "a resource", Value::is_boolean, &["realizable"]);
        fields(one, "a resource", is_share, &["risk_share"]);
        fields(one, "a resource", is_text_or_none, &["bound_by", "effort"]);
        for option in list(&one["options"]) {
            fields(option, "an option", Value::is_string, &["shape", "effort", "bound_by"]);
        }
    }
    assert_eq!(answer["presets"][0]["name"], "this advice");
    for preset in list(&answer["presets"]) {
        fields(preset, "a preset", Value::is_string, &["name"]);
        fields(preset, "a preset", is_number_or_unknown, &["saves_usd_per_month", "held_out_breach_share"]);
    }
}
