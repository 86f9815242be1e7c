//! `top -b`: screens one after the other, each under a line with the clock. Only what it says of the whole host is read.
//!
//! No screen says the day: the first is put on 1970-01-01, in UTC. Its processors are those of the moment `top` started, or
//! since the host did, depending on the version, and are left out. Decimal commas and every unit of memory are read.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::key::{How, Key};
use super::super::stamp::{Running, clock};
use super::super::text::Text;
use super::super::unit::KIB;
use super::columns::{decimal, place};
use crate::problem::Problem;
use plimsoll::series::Time;
use plimsoll::telemetry::{Facts, Measure};
use plimsoll::units::{Data, Share};

/// The format.
pub(crate) struct TopBatch;

impl Format for TopBatch {
    fn name(&self) -> &'static str {
        "top -b"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if is_first(head.first_line()) { head.share_of(&["Cpu(s)", "load average", "Mem"]) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let short = file.rsplit(['/', '\\']).next().unwrap_or(&file);
        let host = asked.resource.clone().unwrap_or_else(|| short.to_owned());
        let mut running = Running::from(Time::unix_seconds(0));
        let mut screen = Screen::default();
        let mut lines = text.lines();
        loop {
            let (number, line) = match lines.next() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(problem) => return to.wrong(|| problem),
            };
            let result = if is_first(line) {
                screen.end(&host, to);
                to.row();
                let first = screen.number == 0;
                let words: Vec<&str> = line.split_whitespace().skip(2).collect();
                let time = clock(&words).map(|(second, _)| running.at(second));
                screen = Screen { number: screen.number + 1, line: number, is_first: first, time, ..Screen::default() };
                screen.load(line)
            } else {
                screen.line(line)
            };
            if let Err((part, what)) = result {
                let bytes = place(line, part);
                to.row();
                to.mistake(|| {
                    Problem::in_line(&file, number, line, bytes, what, "record it with `LC_ALL=C top -b -d 60`")
                });
            }
        }
        let screens = screen.number;
        screen.end(&host, to);
        if screens > 0 {
            to.note("top tells no day: its first screen is put on 1970-01-01, so no day of the week can be told.");
            to.note("the processors of the first screen of top are not of its interval: left out.");
        }
    }
}

fn is_first(line: &str) -> bool {
    line.starts_with("top - ")
}

/// What one screen says of the host.
#[derive(Default)]
struct Screen {
    number: usize,
    line: usize,
    is_first: bool,
    time: Option<Time>,
    cpu: Vec<(String, f64)>,
    load: Vec<f64>,
    total: Option<f64>,
    used: Option<f64>,
    available: Option<f64>,
    processes: u64,
    in_processes: bool,
}

type Fault<'l> = (&'l str, String);

