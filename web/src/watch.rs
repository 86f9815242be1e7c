//! How far a question is, and its end before its time.
use plimsoll_desk::Watcher;
use plimsoll_ingest::inputs::Stop;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far a question is. Clones watch the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch {
    far: Arc<Far>,
    pub(crate) stop: Stop,
}

#[derive(Debug, Default)]
struct Far {
    read: AtomicU64,
    total: AtomicU64,
}

impl Watch {
    /// The bytes that were read so far, and how many there are; zero where that is not known.
    pub(crate) fn far(&self) -> (u64, u64) {
        (self.far.read.load(Ordering::Relaxed), self.far.total.load(Ordering::Relaxed))
    }
    /// Ends the question when it is dropped.
    pub(crate) fn ended_by(&self) -> Ended {
        Ended(self.stop.clone())
    }
}

impl Watcher for Watch {
    fn begins(&self, total: Option<u64>) {
        self.far.read.store(0, Ordering::Relaxed);
        self.far.total.store(total.unwrap_or(0), Ordering::Relaxed);
    }
    fn at(&self, bytes: u64) {
        self.far.read.fetch_max(bytes, Ordering::Relaxed);
    }
    fn stop(&self) -> Option<Stop> {
        Some(self.stop.clone())
    }
}

/// Ends a question when it is dropped: nobody waits for the answer then.
pub(crate) struct Ended(Stop);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_only_grows_until_the_next_reading() {
        let watch = Watch::default();
        watch.begins(Some(10));
        for bytes in [4, 2, 7] {
            watch.at(bytes);
        }
        assert_eq!(watch.clone().far(), (7, 10));
        watch.begins(None);
        assert_eq!(watch.far(), (0, 0));
        drop(watch.ended_by());
        assert!(watch.stop.is_set());
    }
}
