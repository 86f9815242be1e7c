//! Long questions: asked now, answered later, watched and stopped meanwhile.
use crate::asking::Asking;
use crate::front::Shared;
use crate::kitchen::{Unanswered, cooked};
use crate::random::id;
use crate::reply::{Reply, Turned};
use crate::watch::Watch;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// All jobs, by their ids.
pub(crate) struct Jobs {
    known: Mutex<BTreeMap<String, Arc<Job>>>,
    most: usize,
    kept: Duration,
}

/// A question that is answered later.
pub(crate) struct Job {
    pub(crate) id: String,
    question: String,
    watch: Watch,
    state: watch::Sender<State>,
}

/// What became of a job.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// It waits for its turn, or is at it.
    Running,
    /// There is an answer, a refusal or a problem.
    Done(Arc<Reply>, Instant),
    /// Somebody stopped it.
    Canceled(Instant),
}

impl State {
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done(..) => "done",
            Self::Canceled(_) => "canceled",
        }
    }
    /// Since when there is nothing more to be done.
    const fn since(&self) -> Option<Instant> {
        match self {
            Self::Running => None,
            Self::Done(_, since) | Self::Canceled(since) => Some(*since),
        }
    }
}

impl Jobs {
    pub(crate) fn new(most: usize, kept: Duration) -> Self {
        Self { known: Mutex::default(), most, kept }
    }
    pub(crate) fn of(&self, id: &str) -> Option<Arc<Job>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(id).filter(|job| !self.is_old(job)).cloned()
    }
    pub(crate) fn running(&self) -> usize {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().filter(|job| job.state().since().is_none()).count()
    }
    fn is_old(&self, job: &Job) -> bool {
        job.state().since().is_some_and(|since| since.elapsed() > self.kept)
    }
    /// Makes room: what is old goes, and if that is not enough, the answer that is there for longest.
    fn add(&self, job: &Arc<Job>) -> Result<(), Unanswered> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, job| !self.is_old(job));
        if known.len() >= self.most {
            let oldest = known.iter().filter_map(|(id, job)| Some((job.state().since()?, id.clone()))).min();
            let (_, oldest) = oldest.ok_or(Unanswered::Busy)?;
            known.remove(&oldest);
        }
        known.insert(job.id.clone(), Arc::clone(job));
        Ok(())
    }
    /// Stops all that run.
    pub(crate) fn stop(&self) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().for_each(|job| job.cancel());
    }
}

/// Begins a job.
pub(crate) fn begin(front: &Shared, asking: Asking) -> Result<Arc<Job>, Turned> {
    let question = asking.question.clone();
    let job = Job { id: id(), question, watch: Watch::default(), state: watch::Sender::new(State::Running) };
    let job = Arc::new(job);
    front.jobs.add(&job)?;
    let (front, working) = (Arc::clone(front), Arc::clone(&job));
    tokio::spawn(async move {
        let mut changes = working.changes();
        tokio::select! {
            reply = replied(&front, asking, working.watch.clone()) => {
                working.end(State::Done(Arc::new(reply), Instant::now()));
            }
            // One that was canceled waits no longer for its turn, and its files go. What is at work already keeps its
            // place until it ends: it takes a processor.
            _ = changes.wait_for(|state| state.since().is_some()) => {}
        }
    });
    Ok(job)
}

/// What becomes of a job, once it has leave and a place.
async fn replied(front: &Shared, asking: Asking, watch: Watch) -> Reply {
    let answered = async {
        let leave = front.kitchen.leave().await?;
        let make = move |outcome| {
            let _leave = leave;
            Reply::of(&outcome)
        };
        cooked(front, asking, watch, make).await
    };
    answered.await.unwrap_or_else(|why: Unanswered| {
        let turned = Turned::from(why);
        Reply::failed(turned.status, &turned.failure())
    })
}

