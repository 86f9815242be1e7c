//! Where questions are answered: as many at a time as there are processors, off the threads that serve the network.
use crate::asking::Asking;
use crate::front::Shared;
use crate::watch::Watch;
use plimsoll_desk::{Answered, Asked, Desk, Failure};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

/// Gives everybody their turn.
pub(crate) struct Kitchen {
    places: Arc<Semaphore>,
    /// Half of the places: so many may be taken by jobs.
    long: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

/// Why a question has no outcome.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// So many wait that it would take too long.
    Busy,
    /// It was stopped: nobody waits for it any more, or it took too long.
    Stopped,
    /// We were wrong.
    Bug,
}

/// What becomes of a question that is asked.
pub(crate) type Outcome = Result<Answered, Failure>;

impl Kitchen {
    pub(crate) fn new(most_waiting: usize) -> Self {
        let places = available_parallelism().map_or(1, NonZeroUsize::get);
        Self::of(places, most_waiting)
    }
    fn of(places: usize, most_waiting: usize) -> Self {
        let (long, places) = (Semaphore::new((places / 2).max(1)), Semaphore::new(places));
        Self { places: Arc::new(places), long: Arc::new(long), waiting: AtomicUsize::new(0), most_waiting }
    }
    /// Leave for a job to take a place, which others are not to wait for in vain. Jobs wait as long as it takes.
    pub(crate) async fn leave(&self) -> Result<OwnedSemaphorePermit, Unanswered> {
        Arc::clone(&self.long).acquire_owned().await.map_err(|_| Unanswered::Stopped)
    }
    /// How many wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
    /// A place, once it is our turn.
    pub(crate) async fn place(&self) -> Result<OwnedSemaphorePermit, Unanswered> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let waits = Waits::of(&self.waiting);
        if waits.before >= self.most_waiting {
            return Err(Unanswered::Busy);
        }
        Arc::clone(&self.places).acquire_owned().await.map_err(|_| Unanswered::Stopped)
    }
}

/// One that waits, until it is dropped.
struct Waits<'k> {
    all: &'k AtomicUsize,
    before: usize,
}

impl<'k> Waits<'k> {
    fn of(all: &'k AtomicUsize) -> Self {
        Self { all, before: all.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Asks, and makes of the outcome what is wanted of it, both off the threads of the network and in turn.
pub(crate) async fn cooked<T: Send + 'static>(
    front: &Shared,
    asking: Asking,
    watch: Watch,
    make: impl FnOnce(Outcome) -> T + Send + 'static,
) -> Result<T, Unanswered> {
    let place = front.kitchen.place().await?;
    let front = Arc::clone(front);
    let stop = watch.stop.clone();
    let cooked = spawn_blocking(move || {
        let _place = place;
        let made = (!watch.stop.is_set()).then(|| make(ask(&front, &asking, &watch)));
        // The files of the question go before its place does.
        drop(asking);
        made
    });
    match cooked.await {
        Ok(Some(made)) if !stop.is_set() => Ok(made),
        Err(error) if error.is_panic() => Err(Unanswered::Bug),
        Ok(_) | Err(_) => Err(Unanswered::Stopped),
    }
}

/// Whether a question is understood, as far as that can be told before it is answered.
pub(crate) fn understood(front: &Shared, asking: &Asking) -> Result<(), Failure> {
    let asked = Asked::of(&asking.question, &asking.flags, &asking.inputs)?;
    let watch = Watch::default();
    let desk = Desk { shelf: &asking.shelf, watcher: &watch, catalogs: &front.catalogs };
    plimsoll_desk::understood(&asked, &desk)
}

fn ask(front: &Shared, asking: &Asking, watch: &Watch) -> Outcome {
    let asked = Asked::of(&asking.question, &asking.flags, &asking.inputs)?;
    let desk = Desk { shelf: &asking.shelf, watcher: watch, catalogs: &front.catalogs };
    plimsoll_desk::answer(&asked, &desk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_comes_when_too_many_wait_is_sent_away() {
        let kitchen = Kitchen::of(1, 1);
        let place = kitchen.place().await.unwrap();
        let mut second = Box::pin(kitchen.place());
        assert!(tokio::time::timeout(std::time::Duration::from_millis(5), &mut second).await.is_err());
        assert_eq!(kitchen.waiting(), 1);
        assert!(matches!(kitchen.place().await, Err(Unanswered::Busy)));
        drop(place);
        assert!(second.await.is_ok());
        assert_eq!(kitchen.waiting(), 0, "who is served or sent away waits no more");
    }
}
