//! Reading a text as a format, for tests.
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::telemetry::{LoadPoint, Telemetry};
use plimsoll::units::Factor;

/// Reads a text that the format must know.
pub(crate) fn read_as(format: &dyn Format, text: &str) -> Result<Telemetry, Vec<Problem>> {
    read_asked(format, text, &Asked::default())
}

/// The same with so many clients told.
pub(crate) fn read_with_clients(format: &dyn Format, text: &str, clients: f64) -> Result<Telemetry, Vec<Problem>> {
    read_asked(format, text, &Asked { clients: Some(Factor::of(clients)), ..Asked::default() })
}

fn read_asked(format: &dyn Format, text: &str, asked: &Asked) -> Result<Telemetry, Vec<Problem>> {
    let confidence = format.detect(&Head::new(text.as_bytes(), true));
    assert!(confidence.as_part() >= 0.5, "{} is only {confidence:?} sure", format.name());
    read_anyway(format, text, asked)
}

/// How many requests a point is of, and how many of them failed.
pub(crate) fn counts(point: &LoadPoint) -> (u64, u64) {
    let counted = point.counted.expect("requests were counted");
    (counted.requests, counted.errors)
}

/// Reads whatever it is, and checks that no row is lost.
pub(crate) fn read_anyway(format: &dyn Format, text: &str, asked: &Asked) -> Result<Telemetry, Vec<Problem>> {
    let mut to = Collector::new(asked.keep_going);
    to.begin("file", format.name(), format.detect(&Head::new(text.as_bytes(), true)));
    format.read(Text::of("file", text), asked, &mut to);
    let read = to.finish();
    if let Ok(read) = &read {
        let aside: u64 = read.reading.aside.iter().map(|aside| aside.rows).sum();
        assert_eq!(read.reading.rows_read, read.reading.rows_used + aside, "{:?}", read.reading);
    }
    read
}