impl Job {
    pub(crate) fn state(&self) -> State {
        self.state.borrow().clone()
    }
    /// Tells of every change.
    pub(crate) fn changes(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }
    /// Stops the reading; what was answered stays.
    pub(crate) fn cancel(&self) {
        self.watch.stop.now();
        self.end(State::Canceled(Instant::now()));
    }
    /// The first end counts.
    fn end(&self, end: State) {
        self.state.send_if_modified(|state| {
            let is_first = state.since().is_none();
            if is_first {
                *state = end;
            }
            is_first
        });
    }
    /// How far it is.
    pub(crate) fn json(&self) -> Value {
        let (read, total) = self.watch.far();
        let state = self.state();
        let status = match &state {
            State::Done(reply, _) => json!(reply.status.as_u16()),
            _ => Value::Null,
        };
        json!({
            "id": self.id,
            "question": self.question,
            "state": state.word(),
            "bytes_read": read,
            "bytes_total": if total == 0 { Value::Null } else { json!(total) },
            "status": status,
            "answer": format!("/api/v1/jobs/{}/answer", self.id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::front::Front;

    fn job(state: State) -> Arc<Job> {
        let state = watch::Sender::new(state);
        Arc::new(Job { id: id(), question: "bill".into(), watch: Watch::default(), state })
    }

    #[test]
    fn old_answers_make_room_and_running_jobs_do_not() {
        let jobs = Jobs::new(2, Duration::from_mins(1));
        let (done, runs, late) = (job(State::Canceled(Instant::now())), job(State::Running), job(State::Running));
        for job in [&done, &runs] {
            jobs.add(job).unwrap();
        }
        jobs.add(&late).unwrap();
        assert!(jobs.of(&done.id).is_none() && jobs.of(&runs.id).is_some());
        assert!(matches!(jobs.add(&job(State::Running)), Err(Unanswered::Busy)));
        assert_eq!(jobs.running(), 2);
        jobs.stop();
        assert_eq!(jobs.running(), 0);
        assert!(Jobs::new(1, Duration::ZERO).add(&runs).is_ok());
    }

    /// What is waited for, looked at again and again for a second.
    async fn soon(is_so: impl Fn() -> bool) -> bool {
        for _ in 0..200 {
            if is_so() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        false
    }

    #[tokio::test]
    async fn who_is_canceled_waits_no_longer() {
        let mut config = Config::default();
        config.limits.waiting = 1;
        let front = Front::new(config, None).unwrap();
        let mut taken = Vec::new();
        // All places are taken; whoever comes now waits.
        while let Ok(place) = tokio::time::timeout(Duration::from_millis(20), front.kitchen.place()).await {
            taken.push(place.unwrap());
        }
        let job = begin(&front, Asking::of("plan")).unwrap();
        assert!(soon(|| front.kitchen.waiting() == 1).await);
        assert!(matches!(front.kitchen.place().await, Err(Unanswered::Busy)), "its place in the queue is the last");
        job.cancel();
        assert!(soon(|| front.kitchen.waiting() == 0).await, "its place is free though nothing has ended");
        // The jobs of this server and this test know it; nobody works at it.
        assert!(soon(|| Arc::strong_count(&job) == 2).await, "{}", Arc::strong_count(&job));
        // One that waits for leave alone goes, too.
        let mut left = Vec::new();
        while let Ok(leave) = tokio::time::timeout(Duration::from_millis(20), front.kitchen.leave()).await {
            left.push(leave.unwrap());
        }
        let job = begin(&front, Asking::of("plan")).unwrap();
        job.cancel();
        assert!(soon(|| Arc::strong_count(&job) == 2).await, "{}", Arc::strong_count(&job));
        assert_eq!(job.json()["state"], "canceled");
    }

    #[test]
    fn the_first_end_of_a_job_counts() {
        let job = job(State::Running);
        job.cancel();
        let reply = Reply { status: axum::http::StatusCode::OK, json: Vec::new() };
        job.end(State::Done(Arc::new(reply), Instant::now()));
        assert_eq!(job.json()["state"], "canceled");
        assert!(job.watch.stop.is_set());
    }
}
