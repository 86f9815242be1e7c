//! Where problems are handed in.
use crate::document::{Document, Node, Spot, Value};
use crate::problem::Problem;
use std::cell::{Cell, RefCell};

/// A document and what was found wrong with it so far.
#[derive(Debug)]
pub struct Desk<'d> {
    document: &'d Document,
    problems: RefCell<Vec<Problem>>,
    more: Cell<usize>,
    hidden: Cell<usize>,
    copied: Cell<usize>,
}

impl<'d> Desk<'d> {
    /// The most problems that are told of one file; of the rest only the number.
    pub const MOST: usize = 100;

    /// The most text of lines that problems carry: one line of JSON may be the whole file.
    const MOST_COPIED: usize = 20_000_000;

    /// A desk for this document, with the slips of its syntax.
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            problems: RefCell::new(document.slips().to_vec()),
            more: Cell::new(0),
            hidden: Cell::new(0),
            copied: Cell::new(0),
        }
    }
    /// The document.
    pub const fn document(&self) -> &'d Document {
        self.document
    }
    /// Tells of a problem at a place, unless a slip of the syntax was told there already.
    pub fn tell(&self, spot: &Spot, what: impl Into<String>, help: impl Into<String>) {
        if self.room() == 0 {
            return self.pass_over(1);
        }
        let problem = self.document.problem(spot, what, help);
        let place = |p: &Problem| (p.file.clone(), p.line, p.column);
        if self.document.slips().iter().any(|slip| place(slip) == place(&problem)) {
            self.hidden.set(self.hidden.get() + 1);
        } else {
            self.copied.set(self.copied.get() + problem.text.len());
            self.problems.borrow_mut().push(problem);
        }
    }
    /// How many more problems are told.
    pub fn room(&self) -> usize {
        let most = if self.copied.get() > Self::MOST_COPIED { 0 } else { Self::MOST };
        most.saturating_sub(self.problems.borrow().len() + self.hidden.get())
    }
    /// Counts problems that there is no room for. Saves the work of wording them.
    pub fn pass_over(&self, problems: usize) {
        self.more.set(self.more.get() + problems);
    }
    /// Tells of a problem with the file as a whole.
    pub fn tell_of_whole(&self, what: impl Into<String>, help: impl Into<String>) {
        self.problems.borrow_mut().push(self.document.problem_of_whole(what, help));
    }
    /// Tells that a value is of the wrong kind.
    pub fn tell_kind(&self, node: &Node, wanted: &str, example: &str) {
        self.tell(
            &node.spot,
            format!("{} is not {wanted}", self.shown(node)),
            format!("write it like this: {example}"),
        );
    }
    /// A value as a message names it.
    pub fn shown(&self, node: &Node) -> String {
        match &node.value {
            Value::List(_) => "a list".into(),
            Value::Table(_) => "a table".into(),
            Value::Null => "null".into(),
            Value::Text(text) => format!("`{}`", short(text)),
            _ => format!("`{}`", short(self.document.written(&node.spot).trim())),
        }
    }
    /// How many problems were told.
    pub fn told(&self) -> usize {
        self.problems.borrow().len() + self.more.get() + self.hidden.get()
    }
    /// Everything told, in the order of the file; values set from outside come last.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by(|a, b| {
            let place = |p: &Problem| (p.file != self.document.name(), p.line, p.column);
            place(a).cmp(&place(b))
        });
        if self.more.get() > 0 {
            let what = format!("and {} more problems", self.more.get());
            problems.push(self.document.problem_of_whole(what, "mend these first"));
        }
        problems
    }
}

/// A text that fits a message.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST { text.into() } else { text.chars().take(MOST).chain(['…']).collect() }
}
