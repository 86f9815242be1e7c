//! `free`: the memory of a host at one moment, of which only how much there is can be used.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::text::Text;
use super::super::unit::KIB;
use super::columns::{decimal, place};
use crate::problem::Problem;
use plimsoll::telemetry::Facts;
use plimsoll::units::{Data, Share};

/// The format.
pub(crate) struct Free;

impl Format for Free {
    fn name(&self) -> &'static str {
        "free"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let names: Vec<&str> = head.first_line().split_whitespace().collect();
        let has_memory = head.lines().any(|line| line.starts_with("Mem:"));
        Share::of_one(if names.starts_with(&["total", "used", "free"]) && has_memory { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let short = file.rsplit(['/', '\\']).next().unwrap_or(&file);
        let host = asked.resource.clone().unwrap_or_else(|| short.to_owned());
        let mut lines = text.lines();
        loop {
            let (number, line) = match lines.next() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(problem) => return to.wrong(|| problem),
            };
            let Some((name, amounts)) = line.split_once(':') else { continue };
            to.row();
            if name != "Mem" {
                to.aside("row of no memory");
                continue;
            }
            let total = amounts.split_whitespace().next().unwrap_or_default();
            match bytes(total) {
                Some(bytes) => {
                    to.facts(host.clone(), Facts { memory: Some(Data::bytes(bytes)), ..Facts::default() });
                    to.used();
                }
                None => to.mistake(|| {
                    let what = format!("cannot read `{total}` as an amount of memory");
                    Problem::in_line(&file, number, line, place(line, total), what, "run `free` without -h")
                }),
            }
        }
        to.note(
            "free tells one moment: only how much memory there is was read; `sadf -d -- -r` tells how it is used over time.",
        );
    }
}

/// `3861332` in KiB, or `3.7G`, `3.7Gi` with `-h`.
fn bytes(text: &str) -> Option<f64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let power = match text[digits.len()..].chars().next() {
        None | Some('K') => 1,
        Some('B') => 0,
        Some('M') => 2,
        Some('G') => 3,
        Some('T') => 4,
        Some(_) => return None,
    };
    decimal(digits).ok().flatten().filter(|n| *n >= 0.0).map(|n| n * KIB.powi(power)).filter(|n| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, read};
    use super::*;

    #[test]
    fn how_much_memory_there_is_becomes_a_fact() {
        let text = "       total  used  free\nMem:   2048   1024   1024\nSwap:  0  0  0\n";
        assert_eq!(Free.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let told = read(&Free, text).unwrap();
        assert_eq!(told.facts.values().next().unwrap().memory, Some(Data::bytes(2048.0 * 1024.0)));
        assert_eq!(aside(&told), [("row of no memory", 1)]);
        assert_eq!(bytes("3.5G"), Some(3.5 * KIB.powi(3)));
        assert_eq!(bytes("1e308"), None);
        assert_eq!(read(&Free, &text.replace("2048", "lots")).unwrap_err()[0].line, 2);
    }
}
