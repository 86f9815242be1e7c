//! Worlds in which every number is known: what an uncertain workload may turn out to be.
use super::Workload;
use crate::uncertain::{Coefficient, Dependence, Distribution, Draws, Estimate, Inconsistent};
use crate::units::{Factor, Quantity};

/// Two estimates whose ranks are correlated.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// The paths of both.
    pub between: [String; 2],
    /// Spearman's coefficient.
    pub coefficient: Coefficient,
}

/// An estimate that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// Where it stands: `demand.peak`.
    pub path: String,
    /// What is known of it.
    pub distribution: Distribution,
}

/// Drawn worlds of one workload. The same seed gives the same worlds, and more of them change none.
#[derive(Clone, Debug, PartialEq)]
pub struct Worlds {
    workload: Workload,
    uncertain: Vec<Uncertain>,
    /// One row a world, one column an uncertain estimate, in base units.
    values: Vec<Vec<f64>>,
}

impl Worlds {
    /// Draws them. A workload of exact numbers has one world, however many are asked for.
    pub fn draw(workload: &Workload, draws: Draws) -> Result<Self, Inconsistent> {
        Self::draw_beside(workload, draws, &[])
    }
    /// The same where another workload is drawn beside it: estimates are drawn by their place in `order`, which has the paths
    /// of both, so that what both are unsure of turns out alike. An empty order is the workload's own.
    pub fn draw_beside(workload: &Workload, draws: Draws, order: &[String]) -> Result<Self, Inconsistent> {
        let uncertain = workload.uncertain();
        let place = |path: &String| uncertain.iter().position(|u| u.path == *path);
        let pairs: Vec<(usize, usize, Coefficient)> = workload
            .correlations
            .iter()
            .filter_map(|c| Some((place(&c.between[0])?, place(&c.between[1])?, c.coefficient)))
            .collect();
        let dependence = Dependence::of(uncertain.len(), &pairs)?;
        let dimension = |own: usize| {
            let place = order.iter().position(|path| *path == uncertain[own].path);
            place.unwrap_or(own) as u32
        };
        let dimensions: Vec<u32> = (0..uncertain.len()).map(dimension).collect();
        let points = if uncertain.is_empty() { 1 } else { draws.count() };
        let values = (0..points)
            .map(|point| {
                let mut scores: Vec<f64> = dimensions.iter().map(|d| draws.score(point, *d)).collect();
                dependence.mix(&mut scores);
                scores.iter().zip(&uncertain).map(|(score, u)| u.distribution.at_score(*score)).collect()
            })
            .collect();
        Ok(Self { workload: workload.clone(), uncertain, values })
    }
    /// How many.
    pub fn len(&self) -> usize {
        self.values.len()
    }
    /// Whether there is nothing to draw: one world, and it is known.
    pub fn is_certain(&self) -> bool {
        self.uncertain.is_empty()
    }
    /// Never: there is always one.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
    /// What varies from world to world.
    pub fn uncertain(&self) -> &[Uncertain] {
        &self.uncertain
    }
    /// What was drawn of one estimate, in every world, in the base unit.
    pub fn column(&self, estimate: usize) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().map(move |row| row[estimate])
    }
    /// A value of an estimate, by its path, as people read it.
    pub fn shown(&self, path: &str, value: f64) -> String {
        let mut shown = String::new();
        self.workload.clone().each_input(&mut |at, input| {
            if at.to_string() == path {
                shown = input.shown(value);
            }
        });
        shown
    }
    /// One world: the workload with every number exact. Panics beyond the last.
    pub fn world(&self, number: usize) -> Workload {
        self.workload.at(&self.values[number])
    }
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Workload> + '_ {
        (0..self.len()).map(|number| self.world(number))
    }
}

