//! An answer beside the conditions that stop a pipeline at it.
use super::md::{escape, render_block, render_table};
use super::{Block, Report, Section};
use crate::condition::Checked;
use serde_json::{Value, json};

/// The report with what became of the conditions, first of its sections.
pub fn gated(report: Report, checks: &[Checked]) -> Report {
    let lines: Vec<String> = checks.iter().map(ToString::to_string).collect();
    let section = if lines.is_empty() { None } else { Section::of("Conditions", vec![Block::List(lines)]) };
    Report { sections: section.into_iter().chain(report.sections).collect(), ..report }
}

/// The envelope with what became of the conditions, as `fail_on`.
pub fn envelope(mut envelope: Value, checks: &[Checked]) -> Value {
    if let (Value::Object(fields), false) = (&mut envelope, checks.is_empty()) {
        fields.insert("fail_on".into(), json!(checks.iter().map(Checked::json).collect::<Vec<_>>()));
    }
    envelope
}

/// A comment for a pull request: the verdict, what became of the conditions, and the rest folded.
pub fn comment(report: &Report, checks: &[Checked]) -> String {
    let mut out = format!("**{}**\n\n", escape(&report.verdict));
    for check in checks {
        let mark = if check.stops() { "❌" } else { "✅" };
        // The condition is set as it was written, without escapes.
        let text = check.to_string().replace(&format!("`{}`", check.condition), "\u{0}");
        let text = escape(&text).replace('\u{0}', &format!("`{}`", check.condition.replace('`', "'")));
        out.push_str(&format!("- {mark} {text}\n"));
    }
    if !report.main.rows.is_empty() {
        out.push_str(&folded("Line by line", &render_table(&report.main)));
    }
    let working: String = report
        .sections
        .iter()
        .filter(|section| !section.is_drawn())
        .map(|section| {
            let blocks: String = section.blocks.iter().map(render_block).collect();
            format!("### {}\n\n{blocks}", section.title)
        })
        .collect();
    out.push_str(&folded("The working", working.trim_end()));
    out
}

/// GitHub, GitLab and Bitbucket read Markdown within a fold if a blank line stands around it.
fn folded(title: &str, text: &str) -> String {
    format!("\n<details><summary>{title}</summary>\n\n{}\n\n</details>\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Table};
    use super::*;
    use crate::condition::{Outcome, Seen};

    fn checks() -> Vec<Checked> {
        let values = vec![Seen { path: "total".into(), value: json!(7) }];
        vec![Checked { condition: "total > 5".into(), outcome: Outcome::Fired, values }]
    }
    fn report() -> Report {
        let main = Table::of(vec![Column::words("what")], [vec!["api".into()]]);
        let section = Section::of("Why", vec![Block::Paragraph("because".into())]);
        Report { verdict: "It costs 7.".into(), sections: section.into_iter().collect(), main }
    }

    #[test]
    fn a_comment_folds_all_but_the_verdict_and_the_conditions() {
        let text = comment(&report(), &checks());
        assert_eq!(
            text,
            "**It costs 7.**\n\n- ❌ fails on `total > 5`: total is 7\n\
             \n<details><summary>Line by line</summary>\n\n| what |\n| --- |\n| api |\n\n</details>\n\
             \n<details><summary>The working</summary>\n\n### Why\n\nbecause\n\n</details>\n"
        );
    }

    #[test]
    fn what_was_asked_for_is_part_of_report_and_json() {
        let gated = gated(report(), &checks());
        assert_eq!(gated.sections[0].title, "Conditions");
        let json = envelope(json!({"answer": {}}), &checks());
        assert_eq!(json["fail_on"][0]["outcome"], "fired");
        assert_eq!(json["fail_on"][0]["values"][0]["value"], 7);
        assert_eq!(envelope(json!({}), &[]), json!({}));
    }
}
