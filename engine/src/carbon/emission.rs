//! What a plan emits in a month, line by line, and how sure that is.
use super::coefficients::{self, DISK_COPIES, HARD_DISK, OBJECT_COPIES, SOLID_STATE, SPREAD};
use super::machine::{Machines, draws, made};
use crate::catalog::Grid;
use crate::choice::Band;
use crate::uncertain::score;
use crate::units::{Data, Mass, Power, Quantity, Span};
use crate::workload::ComponentName;

/// What emits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Machines: in use and in the making.
    Machines,
    /// Network disks.
    Disks,
    /// Objects and snapshots.
    Objects,
    /// Data that leaves its zone.
    Transfer,
}

impl Source {
    /// All of them, in the order of [`Footprint`].
    pub const ALL: [Self; 4] = [Self::Machines, Self::Disks, Self::Objects, Self::Transfer];
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Machines => "machines",
            Self::Disks => "disks",
            Self::Objects => "objects",
            Self::Transfer => "transfer",
        }
    }
}

/// What one component draws, by [`Source`], before the data center adds its part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Footprint {
    power: [Power; Source::ALL.len()],
    embodied: Mass,
}

impl Footprint {
    /// With these machines; none where nobody says what they draw or what making them emitted.
    pub fn with_machines(mut self, machines: Machines<'_>) -> Option<Self> {
        self.add(Source::Machines, draws(machines.shape, machines.used)? * machines.number);
        self.embodied = self.embodied + made(machines.shape)? * machines.number;
        Some(self)
    }
    /// With so much on network disks.
    pub fn with_disks(mut self, data: Data, rotational: bool) -> Self {
        let terabyte = if rotational { HARD_DISK } else { SOLID_STATE };
        self.add(Source::Disks, coefficients::kept(data, DISK_COPIES, terabyte));
        self
    }
    /// With so much in objects or snapshots.
    pub fn with_objects(mut self, data: Data) -> Self {
        self.add(Source::Objects, coefficients::kept(data, OBJECT_COPIES, HARD_DISK));
        self
    }
    /// With so much moved in a month.
    pub fn with_transfer(mut self, data: Data) -> Self {
        self.add(Source::Transfer, coefficients::moved(data));
        self
    }
    fn add(&mut self, source: Source, power: Power) {
        self.power[source as usize] = self.power[source as usize] + power;
    }
}

/// A line of what is emitted in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Emission {
    /// Whose.
    pub component: ComponentName,
    /// By what.
    pub source: Source,
    /// Drawn on the mean of the month, at the meter of the data center.
    pub power: Power,
    /// Emitted by making that electricity.
    pub operational: Mass,
    /// The month's part of what making the hardware emitted; nothing where only machines are counted.
    pub embodied: Mass,
}

impl Emission {
    /// Both together.
    pub fn total(&self) -> Mass {
        self.operational + self.embodied
    }
}

/// What a plan emits in a month over the worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct Carbon {
    /// Drawn at the meter.
    pub power: Band<Power>,
    /// Carbon dioxide and what does as much harm, in use and in the making.
    pub emitted: Band<Mass>,
    /// The mean over the worlds, line by line; they add up to the mean of `emitted`.
    pub lines: Vec<Emission>,
    /// The electricity that this was computed with.
    pub grid: Grid,
}

