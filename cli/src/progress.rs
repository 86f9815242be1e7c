//! How far the reading is: on a terminal, and only where it takes long enough to be read itself.
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use plimsoll_desk::Watcher;
use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Nothing is shown of shorter questions.
const SOON: Duration = Duration::from_millis(500);

/// A line on standard error; gone when it is dropped.
#[derive(Debug)]
struct Progress {
    bar: Option<ProgressBar>,
    began: Instant,
    is_shown: AtomicBool,
    most: AtomicU64,
}

impl Progress {
    /// Of so many bytes, if that is known; never shown where standard error is no terminal.
    fn of(total: Option<u64>) -> Self {
        Self::with(stderr().is_terminal().then(|| bar(total)))
    }
    fn with(bar: Option<ProgressBar>) -> Self {
        Self { bar, began: Instant::now(), is_shown: AtomicBool::new(false), most: AtomicU64::new(0) }
    }
    /// So many bytes have been read; readers may tell it in any order.
    fn at(&self, bytes: u64) {
        let Some(bar) = &self.bar else { return };
        if bytes <= self.most.fetch_max(bytes, Ordering::Relaxed) {
            return;
        }
        bar.set_position(bytes);
        if self.began.elapsed() > SOON && !self.is_shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

/// A line for each reading, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Shown(RwLock<Option<Progress>>);

impl Watcher for Shown {
    fn begins(&self, total: Option<u64>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Progress::of(total));
    }
    fn at(&self, bytes: u64) {
        if let Some(progress) = &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            progress.at(bytes);
        }
    }
    fn ends(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()).with_style(style(total.is_some()))
}

fn style(has_total: bool) -> ProgressStyle {
    let template = if has_total {
        "{wide_bar} {decimal_bytes} of {decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left"
    } else {
        "{spinner} {decimal_bytes}, {decimal_bytes_per_sec}"
    };
    ProgressStyle::with_template(template).expect("the template is well formed").progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_only_grow() {
        let progress = Progress::with(Some(bar(Some(10))));
        for bytes in [4, 2, 7, 7] {
            progress.at(bytes);
        }
        assert_eq!(progress.bar.as_ref().map(ProgressBar::position), Some(7));
        Progress::with(Some(bar(None))).at(1);
    }
}
