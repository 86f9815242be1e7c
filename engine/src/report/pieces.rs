//! A long text in pieces: what is written of millions of groups is never in memory as a whole.
use std::borrow::Cow;
use std::ops::Range;

/// A text in pieces, in their order. Each can be made by itself, several at once.
#[derive(Default)]
pub struct Pieces<'a> {
    pieces: Vec<Piece<'a>>,
}

enum Piece<'a> {
    Text(String),
    Made(Box<dyn Fn() -> String + Sync + 'a>),
}

/// So many items are a piece: what they are made from stays near the processor, and to write it takes longer than to say so.
const ITEMS: usize = 256;

impl<'a> Pieces<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
    /// A piece.
    ///
    /// # Panics
    /// At a number beyond the last.
    pub fn piece(&self, number: usize) -> Cow<'_, str> {
        match &self.pieces[number] {
            Piece::Text(text) => Cow::Borrowed(text),
            Piece::Made(make) => Cow::Owned(make()),
        }
    }
    /// The whole text.
    pub fn whole(&self) -> String {
        (0..self.len()).map(|number| self.piece(number)).collect()
    }
    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.pieces.push(Piece::Text(text.into()));
    }
    /// So many items, of which `make` writes any range.
    pub(super) fn items(&mut self, count: usize, make: impl Fn(Range<usize>) -> String + Clone + Sync + 'a) {
        for from in (0..count).step_by(ITEMS) {
            let make = make.clone();
            self.pieces.push(Piece::Made(Box::new(move || make(from..count.min(from + ITEMS)))));
        }
    }
}
