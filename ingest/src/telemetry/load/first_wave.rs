//! The number of clients of a closed load, as its first requests show it.
//!
//! All clients begin at once and each waits for its answer, so what is sent before the first answer is one request each.

/// More requests are not kept: no tool starts so many clients at once.
const MOST: usize = 1 << 20;

/// The requests that were sent before the first answer.
pub(super) struct FirstWave {
    answered: f64,
    sent: Vec<f64>,
    is_full: bool,
}

impl FirstWave {
    pub(super) const fn new() -> Self {
        Self { answered: f64::INFINITY, sent: Vec::new(), is_full: false }
    }
    /// Adds a request; they may come in any order.
    pub(super) fn add(&mut self, sent: f64, took: f64) {
        if sent + took < self.answered {
            self.answered = sent + took;
            let answered = self.answered;
            self.sent.retain(|sent| *sent < answered);
        }
        if sent < self.answered && !self.is_full {
            self.is_full = self.sent.len() == MOST;
            self.sent.push(sent);
        }
    }
    /// How many clients that is; none where there is no request, or too many of them.
    pub(super) fn clients(&self) -> Option<f64> {
        (!self.sent.is_empty() && !self.is_full).then_some(self.sent.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_before_the_first_answer_is_a_request_of_each_client() {
        let requests = [(0.0, 0.5), (0.1, 0.3), (0.02, 9.0), (0.4, 0.2), (0.39, 0.3), (0.9, 0.1)];
        let clients = |requests: &mut dyn Iterator<Item = &(f64, f64)>| {
            let mut wave = FirstWave::new();
            requests.for_each(|(sent, took)| wave.add(*sent, *took));
            wave.clients()
        };
        assert_eq!(clients(&mut requests.iter()), Some(4.0));
        assert_eq!(clients(&mut requests.iter().rev()), Some(4.0));
        assert_eq!(clients(&mut [].iter()), None);
    }
}
