//! Whether a condition holds of an answer.
use super::{Checked, Comparison, Outcome, Seen, Summary, Term, field};
use serde_json::Value;
use std::ops::Range;

/// A condition as it was written and as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As it was written.
    pub text: String,
    /// As it was understood.
    pub term: Term,
}

/// A condition that cannot be asked of this answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the condition that are at fault.
    pub at: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What would do instead; may be empty.
    pub help: String,
}

/// A value while it is judged, with the fields that it comes from.
#[derive(Clone, Debug)]
struct Found {
    value: Plain,
    from: Vec<Seen>,
}

#[derive(Clone, Debug, PartialEq)]
enum Plain {
    Number(f64),
    Text(String),
    Flag(bool),
    /// Not known, or not there.
    Unknown,
    /// Written as `null` in the condition.
    Nothing,
}

impl Plain {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Unknown,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => number.to_string().parse().map_or(Self::Unknown, Self::Number),
            // Sums of bills are decimal texts.
            Value::String(text) => {
                text.parse().ok().filter(|n: &f64| n.is_finite()).map_or_else(|| Self::Text(text.clone()), Self::Number)
            }
            Value::Array(elements) => Self::Number(elements.len() as f64),
            Value::Object(_) => Self::Unknown,
        }
    }
    const fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::Flag(_) => "true or false",
            Self::Unknown | Self::Nothing => "nothing",
        }
    }
}

impl Condition {
    /// What becomes of it with this answer, in its envelope.
    pub fn check(&self, envelope: &Value) -> Result<Checked, Fault> {
        let judge = Judge { envelope, whole: 0..self.text.len() };
        let truth = judge.truth(&self.term)?;
        let outcome = match truth.value {
            Plain::Flag(true) => Outcome::Fired,
            Plain::Flag(false) => Outcome::Passed,
            _ => Outcome::CannotTell,
        };
        let mut values = truth.from;
        let mut seen = std::collections::BTreeSet::new();
        values.retain(|value| seen.insert(value.path.clone()));
        Ok(Checked { condition: self.text.clone(), outcome, values })
    }
}

struct Judge<'v> {
    envelope: &'v Value,
    whole: Range<usize>,
}

