//! A long text, made by as many as there are processors and written in its order.
use plimsoll::report::Pieces;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// More of them wait for the one that writes.
const MOST: usize = 8;

/// What is written next, and where; no place once it cannot be written.
struct Turn<'a, W> {
    next: usize,
    out: io::Result<&'a mut W>,
}

/// Writes all pieces. Few of them are in memory at a time.
pub(super) fn write(pieces: &Pieces<'_>, out: &mut (impl Write + Send)) -> io::Result<()> {
    let makers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST).min(pieces.len());
    if makers < 2 {
        return (0..pieces.len()).try_for_each(|number| out.write_all(pieces.piece(number).as_bytes()));
    }
    let (taken, turn, is_next) = (AtomicUsize::new(0), Mutex::new(Turn { next: 0, out: Ok(out) }), Condvar::new());
    let make = || {
        loop {
            let number = taken.fetch_add(1, Ordering::Relaxed);
            if number >= pieces.len() {
                return;
            }
            let piece = pieces.piece(number);
            let mut turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            while turn.next < number {
                turn = is_next.wait(turn).unwrap_or_else(PoisonError::into_inner);
            }
            turn.next += 1;
            is_next.notify_all();
            let Ok(out) = &mut turn.out else { return };
            if let Err(error) = out.write_all(piece.as_bytes()) {
                turn.out = Err(error);
                return;
            }
        }
    };
    std::thread::scope(|scope| (0..makers).for_each(|_| drop(scope.spawn(make))));
    turn.into_inner().unwrap_or_else(PoisonError::into_inner).out.map(drop)
}