impl Workload {
    /// The estimates that are ranges, in the order of [`Self::each_input`].
    pub fn uncertain(&self) -> Vec<Uncertain> {
        let mut found = Vec::new();
        self.clone().each_input(&mut |path, input| {
            if !input.is_exact() {
                found.push(Uncertain { path: path.to_string(), distribution: input.distribution() });
            }
        });
        found
    }
    /// The correlations that say something: both of their estimates are ranges.
    pub fn correlated(&self) -> Vec<&Correlation> {
        let uncertain = self.uncertain();
        let is_range = |path: &String| uncertain.iter().any(|own| own.path == *path);
        self.correlations.iter().filter(|pair| pair.between.iter().all(is_range)).collect()
    }
    /// The other correlations, in a sentence each: what is exact varies with nothing.
    pub fn idle_correlations(&self) -> Vec<String> {
        let uncertain = self.uncertain();
        let is_exact = |path: &&String| uncertain.iter().all(|own| own.path != **path);
        let idle = |pair: &Correlation| {
            let exact = pair.between.iter().find(is_exact)?;
            let [a, b] = &pair.between;
            Some(format!("the correlation of {a} with {b} is left out: {exact} is exact, so it varies with nothing"))
        };
        self.correlations.iter().filter_map(idle).collect()
    }
    /// The same with every estimate exactly at its middle.
    pub fn at_middle(&self) -> Self {
        let mut middle = self.clone();
        middle.each_input(&mut |_, input| input.fix(input.ends()[1]));
        middle.settle(self);
        middle
    }
    /// The same with these values for its uncertain estimates, in their order and in base units, and nothing uncertain left.
    fn at(&self, values: &[f64]) -> Self {
        let mut world = self.clone();
        let mut next = values.iter();
        world.each_input(&mut |_, input| {
            if !input.is_exact() {
                input.fix(*next.next().expect("a value for each uncertain estimate"));
            }
        });
        world.settle(self);
        world
    }
    /// The same where one estimate, by its path, is exactly this in its base unit; none where there is no such path.
    pub fn with_input(&self, path: &str, value: f64) -> Option<Self> {
        let mut changed = self.clone();
        let mut found = false;
        changed.each_input(&mut |at, input| {
            if at.to_string() == path {
                input.fix(value);
                found = true;
            }
        });
        changed.settle(self);
        found.then_some(changed)
    }
    /// What the reader promises of every workload holds in a drawn one too: a mean is not above its peak, a busiest minute
    /// not below its hour, and an unstated mean keeps its part of the peak.
    pub(crate) fn settle(&mut self, stated: &Self) {
        let demand = &mut self.demand;
        if demand.mean_is_stated {
            if demand.mean.mid() > demand.peak.mid() {
                demand.mean = Estimate::exact(demand.mean.mid().min(demand.peak.mid()));
            }
        } else {
            let part = stated.demand.mean.mid() / stated.demand.peak.mid();
            demand.mean = demand.peak.scaled(part);
        }
        if demand.burst.mid() < Factor::ONE {
            demand.burst = Estimate::exact(Factor::ONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Data, Rate, Share, Span};
    use crate::workload::{Promises, Service};

    fn workload() -> Workload {
        let range = |low: f64, mid: f64, high: f64| {
            Estimate::range(Rate::per_second(low), Rate::per_second(mid), Rate::per_second(high), Share::percent(90.0))
        };
        let demand = super::super::Demand::of_peak(Rate::per_second(900.0));
        let demand = super::super::Demand { peak: range(500.0, 900.0, 1600.0).unwrap(), ..demand };
        let mut service = Service::plain(Span::millis(6.0), Data::mb(600.0));
        let millis = [4.0, 6.0, 9.0].map(Span::millis);
        service.cpu_per_request = Estimate::range(millis[0], millis[1], millis[2], Share::percent(80.0)).unwrap();
        Workload::of_service("api", demand, Promises::default(), service)
    }

    #[test]
    fn paths_are_those_of_files() {
        let paths: Vec<String> = workload().uncertain().into_iter().map(|u| u.path).collect();
        assert_eq!(paths, ["demand.peak", "service.api.cpu_per_request"]);
    }

    #[test]
    fn worlds_are_exact_keep_the_stated_chances_and_an_unstated_mean_follows_the_peak() {
        let worlds = Worlds::draw(&workload(), Draws::new(1024, 1)).unwrap();
        assert_eq!(worlds.len(), 1024);
        let peaks: Vec<f64> = worlds.iter().map(|w| w.demand.peak.mid().as_per_second()).collect();
        let below = |x: f64| peaks.iter().filter(|p| **p < x).count();
        assert!((below(500.0) as i32 - 51).abs() <= 1 && (below(900.0) as i32 - 512).abs() <= 1);
        assert!((below(1600.0) as i32 - 973).abs() <= 1);
        for world in worlds.iter().take(50) {
            assert!(world.uncertain().is_empty());
            assert!((world.demand.mean.mid() / world.demand.peak.mid() - 0.5).abs() < 1e-12);
        }
    }

    #[test]
    fn a_workload_of_exact_numbers_has_one_world() {
        let known = workload().at(&[900.0, 0.006]);
        let worlds = Worlds::draw(&known, Draws::new(1024, 1)).unwrap();
        assert!(worlds.is_certain() && worlds.len() == 1);
        assert_eq!(worlds.world(0).demand.peak.mid().as_per_second(), 900.0);
    }

    #[test]
    fn a_correlation_of_what_is_exact_is_idle() {
        let between = ["demand.peak".to_owned(), "service.api.cpu_per_request".to_owned()];
        let correlations = vec![Correlation { between, coefficient: Coefficient::of(0.5).unwrap() }];
        let correlated = Workload { correlations, ..workload() };
        assert_eq!((correlated.correlated().len(), correlated.idle_correlations().len()), (1, 0));
        let set = correlated.with_input("demand.peak", 900.0).unwrap();
        assert!(set.correlated().is_empty());
        assert_eq!(
            set.idle_correlations(),
            [
                "the correlation of demand.peak with service.api.cpu_per_request is left out: demand.peak is exact, so it \
              varies with nothing"
            ]
        );
        assert!(Worlds::draw(&set, Draws::new(4, 1)).is_ok());
    }

    #[test]
    fn an_input_is_set_by_its_path() {
        let set = workload().with_input("demand.peak", 100.0).unwrap();
        assert_eq!(set.demand.peak, Estimate::exact(Rate::per_second(100.0)));
        assert!(workload().with_input("demand.peek", 100.0).is_none());
    }
}