impl Carbon {
    /// Of the same components, world by world. None where there is no world.
    pub fn of(names: &[ComponentName], worlds: &[Vec<Footprint>], grid: &Grid) -> Option<Self> {
        let month = Span::months(1.0);
        let n = worlds.len() as f64;
        let at_meter = |power: Power| power * grid.effectiveness.get();
        let emitted = |power: Power| grid.emits(at_meter(power) * month);
        let (mut watts, mut grams) = (Vec::with_capacity(worlds.len()), Vec::with_capacity(worlds.len()));
        for world in worlds {
            let power: Power = world.iter().flat_map(|f| f.power).sum();
            let embodied: Mass = world.iter().map(|f| f.embodied).sum();
            watts.push(at_meter(power).as_watts());
            grams.push((emitted(power) + embodied).as_grams());
        }
        let line = |(place, component): (usize, &ComponentName)| {
            let each = Source::ALL.map(|source| {
                let power: Power = worlds.iter().map(|world| world[place].power[source as usize]).sum();
                let embodied = if source == Source::Machines {
                    worlds.iter().map(|world| world[place].embodied).sum::<Mass>() / n
                } else {
                    Mass::ZERO
                };
                let power = power / n;
                let (power, operational) = (at_meter(power), emitted(power));
                Emission { component: component.clone(), source, power, operational, embodied }
            });
            each.into_iter().filter(|line| !line.total().is_zero() || !line.power.is_zero())
        };
        Some(Self {
            power: widened(Band::of_numbers(&watts)?).map(Power::watts),
            emitted: widened(Band::of_numbers(&grams)?).map(Mass::grams),
            lines: names.iter().enumerate().flat_map(line).collect(),
            grid: grid.clone(),
        })
    }
    /// The month's part of what making the hardware emitted.
    pub fn embodied(&self) -> Mass {
        self.lines.iter().map(|line| line.embodied).sum()
    }
    /// What is emitted by making the electricity.
    pub fn operational(&self) -> Mass {
        self.lines.iter().map(|line| line.operational).sum()
    }
}

/// The band with the error of the model in it: what is drawn is told but for a lognormal factor of mean one, and what
/// the worlds add is taken as lognormal too. The mean stays. The error is that of machines; nobody knows that of disks, of
/// transfer and of what the making emitted, which are taken to err alike.
fn widened(band: Band<f64>) -> Band<f64> {
    let p90 = score(0.9);
    let over_worlds = if band.p10 > 0.0 { (band.p90 / band.p10).ln() / (2.0 * p90) } else { 0.0 };
    let (p50, away) = (band.p50 * (-SPREAD * SPREAD / 2.0).exp(), (p90 * over_worlds.hypot(SPREAD)).exp());
    Band { mean: band.mean, p10: p50 / away, p50, p90: p50 * away }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Provenance;
    use crate::units::Factor;

    fn grid() -> Grid {
        let provenance = Provenance {
            table: "aws/carbon".into(),
            source: "C1".into(),
            as_of: jiff::civil::date(2026, 2, 24),
            derived: false,
            note: None,
        };
        Grid {
            kilowatt_hour: Mass::grams(400.0),
            effectiveness: Factor::of(1.25),
            effectiveness_from: provenance.clone(),
            provenance,
        }
    }

    #[test]
    fn a_terabyte_and_what_it_sends_emit_by_hand_computed_grams() {
        let names = [ComponentName("db".into())];
        let footprint = Footprint::default().with_disks(Data::tb(1.0), false).with_transfer(Data::gb(1000.0));
        let carbon = Carbon::of(&names, &[vec![footprint]], &grid()).unwrap();
        let [disks, transfer] = &carbon.lines[..] else { panic!("two lines: {:?}", carbon.lines) };
        // 1 TB x 2 copies x 1.2 W x 1.25 = 3 W, 2.19 kWh a month, 876 g.
        assert!((disks.power.as_watts() - 3.0).abs() < 1e-12);
        assert!((disks.operational.as_grams() - 876.0).abs() < 1e-9);
        // 1,000 GB x 0.001 kWh x 1.25 x 400 g.
        assert!((transfer.operational.as_grams() - 500.0).abs() < 1e-9);
        assert!((carbon.emitted.mean.as_grams() - 1376.0).abs() < 1e-9);
        assert_eq!(carbon.embodied(), Mass::ZERO);
    }

    #[test]
    fn the_error_of_the_model_is_in_the_band_and_worlds_widen_it() {
        let alone = widened(Band::flat(100.0));
        assert_eq!(alone.mean, 100.0);
        // exp(-0.23^2 / 2 -+ 1.2816 x 0.23).
        assert!((alone.p10 - 72.53).abs() < 0.01 && (alone.p90 - 130.77).abs() < 0.01, "{alone:?}");
        let drawn = widened(Band { mean: 100.0, p10: 80.0, p50: 100.0, p90: 125.0 });
        assert!(drawn.p10 < alone.p10 && drawn.p90 > alone.p90, "{drawn:?}");
    }
}
