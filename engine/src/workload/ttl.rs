//! Entries that grow too old: how often a cache that forgets still has an answer, and how stale the answers are.
//!
//! Requests for one key come independently (Poisson) at its mean rate `r`. An entry that lives `T` from its insertion
//! answers a part `rT / (1 + rT)` of them (J. Jung, A. W. Berger, H. Balakrishnan, "Modeling TTL-based Internet caches",
//! INFOCOM 2003); one whose life begins anew with each use, `1 - exp(-rT)`. A cache that is too small forgets too: by H.
//! Che, Y. Tung, Z. Wang, "Hierarchical Web caching systems", 2002, an entry is gone when nobody asked for it for the
//! characteristic time `C`, with hit ratio `1 - exp(-rC)`; so `C` is known from the hit ratio that the size gives, and both
//! ways of forgetting are taken together. All keys are taken to be asked for at the mean rate: where few keys get most of
//! the requests, the true hit ratio is higher.
use crate::uncertain::Estimate;
use crate::units::{Quantity, Rate, Share, Span};

/// When entries grow too old.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeToLive {
    /// How long an entry lives.
    pub span: Span,
    /// Whether each use begins it anew; else it runs from the insertion.
    pub renewed: bool,
    /// How often one key is asked for, on the mean.
    pub rate_per_key: Estimate<Rate>,
    /// How often the value of one key changes where it comes from.
    pub changes_per_key: Option<Estimate<Rate>>,
}

impl TimeToLive {
    /// The part of reads that is answered where `held` would be if nothing grew old.
    pub fn limits(&self, held: Share) -> Share {
        let asked = self.rate_per_key.mid().base() * self.span.base();
        let kept = -held.rest().as_part().max(1e-12).ln(); // the characteristic time, in requests of a key
        if self.renewed {
            return Share::of_one(1.0 - (-asked.min(kept)).exp());
        }
        let hits = hits_of_an_entry(asked, kept);
        Share::of_one(hits / (1.0 + hits))
    }
    /// The oldest that an answer may be; none where each use begins the life anew.
    pub fn oldest(&self) -> Option<Span> {
        (!self.renewed).then_some(self.span)
    }
    /// The part of its answers that is no longer true: an answer is as old as a random part of the life, and a value that
    /// changes independently at rate `u` has changed in an age `a` with probability `1 - exp(-ua)`. Of lives that begin
    /// anew no age is known, and nothing is told.
    pub fn stale(&self) -> Option<Share> {
        let changes = self.changes_per_key?.mid().base() * self.oldest()?.base();
        let fresh = if changes < 1e-9 { 1.0 } else { -(-changes).exp_m1() / changes };
        Some(Share::of_one(1.0 - fresh))
    }
}

/// Steps in one characteristic time.
const STEPS: usize = 64;
/// Characteristic times that are gone through step by step; beyond them hits die out evenly.
const FAR: usize = 64;

/// The hits of one entry between its insertion and its end: at the age `life`, or at the first gap between requests that is
/// longer than `gap`. Both in mean times between requests.
///
/// The rate `m` of hits at an age is one up to `gap`; then each hit follows another by less than `gap`, which gives
/// `m'(t) = -exp(-gap) m(t - gap)` from `m(gap) = 1 - exp(-gap)` on.
fn hits_of_an_entry(life: f64, gap: f64) -> f64 {
    if life <= gap || gap <= 0.0 {
        return life.min(gap.max(0.0));
    }
    let (step, lost) = (gap / STEPS as f64, (-gap).exp());
    let mut rate = vec![1.0; STEPS + 1];
    rate[STEPS] = 1.0 - lost;
    let mut hits = gap;
    let after = (life - gap) / step;
    for i in 0..(after.floor() as usize).min(STEPS * FAR) {
        let now = rate[STEPS + i];
        let next = (now - lost * step * f64::midpoint(rate[i], rate[i + 1])).max(0.0);
        hits += step * f64::midpoint(now, next);
        rate.push(next);
    }
    let done = (rate.len() - 1 - STEPS) as f64;
    let (end, before) = (rate[rate.len() - 1], rate[rate.len() - 1 - STEPS]);
    let left = (after - done) * step;
    let decay = if end > 0.0 && before > end { (before / end).ln() / gap } else { 0.0 };
    hits + if decay * left > 1e-9 { end * -(-decay * left).exp_m1() / decay } else { end * left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};

    fn ttl(seconds: f64, renewed: bool, per_second: f64) -> TimeToLive {
        TimeToLive {
            span: Span::seconds(seconds),
            renewed,
            rate_per_key: Estimate::exact(Rate::per_second(per_second)),
            changes_per_key: None,
        }
    }

    /// Jung et al.: a key asked for every ten seconds with a life of a minute is answered 6 times of 7.
    #[test]
    fn a_life_of_six_requests_answers_six_of_seven() {
        let answered = ttl(60.0, false, 0.1).limits(Share::ALL);
        assert!((answered.as_part() - 6.0 / 7.0).abs() < 1e-9, "{answered}");
        let renewed = ttl(60.0, true, 0.1).limits(Share::ALL);
        assert!((renewed.as_part() - (1.0 - (-6.0_f64).exp())).abs() < 1e-9, "{renewed}");
    }

    #[test]
    fn a_long_life_leaves_what_the_size_holds() {
        for held in [0.1, 0.5, 0.9, 0.99] {
            let answered = ttl(1e7, false, 1.0).limits(Share::of_one(held)).as_part();
            assert!((answered - held).abs() < 1e-3, "{held}: {answered}");
        }
    }

    /// Requests drawn one by one against both ways of forgetting.
    #[test]
    fn both_ways_of_forgetting_agree_with_draws() {
        let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(7);
        for (life, gap) in [(0.5, 1.0), (2.0, 1.0), (5.0, 1.0), (5.0, 2.5), (30.0, 0.7), (200.0, 1.5)] {
            let (mut hits, rounds) = (0_u32, 200_000);
            for _ in 0..rounds {
                let mut age = 0.0;
                loop {
                    let wait = -(1.0 - rng.random::<f64>()).ln();
                    age += wait;
                    if wait > gap || age > life {
                        break;
                    }
                    hits += 1;
                }
            }
            let (drawn, known) = (f64::from(hits) / f64::from(rounds), hits_of_an_entry(life, gap));
            assert!((drawn / known - 1.0).abs() < 0.01, "{life} {gap}: {drawn} against {known}");
        }
    }

    #[test]
    fn a_longer_life_answers_no_less() {
        for held in [0.3, 0.8, 0.999] {
            let answered = |t: u32| ttl(f64::from(t) * 0.37, false, 1.0).limits(Share::of_one(held)).as_part();
            assert!((1..400).all(|t| answered(t) <= answered(t + 1) + 1e-9));
        }
    }

    #[test]
    fn answers_grow_stale_with_their_age() {
        let changing =
            TimeToLive { changes_per_key: Some(Estimate::exact(Rate::per_minute(1.0))), ..ttl(60.0, false, 1.0) };
        // One change in a life on the mean: 1 - (1 - 1/e).
        assert!((changing.stale().unwrap().as_part() - (-1.0_f64).exp()).abs() < 1e-9);
        assert_eq!(ttl(60.0, false, 1.0).stale(), None);
    }
}
