//! What a tool that people know would do.
use super::{Idle, PRESETS, Rule, Window};
use crate::units::{Compute, Data, Quantity, Share, Span};

/// A tool's rules, as far as it publishes them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// What it is called on the command line.
    pub name: &'static str,
    /// The processors it gives, or asks for.
    pub cpu: Rule<Compute>,
    /// The processors a container may use at most, where that is another number.
    pub cpu_limit: Option<Rule<Compute>>,
    /// The memory it gives; `None` where the tool sizes none.
    pub memory: Option<Rule<Data>>,
    /// The memory a container may use at most, where that is another number.
    pub memory_limit: Option<Rule<Data>>,
    /// The least history it says something about.
    pub least_history: Span,
    /// The least number of values it says something about.
    pub least_values: usize,
    /// When it calls something idle.
    pub idle: Option<Idle>,
    /// Its rules in words.
    pub text: &'static str,
    /// Where they are stated.
    pub source: &'static str,
}

impl Preset {
    /// The preset of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }
    /// The same rules with another lookback; a tool's other price tier, or the user's choice.
    pub fn with_lookback(mut self, span: Span) -> Self {
        self.cpu = self.cpu.last(span);
        self.cpu_limit = self.cpu_limit.map(|rule| rule.last(span));
        self.memory = self.memory.map(|rule| rule.last(span));
        self.memory_limit = self.memory_limit.map(|rule| rule.last(span));
        self
    }
    /// The same rules at another target utilization.
    pub fn at_utilization(mut self, cpu: Share, memory: Share) -> Self {
        self.cpu = self.cpu.at_utilization(cpu);
        self.memory = self.memory.map(|rule| rule.at_utilization(memory));
        self
    }
    /// Whether the history is long enough for the tool to speak.
    pub fn has_enough<Q: Quantity>(&self, window: Window<'_, Q>) -> bool {
        window.span() >= self.least_history && window.measured() >= self.least_values
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Estimator, Usage};
    use super::*;
    use crate::series::Time;

    #[test]
    fn every_preset_has_a_name_of_its_own_words_and_a_source() {
        for (i, preset) in PRESETS.iter().enumerate() {
            assert!(PRESETS[..i].iter().all(|other| other.name != preset.name), "{}", preset.name);
            assert_eq!(Preset::named(preset.name), Some(preset));
            assert!(!preset.text.is_empty() && !preset.source.is_empty(), "{}", preset.name);
            assert!(preset.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        }
        assert_eq!(Preset::named("unheard-of"), None);
    }

    #[test]
    fn every_preset_sizes_a_steady_use_above_it() {
        let cpu = Usage::new(Time::unix_seconds(0), Span::minutes(5.0), vec![Some(Compute::vcpus(1.0)); 4032]);
        let memory = Usage::new(Time::unix_seconds(0), Span::minutes(5.0), vec![Some(Data::gb(2.0)); 4032]);
        for preset in &PRESETS {
            let size = preset.cpu.size(cpu.all()).unwrap().as_vcpus();
            assert!((1.0..=2.6).contains(&size), "{}: {size}", preset.name);
            let Some(rule) = preset.memory else { continue };
            let size = rule.size(memory.all()).unwrap().as_gb();
            assert!((2.0..=5.2).contains(&size), "{}: {size}", preset.name);
        }
    }

    #[test]
    fn the_sizes_are_those_the_tools_would_give() {
        let values = [0.1, 0.2, 0.3, 0.4, 1.0].repeat(40).into_iter().map(|v| Some(Compute::vcpus(v)));
        let usage = Usage::new(Time::unix_seconds(0), Span::seconds(75.0), values);
        let of = |name: &str| {
            let preset = Preset::named(name).unwrap();
            let limit = preset.cpu_limit.map(|rule| rule.size(usage.all()).unwrap().as_vcpus());
            (preset.cpu.size(usage.all()).unwrap().as_vcpus(), limit)
        };
        assert_eq!(of("krr-simple"), (1.0, None));
        assert_eq!(of("krr-simple-limit"), (0.4, Some(1.0)));
        assert_eq!(of("compute-optimizer-max-savings"), (1.0, None));
        assert_eq!(of("optscale"), (1.25, None));
        let memory = Usage::new(Time::unix_seconds(0), Span::seconds(75.0), vec![Some(Data::gb(1.0)); 200]);
        let krr = Preset::named("krr-simple").unwrap();
        assert_eq!(krr.memory.unwrap().size(memory.all()), Some(Data::gb(1.15)));
        assert!(krr.has_enough(memory.all()) && !krr.has_enough(memory.before(99)));
    }

    #[test]
    fn presets_can_be_bent() {
        let preset = Preset::named("kubecost-production").unwrap();
        let bent = preset.with_lookback(Span::days(9.0)).at_utilization(Share::percent(70.0), Share::percent(60.0));
        assert_eq!((bent.cpu.lookback(), bent.cpu.target()), (Some(Span::days(9.0)), Share::percent(70.0)));
        assert_eq!(bent.memory.unwrap().target(), Share::percent(60.0));
    }
}
