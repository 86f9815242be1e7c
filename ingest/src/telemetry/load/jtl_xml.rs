//! JMeter results in XML (JTL): a `sample` or `httpSample` element for each request, with samples it caused inside.
//!
//! Read event by event: a file may hold all responses. What stands inside a sample (redirects, embedded resources, the
//! requests of a transaction) happened while it lasted, so only the outermost counts.
use super::jtl::{CONTROLLER, Samples};
use super::requests::Request;
use crate::inputs;
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, number, text::Text};
use plimsoll::units::Share;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufReader, Read};

/// JMeter results in XML.
pub(crate) struct JtlXml;

/// No element and no text between two is larger: a response is at most a part of that.
const LARGEST: usize = 64 << 20;

impl Format for JtlXml {
    fn name(&self) -> &'static str {
        "JMeter JTL (XML)"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let text = head.text().trim_start();
        let is_xml = text.starts_with("<?xml") || text.starts_with("<testResults");
        if is_xml && text.contains("<testResults") { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut samples = Samples::new();
        if let Err(problem) = read(&name, text, &mut samples, to) {
            to.wrong(|| problem);
        }
        samples.give(&name, asked, to);
    }
}

/// A sample whose end is not seen yet.
struct Open {
    sample: Result<Request, String>,
    is_controller: bool,
    has_children: bool,
}

fn read(name: &str, text: Text, samples: &mut Samples, to: &mut Collector) -> Result<(), Problem> {
    let capped = Capped { source: text.into_bytes(), left: LARGEST, failed: None };
    let mut reader = Reader::from_reader(BufReader::new(capped));
    let (mut buffer, mut line, mut depth) = (Vec::new(), 1, 0_usize);
    let mut open: Option<Open> = None;
    loop {
        buffer.clear();
        reader.get_mut().get_mut().left = LARGEST;
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(broken(name, line, &error, reader.get_mut().get_mut().failed.take())),
        };
        let begins = line;
        line += memchr::memchr_iter(b'\n', event.as_bytes()).count();
        let (element, is_whole) = match &event {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::End(element) => {
                depth -= usize::from(is_sample(element.name().as_ref()) && depth > 0);
                if depth == 0 && is_sample(element.name().as_ref()) {
                    end(name, open.take(), samples, to);
                }
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        if !is_sample(element.name().as_ref()) {
            continue;
        }
        to.row();
        if depth > 0 {
            to.aside("nested sample row");
            if let Some(open) = &mut open {
                open.has_children = true;
            }
        } else {
            let sample = sample(element, begins);
            let is_controller = attribute(element, "rm").is_some_and(|text| text.starts_with(CONTROLLER));
            open = Some(Open { sample, is_controller, has_children: false });
        }
        if is_whole && depth == 0 {
            end(name, open.take(), samples, to);
        }
        depth += usize::from(!is_whole);
    }
    if open.is_some() {
        to.aside("sample that was broken off");
        to.note(format!("{name}: the document ends inside a sample: the test was broken off, or the file is cut."));
    }
    Ok(())
}

fn is_sample(element: &str) -> bool {
    matches!(element, "sample" | "httpSample")
}

/// A transaction whose requests stand inside it is one request; one whose requests stand beside it counts them twice.
fn end(name: &str, open: Option<Open>, samples: &mut Samples, to: &mut Collector) {
    let Some(Open { sample, is_controller, has_children }) = open else { return };
    let line = sample.as_ref().map_or(0, |sample| sample.line);
    let added = sample.and_then(|sample| samples.add(sample, is_controller && !has_children));
    if let Err(what) = added {
        let help = "a sample has ts (milliseconds since 1970) and t (milliseconds)";
        to.mistake(|| at(name, line, what, help));
    }
}

fn sample(element: &BytesStart<'_>, line: usize) -> Result<Request, String> {
    let amount = |key: &str| {
        let text = attribute(element, key).ok_or_else(|| format!("line {line}: a sample has no `{key}`"))?;
        let value = number::amount(&text).map_err(|what| format!("line {line}: {what}"))?;
        value.ok_or_else(|| format!("line {line}: `{key}` is empty"))
    };
    let clients = attribute(element, "na").and_then(|text| number::amount(&text).ok().flatten());
    let is_well = match attribute(element, "s").as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ => attribute(element, "rc").is_some_and(|code| code.starts_with(['2', '3'])),
    };
    Ok(Request { sent: amount("ts")? / 1000.0, took: amount("t")? / 1000.0, is_well, clients, line })
}

fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == key)?;
    Some(found.value.into_owned())
}

fn at(name: &str, line: usize, what: String, help: &str) -> Problem {
    // The text of the line is gone by; its number is told.
    Problem::in_whole(name, if line > 0 { format!("line {line}: {what}") } else { what }, help)
}

fn broken(name: &str, line: usize, error: &quick_xml::Error, failed: Option<Failed>) -> Problem {
    match failed {
        Some(Failed::TooLarge) => {
            let what = "a text of more than 64 MiB without an element".to_owned();
            at(name, line, what, "save results without response data (jmeter.save.saveservice.response_data=false)")
        }
        Some(Failed::Source(error)) => inputs::problem(name, &error),
        None => at(name, line, format!("this is not XML: {error}"), "is the file cut, or edited by hand?"),
    }
}

/// Why no more can be read.
enum Failed {
    TooLarge,
    Source(io::Error),
}

/// A source of which no more is read between two events than fits in memory.
struct Capped<R> {
    source: R,
    left: usize,
    failed: Option<Failed>,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            self.failed = Some(Failed::TooLarge);
            return Err(io::Error::other("too large"));
        }
        let most = into.len().min(self.left);
        match self.source.read(&mut into[..most]) {
            Ok(read) => {
                self.left -= read;
                Ok(read)
            }
            Err(error) => {
                self.failed = Some(Failed::Source(error));
                Err(io::Error::other("cannot be read"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};

    const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n";

    fn samples(count: u64) -> String {
        let one = |n: u64| {
            let stamp = 1_700_000_000_000 + n * 50;
            format!(
                "<httpSample t=\"100\" ts=\"{stamp}\" s=\"{}\" rc=\"200\" rm=\"OK\" na=\"2\">\n  <sample t=\"40\" \
                 ts=\"{stamp}\" s=\"true\"/>\n  <responseData>a &lt; b</responseData>\n</httpSample>\n",
                !n.is_multiple_of(4)
            )
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn the_outermost_samples_are_requests() {
        let read = read_as(&JtlXml, &format!("{START}{}</testResults>\n", samples(100))).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), counts(point).0, counts(point).1), (2.0, 100, 25));
        assert!(point.off_littles_law().as_part() < 0.02);
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (200, 100));
        assert_eq!((read.reading.aside[0].reason.as_str(), read.reading.aside[0].rows), ("nested sample row", 100));
        assert_eq!(point.source, "file:3");
    }

    #[test]
    fn a_transaction_counts_where_its_requests_stand_inside_it() {
        let controller = |inside: &str| {
            format!(
                "<sample t=\"900\" ts=\"1700000000000\" s=\"true\" rm=\"{CONTROLLER} : 2\" na=\"2\">{inside}</sample>"
            )
        };
        let beside = read_as(&JtlXml, &format!("{START}{}{}</testResults>", controller(""), samples(10))).unwrap();
        assert_eq!(counts(&beside.loads[0].points[0]).0, 10);
        let inside = controller("<sample t=\"900\" ts=\"1700000000000\" s=\"true\"/>");
        let inside = read_as(&JtlXml, &format!("{START}{inside}{}</testResults>", samples(10))).unwrap();
        assert_eq!(counts(&inside.loads[0].points[0]).0, 11);
    }

    #[test]
    fn what_is_cut_or_no_xml_is_told_with_its_line() {
        let cut = format!("{START}{}<httpSample t=\"1\" ts=\"1700000001000\" s=\"true\"><a>", samples(3));
        let read = read_as(&JtlXml, &cut).unwrap();
        assert!(read.reading.aside.iter().any(|aside| aside.reason == "sample that was broken off"));
        let problems = read_as(&JtlXml, &format!("{START}{}</oops>", samples(3))).unwrap_err();
        assert!(problems[0].what.starts_with("line 15: this is not XML"), "{}", problems[0]);
        let problems = read_as(&JtlXml, &format!("{START}<sample t=\"x\" ts=\"1\"/><sample t=\"1\"/>")).unwrap_err();
        assert_eq!(problems[0].what, "line 3: cannot read `x` as a number");
        assert_eq!(problems[1].what, "line 3: a sample has no `ts`");
    }
}