impl Screen {
    fn load<'l>(&mut self, line: &'l str) -> Result<(), Fault<'l>> {
        if self.time.is_none() {
            return Err((line, "the screen has no clock".into()));
        }
        let Some((_, loads)) = line.split_once("load average:") else { return Ok(()) };
        // `0.23, 0.22, 0.09` or `0,23, 0,22, 0,09`.
        for word in loads.split(", ").map(str::trim).filter(|word| !word.is_empty()) {
            self.load.push(read(word)?);
        }
        Ok(())
    }
    fn line<'l>(&mut self, line: &'l str) -> Result<(), Fault<'l>> {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return Ok(());
        }
        if self.in_processes {
            self.processes += 1;
            return Ok(());
        }
        if trimmed.starts_with("PID ") || trimmed.contains(" PID ") {
            self.in_processes = true;
            return Ok(());
        }
        let Some((name, rest)) = trimmed.split_once(':') else { return Ok(()) };
        let name = name.trim();
        match name {
            "%Cpu(s)" | "Cpu(s)" => {
                for (value, what) in pairs(rest) {
                    self.cpu.push((what.to_owned(), read(value)?));
                }
            }
            _ if name.ends_with("Mem") || name.ends_with("Swap") => {
                let unit = factor_of(name.split(' ').next().unwrap_or_default());
                for (value, what) in pairs(rest) {
                    let amount = sized(value, unit)?;
                    match (name.ends_with("Mem"), what) {
                        (true, "total") => self.total = Some(amount),
                        (true, "used") => self.used = Some(amount),
                        (_, "avail") => self.available = Some(amount),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
    fn end(&mut self, host: &str, to: &mut Collector) {
        for _ in 0..self.processes {
            to.row();
            to.aside("process row");
        }
        let Some(time) = self.time.filter(|_| self.number > 0) else {
            if self.number > 0 {
                to.aside("screen without a time");
            }
            return;
        };
        let line = self.line;
        let mut give = |measure: Measure, value: f64| {
            let id = to.series(Key::of(host, measure), How::Level, line);
            to.sample(id, time, Some(value));
        };
        let of = |what: &str| self.cpu.iter().find(|(name, _)| name == what).map(|(_, value)| *value);
        if let Some(idle) = of("id").filter(|_| !self.is_first) {
            let (waiting, stolen) = (of("wa").unwrap_or(0.0), of("st").unwrap_or(0.0));
            give(Measure::CpuShare, (1.0 - (idle + waiting + stolen) / 100.0).clamp(0.0, 1.0));
            give(Measure::CpuIoWait, waiting / 100.0);
            give(Measure::CpuSteal, stolen / 100.0);
        }
        let used = self.available.zip(self.total).map(|(available, total)| total - available).or(self.used);
        if let Some((used, total)) = used.zip(self.total).filter(|(_, total)| *total > 0.0) {
            give(Measure::MemoryUsed, used);
            give(Measure::MemoryShare, used / total);
        }
        for (name, load) in ["ldavg-1", "ldavg-5", "ldavg-15"].into_iter().zip(&self.load) {
            give(Measure::Other(name.into()), *load);
        }
        if let Some(total) = self.total.filter(|total| total.is_finite() && *total >= 0.0) {
            to.facts(host, Facts { memory: Some(Data::bytes(total)), ..Facts::default() });
        }
        to.used();
    }
}

fn read(text: &str) -> Result<f64, Fault<'_>> {
    match decimal(text) {
        Ok(Some(value)) if value >= 0.0 => Ok(value),
        _ => Err((text, format!("cannot read `{text}` as a number"))),
    }
}

/// Numbers and the words behind them: `5.9 us,  88,2 id`, `5.9%us`, `3861332k total`.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut words = text.split_whitespace().peekable();
    std::iter::from_fn(move || {
        let word = words.next()?.trim_end_matches([',', '.']);
        if let Some((value, what)) = word.split_once('%') {
            return Some((value, what));
        }
        let is_value = word.starts_with(|c: char| c.is_ascii_digit());
        let what = words.next_if(|_| is_value).map_or("", |what| what.trim_end_matches([',', '.']));
        Some((word, what))
    })
    .filter(|(_, what)| !what.is_empty())
}

/// The bytes of a unit of memory.
fn factor_of(unit: &str) -> f64 {
    let power = match unit.as_bytes().first() {
        Some(b'M') if unit != "Mem" => 2,
        Some(b'G') => 3,
        Some(b'T') => 4,
        _ => 1,
    };
    KIB.powi(power)
}

/// An amount in bytes; a letter behind it is its own unit.
fn sized(text: &str, unit: f64) -> Result<f64, Fault<'_>> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '+');
    let own = text[number.len()..].to_ascii_uppercase();
    Ok(read(number)? * if own.is_empty() || own == "+" { unit } else { factor_of(&own) })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, mean, read_asked};
    use super::*;

    fn screen(time: &str, cpu: &str, memory: &str) -> String {
        format!(
            "top - {time} up 2 min,  1 user,  load average: 0.50, 0.22, 0.09\nTasks: 2 total\n{cpu}\n{memory}\n\n    \
             PID USER  S %CPU COMMAND\n      1 root  S  0.0 init: x\n      7 root  S  0.0 top\n\n"
        )
    }
    fn read(text: &str) -> Result<plimsoll::telemetry::Telemetry, Vec<Problem>> {
        read_asked(&TopBatch, text, &Asked { resource: Some("a".into()), ..Asked::default() })
    }

    #[test]
    fn screens_in_every_dialect_are_series() {
        let new = "MiB Mem :   4000.0 total,   1000.0 free,   2000.0 used,   1000.0 buff/cache\n\
                   MiB Swap:      0.0 total,      0.0 free,      0.0 used.   3000.0 avail Mem ";
        let old = "Mem:   4096000k total,  1024000k used,  1k free,  1k buffers";
        let text = [
            screen("23:59:00", "%Cpu(s):  5.0 us,  5.0 sy,  0.0 ni, 90.0 id,  0.0 wa,  0.0 st", new),
            screen("00:00:00", "%Cpu(s): 30,0 us, 10,0 sy,  0,0 ni, 50,0 id,  5,0 wa,  5,0 st", new),
            screen("00:01:00", "Cpu(s): 20.0%us, 10.0%sy,  0.0%ni, 70.0%id,  0.0%wa", old),
        ]
        .concat();
        assert_eq!(TopBatch.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let read = read(&text).unwrap();
        assert_eq!(mean(&read, "a", None, &Measure::CpuShare), [Some(0.4), Some(0.3)]);
        assert_eq!(mean(&read, "a", None, &Measure::MemoryUsed), [1000.0, 1000.0, 1000.0].map(|m| Some(m * KIB * KIB)));
        assert_eq!(mean(&read, "a", None, &Measure::Other("ldavg-1".into()))[0], Some(0.5));
        assert_eq!(aside(&read), [("process row", 6)]);
        assert_eq!(read.reading.rows_used, 3);
    }

    #[test]
    fn mistakes_have_their_places() {
        let cpu = "%Cpu(s):  5.0 us,  many sy,  90.0 id";
        let text = screen("10:00:00", &cpu.replace("many", "5.x"), "") + &screen("10:01:00", cpu, "");
        let problem = &read(&text).unwrap_err()[0];
        assert_eq!((problem.line, problem.column), (3, 20));
        assert!(read("top - now up\n").is_err());
        let memory = "MiB Mem : -1.0 total, 1.0 free, 1.0 used";
        let cpu = "%Cpu(s):  5.0 us,  5.0 sy, 90.0 id,  0.0 wa";
        let told = read(&(screen("10:00:00", cpu, memory) + &screen("10:01:00", cpu, memory))).unwrap();
        assert!(told.facts.is_empty(), "{:?}", told.facts);
    }
}