impl Judge<'_> {
    fn fault<T>(&self, what: impl Into<String>, help: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { at: self.whole.clone(), what: what.into(), help: help.into() })
    }

    /// A term that is true or false: of many values, whether one is true.
    fn truth(&self, term: &Term) -> Result<Found, Fault> {
        match term {
            Term::Both(a, b) => Ok(self.joined(a, b, false)?),
            Term::Either(a, b) => Ok(self.joined(a, b, true)?),
            Term::Not(inner) => {
                let Found { value, from } = self.truth(inner)?;
                Ok(Found { value: if let Plain::Flag(flag) = value { Plain::Flag(!flag) } else { value }, from })
            }
            other => self.decided(&self.values(other)?, true),
        }
    }

    /// `and` and `or`: one side that decides is enough, whether the other is known or not.
    fn joined(&self, a: &Term, b: &Term, by: bool) -> Result<Found, Fault> {
        self.decided(&[self.truth(a)?, self.truth(b)?], by)
    }

    /// Whether one of them is `by`; if none is, the opposite, unless one is not known.
    fn decided(&self, all: &[Found], by: bool) -> Result<Found, Fault> {
        if let Some(wrong) = all.iter().find(|f| matches!(f.value, Plain::Number(_) | Plain::Text(_))) {
            let help = "compare it with something, as in total > 5000";
            return self.fault(format!("this is {}, not a condition", wrong.value.kind()), help);
        }
        let with = |value: Plain, keep: &dyn Fn(&Plain) -> bool| {
            let from = all.iter().filter(|f| keep(&f.value)).flat_map(|f| f.from.clone()).collect();
            Ok(Found { value, from })
        };
        if all.iter().any(|f| f.value == Plain::Flag(by)) {
            with(Plain::Flag(by), &|value| *value == Plain::Flag(by))
        } else if all.iter().any(|f| !matches!(f.value, Plain::Flag(_))) {
            with(Plain::Unknown, &|value| !matches!(value, Plain::Flag(_)))
        } else {
            with(Plain::Flag(!by), &|_| true)
        }
    }

    fn values(&self, term: &Term) -> Result<Vec<Found>, Fault> {
        let one = |value| Ok(vec![Found { value, from: Vec::new() }]);
        match term {
            Term::Number(number) => one(Plain::Number(*number)),
            Term::Text(text) => one(Plain::Text(text.clone())),
            Term::Flag(flag) => one(Plain::Flag(*flag)),
            Term::Nothing => one(Plain::Nothing),
            Term::Field(named) => {
                let found = field::find(named, self.envelope)?;
                Ok(found.into_iter().map(|seen| Found { value: Plain::of(&seen.value), from: vec![seen] }).collect())
            }
            Term::Computed(a, how, b) => self.paired(a, b, |x, y| match (x, y) {
                (Plain::Number(x), Plain::Number(y)) => Ok(how.of(*x, *y).map_or(Plain::Unknown, Plain::Number)),
                (Plain::Unknown, _) | (_, Plain::Unknown) => Ok(Plain::Unknown),
                (x, y) => {
                    let wrong = if matches!(x, Plain::Number(_)) { y } else { x };
                    self.fault(format!("{} cannot be reckoned with", wrong.kind()), "")
                }
            }),
            Term::Compared(a, how, b) => self.paired(a, b, |x, y| self.compared(x, *how, y)),
            Term::Of(how, inner) => Ok(vec![self.summary(*how, inner)?]),
            Term::Both(..) | Term::Either(..) | Term::Not(_) => Ok(vec![self.truth(term)?]),
        }
    }

    fn compared(&self, x: &Plain, how: Comparison, y: &Plain) -> Result<Plain, Fault> {
        let is_nothing = |p: &Plain| matches!(p, Plain::Nothing | Plain::Unknown);
        match (x, y) {
            // Whether something is known can itself be asked.
            (Plain::Nothing, other) | (other, Plain::Nothing) if how.is_of_sameness() => {
                Ok(Plain::Flag(is_nothing(other) == (how == Comparison::Same)))
            }
            (Plain::Nothing, _) | (_, Plain::Nothing) => {
                self.fault("null is neither more nor less", "write == null or != null")
            }
            (Plain::Unknown, _) | (_, Plain::Unknown) => Ok(Plain::Unknown),
            (Plain::Number(x), Plain::Number(y)) => Ok(Plain::Flag(how.of(x, y))),
            (Plain::Text(x), Plain::Text(y)) => Ok(Plain::Flag(how.of(x.as_str(), y.as_str()))),
            (Plain::Flag(x), Plain::Flag(y)) if how.is_of_sameness() => Ok(Plain::Flag(how.of(x, y))),
            (x, y) => self.fault(format!("{} cannot be compared with {}", x.kind(), y.kind()), ""),
        }
    }

    /// Value by value; a single one goes with each of many.
    fn paired(
        &self,
        a: &Term,
        b: &Term,
        of: impl Fn(&Plain, &Plain) -> Result<Plain, Fault>,
    ) -> Result<Vec<Found>, Fault> {
        let (left, right) = (self.values(a)?, self.values(b)?);
        let count = match (left.len(), right.len()) {
            (n, m) if n == m => n,
            (1, n) | (n, 1) => n,
            (n, m) => {
                return self.fault(format!("a list of {n} stands beside a list of {m}"), "compare lists of one length");
            }
        };
        let pair = |i: usize| {
            let (x, y) = (&left[if left.len() == 1 { 0 } else { i }], &right[if right.len() == 1 { 0 } else { i }]);
            Ok(Found { value: of(&x.value, &y.value)?, from: [x.from.clone(), y.from.clone()].concat() })
        };
        (0..count).map(pair).collect()
    }

    fn summary(&self, how: Summary, inner: &Term) -> Result<Found, Fault> {
        let all = self.values(inner)?;
        match how {
            Summary::Any => return self.decided(&all, true),
            Summary::All => return self.decided(&all, false),
            _ => {}
        }
        let mut numbers = Vec::new();
        for found in &all {
            match &found.value {
                Plain::Number(number) => numbers.push(*number),
                Plain::Flag(flag) if how == Summary::Count => numbers.extend(flag.then_some(1.0)),
                Plain::Text(_) if how == Summary::Count => numbers.push(1.0),
                Plain::Unknown | Plain::Nothing if how == Summary::Count => {}
                Plain::Unknown | Plain::Nothing => {
                    return Ok(Found { value: Plain::Unknown, from: found.from.clone() });
                }
                other => return self.fault(format!("{} has no {}", other.kind(), how.word()), ""),
            }
        }
        let value = match how {
            Summary::Sum => numbers.iter().sum(),
            Summary::Count => numbers.len() as f64,
            Summary::Min => numbers.iter().copied().fold(f64::INFINITY, f64::min),
            _ => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        };
        if !value.is_finite() {
            return Ok(Found { value: Plain::Unknown, from: Vec::new() });
        }
        let path = format!("{} of {} values", how.word(), all.len());
        Ok(Found { value: Plain::Number(value), from: vec![Seen { path, value: serde_json::json!(value) }] })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Step, Which};
    use super::*;
    use serde_json::json;

    fn field(names: &[&str]) -> Box<Term> {
        let step = |name: &&str| {
            let to = if *name == "*" { Which::All } else { Which::Named((*name).into()) };
            Step { to, at: 0..1 }
        };
        Box::new(Term::Field(Field { steps: names.iter().map(step).collect() }))
    }
    fn outcome(term: Term) -> Outcome {
        let answer = json!({"total": "12.5", "left": null, "list": [{"risk": 0.1}, {"risk": 0.3}, {"risk": null}],
            "month": {"mean": 7, "p90": 9}});
        let condition = Condition { text: "x".into(), term };
        condition.check(&json!({"answer": answer, "draws": 64})).unwrap().outcome
    }
    fn more(names: &[&str], than: f64) -> Term {
        Term::Compared(field(names), Comparison::More, Box::new(Term::Number(than)))
    }

    #[test]
    fn one_element_of_a_list_is_enough_and_what_is_unknown_closes_the_gate() {
        assert_eq!(outcome(more(&["list", "*", "risk"], 0.2)), Outcome::Fired);
        assert_eq!(outcome(more(&["list", "*", "risk"], 0.5)), Outcome::CannotTell);
        assert_eq!(outcome(more(&["left"], 0.5)), Outcome::CannotTell);
        assert_eq!(outcome(more(&["total"], 12.0)), Outcome::Fired);
        assert_eq!(outcome(more(&["month"], 8.0)), Outcome::Passed);
        assert_eq!(outcome(more(&["draws"], 8.0)), Outcome::Fired);
    }

    #[test]
    fn one_side_that_decides_is_enough() {
        let unknown = || Box::new(more(&["left"], 1.0));
        let (yes, no) = (|| Box::new(more(&["total"], 1.0)), || Box::new(more(&["total"], 99.0)));
        assert_eq!(outcome(Term::Either(unknown(), yes())), Outcome::Fired);
        assert_eq!(outcome(Term::Both(unknown(), no())), Outcome::Passed);
        assert_eq!(outcome(Term::Both(unknown(), yes())), Outcome::CannotTell);
        assert_eq!(outcome(Term::Not(no())), Outcome::Fired);
    }

    #[test]
    fn nothing_can_be_asked_for() {
        let same = |names: &[&str]| Term::Compared(field(names), Comparison::Same, Box::new(Term::Nothing));
        assert_eq!(outcome(same(&["left"])), Outcome::Fired);
        assert_eq!(outcome(same(&["total"])), Outcome::Passed);
    }
}
