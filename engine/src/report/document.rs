//! A report is a verdict and sections of blocks; renderers know blocks, not questions.
use super::{Cell, Chart};
use std::borrow::Cow;

/// A document any front can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The answer in one sentence.
    pub verdict: String,
    /// The working.
    pub sections: Vec<Section>,
    /// The table that CSV gives; of a bill of very many groups the first of them.
    pub main: Table,
}

/// A part of the working under its heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// What it shows.
    pub blocks: Vec<Block>,
}

/// One piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// Sentences that stand for themselves.
    List(Vec<String>),
    /// Rows of cells under headings.
    Table(Table),
    /// Amounts that add up to their parents.
    Tree(Vec<Twig>),
    /// A drawing, for the renderers that draw.
    Chart(Chart),
}

/// Which side of its column a cell leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, with the unit where the cells are exact.
    pub name: Cow<'static, str>,
    /// Where its cells stand.
    pub align: Align,
}

impl Column {
    /// A column of words.
    pub const fn words(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), align: Align::Left }
    }
    /// A column of numbers.
    pub const fn numbers(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), align: Align::Right }
    }
}

/// Rows of cells under headings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The heads.
    pub columns: Vec<Column>,
    /// The rows, each as long as the heads.
    pub rows: Vec<Vec<Cell>>,
    /// The totals, as long as the heads; empty for none.
    pub foot: Vec<Cell>,
}

impl Table {
    /// Rows under heads, without totals.
    pub fn of(columns: Vec<Column>, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        Self { columns, rows: rows.into_iter().collect(), foot: Vec::new() }
    }
    /// The same with a row of totals.
    pub fn with_foot(self, foot: Vec<Cell>) -> Self {
        Self { foot, ..self }
    }
}

/// A line of a tree: how deep, what, and how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Twig {
    /// Zero for the root.
    pub depth: usize,
    /// What it is.
    pub label: String,
    /// A remark between label and amount.
    pub remark: String,
    /// How much.
    pub amount: Cell,
    /// Its part of the root, where that says something.
    pub share: Cell,
}

impl Section {
    /// A section of blocks; `None` if there are none, so that no heading stands alone.
    pub fn of(title: &str, blocks: Vec<Block>) -> Option<Self> {
        (!blocks.is_empty()).then(|| Self { title: title.to_owned(), blocks })
    }
    /// Whether all that it says is drawn: such a section is none to a renderer that does not draw.
    pub fn is_drawn(&self) -> bool {
        self.blocks.iter().all(|block| matches!(block, Block::Chart(_)))
    }
}
