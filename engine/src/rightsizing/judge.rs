//! What is found of one resource, and what is advised.
use super::answer::{Advice, Resized, Sized, Spikes};
use super::case::Case;
use super::estate::{Requests, Runs};
use super::needs::{fullest, risk, unmeasured};
use super::{Dimension, Effort, Finding, Need, Saving, careful, container, idle};
use crate::catalog::Shape;
use crate::units::{Factor, Money, Span};

/// Less than this, and a week has not even begun to show: AWS Compute Optimizer waits as long.
const LEAST: f64 = 30.0;
/// What a change has to save of the price for it to be worth a change.
const WORTH: f64 = 0.05;
/// A request of a container that is off by less is left alone.
const CLOSE: f64 = 0.1;
/// So much more than the best without a new architecture it has to save for a new one to be recommended, if that may be.
const NEW_ARCHITECTURE: f64 = 0.15;

/// So many options are shown, each of another family, and the recommended one among them.
const SHOWN: usize = 5;

impl Case<'_> {
    /// The finding.
    pub(super) fn resized(&self) -> Resized {
        let nothing = self.found(Finding::Unknown, String::new());
        if self.running.is_none() && self.requests == Requests::default() {
            return Resized { why: self.unknown_size(), ..nothing };
        }
        if self.needs.is_empty() {
            let why = "no processors, memory, network or disks of it were measured";
            return Resized { why: why.into(), ..nothing };
        }
        if self.measured < Span::hours(LEAST) {
            let why = format!("needs {LEAST} hours with values, has {:.1}", self.measured.as_hours());
            return Resized { why, ..nothing };
        }
        if self.running.is_some() { self.machines() } else { self.container() }
    }

    /// What every finding has.
    fn found(&self, finding: Finding, why: String) -> Resized {
        let is_burstable = self.running.is_some_and(|r| r.shape.burstable);
        Resized {
            name: self.held.name.clone(),
            place: self.catalog.map(|catalog| catalog.place.clone()),
            finding,
            why,
            current: self.current(),
            recommended: None,
            options: Vec::new(),
            saves: None,
            theoretical: None,
            realizable: false,
            risk: None,
            bound_by: None,
            needs: self.needs.clone(),
            unmeasured: unmeasured(&self.demand, is_burstable),
            spikes: self.spikes(),
            measured: self.measured,
            per_request: self.law,
        }
    }

    fn current(&self) -> Option<Sized> {
        if let Some(running) = &self.running {
            return Some(running.sized());
        }
        let (requests, copies) = (self.requests, self.copies);
        let list = self.node.and_then(|node| container::month(&requests, copies, node));
        (requests != Requests::default()).then_some(Sized::Container { requests, copies, list })
    }

    fn unknown_size(&self) -> String {
        match &self.held.runs {
            Runs::Machines { shape, .. } => match self.catalog {
                Some(catalog) => {
                    let known = catalog.shapes.iter().map(|shape| shape.name.0.as_str());
                    let nearest = known.min_by_key(|name| strsim::osa_distance(name, shape));
                    let meant = nearest.map_or(String::new(), |name| format!("; did you mean {name}?"));
                    format!("no table of {} has the machine `{shape}`{meant}", catalog.place)
                }
                None => "no prices of the place where it runs are known".into(),
            },
            Runs::Container { .. } => "nobody says what it asks for: its requests and limits are needed".into(),
            Runs::Unknown => {
                "nobody says what it runs on: name it in a fleet file (--fleet) or for all (--shape)".into()
            }
        }
    }

    /// Machines: idle, too small, larger than needed, or as they should be.
    fn machines(&self) -> Resized {
        let running = self.running.expect("asked of machines");
        let (shape, count) = (running.shape, running.count);
        let list = running.list();
        let bound = fullest(&self.needs, shape, count);
        let risk_now = risk(&self.demand, shape, count, self.options);
        let theoretical =
            list.zip(bound).map(|(list, (_, full))| Money::nearest(list.as_dollars() * (1.0 - full).max(0.0)));
        let mut found = self.found(Finding::Optimized, String::new());
        found.bound_by = bound.map(|(dimension, _)| dimension);
        found.theoretical = theoretical;
        found.risk = risk_now;
        if self.demand.series(Dimension::Cpu).is_none() {
            let why = "its processors were not measured; the rest alone says nothing of its size".into();
            return Resized { finding: Finding::Unknown, why, ..found };
        }
        let capacity = Dimension::Cpu.of(shape).map_or(0.0, |cpu| cpu.base()) * f64::from(count);
        if let Some(rule) = idle::machine(&self.demand, capacity, self.measured) {
            let saves = list.map(|now| Saving::between(now, Money::ZERO, running.billed));
            let why = format!("{} ({})", rule.text, rule.source);
            return Resized { finding: Finding::Idle, why, saves, realizable: true, ..found };
        }
        let all = self.catalog.map_or_else(Vec::new, |c| running.options(c, &self.demand, &self.needs, self.options));
        let best = self.best(&all);
        let mut shown: Vec<Advice> = all.iter().take(SHOWN).cloned().collect();
        if let Some(best) = best.as_ref().filter(|best| !shown.contains(best)) {
            shown.truncate(SHOWN - 1);
            shown.push(best.clone());
        }
        let too_full = bound.filter(|(_, full)| *full > 1.0);
        let passed = self.passed(shape, count);
        if let (Some((dimension, full)), true) = (too_full, passed.is_some()) {
            let why = passed.unwrap_or_else(|| format!("{dimension} needs {full:.2} of what it has"));
            let saves = best.as_ref().and_then(|advice| advice.saves);
            let risk = best.as_ref().map_or(found.risk, |advice| advice.risk);
            return Resized {
                finding: Finding::Under,
                why,
                saves,
                risk,
                recommended: best,
                options: shown,
                realizable: true,
                ..found
            };
        }
        let Some(advice) = best.filter(|advice| is_worth(advice.saves, list)) else {
            return Resized { why: self.stays(bound), options: shown, ..found };
        };
        let binds = advice.bound_by;
        let why = format!("{binds} needs {} of {}", self.need(binds), self.has(binds));
        let (saves, risk) = (advice.saves, advice.risk);
        Resized {
            finding: Finding::Over,
            why,
            saves,
            risk,
            bound_by: Some(binds),
            recommended: Some(advice),
            options: shown,
            realizable: true,
            ..found
        }
    }

    /// Why it is to stay as it is, by its fullest dimension.
    fn stays(&self, bound: Option<(Dimension, f64)>) -> String {
        let Some((dimension, full)) = bound else { return "no dimension of it has a known limit".into() };
        let (needs, has) = (self.need(dimension), self.has(dimension));
        if full <= 1.0 {
            format!("{dimension} needs {needs} of {has}; nothing that fits is {WORTH_PERCENT} cheaper")
        } else {
            format!("{dimension} needs {needs} with its headroom, more than its {has}, and never passed that")
        }
    }

    /// The cheapest of the same architecture, or of another that may be and saves enough more.
    fn best(&self, all: &[Advice]) -> Option<Advice> {
        let may = |advice: &&Advice| advice.effort != Effort::High;
        let at_home = all.iter().find(may);
        let elsewhere = all.iter().filter(|advice| !may(advice)).find(|advice| self.is_allowed(advice));
        let price = |advice: &Advice| advice.size.list().unwrap_or(Money::ZERO);
        match (at_home, elsewhere) {
            (Some(home), Some(other))
                if price(other).as_dollars() < price(home).as_dollars() * (1.0 - NEW_ARCHITECTURE) =>
            {
                Some(other.clone())
            }
            (Some(home), _) => Some(home.clone()),
            (None, other) => other.cloned(),
        }
    }

    fn is_allowed(&self, advice: &Advice) -> bool {
        let Sized::Machines { shape, .. } = &advice.size else { return false };
        let shape = self.catalog.and_then(|catalog| catalog.shape(shape));
        shape.is_some_and(|shape| self.options.architectures.contains(&shape.architecture))
    }

    /// The steps in which the work passed what there is to plan with, of the dimension that has most of them.
    fn passed(&self, shape: &Shape, count: u32) -> Option<String> {
        let mut most: Option<(usize, String)> = None;
        for need in &self.needs {
            let (Some(series), Some(one)) = (self.demand.series(need.dimension), need.dimension.of(shape)) else {
                continue;
            };
            let planned = one.base() * f64::from(count) * need.headroom.rest().as_part();
            let steps = series.iter().filter(|(_, v)| v.is_some_and(|v| v > planned)).count();
            if steps > most.as_ref().map_or(0, |(n, _)| *n) {
                let of = series.quality().used;
                let text = format!(
                    "{} passed {} of its {} in {steps} of {of} steps; it needs {}",
                    need.dimension,
                    need.headroom.rest(),
                    need.dimension.measure(one.base() * f64::from(count)),
                    need.needs
                );
                most = Some((steps, text));
            }
        }
        most.map(|(_, text)| text)
    }

    /// Containers: other requests, where they are off by more than a tenth.
    fn container(&self) -> Resized {
        let now = self.requests;
        let new = container::requests(&self.needs, now, self.copies);
        let mut found = self.found(Finding::Optimized, String::new());
        found.risk = container::risk(&self.demand, &now, self.copies, self.options);
        let copies = f64::from(self.copies);
        let cpu = now.cpu.map(|cpu| cpu.as_vcpus() * copies);
        let memory = now.memory.map(|memory| memory.as_bytes() * copies);
        let of_today = self.needs.iter().filter_map(|need| Some((need.dimension, need.of_today()?)));
        let bound = of_today.max_by(|a, b| a.1.total_cmp(&b.1));
        found.bound_by = bound.map(|(dimension, _)| dimension);
        if let Some(rule) = idle::container(&self.demand, cpu, memory, self.measured) {
            let now = self.node.and_then(|node| container::month(&now, self.copies, node));
            let saves = now.map(|now| Saving::between(now, Money::ZERO, None));
            return Resized { finding: Finding::Idle, why: format!("{} ({})", rule.text, rule.source), saves, ..found };
        }
        let Some((dimension, full)) = bound else {
            let why = "nothing that it asks for was measured".into();
            return Resized { finding: Finding::Unknown, why, ..found };
        };
        let smallest = self.needs.iter().filter_map(Need::of_today).reduce(f64::min).unwrap_or(1.0);
        let risk = container::risk(&self.demand, &new, self.copies, self.options);
        let advice = container::advice(&now, new, self.copies, self.node, (risk, dimension));
        let why = format!("{dimension} needs {} of the {} asked for", self.need(dimension), self.has(dimension));
        let finding = if full > 1.0 + CLOSE {
            Finding::Under
        } else if smallest < 1.0 - CLOSE {
            Finding::Over
        } else {
            return Resized { why, ..found };
        };
        let saves = advice.saves;
        Resized { finding, why, saves, risk, recommended: Some(advice.clone()), options: vec![advice], ..found }
    }

    fn need(&self, dimension: Dimension) -> String {
        self.needs.iter().find(|need| need.dimension == dimension).map_or("?".into(), |need| need.needs.to_string())
    }
    fn has(&self, dimension: Dimension) -> String {
        let need = self.needs.iter().find(|need| need.dimension == dimension);
        need.and_then(|need| need.has).map_or("unknown".into(), |has| has.to_string())
    }

    fn spikes(&self) -> Option<Spikes> {
        let (steps, of, peak) = careful::spikes(self.demand.series(Dimension::Cpu)?)?;
        Some(Spikes { steps, of, peak: Factor::of(peak) })
    }
}

const WORTH_PERCENT: &str = "5 %";

fn is_worth(saves: Option<Saving>, list: Option<Money>) -> bool {
    let part = saves.zip(list).and_then(|(saves, list)| saves.list.ratio(list));
    part.is_some_and(|part| part >= WORTH)
}
