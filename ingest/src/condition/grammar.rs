//! Words become a condition: `or` binds weakest, then `and`, `not`, comparisons, `+ -`, `* /`.
use super::words::{Placed, Word};
use crate::reader::nearest;
use plimsoll::condition::{Arithmetic, Comparison, Fault, Field, Step, Summary, Term, Which};
use std::ops::Range;

/// Parentheses and signs within each other; nobody can read more.
const DEEPEST: usize = 60;

pub(super) fn parse(words: &[Placed], length: usize) -> Result<Term, Fault> {
    let mut parser = Parser { words, at: 0, length, depth: 0 };
    let term = parser.either()?;
    match parser.words.get(parser.at) {
        None => Ok(term),
        Some(_) => {
            parser.fault("an operator is expected here", "write and, or, or a comparison such as > between values")
        }
    }
}

struct Parser<'w> {
    words: &'w [Placed],
    at: usize,
    length: usize,
    depth: usize,
}

impl Parser<'_> {
    fn place(&self) -> Range<usize> {
        self.words.get(self.at).map_or(self.length..self.length, |(_, at)| at.clone())
    }
    fn fault<T>(&self, what: impl Into<String>, help: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { at: self.place(), what: what.into(), help: help.into() })
    }
    /// Takes one of these signs, if it is next.
    fn sign<T: Copy>(&mut self, signs: &[(&str, T)]) -> Option<T> {
        let Some((Word::Sign(sign), _)) = self.words.get(self.at) else { return None };
        let found = signs.iter().find(|(known, _)| known == sign)?.1;
        self.at += 1;
        Some(found)
    }
    /// Takes this name, if it is next.
    fn name(&mut self, name: &str) -> bool {
        let is_next = matches!(self.words.get(self.at), Some((Word::Name(word), _)) if word == name);
        self.at += usize::from(is_next);
        is_next
    }
    fn close(&mut self, sign: &'static str) -> Result<(), Fault> {
        match self.sign(&[(sign, ())]) {
            Some(()) => Ok(()),
            None => self.fault(format!("`{sign}` is missing here"), ""),
        }
    }

    fn either(&mut self) -> Result<Term, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fault("this condition is too deep to read", format!("at most {DEEPEST} levels are read"));
        }
        let mut term = self.both()?;
        while self.name("or") || self.sign(&[("||", ())]).is_some() {
            term = Term::Either(Box::new(term), Box::new(self.both()?));
        }
        self.depth -= 1;
        Ok(term)
    }
    fn both(&mut self) -> Result<Term, Fault> {
        let mut term = self.negated()?;
        while self.name("and") || self.sign(&[("&&", ())]).is_some() {
            term = Term::Both(Box::new(term), Box::new(self.negated()?));
        }
        Ok(term)
    }
    fn negated(&mut self) -> Result<Term, Fault> {
        let mut turns = 0;
        while self.name("not") || self.sign(&[("!", ())]).is_some() {
            turns += 1;
        }
        let term = self.compared()?;
        Ok(if turns % 2 == 1 { Term::Not(Box::new(term)) } else { term })
    }
    fn compared(&mut self) -> Result<Term, Fault> {
        use Comparison::{AtLeast, AtMost, Less, More, Other, Same};
        let signs =
            [("<", Less), ("<=", AtMost), (">", More), (">=", AtLeast), ("==", Same), ("=", Same), ("!=", Other)];
        let term = self.sum()?;
        let Some(how) = self.sign(&signs) else { return Ok(term) };
        let compared = Term::Compared(Box::new(term), how, Box::new(self.sum()?));
        if self.sign(&signs).is_some() {
            self.at -= 1;
            return self.fault("two comparisons in a row", "write a < b and b < c");
        }
        Ok(compared)
    }
    fn sum(&mut self) -> Result<Term, Fault> {
        let mut term = self.product()?;
        while let Some(how) = self.sign(&[("+", Arithmetic::Plus), ("-", Arithmetic::Minus)]) {
            term = Term::Computed(Box::new(term), how, Box::new(self.product()?));
        }
        Ok(term)
    }
    fn product(&mut self) -> Result<Term, Fault> {
        let mut term = self.signed()?;
        while let Some(how) = self.sign(&[("*", Arithmetic::Times), ("/", Arithmetic::Over)]) {
            term = Term::Computed(Box::new(term), how, Box::new(self.signed()?));
        }
        Ok(term)
    }
    fn signed(&mut self) -> Result<Term, Fault> {
        let mut minus = false;
        while self.sign(&[("-", ())]).is_some() {
            minus = !minus;
        }
        let term = self.value()?;
        Ok(match term {
            Term::Number(number) if minus => Term::Number(-number),
            term if minus => Term::Computed(Box::new(Term::Number(0.0)), Arithmetic::Minus, Box::new(term)),
            term => term,
        })
    }
    fn value(&mut self) -> Result<Term, Fault> {
        let Some((word, place)) = self.words.get(self.at).cloned() else {
            return self
                .fault("the condition ends where a value is expected", "write a number, a text in quotes or a field");
        };
        match word {
            Word::Sign("(") => {
                self.at += 1;
                let inner = self.either()?;
                self.close(")").map(|()| inner)
            }
            Word::Sign(sign) => self.fault(format!("`{sign}` stands where a value is expected"), ""),
            Word::Number(number) => {
                self.at += 1;
                let percent = self.sign(&[("%", ())]).is_some();
                Ok(Term::Number(if percent { number / 100.0 } else { number }))
            }
            Word::Text(text) => {
                self.at += 1;
                Ok(Term::Text(text))
            }
            Word::Name(name) => self.named(&name, place),
        }
    }
    fn named(&mut self, name: &str, place: Range<usize>) -> Result<Term, Fault> {
        if matches!(name, "and" | "or" | "not") {
            return self.fault(format!("`{name}` stands where a value is expected"), "");
        }
        self.at += 1;
        match name {
            "true" | "false" => return Ok(Term::Flag(name == "true")),
            "null" => return Ok(Term::Nothing),
            _ => {}
        }
        if self.sign(&[("(", ())]).is_some() {
            let words = Summary::EVERY.map(Summary::word);
            let Some(how) = Summary::EVERY.into_iter().find(|how| how.word() == name) else {
                let help = nearest::help(name, &words, "the functions");
                return Err(Fault { at: place, what: format!("there is no function `{name}`"), help });
            };
            let inner = self.either()?;
            self.close(")")?;
            return Ok(Term::Of(how, Box::new(inner)));
        }
        let mut steps = vec![Step { to: Which::Named(name.into()), at: place }];
        loop {
            if self.sign(&[(".", ())]).is_some() {
                let at = self.place();
                let Some((Word::Name(name), _)) = self.words.get(self.at) else {
                    return self.fault("a name is expected after the point", "");
                };
                steps.push(Step { to: Which::Named(name.clone()), at });
                self.at += 1;
            } else if self.sign(&[("[", ())]).is_some() {
                steps.push(self.element()?);
            } else {
                return Ok(Term::Field(Field { steps }));
            }
        }
    }
    /// What stands between brackets: `*`, a number, or a name, which may have hyphens.
    fn element(&mut self) -> Result<Step, Fault> {
        let at = self.place();
        let to = match self.words.get(self.at) {
            Some((Word::Sign("*"), _)) => Which::All,
            Some((Word::Number(number), _)) if number.fract() == 0.0 => Which::Numbered(*number as usize),
            Some((Word::Text(text), _)) => Which::Called(text.clone()),
            Some((Word::Name(name), _)) => {
                let mut called = name.clone();
                while let Some([(Word::Sign(sign @ ("-" | ".")), _), (Word::Name(more), _)]) =
                    self.words.get(self.at + 1..self.at + 3)
                {
                    called.push_str(sign);
                    called.push_str(more);
                    self.at += 2;
                }
                Which::Called(called)
            }
            _ => {
                return self
                    .fault("an element is expected here", "write [*] for every one, [0] for the first, or its name");
            }
        };
        self.at += 1;
        self.close("]")?;
        Ok(Step { to, at })
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use plimsoll::condition::{Outcome, Term};
    use serde_json::json;

    fn outcome(text: &str) -> Outcome {
        let component = |name, share| json!({"name": name, "utilization": {"cpu": share}});
        let answer = json!({
            "chosen": {"coverage_share": 0.97, "components": [component("api", 0.6), component("web-front", 0.8)]},
            "resources": [{"risk_share": 0.05, "finding": "over"}, {"risk_share": 0.2, "finding": "idle"}],
            "total": {"effective": "5000.01"}, "cost": "effective",
        });
        read(text).unwrap().check(&json!({"answer": answer})).unwrap().outcome
    }

    #[test]
    fn operators_bind_as_they_do_elsewhere() {
        for (text, fires) in [
            ("chosen.coverage_share < 95%", false),
            ("chosen.coverage_share < 0.95 or total > 5_000", true),
            ("not total > 5000", false),
            ("1 + 2 * 3 == 7 && (1 + 2) * 3 == 9", true),
            ("total - 5000 > 0.02 || total/2 < -1", false),
            ("resources[*].risk_share > 0.1", true),
            ("all(resources[*].risk_share > 0.1)", false),
            ("count(resources[*].finding == \"idle\") >= 1", true),
            ("max(chosen.components[*].utilization.cpu) > 70%", true),
            ("chosen.components[web-front].utilization.cpu > 0.7", true),
            ("chosen.components[0].utilization.cpu > 0.7", false),
            ("not not not (total > 5000)", false),
        ] {
            assert_eq!(outcome(text), if fires { Outcome::Fired } else { Outcome::Passed }, "{text}");
        }
    }

    #[test]
    fn what_is_no_condition_is_told_with_its_place() {
        for (text, column, what) in [
            ("total >", 8, "the condition ends where a value is expected"),
            ("total > > 1", 9, "`>` stands where a value is expected"),
            ("total 5", 7, "an operator is expected here"),
            ("1 < 2 < 3", 7, "two comparisons in a row"),
            ("(total > 1", 11, "`)` is missing here"),
            ("sun(total) > 1", 1, "there is no function `sun`"),
            ("a.b[", 5, "an element is expected here"),
            ("total > $5", 9, "`$` has no meaning in a condition"),
            ("x == \"a", 6, "this text has no end"),
            ("", 1, "the condition ends where a value is expected"),
        ] {
            let problem = read(text).unwrap_err();
            assert_eq!((problem.column, problem.what.as_str()), (column, what), "{text}");
        }
        assert!(read(&"(".repeat(1000)).unwrap_err().what.contains("too deep"));
        assert!(read(&"x".repeat(3000)).unwrap_err().what.contains("3000"));
    }

    #[test]
    fn numbers_and_signs() {
        assert!(matches!(read("-2").unwrap().term, Term::Number(n) if n == -2.0));
        assert!(matches!(read("95 %").unwrap().term, Term::Number(n) if n == 0.95));
        assert!(matches!(read("1e-3").unwrap().term, Term::Number(n) if n == 0.001));
    }
}
