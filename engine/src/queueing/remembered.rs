//! Response times that are asked for again and again, worked out once.
//!
//! A search composes one call graph many times, with one part changed at a time, so most hops are as they were. The last
//! ones are kept, and the tables of the transform beside them. What is told is the same as without.
use super::convolution::Convolver;
use super::distribution::{Grid, ResponseTime};
use super::general::Station;
use super::network::{Node, end_to_end_by};
use crate::units::{Factor, Share, Span};
use std::cell::RefCell;
use std::collections::VecDeque;

/// The last response times that were worked out.
#[derive(Default)]
pub(crate) struct Remembered {
    convolver: RefCell<Convolver>,
    points: RefCell<Latest<(Span, Grid)>>,
    lognormals: RefCell<Latest<(Span, Factor, Grid)>>,
    stations: RefCell<Latest<(Station, Grid)>>,
    sums: RefCell<Latest<[Same; 2]>>,
    mixtures: RefCell<Latest<Vec<(Share, Same)>>>,
}

impl Remembered {
    /// As [`ResponseTime::point`].
    pub(crate) fn point(&self, at: Span, grid: Grid) -> ResponseTime {
        self.points.borrow_mut().or((at, grid), || ResponseTime::point(at, grid))
    }
    /// As [`ResponseTime::lognormal`].
    pub(crate) fn lognormal(&self, mean: Span, variability: Factor, grid: Grid) -> ResponseTime {
        let make = || ResponseTime::lognormal(mean, variability, grid);
        self.lognormals.borrow_mut().or((mean, variability, grid), make)
    }
    /// As [`ResponseTime::from_station`].
    pub(crate) fn station(&self, station: &Station, grid: Grid) -> ResponseTime {
        let make = || {
            let wait = ResponseTime::wait_at(station, grid);
            if !station.is_stable() {
                return wait;
            }
            let service = self.lognormal(station.service, station.service_variability, grid);
            wait.then_by(&service, &mut self.convolver.borrow_mut())
        };
        self.stations.borrow_mut().or((*station, grid), make)
    }
    /// As [`ResponseTime::then`].
    pub(crate) fn then(&self, first: &ResponseTime, next: &ResponseTime) -> ResponseTime {
        let make = || first.then_by(next, &mut self.convolver.borrow_mut());
        self.sums.borrow_mut().or([first, next].map(|time| Same(time.clone())), make)
    }
    /// As [`ResponseTime::mixture`].
    pub(crate) fn mixture(&self, parts: &[(Share, &ResponseTime)]) -> ResponseTime {
        let key = parts.iter().map(|(share, time)| (*share, Same((*time).clone()))).collect();
        self.mixtures.borrow_mut().or(key, || ResponseTime::mixture(parts))
    }
    /// As [`ResponseTime::times`].
    pub(crate) fn times(&self, time: &ResponseTime, calls: Factor) -> ResponseTime {
        let (mut whole, part) = (calls.get().floor() as u64, calls.get().fract());
        let (mut product, mut power) = (self.point(Span::ZERO, time.grid()), time.clone());
        while whole > 0 {
            if whole & 1 == 1 {
                product = self.then(&product, &power);
            }
            whole >>= 1;
            if whole > 0 {
                power = self.then(&power, &power);
            }
        }
        if part == 0.0 {
            return product;
        }
        let more = self.then(&product, time);
        let share = Share::of_one(part);
        self.mixture(&[(share.rest(), &product), (share, &more)])
    }
    /// As [`super::end_to_end`].
    pub(crate) fn end_to_end(&self, nodes: &[Node], entry: usize) -> ResponseTime {
        end_to_end_by(nodes, entry, self)
    }
}

/// One that is equal only to itself: two that are alike were made from different things, or are no longer remembered.
struct Same(ResponseTime);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }
}

/// The last so many, by what they were made from.
struct Latest<K>(VecDeque<(K, ResponseTime)>);

impl<K> Latest<K> {
    /// A megabyte of them, and looking through all takes far less time than making one.
    const MOST: usize = 64;
}

impl<K> Default for Latest<K> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<K: PartialEq> Latest<K> {
    fn or(&mut self, key: K, make: impl FnOnce() -> ResponseTime) -> ResponseTime {
        if let Some((_, known)) = self.0.iter().rev().find(|(of, _)| *of == key) {
            return known.clone();
        }
        if self.0.len() == Self::MOST {
            self.0.pop_front();
        }
        let made = make();
        self.0.push_back((key, made.clone()));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rate;

    #[test]
    fn what_is_remembered_is_what_is_worked_out_anew() {
        let remembered = Remembered::default();
        let grid = Grid::to(Span::seconds(1.0));
        let station = |servers: usize| Station {
            arrivals: Rate::per_second(90.0),
            service: Span::millis(10.0),
            servers: Factor::of(servers as f64),
            arrival_variability: Factor::ONE,
            service_variability: Factor::of(0.5),
        };
        // More of them than are kept, each twice in a row, and then all of them again.
        let all = (1..2 * Latest::<()>::MOST).flat_map(|servers| [servers, servers]);
        for servers in all.clone().chain(all) {
            let anew = ResponseTime::from_station(&station(servers), grid);
            assert_eq!(remembered.station(&station(servers), grid), anew, "{servers}");
        }
        let (front, back) = (remembered.station(&station(3), grid), remembered.station(&station(2), grid));
        for calls in [1.0, 2.5, 1.0] {
            let anew = front.then(&back.times(Factor::of(calls)));
            assert_eq!(remembered.then(&front, &remembered.times(&back, Factor::of(calls))), anew, "{calls} calls");
        }
        let (mean, variability) = (Span::millis(3.0), Factor::of(0.1));
        let finer = Grid::new(Span::seconds(1.0), 4096);
        for grid in [grid, finer, grid] {
            assert_eq!(remembered.lognormal(mean, variability, grid), ResponseTime::lognormal(mean, variability, grid));
        }
    }
}
