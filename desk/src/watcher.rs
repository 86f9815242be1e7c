//! Who is told how far the reading is, and may end it.
use plimsoll_ingest::inputs::Stop;

/// Watches the reading of inputs; is told from any thread.
pub trait Watcher: Sync {
    /// Reading begins, of so many bytes if that is known.
    fn begins(&self, _total: Option<u64>) {}
    /// So many bytes have been read; readers may tell it in any order.
    fn at(&self, _bytes: u64) {}
    /// Reading has ended, well or not.
    fn ends(&self) {}
    /// What ends the reading early; none where nobody can.
    fn stop(&self) -> Option<Stop> {
        None
    }
}

/// Nobody watches.
impl Watcher for () {}
