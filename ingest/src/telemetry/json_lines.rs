//! A JSON object a line.
use super::text::Text;
use crate::problem::Problem;
use serde_json::Value;

/// Calls `each` with every line that is not blank, its number, and its value or what is wrong with it.
pub(crate) fn each(text: Text, mut each: impl FnMut(usize, &str, Result<Value, Problem>)) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    while let Some((number, line)) = lines.next()? {
        if line.trim().is_empty() {
            continue;
        }
        let value = serde_json::from_str(line).map_err(|error| {
            let at = error.column().saturating_sub(1);
            let what = format!("this line is not JSON: {}", told(&error));
            Problem::in_line(&name, number, line, at..at + 1, what, "is the file cut, or edited by hand?")
        });
        each(number, line, value);
    }
    Ok(())
}

/// What is wrong, without the place, which counts from the start of the line.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_value_or_a_problem_with_its_place() {
        let mut seen = Vec::new();
        each(Text::of("x", "{\"a\":1}\n\n{\"a\":\n[2]"), |number, _, value| {
            seen.push((number, value.map_err(|problem| (problem.line, problem.what))));
        })
        .unwrap();
        assert_eq!(seen[0], (1, Ok(serde_json::json!({"a": 1}))));
        assert_eq!(seen[1], (3, Err((3, "this line is not JSON: EOF while parsing a value".to_owned()))));
        assert_eq!(seen[2], (4, Ok(serde_json::json!([2]))));
    }
}
